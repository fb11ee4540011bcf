"""The lines of Form 6251."""

from __future__ import annotations

from typing import Any

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import Jurisdiction, Status
from xl_amt.worksheet.registry import EVERY_TAX_SYSTEM, worksheet


@worksheet(
    "AMT_OWED(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=18_855.00,
    together="sum",
)
def amt_owed(tax_return: MinimumTax, spread: Any) -> Any:
    """Alternative minimum tax on the year's facts with this ISO spread.

    Form 6251 line 11 (IRC 55(a)): tentative minimum tax less regular tax, zero or more.
    """
    return tax_return.minimum_tax(spread).alternative_minimum_tax


@worksheet(
    "AMT_TENTATIVE_TAX(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=45_864.00,
)
def amt_tentative_tax(tax_return: MinimumTax, spread: Any) -> Any:
    """Tentative minimum tax on the year's facts with this ISO spread.

    Form 6251 line 9 (IRC 55(b)); qualified dividends and net capital gain keep their rates (Part III).
    """
    return tax_return.minimum_tax(spread).tentative_minimum_tax


@worksheet(
    "AMT_INCOME(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=250_000.00,
)
def amt_income(tax_return: MinimumTax, spread: Any) -> Any:
    """Alternative minimum taxable income with this ISO spread.

    Form 6251 line 4 (IRC 55(b)(2)): income less deductions, with the standard deduction or Schedule A's taxes, and
    the spread, added back; with the addition for separate filers of high income (IRC 55(d)(2)).
    """
    return tax_return.minimum_tax(spread).alternative_minimum_taxable_income


@worksheet(
    "AMT_EXEMPTION(amti, status, year, [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(600_000, "single", 2026),
    gives=40_100.00,
    jurisdictions=EVERY_TAX_SYSTEM,
)
def amt_exemption(amti: Line, status: Status, year: int, jurisdiction: Jurisdiction) -> Any:
    """AMT exemption after its phase-out.

    Form 6251 line 5 (IRC 55(d)): the exemption less 25% (from 2026: 50%) of the alternative minimum taxable income
    above the threshold, zero or more.
    """
    return TAX_SYSTEMS[jurisdiction.code].exemption(amti, year, status, jurisdiction.law_book)
