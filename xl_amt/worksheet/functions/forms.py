"""The tax forms line by line, with the numbers and words of the year's revision."""

from __future__ import annotations

from typing import Any

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.minimum_tax import MinimumTax
from xl_amt.forms.printed import PrintedForms
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law.names import quoted
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_FORM(form, income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Forms",
    answer="table",
    result="a table: line, words, amount",
    example=("6251", 150_000, "single", 2021, 100_000),
    gives=[["", "Form 6251 (2021)", ""]],
    takes_columns=False,
)
def amt_form(form: str, tax_return: MinimumTax, spread: float) -> list[list[Any]]:
    """A tax form on the year's facts with this ISO spread, line by line, to tick against the paper.

    Forms: 1040; 6251; 8801 part I (the year's facts, as they appear on next year's Form 8801: lines 1 to 18 and Part
    III); 8801 part II (this year's lines 21 to 26); Schedule A; Schedule D; AMT Schedule D (refigured for the AMT);
    Schedule 1-A (2025 to 2028); Qualified Dividends and Capital Gain Tax Worksheet. With the jurisdiction CA: 540;
    Schedule CA part I; Schedule CA (Part II); Schedule D (540); AMT Schedule D (540); Schedule P (Parts I and II);
    Schedule P part III; 3510 (the year's facts, as they appear on next year's FTB 3510). Case, spaces and punctuation
    do not matter.

    The first row names the form and its year; each other row is a line: the number printed on that year's revision, the
    words of the IRS or the FTB (shortened, with the law's amounts for this filing status), and the amount in dollars. A
    line left blank on the paper form has no amount. A revision not yet printed, or not read, uses the numbers of its
    draft or of the last one that was, and the first row says so.
    """
    return [list(line) for line in _printed(form, tax_return).form(form, tax_return, spread)]


@worksheet(
    "AMT_LINE(form, line, income, status, year, spread, [labels], [amounts], [jurisdiction])",
    category="Forms",
    result="dollars",
    example=("6251", "11", 150_000, "single", 2021, 100_000),
    gives=18_855.00,
    takes_columns=False,
)
def amt_line(form: str, line: str, tax_return: MinimumTax, spread: float) -> Any:
    """One line of a tax form on the year's facts with this ISO spread; the forms are those of AMT_FORM.

    The line is named by its number on that year's revision: "2i", "Line 2i" and "2I" are the same. A line left blank
    on the paper form gives 0.
    """
    return _printed(form, tax_return).line(form, line, tax_return, spread)


def _printed(form: str, tax_return: MinimumTax) -> PrintedForms:
    """The printed forms of the return's jurisdiction; a form that only another one has is refused with its name."""
    system = TAX_SYSTEMS[tax_return.jurisdiction]
    if system.printed is None:
        raise NotHeldError(
            f"jurisdiction: the printed forms of {system.place} are not available; use US or leave it blank."
        )
    if not system.printed.has(form):
        for other in TAX_SYSTEMS.values():
            if other.printed is not None and other.printed.has(form):
                raise ArgumentError(
                    f"form: {quoted(form)} is a form of {other.place}; use the jurisdiction {other.code}."
                )
    return system.printed
