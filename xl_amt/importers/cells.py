"""One cell of an export -> a value of the field's kind, or a reason why it cannot be one.

A cell holds what a spreadsheet reader or a CSV file gives: text, a number, a bool, a date or nothing.
Nothing is guessed: a blank comes out as None, and what cannot be read with certainty is rejected.
"""

from __future__ import annotations

import re
import sys
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from xl_amt.importers.report import RowRejected

if TYPE_CHECKING:
    from collections.abc import Iterable

EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2150, 12, 31)
MOST_SHARES = 10**12
MONTHS_IN_A_YEAR = 12

_BLANKS = {"", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "n/a", "none"}
_NUMBER = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+")
_DOLLAR_SIGN = re.compile(r"^(?:US\s?\$|\$|USD)\s*|\s*USD$", re.IGNORECASE)
_CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_YEAR_FIRST = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_TWO_PARTS_AND_YEAR = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MONTH_NAME_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}), ?([0-9]{4})")
_MONTH_NAME_SECOND = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})\.?[- ]([0-9]{4})")
# English, whatever the machine's locale is: that is what the platforms write.
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class DateOrder(Enum):
    """How a file writes dates such as 03/04/2022, as its unmistakable dates (03/25/2022) show."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    NOT_SHOWN = "not shown"
    BOTH = "both"


def is_blank(value: object) -> bool:
    """Whether the cell says nothing: empty, spaces, or a dash in place of a value."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _BLANKS)


