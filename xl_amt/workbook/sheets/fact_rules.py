"""What the inputs of facts take: a rule and a message for each, on the sheet Client and wherever facts are tried."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.client.columns import Column
from xl_amt.household import Label
from xl_amt.law import STATUSES, enacted
from xl_amt.workbook import style
from xl_amt.workbook.cells import allow_list, allow_numbers
from xl_amt.workbook.jurisdictions import JURISDICTIONS
from xl_amt.workbook.tables.client_rows import YearRow

MOST_BLIND, MOST_DEPENDENTS = 2, 20
WAGES_MESSAGE: Final = "Enter the wages of the tax year in dollars, 0 or more."
STATUS_MESSAGE: Final = "Choose one of the five filing statuses of Form 1040."
JURISDICTION_MESSAGE: Final = f"Choose one of {', '.join(JURISDICTIONS)}."

NUMBER_FORMATS: Final = {"dollars": style.DOLLARS, "years": style.COUNT, "persons": style.COUNT, "fraction": style.RATE}


def allow_entry(sheet: Worksheet, where: str, column: Column) -> None:
    """Allow in an entry of what is known once what its column takes."""
    header, kind = column.header, column.kind
    if header == "Jurisdiction":
        allow_list(sheet, where, JURISDICTIONS, JURISDICTION_MESSAGE)
    elif kind == "choice":
        allow_list(sheet, where, column.choices, f"{header}: choose {' or '.join(column.choices)}.")
    elif kind == "fraction":
        allow_numbers(sheet, where, f"{header}: enter a fraction, such as 0.05 or 5%.", least=None)
    elif kind in {"dollars", "price"}:
        allow_numbers(sheet, where, f"{header}: enter dollars, 0 or more.")
    elif kind in {"shares", "year"}:
        allow_numbers(sheet, where, f"{header}: enter a whole number, 0 or more.", whole=True)


def allow_year_row(sheet: Worksheet, where: str, row: YearRow) -> None:
    """Allow in a row of years what its label or its column takes."""
    if row.label:
        allow_fact(sheet, where, row.label)
    elif row.column and row.column.kind == "status":
        allow_list(sheet, where, STATUSES.values(), STATUS_MESSAGE)
    elif row.column:
        allow_numbers(sheet, where, WAGES_MESSAGE if row.column.field == "income" else f"{row.name}: 0 or more.")


def allow_tax_year(sheet: Worksheet, where: str) -> None:
    """Allow in an input the tax years whose law is held."""
    law = enacted("US")
    years = f"{law.first_year} to {law.last_year}"
    message = f"Enter a tax year from {years}; years after {law.verified_through} are projected."
    allow_numbers(sheet, where, message, least=law.first_year, most=law.last_year, whole=True)


def allow_fact(sheet: Worksheet, where: str, label: Label) -> None:
    """Allow in the inputs of a label what its unit allows."""
    if label.unit == "dollars":
        least, bound = (None, "") if label.may_be_negative else (0, ", 0 or more")
        allow_numbers(sheet, where, f"{label.name}: enter dollars{bound}.", least=least)
    elif label.unit == "years":
        most = int(label.largest)
        allow_numbers(sheet, where, f"{label.name}: enter whole years, 0 to {most}.", most=most, whole=True)
    elif label.unit == "persons":
        most = MOST_BLIND if label.field == "blind" else MOST_DEPENDENTS
        allow_numbers(sheet, where, f"{label.name}: enter a whole number, 0 to {most}.", most=most, whole=True)
    elif label.unit == "fraction":
        allow_numbers(sheet, where, f"{label.name}: enter a fraction, 0 to 1, such as 0.05 or 5%.", most=1)
    else:
        choices = label.choices or ("no", "yes")
        allow_list(sheet, where, choices, f"{label.name}: choose {', '.join(choices[:-1])} or {choices[-1]}.")
