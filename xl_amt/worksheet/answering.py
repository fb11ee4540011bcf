"""Answer a worksheet function for any cell values: single ones, and ranges in place of them."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.law.names import nearest, quoted
from xl_amt.worksheet import remembered
from xl_amt.worksheet.lots import OF_LOTS
from xl_amt.worksheet.ranges import Range, as_range, common_shape, facts_of_pairs, pair_facts, stretch
from xl_amt.worksheet.registry import FUNCTIONS, WorksheetFunction
from xl_amt.worksheet.several_years import OF_YEARS, answer_years
from xl_amt.worksheet.single import answer_one, one_or_error

_COLUMNS_FROM: Final = 64  # fewer cells than this are quicker one by one


def answer(name: str, *arguments: Any) -> Any:
    """What the cell ``=NAME(arguments)`` shows.

    Single values give a single value, or raise AmtError. Where a range stands in place of a single value, the
    answer has the range's shape (a flat list for flat lists), with an AmtError in each place that has no answer.
    """
    function = find_function(name)
    if function.takes_any_number_of_arguments:
        return function.code(*arguments)
    given = _by_name(function, arguments)
    if not function.takes_household:
        return _answer(function, given, {})
    if "from_income" in given:
        given["income"] = given["from_income"]
    found = remembered.find(given)
    if found.known is not None:
        return answer_one(function, given, found.known.facts, found)
    facts = facts_of_pairs(*found.pairs) if found.pairs else None
    return _answer(function, given, facts or pair_facts(given["labels"], given["amounts"]), found)


def call(name: str, *arguments: Any) -> Any:
    """The same answer for Python, with an exception where a cell shows an error.

    Args:
        name: A worksheet function, such as AMT_ROOM, in any case.
        *arguments: What its cell would hold, in its order: numbers (dollars, shares, rates as fractions), texts, days,
            and ranges as flat lists or lists of rows; None is a blank cell.

    Returns:
        A number in the unit that the function states, a text, or a list in the shape of the range that was given.

    Raises:
        AmtError: No answer, in one sentence that says what is wrong, where, and what would do; of a range it names
            the first row. Its kinds are in ``xl_amt.errors``.

    >>> round(call("AMT_ROOM", 150_000, "single", 2021), 2)
    27480.77
    >>> [round(amount, 2) for amount in call("AMT_OWED", [150_000, 250_000], "single", 2024, 50_000)]
    [4179.5, 2703.5]
    """
    result = answer(name, *arguments)
    if isinstance(result, list):
        _raise_first_error(result)
    return result


def find_function(name: Any) -> WorksheetFunction:
    """The function of that name, in any case; ArgumentError naming one that is near."""
    text = str(name).strip().upper()
    function = FUNCTIONS.get(text)
    if function is None:
        near = nearest(text, FUNCTIONS)
        hint = f"did you mean {near}?" if near else "xl-amt functions lists them."
        raise ArgumentError(f"function_name: {quoted(name)} is not a worksheet function; {hint}")
    return function


def _answer(
    function: WorksheetFunction,
    given: dict[str, Any],
    facts: dict[str, Any],
    found: remembered.Found = remembered.NOT_TO_BE_KNOWN,
) -> Any:
    apart = ("labels", "amounts", *OF_YEARS, *OF_LOTS) if function.takes_years else ("labels", "amounts")
    ranges = {
        key: item
        for key, value in given.items()
        if key not in apart and not isinstance(value, (str, float, int)) and (item := as_range(value, key))
    }
    if Range in map(type, facts.values()):
        ranges |= {key: value for key, value in facts.items() if type(value) is Range}
    if not ranges:
        if function.takes_years:
            return answer_years(function, given)
        return answer_one(function, given, facts, found)
    if function.gives_a_table:
        where = next(iter(ranges))
        raise ArgumentError(
            f"{'amounts' if where in facts else where}: {function.name} gives a table, which cannot be part of a range "
            "of answers; use one value."
        )
    shape = common_shape(ranges)
    cells = _answer_rows(function, given, facts, {key: stretch(item, shape) for key, item in ranges.items()})
    of_arguments = [item for key, item in ranges.items() if key not in facts]
    if of_arguments and shape[1] == 1 and all(item.flat for item in of_arguments):
        return cells
    return [cells[start : start + shape[1]] for start in range(0, len(cells), shape[1])]


def _by_name(function: WorksheetFunction, arguments: tuple[Any, ...]) -> dict[str, Any]:
    expected = function.arguments
    if len(arguments) > len(expected):
        raise ArgumentError(
            f"{function.name}: {len(arguments)} arguments were given, but it takes {len(expected)} at most: "
            f"{function.signature}."
        )
    for argument in expected[len(arguments) :]:
        if argument.required:
            raise ArgumentError(f"{argument.name}: it is missing; use {function.signature}.")
    given: dict[str, Any] = {argument.name: None for argument in expected}
    given.update(zip(given, arguments, strict=False))
    return given


def _answer_rows(
    function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any], columns: dict[str, Any]
) -> list[Any]:
    length = len(next(iter(columns.values())))
    if function.takes_columns and length >= _COLUMNS_FROM and find_spec("numpy"):
        from xl_amt.worksheet.columns import answer_columns

        return answer_columns(function, given, facts, columns, length)
    columns = {key: column.tolist() if hasattr(column, "tolist") else column for key, column in columns.items()}
    answers = []
    for row in range(length):
        here = {key: column[row] for key, column in columns.items()}
        arguments = {key: here.get(key, value) for key, value in given.items()}
        if function.takes_years:
            answers.append(_of_years_or_error(function, arguments))
            continue
        answers.append(one_or_error(function, arguments, {key: here.get(key, value) for key, value in facts.items()}))
    return answers


def _of_years_or_error(function: WorksheetFunction, given: dict[str, Any]) -> Any:
    try:
        return answer_years(function, given)
    except AmtError as error:
        return error


def _raise_first_error(rows: list[Any]) -> None:
    if set(map(type, rows)) <= {float, str}:
        return
    for number, row in enumerate(rows, 1):
        for cell in row if isinstance(row, list) else (row,):
            if isinstance(cell, AmtError):
                raise cell.in_row(number)
