"""Every worksheet function, declared once: hosts, help and documents are made from what stands here."""

from __future__ import annotations

import re
from collections.abc import Callable
from inspect import cleandoc
from typing import Any, Final, Literal, NamedTuple

from xl_amt.forms.tax_systems import TAX_SYSTEMS, in_words
from xl_amt.household import Refusal
from xl_amt.reading.dates import day_of

Kind = Literal[
    "number", "date", "text", "choice", "no unless yes", "yes unless no",
    "status", "year", "optional year", "range", "jurisdiction", "anything",
]  # fmt: skip

Answer = Literal["number", "date", "text", "choice", "table"]  # what kind of thing a function gives


Together = Literal["smaller", "sum", "all", "refused"]

EVERY_TAX_SYSTEM: Final = ()


class Argument(NamedTuple):
    """An argument of a worksheet function; the same name means the same thing in every function."""

    name: str
    kind: Kind
    unit: str
    description: str
    may_be_negative: bool = False
    required: bool = True
    choices: tuple[str, ...] = ()  # the words of a choice; the first is the default where it is not required


class WorksheetFunction(NamedTuple):
    """A worksheet function: what a user reads of it, and the code that answers."""

    name: str
    summary: str
    description: str
    category: str
    arguments: tuple[Argument, ...]
    own_arguments: tuple[Argument, ...]  # without those that describe the household or the jurisdiction
    takes_household: bool
    takes_years: bool  # a household of several years, one cell per year
    answer: Answer
    choices: tuple[str, ...]  # the words of an answer that is a choice
    result: str  # what it gives, in words: the unit of a number, the columns of a table
    example: tuple[Any, ...]
    gives: Any
    code: Callable[..., Any]
    refusals: tuple[Refusal, ...]
    takes_columns: bool
    own_jurisdictions: tuple[str, ...]  # EVERY_TAX_SYSTEM, or the ones that it answers for
    together: Together  # what "US+XX" gives

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """The codes that it answers for."""
        return self.own_jurisdictions or tuple(TAX_SYSTEMS)

    @property
    def takes_any_number_of_arguments(self) -> bool:
        """Whether the last argument may be repeated."""
        return self.arguments[-1].kind == "anything"

    @property
    def gives_a_table(self) -> bool:
        """Whether the answer fills a range of its own, so no argument may be a range of values."""
        return self.answer == "table"

    @property
    def gives_a_number(self) -> bool:
        """Whether the answer is one number for a cell: an amount, a count, a rate, or the serial number of a day."""
        return self.answer in ("number", "date")

    @property
    def unit(self) -> str:
        """What the answer is measured in, where it is a number."""
        return self.result if self.answer == "number" else ""

    @property
    def example_formula(self) -> str:
        """The example as a cell holds it, a list as an array in braces."""
        return f"={self.name}({', '.join(map(_in_a_cell, self.example))})"

    @property
    def example_gives(self) -> str:
        """What the example gives, as the documents write it."""
        if self.gives_a_table:
            return f"a table that begins with {self.gives[0]}"
        return f"{self.gives}, which is {day_of(self.gives)}" if self.answer == "date" else str(self.gives)

    @property
    def signature(self) -> str:
        """The call as the documents write it: optional arguments in square brackets."""
        names = (item.name if item.required else f"[{item.name}]" for item in self.arguments)
        return f"{self.name}({', '.join(names)}{'…' if self.takes_any_number_of_arguments else ''})"


def _in_a_cell(value: Any) -> str:
    if isinstance(value, list):
        return "{" + ", ".join(map(_in_a_cell, value)) + "}"
    return f'"{value}"' if isinstance(value, str) else str(value)


