"""A pandas table of households, a row each, with the answers of worksheet functions next to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Real
from typing import Any

import numpy
import pandas

from xl_amt.batch.headings import (
    PROBLEM,
    Headings,
    check_holds_no_fact,
    check_jurisdiction,
    functions_of_numbers,
    read_headings,
)
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.reading.dates import SERIAL_NUMBER_0
from xl_amt.reading.numbers import number_in
from xl_amt.worksheet import WorksheetFunction, answer


def answer_table(
    table: pandas.DataFrame,
    functions: Sequence[str] = ("AMT_ROOM",),
    keep: Iterable[str] = (),
    jurisdiction: str = "",
) -> pandas.DataFrame:
    """The table as it is, with a column for each function and a column ``problem``.

    Headings are matched to arguments (income, status, year, spread ...) and to labels (Interest, Age ...); case,
    spaces and punctuation do not matter. A missing value is a blank, and a blank income is a problem. A row that a
    function cannot answer holds NaN there, and its sentence in ``problem``. Each number is bit for bit what ``call``
    gives for the row; a serial number of a day is given as that day, and NaT where there is none.

    A column that matches nothing is carried through where it holds text. Where it holds numbers, or its heading is
    nearly a known one, it may be a fact, and is an error, unless ``keep`` names it or it says who the row is about
    (``headings.IDENTIFYING``). ``jurisdiction`` is that of every row, such as US+CA; a column of that heading says it
    row by row. Raises ArgumentError, too, for a missing or repeated column.

    >>> import pandas
    >>> book = pandas.DataFrame({"client": ["A", "B"], "income": [150_000, -1], "status": "single", "year": 2021})
    >>> answer_table(book)["AMT_ROOM"].round(2).tolist()
    [27480.77, nan]
    >>> answer_table(book)["problem"].tolist()
    ['', 'income: -1 is negative; enter zero or more.']
    """
    asked = functions_of_numbers([functions] if isinstance(functions, str) else functions)
    names = ["" if heading is None else str(heading) for heading in table.columns]
    headings = read_headings(names, asked, keep)
    check_jurisdiction(headings, jurisdiction)
    for position in headings.unknown:
        column = table.iloc[:, position]
        if not is_blank(column):
            check_holds_no_fact(names[position], position, only_numbers=_holds_only_numbers(column))
    columns = {position: _cells(table.iloc[:, position]) for position in headings.read}
    answers: dict[str, Any] = {}
    sentences: dict[int, list[str]] = {}
    for function in asked:
        cells = _answers(function, headings, columns, jurisdiction) if len(table) else []
        if any(argument.name == "income" for argument in function.arguments):
            _refuse_blank_incomes(cells, table.iloc[:, headings.arguments["income"]])
        for row, cell in enumerate(cells):
            if isinstance(cell, AmtError):
                sentences.setdefault(row, []).append(str(cell))
                cells[row] = numpy.nan
            elif isinstance(cell, str):  # as a few numbers of the law are
                sentences.setdefault(row, []).append(
                    f"{function.name}: its answer is the word '{cell}', and a column of answers holds only numbers; "
                    "use it in a cell."
                )
                cells[row] = numpy.nan
        numbers = numpy.array(cells, dtype=numpy.float64)
        answers[function.name] = _days(numbers) if function.answer == "date" else numbers
    problems = [""] * len(table)
    for row, said in sentences.items():
        problems[row] = " ".join(dict.fromkeys(said))
    return table.assign(**answers, **{PROBLEM: pandas.Series(problems, index=table.index, dtype="str")})


def _refuse_blank_incomes(cells: list[Any], incomes: pandas.Series[Any]) -> None:
    """A household whose income nobody filled in has no answer, though a blank cell of a worksheet is 0."""
    for row, income in enumerate(incomes):
        is_missing = not income.strip() if isinstance(income, str) else pandas.isna(income)
        if is_missing and not isinstance(cells[row], AmtError):
            cells[row] = ArgumentError("income: it is blank; enter the wages, or 0 if there are none.")


def is_blank(column: pandas.Series[Any]) -> bool:
    """Whether every cell is missing, or text of nothing but spaces."""
    return not any(not isinstance(cell, str) or cell.strip() for cell in column[column.notna()])


def _holds_only_numbers(column: pandas.Series[Any]) -> bool:
    """Whether every cell that is not blank is a number, or text that writes one."""
    if column.dtype.kind in "iuf":
        return True
    return all(
        number_in(cell) is not None or not cell.strip()
        if isinstance(cell, str)
        else isinstance(cell, Real) and not isinstance(cell, (bool, numpy.bool_))
        for cell in column[column.notna()]
    )


def _cells(column: pandas.Series[Any]) -> Any:
    """A column as an array that worksheet functions take: floats with 0 for a blank, or objects with None."""
    if column.dtype.kind in "iuf":
        numbers = column.to_numpy(dtype=numpy.float64, na_value=numpy.nan)
        return numpy.where(numpy.isnan(numbers), 0.0, numbers)
    cells = column.to_numpy(dtype=object)
    blank = column.isna().to_numpy(dtype=bool)
    if blank.any():
        cells = cells.copy()
        cells[blank] = None
    return cells


def _days(serial_numbers: Any) -> Any:
    return pandas.to_datetime(serial_numbers, unit="D", origin=SERIAL_NUMBER_0)


def _answers(function: WorksheetFunction, headings: Headings, columns: dict[int, Any], jurisdiction: str) -> list[Any]:
    given: dict[str, Any] = {argument.name: None for argument in function.arguments}
    if jurisdiction and "jurisdiction" in given:
        given["jurisdiction"] = jurisdiction
    given |= {name: columns[at] for name, at in headings.arguments.items() if name in given}
    if "labels" in given:
        given["labels"] = list(headings.labels)
        given["amounts"] = [columns[at] for at in headings.labels.values()]
    answers: list[Any] = answer(function.name, *given.values())
    return answers
