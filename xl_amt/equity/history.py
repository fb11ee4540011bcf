"""A portfolio followed day by day: what can be exercised as what, which lots come of it, and what is sold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from math import isfinite
from typing import Final, NamedTuple

from xl_amt.equity.grants import AwardType, OptionType
from xl_amt.equity.hundred_thousand import split
from xl_amt.equity.lots import Lot, lots_called
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Step, Termination
from xl_amt.equity.sales import Disposition, sell
from xl_amt.equity.steps import check_exercise, steps_until
from xl_amt.equity.termination import last_day_as_iso
from xl_amt.equity.tranches import Tranche, tranches_of
from xl_amt.errors import ArgumentError, NotHeldError


class History(NamedTuple):
    """What has come of a portfolio by the end of a day."""

    through: date
    tranches: tuple[Tranche, ...]  # of all awards, in the order of the grants
    lots: tuple[Lot, ...]  # as acquired, in the order of their days
    held: tuple[Lot, ...]  # what is left of them
    sales: tuple[Disposition, ...]
    split_set_aside: dict[str, date]  # grants whose platform's split an acceleration has overtaken, and its day


def follow(portfolio: Portfolio, through: date) -> History:
    """Follow a portfolio to the end of a day; ArgumentError names the grant or lot of an impossible step.

    >>> from xl_amt.equity.grants import Grant
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 100, fmv_at_grant=2.0)
    >>> portfolio = Portfolio((grant,), (Exercise("ES-1", date(2026, 3, 1), 40, fmv=12.0),))
    >>> [(lot.kind, lot.shares, lot.spread) for lot in follow(portfolio, date(2026, 12, 31)).lots]
    [('ISO', 40, 10.0)]
    """
    ledger = _Ledger(portfolio)
    for step in steps_until(portfolio, through):
        ledger.take(step)
    return ledger.history(through)


_KINDS: Final[tuple[OptionType, ...]] = ("ISO", "NSO")  # ISO shares first (Treas. Reg. 1.422-4(c)(2))


class _Ledger:
    """The state of a portfolio after some of its steps."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.tranches = {grant.label: tranches_of(grant) for grant in portfolio.grants}
        self.lots: dict[str, Lot] = {}
        self.left: dict[str, float] = {}
        self.sales: list[Disposition] = []
        self.unvested_units = [
            tranche
            for grant in portfolio.grants
            if grant.option_type == "RSU"
            for tranche in self.tranches[grant.label]
        ]
        self.set_aside: dict[str, date] = {}
        self._split_from(0)

    def history(self, through: date) -> History:
        self._vest_stock_units(through)
        lots = self._by_age()
        return History(
            through,
            tuple(tranche for tranches in self.tranches.values() for tranche in tranches),
            tuple(lots),
            tuple(lot.of(self.left[lot.label]) for lot in lots if self.left[lot.label]),
            tuple(self.sales),
            self.set_aside,
        )

    def take(self, step: Step) -> None:
        self._vest_stock_units(step.day)
        if isinstance(step, Acceleration):
            self._accelerate(step)
        elif isinstance(step, Exercise):
            self._exercise(step)
        elif isinstance(step, Sale):
            self._sell(step)
        elif isinstance(step, Termination):
            self._terminate(step)
        else:
            self._cancel(step)

    def _split_from(self, year: int) -> None:
        split(self._of_isos(), year)

    def _of_isos(self) -> list[Tranche]:
        isos = [grant.label for grant in self.portfolio.grants if grant.option_type == "ISO"]
        return [tranche for label in isos for tranche in self.tranches[label]]

    # What happens to a grant.

    def _accelerate(self, acceleration: Acceleration) -> None:
        """Unvested shares vest on the day, those exercised early as well."""
        day = acceleration.day
        changed = {day.year}
        for tranche in self.tranches[acceleration.grant]:
            if tranche.vests > day and not tranche.canceled:
                tranche.vests = day
                if tranche.exercisable > day:
                    changed.add(tranche.exercisable.year)
                    tranche.exercisable = day
        for label, lot in self.lots.items():
            if lot.grant_label == acceleration.grant and lot.vested > day:
                self.lots[label] = replace(lot, vested=day, fmv_at_vest=self.portfolio.value_if_known(day))
        if len(changed) > 1 and self.portfolio.grant(acceleration.grant).option_type == "ISO":
            # the platform's split was made before, and the company's count changes
            for tranche in self._of_isos():
                if tranche.exercisable.year in changed and tranche.platform_iso_shares is not None:
                    tranche.platform_iso_shares = None
                    self.set_aside.setdefault(tranche.grant.label, day)
        self._split_from(day.year)

    def _terminate(self, termination: Termination) -> None:
        """What is unvested when the work ends is canceled."""
        day = termination.day
        for lot in self.lots.values():
            if lot.vested > day and self.left[lot.label]:
                raise NotHeldError(
                    f"{lot.label}: these shares were exercised early and have not vested when the work ends on {day}; "
                    "their repurchase is not figured, so leave them out and ask the company what it pays."
                )
        self._cancel_if(day, lambda tranche: tranche.vests > day)

    def _cancel(self, cancellation: Cancellation) -> None:
        label = cancellation.grant
        self._cancel_if(cancellation.day, lambda tranche: tranche.grant.label == label)

    def _cancel_if(self, day: date, applies: Callable[[Tranche], bool]) -> None:
        for tranches in self.tranches.values():
            for tranche in tranches:
                if applies(tranche) and not tranche.canceled:
                    tranche.canceled = day
        self._split_from(day.year + 1)

    def _vest_stock_units(self, through: date) -> None:
        """Restricted stock units become shares when they vest, at the value of that day (IRC 83(a))."""
        waiting, self.unvested_units = self.unvested_units, []
        for tranche in waiting:
            vests, label = tranche.vests, tranche.grant.label
            if vests > through:
                self.unvested_units.append(tranche)
            elif not tranche.canceled:
                fmv = self.portfolio.value_on(vests, f"{label}, vesting {vests}")
                self._acquire(tranche, "RSU", tranche.shares, Exercise(label, vests, tranche.shares, fmv))
                tranche.nso_exercised = tranche.shares

    # Exercises.

    def _exercise(self, exercise: Exercise) -> None:
        grant = self.portfolio.grant(exercise.grant)
        check_exercise(exercise, grant, self.portfolio.termination)
        day = exercise.day
        open_tranches = [
            tranche for tranche in self.tranches[grant.label] if not tranche.canceled and tranche.exercisable <= day
        ]
        parts: list[tuple[Tranche, OptionType, int]] = []
        for vested in (True, False):
            for kind in _KINDS:
                parts += [
                    (tranche, kind, left)
                    for tranche in open_tranches
                    if (tranche.vests <= day) is vested
                    and exercise.option_type in (None, kind)
                    and (left := tranche.left(kind)) > 0
                ]
        available = sum(left for _, _, left in parts)
        if exercise.shares > available:
            raise self._too_many(exercise, available)
        wanted = exercise.shares
        for tranche, kind, left in parts:
            taken = min(wanted, left)
            if taken:
                self._acquire(tranche, self._taxed_as(kind, day), taken, exercise)
                if kind == "ISO":
                    tranche.iso_exercised += taken
                else:
                    tranche.nso_exercised += taken
                wanted -= taken

    def _too_many(self, exercise: Exercise, available: int) -> ArgumentError:
        canceled = max(
            (tranche.canceled for tranche in self.tranches[exercise.grant] if tranche.canceled), default=None
        )
        what_would_do = (
            f"the rest was canceled on {canceled}, so exercise fewer" if canceled else "exercise fewer, or later"
        )
        kind = f"{exercise.option_type} " if exercise.option_type else ""
        return ArgumentError(
            f"{exercise.grant}: the exercise of {exercise.day} is of {exercise.shares:,} shares, but {available:,} "
            f"{kind}shares can be exercised that day; {what_would_do}."
        )

    def _taxed_as(self, kind: AwardType, day: date) -> AwardType:
        """An ISO exercised after the law's time is taxed as an NSO."""
        termination = self.portfolio.termination
        last_day = last_day_as_iso(termination) if termination else None
        return "NSO" if last_day and day > last_day else kind

    def _acquire(self, tranche: Tranche, kind: AwardType, shares: int, exercise: Exercise) -> None:
        grant, day = tranche.grant, exercise.day
        early = tranche.vests > day
        election = exercise.election_83b and early
        label = f"{grant.label} / {day} / {kind} vesting {tranche.vests}{', 83(b)' if election else ''}"
        if before := self.lots.get(label):  # exercised twice on one day
            self.lots[label] = before.of(before.shares + shares)
            self.left[label] += shares
            return
        self.left[label] = shares
        self.lots[label] = Lot(
            label=label,
            grant_label=grant.label,
            kind=kind,
            grant_date=grant.granted_on,
            acquired=day,
            shares=shares,
            strike=grant.strike,
            fmv=exercise.fmv,
            vested=tranche.vests if early else day,
            fmv_at_vest=self.portfolio.value_if_known(tranche.vests) if early else None,
            election_83b=election,
            qualified_small_business=grant.qualified_small_business,
        )

    # Sales.

    def _sell(self, sale: Sale) -> None:
        if not isinstance(sale.shares, int) or sale.shares <= 0 or not (isfinite(sale.price) and sale.price >= 0.0):
            raise ArgumentError(
                f"the sale of {sale.day}: it is of {sale.shares:g} shares at {sale.price:g}; give whole shares, at "
                "least one, and a price of zero or more."
            )
        wanted: float = sale.shares
        for lot in self._chosen(sale):
            taken = min(wanted, self.left[lot.label])
            if not taken:
                break
            self.sales.append(sell(lot.of(taken), sale.price, sale.day, loss_allowed=sale.loss_allowed))
            self.left[lot.label] -= taken
            wanted -= taken
        if wanted:
            of = f" of {', '.join(sale.lots)}" if sale.lots else ""
            coming = [exercise for exercise in self.portfolio.exercises if _comes_after(exercise, sale)]
            next_one = min(coming, key=lambda exercise: exercise.day, default=None)
            and_then = f", and {next_one.grant} is exercised on {next_one.day}" if next_one else ""
            raise ArgumentError(
                f"the sale of {sale.day}: it is of {sale.shares:,} shares, but {sale.shares - wanted:,.0f} shares{of} "
                f"are held that day{and_then}; sell fewer, or later."
            )

    def _by_age(self) -> list[Lot]:
        return sorted(self.lots.values(), key=lambda lot: (lot.acquired, lot.vested))

    def _chosen(self, sale: Sale) -> list[Lot]:
        """The lots in the order of the sale: the advisor's, else the oldest vested shares first."""
        coming = [exercise for exercise in self.portfolio.exercises if _comes_after(exercise, sale)]
        names = [name for name in sale.lots if not any(_makes(exercise, name) for exercise in coming)]
        if sale.lots and not names:
            return []
        chosen = lots_called(self._by_age(), names, f"the sale of {sale.day}")
        return [lot for lot in chosen if self.left[lot.label] and (lot.vested <= sale.day or lot.label in sale.lots)]


def _comes_after(exercise: Exercise, sale: Sale) -> bool:
    """Whether an exercise that makes the lots of a sale is later than the sale."""
    return exercise.day > sale.day and (not sale.lots or any(_makes(exercise, name) for name in sale.lots))


def _makes(exercise: Exercise, name: str) -> bool:
    """Whether the lots of an exercise have this label, or labels that begin with it."""
    beginning = f"{exercise.grant} / {exercise.day} / "
    return beginning.startswith(f"{name} / ") or name.startswith(beginning)
