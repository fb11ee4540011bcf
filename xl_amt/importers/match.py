"""Find the tables of a sheet: which row holds headers, of which layout, and which column holds which fact.

The platforms move the header row about and rename columns; each layout lists the headers that a fact goes by, the
surest first. Case, punctuation and line breaks in a header do not matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.errors import FileError
from xl_amt.importers.cells import is_blank, text
from xl_amt.importers.layout import COUNTS, Fact, Layout
from xl_amt.importers.layouts import LAYOUTS
from xl_amt.importers.money import US_DOLLARS, currency_in, without_currency
from xl_amt.importers.table import Column, Table

if TYPE_CHECKING:
    from xl_amt.importers.sources import Sheet

ROWS_SEARCHED: Final = 40  # some reports put half a page of disclaimers above their headers
FEWEST_HEADERS: Final = 3  # fewer matching cells in a row are chance, such as "Name" in a title

_NUMBERED: Final = re.compile(r"(?P<header>.+) #(?P<number>[1-9])")


class Meaning(NamedTuple):
    """What a header means in one layout: the fact, how sure it is (0 is the surest), and which of several columns."""

    layout: int
    fact: Fact
    preference: int
    header: str
    number: int | None  # of the columns of one name, from 1; None: any


class Block(NamedTuple):
    """The rows of a sheet under one row of headers, as tables of the layouts that read them; ``last_row`` is the end.

    ``again`` says that the headers are those of the table above it once more.
    """

    tables: tuple[Table, ...]
    last_row: int
    again: bool = False

    @property
    def header_row(self) -> int:
        """The number of the row of headers."""
        return self.tables[0].header_row


class SheetTables(NamedTuple):
    """The tables of a sheet, and tables that lack a needed column: the likeliest, where nothing else is found."""

    blocks: tuple[Block, ...]
    incomplete: tuple[Table, ...]


@lru_cache(maxsize=65_536)
def normalised(header: str) -> str:
    """Return the header as it is compared: lower case, letters and digits, single spaces.

    >>> normalised(" Is ISO/NSO  Split?")
    'is iso nso split'
    """
    return " ".join(re.findall(r"[^\W_]+", text(header).casefold()))


class Matcher:
    """Rows of headers against many layouts at once: a header is looked up once, whatever their number."""

    def __init__(self, layouts: Sequence[Layout]) -> None:
        self.layouts = tuple(layouts)
        self.meanings: defaultdict[str, list[Meaning]] = defaultdict(list)
        self.marks = [frozenset(map(normalised, layout.marks)) for layout in self.layouts]
        for at, layout in enumerate(self.layouts):
            for fact, headers in layout.headers.items():
                for preference, header in enumerate(headers):
                    numbered = _NUMBERED.fullmatch(header)
                    name = numbered["header"] if numbered else header
                    number = int(numbered["number"]) if numbered else None
                    self.meanings[normalised(name)].append(Meaning(at, fact, preference, name, number))

    def tables_of(self, sheet: Sheet) -> SheetTables:
        """Every table of a sheet: a row of headers of the first forty, and headers that come again below."""
        blocks: list[Block] = []
        incomplete: list[Table] = []
        starts = list(self._starts(sheet))
        for (_, candidates), (following, _) in pairwise([*starts, (len(sheet.rows) + 1, [])]):
            complete = [table for table in candidates if not missing(table)]
            if not complete:
                incomplete.append(max(candidates, key=lambda table: len(table.columns)))
                continue
            best = max(complete, key=lambda table: len(table.columns))
            chosen = tuple(table for table in complete if _family(table) == _family(best))
            again = bool(blocks) and _family(blocks[-1].tables[0]) == _family(best)
            blocks.append(Block(chosen, following - 1, again))
        if not starts and (likeliest := self._likeliest(sheet)):
            incomplete.append(likeliest)
        return SheetTables(tuple(blocks), tuple(incomplete))

    def _starts(self, sheet: Sheet) -> Iterator[tuple[int, list[Table]]]:
        """The rows of headers, with the tables that each may begin: complete ones, or the headers above once more."""
        above: frozenset[str] = frozenset()
        for number, values in enumerate(sheet.rows, 1):
            texts = _texts(values) if above or number <= ROWS_SEARCHED else frozenset()
            again = len(texts & above) >= FEWEST_HEADERS
            if not again and number > ROWS_SEARCHED:
                continue
            candidates = self.candidates(sheet, number)
            if candidates and (again or any(not missing(table) for table in candidates)):
                above = texts
                yield number, candidates

    def _likeliest(self, sheet: Sheet) -> Table | None:
        """The table under the row, of the first forty, in which most facts of one layout are found."""
        every = [
            table
            for number in range(1, len(sheet.rows[:ROWS_SEARCHED]) + 1)
            for table in self.candidates(sheet, number)
        ]
        return max(every, key=lambda table: len(table.columns), default=None)

    def candidates(self, sheet: Sheet, header_row: int) -> list[Table]:
        """The tables that a row of headers may begin, of each layout whose marks it has."""
        found: defaultdict[int, defaultdict[Fact, list[tuple[int, Column]]]] = defaultdict(lambda: defaultdict(list))
        times: defaultdict[str, int] = defaultdict(int)
        for index, value in enumerate(sheet.rows[header_row - 1]):
            if not isinstance(value, str):
                continue
            name, meanings = self._meanings_of(value)
            times[name] += 1
            currency = currency_in(value)
            for meaning in meanings:
                is_of_money = meaning.fact in COUNTS and currency
                if not is_of_money and meaning.number in {None, times[name]}:
                    column = Column(index, meaning.header, currency)
                    found[meaning.layout][meaning.fact].append((meaning.preference, column))
        return [
            _table(sheet, header_row, self.layouts[at], facts)
            for at, facts in sorted(found.items())
            if self.marks[at] <= times.keys()
        ]

    def money_headers(self, table: Table) -> list[str]:
        """The headers that would be of a number of shares, were they not of money: "Amount ($)"."""
        return [
            text(value)
            for value in table.sheet.rows[table.header_row - 1]
            if isinstance(value, str)
            and currency_in(value)
            and any(
                meaning.fact in COUNTS and self.layouts[meaning.layout] is table.layout
                for meaning in self._meanings_of(value)[1]
            )
        ]

    def unread_columns(self, block: Block) -> list[str]:
        """The headers of a block under which no fact is read, in the sheet's order."""
        sheet, header_row = block.tables[0].sheet, block.header_row
        read = {column.index for table in block.tables for column in table.every_column()}
        return [
            text(value)
            for index, value in enumerate(sheet.rows[header_row - 1])
            if index not in read and not is_blank(value) and value not in sheet.inherited
        ]

    def _meanings_of(self, header: str) -> tuple[str, list[Meaning]]:
        """The name that a header is known by, whatever currency it names, and what it means."""
        name = normalised(header)
        if name in self.meanings:
            return name, self.meanings[name]
        bare = normalised(without_currency(header))
        return (bare, self.meanings[bare]) if bare in self.meanings else (name, [])


