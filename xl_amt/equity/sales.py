"""A sale of shares under both systems: wages, gain, term, and what the AMT has taxed before.

An ISO's sale is qualifying after two years from grant and one from exercise (IRC 422(a)(1)): all is long-term gain.
Otherwise the spread is wages in the year of the sale (IRC 421(b)), at most the gain where a loss would be recognized
(IRC 422(c)(2)). A disqualifying sale in the year of the spread's AMT income has the same limit for the AMT, and in
no other year (IRC 56(b)(3)).
"""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from xl_amt.days import first_long_term_day
from xl_amt.equity.lots import Lot
from xl_amt.errors import ArgumentError

SaleKind = Literal["qualifying", "disqualifying", "same-year", "taxed as wages", "repurchase"]


class Disposition(NamedTuple):
    """What a sale is under both systems, in dollars for all its shares.

    Under each system income, gain and minus the disallowed loss add up to proceeds less cost. ``amt_income`` is the
    spread as AMT income, of this year or an earlier one; of shares taxed as wages (NSOs, RSUs), it is those wages,
    and so is ``earlier_wages``.
    """

    lot: Lot
    day: date
    price: float  # per share
    kind: SaleKind
    wages: float  # of this sale, for the regular tax; no Medicare wages (IRC 3121(a)(22))
    earlier_wages: float  # of the exercise or the vesting, part of the basis
    gain: float
    disallowed_loss: float
    long_term: bool
    amt_income: float
    amt_gain: float
    amt_disallowed_loss: float
    amt_long_term: bool
    loss_allowed: bool = True  # whether a loss would be recognized

    @property
    def proceeds(self) -> float:
        """Amount realized."""
        return self.lot.shares * self.price

    @property
    def wages_already_taxed_by_amt(self) -> float:
        """The part of the wages that is AMT income of another year, or beyond this year's (Form 6251 line 2k)."""
        return max(self.wages - self.amt_income, 0.0) if self.kind == "same-year" else self.wages

    @property
    def iso_spread(self) -> float:
        """What a same-year sale leaves on Form 6251 line 2i: nothing, unless an election fixed more for the AMT."""
        return max(self.amt_income - self.wages, 0.0) if self.kind == "same-year" else 0.0

    @property
    def cost(self) -> float:
        """What was paid for the shares."""
        return self.lot.shares * self.lot.strike


def sell(lot: Lot, price: float, day: date, *, loss_allowed: bool = True) -> Disposition:
    """The sale of a whole lot at a price per share; ``lot.of(shares)`` is a part of one.

    ``loss_allowed`` is false where a loss would not be recognized: a wash sale (IRC 1091), a sale to a related party
    (IRC 267), or a gift, which is a sale at 0; but not to a spouse, which is no disposition (IRC 424(c)(4)). The spread
    is then wages in full, and a loss is disallowed.
    ArgumentError for a sale before the exercise, or before the shares vest.

    >>> lot = Lot("1", "ES-1", "ISO", date(2022, 3, 5), date(2023, 1, 9), 100, 10.0, 12.0, vested=date(2023, 1, 9))
    >>> sale = sell(lot, 15.0, date(2024, 1, 27))  # Publication 525
    >>> sale.kind, sale.wages, sale.gain
    ('disqualifying', 200.0, 300.0)
    """
    if day < lot.acquired:
        raise ArgumentError(f"{lot.label}: the sale of {day} is before the exercise of {lot.acquired}; correct a date.")
    if day < lot.vested:
        raise ArgumentError(
            f"{lot.label}: the sale of {day} is before the shares vest on {lot.vested}; sell them then, or correct it."
        )
    per_share = price - lot.strike
    kind = _kind(lot, day)
    _ask_for_the_grant(lot, day, kind)
    wages, amt_income = 0.0, lot.spread
    if kind in {"disqualifying", "same-year"}:
        wages = _limited(lot.disqualified_spread, per_share, loss_allowed)
    if kind == "same-year":
        amt_income = _limited(amt_income, per_share, loss_allowed)
    earlier_wages = 0.0 if lot.kind == "ISO" else lot.spread
    gain, disallowed = _recognized(per_share - wages - earlier_wages, loss_allowed)
    amt_gain, amt_disallowed = _recognized(per_share - amt_income, loss_allowed)
    shares = lot.shares
    return Disposition(
        lot=lot,
        day=day,
        price=price,
        kind=kind,
        wages=shares * wages,
        earlier_wages=shares * earlier_wages,
        gain=shares * gain,
        disallowed_loss=shares * disallowed,
        long_term=kind == "qualifying" or day >= lot.long_term_day,
        amt_income=shares * amt_income,
        amt_gain=shares * amt_gain,
        amt_disallowed_loss=shares * amt_disallowed,
        amt_long_term=day >= first_long_term_day(lot.income_day),
        loss_allowed=loss_allowed,
    )


