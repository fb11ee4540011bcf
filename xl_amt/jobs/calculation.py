"""One worksheet function with a client's facts along with its arguments, as a cell would answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.jobs.law_notes import law_notes
from xl_amt.reading.cells import is_blank_or_zero
from xl_amt.reading.household import read_filing_status, read_jurisdiction
from xl_amt.worksheet import WorksheetFunction, call, find_function


class Calculation(NamedTuple):
    """A function, what it gives, and a sentence on each law that it rests on which is not enacted."""

    function: WorksheetFunction
    result: Any
    law_notes: tuple[str, ...]


def calculate(
    name: str, arguments: Sequence[Any], facts: Mapping[str, float | str], jurisdiction: str = ""
) -> Calculation:
    """The function of that name for its arguments in order, with labeled facts and a jurisdiction put in their places.

    Raises AmtError where a cell would show an error; ArgumentError, too, where the function takes no facts or no
    jurisdiction, or they stand among the arguments already.

    >>> calculate("AMT_REGULAR_TAX", [150_000, "single", 2021], {"Interest": 1_000}).result
    27249.0
    """
    function = find_function(name)
    named: dict[str, Any] = {"labels": list(facts), "amounts": list(facts.values())} if facts else {}
    if facts and not (function.takes_household or function.takes_years):
        raise ArgumentError(f"--set: {function.name} takes no labeled facts; leave --set out.")
    if jurisdiction:
        named["jurisdiction"] = jurisdiction
        if all(argument.name != "jurisdiction" for argument in function.arguments):
            option = "--law" if ":" in jurisdiction else "--jurisdiction"
            raise ArgumentError(f"{option}: {function.name} does not depend on the law; leave {option} out.")
    given = _in_order(function, arguments, named)
    return Calculation(function, call(function.name, *given), _law_notes(function, given))


def _in_order(function: WorksheetFunction, arguments: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
    """The arguments with those that are given by name in their places."""
    given = list(arguments)
    for place, argument in enumerate(function.arguments):
        if argument.name not in named:
            continue
        given += [None] * (place + 1 - len(given))
        if not is_blank_or_zero(given[place]):
            raise ArgumentError(f"{argument.name}: given twice, as an argument and as an option; use one.")
        given[place] = named[argument.name]
    return given


def _law_notes(function: WorksheetFunction, given: Sequence[Any]) -> tuple[str, ...]:
    """That the law of the year asked for is estimated or projected, and from what; none where it is enacted."""
    named = dict(zip((argument.name for argument in function.arguments), given, strict=False))
    year = next((named[argument.name] for argument in function.arguments if argument.kind == "year"), None)
    if year is None:
        return ()
    place = read_jurisdiction(named.get("jurisdiction"), function.jurisdictions, together=True)
    status = read_filing_status(named["status"]) if function.takes_household else ""
    return law_notes(place, int(year), status)
