"""Where things stand in the table of December on the sheet Sales: what is shown above the sales, workings next to it.

The columns A to J are those of the table of sales beneath; what is shown goes two columns further. Workings begin
after a gap, so that a column which an advisor inserts among the sales moves them as they are.
"""

from __future__ import annotations

from typing import Final

from openpyxl.utils import get_column_letter

LOTS_SHOWN: Final = 10
COMPANIES: Final = 4
WAYS: Final = ("hold", "sell by December 31", "sell next year")

TITLE_ROW: Final = 5
ANSWER_ROW: Final = 6
PRICES_HEAD: Final = 8
PRICES: Final = range(PRICES_HEAD + 1, PRICES_HEAD + 1 + COMPANIES)
WORTH_ROW: Final = PRICES[-1] + 1
LOTS_HEAD: Final = WORTH_ROW + 3  # the title stands above it
LOTS: Final = range(LOTS_HEAD + 1, LOTS_HEAD + 1 + LOTS_SHOWN)
MORE_ROW: Final = LOTS[-1] + 1
WAYS_HEAD: Final = MORE_ROW + 3
_OF_EACH: Final = len(WAYS) + 1  # a title, and a row a way
FIRST_WAY: Final = WAYS_HEAD + 1
JOINT_TITLE: Final = FIRST_WAY + _OF_EACH * LOTS_SHOWN
FIRST_JOINT: Final = JOINT_TITLE + 1
WORDS: Final = range(FIRST_JOINT + _OF_EACH * COMPANIES + 1, FIRST_JOINT + _OF_EACH * COMPANIES + 5)
LAST_ROW: Final = WORDS[-1]

LAST_SHOWN: Final = "L"
GUARD: Final = "M"  # 1 where a way has an answer
(NAME, COMPANY, STANDING, SHARES, STRIKE, VALUE, GRANTED, ACQUIRED, VESTED, VALUE_AT_VEST, ELECTION, NEAR, PLACE) = (
    get_column_letter(number) for number in range(14, 27)
)
SELL_DAY: Final = f"${SHARES}${WORTH_ROW}"  # the last trading day of the year, and
EARLY_DAY: Final = f"${STRIKE}${WORTH_ROW}"  # the first business day of the next one
FIRST_OF_COMPANY: Final = 27  # the shares of each lot that are the company's: a column a company
LABELS: Final = get_column_letter(FIRST_OF_COMPANY + COMPANIES + 1)
YEAR_COLUMNS: Final = tuple(get_column_letter(FIRST_OF_COMPANY + COMPANIES + 2 + at) for at in range(4))
FIRST_FACT_ROW: Final = TITLE_ROW + 2


def of_company(place: int) -> str:
    """The column of a company's shares, by its place from 0.

    >>> of_company(0), of_company(3)
    ('AA', 'AD')
    """
    return get_column_letter(FIRST_OF_COMPANY + place)


def rows_of_lot(place: int) -> range:
    """The rows of a lot's title and ways, by its place from 0."""
    return range(FIRST_WAY + _OF_EACH * place, FIRST_WAY + _OF_EACH * (place + 1))


def rows_of_company(place: int) -> range:
    """The rows of the title and the ways of all lots of a company together, by its place from 0."""
    return range(FIRST_JOINT + _OF_EACH * place, FIRST_JOINT + _OF_EACH * (place + 1))
