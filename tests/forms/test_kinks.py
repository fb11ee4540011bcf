"""At every kink of the law and a dollar either side, against exact fractions of tests/law/reference.py."""

from fractions import Fraction

import pytest

from tests.law.reference import (
    STATUSES,
    YEARS,
    Return,
    alternative_minimum_tax,
    alternative_minimum_taxable_income,
    exemption_amount,
    regular_tax,
    tables,
    taxable_excess,
    taxable_income,
    tentative_minimum_tax,
)
from xl_amt.worksheet import call

A_MILLIONTH = 1e-6  # of a dollar: what binary fractions may cost
EVERY_LAW = [(year, status) for year in YEARS for status in STATUSES]
every_law = pytest.mark.parametrize(("year", "status"), EVERY_LAW, ids=str)


def beside(kink):
    """A kink and a dollar either side, none below zero."""
    return [amount for amount in (kink - 1, kink, kink + 1) if amount >= 0]


def check(year, status, of):
    """Every figure of a return, as the worksheet functions give it, is the reference's."""
    household = (of.wages, status, year)
    labels = ("Long-term capital gain", of.long_term_gain)
    spread = float(of.iso_spread)
    income = alternative_minimum_taxable_income(of)
    expected = {
        "taxable income": taxable_income(of),
        "regular tax": regular_tax(of),
        "alternative minimum taxable income": income,
        "exemption": exemption_amount(income, of.tables),
        "tentative minimum tax": tentative_minimum_tax(of),
        "AMT": alternative_minimum_tax(of),
    }
    given = {
        "taxable income": call("AMT_TAXABLE_INCOME", *household, *labels),
        "regular tax": call("AMT_REGULAR_TAX", *household, *labels),
        "alternative minimum taxable income": call("AMT_INCOME", *household, spread, *labels),
        "exemption": call("AMT_EXEMPTION", call("AMT_INCOME", *household, spread, *labels), status, year),
        "tentative minimum tax": call("AMT_TENTATIVE_TAX", *household, spread, *labels),
        "AMT": call("AMT_OWED", *household, spread, *labels),
    }
    in_floats = {name: float(figure) for name, figure in expected.items()}
    assert given == pytest.approx(in_floats, rel=0, abs=A_MILLIONTH), of


def at_taxable_excess(kink, of):
    """The same return with the ISO spreads that bring the taxable excess to a kink, and a dollar either side.

    Empty where the kink is passed before any spread. AMTI is found backwards on each of the stretches it may lie on:
    the whole exemption, its phase-out (and a separate filer's addition, at the same rate), and no exemption.
    """
    table, rate = of.tables, of.tables.phase_out_rate
    without_spread = of.wages + of.long_term_gain
    for income in (
        Fraction(kink + table.exemption),
        (kink + table.exemption + rate * table.phase_out_from) / (1 + rate),
        Fraction(kink),
        Fraction(kink - table.exemption),
    ):
        there = of._replace(iso_spread=income - without_spread)
        if there.iso_spread >= 0 and taxable_excess(there) == kink:
            return [of._replace(iso_spread=spread) for spread in beside(there.iso_spread)]
    return []


@every_law
def test_ordinary_brackets(year, status):
    """Wages at the foot of every bracket, and where the deduction ends."""
    table = tables(year, status)
    for kink in table.over:
        for wages in beside(kink + table.standard_deduction):
            check(year, status, Return(table, int(wages)))


@every_law
def test_ordinary_brackets_in_a_column(year, status):
    """The same wages in a column long enough for arrays give the same bits."""
    table = tables(year, status)
    wages = [float(kink) for foot in table.over for kink in beside(foot + table.standard_deduction)] * 4
    in_column = call("AMT_REGULAR_TAX", wages, status, year)
    assert [tax.hex() for tax in in_column] == [call("AMT_REGULAR_TAX", each, status, year).hex() for each in wages]


@every_law
@pytest.mark.parametrize("wages", [0, 90_000, 400_000])
def test_exemption_and_its_phase_out(year, status, wages):
    """Spreads that bring AMTI to the exemption, the phase-out's start and end, and a separate filer's addition's."""
    table = tables(year, status)
    kinks = [table.exemption, table.phase_out_from, table.exemption_gone]
    if table.separate:
        kinks.append(table.exemption_gone + table.exemption / table.phase_out_rate)
    for kink in kinks:
        for spread in beside(kink - wages):
            check(year, status, Return(table, wages, iso_spread=spread))


@every_law
@pytest.mark.parametrize(("wages", "gain"), [(0, 0), (90_000, 0), (60_000, 40_000), (30_000, 900_000)])
def test_start_of_28_percent(year, status, wages, gain):
    """Spreads that bring what is taxed at 26 and 28% to the start of 28%, with and without gains."""
    table = tables(year, status)
    at_kink = at_taxable_excess(table.rate_28_from + gain, Return(table, wages, gain))
    assert len(at_kink) == 3
    for of in at_kink:
        check(year, status, of)


@every_law
@pytest.mark.parametrize("spread", [0, 800_000])
@pytest.mark.parametrize("gain", [1, 250_000, 1_200_000])
def test_edges_of_gain_rates_under_the_regular_tax(year, status, gain, spread):
    """Wages that bring ordinary income, and taxable income, to the edges of 0, 15 and 20%."""
    table = tables(year, status)
    for edge in (0, table.maximum_zero_rate, table.maximum_15_percent_rate):
        for kink in (edge + table.standard_deduction, edge + table.standard_deduction - gain):
            for wages in beside(kink):
                check(year, status, Return(table, int(wages), gain, Fraction(spread)))


@every_law
@pytest.mark.parametrize("wages", [0, 20_000, 30_000])
def test_edges_of_gain_rates_under_the_amt(year, status, wages):
    """Spreads that bring the taxable excess to the edges of 0, 15 and 20%, and to the end of the gain."""
    table = tables(year, status)
    ordinary = max(wages - table.standard_deduction, 0)
    for edge in (table.maximum_zero_rate, table.maximum_15_percent_rate):
        to_edge = max(edge - ordinary, 0)
        of = Return(table, int(wages), int(to_edge) + 5_000)
        for kink in (to_edge, of.long_term_gain):
            at_kink = at_taxable_excess(kink, of)
            assert at_kink
            for beside_kink in at_kink:
                check(year, status, beside_kink)


@every_law
def test_exemption_by_itself(year, status):
    """AMT_EXEMPTION at the phase-out's start and end, and a dollar either side."""
    table = tables(year, status)
    for kink in (0, table.phase_out_from, table.exemption_gone):
        for income in (kink - 1, kink, kink + 1):
            expected = float(exemption_amount(income, table))
            assert call("AMT_EXEMPTION", income, status, year) == pytest.approx(expected, abs=A_MILLIONTH), income
