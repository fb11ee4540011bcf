"""Books in CSV files: commas, UTF-8 with or without a byte order mark, quotation marks where needed.

Each line is kept as it stands, and its answers are written behind it: nothing of a source is formatted again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final

import numpy
import pandas

from xl_amt.batch import books
from xl_amt.batch.formulas import is_formula, may_hold_formulas, not_a_formula
from xl_amt.batch.headings import Headings
from xl_amt.errors import FileError
from xl_amt.reading.numbers import number_in

_LONGEST_ROW: Final = 131_072  # characters, as many as the csv library reads in a cell
_LINE_END: Final = "\r\n"  # the library quotes a cell that holds any part of it
_PANDAS: Final = tuple(int(number) for number in pandas.__version__.split(".")[:2])
# pandas reads numbers to the last bit from 3.1 on; before, it has to be asked to
_EXACT: Final[dict[str, Any]] = {} if _PANDAS >= (3, 1) else {"float_precision": "round_trip"}


@contextmanager
def open_book(path: Path) -> Iterator[books.Book]:
    """Open a book; raises FileError where it is no CSV file with headings."""
    try:
        raw = path.open("rb")
    except OSError as error:
        raise FileError(f"{path}: it cannot be read ({error.strerror}); close it wherever it is open.") from error
    with raw, io.TextIOWrapper(raw, "utf-8-sig", newline="") as text:
        size = path.stat().st_size
        blocks = _blocks(text, path)
        first_row, records, line_end = next(blocks, (1, [], ""))
        if not records:
            raise FileError(f"{path}: it is empty; give headings such as income, status and year, and rows below.")
        (headings,) = _cells_of(records[:1], [0], first_row, path)
        while headings and not headings[-1].strip():
            headings.pop()

        def parts(meaning: Headings) -> Iterator[books.Part]:
            for row, block, _ in chain([(first_row + 1, records[1:], line_end)], blocks):
                lines = [line for line in _even(block, len(headings), row, path) if line.strip(" \t,")]
                if lines:
                    yield _part(lines, headings, meaning, raw.tell() / size)

        yield books.Book(headings, line_end, parts)


def count_rows(path: Path) -> int:
    """How many rows stand under the headings."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        return sum(bool(line.strip(" \t,")) for _, block, _ in _blocks(text, path) for line in block) - 1


@contextmanager
def write_book(
    path: Path, headings: Sequence[str], line_end: str
) -> Iterator[Callable[[books.Part, pandas.DataFrame, pandas.Series[Any]], None]]:
    """A function that writes a part with its answers and problems; the file begins with the headings."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(_line(map(not_a_formula, headings)) + line_end)

        def write(part: books.Part, answers: pandas.DataFrame, problems: pandas.Series[Any]) -> None:
            columns = [_texts(answers[name]) for name in answers]
            said = [_line([problem]) if problem else "" for problem in problems.tolist()]
            file.write(line_end.join(map(",".join, zip(part.lines(), *columns, said, strict=True))))
            file.write(line_end)

        yield write


def _texts(answers: pandas.Series[Any]) -> list[str]:
    """A column of answers, blank where there is none."""
    if answers.dtype.kind == "M":
        days: list[str] = answers.dt.strftime("%Y-%m-%d").fillna("").tolist()
        return days
    return ["" if number != number else repr(number) for number in answers.tolist()]  # noqa: PLR0124 - NaN


def cell_text(value: Any) -> str:
    """A cell of a sheet as CSV files write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == time():  # a sheet counts a day from midnight
        return value.date().isoformat()
    return not_a_formula(value) if isinstance(value, str) else str(value)


def line_of(cells: Iterable[Any]) -> str:
    """Cells of a sheet as a line of a CSV file."""
    return _line(map(cell_text, cells))


def _blocks(text: Iterator[str], path: Path) -> Iterator[tuple[int, list[str], str]]:
    """Whole records, some at a time, with the number of the first row and the line end of the first line."""
    row, line_end = 1, ""
    try:
        while block := list(islice(text, books.ROWS_OF_A_PART)):
            joined = "".join(block)
            if "\0" in joined:
                raise FileError(f"{path}: it holds null bytes, which text does not; save it as 'CSV UTF-8'.")
            records = _whole_records(block, text, row, path) if '"' in joined else block
            _check_length(records, row, path)
            line_end = line_end or ("\r\n" if block[0].endswith("\r\n") else "\n")
            yield row, [record.rstrip("\r\n") for record in records], line_end
            row += len(records)
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: it is not UTF-8 text; save it in Excel as 'CSV UTF-8', or as .xlsx.") from error


def _check_length(records: list[str], row: int, path: Path) -> None:
    if max(map(len, records), default=0) > _LONGEST_ROW:
        at = next(at for at, record in enumerate(records) if len(record) > _LONGEST_ROW)
        raise FileError(
            f"{path}, row {row + at}: it is longer than {_LONGEST_ROW:,} characters, too long for a household; shorten "
            "its text."
        )


