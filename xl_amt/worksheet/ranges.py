"""Ranges of cells: their shape, how they fit together, and what labels and amounts say of each household."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.reading.cells import is_blank, is_blank_or_zero

_ROWS: Final = {list, tuple}
_PLAIN: Final = {str, float, int, type(None)}


class Range(NamedTuple):
    """Cells row by row. A flat Python list counts as one column, and its answer is a flat list again."""

    cells: Sequence[Any]
    rows: int
    columns: int
    flat: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.rows, self.columns

    def __str__(self) -> str:
        return f"{self.rows} × {self.columns}"


def as_range(value: Any, where: str) -> Range | None:
    """The cells of a range, list, array or data frame; None for a single value."""
    if isinstance(value, (list, tuple)):
        if not value:
            return Range((), 0, 1, flat=True)
        if not isinstance(value[0], (list, tuple)):
            return Range(value, len(value), 1, flat=True)
        columns = len(value[0])
        if not _are_rows(value, columns):
            raise ArgumentError(f"{where}: its rows are of different lengths; give a rectangular range.")
        if columns == 1:
            return Range([row[0] for row in value], len(value), 1)
        return Range([cell for row in value for cell in row], len(value), columns)
    if hasattr(value, "to_numpy"):  # a pandas Series or DataFrame
        value = value.to_numpy()
    if hasattr(value, "reshape") and value.ndim:  # a numpy array
        if value.ndim > 2:
            raise ArgumentError(f"{where}: it has {value.ndim} dimensions; give rows and columns.")
        flat = value.ndim == 1
        if value.dtype.kind == "M":  # numpy counts the days of its dates in units of many kinds
            value = value.astype("datetime64[s]").astype(object)
        return Range(value.reshape(-1), value.shape[0], 1 if flat else value.shape[1], flat=flat)
    return None


def _are_rows(value: Sequence[Any], columns: int) -> bool:
    """Whether these are rows of so many cells."""
    if set(map(type, value)) <= _ROWS:
        return set(map(len, value)) == {columns}
    return all(isinstance(row, (list, tuple)) and len(row) == columns for row in value)


def common_shape(ranges: dict[str, Range]) -> tuple[int, int]:
    """The shape of the answer: single rows and columns stretch over longer ranges."""
    for name, item in ranges.items():
        if not len(item.cells):  # a list or an array
            raise ArgumentError(f"{name}: the range is empty; use at least one cell.")
    rows = max(item.rows for item in ranges.values())
    columns = max(item.columns for item in ranges.values())
    for name, item in ranges.items():
        if item.rows not in (1, rows) or item.columns not in (1, columns):
            other = next(key for key, one in ranges.items() if one.rows == rows or one.columns == columns)
            raise ArgumentError(
                f"{name}: a range of {item} does not fit {other} of {ranges[other]}; use ranges of one shape."
            )
    return rows, columns


def stretch(item: Range, shape: tuple[int, int]) -> Sequence[Any]:
    """The cells of a range, repeated to fill a shape, row by row."""
    rows, columns = shape
    if item.shape == shape:
        return item.cells
    cells = list(item.cells)
    if item.columns == 1:  # a column next to several columns
        return [cell for cell in (cells if item.rows == rows else cells * rows) for _ in range(columns)]
    return cells * rows


def pair_facts(labels: Any, amounts: Any) -> dict[str, Any]:
    """Each label with its amount: one value, or a Range with one cell a household.

    A row of labels over a table, or a column of labels next to one, makes each row or column of the table a
    household of its own; otherwise both ranges have one shape, or, in Python, a list of labels has a list with a
    column for each.
    """
    if labels is None and amounts is None:
        return {}
    names = as_range(labels, "labels") or Range((labels,), 1, 1)
    values = as_range(amounts, "amounts") or Range((amounts,), 1, 1)
    if all(is_blank_or_zero(cell) for cell in names.cells):
        if all(is_blank_or_zero(cell) for cell in values.cells):
            return {}
        raise ArgumentError("amounts: they have no labels; enter the labels in a range of the same shape.")
    if is_blank(amounts) and names.shape != (1, 1):
        raise ArgumentError("labels: they have no amounts; enter the amounts in a range of the same shape.")
    over_a_table = names.flat and not values.flat and names.rows == values.columns
    if over_a_table:  # a Python list of labels
        names = Range(names.cells, 1, names.rows)
    if names.shape == values.shape and not over_a_table:
        columns: list[Any] = [cell if type(cell) in _PLAIN else _column_or_value(cell) for cell in values.cells]
    elif names.rows == 1 and names.columns == values.columns and not (names.flat and values.flat):
        columns = [Range(values.cells[at :: values.columns], values.rows, 1) for at in range(values.columns)]
    elif names.columns == 1 and names.rows == values.rows:
        width = values.columns
        columns = [Range(values.cells[at * width : (at + 1) * width], 1, width) for at in range(values.rows)]
    else:
        raise ArgumentError(
            f"labels: a range of {names} does not fit amounts of {values}; use two ranges of one shape."
        )
    return _facts(list(names.cells), columns)


def facts_of_pairs(names: tuple[Any, ...], values: tuple[Any, ...]) -> dict[str, Any] | None:
    """What `pair_facts` gives for labels next to single amounts, none blank and none there twice; None for others."""
    if not _each_names_a_fact(names) or not set(map(type, values)) <= _PLAIN:
        return None
    return dict(zip(names, values, strict=True))


@lru_cache(maxsize=256)
def _each_names_a_fact(names: tuple[Any, ...]) -> bool:
    """Whether all names are texts, none of them blank or there twice; the same ones come again and again."""
    return set(map(type, names)) == {str} and len(set(names)) == len(names) and all(map(str.strip, names))


def _column_or_value(cell: Any) -> Any:
    """An amount, which Python may give as a whole column: an array or a Series."""
    if cell is None or isinstance(cell, (str, float, int)):
        return cell
    return as_range(cell, "amounts") or cell


def _facts(names: list[Any], columns: list[Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name, column in zip(names, columns, strict=True):
        if is_blank_or_zero(name):
            cells = column.cells if isinstance(column, Range) else (column,)
            if all(is_blank_or_zero(cell) for cell in cells):
                continue
            filled = next(cell for cell in cells if not is_blank_or_zero(cell))
            raise ArgumentError(f"labels: the amount {filled} has no label next to it; add one or clear it.")
        facts_key = name if isinstance(name, str) else str(name)
        if facts_key in facts:
            raise ArgumentError(f"labels: '{name}' is listed twice; combine its amounts on one line.")
        facts[facts_key] = column
    return facts
