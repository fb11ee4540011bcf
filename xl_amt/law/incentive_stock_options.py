"""The terms of IRC 422, which make an option an incentive stock option."""

from __future__ import annotations

from dataclasses import dataclass

from xl_amt.law.books import law_book
from xl_amt.law.record import built, number


@dataclass(frozen=True, slots=True)
class IncentiveStockOptionLaw:
    """Numbers of IRC 422: dollars, years, months, and fractions of votes and of the share's value."""

    value_limit: float = number(
        "incentive_stock_options.value_limit"
    )  # (d)(1): at grant, of a year's first exercisable
    years_to_exercise: int = number("incentive_stock_options.years_to_exercise")  # (b)(3)
    ten_percent_owner: float = number(
        "incentive_stock_options.ten_percent_owner"
    )  # (b)(6): votes above which (c)(5) is
    ten_percent_owner_strike: float = number("incentive_stock_options.ten_percent_owner_strike")  # (c)(5): of the value
    ten_percent_owner_years: int = number("incentive_stock_options.ten_percent_owner_years")  # (c)(5): instead of ten
    months_after_employment: int = number("incentive_stock_options.months_after_employment")  # (a)(2)
    months_after_disability: int = number("incentive_stock_options.months_after_disability")  # (c)(6): instead of three


def incentive_stock_option_law() -> IncentiveStockOptionLaw:
    """The terms of every year: none of them is indexed, and none has changed since 1987.

    >>> incentive_stock_option_law().value_limit
    100000.0
    """
    book = law_book()
    return built(IncentiveStockOptionLaw, book, book.first_year, "single")
