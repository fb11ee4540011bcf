"""Capital losses that go on to the next year, under both systems."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_LOSS_CARRIED(income, status, year, spread, term, system, [labels], [amounts], [jurisdiction])",
    category="Losses",
    result="dollars",
    example=(150_000, "single", 2025, 0, "long", "AMT", ["AMT long-term capital gain"], [-20_000]),
    gives=17_000.00,
    takes_columns=False,
)
def amt_loss_carried(tax_return: MinimumTax, spread: Any, term: str, system: str) -> Any:
    """Capital loss carried over to the next year: short- or long-term, for the regular tax or refigured for the AMT.

    Enter it under next year's labels for loss carryovers (Capital Loss Carryover Worksheet in the Schedule D
    instructions; IRC 1211(b), 1212(b)); California has its own, from Schedule D (540) and for Schedule P. A state
    without its own carryover gives 0. A loss that this year's income could not use is not used up, and AMT income may
    use it where taxable income does not.
    """
    carried = TAX_SYSTEMS[tax_return.jurisdiction].carried(tax_return, spread)
    field = f"{term}_term_loss_carryover"
    apart = carried.get(f"amt_{field}") if system == "AMT" else None
    return carried.get(field, 0.0) if apart is None else apart
