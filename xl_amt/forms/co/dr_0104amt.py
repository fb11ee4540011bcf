"""Form DR 0104AMT, Colorado Alternative Minimum Tax Computation Schedule.

It begins with federal income above the federal exemption, so the federal phase-out, of 25% or, from 2026, 50%, is in
Colorado's minimum tax too.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, choose, zero_or_more
from xl_amt.forms.co.dr_0104 import FormDR0104, business_income_addition, is_limited
from xl_amt.forms.co.facts import ColoradoFacts
from xl_amt.forms.us.form_6251 import lines_4_to_6
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.colorado import ColoradoLaw


class FormDR0104AMT(NamedTuple):
    """Form DR 0104AMT, in dollars."""

    federal_income_above_exemption: Line  # line 1: Form 6251 line 4 less line 5; may be negative
    additions: Line  # line 2
    subtractions: Line  # line 4
    alternative_minimum_taxable_income: Line  # line 5
    tentative_minimum_tax: Line  # line 6
    regular_tax: Line  # line 7: the normal tax, DR 0104 line 10
    alternative_minimum_tax: Line  # line 8


def form_dr_0104amt(
    federal: TaxReturn, own: ColoradoFacts, normal: FormDR0104, iso_spread: Line, law: ColoradoLaw
) -> FormDR0104AMT:
    """Colorado's AMT on one year's facts with an ISO spread, in dollars (C.R.S. 39-22-105)."""
    line_4_of_6251, line_5_of_6251, _ = lines_4_to_6(federal.base, iso_spread, federal.law)
    line_1 = line_4_of_6251 - line_5_of_6251
    line_2 = amt_additions(federal, own, law)
    line_4 = own.subtractions
    line_5 = line_1 + line_2 - line_4
    line_6 = law.minimum_rate * zero_or_more(line_5)
    line_7 = normal.tax
    return FormDR0104AMT(
        federal_income_above_exemption=line_1,
        additions=line_2,
        subtractions=line_4,
        alternative_minimum_taxable_income=line_5,
        tentative_minimum_tax=line_6,
        regular_tax=line_7,
        alternative_minimum_tax=zero_or_more(line_6 - line_7),
    )


def amt_additions(federal: TaxReturn, own: ColoradoFacts, law: ColoradoLaw) -> Line:
    """Line 2: the additions of Form DR 0104 that federal AMT income does not have in it already.

    It has the standard deduction and Schedule A's taxes; so of the deductions above the limit only those count that
    are still deducted for the federal AMT (docs/decisions/colorado-additions-for-the-amt.md).
    """
    business = business_income_addition(federal, law)
    limit, deductions = law.deduction_limit, federal.regular.deductions
    if limit is None:
        return own.additions + business
    still_deducted = deductions.taken - deductions.not_allowed_for_amt + deductions.cut_not_made_for_amt
    above = choose(is_limited(federal, law), zero_or_more(still_deducted - limit.allowed), 0.0)
    return own.additions + business + above
