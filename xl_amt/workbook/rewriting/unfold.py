"""Rows, columns and sheets that were for nobody, opened in the file where they are for someone now."""

from __future__ import annotations

from openpyxl.utils import column_index_from_string

from xl_amt.workbook.rewriting.built import Built
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.names import Region
from xl_amt.workbook.splice.sheet_edits import show_columns, show_row
from xl_amt.workbook.tables.record_tables import TABLES


def unfold(edits: Edits, before: Built, after: Built) -> None:
    """Show what was built folded before and is not now: rows and columns of blocks of a fixed layout, and sheets.

    What an advisor folded stays so.
    """
    for table in TABLES:
        own, region = edits.book.region(table.name), after.regions.get(table.name)
        if own and region and _is_hidden(before, table.name) and not _is_hidden(after, table.name):
            edits.show(own.sheet)
    for name, region in after.regions.items():
        own = edits.book.region(name)
        if own is None or before.regions.get(name) != region or not name.endswith(("_block", "Facts_table")):
            continue
        sheet = edits.sheet(own.sheet)
        down, right = own.area.row - region.area.row, own.area.column - region.area.column
        for row in sorted(_folded_rows(before, region) - _folded_rows(after, region)):
            show_row(sheet, row + down)
        opened = _folded_columns(before, region) - _folded_columns(after, region)
        show_columns(sheet, {column + right for column in opened})


def _is_hidden(built: Built, name: str) -> bool:
    """Whether the sheet of a table was built hidden."""
    region = built.regions.get(name)
    return region is not None and built.sheet(region).sheet_state == "hidden"


def _folded_rows(built: Built, region: Region) -> set[int]:
    area = region.area
    rows = built.sheet(region).row_dimensions
    return {row for row in range(area.row, area.last_row + 1) if row in rows and rows[row].hidden}


def _folded_columns(built: Built, region: Region) -> set[int]:
    dimensions = built.sheet(region).column_dimensions
    return {column_index_from_string(letter) for letter, one in dimensions.items() if one.hidden}
