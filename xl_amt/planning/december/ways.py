"""Each way to go on with shares of this year's exercises: its taxes, its credit, its money, its break-even price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import Final, Literal, NamedTuple

from xl_amt.arithmetic.lines import Line, of_one
from xl_amt.days import last_weekday, next_business_day
from xl_amt.equity.amounts import EquityAmounts, moved_by, total_of
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import Disposition, sell
from xl_amt.planning.december.by_price import LaterSale, break_even
from xl_amt.planning.december.by_shares import SharesSold, most_money
from xl_amt.planning.december.question import (
    December,
    credit_earned,
    credit_left,
    minimum_taxes,
    taxes,
)
from xl_amt.planning.years import EquityYear

WayName = Literal["hold", "sell by December 31", "sell next year"]

_ONE_DAY: Final = timedelta(days=1)


class Way(NamedTuple):
    """One way for the shares of one or several lots, in dollars; what is by jurisdiction has its code as the key.

    Taxes are those that the shares add to each year, their exercise included; other shares of the year are held.
    """

    name: WayName
    sales: tuple[Disposition, ...]
    tax_added: dict[int, float]
    amt_undone: dict[str, float]  # of this year, beside holding
    credit_given_up: dict[str, float]  # of what this year's AMT earns, beside holding
    credit_left: dict[str, float]  # more of it than without the shares, after the last year
    after_tax: float  # proceeds less the taxes added, and the worth of the credit left; strikes are paid either way
    break_even: float | None  # later price at which it equals a sale by December 31; None where there is none to equal

    @property
    def proceeds(self) -> float:
        """What the sales bring before taxes."""
        return sum(sale.proceeds for sale in self.sales)


class Decision:
    """The ways for the shares of some lots of one company, figured once each."""

    def __init__(
        self, question: December, lots: Sequence[Lot], price: float | None, later_price: float, held: EquityYear
    ) -> None:
        """The lots, the price for which they can be sold now (None: no market), and a later one.

        ``held`` is this year with all shares held.
        """
        self.question = question
        self.lots = tuple(lots)
        self.price = price
        self.later_price = later_price
        self.through = max(day_of_qualifying_sale(lot).year for lot in lots)
        self._held = held

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """Holding first; the sale by December 31 only where there is a market."""
        ways = [self._way("hold", self.qualifying_sales, self.later_price)]
        if self.price is not None:
            ways.append(self._way("sell by December 31", self.sales_now, self.price))
        if all(day < day_of_qualifying_sale(lot) for lot, day in self.early_sales):
            ways.append(self._way("sell next year", self.early_sales, self.later_price))
        return tuple(ways)

    @property
    def shares(self) -> float:
        """The shares of all lots."""
        return sum(lot.shares for lot in self.lots)

    def after_tax_of_a_wash_sale(self) -> float:
        """What the sale by December 31 brings where no loss is recognized: the whole spread is then wages."""
        assert self.price is not None
        sales = _sold(self.sales_now, self.price, loss_allowed=False)
        return of_one(self.question.money(self._years(sales), _proceeds(sales))) - self._money_without

    def most_money(self) -> SharesSold:
        """The shares of the only lot to sell by December 31, the rest in a qualifying sale, that leave most after tax.

        The money is beside that without the shares, as a way's is.
        """
        assert self.price is not None
        (now,), (later,) = self.sales_now, self.qualifying_sales
        best = most_money(self.question, now, later, self.price, self.later_price, self.through)
        return best._replace(money=best.money - self._money_without)

    @cached_property
    def qualifying_sales(self) -> tuple[LaterSale, ...]:
        """Each lot on its first day of a qualifying sale."""
        return tuple(LaterSale(lot, day_of_qualifying_sale(lot)) for lot in self.lots)

    @cached_property
    def sales_now(self) -> tuple[LaterSale, ...]:
        """Each lot on the last day of the year on which it can be traded."""
        return tuple(LaterSale(lot, last_trading_day(self.question.year)) for lot in self.lots)

    @cached_property
    def early_sales(self) -> tuple[LaterSale, ...]:
        """Each lot on the first business day of the next year."""
        day = next_business_day(date(self.question.year + 1, 1, 1))
        return tuple(LaterSale(lot, day) for lot in self.lots)

    @cached_property
    def _years_without(self) -> list[EquityYear]:
        """The years as if the shares had not been exercised."""
        spread = sum(lot.shares * lot.spread for lot in self.lots)
        return self.question.after({self.question.year: EquityAmounts(iso_spread=-spread)}, self.through)

    @cached_property
    def _money_without(self) -> float:
        return of_one(self.question.money(self._years_without, {}))

    @cached_property
    def _money_now(self) -> float:
        assert self.price is not None
        dispositions = _sold(self.sales_now, self.price)
        return of_one(self.question.money(self._years(dispositions), _proceeds(dispositions)))

    def _years(self, sales: Sequence[Disposition]) -> list[EquityYear]:
        moved: dict[int, list[EquityAmounts]] = {}
        for sale in sales:
            moved.setdefault(sale.day.year, []).append(moved_by(sale))
        begun = [] if self.question.year in moved else [self._held]
        return self.question.after({year: total_of(parts) for year, parts in moved.items()}, self.through, begun)

    def _way(self, name: WayName, later: Sequence[LaterSale], price: float) -> Way:
        question, codes = self.question, self.question.codes
        sales = _sold(later, price)
        years, without = self._years(sales), self._years_without
        held = self._held
        return Way(
            name=name,
            sales=sales,
            tax_added={
                one.household.year: of_one(taxes(one, codes) - taxes(base, codes))
                for one, base in zip(years, without, strict=True)
            },
            amt_undone=_less(minimum_taxes(held, codes), minimum_taxes(years[0], codes)),
            credit_given_up=_less(credit_earned(held, codes), credit_earned(years[0], codes)),
            credit_left=_less(credit_left(years[-1], codes), credit_left(without[-1], codes)),
            after_tax=of_one(question.money(years, _proceeds(sales))) - self._money_without,
            break_even=None if self.price is None or name == "sell by December 31" else self._break_even(later),
        )

    def _break_even(self, later: Sequence[LaterSale]) -> float:
        known = [self.price or 0.0, *(lot.strike + lot.spread for lot in self.lots)]
        return break_even(self.question, self._money_now, self._held, later, self.through, known)


def last_trading_day(year: int) -> date:
    """The last weekday of a year: the trade date counts."""
    return last_weekday(date(year, 12, 31))


def day_of_qualifying_sale(lot: Lot) -> date:
    """The first day of a qualifying sale of an ISO lot."""
    assert lot.qualifying_day is not None  # it is an ISO
    return max(lot.qualifying_day, lot.vested)


def _sold(sales: Sequence[LaterSale], price: float, *, loss_allowed: bool = True) -> tuple[Disposition, ...]:
    return tuple(sell(lot, price, day, loss_allowed=loss_allowed) for lot, day in sales)


def _proceeds(sales: Sequence[Disposition]) -> dict[int, float]:
    proceeds: dict[int, float] = {}
    for sale in sales:
        proceeds[sale.day.year] = proceeds.get(sale.day.year, 0.0) + sale.proceeds
    return proceeds


def _less(first: Mapping[str, Line], second: Mapping[str, Line]) -> dict[str, float]:
    return {code: of_one(line - second[code]) for code, line in first.items()}
