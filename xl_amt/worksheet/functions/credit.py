"""The minimum tax credit: earned, used and carried."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.planning import room
from xl_amt.worksheet.registry import worksheet


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

    Filling the whole room leaves no gap between regular and tentative tax, so an old credit would wait another year
    (Form 8801 line 24). Without a credit this is AMT_ROOM. The credit is the label Minimum tax credit.
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

    Form 8801 line 18 of the next year's form, figured on this year's facts (IRC 53(d)(1)(B)); negative after a sale
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
    """Minimum tax credit used this year, of what the label Minimum tax credit makes available.

    Form 8801 line 25 (IRC 53(c)): the smaller of it and the regular tax, less other credits, less tentative tax.
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
    """Minimum tax credit left after this year's use, with what this year earns not yet added.

    Form 8801 line 26.
    """
    return tax_return.total_tax(spread).minimum_tax_credit.credit_carried
