"""Sheet Summary: one page, the answer first, every figure from the sheet that holds it."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.clients import ANA, BLANK, CALIFORNIAN, with_holding
from tests.workbook.read import read
from xl_amt.client import ClientYear, Exercise, Plan
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.worksheet import call

YEARS = (*CALIFORNIAN.years, ClientYear(year=2027))
EXERCISES = (
    Exercise(grant="ES-041", day=date(2026, 12, 1), shares=8_000, value=12.4, status="planned"),
    Exercise(grant="ES-003", day=date(2027, 2, 1), shares=1_000, value=12.4, status="planned"),
)
PLANNED = replace(with_holding(CALIFORNIAN, exercises=EXERCISES), years=YEARS, plan=Plan())
OF_ONE_TAX = replace(PLANNED, client=replace(PLANNED.client, jurisdiction="US"), years=(*ANA.years, YEARS[-1]))


@pytest.fixture(scope="module", params=[PLANNED, OF_ONE_TAX], ids=["federal and California", "federal"])
def record(request):
    """A client who exercises in two years."""
    return request.param


@pytest.fixture(scope="module")
def workbook(record):
    """The client's workbook."""
    return read(book_of(record))


def row_with(sheet, words):
    """The number of the row that begins with some words."""
    return next(cell.row for cell in sheet["A"] if str(cell.value or "").startswith(words))


def test_the_workbook_opens_on_it_and_the_answer_stands_first(workbook, record):
    """The first sheet, active; under the client's name the plan in one sentence, the largest words but the title."""
    assert workbook.sheetnames[0] == workbook.active.title == "Summary"
    summary = workbook["Summary"]
    answer = summary["A5"].value
    assert answer.startswith("Exercise 8,000 shares in 2026, 1,000 shares in 2027: ")
    figures = report_years(record).figures
    amt = sum(of_year["AMT"] + of_year.get("CA AMT", 0.0) for of_year in figures.values())
    assert f"${amt:,.0f} of AMT" in answer
    assert workbook["Room"]["A5"].value == summary["A6"].value


def test_the_plan_by_year_says_shares_days_taxes_and_credit(workbook, record):
    """A row a year: the figures of the years' returns, and the day on which the tax is due where there is any."""
    summary = workbook["Summary"]
    first = row_with(summary, "The plan by year") + 2
    headings = [cell.value for cell in summary[first - 1]][:9]
    figures = report_years(record).figures
    for row, (year, shares, by) in enumerate(
        ((2026, 8_000, date(2026, 12, 1)), (2027, 1_000, date(2027, 2, 1))), first
    ):
        cells = dict(zip(headings, (cell.value for cell in summary[row]), strict=False))
        of_year = figures[year]
        assert str(cells["Year"]).removesuffix("*") == str(year)
        assert (cells["Shares to exercise"], cells["By"].date()) == (shares, by)
        assert cells["Federal AMT"] == pytest.approx(of_year["AMT"], abs=0.005)
        left = of_year["credit out"] + of_year.get("CA credit out", 0.0)
        assert cells["Credit left at the year's end"] == pytest.approx(left, abs=0.005)
        if "CA AMT" in of_year:
            assert cells["California AMT"] == pytest.approx(of_year["CA AMT"], abs=0.005)
        else:
            assert cells["ISO spread"] == pytest.approx(of_year["ISO spread"])
            assert cells["Strikes paid"] == pytest.approx(of_year["strike paid"])
    assert summary[f"A{first}"].value in ({"2026*"} if "CA AMT" in figures[2026] else {"2026", 2026})
    due = summary.cell(first, headings.index("Federal AMT") + 2).value
    assert figures[2026]["AMT"] > 0.0
    assert due.date() == date(2027, 4, 15)
    assert summary.row_dimensions[first + 2].hidden


def test_a_fall_in_value_leaves_the_amt_of_what_is_gone(workbook):
    """Half the value of the planned shares is gone."""
    words = workbook["Summary"][f"A{row_with(workbook['Summary'], 'If the value') + 1}"].value
    assert f"${9_000 * 12.4 / 2:,.0f} less" in words
    assert "is still owed" in words


def test_the_amt_on_value_that_is_gone_is_that_of_the_spread_less_that_at_half_the_value():
    """8,000 shares of strike 2.10 at 12.40, and at 6.20, in 2026; the 1,000 of 2027 owe none."""
    summary = read(book_of(OF_ONE_TAX))["Summary"]
    full, half = (
        call("AMT_OWED", 185_000, "single", 2026, 8_000 * per_share, ["Interest"], [1_200.0])
        for per_share in (12.4 - 2.1, 6.2 - 2.1)
    )
    assert (
        f"${full - half:,.0f} of it on value that is gone" in summary[f"A{row_with(summary, 'If the value') + 1}"].value
    )


def test_it_is_one_page_with_what_the_client_must_know(workbook):
    """Values with their day, the law, Section 1202, the checks, the preparer's field, and what it is not."""
    summary = workbook["Summary"]
    assert (summary.page_setup.fitToWidth, summary.page_setup.fitToHeight) == (1, 1)
    shown = [str(cell.value) for cell in summary["A"] if cell.value is not None]
    assert "Juniper Robotics: $12.40 a share, the value of Nov 20, 2026." in shown
    assert any(line.startswith("Taxes: federal") for line in shown)
    assert any("Section 1202 is not figured" in line for line in shown)
    assert any("nothing is withheld for it" in line for line in shown)
    assert shown[-1] == (
        "Planning estimate, not tax, legal or investment advice; confirm with your return preparer before exercising."
    )
    prepared = summary[next(iter(workbook.defined_names["Prepared_by"].destinations))[1].replace("$", "")]
    assert not prepared.protection.locked


def test_what_is_next_is_the_planned_exercise(workbook):
    """The calendar's first entries stand under the plan."""
    summary = workbook["Summary"]
    row = row_with(summary, "What to do by when") + 1
    assert (summary[f"A{row}"].value.date(), summary[f"C{row}"].value) == (
        date(2026, 12, 1),
        "ES-041: exercise 8,000 shares, as planned",
    )


def test_a_client_without_a_plan_sees_the_room():
    """No exercise is planned: the answer is the room's, and the table says so."""
    workbook = read(book_of(ANA))
    summary = workbook["Summary"]
    assert summary["A5"].value == workbook["Room"]["A5"].value
    assert summary[f"A{row_with(summary, 'The plan by year')}"].value == "The plan by year: no exercise is planned"
    assert row_with(summary, "No exercise is planned")


def test_a_blank_workbook_asks_for_what_is_missing():
    """Before status and wages there is no figure, and no error."""
    workbook = read(book_of(BLANK))
    assert "Enter the filing status" in workbook["Summary"]["A5"].value
    values = [cell.value for row in workbook["Summary"].iter_rows() for cell in row]
    assert not [value for value in values if isinstance(value, str) and value.startswith("#")]
