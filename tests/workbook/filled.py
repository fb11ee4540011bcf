"""A record's workbook and its values, looked up by the defined names that the formulas use."""

from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.values import evaluate


def cells_of(workbook, name):
    """The cells of a defined name, in order; a column's closing row is none of them."""
    (where,) = workbook.defined_names[name].destinations
    sheet, address = where
    found = workbook[sheet][address.replace("$", "")]
    rows = found if isinstance(found, tuple) else ((found,),)
    cells = [cell for row in rows for cell in row]
    closed = name.partition("_")[0] in {"Holding", "Grant", "ISO", "Event"} and len(cells) > 1
    return cells[:-1] if closed else cells


class Filled:
    """A workbook of a record after cells were typed over, with every value."""

    def __init__(self, record, typed=()):
        """``typed`` are values by the name of a cell, by a name and a place within it, or by sheet and address."""
        self.workbook = build_workbook(book_of(record))
        for where, value in dict(typed).items():
            self._cell(where).value = value
        self.values = evaluate(parts_of(self.workbook))

    def _cell(self, where):
        if isinstance(where, str):
            return cells_of(self.workbook, where)[0]
        first, second = where
        return cells_of(self.workbook, first)[second] if isinstance(second, int) else self.workbook[first][second]

    def all(self, name):
        """The values of every cell of a name."""
        return [self.of(cell) for cell in cells_of(self.workbook, name)]

    def __getitem__(self, where):
        """The value of a cell, as in ``typed``."""
        return self.of(self._cell(where))

    def of(self, cell):
        """The value of a cell."""
        return self.values.get((cell.parent.title, cell.coordinate), cell.value)


def values_of(workbook, name):
    """The values of every cell of a name, in a workbook that was read with its values."""
    return [cell.value for cell in cells_of(workbook, name)]
