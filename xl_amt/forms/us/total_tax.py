"""The whole federal tax of a year: Form 1040 line 16 with Schedules 2 and 3, in the order of their limits."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, larger_of, smaller_of, zero_or_more
from xl_amt.forms.us.form_1040 import RegularTax, form_1040
from xl_amt.forms.us.form_6251 import (
    Form6251,
    MinimumTaxBase,
    form_6251,
    kinks,
    minimum_tax_base,
    part_i,
    tax_before_credit,
)
from xl_amt.forms.us.form_8801 import CreditEarned, CreditUsed, credit_earned, credit_used
from xl_amt.forms.us.form_8959 import additional_medicare_tax
from xl_amt.forms.us.form_8960 import net_investment_income_tax
from xl_amt.forms.us.schedule_8812 import child_tax_credit
from xl_amt.household import Household
from xl_amt.law import FederalLaw, federal_law


class TotalTax(NamedTuple):
    """Every tax and credit of the year, in dollars."""

    regular_tax: Line
    alternative_minimum_tax: Line
    foreign_tax_credit: Line
    other_nonrefundable_credits: Line
    child_tax_credit: Line
    minimum_tax_credit: CreditUsed
    net_investment_income_tax: Line
    additional_medicare_tax: Line

    @property
    def total(self) -> Line:
        """Regular tax, AMT, net investment income tax and Additional Medicare Tax, less credits."""
        return (
            self.regular_tax
            + self.alternative_minimum_tax
            - self.foreign_tax_credit
            - self.other_nonrefundable_credits
            - self.child_tax_credit
            - self.minimum_tax_credit.credit_used
            + self.net_investment_income_tax
            + self.additional_medicare_tax
        )


class TaxReturn(NamedTuple):
    """One year's federal return but the ISO spread, from which any spread is figured (a `MinimumTax`)."""

    facts: Household
    law: FederalLaw
    regular: RegularTax
    base: MinimumTaxBase

    @property
    def jurisdiction(self) -> str:
        """The United States."""
        return "US"

    @property
    def own(self) -> None:
        """The household's facts are all that the federal return asks for."""

    @property
    def compared_tax(self) -> Line:
        """Form 6251 line 10."""
        return self.base.regular_tax

    @property
    def top_rate(self) -> float:
        """The 28% rate."""
        return self.law.high_rate

    def kinks(self) -> list[Line]:
        """Every ISO spread at which line 7 of Form 6251 may bend."""
        return kinks(self.base, self.law)

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """Form 6251 line 7 less line 8, before line 8 is limited to line 7."""
        base = self.base
        return tax_before_credit(base, iso_spread, self.law) - base.foreign_tax_credit

    def minimum_tax(self, iso_spread: Line) -> Form6251:
        """Form 6251 with this spread on line 2i."""
        return form_6251(self.base, iso_spread, self.law)

    def form_6251(self, iso_spread: Line) -> Form6251:
        """Form 6251 with this spread on line 2i."""
        return form_6251(self.base, iso_spread, self.law)

    def credit_earned(self, iso_spread: Line) -> CreditEarned:
        """What the year's AMT with this spread adds to the minimum tax credit."""
        items = part_i(self.facts, self.regular, self.law)
        return credit_earned(items, self.base, self.regular, self.form_6251(iso_spread), self.law)

    def total_tax(self, iso_spread: Line) -> TotalTax:
        """All taxes and credits with this spread.

        Credits are limited one after another to regular tax and AMT (IRC 26(a)): foreign, other nonrefundable,
        child; the minimum tax credit to what the regular tax less those passes the tentative tax by (IRC 53(c)).
        """
        facts, law, regular = self.facts, self.law, self.regular
        form = self.form_6251(iso_spread)
        foreign = smaller_of(facts.foreign_tax_credit, regular.tax)
        left = regular.tax + form.alternative_minimum_tax - foreign
        other = smaller_of(facts.other_nonrefundable_credits, left)
        children = child_tax_credit(facts, regular.adjusted_gross_income, law)
        child = smaller_of(children.nonrefundable, left - other)
        regular_tax_less_credits = zero_or_more(regular.tax - foreign - other - child)
        return TotalTax(
            regular_tax=regular.tax,
            alternative_minimum_tax=form.alternative_minimum_tax,
            foreign_tax_credit=foreign,
            other_nonrefundable_credits=other,
            child_tax_credit=child + children.refundable,
            minimum_tax_credit=credit_used(facts.minimum_tax_credit, regular_tax_less_credits, form),
            net_investment_income_tax=net_investment_income_tax(facts, regular, law),
            additional_medicare_tax=additional_medicare_tax(facts, law),
        )

    def income_without_turns(self, iso_spread: Line) -> Line:
        """Further wages above which every further dollar is taxed at 37% and at 28%, and nothing turns any more."""
        facts, base, law = self.facts, self.base, self.law
        return 20.0 * (
            larger_of(base.income, -base.income)
            + iso_spread
            + base.preferential_income
            + base.foreign_tax_credit
            + facts.foreign_tax_credit
            + facts.wages
            + law.exemption_gone
            + law.ordinary_rates.starts[-1]
        )

    def with_facts(self, facts: Household) -> TaxReturn:
        """The return of other facts under the same law."""
        return return_of(facts, self.law)


def tax_return_of(household: Household) -> TaxReturn:
    """The household's return under the federal law of its year, status and law book."""
    return return_of(household, federal_law(household.year, household.status, household.law_book))


def return_of(facts: Household, law: FederalLaw) -> TaxReturn:
    """The return of one year's facts under a law, ready for any ISO spread."""
    regular = form_1040(facts, law)
    return TaxReturn(facts, law, regular, minimum_tax_base(facts, regular, law))
