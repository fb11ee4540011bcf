"""The facts of the base on the sheet Plan: each year's, as if nothing more were exercised or sold than is done.

They are those of the sheet Returns without what planned steps put on the forms. Losses, the minimum tax credit and the
state's tax on Schedule A follow from the base's own years.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS, Label
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import put, put_text
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import YEAR_HEADING_ROW
from xl_amt.workbook.sheets import returns
from xl_amt.workbook.sheets.plan_layout import PlanLayout, plan_layout
from xl_amt.workbook.sheets.year_columns import YearColumns
from xl_amt.workbook.tables.client_rows import row_by_name

# What planned steps put on the forms, by the ledger, with the words of the row.
PLANNED: Final = {
    "iso_spread": "ISO spread",
    "wages": "Wages of NSOs",
    "disqualifying_wages": "Wages of disqualifying sales",
    "wages_already_taxed_by_amt": "Of them taxed by the AMT before",
    "ordinary_gain": "Gain of repurchases",
    "short_term_gain": "Short-term gain",
    "long_term_gain": "Long-term gain",
    "amt_short_term_gain": "AMT short-term gain",
    "amt_long_term_gain": "AMT long-term gain",
}
# The facts that they are in, by the field of the fact.
_IN_FACTS: Final = {
    "wages_already_taxed_by_amt": ("wages_already_taxed_by_amt",),
    "medicare_wages": ("wages",),
    "other_income": ("ordinary_gain",),
    "short_term_gain": ("short_term_gain",),
    "long_term_gain": ("long_term_gain",),
    "amt_short_term_gain": ("amt_short_term_gain",),
    "amt_long_term_gain": ("amt_long_term_gain",),
}
_STATE_TAX: Final = "state_income_tax"
_CREDIT: Final = "minimum_tax_credit"


class _Fact(NamedTuple):
    code: str
    label: Label


class _Base:
    """The rows of the base: what is planned, income, spread, and the facts with the state's tax first.

    So the facts without it, which the state's own functions take, stand together.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.codes = codes_of(book.record)
        self.title = plan_layout(book).facts
        self.planned = {field: self.title + place for place, field in enumerate(PLANNED, start=1)}
        self.income = self.title + len(PLANNED) + 1
        self.spread = self.income + 1
        labels = sorted((_Fact("US", label) for label in LABELS), key=lambda one: one.label.field != _STATE_TAX)
        labels += [_Fact(code, label) for code in self.codes if code != "US" for label in TAX_SYSTEMS[code].labels]
        self.facts = {(one.code, one.label.field): self.spread + place for place, one in enumerate(labels, start=1)}
        self.labels = labels

    def arguments(self, column: str, code: str, spread: str | None = None, further: str = "") -> str:
        """The arguments of a function in a column; ``further`` ones follow the spread."""
        first = self.spread + 1
        last = self.spread + (len(LABELS) if code == "US" else len(self.labels))
        first += code != "US"
        asked = f"Plan!{column}${self.spread}" if spread is None else spread
        return (
            f"Plan!{column}${self.income},{returns.cell(self.book, 'status', column)},{column}${YEAR_HEADING_ROW},"
            f"{asked},{further}Plan!$A${first}:$A${last},Plan!{column}${first}:{column}${last},"
            f"{returns.jurisdiction(self.book, code)}"
        )


def arguments(book: Book, column: str, code: str, spread: str | None = None) -> str:
    """The arguments of an AMT_ function on the base: income, status, year, spread, labels, amounts, jurisdiction.

    The spread is that of the exercises done, unless another is given.
    """
    return _Base(book).arguments(column, code, spread)


def put_facts(plan: YearColumns, book: Book, rows: PlanLayout) -> None:
    """The rows, below all that is printed."""
    base = _Base(book)
    plan.section(base.title, "Workings, not printed: the facts with nothing more exercised or sold")
    for field, words in PLANNED.items():
        _planned(plan, book, field, f"{words}, planned, by the ledger", base.planned[field])
    tried = rows.tried
    _income(plan, base, tried["wages"])
    plan.row(
        base.spread,
        "ISO spread, base",
        "6251 line 2i",
        lambda c: f"{returns.cell(book, 'iso_spread', c)}-{c}{base.planned['iso_spread']}-{c}{tried['spread']}",
    )
    stated = row_by_name(book.record)
    for one in base.labels:
        _fact(plan, base, one, stated.get(one.label.name), tried["wages"])


