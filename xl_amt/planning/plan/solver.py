"""The one place that knows a solver: HiGHS, on one thread, silent."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from xl_amt.errors import NotHeldError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xl_amt.planning.plan.programme import Programme

_TOLERANCE: Final = 1e-7  # at 1e-9 presolve has called a plan impossible that was none
_OPTIONS: Final = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 1,
    "primal_feasibility_tolerance": _TOLERANCE,
    "dual_feasibility_tolerance": _TOLERANCE,
    "mip_feasibility_tolerance": _TOLERANCE,
    "mip_rel_gap": 0.0,
}


class Solved(NamedTuple):
    """What the solver found, in the program's units: a value a column, None where it has none, and a bound."""

    values: Sequence[float] | None
    bound: float
    impossible: bool = False
    stopped_at_target: bool = False
    is_optimal: bool = False  # as the solver says


class Solver:
    """Solves one programme again and again."""

    def __init__(self, programme: Programme) -> None:
        try:
            import highspy
        except ImportError:
            raise NotHeldError(
                "the plan needs the solver HiGHS, which is not installed; pip install highspy, on a system for which "
                "it is made."
            ) from None
        self._highspy: Any = highspy
        # it prints who it is when its callbacks are set, which nothing here needs
        silence = {"enableCallbacks": lambda highs: highs.setOptionValue("output_flag", False)}
        self._silent: Any = type("Silent", (highspy.Highs,), silence)
        self._programme = programme

    def solve(
        self,
        *,
        whole_shares: bool,
        seconds: float,
        gap: float,
        fixed: Mapping[int, float] | None = None,
        start: Sequence[float] | None = None,
        target: float = -inf,
        presolve: bool = True,
    ) -> Solved:
        """The least cost, shares whole or not, within some seconds and a gap; with a target, the first plan within it.

        ``fixed`` columns have that value. A plan to ``start`` from may be given.
        """
        highs = self._silent()
        for name, value in _OPTIONS.items():
            highs.setOptionValue(name, value)
        highs.setOptionValue("presolve", "on" if presolve else "off")
        highs.setOptionValue("time_limit", max(seconds, 0.01))
        highs.setOptionValue("mip_abs_gap", gap)
        if target > -inf:
            highs.setOptionValue("objective_target", target - self._programme.constant)
        highs.passModel(self._model(whole_shares=whole_shares, fixed=fixed or {}))
        if start is not None:
            solution = self._highspy.HighsSolution()
            solution.col_value = list(start)
            highs.setSolution(solution)
        highs.run()
        return self._solved(highs)

    def _solved(self, highs: Any) -> Solved:
        status, info = highs.getModelStatus(), highs.getInfo()
        statuses = self._highspy.HighsModelStatus
        if status in (statuses.kInfeasible, statuses.kUnboundedOrInfeasible):
            return Solved(None, inf, impossible=True)
        has_plan = info.primal_solution_status == 2  # feasible
        values = [float(value) for value in highs.getSolution().col_value] if has_plan else None
        constant = self._programme.constant
        is_mip = any(kind == self._highspy.HighsVarType.kInteger for kind in highs.getLp().integrality_)
        if is_mip:
            at_target, optimal = status == statuses.kObjectiveTarget, status == statuses.kOptimal
            bound = float(info.mip_dual_bound) + constant
            return Solved(values, bound, stopped_at_target=at_target, is_optimal=optimal)
        return Solved(values, info.objective_function_value + constant if status == statuses.kOptimal else -inf)

    def _model(self, *, whole_shares: bool, fixed: Mapping[int, float]) -> Any:
        highspy, programme = self._highspy, self._programme
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(programme.costs), len(programme.rows)
        model.col_cost_ = programme.costs
        model.col_lower_ = [fixed.get(column, low) for column, (low, _) in enumerate(programme.ranges)]
        model.col_upper_ = [fixed.get(column, high) for column, (_, high) in enumerate(programme.ranges)]
        model.row_lower_ = [row.low for row in programme.rows]
        model.row_upper_ = [row.high for row in programme.rows]
        starts = [0]
        columns: list[int] = []
        factors: list[float] = []
        for row in programme.rows:
            columns += row.terms
            factors += row.terms.values()
            starts.append(len(columns))
        matrix = model.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_, matrix.index_, matrix.value_ = starts, columns, factors
        whole = set(programme.cells) - set(fixed)
        if whole_shares:
            whole |= set(programme.blocks.values())
        if whole:
            kinds = highspy.HighsVarType
            model.integrality_ = [
                kinds.kInteger if column in whole else kinds.kContinuous for column in range(len(programme.costs))
            ]
        return model
