"""Regular tax and AMT in exact fractions, from the words of the Code and the tables as published.

A second way to the same figures, for the tests alone: it follows IRC 1(h), 55 and 63 paragraph by paragraph, where
xl_amt follows the lines of the forms. It knows wages, long-term gain and an ISO spread of a filer under 65 who takes
the standard deduction.
"""

from fractions import Fraction
from functools import cache
from pathlib import Path
from tomllib import loads
from typing import NamedTuple

YEARS = range(2018, 2027)
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
RATES = [Fraction(per_cent, 100) for per_cent in (10, 12, 22, 24, 32, 35, 37)]
PUBLISHED = loads(Path(__file__).with_name("published_tables.toml").read_text("utf-8"), parse_float=Fraction)

FILES_ON_TABLE = {"single": "single", "mfj": "joint", "qss": "joint", "mfs": "separate", "hoh": "head"}
FILES_FOR_AMT = FILES_ON_TABLE | {"single": "unmarried", "hoh": "unmarried"}


class Tables(NamedTuple):
    """What the tables of one year say to one filing status, in dollars."""

    over: list  # the foot of each bracket
    plus: list  # the tax at that foot, as printed
    standard_deduction: Fraction
    aged_or_blind: Fraction
    maximum_zero_rate: Fraction
    maximum_15_percent_rate: Fraction
    exemption: Fraction
    phase_out_from: Fraction
    phase_out_rate: Fraction
    exemption_gone: Fraction
    rate_28_from: Fraction
    separate: bool


class Return(NamedTuple):
    """One year's return."""

    tables: Tables
    wages: int
    long_term_gain: int = 0
    iso_spread: Fraction = Fraction(0)


@cache
def tables(year, status):
    """The published tables of a year for a filing status."""
    page, table, amt = PUBLISHED[str(year)], FILES_ON_TABLE[status], FILES_FOR_AMT[status]
    return Tables(
        over=page["rates"][table]["over"],
        plus=page["rates"][table]["plus"],
        standard_deduction=Fraction(page["standard_deduction"][table]),
        aged_or_blind=page["aged_or_blind"]["unmarried" if amt == "unmarried" else "married"],
        maximum_zero_rate=page["maximum_zero_rate"][table],
        maximum_15_percent_rate=page["maximum_15_percent_rate"][table],
        exemption=page["exemption"][amt],
        phase_out_from=page["phase_out_from"][amt],
        phase_out_rate=Fraction(1, 2) if year >= 2026 else Fraction(1, 4),
        exemption_gone=page["exemption_gone"][amt],
        rate_28_from=page["rate_28_from"]["separate" if amt == "separate" else "others"],
        separate=status == "mfs",
    )


def excess(amount, over):
    """'The excess (if any) of' one amount over another."""
    return amount - over if amount > over else Fraction(0)


def taxable_income(of):
    """IRC 63(b): the gross income less the standard deduction."""
    return excess(of.wages + of.long_term_gain, of.tables.standard_deduction)


def section_1_j(income, table):
    """IRC 1(j)(2): the printed tax at the foot of the bracket, 'plus ... % of the excess over' it."""
    brackets = zip(table.over, table.plus, RATES, strict=True)
    over, plus, rate = [bracket for bracket in brackets if income > bracket[0] or bracket[0] == 0][-1]
    return plus + rate * excess(income, over)


class CapitalGain(NamedTuple):
    """The amounts that IRC 1(h)(1) taxes under each subparagraph, and the excesses that 55(b)(3) refers to."""

    amount_a: Fraction
    amount_b: Fraction
    amount_c: Fraction
    amount_d: Fraction
    excess_described_in_b: Fraction
    excess_described_in_c_ii: Fraction


def section_1_h(of):
    """IRC 1(h)(1) as 1(j)(5) reads it, where the net capital gain is all adjusted net capital gain."""
    income, gain = taxable_income(of), Fraction(of.long_term_gain)
    amount_a = excess(income, gain)
    excess_b = excess(of.tables.maximum_zero_rate, amount_a)
    gain_or_income = min(gain, income)
    amount_b = min(gain_or_income, excess_b)
    excess_c = excess(of.tables.maximum_15_percent_rate, amount_a + amount_b)
    amount_c = min(excess(gain_or_income, amount_b), excess_c)
    amount_d = excess(gain_or_income, amount_b + amount_c)
    return CapitalGain(amount_a, amount_b, amount_c, amount_d, excess_b, excess_c)


def regular_tax(of):
    """IRC 1: 'shall not exceed the sum of' 1(h)(1)(A) to (D)."""
    by_gain = section_1_h(of)
    at_lower_rates = (
        section_1_j(by_gain.amount_a, of.tables)
        + Fraction(15, 100) * by_gain.amount_c
        + Fraction(20, 100) * by_gain.amount_d
    )
    return min(section_1_j(taxable_income(of), of.tables), at_lower_rates)


def alternative_minimum_taxable_income(of):
    """IRC 55(b)(2), 56(b)(1)(D) and (3), and the last sentence of 55(d)(2)."""
    income = of.wages + of.long_term_gain + of.iso_spread  # no standard deduction
    if not of.tables.separate:
        return income
    addition = of.tables.phase_out_rate * excess(income, of.tables.exemption_gone)
    return income + min(addition, of.tables.exemption)


def exemption_amount(income, table):
    """IRC 55(d)(1) and (2): reduced, 'but not below zero', by the rate times the excess over the threshold."""
    return excess(table.exemption, table.phase_out_rate * excess(income, table.phase_out_from))


def first_sentence(amount, table):
    """IRC 55(b)(1)(A): 26% of so much of the taxable excess as does not exceed the threshold, 28% of the rest."""
    at_26 = min(amount, table.rate_28_from)
    return Fraction(26, 100) * at_26 + Fraction(28, 100) * (amount - at_26)


def taxable_excess(of):
    """IRC 55(b)(1)(B): what passes the exemption."""
    income = alternative_minimum_taxable_income(of)
    return excess(income, exemption_amount(income, of.tables))


def tentative_minimum_tax(of):
    """IRC 55(b)(1)(A), which by 55(b)(3) 'shall not exceed the sum of' its own (A) to (D)."""
    gain, by_gain = Fraction(of.long_term_gain), section_1_h(of)
    gain_or_excess = min(gain, taxable_excess(of))
    amount_b = min(gain_or_excess, by_gain.excess_described_in_b)
    amount_c = min(excess(gain_or_excess, amount_b), by_gain.excess_described_in_c_ii)
    amount_d = excess(gain_or_excess, amount_b + amount_c)
    at_lower_rates = (
        first_sentence(excess(taxable_excess(of), gain), of.tables)
        + Fraction(15, 100) * amount_c
        + Fraction(20, 100) * amount_d
    )
    return min(first_sentence(taxable_excess(of), of.tables), at_lower_rates)


def alternative_minimum_tax(of):
    """IRC 55(a): what the tentative minimum tax passes the regular tax by."""
    return excess(tentative_minimum_tax(of), regular_tax(of))