def matcher_of(further: Sequence[Layout] = ()) -> Matcher:
    """The matcher of all layouts; ``further`` ones go before those that are held."""
    return Matcher((*further, *LAYOUTS)) if further else _matcher_of_all()


@cache
def _matcher_of_all() -> Matcher:
    return Matcher(LAYOUTS)


def missing(table: Table) -> list[tuple[tuple[Fact, ...], ...]]:
    """The needs of a table's layout that its columns do not meet."""
    return [need for need in table.layout.needs if not any(table.columns.keys() >= set(columns) for columns in need)]


def check_repeated_headers(table: Table, file: str) -> None:
    """Raise FileError where two columns go by one header and disagree: neither can be preferred."""
    for fact, column in table.columns.items():
        for other in table.alike.get(fact, ()):
            if any(row.value(fact) != row.value_under(other) for row in table.rows()):
                message = (
                    f"{file}, sheet '{table.sheet.title}', row {table.header_row}: two columns are headed "
                    f"'{column.header}' and differ; delete the wrong one."
                )
                raise FileError(message)


def _table(sheet: Sheet, header_row: int, layout: Layout, found: Mapping[Fact, Sequence[tuple[int, Column]]]) -> Table:
    """Of two headers for one fact, one in dollars counts, and the preferred one."""
    ordered = {fact: sorted(every, key=_preference) for fact, every in found.items()}
    columns = {fact: every[0][1] for fact, every in ordered.items()}
    rest = [(fact, column) for fact, every in found.items() for _, column in every if column != columns[fact]]
    alike: defaultdict[Fact, list[Column]] = defaultdict(list)
    for fact, column in rest:
        if replace(column, index=columns[fact].index) == columns[fact]:
            alike[fact].append(column)
    others = tuple((fact, column) for fact, column in rest if column.header != columns[fact].header)
    return Table(sheet, header_row, layout, columns, others, dict(alike))


def _preference(found: tuple[int, Column]) -> tuple[bool, int]:
    preference, column = found
    return column.currency not in {"", US_DOLLARS}, preference


def _family(table: Table) -> tuple[str, str]:
    return table.layout.platform, table.layout.table


def _texts(values: Iterable[object]) -> frozenset[str]:
    return frozenset(value.strip().casefold() for value in values if isinstance(value, str)) - {""}
