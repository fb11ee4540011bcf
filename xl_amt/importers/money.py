"""Amounts of money: which currency a cell's number format, a header or a text is in.

A strike is in US dollars everywhere in this project. An export says otherwise in three places: the number format of a
cell (``[$€-2] #,##0.00``), the header over a column ("Exercise Price (EUR)"), or a column of currencies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

US_DOLLARS: Final = "USD"

_NAMES: Final = {
    US_DOLLARS: "US dollars", "EUR": "euros", "GBP": "pounds sterling", "CHF": "Swiss francs", "JPY": "yen",
    "CNY": "yuan", "INR": "rupees", "ILS": "shekels", "KRW": "won", "CAD": "Canadian dollars",
    "AUD": "Australian dollars", "NZD": "New Zealand dollars", "SGD": "Singapore dollars", "HKD": "Hong Kong dollars",
    "TWD": "Taiwan dollars", "MXN": "Mexican pesos", "BRL": "reais", "SEK": "Swedish kronor", "NOK": "Norwegian kroner",
    "DKK": "Danish kroner", "PLN": "zloty", "CZK": "Czech koruny", "HUF": "forints", "ZAR": "rand",
}  # fmt: skip
_SIGNS: Final = {
    "$": US_DOLLARS, "US$": US_DOLLARS, "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₪": "ILS", "₩": "KRW",
    "C$": "CAD", "CA$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "S$": "SGD", "HK$": "HKD", "NT$": "TWD",
    "MX$": "MXN", "R$": "BRL",
}  # fmt: skip
# Excel writes Canada's sign as [$$-1009]: a dollar sign, and the locale whose dollar it is.
_DOLLARS_ELSEWHERE: Final = {
    "1009": "CAD", "C0C": "CAD", "C09": "AUD", "1409": "NZD", "1004": "SGD", "4809": "SGD", "C04": "HKD", "404": "TWD",
    "80A": "MXN", "en-ca": "CAD", "en-au": "AUD", "en-nz": "NZD", "en-sg": "SGD", "en-hk": "HKD", "es-mx": "MXN",
}  # fmt: skip
_CURRENCY: Final = re.compile(
    r"(?<![^\W_])(?:" + "|".join(_NAMES) + r")(?![^\W_])"
    r"|(?<![A-Z])(?:US|CA|C|AU|A|NZ|S|HK|NT|MX|R)?\$|[€£¥₹₪₩]",
    re.IGNORECASE,
)
_SIGN_OF_A_FORMAT: Final = re.compile(r"\[\$(?P<sign>[^\]-]*)(?:-(?P<locale>[^\]]*))?\]")
_FORMATS_KEPT: Final = 1_024


@dataclass(frozen=True, slots=True)
class Money:
    """A number that a spreadsheet shows as money: the amount, and its currency's code or sign."""

    amount: float
    currency: str

    def __str__(self) -> str:
        """The amount as a sentence quotes it, such as 1.25 EUR."""
        return f"{self.amount:g} {self.currency}"


def currency_in(text: str) -> str:
    """The code of the currency that a text names by its code or its sign; "" where it names none.

    >>> currency_in("Exercise Price (EUR)"), currency_in("$1.25"), currency_in("Exercise Price")
    ('EUR', 'USD', '')
    """
    found = _CURRENCY.search(text)
    if not found:
        return ""
    written = found[0].upper()
    return _SIGNS.get(written, written)


def without_currency(header: str) -> str:
    """A header without the currency that it names.

    >>> without_currency("Exercise Price (USD)")
    'Exercise Price ()'
    """
    return _CURRENCY.sub("", header)


@lru_cache(maxsize=_FORMATS_KEPT)
def currency_of_format(number_format: str) -> str:
    r"""The currency in which a spreadsheet shows numbers of a format: its code, or its sign; "" where it shows none.

    >>> currency_of_format('[$€-2]\\ #,##0.00'), currency_of_format('"$"#,##0.00'), currency_of_format("[$-409]d/m/yy")
    ('EUR', 'USD', '')
    >>> currency_of_format("[$$-1009]#,##0.00"), currency_of_format("#,##0.00 [$kr-41D]"), currency_of_format("#,##0")
    ('CAD', 'kr', '')
    """
    for found in _SIGN_OF_A_FORMAT.finditer(number_format):
        sign, locale = found["sign"].strip(), (found["locale"] or "").lstrip("0")
        if sign == "$":
            return _DOLLARS_ELSEWHERE.get(locale.upper()) or _DOLLARS_ELSEWHERE.get(locale.lower(), US_DOLLARS)
        if sign:
            return currency_in(sign) or sign
    return currency_in(_SIGN_OF_A_FORMAT.sub("", number_format).replace("\\", "").replace('"', ""))


def named(currency: str) -> str:
    """A currency as a sentence names it.

    >>> named("EUR"), named("kr")
    ('euros (EUR)', 'kr')
    """
    return f"{_NAMES[currency]} ({currency})" if currency in _NAMES else currency
