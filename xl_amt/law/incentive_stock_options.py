"""The terms of IRC 422, which make an option an incentive stock option."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from xl_amt.law.books import law_book


class IncentiveStockOptionLaw(NamedTuple):
    """Numbers of IRC 422: dollars, years, months, and fractions of votes and of the share's value."""

    value_limit: float  # (d)(1): value at grant of the options first exercisable in a calendar year
    years_to_exercise: int  # (b)(3)
    ten_percent_owner: float  # (b)(6): part of the votes above which (c)(5) holds
    ten_percent_owner_strike: float  # (c)(5): least strike, in parts of the value at grant
    ten_percent_owner_years: int  # (c)(5): in place of the ten
    months_after_employment: int  # (a)(2)
    months_after_disability: int  # (c)(6): in place of the three


@cache
def incentive_stock_option_law() -> IncentiveStockOptionLaw:
    """The terms of every year: none of them is indexed, and none has changed since 1987.

    >>> incentive_stock_option_law().value_limit
    100000
    """
    book = law_book()
    block = book.block("incentive_stock_options", book.first_year)
    assert block is not None
    return IncentiveStockOptionLaw(*(block[name] for name in IncentiveStockOptionLaw._fields))
