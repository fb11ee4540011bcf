"""Reading the frozen plan back: its terms stand on the sheet Client, its rows in a table of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xl_amt.client import FrozenExercise, FrozenYear, Plan
from xl_amt.client.checks import FREEZE_AGAIN
from xl_amt.client.columns import columns_of
from xl_amt.errors import FileError
from xl_amt.workbook.splice import Book
from xl_amt.workbook.tables.read import ReadRow, SheetPlaces, read_rows, row_of
from xl_amt.workbook.tables.record_tables import FROZEN_PLAN


def read_frozen_plan(book: Book, places: SheetPlaces, plan: Plan | None) -> Plan | None:
    """The plan with the rows of its frozen one, years in order; FileError for rows without terms, or half of a row."""
    rows = read_rows(book, FROZEN_PLAN)
    frozen = plan.frozen if plan else None
    if plan is None or frozen is None:
        if rows:
            raise FileError(
                f"{rows[0].where('year')}: the sheet Client does not say when this plan was frozen; {FREEZE_AGAIN}."
            )
        return plan
    exercises = [places.note(_made(FrozenExercise, row), row) for row in rows if row.values["grant"]]
    years = [places.note(_made(FrozenYear, row), row) for row in rows if not row.values["grant"]]
    years.sort(key=lambda one: one.year)
    return replace(plan, frozen=replace(frozen, exercises=tuple(exercises), years=tuple(years)))


def _made(row_class: Any, row: ReadRow) -> Any:
    """The exercise or the year of a row, which has no figure of the other."""
    fields = {item.field for item in columns_of(row_class)}
    if extra := next((name for name, value in row.values.items() if value is not None and name not in fields), None):
        what = "of a grant" if row_class is FrozenExercise else "of a whole year"
        raise FileError(f"{row.where(extra)}: a row {what} has none; clear the cell, or {FREEZE_AGAIN}.")
    return row_of(row_class, row)
