"""Form 3921, Exercise of an Incentive Stock Option, compared with the AMT income of the exercise.

The company sends one for each exercise of ISOs by January 31 (IRC 6039). It states the day of exercise, vested or not;
shares that count as NSOs are not on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.documents.figures import same, to_cents
from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.history import History
from xl_amt.equity.lots import Lot
from xl_amt.equity.words import dollars, grouped, price_of, shares_of


class Form3921(NamedTuple):
    """Boxes 1 to 5, and the label of the grant that it is about; prices are dollars per share."""

    grant: str
    granted: date | None  # box 1
    exercised: date  # box 2
    exercise_price: float  # box 3
    fmv: float  # box 4: on the day of exercise, also of shares that are not vested
    shares: float  # box 5

    @property
    def spread(self) -> float:
        """The AMT income that the boxes alone would give, in dollars (Form 6251 instructions, line 2i)."""
        return self.shares * max(self.fmv - self.exercise_price, 0.0)


class Cause(NamedTuple):
    """A part of a difference in dollars, and the sentence that explains it; 0 where there is only something to know."""

    dollars: float
    sentence: str


class ExerciseReconciled(NamedTuple):
    """A Form 3921 as it will be printed, compared with ours."""

    form: Form3921
    strike: float
    spread: float  # at exercise, for all shares, at the strike of the grant
    amt_income: float  # of this year (Form 6251 line 2i)
    nso_shares: float  # of the same exercise, on Form W-2 instead
    causes: tuple[Cause, ...]  # they add up to the difference

    @property
    def difference(self) -> float:
        """This year's AMT income less what the form alone would give."""
        return self.amt_income - self.form.spread


def exercises_of(history: History, year: int) -> tuple[ExerciseReconciled, ...]:
    """Each exercise of ISOs in a year, a grant and a day at a time."""
    return tuple(
        _exercise(history, lots, year)
        for lots in _by_exercise(lot for lot in history.lots if lot.acquired.year == year)
    )


def vested_without_form(history: History, year: int) -> tuple[Cause, ...]:
    """AMT income of a year that no Form 3921 of it shows: shares exercised early in an earlier year that vest."""
    vested = _by_exercise(lot for lot in history.lots if lot.acquired.year < year == lot.income_day.year)
    return tuple(
        Cause(
            amount := _amt_income(history, lots, year),
            f"{lots[0].subject}, exercised {lots[0].acquired}: the vesting of {_shares(lots)} in {year} is AMT "
            f"income of {dollars(amount)}; no Form 3921 of {year} shows it.",
        )
        for lots in vested
    )


def _by_exercise(lots: Iterable[Lot]) -> Iterable[list[Lot]]:
    isos = (lot.as_acquired for lot in lots if lot.kind == "ISO")  # a form counts in the shares of its exercise
    return grouped(isos, lambda lot: (lot.subject, lot.acquired)).values()


def _exercise(history: History, lots: Sequence[Lot], year: int) -> ExerciseReconciled:
    first = lots[0]
    form = Form3921(
        first.subject, first.grant_date, first.acquired, to_cents(first.strike), first.value_at_exercise, _count(lots)
    )
    nso_shares = sum(
        lot.as_acquired.shares
        for lot in history.lots
        if (lot.kind, lot.subject, lot.acquired) == ("NSO", first.subject, first.acquired)
    )
    amt_income = _amt_income(history, lots, year)
    causes = [*_rounding(form, lots), *_vesting(lots, year), *_sales(lots, year, amt_income), *_nsos(nso_shares)]
    return ExerciseReconciled(form, first.strike, _spread(lots), amt_income, nso_shares, tuple(causes))


def _amt_income(history: History, lots: Sequence[Lot], year: int) -> float:
    """What some lots put on Form 6251 line 2i of a year, after what is sold of them in it."""
    keys = {lot.key for lot in lots}
    sales = tuple(sale for sale in history.sales if sale.lot.key in keys)
    return amounts_of(history._replace(lots=tuple(lots), sales=sales), (year,))[year].iso_spread


def _rounding(form: Form3921, lots: Sequence[Lot]) -> Iterator[Cause]:
    strike = lots[0].strike
    if form.exercise_price != strike:
        yield Cause(
            _spread(lots) - form.spread,
            f"Box 3 shows {dollars(form.exercise_price)}, the strike rounded to cents; {price_of(strike)} was paid.",
        )


