"""Sheet Grants: a row a grant, ISOs and NSOs apart, with what exercising each would come to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.equity.grants import HeldGrant, OptionType
from xl_amt.workbook import style
from xl_amt.workbook.cells import (
    CLIENT,
    FACTS,
    allow_dates,
    allow_numbers,
    define,
    flag,
    put,
    put_headers,
    put_number,
    put_section,
    put_text,
    span,
)
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.style import Look

FIRST_ROW: Final = 9
FEWEST_ISO_ROWS, FEWEST_NSO_ROWS, SPARE_ROWS = 20, 8, 3  # so that an advisor can key grants by hand

_INPUTS: Final = (
    "Grant",
    "Grant date",
    "Expires",
    "Strike, dollars per share",
    "Shares granted",
    "Shares exercised",
    "Shares exercisable now",
    "Shares not vested",
)
_ISO_HEADERS: Final = (
    *_INPUTS,
    "Spread per share, dollars",
    "Spread of all exercisable, dollars",
    "Cash to exercise all, dollars",
    "Standing",
    "Shares at $0 AMT, if the room went to this grant alone",
    "Place in the filling order",
)
_NSO_HEADERS: Final = (
    *_INPUTS,
    "Spread per share, dollars",
    "Wages if all are exercised, dollars",
    "Cash to exercise all, dollars",
    "Standing",
)


def iso_rows(client: ClientFacts) -> range:
    """The rows of the ISO table: those of the client's grants, and spare ones."""
    return range(FIRST_ROW, FIRST_ROW + _rows_for(_of_type(client, "ISO"), FEWEST_ISO_ROWS))


