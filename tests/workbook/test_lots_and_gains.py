"""The sheets Lots and Gains have the ledger's figures, by the worksheet functions that anybody can ask."""

from datetime import date

import pytest

from tests.workbook.held_records import ISO, RECORDS, exercise, holding, record, year
from tests.workbook.returns import Returns, sheet_of
from xl_amt.client import Grant
from xl_amt.client.portfolios import portfolios
from xl_amt.equity.amounts import income_at_its_day, shares_without_income
from xl_amt.equity.history import follow
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.reading.dates import serial_number

NAMES = [name for name, asked in RECORDS.items() if asked.holdings]
EVERY = pytest.mark.parametrize("name", NAMES)


def ledgers(asked):
    """What each holding of a record has come to by the end of its last year."""
    through = date(asked.years[-1].year, 12, 31)
    return [follow(portfolio.until(through), through) for portfolio in portfolios(asked)]


def column(sheet, name):
    """The values of a named column, without the closing row."""
    return [row[0] for row in sheet.cells(name)][:-1]


@EVERY
def test_lots_are_those_of_the_ledger(name):
    """The spread, both bases of what is held, and the days of both clocks."""
    sheet = sheet_of(name)
    expected = [
        (
            lot.label,
            pytest.approx(income_at_its_day(lot, no_income), abs=1e-6),
            pytest.approx(left.get(lot.key, 0.0) * lot.regular_basis, abs=1e-6),
            pytest.approx(left.get(lot.key, 0.0) * lot.amt_basis, abs=1e-6),
            serial_number(lot.long_term_day),
            serial_number(lot.qualifying_day) if lot.qualifying_day else None,
        )
        for history in ledgers(RECORDS[name])
        for no_income, left in [(shares_without_income(history), {one.key: one.shares for one in history.held})]
        for lot in history.lots
    ]
    names = ("name", "spread", "regular_basis", "amt_basis", "long_term_from", "qualifies_from")
    assert list(zip(*(column(sheet, f"Lot_{one}") for one in names), strict=True)) == expected


@EVERY
def test_gains_are_those_of_the_ledger(name):
    """Kind, wages, what of them was AMT income before, and gain and term under both systems."""
    sheet = sheet_of(name)
    asked = sheet.book.record
    sales = [sale for history in ledgers(asked) for sale in history.sales]
    assert bool(sales) == ("Gains" in sheet.workbook.sheetnames)
    if not sales:
        return
    expected = [
        (
            sale.lot.label,
            sale.kind,
            pytest.approx(sale.wages, abs=1e-6),
            pytest.approx(sale.wages_already_taxed_by_amt, abs=1e-6),
            pytest.approx(sale.iso_spread, abs=1e-6),
            pytest.approx(sale.gain, abs=1e-6),
            pytest.approx(sale.amt_gain, abs=1e-6),
            "long" if sale.long_term else "short",
            "long" if sale.amt_long_term else "short",
        )
        for sale in sales
    ]
    names = ("lot", "kind", "wages", "taxed_before", "spread", "gain", "amt_gain", "term", "amt_term")
    assert list(zip(*(column(sheet, f"Sold_{one}") for one in names), strict=True)) == expected


def test_an_election_in_the_year_of_the_sale():
    """It has fixed more AMT income than the wages at vesting: the rest stays in the spread of the year (line 2i)."""
    early = Grant(label="ES-1", award="ISO", granted=date(2024, 12, 2), strike=2.0, shares=100, fmv_at_grant=2.0,
                  vesting="1/2 quarterly", vesting_start=date(2024, 12, 2), early_exercise=True)  # fmt: skip
    held = holding(early, exercises=(exercise("ES-1", date(2025, 1, 6), 100, 14.0, election_83b=True),))
    sheet = Returns(record(year(2025, "single", 100_000.0), holdings=(held,)))
    assert sheet.of("ISO spread", 2025) == 1_200.0


def test_what_is_done_and_planned():
    """Exercises and sales as the record says; shares that vest after all that is known are planned for."""
    book = book_of(RECORDS["every kind of award and sale"])
    assert {(row.name.partition(" /")[0], row.acquired.year, row.standing) for row in book.lots} == {
        ("ES-1", 2024, "done"), ("ES-1", 2025, "done"), ("NS-1", 2025, "done"), ("RS-1", 2025, "done"),
        ("RS-1", 2026, "done"), ("ES-1", 2026, "planned"), ("RS-1", 2027, "planned"), ("NS-1", 2027, "planned"),
    }  # fmt: skip
    assert [row.standing for row in book.sold] == ["done"] * 7 + ["planned"] * 3


def test_a_cashless_exercise_is_sold_as_it_is_exercised():
    """The sale within it has no row of the record, and the standing of the exercise."""
    cashless = exercise("ES-1", date(2026, 3, 1), 100, 22.0, status="planned", method="cashless")
    held = holding(ISO, exercises=(cashless,))
    book = book_of(record(year(2026, "single", 100_000.0), holdings=(held,)))
    assert [(row.day, row.shares, row.price, row.standing) for row in book.sold] == [
        (date(2026, 3, 1), 100, 22.0, "planned")
    ]


def test_the_tables_close_and_are_locked():
    """A closing row is within each name; nothing on the sheets is typed into."""
    workbook = sheet_of("California").workbook
    for title, prefix in (("Lots", "Lot"), ("Gains", "Sold")):
        sheet = workbook[title]
        last = sheet.max_row
        assert sheet.row_dimensions[last].height == 6
        named = [name for name in workbook.defined_names if name.startswith(f"{prefix}_")]
        assert len(named) > 15
        assert all(workbook.defined_names[name].attr_text.endswith(f"${last}") for name in [*named, f"{title}_table"])
        assert sheet.protection.sheet
        assert not sheet.protection.password