INCOME: Final = Argument("income", "number", "dollars", "Wages (W-2 box 1); for a quick question, all ordinary income")
_ARGUMENTS: Final = {
    argument.name: argument
    for argument in (
        INCOME,
        Argument("status", "status", "", "Filing status: single, mfj, mfs, hoh or qss"),
        Argument("year", "year", "", "Tax year"),
        Argument("from_income", "number", "dollars", "Lowest wages in the table (W-2 box 1)"),
        Argument("to_income", "number", "dollars", "Highest wages in the table"),
        Argument("credit", "number", "dollars", "Minimum tax credit carried into the first year"),
        Argument("incomes", "range", "dollars", "Wages of each year: one cell per year, or one for all years"),
        Argument("statuses", "range", "", "Filing status of each year: one cell per year, or one for all years"),
        Argument("years", "range", "", "Tax years: one cell per year; a single year begins a series"),
        Argument("labels", "range", "", "Labels of additional facts, such as Interest or Age; a range"),
        Argument("amounts", "range", "", "Their amounts, in a range of the same shape"),
        Argument("spread", "number", "dollars", "ISO spread exercised in the year: shares × (value − strike)"),
        Argument("strike", "number", "dollars per share", "Exercise price of the option"),
        Argument("max_spread", "number", "dollars", "Largest ISO spread on the curve"),
        Argument("amt_budget", "number", "dollars", "Most AMT that may be owed"),
        Argument("fmv_at_exercise", "number", "dollars per share", "Fair market value of the share at exercise"),
        Argument("shares", "number", "shares", "Number of shares"),
        Argument("shares_available", "number", "shares", "Most shares that can be exercised; blank or 0: no limit"),
        Argument(
            "amti",
            "number",
            "dollars",
            "Alternative minimum taxable income (Form 6251 line 4)",
            may_be_negative=True,
        ),
        Argument("fmv_at_grant", "number", "dollars per share", "Fair market value of the share at grant"),
        Argument(
            "value_before",
            "number",
            "dollars",
            "Value at grant of the ISOs granted earlier that first become exercisable in the same calendar year",
        ),
        Argument("schedule", "text", "", "Vesting schedule as exports write it, such as 1/48 monthly, 1 year cliff"),
        Argument("start", "date", "date", "First day of the vesting schedule"),
        Argument("as_of", "date", "date", "Date on which shares are counted"),
        Argument("grant_date", "date", "date", "Day of the grant"),
        Argument("exercise_date", "date", "date", "Day of the exercise"),
        Argument("transfer_date", "date", "date", "Date the shares were transferred: the exercise date"),
        Argument("sale_date", "date", "date", "Day of the sale"),
        Argument("sale_price", "number", "dollars per share", "Sale price of the share"),
        Argument(
            "price_now", "number", "dollars per share", "What a buyer pays for the share now; not an appraised value"
        ),
        Argument("later_price", "number", "dollars per share", "Price of the share in a later sale"),
        Argument(
            "way",
            "choice",
            "",
            "What is done with the shares",
            choices=("hold", "sell by December 31", "sell next year"),
        ),
        Argument("figure", "text", "", "Name of a figure of the table, such as after tax or AMT undone, CA"),
        Argument("lot_shares", "range", "shares", "Shares of each lot, one cell per lot; blank: left out"),
        Argument(
            "lots",
            "range",
            "",
            "One row per lot: strike, value at exercise, grant date, exercise date; and for shares exercised early "
            "the vesting date, the value then, and yes for an 83(b) election",
        ),
        Argument(
            "spreads", "range", "dollars", "ISO spread of each year, including that of the lots; one cell per year"
        ),
        Argument("discount_rate", "number", "fraction", "Discount rate per year; blank: none"),
        Argument("later_income", "number", "dollars", "Wages of each later year; blank or 0: same as income"),
        Argument("later_year", "optional year", "", "Year of the later sale; blank: the next one"),
        Argument(
            "credit_left_at",
            "number",
            "fraction",
            "What a dollar of minimum tax credit left after the later sale is worth, 0 to 1; blank: nothing",
        ),
        Argument(
            "vest_date",
            "date",
            "date",
            "Date on which shares exercised early vested; blank: they were vested at exercise",
        ),
        Argument("fmv_at_vest", "number", "dollars per share", "Fair market value of the share at vesting"),
        Argument("election_83b", "no unless yes", "yes or no", "Whether an election under IRC 83(b) was made"),
        Argument(
            "loss_allowed",
            "yes unless no",
            "yes or no",
            "Whether a loss would be recognized: no for a wash sale, a related party or a gift; left out: yes",
        ),
        Argument("system", "choice", "", "Which tax: regular or AMT", choices=("regular", "AMT")),
        Argument("term", "choice", "", "Which holding period: short or long", choices=("short", "long")),
        Argument("parameter", "text", "", "Name of a number in the law, such as AMT exemption"),
        Argument("form", "text", "", "Name of a tax form, such as 6251, 8801 part I or Schedule D"),
        Argument("line", "text", "", "Number of a line as the form prints it, such as 2i"),
        Argument("function_name", "text", "", "Name of a worksheet function, such as AMT_ROOM"),
        Argument("arguments", "anything", "", "The arguments of that function, as they appear in its cell"),
        Argument("this_year_tax", "number", "dollars", "This year's total tax, including AMT and surtaxes"),
        Argument("last_year_tax", "number", "dollars", "Last year's total tax, from its return"),
        Argument(
            "last_year_agi",
            "number",
            "dollars",
            "Last year's adjusted gross income (Form 1040; for CA Form 540 line 17)",
            may_be_negative=True,
        ),
        Argument(
            "this_year_agi",
            "number",
            "dollars",
            "This year's adjusted gross income, which California requires; blank or 0: not known",
            may_be_negative=True,
        ),
        Argument("state_days", "number", "days", "Days worked in the state from the grant to the end of its period"),
        Argument("total_days", "number", "days", "Days worked anywhere in the same period"),
    )
}