def text(value: object) -> str:
    """Return the cell as one line of text, "" for an empty cell.

    >>> text(" ES-003  "), text(17.0), text(None)
    ('ES-003', '17', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(_CONTROL_CHARACTERS.sub("", str(value)).split())


def shown(value: object) -> str:
    """Return the cell as it is quoted in a sentence, cut short where it is long."""
    words, longest = text(value), 40
    return f"'{words[:longest]}…'" if len(words) > longest else f"'{words}'"


def shares(value: object, header: str) -> int | None:
    """Return a whole number of shares, 0 or more, or None for a blank.

    >>> shares("1,250", "Quantity Issued"), shares(-0.0, "Quantity Issued"), shares("", "Quantity Issued")
    (1250, 0, None)
    """
    if is_blank(value):
        return None
    number = _number(value)
    if number is None:
        reason = f"{header} {shown(value)} is not a number of shares: correct it in the export."
        raise RowRejected(reason)
    if number < 0:
        reason = f"{header} {shown(value)} is negative: a number of shares is 0 or more."
        raise RowRejected(reason)
    if not number.is_integer():
        reason = f"{header} {shown(value)} is a fraction: options are exercised in whole shares."
        raise RowRejected(reason)
    if number > MOST_SHARES:
        reason = f"{header} {shown(value)} is more than a trillion shares: correct it in the export."
        raise RowRejected(reason)
    return int(number)


def dollars(value: object, header: str) -> float | None:
    """Return an amount in dollars, or None for a blank.

    >>> dollars("$1,234.56", "Exercise Price"), dollars("(2.50)", "Exercise Price")
    (1234.56, -2.5)
    """
    if is_blank(value):
        return None
    number = _number(value, may_have_dollar_sign=True)
    if number is None:
        reason = f"{header} {shown(value)} is not an amount in dollars: correct it in the export."
        raise RowRejected(reason)
    return number


def truth(value: object, header: str) -> bool | None:
    """Return a yes or a no, or None for a blank.

    >>> truth("TRUE", "Is ISO/NSO Split?"), truth(0, "Is ISO/NSO Split?")
    (True, False)
    """
    if is_blank(value):
        return None
    match text(value).casefold():
        case "true" | "yes" | "y" | "1":
            return True
        case "false" | "no" | "n" | "0":
            return False
    reason = f"{header} {shown(value)} is neither yes nor no: correct it in the export."
    raise RowRejected(reason)


def day(
    value: object,
    header: str,
    order: DateOrder = DateOrder.NOT_SHOWN,
    day_zero: date = EXCEL_DAY_ZERO,
) -> date | None:
    """Return a date from a true date, a serial number or a text, or None for a blank.

    ``order`` settles texts such as 03/04/2022; where the file does not show it, the month comes first,
    as the US platforms write it. ``day_zero`` is the day of serial number 0.

    >>> day("2/4/2019", "Issue Date"), day(43500, "Issue Date"), day("Feb 4, 2019", "Issue Date")
    (datetime.date(2019, 2, 4), datetime.date(2019, 2, 4), datetime.date(2019, 2, 4))
    """
    if is_blank(value):
        return None
    found: date | None = None
    if isinstance(value, datetime):
        found = value.date()
    elif isinstance(value, date):
        found = value
    elif isinstance(value, int | float) and not isinstance(value, bool):
        found = _day_of_serial(value, day_zero)
    elif isinstance(value, str):
        found = _day_of_text(text(value), header, order)
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        reason = f"{header} {shown(value)} is not a date: write it as YYYY-MM-DD or MM/DD/YYYY."
        raise RowRejected(reason)
    return found


def date_order(values: Iterable[object]) -> DateOrder:
    """Return the order that the file's unmistakable text dates show.

    >>> date_order(["03/04/2022", "03/25/2022"])
    <DateOrder.MONTH_FIRST: 'month first'>
    """
    day_second = day_leads = False
    for value in values:
        if parts := _two_parts(value):
            first, second = parts
            day_leads |= first > MONTHS_IN_A_YEAR >= second
            day_second |= second > MONTHS_IN_A_YEAR >= first
    if day_leads:
        return DateOrder.BOTH if day_second else DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if day_second else DateOrder.NOT_SHOWN


def is_ambiguous_date(value: object) -> bool:
    """Whether the text is one date with the month first and another with the day first.

    >>> is_ambiguous_date("03/04/2022"), is_ambiguous_date("03/25/2022"), is_ambiguous_date("03/03/2022")
    (True, False, False)
    """
    parts = _two_parts(value)
    return parts is not None and parts[0] != parts[1] and min(parts) > 0 and max(parts) <= MONTHS_IN_A_YEAR


def _number(value: object, *, may_have_dollar_sign: bool = False) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if abs(value) <= sys.float_info.max else None  # NaN compares false as well
    if not isinstance(value, str):
        return None
    words = text(value)
    in_parentheses = words.startswith("(") and words.endswith(")")
    if in_parentheses:
        words = words[1:-1].strip()
    has_minus = words.startswith("-")
    words = words.removeprefix("-").strip()
    if may_have_dollar_sign:
        words = _DOLLAR_SIGN.sub("", words)
    if not _NUMBER.fullmatch(words) or (in_parentheses and has_minus):
        return None
    number = float(words.replace(",", ""))
    return -number if in_parentheses or has_minus else number


def _day_of_serial(serial: float, day_zero: date) -> date | None:
    try:
        return day_zero + timedelta(days=int(serial))
    except (OverflowError, ValueError):  # infinite, or beyond the calendar
        return None


def _day_of_text(words: str, header: str, order: DateOrder) -> date | None:
    if match := _YEAR_FIRST.fullmatch(words):
        year, month, day_of_month = (int(part) for part in match.groups())
        return _calendar_day(year, month, day_of_month)
    if match := _MONTH_NAME_FIRST.fullmatch(words):
        return _calendar_day(int(match[3]), _month_number(match[1]), int(match[2]))
    if match := _MONTH_NAME_SECOND.fullmatch(words):
        return _calendar_day(int(match[3]), _month_number(match[2]), int(match[1]))
    if match := _TWO_PARTS_AND_YEAR.fullmatch(words):
        first, second, year = (int(part) for part in match.groups())
        if order is DateOrder.BOTH and is_ambiguous_date(words):
            reason = (
                f"{header} {shown(words)} may be either of two dates, since the file has dates with the "
                "month first and with the day first: write it as YYYY-MM-DD."
            )
            raise RowRejected(reason)
        month_first = _calendar_day(year, first, second)
        day_first = _calendar_day(year, second, first)
        return (day_first or month_first) if order is DateOrder.DAY_FIRST else (month_first or day_first)
    return None


def _two_parts(value: object) -> tuple[int, int] | None:
    match = _TWO_PARTS_AND_YEAR.fullmatch(text(value)) if isinstance(value, str) else None
    return (int(match[1]), int(match[2])) if match else None


def _month_number(name: str) -> int:
    for number, month in enumerate(_MONTHS, start=1):
        if month.startswith(name.casefold()) or (name.casefold() == "sept" and month == "september"):
            return number
    return 0


def _calendar_day(year: int, month: int, day_of_month: int) -> date | None:
    try:
        return date(year, month, day_of_month)
    except ValueError:
        return None
