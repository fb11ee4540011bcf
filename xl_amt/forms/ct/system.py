"""Connecticut among the tax systems."""

from __future__ import annotations

from typing import Final

from xl_amt.forms.ct.facts import ConnecticutFacts
from xl_amt.forms.ct.tax_return import connecticut_return
from xl_amt.forms.tax_system import TaxSystem, carried_credit
from xl_amt.forms.us.system import federal_exemption

CONNECTICUT: Final = TaxSystem(
    code="CT",
    place="Connecticut",
    tax_return=connecticut_return,
    exemption=federal_exemption,
    own_facts=ConnecticutFacts,
    carried=carried_credit,
)
