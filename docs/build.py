"""Write docs/functions.md from the registry and docs/peers.md from the audit: ``python docs/build.py``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from xl_amt.forms.tax_systems import all_labels
from xl_amt.law import parameters
from xl_amt.worksheet import FUNCTIONS, WorksheetFunction
from xl_amt.worksheet.registry import Argument

FUNCTIONS_PAGE = Path(__file__).with_name("functions.md")
PEERS_PAGE = Path(__file__).with_name("peers.md")
PEERS_ARE_COMPARED = (
    "figure the same generated households as we do, of every status and year, many of them at a kink. A figure more "
    "than a dollar apart has to be explained by an entry below and to lie within its bounds; an entry whose example "
    "differs no more fails the tests until it is deleted. Peers inform; the form and the statute decide."
)
PEERS_ARE_RUN = """\
    python tests/peers/environment.py   # the peers' own environments, in build/peers or $XL_AMT_PEERS
    pytest tests/peers"""
DIFFERENCES = Path(__file__).parent.parent / "tests" / "peers" / "differences.toml"

_ARGUMENT_HEADINGS = ("argument", "unit", "meaning")
_SHARED_BY_MANY = ("income", "status", "year", "labels", "amounts", "jurisdiction")

_INTRODUCTION = """\
Made from the registry by `python docs/build.py`; edit the functions, not this page. In a call, square brackets mark
what may be left out. A blank number is 0; a range in place of one value gives a range of answers. A date is a cell
that holds one, or text such as "2024-03-01"; a date that a function gives is its serial number, to be formatted as a
date. Where a cell shows an error, `=AMT_WHY("AMT_ROOM", …)` with the same arguments says why."""
_SHARED = """\
Stated here once. A function that means something of its own by one of these names says so in its table."""
_LABELS = """\
Further facts of a household, in two ranges of one shape: labels and amounts. Case, spaces and punctuation do not
matter. A label of a state begins with its code and counts for its tax alone: an amount beside it is refused where that
tax is not asked for. Federal labels count for every state too."""


def functions_page() -> str:
    """The reference of every worksheet function, label and parameter, as Markdown."""
    shared = _shared_arguments()
    parts = ["# Worksheet functions", _INTRODUCTION]
    parts += ["## Arguments that many functions share", _SHARED, _table(_ARGUMENT_HEADINGS, list(shared.values()))]
    for category in dict.fromkeys(function.category for function in FUNCTIONS.values()):
        parts.append(f"## {category}")
        parts += [_function(item, shared) for item in FUNCTIONS.values() if item.category == category]
    parts += [
        "## Labels",
        _LABELS,
        _table(("label", "unit", "meaning"), [(item.name, item.unit, item.meaning) for item in all_labels()]),
        "## Parameters of AMT_LAW",
        _table(("parameter", "unit"), [(item.name, item.unit) for item in parameters()]),
    ]
    return "\n\n".join(parts) + "\n"


def _shared_arguments() -> dict[str, tuple[str, ...]]:
    """The row of each argument that many functions share, as the first function that takes them all describes it."""
    household = next(item for item in FUNCTIONS.values() if item.takes_household)
    return {item.name: _row(item) for item in household.arguments if item.name in _SHARED_BY_MANY}


def _function(function: WorksheetFunction, shared: dict[str, tuple[str, ...]]) -> str:
    rows = [_row(item) for item in function.arguments]
    own = [row for row in rows if row != shared.get(row[0])]
    parts = [f"### {function.name}", f"`{function.signature}`", function.description]
    if own:
        parts.append(_table(_ARGUMENT_HEADINGS, own))
    parts.append(f"Gives {function.result}. Example: `{function.example_formula}` gives `{function.example_gives}`.")
    return "\n\n".join(parts)


def _row(argument: Argument) -> tuple[str, ...]:
    return argument.name, argument.unit or "–", argument.description


def peers_page() -> str:
    """Every difference between us and the peers, as Markdown."""
    listed = tomllib.loads(DIFFERENCES.read_text("utf-8"))
    peers = dict.fromkeys((entry["peer"], entry["version"]) for entry in listed["difference"])
    parts = [
        "# Peers",
        "Made from `tests/peers/differences.toml` by `python docs/build.py`; edit the list, not this page.",
        f"{_named([f'{peer} {version}' for peer, version in peers])} {PEERS_ARE_COMPARED}",
        PEERS_ARE_RUN,
        "\n".join(f"- {note}" for note in listed["notes"]),
    ]
    for peer, version in peers:
        entries = [entry for entry in listed["difference"] if entry["peer"] == peer]
        parts.append(f"## {peer} {version}")
        parts.append(_table(("id", "cause", "right"), [(item["id"], item["title"], item["right"]) for item in entries]))
        parts += [_difference(entry) for entry in entries]
    return "\n\n".join(parts) + "\n"


def _difference(entry: dict[str, Any]) -> str:
    year, status, *facts = entry["example"].items()
    example = ", ".join(f"{_words(name)} {_amount(value)}" for name, value in facts)
    decided = f"Right: {entry['right']}. {entry['why']} Source: {entry['source']}."
    bounds = [(_words(figure), *map(_amount, bound)) for figure, bound in entry["bounds"].items()]
    return "\n\n".join(
        (
            f"### {entry['id']}: {entry['title']}",
            f"{decided} Example: {status[1]}, {year[1]}, {example}.",
            _table(("theirs less ours", "at least", "at most"), bounds),
        )
    )


def _named(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _amount(value: Any) -> str:
    """A fact or a bound as it is read: yes or no, a number with commas, or a factor and its name."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return _words(value).replace("law ", "").replace(" ", " × ", 1) if " " in value else value
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    FUNCTIONS_PAGE.write_text(functions_page(), "utf-8")
    PEERS_PAGE.write_text(peers_page(), "utf-8")
