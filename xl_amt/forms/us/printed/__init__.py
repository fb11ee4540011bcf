"""The forms as the IRS prints them: each line's number and words on the year's revision, and what stands on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.us.printed import amounts
from xl_amt.forms.us.printed.words import Form, FormLine, form, in_words
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law import law_book
from xl_amt.law.names import name_key, nearest, quoted


class PrintedLine(NamedTuple):
    """A line of a printed form: its number, its words, and its amount in dollars, or "" where it is blank."""

    number: str
    words: str
    amount: Line | str


class _Sheet(NamedTuple):
    """A form that can be asked for: the file of its words, and the function of its amounts."""

    file: str
    amounts: Callable[[TaxReturn, Line], amounts.Amounts]
    names: tuple[str, ...] = ()  # those of the file, where none are given
    remark: Callable[[TaxReturn], str] = lambda _: ""


def _schedule_a_remark(tax_return: TaxReturn) -> str:
    return "" if tax_return.regular.deductions.itemized else ", not filed: the standard deduction is taken"


_SHEETS: Final = (
    _Sheet("form_1040", amounts.form_1040),
    _Sheet("form_6251", amounts.form_6251),
    _Sheet("form_8801_part_i", amounts.form_8801_part_i),
    _Sheet("form_8801_part_ii", amounts.form_8801_part_ii),
    _Sheet("schedule_a", amounts.schedule_a_as_filed, remark=_schedule_a_remark),
    _Sheet("schedule_d", amounts.schedule_d),
    _Sheet(
        "schedule_d",
        amounts.schedule_d_for_amt,
        ("AMT Schedule D", "Schedule D for AMT"),
        lambda _: ", refigured for the AMT",
    ),
    _Sheet("schedule_1_a", amounts.schedule_1_a),
    _Sheet("qualified_dividends_worksheet", amounts.worksheet),
)


def form_names() -> tuple[str, ...]:
    """Every form that can be printed, as lists show it."""
    return tuple(_names(sheet)[0] for sheet in _SHEETS)


def printed_form(name: str, tax_return: TaxReturn, iso_spread: Line) -> tuple[PrintedLine, ...]:
    """A form with this ISO spread: first its title, then its lines in paper order."""
    sheet, printed = _find(name, tax_return)
    on_the_lines = sheet.amounts(tax_return, iso_spread)
    title = printed.title.format(revision=printed.revision(_form_year(printed, tax_return)))
    title += sheet.remark(tax_return) + _law_remark(tax_return)
    return (
        PrintedLine("", title, ""),
        *(
            PrintedLine(number, words, _shown(on_the_lines.get(line.amount or "")))
            for number, words, line in in_words(printed, tax_return.law)
        ),
    )


def printed_amount(name: str, number: str, tax_return: TaxReturn, iso_spread: Line) -> Line:
    """What stands on one line of a form, in dollars; a blank line counts as 0."""
    sheet, printed = _find(name, tax_return)
    lines = _lines(sheet.file, _form_year(printed, tax_return))
    key = name_key(number).removeprefix("line")
    if key not in lines:
        # numbers differ by a letter from line to line, so none is said to be near another
        raise ArgumentError(
            f"line: {quoted(number)} is not a line of the form '{_names(sheet)[0]}'; AMT_FORM lists them."
        )
    _, line = lines[key]
    return sheet.amounts(tax_return, iso_spread).get(line.amount or "", 0.0)


def _shown(amount: Line | None) -> Line | str:
    """An amount as a cell shows it: blank, or a number that is no negative zero."""
    return "" if amount is None else amount + 0.0


def _law_remark(tax_return: TaxReturn) -> str:
    """Whose law the amounts rest on, where it is not the enacted one of the year."""
    name = tax_return.facts.law_book
    book = law_book(name)
    remark = f", by the law book '{name}'" if name else ""
    basis = book.basis(tax_return.law.year)
    if basis is not None:
        remark += f", law {basis.standing} from {book.verified_through}"
    return remark


def _find(name: str, tax_return: TaxReturn) -> tuple[_Sheet, Form]:
    sheets = _sheets()
    sheet = sheets.get(name_key(name).removeprefix("form"))
    if sheet is None:
        near = nearest(name_key(name).removeprefix("form"), sheets)
        hint = f"did you mean '{_names(sheets[near])[0]}'? Known" if near else "known"
        raise ArgumentError(f"form: {quoted(name)} is not a form; {hint} are {', '.join(form_names())}.")
    printed = form(sheet.file)
    if not printed.first_year <= tax_return.law.year <= printed.last_year:
        raise NotHeldError(
            f"form: {printed.names[0]} belongs to {printed.first_year} to {printed.last_year}; "
            f"there is none for {tax_return.law.year}."
        )
    return sheet, printed


@cache
def _sheets() -> dict[str, _Sheet]:
    return {name_key(known): sheet for sheet in _SHEETS for known in _names(sheet)}


@cache
def _lines(file: str, form_year: int) -> dict[str, tuple[str, FormLine]]:
    return {name_key(number): (number, line) for number, line in form(file).lines_of(form_year)}


def _names(sheet: _Sheet) -> tuple[str, ...]:
    return sheet.names or form(sheet.file).names


def _form_year(printed: Form, tax_return: TaxReturn) -> int:
    return tax_return.law.year + printed.years_later
