"""A Connecticut resident's return of one year: the minimum tax for any ISO spread, and all taxes and credits."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, choose, given, larger_of, smaller_of, zero_or_more
from xl_amt.forms.ct.ct_1040 import FormCT1040, form_ct_1040
from xl_amt.forms.ct.ct_6251 import FormCT6251, form_ct_6251, kinks_of_line_17, owes_federal_amt, unlimited_line_17
from xl_amt.forms.ct.ct_8801 import ConnecticutCreditEarned, ConnecticutCreditUsed, credit_earned, credit_used
from xl_amt.forms.ct.facts import ConnecticutFacts
from xl_amt.forms.minimum_tax import sides_of_step
from xl_amt.forms.spread_within import spread_within
from xl_amt.forms.us.form_6251 import lines_4_to_6
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household
from xl_amt.law.connecticut import ConnecticutLaw, connecticut_law


class ConnecticutTaxes(NamedTuple):
    """Every tax and credit of the year, in dollars."""

    income_tax: Line
    alternative_minimum_tax: Line
    other_credits: Line
    minimum_tax_credit: ConnecticutCreditUsed

    @property
    def total(self) -> Line:
        """Income tax and AMT, less credits."""
        return self.income_tax + self.alternative_minimum_tax - self.other_credits - self.minimum_tax_credit.credit_used


class ConnecticutReturn(NamedTuple):
    """One year's Connecticut return but the ISO spread, from which any spread is figured (a `MinimumTax`)."""

    federal: TaxReturn
    own: ConnecticutFacts
    law: ConnecticutLaw
    regular: FormCT1040

    @property
    def jurisdiction(self) -> str:
        """Connecticut."""
        return "CT"

    @property
    def facts(self) -> Household:
        """The federal facts."""
        return self.federal.facts

    @property
    def compared_tax(self) -> Line:
        """Form CT-6251 line 20."""
        return self.regular.tax

    @property
    def top_rate(self) -> float:
        """19% of the federal 28%."""
        return self.law.part_of_tentative_tax * self.federal.law.high_rate

    def kinks(self) -> list[Line]:
        """Every ISO spread at which line 17 may bend, and both sides of the step where federal AMT begins."""
        return [
            *kinks_of_line_17(self.federal.base, self._adjustments, self.federal.law),
            *sides_of_step(spread_within(self.federal, HALF_A_CENT)),
        ]

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """Form CT-6251 line 19 before the foreign tax credit is limited; up to line 20 where no federal AMT is owed."""
        line_1, _, _ = lines_4_to_6(self.federal.base, iso_spread, self.federal.law)
        line_17 = unlimited_line_17(line_1 + self._adjustments, self.federal, self.law)
        return choose(owes_federal_amt(self.federal, iso_spread), line_17, smaller_of(line_17, self.regular.tax))

    def minimum_tax(self, iso_spread: Line) -> FormCT6251:
        """Form CT-6251 with this spread."""
        return form_ct_6251(self.federal, self.own, self.regular.tax, iso_spread, self.law)

    def credit_earned(self, iso_spread: Line) -> ConnecticutCreditEarned:
        """What the year's AMT with this spread adds to the minimum tax credit."""
        return credit_earned(self.federal, self.own, self.minimum_tax(iso_spread), self.law)

    def total_tax(self, iso_spread: Line) -> ConnecticutTaxes:
        """All taxes and credits with this spread; the minimum tax credit is the last of them."""
        form = self.minimum_tax(iso_spread)
        other = smaller_of(self.own.other_credits, form.regular_tax + form.alternative_minimum_tax)
        income_tax_less_credits = zero_or_more(form.regular_tax - other)
        return ConnecticutTaxes(
            income_tax=form.regular_tax,
            alternative_minimum_tax=form.alternative_minimum_tax,
            other_credits=other,
            minimum_tax_credit=credit_used(self.own.minimum_tax_credit, income_tax_less_credits, form),
        )

    def income_without_turns(self, iso_spread: Line) -> Line:
        """Further wages above which nothing turns any more."""
        highest_turn = (
            self.law.rates.starts[-1] + self._size(self.own.income_adjustments) + self._size(self._adjustments)
        )
        return self.federal.income_without_turns(iso_spread) + 20.0 * highest_turn

    def with_facts(self, facts: Household) -> ConnecticutReturn:
        """The return of other federal facts under the same law."""
        return _return_of(self.federal.with_facts(facts), self.own, self.law)

    @property
    def _adjustments(self) -> Line:
        return given(self.own.amt_income_adjustments, self.own.income_adjustments)

    @staticmethod
    def _size(amount: Line) -> Line:
        return larger_of(amount, -amount)


def connecticut_return(federal: TaxReturn, own: ConnecticutFacts) -> ConnecticutReturn:
    """A resident's Connecticut return along with the federal one, under the law of its year and status."""
    facts = federal.facts
    return _return_of(federal, own, connecticut_law(facts.year, facts.status, facts.law_book))


def _return_of(federal: TaxReturn, own: ConnecticutFacts, law: ConnecticutLaw) -> ConnecticutReturn:
    return ConnecticutReturn(federal, own, law, form_ct_1040(federal, own, law))
