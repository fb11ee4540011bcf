"""One worksheet function with a client's facts beside its arguments, as a cell would answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.law import law_book
from xl_amt.reading.cells import is_blank_or_zero
from xl_amt.worksheet import WorksheetFunction, call, find_function


class Calculation(NamedTuple):
    """A function, what it gives, and a sentence where that rests on projected law ("" where it does not)."""

    function: WorksheetFunction
    result: Any
    projected: str


def calculate(
    name: str, arguments: Sequence[Any], facts: Mapping[str, float | str], jurisdiction: str = ""
) -> Calculation:
    """The function of that name for its arguments in order, with labelled facts and a jurisdiction put in their places.

    Raises AmtError where a cell would show an error; ArgumentError, too, where the function takes no facts or no
    jurisdiction, or they stand among the arguments already.

    >>> calculate("AMT_REGULAR_TAX", [150_000, "single", 2021], {"Interest": 1_000}).result
    27249.0
    """
    function = find_function(name)
    named: dict[str, Any] = {"labels": list(facts), "amounts": list(facts.values())} if facts else {}
    if facts and not (function.takes_household or function.takes_years):
        raise ArgumentError(f"--set: {function.name} takes no labelled facts; leave --set out.")
    if jurisdiction:
        named["jurisdiction"] = jurisdiction
        if all(argument.name != "jurisdiction" for argument in function.arguments):
            raise ArgumentError(f"--law: {function.name} rests on no law; leave --law out.")
    given = _in_order(function, arguments, named)
    return Calculation(function, call(function.name, *given), _projected(function, given))


def _in_order(function: WorksheetFunction, arguments: Sequence[Any], named: Mapping[str, Any]) -> list[Any]:
    """The arguments with those that are given by name in their places."""
    given = list(arguments)
    for place, argument in enumerate(function.arguments):
        if argument.name not in named:
            continue
        given += [None] * (place + 1 - len(given))
        if not is_blank_or_zero(given[place]):
            raise ArgumentError(f"{argument.name}: given twice, among the arguments and by an option; give it once.")
        given[place] = named[argument.name]
    return given


def _projected(function: WorksheetFunction, given: Sequence[Any]) -> str:
    """That the law of the year asked for is projected, and on what basis; "" where it is enacted."""
    place = next((number for number, argument in enumerate(function.arguments) if argument.kind == "year"), len(given))
    book = law_book()
    if place >= len(given) or given[place] <= book.verified_through:
        return ""
    basis = book.basis(int(given[place]))
    return f"the law of {given[place]:.0f} is {basis}."
