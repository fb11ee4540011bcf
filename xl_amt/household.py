"""The taxpayer's facts for one year, named as the forms name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass
from functools import cache
from math import inf
from typing import Any, Final, Literal, NamedTuple, cast

from xl_amt.arithmetic.lines import Line
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.law.names import name_key, nearest, quoted
from xl_amt.law.status import Status
from xl_amt.out_of_scope import why_out_of_scope

DeductionChoice = Literal["larger", "standard", "itemized"]

OLDEST: Final = 125.0  # years; nobody is known to have been older than 122

Amount = Line  # a float, or an array with one element a household of the same year and status


class Label(NamedTuple):
    """How a fact is named in a worksheet, what it is measured in, and what it means."""

    name: str
    field: str
    unit: Literal["dollars", "years", "persons", "fraction", "choice", "yes or no"]
    meaning: str
    may_be_negative: bool = False
    if_negative: str = ""  # what to do about a negative amount, where that is more than to enter zero or more
    largest: float = inf  # more is another thing, such as a year of birth in place of an age
    if_larger: str = ""  # what to do about more
    same_as: str = ""  # the field whose amount holds where this one is not given
    choices: tuple[str, ...] = ()  # the words of a choice; the first is the default

    @property
    def of_a_blank(self) -> float | str:
        """What a blank cell is."""
        return self.choices[0] if self.choices else 0.0

    @property
    def is_a_number(self) -> bool:
        """Whether its amount is a number, and no word."""
        return self.unit not in ("choice", "yes or no")


_NO_YEAR_OF_BIRTH: Final = "enter the age, not the year of birth."
_AS_REGULAR: Final = "; if not given, the regular one"


def fact(
    name: str,
    meaning: str,
    unit: str = "dollars",
    default: Any = 0.0,
    *,
    may_be_negative: bool = False,
    if_negative: str = "",
    largest: float = inf,
    if_larger: str = "",
    same_as: str = "",
    choices: tuple[str, ...] = (),
) -> Any:
    """A field of a record of facts, with the label by which a worksheet names it; not given, it is the default."""
    return field(
        default=None if same_as else default,
        metadata={
            "name": name,
            "unit": unit,
            "meaning": meaning,
            "may_be_negative": may_be_negative,
            "if_negative": if_negative,
            "largest": largest,
            "if_larger": if_larger,
            "same_as": same_as,
            "choices": choices,
        },
    )


@dataclass(frozen=True, slots=True)
class Household:
    """One year's facts: dollars, ages in whole years at year-end; what is not given is 0.

    Every amount may be an array, with one element a household; year, status and choices are single.
    """

    year: int
    status: Status
    wages: Amount
    law_book: str = ""  # a firm's book by name; none is the enacted law
    interest: Amount = fact("Interest", "Taxable interest (Form 1040 line 2b)")
    ordinary_dividends: Amount = fact(
        "Ordinary dividends", "All ordinary dividends, including qualified dividends (Form 1040 line 3b)"
    )
    qualified_dividends: Amount = fact("Qualified dividends", "The part of them that is qualified (Form 1040 line 3a)")
    short_term_gain: Amount = fact(
        "Short-term capital gain", "Before carryovers; a loss is negative (Schedule D Part I)", may_be_negative=True
    )
    long_term_gain: Amount = fact(
        "Long-term capital gain", "Before carryovers; a loss is negative (Schedule D Part II)", may_be_negative=True
    )
    short_term_loss_carryover: Amount = fact("Short-term loss carryover", "From last year (Schedule D line 6)")
    long_term_loss_carryover: Amount = fact("Long-term loss carryover", "From last year (Schedule D line 14)")
    amt_short_term_gain: Amount | None = fact(
        "AMT short-term capital gain",
        f"Refigured for the AMT{_AS_REGULAR}",
        same_as="short_term_gain",
        may_be_negative=True,
    )
    amt_long_term_gain: Amount | None = fact(
        "AMT long-term capital gain",
        f"Refigured for the AMT{_AS_REGULAR}",
        same_as="long_term_gain",
        may_be_negative=True,
    )
    amt_short_term_loss_carryover: Amount | None = fact(
        "AMT short-term loss carryover", f"Last year's for the AMT{_AS_REGULAR}", same_as="short_term_loss_carryover"
    )
    amt_long_term_loss_carryover: Amount | None = fact(
        "AMT long-term loss carryover", f"Last year's for the AMT{_AS_REGULAR}", same_as="long_term_loss_carryover"
    )
    wages_already_taxed_by_amt: Amount = fact(
        "Wages already taxed by AMT",
        "Wages of disqualifying sales whose spread was in an earlier year's AMT income (Form 6251 line 2k)",
    )
    medicare_wages: Amount | None = fact(
        "Medicare wages", "W-2 box 5; if not given, the income (Form 8959 line 1)", same_as="wages"
    )
    other_income: Amount = fact(
        "Other income", "The rest of Schedule 1 line 10, excluding the tax refund", may_be_negative=True
    )
    rental_and_passive_income: Amount = fact(
        "Rental and passive income",
        "Rent, royalties and passive K-1 income (Schedule 1 line 5; Form 8960 line 4a)",
        if_negative="the limits on passive losses (Form 8582) are not figured here; enter zero, or the loss allowed "
        "as a negative 'Other income'.",
    )
    business_income: Amount = fact(
        "Business income",
        "From an active trade, but not self-employment income (Schedule 1 line 5); not on Form 8960",
        may_be_negative=True,
    )
    adjustments_to_income: Amount = fact("Adjustments to income", "Schedule 1 line 26")
    state_tax_refund: Amount = fact("State tax refund", "Taxable refund (Schedule 1 line 1; Form 6251 line 2b)")
    tips_deduction: Amount = fact("Tips deduction", "Qualified tips, 2025 to 2028 (Schedule 1-A Part II)")
    overtime_deduction: Amount = fact("Overtime deduction", "Qualified overtime, 2025 to 2028 (Schedule 1-A Part III)")
    car_loan_interest: Amount = fact(
        "Car loan interest deduction", "Qualified interest, 2025 to 2028 (Schedule 1-A Part IV)"
    )
    deduction: DeductionChoice = fact(
        "Deduction",
        "larger, standard or itemized; decided before the spread",
        "choice",
        "larger",
        choices=("larger", "standard", "itemized"),
    )
    spouse_itemizes: bool = fact(
        "Spouse itemizes", "yes for a separate filer whose spouse itemizes (IRC 63(c)(6))", "yes or no", default=False
    )
    medical_expenses: Amount = fact("Medical expenses", "Before the 7.5% floor (Schedule A line 1)")
    state_income_tax: Amount = fact("State income tax", "Paid in the year (Schedule A line 5a)")
    state_tax_on_investment_income: Amount = fact(
        "State tax on investment income",
        "To the extent Schedule A deducts it (Form 8960 line 9b); if left out, the tax is slightly high",
    )
    real_estate_tax: Amount = fact("Real estate tax", "Paid in the year (Schedule A line 5b)")
    personal_property_tax: Amount = fact("Personal property tax", "Paid in the year (Schedule A line 5c)")
    mortgage_interest: Amount = fact("Mortgage interest", "The deductible part (Schedule A line 8)")
    investment_interest: Amount = fact(
        "Investment interest", "The deductible part (Schedule A line 9; Form 4952 line 8)"
    )
    cash_gifts: Amount = fact("Cash gifts", "To public charities (Schedule A line 11)")
    property_gifts: Amount = fact("Property gifts", "Appreciated property, to public charities (Schedule A line 12)")
    gift_carryover: Amount = fact("Gift carryover", "Cash gifts from earlier years (Schedule A line 13)")
    other_itemized_deductions: Amount = fact("Other itemized deductions", "Schedule A lines 15 and 16")
    qualified_business_income_deduction: Amount = fact(
        "Qualified business income deduction", "As figured on Form 8995 (Form 1040 line 13)"
    )
    age: Amount = fact(
        "Age",
        "At year-end, counting a birthday on January 1",
        "years",
        largest=OLDEST,
        if_larger=_NO_YEAR_OF_BIRTH,
    )
    spouse_age: Amount = fact(
        "Spouse age",
        "At year-end; joint returns only",
        "years",
        largest=OLDEST,
        if_larger=_NO_YEAR_OF_BIRTH,
    )
    blind: Amount = fact("Blind", "How many of the filers are blind", "persons")
    children_under_17: Amount = fact("Children under 17", "For the child tax credit (Schedule 8812)", "persons")
    other_dependents: Amount = fact("Other dependents", "For the credit of Schedule 8812", "persons")
    foreign_tax_credit: Amount = fact("Foreign tax credit", "Schedule 3 line 1")
    amt_foreign_tax_credit: Amount | None = fact(
        "AMT foreign tax credit", "Form 6251 line 8; if not given, the regular one", same_as="foreign_tax_credit"
    )
    other_nonrefundable_credits: Amount = fact(
        "Other nonrefundable credits", "Schedule 3, excluding the foreign tax and minimum tax credits"
    )
    private_activity_bond_interest: Amount = fact(
        "Private activity bond interest", "Tax-exempt, but not for the AMT (Form 6251 line 2g)"
    )
    other_amt_exclusion_items: Amount = fact(
        "Other AMT exclusion items", "Items that earn no credit, such as lines 2c, 2d and 2h", may_be_negative=True
    )
    other_amt_deferral_items: Amount = fact(
        "Other AMT deferral items", "Items that earn credit, such as lines 2l to 2t and 3", may_be_negative=True
    )
    minimum_tax_credit: Amount = fact(
        "Minimum tax credit",
        "Available this year: carried in, and earned last year (Form 8801 line 21); below zero counts as none",
        may_be_negative=True,
    )
    state_tax_rate: Amount = fact(
        "Plain state tax rate",
        "Plain rate on federal taxable income, such as 0.05, for a state whose own forms are not included (US+NY)",
        "fraction",
        largest=1.0,
        if_larger="enter a fraction of federal taxable income, such as 0.05.",
    )


# The same fields, before they are fixed: a frozen record sets each of its 50 the slow way.
_Draft: Final = make_dataclass(
    "_Draft",
    [(item.name, Any, field(default=item.default)) for item in fields(Household)],
    slots=True,
)


def household_of(facts: dict[str, Any]) -> Household:
    """``Household(**facts)``, in a sixth of the time, for a cell that is answered in microseconds."""
    household: Any = _Draft(**facts)
    household.__class__ = Household
    return cast("Household", household)


@cache
def labels_of(record: type) -> tuple[Label, ...]:
    """The labels of a record's facts, in order."""
    return tuple(Label(field=item.name, **item.metadata) for item in fields(record) if item.metadata)


