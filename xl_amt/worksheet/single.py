"""Answer one cell: single values in, one value out, with nothing imported but the standard library."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import reduce
from math import isfinite
from typing import Any, Final

from xl_amt.arithmetic.lines import smaller_of
from xl_amt.errors import AmtError, NoSolutionError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.tax_systems import TAX_SYSTEMS, limiting, tax_returns_of
from xl_amt.law import US, Jurisdiction, book_over, is_held
from xl_amt.reading.dates import serial_number
from xl_amt.reading.household import check_asked, read_household, read_jurisdiction, read_own_facts
from xl_amt.worksheet.arguments import read_argument
from xl_amt.worksheet.registry import Together, WorksheetFunction
from xl_amt.worksheet.remembered import NOT_TO_BE_KNOWN, Found, Known, remember

_JOIN: Final[dict[Together, Callable[[list[Any]], Any]]] = {
    "smaller": lambda answers: reduce(smaller_of, answers),
    "sum": lambda answers: reduce(lambda first, second: first + second, answers),
}


def answer_one(
    function: WorksheetFunction,
    given: dict[str, Any],
    facts: dict[str, Any],
    found: Found = NOT_TO_BE_KNOWN,
) -> Any:
    """The answer for single values; raises AmtError.

    ``found`` has the returns that the same household gave before, or by what new ones are to be remembered.
    """
    try:
        return _answered(function, given, facts, found)
    except ArithmeticError:  # such as the room divided by a spread of nearly nothing
        raise NoSolutionError(
            f"{function.name}: these amounts lead to a number too large for a cell; check the smallest and the largest."
        ) from None


def _answered(function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any], found: Found) -> Any:
    jurisdiction = jurisdiction_of(function, given.get("jurisdiction"))
    own = {argument.name: read_argument(argument, given[argument.name]) for argument in function.own_arguments}
    if not function.takes_household:
        if "jurisdiction" in given:
            own["jurisdiction"] = jurisdiction
        refuse(function, own)
        return in_a_cell(function.code(**own))
    systems = [TAX_SYSTEMS[code] for code in jurisdiction.codes]
    known = found.known
    if known is not None and known.law == law_behind(jurisdiction, systems):
        refuse(function, own)
        return in_a_cell(answer_for(function, own, known.tax_returns))
    household = read_household(given, facts, jurisdiction.law_book)
    if facts:
        check_asked(facts, jurisdiction.codes)
    described = [(system, read_own_facts(system, household, facts)) for system in systems]
    refuse(function, own)
    tax_returns = tax_returns_of(household, described)
    if found.key is not None:
        remember(found.key, Known(facts, law_behind(jurisdiction, systems), tax_returns))
    return in_a_cell(answer_for(function, own, tax_returns))


def law_behind(jurisdiction: Jurisdiction, systems: list[TaxSystem]) -> tuple[Any, ...]:
    """What the returns rest on: the federal law, each system and the law of each that is held."""
    book = jurisdiction.law_book
    held = [book_over(book, code) for code in jurisdiction.codes if is_held(code)]
    return book_over(book, "US"), *held, *systems


def one_or_error(function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any]) -> Any:
    """The answer for single values, or the AmtError that stands in its place."""
    try:
        return answer_one(function, given, facts)
    except AmtError as error:
        return error


def jurisdiction_of(function: WorksheetFunction, value: Any) -> Jurisdiction:
    """The jurisdiction that a cell names, of those that a function answers for."""
    if value is None:
        return US
    return read_jurisdiction(value, function.jurisdictions, together=function.together != "refused")


def answer_for(function: WorksheetFunction, own: dict[str, Any], tax_returns: tuple[MinimumTax, ...]) -> Any:
    """The answer of a function for a household's returns in one or several jurisdictions."""
    if function.together == "all":
        return function.code(tax_returns=tax_returns, **own)
    if function.together == "smaller":
        tax_returns = limiting(tax_returns)
    if len(tax_returns) == 1:
        return function.code(tax_return=tax_returns[0], **own)
    return _JOIN[function.together]([function.code(tax_return=tax_return, **own) for tax_return in tax_returns])


def refuse(function: WorksheetFunction, own: dict[str, Any]) -> None:
    """Raise the first refusal of a function that applies to its own arguments."""
    for refusal in function.refusals:
        if refusal.applies(**own):
            raise refusal.error(refusal.sentence)


def in_a_cell(result: Any) -> Any:
    """An answer as a cell holds it: no negative zero, and a date by its serial number; OverflowError for no number."""
    if type(result) is float:
        if not isfinite(result):
            raise OverflowError
        return result + 0.0  # no cell shows a negative zero
    return serial_number(result) if isinstance(result, date) else result
