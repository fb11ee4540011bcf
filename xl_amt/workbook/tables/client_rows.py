"""The rows of the sheet Client: what is known once, and what is known by year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from xl_amt.client import Client, ClientRecord, ClientYear, FrozenPlan, Plan
from xl_amt.client.columns import Column, columns_of
from xl_amt.client.facts import is_of_a_state, label_of, read_facts
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS, Label
from xl_amt.reading.household import read_jurisdiction
from xl_amt.workbook.tables.declared import TableColumn, flat
from xl_amt.workbook.tables.texts import joined

ONCE_HEADERS: Final = ("Client and plan", "Unit", "What it is", "Entry")
BY_YEAR_HEADERS: Final = ("Facts by year", "Unit or line", "What it is", "Year asked")  # then each year

OF_THE_CLIENT: Final = tuple(item._replace(path=("client", *item.path)) for item in flat(Client))
OF_THE_PLAN: Final = tuple(item._replace(path=("plan", *item.path)) for item in flat(Plan, without=("frozen",)))
OF_THE_FROZEN: Final = tuple(item._replace(path=("plan", "frozen", *item.path)) for item in flat(FrozenPlan))
ONCE: Final = (*OF_THE_CLIENT, *OF_THE_PLAN, *OF_THE_FROZEN)

ONCE_NOT_READ: Final = (
    "year asked",
    "its place",
    "missing",
    "can these be answered?",
    "file format",
)  # what stands among them besides

ONCE_ROW: Final = 5  # the headers; the client's rows follow
ASKED_ROW: Final = (
    ONCE_ROW + len(OF_THE_CLIENT) + 1
)  # the year asked, its place, what is missing, whether it is answered
PLAN_ROW: Final = ASKED_ROW + 6  # a heading; the plan's rows follow, and what it says of years without a column
FURTHER_ROW: Final = PLAN_ROW + len(OF_THE_PLAN) + 1
FROZEN_ROW: Final = FURTHER_ROW + 3  # a heading; the frozen plan's rows follow
LAST_ONCE_ROW: Final = FROZEN_ROW + len(OF_THE_FROZEN)
YEARS_ROW: Final = LAST_ONCE_ROW + 2  # the headings of the years, which every sheet of years repeats

OF_THE_YEAR: Final = tuple(item for item in columns_of(ClientYear) if item.kind not in {"year", "facts"})
PLANNED: Final = tuple(item for item in columns_of(Plan) if item.kind == "by year")

# What the plan says by year, of years that are none of the record's.
FURTHER: Final = {"values": "Values of further years", "cash": "Cash of further years"}

# The first label of each group of federal facts, in the order of the household.
GROUPS: Final = {
    "interest": "Income",
    "tips_deduction": "Deductions",
    "age": "Ages and dependents",
    "foreign_tax_credit": "Credits",
    "private_activity_bond_interest": "Alternative minimum tax",
    "state_tax_rate": "State without a minimum tax",
}


class YearRow(NamedTuple):
    """A row with a value a year: a column of the record's years or plan, or a fact by its label.

    A fact of a state whose forms are not held has no label that is known.
    """

    name: str
    column: Column | None = None
    label: Label | None = None

    @property
    def is_fact(self) -> bool:
        """Whether it is a fact by its label."""
        return self.column is None


def once_rows() -> dict[int, TableColumn]:
    """The row of each thing that is known once."""
    of_plans = dict(enumerate(OF_THE_PLAN, PLAN_ROW + 1)) | dict(enumerate(OF_THE_FROZEN, FROZEN_ROW + 1))
    return dict(enumerate(OF_THE_CLIENT, ONCE_ROW + 1)) | of_plans


def name_of(item: TableColumn) -> str:
    """The defined name of what is known once.

    >>> [name_of(item) for item in ONCE[:2]]
    ['Client_name', 'Spouse']
    """
    return "Client_name" if item.path == ("client", "name") else item.header.replace(",", "").replace(" ", "_")


def further_amounts(record: ClientRecord, field: str) -> str:
    """The plan's amounts of years that have no column, in the words of a cell.

    >>> record = ClientRecord(client=Client(), plan=Plan(values={2031: 18.5, 2032: 20.0}))
    >>> further_amounts(record, "values")
    '2031: 18.5; 2032: 20'
    """
    amounts: dict[int, float] = getattr(record.plan, field) if record.plan else {}
    years = {own.year for own in record.years}
    return joined([f"{year}: {amount:.15g}" for year, amount in sorted(amounts.items()) if year not in years])


def rows_by_year(record: ClientRecord) -> dict[int, YearRow | str]:
    """What stands in each row under the years: a row of values, or the heading of a group."""
    return dict(enumerate(_rows(record), YEARS_ROW + 1))


def row_by_name(record: ClientRecord) -> dict[str, int]:
    """The row of each value by year: by its field, such as income, or the name of its label."""
    return {
        row.column.field if row.column else row.name: at
        for at, row in rows_by_year(record).items()
        if isinstance(row, YearRow)
    }


def _rows(record: ClientRecord) -> Iterator[YearRow | str]:
    yield from (YearRow(item.header, item) for item in OF_THE_YEAR)
    for label in LABELS:
        if label.field in GROUPS:
            yield GROUPS[label.field]
        yield YearRow(label.name, label=label)
    for code, names in _of_states(record).items():
        yield TAX_SYSTEMS[code].place
        yield from (YearRow(name, label=label_of(name)) for name in names)
    yield "The plan"
    yield from (YearRow(item.header, item) for item in PLANNED)


def _of_states(record: ClientRecord) -> dict[str, list[str]]:
    """The labels of each state that the jurisdiction or a fact of the record names, in the order of the states."""
    asked = read_jurisdiction(record.client.jurisdiction, together=True).codes
    used = [name for own in record.years for name in read_facts(own.facts, str(own.year)) if is_of_a_state(name)]
    named = {*asked, *(name.partition(" ")[0] for name in used)} - {"US"}
    return {
        code: list(dict.fromkeys([label.name for label in system.labels] + [name for name in used if name[:2] == code]))
        for code, system in TAX_SYSTEMS.items()
        if code in named and (system.labels or any(name[:2] == code for name in used))
    }
