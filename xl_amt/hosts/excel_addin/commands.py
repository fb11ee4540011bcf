"""What the buttons of the ribbon have Python do: each is a command of the command line."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Sequence
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
    "A blank number is 0; a range in place of one value gives a range of answers. Format a cell in which a function "
    "gives a date as a date. If a cell shows an error, <code>=AMT_WHY</code> with the function's name and the same "
    "arguments says why."
)
_SECONDS_OF_A_PLAN: Final = 10.0
_LONGEST_BOX: Final = 800  # characters: a box of Excel cuts off what is beyond 1,024


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
def update_client(workbook: str, export: str) -> str:
    """As ``xl-amt update``: what a newer export says goes into the client workbook, and the one before is kept."""
    from xl_amt.jobs.import_record import KnownBesides
    from xl_amt.jobs.records import open_record
    from xl_amt.jobs.update_record import update_record, write_update

    path, newer, day = Path(workbook), Path(export), today()
    before = open_record(path)
    updated = update_record(before, [newer], KnownBesides(), day)
    if not updated.results:
        return f"{newer.name} is already in the workbook: nothing differs."
    kept = write_update(before, updated, path, day, [newer])
    found = updated.differences
    told = [
        *(f"New: {one}" for one in found.new),
        *(f"Changed: {one.about}, {one.header}: {one.old} -> {one.new}" for one in found.changed),
        *(f"Gone: {one}" for one in found.gone),
        *(f"Done: {one}" for one in found.done),
        *(f"To look at: {remark.text}" for remark in updated.news_since(before)),
    ]
    return _told(told or ["Nothing differs."], f"The previous workbook: {kept.name}")


@_command
def plan_client(workbook: str) -> str:
    """As ``xl-amt plan --write``: the schedule that is best goes into the client workbook's planned exercises."""
    from xl_amt.jobs.plan import plan_of_file, write_plan

    path = Path(workbook)
    report = plan_of_file(path, today(), _SECONDS_OF_A_PLAN, lambda _: None)
    kept = write_plan(path, report)
    proof = "proved" if report.answer["proved"] else "not proved in the time given"
    worth = f"{report.answer['aim'].capitalize()}: {report.answer['objective']:,.2f}, {proof}."
    return _told(
        [worth, *report.why, *report.notes], f"The schedule is on the sheet Plan; the previous workbook: {kept.name}"
    )


@_command
def check_client(workbook: str) -> str:
    """As ``xl-amt check``: what is to be looked at in the client workbook, which is not changed."""
    from xl_amt.jobs.check_client import check_client as check

    return _told([str(finding) for finding in check(Path(workbook), today())] or ["Nothing to look at."])


def _told(sentences: Sequence[str], last: str = "") -> str:
    """Sentences on a line each, no more than a box of Excel holds, and one that always stands at the end."""
    shown = "\n".join(sentences)
    if len(shown) > _LONGEST_BOX:
        shown = (
            f"{shown[:_LONGEST_BOX].rpartition(chr(10))[0]}\n… The workbook's sheets and the command line show "
            "everything."
        )
    return f"{shown}\n{last}".rstrip()


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
        raise FileError(f"{path}: it already exists and may hold your edits; choose another name.")
    return path