def _whole_records(block: list[str], rest: Iterator[str], row: int, path: Path) -> list[str]:
    """Lines joined where a cell in quotation marks runs over several; reads on to the end of the last one."""
    records: list[str] = []
    pending: list[str] = []
    lines = iter(block)
    length = 0
    while (line := next(lines, None)) is not None or (pending and (line := next(rest, None)) is not None):
        odd = line.count('"') % 2 == 1
        if not pending and not odd:
            records.append(line)
            continue
        closes = odd and bool(pending)
        pending.append(line)
        length += len(line)
        if closes:
            records.append("".join(pending))
            pending, length = [], 0
        elif length > _LONGEST_ROW:
            break
    if pending:
        raise FileError(f"{path}, row {row + len(records)}: a quotation mark is never closed; close or remove it.")
    return records


def _even(records: list[str], width: int, first_row: int, path: Path) -> list[str]:
    """Records with as many cells as there are headings: blank ones at the end are added or taken away."""
    widths = [record.count(",") + 1 for record in records]
    quoted = [at for at, record in enumerate(records) if '"' in record]
    for at, cells in zip(quoted, _cells_of([records[at] for at in quoted], quoted, first_row, path), strict=True):
        widths[at] = len(cells)
    for at, found in enumerate(widths):
        if found < width:
            records[at] += "," * (width - found)
        elif found > width:
            shorter = records[at].removesuffix("," * (found - width))
            if shorter == records[at]:
                raise FileError(
                    f"{path}, row {first_row + at}: it has {found} cells under {width} headings; "
                    "put quotation marks around a cell that holds a comma."
                )
            records[at] = shorter
    return records


def _cells_of(records: list[str], places: Sequence[int], first_row: int, path: Path) -> list[list[str]]:
    try:
        rows = list(csv.reader(records, strict=True))
        if len(rows) == len(records):
            return rows
    except csv.Error:
        pass
    for at, record in zip(places, records, strict=True):
        try:
            next(csv.reader([record], strict=True))
        except csv.Error as error:
            raise FileError(
                f"{path}, row {first_row + at}: its quotation marks cannot be read ({error}); "
                "double those inside a cell."
            ) from error
    raise AssertionError  # pragma: no cover - records that can be read alone can be read together


def _part(lines: list[str], headings: list[str], meaning: Headings, done: float) -> books.Part:
    table = pandas.read_csv(
        io.StringIO("\n".join(lines) + "\n"),
        header=None,
        names=range(len(headings)),
        index_col=False,
        keep_default_na=False,
        na_values=[""],
        low_memory=False,
        skip_blank_lines=False,
        **_EXACT,
    )
    assert len(table) == len(lines)
    unsafe = _rows_with_formulas(table)
    for at in meaning.read:
        if table[at].dtype.kind not in "iuf":
            table[at] = _amounts(table[at])
    table.columns = pandas.Index(headings)

    def safe_lines() -> Iterable[str]:
        for row in unsafe:
            lines[row] = line_of(next(csv.reader([lines[row]])))
        return lines

    def cells() -> Iterator[list[Any]]:
        numbers = set(meaning.read)
        for row in csv.reader(lines):
            yield [_sheet_cell(text, is_amount=at in numbers) for at, text in enumerate(row)]

    return books.Part(table, safe_lines, cells, done)


def _rows_with_formulas(table: pandas.DataFrame) -> list[int]:
    rows: set[int] = set()
    for at in table:
        column = table[at]
        if column.dtype.kind not in "iufb" and may_hold_formulas(map(str, column.dropna().tolist())):
            rows.update(row for row, cell in enumerate(column.tolist()) if isinstance(cell, str) and is_formula(cell))
    return sorted(rows)


def _amounts(column: pandas.Series[Any]) -> pandas.Series[Any]:
    """Amounts out of text, such as $1,500 and (300); other text stays, for the functions to say what it is."""
    found: dict[Any, Any] = {}
    for cell in column.unique():
        amount = number_in(cell) if isinstance(cell, str) else None
        found[cell] = cell if amount is None else amount
    cells = numpy.array([found.get(cell) for cell in column.to_numpy(dtype=object)], dtype=object)
    return pandas.Series(cells, index=column.index, dtype=object).infer_objects()


def _sheet_cell(text: str, *, is_amount: bool) -> Any:
    """A cell of a CSV file for a sheet: an amount as a number, and other text as itself."""
    amount = number_in(text) if is_amount else None
    if amount is None:
        return text or None
    return int(amount) if amount.is_integer() else amount


def _line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator=_LINE_END).writerow(cells)
    return line.getvalue().removesuffix(_LINE_END)
