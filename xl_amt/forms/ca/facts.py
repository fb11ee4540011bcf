"""What California asks of a household along with the federal facts."""

from __future__ import annotations

from dataclasses import dataclass

from xl_amt.arithmetic.lines import Line
from xl_amt.household import DeductionChoice, fact


@dataclass(frozen=True, slots=True)
class CaliforniaFacts:
    """One year's facts of a resident of California, in dollars; what is not given is 0, or as its label says.

    Every amount may be an array, with one element a household.
    """

    deduction: DeductionChoice = fact(
        "CA deduction",
        "larger, standard or itemized, whatever the federal return uses (Form 540 line 18)",
        "choice",
        "larger",
        choices=("larger", "standard", "itemized"),
    )
    income_adjustments: Line = fact(
        "CA income adjustments",
        "Schedule CA additions less subtractions that do not follow from another label: an HSA contribution adds, "
        "interest on US bonds subtracts (Form 540 lines 14 and 16); a state tax refund is left out automatically",
        may_be_negative=True,
    )
    itemized_deduction_adjustments: Line = fact(
        "CA itemized deduction adjustments",
        "What California deducts beyond the federal labels, such as interest on home debt above the federal limit; a "
        "negative amount reduces the deduction (Schedule CA Part II)",
        may_be_negative=True,
    )
    miscellaneous_deductions: Line = fact(
        "CA miscellaneous deductions",
        "Employee expenses, tax preparation and the like, before the 2% floor (Schedule CA Part II line 22)",
    )
    property_tax_refund: Line = fact(
        "CA property tax refund", "A property tax refund that is included in income (Schedule P line 6)"
    )
    short_term_loss_carryover: Line | None = fact(
        "CA short-term loss carryover",
        "From last year's Schedule D (540); if not given, the federal one",
        same_as="household.short_term_loss_carryover",
    )
    long_term_loss_carryover: Line | None = fact(
        "CA long-term loss carryover",
        "From last year's Schedule D (540); if not given, the federal one",
        same_as="household.long_term_loss_carryover",
    )
    amt_short_term_gain: Line | None = fact(
        "CA AMT short-term capital gain",
        "Refigured for Schedule P line 9; if not given, as for the federal AMT",
        same_as="household.amt_short_term_gain",
        may_be_negative=True,
    )
    amt_long_term_gain: Line | None = fact(
        "CA AMT long-term capital gain",
        "Refigured for Schedule P line 9; if not given, as for the federal AMT",
        same_as="household.amt_long_term_gain",
        may_be_negative=True,
    )
    amt_short_term_loss_carryover: Line | None = fact(
        "CA AMT short-term loss carryover",
        "Last year's for Schedule P; if not given, the CA one, and if that is not given, as for the federal AMT",
        same_as="short_term_loss_carryover",
    )
    amt_long_term_loss_carryover: Line | None = fact(
        "CA AMT long-term loss carryover",
        "Last year's for Schedule P; if not given, the CA one, and if that is not given, as for the federal AMT",
        same_as="long_term_loss_carryover",
    )
    other_amt_exclusion_items: Line = fact(
        "CA other AMT exclusion items",
        "Items that earn no credit (Schedule P lines 4 and 7, depletion on line 13); lines 16 and 17 too, with the "
        "form's sign",
        may_be_negative=True,
    )
    other_amt_deferral_items: Line = fact(
        "CA other AMT deferral items",
        "Items that earn credit (Schedule P lines 8, 11, 12 and the rest of 13)",
        may_be_negative=True,
    )
    other_credits: Line = fact(
        "CA other credits",
        "Against the tax of Form 540 line 35, after the minimum tax credit, such as for tax paid to another state "
        "(Schedule P Part III Section B)",
    )
    minimum_tax_credit: Line = fact(
        "CA minimum tax credit",
        "Available this year: carried in, and earned last year (FTB 3510 line 32); below zero counts as none",
        may_be_negative=True,
    )
