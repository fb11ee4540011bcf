"""The Excel tables of a workbook, to which formulas refer as Table[Column]."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from xl_amt.package import resolved
from xl_amt.workbook.splice.areas import area_of
from xl_amt.workbook.splice.book import Book
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.offsets import elements, whole_number


class ExcelTable(NamedTuple):
    """A table: its ``region`` holds the row of headers, and not that of totals."""

    name: str
    region: Region
    headers: tuple[str, ...]


def excel_tables(book: Book) -> list[ExcelTable]:
    """Every table with a row of headers, in the order of the sheets."""
    tables: list[ExcelTable] = []
    for sheet in book.sheets():
        if not sheet.has_tables:
            continue
        path = PurePosixPath(sheet.part)
        relations = str(path.parent / "_rels" / f"{path.name}.rels")
        for item in elements(book.parts.get(relations, b"<none/>"), {"Relationship"}, relations):
            part = resolved(path.parent, item.attributes.get("Target", ""))
            if item.attributes.get("Type", "").endswith("/table") and part in book.parts:
                tables += _read(book.parts[part], part, sheet.title)
    return tables


def _read(xml: bytes, part: str, title: str) -> list[ExcelTable]:
    table, *columns = elements(xml, {"table", "tableColumn"}, part)
    area = area_of(table.attributes.get("ref", ""))
    if area is None or table.attributes.get("headerRowCount") == "0":
        return []
    totals = whole_number(table.attributes.get("totalsRowCount", "")) or 0
    headers = tuple(column.attributes.get("name", "") for column in columns)
    name = table.attributes.get("displayName", "")
    return [ExcelTable(name, Region(title, area._replace(last_row=area.last_row - totals)), headers)]
