"""Form CT-1040 to line 6, the income tax, by its Tax Calculation Schedule (CT-1040 TCS)."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, begun_thousands, choose, smaller_of, zero_or_more
from xl_amt.forms.ct.facts import ConnecticutFacts
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.connecticut import ConnecticutLaw, SteppedTax


class FormCT1040(NamedTuple):
    """The Tax Calculation Schedule, in dollars."""

    adjusted_gross_income: Line  # line 1
    personal_exemption: Line  # line 2
    taxable_income: Line  # line 3
    tax_by_brackets: Line  # line 4
    lowest_rate_add_back: Line  # line 5
    recapture: Line  # line 6
    personal_credit: Line  # line 9
    tax: Line  # line 10: the income tax


def form_ct_1040(federal: TaxReturn, own: ConnecticutFacts, law: ConnecticutLaw) -> FormCT1040:
    """The income tax on one year's facts, in dollars (C.G.S. 12-700, 12-702, 12-703)."""
    line_1 = federal.regular.adjusted_gross_income + own.income_adjustments - federal.facts.state_tax_refund
    exemption = law.personal_exemption
    above_start = smaller_of(zero_or_more(line_1 - exemption.phase_out_start), exemption.amount)
    line_2 = exemption.amount - 1_000.0 * begun_thousands(above_start)
    line_3 = zero_or_more(line_1 - line_2)
    line_4 = law.rates.tax(line_3)
    line_5 = _stepped(line_1, law.lowest_rate_add_back)
    line_6 = _stepped(line_1, law.recapture) + _stepped(line_1, law.recapture_at_the_top)
    if law.recapture_from_2024 is not None:
        line_6 = line_6 + _stepped(line_1, law.recapture_from_2024)
    line_7 = line_4 + line_5 + line_6
    line_10 = _after_personal_credit(line_7, line_1, law)
    return FormCT1040(
        adjusted_gross_income=line_1,
        personal_exemption=line_2,
        taxable_income=line_3,
        tax_by_brackets=line_4,
        lowest_rate_add_back=line_5,
        recapture=line_6,
        personal_credit=line_7 - line_10,
        tax=line_10,
    )


def _stepped(income: Line, table: SteppedTax) -> Line:
    """Tables C and D: an amount for every step of income above the start that has begun, up to the most."""
    whole_table = table.step * table.most / table.amount
    above_start = smaller_of(zero_or_more(income - table.start), whole_table)
    return table.amount * begun_thousands(1_000.0 / table.step * above_start)


def _after_personal_credit(tax: Line, income: Line, law: ConnecticutLaw) -> Line:
    """Table E: the part of the tax that the personal tax credit leaves, by the highest of its incomes that is passed.

    No income below the first of them is taxed.
    """
    left = tax * law.tax_left_by_personal_credit[0]
    for above, part in zip(law.personal_credit_incomes[1:], law.tax_left_by_personal_credit[1:], strict=True):
        left = choose(income > above, tax * part, left)
    return left
