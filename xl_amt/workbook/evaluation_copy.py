"""A copy of a workbook to be calculated outside Excel: the functions under their plain names, and no links.

Excel stores a function under the name of what brought it: ``[1]!AMT_ROOM`` from an add-in file, with the file's path in
a part of links; ``_xll.AMT_ROOM`` and ``_xldudf_AMT_ROOM`` from other kinds. Another program finds none of these names.
The copy is thrown away when its values are known: the workbook itself stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from xl_amt.workbook.package import Parts, sheet_parts
from xl_amt.workbook.splice.areas import address
from xl_amt.workbook.splice.offsets import Change, escaped, spliced
from xl_amt.workbook.splice.sheet import Sheet, read_sheet
from xl_amt.worksheet import FUNCTIONS

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
_CALL: Final = re.compile(r"\bAMT_[A-Z0-9_]+(?=\()", re.IGNORECASE)
_LINK: Final = re.compile(r"\[[0-9]+\]")

# What a sheet holds in which the copy changes anything: a link, another name of a function, an array that spilled.
_MAY_CHANGE: Final = re.compile(rb"\[|_xll\.|_xldudf_|array", re.IGNORECASE)

_LINK_PARTS: Final = "xl/externalLinks/"
_MENTIONS_OF_LINKS: Final = {
    "[Content_Types].xml": re.compile(rb'<Override\b[^>]*PartName="/xl/externalLinks/[^>]*/>'),
    "xl/_rels/workbook.xml.rels": re.compile(rb"<Relationship\b[^>]*/externalLink\"[^>]*/>"),
    "xl/workbook.xml": re.compile(rb"<((?:\w+:)?)externalReferences>.*?</\1externalReferences>", re.DOTALL),
}


def evaluation_copy(parts: Parts) -> Parts:
    """The parts of the copy.

    A cell that refers to another workbook keeps the value that it has, since nothing but Excel can look there; cells
    into which an array spilled are emptied, so it can spill again.
    """
    changed = {title: part for title, part in sheet_parts(parts).items() if _MAY_CHANGE.search(parts[part])}
    return copy_with(parts, [read_sheet(title, part, parts[part], title) for title, part in changed.items()])


def copy_with(parts: Parts, sheets: Iterable[Sheet]) -> Parts:
    """The parts of the copy, of a workbook whose sheets are read already."""
    return without_links(parts) | {sheet.part: spliced(sheet.xml, _changes(sheet)) for sheet in sheets}


def without_links(parts: Parts) -> Parts:
    """The parts without those of links to other workbooks, and without what mentions these."""
    kept = {name: content for name, content in parts.items() if not name.startswith(_LINK_PARTS)}
    for name, mention in _MENTIONS_OF_LINKS.items():
        if name in kept:
            kept[name] = mention.sub(b"", kept[name])
    return kept


def with_plain_names(formula: str) -> str:
    """A formula of a file with the functions under their plain names; texts and names of sheets stay as they are.

    >>> with_plain_names('[1]!AMT_ROOM(A1,"single",2026)&"_xll.AMT_ROOM("')
    'AMT_ROOM(A1,"single",2026)&"_xll.AMT_ROOM("'
    """
    return _outside_quotes(formula, lambda code: _PREFIX.sub("", _LINKED_FUNCTION.sub("", code)))


def with_function_names(formula: str) -> str:
    """A formula with the functions under the names by which xl-amt writes them, whoever saved it.

    LibreOffice saves a function that it does not know in lower case.

    >>> with_function_names('amt_room(A1,"amt_room(")+_xll.amt_owed(1)+Amt_other(2)')
    'AMT_ROOM(A1,"amt_room(")+AMT_OWED(1)+Amt_other(2)'
    """
    return _outside_quotes(with_plain_names(formula), lambda code: _CALL.sub(_in_capitals, code))


def _in_capitals(found: re.Match[str]) -> str:
    name = found[0].upper()
    return name if name in FUNCTIONS else found[0]


def formulas_of_sheet(xml: str) -> Iterator[tuple[str, str]]:
    """The address and the formula of every cell that has one; a cell that shares another's shows none of its own."""
    for cell in read_sheet("sheet", "sheet", xml.encode(), "the workbook").formula_cells():
        assert cell.formula is not None
        yield address(*cell.place), cell.formula.text


def refers_to_another_workbook(formula: str) -> bool:
    """Whether a formula of a file looks into another workbook, other than for one of the functions.

    >>> refers_to_another_workbook("[1]!AMT_ROOM(A1)"), refers_to_another_workbook("'[2]My sheet'!A1")
    (False, True)
    """
    if "[" not in formula:
        return False
    return any(_LINK.match(piece.lstrip("'")) for piece in _PIECE.findall(with_plain_names(formula)))


def _changes(sheet: Sheet) -> Iterator[Change]:
    for cell in sheet.cells():
        formula = cell.formula
        if formula is None:
            if cell.value is not None and sheet.array_over(cell.place):
                yield cell.value.start, cell.value.end, b""
        elif refers_to_another_workbook(formula.text):
            yield formula.start, formula.end, b""
        elif (plain := with_plain_names(formula.text)) != formula.text:
            # What does not change keeps its bytes; a name that goes needs no other spelling of what is around it.
            yield formula.inside, formula.finish, escaped(plain)


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
