"""Text from files is printed as text: no markup in it, and nothing that a terminal would act on."""

from __future__ import annotations

import re
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, Final

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

_LONGEST_WORD: Final = 40  # characters of it that are never cut; no figure has as many
# Control characters but for tabs and line ends, and the marks that turn the direction of what follows.
_ACTS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def printable(text: str) -> str:
    r"""The text without characters that a terminal would act on.

    >>> printable("ES-1\x1b[2J\r [bold]")
    'ES-1[2J [bold]'
    """
    return _ACTS.sub("", text)


def say(text: str, *, err: bool = False) -> None:
    """Print a line, on the error stream if asked."""
    click.echo(printable(text), err=err)


def console() -> Console:
    """A console for tables, in which every string is text, and no figure is cut."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    class PlainConsole(Console):
        """A console that takes nothing in a string for markup, and leaves out what a terminal would act on."""

        def render_str(self, text: str, **options: Any) -> Text:
            return super().render_str(printable(text), **options)

        def print(self, *objects: Any, **options: Any) -> None:
            """Print; tables as wide as their words and figures are, even if the terminal is not."""
            tables = [one for one in objects if isinstance(one, Table)]
            for column in (column for table in tables for column in table.columns):
                column.min_width = _widest(map(str, (column.header, *column.cells)), whole=column.no_wrap)
            super().print(*objects, **({"crop": False} | options))

    return PlainConsole(highlight=False, markup=False, emoji=False)


def _widest(texts: Iterable[str], *, whole: bool) -> int:
    """Characters of the longest text, or of its longest word where a line may break; a name may be cut at the limit."""
    parts = (part for text in texts for part in ([text] if whole else re.split(r"[ \n]+", text)))
    return min(max(map(len, parts), default=0), _LONGEST_WORD)


def print_what_cannot_be_written_as_a_question_mark() -> None:
    """Let a letter that the terminal's encoding lacks become a question mark, where it would end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
