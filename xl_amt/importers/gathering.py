"""The rows of a block: which of them state something, under which layouts, and which are totals, notes or ignored."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.importers.cells import is_blank, shown, text
from xl_amt.importers.layout import Fact, Kind, Layout
from xl_amt.importers.match import Block, normalised
from xl_amt.importers.prepare import carry_down, join_lines
from xl_amt.importers.report import IgnoredRow, ImportRemark
from xl_amt.importers.table import TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOTALS: Final = re.compile(r"(grand |sub ?|overall )?totals?|summary")
_MAY_BE_TOTALS: Final = ("total", "summary")
_A: Final[dict[Kind, str]] = {
    "person": "a stakeholder",
    "grant": "a grant",
    "tranche": "a vesting",
    "exercise": "an exercise",
    "sale": "a sale",
    "lot": "a lot",
    "value": "a value",
    "split": "a split",
}
# A row that says none of these is a footnote, however many cells it has.
_SAID: Final[dict[Kind, tuple[Fact, ...]]] = {
    "person": (Fact.STAKEHOLDER,),
    "grant": (Fact.STAKEHOLDER, Fact.AWARD_TYPE, Fact.STRIKE),
    "tranche": (Fact.LABEL, Fact.KEY, Fact.VEST_DATE),
    "exercise": (Fact.LABEL, Fact.KEY, Fact.EXERCISE_DATE, Fact.EXERCISE_VALUE),
    "sale": (Fact.LABEL, Fact.SALE_DATE, Fact.SALE_PRICE),
    "lot": (Fact.LOT, Fact.ACQUIRED, Fact.PRICE_PAID),
    "value": (Fact.VALUE_DAY, Fact.VALUE),
    "split": (Fact.SPLIT_DAY,),
}


class Line(NamedTuple):
    """A row of a file: what it states by each layout that reads it, none where it is ignored, and why then."""

    first: TableRow
    readings: tuple[TableRow, ...]
    ignored: str = ""

    @property
    def as_ignored(self) -> IgnoredRow:
        """The row among those that are ignored."""
        sheet, row, file = self.first.place
        return IgnoredRow(sheet, row, self.ignored, file)


def lines_of(block: Block, remarks: list[ImportRemark]) -> list[Line]:
    """The rows of a block that state something, with those of its event that came before them.

    Totals, footnotes and repeated headers become remarks.
    """
    main = block.tables[0]
    if block.again:
        headers = TableRow(main, block.header_row, main.sheet.rows[block.header_row - 1])
        remarks.append(_remark(headers, "The headers repeated in", "were"))
    left_out: set[int] = set()
    for row in main.rows(block.last_row):
        if other := _what_else(row, block):
            remarks.append(_remark(row, other, "was" if "single" in other else "were"))
            left_out.add(row.number)
    readings: defaultdict[int, list[TableRow]] = defaultdict(list)
    firsts: dict[int, TableRow] = {}
    for table in block.tables:
        rows: Iterable[TableRow] = (row for row in table.rows(block.last_row) if row.number not in left_out)
        if table.layout.continued:
            rows = join_lines(rows, table.layout.continued)
        for row in carry_down(rows, table.layout.carried) if table.layout.carried else rows:
            firsts.setdefault(row.number, row)
            if _is_read_by(row, table.layout):
                readings[row.number].append(row)
    return [
        Line(row, tuple(readings[number]), "" if readings[number] else _why_ignored(row, block))
        for number, row in sorted(firsts.items())
    ]


def _remark(row: TableRow, other: str, verb: str) -> ImportRemark:
    what = _A[row.table.layout.kind]
    sentence = f"{other} {row.place_in_words} {verb} not read as {what}."
    return ImportRemark("row not of a grant", "note", sentence, places=(row.place,))


def _what_else(row: TableRow, block: Block) -> str:
    """Return what stands in a row that states nothing, as a sentence begins; "" where it states something."""
    filled = [value for value in row.values if not is_blank(value)]
    if _says_totals(row, filled):
        return "The totals in"
    if len(filled) == 1 and not any(table.layout.continued for table in block.tables):
        return "The single cell in"
    if any(table.layout.continued for table in block.tables):
        return ""
    facts = {fact for table in block.tables for fact in _SAID[table.layout.kind]}
    return "" if any(_said(row, block, fact) for fact in facts) else "The cells in"


def _says_totals(row: TableRow, filled: Iterable[object]) -> bool:
    may_be = [
        value for value in filled if isinstance(value, str) and any(word in value.casefold() for word in _MAY_BE_TOTALS)
    ]
    if not any(_TOTALS.fullmatch(normalised(value)) for value in may_be):
        return False
    label = normalised(row.words(Fact.LABEL))
    return not label or bool(_TOTALS.fullmatch(label))


def _said(row: TableRow, block: Block, fact: Fact) -> bool:
    for table in block.tables:
        column = table.columns.get(fact)
        if column and not is_blank(row.value_under(column)):
            return True
    return False


def _is_read_by(row: TableRow, layout: Layout) -> bool:
    return all(
        normalised(text(row.value(fact))) in set(map(normalised, words))
        for fact, words in layout.only.items()
        if row.table.states(fact)
    )


def _why_ignored(row: TableRow, block: Block) -> str:
    """Why no layout of a block reads a row: the first word by which it differs from all of them."""
    for fact in (Fact.RECORD, Fact.EVENT, Fact.AWARD_TYPE):
        words = {normalised(word) for table in block.tables for word in table.layout.only.get(fact, ())}
        if words and row.table.states(fact) and normalised(row.words(fact)) not in words:
            return f"{row.header(fact)} {shown(row.value(fact))} holds nothing that is read."
    return "The row holds nothing that is read."
