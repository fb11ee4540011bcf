"""Whose law a question is about, and which book of it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Jurisdiction(NamedTuple):
    """The United States or a state by its two letters, and the name of a firm's law book; none for enacted law."""

    code: str = "US"
    law_book: str = ""


US: Final = Jurisdiction()