def take_back(lot: Lot, price: float, day: date) -> Disposition:
    """The company's repurchase, at a price per share, of a whole lot that was exercised early and never vests.

    Nothing was income without an election: what is paid back is compared with what was paid. The amount that an
    election has put into income is no deduction (IRC 83(b)(1)): the loss is what was paid less what is paid back
    (Treas. Reg. 1.83-2(a)), for the AMT of an ISO as well (Kadillak v. Commissioner, 127 T.C. 184, affirmed 534 F.3d
    1197). An ISO's gain over the strike is wages, unless both holding periods are over (IRC 421(b), 422(c)(2)).

    >>> early = Lot("1", "ES-1", "ISO", date(2025, 1, 6), date(2025, 2, 3), 100, 2.0, 5.0, date(2028, 2, 3),
    ...     election_83b=True)
    >>> back = take_back(early, 2.0, date(2026, 3, 2))
    >>> back.amt_income, back.amt_gain, back.amt_disallowed_loss
    (300.0, 0.0, 300.0)
    """
    per_share = price - lot.strike
    included = lot.spread if lot.election_83b else 0.0
    qualifies = lot.qualifying_day is not None and day >= lot.qualifying_day
    wages = max(per_share, 0.0) if lot.kind == "ISO" and not qualifies else 0.0
    earlier_wages = 0.0 if lot.kind == "ISO" else included
    gain, disallowed = _of_return(per_share - wages, earlier_wages)
    amt_gain, amt_disallowed = _of_return(per_share, included)
    shares = lot.shares
    return Disposition(
        lot=lot,
        day=day,
        price=price,
        kind="repurchase",
        wages=shares * wages,
        earlier_wages=shares * earlier_wages,
        gain=shares * gain,
        disallowed_loss=shares * disallowed,
        long_term=qualifies or day >= lot.long_term_day,
        amt_income=shares * included,
        amt_gain=shares * amt_gain,
        amt_disallowed_loss=shares * amt_disallowed,
        amt_long_term=day >= first_long_term_day(lot.income_day),
    )


def _of_return(result: float, included: float) -> tuple[float, float]:
    """Gain or loss of a return of shares, and what of an included amount is lost without a deduction."""
    gain = min(result, 0.0) + max(result - included, 0.0)
    return gain, gain + included - result


def _ask_for_the_grant(lot: Lot, day: date, kind: SaleKind) -> None:
    """A year after an exercise, the day of the grant decides whether a sale is qualifying."""
    if (
        lot.kind == "ISO"
        and lot.grant_date is None
        and kind != "qualifying"
        and day >= first_long_term_day(lot.acquired)
    ):
        raise ArgumentError(
            f"{lot.label}: whether the sale of {day} is a qualifying one depends on the grant date, which is not "
            "known; enter the grant date of the lot."
        )


def _kind(lot: Lot, day: date) -> SaleKind:
    if lot.qualifying_day is None:
        return "taxed as wages"
    if day >= lot.qualifying_day:
        return "qualifying"
    return "same-year" if day.year == lot.income_day.year else "disqualifying"


def _limited(spread: float, gain: float, loss_allowed: bool) -> float:
    """The spread as income: at most the gain, where a loss would be recognized (IRC 422(c)(2))."""
    if not loss_allowed:
        return spread
    return min(spread, gain) if gain > 0.0 else 0.0


def _recognized(result: float, loss_allowed: bool) -> tuple[float, float]:
    """Gain or loss, and the loss that is disallowed, as a positive number."""
    return (0.0, -result) if result < 0.0 and not loss_allowed else (result, 0.0)