LABELS: Final = labels_of(Household)


_BY_KEY: Final[dict[str, Label]] = {name_key(label.name): label for label in LABELS} | {
    name_key(other): next(label for label in LABELS if label.name == name)
    for other, name in {
        "Charitable gifts": "Cash gifts",
        "Taxable interest": "Interest",
        "Short-term gain": "Short-term capital gain",
        "Long-term gain": "Long-term capital gain",
        "Rental income": "Rental and passive income",
        "Passive income": "Rental and passive income",
        "Royalties": "Rental and passive income",
        "Active business income": "Business income",
    }.items()
}
_FOUND: dict[str, Label] = {}


def find_label(text: str) -> Label:
    """The label of that name; ArgumentError naming one that is near, or what to do about a fact out of scope.

    >>> find_label("qualified DIVIDENDS").field
    'qualified_dividends'
    """
    found = _FOUND.get(text)
    if found is None:
        key = name_key(text)
        if key not in _BY_KEY:
            raise unknown_label(text, _BY_KEY)
        found = _BY_KEY[key]
        if len(_FOUND) < 1_000:
            _FOUND[text] = found
    return found


def unknown_label(text: str, known: Mapping[str, Label]) -> ArgumentError:
    """The error for a name that is not a known label, by key: it says what would do."""
    if why := why_out_of_scope(text):
        return ArgumentError(f"labels: {quoted(text)} is not a label: {why}")
    near = nearest(name_key(text), known)
    hint = f"did you mean '{known[near].name}'?" if near else "docs/functions.md lists them, under Labels."
    return ArgumentError(f"labels: {quoted(text)} is not a label; {hint}")


