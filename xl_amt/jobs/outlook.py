"""The outlook from end to end: each strategy of a client's plan along what the value of the share may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.client import ClientRecord
from xl_amt.jobs.law_notes import law_notes
from xl_amt.jobs.log import logged
from xl_amt.jobs.outlook_of_record import outlook_question, planned_course
from xl_amt.jobs.outlook_scenarios import read_scenarios
from xl_amt.jobs.plan import check_question, replace_client
from xl_amt.jobs.records import asked_of, open_record
from xl_amt.law import Jurisdiction
from xl_amt.planning.outlook.chances import Chances, Frame, Spread, chances, column, spread
from xl_amt.planning.outlook.outcomes import Course, amt_without_options, outcomes
from xl_amt.planning.outlook.paths import Simulation, Values, simulated, values_of_plan
from xl_amt.planning.outlook.regrets import PriceRange, by_price, highest_price, regrets
from xl_amt.planning.plan.answer import assumptions, cents, schedule_by_year
from xl_amt.planning.plan.pricing import Priced
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.solving import SECONDS, solve
from xl_amt.planning.plan.strategies import NEEDS_A_BUYER, SAME_YEAR_ESCAPE

WAITING: Final = "wait and sell"

DECIDED: Final = (
    "Each schedule is decided today and carried out whatever the value does, except that options under water are not "
    "exercised."
)
SURVIVES: Final = (
    "The plan's values, or the drift, are the mean of the paths on which the company survives; the chance of a "
    "jump to zero comes on top."
)
RECOVERY: Final = "Credit left after the last year keeps coming back in later ones, which are not modeled."


class StrategyOutlook(NamedTuple):
    """One strategy: on the plan's own values, in each scenario, over all simulated paths, and by the exit's price."""

    course: Course
    planned: Priced
    scenarios: Mapping[str, Priced]
    chances: Chances
    by_price: Piecewise
    regrets: tuple[PriceRange, ...]  # prices at the exit at which it leaves less than waiting


class OutlookReport(NamedTuple):
    """What the value may do, and what each strategy then leaves; dollars."""

    name: str
    question: PlanQuestion
    simulation: Simulation
    plan: Values
    scenarios: Mapping[str, Values]
    fan: Mapping[int, Spread]  # the simulated value by year
    strategies: tuple[StrategyOutlook, ...]
    notes: tuple[str, ...]

    @property
    def years(self) -> list[int]:
        """The years that have a value: those of exercise, and the exit's."""
        return [year.year for year in self.question.years]

    @property
    def plain(self) -> dict[str, Any]:
        """The report as a JSON document holds it."""
        simulation = self.simulation
        return {
            "client": self.name,
            "jurisdictions": list(self.question.jurisdictions),
            "simulation": {
                name: getattr(simulation, name) for name in ("volatility", "drift", "chance_of_zero", "paths", "seed")
            },
            "values": {
                str(year): {"plan": value} | _plain_spread(self.fan[year])
                for year, value in zip(self.years, [*self.plan.by_place, self.plan.price], strict=True)
            },
            "scenarios": {
                name: dict(zip(map(str, self.years), [*values.by_place, values.price], strict=True))
                for name, values in self.scenarios.items()
            },
            "strategies": [_plain_strategy(self.question, one) for one in self.strategies],
            "notes": list(self.notes),
        }


def report_outlook(
    record: ClientRecord, today: date, simulation: Simulation, scenarios: Path | None = None, seconds: float = SECONDS
) -> OutlookReport:
    """The outlook of a client's record; AmtError says what of it, or of the file of scenarios, cannot be."""
    made = outlook_question(record, today)
    question = made.question
    plan = values_of_plan(question)
    named = read_scenarios(scenarios, [year.year for year in question.years]) if scenarios else {}
    values = simulated(plan, simulation)
    own = planned_course(record, made)
    solution = solve(question, seconds)
    courses = [
        *([own.course] if own.course else []),
        *(Course(strategy.name, strategy.priced.schedule) for strategy in solution.strategies),
    ]
    notes = [*own.notes, *made.notes, DECIDED, SURVIVES, RECOVERY, *assumptions(question)]
    notes += [f"{SAME_YEAR_ESCAPE}: {NEEDS_A_BUYER}."]
    for year in question.all_years:
        notes += law_notes(Jurisdiction("+".join(question.jurisdictions), year.household.law_book), year.year)
    return OutlookReport(
        name=record.client.name,
        question=question,
        simulation=simulation,
        plan=plan,
        scenarios=named,
        fan=_fan(question, values, simulation.paths),
        strategies=_strategies(question, courses, plan, named, values, simulation.paths),
        notes=tuple(dict.fromkeys(notes)),
    )


