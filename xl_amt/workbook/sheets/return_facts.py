"""The facts of a year as its return has them: the year's own, what follows from the year before, and the equity.

They follow as `xl_amt.client.facts.facts_of_next_year` lets the facts of a record follow, and the equity, what is
carried and the tax of a state come on top as in `xl_amt.planning.years`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from xl_amt.client.facts import OF_STATUS
from xl_amt.forms.following_year import NOT_REPEATED
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS, Label
from xl_amt.workbook import style
from xl_amt.workbook.sheets import return_rows as at
from xl_amt.workbook.sheets.return_rows import Formula, ReturnRow, YearColumn, carried, stated

FORMATS: Final = {"dollars": style.DOLLARS, "years": style.COUNT, "persons": style.COUNT, "fraction": style.RATE}

# What goes on to the next year: the arguments that AMT_LOSS_CARRIED has of a loss.
LOSSES: Final = {
    f"{system}{term}_term_loss_carryover": f'"{term}","{"AMT" if system else "regular"}"'
    for system in ("", "amt_")
    for term in ("short", "long")
}
CREDIT: Final = "minimum_tax_credit"
CARRIED: Final = (*LOSSES, CREDIT)

# What the equity puts on top of a label, by the name of its row.
ON_TOP: Final = {
    "short_term_gain": at.SHORT_GAIN,
    "long_term_gain": at.LONG_GAIN,
    "amt_short_term_gain": at.AMT_SHORT_GAIN,
    "amt_long_term_gain": at.AMT_LONG_GAIN,
    "other_income": at.ORDINARY_GAIN,
    "wages_already_taxed_by_amt": at.TAXED_BEFORE,
    "medicare_wages": at.OPTION_WAGES,
}
_OF_STATE_TAX: Final = ("state_income_tax", "state_tax_on_investment_income")
_PLAIN_RATE: Final = "state_tax_rate"  # of states that the workbook has no place for


def federal_labels() -> tuple[Label, ...]:
    """The federal labels in the order of the sheet: those of the state tax first, which the state is asked without."""
    first = [label for label in LABELS if label.field in _OF_STATE_TAX]
    return (*first, *(label for label in LABELS if label.field not in (*_OF_STATE_TAX, _PLAIN_RATE)))


FIRST_BESIDE_STATE_TAX: Final = federal_labels()[len(_OF_STATE_TAX)].name


def labels_of(code: str) -> tuple[Label, ...]:
    """The labels of a jurisdiction on this sheet."""
    return federal_labels() if code == "US" else TAX_SYSTEMS[code].labels


def carried_labels(code: str) -> list[Label]:
    """The labels under which a jurisdiction carries anything to the next year."""
    return [label for label in labels_of(code) if label.field in CARRIED]


def has_statement(label: Label) -> bool:
    """Whether what a year states of a label has a row of its own, since the return has more, or another amount."""
    if label.field in NOT_REPEATED:
        return False
    return bool(label.same_as) or label.field in ON_TOP or label.field == "state_tax_on_investment_income"


def statements(code: str) -> tuple[ReturnRow, ...]:
    """The rows of what the years state, where the return has more, or another amount."""
    return tuple(
        _row(label, stated(label.name), _repeated(label, stated(label.name)), words=label.name)
        for label in labels_of(code)
        if has_statement(label)
    )


def facts(code: str) -> Iterator[ReturnRow]:
    """The rows of a jurisdiction's facts as the return has them."""
    for label in labels_of(code):
        if label.name == at.STATE_TAX:
            continue  # its row rests on the state
        if label.field in CARRIED:
            formula = _carried_in(code, label)
        elif has_statement(label):
            formula = on_the_return(code, label)
        else:
            formula = _repeated(label, label.name)
        if label.field == "wages_already_taxed_by_amt":
            formula = _sum(formula, ON_TOP[label.field])
        yield _row(label, label.name, formula)


def entered_state_tax() -> ReturnRow:
    """The row of the state income tax that the years state, for the return of the state whose tax it would be."""
    label = next(label for label in LABELS if label.field == "state_income_tax")
    return _row(label, at.STATE_TAX_ENTERED, _repeated(label, at.STATE_TAX_ENTERED), words=label.name)


