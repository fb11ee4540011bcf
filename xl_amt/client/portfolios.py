"""The portfolio of each holding of a record, ready to be followed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from xl_amt.client.checks import RATIO
from xl_amt.client.record import ClientRecord, Exercise, Grant, HeldLot, Holding, Remark, Sale, Split
from xl_amt.equity import grants as awards
from xl_amt.equity import portfolio as steps
from xl_amt.equity.lots import Lot
from xl_amt.equity.words import price_of
from xl_amt.errors import ArgumentError

_SAME_PRICE: Final = 0.005  # dollars: what platforms round off


def portfolios(record: ClientRecord, *, planned: bool = True) -> tuple[steps.Portfolio, ...]:
    """The portfolio of each holding, without the planned steps where they are not wanted.

    A grant that an export counts is a HeldGrant: what it counts as exercised, beyond the exercises of the record, was
    exercised on days that nobody knows and cannot be exercised again. Shares of a cashless exercise are sold the same
    day at the value of the exercise. ArgumentError names the holding and what in it cannot be.
    """
    return tuple(portfolio_of(holding, planned=planned) for holding in record.holdings)


def portfolio_of(holding: Holding, *, planned: bool = True) -> steps.Portfolio:
    """The portfolio of one holding, as `portfolios` says."""
    exercises = [one for one in holding.exercises if planned or one.status == "done"]
    sales = [one for one in holding.sales if planned or one.status == "done"]
    as_of = holding.as_of
    counted = [grant.label for grant in holding.grants if grant.held]
    if counted and as_of is None:
        raise ArgumentError(
            f"{counted[0]}: its shares are counted, but the date of the count is not stated; enter the holding's as_of."
        )
    called = {one.lot: f"{one.grant} / {one.day}" for one in exercises if one.lot}
    return steps.Portfolio(
        grants=tuple(award_of(grant) for grant in holding.grants),
        exercises=tuple(_exercise(one) for one in exercises),
        sales=(*(_sale(one, called) for one in sales), *_sold_the_same_day(exercises, sales)),
        values=tuple((value.day, value.price) for value in holding.values),
        accelerations=tuple(steps.Acceleration(one.grant, one.day) for one in holding.accelerations),
        cancellations=tuple(steps.Cancellation(one.grant, one.day) for one in holding.cancellations),
        termination=steps.Termination(holding.work_ended, holding.work_ended_by) if holding.work_ended else None,
        repurchases=tuple(steps.Repurchase(one.day, one.grant, one.shares, one.price) for one in holding.repurchases),
        splits=tuple(_split(split) for split in holding.splits if as_of is None or split.day > as_of),
        lots=tuple(map(_lot, holding.lots)),
        as_of=as_of,
        company=holding.company,
        holder="spouse" if holding.holder == "spouse" else "",
    )


def doubts(record: ClientRecord) -> Iterator[Remark]:
    """What in the record's exercises should be asked or checked before its figures are used."""
    for holding in record.holdings:
        yield from _twice(holding)
        strikes = {grant.label: grant.strike for grant in holding.grants}
        for one in holding.exercises:
            what = f"{one.grant}: the exercise of {one.day}"
            strike = strikes[one.grant]
            if one.paid is not None and abs(one.paid - strike) > _SAME_PRICE:
                yield Remark(
                    kind="paid is not the strike",
                    level="check",
                    about=one.grant,
                    text=f"{what} was paid at {price_of(one.paid)}, but the strike is {price_of(strike)}; correct one.",
                )
            if one.day == holding.as_of and one.status == "done":
                yield Remark(
                    kind="exercise on the day of the counts",
                    level="check",
                    about=one.grant,
                    text=f"{what} is on the date of the counts and is treated as after them; if they include it, set "
                    "as_of one day later.",
                )
            if one.method == "net":
                yield Remark(
                    kind="net exercise",
                    level="ask",
                    about=one.grant,
                    text=f"{what} is a net exercise, and the number of shares withheld is not known; enter them as a "
                    "sale on that day.",
                )


