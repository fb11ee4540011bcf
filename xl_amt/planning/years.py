"""From equity to the household: what a client's options and shares put on each year's forms.

Losses and the minimum tax credit go from year to year, so a plan of ten years needs nothing by hand. The courts
have settled what a fallen share price does: the AMT income of the exercise stands (Speltz v. Commissioner, 124 T.C.
165, affirmed 454 F.3d 782, which gave no relief), the loss by the AMT basis is limited to 3,000 dollars a year and is
not carried back (Merlo v. Commissioner, 126 T.C. 205, affirmed 492 F.3d 618; Spitz v. Commissioner, T.C. Memo.
2006-168), and line 2k compares all sales of the year together (Palahnuk v. Commissioner, 127 T.C. 118, affirmed 544
F.3d 471).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import Line, given
from xl_amt.equity.amounts import EquityAmounts
from xl_amt.equity.portfolio import Portfolio
from xl_amt.errors import ArgumentError
from xl_amt.forms.us.capital_loss_carryover import CapitalLossCarryover
from xl_amt.forms.us.carried import amt_losses_carried, losses_carried
from xl_amt.forms.us.total_tax import TaxReturn, TotalTax, tax_return_of
from xl_amt.household import Household
from xl_amt.planning.equity_years import equity_of_years
from xl_amt.planning.state_years import StateFacts, StateYear, returns_of_states, state_tax_paid, state_years


class EquityYear(NamedTuple):
    """One year: its household, the ISO spread that is next to it, and the federal return that follows.

    ``notes`` are what to look at before the figures are used (`xl_amt.equity.flags`, and where an export cannot be
    followed): the same in every year. Of several portfolios, each begins with the name of its own.
    """

    amounts: EquityAmounts
    tax_return: TaxReturn
    tax: TotalTax
    notes: tuple[str, ...]
    states: tuple[StateYear, ...] = ()  # the returns of the states that are figured next to it

    @property
    def household(self) -> Household:
        """All facts of the year, its equity among them."""
        return self.tax_return.facts

    @property
    def iso_spread(self) -> float:
        """The ISO spread next to them (Form 6251 line 2i)."""
        return self.amounts.iso_spread

    @property
    def losses_carried(self) -> CapitalLossCarryover:
        """The losses that go on to the next year, for the regular tax."""
        return losses_carried(self.tax_return)

    @property
    def amt_losses_carried(self) -> CapitalLossCarryover:
        """The losses that go on to the next year, refigured for the AMT."""
        return amt_losses_carried(self.tax_return, self.iso_spread)

    @property
    def credit_earned(self) -> Line:
        """What the year's AMT adds to the minimum tax credit; below zero where a sale lowers AMT income."""
        return self.tax_return.credit_earned(self.iso_spread).credit_earned

    @property
    def credit_carried(self) -> Line:
        """The minimum tax credit of the next year: what is left, and what this year earns (Form 8801)."""
        return self.tax.minimum_tax_credit.credit_carried + self.credit_earned


def years(
    portfolio: Portfolio | Sequence[Portfolio],
    facts: Sequence[Household],
    states: Sequence[StateFacts] = (),
    state_tax_given: Collection[int] = (),
    spread_exercised: Mapping[int, float] | None = None,
) -> list[EquityYear]:
    """The Household and the ISO spread of each year of ``facts``, which hold the rest of the client's year.

    Several portfolios, of two spouses or of several companies, are summed; the $100,000 rule counts in each for itself.
    A spouse's stands on joint returns alone (IRC 6013): it is left out of other years, and a note says so.
    The facts are of one year after another. Exercises and sales before the first of them are history: they made the
    lots. Loss carryovers and the minimum tax credit of the first year are given in its facts; those of later years
    follow from the forms, but for the year after a joint return in which the client files another one: they are then
    given again. ArgumentError names what is out of order, NotHeldError what is out of scope.

    Of ``states`` each has its own return along with the federal one, on the same equity. But for the years of
    ``state_tax_given``, their taxes are Schedule A's state income tax: those of the year but for what its ISO spread
    adds, taken as withheld, and what last year's spread added, paid with its return.

    ``spread_exercised`` is the ISO spread of a year's exercises that no portfolio lists, in dollars by year.

    >>> from datetime import date
    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.portfolio import Exercise
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 10_000, fmv_at_grant=2.0)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 1), 10_000, fmv=14.0),))
    >>> plan = years(portfolio, [Household(2026, "single", 180_000.0), Household(2027, "single", 180_000.0)])
    >>> plan[0].iso_spread, round(plan[0].tax.alternative_minimum_tax), round(plan[1].household.minimum_tax_credit)
    (120000.0, 22640, 22640)
    """
    _check_facts(facts)
    amounts, notes = equity_of_years(portfolio, facts, spread_exercised)
    done: list[EquityYear] = []
    for own in facts:
        done.append(next_year(done, own, amounts[own.year], notes, states, state_tax_given))
    return done


