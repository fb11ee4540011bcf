"""The taxpayer's facts for one year, named as the forms name them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from typing import Any, Final, Literal, NamedTuple

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.law.status import Status

DeductionChoice = Literal["larger", "standard", "itemized"]

# A fact is a float, or an array with one element a household of the same year and status.
Amount = Any


class Label(NamedTuple):
    """How a fact is named in a worksheet, what it is measured in, and what it means."""

    name: str
    field: str
    unit: Literal["dollars", "years", "persons", "choice", "yes or no"]
    meaning: str
    may_be_negative: bool = False


def _fact(name: str, meaning: str, unit: str = "dollars", default: Any = 0.0, *, may_be_negative: bool = False) -> Any:
    return field(
        default=default,
        metadata={"name": name, "unit": unit, "meaning": meaning, "may_be_negative": may_be_negative},
    )


@dataclass(frozen=True, slots=True)
class Household:
    """One year's facts: dollars, ages in whole years at the year's end; what is not given is 0.

    Every amount may be an array, with one element a household; year, status and choices are single.
    """

    year: int
    status: Status
    wages: Amount
    interest: Amount = _fact("Interest", "Taxable interest (Form 1040 line 2b)")
    ordinary_dividends: Amount = _fact(
        "Ordinary dividends", "All ordinary dividends, qualified ones included (Form 1040 line 3b)"
    )
    qualified_dividends: Amount = _fact("Qualified dividends", "The qualified part of them (Form 1040 line 3a)")
    short_term_gain: Amount = _fact(
        "Short-term capital gain", "Before carryovers; a loss is negative (Schedule D Part I)", may_be_negative=True
    )
    long_term_gain: Amount = _fact(
        "Long-term capital gain", "Before carryovers; a loss is negative (Schedule D Part II)", may_be_negative=True
    )
    short_term_loss_carryover: Amount = _fact("Short-term loss carryover", "From last year (Schedule D line 6)")
    long_term_loss_carryover: Amount = _fact("Long-term loss carryover", "From last year (Schedule D line 14)")
    deduction: DeductionChoice = _fact(
        "Deduction", "larger, standard or itemized; fixed before the spread", "choice", "larger"
    )
    spouse_itemizes: bool = _fact(
        "Spouse itemizes", "yes for a separate filer whose spouse itemizes (IRC 63(c)(6))", "yes or no", default=False
    )
    state_income_tax: Amount = _fact("State income tax", "Paid in the year (Schedule A line 5a)")
    real_estate_tax: Amount = _fact("Real estate tax", "Paid in the year (Schedule A line 5b)")
    personal_property_tax: Amount = _fact("Personal property tax", "Paid in the year (Schedule A line 5c)")
    mortgage_interest: Amount = _fact("Mortgage interest", "The deductible part (Schedule A line 8)")
    cash_gifts: Amount = _fact("Cash gifts", "To public charities (Schedule A line 11)")
    age: Amount = _fact("Age", "At the year's end", "years")
    spouse_age: Amount = _fact("Spouse age", "At the year's end; joint returns only", "years")
    blind: Amount = _fact("Blind", "How many of the filers are blind", "persons")


def _label(described: Field[Any]) -> Label:
    about = described.metadata
    return Label(about["name"], described.name, about["unit"], about["meaning"], about["may_be_negative"])


LABELS: Final[tuple[Label, ...]] = tuple(_label(item) for item in fields(Household) if item.metadata)
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {"deduction": ("larger", "standard", "itemized")}


def label_key(text: str) -> str:
    """Letters and digits in lower case: case, spaces and punctuation in a label do not matter."""
    return "".join(filter(str.isalnum, text)).lower()


_BY_KEY: Final[dict[str, Label]] = {label_key(label.name): label for label in LABELS} | {
    label_key(other): next(label for label in LABELS if label.name == name)
    for other, name in {
        "Charitable gifts": "Cash gifts",
        "Taxable interest": "Interest",
        "Short-term gain": "Short-term capital gain",
        "Long-term gain": "Long-term capital gain",
    }.items()
}
_FOUND: dict[str, Label] = {}


def find_label(text: str) -> Label:
    """The label of that name, or ArgumentError naming the nearest one.

    >>> find_label("qualified DIVIDENDS").field
    'qualified_dividends'
    """
    found = _FOUND.get(text)
    if found is None:
        key = label_key(text)
        if key not in _BY_KEY:
            near = _BY_KEY[get_close_matches(key, _BY_KEY, n=1, cutoff=0.0)[0]].name
            raise ArgumentError(f"labels: '{text}' is not a label; did you mean '{near}'?")
        found = _BY_KEY[key]
        if len(_FOUND) < 1_000:
            _FOUND[text] = found
    return found


class Refusal(NamedTuple):
    """What cannot be answered: ``applies`` gives a bool, or one a household for arrays.

    It takes a household, or the arguments of a worksheet function by name.
    """

    applies: Callable[..., Any]
    sentence: str
    error: type[AmtError] = ArgumentError


def _negative(label: Label) -> Refusal:
    return Refusal(
        lambda household: getattr(household, label.field) < 0.0,
        f"{label.name}: a negative amount is not possible here; enter it as a positive number.",
    )


REFUSALS: Final[tuple[Refusal, ...]] = (
    Refusal(
        lambda household: household.wages < 0.0,
        "income: wages cannot be negative; enter losses under their own labels.",
    ),
    *(
        _negative(label)
        for label in LABELS
        if label.unit in ("dollars", "years", "persons") and not label.may_be_negative
    ),
    Refusal(
        lambda household: household.qualified_dividends > household.ordinary_dividends,
        "Qualified dividends: they are above the ordinary dividends, which include them; "
        "enter all ordinary dividends on the label 'Ordinary dividends'.",
    ),
    Refusal(
        lambda household: household.spouse_age > 0.0 if household.status != "mfj" else False,
        "Spouse age: only a joint return counts a spouse's age; leave it blank or use the status mfj.",
    ),
    Refusal(
        lambda household: household.blind > (2.0 if household.status == "mfj" else 1.0),
        "Blind: this is more persons than file the return; enter 0 or 1, or 2 on a joint return.",
    ),
    Refusal(
        lambda household: household.spouse_itemizes and household.status != "mfs",
        "Spouse itemizes: this concerns separate filers only; leave it blank or use the status mfs.",
    ),
)
