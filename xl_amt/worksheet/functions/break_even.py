"""The price at which holding this year's ISO shares equals selling them by December 31."""

from __future__ import annotations

from xl_amt.arithmetic.lines import of_one
from xl_amt.errors import ArgumentError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import Refusal
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_BREAK_EVEN(shares, strike, fmv_at_exercise, price_now, income, status, year, [labels], [amounts], "
    "[jurisdiction], [later_income], [later_year], [credit_left_at])",
    category="Planning",
    result="dollars per share",
    example=(5_000, 2, 42, 30, 200_000, "single", 2024),
    gives=29.096518,
    refusals=(
        Refusal(
            lambda shares, **_: shares % 1.0 != 0.0 or shares == 0.0,
            "shares: shares are whole; enter a whole number of at least 1.",
        ),
        Refusal(
            lambda fmv_at_exercise, **_: fmv_at_exercise == 0.0,
            "fmv_at_exercise: it is blank or 0; enter the value per share on the day of the exercise.",
        ),
        Refusal(
            lambda price_now, **_: price_now == 0.0,
            "price_now: it is blank or 0; enter what a buyer pays for a share: without a market there is no sale, and "
            "an appraised (409A) value is not a bid.",
        ),
        Refusal(
            lambda credit_left_at, **_: credit_left_at > 1.0,
            "credit_left_at: a dollar of credit left is worth at most a dollar; enter a fraction from 0 to 1.",
        ),
    ),
    takes_columns=False,
    together="all",
)
def amt_break_even(
    tax_returns: tuple[MinimumTax, ...],
    shares: float,
    strike: float,
    fmv_at_exercise: float,
    price_now: float,
    later_income: float,
    later_year: int | None,
    credit_left_at: float,
) -> float:
    """Later price at which holding this year's ISO shares to a qualifying sale equals selling them by December 31.

    After all taxes of both years and the years between: a sale now is not an AMT item and gives rise to wages equal to
    the spread, or to the gain if that is less (IRC 422(c)(2)); holding owes AMT, earns minimum tax credit, and is
    long-term gain under both systems (Form 6251 lines 2i and 2k; Form 8801). Above this price holding is better; below
    it selling is. Credit left after the later sale counts at credit_left_at per dollar; losses carried past it count
    for nothing, and neither does interest. Later years repeat the household a year older, without carryovers; enter
    income without the shares. The function does not cover a sale whose loss is not recognized, such as a wash sale.
    """
    from xl_amt.planning.december.one_household import break_even_of_shares  # no other function waits for portfolios

    first = tax_returns[0].facts
    year = later_year or first.year + 1
    if year <= first.year:
        raise ArgumentError(
            f"later_year: {year} is not after {first.year}, and a sale in the year of the exercise is not a later "
            "sale; enter a later year, or leave it blank."
        )
    income = later_income or of_one(first.wages)
    prices = (strike, fmv_at_exercise, price_now)
    return break_even_of_shares(tax_returns, shares, prices, income, year, credit_left_at)
