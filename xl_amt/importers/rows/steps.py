"""One row -> what was done or is due: an exercise, a sale, a lot, a vesting, a value, a split, or why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from xl_amt.importers.cells import is_blank, shown, text
from xl_amt.importers.layout import Fact
from xl_amt.importers.match import normalised
from xl_amt.importers.report import (
    ExerciseRow,
    LotRow,
    RowRejected,
    SaleRow,
    SplitRow,
    TrancheRow,
    ValueRow,
)
from xl_amt.importers.rows.awards import option_type_in
from xl_amt.importers.rows.grants import check_currencies, strike_of

if TYPE_CHECKING:
    from datetime import date

    from xl_amt.equity.grants import OptionType
    from xl_amt.importers.table import TableRow

_METHODS: Final[dict[str, Literal["cash", "cashless", "net"]]] = {
    "": "cash",
    "cash": "cash",
    "cash exercise": "cash",
    "cash and hold": "cash",
    "exercise and hold": "cash",
    "cashless": "cashless",
    "cashless exercise": "cashless",
    "same day sale": "cashless",
    "exercise and sell": "cashless",
    "net": "net",
    "net exercise": "net",
    "net settlement": "net",
}
_DONE: Final = frozenset(
    {"", "complete", "completed", "status complete", "executed", "settled", "exercised", "confirmed", "done"}
)


def read_tranche(row: TableRow) -> TrancheRow:
    """Shares that vest on a day; a row without a day vests on a condition, and may only say when the grant ends."""
    row.check_formulas()
    iso, nso = row.shares(Fact.VEST_ISO), row.shares(Fact.VEST_NSO)
    shares = row.shares(Fact.VEST_SHARES)
    if shares is not None and iso is not None and iso + (nso or 0) not in {shares, iso}:
        reason = f"ISO ({iso:,}) and NSO ({nso or 0:,}) shares do not add up to the {shares:,} that vest: correct it."
        raise RowRejected(reason, row.header(Fact.VEST_SHARES))
    return TrancheRow(
        grant=_label(row),
        day=row.day(Fact.VEST_DATE),
        shares=shares,
        iso_shares=iso if iso is not None or nso is None or shares is None else shares - nso,
        expires=row.day(Fact.EXPIRATION_DATE),
        place=row.place,
    )


def read_exercise(row: TableRow) -> ExerciseRow:
    """Shares exercised on a day; one that is pending or was canceled is no exercise."""
    row.check_formulas()
    status = normalised(row.words(Fact.STATUS))
    if status not in _DONE:
        reason = (
            f"{row.header(Fact.STATUS)} {shown(row.value(Fact.STATUS))}: the exercise was not completed, or was "
            "reversed."
        )
        raise RowRejected(reason, row.header(Fact.STATUS))
    method = normalised(row.words(Fact.METHOD))
    if method not in _METHODS:
        reason = (
            f"{row.header(Fact.METHOD)} {shown(row.value(Fact.METHOD))} is not recognized as cash, cashless or net: "
            "enter the exercise by hand."
        )
        raise RowRejected(reason, row.header(Fact.METHOD))
    return ExerciseRow(
        grant=row.words(Fact.LABEL),
        day=_required_day(row, Fact.EXERCISE_DATE),
        shares=_some_shares(row, Fact.EXERCISE_SHARES),
        value=_price(row, Fact.EXERCISE_VALUE),
        paid=None if is_blank(row.value(Fact.STRIKE)) else strike_of(row),
        granted=row.day(Fact.ISSUE_DATE),
        option_type=_option_type(row),
        fmv_at_grant=_price(row, Fact.VALUE_AT_GRANT),
        valued_on=row.day(Fact.VALUED_ON),
        method=_METHODS[method],
        election_83b=row.is_true(Fact.ELECTION_83B),
        lot=row.words(Fact.LOT),
        place=row.place,
    )


def read_sale(row: TableRow) -> SaleRow:
    """Shares sold on a day at a price."""
    row.check_formulas()
    price = _price(row, Fact.SALE_PRICE)
    if price is None:
        reason = f"{row.header(Fact.SALE_PRICE)} is blank: fill in the price per share in dollars."
        raise RowRejected(reason, row.header(Fact.SALE_PRICE))
    return SaleRow(
        day=_required_day(row, Fact.SALE_DATE),
        shares=_some_shares(row, Fact.SALE_SHARES),
        price=price,
        grant=row.words(Fact.LABEL),
        acquired=row.day(Fact.EXERCISE_DATE),
        lot=row.words(Fact.LOT),
        platform_says=row.words(Fact.DISPOSITION),
        place=row.place,
    )


def read_lot(row: TableRow) -> LotRow:
    """Shares that were acquired on a day at a price; those that were canceled are none."""
    row.check_formulas()
    if canceled := row.day(Fact.CANCELED_DATE):
        reason = f"The shares were canceled on {canceled}: they are no longer held."
        raise RowRejected(reason, row.header(Fact.CANCELED_DATE))
    paid = _price(row, Fact.PRICE_PAID)
    if paid is None:
        reason = f"{row.header(Fact.PRICE_PAID)} is blank: fill in the price per share in dollars."
        raise RowRejected(reason, row.header(Fact.PRICE_PAID))
    acquired = _required_day(row, Fact.ACQUIRED)
    return LotRow(
        label=row.words(Fact.LOT) or f"lot of {acquired}",
        acquired=acquired,
        shares=_some_shares(row, Fact.LOT_SHARES),
        paid=paid,
        held=row.shares(Fact.LOT_OUTSTANDING),
        granted=row.day(Fact.ISSUE_DATE),
        grant=row.words(Fact.LABEL),
        option_type=_option_type(row),
        place=row.place,
    )


def read_value(row: TableRow) -> ValueRow:
    """The value of a share from a day on."""
    row.check_formulas()
    price = _price(row, Fact.VALUE)
    if price is None or price < 0:
        reason = f"{row.header(Fact.VALUE)} {shown(row.value(Fact.VALUE))} is not a value per share: correct it."
        raise RowRejected(reason, row.header(Fact.VALUE))
    return ValueRow(_required_day(row, Fact.VALUE_DAY), price, row.place)


def read_split(row: TableRow) -> SplitRow:
    """A split of the company's shares."""
    new, old = _some_shares(row, Fact.SPLIT_NEW), _some_shares(row, Fact.SPLIT_OLD)
    return SplitRow(_required_day(row, Fact.SPLIT_DAY), new, old, row.place)


