"""California among the tax systems."""

from __future__ import annotations

from typing import Final

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.amt_exemption import exemption
from xl_amt.forms.ca.facts import CaliforniaFacts
from xl_amt.forms.ca.printed import PRINTED
from xl_amt.forms.ca.total_tax import california_return_of, carried
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.law import Status, california_law


def _exemption(amt_income: Line, year: int, status: Status, law_book: str) -> Line:
    return exemption(amt_income, california_law(year, status, law_book))


CALIFORNIA: Final = TaxSystem(
    code="CA",
    place="California",
    tax_return=california_return_of,
    exemption=_exemption,
    own_facts=CaliforniaFacts,
    carried=carried,
    printed=PRINTED,
)
