"""Answer long ranges: rows grouped by year, status and choices, each group in arrays through the same forms.

Rows that cannot be read, or that stand in a small group, are answered one by one, so a range gives what its
cells give, sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import inf
from typing import Any, Final, NamedTuple

import numpy
from numpy.typing import NDArray

from xl_amt.errors import AmtError
from xl_amt.forms.tax_systems import TAX_SYSTEMS, tax_returns_of
from xl_amt.forms.us import REFUSALS
from xl_amt.household import Household, Label, Refusal
from xl_amt.law import Jurisdiction
from xl_amt.reading.cells import LARGEST, read_number, read_year
from xl_amt.reading.household import labelled, read_fact, read_filing_status
from xl_amt.worksheet.arguments import read_argument
from xl_amt.worksheet.registry import INCOME, Argument, WorksheetFunction
from xl_amt.worksheet.single import answer_for, jurisdiction_of, one_or_error

_BLOCK: Final = 10_000  # rows at a time: their arrays stay in the processor's cache
_SMALL_GROUP: Final = 16  # fewer rows than this are quicker one by one

_HOUSEHOLD, _ARGUMENTS = "household", "arguments"  # what a refusal looks at

Floats = NDArray[numpy.float64]
Flags = NDArray[numpy.bool_]
Rows = NDArray[numpy.intp]


class _Keys(NamedTuple):
    """A column by which rows are grouped: a code a row, and the value behind each code."""

    codes: Rows
    values: list[Any]


class _Column(NamedTuple):
    """What a field of the household or an argument takes: one value, a column of numbers, or of keys."""

    value: Any

    def at(self, rows: Rows | slice) -> Any:
        if isinstance(self.value, numpy.ndarray):
            return self.value[rows]
        if isinstance(self.value, _Keys):
            return self.value.values[self.value.codes[rows][0]]
        return self.value


class _Answers(NamedTuple):
    """What is known of each row so far."""

    numbers: Floats
    one_by_one: Flags  # rows that still have to be answered alone
    refused_by: Rows  # the number of the first refusal that applies, from 1; 0 where none does

    @classmethod
    def none_of(cls, length: int) -> _Answers:
        """No answer yet for this many rows."""
        return cls(numpy.zeros(length), numpy.zeros(length, dtype=bool), numpy.zeros(length, dtype=numpy.intp))


class _Described(NamedTuple):
    """The columns that describe the households: their fields, those of each state's own facts, and whose law."""

    household: dict[str, _Column]
    of_states: dict[str, dict[str, _Column]]
    jurisdiction: _Column

    @property
    def columns(self) -> tuple[_Column, ...]:
        """All of them, to group rows by."""
        of_states = (column for fields in self.of_states.values() for column in fields.values())
        return (*self.household.values(), *of_states, self.jurisdiction)


def answer_columns(
    function: WorksheetFunction, given: dict[str, Any], facts: dict[str, Any], columns: dict[str, Any], length: int
) -> list[Any]:
    """One answer a row, an AmtError where there is none."""
    answers = _Answers.none_of(length)
    numbers, one_by_one, refused_by = answers
    try:
        own, described = _read(function, given, facts, columns, one_by_one)
    except AmtError:  # a single value that every row shares
        one_by_one[:] = True
    else:
        with numpy.errstate(all="ignore"):
            for rows in _groups((*own.values(), *(described.columns if described else ())), length):
                if rows.size < _SMALL_GROUP or one_by_one[rows].all():
                    one_by_one[rows] = True
                    continue
                for start in range(0, rows.size, _BLOCK):
                    block = _as_slice(rows[start : start + _BLOCK])
                    _answer_block(function, own, described, block, answers)
    one_by_one |= ~numpy.isfinite(numbers) & (refused_by == 0)
    cells: list[Any] = (numbers + 0.0).tolist()
    refusals = _refusals(function)
    for row in numpy.flatnonzero(refused_by).tolist():
        _, refusal = refusals[refused_by[row] - 1]
        cells[row] = refusal.error(refusal.sentence)
    for row in numpy.flatnonzero(one_by_one).tolist():
        here = {key: _plain(column[row]) for key, column in columns.items()}
        cells[row] = one_or_error(
            function,
            {key: here.get(key, value) for key, value in given.items()},
            {key: here.get(key, value) for key, value in facts.items()},
        )
    return cells


