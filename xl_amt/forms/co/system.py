"""Colorado among the tax systems."""

from __future__ import annotations

from typing import Final

from xl_amt.forms.co.facts import ColoradoFacts
from xl_amt.forms.co.tax_return import colorado_return
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.us.system import federal_exemption

COLORADO: Final = TaxSystem(
    code="CO",
    place="Colorado",
    tax_return=colorado_return,
    exemption=federal_exemption,
    own_facts=ColoradoFacts,
)
