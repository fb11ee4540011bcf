"""What a book is to the batch, whichever kind of file holds it: headings, and parts of some rows each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas

from xl_amt.batch.headings import Headings

ROWS_OF_A_PART: Final = 100_000  # long enough for arrays to pay, short enough to hold in memory


class Part(NamedTuple):
    """Some rows of a book: what worksheet functions read, and the cells as they stand in the source."""

    table: pandas.DataFrame
    lines: Callable[[], Iterable[str]]  # as lines of a CSV file, without line ends
    cells: Callable[[], Iterable[Sequence[Any]]]  # as cells of a sheet
    done: float  # the part of the source read so far, from 0 to 1
    problems: Mapping[int, str] = {}  # why a row cannot be answered, by its place in the part, where the file tells


class Book(NamedTuple):
    """An open book; ``parts`` gives its rows once, for the columns that are read."""

    headings: list[str]
    line_end: str
    parts: Callable[[Headings], Iterator[Part]]