def _refusals(function: WorksheetFunction) -> list[tuple[str, Refusal]]:
    """The refusals in the order in which a single cell meets them, each with what it looks at.

    That is the household, the own facts of a state, by its code, or the arguments of the function.
    """
    of_function = [(_ARGUMENTS, refusal) for refusal in function.refusals]
    if not function.takes_household:
        return of_function
    of_states = [(code, refusal) for code, system in TAX_SYSTEMS.items() for refusal in system.refusals]
    return [*((_HOUSEHOLD, refusal) for refusal in REFUSALS), *of_states, *of_function]


def _answer_block(
    function: WorksheetFunction,
    own: dict[str, _Column],
    described: _Described | None,
    rows: Rows | slice,
    answers: _Answers,
) -> None:
    arguments = {name: column.at(rows) for name, column in own.items()}
    refusals = _refusals(function)
    try:
        refused: Any = 0
        facts = _facts_of(described, rows) if described else {}
        for number in range(len(refusals), 0, -1):  # the last first, so the first has the last word
            looks_at, refusal = refusals[number - 1]
            if looks_at == _ARGUMENTS:
                applies = refusal.applies(**arguments)
            elif looks_at in facts:
                applies = refusal.applies(*facts[looks_at])
            else:  # of a state that is not asked
                continue
            if numpy.any(applies):
                refused = numpy.where(applies, number, refused)
        if described:
            (household,) = facts.pop(_HOUSEHOLD)
            tax_returns = tax_returns_of(household, [(TAX_SYSTEMS[code], own) for code, (_, own) in facts.items()])
            answers.numbers[rows] = answer_for(function, arguments, tax_returns)
        else:
            answers.numbers[rows] = function.code(**arguments)
        answers.refused_by[rows] = refused
        if described:
            answers.one_by_one[rows] |= _has_facts_not_asked(described, rows)
    except AmtError:  # law that is not held for this year: each row says so itself
        answers.one_by_one[rows] = True


def _has_facts_not_asked(described: _Described, rows: Rows | slice) -> Any:
    """Which rows have a fact of a state that they do not ask for: each says so itself."""
    codes = described.jurisdiction.at(rows).codes
    found: Any = False
    if "state_tax_rate" in described.household and all(TAX_SYSTEMS[code].has_minimum_tax for code in codes):
        found = described.household["state_tax_rate"].at(rows) != 0.0
    for code, fields in described.of_states.items():
        for label in TAX_SYSTEMS[code].labels if fields and code not in codes else ():
            if label.field in fields:
                value = fields[label.field].at(rows)
                found = found | ((value != label.of_a_blank) & (value != 0.0))
    return found


def _facts_of(described: _Described, rows: Rows | slice) -> dict[str, tuple[Any, ...]]:
    """The household, and for each jurisdiction that is asked, it and the own facts of the state."""
    place: Jurisdiction = described.jurisdiction.at(rows)
    fields = {field: column.at(rows) for field, column in described.household.items()}
    household = Household(law_book=place.law_book, **fields)
    facts: dict[str, tuple[Any, ...]] = {_HOUSEHOLD: (household,)}
    for code in place.codes:
        record = TAX_SYSTEMS[code].own_facts
        of_state = {field: column.at(rows) for field, column in described.of_states.get(code, {}).items()}
        facts[code] = household, record(**of_state) if record else None
    return facts


def _read(
    function: WorksheetFunction,
    given: dict[str, Any],
    facts: dict[str, Any],
    columns: dict[str, Any],
    one_by_one: Flags,
) -> tuple[dict[str, _Column], _Described | None]:
    """The function's own arguments and what describes the households; rows that cannot be read are marked."""

    def read(name: str, kind: str, single: Callable[[Any], Any], value: Any) -> _Column:
        if name not in columns:
            return _Column(single(value))
        cells = columns[name]
        if kind == "number":
            return _Column(_numbers(cells, name, one_by_one))
        if kind == "year":
            return _Column(_years(_numbers(cells, name, one_by_one), one_by_one))
        return _Column(_keys(cells, single, one_by_one))

    def argument(item: Argument) -> _Column:
        column = read(item.name, item.kind, lambda value: read_argument(item, value), given[item.name])
        return _marked_outside(column, one_by_one, least=-inf if item.may_be_negative else 0.0)

    def fact(label: Label, name: str) -> _Column:
        kind = "number" if label.is_a_number else "key"
        column = read(name, kind, lambda value: read_fact(label, value), facts[name])
        return _marked_outside(column, one_by_one, least=-inf if label.may_be_negative else 0.0, most=label.largest)

    def jurisdiction() -> _Column:
        return read("jurisdiction", "key", partial(jurisdiction_of, function), given["jurisdiction"])

    own = {item.name: argument(item) for item in function.own_arguments}
    if not function.takes_household:
        if "jurisdiction" in given:
            own["jurisdiction"] = jurisdiction()
        return own, None
    named = {
        code: {label.field: fact(label, name) for label, name in labelled(_names(facts), code).values()}
        for code, system in TAX_SYSTEMS.items()
        if code == "US" or system.labels
    }
    household = {
        "year": read("year", "year", lambda value: read_year(value, "year"), given["year"]),
        "status": read("status", "status", read_filing_status, given["status"]),
        "wages": argument(INCOME),
        **named.pop("US"),
    }
    return own, _Described(household, named, jurisdiction())


