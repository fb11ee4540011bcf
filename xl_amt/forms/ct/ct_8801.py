"""Form CT-8801, Credit for Prior Year Connecticut Minimum Tax.

Lines 1 to 22 are figured on one year's facts, and stand on the next year's form: what the year earns. Lines 26 to 30
are figured on the year in which the credit is used.
"""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, given, smaller_of, zero_or_more
from xl_amt.forms.amt_exemption import with_separate_filer_addition
from xl_amt.forms.ct.ct_6251 import FormCT6251, lines_10_to_14
from xl_amt.forms.ct.facts import ConnecticutFacts
from xl_amt.forms.us.form_6251 import part_i
from xl_amt.forms.us.form_8801 import exclusion_base
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law.connecticut import ConnecticutLaw


class ConnecticutCreditEarned(NamedTuple):
    """Lines 1 to 22 of a resident: the year's AMT that becomes credit, in dollars."""

    exclusion_income: Line  # the federal AMT income of exclusion items alone, as adjusted
    tentative_minimum_tax: Line  # line 16
    amt_on_exclusion_items: Line  # lines 18 and 20
    alternative_minimum_tax: Line  # line 21
    credit_earned: Line  # line 22; zero or more


class ConnecticutCreditUsed(NamedTuple):
    """Lines 26 to 30 and what goes on, in dollars."""

    credit_available: Line  # line 26
    regular_tax_less_credits: Line  # line 27
    tentative_minimum_tax: Line  # line 28
    most_usable: Line  # line 29
    credit_used: Line  # line 30
    credit_carried: Line


def credit_earned(
    federal: TaxReturn, own: ConnecticutFacts, form: FormCT6251, law: ConnecticutLaw
) -> ConnecticutCreditEarned:
    """The year's AMT less what exclusion items alone would owe; an exercise of ISOs is none of those."""
    items = part_i(federal.facts, federal.regular, federal.law)
    exclusion_income = with_separate_filer_addition(items.income_less_deductions + items.exclusion_items, federal.law)
    income = exclusion_income + given(own.amt_income_adjustments, own.income_adjustments)
    _, _, federal_tax = lines_10_to_14(income, exclusion_base(federal.base, federal.regular), federal.law)
    line_16 = smaller_of(law.part_of_tentative_tax * federal_tax, law.part_of_income * zero_or_more(income))
    line_18 = zero_or_more(line_16 - form.regular_tax)
    line_21 = form.alternative_minimum_tax
    return ConnecticutCreditEarned(income, line_16, line_18, line_21, zero_or_more(line_21 - line_18))


def credit_used(available: Line, income_tax_less_credits: Line, form: FormCT6251) -> ConnecticutCreditUsed:
    """The credit that the year can use: the income tax less other credits, less the tentative tax."""
    line_26, line_27, line_28 = available, income_tax_less_credits, form.tentative_minimum_tax
    line_29 = zero_or_more(line_27 - line_28)
    line_30 = smaller_of(line_26, line_29)
    return ConnecticutCreditUsed(line_26, line_27, line_28, line_29, line_30, line_26 - line_30)
