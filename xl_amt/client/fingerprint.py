"""A record's fingerprint: the same for the same contents, however the rows of its tables are sorted."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from hashlib import sha256
from json import dumps
from typing import Any, Final

from xl_amt.client.columns import write_row
from xl_amt.client.record import ClientRecord

_DIGITS: Final = 15  # to which every spreadsheet keeps a number
_LENGTH: Final = 16


def fingerprint(record: ClientRecord) -> str:
    """The first letters of the SHA-256 of a record's contents, numbers at 15 digits, the order of rows left out.

    The log is not among them: it says what was done, and is no fact of the client.

    >>> from xl_amt.client import Client
    >>> fingerprint(ClientRecord(client=Client(name="Ana")))
    '0f53c12c85be7c76'
    """
    return sha256(dumps(_plain(write_row(replace(record, log=()))), sort_keys=True).encode()).hexdigest()[:_LENGTH]


def _plain(value: Any) -> Any:
    """A value as text and sorted: one of a row, or the rows of a table."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        items = [_plain(one) for one in value]
        return sorted(items, key=partial(dumps, sort_keys=True)) if items and isinstance(items[0], dict) else items
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, int | float):
        return f"{value:.{_DIGITS}g}"
    return str(value)
