"""The calls that every host has to answer alike: functions of the registry, and what may stand in their arguments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from xl_amt.errors import AmtError
from xl_amt.worksheet import FUNCTIONS, Argument, WorksheetFunction, answer, call


class Blank(NamedTuple):
    """An argument left out of a formula, or an empty cell."""


class Error(NamedTuple):
    """An error value, as a cell shows it."""

    text: str


class Day(NamedTuple):
    """A date."""

    date: date

    @property
    def serial_number(self) -> float:
        """The number that a cell holds for it."""
        return float((self.date - date(1899, 12, 30)).days)


class Cells(NamedTuple):
    """A range: rows of values, blanks, errors and dates."""

    rows: list[list[Any]]


class Call(NamedTuple):
    """A function and its arguments; ``shows`` is the error that its cell must show, or none."""

    function: str
    arguments: tuple[Any, ...]
    shows: str = ""


# Where a call's single values stand: in the formula itself, or in cells that it refers to.
Placement = Literal["typed", "in cells"]

# What a cell, or each cell of a range, shows.
Rows = list[list[float | str | Error]]

BLANK: Final = Blank()
DIVISION_BY_ZERO: Final = Error("#DIV/0!")
ERRORS: Final = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")  # known to every host

LABELS: Final = ["Interest", "Qualified dividends", "Age", "Deduction", "Spouse itemizes"]
AMOUNTS: Final = [2_000, 1_500.25, 67, "standard", "no"]


def column(*cells: Any) -> Cells:
    """A range of one column."""
    return Cells([[cell] for cell in cells])


def row(*cells: Any) -> Cells:
    """A range of one row."""
    return Cells([list(cells)])


def plain(argument: Any) -> Any:
    """An argument as Python is given it: blank is None, an error its text, and a number, also of a date, a double."""
    if isinstance(argument, Cells):
        return [[plain(cell) for cell in cells] for cells in argument.rows]
    if isinstance(argument, Blank):
        return None
    if isinstance(argument, Error):
        return argument.text
    if isinstance(argument, Day):
        return argument.serial_number
    return float(argument) if type(argument) is int else argument


def standing(asked: Call, placement: Placement) -> list[tuple[Any, Placement]]:
    """Each argument, and where it stands: what the function needs cannot be left out of a formula."""
    function = FUNCTIONS[asked.function]
    if function.takes_any_number_of_arguments:
        needed = [True] * len(asked.arguments)
    else:
        needed = [argument.required for argument in function.arguments[: len(asked.arguments)]]
    return [
        (item, "in cells" if must and isinstance(item, Blank) else placement)
        for item, must in zip(asked.arguments, needed, strict=True)
    ]


_ANSWERED: dict[str, Rows] = {}


def python_rows(asked: Call) -> Rows:
    """What Python answers; it is asked once, for all hosts."""
    key = repr(asked)  # not the call itself: True, 1 and 1.0 are equal, and are not read alike
    if key not in _ANSWERED:
        _ANSWERED[key] = _python_rows(asked)
    return _ANSWERED[key]


def _python_rows(asked: Call) -> Rows:
    try:
        result = answer(asked.function, *map(plain, asked.arguments))
    except AmtError as error:
        result = error
    rows = result if isinstance(result, list) else [[result]]
    return [[_cell(value) for value in cells] for cells in rows]


def python_sentence(asked: Call) -> str:
    """The sentence with which Python refuses a call, or none."""
    try:
        call(asked.function, *map(plain, asked.arguments))
    except AmtError as error:
        return str(error)
    return ""


def _cell(value: Any) -> float | str | Error:
    if isinstance(value, AmtError):
        return Error(value.cell_value)
    return value if isinstance(value, str) else float(value)


# What may stand in place of an argument of each kind.
IN_PLACE_OF: Final[dict[str, tuple[Any, ...]]] = {
    "number": (
        *(BLANK, 0, -1, 0.1 + 0.2, 1e12, 1e13, "x", "150000", True, Day(date(2026, 4, 15)), DIVISION_BY_ZERO),
        column(150_000, 0, BLANK, "x", -1, 0.1 + 0.2, Day(date(2026, 4, 15))),
        row(1_000, 2_000.5),
        column(1_000, Error("#N/A")),
    ),
    "year": (BLANK, 0, 2018, 2030, 2010, 2099, 2026.5, "x", DIVISION_BY_ZERO, column(2018, 2030, BLANK, 2010)),
    "optional year": (BLANK, 0, 2018, 2027, 2099, 2026.5, "x", DIVISION_BY_ZERO, column(2027, BLANK, "x")),
    "status": (BLANK, 0, "Married filing jointly", " MFS ", "singel", 7, DIVISION_BY_ZERO, row("single", "mfj", "x")),
    "date": (
        *(
            BLANK,
            0,
            44_985,
            44_985.999,
            "2023-02-28",
            " 2023-02-28T09:30 ",
            Day(date(2023, 2, 28)),
            Day(date(2099, 12, 31)),
        ),
        *(2023, -1, 1, 60, 1e7, "28/2/2023", "2023-02-30", "44985", True, Day(date(1969, 12, 31)), DIVISION_BY_ZERO),
        column(Day(date(2023, 2, 28)), 44_985, "2023-02-28", BLANK, 2023, "x"),
        row(Day(date(2023, 2, 28)), Day(date(2024, 2, 29))),
    ),
    "choice": (BLANK, 0, 1, "amt", " Regular ", "both", DIVISION_BY_ZERO, column("AMT", "x", BLANK)),
    "no unless yes": (BLANK, 0, 1, 2, True, False, "yes", "no", "perhaps", DIVISION_BY_ZERO, column("yes", "x", BLANK)),
    "yes unless no": (0, 1, 2, True, False, "yes", "no", "perhaps", DIVISION_BY_ZERO, column("no", "x", BLANK)),
    "text": (BLANK, 0, "x", DIVISION_BY_ZERO, column("11", "x", BLANK)),
    "jurisdiction": (BLANK, 0, " us ", "CA", "Atlantis", 7, DIVISION_BY_ZERO, column("US", BLANK, "CA")),
    "range": (),  # LAYOUTS
}

# Labels and amounts.
LAYOUTS: Final[tuple[tuple[Any, Any], ...]] = (
    (BLANK, BLANK),
    (0, 0),
    ("interest", 2_000),
    ("Long-term capital gain", BLANK),
    (column(*LABELS), column(*AMOUNTS)),
    (row(*LABELS), row(*AMOUNTS)),
    (column("Interest", BLANK, "Age"), column(5, BLANK, 66)),
    (column(0, BLANK), column(0, BLANK)),
    (row("Interest", "Age", "Blind"), Cells([[2_000, 100, 67], [BLANK, BLANK, BLANK], [1, 2, "old"]])),
    (column("Interest", "Age"), Cells([[1, 2, 3], [64, 65, 66]])),
    # what does not fit, is not known, or is an error itself
    ("Interrest", 5),
    ("Interest", "much"),
    ("Interest", DIVISION_BY_ZERO),
    (column("Interest", "Age"), column(5, Error("#N/A"))),
    (row("Interest", "Interest"), row(5, 6)),
    (row("Interest", BLANK), row(5, 6)),
    (row("Interest", "Age"), column(5, 6, 7)),
    (column("Interest", "Age"), BLANK),
    (BLANK, column(5, 6)),
)

_HOUSEHOLD: Final = (150_000, "single", 2026)

# What must be shown is written here, not taken from Python.
_BY_HAND: Final = (
    Call("AMT_ROOM", (0, "single", 2026)),
    Call("AMT_ROOM", (BLANK, "single", 2026)),
    Call("AMT_ROOM", (" ", "single", 2026)),
    Call("AMT_ROOM", (*_HOUSEHOLD, BLANK, BLANK, "US")),
    Call("AMT_ROOM_SHARES", (*_HOUSEHOLD, 5, 5, BLANK, BLANK, BLANK, 700)),
    Call("AMT_BARGAIN", (Day(date(2026, 4, 15)), 1, 3.5)),
    Call("AMT_LONG_TERM_DATE", (Day(date(2023, 2, 28)),)),
    # a wrong argument
    Call("AMT_ROOM", (-1, "single", 2026), "#VALUE!"),
    Call("AMT_ROOM", ("much", "single", 2026), "#VALUE!"),
    Call("AMT_ROOM", (150_000, "singel", 2026), "#VALUE!"),
    Call("AMT_ROOM", (150_000, BLANK, 2026), "#VALUE!"),
    Call("AMT_ROOM", (150_000, "single", BLANK), "#VALUE!"),
    Call("AMT_ROOM", (150_000, "single", 2026.5), "#VALUE!"),
    Call("AMT_ROOM", (*_HOUSEHOLD, "Interrest", 5), "#VALUE!"),
    Call("AMT_ROOM", (*_HOUSEHOLD, BLANK, BLANK, "Atlantis"), "#VALUE!"),
    Call("AMT_ROOM", (column(1_000, 2_000), column("single", "mfj", "hoh"), 2026), "#VALUE!"),
    Call("AMT_CURVE", (column(1_000, 2_000), "single", 2026, 10_000), "#VALUE!"),
    Call("AMT_LONG_TERM_DATE", (2023,), "#VALUE!"),
    Call("AMT_LONG_TERM_DATE", (BLANK,), "#VALUE!"),
    Call("AMT_LONG_TERM_DATE", ("2/28/2023",), "#VALUE!"),
    Call("AMT_QUALIFYING_DATE", (Day(date(2023, 3, 1)), Day(date(2023, 2, 28))), "#VALUE!"),
    # law that is not held
    Call("AMT_ROOM", (150_000, "single", 2010), "#N/A"),
    Call("AMT_ROOM", (150_000, "single", 2099), "#N/A"),
    Call("AMT_ROOM", (*_HOUSEHOLD, BLANK, BLANK, "NY"), "#N/A"),
    # a cell a year
    Call("AMT_CREDIT_YEARS", (20_000, column(200_000, 250_000), row("single", "mfj"), column(2025, 2026))),
    Call("AMT_CREDIT_YEARS", (20_000, column(200_000, 250_000), "single", column(2025, 2026, 2027)), "#VALUE!"),
    Call(
        "AMT_DECEMBER",
        (
            "hold",
            "after tax",
            column(3_000, 2_000),
            Cells([[2, 42, "2020-05-04", "2024-05-06"], [2, 42, "2020-06-01", Day(date(2024, 5, 6))]]),
            30,
            30,
            column(200_000, 210_000),
            row("single", "mfj"),
            column(2024, 2025),
            column(200_000, BLANK),
        ),
    ),
    # no solution
    Call("AMT_ROOM_SHARES", (*_HOUSEHOLD, 5, 5), "#NUM!"),
    # ranges in place of single values: of each shape, and beside each other
    Call("AMT_ROOM", (Cells([[0.01, 50_000], [150_000, "x"]]), "single", 2026)),
    Call("AMT_ROOM", (column(1_000, 200_000), row("single", "mfj", "qss"), 2026)),
    Call("AMT_ROOM", (column(90_000, 80_000), "single", 2026, "Interest", column(5, 6))),
    Call("AMT_ROOM", (column(*range(1_000, 101_000, 1_000)), "single", 2026)),  # long enough for arrays
    Call("AMT_QUALIFYING_DATE", (column(*[Day(date(2023, 1, 10))] * 70), row(45_000, "2024-06-01"))),
    # an error in is that error out, as a value and as its text
    *(Call("AMT_ROOM", (Error(text), "single", 2026), text) for text in ERRORS),
    *(Call("AMT_BARGAIN", (1, text, 2), text) for text in ERRORS),
    Call("AMT_ROOM", (column(*ERRORS, 1), "single", 2026)),
    Call("AMT_ROOM", (column(*map(Error, ERRORS), 1), "single", 2026)),
)


def _of_the_registry() -> Iterator[Call]:
    """The example of each function, and all that may stand in place of one of its arguments."""
    for name, function in FUNCTIONS.items():
        example = tuple(column(*value) if isinstance(value, list) else value for value in function.example)
        yield Call(name, example)
        if not function.takes_any_number_of_arguments:
            yield from _variations(function, example + (BLANK,) * (len(function.arguments) - len(example)))


def _variations(function: WorksheetFunction, example: tuple[Any, ...]) -> Iterator[Call]:
    yield Call(function.name, example)
    for place, argument in enumerate(function.arguments):
        for value in _in_place_of(argument, example[place]):
            yield Call(function.name, (*example[:place], value, *example[place + 1 :]))
        if argument.name == "labels":
            for layout in LAYOUTS:
                yield Call(function.name, (*example[:place], *layout, *example[place + 2 :]))


def _in_place_of(argument: Argument, value: Any) -> Iterator[Any]:
    yield from IN_PLACE_OF[argument.kind]
    if argument.kind != "range":
        yield column(value, value)


def _why(calls: tuple[Call, ...]) -> Iterator[Call]:
    """The sentences behind these calls."""
    for asked in calls:
        yield Call("AMT_WHY", (asked.function, *asked.arguments))
    yield Call("AMT_WHY", (BLANK,))
    yield Call("AMT_WHY", ("AMT_ROM",))


CALLS: Final = (*_BY_HAND, *_why(_BY_HAND), *_of_the_registry())
