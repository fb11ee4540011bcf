"""Form 8960, Net Investment Income Tax, on interest, dividends, rental and passive income, and capital gains.

Business income of a trade in which the filer is active carries none (IRC 1411(c)(2)). State income tax comes off only
as far as the household says how much of it belongs here (line 9b), so without that the tax is a little high for an
itemizer.
"""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line, choose, smaller_of, zero_or_more
from xl_amt.forms.us.form_1040 import RegularTax
from xl_amt.household import Household
from xl_amt.law import FederalLaw


def net_investment_income_tax(facts: Household, regular: RegularTax, law: FederalLaw) -> Line:
    """Form 8960 line 17, in dollars (IRC 1411)."""
    tax = law.net_investment_income_tax
    line_12 = net_investment_income(facts, regular)
    line_15 = zero_or_more(regular.adjusted_gross_income - tax.threshold)
    return tax.rate * smaller_of(line_12, line_15)


def net_investment_income(facts: Household, regular: RegularTax) -> Line:
    """Form 8960 line 12, in dollars, zero or more."""
    line_4a = facts.rental_and_passive_income
    line_8 = facts.interest + facts.ordinary_dividends + line_4a + regular.schedule_d.gain_or_loss
    line_9a = choose(regular.deductions.itemized, facts.investment_interest, 0.0)
    line_9b = choose(
        regular.deductions.itemized,
        smaller_of(facts.state_tax_on_investment_income, regular.deductions.not_allowed_for_amt),  # Schedule A line 7
        0.0,
    )
    return zero_or_more(line_8 - line_9a - line_9b)
