"""The figures of a client's record that a letter and a report show: year by year, by the returns of `report_years`.

They are those of the sheets Summary, Plan, Cash and Credit of its workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import of_one
from xl_amt.calendar import Due
from xl_amt.client import ClientRecord
from xl_amt.client.households import households
from xl_amt.client.portfolios import portfolios
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.jobs.workbook_contents import lots_of
from xl_amt.jobs.years_report import law_standing, years_of
from xl_amt.planning.years import EquityYear
from xl_amt.reading.household import read_jurisdiction
from xl_amt.workbook.book import LotRow
from xl_amt.workbook.jurisdictions import place_of

HALF: Final = 0.5  # of the value of a share, that is lost


class TaxOfYear(NamedTuple):
    """One jurisdiction's tax of a year, in dollars; ``standing`` says whether its law is enacted."""

    standing: str
    regular_tax: float
    amt: float
    credit_used: float
    credit_left: float  # at the year's end
    total: float
    added: float  # by all exercises, vesting and sales of the record's years; below zero where credit comes back
    lost: float  # AMT on value that is gone, were the planned shares worth half
    due: date | None  # of the year's tax, by the calendar


class AdviceYear(NamedTuple):
    """One year of a record, in dollars and whole shares; taxes by the code of their jurisdiction."""

    year: int
    shares: int  # to exercise by plan
    last_day: date | None  # by which they are
    spread: float
    wages: float  # of options and stock units
    strikes: float
    proceeds: float
    taxes: Mapping[str, TaxOfYear]

    @property
    def amt(self) -> float:
        """The AMT of all jurisdictions."""
        return sum(tax.amt for tax in self.taxes.values())

    @property
    def cash(self) -> float:
        """Strikes, and the taxes that exercises, vesting and sales add."""
        return self.strikes + sum(tax.added for tax in self.taxes.values())

    @property
    def credit_left(self) -> float:
        """The minimum tax credit of all jurisdictions at the year's end."""
        return sum(tax.credit_left for tax in self.taxes.values())

    @property
    def is_enacted(self) -> bool:
        """Whether no law of the year is estimated or projected."""
        return all(tax.standing not in {"estimated", "projected"} for tax in self.taxes.values())


class Advice:
    """A record's figures year by year, and of all years together.

    Args:
        record: the client's record.
        due: its calendar, for the days on which taxes are due.

    Raises:
        AmtError: what of the record cannot be figured.
    """

    def __init__(self, record: ClientRecord, due: Sequence[Due] = ()) -> None:
        self.record = record
        self.codes = asked_codes(record)
        self.due = due
        made = households(record)
        first_day, last_day = date(made.households[0].year, 1, 1), date(made.households[-1].year, 12, 31)
        lots = [lot for lot in lots_of(record) if lot.kind != "RSU" and lot.acquired >= first_day]
        self.planned = [lot for lot in lots if lot.standing == "planned"]
        self.counts_done = any(lot.standing != "planned" and lot.acquired <= last_day for lot in lots)
        self.returns = years_of(made, [one.until(last_day) for one in portfolios(record)])
        self._without = years_of(made._replace(spread_exercised={}), [])
        self.years = [self._year(*pair) for pair in zip(self.returns, self._without, strict=True)]

    @property
    def has_plan(self) -> bool:
        """Whether any exercise is planned."""
        return bool(self.planned)

    @property
    def shares(self) -> int:
        """Shares to exercise by plan in all years."""
        return sum(year.shares for year in self.years)

    @property
    def amt(self) -> float:
        """The AMT of all years and jurisdictions."""
        return sum(year.amt for year in self.years)

    @property
    def cash(self) -> float:
        """Strikes and added taxes of all years."""
        return sum(year.cash for year in self.years)

    @property
    def tax(self) -> float:
        """Every tax of all years and jurisdictions, less credits."""
        return sum(tax.total for year in self.years for tax in year.taxes.values())

    @property
    def credit_left(self) -> float:
        """The credit at the end of the last year."""
        return self.years[-1].credit_left

    @cached_property
    def value_lost(self) -> float:
        """What the planned shares lose, were they worth half of their value at exercise."""
        return sum(lot.shares * (lot.value or 0.0) for lot in self.planned) * HALF

    @property
    def amt_lost(self) -> float:
        """AMT on that value, which is owed all the same."""
        return sum(tax.lost for year in self.years for tax in year.taxes.values())

    def amt_of(self, code: str) -> float:
        """One jurisdiction's AMT of all years."""
        return sum(year.taxes[code].amt for year in self.years)

    def _year(self, one: EquityYear, without: EquityYear) -> AdviceYear:
        year, amounts = one.household.year, one.amounts
        planned = [lot for lot in self.planned if lot.acquired.year == year]
        gone = sum(_spread_gone(lot) for lot in self.planned if lot.kind == "ISO" and lot.income_day.year == year)
        figured, bare = _by_code(one), _by_code(without)
        return AdviceYear(
            year=year,
            shares=round(sum(lot.shares for lot in planned)),
            last_day=max((lot.acquired for lot in planned), default=None),
            spread=of_one(one.iso_spread),
            wages=of_one(amounts.wages + amounts.disqualifying_wages),
            strikes=of_one(amounts.strike_paid),
            proceeds=of_one(amounts.proceeds),
            taxes={code: self._tax(code, one, figured[code], bare[code], gone) for code in self.codes},
        )

    def _tax(self, code: str, one: EquityYear, own: Any, without: Any, gone: float) -> TaxOfYear:
        """One jurisdiction's tax, from its year and the same year without any equity."""
        year, minimum_tax = one.household.year, own.tax_return.minimum_tax
        amt = of_one(minimum_tax(one.iso_spread).alternative_minimum_tax)
        lost = amt - of_one(minimum_tax(one.iso_spread - gone).alternative_minimum_tax) if gone else 0.0
        return TaxOfYear(
            standing=law_standing(one.household, code),
            regular_tax=of_one(own.tax_return.regular.tax),
            amt=amt,
            credit_used=of_one(own.tax.minimum_tax_credit.credit_used),
            credit_left=of_one(own.credit_carried),
            total=of_one(own.tax.total),
            added=of_one(own.tax.total) - of_one(without.tax.total),
            lost=lost,
            due=self._due(code, year),
        )

    def _due(self, code: str, year: int) -> date | None:
        """When the year's tax is due, as the calendar names it."""
        title = f"Tax of {year} is due" if code == "US" else f"{place_of(code)}: tax of {year} is due"
        return next((due.day for due in self.due if due.title == title), None)