def add_grants(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet, filled with the client's grants."""
    widths = (16, 13, 13, 12, 12, 12, 12, 12, 13, 16, 16, 16, 18, 13)
    sheet = open_sheet(workbook, client, "Grants", "Grants", widths, landscape=True)
    value = 'TEXT(Value_per_share,"$#,##0.00##")&IF(Value_date="",""," as of "&TEXT(Value_date,"mmm d, yyyy"))'
    missing = '"Enter the value per share on the sheet Client"'
    put(sheet, "A4", f'=IF(Value_per_share="",{missing},"Value per share: "&{value})', style.PLAIN_LINK)
    iso, nso = _of_type(client, "ISO"), _of_type(client, "NSO")
    rows = iso_rows(client)
    _table(
        sheet,
        "Incentive stock options (ISO): the spread counts for the AMT of the year of exercise",
        rows,
        _ISO_HEADERS,
        iso,
        height_of_headers=64,
    )
    _iso_columns(sheet, rows)
    first = rows[-1] + 5
    rows = range(first, first + _rows_for(nso, FEWEST_NSO_ROWS))
    _table(
        sheet,
        "Nonqualified stock options (NSO): the spread is wages and uses none of the room",
        rows,
        _NSO_HEADERS,
        nso,
        height_of_headers=48,
    )
    sheet.freeze_panes = "B4"


def _of_type(client: ClientFacts, option_type: OptionType) -> list[HeldGrant]:
    return [grant for grant in client.grants if grant.option_type == option_type]


def _rows_for(grants: Sequence[HeldGrant], fewest: int) -> int:
    return max(fewest, len(grants) + SPARE_ROWS)


def _table(
    sheet: Worksheet,
    title: str,
    rows: range,
    headers: Sequence[str],
    grants: Sequence[HeldGrant],
    *,
    height_of_headers: float,
) -> None:
    """A table of grants: its title, headers, total and rows."""
    total = rows[0] - 1
    last_column = get_column_letter(len(headers))
    put_section(sheet, total - 2, "A", last_column, title)
    put_headers(sheet, total - 1, "A", headers, height=height_of_headers)
    put(sheet, f"A{total}", "All of them", style.TOTAL)
    for column in "BCDEFGHIJKLMN"[: len(headers) - 1]:
        summed = column in "EFGHJK"
        formula = f"=SUM({column}{rows[0]}:{column}{rows[-1]})" if summed else None
        put(sheet, f"{column}{total}", formula, style.TOTAL, style.SHARES if column in "EFGH" else style.DOLLARS)
    for row in rows:
        _inputs(sheet, row, grants[row - rows[0]] if row - rows[0] < len(grants) else None)
        _amounts(sheet, row)
    _input_rules(sheet, rows)
    flag(sheet, f"I{rows[0]}:{last_column}{rows[-1]}", f'$L{rows[0]}="under water"', style.DIMMED)


def _inputs(sheet: Worksheet, row: int, grant: HeldGrant | None) -> None:
    put_text(sheet, f"A{row}", grant.label if grant else "", style.INPUT)
    put_number(sheet, f"D{row}", grant.strike if grant else None, style.INPUT, style.PRICE)
    dates = (grant.grant_date, grant.expiration_date) if grant else (None, None)
    for column, day in zip("BC", dates, strict=True):
        put(sheet, f"{column}{row}", day, style.INPUT, style.DAY)
    shares: tuple[int | None, ...] = (None,) * 4
    if grant:
        shares = (grant.shares_granted, grant.shares_exercised, grant.shares_exercisable, grant.shares_unvested)
    for column, number in zip("EFGH", shares, strict=True):
        put(sheet, f"{column}{row}", number, style.INPUT, style.SHARES)


def _amounts(sheet: Worksheet, row: int) -> None:
    """What every grant comes to; a row without a strike stays empty."""

    def unless_empty(column: str, formula: str, number_format: str, look: Look = style.FORMULA) -> None:
        put(sheet, f"{column}{row}", f'=IF($D{row}="","",{formula})', look, number_format)

    unless_empty("I", f"AMT_BARGAIN(1,$D{row},Value_per_share)", style.CENTS)
    unless_empty("J", f"AMT_BARGAIN($G{row},$D{row},Value_per_share)", style.DOLLARS)
    unless_empty("K", f"$G{row}*$D{row}", style.DOLLARS)
    standing = f'IF($D{row}>=Value_per_share,"under water",IF(N($G{row})=0,"none exercisable","in the money"))'
    unless_empty("L", standing, style.WORDS, style.FORMULA.to_the("right"))


def _iso_columns(sheet: Worksheet, rows: range) -> None:
    for row in rows:
        shares = f"MIN($G{row},AMT_ROOM_SHARES({CLIENT},$D{row},Value_per_share,{FACTS}))"
        put(sheet, f"M{row}", f'=IF($L{row}="in the money",{shares},"")', style.FORMULA, style.SHARES)
        # The highest strike has the smallest spread per share, and fills the room with the most shares.
        before = f'SUMPRODUCT((ISO_standing="in the money")*(ISO_strike>$D{row}))'
        ties = f'SUMPRODUCT(($L${rows[0]}:$L{row}="in the money")*($D${rows[0]}:$D{row}=$D{row}))'
        put(sheet, f"N{row}", f'=IF($L{row}="in the money",{before}+{ties},"")', style.FORMULA, style.WHOLE)
    names = {"label": "A", "strike": "D", "exercisable": "G", "spread_per_share": "I", "standing": "L", "order": "N"}
    for name, column in names.items():
        define(sheet, f"ISO_{name}", span(column, rows))


def _input_rules(sheet: Worksheet, rows: range) -> None:
    first, last = rows[0], rows[-1]
    allow_dates(sheet, f"B{first}:C{last}", "Enter a date.")
    allow_numbers(sheet, f"D{first}:D{last}", "Enter the strike in dollars per share, 0 or more.")
    allow_numbers(sheet, f"E{first}:H{last}", "Enter a whole number of shares, 0 or more.", whole=True)
    flag(sheet, f"E{first}:H{last}", f"SUM($F{first}:$H{first})>$E{first}", style.FAILED)
    flag(sheet, f"C{first}:C{last}", f'AND($C{first}<>"",$C{first}<Value_date)', style.FAILED)
