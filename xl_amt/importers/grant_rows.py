"""One row of a Carta report -> a HeldGrant, or the first reason why there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_amt.equity.grants import HeldGrant, OptionType
from xl_amt.importers.cells import FormulaWithoutValue, day, price_per_share, shares, shown, truth
from xl_amt.importers.headers import Fact, TableRow, normalised
from xl_amt.importers.money import US_DOLLARS, currency_in, named
from xl_amt.importers.report import RowRejected
from xl_amt.out_of_scope import is_espp
from xl_amt.reading.dates import DateOrder

if TYPE_CHECKING:
    from datetime import date

_OPTION_TYPES: dict[str, OptionType] = {
    "iso": "ISO",
    "incentive stock option": "ISO",
    "nso": "NSO",
    "nqso": "NSO",
    "non qualified stock option": "NSO",
    "nonqualified stock option": "NSO",
    "nonstatutory stock option": "NSO",
}


def read_grant(row: TableRow, order: DateOrder) -> HeldGrant:
    """Return the row's grant, or raise RowRejected with the first reason why there is none."""
    _check_formulas(row)
    if not row.words(Fact.STAKEHOLDER):
        reason = "The row names no stakeholder: fill in whose grant it is."
        raise RowRejected(reason)
    label = row.words(Fact.LABEL)
    if not label:
        reason = f"{row.header(Fact.LABEL)} is blank: fill in the grant's ID."
        raise RowRejected(reason)
    if canceled := _day(row, Fact.CANCELED_DATE, order):
        reason = f"The grant was canceled on {canceled}: nothing of it can be exercised."
        raise RowRejected(reason)
    option_type = _option_type(row)
    issued, exercised, exercisable, unvested = _quantities(row)
    return HeldGrant(
        label=label,
        option_type=option_type,
        grant_date=_day(row, Fact.ISSUE_DATE, order),
        strike=_strike(row),
        shares_granted=issued,
        shares_exercised=exercised,
        shares_exercisable=exercisable,
        shares_unvested=unvested,
        vesting_schedule=row.words(Fact.VESTING_SCHEDULE),
        vesting_start=_day(row, Fact.VESTING_START, order),
        expiration_date=_day(row, Fact.EXPIRATION_DATE, order),
        plan=row.words(Fact.PLAN),
        early_exercisable=_is_true(row, Fact.EARLY_EXERCISE),
    )


def _check_formulas(row: TableRow) -> None:
    """Refuse a row in which a formula was never calculated: read as a blank, it would leave out what it says."""
    for fact in row.table.columns:
        if isinstance(row.value(fact), FormulaWithoutValue):
            reason = (
                f"{row.header(fact)} holds a formula without a stored value: open the export in Excel, save it, and "
                "import it again."
            )
            raise RowRejected(reason)


def _quantities(row: TableRow) -> tuple[int, int, int, int]:
    """Return the shares granted, exercised, exercisable and unvested, which must add up."""
    issued, outstanding = _required_shares(row, Fact.ISSUED), _shares(row, Fact.OUTSTANDING)
    if issued == 0:
        reason = f"{row.header(Fact.ISSUED)} is 0: the row grants nothing."
        raise RowRejected(reason)
    # A blank means none exercised only where all that was granted is still outstanding.
    never_exercised = _shares(row, Fact.EXERCISED) is None and outstanding == issued
    exercised = 0 if never_exercised else _required_shares(row, Fact.EXERCISED)
    if exercised > issued:
        reason = f"More is exercised ({exercised:,}) than was granted ({issued:,}): correct it in the export."
        raise RowRejected(reason)
    if outstanding == exercised == 0:
        reason = (
            f"None of the {issued:,} options is outstanding or was exercised: the grant was canceled, was "
            "forfeited or has expired."
        )
        raise RowRejected(reason)
    exercisable = _exercisable(row, issued, exercised)
    if outstanding is not None and exercisable > outstanding:
        reason = f"More is exercisable ({exercisable:,}) than is outstanding ({outstanding:,}): correct it."
        raise RowRejected(reason)
    unvested = _unvested(row, issued, outstanding, exercisable)
    if unvested < 0 or exercised + exercisable + unvested > issued:
        reason = (
            f"Exercised ({exercised:,}), exercisable ({exercisable:,}) and unvested ({unvested:,}) shares do "
            f"not fit into the {issued:,} granted: correct the quantities in the export."
        )
        raise RowRejected(reason)
    if outstanding is not None and exercisable + unvested != outstanding:
        reason = (
            f"Exercisable ({exercisable:,}) and unvested ({unvested:,}) shares do not add up to the "
            f"{outstanding:,} outstanding: correct the quantities in the export."
        )
        raise RowRejected(reason)
    return issued, exercised, exercisable, unvested


