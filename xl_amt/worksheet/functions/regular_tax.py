"""The regular tax of Form 1040, which the AMT is measured against."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.form_1040 import form_1040
from xl_amt.household import Household
from xl_amt.law import federal_law
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_REGULAR_TAX(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Regular tax",
    result="dollars",
    example=(150_000, "single", 2021),
    gives=27_009.00,
)
def amt_regular_tax(household: Household) -> Any:
    """Regular tax before credits.

    Form 1040 line 16, from the rate schedules (IRC 1(j)) and the Qualified Dividends and Capital Gain Tax
    Worksheet (IRC 1(h)). Below $100,000 the printed Tax Table rounds to steps of $50, so a return can differ by a
    few dollars.
    """
    return form_1040(household, federal_law(household.year, household.status)).tax


@worksheet(
    "AMT_TAXABLE_INCOME(income, status, year, [labels], [amounts], [jurisdiction])",
    category="Regular tax",
    result="dollars",
    example=(150_000, "single", 2021),
    gives=137_450.00,
)
def amt_taxable_income(household: Household) -> Any:
    """Taxable income: all income less the deductions, zero or more.

    Form 1040 line 15 (line 10 in 2018, 11b in 2019; IRC 63).
    """
    return form_1040(household, federal_law(household.year, household.status)).taxable_income
