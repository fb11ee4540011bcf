"""Answer a function that takes a household of several years: one cell per year of incomes, statuses and years.

A sheet asks for many figures of the same years, so years that were read lately are recognized by their cells, kind and
value alike, until their law changes; no error is remembered.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final, TypeVar

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact, tax_returns_of
from xl_amt.law import Jurisdiction, book_over, is_held
from xl_amt.planning.plan.question import PlanYear
from xl_amt.reading.cells import is_blank, is_blank_or_zero
from xl_amt.reading.household import check_asked, read_household, read_own_facts
from xl_amt.worksheet.arguments import read_argument
from xl_amt.worksheet.ranges import Range, as_range, pair_facts
from xl_amt.worksheet.registry import WorksheetFunction
from xl_amt.worksheet.remembered import cells_of
from xl_amt.worksheet.single import in_a_cell, jurisdiction_of, law_behind, refuse

Made = TypeVar("Made")

OF_YEARS: Final = ("incomes", "statuses", "years")
_CELLS: Final = (*OF_YEARS, "labels", "amounts", "jurisdiction")
_MOST: Final = 16  # questions: a workbook has one or two

_known: Final[OrderedDict[Any, tuple[tuple[Any, ...], YearsAsked]]] = OrderedDict()
_writing: Final = Lock()  # a host may call from several threads


@dataclass(frozen=True, slots=True)
class YearsAsked:
    """The years that the cells describe, in the jurisdictions asked.

    ``later`` is the same household in every later year whose law is held, where it is given once. The years of
    ``state_tax_given`` state the state income tax paid in them.
    """

    years: tuple[PlanYear, ...]
    codes: tuple[str, ...]
    later: tuple[PlanYear, ...] | None
    state_tax_given: frozenset[int]
    _made: dict[Any, Any] = field(default_factory=dict)

    def made(self, cells: Any, make: Callable[[], Made]) -> Made:
        """What is made of the years and of further cells, known again where the same cells asked for it before."""
        try:
            key = cells_of(cells)
        except TypeError:  # a cell without a fixed value
            return make()
        if key not in self._made:
            self._made[key] = make()
        made: Made = self._made[key]
        return made


def answer_years(function: WorksheetFunction, given: dict[str, Any]) -> Any:
    """The answer for the years that the cells describe; raises AmtError.

    One cell stands for every year, and years that are left blank at the end for none; facts have one amount, or one a
    year. Where all are single, the household repeats, from its year to the last one of the law that is held.
    """
    jurisdiction = jurisdiction_of(function, given.get("jurisdiction"))
    own = {
        argument.name: given[argument.name]
        if argument.kind == "range"
        else read_argument(argument, given[argument.name])
        for argument in function.own_arguments
    }
    refuse(function, own)
    return in_a_cell(function.code(asked=_years_asked(given, jurisdiction), **own))


def _years_asked(given: dict[str, Any], jurisdiction: Jurisdiction) -> YearsAsked:
    """The years, known again where the same cells described them before."""
    law = law_behind(jurisdiction, [TAX_SYSTEMS[code] for code in jurisdiction.codes])
    try:
        key = ("credit" in given, *(cells_of(given[name]) for name in _CELLS))
        known = _known.get(key)
    except TypeError:  # a cell without a fixed value
        return _read(given, jurisdiction)
    if known is not None and known[0] == law:
        return known[1]
    asked = _read(given, jurisdiction)
    with _writing:
        while len(_known) >= _MOST:
            _known.popitem(last=False)
        _known[key] = law, asked
    return asked


def _read(given: dict[str, Any], jurisdiction: Jurisdiction) -> YearsAsked:
    columns = {name: _cells(given[name], name) for name in OF_YEARS}
    facts = pair_facts(given["labels"], given["amounts"])
    if "credit" in given:
        facts = dict(_without_the_credit(facts))
    count = _count(columns, facts)
    in_use = next((at for at in range(count, 0, -1) if not is_blank(_at(columns["years"], at - 1))), 1)
    years = tuple(_year(columns, facts, place, count, jurisdiction) for place in range(in_use))
    return YearsAsked(
        years,
        tuple(jurisdiction.codes),
        tuple(_repeated(columns, facts, years[0], jurisdiction)) if count == 1 else None,
        frozenset(_state_tax_given(facts, years)),
    )


def _state_tax_given(facts: dict[str, Any], years: Sequence[PlanYear]) -> Iterator[int]:
    """The years for which the state income tax paid is stated, be it 0."""
    for name, amounts in facts.items():
        if find_fact(name)[1].field == "state_income_tax":
            cells = amounts.cells if isinstance(amounts, Range) else (amounts,)
            yield from (one.year for place, one in enumerate(years) if not is_blank(_at(cells, place)))


def _at(cells: Sequence[Any], place: int) -> Any:
    """The cell of a year; one stands for all."""
    return cells[place if len(cells) > 1 else 0]


def _without_the_credit(facts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The facts but a label of the credit that is left blank, as where all labels are given; it is an argument."""
    for name, amounts in facts.items():
        if find_fact(name)[1].field != "minimum_tax_credit":
            yield name, amounts
        elif not all(map(is_blank_or_zero, amounts.cells if isinstance(amounts, Range) else (amounts,))):
            raise ArgumentError(f"labels: '{name}' is the credit itself; enter it once, as credit.")


