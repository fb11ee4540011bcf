"""Leaving from end to end: what to exercise as ISOs, what later as NSOs, what to let lapse, and by which days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.calendar import Due
from xl_amt.client import ClientRecord, Holding
from xl_amt.client.toml_file import is_record
from xl_amt.equity.flags import term_of_no_iso
from xl_amt.equity.grants import OptionType
from xl_amt.jobs.due_dates import Besides, due_dates
from xl_amt.jobs.law_notes import years_not_enacted
from xl_amt.jobs.leaving_of_record import Leaving, RecordLeaving, Window, holding_left, leaving_of_record
from xl_amt.jobs.log import logged
from xl_amt.jobs.plan import check_figured, check_question, replace_client, with_schedule
from xl_amt.jobs.plan_grants import OptionsOf
from xl_amt.jobs.plan_of_record import RecordQuestion
from xl_amt.jobs.records import asked_of, open_record
from xl_amt.planning.leaving.ways import medicare_tax_withheld, ways_beside
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.answer import answer_of, cents
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.solving import SECONDS, Solution, solve
from xl_amt.planning.plan.why import reasons

FORMAT: Final = "xl-amt leaving answer 1"
_DECISIONS: Final = frozenset({"ISO window", "plan window", "expiration", "vesting"})

MODIFIED: Final = (
    "If the company lengthens the window now, it extends the option, which counts as the grant of a new one (IRC "
    "424(h)): with a strike below the share's value on that day, it is an NSO from then on, even if it is exercised "
    "within the three months. Ask how long the window has been what it is."
)
LEAVE: Final = (
    "The last day of work is the last day of employment: a leave of more than three months, without a right to return "
    "by statute or contract, ended it after three months (Treas. Reg. 1.421-1(h)(2))."
)
WITHHELD: Final = (
    "The spread of an NSO is wages even after employment ends, and taxes are withheld from it. The employee's Medicare "
    "tax (IRC 3101(b)(1)) is shown for each way and reduces its money after tax; Social Security tax, up to its yearly "
    "limit, is not in any figure."
)


class Step(NamedTuple):
    """Shares to exercise between two days, as ISOs or as NSOs."""

    option_type: OptionType
    shares: int
    first_day: date
    last_day: date


class OfGrant(NamedTuple):
    """What becomes of the options of a grant: the steps by their days, and the shares that lapse."""

    label: str
    window: Window
    steps: tuple[Step, ...]
    lapse: int


class LeavingReport(NamedTuple):
    """The best way to leave, with the others; ``answer`` is that of a plan, with every way's cost and cash."""

    last_day: date
    grants: tuple[OfGrant, ...]
    days: tuple[Due, ...]
    of_record: RecordQuestion
    solution: Solution
    answer: dict[str, Any]
    why: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def plain(self) -> dict[str, Any]:
        """The report as a JSON document holds it."""
        return self.answer | {
            "format": FORMAT,
            "last_day": str(self.last_day),
            "grants": [_plain(one) for one in self.grants],
            "days": [
                {"day": str(due.day), "kind": due.kind, "title": due.title, "detail": due.detail} for due in self.days
            ],
            "why": list(self.why),
            "notes": list(self.notes),
        }


def report_leaving(record: ClientRecord, asked: Leaving, seconds: float = SECONDS) -> LeavingReport:
    """The way to leave that leaves most after tax, proved, with the others; AmtError says what cannot be figured."""
    made = leaving_of_record(record, asked)
    question = made.of_record.question
    solution = solve(question, seconds, beside=partial(ways_beside, last_year_of_work=asked.last_day.year))
    pricer = Pricer(question, amounts_of(question))
    answer = answer_of(solution)
    for shown, way in zip(answer["strategies"], solution.strategies, strict=True):
        shown["medicare_withheld"] = cents(medicare_tax_withheld(pricer, way.priced.schedule))
    notes = [*_rests_on(made, asked), *answer.pop("assumptions"), *made.of_record.notes]
    return LeavingReport(
        last_day=asked.last_day,
        grants=tuple(_of_grants(made, solution, asked.first_day)),
        days=_days(made, asked),
        of_record=made.of_record,
        solution=solution,
        answer=answer,
        why=tuple(reasons(question, pricer, solution.best)),
        notes=tuple(dict.fromkeys(notes)),
    )


