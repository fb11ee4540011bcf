"""Rows added to a table: spare rows first, then rows like the last one, before the closing row.

Nothing else moves: a table has nothing beneath, so no formula of anybody's needs to be rewritten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xl_amt.errors import FileError
from xl_amt.package import LAST_ROW
from xl_amt.workbook.splice.areas import Area, address, areas_of
from xl_amt.workbook.splice.cell_bytes import Value, written
from xl_amt.workbook.splice.edits import Edits
from xl_amt.workbook.splice.names import Region, reference
from xl_amt.workbook.splice.offsets import escaped, opened, with_attributes
from xl_amt.workbook.splice.sheet import Cell, moved_formula
from xl_amt.workbook.splice.sheet_edits import new_cell, show_row, with_tag
from xl_amt.workbook.splice.table import Table

_PRINT_AREA = "_xlnm.Print_Area"


def append_rows(edits: Edits, table: Table, rows: Sequence[Mapping[int, Value]]) -> None:
    """Add rows behind the last one in use, each with its values by column; formulas come from the rows above.

    FileError where the sheet has no room for more, or the table's end is merged, an Excel table, or an array.
    """
    spare, pattern = range(table.last_row_in_use() + 1, table.closing_row), table.pattern_row()
    for number, values in zip(spare, rows, strict=False):
        show_row(edits.sheet(table.sheet.title), number)
        for column, value in values.items():
            model = None if pattern is None else table.sheet.cell((pattern, column))
            look = None if model is None else model.element.attributes.get("s")
            edits.set(table.sheet.title, (number, column), value, look)
    if more := rows[len(spare) :]:
        _grow(edits, table, more)


def fill_formulas(edits: Edits, table: Table) -> None:
    """Give the rows that a person inserted the formulas of the others; what is entered in their place stays."""
    pattern = table.pattern_row()
    if pattern is None:
        return
    for number in table.rows:
        if number == pattern or not table.inputs(number):
            continue
        for column in table.formula_columns(pattern) - table.formula_columns(number):
            own = table.sheet.cell((number, column))
            if table.value(number, column) is None and (number, column) not in edits.sheet(table.sheet.title).cells:
                model = table.sheet.cell((pattern, column))
                assert model is not None
                formula = _formula(table, model, number)
                style = None if own is not None else model.element.attributes.get("s")
                edits.new_formula(table.sheet.title, (number, column), formula, style)


def _grow(edits: Edits, table: Table, rows: Sequence[Mapping[int, Value]]) -> None:
    """Put rows where the closing row is, and the closing row behind them."""
    pattern = table.pattern_row()
    if pattern is None:
        raise FileError(f"{table.where}: the table has no row to copy for a new one; insert one there.")
    _check_room(table, pattern, len(rows))
    for number, values in enumerate(rows, table.closing_row):
        _make_row(edits, table, pattern, number, values)
    _move_closing_row(edits, table, len(rows))
    _widen_rules(edits, table, len(rows))
    _widen_names(edits, table, len(rows))


def _check_room(table: Table, pattern: int, more: int) -> None:
    if table.closing_row + more > LAST_ROW:
        raise FileError(f"{table.where}: there is no room for {more} more rows; remove blank ones.")
    if table.sheet.has_tables:
        raise FileError(
            f"{table.where}: the sheet holds an Excel table, which does not grow with ours; convert it to a range "
            "(Table Design, Convert to Range)."
        )
    end = Area(pattern, table.area.column, table.closing_row + more, table.area.last_column)
    for area in table.sheet.merged:
        if area.meets(end):
            raise FileError(f"{table.where}: {area} is merged where rows would be added; unmerge it.")
    for area, own in table.sheet.arrays:
        if area.meets(end):
            raise FileError(
                f"{table.where}: {address(*own)} holds an array formula where rows would be added; move it out of the "
                "table."
            )


def _make_row(edits: Edits, table: Table, pattern: int, number: int, values: Mapping[int, Value]) -> None:
    """A row like the pattern, with values in the place of the pattern's."""
    sheet_edits = edits.sheet(table.sheet.title)
    model = table.sheet.rows[pattern]
    tag = table.sheet.xml[model.element.start : model.element.inside]
    sheet_edits.row_tags[number] = opened(with_attributes(tag, {"r": str(number), "hidden": None}))
    for column in range(table.area.column, table.area.last_column + 1):
        cell = model.cell(column)
        style = cell.element.attributes.get("s") if cell else None
        place = (number, column)
        value = values.get(column)
        if value is None and cell is not None and cell.formula is not None:
            prefix = table.sheet.prefix
            formula = b"<%sf>%s</%sf>" % (prefix, escaped(_formula(table, cell, number)), prefix)
            sheet_edits.cells[place] = new_cell(table.sheet, place, style, "", formula)
            edits.formulas_come_or_go = True
            continue
        where = f"{table.sheet.title}!{address(*place)}"
        kind, element = written(value, table.sheet.prefix, where, from_1904=table.book.from_1904)
        if cell is not None or element:
            sheet_edits.cells[place] = new_cell(table.sheet, place, style, kind, element)


