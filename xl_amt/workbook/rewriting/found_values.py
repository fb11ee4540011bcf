"""What a solver or a simulation found, put into the cells that a workbook has for it, over what was found before."""

from __future__ import annotations

from xl_amt.errors import FileError
from xl_amt.workbook.book import Book as Contents
from xl_amt.workbook.rewriting.built import Built, columns_of
from xl_amt.workbook.rewriting.record_rows import a_new_workbook
from xl_amt.workbook.splice import Edits
from xl_amt.workbook.splice.areas import Area


def write_found(edits: Edits, after: Built, contents: Contents) -> list[str]:
    """Put every value of what is new, blanks too; gives the sheets that the file would need and has not.

    Where nothing was found now, what was found before stays with its day. FileError where rows or columns were inserted
    among the cells.
    """
    missing: list[str] = []
    for name, found in {"Leaving_found": contents.leaving, "Outlook_found": contents.outlook}.items():
        if found is None:
            continue
        region, own = after.regions[name], edits.book.region(name)
        if own is None:
            missing.append(region.sheet)
            continue
        if _size(own.area) != _size(region.area):
            raise FileError(
                f"{edits.book.name}, sheet '{own.sheet}': rows or columns were inserted or deleted among the cells for "
                f"what is found; take them out, or {a_new_workbook(edits.book)}"
            )
        down, right = own.area.row - region.area.row, own.area.column - region.area.column
        for row in range(region.area.row, region.area.last_row + 1):
            for column in columns_of(region.area):
                target = (row + down, column + right)
                is_formula = after.formula(region.sheet, (row, column)) or edits.book.formula(own.sheet, target)
                if not is_formula:
                    edits.set(own.sheet, target, after.value(region.sheet, (row, column)))
    return missing


def _size(area: Area) -> tuple[int, int]:
    return area.last_row - area.row, area.last_column - area.column
