"""The small workbooks of docs/excel-checklist.md: ``python -m workbook_templates.checklist FOLDER``.

They hold plain function names and no values, as any program writes them that is not Excel.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.worksheet import FUNCTIONS

CALLS: Final = 1_000
_ROOM: Final = 'AMT_ROOM({}, "single", 2021)'
_WRONG: Final = 'AMT_ROOM(150000, "singel", 2021)'


def write_checklist_workbooks(folder: Path) -> list[Path]:
    """Write the three workbooks into a folder, in the order in which the checklist opens them."""
    books = {
        "checklist 1 functions.xlsx": _functions(),
        "checklist 2 cells.xlsx": _cells(),
        "checklist 3 speed.xlsx": _speed(),
    }
    paths = [folder / name for name in books]
    for path, book in zip(paths, books.values(), strict=True):
        book.save(path)
    return paths


def _functions() -> Workbook:
    """Every worksheet function with its example, what it gives, and whether the two agree."""
    book, sheet = _book("Functions", "Function", "Gives", "Should give", "Agrees")
    for row, function in enumerate(FUNCTIONS.values(), 2):
        arguments = ", ".join(f'"{item}"' if isinstance(item, str) else str(item) for item in function.example)
        first = function.gives[0][0] if function.gives_a_table else function.gives
        same = f"B{row}=C{row}" if isinstance(first, str) else f"ABS(B{row}-C{row})<0.01"
        cells = (function.name, f"={function.name}({arguments})", first, f'=IF({same}, "yes", "NO")')
        _write(sheet, row, cells)
        if function.answer == "date":  # which a function cannot do for its cell
            sheet[f"B{row}"].number_format = sheet[f"C{row}"].number_format = "yyyy-mm-dd"
    return book


def _cells() -> Workbook:
    """Errors, blanks, formats and ranges; and a protected sheet, which the button must leave alone."""
    book, sheet = _book("Cells", "What", "Shows", "Should show")
    sheet["E1"], sheet["E2"], sheet["E3"] = 150_000, 185_000, 250_000
    sheet["E1"].number_format = "$#,##0.00"
    sheet["E4"] = "=1/0"
    cases = (
        ("An income in a currency format", f"={_ROOM.format('E1')}", "the same as the next"),
        ("The same income typed in", f"={_ROOM.format(150000)}", "27480.77"),
        ("A wrong argument", f"={_WRONG}", "#VALUE!"),
        ("Excel sees the error", f"=ISERROR({_WRONG})", "TRUE"),
        ("IFERROR catches it", f'=IFERROR({_WRONG}, "caught")', "caught"),
        ("The sentence behind it", '=AMT_WHY("AMT_ROOM", 150000, "singel", 2021)', "a sentence about the status"),
        ("A year without law", '=AMT_ROOM(150000, "single", 1987)', "#N/A"),
        ("An error in an argument", f"={_ROOM.format('E4')}", "#DIV/0!"),
        ("A blank cell is 0", f"={_ROOM.format('E9')}={_ROOM.format(0)}", "TRUE"),
        ("Several areas are no range", f"=ISERROR({_ROOM.format('(E1,E3)')})", "TRUE"),
        ("A range, added up", f"=SUMPRODUCT({_ROOM.format('E1:E3')})", "a number"),
    )
    for row, case in enumerate(cases, 2):
        _write(sheet, row, case)
    protected = book.create_sheet("Protected")
    protected["A1"] = f"={_ROOM.format(150000)}"
    protected.protection.sheet = True
    return book


def _speed() -> Workbook:
    """As many single calls as the checklist times, and one call over as many cells."""
    book, single = _book("Single cells", "Income", "Room")
    together = book.create_sheet("One range")
    for row in range(2, CALLS + 2):
        income = 100_000 + 50 * row
        _write(single, row, (income, f"={_ROOM.format(f'A{row}')}"))
        together.cell(row, 1, income)
    cells = f"B2:B{CALLS + 1}"
    together["B2"] = ArrayFormula(cells, f"={_ROOM.format(f'A2:A{CALLS + 1}')}")
    return book


def _book(title: str, *headings: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    _write(sheet, 1, headings)
    for column, width in zip("ABCD", (34, 60, 28, 10), strict=True):
        sheet[f"{column}1"].font = Font(bold=True)
        sheet.column_dimensions[column].width = width
    return book, sheet


def _write(sheet: Worksheet, row: int, values: tuple[Any, ...]) -> None:
    for column, value in enumerate(values, 1):
        sheet.cell(row, column, value)


if __name__ == "__main__":
    for written in write_checklist_workbooks(Path(sys.argv[1])):
        print(written)  # noqa: T201 - a script
