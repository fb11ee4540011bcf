"""The table of sheet Room that fills the room grant by grant, and next to it, not printed, where each grant starts."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.planning.room import BEYOND
from xl_amt.workbook import style
from xl_amt.workbook.cells import define, flag, put, put_headers, put_section, span

LEFT_OUT: Final = {
    "under water": '" ISO shares are under water (value not above strike) and left out."',
    "expired": '" ISO shares have expired and are left out."',
    "no longer an ISO": '" shares are of options that are no longer ISOs, and left out."',
    "split since the counts": '" ISO shares were counted before a split and are left out: import a later export."',
    "on the spouse's return": '" ISO shares are the spouse\'s, on a return of their own, and left out."',
}
_COLUMNS: Final = "ABCDEFGHIJ"
_BEYOND_COLUMNS: Final = "OPQ"  # shares within each of the spreads beyond the room


def put_fill(sheet: Worksheet, rows: range, beyond_rows: range) -> None:
    """A row for each place in the filling order: the grant that has it, and its shares within the room."""
    title = '="Shares at "&No_AMT&" in "&Tax_year&", smallest spread per share first"'
    headers = (
        "Fill order",
        "ISO grant",
        "Company",
        "Strike, dollars",
        "Shares exercisable",
        "Spread per share, dollars",
        "Room left before it, dollars",
        '="Shares at "&No_AMT',
        "Spread used, dollars",
        "Cash to exercise, dollars",
    )
    total = rows[0] - 1
    put_section(sheet, total - 2, "A", "J", title)
    put_headers(sheet, total - 1, "A", headers, words=3)
    put(sheet, f"A{total}", "All", style.TOTAL)
    for column in _COLUMNS[1:]:
        formula = f"=SUM({column}{rows[0]}:{column}{rows[-1]})" if column in "EHIJ" else None
        put(sheet, f"{column}{total}", formula, style.TOTAL, style.SHARES if column in "EH" else style.DOLLARS)
    for row in rows:
        _grant_row(sheet, row, rows[0])
    flag(sheet, f"A{rows[0]}:J{rows[-1]}", f'$A{rows[0]}<>""', style.ROW_IN_USE)
    for name, column in {"All_shares": "E", "Shares_in_room": "H", "Spread_in_room": "I", "Cash_in_room": "J"}.items():
        define(sheet, name, f"{column}{total}")
    for name, column in {"order": "A", "label": "B", "all": "E", "spread": "F", "shares": "H"}.items():
        define(sheet, f"Fill_{name}", span(column, rows))
    _starts(sheet, rows, beyond_rows)


def what_is_left_out(*, has_lots: bool, has_sold: bool) -> str:
    """What the advisor still has to enter, what the table leaves out, and what of the plan is in the facts: a formula.

    A client may have no sheet of Lots, or of Gains.
    """
    sentences = []
    for standing, words in LEFT_OUT.items():
        shares = f'SUMPRODUCT((ISO_standing="{standing}")*1,ISO_exercisable)'
        sentences.append(f'IF({shares}=0,"",TEXT({shares},"#,##0")&{words}&" ")')
    doubtful = 'SUMPRODUCT((Grant_standing="check this row")*1)'
    sentences.append(f'IF({doubtful}=0,"","Rows of the sheet Grants to check, left out: "&{doubtful}&".")')
    unvalued = 'SUMPRODUCT((ISO_standing="no value yet")*1)'
    without_value = f'IF({unvalued}=0,"","Enter the value per share on the sheet Events. ")'
    planned = [
        rows
        for rows, is_there in (
            ('COUNTIFS(Lot_year,Year_asked,Lot_standing,"planned")', has_lots),
            ('COUNTIFS(Sold_year,Year_asked,Sold_standing,"planned")', has_sold),
        )
        if is_there
    ]
    if planned:
        words = (
            '" The wages and gains that are planned for "&Year_asked&" are in its facts; the spread of planned ISO '
            'exercises is not, since they are what fills the room."'
        )
        sentences.append(f'IF({"+".join(planned)}=0,"",{words})')
    every = "&".join((without_value, *sentences))
    none = 'SUMPRODUCT((ISO_standing<>"")*1)+SUMPRODUCT((Grant_standing="check this row")*1)=0'
    return f'=IF({none},"Enter the ISO grants on the sheet Grants.",TRIM({every}))'


def _grant_row(sheet: Worksheet, row: int, first: int) -> None:
    """The grant that fills the room in this place, or an empty row."""
    last = f"MAX($A${first - 1}:$A{row - 1})"
    put(sheet, f"A{row}", f'=IF({last}<COUNT(ISO_order),{last}+1,"")', style.PLAIN_FORMULA.to_the("left"))

    def unless_empty(column: str, formula: str, number_format: str, *, linked: bool = False) -> None:
        look = style.LINKED_NAME if linked else style.PLAIN_FORMULA
        put(sheet, f"{column}{row}", f'=IF($A{row}="","",{formula})', look, number_format)

    def of_grant(name: str) -> str:
        return f"INDEX({name},MATCH($A{row},ISO_order,0))"

    spouse = f'IF({of_grant("Grant_holder")}="spouse",", spouse","")'
    unless_empty("B", f'{of_grant("Grant_label")}&""', style.GENERAL, linked=True)
    unless_empty("C", f"{of_grant('Grant_company')}&{spouse}", style.GENERAL, linked=True)
    unless_empty("D", of_grant("ISO_strike"), style.PRICE, linked=True)
    unless_empty("E", of_grant("ISO_exercisable"), style.SHARES, linked=True)
    unless_empty("F", of_grant("ISO_spread_per_share"), style.CENTS, linked=True)
    unless_empty("G", "Room_dollars-Used" if row == first else f"$G{row - 1}-$I{row - 1}", style.ROOM_LEFT)
    within = f"$G{row}+Slack"
    unless_empty("H", f"IF($E{row}*$F{row}<={within},$E{row},MAX(0,INT(({within})/$F{row})))", style.SHARES)
    unless_empty("I", f"AMT_BARGAIN($H{row},$D{row},{of_grant('Grant_value')})", style.DOLLARS)
    unless_empty("J", f"$H{row}*$D{row}", style.DOLLARS)


def _starts(sheet: Worksheet, rows: range, beyond_rows: range) -> None:
    """Where each grant starts in the filling order, and its shares within each spread beyond the room."""
    total = rows[0] - 1
    within = [f'="Shares within room + "&TEXT($D{row},"0%")' for row in beyond_rows]
    put_section(sheet, total - 2, "L", _BEYOND_COLUMNS[-1], "Workings (not printed)")
    put_headers(sheet, total - 1, "L", ("Shares before", "Spread before, dollars", "Rise in spread per share", *within))
    for column in "LMN":
        put(sheet, f"{column}{total}", None, style.TOTAL)
    for column, beyond in zip(_BEYOND_COLUMNS, beyond_rows, strict=True):
        put(sheet, f"{column}{total}", f"=N($E{beyond})+Half_a_cent", style.TOTAL, style.DOLLARS)
    for row in rows:
        is_first = row == rows[0]
        before = row - 1
        shares_before = 0 if is_first else f"=$L{before}+N($E{before})"
        spread_before = "=Used" if is_first else f"=$M{before}+N($E{before})*N($F{before})"
        rise = f"=N($F{row})" if is_first else f'=IF($A{row}="",0,$F{row}-$F{before})'
        put(sheet, f"L{row}", shares_before, style.PLAIN_FORMULA, style.SHARES)
        put(sheet, f"M{row}", spread_before, style.PLAIN_FORMULA, style.DOLLARS)
        put(sheet, f"N{row}", rise, style.PLAIN_FORMULA, style.CENTS)
        for column in _BEYOND_COLUMNS:
            left = f"{column}${total}-$M{row}"
            shares = f"IF($E{row}*$F{row}<={left},$E{row},MAX(0,INT(({left})/$F{row})))"
            put(sheet, f"{column}{row}", f'=IF($A{row}="",0,{shares})', style.PLAIN_FORMULA, style.SHARES)
    names = {"Fill_before": "L", "Fill_spread_before": "M", "Fill_rise": "N"}
    names |= {f"Fill_beyond_{place}": column for place, column in enumerate(_BEYOND_COLUMNS[: len(BEYOND)], 1)}
    for name, column in names.items():
        define(sheet, name, span(column, rows))
