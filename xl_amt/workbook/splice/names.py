"""The names that a workbook defines, and the areas that they name."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from xl_amt.workbook.splice.areas import Area, area_of
from xl_amt.workbook.splice.offsets import Element

_REFERENCE: Final = re.compile(r"(?:'((?:[^']|'')+)'|([^'!\s(),]+))!(\$?[A-Za-z0-9$:]+)")
_PLAIN_TITLE: Final = re.compile(r"[^\W\d][\w.]*")


class Region(NamedTuple):
    """Some cells of a sheet, that by its title."""

    sheet: str
    area: Area

    def __str__(self) -> str:
        return f"{self.sheet}!{self.area}"


class DefinedName(NamedTuple):
    """A name as the workbook defines it; ``sheet`` is the number of the one that it belongs to, None for the whole."""

    name: str
    sheet: int | None
    element: Element

    @property
    def text(self) -> str:
        """What it stands for: a reference, a number, a formula."""
        return self.element.text

    @property
    def regions(self) -> tuple[Region, ...]:
        """The areas that it names, where it names nothing else."""
        return regions_of(self.text)


def regions_of(text: str) -> tuple[Region, ...]:
    """The areas that a reference names; none where it is anything else.

    >>> [str(region) for region in regions_of("Lots!$A$4:$F$13,'Ana''s'!$B$1")], regions_of("SUM(Lots!A1)")
    (['Lots!A4:F13', "Ana's!B1"], ())
    """
    regions: list[Region] = []
    at = 0
    text = text.strip()
    while at < len(text):
        found = _REFERENCE.match(text, at)
        area = area_of(found[3]) if found else None
        if found is None or area is None:
            return ()
        regions.append(Region(found[1].replace("''", "'") if found[1] else found[2], area))
        at = found.end()
        if at < len(text) and text[at] != ",":
            return ()
        at += 1
    return tuple(regions)


def reference(region: Region) -> str:
    """A region as a defined name writes it.

    >>> reference(Region("Ana's", Area(4, 1, 13, 6)))
    "'Ana''s'!$A$4:$F$13"
    """
    title = region.sheet
    if not _PLAIN_TITLE.fullmatch(title) or area_of(title) is not None:
        title = "'" + title.replace("'", "''") + "'"
    absolute = re.sub(r"([A-Z]+)|(\d+)", r"$\g<0>", str(region.area))
    return f"{title}!{absolute}"
