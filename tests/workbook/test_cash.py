"""Sheet Cash: what exercises and sales take and bring in by year, when, and whether the cash stated is enough."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.by_year import Calculated
from tests.workbook.test_plan import planning
from tests.workbook.test_returns import RECORDS
from xl_amt.calendar import Due
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets.cash import cash_rows


def without_equity(record):
    """The same years with nothing exercised, vested or sold."""
    own = tuple(replace(one, spread_exercised=None) for one in record.years)
    return replace(record, years=own, holdings=())


@pytest.mark.parametrize("name", ["planned", "every kind of award and sale", "California", "a split"])
def test_the_tax_added_is_that_of_the_years_without_any_equity(name):
    """Wages and gains of what is done are taxed too, and its credit comes back: Net would be too high without them."""
    record = planning(9_000, 2_000) if name == "planned" else RECORDS[name]
    calculated = Calculated(record)
    figures, nothing = (report_years(one).figures for one in (record, without_equity(record)))
    names = {"US": "total tax", "CA": "CA total tax"}
    codes = codes_of(record)
    for number, of_year in figures.items():
        taxes = 0.0
        for code in codes:
            shown = calculated.by_year(f"Cash_tax_{code}")[number]
            assert shown == pytest.approx(of_year[names[code]] - nothing[number][names[code]], abs=0.005)
            taxes += shown
        strikes = calculated.by_year("Cash_strikes")[number]
        assert strikes == pytest.approx(of_year["strike paid"])
        assert calculated.by_year("Cash_needed")[number] == pytest.approx(strikes + taxes)


def test_what_comes_back_as_credit_is_told_beside_the_need():
    """The need is that of the years that take cash: a later credit does not pay for them."""
    calculated = Calculated(planning(9_000))
    needed = calculated.by_year("Cash_needed")
    back = -sum(amount for amount in needed.values() if amount < 0)
    assert back > 1_000
    (words,) = calculated.named("Cash_in_words")
    assert words.startswith(f"${sum(needed.values()) + back:,.0f} of cash is needed")
    assert words.endswith(f"; ${back:,.0f} comes back in other years.")


def test_what_is_withheld_is_paid_within_the_year():
    """The rest falls due with the return; what is typed over is an input, blank at first."""
    planned = planning(9_000, 2_000)
    rows = cash_rows(book_of(planned))
    withheld = ("Cash", f"F{rows['withheld']}")
    assert Calculated(planned).cell(*withheld) is None
    calculated = Calculated(planned, {withheld: 11_880})
    needed, strikes = (calculated.by_year(name)[2027] for name in ("Cash_needed", "Cash_strikes"))
    assert calculated.by_year("Cash_in_the_year")[2027] == pytest.approx(strikes + 11_880)
    assert calculated.by_year("Cash_with_the_return")[2027] == pytest.approx(needed - strikes - 11_880)


def test_the_days_are_those_of_the_calendar():
    """The day on which the tax of a year is due, where the calendar has it."""
    due = Due(date(2027, 4, 15), "tax return", "", "Tax of 2026 is due", "", "")
    book = replace(book_of(planning(3_000)), due=(due, due._replace(kind="estimated tax", day=date(2028, 1, 18))))
    sheet, row = build_workbook(book)["Cash"], cash_rows(book)["due"]
    assert [sheet[f"{column}{row}"].value for column in "EFG"] == [date(2027, 4, 15), None, None]


def test_what_is_short_of_the_cash_stated_is_told():
    """By year, and in the sentence at the head; a year without cash stated is not short."""
    planned = planning(9_000, 2_000, cash={2026: 20_000.0, 2027: 500_000.0})
    calculated = Calculated(planned)
    net = calculated.by_year("Cash_net")
    short = calculated.by_year("Cash_short")
    assert short == {2026: pytest.approx(-net[2026] - 20_000.0), 2027: 0.0, 2028: ""}
    (words,) = calculated.named("Cash_in_words")
    assert words.endswith(f"${short[2026]:,.0f} more than the cash stated.")
    assert "for those of 2026" in words


def test_a_client_who_exercises_nothing_is_told_so():
    """At the head and over the chart."""
    calculated = Calculated(RECORDS["no equity"])
    assert calculated.named("Cash_in_words") == ["No exercise or sale takes cash in these years."]
    words = [value for (sheet, _), value in calculated.values.items() if sheet == "Cash" and value]
    assert "Nothing to draw: no exercise or sale takes cash in these years" in words


def test_proceeds_pay_first():
    """Net is proceeds less what is needed."""
    record = RECORDS["every kind of award and sale"]
    calculated = Calculated(record)
    for number, figures in report_years(record).figures.items():
        assert calculated.by_year("Cash_proceeds")[number] == pytest.approx(figures["proceeds"])
        needed = calculated.by_year("Cash_needed")[number]
        assert calculated.by_year("Cash_net")[number] == pytest.approx(figures["proceeds"] - needed)
