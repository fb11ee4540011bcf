"""The printed forms of one jurisdiction: a whole one by its name, and one line of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from xl_amt.arithmetic.lines import Line
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.printed.words import Form, FormFiles, FormLine, in_words
from xl_amt.law.books import book_over
from xl_amt.law.names import name_key, nearest, quoted


class PrintedLine(NamedTuple):
    """A line of a printed form: its number, its words, and its amount in dollars, or "" where it is blank."""

    number: str
    words: str
    amount: Line | str


class ListedLine(NamedTuple):
    """A line of a form over its revisions, without an amount.

    ``first_year`` and ``last_year`` are those of the facts in which the form has it, None where it always has.
    """

    number: str
    words: str
    has_amount: bool
    first_year: int | None
    last_year: int | None


class Sheet(NamedTuple):
    """A form that can be asked for: the file of its words, and the function of its amounts.

    The function takes a return and an ISO spread, and names what stands on each line; a line that it does not name
    stays blank, as on the paper.
    """

    file: str
    amounts: Callable[[Any, Line], Mapping[str, Line]]
    names: tuple[str, ...] = ()  # those of the file, where none are given
    remark: Callable[[Any], str] = lambda _: ""


class PrintedForms:
    """The forms of one jurisdiction.

    Args:
        files: the folder of their words.
        sheets: every form, in the order in which lists show them.
        said: what the braces in the words stand for under a law, in addition to what `in_words` knows.
    """

    def __init__(self, files: FormFiles, sheets: Sequence[Sheet], said: Callable[[Any], Mapping[str, Any]]) -> None:
        self._files = files
        self._sheets = sheets
        self._said = said
        self._lines: dict[tuple[str, int], dict[str, FormLine]] = {}

    def names(self) -> tuple[str, ...]:
        """Every form that can be printed, as lists show it."""
        return tuple(self._names(sheet)[0] for sheet in self._sheets)

    def has(self, name: str) -> bool:
        """Whether a form of that name, however it is written, is one of these."""
        return _form_key(name) in self._by_key

    def form(self, name: str, tax_return: Any, iso_spread: Line) -> tuple[PrintedLine, ...]:
        """A form with this ISO spread: first its title, then its lines in paper order.

        ArgumentError for an unknown form, NotHeldError for one that the year does not have.
        """
        sheet, printed = self._find(name, tax_return.law.year)
        on_the_lines = sheet.amounts(tax_return, iso_spread)
        year = tax_return.law.year
        title = printed.title.format(revision=printed.revision(year + printed.years_later))
        title += sheet.remark(tax_return) + _law_remark(tax_return)
        return (
            PrintedLine("", title, ""),
            *(
                PrintedLine(number, words, _shown(on_the_lines.get(line.amount or "")))
                for number, words, line in in_words(printed, year, self._said(tax_return.law))
            ),
        )

    def listed(self, name: str, laws: Sequence[Any]) -> tuple[ListedLine, ...]:
        """The lines of a form in the years of some laws, in paper order; a line has the words of the first with it.

        ArgumentError and NotHeldError as `form` says.
        """
        words: dict[tuple[str, int], str] = {}  # a number may have stood for another line in another year
        for law in laws:
            _, printed = self._find(name, law.year)
            for number, said, line in in_words(printed, law.year, self._said(law)):
                words.setdefault((number, id(line)), said)
        return tuple(
            ListedLine(number, words[number, id(line)], line.amount is not None, first, last)
            for number, line, first, last in printed.over_the_years()
            if (number, id(line)) in words
        )

    def line(self, name: str, number: str, tax_return: Any, iso_spread: Line) -> Line:
        """What stands on one line of a form, in dollars; a blank line counts as 0.

        ArgumentError for an unknown form or line, NotHeldError for a form that the year does not have.
        """
        sheet, printed = self._find(name, tax_return.law.year)
        lines = self._lines_of(sheet.file, tax_return.law.year + printed.years_later)
        key = name_key(number).removeprefix("line")
        if key not in lines:
            # numbers differ by a letter from line to line, so none is said to be near another
            raise ArgumentError(
                f"line: {quoted(number)} is not a line of the form '{self._names(sheet)[0]}'; AMT_FORM lists them."
            )
        return sheet.amounts(tax_return, iso_spread).get(lines[key].amount or "", 0.0)

    @cached_property
    def _by_key(self) -> dict[str, Sheet]:
        return {_form_key(known): sheet for sheet in self._sheets for known in self._names(sheet)}

    def _find(self, name: str, year: int) -> tuple[Sheet, Form]:
        sheet = self._by_key.get(_form_key(name))
        if sheet is None:
            near = nearest(_form_key(name), self._by_key)
            hint = f"did you mean '{self._names(self._by_key[near])[0]}'? Known" if near else "known"
            raise ArgumentError(f"form: {quoted(name)} is not a form; {hint} are {', '.join(self.names())}.")
        printed = self._files.form(sheet.file)
        if not printed.first_year <= year <= printed.last_year:
            raise NotHeldError(
                f"form: {printed.names[0]} belongs to {printed.first_year} to {printed.last_year}; "
                f"there is none for {year}."
            )
        return sheet, printed

    def _lines_of(self, file: str, form_year: int) -> dict[str, FormLine]:
        found = self._lines.get((file, form_year))
        if found is None:
            lines = self._files.form(file).lines_of(form_year)
            found = self._lines[file, form_year] = {name_key(number): line for number, line in lines}
        return found

    def _names(self, sheet: Sheet) -> tuple[str, ...]:
        return sheet.names or self._files.form(sheet.file).names


def _form_key(name: str) -> str:
    return name_key(name).removeprefix("form")


def _shown(amount: Line | None) -> Line | str:
    """An amount as a cell shows it: blank, or a number that is no negative zero."""
    return "" if amount is None else amount + 0.0


def _law_remark(tax_return: Any) -> str:
    """Whose law the amounts rest on, where it is not the enacted one of the year."""
    name = tax_return.facts.law_book
    book = book_over(name, tax_return.jurisdiction)
    remark = f", by the law book '{name}'" if name else ""
    basis = book.basis(tax_return.law.year)
    if basis is not None:
        remark += f", law {basis.standing} from {book.verified_through}"
    return remark
