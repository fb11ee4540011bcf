"""The regular tax of Form 1040, which the AMT is measured against."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_REGULAR_TAX(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Regular tax",
    result="dollars",
    example=(150_000, "single", 2021),
    gives=27_009.00,
    together="sum",
)
def amt_regular_tax(tax_return: MinimumTax) -> Any:
    """Regular tax before credits.

    Form 1040 line 16, from the rate schedules (IRC 1(j)) and the Qualified Dividends and Capital Gain Tax
    Worksheet (IRC 1(h)). Below $100,000 the printed Tax Table rounds to steps of $50, so a return can differ by a
    few dollars.
    """
    return tax_return.regular.tax


@worksheet(
    "AMT_TAXABLE_INCOME(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Regular tax",
    result="dollars",
    example=(150_000, "single", 2021),
    gives=137_450.00,
)
def amt_taxable_income(tax_return: MinimumTax) -> Any:
    """Taxable income: all income less the deductions, zero or more.

    Form 1040 line 15 (line 10 in 2018, 11b in 2019; IRC 63).
    """
    return tax_return.regular.taxable_income


@worksheet(
    "AMT_TOTAL_TAX(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Regular tax",
    result="dollars",
    example=(250_000, "single", 2024, 100_000, ["Interest"], [2_000]),
    gives=70_438.00,
    together="sum",
)
def amt_total_tax(tax_return: MinimumTax, spread: Any) -> Any:
    """Federal tax of the year with this ISO spread: regular tax, AMT and the two surtaxes, less credits.

    Form 1040 line 16 and AMT; net investment income tax (Form 8960), Additional Medicare Tax (Form 8959); less the
    foreign tax credit, other nonrefundable credits, the child tax credit and the minimum tax credit (Form 8801).
    """
    return tax_return.total_tax(spread).total
