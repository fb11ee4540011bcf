"""Answer a function that takes a household of several years: one cell per year of incomes, statuses and years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from xl_amt.errors import AmtError, ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS, find_fact, tax_returns_of
from xl_amt.law import Jurisdiction, book_over
from xl_amt.planning.plan.question import PlanYear
from xl_amt.reading.cells import is_blank_or_zero
from xl_amt.reading.household import check_asked, read_household, read_own_facts
from xl_amt.worksheet.arguments import read_argument
from xl_amt.worksheet.ranges import Range, as_range, pair_facts
from xl_amt.worksheet.registry import WorksheetFunction
from xl_amt.worksheet.single import jurisdiction_of

OF_YEARS = ("incomes", "statuses", "years")


def answer_years(function: WorksheetFunction, given: dict[str, Any]) -> Any:
    """The answer for the years that the cells describe; raises AmtError.

    One cell stands for every year; facts have one amount, or one a year. Where all are single, the household repeats,
    from its year to the last one of the law that is held, enacted or not.
    """
    jurisdiction = jurisdiction_of(function, given.get("jurisdiction"))
    own = {
        argument.name: read_argument(argument, given[argument.name])
        for argument in function.own_arguments
        if argument.kind != "range"
    }
    columns = {name: _cells(given[name], name) for name in OF_YEARS}
    facts = dict(_without_the_credit(pair_facts(given["labels"], given["amounts"])))
    count = _count(columns, facts)
    years = [_year(columns, facts, place, count, jurisdiction) for place in range(count)]
    if count == 1:
        own["later"] = _repeated(columns, facts, years[0], jurisdiction)
    return function.code(years=years, code=jurisdiction.code, **own)


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
    income, status, year = (cells[place if len(cells) > 1 else 0] for cells in columns.values())
    own_facts = {
        name: (cell.cells[place if len(cell.cells) > 1 else 0] if isinstance(cell, Range) else cell)
        for name, cell in facts.items()
    }
    try:
        return _plan_year({"income": income, "status": status, "year": year}, own_facts, jurisdiction)
    except AmtError as error:
        raise (error.in_row(place + 1) if count > 1 else error) from None


def _plan_year(given: dict[str, Any], facts: dict[str, Any], jurisdiction: Jurisdiction) -> PlanYear:
    household = read_household(given, facts, jurisdiction.law_book)
    check_asked(facts, jurisdiction.codes)
    system = TAX_SYSTEMS[jurisdiction.code]
    own = read_own_facts(system, household, facts)
    tax_returns_of(household, [(system, own)])  # a year whose law is not held is refused here
    return PlanYear(year=household.year, household=household, own_facts={system.code: own})


def _repeated(
    columns: dict[str, Sequence[Any]], facts: dict[str, Any], first: PlanYear, jurisdiction: Jurisdiction
) -> list[PlanYear]:
    """The same household in every later year whose law is held."""
    (income,), (status,), _ = columns.values()
    last = book_over(jurisdiction.law_book, "US").last_year
    return [
        _plan_year({"income": income, "status": status, "year": float(year)}, dict(facts), jurisdiction)
        for year in range(first.year + 1, last + 1)
    ]