def _row(label: Label, name: str, formula: Formula, words: str = "") -> ReturnRow:
    number_format = FORMATS[label.unit] if label.is_a_number else style.WORDS
    only_with: Literal["", "an entry", "sales"] = "an entry"
    if label.field in (CREDIT, "medicare_wages"):
        only_with = ""
    elif label.field in LOSSES or label.field in ON_TOP:
        only_with = "sales"
    return ReturnRow(name, label.unit, label.meaning, formula, number_format, words, only_with)


def nothing(label: Label) -> str:
    """What a label is in a year that neither states nor repeats it."""
    if label.same_as:
        return '""'
    if label.choices:
        return f'"{label.choices[0]}"'
    return "0" if label.is_a_number else '"no"'


def _repeated(label: Label, name: str) -> Formula:
    """What a year states of a label, or else repeats of the year before."""

    def formula(column: YearColumn) -> str:
        follows = column.before and label.field not in NOT_REPEATED
        return column.entered(label.name, of_last_year(label, column, name) if follows else nothing(label))

    return formula


def of_last_year(label: Label, column: YearColumn, name: str) -> str:
    """What a year that states nothing of a label has of the year before, which stands under a name."""
    last = column.last(name)
    if label.unit == "years":
        last = f"IF({last}=0,0,{last}+1)"
    if label.field == "medicare_wages":
        return f'IF({last}="","",MAX(0,{last}+{column.cell(at.WAGES)}-{column.last(at.WAGES)}))'
    if label.field == "blind":
        return f"IF({column.cell(at.JOINT)}=1,{last},MIN({last},1))"
    if label.field in OF_STATUS:
        asked = at.JOINT if OF_STATUS[label.field] == "mfj" else at.SEPARATE
        return f"IF({column.cell(asked)}=1,{last},{nothing(label)})"
    return last


def on_the_return(code: str, label: Label) -> Formula:
    """What a year states, with the equity of the year; what is not given is as the label says."""

    def formula(column: YearColumn) -> str:
        own = column.cell(stated(label.name))
        if label.field == "state_tax_on_investment_income" and at.WITHHELD in column.rows:  # it is a part of that tax
            return f"MIN({own},{column.cell(at.STATE_TAX)})"
        if label.same_as.startswith("household."):  # a state's gain for its AMT moves with the federal one
            federal = column.cell(_name_of("US", label.field))
            return f'IF({own}="",{federal},{own}+{column.cell(ON_TOP[label.field])})'
        if label.same_as:
            own = column.known(stated(label.name), _followed(code, label, column))
        return f"{own}+{column.cell(ON_TOP[label.field])}" if label.field in ON_TOP else own

    return formula


def _followed(code: str, label: Label, column: YearColumn) -> str:
    """What holds, before the equity, for a label that is not given."""
    if label.same_as == "wages":
        return column.cell(at.WAGES)
    name = _name_of(code, label.same_as)
    return column.cell(stated(name) if stated(name) in column.rows else name)


def _carried_in(code: str, label: Label) -> Formula:
    """What the year before leaves; what a year states, where it begins or the return before was a joint one."""

    def formula(column: YearColumn) -> str:
        begins = column.entered(label.name, _begins_with(code, label, column))
        if not column.before:
            return begins
        return f"IF({column.cell(at.BEGINS)}=1,{begins},{column.last(carried(label.name))})"

    return formula


def _begins_with(code: str, label: Label, column: YearColumn) -> str:
    """What is carried into a year that states none: that of the regular tax, and of the federal return."""
    if not label.same_as:
        return "0"
    if label.same_as.startswith("household."):
        return column.cell(_name_of("US", label.field))
    regular = _name_of(code, label.same_as)
    if code == "US":
        return column.cell(regular)
    # California's own for the regular tax goes before the federal one for the AMT
    return f'IF({column.entry(regular)}="",{column.cell(_name_of("US", label.field))},{column.cell(regular)})'


def _name_of(code: str, field: str) -> str:
    return next(label.name for label in labels_of(code) if label.field == field)


def _sum(formula: Formula, row: str) -> Formula:
    return lambda column: f"{formula(column)}+{column.cell(row)}"