def _twice(holding: Holding) -> Iterator[Remark]:
    """Lots that look like those of an exercise of the record."""
    strikes = {grant.label: grant.strike for grant in holding.grants}
    made = {(one.day, strikes[one.grant]) for one in holding.exercises}
    for lot in holding.lots:
        if (lot.acquired, lot.strike) in made:
            yield Remark(
                kind="lot entered twice",
                level="check",
                about=lot.label,
                text=f"{lot.label}: an exercise of {lot.acquired} at the same strike is also in the record; keep only "
                "one if they are the same shares.",
            )


def award_of(grant: Grant) -> awards.Grant:
    """The award; one that an export counts is a HeldGrant."""
    terms: dict[str, Any] = {
        "label": grant.label,
        "option_type": grant.award,
        "grant_date": grant.granted,
        "strike": grant.strike,
        "shares_granted": grant.shares,
        "vesting_schedule": grant.vesting,
        "vesting_start": grant.vesting_start,
        "expiration_date": grant.expires,
        "plan": grant.plan,
        "fmv_at_grant": grant.fmv_at_grant,
        "vesting_events": tuple(awards.VestingEvent(vest.day, vest.shares, vest.iso) for vest in grant.vests),
        "early_exercisable": grant.early_exercise,
        "exercise_window": grant.window,
        "ten_percent_owner": grant.ten_percent_owner,
        "qualified_small_business": grant.small_business_stock,
        "disqualified": grant.disqualified,
    }
    if grant.held is None:
        return awards.Grant(**terms, exercised_before=grant.exercised_before)
    return awards.HeldGrant(
        **terms,
        shares_exercised=grant.held.exercised,
        shares_exercisable=grant.held.exercisable,
        shares_unvested=grant.held.unvested,
    )


def _exercise(one: Exercise) -> steps.Exercise:
    return steps.Exercise(one.grant, one.day, one.shares, one.value, one.election_83b, one.part)


def _sale(one: Sale, called: dict[str, str]) -> steps.Sale:
    """A sale, whose lots may have the platform's names of the shares of an exercise."""
    return steps.Sale(
        one.day, one.shares, one.price, tuple(called.get(name, name) for name in one.lots), one.loss_allowed
    )


def _sold_the_same_day(exercises: Sequence[Exercise], sales: Sequence[Sale]) -> Iterator[steps.Sale]:
    """The sale within each cashless exercise; one that the record lists itself, by its lot's name, stands for it."""
    for one in exercises:
        if one.method != "cashless":
            continue
        lot = f"{one.grant} / {one.day}"
        of_day = [sale for sale in sales if sale.day == one.day]
        unnamed = [sale for sale in of_day if not sale.lots or one.grant in sale.lots]
        if unnamed:
            raise ArgumentError(
                f"{one.grant}: the exercise of {one.day} is cashless, and a sale of that day does not say whether it "
                f'is the same one; name its lot, lots = ["{lot}"], or another\'s.'
            )
        listed = sum(sale.shares for sale in of_day if any(name.startswith(lot) for name in sale.lots))
        rest = one.shares - listed
        if rest <= 0:
            continue
        if one.value is None:
            raise ArgumentError(
                f"{one.grant}: the exercise of {one.day} is cashless, and its sale price is not known; enter its value."
            )
        yield steps.Sale(one.day, rest, one.value, (lot if one.part is None else f"{lot} / {one.part}",))


def _split(split: Split) -> steps.Split:
    found = RATIO.fullmatch(split.ratio.strip())
    if not found:
        raise ArgumentError(f"the split of {split.day}: '{split.ratio}' is not new shares for old; write it as 2:1.")
    return steps.Split(split.day, int(found[1]), int(found[2]))


def _lot(lot: HeldLot) -> Lot:
    return Lot(
        label=lot.label,
        grant_label="",
        kind=lot.award,
        grant_date=lot.granted,
        acquired=lot.acquired,
        shares=lot.shares,
        strike=lot.strike,
        fmv=lot.value,
        vested=lot.vested or lot.acquired,
        fmv_at_vest=lot.value_at_vest,
        election_83b=lot.election_83b,
        qualified_small_business=lot.small_business_stock,
    )
