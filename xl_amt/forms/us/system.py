"""The United States among the tax systems."""

from __future__ import annotations

from typing import Final

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.amt_exemption import exemption
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.us.carried import carried
from xl_amt.forms.us.printed import PRINTED
from xl_amt.law import Status, federal_law


def federal_exemption(amt_income: Line, year: int, status: Status, law_book: str) -> Line:
    """The exemption of Form 6251 line 5, in dollars, which some states take over."""
    return exemption(amt_income, federal_law(year, status, law_book))


UNITED_STATES: Final = TaxSystem(
    code="US",
    place="the United States",
    tax_return=lambda federal, _: federal,
    exemption=federal_exemption,
    carried=carried,
    printed=PRINTED,
)