def _formula(table: Table, model: Cell, number: int) -> str:
    return moved_formula(table.sheet.formula(model) or "", model.place, (number, model.column))


def _move_closing_row(edits: Edits, table: Table, more: int) -> None:
    """Give the closing row its new number; cells next to the table stay where they are."""
    sheet_edits, xml = edits.sheet(table.sheet.title), table.sheet.xml
    row = table.sheet.rows.get(table.closing_row)
    number = table.closing_row + more
    if row is None:
        return
    tag = xml[row.element.start : row.element.inside]
    sheet_edits.row_tags[number] = opened(with_attributes(tag, {"r": str(number)}))
    for cell in row.cells:
        if table.area.column <= cell.column <= table.area.last_column:
            sheet_edits.cells.setdefault(cell.place, b"")
            style = cell.element.attributes.get("s")
            place = (number, cell.column)
            sheet_edits.cells[place] = new_cell(table.sheet, place, style, "", b"")


def _widen_rules(edits: Edits, table: Table, more: int) -> None:
    """Let formats, validations and filters that hold for the last rows hold for the new ones."""
    sheet_edits, xml = edits.sheet(table.sheet.title), table.sheet.xml
    for rule in table.sheet.rules:
        key = "ref" if rule.name == "autoFilter" else "sqref"
        old = rule.text if rule.name == "sqref" else rule.attributes.get(key, "")
        areas = areas_of(old)
        wider = [_widened(table, area, more) for area in areas]
        if wider == areas:
            continue
        new = " ".join(map(str, wider))
        if rule.name == "sqref":
            sheet_edits.changes.append((rule.inside, rule.finish, new.encode()))
        else:
            sheet_edits.changes.append(with_tag(xml, rule, {key: new}))


def _widened(table: Table, area: Area, more: int) -> Area:
    """An area with the new rows, where it ends at the closing row or the row before; that of the former moves."""
    if not area.meets(table.area) or not table.closing_row - 1 <= area.last_row <= table.closing_row:
        return area
    first = area.row + more if area.row == table.closing_row else area.row
    return area._replace(row=first, last_row=area.last_row + more)


def _widen_names(edits: Edits, table: Table, more: int) -> None:
    """Let every name that ends at the closing row end there again, and the printed area hold it."""
    for name in table.book.names:
        regions = name.regions
        wider = [_widened_region(table, region, more, is_printed=name.name == _PRINT_AREA) for region in regions]
        if wider != list(regions):
            edits.name(name, ",".join(map(reference, wider)))


def _widened_region(table: Table, region: Region, more: int, *, is_printed: bool) -> Region:
    area = region.area
    if region.sheet != table.sheet.title or not area.meets(table.area):
        return region
    if area.last_row == table.closing_row:
        return region._replace(area=_widened(table, area, more))
    if is_printed and table.closing_row < area.last_row < table.closing_row + more:
        return region._replace(area=area._replace(last_row=table.closing_row + more))
    return region
