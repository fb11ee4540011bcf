"""States without a minimum tax: a plain rate of federal taxable income, or none where wages and investment are untaxed.

The rate is the household's own statement, never this program's: what a state's return makes of its deductions,
brackets and credits is not figured here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, everywhere
from xl_amt.errors import ArgumentError, NoAnswerError, NotHeldError
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household, Refusal


@dataclass(frozen=True, slots=True)
class PlainRateState:
    """A state by its two letters and its name, and whether it taxes nothing that a household is asked for."""

    code: str
    name: str
    is_untaxed: bool

    def no_limit(self) -> NoAnswerError:
        """The error where a limit to the spread is asked for, or income as a minimum tax defines it."""
        return NoAnswerError(
            f"jurisdiction: {self.name} has no minimum tax, so it does not limit the spread; use US or US+{self.code}."
        )


class PlainRateTax(NamedTuple):
    """The tax at the plain rate, in dollars."""

    adjusted_gross_income: Line  # of Form 1040
    taxable_income: Line
    rate: Line
    state: PlainRateState

    @property
    def tax(self) -> Line:
        """Rate times federal taxable income; ArgumentError where a rate is needed and not stated."""
        if self.state.is_untaxed:
            return 0.0 * self.taxable_income
        if not everywhere(self.rate > 0.0):
            raise ArgumentError(
                f"Plain state tax rate: it is blank or 0, and the tax of {self.state.name} is not figured here; enter "
                "its rate as a fraction of federal taxable income, such as 0.05."
            )
        return self.rate * self.taxable_income


class NoMinimumTax(NamedTuple):
    """What a minimum tax would say, where there is none, in dollars."""

    regular: PlainRateTax

    @property
    def alternative_minimum_taxable_income(self) -> Line:
        """There is none: NoAnswerError."""
        raise self.regular.state.no_limit()

    @property
    def tentative_minimum_tax(self) -> Line:
        """None."""
        return 0.0

    @property
    def regular_tax(self) -> Line:
        """The tax at the plain rate."""
        return self.regular.tax

    @property
    def alternative_minimum_tax(self) -> Line:
        """None."""
        return 0.0


class NoCreditEarned(NamedTuple):
    """No AMT earns no credit."""

    credit_earned: Line = 0.0


class NoCreditUsed(NamedTuple):
    """No credit to be used or carried."""

    regular_tax_less_credits: Line = 0.0
    credit_used: Line = 0.0
    credit_carried: Line = 0.0


class PlainRateTaxes(NamedTuple):
    """The tax at the plain rate, and no credit, in dollars."""

    regular: PlainRateTax
    minimum_tax_credit: NoCreditUsed = NoCreditUsed()

    @property
    def total(self) -> Line:
        """The tax at the plain rate."""
        return self.regular.tax


class PlainRateReturn(NamedTuple):
    """One year's return in a state without a minimum tax (a `MinimumTax` that takes nothing and limits nothing)."""

    federal: TaxReturn
    state: PlainRateState

    @property
    def jurisdiction(self) -> str:
        """The state by its two letters."""
        return self.state.code

    @property
    def facts(self) -> Household:
        """The federal facts."""
        return self.federal.facts

    @property
    def own(self) -> None:
        """The plain rate is among the federal facts."""

    @property
    def regular(self) -> PlainRateTax:
        """The tax at the plain rate."""
        regular = self.federal.regular
        return PlainRateTax(
            regular.adjusted_gross_income, regular.taxable_income, self.facts.state_tax_rate, self.state
        )

    @property
    def compared_tax(self) -> Line:
        """Nothing is compared with it: NoAnswerError."""
        raise self.state.no_limit()

    @property
    def top_rate(self) -> float:
        """No rate."""
        return 0.0

    def kinks(self) -> list[Line]:
        """No tax that bends: NoAnswerError, for who asks looks for a limit."""
        raise self.state.no_limit()

    def unlimited_tentative_tax(self, iso_spread: Line) -> Line:
        """None."""
        return 0.0 * iso_spread

    def minimum_tax(self, iso_spread: Line) -> NoMinimumTax:  # noqa: ARG002 - no spread brings any
        """None."""
        return NoMinimumTax(self.regular)

    def credit_earned(self, iso_spread: Line) -> NoCreditEarned:  # noqa: ARG002
        """None."""
        return NoCreditEarned()

    def total_tax(self, iso_spread: Line) -> PlainRateTaxes:  # noqa: ARG002
        """The tax at the plain rate."""
        return PlainRateTaxes(self.regular)

    def income_without_turns(self, iso_spread: Line) -> Line:
        """As for the federal return, whose taxable income it rests on."""
        return self.federal.income_without_turns(iso_spread)

    def with_facts(self, facts: Household) -> PlainRateReturn:
        """The return of other federal facts."""
        return self._replace(federal=self.federal.with_facts(facts))


def _system(state: PlainRateState, refusals: list[Refusal]) -> TaxSystem:
    def tax_return(federal: TaxReturn, _: Any) -> PlainRateReturn:
        return PlainRateReturn(federal, state)

    def exemption(*_: Any) -> Line:
        raise NoAnswerError(f"jurisdiction: {state.name} has no minimum tax, and so no exemption; use US.")

    note = f"{state.name} has no tax on this income" if state.is_untaxed else f"{state.name} at the plain rate entered"
    return TaxSystem(
        code=state.code,
        place=state.name,
        tax_return=tax_return,
        exemption=exemption,
        refusals=tuple(refusals),
        has_minimum_tax=False,
        is_untaxed=state.is_untaxed,
        note=note,
    )


def _had_minimum_tax(state: str, before: int) -> Refusal:
    return Refusal(
        lambda household, _: household.year < before,
        f"jurisdiction: {state} had a minimum tax before {before}, which is not available; use US alone, or a year "
        f"from {before} on.",
        NotHeldError,
    )


def _takes_no_rate(state: str) -> Refusal:
    return Refusal(
        lambda household, _: household.state_tax_rate > 0.0,
        f"Plain state tax rate: {state} has no tax on wages, so no rate applies; leave it blank.",
    )


def _taxes(state: str, rule: dict[str, Any]) -> Refusal:
    """The refusal of a household that has what an otherwise untaxed state taxes."""
    amount, above = _AMOUNTS[rule["taxes"]], rule.get("above", 0.0)
    first, last = rule.get("from", 0), rule.get("through", 9999)
    return Refusal(
        lambda household, _: (amount(household) > above) & (first <= household.year <= last),
        f"jurisdiction: {state}'s tax on {rule['taxes']} is not available, and this household has such income; use US "
        "alone.",
        NotHeldError,
    )


_AMOUNTS: Final[dict[str, Callable[[Household], Any]]] = {
    "interest and dividends": lambda household: household.interest + household.ordinary_dividends,
    "long-term gains": lambda household: household.long_term_gain,
}


def _read() -> tuple[TaxSystem, ...]:
    contents = tomllib.loads(files(__package__).joinpath("plain_rate.toml").read_text("utf-8"))
    systems = []
    for code, name in contents["states"].items():
        untaxed, earlier = contents["no_tax"].get(code), contents["minimum_tax_before"].get(code)
        refusals = []
        if earlier is not None:
            refusals.append(_had_minimum_tax(name, earlier))
        if untaxed is not None:
            refusals.append(_takes_no_rate(name))
            if "taxes" in untaxed:
                refusals.append(_taxes(name, untaxed))
        systems.append(_system(PlainRateState(code, name, untaxed is not None), refusals))
    return tuple(systems)


PLAIN_RATE_STATES: Final = _read()
