"""The fewest shares to sell by 31 December so that the year owes no AMT, of one lot or of several."""

from __future__ import annotations

from collections.abc import Iterable

from xl_amt.equity.lots import Lot
from xl_amt.planning.december.question import December, returns_of
from xl_amt.planning.december.ways import last_trading_day
from xl_amt.planning.year_end_sale import SharesOfLot, most_off, same_year_sale, sold_until_no_amt
from xl_amt.planning.years import EquityYear


def fewest_shares(
    question: December, held: EquityYear, offered: Iterable[tuple[Lot, float]]
) -> list[SharesOfLot] | None:
    """The whole shares of lots, each with its price, to sell so that no jurisdiction asked levies AMT; None for none.

    ``held`` is the year with every share held. Of one lot they are the fewest there are; of several, the lot of which
    a share takes most off is sold first. A state income tax that is deducted stays as it is without the sales.
    """
    day = last_trading_day(question.year)
    offers = [(lot, sale) for lot, price in offered if (sale := same_year_sale(lot, price, day)) is not None]
    return sold_until_no_amt(returns_of(held, question.codes), held.iso_spread, offers, most_off)
