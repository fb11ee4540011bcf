"""How fast an outlook is, and what it takes of memory: python tests/benchmarks/outlook.py."""

from __future__ import annotations

import resource

from figures import Figure, best_time, print_figures
from plan import client

from xl_amt.planning.outlook.chances import Frame, chances
from xl_amt.planning.outlook.outcomes import Course, amt_without_options, outcomes
from xl_amt.planning.outlook.paths import Simulation, simulated, values_of_plan
from xl_amt.planning.outlook.regrets import by_price, highest_price, regrets
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

WAITING = "wait and sell"


def main() -> None:
    """10,000 paths of five years, an exit and a recovery year, seven strategies; the same in two jurisdictions."""
    figures = []
    for place in ("US", "US+CA"):
        question = read_question(client(1, years=6, grants=10) | {"jurisdiction": place})
        courses = [Course(one.name, one.priced.schedule) for one in solve(question).strategies]
        assert len(courses) == 7
        figures.append(
            Figure(
                f"10,000 paths, 5 years, 7 strategies, {place}",
                best_time(lambda asked=question, named=courses: _simulate(asked, named)),  # type: ignore[misc]
                3.0,
                "s",
            )
        )
        figures.append(
            Figure(
                f"the exact prices that they regret, {place}",
                best_time(lambda asked=question, named=courses: _regret(asked, named)),  # type: ignore[misc]
                2.0,
                "s",
            )
        )
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    figures.append(Figure("memory at most", most, 1.0, "GB"))
    print_figures(figures)


def _simulate(question: PlanQuestion, courses: list[Course]) -> None:
    values = simulated(values_of_plan(question), Simulation(paths=10_000))
    frame = Frame(10_000, question.years[-1].year, amt_without_options(question), WAITING)
    chances(outcomes(question, courses, values), frame)


def _regret(question: PlanQuestion, courses: list[Course]) -> None:
    plan = values_of_plan(question)
    lines = by_price(question, courses, plan, highest_price(question, plan))
    for line in lines.values():
        regrets(line, lines[WAITING])


if __name__ == "__main__":
    main()
