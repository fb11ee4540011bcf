"""From file to file: a book of any length in CSV or Excel form, read, answered and written a part at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy
import pandas

from xl_amt.batch import csv_files, excel_files
from xl_amt.batch.headings import PROBLEM, Headings, check_jurisdiction, functions_of_numbers, read_headings
from xl_amt.batch.table import answer_table, is_blank
from xl_amt.errors import FileError
from xl_amt.files import check_new_file, written_whole
from xl_amt.law import enacted_through
from xl_amt.reading.household import read_jurisdiction

_KINDS = {".csv": csv_files, ".xlsx": excel_files}


class BatchReport(NamedTuple):
    """The rows in all, those with a problem or on law that is not enacted yet, and the headings that were not read."""

    rows: int
    problems: int
    projected: int
    unread: tuple[str, ...]


def answer_file(
    source: Path,
    target: Path,
    functions: Sequence[str] = ("AMT_ROOM",),
    *,
    keep: Sequence[str] = (),
    jurisdiction: str = "",
    replace_existing: bool = False,
    progress: Callable[[float], None] = lambda _: None,
) -> BatchReport:
    """Write a book (.csv or .xlsx) with its answers next to it, as ``answer_table`` gives them.

    Every row is kept, and every cell as it stands in the source; text that a spreadsheet would run as a formula
    gets an apostrophe. ``jurisdiction`` is that of every row. Memory does not grow with a CSV file. ``progress`` is
    told the part done, from 0 to 1. Raises FileError or ArgumentError, and then writes nothing.
    """
    source_kind, target_kind = _KINDS.get(source.suffix.lower()), _KINDS.get(target.suffix.lower())
    if source_kind is None or target_kind is None:
        raise FileError(f"{source if source_kind is None else target}: a book is a .csv or an .xlsx file; use either.")
    _check_places(source, target, replace_existing=replace_existing)
    asked = functions_of_numbers(functions)
    names = [function.name for function in asked]
    with source_kind.open_book(source) as book:
        headings = read_headings(book.headings, asked, keep)
        check_jurisdiction(headings, jurisdiction)
        if source_kind is csv_files and target_kind is excel_files:
            excel_files.check_fits(csv_files.count_rows(source), target)
        rows = problems = projected = 0
        kept = list(keep)
        with (
            written_whole(target, replace_existing=replace_existing) as temporary,
            target_kind.write_book(temporary, [*book.headings, *names, PROBLEM], book.line_end) as write,
        ):
            for part in book.parts(headings):
                answered = answer_table(part.table, names, kept, jurisdiction)
                for place, problem in part.problems.items():
                    answered.iloc[place, -len(names) - 1 :] = [numpy.nan] * len(names) + [problem]
                # a column that holds text is not a fact, even where a later part of it looks like numbers
                kept += [
                    heading
                    for at in headings.unknown
                    if (heading := book.headings[at]) not in kept and not is_blank(part.table.iloc[:, at])
                ]
                write(part, answered[names], answered[PROBLEM])
                rows += len(answered)
                problems += int((answered[PROBLEM] != "").sum())
                # in a row with a problem the year may be any number
                projected += _not_enacted(part.table[answered[PROBLEM] == ""], headings, jurisdiction)
                progress(part.done)
            if not rows:
                raise FileError(f"{source}: there is no row under its headings; enter at least one household.")
    return BatchReport(
        rows, problems, projected, tuple(name for at in headings.unread if (name := book.headings[at]).strip())
    )


def _not_enacted(answered: pandas.DataFrame, headings: Headings, jurisdiction: str) -> int:
    """How many of these rows are of a year whose law is not enacted in their jurisdiction."""
    if "year" not in headings.arguments:
        return 0
    years = pandas.to_numeric(answered.iloc[:, headings.arguments["year"]], errors="coerce")
    if "jurisdiction" not in headings.arguments:
        return int((years > _enacted_through(jurisdiction)).sum())
    places = answered.iloc[:, headings.arguments["jurisdiction"]].fillna("").astype(str)
    last = places.map({place: _enacted_through(place) for place in places.unique()})
    return int((years > last).sum())


def _enacted_through(jurisdiction: str) -> int:
    return enacted_through(read_jurisdiction(jurisdiction, together=True).codes)


def _check_places(source: Path, target: Path, *, replace_existing: bool) -> None:
    if not source.is_file():
        raise FileError(f"{source}: there is no such file; check its name and folder.")
    if target.exists() and target.samefile(source):
        raise FileError(f"{target}: the answers would overwrite the book itself; choose another name.")
    check_new_file(target, replace_existing=replace_existing)
