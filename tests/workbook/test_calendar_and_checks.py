"""Sheets Calendar and Checks, and what of them stands on the Summary."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from tests.workbook.clients import ANA, BLANK, CALIFORNIAN, with_holding
from tests.workbook.read import read
from workbook_templates.build import RECORDS
from xl_amt import __version__
from xl_amt.client import Exercise, Remark, Sale
from xl_amt.client.fingerprint import fingerprint
from xl_amt.client.toml_file import read_record
from xl_amt.jobs.due_dates import Besides, due_dates
from xl_amt.jobs.due_of_record import due_of_record
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package

STEPS = {
    "exercises": (Exercise(grant="ES-041", day=date(2026, 12, 1), shares=1_000, value=12.4, status="planned"),),
    "sales": (Sale(day=date(2026, 12, 15), shares=200, price=13.0, status="planned"),),
}
COUPLE = next(read_record(record) for record in RECORDS if record.name.startswith("vasquez"))
PLANNED = with_holding(CALIFORNIAN, **STEPS)
ASKED = replace(
    ANA,
    remarks=(
        Remark(level="ask", kind="grant date missing", about="ES-1", text="ES-1: ask when it was granted."),
        Remark(level="ask", kind="type missing", about="ES-2", text="ES-2: ISO or NSO?", answered="ISO"),
        Remark(level="note", kind="row", about="", text="A note."),
    ),
)


def rows_of(sheet, first):
    """The filled rows of a sheet from one on."""
    return [row for row in sheet.iter_rows(min_row=first, values_only=True) if row[1] is not None]


def test_the_calendar_begins_with_the_day_of_the_counts_and_has_the_planned_steps():
    """From November 20, 2026 to the days on which the taxes of 2026 are due, exercise and sale among them."""
    entries = due_of_record(PLANNED).entries
    days = [due.day for due in entries]
    assert days == sorted(days)
    assert date(2026, 11, 20) <= days[0]
    assert days[-1] <= date(2027, 4, 30)
    planned = [(due.title, due.detail) for due in entries if due.kind.startswith("planned")]
    assert planned == [
        ("ES-041: exercise 1,000 shares, as planned", "Strike to pay: 2,100.00, 2.10 a share, at a value of 12.40."),
        ("Sell 200 shares, as planned", "Proceeds: 2,600.00, 13.00 a share."),
    ]
    assert {"Tax of 2026 is due", "California: tax of 2026 is due"} <= {due.title for due in entries}


def test_a_record_without_years_or_holdings_has_nothing_due():
    """Nothing is due, and nothing is refused."""
    assert due_of_record(BLANK).entries == due_of_record(replace(ANA, years=())).entries == ()
    assert read(book_of(replace(BLANK, holdings=())))["Calendar"]["A4"].value.startswith("Nothing is due")


def test_of_two_companies_each_planned_step_names_its_own():
    """The company stands before the grant, as in every other entry."""
    other = replace(PLANNED.holdings[0], company="Bluebell, Inc.", holder="spouse")
    both = replace(PLANNED, holdings=(PLANNED.holdings[0], other))
    planned = [due.title for due in due_of_record(both).entries if due.kind == "planned sale"]
    assert planned == [
        "Bluebell, Inc., spouse: sell 200 shares, as planned",
        "Juniper Robotics: sell 200 shares, as planned",
    ]


def test_what_two_holdings_say_alike_stands_once():
    """The rule of estimated tax is said once, the income of each company by its name."""
    details = [due.detail for due in due_of_record(COUPLE).entries if due.kind == "estimated tax"]
    assert details
    assert all(detail.count("By this day") == detail.count("The required payment is") == 1 for detail in details)
    assert "Halyard Robotics, Inc.: Income from equity in 2026: exercise of ES-047 and sale of ES-012." in details[0]
    assert "Tidepool Health, Inc., spouse: Income from equity in 2026: exercise of TP-3 and TP-9." in details[0]


def test_two_planned_sales_of_a_day_are_one_entry():
    """A calendar file has one event a day and subject, with the proceeds of each price."""
    sale = Sale(day=date(2026, 12, 15), shares=300, price=14.0, status="planned")
    entries = due_of_record(with_holding(PLANNED, sales=(*STEPS["sales"], sale))).entries
    assert [(due.title, due.detail) for due in entries if due.kind == "planned sale"] == [
        (
            "Sell 500 shares, as planned",
            "Proceeds: 2,600.00, 13.00 a share. Proceeds: 4,200.00, 14.00 a share.",
        )
    ]


def test_options_that_vest_by_the_month_have_a_line_a_year_on_the_sheet():
    """Twelve vesting days of 2027 are one line, no share is lost, and nothing else is joined."""
    shown = due_of_record(COUPLE).entries
    every = due_dates(COUPLE, Besides(), date(2026, 10, 15), date(2030, 4, 30)).entries
    monthly, joined = ([one for one in due if one.kind == "vesting"] for due in (every, shown))
    assert "Halyard Robotics, Inc., ES-080: 1,500 shares vest on 12 days of 2027" in [one.title for one in joined]
    assert len(monthly) > 2 * len(joined)
    assert sum(one.options for one in joined) == sum(one.options for one in monthly) > 0
    assert [one for one in every if one.kind != "vesting"] == [one for one in shown if one.kind != "vesting"]


def test_the_sheet_has_a_row_an_entry_and_the_summary_the_next_that_is_not_done():
    """What is ticked is passed over, and so is vesting, which needs nobody's doing."""
    book = book_of(PLANNED)
    first, second = ([one for one in book.due if one.kind != "vesting"][place] for place in (0, 1))
    for ticked, to_do in ((None, first), (first, second)):
        made = build_workbook(book)
        if ticked:
            made["Calendar"][f"A{7 + book.due.index(ticked)}"] = "yes"
        workbook = openpyxl.load_workbook(io.BytesIO(filled_package(made)), data_only=True)
        rows = rows_of(workbook["Calendar"], 7)
        assert [(row[1].date(), row[2]) for row in rows] == [(entry.day, entry.title) for entry in book.due]
        summary = workbook["Summary"]
        title = next(row for row in range(1, 60) if summary[f"A{row}"].value == "What to do by when")
        assert summary[f"C{title + 1}"].value == to_do.title
        assert summary[f"A{title + 1}"].value.date() == to_do.day


