"""What a plan asks of one year: a budget, a bonus, a sale, the next dollar, the whole curve."""

from __future__ import annotations

from typing import Any

from xl_amt.errors import NoAnswerError, NoSolutionError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.spread_within import spread_within
from xl_amt.household import Refusal
from xl_amt.planning import unknown
from xl_amt.planning.room_by_income import room_by_income
from xl_amt.planning.shares_to_sell import sale_of_a_share, shares_to_sell
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_SPREAD_FOR(income, status, year, amt_budget, [labels], [amounts], [jurisdiction])",
    category="Planning",
    result="dollars",
    example=(150_000, "single", 2021, 5_000),
    gives=46_711.538462,
    together="smaller",
)
def amt_spread_for(tax_return: MinimumTax, amt_budget: Any) -> Any:
    """Largest ISO spread whose AMT stays within a budget; with a budget of 0 this is AMT_ROOM.

    0 where the household owes more AMT than the budget before it exercises anything (Form 6251 line 11).
    """
    return spread_within(tax_return, amt_budget)


@worksheet(
    "AMT_INCOME_FOR(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Planning",
    result="dollars",
    example=(250_000, "single", 2025, 50_000),
    gives=43_075.00,
    takes_columns=False,
    together="all",
)
def amt_income_for(tax_returns: tuple[MinimumTax, ...], spread: float) -> float:
    """Least additional ordinary income, such as a bonus or an NSO exercise, that would absorb the spread's AMT.

    Not every dollar helps: one taxed at 24% lowers the room, one taxed at 32% or more raises it. #N/A if no additional
    income does. Deductions that depend on income are refigured with it.
    """
    income = unknown.income_absorbing(tax_returns, spread)
    if income is None:
        raise NoAnswerError("spread: no further income absorbs its AMT; lower the spread.")
    return income


@worksheet(
    "AMT_SHARES_TO_SELL(income, status, year, shares, strike, fmv_at_exercise, sale_price, [labels], "
    "[amounts], [jurisdiction])",
    category="Planning",
    result="shares",
    example=(150_000, "single", 2024, 10_000, 1, 11, 9),
    gives=7_041,
    refusals=(
        Refusal(
            lambda shares, **_: shares % 1.0 != 0.0,
            "shares: shares are whole; enter a whole number.",
        ),
        Refusal(
            lambda fmv_at_exercise, sale_price, **_: fmv_at_exercise == 0.0 or sale_price == 0.0,
            "sale_price: it or fmv_at_exercise is blank or 0; enter the value at exercise and the sale price.",
        ),
    ),
    takes_columns=False,
    together="all",
)
def amt_shares_to_sell(
    tax_returns: tuple[MinimumTax, ...], shares: float, strike: float, fmv_at_exercise: float, sale_price: float
) -> float:
    """Fewest of this year's exercised ISO shares to sell before the year ends to bring AMT to zero.

    A share sold in the year of its exercise is no longer an AMT item. The sale gives rise to wages equal to the spread
    at exercise, or to the gain if the price has fallen (IRC 422(c)(2)), and the rest is short-term gain. Enter income
    without the sale. The function does not cover a sale whose loss is not recognized (a wash sale, caused by an
    exercise or vesting within 30 days before or after, or a sale to a related party): there the whole spread is wages.
    No AMT does not mean the least cost: the sale gives up the minimum tax credit that the AMT earns, and the long-term
    rate. #NUM! if AMT remains even when all of them are sold.
    """
    share = sale_of_a_share(tax_returns[0].facts.year, strike, fmv_at_exercise, sale_price)
    sold = shares_to_sell(tax_returns, shares * share.lot.spread, shares, share)
    if sold is None:
        raise NoSolutionError("shares: AMT is owed even if all of them are sold; other items of the year cause it.")
    return sold


@worksheet(
    "AMT_MARGINAL_RATE(income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Planning",
    result="fraction",
    example=(150_000, "single", 2021, 50_000),
    gives=0.26,
    takes_columns=False,
    together="sum",
)
def amt_marginal_rate(tax_return: MinimumTax, spread: float) -> float:
    """Total tax on the next dollar of ISO spread: its AMT, plus any minimum tax credit it displaces this year.

    0 within the room if no credit is waiting; 26% or 28% above it, 35% (from 2026: 42%) inside the phase-out of the
    exemption, more where gains are pushed into a higher rate.
    """
    return unknown.marginal_rate(tax_return, spread)


@worksheet(
    "AMT_CURVE(income, status, year, max_spread, [labels], [amounts], [jurisdiction])",
    category="Planning",
    answer="table",
    result="a table: spread, regular tax, tentative minimum tax, AMT",
    example=(150_000, "single", 2021, 50_000),
    gives=[
        [0.0, 27_009.0, 19_864.0, 0.0],
        [27_480.769231, 27_009.0, 27_009.0, 0.0],
        [50_000.0, 27_009.0, 32_864.0, 5_855.0],
    ],
    takes_columns=False,
    together="all",
)
def amt_curve(tax_returns: tuple[MinimumTax, ...], max_spread: float) -> list[list[float]]:
    """The year's taxes from no spread to the largest, one row at every kink: lines are straight in between.

    Columns: spread, regular tax (Form 6251 line 10), tentative minimum tax (line 9), AMT (line 11).
    """
    return unknown.curve(tax_returns, max_spread)


@worksheet(
    "AMT_ROOM_BY_INCOME(from_income, to_income, status, year, [labels], [amounts], [jurisdiction])",
    category="Planning",
    answer="table",
    result="a table: income, room, change in room per additional dollar of income",
    example=(121_800, 800_000, "single", 2026),
    gives=[
        [121_800.0, 37_400.0, -0.076923077],
        [217_875.0, 30_009.615385, 0.230769231],
    ],
    refusals=(
        Refusal(
            lambda from_income, to_income, **_: to_income <= from_income,
            "to_income: it is not above from_income; enter the larger of the two.",
        ),
    ),
    takes_columns=False,
    together="all",
)
def amt_room_by_income(
    tax_returns: tuple[MinimumTax, ...],
    from_income: float,  # noqa: ARG001 - the income of the returns
    to_income: float,
) -> list[list[float]]:
    """The room at every income between two, one row at every kink: lines are straight in between.

    It shows which bonus, NSO exercise or Roth conversion adds room, and which uses it up: a dollar taxed more heavily
    by the regular tax than by the AMT adds room (Form 6251 lines 9 and 10). Income is wages, or any other income that
    both taxes count in full. Where the room jumps, as where the larger deduction changes, there is a row on each side.
    """
    return room_by_income(tax_returns, to_income)
