"""IronCalc, a spreadsheet engine of other hands: what it gives for every formula that it can calculate.

It has none of our functions, and no array within MAX or INDEX in a cell of its own: those LibreOffice alone confirms.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any, Final

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from xl_amt.workbook.package import Parts, pack, sheet_parts
from xl_amt.workbook.values import formulas

# What IronCalc reads as the number 0, and a spreadsheet as an empty cell.
_EMPTY_NUMBER: Final = re.compile(rb'(<c\b[^>]*) t="n"(\s*/>|></c>)')
_NOT_CALCULATED: Final = re.compile(rb"<f>[^<]*(?:\bAMT_|SUMPRODUCT\(MAX\(|MATCH\(1,INDEX\()[^<]*</f>")


def calculated_again(parts: Parts) -> dict[tuple[str, str], Any]:
    """The value of every formula of a filled workbook, by sheet and address.

    The other cells hold their filled values, as if typed; they are not among the answers.
    """
    import ironcalc

    sheets = sheet_parts(parts)
    copy = {name: _without_others(part) if name in sheets.values() else part for name, part in parts.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "copy.xlsx")
        path.write_bytes(pack(copy))
        try:
            model = ironcalc.load_from_xlsx(str(path), "en", "UTC", "en")
            model.evaluate()
        except BaseException as error:  # a panic of its Rust code is no Exception
            if isinstance(error, KeyboardInterrupt):
                raise
            raise AssertionError(f"IronCalc cannot calculate the workbook: {error}") from error
    places = {sheet: place for place, sheet in enumerate(sheets)}
    values = {}
    for formula in formulas(copy):
        column, row = coordinate_from_string(formula.address)
        where = (places[formula.sheet], row, column_index_from_string(column))
        values[formula.sheet, formula.address] = model.get_cell_value(*where)
    return values


def _without_others(sheet: bytes) -> bytes:
    return _NOT_CALCULATED.sub(b"", _EMPTY_NUMBER.sub(rb"\1\2", sheet))
