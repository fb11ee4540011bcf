"""The pages of the law: every number that is held, where it is enacted, and how firmly it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, Final

from xl_amt.law import STATUSES, enacted, jurisdictions
from xl_amt.law.book import LawBook

NAMES: Final = {
    "US": "Federal law",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "MN": "Minnesota",
    "NJ": "New Jersey",
    "NY": "New York",
}
_YEARS_AHEAD: Final = 2  # after the last enacted one: it is estimated, and the next projected

_FIRST_PAGE: Final = """\
# Law and sources

Every number of the law that is held, made from the law files of `xl_amt/law` when this site is built; no number of
the law is anywhere else. Each names where it is enacted, and links to its source where that can be read.

| standing | what it means |
|---|---|
| enacted | as in the statute, or as published for the year, in the source that is named |
| estimated | by the statute's own rule, from a price index that is not yet fully published |
| projected | by the statute's own rule, from an assumed inflation of {inflation:.1%} a year |

A number holds from the year shown until the next one. Of the years not enacted, the first {ahead} are shown; the
others, to {last_year} for federal law, follow the same rule, and `=AMT_LAW` and `=AMT_LAW_SOURCE` give them.
If a number of a year is not confirmed, the functions refuse that year, and a [decision](../decisions/README.md) says
why. A firm's own numbers are a [law book](../advisors/law-books.md). What a number is called in `=AMT_LAW` is listed
under [Functions](../functions.md#parameters-of-amt_law).

{held}
"""


def pages() -> dict[str, str]:
    """Each page of the law by its name in the site, as Markdown."""
    return {"law/index.md": _first_page()} | {_page_name(code): _page(enacted(code)) for code in jurisdictions()}


def _page_name(code: str) -> str:
    return f"law/{code.lower()}.md"


def _first_page() -> str:
    federal = enacted("US")
    rows = [
        (f"[{NAMES[code]}]({code.lower()}.md)", f"{book.first_year} to {book.verified_through}")
        for code in jurisdictions()
        for book in (enacted(code),)
    ]
    held = _table(("law", "enacted"), rows)
    return _FIRST_PAGE.format(inflation=federal.inflation, ahead=_YEARS_AHEAD, last_year=federal.last_year, held=held)


def _page(book: LawBook) -> str:
    parts = [
        f"# {NAMES[book.jurisdiction]}",
        f"Enacted: {book.first_year} to {book.verified_through}. [What the standings mean](index.md).",
    ]
    for group, units in units_of(book).items():
        parts.append(f"## {_words(group)}")
        parts += [part for key, unit in units.items() for part in _number(book, group, key, unit)]
    return "\n\n".join(parts) + "\n"


def units_of(book: LawBook) -> dict[str, dict[str, str]]:
    """What each number of each group is, in the order of the law file."""
    text = files("xl_amt.law").joinpath(f"{book.jurisdiction.lower()}.toml").read_text("utf-8")
    contents = tomllib.loads(text)
    return {group: contents[group]["units"] for group in book.groups}


def _number(book: LawBook, group: str, key: str, unit: str) -> list[str]:
    """The heading of a number and its values, a row for each year in which it or its source changes."""
    shown = {year: _row(book, group, key, year) for year in range(book.first_year, _last_year_shown(book) + 1)}
    changed = [year for year in shown if shown[year] != shown.get(year - 1, ())]
    by_status = any(len(set(values)) > 1 for values, *_ in filter(None, shown.values()))
    rows = []
    for year in changed:
        values, source, standing = shown[year] or (("none",) * len(STATUSES), "", "")
        rows.append((str(year), *(values if by_status else values[:1]), _linked(source, book.pages), standing))
    headings = ("from", *(STATUSES if by_status else ("value",)), "source", "standing")
    return [
        f"### {_words(group)}: {key.replace('_', ' ')}",
        f"Unit: {unit}.",
        _table(headings, rows),
    ]


def _last_year_shown(book: LawBook) -> int:
    return book.verified_through + _YEARS_AHEAD


def _row(book: LawBook, group: str, key: str, year: int) -> tuple[tuple[str, ...], str, str] | tuple[()]:
    """The values by status, their source and standing; nothing where the number is not law in the year."""
    values = tuple(book.value(group, key, year, status) for status in STATUSES)
    if values[0] is None:
        return ()
    source = book.source(group, key, year)
    standing = next((word for word in ("estimated", "projected") if source.startswith(word)), "enacted")
    return tuple(map(as_read, values)), source, standing


def as_read(value: Any) -> str:
    """A number as it is read, a list with a dot between its parts.

    >>> as_read([11_925, 0.5]), as_read(93_000.0), as_read(True)
    ('11,925 · 0.5', '93,000', 'yes')
    """
    if isinstance(value, list):
        return " · ".join(map(as_read, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _linked(source: str, addresses: dict[str, str]) -> str:
    """The words of a source, each page that it names as a link to where it can be read."""
    if not addresses:
        return source
    longest_first = "|".join(re.escape(page) for page in sorted(addresses, key=len, reverse=True))
    return re.sub(rf"({longest_first})(?![\d-])", lambda page: f"[{page[0]}]({addresses[page[0]]})", source)


def _words(name: str) -> str:
    words = name.replace("_", " ")
    return re.sub(r"^Amt\b", "AMT", words[0].upper() + words[1:])


def _table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
