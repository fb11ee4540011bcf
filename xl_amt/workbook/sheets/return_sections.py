"""The sections of the sheet Returns in their order, for the jurisdictions of a client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.jurisdictions import place_of
from xl_amt.workbook.sheets import return_facts as facts
from xl_amt.workbook.sheets import return_rows as at
from xl_amt.workbook.sheets.return_equity import Ledger, equity_sections
from xl_amt.workbook.sheets.return_rows import Formula, ReturnRow, Section, YearColumn, carried

_SINGLE: Final = STATUSES["single"]


def sections_of(codes: Sequence[str], *, has_lots: bool, has_sold: bool) -> list[Section]:
    """All sections; those that every client has come first, and the workings last."""
    state = next((code for code in codes if code != "US"), "")
    asked = ("US", state) if state else ("US",)
    every = [row for code in asked for row in facts.facts(code)]
    return [
        Section("The return", _RETURN),
        *equity_sections(Ledger(has_lots=has_lots, has_sold=has_sold)),
        Section("What goes on to the next year", _carried_rows("US", "")),
        Section("Facts as the return has them", (_state_tax(state), *every, facts.entered_state_tax())),
        *([_of_a_state(state)] if state else []),
        Section("Workings: the return before it", _workings(asked), is_working=True),
        Section(
            "Workings: what each year states or repeats, before its equity",
            tuple(row for code in asked for row in facts.statements(code)),
            is_working=True,
        ),
    ]


def law_of(code: str) -> str:
    """The defined name of the cell with a jurisdiction and its law book, as an AMT_ function is asked.

    >>> law_of("US")
    'US_law_asked'
    """
    return f"{code}_law_asked"


def household(column: YearColumn, *spread: str) -> str:
    """The first arguments of an AMT_ function: wages, status and year, and a spread where it takes one."""
    return ",".join([column.cell(at.INCOME), column.cell(at.STATUS_ASKED), column.year, *spread])


def facts_of(column: YearColumn, code: str) -> str:
    """Its last arguments: labels, amounts and the jurisdiction."""
    labels = "Federal_labels" if code == "US" else "Fact_labels"
    amounts = column.cells(at.STATE_TAX, facts.labels_of(code)[-1].name)
    return f"{labels},{amounts},{law_of(code)}"


def _status(column: YearColumn) -> str:
    return column.entered("status", column.last(at.STATUS) if column.before else '""')


def _wages(column: YearColumn) -> str:
    return column.entered("income", f"{column.last(at.WAGES)}*(1+Income_growth)" if column.before else "0")


def _is(status: str) -> Formula:
    return lambda column: f'IF({column.cell(at.STATUS)}="{status}",1,0)'


def _begins(column: YearColumn) -> str:
    if not column.before:
        return "1"
    return f"IF(AND({column.last(at.JOINT)}=1,{column.cell(at.JOINT)}=0),1,0)"


def _income(column: YearColumn) -> str:
    return "+".join(map(column.cell, (at.WAGES, at.OPTION_WAGES, at.SALE_WAGES)))


_RETURN: Final = (
    ReturnRow(at.STATUS, "choice", "From the sheet Client, or that of the year before", _status, style.WORDS),
    ReturnRow(at.STATUS_ASKED, "choice", "Single where none is entered yet",
              lambda column: column.known(at.STATUS, f'"{_SINGLE}"'), style.WORDS, only_with="an entry"),
    ReturnRow(at.WAGES, "dollars", "From the sheet Client, or those of the year before with income growth",
              _wages),
    ReturnRow(at.INCOME, "line 1a", "With the wages of options and of sales (Form 1040)", _income),
)  # fmt: skip


def _workings(codes: Sequence[str]) -> tuple[ReturnRow, ...]:
    return (
        ReturnRow(at.JOINT, "0 or 1", "1 for a joint return", _is(STATUSES["mfj"]), style.COUNT),
        ReturnRow(at.SEPARATE, "0 or 1", "1 for a separate one", _is(STATUSES["mfs"]), style.COUNT),
        ReturnRow(at.WHOSE, "holder", "A spouse's equity is only on a joint return",
                  lambda column: f'IF({column.cell(at.JOINT)}=1,"*","client")', style.WORDS),
        ReturnRow(at.BEGINS, "0 or 1", "1 in the first year, and after a joint return, whose losses and credit are "
                  "split by whose they were", _begins, style.COUNT),
        ReturnRow(at.TWICE, "count", "Losses and credits entered that follow from the year before",
                  lambda column: _entered_twice(column, codes), style.COUNT),
    )  # fmt: skip


def _entered_twice(column: YearColumn, codes: Sequence[str]) -> str:
    names = [label.name for code in codes for label in facts.carried_labels(code)]
    entered = "+".join(f"(N({column.entry(name)})<>0)" for name in names)
    return f"IF({column.cell(at.BEGINS)}=1,0,{entered})"


def _carried_rows(code: str, place: str) -> tuple[ReturnRow, ...]:
    return tuple(
        ReturnRow(
            carried(label.name),
            "dollars",
            f"{place}{_CARRIED_BY[label.field == facts.CREDIT]}",
            _carried_on(code, label.field),
            words=label.name,
            only_with="" if label.field == facts.CREDIT else "sales",
        )
        for label in facts.carried_labels(code)
    )


_CARRIED_BY: Final = {True: "What is left of it, and what the year earns", False: "What the year cannot use"}


def _carried_on(code: str, field: str) -> Formula:
    def formula(column: YearColumn) -> str:
        asked, described = household(column, column.cell(at.SPREAD)), facts_of(column, code)
        if field == facts.CREDIT:
            return f"AMT_CREDIT_CARRIED({asked},{described})+AMT_CREDIT_EARNED({asked},{described})"
        return f"AMT_LOSS_CARRIED({asked},{facts.LOSSES[field]},{described})"

    return formula


def _state_tax(state: str) -> ReturnRow:
    """Schedule A's: what the client states, or else that of the state, where one is asked."""

    def formula(column: YearColumn) -> str:
        entered = column.cell(at.STATE_TAX_ENTERED)
        if not state:
            return entered
        figured = f"MAX(0,{column.cell(at.WITHHELD)}+{column.cell(at.PAID_LATE)})"
        is_asked = f'ISNUMBER(SEARCH("{state}",Jurisdiction))'
        return f'IF(AND({column.entry(at.STATE_TAX)}="",{is_asked}),{figured},{entered})'

    return ReturnRow(at.STATE_TAX, "line 5a", "As entered, or that of the state below (Schedule A)", formula,
                     only_with="" if state else "an entry")  # fmt: skip


