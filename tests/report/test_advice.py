"""The figures of a letter are those of the client workbook: of its sheets Summary, Plan, Cash and Credit."""

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from tests.report.clients import ALENA, COUPLE, TODAY
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Sale
from xl_amt.client.toml_file import read_record
from xl_amt.jobs.advice import Advice
from xl_amt.jobs.answered import answer
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.report import report_record
from xl_amt.jobs.roll import roll_record
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package

NORA = read_record(Path(__file__).parents[1] / "client" / "nora-quill.client.toml")
RECORDS = {"couple": COUPLE, "Alena": ALENA, "Nora": NORA}


def with_calendar(record):
    """The record, and its calendar."""
    return record, book_of(record).due


def summary_of(record):
    """The rows of the sheet Summary, as the filled workbook has them."""
    filled = filled_package(build_workbook(book_of(record)))
    sheet = openpyxl.load_workbook(io.BytesIO(filled), data_only=True)["Summary"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(max_col=9)]


def as_day(shown):
    """A day of a cell; None where nothing is due."""
    return shown.date() if isinstance(shown, datetime) else None


@pytest.mark.parametrize("name", RECORDS)
def test_each_year_is_the_row_of_the_summary(name):
    """Shares, their last day, each AMT with its due day, cash and credit, to a hundredth of a cent."""
    record = RECORDS[name]
    advice, rows = Advice(*with_calendar(record)), summary_of(record)
    by_year = {str(row[0]).rstrip("*"): row for row in rows if str(row[0]).rstrip("*").isdigit()}
    for year in advice.years:
        shown = by_year[str(year.year)]
        assert str(shown[0]).endswith("*") == (not year.is_enacted)
        assert (shown[1], as_day(shown[2])) == (year.shares, year.last_day)
        if len(advice.codes) > 1:
            for place, tax in zip((3, 5), year.taxes.values(), strict=True):
                assert shown[place] == pytest.approx(tax.amt, abs=1e-4)
                assert as_day(shown[place + 1]) == (tax.due if tax.amt else None)
        else:
            (tax,) = year.taxes.values()
            assert shown[3] == pytest.approx(year.spread, abs=1e-4)
            assert shown[4] == pytest.approx(tax.amt, abs=1e-4)
            assert shown[6] == pytest.approx(year.strikes, abs=1e-4)
        assert shown[7] == pytest.approx(year.cash, abs=1e-4)
        assert shown[8] == pytest.approx(year.credit_left, abs=1e-4)


@pytest.mark.parametrize("name", RECORDS)
def test_the_sentences_are_those_of_the_summary(name):
    """What half of the value costs, and what of it is AMT on value that is gone."""
    advice = Advice(RECORDS[name])
    words = [str(cell) for row in summary_of(RECORDS[name]) for cell in row if cell]
    if advice.has_plan:
        assert any(f"would be worth ${advice.value_lost:,.0f} less." in cell for cell in words)
        owed = f"${advice.amt_lost:,.0f} of it on value that is gone"
        assert any(owed in cell for cell in words) == (round(advice.amt_lost) > 0)
    else:
        assert any("No exercise is planned" in cell for cell in words)


def sold_in_part():
    """5,000 ISOs at 2 by plan in December 2024 at 42, of which 3,000 are sold the same month."""
    option = Grant(label="G", award="ISO", granted=date(2020, 1, 15), strike=2.0, shares=5_000, fmv_at_grant=2.0)
    planned = Exercise(grant="G", day=date(2024, 12, 15), shares=5_000, value=42.0, status="planned")
    sold = Sale(day=date(2024, 12, 20), shares=3_000, price=42.0, status="planned")
    return ClientRecord(
        client=Client(name="Ana"),
        years=(ClientYear(year=2024, status="single", income=100_000.0), ClientYear(year=2025)),
        holdings=(Holding(company="W", grants=(option,), exercises=(planned,), sales=(sold,)),),
    )


def test_a_step_of_a_year_that_ended_is_none_to_be_exercised():
    """Rolled, planned exercises of the years before are asked about; they lose no value any more."""
    rolled = roll_record(COUPLE, date(2040, 1, 10)).record
    assert Advice(rolled).value_lost == (12_000 * 9.4 + 4_000 * 7.1) / 2
    shown = " ".join(str(cell) for row in summary_of(rolled) for cell in row if cell)
    assert "The shares to be exercised would be worth $70,600 less." in shown
    later = roll_record(COUPLE, date(2040, 1, 10), to=2028).record
    assert not Advice(later).has_plan
    assert answer(later)[0].kind == "room"
    assert "No exercise is planned, so nothing bought" in str(summary_of(later))


def test_what_is_sold_within_the_year_leaves_no_amt_on_value_that_is_gone():
    """By hand: 220,000 of wages, 43,414.50 of tax, and 26% of 214,300; at half, 42,000 of the 80,000 held is gone."""
    record = sold_in_part()
    advice = Advice(record)
    assert advice.amt == pytest.approx(0.26 * 214_300 - 43_414.50, abs=1e-6)
    assert advice.amt_lost == pytest.approx(0.26 * 42_000, abs=1e-6)
    assert "$10,920 of it on value that is gone" in str(summary_of(record))


def test_a_state_without_a_minimum_tax_has_its_tax_in_the_cash():
    """The workbook has no place for it; a letter does."""
    first = replace(ALENA.years[0], facts=ALENA.years[0].facts | {"Plain state tax rate": 0.06})
    record = replace(ALENA, client=replace(ALENA.client, jurisdiction="US+NY"), years=(first, *ALENA.years[1:]))
    advice = answer(record)[0].advice
    assert advice.codes == ["US", "NY"]
    assert {year.taxes["NY"].amt for year in advice.years} == {0.0}
    assert all(year.taxes["NY"].total > 0.0 for year in advice.years)
    assert report_record(record, TODAY, Firm()).pdf


def test_a_year_without_a_calendar_has_no_due_day():
    """The calendar ends when the taxes of the record's last year are due."""
    advice = Advice(*with_calendar(replace(COUPLE, years=COUPLE.years[:2])))
    assert advice.years[-1].taxes["US"].due == date(2028, 4, 18)
    assert Advice(COUPLE).years[0].taxes["US"].due is None
