"""What a workbook says of its own calculation: the chain of its formulas, and the version that calculated it last."""

from __future__ import annotations

from pathlib import PurePosixPath

from xl_amt.package import resolved
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.offsets import Change, Element, elements, spliced, whole_number
from xl_amt.workbook.splice.sheet_edits import with_tag

# Excel recalculates a file that an older version than its own calculated last; this is the newest number known.
CALCULATED_BY = 191029
_CONTENT_TYPES = "[Content_Types].xml"


def marked_as_calculated(book: Book) -> list[Change]:
    """The changes of the workbook's part that name the newest version, where an older one or none is named.

    Otherwise Excel calculates every formula on opening, and shows #NAME? where the functions are not installed.
    """
    xml = book.parts[book.workbook_part]
    own = next((item for item in book.described if item.name == "calcPr"), None)
    if own is None:
        return [_new_mark(book, xml)]
    number = own.attributes.get("calcId", "0")
    is_new = (whole_number(number) or 0) >= CALCULATED_BY
    if is_new and own.attributes.get("fullCalcOnLoad") not in {"1", "true"}:
        return []
    values: dict[str, str | None] = {"calcId": number if is_new else str(CALCULATED_BY), "fullCalcOnLoad": None}
    return [with_tag(xml, own, values)]


def _new_mark(book: Book, xml: bytes) -> Change:
    """A mark behind the names, or behind the sheets where there are none, as the schema orders them."""
    wanted = {"sheets", "functionGroups", "externalReferences", "definedNames"}
    behind = elements(xml, wanted, book.workbook_part)[-1]
    prefix = xml[behind.start + 1 : behind.inside].partition(b":")[0] + b":" if _has_prefix(xml, behind) else b""
    return behind.end, behind.end, b'<%scalcPr calcId="%d"/>' % (prefix, CALCULATED_BY)


def _has_prefix(xml: bytes, element: Element) -> bool:
    return b":" in xml[element.start : element.inside].split(None, 1)[0]


def without_calculation_chain(book: Book, parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts without the order in which formulas are calculated, which Excel makes again.

    One that names a cell without a formula, or leaves one out, is an error to Excel.
    """
    relations = book.relations_part()
    chains = [
        item
        for item in elements(parts[relations], {"Relationship"}, relations)
        if item.attributes.get("Type", "").endswith("/calcChain")
    ]
    if not chains:
        return parts
    folder = PurePosixPath(book.workbook_part).parent
    gone = {resolved(folder, item.attributes.get("Target", "")) for item in chains}
    types = [
        item
        for item in elements(parts[_CONTENT_TYPES], {"Override"}, _CONTENT_TYPES)
        if item.attributes.get("PartName", "").lstrip("/") in gone
    ]
    changed = {relations: _without(parts[relations], chains), _CONTENT_TYPES: _without(parts[_CONTENT_TYPES], types)}
    return {name: part for name, part in (parts | changed).items() if name not in gone}


def _without(xml: bytes, gone: list[Element]) -> bytes:
    return spliced(xml, [(item.start, item.end, b"") for item in gone])
