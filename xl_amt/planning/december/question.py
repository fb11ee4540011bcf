"""What December's decision rests on, and the years that follow from whatever is sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, of_one, zero_or_more
from xl_amt.equity.amounts import EquityAmounts, total_of
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import Household
from xl_amt.planning.state_years import StateFacts
from xl_amt.planning.years import EquityYear, next_year


class December(NamedTuple):
    """The years, this one and those after it, as if every share of this year's exercises was held beyond them.

    ``facts`` and ``equity`` begin with the first year of a client's record, ``before`` holds what is figured of the
    years before this one. Figures are those of ``codes``, the jurisdictions asked.
    """

    facts: tuple[Household, ...]
    equity: Mapping[int, EquityAmounts]
    codes: tuple[str, ...]
    states: tuple[StateFacts, ...] = ()
    state_tax_given: frozenset[int] = frozenset()
    before: tuple[EquityYear, ...] = ()
    credit_left_at: float = 0.0  # worth of a dollar of the credit that the last year leaves, 0 to 1
    discount_rate: float = 0.0  # a year

    @property
    def year(self) -> int:
        """The year of the exercises."""
        return self.facts[len(self.before)].year

    def after(
        self, moved: Mapping[int, EquityAmounts], through: int, begun: Sequence[EquityYear] = ()
    ) -> list[EquityYear]:
        """The years from this one through another, with what sales change of their amounts.

        ``begun`` are the first of them, where no sale changes them.
        """
        done = [*self.before, *begun]
        for own in self.facts[len(done) :]:
            if own.year > through:
                break
            equity, more = self.equity[own.year], moved.get(own.year)
            both = total_of([equity, more]) if more else equity
            done.append(next_year(done, own, both, (), self.states, self.state_tax_given))
        return done[len(self.before) :]

    def money(self, years: Sequence[EquityYear], proceeds: Mapping[int, Line]) -> Line:
        """What sales bring after the taxes of the years, and the worth of the credit that the last of them leaves."""
        money: Line = 0.0
        for one in years:
            own = proceeds.get(one.household.year, 0.0) - taxes(one, self.codes)
            money = money + own * self.discount(one.household.year)
        worth = self.credit_left_at * self.discount(years[-1].household.year)
        return money + worth * sum(credit_left(years[-1], self.codes).values(), 0.0) if worth else money

    def discount(self, year: int) -> float:
        """What a dollar of a year counts beside one of this year."""
        return float((1.0 + self.discount_rate) ** (self.year - year))


def returns_of(one: EquityYear, codes: Sequence[str]) -> list[MinimumTax]:
    """The year's return in each jurisdiction asked."""
    federal: list[MinimumTax] = [one.tax_return] if "US" in codes else []
    return [*federal, *(state.tax_return for state in one.states)]


def taxes(one: EquityYear, codes: Sequence[str]) -> Line:
    """All taxes less all credits of a year, in dollars of all jurisdictions asked."""
    federal: Line = one.tax.total if "US" in codes else 0.0
    return sum((state.tax.total for state in one.states), federal)


def minimum_taxes(one: EquityYear, codes: Sequence[str]) -> dict[str, float]:
    """The AMT of a year in each jurisdiction, in dollars."""
    federal = {"US": of_one(one.tax.alternative_minimum_tax)} if "US" in codes else {}
    return federal | {
        state.system.code: of_one(state.tax_return.minimum_tax(state.iso_spread).alternative_minimum_tax)
        for state in one.states
    }


def credit_earned(one: EquityYear, codes: Sequence[str]) -> dict[str, Line]:
    """What the AMT of a year adds to the minimum tax credit in each jurisdiction, in dollars."""
    federal = {"US": one.credit_earned} if "US" in codes else {}
    return federal | {state.system.code: state.credit_earned for state in one.states}


def credit_left(one: EquityYear, codes: Sequence[str]) -> dict[str, Line]:
    """The minimum tax credit that a year leaves to the next in each jurisdiction, in dollars, zero or more."""
    federal = {"US": zero_or_more(one.credit_carried)} if "US" in codes else {}
    return federal | {state.system.code: zero_or_more(state.credit_carried) for state in one.states}
