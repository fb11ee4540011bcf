"""A Minnesota resident's return of one year: the minimum tax for any ISO spread, and all taxes and credits."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, larger_of, smaller_of, zero_or_more
from xl_amt.forms.mn.facts import MinnesotaFacts
from xl_amt.forms.mn.m1 import FormM1, form_m1
from xl_amt.forms.mn.m1mt import MinnesotaIncome, ScheduleM1MT, kinks, minnesota_income, schedule_m1mt
from xl_amt.forms.mn.m1mtc import MinnesotaCreditEarned, MinnesotaCreditUsed, credit_earned, credit_used
from xl_amt.forms.us.form_8960 import net_investment_income
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household
from xl_amt.law.minnesota import MinnesotaLaw, minnesota_law


class MinnesotaTaxes(NamedTuple):
    """Every tax and credit of the year, in dollars."""

    income_tax: Line
    alternative_minimum_tax: Line
    other_credits: Line
    minimum_tax_credit: MinnesotaCreditUsed
    net_investment_income_tax: Line

    @property
    def total(self) -> Line:
        """Income tax, AMT and net investment income tax, less credits."""
        return (
            self.income_tax
            + self.alternative_minimum_tax
            - self.other_credits
            - self.minimum_tax_credit.credit_used
            + self.net_investment_income_tax
        )


class MinnesotaReturn(NamedTuple):
    """One year's Minnesota return but the ISO spread, from which any spread is figured (a `MinimumTax`)."""

    federal: TaxReturn
    own: MinnesotaFacts
    law: MinnesotaLaw
    regular: FormM1
    income: MinnesotaIncome

    @property
    def jurisdiction(self) -> str:
        """Minnesota."""
        return "MN"

    @property
    def facts(self) -> Household:
        """The federal facts."""
        return self.federal.facts

    @property
    def compared_tax(self) -> Line:
        """Schedule M1MT line 28."""
        return self.regular.tax

    @property
    def top_rate(self) -> float:
        """The rate of line 27."""
        return self.law.minimum_rate

    def kinks(self) -> list[Line]:
        """Every ISO spread at which line 27 may bend."""
        return kinks(self.income, self.law)

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """Schedule M1MT line 27."""
        return self.minimum_tax(iso_spread).tentative_minimum_tax

    def minimum_tax(self, iso_spread: Line) -> ScheduleM1MT:
        """Schedule M1MT with this spread."""
        return schedule_m1mt(self.income, self.regular.tax, iso_spread, self.law)

    def credit_earned(self, iso_spread: Line) -> MinnesotaCreditEarned:
        """What the year's AMT with this spread adds to the minimum tax credit."""
        return credit_earned(self.income, self.minimum_tax(iso_spread), self.law)

    def total_tax(self, iso_spread: Line) -> MinnesotaTaxes:
        """All taxes and credits with this spread."""
        schedule = self.minimum_tax(iso_spread)
        other = smaller_of(self.own.other_credits, schedule.regular_tax + schedule.alternative_minimum_tax)
        return MinnesotaTaxes(
            income_tax=schedule.regular_tax,
            alternative_minimum_tax=schedule.alternative_minimum_tax,
            other_credits=other,
            minimum_tax_credit=credit_used(self.own.minimum_tax_credit, other, schedule),
            net_investment_income_tax=self._net_investment_income_tax(),
        )

    def income_without_turns(self, iso_spread: Line) -> Line:
        """Further wages above which nothing turns any more."""
        adjusted = larger_of(self.own.income_adjustments, -self.own.income_adjustments)
        return self.federal.income_without_turns(iso_spread) + 20.0 * (
            adjusted + larger_of(self.income.total, -self.income.total)
        )

    def with_facts(self, facts: Household) -> MinnesotaReturn:
        """The return of other federal facts under the same law."""
        return _return_of(self.federal.with_facts(facts), self.own, self.law)

    def _net_investment_income_tax(self) -> Line:
        """Schedule M1NIIT (Minn. Stat. 290.033), from 2024 on."""
        tax = self.law.net_investment_income_tax
        if tax is None:
            return 0.0
        return tax.rate * zero_or_more(net_investment_income(self.facts, self.federal.regular) - tax.threshold)


def minnesota_return(federal: TaxReturn, own: MinnesotaFacts) -> MinnesotaReturn:
    """A resident's Minnesota return along with the federal one; NotHeldError for a year that is not held."""
    facts = federal.facts
    return _return_of(federal, own, minnesota_law(facts.year, facts.status, facts.law_book))


def _return_of(federal: TaxReturn, own: MinnesotaFacts, law: MinnesotaLaw) -> MinnesotaReturn:
    regular = form_m1(federal, own, law)
    return MinnesotaReturn(federal, own, law, regular, minnesota_income(federal, own, regular))
