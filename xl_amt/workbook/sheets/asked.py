"""What of a year's return the functions are asked about, argument by argument."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.workbook.book import Book
from xl_amt.workbook.sheets import returns


class Asked(NamedTuple):
    """The references of a column's return on the sheet Returns, for one jurisdiction."""

    wages: str
    status: str
    year: str
    spread: str
    labels: str
    amounts: str
    jurisdiction: str


def asked(book: Book, column: str, code: str) -> Asked:
    """The arguments that `returns.arguments` joins.

    >>> from xl_amt.client import Client, ClientRecord
    >>> asked(Book(ClientRecord(client=Client())), "E", "US").year
    'Returns!E$5'
    """
    return Asked(*returns.arguments(book, column, code).split(","))
