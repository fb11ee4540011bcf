"""The minimum tax credit: earned, used and carried."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.planning import room
from xl_amt.planning.credit_years import credit_years, until_used_up
from xl_amt.worksheet.registry import worksheet

if TYPE_CHECKING:
    from xl_amt.worksheet.several_years import YearsAsked


@worksheet(
    "AMT_ROOM_KEEPING_CREDIT(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Credit",
    result="dollars",
    example=(150_000, "single", 2021, ["Minimum tax credit"], [3_000]),
    gives=15_942.307692,
    together="smaller",
)
def amt_room_keeping_credit(tax_return: MinimumTax) -> Any:
    """Largest ISO spread with no AMT that uses as much minimum tax credit this year as exercising nothing.

    Filling the whole room leaves no gap between regular and tentative minimum tax, so an existing credit would wait
    another year (Form 8801 line 24). Without a credit this equals AMT_ROOM. Enter the credit under the label Minimum
    tax credit.
    """
    return room.spread_keeping_credit(tax_return)


@worksheet(
    "AMT_CREDIT_EARNED(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Credit",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=18_855.00,
    together="sum",
)
def amt_credit_earned(tax_return: MinimumTax, spread: Any) -> Any:
    """Minimum tax credit that the year's AMT earns: the part of it that comes from deferral items.

    Line 18 of the next year's Form 8801, figured on this year's facts (IRC 53(d)(1)(B)); negative after a sale
    that lowers AMT income (Form 6251 line 2k).
    """
    return tax_return.credit_earned(spread).credit_earned


@worksheet(
    "AMT_CREDIT_USED(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Credit",
    result="dollars",
    example=(150_000, "single", 2021, 0, ["Minimum tax credit"], [20_000]),
    gives=7_145.00,
    together="sum",
)
def amt_credit_used(tax_return: MinimumTax, spread: Any) -> Any:
    """Minimum tax credit used this year, out of the credit entered under the label Minimum tax credit.

    Form 8801 line 25 (IRC 53(c)): the smaller of that credit and the regular tax less other credits and less tentative
    minimum tax.
    """
    return tax_return.total_tax(spread).minimum_tax_credit.credit_used


@worksheet(
    "AMT_CREDIT_CARRIED(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Credit",
    result="dollars",
    example=(150_000, "single", 2021, 0, ["Minimum tax credit"], [20_000]),
    gives=12_855.00,
    together="sum",
)
def amt_credit_carried(tax_return: MinimumTax, spread: Any) -> Any:
    """Minimum tax credit left after this year's use, before adding what this year earns.

    Form 8801 line 26.
    """
    return tax_return.total_tax(spread).minimum_tax_credit.credit_carried


@worksheet(
    "AMT_CREDIT_YEARS(credit, incomes, statuses, years, [labels], [amounts], [jurisdiction])",
    category="Credit",
    answer="table",
    result="a table: year, credit used, credit left",
    example=(45_813.50, 200_000, "single", 2025),
    gives=[[2025.0, 7_973.00, 37_840.50], [2026.0, 8_160.00, 29_680.50]],
    takes_columns=False,
)
def amt_credit_years(credit: float, asked: YearsAsked) -> list[list[float]]:
    """How a minimum tax credit is recovered: what each year uses, and what is left for the next.

    Incomes, statuses and years are each a row or column with one cell per year; labels next to them have one amount per
    year, so a sale's dual basis counts: a smaller gain for the AMT (AMT long-term capital gain; Form 6251 line 2k) lets
    the year use more. If every argument is a single cell, the household repeats year after year until the credit is
    used up, or through the last year whose law is enacted or projected. Form 8801 lines 21 to 26; what a year earns, or
    takes away, counts in what it leaves, and capital losses carry over to the next year that states none. Income taxed
    at 32% or more, disqualifying sales and gains speed up the recovery.
    """
    years, (code,), later = asked.years, asked.codes, asked.later
    rows = credit_years(years, code, credit) if later is None else until_used_up(years[0], later, code, credit)
    return [[float(row.year), row.used, row.left] for row in rows]