OTHER_NAMES: Final = {"fmv": "fmv_at_exercise", "price": "sale_price"}
"""Names that some arguments had, and headings of a book may still have, each with the argument that it means."""


def _jurisdiction(codes: tuple[str, ...], together: Together) -> Argument:
    """The argument that names whose law is asked for, of those that a function answers for, or several of them."""
    others = f"; {in_words(codes[1:])}".rstrip(",") if codes[1:] else ""
    several = "; combinations such as US+CA" if together != "refused" else ""
    description = f"US (also if blank){others}{several}; US: NAME for a registered law book"
    return Argument("jurisdiction", "jurisdiction", "", description)


_HOUSEHOLD: Final = frozenset({"income", "status", "year", "labels", "amounts", "incomes", "statuses", "years"})

FUNCTIONS: Final[dict[str, WorksheetFunction]] = {}


def worksheet(
    usage: str,
    *,
    category: str,
    result: str,
    example: tuple[Any, ...],
    gives: Any,
    answer: Answer = "number",
    choices: tuple[str, ...] = (),
    refusals: tuple[Refusal, ...] = (),
    takes_columns: bool = True,
    jurisdictions: tuple[str, ...] | None = None,
    together: Together = "refused",
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function under the call that a user types, optional arguments in square brackets.

    Where the usage names income, or from_income in its place, the code receives the household's return in the
    jurisdiction as ``tax_return``, a `MinimumTax`, and answers for every tax system; its other arguments come by name.
    ``together`` says what several jurisdictions give, as in "US+XX": the smaller answer, the sum, one that the code
    itself makes of all returns (``tax_returns``), or none. Where the usage names incomes, the code receives the
    ``years`` of one jurisdiction, ``code`` (`xl_amt.worksheet.several_years`). Code without a household receives a
    Jurisdiction, one of ``jurisdictions``; not given, the United States.

    ``answer`` is the kind of what it gives, and ``result`` says it in words: the unit of a number, the columns of a
    table; ``choices`` are the words of an answer that is one of a few. ``example`` are the arguments of a call that
    gives ``gives``, or a table that begins with its rows. A function of dates may give a day where it takes no columns,
    and ``gives`` is its serial number.
    """
    name, names = re.fullmatch(r"(AMT_[A-Z0-9_]+)\((.*)\)", usage).groups()  # type: ignore[union-attr]
    first_names = names.split(", ")
    takes_household = "income" in first_names or "from_income" in first_names
    takes_years = "incomes" in first_names
    if jurisdictions is None:
        jurisdictions = EVERY_TAX_SYSTEM if takes_household or takes_years else ("US",)
    known = _ARGUMENTS | {"jurisdiction": _jurisdiction(jurisdictions or tuple(TAX_SYSTEMS), together)}
    arguments = tuple(known[item.strip("[]")]._replace(required=not item.startswith("[")) for item in names.split(", "))
    described = _HOUSEHOLD | {"jurisdiction"} if takes_household or takes_years else {"jurisdiction"}

    def register(code: Callable[..., Any]) -> Callable[..., Any]:
        description = cleandoc(code.__doc__ or "")
        FUNCTIONS[name] = WorksheetFunction(
            name=name,
            summary=description.split("\n", 1)[0].rstrip("."),
            description=description,
            category=category,
            arguments=arguments,
            own_arguments=tuple(item for item in arguments if item.name not in described),
            takes_household=takes_household,
            takes_years=takes_years,
            answer=answer,
            choices=choices,
            result=result,
            example=example,
            gives=gives,
            code=code,
            refusals=refusals,
            takes_columns=takes_columns,
            own_jurisdictions=jurisdictions,
            together=together,
        )
        return code

    return register
