"""What each column of a table stands for: an argument of the functions, a labeled fact, or neither."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from xl_amt.errors import ArgumentError
from xl_amt.forms.tax_systems import all_labels, find_fact
from xl_amt.law.names import name_key, nearest, quoted
from xl_amt.out_of_scope import why_out_of_scope
from xl_amt.reading.household import read_jurisdiction
from xl_amt.worksheet import FUNCTIONS, WorksheetFunction, find_function
from xl_amt.worksheet.registry import OTHER_NAMES

PROBLEM: Final = "problem"

# Headings of columns that say who a row is about: carried through unread, whatever they hold.
IDENTIFYING: Final = (
    "Account",
    "Account number",
    "Advisor",
    "Client",
    "Client ID",
    "Client name",
    "Client number",
    "Comments",
    "Household",
    "Household ID",
    "ID",
    "Name",
    "Notes",
)
_IDENTIFYING_KEYS: Final = frozenset(map(name_key, IDENTIFYING))
# The client workbook's own words for arguments, in addition to the earlier names of some.
_WORKBOOK_NAMES: Final = {
    "Filing status": "status",
    "Tax year": "year",
    "Value per share": "fmv_at_exercise",
    "Wages": "income",
    "Wages in the tax year": "income",
}


class Headings(NamedTuple):
    """The positions of the columns that functions read, and of those that they do not."""

    arguments: dict[str, int]
    labels: dict[str, int]
    unread: tuple[int, ...]
    unknown: tuple[int, ...]  # of the unread, those that nobody vouches for: they must hold no fact

    @property
    def read(self) -> tuple[int, ...]:
        """The positions of the columns that stand for arguments and labels."""
        return (*self.arguments.values(), *self.labels.values())


def functions_of_numbers(names: Iterable[str]) -> list[WorksheetFunction]:
    """The functions of those names, each once; ArgumentError for one whose answer is no single number."""
    found = list({function.name: function for function in map(find_function, names)}.values())
    if not found:
        raise ArgumentError("function: none is named; name one, such as AMT_ROOM.")
    for function in found:
        if not function.gives_a_number:
            raise ArgumentError(
                f"function: {function.name} gives {function.result}, which is not a number for a column; use a "
                "function such as AMT_ROOM."
            )
    return found


def read_headings(
    headings: Sequence[str], functions: Sequence[WorksheetFunction], keep: Iterable[str] = ()
) -> Headings:
    """What the columns under these headings are to the functions; columns named in ``keep`` are not read.

    Raises ArgumentError where a required column is missing, two columns mean the same, or one has the name of
    an answer.
    """
    kept = _kept(headings, keep)
    _check_names(headings, functions)
    arguments, labels, unknown = _matched(headings, kept)
    wanted = {argument.name for function in functions for argument in function.arguments}
    for function in functions:
        for argument in function.arguments:
            if argument.required and argument.name not in arguments:
                raise ArgumentError(
                    f"{argument.name}: no column has this heading, and {function.name} needs it; give its column the "
                    f"heading '{argument.name}' ({argument.description})."
                )
    read = {name: at for name, at in arguments.items() if name in wanted}
    facts = labels if any(function.takes_household for function in functions) else {}
    used = {*read.values(), *facts.values()}
    return Headings(read, facts, tuple(at for at in range(len(headings)) if at not in used), tuple(unknown))


def check_jurisdiction(headings: Headings, jurisdiction: str) -> None:
    """Raise for a jurisdiction given both for the whole book and row by row, and for one that is not held."""
    if jurisdiction and "jurisdiction" in headings.arguments:
        raise ArgumentError("jurisdiction: a column of the book states it row by row; leave one of the two out.")
    read_jurisdiction(jurisdiction or None, together=True)


def unit_of(heading: str) -> str:
    """What the numbers under a heading are measured in: those of an answer, an argument or a label; "" for another.

    >>> unit_of("AMT_ROOM"), unit_of("Wages"), unit_of("interest"), unit_of("Client")
    ('dollars', 'dollars', 'dollars', '')
    """
    if heading in FUNCTIONS:
        return FUNCTIONS[heading].unit
    name = _arguments().get(name_key(heading))
    if name:
        return next(item.unit for function in FUNCTIONS.values() for item in function.arguments if item.name == name)
    label = _label(heading)
    return find_fact(label)[1].unit if label else ""


def check_holds_no_fact(heading: str, position: int, *, only_numbers: bool) -> None:
    """Raise for a column that matches nothing but may be a fact.

    It holds numbers, its heading is nearly a known one, or its heading names what is not figured here.
    """
    if not heading.strip():
        raise ArgumentError(f"column {position + 1}: it has cells but no heading; give it one.")
    names = _arguments() | {name_key(label.name): label.name for label in all_labels()}
    near, why = nearest(name_key(heading), names), why_out_of_scope(heading)
    if why:
        raise ArgumentError(f"{quoted(heading)}: {why} To carry the column through unread: --keep.")
    if near or only_numbers:
        hint = f"did you mean '{names[near]}'?" if near else "docs/functions.md lists both."
        raise ArgumentError(
            f"{quoted(heading)}: this heading is neither an argument nor a label; {hint} If the column is not a fact "
            "of a household, keep it unread (--keep)."
        )


def _kept(headings: Sequence[str], keep: Iterable[str]) -> set[str]:
    kept = set(keep)
    for name in kept:
        if name not in headings:
            near = nearest(name, headings)
            ask = f"did you mean {quoted(near)}?" if near else "name one as the book does."
            raise ArgumentError(f"keep: no column is headed {quoted(name)}; {ask}")
    return kept


def _check_names(headings: Sequence[str], functions: Sequence[WorksheetFunction]) -> None:
    answers = {name.casefold() for name in (PROBLEM, *(function.name for function in functions))}
    seen: set[str] = set()
    for heading in headings:
        if heading.casefold() in answers:
            raise ArgumentError(f"'{heading}': an answer uses this heading; rename the column, or remove it.")
        if heading.strip() and heading in seen:
            raise ArgumentError(f"'{heading}': two columns have this heading; rename one, or remove it.")
        seen.add(heading)


def _matched(headings: Sequence[str], kept: set[str]) -> tuple[dict[str, int], dict[str, int], list[int]]:
    """The positions of arguments and of labels by name, and those of columns that match nothing."""
    arguments: dict[str, int] = {}
    labels: dict[str, int] = {}
    unknown: list[int] = []
    names = _arguments()
    for position, heading in enumerate(headings):
        key = name_key(heading)
        if heading in kept or key in _IDENTIFYING_KEYS:
            continue
        label = _label(heading)
        if key in names:
            found, name = arguments, names[key]
        elif label:
            found, name = labels, label
        else:
            unknown.append(position)
            continue
        if name in found:
            raise ArgumentError(
                f"'{headings[found[name]]}' and '{heading}': both columns mean '{name}'; keep only one, or keep one "
                "unread (--keep)."
            )
        found[name] = position
    return arguments, labels, unknown


def _label(heading: str) -> str | None:
    try:
        return find_fact(heading)[1].name
    except ArgumentError:
        return None


def _arguments() -> dict[str, str]:
    """All arguments that are one value a household, by the key of each name that their columns may have."""
    named = {argument.name: argument.kind for function in FUNCTIONS.values() for argument in function.arguments}
    names = {name_key(name): name for name, kind in named.items() if kind not in ("range", "anything")}
    return names | {name_key(other): name for other, name in (OTHER_NAMES | _WORKBOOK_NAMES).items()}
