"""Cell values as any host hands them over, turned into the same Python values.

A blank number is 0, and a blank or 0 for a text is its default, because two hosts cannot tell blank from 0.
"""

from __future__ import annotations

from datetime import date
from math import isfinite
from numbers import Real
from typing import Any, Final

from xl_amt.errors import ArgumentError, CellHoldsError
from xl_amt.reading.dates import FIRST_DAY, LAST_DAY, day_in, is_missing, is_usable_day, iso_day
from xl_amt.reading.words import choice_in, yes_or_no_in

_QUOTED: Final = 100  # characters of a cell that a sentence repeats
LARGEST: Final = 1e12  # dollars, shares: beyond it a number is a mistake, and sums would lose cents


def is_blank(value: Any) -> bool:
    """Whether a cell is empty, or holds nothing but spaces."""
    return value is None or (isinstance(value, str) and not value.strip())


def is_blank_or_zero(value: Any) -> bool:
    """Whether a cell stands for the default of a text or a range."""
    return is_blank(value) or (isinstance(value, (int, float)) and value == 0)


def check_cell_error(value: str, where: str) -> None:
    """Raise the error that a cell already holds, such as #DIV/0!."""
    text = value.strip().upper()
    if text == "#N/A" or (text.startswith("#") and text.endswith(("!", "?"))):
        raise CellHoldsError(text, where)


def read_number(value: Any, where: str) -> float:
    """A cell as a number; blank is 0."""
    if type(value) is float:
        number = value
    elif value is None:
        return 0.0
    elif isinstance(value, str):
        if not value.strip():
            return 0.0
        check_cell_error(value, where)
        raise ArgumentError(f"{where}: '{_cut(value)}' is text, not a number; enter digits without quotes.")
    elif isinstance(value, bool) or not isinstance(value, Real):
        raise _no_number(value, where)
    else:
        number = _float(value, where)
    if not isfinite(number) or abs(number) > LARGEST:
        raise ArgumentError(f"{where}: {number:g} is not a usable number; enter one no larger than {LARGEST:.0e}.")
    return number


def not_negative(number: float, where: str) -> float:
    """The number; ArgumentError where it is below zero."""
    if number < 0.0:
        raise ArgumentError(f"{where}: {number:g} is negative; enter zero or more.")
    return number


def _float(value: Real, where: str) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")
    except TypeError:  # numpy counts a span of time among the numbers
        raise _no_number(value, where) from None


def _no_number(value: Any, where: str) -> ArgumentError:
    return ArgumentError(f"{where}: {_shown(value)} is not a number; enter an amount.")


def _shown(value: Any) -> str:
    """A cell as a sentence quotes it."""
    if isinstance(value, str):
        return f"'{_cut(' '.join(value.split()))}'"
    built_in = value.item() if getattr(value, "ndim", None) == 0 else value  # numpy writes some values in its own way
    if isinstance(built_in, float):
        return f"{built_in:.15g}"
    return str(built_in).upper() if isinstance(built_in, bool) else " ".join(str(built_in).split())


def _cut(text: str) -> str:
    return f"{text[:_QUOTED]}…" if len(text) > _QUOTED else text


def read_text(value: Any, where: str, default: str = "") -> str:
    """A cell as text; blank or 0 is the default."""
    if is_blank_or_zero(value):
        return default
    if isinstance(value, str):
        check_cell_error(value, where)
        return value.strip()
    raise ArgumentError(f"{where}: {_shown(value)} is not text; enter a name.")


def read_name(value: Any, where: str) -> str:
    """A cell as a name, which may be a whole number: a form is called 6251, a line 11."""
    if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= LARGEST and value % 1 == 0:
        return f"{value:.0f}"
    return read_text(value, where)


def read_year(value: Any, where: str) -> int:
    """A cell as a tax year."""
    number = read_number(value, where)
    if number == 0.0:
        raise ArgumentError(f"{where}: it is blank; enter a tax year such as 2026.")
    if number != int(number):
        raise ArgumentError(f"{where}: {number:g} is not a whole year; enter a tax year such as 2026.")
    return int(number)


def read_date(value: Any, where: str) -> date | None:
    """A cell as a day; blank or 0 is none.

    It may hold a serial number, of which a time of day is cut off, a date of Python, numpy or pandas, or text such as
    2024-03-01.
    """
    if is_blank_or_zero(value) or is_missing(value):
        return None
    if isinstance(value, str):
        check_cell_error(value, where)
        day = iso_day(value)
    else:
        day = day_in(value)
    if day is None:
        raise ArgumentError(f"{where}: {_shown(value)} is not a date; enter one such as 2024-03-01.")
    return check_day(day, where, f"{_shown(value)} stands for {day}, which" if isinstance(value, Real) else "")


def check_day(day: date, where: str, stands_for: str = "") -> date:
    """The day; ArgumentError where it is not one of those that every reader takes."""
    if not is_usable_day(day):
        raise ArgumentError(
            f"{where}: {stands_for or day} is not between {FIRST_DAY.year} and {LAST_DAY.year}; "
            "enter a date such as 2024-03-01."
        )
    return day


def read_choice(value: Any, where: str, choices: tuple[str, ...]) -> str:
    """A cell as one of a few words, in any case; blank or 0 is the first of them."""
    text = read_text(value, where, choices[0])
    if choice := choice_in(text, choices):
        return choice
    raise ArgumentError(
        f"{where}: '{_cut(text)}' is not one of the choices; use {', '.join(choices[:-1])} or {choices[-1]}."
    )


def read_yes_or_no(value: Any, where: str, *, blank: bool = False) -> bool:
    """A cell as yes or no; TRUE and 1 are yes, FALSE and 0 are no.

    A blank cell is what ``blank`` says. Where that is yes, 0 is refused, because LibreOffice hands over 0 for a blank
    cell and for FALSE alike.
    """
    if is_blank(value):
        return blank
    if isinstance(value, (bool, int, float)) and value in (0, 1):
        if blank and value == 0 and value is not False:
            raise ArgumentError(f"{where}: 0 could be a blank cell or FALSE; write yes or no.")
        return bool(value)
    if isinstance(value, str):
        check_cell_error(value, where)
        if (said := yes_or_no_in(value)) is not None:
            return said
    raise ArgumentError(f"{where}: {_shown(value)} is neither yes nor no; write yes or no.")