def _names(facts: dict[str, Any]) -> dict[str, str]:
    """Each label as it is written, in place of its value."""
    return {name: name for name in facts}


def _marked_outside(column: _Column, one_by_one: Flags, *, least: float, most: float = inf) -> _Column:
    """The column; rows whose number is out of bounds are marked."""
    if isinstance(column.value, numpy.ndarray):
        if least > -inf:
            one_by_one |= column.value < least
        if most < inf:
            one_by_one |= column.value > most
    return column


def _numbers(cells: Sequence[Any], name: str, one_by_one: Flags) -> Floats:
    """A column of cells as floats; rows that are no usable number are marked."""
    if isinstance(cells, numpy.ndarray) and cells.dtype.kind in "fiu":
        numbers = cells.astype(numpy.float64, copy=False)
    elif set(map(type, cells)) == {float}:
        numbers = numpy.array(cells, dtype=numpy.float64)
    else:
        numbers = numpy.fromiter((_number_or_nan(_plain(cell), name) for cell in cells), numpy.float64, len(cells))
    one_by_one |= ~(numpy.abs(numbers) <= LARGEST)
    return numbers


def _number_or_nan(cell: Any, name: str) -> float:
    try:
        return read_number(cell, name)
    except AmtError:
        return float("nan")


def _years(numbers: Floats, one_by_one: Flags) -> _Keys:
    values, codes = numpy.unique(numbers, return_inverse=True)
    whole = numpy.isfinite(values) & (values == numpy.trunc(values))
    one_by_one |= ~whole[codes]
    return _Keys(codes, [int(value) if fits else 0 for value, fits in zip(values.tolist(), whole, strict=True)])


def _keys(cells: Sequence[Any], read: Callable[[Any], Any], one_by_one: Flags) -> _Keys:
    """A column of words as codes; rows with a word that is not understood are marked, and share the code 0."""
    plain = cells.tolist() if isinstance(cells, numpy.ndarray) else cells
    values: list[Any] = []
    code_of_cell: dict[Any, int] = {}
    try:
        different = dict.fromkeys(plain)
    except TypeError:  # a list or the like, which is no word: each row says so itself
        one_by_one[:] = True
        return _Keys(numpy.zeros(len(plain), dtype=numpy.intp), [None])
    for cell in different:
        try:
            value = read(cell)
        except AmtError:
            code_of_cell[cell] = -1
            continue
        if value not in values:
            values.append(value)
        code_of_cell[cell] = values.index(value)
    codes = numpy.fromiter(map(code_of_cell.__getitem__, plain), numpy.intp, len(plain))
    one_by_one |= codes < 0
    return _Keys(numpy.maximum(codes, 0), values or [None])


def _groups(columns: tuple[_Column, ...], length: int) -> Iterator[Rows]:
    """Rows that share every key, in order."""
    code = numpy.zeros(length, dtype=numpy.intp)
    for column in columns:
        if isinstance(column.value, _Keys):
            code = code * len(column.value.values) + column.value.codes
    if not code.any():
        yield numpy.arange(length)
        return
    order = numpy.argsort(code.astype(numpy.int16 if code.max() < 32_767 else numpy.int64), kind="stable")
    starts = numpy.flatnonzero(numpy.diff(code[order])) + 1
    yield from numpy.split(order, starts)


def _as_slice(rows: Rows) -> Rows | slice:
    """Neighbouring rows as a slice, which costs no copy."""
    if rows[-1] - rows[0] == rows.size - 1:
        return slice(int(rows[0]), int(rows[-1]) + 1)
    return rows


def _plain(cell: Any) -> Any:
    """A cell of an array as a built-in value."""
    return cell.item() if isinstance(cell, numpy.generic) else cell
