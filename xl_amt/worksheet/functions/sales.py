"""The sale of ISO shares under both systems, and the basis of shares that are held."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any, Final

from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import Disposition, sell
from xl_amt.household import Refusal
from xl_amt.worksheet.registry import worksheet

_SALE: Final = (
    "shares, strike, fmv_at_exercise, sale_price, grant_date, exercise_date, sale_date, [vest_date], [fmv_at_vest], "
    "[election_83b], [loss_allowed]"
)
GRANT_BEFORE_EXERCISE: Final = Refusal(
    lambda grant_date, exercise_date, **_: exercise_date < grant_date,
    "exercise_date: it is before the grant_date; enter the grant date first, then the exercise date.",
)
_VALUE_AT_EXERCISE: Final = Refusal(
    lambda fmv_at_exercise, **_: fmv_at_exercise == 0.0,
    "fmv_at_exercise: it is blank or 0; enter the value per share on the day of the exercise.",
)
_VALUE_WITHOUT_DAY: Final = Refusal(
    lambda vest_date, fmv_at_vest, **_: vest_date is None and fmv_at_vest > 0.0,
    "vest_date: it is blank, but fmv_at_vest is given; enter the day on which the shares vested.",
)
_VALUE_AT_VEST: Final = (
    "fmv_at_vest: it is blank or 0, and the shares vested after the exercise; enter their value then."
)

_of_a_sale = partial(
    worksheet,
    category="Sales",
    example=(100, 10, 12, 15, "2023-03-12", "2024-01-07", "2025-01-27"),  # Publication 525 (2025), example 8
    refusals=(
        _VALUE_AT_EXERCISE,
        GRANT_BEFORE_EXERCISE,
        Refusal(
            lambda exercise_date, sale_date, **_: sale_date < exercise_date,
            "sale_date: it is before the exercise_date; enter the exercise date first, then the sale date.",
        ),
        Refusal(
            lambda sale_date, vest_date, **_: vest_date is not None and sale_date < vest_date,
            "sale_date: it is before the vest_date, and shares that are not vested cannot be sold; correct a date.",
        ),
        Refusal(
            lambda sale_price, loss_allowed, **_: sale_price == 0.0 and loss_allowed,
            "sale_price: it is blank or 0; enter the price per share (for a gift, 0 with no for loss_allowed; for "
            "worthless shares, a price such as 0.0001).",
        ),
        _VALUE_WITHOUT_DAY,
        Refusal(
            lambda exercise_date, vest_date, fmv_at_vest, **_: (
                vest_date is not None and vest_date > exercise_date and fmv_at_vest == 0.0
            ),
            _VALUE_AT_VEST,
        ),
    ),
    takes_columns=False,
)


def _lot(
    *,
    shares: float,
    strike: float,
    fmv_at_exercise: float,
    grant_date: date,
    exercise_date: date,
    vest_date: date | None,
    fmv_at_vest: float,
    election_83b: bool,
) -> Lot:
    return Lot(
        label="shares",
        grant_label="",
        kind="ISO",
        grant_date=grant_date,
        acquired=exercise_date,
        shares=shares,
        strike=strike,
        fmv=fmv_at_exercise,
        vested=max(vest_date or exercise_date, exercise_date),
        fmv_at_vest=fmv_at_vest,
        election_83b=election_83b,
    )


def _sale(*, sale_price: float, sale_date: date, loss_allowed: bool, **lot: Any) -> Disposition:
    return sell(_lot(**lot), sale_price, sale_date, loss_allowed=loss_allowed)


@_of_a_sale(
    f"AMT_SALE_KIND({_SALE})",
    answer="choice",
    choices=("qualifying", "disqualifying", "same-year"),
    result="text",
    gives="disqualifying",
)
def amt_sale_kind(**sale: Any) -> str:
    """Kind of a sale of ISO shares: qualifying, disqualifying or same-year.

    Qualifying: from AMT_QUALIFYING_DATE on (IRC 422(a)(1)). Same-year: disqualifying, in the year in which the spread
    is AMT income, which is the year of exercise, or of vesting for shares exercised early without an election under IRC
    83(b); both systems then limit the spread to the gain (IRC 56(b)(3)), so leave the spread of these shares out of the
    argument spread of AMT_OWED and the other functions.
    """
    return _sale(**sale).kind


@_of_a_sale(f"AMT_SALE_WAGES({_SALE})", result="dollars", gives=200.00)
def amt_sale_wages(**sale: Any) -> float:
    """Wages from a sale of ISO shares: the spread at exercise, if the sale is disqualifying, else 0 (IRC 421(b)).

    No more than the gain, if a loss would be recognized (IRC 422(c)(2)). loss_allowed is no for a wash sale (shares
    acquired within 30 days before or after, including by an exercise or vesting), a sale to a related party (IRC 267:
    close family, own companies), or a gift (a sale at 0), but not to a spouse, which is not a disposition (IRC
    424(c)(4)). For shares exercised early, the spread is that at vesting, even with an election under IRC 83(b) (Treas.
    Reg. 1.422-1(b)(3)). These are not Medicare wages (IRC 3121(a)(22)).
    """
    return _sale(**sale).wages


@_of_a_sale(f"AMT_SALE_AMT_INCOME({_SALE})", result="dollars", gives=0.00)
def amt_sale_amt_income(**sale: Any) -> float:
    """AMT income from a sale of ISO shares, for its own year: the spread, up to the gain, if it is a same-year sale.

    Else 0: the spread was AMT income of the year of the exercise, or of vesting (IRC 56(b)(3)). Wages from the sale
    above this amount were AMT income before: enter them under the label Wages already taxed by AMT (Form 6251 line 2k).
    If an election under IRC 83(b) fixed more than the wages, the rest belongs in the spread (line 2i).
    """
    sold = _sale(**sale)
    return sold.amt_income if sold.kind == "same-year" else 0.0


@_of_a_sale(f"AMT_SALE_GAIN({_SALE})", result="dollars", gives=300.00)
def amt_sale_gain(**sale: Any) -> float:
    """Capital gain on a sale of ISO shares for the regular tax; a loss is negative, or 0 if it is not allowed.

    Proceeds less what was paid less AMT_SALE_WAGES (Form 8949). A broker's Form 1099-B often shows only the strike
    as basis: the wages must then be added, or they are taxed twice.
    """
    return _sale(**sale).gain


@_of_a_sale(f"AMT_SALE_AMT_GAIN({_SALE})", result="dollars", gives=300.00)
def amt_sale_amt_gain(**sale: Any) -> float:
    """Capital gain on the same sale for the AMT: proceeds less the AMT basis; 0 for a loss that is not allowed.

    Enter it under the label AMT short-term capital gain or AMT long-term capital gain; wages from a sale after the year
    of the spread also go under Wages already taxed by AMT (Form 6251 line 2k).
    """
    return _sale(**sale).amt_gain


@_of_a_sale(
    f"AMT_SALE_TERM({_SALE}, [system])",
    answer="choice",
    choices=("short", "long"),
    result="text",
    gives="long",
)
def amt_sale_term(system: str, **sale: Any) -> str:
    """Whether the gain on a sale of ISO shares is short or long, for the regular tax or, if system says so, the AMT.

    More than one year after the exercise is long (IRC 1222). For shares exercised early, a disqualifying sale counts
    from vesting, even with an election under IRC 83(b); the AMT counts from the exercise with it, from vesting
    without.
    """
    sold = _sale(**sale)
    return "long" if (sold.amt_long_term if system == "AMT" else sold.long_term) else "short"


@worksheet(
    "AMT_BASIS(shares, strike, fmv_at_exercise, system, [vest_date], [fmv_at_vest], [election_83b], [exercise_date])",
    category="Sales",
    result="dollars",
    example=(200, 100, 1_000, "AMT"),
    gives=200_000.00,
    refusals=(
        _VALUE_AT_EXERCISE,
        _VALUE_WITHOUT_DAY,
        Refusal(
            lambda system, fmv_at_vest, **lot: (
                system == "AMT" and fmv_at_vest == 0.0 and _held(fmv_at_vest=fmv_at_vest, **lot).is_taxed_at_vesting
            ),
            _VALUE_AT_VEST,
        ),
    ),
    takes_columns=False,
)
def amt_basis(system: str, **lot: Any) -> float:
    """Basis of ISO shares that are held: for the regular tax, what was paid; for the AMT, including the spread.

    The spread is that at exercise; for shares exercised early, at vesting, unless an election under IRC 83(b) fixed
    it at exercise (Form 6251 instructions, line 2i; IRC 56(b)(3)). vest_date means that they were exercised early:
    leave it blank otherwise, or enter exercise_date, so that an earlier vesting date is ignored.
    """
    held = _held(**lot)
    return held.shares * (held.amt_basis if system == "AMT" else held.regular_basis)


def _held(*, exercise_date: date | None, **lot: Any) -> Lot:
    """Shares that are held; of an exercise on no given day, a vesting day is a later one."""
    exercised = exercise_date or date.min
    return _lot(grant_date=exercised, exercise_date=exercised, **lot)
