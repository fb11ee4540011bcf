"""The ledger of a portfolio: its tranches and lots after each step, whatever the grants are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from math import isfinite
from typing import Final, NamedTuple

from xl_amt.equity.grants import AwardType, Grant, OptionType
from xl_amt.equity.hundred_thousand import split
from xl_amt.equity.lots import Lot, LotKey, lots_called
from xl_amt.equity.portfolio import (
    Acceleration,
    Cancellation,
    Exercise,
    Portfolio,
    Repurchase,
    Sale,
    Split,
    Step,
    Termination,
)
from xl_amt.equity.sales import Disposition, sell, take_back
from xl_amt.equity.splits import split_options
from xl_amt.equity.steps import ExercisedBefore, check_exercise, steps_until
from xl_amt.equity.termination import last_day_as_iso
from xl_amt.equity.tranches import Tranche, tranches_of
from xl_amt.equity.words import grouped, listed, shares_of
from xl_amt.errors import ArgumentError, NotExercisableError, NotHeldError


class History(NamedTuple):
    """What has come of a portfolio by the end of a day, in the shares of that day; sales in the shares of theirs."""

    through: date
    tranches: tuple[Tranche, ...]  # of all awards, in the order of the grants
    lots: tuple[Lot, ...]  # as acquired, in the order of their days
    held: tuple[Lot, ...]  # what is left of them
    sales: tuple[Disposition, ...]  # repurchases by the company among them
    split_set_aside: dict[str, date]  # grants whose platform's split an acceleration has overtaken, and its day


def follow_as_granted(portfolio: Portfolio, through: date) -> History:
    """Follow grants by their terms alone, whatever an export counts of them."""
    ledger = _Ledger(portfolio)
    for step in steps_until(portfolio, through):
        ledger.take(step)
    return ledger.history(through)


_KINDS: Final[tuple[OptionType, ...]] = ("ISO", "NSO")  # ISO shares first (Treas. Reg. 1.422-4(c)(2))
_ONE_DAY: Final = timedelta(days=1)


class _Part(NamedTuple):
    """Shares of one kind of a tranche."""

    tranche: Tranche
    kind: OptionType
    shares: int


def _take(shares: int, parts: Iterable[_Part]) -> list[_Part]:
    """Mark so many shares of the parts as exercised, one part after the other; what is taken of each."""
    taken = []
    for tranche, kind, left in parts:
        part = min(shares, left)
        if part:
            if kind == "ISO":
                tranche.iso_exercised += part
            else:
                tranche.nso_exercised += part
            taken.append(_Part(tranche, kind, part))
            shares -= part
    return taken


class _Ledger:
    """The state of a portfolio after some of its steps."""

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.tranches = {grant.label: tranches_of(grant) for grant in portfolio.grants}
        self.lots: dict[LotKey, Lot] = {}
        self.left: dict[LotKey, Fraction | int] = {}  # exact: a split makes thirds of a share
        for lot in portfolio.lots:
            known = lot.fmv_at_vest
            at_vest = self._value_at_vest(lot.acquired, lot.vested) if known is None and lot.exercised_early else known
            self.lots[lot.key] = replace(lot, stated_key=lot.key, fmv_at_vest=at_vest)
            self.left[lot.key] = _exactly(lot.shares)
        self.never_vest: set[LotKey] = set()
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
        lots = [lot for lot in self._by_age() if lot.acquired <= through]
        return History(
            through,
            tuple(tranche for tranches in self.tranches.values() for tranche in tranches),
            tuple(lots),
            tuple(lot.of(_plainly(self.left[lot.key])) for lot in lots if self.left[lot.key]),
            tuple(self.sales),
            self.set_aside,
        )

    def take(self, step: Step | ExercisedBefore) -> None:
        self._vest_stock_units(step.day - _ONE_DAY if isinstance(step, Split) else step.day)
        if isinstance(step, Exercise):
            self._exercise(step)
        elif isinstance(step, Sale):
            self._sell(step)
        elif isinstance(step, Acceleration):
            self._accelerate(step)
        elif isinstance(step, Split):
            self._split_stock(step)
        elif isinstance(step, ExercisedBefore):
            self._exercise_before(step)
        elif isinstance(step, Repurchase):
            self._repurchase(step)
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
        for key, lot in self.lots.items():
            if lot.grant_label == acceleration.grant and lot.vested > day and key not in self.never_vest:
                self.lots[key] = replace(lot, vested=day, fmv_at_vest=self.portfolio.value_if_known(day))
        if len(changed) > 1 and self.portfolio.grant(acceleration.grant).option_type == "ISO":
            # the platform's split was made before, and the company's count changes
            for tranche in self._of_isos():
                if tranche.exercisable.year in changed and tranche.platform_iso_shares is not None:
                    tranche.platform_iso_shares = None
                    self.set_aside.setdefault(tranche.grant.label, day)
        self._split_from(day.year)

    def _terminate(self, termination: Termination) -> None:
        """What is unvested when the work ends is canceled; what was exercised of it goes back to the company."""
        day = termination.day
        unvested = [lot for lot in self._by_age() if lot.acquired <= day < lot.vested and self.left[lot.key]]
        for label, lots in grouped(unvested, lambda lot: lot.subject).items():
            self._check_repurchases(label, lots, day)
            self.never_vest.update(lot.key for lot in lots)
        self._cancel_if(day, lambda tranche: tranche.vests > day)

    def _check_repurchases(self, label: str, lots: list[Lot], day: date) -> None:
        """NotHeldError or ArgumentError where the repurchases after the work are not of all unvested shares."""
        shares = sum(self.left[lot.key] for lot in lots)
        repurchased = sum(
            step.shares / self.portfolio.ratio_between(day, step.day)
            for step in self.portfolio.repurchases
            if step.grant == label and step.day >= day
        )
        if not repurchased:
            raise NotHeldError(
                f"{lots[0].label}: these shares were exercised early and have not vested when the work ends on {day}; "
                f"give the repurchase of {shares_of(float(shares))} of {label}, its day and what the "
                "company pays per share, accelerate what vests all the same, or leave them out."
            )
        if repurchased != shares:
            raise ArgumentError(
                f"{label}: {shares_of(float(shares))} exercised early have not vested when the work ends on {day}, but "
                f"the repurchases are of {float(repurchased):,.12g}; give those of all of them, or accelerate what "
                "vests all the same."
            )

    def _repurchase(self, repurchase: Repurchase) -> None:
        """Shares that never vest go back, those that would have vested first before the others."""
        lots = [lot for lot in self._by_age() if lot.subject == repurchase.grant and lot.key in self.never_vest]
        wanted: Fraction | int = repurchase.shares
        for lot in lots:
            taken = min(wanted, self.left[lot.key])
            if taken:
                self.sales.append(take_back(lot.of(_plainly(taken)), repurchase.price, repurchase.day))
                self.left[lot.key] -= taken
                wanted -= taken
        if wanted:
            raise ArgumentError(
                f"{repurchase.grant}: the repurchase of {repurchase.day} is of {repurchase.shares:,} shares, but "
                f"{float(repurchase.shares - wanted):,.12g} exercised early have not vested by the end of the work; "
                "correct the shares, or give the end of the work."
            )

    def _split_stock(self, stock_split: Split) -> None:
        """From the day on, everything that was there before is counted in new shares."""
        day, ratio = stock_split.day, stock_split.ratio
        for grant in self.portfolio.grants:
            if grant.granted_on < day:
                split_options(self.tranches[grant.label], ratio)
        for key, lot in self.lots.items():
            if lot.acquired < day:
                self.lots[key] = lot.after_split(ratio)
                self.left[key] *= ratio

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
        parts = [
            part
            for part in self._open_parts(grant, day)
            if exercise.option_type in (None, "NSO" if grant.type_on(day) == "NSO" else part.kind)
        ]
        available = sum(part.shares for part in parts)
        if exercise.shares > available:
            raise self._too_many(exercise, available)
        for part in _take(exercise.shares, parts):
            self._acquire(part.tranche, self._taxed_as(part.kind, grant, day), part.shares, exercise)

    def _exercise_before(self, before: ExercisedBefore) -> None:
        """Shares exercised on unknown days are gone, the oldest vested ones first, and make no lot."""
        grant = self.portfolio.grant(before.grant)
        by = self.portfolio.as_of and before.day
        shares = int(grant.exercised_before * self.tranches[grant.label][0].split_by)
        parts = self._open_parts(grant, by or date.max)
        available = sum(part.shares for part in parts)
        if shares > available:
            dated = sum(lot.shares for lot in self.lots.values() if lot.grant_label == grant.label)
            known = f", besides {shares_of(dated)} on known days" if dated else ""
            raise ArgumentError(
                f"{grant.label}: {shares_of(shares)} of it are said to be exercised before {by or 'now'}{known}, but "
                f"{available:,} could be by then; correct one of them."
            )
        _take(shares, parts)

    def _open_parts(self, grant: Grant, day: date) -> list[_Part]:
        """What can be exercised on a day, in order: vested shares before others, ISO before NSO shares."""
        open_tranches = [
            tranche for tranche in self.tranches[grant.label] if not tranche.canceled and tranche.exercisable <= day
        ]
        return [
            _Part(tranche, kind, left)
            for vested in (True, False)
            for kind in _KINDS
            for tranche in open_tranches
            if (tranche.vests <= day) is vested and (left := tranche.left(kind)) > 0
        ]

    def _too_many(self, exercise: Exercise, available: int) -> NotExercisableError:
        canceled = max(
            (tranche.canceled for tranche in self.tranches[exercise.grant] if tranche.canceled), default=None
        )
        what_would_do = (
            f"the rest was canceled on {canceled}, so exercise fewer" if canceled else "exercise fewer, or later"
        )
        kind = f"{exercise.option_type} " if exercise.option_type else ""
        return NotExercisableError(
            f"{exercise.grant}: the exercise of {exercise.day} is of {exercise.shares:,} shares, but {available:,} "
            f"{kind}shares can be exercised that day; {what_would_do}.",
            grant=exercise.grant,
            day=exercise.day,
            shares=exercise.shares,
            available=available,
            unvested=sum(
                tranche.unexercised
                for tranche in self.tranches[exercise.grant]
                if not tranche.canceled and tranche.exercisable > exercise.day
            ),
        )

    def _taxed_as(self, kind: AwardType, grant: Grant, day: date) -> AwardType:
        """An ISO exercised after the law's time, or after its disqualification, is taxed as an NSO."""
        if grant.type_on(day) == "NSO":
            return "NSO"
        termination = self.portfolio.termination
        last_day = last_day_as_iso(termination) if termination else None
        return "NSO" if last_day and day > last_day else kind

    def _acquire(self, tranche: Tranche, kind: AwardType, shares: int, exercise: Exercise) -> None:
        grant, day = tranche.grant, exercise.day
        early = tranche.vests > day
        election = exercise.election_83b and early
        key = LotKey(grant.label, day, kind, tranche.vests, election)
        if before := self.lots.get(key):  # exercised twice on one day
            self.lots[key] = before.of(before.shares + shares)
            self.left[key] += shares
            return
        self.left[key] = shares
        self.lots[key] = Lot(
            label=key.label,
            grant_label=grant.label,
            kind=kind,
            grant_date=grant.granted_on,
            acquired=day,
            shares=shares,
            strike=tranche.strike,
            fmv=self.portfolio.value_of(exercise),
            vested=tranche.vests if early else day,
            fmv_at_vest=self._value_at_vest(day, tranche.vests) if early else None,
            election_83b=election,
            qualified_small_business=grant.qualified_small_business,
            stated_key=key,
        )

    def _value_at_vest(self, acquired: date, vests: date) -> float | None:
        """The value on the day of vesting of one share of the day of acquisition."""
        value, ratio = self.portfolio.value_if_known(vests), self.portfolio.ratio_between(acquired, vests)
        return value if value is None or ratio == 1 else value * float(ratio)

    # Sales.

    def _sell(self, sale: Sale) -> None:
        if not isinstance(sale.shares, int) or sale.shares <= 0 or not (isfinite(sale.price) and sale.price >= 0.0):
            raise ArgumentError(
                f"the sale of {sale.day}: it is of {sale.shares:g} shares at {sale.price:g}; give whole shares, at "
                "least one, and a price of zero or more."
            )
        wanted: Fraction | int = sale.shares
        for lot in self._chosen(sale):
            taken = min(wanted, self.left[lot.key])
            if not taken:
                break
            self.sales.append(sell(lot.of(_plainly(taken)), sale.price, sale.day, loss_allowed=sale.loss_allowed))
            self.left[lot.key] -= taken
            wanted -= taken
        if wanted:
            of = f" of {', '.join(_said(name) for name in sale.lots)}" if sale.lots else ""
            coming = [exercise for exercise in self.portfolio.exercises if _comes_after(exercise, sale)]
            next_one = min(coming, key=lambda exercise: exercise.day, default=None)
            and_then = f", and {next_one.grant} is exercised on {next_one.day}" if next_one else ""
            raise ArgumentError(
                f"the sale of {sale.day}: it is of {sale.shares:,} shares, but {float(sale.shares - wanted):,.12g} "
                f"shares{of} are held that day{and_then}; {self._of_unknown_days(sale)}sell fewer, or later."
            )

    def _of_unknown_days(self, sale: Sale) -> str:
        """That shares exercised on unknown days can be sold once the exercise has its day; "" where there are none."""
        unknown = [
            grant.label
            for grant in self.portfolio.grants
            if grant.exercised_before and (not sale.lots or any(_begins(grant.label, name) for name in sale.lots))
        ]
        return f"give the day of the exercise of {listed(unknown)}, or " if unknown else ""

    def _by_age(self, lots: Iterable[Lot] | None = None) -> list[Lot]:
        return sorted(self.lots.values() if lots is None else lots, key=lambda lot: (lot.acquired, lot.vested))

    def _chosen(self, sale: Sale) -> list[Lot]:
        """The lots in the order of the sale: the advisor's, else the oldest vested shares first."""
        day, left, never_vest = sale.day, self.left, self.never_vest
        if not sale.lots:
            return self._by_age(
                lot
                for lot, shares in zip(self.lots.values(), left.values(), strict=True)  # both in one order
                if shares and lot.vested <= day >= lot.acquired and not (never_vest and lot.key in never_vest)
            )
        coming = [exercise for exercise in self.portfolio.exercises if _comes_after(exercise, sale)]
        unknown = [grant.label for grant in self.portfolio.grants if grant.exercised_before]
        lots = [lot for lot in self._by_age() if lot.acquired <= day]
        names = [
            name
            for name in sale.lots
            if any(lot.is_called(name) for lot in lots)
            or not (name in unknown or any(_makes(exercise, name) for exercise in coming))
        ]
        return [
            lot
            for lot in (lots_called(lots, names, f"the sale of {day}") if names else ())
            if left[lot.key]
            and lot.key not in never_vest
            and (lot.vested <= day or lot.label in sale.lots or lot.key in sale.lots)
        ]


def _comes_after(exercise: Exercise, sale: Sale) -> bool:
    """Whether an exercise that makes the lots of a sale is later than the sale."""
    return exercise.day > sale.day and (not sale.lots or any(_makes(exercise, name) for name in sale.lots))


def _makes(exercise: Exercise, name: str | LotKey) -> bool:
    """Whether the lots of an exercise have this key or label, or labels that begin with it."""
    if isinstance(name, LotKey):
        return (name.grant, name.acquired) == (exercise.grant, exercise.day)
    beginning = f"{exercise.grant} / {exercise.day}"
    return name in (exercise.grant, beginning) or name.startswith(f"{beginning} / ")


def _begins(label: str, name: str | LotKey) -> bool:
    """Whether the name is one of a grant's lots, or all of them."""
    return name.grant == label if isinstance(name, LotKey) else f"{name} / ".startswith(f"{label} / ")


def _said(name: str | LotKey) -> str:
    return name.label if isinstance(name, LotKey) else name


def _exactly(shares: float) -> Fraction | int:
    return shares if isinstance(shares, int) else Fraction(repr(shares))


def _plainly(shares: Fraction | int) -> float:
    """Shares as a lot holds them: whole where they are."""
    return int(shares) if shares.denominator == 1 else float(shares)
