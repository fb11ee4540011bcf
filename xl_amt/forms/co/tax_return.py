"""A Colorado resident's return of one year: the minimum tax for any ISO spread, and all taxes and credits."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.errors import NotHeldError
from xl_amt.forms.amt_exemption import income_with_this_above_exemption, kinks_of_phase_out
from xl_amt.forms.co.dr_0104 import FormDR0104, form_dr_0104
from xl_amt.forms.co.dr_0104amt import FormDR0104AMT, amt_additions, form_dr_0104amt
from xl_amt.forms.co.facts import ColoradoFacts
from xl_amt.forms.spread_within import spread_with_tentative_tax
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household
from xl_amt.law.colorado import ColoradoLaw, colorado_law


class ColoradoCreditEarned(NamedTuple):
    """Nothing of Colorado's own AMT becomes credit: its credit is a part of the federal one, in dollars."""

    credit_earned: Line


class ColoradoCredit(NamedTuple):
    """The Colorado minimum tax credit at one spread, in dollars."""

    tax_return: ColoradoReturn
    credit_used: Line
    credit_carried: Line

    @property
    def regular_tax_less_credits(self) -> Line:
        """Tentative tax at the spread to which the federal credit, and so Colorado's, stays whole; plus the credit."""
        return self.tax_return.tentative_tax_keeping_credit() + self.credit_used


class ColoradoTaxes(NamedTuple):
    """Every tax and credit of the year, in dollars."""

    normal_tax: Line
    alternative_minimum_tax: Line
    other_credits: Line
    minimum_tax_credit: ColoradoCredit

    @property
    def total(self) -> Line:
        """Normal tax and AMT, less credits."""
        return self.normal_tax + self.alternative_minimum_tax - self.other_credits - self.minimum_tax_credit.credit_used


class ColoradoReturn(NamedTuple):
    """One year's Colorado return but the ISO spread, from which any spread is figured (a `MinimumTax`)."""

    federal: TaxReturn
    own: ColoradoFacts
    law: ColoradoLaw
    regular: FormDR0104

    @property
    def jurisdiction(self) -> str:
        """Colorado."""
        return "CO"

    @property
    def facts(self) -> Household:
        """The federal facts."""
        return self.federal.facts

    @property
    def compared_tax(self) -> Line:
        """Form DR 0104AMT line 7."""
        return self.regular.tax

    @property
    def top_rate(self) -> float:
        """The rate of Form DR 0104AMT line 6."""
        return self.law.minimum_rate

    def kinks(self) -> list[Line]:
        """Every ISO spread at which line 6 may bend: where line 5 turns positive, and the exemption phases out."""
        law, income = self.federal.law, self.federal.base.income
        zero_of_line_5 = self.own.subtractions - amt_additions(self.federal, self.own, self.law)
        on_line_4 = [income_with_this_above_exemption(zero_of_line_5, law), *kinks_of_phase_out(law)]
        return [kink - income for kink in on_line_4]

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """Form DR 0104AMT line 6."""
        return self.minimum_tax(iso_spread).tentative_minimum_tax

    def minimum_tax(self, iso_spread: Line) -> FormDR0104AMT:
        """Form DR 0104AMT with this spread."""
        return form_dr_0104amt(self.federal, self.own, self.regular, iso_spread, self.law)

    def credit_earned(self, iso_spread: Line) -> ColoradoCreditEarned:
        """None: what the federal AMT earns brings Colorado's credit too, in the year in which it is used."""
        return ColoradoCreditEarned(0.0 * iso_spread)

    def total_tax(self, iso_spread: Line) -> ColoradoTaxes:
        """All taxes and credits with this spread; the minimum tax credit is the last of them, and none is carried."""
        form = self.minimum_tax(iso_spread)
        tax = form.regular_tax + form.alternative_minimum_tax
        other = smaller_of(self.own.other_credits, tax)
        federal_credit = self.federal.total_tax(iso_spread).minimum_tax_credit.credit_used
        used = smaller_of(self.law.share_of_federal_credit * federal_credit, zero_or_more(tax - other))
        return ColoradoTaxes(
            normal_tax=form.regular_tax,
            alternative_minimum_tax=form.alternative_minimum_tax,
            other_credits=other,
            minimum_tax_credit=ColoradoCredit(self, used, 0.0 * used),
        )

    def tentative_tax_keeping_credit(self) -> Line:
        """Line 6 at the largest spread that leaves the federal minimum tax credit as if nothing was exercised."""
        unexercised = self.federal.total_tax(0.0).minimum_tax_credit
        kept = unexercised.regular_tax_less_credits - unexercised.credit_used
        return self.unlimited_tentative_tax(spread_with_tentative_tax(self.federal, kept))

    def income_without_turns(self, iso_spread: Line) -> Line:
        """Further wages above which nothing turns any more."""
        own = self.own.additions + self.own.subtractions
        return self.federal.income_without_turns(iso_spread) + 20.0 * own

    def with_facts(self, facts: Household) -> ColoradoReturn:
        """The return of other federal facts under the same law."""
        return _return_of(self.federal.with_facts(facts), self.own, self.law)


def colorado_return(federal: TaxReturn, own: ColoradoFacts) -> ColoradoReturn:
    """A resident's Colorado return along with the federal one; NotHeldError for a year whose rate is not held."""
    facts = federal.facts
    return _return_of(federal, own, colorado_law(facts.year, facts.status, facts.law_book))


def _return_of(federal: TaxReturn, own: ColoradoFacts, law: ColoradoLaw) -> ColoradoReturn:
    if law.normal_rate is None:
        raise NotHeldError(
            f"year: Colorado's tax of {law.year} is not available: whether a state surplus cuts the 4.4% rate for the "
            "year is not confirmed; use US alone, or a year through 2025."
        )
    return ColoradoReturn(federal, own, law, form_dr_0104(federal, own, law.normal_rate, law))