def _label(row: TableRow) -> str:
    label = row.words(Fact.LABEL)
    if not label:
        reason = f"{row.header(Fact.LABEL)} is blank: fill in the grant's ID."
        raise RowRejected(reason, row.header(Fact.LABEL))
    return label


def _option_type(row: TableRow) -> OptionType | None:
    return option_type_in(text(row.value(Fact.AWARD_TYPE)))


def _required_day(row: TableRow, fact: Fact) -> date:
    found = row.day(fact)
    if found is None:
        reason = f"{row.header(fact)} is blank: fill in the date."
        raise RowRejected(reason, row.header(fact))
    return found


def _some_shares(row: TableRow, fact: Fact) -> int:
    number = row.shares(fact)
    if not number:
        blank = "is blank: fill in the number of shares." if number is None else "is 0: the row is for no shares."
        raise RowRejected(f"{row.header(fact)} {blank}", row.header(fact))
    return number


def _price(row: TableRow, fact: Fact) -> float | None:
    """Dollars per share, 0 or more; None where the row does not say."""
    if is_blank(row.value(fact)):
        return None
    check_currencies(row, fact)
    price = row.price(fact)
    if price is not None and price < 0:
        reason = f"{row.header(fact)} {shown(row.value(fact))} is negative: a price is 0 or more."
        raise RowRejected(reason, row.header(fact))
    return price
