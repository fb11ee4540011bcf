"""Answer one cell: single values in, one value out, with nothing imported but the standard library."""

from __future__ import annotations

from datetime import date
from typing import Any

from xl_amt.errors import AmtError
from xl_amt.forms import REFUSALS
from xl_amt.household import Household
from xl_amt.worksheet.cells import read_year, serial_number
from xl_amt.worksheet.reading import labelled, read_argument, read_fact, read_filing_status, read_jurisdiction
from xl_amt.worksheet.registry import INCOME, WorksheetFunction


def answer_one(function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any]) -> Any:
    """The answer for single values; raises AmtError."""
    jurisdiction = read_jurisdiction(given.get("jurisdiction"), function.jurisdictions)
    own = {argument.name: read_argument(argument, given[argument.name]) for argument in function.own_arguments}
    if function.takes_household:
        own["household"] = read_household(given, facts, jurisdiction.law_book)
    elif "jurisdiction" in given:
        own["jurisdiction"] = jurisdiction
    for refusal in function.refusals:
        if refusal.applies(**own):
            raise refusal.error(refusal.sentence)
    result = function.code(**own)
    if type(result) is float:
        return result + 0.0  # no cell shows a negative zero
    return serial_number(result) if isinstance(result, date) else result


def one_or_error(function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any]) -> Any:
    """The answer for single values, or the AmtError that stands in its place."""
    try:
        return answer_one(function, given, facts)
    except AmtError as error:
        return error


def read_household(given: dict[str, Any], facts: dict[str, Any], law_book: str = "") -> Household:
    """The household that income, status, year and labelled facts describe; raises AmtError where a form refuses it."""
    household = Household(
        year=read_year(given["year"], "year"),
        status=read_filing_status(given["status"]),
        law_book=law_book,
        wages=read_argument(INCOME, given["income"]),
        **{field: read_fact(label, value) for field, (label, value) in labelled(facts).items()},
    )
    for refusal in REFUSALS:
        if refusal.applies(household):
            raise refusal.error(refusal.sentence)
    return household
