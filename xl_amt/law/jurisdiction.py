"""Whose law a question is about, and which book of it."""

from __future__ import annotations

from typing import Final, NamedTuple


class Jurisdiction(NamedTuple):
    """The United States or a state by its two letters, and the name of a firm's law book; none for enacted law.

    Several that are asked for together are joined, as in US+CA.
    """

    code: str = "US"
    law_book: str = ""

    @property
    def codes(self) -> list[str]:
        """The code of each, where several are asked for together."""
        return self.code.split("+")


US: Final = Jurisdiction()
