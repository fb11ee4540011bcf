"""The whole California tax of a resident's year: Form 540 line 64 with Schedule P and FTB 3510."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, larger_of, smaller_of
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.ca.form_540 import (
    ExemptionCredits,
    Form540,
    behavioral_health_services_tax,
    exemption_credits,
    form_540,
    tax_after_exemption_credits,
)
from xl_amt.forms.ca.form_3510 import CreditEarned, CreditUsed, credit_earned, credit_used
from xl_amt.forms.ca.schedule_d_540 import amt_schedule_d_540
from xl_amt.forms.ca.schedule_p import PartI, ScheduleP, kinks, part_i, schedule_p
from xl_amt.forms.us.capital_loss_carryover import capital_loss_carryover, carryover_facts
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household
from xl_amt.law import CaliforniaLaw, california_law

# California's gains for the AMT, which follow the federal ones by as much as those change
_FOLLOWING: Final = ("amt_short_term_gain", "amt_long_term_gain")


class TotalTax(NamedTuple):
    """Every tax and credit of the year, in dollars."""

    regular_tax: Line  # Form 540 line 31
    exemption_credits: ExemptionCredits  # line 32
    minimum_tax_credit: CreditUsed
    other_credits: Line  # lines 43 to 46, as far as used
    alternative_minimum_tax: Line  # line 61
    behavioral_health_services_tax: Line  # line 62

    @property
    def total(self) -> Line:
        """Line 64."""
        return (
            self.minimum_tax_credit.regular_tax_less_credits
            - self.minimum_tax_credit.credit_used
            - self.other_credits
            + self.alternative_minimum_tax
            + self.behavioral_health_services_tax
        )


class CaliforniaReturn(NamedTuple):
    """One year's Form 540 but the ISO spread, from which any spread is figured (a `MinimumTax`)."""

    federal: TaxReturn
    own: CaliforniaFacts
    law: CaliforniaLaw
    regular: Form540
    part_i: PartI
    line_21_without_spread: Line  # of Schedule P, before the separate filer's addition

    @property
    def jurisdiction(self) -> str:
        """California."""
        return "CA"

    @property
    def facts(self) -> Household:
        """The federal facts."""
        return self.federal.facts

    @property
    def compared_tax(self) -> Line:
        """Schedule P line 25: Form 540 line 31, before exemption credits."""
        return self.regular.tax

    @property
    def top_rate(self) -> float:
        """The one rate of 7%."""
        return self.law.minimum_tax_rate

    def kinks(self) -> list[Line]:
        """Every ISO spread at which line 24 of Schedule P may bend."""
        return kinks(self.line_21_without_spread, self.law)

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """Schedule P line 24."""
        return self.minimum_tax(iso_spread).tentative_minimum_tax

    def minimum_tax(self, iso_spread: Line) -> ScheduleP:
        """Schedule P with this spread on line 10."""
        return schedule_p(self.line_21_without_spread, iso_spread, self.regular.tax, self.law)

    def credit_earned(self, iso_spread: Line) -> CreditEarned:
        """What the year's AMT with this spread adds to California's minimum tax credit."""
        return credit_earned(self.part_i, self.minimum_tax(iso_spread), self.law)

    def total_tax(self, iso_spread: Line) -> TotalTax:
        """All taxes and credits with this spread: exemption credits, then the minimum tax credit, then others."""
        regular, law = self.regular, self.law
        form = self.minimum_tax(iso_spread)
        exemptions = exemption_credits(self.facts, regular.federal_income, law)
        line_35 = tax_after_exemption_credits(regular.tax, exemptions)
        used = credit_used(self.own.minimum_tax_credit, line_35, form)
        return TotalTax(
            regular_tax=regular.tax,
            exemption_credits=exemptions,
            minimum_tax_credit=used,
            other_credits=smaller_of(self.own.other_credits, line_35 - used.credit_used),
            alternative_minimum_tax=form.alternative_minimum_tax,
            behavioral_health_services_tax=behavioral_health_services_tax(regular.taxable_income, law),
        )

    def income_without_turns(self, iso_spread: Line) -> Line:
        """Further wages above which every further dollar is taxed at 12.3% and at 7%, and nothing turns any more.

        The floors of medical and miscellaneous expenses, and the cut of itemized deductions, end far below it.
        """
        law, itemized = self.law, self.regular.itemized_deductions
        before = larger_of(self.line_21_without_spread, -self.line_21_without_spread)
        facts = self.facts
        expenses = facts.medical_expenses + self.own.miscellaneous_deductions
        gifts = facts.cash_gifts + facts.property_gifts + facts.gift_carryover
        return self.federal.income_without_turns(iso_spread) + 60.0 * (
            before + itemized.total + expenses + gifts + law.exemption_gone + law.ordinary_rates.starts[-1]
        )

    def with_facts(self, facts: Household) -> CaliforniaReturn:
        """The return of other federal facts under the same law; gains given apart move with the federal AMT's."""
        changed: dict[str, Any] = {}
        for name in _FOLLOWING:
            apart = getattr(self.own, name)
            if apart is not None:
                changed[name] = apart + _federal_amt_gain(facts, name) - _federal_amt_gain(self.facts, name)
        own = replace(self.own, **changed) if changed else self.own
        return return_of(self.federal.with_facts(facts), own, self.law)


def california_return_of(federal: TaxReturn, own: CaliforniaFacts) -> CaliforniaReturn:
    """A resident's return along with the federal one, under California's law of its year, status and law book."""
    facts = federal.facts
    return return_of(federal, own, california_law(facts.year, facts.status, facts.law_book))


def return_of(federal: TaxReturn, own: CaliforniaFacts, law: CaliforniaLaw) -> CaliforniaReturn:
    """The return of one year's facts under a law, ready for any ISO spread."""
    regular = form_540(federal.facts, own, federal.regular, law)
    items = part_i(federal.facts, own, regular, law)
    return CaliforniaReturn(federal, own, law, regular, items, items.total)


def carried(tax_return: CaliforniaReturn, iso_spread: Line) -> dict[str, Line | None]:
    """What goes on to the next year's own facts: the credit, and losses by Schedule D (540) and for Schedule P.

    Losses for the minimum tax that are no others than the regular ones are not given apart.
    """
    facts, own, law, regular = tax_return.facts, tax_return.own, tax_return.law, tax_return.regular
    losses = capital_loss_carryover(regular.income_less_deductions, regular.schedule_d)
    amt_income = tax_return.minimum_tax(iso_spread).alternative_minimum_taxable_income
    amt_losses = capital_loss_carryover(amt_income, amt_schedule_d_540(facts, own, law))
    credit = tax_return.total_tax(iso_spread).minimum_tax_credit.credit_carried
    return {
        "minimum_tax_credit": credit + tax_return.credit_earned(iso_spread).credit_earned,
        **carryover_facts(losses, amt_losses),
    }


def _federal_amt_gain(facts: Household, name: str) -> Any:
    """A gain of the federal AMT, which is the regular one where it is not given apart."""
    apart = getattr(facts, name)
    return getattr(facts, name.removeprefix("amt_")) if apart is None else apart