def _cells(value: Any, where: str) -> Sequence[Any]:
    cells = as_range(value, where)
    if cells is None:
        return (value,)
    if cells.rows > 1 and cells.columns > 1:
        raise ArgumentError(f"{where}: a range of {cells} is not a row or column of years; use one cell per year.")
    if not len(cells.cells):
        raise ArgumentError(f"{where}: the range is empty; use at least one cell.")
    return list(cells.cells)


def _count(columns: dict[str, Sequence[Any]], facts: dict[str, Any]) -> int:
    """How many years there are; ArgumentError where two ranges disagree."""
    lengths = {name: len(cells) for name, cells in columns.items()}
    lengths |= {name: len(cell.cells) for name, cell in facts.items() if isinstance(cell, Range)}
    name, count = max(lengths.items(), key=lambda item: item[1])
    for other, length in lengths.items():
        if length not in (1, count):
            raise ArgumentError(f"{other}: its {length} cells do not fit the {count} of {name}; enter one per year.")
    return count


def _year(
    columns: dict[str, Sequence[Any]], facts: dict[str, Any], place: int, count: int, jurisdiction: Jurisdiction
) -> PlanYear:
    income, status, year = (_at(cells, place) for cells in columns.values())
    own_facts = {name: _at(cell.cells, place) if isinstance(cell, Range) else cell for name, cell in facts.items()}
    try:
        return _plan_year({"income": income, "status": status, "year": year}, own_facts, jurisdiction)
    except AmtError as error:
        raise (error.in_row(place + 1) if count > 1 else error) from None


def _plan_year(given: dict[str, Any], facts: dict[str, Any], jurisdiction: Jurisdiction) -> PlanYear:
    household = read_household(given, facts, jurisdiction.law_book)
    check_asked(facts, jurisdiction.codes)
    systems = [TAX_SYSTEMS[code] for code in jurisdiction.codes]
    own = {system.code: read_own_facts(system, household, facts) for system in systems}
    tax_returns_of(household, [(system, own[system.code]) for system in systems])  # law that is not held is refused
    return PlanYear(year=household.year, household=household, own_facts=own)


def _repeated(
    columns: dict[str, Sequence[Any]], facts: dict[str, Any], first: PlanYear, jurisdiction: Jurisdiction
) -> list[PlanYear]:
    """The same household in every later year whose law is held."""
    (income,), (status,), _ = columns.values()
    held = [code for code in jurisdiction.codes if is_held(code)]
    last = min(book_over(jurisdiction.law_book, code).last_year for code in ("US", *held))
    return [
        _plan_year({"income": income, "status": status, "year": float(year)}, dict(facts), jurisdiction)
        for year in range(first.year + 1, last + 1)
    ]