def next_year(
    done: Sequence[EquityYear],
    own: Household,
    equity: EquityAmounts,
    notes: tuple[str, ...] = (),
    states: Sequence[StateFacts] = (),
    state_tax_given: Collection[int] = (),
) -> EquityYear:
    """The year that follows those that are ``done``: its own facts, what they leave to it, and its equity.

    ``states`` hold their own facts from the first year on. Any amount may be a function of one unknown
    (arithmetic/piecewise.py), such as the price of a later sale: then so are the figures.
    """
    before = done[-1] if done else None
    states_before = before.states if before else ()
    carried = _carried_into(own, before) if before else own
    household = _with_equity(carried, equity)
    spread = equity.iso_spread
    tax_return = tax_return_of(household)
    of_states = returns_of_states(states, len(done), states_before, carried, tax_return) if states else ()
    if of_states and own.year not in state_tax_given:
        tax_return = tax_return_of(replace(household, state_income_tax=state_tax_paid(of_states, states_before)))
    figured = state_years(states, of_states, tax_return, spread)
    return EquityYear(equity, tax_return, tax_return.total_tax(spread), notes, figured)


def _with_equity(facts: Household, added: EquityAmounts) -> Household:
    """The facts of a year with its equity in them; refigured gains for the AMT only where there are sales."""
    household = replace(
        facts,
        wages=facts.wages + added.wages + added.disqualifying_wages,
        medicare_wages=given(facts.medicare_wages, facts.wages) + added.wages,
        wages_already_taxed_by_amt=facts.wages_already_taxed_by_amt + added.wages_already_taxed_by_amt,
        other_income=facts.other_income + added.ordinary_gain,
    )
    if not added.has_sales:
        return household
    return replace(
        household,
        short_term_gain=facts.short_term_gain + added.short_term_gain,
        long_term_gain=facts.long_term_gain + added.long_term_gain,
        amt_short_term_gain=given(facts.amt_short_term_gain, facts.short_term_gain) + added.amt_short_term_gain,
        amt_long_term_gain=given(facts.amt_long_term_gain, facts.long_term_gain) + added.amt_long_term_gain,
    )


_LOSSES: Final = (
    "short_term_loss_carryover",
    "long_term_loss_carryover",
    "amt_short_term_loss_carryover",
    "amt_long_term_loss_carryover",
)
_CREDIT: Final = ("minimum_tax_credit",)


def _carried_into(facts: Household, before: EquityYear) -> Household:
    """A year's facts with the losses and the credit that the year before leaves (Schedule D; Form 8801)."""
    losses, amt_losses, credit = before.losses_carried, before.amt_losses_carried, before.credit_carried
    if _leaves_a_joint_return(before.household, facts):
        lost = (any(losses) or any(amt_losses)) and not _gives(facts, _LOSSES)
        if lost or (credit > 0.0 and not _gives(facts, _CREDIT)):
            raise ArgumentError(
                f"facts: {facts.year} is filed as {facts.status} after a joint return, and which of its losses and "
                "minimum tax credit are the client's is not known; enter them in the facts of that year, or begin "
                "with it."
            )
        return facts
    carried = replace(
        facts,
        short_term_loss_carryover=losses.short_term,
        long_term_loss_carryover=losses.long_term,
        minimum_tax_credit=credit,
    )
    if amt_losses == losses:
        return carried
    return replace(
        carried,
        amt_short_term_loss_carryover=amt_losses.short_term,
        amt_long_term_loss_carryover=amt_losses.long_term,
    )


def _leaves_a_joint_return(before: Household, facts: Household) -> bool:
    """A joint return's losses and credit are split by whose they were (Treas. Reg. 1.1212-1(c)(1)(iii))."""
    return before.status == "mfj" and facts.status != "mfj"


def _gives(facts: Household, names: Sequence[str]) -> bool:
    return any(getattr(facts, name) for name in names)


def _check_facts(facts: Sequence[Household]) -> None:
    if not facts:
        raise ArgumentError("facts: there are none; pass the Household of each year.")
    for before, own in pairwise(facts):
        if own.year != before.year + 1:
            raise ArgumentError(f"facts: {own.year} follows {before.year}; pass one Household per year, in order.")
        if _gives(own, _LOSSES + _CREDIT) and not _leaves_a_joint_return(before, own):
            raise ArgumentError(
                f"facts: {own.year} gives a loss carryover or a minimum tax credit, which follows from {before.year}; "
                "leave it out, or begin with that year."
            )