def _vesting(lots: Sequence[Lot], year: int) -> Iterator[Cause]:
    elected = [lot for lot in lots if lot.exercised_early and lot.election_83b]
    waiting = [lot for lot in lots if lot.income_day > lot.acquired]
    if elected:
        yield Cause(
            0.0,
            f"Not vested at exercise: {_shares(elected)}. The election under IRC 83(b) fixes their AMT income at "
            "exercise, as the form shows it.",
        )
    if waiting:
        income = _income(waiting, year)
        yield Cause(
            income - _spread(waiting),
            f"Not vested at exercise, without an election under IRC 83(b): {_shares(waiting)}. Their AMT income is "
            f"figured on the dates they vest, {dollars(income)} in {year}.",
        )


def _sales(lots: Sequence[Lot], year: int, amt_income: float) -> Iterator[Cause]:
    income = _income(lots, year)
    if not same(amt_income, income):
        yield Cause(
            amt_income - income,
            "Shares sold in the year of their AMT income need no adjustment (Form 6251 instructions).",
        )


def _nsos(shares: float) -> Iterator[Cause]:
    if shares:
        yield Cause(
            0.0,
            f"NSOs of the same exercise: {shares_of(shares)}, under the $100,000 rule or because they were exercised "
            "too late. They are reported on Form W-2.",
        )


def _count(lots: Sequence[Lot]) -> float:
    return sum(lot.shares for lot in lots)


def _shares(lots: Sequence[Lot]) -> str:
    return shares_of(_count(lots))


def _spread(lots: Sequence[Lot]) -> float:
    return sum(lot.shares * max(lot.value_at_exercise - lot.strike, 0.0) for lot in lots)


def _income(lots: Sequence[Lot], year: int) -> float:
    return sum(lot.shares * lot.spread for lot in lots if lot.income_day.year == year)


def differences(ours: Sequence[ExerciseReconciled], received: Sequence[Form3921]) -> Iterator[str]:
    """What the forms received say otherwise than ours, a sentence each; several for one exercise count together."""
    by_exercise = grouped(received, lambda form: (form.grant, form.exercised))
    for exercise in ours:
        forms = by_exercise.pop((exercise.form.grant, exercise.form.exercised), [])
        if forms:
            yield from _of_exercise(exercise, forms)
        else:
            yield f"{_name(exercise.form)}: none was received for {shares_of(exercise.form.shares)}; ask the company."
    for forms in by_exercise.values():
        yield (
            f"{_name(forms[0])}: our record has no ISOs of this grant exercised that day; a date or the grant differs, "
            "or our record counts the shares as NSOs, under the $100,000 rule or because they were exercised too late."
        )


def _of_exercise(exercise: ExerciseReconciled, forms: Sequence[Form3921]) -> Iterator[str]:
    ours = exercise.form
    shares = sum(form.shares for form in forms)
    for form in forms:
        if form.granted != ours.granted:
            yield (
                f"{_name(form)}: box 1 shows a grant of {form.granted}, ours is {ours.granted}; the two years to a "
                "qualifying sale run from it."
            )
        for box, shown, own in ((3, form.exercise_price, exercise.strike), (4, form.fmv, ours.fmv)):
            if shown != own:
                yield f"{_name(form)}: box {box} shows {price_of(shown)} a share, ours is {price_of(own)}; " + (
                    f"rounding to cents explains it, and {dollars(form.shares * abs(shown - own))} of spread."
                    if shown == to_cents(own)
                    else f"rounding does not explain it, and the spread differs by "
                    f"{dollars(form.shares * abs(shown - own))}."
                )
    if shares != ours.shares:
        nso = exercise.nso_shares
        likely = (
            f"it counts the {shares_of(nso)} that our record treats as NSOs"
            if nso and shares == ours.shares + nso
            else "rounding does not explain it, so compare the split into ISOs and NSOs and the other exercises"
        )
        yield f"{_name(ours)}: box 5 shows {shares_of(shares)}, ours is {ours.shares:,.0f}; {likely}."


def _name(form: Form3921) -> str:
    return f"Form 3921 of {form.grant}, exercised {form.exercised}"
