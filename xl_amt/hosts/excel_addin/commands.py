"""What the buttons of the ribbon have Python do: each is a command of the command line."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from html import escape
from pathlib import Path
from tempfile import gettempdir
from typing import Final

from xl_amt.days import today
from xl_amt.errors import AmtError, FileError
from xl_amt.worksheet import FUNCTIONS, WorksheetFunction

_INTRODUCTION: Final = (
    "A blank number is 0; a range in place of one value gives a range of answers. A cell with a date that a function "
    "gives is to be formatted as a date. Where a cell shows an error, <code>=AMT_WHY</code> with the function's name "
    "and the same arguments says why."
)


@dataclass(frozen=True)
class Outcome:
    """Whether a command did its work, and the sentences to show."""

    done: bool
    sentences: str

    def __bool__(self) -> bool:
        return self.done

    def __str__(self) -> str:
        return self.sentences


def _command(code: Callable[..., str]) -> Callable[..., Outcome]:
    @wraps(code)
    def run(*arguments: str) -> Outcome:
        try:
            return Outcome(done=True, sentences=code(*arguments))
        except AmtError as error:
            return Outcome(done=False, sentences=str(error))

    return run


@_command
def import_export(export: str, workbook: str) -> str:
    """As ``xl-amt import``: a client workbook from an equity export; the status and the wages stay to be keyed in."""
    from xl_amt.jobs.import_record import KnownBesides
    from xl_amt.jobs.new_client import write_client
    from xl_amt.jobs.records import import_export as read_export

    path = _not_yet_there(workbook)
    record, result = read_export(Path(export), KnownBesides(), today())
    write_client(record, path)
    imported = f"{result.rows_read} rows, {len(result.grants)} grants of {result.stakeholder}"
    rejected = "".join(f"\nrow {row.row}, {row.label}: {row.reason}" for row in result.rejected)
    return f"{result.source}: {imported}, {len(result.rejected)} not imported.{rejected}"


@_command
def new_workbook(workbook: str) -> str:
    """As ``xl-amt new``: a client workbook to key in by hand."""
    from xl_amt.jobs.import_record import KnownBesides
    from xl_amt.jobs.new_client import new_record, write_client

    record = new_record("", KnownBesides(), today())
    return f"Client workbook: {write_client(record, _not_yet_there(workbook))}"


@_command
def show_help() -> str:
    """As ``xl-amt functions``: the worksheet functions, on a page of this computer that the browser opens."""
    page = Path(gettempdir()) / "xl-amt functions.html"
    page.write_text(help_page(), "utf-8")
    webbrowser.open(page.as_uri())
    return "The browser shows the functions. In a cell, type =AMT_ and press fx for what each argument means."


def help_page() -> str:
    """Every worksheet function with its arguments and an example, as HTML that loads nothing."""
    title = "xl-amt: worksheet functions"
    return "\n".join(
        (
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>',
            "<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}",
            "th{text-align:left;font-weight:normal;padding-right:2em;vertical-align:top}</style>",
            f"<h1>{title}</h1>",
            f"<p>{_INTRODUCTION}</p>",
            *map(_help_on, FUNCTIONS.values()),
            "</html>",
        )
    )


def _help_on(function: WorksheetFunction) -> str:
    arguments = "".join(
        f"<tr><th>{escape(item.name)}<td>{escape(item.description)}{escape(f' ({item.unit})' if item.unit else '')}"
        for item in function.arguments
    )
    return (
        f"<h2>{escape(function.name)}</h2><p><code>={escape(function.signature)}</code></p>"
        f"<p>{escape(function.description)}</p><table>{arguments}</table>"
        f"<p>Gives {escape(function.result)}. Example: <code>{escape(function.example_formula)}</code> "
        f"gives {escape(function.example_gives)}.</p>"
    )


def _not_yet_there(workbook: str) -> Path:
    path = Path(workbook)
    if path.exists():
        raise FileError(f"{path}: it exists already and may hold your edits; choose another name.")
    return path
