"""The portfolio of each holding of a record, ready to be followed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
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
    return steps.Portfolio(
        grants=tuple(_award(grant, as_of) for grant in holding.grants),
        exercises=tuple(_exercise(one) for one in exercises),
        sales=(*map(_sale, sales), *_sold_the_same_day(holding, exercises)),
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
            if one.method == "net":
                yield Remark(
                    kind="net exercise",
                    level="ask",
                    about=one.grant,
                    text=f"{what} is a net one, and how many shares were withheld is not known; enter them as a sale "
                    "of that day.",
                )


def _award(grant: Grant, as_of: date | None) -> awards.Grant:
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
    if as_of is None:
        raise ArgumentError(f"{grant.label}: its shares are counted, but not on which day; give the holding's as_of.")
    return awards.HeldGrant(
        **terms,
        shares_exercised=grant.held.exercised,
        shares_exercisable=grant.held.exercisable,
        shares_unvested=grant.held.unvested,
    )


def _exercise(one: Exercise) -> steps.Exercise:
    return steps.Exercise(one.grant, one.day, one.shares, one.value, one.election_83b, one.part)


def _sale(one: Sale) -> steps.Sale:
    return steps.Sale(one.day, one.shares, one.price, one.lots, one.loss_allowed)


def _sold_the_same_day(holding: Holding, exercises: list[Exercise]) -> Iterator[steps.Sale]:
    """The sale within each cashless exercise, but where the record has a sale of that day and lot itself."""
    for one in exercises:
        lot = f"{one.grant} / {one.day}"
        if one.method != "cashless" or any(sale.day == one.day and lot in sale.lots for sale in holding.sales):
            continue
        if one.value is None:
            raise ArgumentError(
                f"{one.grant}: the exercise of {one.day} is cashless, and the price of its sale is not known; give its "
                "value."
            )
        yield steps.Sale(one.day, one.shares, one.value, (lot,))


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
