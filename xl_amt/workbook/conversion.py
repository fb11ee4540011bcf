"""The functions under their plain names in a file, whoever saved it: an add-in's names are of one machine."""

from __future__ import annotations

import re
from typing import Final

from xl_amt.workbook.evaluation_copy import with_function_names, without_links
from xl_amt.workbook.precedents import CellOf
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.edits import Edits, packed

_LINK: Final = re.compile(rb"\[[0-9]+\]")


def converted(book: Book) -> tuple[list[CellOf], bytes]:
    """The cells whose formula is stored otherwise, and the file with the plain names in it.

    A formula that others share stands for them. Links to other workbooks that no formula needs any more, as the one to
    an add-in, are taken out, since Excel would ask for their files.
    """
    edits = Edits(book)
    changed: list[CellOf] = []
    for sheet in book.sheets():
        for cell in sheet.formula_cells():
            assert cell.formula is not None
            if (plain := with_function_names(cell.formula.text)) != cell.formula.text:
                edits.formula(sheet.title, cell, plain)
                changed.append((sheet.title, cell.place))
    for name in book.names:
        if (plain := with_function_names(name.text)) != name.text:
            edits.name(name, plain)
    edits.mark_calculated()
    parts = edits.parts()
    kept = without_links(parts)
    if changed and not any(_LINK.search(part) for name, part in kept.items() if name.endswith(".xml")):
        parts = kept
    return changed, packed(book, parts)
