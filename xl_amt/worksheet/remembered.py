"""Households that were asked about lately, and their returns: a sheet asks many functions about each.

A household is known again by its cells, kind and value alike, so TRUE is not 1 and a blank is not 0. What was
figured under other law is figured afresh. Only single households are remembered, never columns, and no error is.
"""

from __future__ import annotations

from collections import OrderedDict
from itertools import chain
from threading import Lock
from typing import Any, Final, NamedTuple

from xl_amt.forms.minimum_tax import MinimumTax

_MOST: Final = 128  # households: a workbook's clients and scenarios, in about a megabyte
_MOST_CELLS: Final = 256  # of labels or amounts: more are a table of households

_SINGLE: Final = (str, float, int, type(None))
_ROWS: Final = {list, tuple}


class Known(NamedTuple):
    """A household's facts and its returns, one a jurisdiction, and the law by which they were figured."""

    facts: dict[str, Any]
    law: tuple[Any, ...]  # the law book and the tax systems: equal only while they say the same
    tax_returns: tuple[MinimumTax, ...]


class Found(NamedTuple):
    """What a call's cells say of its household: by what it is known, what is known, and its labels and amounts."""

    key: Any = None  # None for a column, and where a cell has no fixed value: then nothing is to be remembered
    known: Known | None = None
    pairs: tuple[tuple[Any, ...], tuple[Any, ...]] | None = None  # where both ranges have one shape


NOT_TO_BE_KNOWN: Final = Found()

_known: Final[OrderedDict[Any, Known]] = OrderedDict()  # its oldest is at hand; a plain dict looks past its gaps
_writing: Final = Lock()  # a host may call from several threads


def find(given: dict[str, Any]) -> Found:
    """What is known of the household that a call describes."""
    try:
        key, pairs = _cells_of(given)
        return Found(key, _known.get(key), pairs)
    except (TypeError, ValueError):
        return NOT_TO_BE_KNOWN


def remember(key: Any, known: Known) -> None:
    """Keep a household's returns, in place of the oldest."""
    with _writing:
        if len(_known) >= _MOST:
            _known.popitem(last=False)
        _known[key] = known


def _cells_of(given: dict[str, Any]) -> tuple[Any, Any]:
    """The cells that describe the household, with their kinds, and its pairs; TypeError where they are not single.

    The kinds of labels do not matter: a number is not a label, and zeros of every kind are blanks.
    """
    labels, amounts = given["labels"], given["amounts"]
    for value in given.values():
        if not isinstance(value, _SINGLE) and value is not labels and value is not amounts:
            raise TypeError
    income, status, year, place = given["income"], given["status"], given["year"], given["jurisdiction"]
    key = (income, type(income), status, type(status), year, type(year), place, type(place))
    if labels is None and amounts is None:
        return key, None
    names, width_of_names = _range(labels)
    values, width = _range(amounts)
    one_shape = width == width_of_names and len(names) == len(values)
    kinds = tuple(map(type, values))
    return (*key, names, width_of_names, values, width, kinds), (names, values) if one_shape else None


def _range(value: Any) -> tuple[tuple[Any, ...], int]:
    """The cells of a range, and how many stand in a row: 0 for a single value, -1 for a list without rows.

    TypeError where it is no range of cells, ValueError where its rows differ in length.
    """
    if isinstance(value, _SINGLE):
        return (value,), 0
    if type(value) not in _ROWS or not 0 < len(value) <= _MOST_CELLS:
        raise TypeError
    if type(value[0]) not in _ROWS:
        return tuple(value), -1
    columns = len(value[0])
    if not _ROWS.issuperset(map(type, value)) or len(value) * columns > _MOST_CELLS:
        raise TypeError
    if columns == 1:  # as nearly every sheet has them
        return tuple([cell for (cell,) in value]), 1
    if set(map(len, value)) != {columns}:
        raise ValueError
    return tuple(chain.from_iterable(value)), columns


def cells_of(value: Any) -> Any:
    """What is in a cell or a range, kind and value alike, to know it again by; TypeError for what has no fixed value.

    >>> cells_of([[1.0, None], [True, "x"]]) == cells_of(((1.0, None), (True, "x")))
    True
    >>> cells_of(True) == cells_of(1.0)
    False
    """
    if isinstance(value, list | tuple):
        return tuple(map(cells_of, value))
    hash(value)
    return type(value), value
