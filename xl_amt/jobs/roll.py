"""A client's next year: the record begins a year later, with what the years before leave to it.

What is held, done and planned stays as it is: bases, clocks and what was counted follow from the same history. The
years that end are folded into the amounts with which the new first year opens, so that its figures are those that the
record before gives for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.lines import HALF_A_CENT, of_one
from xl_amt.client import ClientRecord, Plan, Remark
from xl_amt.client.households import households, whole_years, with_years_to
from xl_amt.client.portfolios import portfolios
from xl_amt.client.toml_file import SUFFIX, is_record
from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS, Label
from xl_amt.jobs.log import logged
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.records import open_record
from xl_amt.jobs.roll_remarks import PASSING, Turn, remarks_of
from xl_amt.jobs.years_report import years_of
from xl_amt.planning.years import EquityYear

STATE_TAX: Final = "State income tax"
_LOSS: Final = "loss_carryover"
_DIGITS: Final = 6  # after the point, of an amount that is carried: a cent is never moved by them
_YEAR_AT_THE_END: Final = re.compile(r"[ _-]?20[0-9]{2}$")


class Rolled(NamedTuple):
    """A record that begins with a later year, what that year opens with, and what is to be asked, checked and known.

    ``opening`` are dollars by label: losses and minimum tax credits that the year before leaves.
    """

    record: ClientRecord
    year: int
    opening: dict[str, float]
    remarks: tuple[Remark, ...]


def roll_record(record: ClientRecord, day: date, *, to: int | None = None, anyway: bool = False) -> Rolled:
    """The record as it begins with its second year, or with the year ``to``; ``day`` is the one on which it is rolled.

    The years that end are left out: losses and credits of all jurisdictions asked are opening amounts of the new first
    year, which states its own status, income and facts. Holdings, answers and everything else stay. Steps that were
    planned for the years that end and are not done stay as planned, are in the opening amounts as `report_years` has
    them, and are asked about.

    ArgumentError where the record does not begin before that year, or has questions that nobody has answered, which
    ``anyway`` takes along; AmtError says what of the record cannot be figured.

    >>> from xl_amt.client import Client, ClientYear
    >>> own = ClientYear(year=2025, status="single", income=180_000.0, spread_exercised=120_000.0)
    >>> rolled = roll_record(ClientRecord(client=Client(name="Ana"), years=(own,)), date(2026, 1, 15))
    >>> rolled.record.years[0].year, rolled.record.years[0].income, round(rolled.opening["Minimum tax credit"], 2)
    (2026, 180000.0, 22827.0)
    """
    year = _year_to_begin(record, to)
    if not anyway:
        _check_answered(record)
    asked = _through(record, year)
    made = households(asked)
    every = years_of(made, [held.until(date(year, 12, 31)) for held in portfolios(asked)])
    closing, opening = every[-2], every[-1]
    whole = whole_years(asked)[-1]
    carried = _opening(closing, opening)
    facts = whole.facts | carried
    state_tax = None
    if opening.states and year not in made.state_tax_given:
        state_tax = _state_tax(facts, closing, opening)
        facts[STATE_TAX] = state_tax
    stated = {name: fact for name, fact in facts.items() if fact is not None}
    first = replace(whole, income=_rounded(whole.income), facts=stated)
    amounts = {name: amount for name, amount in carried.items() if amount}
    remarks = tuple(remarks_of(Turn(asked, every[:-1], first, amounts, state_tax), day))
    rolled = replace(
        record,
        years=(first, *(own for own in record.years if own.year > year)),
        plan=_plan_from(record.plan, year),
        remarks=(*_kept(record.remarks), *remarks),
    )
    return Rolled(rolled, year, amounts, remarks)


def roll_client(
    path: Path,
    day: date,
    *,
    to: int | None = None,
    output: Path | None = None,
    anyway: bool = False,
    replace_existing: bool = False,
) -> tuple[Path, Rolled]:
    """Write the next year of a client's record or workbook next to it, or to ``output``; the file itself stays.

    FileError if the file exists already; ArgumentError as `roll_record` says.
    """
    before = open_record(path)
    rolled = roll_record(before, day, to=to, anyway=anyway)
    detail = f"{rolled.year} begins with what {path.name} leaves."
    record = logged(rolled.record, day, "rolled", str(rolled.year), detail, before=before)
    target = output or name_of_year(path, rolled.year)
    return write_client(record, target, replace_existing=replace_existing, inputs=[path]), rolled


def name_of_year(path: Path, year: int) -> Path:
    """The name of a client's file for another year, in place of the year with which it ends.

    >>> name_of_year(Path("Ana 2026.xlsx"), 2027).name, name_of_year(Path("Ana.client.toml"), 2027).name
    ('Ana 2027.xlsx', 'Ana 2027.client.toml')
    """
    ending = path.name[-len(SUFFIX) :] if is_record(path) else path.suffix
    stem = path.name[: -len(ending)]
    return path.with_name(f"{_YEAR_AT_THE_END.sub('', stem) or stem} {year}{ending}")


def _year_to_begin(record: ClientRecord, to: int | None) -> int:
    if not record.years:
        raise ArgumentError("the record has no tax year that could end; add a [[year]] with its status and income.")
    first = record.years[0].year
    year = first + 1 if to is None else to
    if year <= first:
        raise ArgumentError(f"--to: the record begins with {first}, so no year ends before {year}; give a later year.")
    return year


def _check_answered(record: ClientRecord) -> None:
    open_ones = [remark for remark in record.remarks if remark.level == "ask" and not remark.answered]
    if open_ones:
        about = ", ".join(dict.fromkeys(remark.about or remark.kind for remark in open_ones))
        raise ArgumentError(
            f"the year cannot end before its questions are answered: {about}; answer them on the sheet Import, or in "
            "'answered' of each [[remark]], or add --anyway to carry them along."
        )


def _through(record: ClientRecord, year: int) -> ClientRecord:
    """The record's years to this one, those that it lacks added."""
    longer = with_years_to(record, year)
    return replace(longer, years=tuple(own for own in longer.years if own.year <= year))