def _planned(plan: YearColumns, book: Book, field: str, words: str, row: int) -> None:
    """What the planned steps of the record put on the forms: values, as the lots are."""
    put(plan.sheet, f"A{row}", words, style.LABEL)
    put(plan.sheet, f"B{row}", "dollars", style.UNIT)
    for place, column in enumerate(plan.years):
        year = book.years[place] if place < len(book.years) else None
        amounts = book.planned.get(year) if year else None
        put(plan.sheet, f"{column}{row}", getattr(amounts, field, 0.0), style.FORMULA, style.DOLLARS)


def _income(plan: YearColumns, base: _Base, tried: int) -> None:
    of_options = [base.planned[field] for field in ("wages", "disqualifying_wages")]
    plan.row(
        base.income,
        "Wages, base",
        "1040 line 1a",
        lambda c: "-".join([returns.cell(base.book, "wages", c), *(f"{c}{row}" for row in of_options), f"{c}{tried}"]),
    )


def _fact(plan: YearColumns, base: _Base, one: _Fact, stated: int | None, tried: int) -> None:
    code, label = one
    row, field = base.facts[code, label.field], label.field
    put_text(plan.sheet, f"A{row}", label.name, style.LABEL)
    formula = _formula(plan, base, one, tried)
    for column in plan.years:
        followed = formula(column)
        known = returns.cell(base.book, field, column, code)
        if followed != known and stated and field not in _IN_FACTS:
            followed = f'IF(Client!{column}${stated}<>"",{known},{followed})'
        shown = f'=IF(OR({column}${YEAR_HEADING_ROW}="",Missing_inputs<>""),"",{followed})'
        put(plan.sheet, f"{column}{row}", shown, style.LINK if followed == known else style.FORMULA, style.DOLLARS)


def _formula(plan: YearColumns, base: _Base, one: _Fact, tried: int) -> Callable[[str], str]:
    """The formula of a fact, by its column: of Returns, less what is planned in it, or followed from the year before."""
    code, field = one.code, one.label.field

    def known(column: str) -> str:
        return returns.cell(base.book, field, column, code)

    def less_planned(column: str) -> str:
        taken = [f"{column}{base.planned[name]}" for name in _IN_FACTS[field]]
        taken += [f"{column}{tried}"] if field == "medicare_wages" else []
        return f'IF({known(column)}="","",{"-".join([known(column), *taken])})'

    def carried(column: str) -> str:
        before = plan.before(column)
        if not before:
            return known(column)
        if field == _CREDIT:
            asked = base.arguments(before, code)
            return f"AMT_CREDIT_CARRIED({asked})+AMT_CREDIT_EARNED({asked})"
        term, system = "short" if "short" in field else "long", "AMT" if field.startswith("amt_") else "regular"
        return f"AMT_LOSS_CARRIED({base.arguments(before, code, further=_quoted(term, system))})"

    def paid_to_states(column: str) -> str:
        states = [state for state in base.codes if state != "US"]
        if not states:
            return known(column)
        paid = [f"AMT_TOTAL_TAX({base.arguments(column, state, '0')})" for state in states]
        if before := plan.before(column):
            paid += [f"AMT_TOTAL_TAX({base.arguments(before, state)})" for state in states]
            paid += [f"-AMT_TOTAL_TAX({base.arguments(before, state, '0')})" for state in states]
        return f"MAX(0,{'+'.join(paid).replace('+-', '-')})"

    if field == _CREDIT or field.endswith("loss_carryover"):
        return carried
    if field == _STATE_TAX:
        return paid_to_states
    return less_planned if field in _IN_FACTS else known


def _quoted(*words: str) -> str:
    """Words as arguments that others follow."""
    return "".join(f'"{word}",' for word in words)