def _of_a_state(code: str) -> Section:
    """A state's tax as the federal return deducts it, and what the state carries to its next return."""

    def withheld(column: YearColumn) -> str:
        labels = "Fact_labels_entered"
        amounts = column.cells(facts.FIRST_BESIDE_STATE_TAX, at.STATE_TAX_ENTERED)
        return f"AMT_TOTAL_TAX({household(column, '0')},{labels},{amounts},{law_of(code)})"

    def added(column: YearColumn) -> str:
        described = facts_of(column, code)
        with_spread, without = household(column, column.cell(at.SPREAD)), household(column, "0")
        return f"AMT_TOTAL_TAX({with_spread},{described})-AMT_TOTAL_TAX({without},{described})"

    place = place_of(code)
    return Section(
        f"{place}: its tax on the federal return, and what goes on to its next one",
        (
            ReturnRow(at.WITHHELD, "dollars", "Its tax without the ISO spread", withheld),
            ReturnRow(at.PAID_LATE, "dollars", "What last year's ISO spread added to that year's",
                      lambda column: column.last(at.ADDED) if column.before else "0"),
            ReturnRow(at.ADDED, "dollars", "What this year's adds; paid next year", added),
            *_carried_rows(code, f"{place}: "),
        ),
    )  # fmt: skip