def asked_codes(record: ClientRecord) -> list[str]:
    """The codes of the jurisdictions that a record asks about, the United States first.

    >>> from xl_amt.client import Client
    >>> asked_codes(ClientRecord(client=Client(jurisdiction="NY+US")))
    ['US', 'NY']
    """
    codes = read_jurisdiction(record.client.jurisdiction, together=True).codes
    return sorted(codes, key=list(TAX_SYSTEMS).index)


def without_plan(record: ClientRecord) -> ClientRecord:
    """The record without its planned exercises and sales: nothing more than is done.

    >>> from xl_amt.client import Client, Exercise, Holding
    >>> planned = Exercise(grant="ES-1", day=date(2026, 12, 1), shares=10, status="planned")
    >>> without_plan(ClientRecord(client=Client(), holdings=(Holding(exercises=(planned,)),))).holdings[0].exercises
    ()
    """
    return replace(
        record,
        holdings=tuple(
            replace(
                holding,
                exercises=tuple(one for one in holding.exercises if one.status == "done"),
                sales=tuple(one for one in holding.sales if one.status == "done"),
            )
            for holding in record.holdings
        ),
    )


def _by_code(one: EquityYear) -> dict[str, Any]:
    """The year of each jurisdiction; the federal one is the year itself."""
    return {"US": one} | {state.system.code: state for state in one.states}


def _spread_gone(lot: LotRow) -> float:
    """The part of a lot's spread that is gone at half of its value; what is sold within the year has none."""
    value = lot.value or 0.0
    spreads = [max(value * part - lot.strike, 0.0) for part in (1.0, HALF)]
    return lot.income_shares * (spreads[0] - spreads[1])


def preparers_lines(advice: Advice, lines: Sequence[Any]) -> list[tuple[Any, list[float]]]:
    """Lines of forms with their amounts by year, of the forms whose jurisdiction is asked.

    Args:
        advice: the record's figures.
        lines: which lines, each with a code, a form and a number, as `FOR_THE_PREPARER` lists them.
    """
    found = []
    for line in lines:
        printed = TAX_SYSTEMS[line.code].printed
        if line.code in advice.codes and printed is not None:
            amounts = [
                of_one(printed.line(line.form, line.line, _by_code(one)[line.code].tax_return, one.iso_spread))
                for one in advice.returns
            ]
            found.append((line, amounts))
    return found
