"""Whether the other deduction would cost less: the larger one is not always the cheaper one under the AMT."""

from __future__ import annotations

from dataclasses import replace
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.household import DeductionChoice

_CHOICES: Final[tuple[DeductionChoice, ...]] = ("standard", "itemized")


class CheaperDeduction(NamedTuple):
    """The deduction that would cost less in all, and how many dollars less."""

    choice: str
    saving: float


def cheaper_deduction(tax_return: MinimumTax, spread: float) -> CheaperDeduction | None:
    """The deduction that would cost less in all taxes of the year with this ISO spread; None where none does.

    Itemized deductions but for taxes lower the AMT, the standard deduction does not (IRC 56(b)(1)(D)). So a filer
    in AMT can be better off with itemized deductions that are below the standard deduction, by electing them (IRC
    63(e)). The deduction stays as chosen: this only tells.
    """
    now = of_one(tax_return.total_tax(spread).total)
    others = {
        choice: of_one(tax_return.with_facts(replace(tax_return.facts, deduction=choice)).total_tax(spread).total)
        for choice in _CHOICES
    }
    choice = min(others, key=lambda name: others[name])
    saving = now - others[choice]
    return CheaperDeduction(choice, saving) if saving >= HALF_A_CENT else None
