"""What a federal return leaves to the next year: capital losses under both systems, and the minimum tax credit."""

from __future__ import annotations

from xl_amt.arithmetic.lines import Line
from xl_amt.forms.us.capital_loss_carryover import CapitalLossCarryover, capital_loss_carryover, carryover_facts
from xl_amt.forms.us.schedule_d import amt_schedule_d
from xl_amt.forms.us.total_tax import TaxReturn


def losses_carried(tax_return: TaxReturn) -> CapitalLossCarryover:
    """The losses of the regular tax that go on to the next year."""
    regular = tax_return.regular
    return capital_loss_carryover(regular.income_less_deductions, regular.schedule_d)


def amt_losses_carried(tax_return: TaxReturn, iso_spread: Line) -> CapitalLossCarryover:
    """The losses that go on to the next year, refigured for the AMT with this spread."""
    income = tax_return.form_6251(iso_spread).alternative_minimum_taxable_income
    return capital_loss_carryover(income, amt_schedule_d(tax_return.facts, tax_return.law))


def carried(tax_return: TaxReturn, iso_spread: Line) -> dict[str, Line | None]:
    """What the next year's facts begin with, by field: the credit that is left and earned, and losses.

    Losses for the AMT that are no others than the regular ones are not given apart.
    """
    losses, amt_losses = losses_carried(tax_return), amt_losses_carried(tax_return, iso_spread)
    credit = tax_return.total_tax(iso_spread).minimum_tax_credit.credit_carried
    return {
        "minimum_tax_credit": credit + tax_return.credit_earned(iso_spread).credit_earned,
        **carryover_facts(losses, amt_losses),
    }
