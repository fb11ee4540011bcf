"""A copy of a workbook to be calculated outside Excel: the functions under their plain names, and no links.

Excel stores a function under the name of what brought it: ``[1]!AMT_ROOM`` from an add-in file, with the file's path in
a part of links; ``_xll.AMT_ROOM`` and ``_xldudf_AMT_ROOM`` from other kinds. Another program finds none of these names.
The copy is thrown away when its values are known: the workbook itself stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Final

from openpyxl.worksheet.cell_range import CellRange

from xl_amt.workbook.package import Parts, sheet_parts

_FORMULA: Final = re.compile(r"(<((?:\w+:)?)f\b[^>]*(?<!/)>)([^<]*)(</\2f>)")
_CELL: Final = re.compile(r'<((?:\w+:)?)c\b[^>]*?\br="([A-Z]+[0-9]+)"[^>]*?(?:/>|>(.*?)</\1c>)', re.DOTALL)
_SHARED: Final = re.compile(r"<(?:\w+:)?f\b[^>]*/>")
_ARRAY: Final = re.compile(r'<(?:\w+:)?f\b[^>]*\bt="array"[^>]*\bref="([A-Z0-9:]+)"')

# A formula in pieces: a text, the quoted name of a sheet, the number of a link, a column of a table, whose name may
# hold quotes of its own, or what stands between them.
_PIECE: Final = re.compile(
    r"""
    "[^"]*" | '[^']*'  # a doubled quote begins a second piece of the same kind
    | \[[0-9]+\]
    | \[ (?: [^\[\]'] | '. | \[ (?: [^\[\]'] | '. )* \] )* \]
    | [^"'\[]+ | .
    """,
    re.DOTALL | re.VERBOSE,
)
_PREFIX: Final = re.compile(r"(?:_xll\.|_xldudf_)(?=AMT_)", re.IGNORECASE)
_LINKED_FUNCTION: Final = re.compile(r"\[[0-9]+\]!(?=AMT_)", re.IGNORECASE)
_LINK: Final = re.compile(r"\[[0-9]+\]")

_LINK_PARTS: Final = "xl/externalLinks/"
_MENTIONS_OF_LINKS: Final = {
    "[Content_Types].xml": re.compile(rb'<Override\b[^>]*PartName="/xl/externalLinks/[^>]*/>'),
    "xl/_rels/workbook.xml.rels": re.compile(rb"<Relationship\b[^>]*/externalLink\"[^>]*/>"),
    "xl/workbook.xml": re.compile(rb"<((?:\w+:)?)externalReferences>.*?</\1externalReferences>", re.DOTALL),
}


def evaluation_copy(parts: Parts) -> Parts:
    """The parts of the copy.

    A cell that refers to another workbook keeps the value that it has, since nothing but Excel can look there; cells
    into which an array spilled are emptied, so that it can spill again.
    """
    sheets = set(sheet_parts(parts).values())
    copy = {name: content for name, content in parts.items() if not name.startswith(_LINK_PARTS)}
    for name, mention in _MENTIONS_OF_LINKS.items():
        copy[name] = mention.sub(b"", copy[name])
    return {name: _sheet(part.decode()).encode() if name in sheets else part for name, part in copy.items()}


def with_plain_names(formula: str) -> str:
    """A formula of a file with the functions under their plain names; texts and names of sheets stay as they are.

    >>> with_plain_names('[1]!AMT_ROOM(A1,"single",2026)&"_xll.AMT_ROOM("')
    'AMT_ROOM(A1,"single",2026)&"_xll.AMT_ROOM("'
    """
    return _outside_quotes(formula, lambda code: _PREFIX.sub("", _LINKED_FUNCTION.sub("", code)))


def formulas_of_sheet(xml: str) -> Iterator[tuple[str, str]]:
    """The address and the formula of every cell that has one; a cell that shares another's shows none of its own."""
    for cell in _CELL.finditer(xml):
        if formula := _FORMULA.search(cell[3] or ""):
            yield cell[2], unescape(formula[3])
        elif _SHARED.search(cell[3] or ""):
            yield cell[2], ""


def _sheet(xml: str) -> str:
    spilled = [CellRange(found) for found in _ARRAY.findall(xml)]

    def cell(found: re.Match[str]) -> str:
        whole, address, content = found[0], found[2], found[3] or ""
        formula = _FORMULA.search(content)
        if formula is None and "<" in content and any(CellRange(address).issubset(area) for area in spilled):
            return whole.replace(content, "")
        if formula is not None and _refers_to_another_workbook(unescape(formula[3])):
            return whole.replace(formula[0], "")
        return _FORMULA.sub(lambda part: f"{part[1]}{_written_plain(part[3])}{part[4]}", whole)

    return _CELL.sub(cell, xml)


def _written_plain(formula: str) -> str:
    plain = with_plain_names(text := unescape(formula))
    # What does not change keeps its bytes; a name that goes needs no other spelling of what is around it.
    return formula if plain == text else plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _refers_to_another_workbook(formula: str) -> bool:
    pieces = _PIECE.findall(with_plain_names(formula))
    return any(_LINK.match(piece.lstrip("'")) for piece in pieces)


def _outside_quotes(formula: str, change: Callable[[str], str]) -> str:
    """The formula with what stands neither in quotes nor in a column's brackets changed."""
    code, whole = "", ""
    for piece in _PIECE.findall(formula):
        if piece[0] in "\"'[" and not _LINK.fullmatch(piece):
            whole += change(code) + piece
            code = ""
        else:
            code += piece
    return whole + change(code)
