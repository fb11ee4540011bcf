"""Form 8960, Net Investment Income Tax, on interest, dividends and capital gains.

No state income tax is allocated to them (line 9b), so the tax can be a little too high for an itemizer.
"""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, choose, smaller_of, zero_or_more
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.household import Household
from xl_amt.law import FederalLaw


def net_investment_income_tax(facts: Household, regular: RegularTax, law: FederalLaw) -> Line:
    """Form 8960 line 17, in dollars (IRC 1411)."""
    tax = law.net_investment_income_tax
    line_8 = facts.interest + facts.ordinary_dividends + regular.schedule_d.gain_or_loss
    line_9a = choose(regular.deductions.itemized, facts.investment_interest, 0.0)
    line_12 = zero_or_more(line_8 - line_9a)
    line_15 = zero_or_more(regular.adjusted_gross_income - tax.threshold)
    return tax.rate * smaller_of(line_12, line_15)
