"""Minnesota among the tax systems."""

from __future__ import annotations

from typing import Final

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.mn.facts import MinnesotaFacts
from xl_amt.forms.mn.m1mt import exemption
from xl_amt.forms.mn.tax_return import minnesota_return
from xl_amt.forms.tax_system import TaxSystem, carried_credit
from xl_amt.law import Status
from xl_amt.law.minnesota import minnesota_law


def _exemption(amt_income: Line, year: int, status: Status, law_book: str) -> Line:
    return exemption(amt_income, minnesota_law(year, status, law_book))


MINNESOTA: Final = TaxSystem(
    code="MN",
    place="Minnesota",
    tax_return=minnesota_return,
    exemption=_exemption,
    own_facts=MinnesotaFacts,
    carried=carried_credit,
)
