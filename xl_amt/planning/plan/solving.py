"""A question answered: the best schedule with its proof, and the named strategies next to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf
from time import monotonic
from typing import Final, NamedTuple

from xl_amt.errors import NoAnswerError
from xl_amt.planning.plan.amounts import Block, amounts_of
from xl_amt.planning.plan.cells import Part, parts_of, refined
from xl_amt.planning.plan.pricing import AmtPricer, Priced, Pricer
from xl_amt.planning.plan.programme import Programme, least_amt_programme, programme_of
from xl_amt.planning.plan.question import PlanQuestion
from xl_amt.planning.plan.solver import Solver
from xl_amt.planning.plan.stages import Progress, Proof, is_proved, prove
from xl_amt.planning.plan.strategies import Strategy, named_strategies

SECONDS: Final = 10.0  # for the search, where nobody says more
_FOR_LEAST_AMT: Final = 1.0  # seconds
_FOR_A_CONFLICT: Final = 1.0  # seconds a demand
_ROUNDS_OF_STEPS: Final = 30

LEAST_AMT: Final = "least AMT"
BEST: Final = "best"


class Solution(NamedTuple):
    """The best schedule, what no schedule can pass, and every strategy, the best one last."""

    question: PlanQuestion
    best: Priced
    bound: float
    proved: bool
    seconds: float
    strategies: tuple[Strategy, ...]


def solve(
    question: PlanQuestion,
    seconds: float = SECONDS,
    progress: Progress = lambda _: None,
    beside: Callable[[PlanQuestion, Pricer], list[Strategy]] | None = None,
) -> Solution:
    """The schedule that costs least, or brings most, with its bound, within some seconds of search.

    ``beside`` gives the strategies to name next to it, where they are others than a plan's.
    Where they run out, the best schedule found is set against the bound, and ``proved`` says whether they meet.
    NoAnswerError where the demands cannot be met together: it names them. NotHeldError where the solver is missing.
    """
    began = monotonic()
    progress("strategies")
    pricer = Pricer(question, amounts_of(question))
    strategies = (beside or named_strategies)(question, pricer)
    progress("taxes")
    parts = parts_of(question, pricer.amounts)
    programme = programme_of(question, pricer, parts)
    kept = [strategy.priced for strategy in strategies if strategy.feasible]
    proof = prove(question, pricer, programme, kept, seconds, progress)
    if proof is not None:
        proof = _with_exact_steps(question, pricer, parts, proof, kept, began + seconds, progress)
    if proof is None and kept:  # the solver finds nothing where there is something
        nowhere = -inf if question.all_must_be_exercised else inf
        proof = Proof(min(kept, key=pricer.cost), nowhere, {})
    if proof is None:
        raise NoAnswerError(_conflict(programme))
    if proof.best is None:
        raise NoAnswerError(
            f"no schedule that meets all constraints was found in {seconds:g} seconds; allow more time, or relax one "
            f"of them: {_listed([row.demand for row in programme.rows if row.demand])}."
        )
    least = [] if beside else _least_amt(question, pricer)
    found = [*strategies, *least, Strategy(BEST, proof.best)]
    proved = is_proved(proof.best.objective, proof.bound) and not _passes(question, proof.best, proof.bound)
    return Solution(question, proof.best, proof.bound, proved, monotonic() - began, tuple(found))


def _with_exact_steps(
    question: PlanQuestion,
    pricer: Pricer,
    parts: Sequence[Part],
    proof: Proof,
    kept: Sequence[Priced],
    until: float,
    progress: Progress,
) -> Proof:
    """The proof made tighter round by round, steps exact around the plans met, while a round more fits the time."""
    began = monotonic()
    for _ in range(_ROUNDS_OF_STEPS):
        if proof.best is None or is_proved(proof.best.objective, proof.bound) or not any(part.steps for part in parts):
            break
        at = [proof.relaxed, _shares_of(proof.best)]
        parts = [refined(question, pricer.amounts, part, at) if part.steps else part for part in parts]
        left = until - monotonic()
        if left <= 0.0:
            break
        again = prove(question, pricer, programme_of(question, pricer, parts), [*kept, proof.best], left, progress)
        proof = proof if again is None else again._replace(bound=_tighter(question, proof.bound, again.bound))
        ended = monotonic()
        if ended + (ended - began) > until:
            break
        began = ended
    return proof


def _shares_of(priced: Priced) -> dict[Block, float]:
    return {
        Block(grant, year): float(shares)
        for grant, row in enumerate(priced.schedule)
        for year, shares in enumerate(row)
    }


def _tighter(question: PlanQuestion, one: float, two: float) -> float:
    """Of two bounds the one that says more."""
    return max(one, two) if question.all_must_be_exercised else min(one, two)


def _passes(question: PlanQuestion, best: Priced, bound: float) -> bool:
    """Whether a plan is better than what none should pass, which is an error of the solver."""
    better = bound - best.objective if question.all_must_be_exercised else best.objective - bound
    return bool(better > 0.02)


def _least_amt(question: PlanQuestion, pricer: Pricer) -> list[Strategy]:
    """All shares exercised before the exit with the least AMT in all, whatever becomes of the credit.

    Where the limits leave no such schedule, it is the one without them, which then is not a plan of the question.
    """
    years = question.exercise_years
    freed = tuple(replace(year, cash=None, most_amt=None) for year in years)
    for own_years in (years, freed):
        asked = replace(question, aim="least tax", credits={}, years=own_years, lots=(), exit=None)
        own = AmtPricer(asked, amounts_of(asked))
        programme = least_amt_programme(asked, own, parts_of(asked, own.amounts))
        proof = prove(asked, own, programme, [], _FOR_LEAST_AMT, lambda _: None)
        if proof is not None and proof.best is not None:
            return [Strategy(LEAST_AMT, pricer.price(proof.best.schedule))]
    return []


def _conflict(programme: Programme) -> str:
    """The demands that cannot be met together: each of them left out, the others could be."""
    rows = programme.rows
    demands = [row for row in rows if row.demand]
    needed = list(demands)
    for demand in demands:
        without = [row for row in needed if row is not demand]
        programme.rows = [row for row in rows if not row.demand or any(row is own for own in without)]
        if Solver(programme).solve(whole_shares=True, seconds=_FOR_A_CONFLICT, gap=1.0).impossible:
            needed = without
    programme.rows = rows
    return (
        f"these constraints cannot be met together: {_listed([row.demand for row in needed])}; relax one of them."
        if len(needed) > 1
        else f"this constraint cannot be met: {needed[0].demand}; relax it."
    )


def _listed(words: Sequence[str]) -> str:
    return "; ".join(words[:12]) + (f" and {len(words) - 12} more" if len(words) > 12 else "")
