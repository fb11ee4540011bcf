"""Which cells a formula looks at, and so which formulas rest on a cell."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Final

from xl_amt.workbook.splice.areas import Place, area_of
from xl_amt.workbook.splice.names import Region

CellOf = tuple[str, Place]  # a sheet's title, and a cell in it

_TEXT: Final = re.compile(r'"[^"]*"')
_OPERAND: Final = re.compile(
    r"""
    (?: (?: '((?:[^']|'')+)' | ([^\W\d][\w.]*) ) ! )?  # a sheet
    (\$?[A-Za-z]{1,3}\$?\d+ (?: :\$?[A-Za-z]{1,3}\$?\d+ )? | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3} | \$?\d+:\$?\d+)
    (?! [\w(.] )
    | ([^\W\d][\w.\\]*) (?! [\w.\\(!] )  # a name, or a table
    """,
    re.VERBOSE,
)


def regions_in(formula: str, sheet: str, names: dict[str, Region]) -> Iterator[Region]:
    r"""The areas that a formula on a sheet looks at, by reference or by name.

    >>> names = {"rate": Region("Law", area_of("B2"))}
    >>> [str(region) for region in regions_in('SUM(A1:B2)*Rate+\'My sheet\'!C3&"D4"', "Lots", names)]
    ['Lots!A1:B2', 'Law!B2', 'My sheet!C3']
    """
    for quoted, plain, area, name in _OPERAND.findall(_TEXT.sub("", formula)):
        if area and (found := area_of(area)):
            yield Region(quoted.replace("''", "'") or plain or sheet, found)
        elif name and (named := names.get(name.casefold())):
            yield named


def resting_on(cells: Collection[CellOf], names: dict[str, Region], formulas: dict[CellOf, str]) -> list[CellOf]:
    """The formulas that rest on some cells, through others too, in the order of the workbook; without the cells."""
    looks_at = {cell: list(regions_in(formula, cell[0], names)) for cell, formula in formulas.items()}
    reached, new = set(cells), set(cells)
    while new:
        new = {
            cell
            for cell, regions in looks_at.items()
            if cell not in reached
            and any(region.sheet == sheet and region.area.holds(place) for region in regions for sheet, place in new)
        }
        reached |= new
    return [cell for cell in formulas if cell in reached and cell not in cells]
