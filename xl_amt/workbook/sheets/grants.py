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
    allow_dates,
    allow_numbers,
    columns,
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
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.page import open_sheet

FIRST_ROW: Final = 9
# To key grants by hand: in a blank workbook, and below those of a client.
BLANK_ISO_ROWS, BLANK_NSO_ROWS = 20, 8
SPARE_ISO_ROWS, SPARE_NSO_ROWS = 5, 3
_LEFT_OUT: Final = ("check this row", "expired", "no longer an ISO")  # standings without amounts

_INPUTS: Final = (
    "Grant",
    "Grant date",
    "Expires",
    "Strike, dollars per share",
    "Shares granted",
    "Shares exercised",
    "Shares exercisable now",
    "Shares not vested",
    "Work ended",
)
_ISO_HEADERS: Final = (
    *_INPUTS,
    "Spread per share, dollars",
    "Spread of all exercisable, dollars",
    "Cash to exercise all, dollars",
    "Standing",
    '="Shares at "&No_AMT&", if the room went to this grant alone"',
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
    return range(FIRST_ROW, FIRST_ROW + _rows_for(_of_type(client, "ISO"), BLANK_ISO_ROWS, SPARE_ISO_ROWS))


def add_grants(workbook: Workbook, client: ClientFacts) -> None:
    """Add the sheet, filled with the client's grants."""
    widths = (16, 14, 14, 14, 12, 12, 13, 12, 14, 15, 18, 16, 18, 20, 13, 3, 16)
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
        height_of_headers=64 if len(codes_of(client)) == 1 else 80,
    )
    _iso_columns(sheet, rows)
    first = rows[-1] + 5
    rows = range(first, first + _rows_for(nso, BLANK_NSO_ROWS, SPARE_NSO_ROWS))
    _table(
        sheet,
        "Nonqualified stock options (NSO): the spread is wages and uses none of the room",
        rows,
        _NSO_HEADERS,
        nso,
        height_of_headers=48,
    )
    sheet.freeze_panes = "B4"
    sheet.print_title_rows = f"{FIRST_ROW - 2}:{FIRST_ROW - 2}"
    sheet.print_area = f"A1:O{rows[-1]}"


def _of_type(client: ClientFacts, option_type: OptionType) -> list[HeldGrant]:
    return [grant for grant in client.grants if grant.option_type == option_type]


def _rows_for(grants: Sequence[HeldGrant], blank: int, spare: int) -> int:
    return len(grants) + spare if grants else blank


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
    for column in columns("B", last_column):
        formula = f"=SUM({column}{rows[0]}:{column}{rows[-1]})" if column in "EFHKL" else None
        if column == "G":
            counted = "*".join(f'({span("M", rows)}<>"{standing}")' for standing in _LEFT_OUT)
            formula = f"=SUMPRODUCT({counted},{span(column, rows)})"
        put(sheet, f"{column}{total}", formula, style.TOTAL, style.SHARES if column in "EFGH" else style.DOLLARS)
    for row in rows:
        _inputs(sheet, row, grants[row - rows[0]] if row - rows[0] < len(grants) else None)
        _standing(sheet, row, are_isos=headers is _ISO_HEADERS)
        _amounts(sheet, row)
    _input_rules(sheet, rows)
    flag(sheet, f"J{rows[0]}:{last_column}{rows[-1]}", f'$M{rows[0]}="under water"', style.DIMMED)
    left_out = ",".join(f'$M{rows[0]}="{standing}"' for standing in _LEFT_OUT)
    flag(sheet, f"M{rows[0]}:M{rows[-1]}", f"OR({left_out})", style.FAILED)


def _inputs(sheet: Worksheet, row: int, grant: HeldGrant | None) -> None:
    put_text(sheet, f"A{row}", grant.label if grant else "", style.INPUT_NAME)
    put_number(sheet, f"D{row}", grant.strike if grant else None, style.INPUT, style.PRICE)
    dates = (grant.grant_date, grant.expiration_date, grant.work_ended) if grant else (None, None, None)
    for column, day in zip("BCI", dates, strict=True):
        put(sheet, f"{column}{row}", day, style.INPUT, style.DAY)
    shares: tuple[int | None, ...] = (None,) * 4
    if grant:
        shares = (grant.shares_granted, grant.shares_exercised, grant.shares_exercisable, grant.shares_unvested)
    for column, number in zip("EFGH", shares, strict=True):
        put(sheet, f"{column}{row}", number, style.INPUT, style.SHARES)