def write_outlook(path: Path, report: OutlookReport, found_on: date) -> Path:
    """Put the outlook on its sheet of a client workbook; gives the path of the backup.

    FileError for a workbook without the sheet, or one that asks another question by now.
    """
    from xl_amt.jobs.outlook_found import outlook_found

    record = open_record(path)
    asked = asked_of(record, "+".join(report.question.jurisdictions))
    check_question(path, report.question, outlook_question(asked, found_on).question)
    detail = f"What the value may do, of {report.simulation.paths:,} simulated paths."
    after = logged(record, found_on, "planned", "outlook", detail, before=record)
    return replace_client(path, record, after, outlook=outlook_found(report, after, found_on))


def _strategies(
    question: PlanQuestion,
    courses: Sequence[Course],
    plan: Values,
    named: Mapping[str, Values],
    values: Values,
    paths: int,
) -> tuple[StrategyOutlook, ...]:
    planned = outcomes(question, courses, plan)
    in_scenarios = {name: outcomes(question, courses, own) for name, own in named.items()}
    frame = Frame(paths, question.years[-1].year, amt_without_options(question), WAITING, frozenset({SAME_YEAR_ESCAPE}))
    of_paths = chances(outcomes(question, courses, values), frame)
    lines = by_price(question, courses, plan, highest_price(question, plan))
    return tuple(
        StrategyOutlook(
            course=course,
            planned=planned[course.name],
            scenarios={name: found[course.name] for name, found in in_scenarios.items()},
            chances=of_paths[course.name],
            by_price=lines[course.name],
            regrets=tuple(regrets(lines[course.name], lines[WAITING])),
        )
        for course in courses
    )


def _fan(question: PlanQuestion, values: Values, paths: int) -> dict[int, Spread]:
    every = [*values.by_place, values.price]
    return {year.year: spread(column(value, paths)) for year, value in zip(question.years, every, strict=True)}


def _plain_strategy(question: PlanQuestion, one: StrategyOutlook) -> dict[str, Any]:
    found = one.chances
    return {
        "name": one.course.name,
        "schedule": schedule_by_year(question, one.course.schedule),
        "after_tax_as_planned": cents(one.planned.objective),
        "scenarios": {
            name: {
                "after_tax": cents(priced.objective),
                "amt": cents(sum(year.amt for year in priced.years)),
                "credit_left": cents(sum(priced.credit_left.values())),
            }
            for name, priced in one.scenarios.items()
        },
        "after_tax": _plain_spread(found.after_tax),
        "chances": {
            "loses_money": found.loses_money,
            "leaves_most": found.leaves_most,
            "less_than_waiting": found.less_than_waiting,
            "owes_amt": found.owes_amt,
            "amt_not_recovered": found.not_recovered,
        },
        "amt": _plain_spread(found.amt),
        "credit_left": _plain_spread(found.credit_left),
        "cash": {str(year): _plain_spread(own) for year, own in found.cash.items()},
        "credit": {str(year): _plain_spread(own) for year, own in found.credit.items()},
        "regrets": [
            {"from_price": round(start, 6), "to_price": None if end is None else round(end, 6)}
            for start, end in one.regrets
        ],
    }


def _plain_spread(own: Spread) -> dict[str, float]:
    percentiles = {f"percentile_{percent}": cents(amount) for percent, amount in own.percentiles.items()}
    return {"mean": cents(own.mean), "least": cents(own.least)} | percentiles
