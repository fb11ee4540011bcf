"""The frozen plan on the sheet Plan: its figures as they were kept, beside what was done since by the sheet Lots."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.by_year import Calculated
from tests.workbook.test_read_back import record_sheets
from tests.workbook.test_returns import ISO, NSO, exercise, holding, record, year
from xl_amt.client import FrozenExercise, FrozenPlan, FrozenYear, Plan, Split
from xl_amt.errors import FileError
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook import Book as Contents
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.read import record_in
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.splice import Book
from xl_amt.workbook.tables.client_rows import FROZEN_ROW
from xl_amt.workbook.tables.record_tables import FROZEN_PLAN
from xl_amt.workbook.tables.write import FIRST_ROW

FROZEN = FrozenPlan(
    day=date(2026, 2, 10),
    since=date(2026, 2, 10),
    jurisdiction="US+CA",
    law="0123456789abcdef",
    objective=12_345.67,
    exercises=(
        FrozenExercise(company="Acme", grant="ES-1", year=2026, shares=900, value=22.0, strike=2.0),
        FrozenExercise(company="Acme", grant="ES-1", year=2027, shares=400, value=30.0, strike=2.0),
        FrozenExercise(company="Acme", grant="NS-1", part="NSO", year=2027, shares=50, value=30.0, strike=5.0),
    ),
    years=(
        FrozenYear(
            year=2026, income=200_000.0, spread=18_000.0, strike_paid=1_800.0, amt=4_321.5, credit_used=0.0,
            credit_left=4_321.5, taxes_added=4_321.5, cash=6_121.5,
        ),
        FrozenYear(
            year=2027, income=200_000.0, spread=11_200.0, strike_paid=1_050.0, amt=0.0, credit_used=1_250.25,
            credit_left=3_071.25, taxes_added=-10.5, cash=1_039.5,
        ),
    ),
)  # fmt: skip


def followed(frozen=FROZEN, splits=()):
    """A record with a frozen plan, of which some was done: before its day, since, and as an NSO; more is planned."""
    steps = (
        exercise("ES-1", date(2026, 2, 3), 1_000, 22.0),
        exercise("ES-1", date(2026, 6, 3), 700, 24.0),
        exercise("NS-1", date(2026, 7, 3), 30, 24.0),
        exercise("ES-1", date(2027, 12, 1), 300, 30.0, status="planned"),
    )
    held = replace(holding(ISO, NSO, exercises=steps), splits=tuple(splits))
    plan = Plan(values={2026: 22.0, 2027: 30.0}, frozen=frozen)
    years = (year(2026, "single", 210_000.0), year(2027), year(2028))
    return replace(record(*years, jurisdiction="US+CA", holdings=(held,)), plan=plan)


def row_of(calculated, figure):
    """The figures of a row of the section in the years of the record."""
    row = plan_layout(calculated.book).frozen[figure]
    return [calculated.values.get(("Plan", f"{column}{row}")) for column in calculated.book.year_columns[:3]]


def test_frozen_figures_stand_beside_what_was_done():
    """Shares and spread since by the lots, the taxes of the sheet; nothing in a year that the plan has not."""
    calculated = Calculated(followed())
    figures = report_years(followed()).figures
    assert row_of(calculated, "shares") == [900, 450, ""]
    assert row_of(calculated, "shares done") == [730, 0, ""]
    assert row_of(calculated, "difference") == [-170, -450, ""]
    assert row_of(calculated, "spread") == [18_000, 11_200, ""]
    iso = next(one for one in followed().holdings[0].grants if one.award == "ISO")
    assert row_of(calculated, "spread done") == [pytest.approx(700 * (24.0 - iso.strike)), 0, ""]
    assert row_of(calculated, "AMT") == [4_321.5, 0, ""]
    amt = [figures[number]["AMT"] + figures[number]["CA AMT"] for number in (2026, 2027)]
    assert row_of(calculated, "AMT now") == [*(pytest.approx(one, abs=0.005) for one in amt), ""]
    assert row_of(calculated, "credit used") == [0, 1_250.25, ""]


def test_after_a_split_shares_are_not_subtracted():
    """Frozen shares are those of their day."""
    calculated = Calculated(followed(splits=[Split(day=date(2026, 5, 1), ratio="2:1")]))
    assert row_of(calculated, "difference") == ["split since", "split since", ""]


def test_without_a_frozen_plan_nothing_shows():
    """The section is folded, and the sheet of its rows hidden; both are open with one."""
    for frozen, is_hidden in ((None, True), (FROZEN, False)):
        contents = book_of(followed(frozen))
        workbook = build_workbook(contents)
        rows = plan_layout(contents).frozen.values()
        assert {bool(workbook["Plan"].row_dimensions[row].hidden) for row in rows} == {is_hidden}
        assert (workbook["Frozen plan"].sheet_state == "hidden") == is_hidden


def refused(change):
    """The sentence with which a changed workbook is refused."""
    workbook = record_sheets(Contents(followed()))
    columns = {column.field: at for at, column in enumerate(FROZEN_PLAN.columns, 1)}
    change(workbook, lambda row, field, value: workbook["Frozen plan"].cell(FIRST_ROW + row, columns[field], value))
    with pytest.raises(FileError) as caught:
        record_in(Book(pack(parts_of(workbook)), "ana.xlsx"))
    return str(caught.value)


def _clear_terms(workbook, _):
    for (cell,) in workbook["Client"].iter_rows(min_col=1, max_col=1):
        if str(cell.value).startswith("Frozen"):
            cell.offset(0, 3).value = None


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (_clear_terms, "ana.xlsx, Frozen plan!A8: the sheet Client does not say when this plan was frozen; remove the"),
        (lambda _, put: put(0, "amt", 5.0), "Frozen plan!L8: a row of a grant has none; clear the cell, or remove the"),
        (lambda _, put: put(3, "shares", 5), "Frozen plan!F11: a row of a whole year has none; clear the cell, or"),
        (lambda _, put: put(0, "shares", -5), "ana.xlsx, Frozen plan!F8: -5 is negative"),
        (
            lambda _, put: put(0, "year", 2031),
            "ana.xlsx, Frozen plan!A8: 2031 is not a year of the frozen plan; remove",
        ),
        (lambda _, put: put(4, "year", 2026), "ana.xlsx, Frozen plan!A12: 2026 comes after 2026; remove the frozen"),
        (lambda _, put: put(0, "value", "high"), "ana.xlsx, Frozen plan!G8: 'high' is text, not a number"),
        (
            lambda workbook, _: workbook["Client"].__setitem__(f"D{FROZEN_ROW + 1}", "soon"),
            f"ana.xlsx, Client!D{FROZEN_ROW + 1}: 'soon' is not a date",
        ),
    ],
)
def test_a_damaged_frozen_plan_is_named_by_its_cell(change, sentence):
    """As every other cell of the record."""
    assert sentence in refused(change)


def test_rows_may_be_sorted():
    """Years are read in their order."""
    workbook = record_sheets(Contents(followed()))
    sheet = workbook["Frozen plan"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 4)]
    for at, row in enumerate(reversed(rows)):
        for column, value in enumerate(row, 1):
            sheet.cell(FIRST_ROW + at, column).value = value
    frozen = record_in(Book(pack(parts_of(workbook)), "ana.xlsx")).plan.frozen
    assert frozen == replace(FROZEN, exercises=FROZEN.exercises[::-1])