def _standing(sheet: Worksheet, row: int, *, are_isos: bool) -> None:
    """Whether a grant can be exercised on the day of the value; a row without a strike stays empty.

    As `xl_amt.equity.counts.iso_standing` and `xl_amt.equity.row_checks` say it, from the dates of the row.
    """
    granted, expires, ended = f"$B{row}", f"$C{row}", f"$I{row}"
    doubts = (
        f"COUNTA($B{row}:$I{row})>COUNT($B{row}:$I{row})",  # a text where a date or a number belongs
        f'AND({granted}<>"",{expires}<>"",{expires}<{granted})',
        f'AND({granted}<>"",Value_date<>"",{granted}>Value_date)',
        f'AND($E{row}<>"",SUM($F{row}:$H{row})>$E{row})',
    )
    expired = f'AND({expires}<>"",{expires}<Value_date)'
    priced = f'IF($D{row}>=Value_per_share,"under water",IF(N($G{row})=0,"none exercisable","in the money"))'
    of_its_value = f'IF(N(Value_per_share)=0,"no value yet",{priced})'
    if are_isos:
        term_ended = f"AND(N({granted})>0,EDATE(N({granted}),ISO_term)<Value_date)"
        past_the_work = f"AND(N({ended})>0,{ended}<Value_date,EDATE(N({ended}),ISO_months_after_work)<Value_date)"
        of_its_value = f'IF(OR({term_ended},{past_the_work}),"no longer an ISO",{of_its_value})'
        expired = f'OR({expired},AND({expires}="",{term_ended}))'
    standing = f'IF(OR({",".join(doubts)}),"check this row",IF({expired},"expired",{of_its_value}))'
    put(sheet, f"M{row}", f'=IF($D{row}="","",{standing})', style.FORMULA.to_the("right"), style.WORDS)


def _amounts(sheet: Worksheet, row: int) -> None:
    """What every grant comes to; a row without a strike, or one that is left out, stays empty."""
    left_out = ",".join(f'$M{row}="{standing}"' for standing in _LEFT_OUT)
    amounts = {
        "J": (f"AMT_BARGAIN(1,$D{row},Value_per_share)", style.CENTS),
        "K": (f"AMT_BARGAIN($G{row},$D{row},Value_per_share)", style.DOLLARS),
        "L": (f"$G{row}*$D{row}", style.DOLLARS),
    }
    for column, (formula, number_format) in amounts.items():
        amount = f'=IF(OR($D{row}="",{left_out}),"",{formula})'
        put(sheet, f"{column}{row}", amount, style.FORMULA, number_format)


def _iso_columns(sheet: Worksheet, rows: range) -> None:
    put_headers(sheet, rows[0] - 2, "Q", ("Strike counted",), words=0, height=64)
    for row in rows:
        within = "(Room_dollars-Used+Slack)"
        alone = f"IF($K{row}<={within},$G{row},MAX(0,INT({within}/$J{row})))"
        counts = f'AND($M{row}="in the money",Missing_inputs="")'
        put(sheet, f"N{row}", f'=IF({counts},{alone},"")', style.FORMULA, style.SHARES)
        put(sheet, f"Q{row}", f"=N($D{row})", style.PLAIN_FORMULA, style.PRICE)
        # The highest strike has the smallest spread per share, and fills the room with the most shares.
        before = f'SUMPRODUCT((ISO_standing="in the money")*(ISO_strike>$D{row}))'
        ties = f'SUMPRODUCT(($M${rows[0]}:$M{row}="in the money")*($D${rows[0]}:$D{row}=$D{row}))'
        put(sheet, f"O{row}", f'=IF({counts},{before}+{ties},"")', style.FORMULA, style.WHOLE)
    # A strike that is no number is none: it must not make an error of every sum over the strikes.
    names = {"label": "A", "strike": "Q", "exercisable": "G", "spread_per_share": "J", "standing": "M", "order": "O"}
    for name, column in names.items():
        define(sheet, f"ISO_{name}", span(column, rows))


def _input_rules(sheet: Worksheet, rows: range) -> None:
    first, last = rows[0], rows[-1]
    allow_dates(sheet, f"B{first}:C{last}", "Enter a date.")
    allow_dates(sheet, f"I{first}:I{last}", "Enter the last day of work, blank while it goes on.")
    allow_numbers(sheet, f"D{first}:D{last}", "Enter the strike in dollars per share, 0 or more.")
    allow_numbers(sheet, f"E{first}:H{last}", "Enter a whole number of shares, 0 or more.", whole=True)
    flag(sheet, f"E{first}:H{last}", f"SUM($F{first}:$H{first})>$E{first}", style.FAILED)
    flag(sheet, f"C{first}:C{last}", f'AND($C{first}<>"",$C{first}<Value_date)', style.FAILED)
