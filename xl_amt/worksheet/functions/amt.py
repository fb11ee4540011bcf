"""The lines of Form 6251."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.us import form_6251 as form
from xl_amt.household import Household
from xl_amt.law import Jurisdiction, Status, federal_law
from xl_amt.worksheet.functions.year import year_of
from xl_amt.worksheet.registry import worksheet


def _form_6251(household: Household, spread: Any) -> form.Form6251:
    return year_of(household).form_6251(spread)


@worksheet(
    "AMT_OWED(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=18_855.00,
)
def amt_owed(household: Household, spread: Any) -> Any:
    """Alternative minimum tax on the year's facts with this ISO spread.

    Form 6251 line 11 (IRC 55(a)): tentative minimum tax less regular tax, zero or more.
    """
    return _form_6251(household, spread).alternative_minimum_tax


@worksheet(
    "AMT_TENTATIVE_TAX(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=45_864.00,
)
def amt_tentative_tax(household: Household, spread: Any) -> Any:
    """Tentative minimum tax on the year's facts with this ISO spread.

    Form 6251 line 9 (IRC 55(b)); qualified dividends and net capital gain keep their rates (Part III).
    """
    return _form_6251(household, spread).tentative_minimum_tax


@worksheet(
    "AMT_INCOME(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(150_000, "single", 2021, 100_000),
    gives=250_000.00,
)
def amt_income(household: Household, spread: Any) -> Any:
    """Alternative minimum taxable income with this ISO spread.

    Form 6251 line 4 (IRC 55(b)(2)): income less deductions, with the standard deduction or Schedule A's taxes, and
    the spread, added back; with the addition for separate filers of high income (IRC 55(d)(2)).
    """
    return _form_6251(household, spread).alternative_minimum_taxable_income


@worksheet(
    "AMT_EXEMPTION(amti, status, year, [jurisdiction])",
    category="AMT",
    result="dollars",
    example=(600_000, "single", 2026),
    gives=40_100.00,
)
def amt_exemption(amti: Any, status: Status, year: int, jurisdiction: Jurisdiction) -> Any:
    """AMT exemption after its phase-out.

    Form 6251 line 5 (IRC 55(d)): the exemption less 25 % (from 2026: 50 %) of what alternative minimum taxable
    income passes the threshold by, zero or more.
    """
    return form.exemption(amti, federal_law(year, status, jurisdiction.law_book))
