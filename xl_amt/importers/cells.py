"""One cell of an export -> a value of the field's kind, or a reason why it cannot be one.

A cell holds what a spreadsheet reader or a CSV file gives: text, a number, a bool, a date or nothing.
Nothing is guessed: a blank comes out as None, and what cannot be read with certainty is rejected.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from math import isfinite

from xl_amt.importers.money import US_DOLLARS, Money, currency_in, named, without_currency
from xl_amt.importers.report import RowRejected
from xl_amt.reading.dates import SERIAL_NUMBER_0, DateOrder, day_in, is_ambiguous_date, is_usable_day, written_day
from xl_amt.reading.numbers import written_number
from xl_amt.reading.words import one_line, yes_or_no_in

MOST_SHARES = 10**12
MOST_DOLLARS = 1e12


class FormulaWithoutValue:
    """A cell whose formula nobody has calculated yet: it is not a blank, and what it would say is not known."""


FORMULA_WITHOUT_VALUE = FormulaWithoutValue()

_BLANKS = {
    "", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a", "#n/a", "na", "none", "null", "not applicable",
}  # fmt: skip
_POINT_BEFORE_THREE_DIGITS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_COMMA_BEFORE_THREE_DIGITS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_EITHER_BEFORE_THREE_DIGITS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_DECIMAL_COMMA = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+),(?:[0-9]{1,2}|[0-9]{4,})|0,[0-9]+")


def is_blank(value: object) -> bool:
    """Whether the cell says nothing: empty, spaces, or a dash or a word such as N/A in place of a value."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _BLANKS)


def text(value: object) -> str:
    """Return the cell as one line of text, "" for an empty cell.

    >>> text(" ES-003  "), text(17.0), text(None)
    ('ES-003', '17', '')
    """
    if value is None or isinstance(value, FormulaWithoutValue):
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return one_line(str(value))


def shown(value: object) -> str:
    """Return the cell as it is quoted in a sentence, cut short where it is long."""
    words, longest = text(value), 40
    return f"'{words[:longest]}…'" if len(words) > longest else f"'{words}'"


def shows_decimal_comma(value: object) -> bool:
    """Whether a text is a number that only a decimal comma can have written, as in 4,75 or 1.234,5.

    >>> shows_decimal_comma("4,75"), shows_decimal_comma("1.234,5"), shows_decimal_comma("1,250")
    (True, True, False)
    """
    return isinstance(value, str) and "," in value and bool(_DECIMAL_COMMA.fullmatch(_digits_and_separators(value)))


def shares(value: object, header: str, *, decimal_comma: bool = False) -> int | None:
    """Return a whole number of shares, 0 or more, or None for a blank.

    A text with a point before three digits, such as 12.000, is rejected: it is 12,000 where the point divides
    thousands, and 12 where it is the decimal sign. Where the file writes ``decimal_comma`` elsewhere, so is 12,000.

    >>> shares("1,250", "Quantity Issued"), shares(-0.0, "Quantity Issued"), shares("", "Quantity Issued")
    (1250, 0, None)
    """
    if is_blank(value):
        return None
    if isinstance(value, Money):
        reason = f"{header} {shown(value)} is an amount of money, not a number of shares: correct it in the export."
        raise RowRejected(reason, header)
    number = _number(value)
    if number is None:
        reason = f"{header} {shown(value)} is not a number of shares: correct it in the export."
        raise RowRejected(reason, header)
    _reject_two_meanings(value, header, _EITHER_BEFORE_THREE_DIGITS if decimal_comma else _POINT_BEFORE_THREE_DIGITS)
    if number < 0:
        reason = f"{header} {shown(value)} is negative: a number of shares is 0 or more."
        raise RowRejected(reason, header)
    if not number.is_integer():
        reason = f"{header} {shown(value)} is a fraction: options are exercised in whole shares."
        raise RowRejected(reason, header)
    if number > MOST_SHARES:
        reason = f"{header} {shown(value)} is more than a trillion shares: correct it in the export."
        raise RowRejected(reason, header)
    return int(number)