def test_every_check_of_a_whole_client_holds():
    """No check fails; versions and the record's fingerprint stand above them."""
    workbook = read(book_of(ANA))
    checks = workbook["Checks"]
    assert checks["A5"].value == "Every check holds"
    assert {row[3] for row in rows_of(checks, 13)} <= {"ok", "look"}
    named = {checks[f"A{row}"].value: checks[f"B{row}"].value for row in range(6, 11)}
    assert named["Checks that failed"] == 0
    assert named["Version of xl-amt that calculated this workbook last"] == __version__
    assert named["The record's fingerprint, when a command last wrote it"] == fingerprint(ANA)
    assert "Every check holds" in {cell.value for cell in workbook["Summary"]["A"]}


@pytest.mark.parametrize(
    ("record", "what", "figure"),
    [
        (ASKED, "Import questions without an answer", 1),
        (
            replace(ANA, years=(replace(ANA.years[0], status=None),)),
            "Filing status, tax year and wages are entered",
            "Enter the filing status on the sheet Client.",
        ),
    ],
    ids=["a question without an answer", "no filing status"],
)
def test_a_check_that_fails_is_counted_on_the_summary(record, what, figure):
    """The check, its figure, the count, and the Summary's sentence."""
    workbook = read(book_of(record))
    failed = [(row[0], row[2]) for row in rows_of(workbook["Checks"], 13) if row[3] == "FAILED"]
    assert failed == [(what, figure)]
    assert workbook["Checks"]["A5"].value == "1 check failed"
    assert "1 check failed (sheet Checks)" in {cell.value for cell in workbook["Summary"]["A"]}


def test_what_a_record_leaves_to_look_at_stands_on_checks():
    """A record that cannot be followed says why; nobody's check fails for it."""
    lost = with_holding(ANA, exercises=(Exercise(grant="ES-041", day=date(2026, 12, 1), shares=99_000, value=12.4),))
    book = book_of(lost)
    assert any("99,000" in note for note in book.notes)
    rows = rows_of(read(book)["Checks"], 13)
    assert [row[0] for row in rows if row[3] == "look"] == list(book.notes)
