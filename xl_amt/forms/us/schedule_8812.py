"""Schedule 8812, Credits for Qualifying Children and Other Dependents: the credit against tax.

Out of scope: the refundable part of other years, and the larger credit of 2021, which rests on ages under 6.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import Line, begun_thousands, is_blank, smaller_of, zero_or_more
from xl_amt.errors import NotHeldError
from xl_amt.forms.us.form_1040 import form_1040
from xl_amt.household import Household, Refusal
from xl_amt.law import FederalLaw, federal_law


class ChildTaxCredit(NamedTuple):
    """The credit before it is limited to the tax, in dollars."""

    nonrefundable: Line  # against regular tax and AMT
    refundable: Line  # the children's part of 2021 alone (IRC 24(i)(1)): no limit, and not on Form 8801 line 22


def child_tax_credit(facts: Household, adjusted_gross_income: Line, law: FederalLaw) -> ChildTaxCredit:
    """Schedule 8812 line 12 (IRC 24(a), (b), (h))."""
    credit = law.child_tax_credit
    if is_blank(facts.children_under_17) and is_blank(facts.other_dependents):
        return ChildTaxCredit(0.0, 0.0)
    of_dependents = credit.each_other_dependent * facts.other_dependents
    line_8 = credit.each_child * facts.children_under_17 + of_dependents
    line_10 = begun_thousands(zero_or_more(adjusted_gross_income - credit.phase_out_start))
    line_12 = zero_or_more(line_8 - credit.step * line_10)
    if law.enlarged_child_tax_credit is None or not law.enlarged_child_tax_credit.refundable:
        return ChildTaxCredit(line_12, 0.0)
    nonrefundable = smaller_of(line_12, of_dependents)
    return ChildTaxCredit(nonrefundable, line_12 - nonrefundable)


def _larger_credit_of_2021(facts: Household) -> Any:
    """Whether the credit of 2021 may be above that of other years (IRC 24(i)(3), (4)).

    Some dollars more a child, less a rate of income above a start, but no more than a cap less.
    """
    if is_blank(facts.children_under_17):
        return False
    law = federal_law(facts.year, facts.status, facts.law_book)
    credit = law.enlarged_child_tax_credit
    if credit is None:
        return False
    larger: Any = credit.most_more_each_child * facts.children_under_17
    income: Any = form_1040(facts, law).adjusted_gross_income
    gone_at = credit.phase_out_start + larger / credit.phase_out_rate
    return (larger > 0.0) & ((income < gone_at) | (larger > credit.most_phase_out))


REFUSALS: Final = (
    Refusal(
        _larger_credit_of_2021,
        "Children under 17: the larger child tax credit of 2021 may apply here, which depends on ages under 6 and is "
        "not figured; leave the children out.",
        NotHeldError,
    ),
)
