"""Sheet Credit: opening, used and earned make closing, year by year, and what later years would take of it."""

import pytest

from tests.workbook.by_year import Calculated
from tests.workbook.test_returns import ONE_ISO, RECORDS, record, year
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.sheets.credit import credit_codes, credit_row
from xl_amt.worksheet import call

WITH_CREDIT = [
    "ten years of a credit", "every kind of award and sale", "California", "Connecticut", "Minnesota", "Colorado",
    "a joint return's end", "what later years state and repeat", "California's own carryovers and gains",
]  # fmt: skip


@pytest.mark.parametrize("name", WITH_CREDIT)
def test_the_balance_is_the_engines(name):
    """Closing is what the forms carry, opening what they left the year before, and the check is 0."""
    calculated = Calculated(RECORDS[name])
    figures = report_years(RECORDS[name]).figures
    for code in credit_codes(calculated.book):
        prefix = "" if code == "US" else f"{code} "
        rows = {
            figure: calculated.by_year(f"Credit_{figure}_{code}")
            for figure in ("opening", "used", "earned", "closing", "check")
        }
        for number, known in figures.items():
            assert rows["closing"][number] == pytest.approx(known[f"{prefix}credit out"], abs=0.005)
            assert -rows["used"][number] == pytest.approx(known[f"{prefix}credit used"], abs=0.005)
            balance = rows["opening"][number] + rows["used"][number] + rows["earned"][number]
            assert rows["closing"][number] == pytest.approx(balance)
            assert rows["check"][number] == 0


def test_a_state_without_a_credit_has_no_balance():
    """Colorado carries none: the sheet shows the federal one alone."""
    assert credit_codes(book_of(RECORDS["Colorado"])) == ["US"]


def sentence(calculated, code="US"):
    """The words under the title of a jurisdiction."""
    return calculated.cell("Credit", f"A{credit_row(calculated.book, code, 'AMT') - 1}")


def test_what_later_years_take_is_told():
    """One year of a credit of $45,814: the function's own table says in which year it is used up."""
    calculated = Calculated(record(year(2025, "single", 200_000.0), holdings=(ONE_ISO,)))
    left = calculated.by_year("Credit_closing_US")[2025]
    table = call("AMT_CREDIT_YEARS", left, 200_000, "single", 2026)
    assert sentence(calculated) == (
        f"Federal: ${left:,.0f} earned, $0 used by 2025, ${left:,.0f} left. If later years were like 2025 without its "
        f"exercises and sales, it would be used up in {table[-1][0]:.0f}."
    )


def test_a_credit_that_outlasts_the_law_says_what_is_left():
    """To the last year whose law is held or projected."""
    calculated = Calculated(record(year(2034, "single", 200_000.0, Minimum_tax_credit=90_000.0)))
    left = calculated.by_year("Credit_closing_US")[2034]
    last, _, then = call("AMT_CREDIT_YEARS", left, 200_000, "single", 2035)[-1]
    assert sentence(calculated).endswith(
        f"If later years were like 2034 without its exercises and sales, ${then:,.0f} would be left after {last:.0f}, "
        "the last year whose law is held or projected."
    )
    assert sentence(calculated).startswith("Federal: $90,000 carried in, $0 earned, ")


def test_a_client_without_a_credit_is_told_so():
    """In words, at the head, under the title, and over the chart."""
    calculated = Calculated(RECORDS["no equity"])
    assert calculated.named("Credit_in_words") == ["No minimum tax credit: none is carried in, and no year earns one."]
    assert sentence(calculated) == "Federal: no minimum tax credit is carried in, and no year earns one."
    words = [value for (sheet, _), value in calculated.values.items() if sheet == "Credit" and value]
    assert "Nothing to draw: there is no minimum tax credit at the end of any year" in words


def test_the_chart_shows_the_balance_across_the_sheet():
    """A column a year of each jurisdiction, from the first column to the last, named by the rows' words."""
    workbook = build_workbook(book_of(RECORDS["California"]))
    (chart,) = workbook["Credit"]._charts
    book = book_of(RECORDS["California"])
    closings = [credit_row(book, code, "closing") for code in ("US", "CA")]
    assert [series.val.numRef.f for series in chart.series] == [f"'Credit'!$E${row}:$N${row}" for row in closings]
    assert all(series.invertIfNegative is False for series in chart.series)
    anchor = chart.anchor
    assert (anchor._from.col, anchor.to.col) == (0, 15)
