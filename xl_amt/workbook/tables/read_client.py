"""Reading the sheet Client back: what is known once, and what is known by year."""

from __future__ import annotations

from typing import Any, NamedTuple

from xl_amt.client import Client, ClientYear, Plan
from xl_amt.workbook.splice import Book
from xl_amt.workbook.tables.client_rows import BY_YEAR_HEADERS, OF_THE_YEAR, ONCE_HEADERS, PLANNED


class ClientSheet(NamedTuple):
    """What the sheet Client holds of the record; the client's residence stands among the events."""

    client: Client
    years: tuple[ClientYear, ...]
    plan: Plan | None


def read_client(book: Book) -> ClientSheet:
    """The client, the years and the plan; FileError names sheet and cell of what cannot be read."""
    once = _once(_region(book, "Client_block", ONCE_HEADERS))
    found = _region(book, "Facts_table", BY_YEAR_HEADERS)
    years = _year_columns(found)
    by_year, facts = _by_year(found, years)
    plan: dict[str, Any] = {item.field: by_year[item.field] for item in PLANNED if by_year[item.field]}
    plan |= _nested(Plan, once, "plan")
    return ClientSheet(
        Client(**_nested(Client, once, "client")),
        tuple(
            ClientYear(year=year, facts=facts[year], **{
                item.field: by_year[item.field][year] for item in OF_THE_YEAR if year in by_year[item.field]
            })
            for year in sorted(years)
        ),
        Plan(**plan) if plan else None,
    )
