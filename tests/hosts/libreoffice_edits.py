"""Edits that a person makes, made in LibreOffice by its own Python: ``python libreoffice_edits.py SOFFICE PLANS``.

PLANS is a JSON file: a list of source, target, and edits, each the name of a function below and that of a table.
Further arguments are LibreOffice's own options.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

_PIPE = f"xl-amt-edits-{os.getpid()}"  # of this run, so that no other one answers
_SECONDS = 60
_RED = 0xC00000


def sort_rows(book, table):
    """Sort the rows under the header by the first column, the last one first."""
    import uno  # LibreOffice's own, which the Python of the tests does not have

    field = uno.createUnoStruct("com.sun.star.table.TableSortField")
    field.Field, field.IsAscending = 0, False
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    descriptor = (_property("SortFields", fields), _property("ContainsHeader", True))
    uno.invoke(_area(book, table), "sort", (descriptor,))


def insert_rows(book, table):
    """Insert two rows between the table's first two."""
    area = _area(book, table)
    area.Spreadsheet.Rows.insertByIndex(area.RangeAddress.StartRow + 2, 2)


def insert_rows_above(book, table):
    """Push the table down by three rows."""
    _area(book, table).Spreadsheet.Rows.insertByIndex(0, 3)


def insert_a_column(book, table):
    """Insert a column of one's own behind the table's first."""
    area = _area(book, table)
    address = area.RangeAddress
    area.Spreadsheet.Columns.insertByIndex(address.StartColumn + 1, 1)
    for row, text in enumerate(("My note", "ask about this one")):
        area.Spreadsheet.getCellByPosition(address.StartColumn + 1, address.StartRow + row).String = text


def delete_a_spare_row(book, table):
    """Delete the last row above the closing one."""
    area = _area(book, table)
    area.Spreadsheet.Rows.removeByIndex(area.RangeAddress.EndRow - 1, 1)


def paste_values(book, table):
    """Copy the table and paste its values over it, so that formulas and entries alike are values."""
    area = _area(book, table)
    area.setDataArray(area.getDataArray())


def reformat(book, table):
    """Give every cell another color, and show numbers and dates as plain numbers."""
    area = _area(book, table)
    area.CharColor = _RED
    area.NumberFormat = 0


def rename_and_move(book, table):
    """Rename the sheet and put it first."""
    sheet = _area(book, table).Spreadsheet
    sheet.Name = f"{sheet.Name} of mine"
    book.Sheets.moveByName(sheet.Name, 0)


def add_a_sheet(book, table):
    """Add a sheet of one's own, with a formula that counts what the table holds."""
    title = f"Notes on {table}"
    book.Sheets.insertNewByName(title, 1)
    sheet = book.Sheets.getByName(title)
    sheet.getCellByPosition(0, 0).String = "Rows"
    sheet.getCellByPosition(1, 0).Formula = f"=COUNTA({table})"


EDITS = {
    edit.__name__: edit
    for edit in (
        sort_rows, insert_rows, insert_rows_above, insert_a_column, delete_a_spare_row, paste_values, reformat,
        rename_and_move, add_a_sheet,
    )
}  # fmt: skip


def _area(book, table):
    """The cells of a table, whose sheet is unprotected as a person may."""
    area = book.NamedRanges.getByName(table).getReferredCells()
    area.Spreadsheet.unprotect("")
    return area


def _property(name, value):
    import uno

    made = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
    made.Name, made.Value = name, value
    return made


def _desktop():
    """The desktop of the LibreOffice that was started, once it answers."""
    import uno
    from com.sun.star.connection import NoConnectException

    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + _SECONDS
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={_PIPE};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return there.ServiceManager.createInstance("com.sun.star.frame.Desktop")


def main(soffice, plans, *options):
    """Make every plan's edits in one run of LibreOffice, and save each workbook as LibreOffice does."""
    command = [soffice, *options, "--headless", "--norestore", "--nologo", f"--accept=pipe,name={_PIPE};urp;"]
    with subprocess.Popen(command) as running:  # noqa: S603 - LibreOffice
        desktop = _desktop()
        for source, target, edits in json.loads(Path(plans).read_text("utf-8")):
            hidden = (_property("Hidden", True),)
            book = desktop.loadComponentFromURL(Path(source).as_uri(), "_blank", 0, hidden)
            for edit, table in edits:
                EDITS[edit](book, table)
            book.storeToURL(Path(target).as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))
            book.close(True)
        desktop.terminate()
        running.wait(_SECONDS)


if __name__ == "__main__":
    main(*sys.argv[1:])
