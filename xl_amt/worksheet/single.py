"""Answer one cell: single values in, one value out, with nothing imported but the standard library."""

from __future__ import annotations

from datetime import date
from typing import Any

from xl_amt.errors import AmtError
from xl_amt.reading.dates import serial_number
from xl_amt.reading.household import read_household, read_jurisdiction
from xl_amt.worksheet.arguments import read_argument
from xl_amt.worksheet.registry import WorksheetFunction


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
