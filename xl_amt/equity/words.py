"""How sentences write shares, prices, dollars and lists."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from typing import Final, TypeVar

from xl_amt.days import is_business_day, last_weekday

_DAYS_OF_THE_WEEK: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


def grouped(items: Iterable[_Item], key: Callable[[_Item], _Key]) -> dict[_Key, list[_Item]]:
    """The items by their key, each in the order in which it comes.

    >>> grouped(["ES-1", "RS-1", "ES-2"], lambda label: label[:2])
    {'ES': ['ES-1', 'ES-2'], 'RS': ['RS-1']}
    """
    groups: dict[_Key, list[_Item]] = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return groups


def listed(words: Iterable[object]) -> str:
    """The words of a sentence's list, each once.

    >>> listed(["ES-1", "ES-2", "ES-1", "ES-3"])
    'ES-1, ES-2 and ES-3'
    """
    *first, last = dict.fromkeys(map(str, words))
    return f"{', '.join(first)} and {last}" if first else last


def shares_of(number: float) -> str:
    """Shares in words.

    >>> shares_of(1), shares_of(2_500.0)
    ('1 share', '2,500 shares')
    """
    return f"{number:,.0f} share{'' if number == 1 else 's'}"


def price_of(amount: float) -> str:
    """Dollars per share, to the cent or with all their digits.

    >>> price_of(11.2), price_of(0.0938)
    ('11.20', '0.0938')
    """
    return f"{amount:,.2f}" if round(amount, 2) == amount else f"{amount:,.12g}"


def dollars(amount: float) -> str:
    """Dollars, to the cent.

    >>> dollars(47_624.8)
    '47,624.80'
    """
    return f"{amount:,.2f}"


def day_of_the_week(day: date) -> str:
    """The day's name, in English on every machine.

    >>> day_of_the_week(date(2028, 12, 31))
    'Sunday'
    """
    return _DAYS_OF_THE_WEEK[day.weekday()]


def why_closed(day: date) -> str:
    """What makes a day no business day; "" for a business day.

    >>> why_closed(date(2026, 9, 27)), why_closed(date(2027, 9, 6)), why_closed(date(2026, 9, 25))
    ('a Sunday', 'a legal holiday', '')
    """
    if is_business_day(day):
        return ""
    return "a legal holiday" if last_weekday(day) == day else f"a {day_of_the_week(day)}"
