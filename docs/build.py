"""Write docs/functions.md from the registry: ``python docs/build.py``."""

from __future__ import annotations

from pathlib import Path

from xl_amt.household import LABELS
from xl_amt.law import PARAMETERS
from xl_amt.worksheet import FUNCTIONS, WorksheetFunction

FUNCTIONS_PAGE = Path(__file__).with_name("functions.md")

_INTRODUCTION = """\
Made from the registry by `python docs/build.py`; edit the functions, not this page. In a call, square brackets mark
what may be left out. A blank number is 0; a range in place of one value gives a range of answers. Where a cell shows
an error, `=AMT_WHY("AMT_ROOM", …)` with the same arguments says why."""
_LABELS = """\
Further facts of a household, in two ranges of one shape: labels and amounts. Case, spaces and punctuation do not
matter."""


def functions_page() -> str:
    """The reference of every worksheet function, label and parameter, as Markdown."""
    parts = ["# Worksheet functions", _INTRODUCTION]
    for category in dict.fromkeys(function.category for function in FUNCTIONS.values()):
        parts.append(f"## {category}")
        parts += [_function(item) for item in FUNCTIONS.values() if item.category == category]
    parts += [
        "## Labels",
        _LABELS,
        _table(("label", "unit", "meaning"), [(item.name, item.unit, item.meaning) for item in LABELS]),
        "## Parameters of AMT_LAW",
        _table(("parameter", "unit"), [(item.name, item.unit) for item in PARAMETERS]),
    ]
    return "\n\n".join(parts) + "\n"


def _function(function: WorksheetFunction) -> str:
    shown = ", ".join(f'"{item}"' if isinstance(item, str) else str(item) for item in function.example)
    rows = [(item.name, item.unit or "–", item.description) for item in function.arguments]
    return "\n\n".join(
        (
            f"### {function.name}",
            f"`{function.signature}`",
            function.description,
            _table(("argument", "unit", "meaning"), rows),
            f"Gives {function.result}. Example: `={function.name}({shown})` gives `{function.gives}`.",
        )
    )


def _table(headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [headings, tuple("---" for _ in headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    FUNCTIONS_PAGE.write_text(functions_page(), "utf-8")
