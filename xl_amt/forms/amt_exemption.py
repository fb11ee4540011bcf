"""The exemption of a minimum tax and its phase-out (IRC 55(d)), as the United States and California have it.

The two differ in their numbers alone; of separate filers both raise the income above the end of the phase-out.
"""

from __future__ import annotations

from typing import Protocol

from xl_amt.arithmetic.lines import Line, larger_of, smaller_of, zero_or_more


class ExemptionLaw(Protocol):
    """The numbers of one year and filing status, in dollars, the rate a fraction."""

    @property
    def exemption(self) -> float:
        """The whole exemption."""

    @property
    def phase_out_start(self) -> float:
        """Alternative minimum taxable income above which it falls."""

    @property
    def phase_out_rate(self) -> float:
        """What it falls by, for every dollar above."""

    @property
    def exemption_gone(self) -> float:
        """Alternative minimum taxable income at which nothing of it is left."""

    @property
    def separate_filer_addition(self) -> float:
        """Most that a separate filer's income is raised by; 0 for others."""


def with_separate_filer_addition(income: Line, law: ExemptionLaw) -> Line:
    """Alternative minimum taxable income, a separate filer's raised as the forms say (IRC 55(d)(2), last sentence)."""
    if law.separate_filer_addition == 0.0:
        return income
    excess = zero_or_more(income - law.exemption_gone)
    return income + smaller_of(law.phase_out_rate * excess, law.separate_filer_addition)


def exemption(income: Line, law: ExemptionLaw) -> Line:
    """What is left of the exemption at an alternative minimum taxable income (IRC 55(d)(1), (2))."""
    return zero_or_more(law.exemption - law.phase_out_rate * above_phase_out_start(income, law))


def above_phase_out_start(income: Line, law: ExemptionLaw) -> Line:
    """The part of the income by which the exemption phases out."""
    return zero_or_more(income - law.phase_out_start)


def kinks_of_phase_out(law: ExemptionLaw) -> list[float]:
    """The incomes, before a separate filer's addition, at which the exemption or the addition bends."""
    kinks = [law.phase_out_start, law.exemption_gone]
    if law.separate_filer_addition:
        kinks.append(law.exemption_gone + law.separate_filer_addition / law.phase_out_rate)
    return kinks


def income_with_this_above_exemption(above: Line, law: ExemptionLaw) -> Line:
    """The income, before a separate filer's addition, of which this much is above the exemption.

    What is above is the income less the whole exemption; in the phase-out it rises by 1 + rate; beyond it, it is the
    income itself (for a separate filer, the income with the whole addition). Each of the three is taken backwards.
    """
    rate = law.phase_out_rate
    whole_exemption = above + law.exemption
    phasing_out = (above + law.exemption + rate * law.phase_out_start) / (1.0 + rate)
    no_exemption = above - law.separate_filer_addition
    return smaller_of(whole_exemption, larger_of(phasing_out, no_exemption))