def dollars(value: object, header: str) -> float | None:
    """Return an amount in US dollars, or None for a blank.

    >>> dollars("$1,234.56", "Exercise Price"), dollars("(2.50)", "Exercise Price")
    (1234.56, -2.5)
    """
    if is_blank(value):
        return None
    currency = value.currency if isinstance(value, Money) else currency_in(text(value))
    if currency not in {"", US_DOLLARS}:
        reason = (
            f"{header} {shown(value)} is not an amount in dollars but in {named(currency)}: enter the price in US "
            "dollars."
        )
        raise RowRejected(reason, header)
    number = _number(value.amount if isinstance(value, Money) else value, may_have_dollar_sign=True)
    if number is None:
        reason = f"{header} {shown(value)} is not an amount in dollars: correct it in the export."
        raise RowRejected(reason, header)
    return number


def price_per_share(value: object, header: str, *, decimal_comma: bool = False) -> float | None:
    """Return a price per share in US dollars, or None for a blank.

    A text with a comma before its last three digits and no cents, such as 1,250, is rejected: it is 1.25 where the
    comma is the decimal sign. Where the file writes ``decimal_comma`` elsewhere, so is 1.250.

    >>> price_per_share("$1.2500", "Exercise Price")
    1.25
    """
    price = dollars(value, header)
    if price is not None and abs(price) > MOST_DOLLARS:
        reason = f"{header} {shown(value)} is more than a trillion dollars a share: correct it in the export."
        raise RowRejected(reason, header)
    _reject_two_meanings(value, header, _EITHER_BEFORE_THREE_DIGITS if decimal_comma else _COMMA_BEFORE_THREE_DIGITS)
    return price


def truth(value: object, header: str) -> bool | None:
    """Return a yes or a no, or None for a blank.

    >>> truth("TRUE", "Is ISO/NSO Split?"), truth(0, "Is ISO/NSO Split?")
    (True, False)
    """
    if is_blank(value):
        return None
    if (said := yes_or_no_in(text(value))) is not None:
        return said
    reason = f"{header} {shown(value)} is neither yes nor no: correct it in the export."
    raise RowRejected(reason, header)


def day(
    value: object,
    header: str,
    order: DateOrder = DateOrder.NOT_SHOWN,
    day_zero: date = SERIAL_NUMBER_0,
) -> date | None:
    """Return a date from a true date, a serial number or a text, or None for a blank.

    ``order`` settles texts such as 03/04/2022; where the file does not show it, the month comes first,
    as the US platforms write it. ``day_zero`` is the day of serial number 0.

    >>> day("2/4/2019", "Issue Date"), day(43500, "Issue Date"), day("Feb 4, 2019", "Issue Date")
    (datetime.date(2019, 2, 4), datetime.date(2019, 2, 4), datetime.date(2019, 2, 4))
    """
    if is_blank(value):
        return None
    if isinstance(value, str):
        words = text(value)
        if order is DateOrder.BOTH and is_ambiguous_date(words):
            reason = (
                f"{header} {shown(words)} could be either of two dates, since the file has both month-first and "
                "day-first dates: write it as YYYY-MM-DD."
            )
            raise RowRejected(reason, header)
        found = written_day(words, order)
    else:
        found = day_in(value, day_zero)
    if found is None or not is_usable_day(found):
        reason = f"{header} {shown(value)} is not a date: write it as YYYY-MM-DD or MM/DD/YYYY."
        raise RowRejected(reason, header)
    return found


def _reject_two_meanings(value: object, header: str, two_meanings: re.Pattern[str]) -> None:
    """Raise RowRejected for a text that is one number in the United States and another one in Europe."""
    digits = _digits_and_separators(value) if isinstance(value, str) else ""
    if two_meanings.fullmatch(digits):
        whole, decimals = digits[:-4], digits[-3:]
        reason = (
            f"{header} {shown(value)} may be {whole},{decimals} or {float(f'{whole}.{decimals}'):g}: write it with a "
            "decimal point and no thousands separator."
        )
        raise RowRejected(reason, header)


def _digits_and_separators(words: str) -> str:
    """A text without what may stand around a number: spaces, signs, parentheses and currencies."""
    return without_currency(text(words)).strip(" ()+-")


def _number(value: object, *, may_have_dollar_sign: bool = False) -> float | None:
    """The number of a cell.

    A text with an exponent is none, because a program that writes 1.2E+08 has left digits away; nor is one with a
    currency where shares are counted.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _finite(value)
    written = written_number(text(value)) if isinstance(value, str) else None
    if written is None or written.has_exponent or (written.currency and not may_have_dollar_sign):
        return None
    return written.value


def _finite(value: float) -> float | None:
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond every double
        return None
    return number if isfinite(number) else None