def not_whole(amount: Any) -> Any:
    """Whether an amount has a fraction."""
    return amount % 1.0 != 0.0


class Refusal(NamedTuple):
    """What cannot be answered: ``applies`` gives a bool, or one a household for arrays.

    It takes a household and a state's own facts, or the arguments of a worksheet function by name.
    """

    applies: Callable[..., Any]
    sentence: str
    error: type[AmtError] = ArgumentError


REFUSALS: Final[tuple[Refusal, ...]] = (
    Refusal(
        lambda household: household.qualified_dividends > household.ordinary_dividends,
        "Qualified dividends: they are more than the ordinary dividends, which include them; enter all ordinary "
        "dividends under the label 'Ordinary dividends'.",
    ),
    Refusal(
        lambda household: household.wages_already_taxed_by_amt > household.wages,
        "Wages already taxed by AMT: they are more than the income, which includes them; enter all wages as income.",
    ),
    Refusal(
        lambda household: household.state_tax_on_investment_income > household.state_income_tax,
        "State tax on investment income: it is more than the state income tax, which includes it; enter all of the "
        "tax under the label 'State income tax'.",
    ),
    Refusal(
        lambda household: household.spouse_age > 0.0 if household.status != "mfj" else False,
        "Spouse age: only a joint return counts a spouse's age; leave it blank or use the status mfj.",
    ),
    Refusal(
        lambda household: household.blind > (2.0 if household.status == "mfj" else 1.0),
        "Blind: this is more people than file the return; enter 0 or 1, or 2 on a joint return.",
    ),
    Refusal(
        lambda household: household.spouse_itemizes and household.status != "mfs",
        "Spouse itemizes: this concerns separate filers only; leave it blank or use the status mfs.",
    ),
    *(
        Refusal(
            lambda household, field=label.field: not_whole(getattr(household, field)),
            f"{label.name}: people are counted in whole numbers; enter 0, 1, 2 and so on.",
        )
        for label in LABELS
        if label.unit == "persons"
    ),
)
