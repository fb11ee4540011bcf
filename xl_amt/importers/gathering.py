"""The rows of a block: which of them state something, under which layouts, and which are totals, notes or ignored."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.importers.cells import is_blank, shown, text
from xl_amt.importers.layout import Fact, Kind, Layout
from xl_amt.importers.match import Block, normalised
from xl_amt.importers.prepare import carry_down, join_lines
from xl_amt.importers.report import IgnoredRow, ImportRemark
from xl_amt.importers.table import Column, TableRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TOTALS: Final = re.compile(r"(grand |sub ?|overall )?totals?|summary")
_MAY_BE_TOTALS: Final = re.compile("total|summary", re.IGNORECASE)  # before a whole text is compared
_A: Final[dict[Kind, str]] = {
    "person": "a stakeholder",
    "end": "a cancellation",
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
    "end": (Fact.KEY,),
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
    stating = [
        table.columns[fact] for table in block.tables for fact in _SAID[table.layout.kind] if fact in table.columns
    ]
    goes_on = any(table.layout.continued for table in block.tables)
    for row in main.rows(block.last_row):
        if other := _what_else(row, stating, goes_on=goes_on):
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


def _what_else(row: TableRow, stating: Sequence[Column], *, goes_on: bool) -> str:
    """Return what stands in a row that states nothing, as a sentence begins; "" where it states something.

    ``stating`` are the columns of which one must be filled; ``goes_on``: a row may continue the one above it.
    """
    if any(_says_totals(row, value) for value in row.values if isinstance(value, str)):
        return "The totals in"
    if goes_on:
        return ""
    if sum(1 for _ in islice(filter(_is_filled, row.values), 2)) == 1:
        return "The single cell in"
    return "" if any(_is_filled(row.value_under(column)) for column in stating) else "The cells in"


def _is_filled(value: object) -> bool:
    return not is_blank(value)


def _says_totals(row: TableRow, value: str) -> bool:
    if not _MAY_BE_TOTALS.search(value) or not _TOTALS.fullmatch(normalised(value)):
        return False
    label = normalised(row.words(Fact.LABEL))
    return not label or bool(_TOTALS.fullmatch(label))


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
            return f"{row.header(fact)} {shown(row.value(fact))} holds nothing that can be used."
    return "The row holds nothing that can be used."
