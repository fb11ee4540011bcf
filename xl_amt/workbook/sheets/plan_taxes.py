"""The rows of a jurisdiction's taxes on the sheet Plan, of the plan and of the base it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from xl_amt.workbook import style
from xl_amt.workbook.jurisdictions import place_of, places_of
from xl_amt.workbook.sheets.year_columns import YearColumns

Arguments = Callable[[str, str], str]
"""Gives the arguments of an AMT_ function by column and function."""

REGULAR_TAX: Final = "AMT_REGULAR_TAX"  # takes no spread

_FUNCTIONS: Final = {
    "regular tax": REGULAR_TAX,
    "AMT": "AMT_OWED",
    "credit used": "AMT_CREDIT_USED",
    "total tax": "AMT_TOTAL_TAX",
}
WORDS_OF_TAXES: Final = {
    "regular tax": "{} regular tax",
    "AMT": "{} AMT",
    "credit used": "{} minimum tax credit used",
    "total tax": "{} total tax, with surtaxes, less credits",
    "credit left": "{} minimum tax credit left at the end",
}
_LINES: Final = {"regular tax": "1040 line 16", "AMT": "6251 line 11", "credit used": "8801 line 25"}


def put_taxes(
    sheet: YearColumns, at: Mapping[str, int], code: str, arguments: Arguments, name: str, suffix: str = ""
) -> None:
    """One row per figure, of those that the layout has a row for; ``name`` begins their defined names."""
    for figure, words in WORDS_OF_TAXES.items():
        row = at.get(f"{code} {figure}")
        if row is None:
            continue
        sheet.row(
            row,
            words.format(capital(place_of(code))) + suffix,
            _LINES.get(figure, "dollars") if code == "US" else "dollars",
            _formula(figure, arguments),
            remark="See the sheet Credit" if figure == "credit left" else "",
            look=style.TOTAL if figure == "total tax" else style.FORMULA,
            total="" if figure == "credit left" else "discounted",
            name=f"{name}_{figure.replace(' ', '_')}_{code}",
        )


def _formula(figure: str, arguments: Arguments) -> Callable[[str], str]:
    if figure == "credit left":
        carried, earned = "AMT_CREDIT_CARRIED", "AMT_CREDIT_EARNED"
        return lambda column: f"{carried}({arguments(column, carried)})+{earned}({arguments(column, earned)})"
    function = _FUNCTIONS[figure]
    return lambda column: f"{function}({arguments(column, function)})"


def put_together(
    sheet: YearColumns, at: Mapping[str, int], codes: Sequence[str], figure: str, name: str, suffix: str = ""
) -> None:
    """The sum of a figure of several jurisdictions."""
    words = "{} AMT together" if figure == "AMT" else "{} total tax together"
    sheet.row(
        at[figure],
        words.format(capital(places_of(codes))) + suffix,
        "dollars",
        lambda column: "+".join(f"{column}{at[f'{code} {figure}']}" for code in codes),
        look=style.TOTAL,
        total="discounted",
        name=name,
    )


def row_of_all(at: Mapping[str, int], codes: Sequence[str], figure: str) -> int:
    """The row of a figure of all jurisdictions together."""
    return at[figure] if len(codes) > 1 else at[f"{codes[0]} {figure}"]


def capital(words: str) -> str:
    """Words as a sentence begins.

    >>> capital("federal and California")
    'Federal and California'
    """
    return words[0].upper() + words[1:]
