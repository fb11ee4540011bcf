"""What is wrong with a client's file: its package, its cells, its checks, its law, and what changed since a command."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from xl_amt import __version__
from xl_amt.client import ClientRecord
from xl_amt.client.toml_file import is_record, read_record
from xl_amt.errors import AmtError, FileError
from xl_amt.jobs.years_report import report_years
from xl_amt.law import enacted

if TYPE_CHECKING:
    from xl_amt.workbook.splice import Book
    from xl_amt.workbook.splice.sheet import Cell

Kind = Literal["file", "cell", "check", "version", "record", "changed", "reported"]

_LOST: Final = "#REF!"
_RECALC: Final = "run xl-amt recalc"


class Finding(NamedTuple):
    """One thing that is wrong: a sentence, of which kind, and the sheet and cell where it stands, "" for the whole."""

    kind: Kind
    sheet: str
    cell: str
    sentence: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: {self.sentence}" if where else self.sentence


def check_client(path: Path, today: date | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a client's record or workbook; nothing where all is well.

    Args:
        path: the file.
        today: the day before which a planned step should be done; None to leave that out.

    Raises:
        FileError: the file cannot be read at all, or is neither.
    """
    if is_record(path):
        record_read = read_record(path)
        return (*_of_record(record_read), *_not_done(record_read, today))
    from xl_amt.workbook.read import is_client_workbook
    from xl_amt.workbook.splice import open_book
    from xl_amt.workbook.validity import problems_in

    book = open_book(path)
    if not is_client_workbook(path):
        raise FileError(f"{path.name}: it is not a client workbook; use one that xl-amt made, or a .client.toml.")
    record = _record_in(book)
    return (
        *(Finding("file", "", "", problem) for problem in dict.fromkeys(problems_in(book.content))),
        *_jurisdiction(book, record),
        *_lost_names(book),
        *_cells(book),
        *_failed_checks(book),
        *_versions(book),
        *_inputs(book, record),
        *_not_figured(record),
        *_not_done(record, today),
        *_reported(record),
    )


def _of_record(record: ClientRecord) -> Iterator[Finding]:
    """What of a record cannot be followed, and what it asks."""
    yield from _without_answer(record)
    for remark in record.remarks:
        if remark.level == "ask" and not remark.answered:
            yield Finding("check", "", "", f"{remark.text} (not answered yet)")
    yield from _reported(record)


def _not_figured(record: ClientRecord | AmtError) -> Iterator[Finding]:
    """What of a workbook's record cannot be followed; its own checks say where status or wages are missing."""
    if isinstance(record, AmtError) or not record.years or None in (record.years[0].status, record.years[0].income):
        return
    yield from _without_answer(record)


def _without_answer(record: ClientRecord) -> Iterator[Finding]:
    try:
        report_years(record)
    except AmtError as error:
        yield Finding("record", "", "", str(error))


def _not_done(record: ClientRecord | AmtError, today: date | None) -> Iterator[Finding]:
    """Planned steps whose day has passed; of a record that cannot be read, nothing."""
    from xl_amt.jobs.planned_steps import steps_not_done

    if today is not None and not isinstance(record, AmtError):
        yield from (Finding("check", "", "", sentence) for sentence in steps_not_done(record, today))


def _reported(record: ClientRecord | AmtError) -> Iterator[Finding]:
    """Whether the record is still the one of its last letter; of a record that cannot be read, nothing."""
    from xl_amt.jobs.reported import not_the_reported_one

    if not isinstance(record, AmtError) and (said := not_the_reported_one(record)):
        yield Finding("reported", "", "", said)


def _jurisdiction(book: Book, record: ClientRecord | AmtError) -> Iterator[Finding]:
    """Whether the taxes of the sheets are those that the record asks for; of a record that cannot be read, nothing."""
    from xl_amt.workbook.rewriting import not_laid_out

    if isinstance(record, AmtError):
        return
    try:
        said = not_laid_out(book, record)
    except AmtError:
        return
    if said:
        yield Finding("record", "", "", said)


def _lost_names(book: Book) -> Iterator[Finding]:
    for name in book.names:
        if _LOST in name.text and name.sheet is None:
            yield Finding("cell", "", "", f"the name {name.name} has lost its cells; restore an earlier copy.")


def _cells(book: Book) -> Iterator[Finding]:
    """Cells that show an error, and formulas that have no value."""
    from xl_amt.workbook.splice.areas import address
    from xl_amt.workbook.splice.cell_bytes import ErrorValue

    for sheet in book.sheets():
        for row in sheet.rows.values():
            for cell in row.cells:
                value = book.value(sheet.title, cell.place)
                if isinstance(value, ErrorValue):
                    yield Finding("cell", sheet.title, address(*cell.place), _of_error(value))
                elif value is None and _is_unfilled(cell):
                    yield Finding("cell", sheet.title, address(*cell.place), f"its formula has no value; {_RECALC}.")


def _is_unfilled(cell: Cell) -> bool:
    return cell.formula is not None and cell.value is None


def _of_error(value: str) -> str:
    if value == "#NAME?":
        return f"it shows {value}, since the functions were not connected, or a name is gone; {_RECALC}."
    return f"it shows {value}; correct what it refers to, and {_RECALC}."


def _failed_checks(book: Book) -> Iterator[Finding]:
    from xl_amt.workbook.splice.areas import address
    from xl_amt.workbook.splice.table import find_table

    try:
        table = find_table(book, "Checks_table")
    except FileError as error:
        yield Finding("file", "Checks", "", str(error))
        return
    if table is None:
        yield Finding("file", "", "", "the table of its sheet Checks is missing; restore an earlier copy.")
        return
    what, where, figure, holds = (table.columns[header] for header in ("What must hold", "Where", "Figure", "Holds?"))
    for row in table.rows:
        if table.value(row, holds) == "FAILED":
            shown = table.value(row, figure)
            amount = f"{shown:,.15g}" if isinstance(shown, float | int) else shown
            sentence = f"{table.value(row, what)} (sheet {table.value(row, where)}): FAILED, {amount}."
            yield Finding("check", table.sheet.title, address(row, holds), sentence)


def _versions(book: Book) -> Iterator[Finding]:
    from xl_amt.workbook.stamp import LAW, VERSION

    version, through = _named(book, VERSION), _named(book, LAW)
    law = enacted("US").verified_through
    if version != __version__:
        yield Finding(
            "version", "", "", f"it was calculated by xl-amt {version}, and this is {__version__}; {_RECALC}."
        )
    if isinstance(through, float | int) and through < law:
        yield Finding(
            "version", "", "", f"its law is enacted through {through:.0f}, and the functions' through {law}; {_RECALC}."
        )


def _record_in(book: Book) -> ClientRecord | AmtError:
    """The record, or what keeps it from being read."""
    from xl_amt.workbook.read import record_in

    try:
        return record_in(book)
    except AmtError as error:
        return error


def _inputs(book: Book, record: ClientRecord | AmtError) -> Iterator[Finding]:
    """What keeps the record from being read, and whether its inputs are those that a command wrote last."""
    from xl_amt.client.fingerprint import fingerprint
    from xl_amt.workbook.stamp import RECORD

    if isinstance(record, AmtError):
        yield Finding("record", "", "", str(record))
    elif fingerprint(record) != _named(book, RECORD):
        yield Finding("changed", "", "", f"inputs were changed since a command last wrote the file; {_RECALC}.")


def _named(book: Book, name: str) -> Any:
    """The value of a cell by its name; None where the name names none."""
    region = book.region(name)
    return None if region is None else book.value(region.sheet, (region.area.row, region.area.column))
