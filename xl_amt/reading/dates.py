"""What day a value stands for: a date, a serial number, or a text, whichever host or file it comes from.

Every reader takes the same days, 1970 to 2099. No option that is held or planned is older or lasts longer: an ISO ends
within ten years of its grant (IRC 422(b)(3)). A number outside them is a year, shares or dollars in the wrong place,
and a date outside them a slip of the key, or the 9999-12-31 by which a program says never.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from numbers import Real
from typing import Any, Final

from xl_amt.reading.words import one_line

FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)
SERIAL_NUMBER_0: Final = date(1899, 12, 30)
_FIRST_SERIAL_NUMBER: Final = 61  # March 1, 1900: of earlier days, Excel and LibreOffice count one differently
_LAST_SERIAL_NUMBER: Final = 2_958_465  # December 31, 9999
_MONTHS_IN_A_YEAR: Final = 12

_YEAR_FIRST: Final = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ][0-9:.]+Z?)?")
_TWO_PARTS_AND_YEAR: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_MONTH_NAME_FIRST: Final = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2}), ?([0-9]{4})")
_MONTH_NAME_FIRST_HYPHENS: Final = re.compile(r"([A-Za-z]{3,9})-([0-9]{1,2})-([0-9]{4})")
_MONTH_NAME_SECOND: Final = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3,9})\.?[- ]([0-9]{4})")
# English, whatever the machine's locale is: that is what the platforms write.
_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def is_usable_day(day: date) -> bool:
    """Whether a day is one of those that every reader takes."""
    return FIRST_DAY <= day <= LAST_DAY


def day_of(serial_number: float) -> date:
    """The day whose serial number a cell holds; ValueError where it is that of no day.

    >>> day_of(45_352.75)
    datetime.date(2024, 3, 1)
    """
    if not _FIRST_SERIAL_NUMBER <= serial_number < _LAST_SERIAL_NUMBER + 1:
        raise ValueError(serial_number)
    return SERIAL_NUMBER_0 + timedelta(days=int(serial_number))


def serial_number(day: date) -> float:
    """The number that a cell holds for a day, from March 1, 1900 on.

    >>> serial_number(date(2024, 3, 1))
    45352.0
    """
    return float((day - SERIAL_NUMBER_0).days)


def is_missing(value: Any) -> bool:
    """Whether a value is the NaN or NaT by which Python, numpy and pandas say that there is none."""
    is_scalar = isinstance(value, (float, datetime)) or _is_numpy_date(value)
    return is_scalar and bool(value != value)  # noqa: PLR0124 - only such a value differs from itself


def day_in(value: Any, day_zero: date = SERIAL_NUMBER_0) -> date | None:
    """The day of a date or a serial number, a time of day cut off; None where a value is neither.

    ``day_zero`` is the day of serial number 0, which is another one in workbooks that count from 1904.

    >>> day_in(45_352.75), day_in(datetime(2024, 3, 1, 9, 30)), day_in(True)
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), None)
    """
    if _is_numpy_date(value):
        value = value.astype("datetime64[s]").item()
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
    if isinstance(value, bool) or not isinstance(value, Real):
        return None
    try:
        return day_of(float(value) + (day_zero - SERIAL_NUMBER_0).days)
    except (ValueError, TypeError, OverflowError):  # no day of the calendar; numpy's span of time; a huge whole number
        return None


def iso_day(text: str) -> date | None:
    """The day of a text such as 2024-03-01, a time of day cut off; None where it is written otherwise, or no day.

    >>> iso_day("2024-03-01"), iso_day("2024-3-1T09:30"), iso_day("3/1/2024"), iso_day("2024-02-30")
    (datetime.date(2024, 3, 1), datetime.date(2024, 3, 1), None, None)
    """
    found = _YEAR_FIRST.fullmatch(one_line(text))
    return _calendar_day(int(found[1]), int(found[2]), int(found[3])) if found else None


class DateOrder(Enum):
    """How a file writes dates such as 03/04/2022, as its unmistakable dates (03/25/2022) show."""

    MONTH_FIRST = "month first"
    DAY_FIRST = "day first"
    NOT_SHOWN = "not shown"
    BOTH = "both"


def written_day(text: str, order: DateOrder = DateOrder.NOT_SHOWN) -> date | None:
    """The day of a text as platforms write dates; None where it is no day.

    ``order`` settles texts such as 03/04/2022; where the file does not show it, the month comes first, as the US
    platforms write it. Where a file has both orders, a text that fits both is no day.

    >>> written_day("2/4/2019"), written_day("Feb 4, 2019"), written_day("4-FEB-2019"), written_day("Feb-4-2019")
    (datetime.date(2019, 2, 4), datetime.date(2019, 2, 4), datetime.date(2019, 2, 4), datetime.date(2019, 2, 4))
    """
    words = one_line(text)
    if match := _MONTH_NAME_FIRST.fullmatch(words) or _MONTH_NAME_FIRST_HYPHENS.fullmatch(words):
        return _calendar_day(int(match[3]), _month_number(match[1]), int(match[2]))
    if match := _MONTH_NAME_SECOND.fullmatch(words):
        return _calendar_day(int(match[3]), _month_number(match[2]), int(match[1]))
    if match := _TWO_PARTS_AND_YEAR.fullmatch(words):
        if order is DateOrder.BOTH and is_ambiguous_date(words):
            return None
        first, second, year = (int(part) for part in match.groups())
        month_first, day_first = _calendar_day(year, first, second), _calendar_day(year, second, first)
        return (day_first or month_first) if order is DateOrder.DAY_FIRST else (month_first or day_first)
    return iso_day(words)


def date_order(values: Iterable[object]) -> DateOrder:
    """The order that a file's unmistakable text dates show.

    >>> date_order(["03/04/2022", "03/25/2022"])
    <DateOrder.MONTH_FIRST: 'month first'>
    """
    day_second = day_leads = False
    for value in values:
        if parts := _two_parts(value):
            first, second = parts
            day_leads |= first > _MONTHS_IN_A_YEAR >= second
            day_second |= second > _MONTHS_IN_A_YEAR >= first
    if day_leads:
        return DateOrder.BOTH if day_second else DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if day_second else DateOrder.NOT_SHOWN


def is_ambiguous_date(value: object) -> bool:
    """Whether a text is one date with the month first and another with the day first.

    >>> is_ambiguous_date("03/04/2022"), is_ambiguous_date("03/25/2022"), is_ambiguous_date("03/03/2022")
    (True, False, False)
    """
    parts = _two_parts(value)
    return parts is not None and parts[0] != parts[1] and min(parts) > 0 and max(parts) <= _MONTHS_IN_A_YEAR


def _is_numpy_date(value: Any) -> bool:
    return getattr(getattr(value, "dtype", None), "kind", "") == "M"


def _two_parts(value: object) -> tuple[int, int] | None:
    match = _TWO_PARTS_AND_YEAR.fullmatch(one_line(value)) if isinstance(value, str) else None
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
