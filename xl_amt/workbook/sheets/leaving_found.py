"""What the command ``xl-amt leaving`` found, on the sheet Leaving: values, with their day and their record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_headers, put_section, put_text, span
from xl_amt.workbook.found import LeavingFound
from xl_amt.workbook.sheets.leaving_layout import LAST, LeavingLayout

Line = Sequence[str | float | date | None]

_WAYS: Final = (
    "Way",
    "Shares",
    "After tax",
    "AMT",
    "Total taxes",
    "Medicare",
    "Cash",
    "If the value halves",
    "Remark",
)
_STEPS: Final = ("Grant", "Becomes", "Shares", "From", "By")
_DAYS: Final = ("By", "What to decide")
_OF_A_WAY: Final = (style.TEXT, style.SHARES, *(style.DOLLARS,) * 6, style.TEXT)
_OF_A_STEP: Final = (style.TEXT, style.TEXT, style.SHARES, style.DAY, style.DAY)
_OF_A_DAY: Final = (style.DAY, style.TEXT)
_LETTERS: Final = 190  # of a sentence on one line of the page
_NOT_ASKED: Final = '"Not asked yet."'
_STALE: Final = '"The record has changed since "&{day}&". Ask again: xl-amt leaving --write."'


def stale_or_found(name: str, day: str, none: str, stale: str, found: str) -> str:
    """The sentence over what was found, as a formula; ``name`` is the cell of its record's fingerprint."""
    return f'=IF({name}="",{none},IF({name}<>Record_hash,{stale.format(day=day)},{found.format(day=day)}))'


def put_found(sheet: Worksheet, book: Book, rows: LeavingLayout) -> None:
    """The answer's head, its ways, its steps, the days, and what to know."""
    at, found = rows.answer, book.leaving
    put_section(sheet, at["in words"] - 1, "A", LAST, "What the solver found, as values")
    day = 'TEXT(Leaving_found_on,"mmm d, yyyy")'
    words = '"Found on "&{day}&", from the facts of that day; it is not figured again here."'
    shown = stale_or_found("Leaving_record", day, _NOT_ASKED, _STALE, words)
    put(sheet, f"A{at['in words']}", shown, style.PLAIN_FORMULA)
    head: dict[str, tuple[str, str | date | None, str]] = {
        "day": ("Found on", found and found.found_on, "Leaving_found_on"),
        "record": ("The record's fingerprint", found and found.record, "Leaving_record"),
        "company": ("Whose work ends", found and found.company, "Leaving_found_company"),
        "holder": ("Holder", found and found.holder, "Leaving_found_holder"),
        "last day": ("Last day of work", found and found.last_day, "Leaving_found_last_day"),
        "about": ("How good it is", found and found.about, "Leaving_found_about"),
    }
    for key, (label, value, name) in head.items():
        put(sheet, f"A{at[key]}", label, style.LABEL)
        number_format = style.DAY if key in ("day", "last day") else style.TEXT
        put_value(sheet, f"B{at[key]}", value, number_format, is_first=True)
        define(sheet, name, f"B{at[key]}")
    for lines, headers, given, formats in (
        (rows.ways_found, _WAYS, _ways(found), _OF_A_WAY),
        (rows.steps_found, _STEPS, _steps(found), _OF_A_STEP),
        (rows.days_found, _DAYS, _days(found), _OF_A_DAY),
    ):
        put_section(sheet, lines[0] - 2, "A", LAST, _TITLES[headers])
        put_headers(
            sheet, lines[0] - 1, "A", headers, words=1 if headers is _WAYS else 2, height=34 if headers is _WAYS else 20
        )
        put_lines(sheet, lines, list(given), formats)
    put_section(sheet, rows.notes_found[0] - 1, "A", LAST, "What to know about it")
    put_lines(sheet, rows.notes_found, _notes(found), (style.TEXT,))
    for name, column in (("grant", "A"), ("as", "B"), ("shares", "C"), ("by", "E")):
        define(sheet, f"Found_step_{name}", span(column, rows.steps_found))
    define(sheet, "Leaving_found", f"A{at['day']}:{LAST}{rows.notes_found[-1]}")


_TITLES: Final = {
    _WAYS: "The ways compared, over all years to the sale of the shares, dollars",
    _STEPS: "The best: what becomes of each grant",
    _DAYS: "Days by which to decide",
}


def rows_without_answer(book: Book, rows: LeavingLayout) -> Iterator[int]:
    """The rows of what was found that show nothing."""
    found = book.leaving
    if found is None:
        yield from range(rows.answer["in words"] - 1, rows.notes_found[-1] + 1)
        return
    for lines, given in (
        (rows.ways_found, list(_ways(found))),
        (rows.steps_found, list(_steps(found))),
        (rows.days_found, list(_days(found))),
        (rows.notes_found, _notes(found)),
    ):
        yield from lines[len(given) :]
    yield rows.answer["record"]


def _ways(found: LeavingFound | None) -> Iterator[Line]:
    for way in found.ways if found else ():
        yield (way.name, way.shares, way.after_tax, way.amt, way.taxes, way.medicare, way.cash, way.if_value_halves,
               way.remark)  # fmt: skip


def _steps(found: LeavingFound | None) -> Iterator[Line]:
    for step in found.steps if found else ():
        yield step.grant, step.becomes, step.shares, step.first_day, step.last_day


def _days(found: LeavingFound | None) -> Iterator[Line]:
    yield from found.days if found else ()


def _notes(found: LeavingFound | None) -> list[Line]:
    return lines_of(found.notes if found else ())


def lines_of(notes: Iterable[str]) -> list[Line]:
    """Sentences on lines of the page's width."""
    return [(line,) for note in notes for line in wrap(note, _LETTERS)]


def put_lines(sheet: Worksheet, rows: range, lines: Sequence[Line], formats: Sequence[str]) -> None:
    """The lines; of more than there are rows for, the last row says how many are left out.

    Rows without a line have their look, so that a command can fill them later.
    """
    if len(lines) > len(rows):
        lines = [*lines[: len(rows) - 1], (f"And {len(lines) - len(rows) + 1} more, which the command lists.",)]
    for place, row in enumerate(rows):
        line = lines[place] if place < len(lines) else ()
        for at, number_format in enumerate(formats):
            value = line[at] if at < len(line) else None
            put_value(sheet, f"{get_column_letter(at + 1)}{row}", value, number_format, is_first=at == 0)


def put_value(
    sheet: Worksheet, cell: str, value: str | float | date | None, number_format: str, *, is_first: bool = False
) -> None:
    """A value that was found: words, and what is first in its line, to the left; figures and days to the right."""
    look = style.PLAIN_FORMULA.to_the("left" if is_first or number_format == style.TEXT else "right")
    if isinstance(value, str):
        put_text(sheet, cell, value, look)
    else:
        put(sheet, cell, value, look, number_format)
