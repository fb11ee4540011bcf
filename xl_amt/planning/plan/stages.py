"""The best schedule and the proof of it, in stages: a bound from parts of shares, a plan at once, the last dollars."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Final, NamedTuple

from xl_amt.planning.plan.amounts import Block
from xl_amt.planning.plan.pricing import Priced, Pricer
from xl_amt.planning.plan.programme import THOUSAND, Programme
from xl_amt.planning.plan.question import PlanQuestion, Schedule
from xl_amt.planning.plan.solver import Solved, Solver

HALF_A_DOLLAR: Final = 0.5
OF_THE_OBJECTIVE: Final = 1e-6
_NEAR: Final = 0.49  # dollars: within half a dollar, a cent apart
_QUICK: Final = 1.0  # seconds for a first plan
_FOR_CENTS: Final = 3.0  # seconds for the last cents of a plan of few blocks, which need a tenth of it
_HASTY: Final = 0.2  # seconds for those of a larger one
_FEW_BLOCKS: Final = 12
_A_CENT: Final = 0.01
_BOUND_GAP: Final = 1e-5  # thousands of dollars

Progress = Callable[[str], None]


class Proof(NamedTuple):
    """The best schedule found, and what no schedule is better than, by the objective; None where none was found."""

    best: Priced | None
    bound: float
    relaxed: Mapping[Block, float]  # the shares by which the bound was found, in parts of shares


def is_proved(objective: float, bound: float) -> bool:
    """Whether a plan is within half a dollar, or a millionth, of what no plan can pass."""
    return abs(objective - bound) <= max(HALF_A_DOLLAR, OF_THE_OBJECTIVE * abs(objective))


def prove(
    question: PlanQuestion,
    pricer: Pricer,
    programme: Programme,
    others: Sequence[Priced],
    seconds: float,
    progress: Progress,
) -> Proof | None:
    """The best of the schedules found and of ``others``, with its bound; None where the demands cannot be met.

    ``others`` are the named strategies that keep the limits: one of them that passes the bound, or is where nothing
    should be, proves an error of the solver. Every step is then run again the other way, with presolve or without.
    """
    solver = Solver(programme)
    search = _Search(question, pricer, programme, solver, others, monotonic() + seconds, progress)
    proof = search.run(presolve=True)
    if proof is None or search.passes(proof.bound):
        again = search.run(presolve=False)
        if again is None:
            return proof
        proof = again
    return proof


class _Search:
    """One run of the stages."""

    def __init__(
        self,
        question: PlanQuestion,
        pricer: Pricer,
        programme: Programme,
        solver: Solver,
        others: Sequence[Priced],
        until: float,
        progress: Progress,
    ) -> None:
        self.question = question
        self.pricer = pricer
        self.programme = programme
        self.solver = solver
        self.until = until
        self.progress = progress
        self.best: Priced | None = min(others, key=self._rank, default=None)
        self.for_cents = _FOR_CENTS if len(programme.blocks) <= _FEW_BLOCKS else _HASTY
        self.last: Sequence[float] | None = None  # the solver's own last solution

    def passes(self, bound: float) -> bool:
        """Whether a plan that is known is better than what none should pass."""
        return self.best is not None and self.pricer.cost(self.best) < self._turned(bound) - 2.0 * _A_CENT

    def run(self, *, presolve: bool) -> Proof | None:
        """The stages, one after another, until the plan meets the bound or the time is over."""
        self.progress("bound")
        # at first without presolve, which costs more than it saves here
        relaxed = self.solver.solve(whole_shares=False, seconds=self._left(), gap=_BOUND_GAP, presolve=not presolve)
        if relaxed.impossible:
            return None
        bound = relaxed.bound
        values = relaxed.values or ()
        shares = {block: values[column] for block, column in self.programme.blocks.items()} if values else {}
        if relaxed.values is not None:
            self.progress("whole shares")
            fixed = {column: float(round(relaxed.values[column])) for column in self.programme.cells}
            self._whole(bound, _NEAR, min(self._left(), _QUICK), presolve=presolve, fixed=fixed)
            for near, seconds in ((_NEAR, self._left()), (_A_CENT, min(self._left(), self.for_cents))):
                if self._within(bound, near):
                    continue
                self.progress("the last dollars")
                found = self._whole(bound, near, seconds, presolve=presolve)
                if found.impossible:
                    return None
                bound = max(bound, found.bound)
        return Proof(self.best, self._turned(bound * THOUSAND - _A_CENT), shares)

    def _left(self) -> float:
        return self.until - monotonic()

    def _within(self, bound: float, near: float) -> bool:
        return self.best is not None and self.pricer.cost(self.best) - bound * THOUSAND <= near

    def _whole(
        self, bound: float, near: float, seconds: float, *, presolve: bool, fixed: Mapping[int, float] | None = None
    ) -> Solved:
        """A plan of whole shares, started from the last one, until it is near the bound."""
        found = self._search(bound, near, seconds, presolve=presolve, fixed=fixed, start=None if fixed else self.last)
        if presolve and found.is_optimal and found.bound < bound - _A_CENT / THOUSAND:
            # an optimum below what parts of shares can reach is one of presolve's errors
            self.last = None
            found = self._search(bound, near, seconds, presolve=False, fixed=fixed)
        if found.stopped_at_target and not self._within(bound, near):  # HiGHS may misjudge a start against its target
            found = self._search(bound, near, seconds, presolve=presolve)
        return found

    def _search(
        self,
        bound: float,
        near: float,
        seconds: float,
        *,
        presolve: bool,
        fixed: Mapping[int, float] | None = None,
        start: Sequence[float] | None = None,
    ) -> Solved:
        found = self.solver.solve(
            whole_shares=True,
            seconds=seconds,
            gap=near / THOUSAND,
            fixed=fixed,
            start=start,
            target=bound + near / THOUSAND,
            presolve=presolve,
        )
        self._keep(found)
        return found

    def _keep(self, solved: Solved) -> None:
        """Price what was found, and keep it if it is the best so far."""
        if solved.values is None:
            return
        self.last = solved.values
        priced = self.pricer.price(schedule_of(self.question, self.programme, solved.values))
        if not priced.broken and (self.best is None or self._rank(priced) < self._rank(self.best)):
            self.best = priced

    def _rank(self, priced: Priced) -> tuple[float, float, float]:
        """By cost to the cent; of schedules that cost the same, less AMT goes first, and less tax this year."""
        amt = sum(year.amt for year in priced.years)
        return round(self.pricer.cost(priced), 2), round(amt, 2), priced.years[0].taxes_added

    def _turned(self, amount: float) -> float:
        """A cost as the objective, and the objective as a cost."""
        return amount if self.question.all_must_be_exercised else -amount


def schedule_of(question: PlanQuestion, programme: Programme, values: Sequence[float]) -> Schedule:
    """The whole shares of a solution."""
    places = range(len(question.exercise_years))
    return tuple(
        tuple(
            round(values[programme.blocks[block]]) if (block := (number, place)) in programme.blocks else 0
            for place in places
        )
        for number in range(len(question.grants))
    )