def _opening(closing: EquityYear, opening: EquityYear) -> dict[str, float | None]:
    """What a year has of the year before, by label; None for what it need not state.

    A loss of 0 is stated only with another loss, whose amount would otherwise hold for it.
    """
    federal = TAX_SYSTEMS["US"].carried(closing.tax_return, closing.iso_spread)
    found = list(_given(LABELS, federal, opening.household))
    for before, own in zip(closing.states, opening.states, strict=True):
        found += _given(own.system.labels, before.carried, own.tax_return.own)
    has_losses = any(amount and label.field.endswith(_LOSS) for label, amount in found)
    return {label.name: amount if amount or (label.same_as and has_losses) else None for label, amount in found}


def _given(labels: Iterable[Label], fields: Iterable[str], facts: Any) -> Iterator[tuple[Label, float | None]]:
    """The amounts of some fields of a record of facts; None for one that is not given."""
    carried = set(fields)
    return ((label, _rounded(getattr(facts, label.field))) for label in labels if label.field in carried)


def _state_tax(facts: Mapping[str, Any], closing: EquityYear, opening: EquityYear) -> float | None:
    """The state income tax that is figured as paid in a year, where it rests on the year before; else None."""
    added = sum(of_one(state.added_by_exercises) for state in closing.states)
    rests = abs(added) >= HALF_A_CENT or facts.get(STATE_TAX)
    return _rounded(opening.household.state_income_tax) if rests else None


def _rounded(amount: Any) -> float | None:
    return None if amount is None else round(float(of_one(amount)), _DIGITS) + 0.0


def _plan_from(plan: Plan | None, year: int) -> Plan | None:
    """The plan without the values and the cash of years that have ended."""
    if plan is None:
        return None
    values, cash = ({at: one for at, one in by_year.items() if at >= year} for by_year in (plan.values, plan.cash))
    return replace(plan, values=values, cash=cash)


def _kept(remarks: Iterable[Remark]) -> Iterator[Remark]:
    """The remarks of a record but for those on an earlier opening, unless they were answered."""
    return (one for one in remarks if one.kind not in PASSING or one.answered)