def write_leaving(path: Path, asked: Leaving, report: LeavingReport, today: date) -> Path:
    """Put the last day, the window and the schedule into the record; gives the path of the backup.

    A workbook shows the answer on its sheet Leaving, with this day as the one on which it was found. FileError where
    the file asks another question by now.
    """
    before = open_record(path)
    question = report.of_record.question
    held = leaving_of_record(asked_of(before, "+".join(question.jurisdictions)), asked)
    check_question(path, question, held.of_record.question)
    place = next(iter(report.of_record.options.values())).holding
    holdings = [*before.holdings[:place], holding_left(before.holdings[place], asked), *before.holdings[place + 1 :]]
    left = replace(before, holdings=tuple(holdings))
    after = with_schedule(left, report.of_record, report.solution)
    about, detail = before.holdings[place].name, f"Leaving: the last day of work is {report.last_day}."
    after = logged(after, today, "planned", about, detail, before=before)
    check_figured(before, after)
    if is_record(path):
        return replace_client(path, before, after)
    from xl_amt.jobs.leaving_found import leaving_found

    return replace_client(path, before, after, leaving=leaving_found(report, after, today))


def _of_grants(made: RecordLeaving, solution: Solution, first_day: date) -> Iterator[OfGrant]:
    """What the best schedule makes of the options of each grant that has any left."""
    question, options = solution.question, made.of_record.options
    for label, window in made.windows.items():
        own = [place for place, grant in enumerate(question.grants) if options[grant.label].grant == label]
        if not own:
            continue
        steps = [step for place in own for step in _steps(solution, place, options, first_day)]
        left = sum(question.exercisable_of(same) for same in question.same_options if same[0] in own)
        lapse = left - sum(step.shares for step in steps)
        yield OfGrant(label, window, tuple(sorted(steps, key=lambda step: step.last_day)), lapse)


def _steps(solution: Solution, place: int, options: Mapping[str, OptionsOf], first_day: date) -> Iterator[Step]:
    """The steps of one grant of the plan, each within its year and the days on which the options can be exercised."""
    grant = solution.question.grants[place]
    own = options[grant.label]
    for year, shares in zip(solution.question.exercise_years, solution.best.schedule[place], strict=True):
        if shares:
            begins = max(date(year.year, 1, 1), first_day, own.first_day or date.min)
            ends = min(date(year.year, 12, 31), own.last_day or date.max)
            yield Step(grant.option_type, shares, begins, ends)


def _days(made: RecordLeaving, asked: Leaving) -> tuple[Due, ...]:
    """The days by which to decide, as the calendar of the record has them."""
    alone = replace(made.record, holdings=(_with_done_steps(made.holding),))
    last = max(window.by_plan for window in made.windows.values())
    calendar = due_dates(alone, Besides(), asked.first_day, last)
    return tuple(due for due in calendar.entries if due.kind in _DECISIONS)


def _with_done_steps(holding: Holding) -> Holding:
    """The holding without what is planned; a planned sale may be of shares that only a planned exercise brings."""
    exercises = tuple(one for one in holding.exercises if one.status == "done")
    sales = tuple(one for one in holding.sales if one.status == "done")
    return replace(holding, exercises=exercises, sales=sales)


def _rests_on(made: RecordLeaving, asked: Leaving) -> Iterator[str]:
    """What the answer rests on, the sale first."""
    question = made.of_record.question
    longer = [label for label, window in made.windows.items() if window.as_iso and window.by_plan > window.as_iso]
    sold = question.exit
    assert sold is not None
    price = next(iter(sold.prices.values()))
    yield f"The shares kept are assumed to be sold in {sold.year} at {price:,.2f}, with no market before then."
    for grant in made.portfolio.grants:
        yield from term_of_no_iso(grant)
    if longer or made.changed:
        yield MODIFIED
    if longer:
        yield WITHHELD
    if question.years[-1].year > asked.last_day.year:
        yield (
            f"Income after {asked.last_day.year} is the record's; a year that states none repeats the year before. "
            "Enter what is expected after employment ends: it moves every figure of those years."
        )
    yield LEAVE
    yield from years_not_enacted(year.household for year in question.all_years)


def _plain(one: OfGrant) -> dict[str, Any]:
    return {
        "label": one.label,
        "last_day_as_iso": str(one.window.as_iso) if one.window.as_iso else None,
        "last_day_by_plan": str(one.window.by_plan),
        "steps": [
            {"as": step.option_type, "shares": step.shares, "from": str(step.first_day), "by": str(step.last_day)}
            for step in one.steps
        ],
        "lapse": one.lapse,
    }