def _exercisable(row: TableRow, issued: int, exercised: int) -> int:
    """Return the vested shares neither exercised nor lapsed: as stated, or from all that ever vested."""
    vested = _shares(row, Fact.VESTED_IN_ALL)
    if vested is not None and vested > issued:
        reason = f"More is vested ({vested:,}) than was granted ({issued:,}): correct it in the export."
        raise RowRejected(reason)
    stated = _shares(row, Fact.VESTED_OUTSTANDING)
    if stated is not None:
        if vested is not None and stated > vested:
            reason = f"More is vested and outstanding ({stated:,}) than ever vested ({vested:,}): correct it."
            raise RowRejected(reason)
        return stated
    if vested is None or Fact.EXPIRED not in row.table.columns:
        needs_stated = Fact.VESTED_OUTSTANDING in row.table.columns
        blank = row.header(Fact.VESTED_OUTSTANDING if needs_stated else Fact.VESTED_IN_ALL)
        reason = f"{blank} is blank: fill in how many shares are vested."
        raise RowRejected(reason)
    lapsed = _shares(row, Fact.EXPIRED) or 0
    if exercised + lapsed > vested:
        reason = (
            f"More is exercised or expired ({exercised + lapsed:,}) than is vested ({vested:,}), as after an "
            "early exercise: ask for the plan's own sheet, which states what is vested and outstanding."
        )
        raise RowRejected(reason)
    return vested - exercised - lapsed


def _unvested(row: TableRow, issued: int, outstanding: int | None, exercisable: int) -> int:
    """Return the shares still to vest: as stated, or what remains of the outstanding or the granted ones."""
    stated = _shares(row, Fact.UNVESTED_OUTSTANDING)
    if stated is not None:
        return stated
    if outstanding is not None:
        return outstanding - exercisable
    vested = _shares(row, Fact.VESTED_IN_ALL)
    if vested is None or Fact.FORFEITED not in row.table.columns:
        reason = "Neither the unvested nor the outstanding quantity is filled in: fill in one of them."
        raise RowRejected(reason)
    return issued - vested - (_shares(row, Fact.FORFEITED) or 0)


def _option_type(row: TableRow) -> OptionType:
    award_type = normalised(row.words(Fact.AWARD_TYPE))
    if _is_true(row, Fact.IS_SPLIT) or award_type == "iso nso":
        reason = (
            "The grant is part ISO and part NSO and the export does not say which shares are which: ask for "
            "the split and enter the two parts as two rows, each marked as not split."
        )
        raise RowRejected(reason)
    if not award_type:
        reason = f"{row.header(Fact.AWARD_TYPE)} is blank: fill in ISO or NSO."
        raise RowRejected(reason)
    if is_espp(award_type):
        reason = (
            f"{row.header(Fact.AWARD_TYPE)} {shown(row.value(Fact.AWARD_TYPE))}: shares of an ESPP are no ISOs; enter "
            "the wages of their sale as income and the gain as a capital gain."
        )
        raise RowRejected(reason)
    if award_type not in _OPTION_TYPES:
        reason = f"{row.header(Fact.AWARD_TYPE)} {shown(row.value(Fact.AWARD_TYPE))} is neither ISO nor NSO."
        raise RowRejected(reason)
    return _OPTION_TYPES[award_type]


def _is_true(row: TableRow, fact: Fact) -> bool:
    return fact in row.table.columns and truth(row.value(fact), row.header(fact)) is True


def _strike(row: TableRow) -> float:
    header = row.header(Fact.STRIKE)
    _check_currency(f"The header of {header}", row.table.columns[Fact.STRIKE].currency)
    if Fact.CURRENCY in row.table.columns:
        stated = row.words(Fact.CURRENCY)
        _check_currency(row.header(Fact.CURRENCY), currency_in(stated) or stated)
    strike = price_per_share(row.value(Fact.STRIKE), header, decimal_comma=row.table.decimal_comma)
    if strike is None:
        reason = f"{header} is blank: fill in the price per share in dollars."
        raise RowRejected(reason)
    if strike <= 0:
        reason = f"{header} {shown(row.value(Fact.STRIKE))} is not more than 0: correct it in the export."
        raise RowRejected(reason)
    return strike


def _check_currency(said_by: str, currency: str) -> None:
    if currency not in {"", US_DOLLARS}:
        reason = f"{said_by} says that the price is in {named(currency)}: enter it in US dollars."
        raise RowRejected(reason)


def _shares(row: TableRow, fact: Fact) -> int | None:
    if fact not in row.table.columns:
        return None
    return shares(row.value(fact), row.header(fact), decimal_comma=row.table.decimal_comma)


def _required_shares(row: TableRow, fact: Fact) -> int:
    number = _shares(row, fact)
    if number is None:
        reason = f"{row.header(fact)} is blank: fill in the number of shares."
        raise RowRejected(reason)
    return number


def _day(row: TableRow, fact: Fact, order: DateOrder) -> date | None:
    if fact not in row.table.columns:
        return None
    return day(row.value(fact), row.header(fact), order, row.table.sheet.day_zero)
