"""The right-hand part of sheet Room, not printed: the fill grant by grant, and the points of the chart."""

from __future__ import annotations

from typing import Final

from openpyxl.chart import ScatterChart
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.client import EndOfWork
from xl_amt.law.incentive_stock_options import incentive_stock_option_law
from xl_amt.workbook import style
from xl_amt.workbook.cells import CLIENT, FACTS, Value, define, facts_in, put, put_headers, put_section, span
from xl_amt.workbook.charts import CurveCells, LineCells, tax_against_shares
from xl_amt.workbook.sheets.both_rooms import TURN, compared_tax, jurisdiction_figures, other_room_on_the_chart

WIDTHS: Final = (
    *(13, 14, 13, 13, 13, 13),  # Q to V: the fill
    3,
    *(11, 13, 14, 14, 14, 14),  # X to AC: the chart's points
    3,
    *(62, 22),  # AE and AF: single figures
)
HALF_A_CENT: Final = 0.005  # AMT below it is none, as in the engine
CHART_REACH: Final = 2.5
CHART_FROM_ZERO: Final = 0.8
_TYPED_IN: Final = ("ISO_months_after_work", "Chart_reach", "Chart_from_zero")
STEPS_TO_ROOM, STEPS_BEYOND = 8, 16


def add_workings(sheet: Worksheet, rows: range, beyond_rows: range, work_ended_by: EndOfWork) -> ScatterChart:
    """Add the workings beside the grants' rows, and give the chart that is drawn from them."""
    title_row = rows[0] - 3
    put_section(sheet, title_row, "Q", "AF", "Workings (not printed)")
    _fill(sheet, rows, beyond_rows)
    points = range(rows[0], rows[0] + STEPS_TO_ROOM + STEPS_BEYOND + 1)
    _points(sheet, points)
    marker = range(rows[0], rows[0] + 3)
    _marker(sheet, marker, points)
    words = _single_figures(sheet, rows, first=marker[-1] + 3, work_ended_by=work_ended_by)
    curve = CurveCells(points, header=points[0] - 2, shares="Y", tax="AC", regular_tax="AA", tentative_tax="AB")
    return tax_against_shares(sheet, curve, LineCells(marker, shares="AE", heights="AF", words=words))


def _fill(sheet: Worksheet, rows: range, beyond_rows: range) -> None:
    """Where each grant starts in the filling order, and its shares within each spread beyond the room."""
    total = rows[0] - 1
    within = [f'="Shares within room + "&TEXT($K{row},"0%")' for row in beyond_rows]
    put_headers(sheet, total - 1, "Q", ("Shares before", "Spread before, dollars", "Rise in spread per share", *within))
    for column in "QRS":
        put(sheet, f"{column}{total}", None, style.TOTAL)
    for column, beyond in zip("TUV", beyond_rows, strict=True):
        put(sheet, f"{column}{total}", f"=N($L{beyond})+Half_a_cent", style.TOTAL, style.DOLLARS)
    for row in rows:
        is_first = row == rows[0]
        before = row - 1
        shares_before = 0 if is_first else f"=$Q{before}+N($D{before})"
        spread_before = "=Used" if is_first else f"=$R{before}+N($D{before})*N($E{before})"
        rise = f"=N($E{row})" if is_first else f'=IF($A{row}="",0,$E{row}-$E{before})'
        put(sheet, f"Q{row}", shares_before, style.PLAIN_FORMULA, style.SHARES)
        put(sheet, f"R{row}", spread_before, style.PLAIN_FORMULA, style.DOLLARS)
        put(sheet, f"S{row}", rise, style.PLAIN_FORMULA, style.CENTS)
        for column in "TUV":
            left = f"{column}${total}-$R{row}"
            shares = f"IF($D{row}*$E{row}<={left},$D{row},MAX(0,INT(({left})/$E{row})))"
            put(sheet, f"{column}{row}", f'=IF($A{row}="",0,{shares})', style.PLAIN_FORMULA, style.SHARES)
    names = {"Fill_before": "Q", "Fill_spread_before": "R", "Fill_rise": "S"}
    names |= {"Fill_beyond_1": "T", "Fill_beyond_2": "U", "Fill_beyond_3": "V"}
    for name, column in names.items():
        define(sheet, name, span(column, rows))


def _points(sheet: Worksheet, points: range) -> None:
    """The chart's points; the end of each room is one of them, so that the kinks are drawn where they are."""
    headers = (
        "Part of the way",
        "Shares",
        "Spread, dollars",
        "Regular tax",
        '=IF(Second_asked="","Tentative minimum tax","Regular tax + "&First_place&" AMT")',
        "Regular tax + AMT",
    )
    put_headers(sheet, points[0] - 2, "X", headers)
    for column in ("X", "Y", "Z", "AA", "AB", "AC"):
        put(sheet, f"{column}{points[0] - 1}", None, style.TOTAL)
    for row in points:
        step = row - points[0]
        if step <= STEPS_TO_ROOM:
            part, shares = step / STEPS_TO_ROOM, f"=$X{row}*Room_ends"
        else:
            part = (step - STEPS_TO_ROOM) / STEPS_BEYOND
            to_the_turn = f"=Room_ends+$X{row}/Turn*(Turn_ends-Room_ends)"
            from_the_turn = f"=Turn_ends+($X{row}-Turn)/(1-Turn)*(Chart_ends-Turn_ends)"
            shares = to_the_turn if part <= TURN else from_the_turn
        # Each grant adds its rise over the grant before it to every share after its start.
        spread = f"=Used+SUMPRODUCT(($Y{row}>Fill_before)*($Y{row}-Fill_before)*Fill_rise)"
        first = f"({CLIENT},$Z{row},{facts_in('First_asked')})"
        tentative = f'=IF(Second_asked="",AMT_TENTATIVE_TAX{first},$AA{row}+AMT_OWED{first})'
        put(sheet, f"X{row}", part, style.PLAIN_FORMULA, "0.0000")
        put(sheet, f"Y{row}", shares, style.PLAIN_FORMULA, style.EXACT_SHARES)
        put(sheet, f"Z{row}", spread, style.PLAIN_FORMULA, style.DOLLARS)
        put(sheet, f"AA{row}", "=Compared_tax", style.PLAIN_FORMULA, style.DOLLARS)
        put(sheet, f"AB{row}", tentative, style.PLAIN_FORMULA, style.DOLLARS)
        put(sheet, f"AC{row}", f"=$AA{row}+AMT_OWED({CLIENT},$Z{row},{FACTS})", style.PLAIN_FORMULA, style.DOLLARS)


def _marker(sheet: Worksheet, marker: range, points: range) -> None:
    """The vertical line where the room ends: through the kink, from the chart's foot to its highest point."""
    # Where there is no tax at all, half a cent gives the words beside the line a height to stand at.
    put_headers(sheet, marker[0] - 2, "AE", ("Where the room ends, shares", "Height, dollars"))
    for column in ("AE", "AF"):
        put(sheet, f"{column}{marker[0] - 1}", None, style.TOTAL)
    lowest, highest = f"MIN({span('AB', points)})", f"MAX({span('AC', points)})"
    heights = (
        f"=IF({lowest}<Chart_from_zero*{highest},0,{lowest})",
        "=Compared_tax",
        f"=MAX(Half_a_cent,{highest})",
    )
    for row, height in zip(marker, heights, strict=True):
        put(sheet, f"AE{row}", "=Room_ends", style.PLAIN_FORMULA, style.EXACT_SHARES)
        put(sheet, f"AF{row}", height, style.PLAIN_FORMULA, style.DOLLARS)


def _single_figures(sheet: Worksheet, rows: range, first: int, work_ended_by: EndOfWork) -> str:
    """The figures that the fill and the chart share; gives the cell with the words beside the chart's line."""
    shares, per_share, labels = span("D", rows), span("E", rows), span("B", rows)
    room_ends = "Shares_in_room+(Room_left-Spread_in_room)/Next_spread"
    law = incentive_stock_option_law()
    term = 12 * law.years_to_exercise
    # After death the law sets no end but the term's (IRC 421(c)(1)(A)).
    months = {"disability": law.months_after_disability, "death": term}
    months_after_the_work = months.get(work_ended_by, law.months_after_employment)
    status = 'IF(Filing_status="","Enter the filing status on the sheet Client. ","")'
    year = 'IF(Tax_year="","Enter the tax year on the sheet Client. ","")'
    wages = 'IF(Wages="","Enter the wages on the sheet Client, 0 where there are none. ","")'
    fits = '"All "&TEXT(All_shares,"#,##0")&" shares fit in the room"'
    ends = '"Room: "&TEXT(Shares_in_room,"#,##0")&" shares"'
    reach = "MAX(Room_ends*Chart_reach,(Other_ends>Room_ends)*(Other_ends+Room_ends))"
    figures: dict[str, tuple[str, Value, str]] = {
        "Missing_inputs": ("What no answer can be given without", f"=TRIM({status}&{year}&{wages})", style.WORDS),
        "Status_asked": (
            "Filing status; single before it is entered",
            '=IF(Filing_status="","Single",Filing_status)',
            style.WORDS,
        ),
        "Year_asked": (
            "Tax year; the last enacted one before it is entered",
            '=IF(Tax_year="",Law_enacted_through,Tax_year)',
            style.WHOLE,
        ),
        "ISO_term": ("Months that an ISO lasts (IRC 422(b)(3))", term, style.WHOLE),
        "ISO_months_after_work": (
            "Months that it stays one after the work (IRC 422(a)(2), (c)(6))",
            months_after_the_work,
            style.WHOLE,
        ),
        "Room_dollars": ("AMT room, dollars of spread", f"=AMT_ROOM({CLIENT},{FACTS})", style.DOLLARS),
        "Used": ("Spread exercised already, dollars", "=N(Spread_exercised)", style.DOLLARS),
        "Room_left": ("Room left, dollars of spread", "=MAX(0,Room_dollars-Used)", style.DOLLARS),
        "AMT_before": ("AMT before any exercise, dollars", f"=AMT_OWED({CLIENT},0,{FACTS})", style.DOLLARS),
        "AMT_so_far": (
            "AMT on the spread exercised already, dollars",
            f"=AMT_OWED({CLIENT},Used,{FACTS})",
            style.DOLLARS,
        ),
        "Half_a_cent": ("AMT below this counts as none, dollars", HALF_A_CENT, "0.000"),
        "Compared_tax": (
            "Regular tax to compare (Form 6251 line 10), dollars",
            f"={compared_tax()}",
            style.DOLLARS,
        ),
        "Next_dollar": (
            "AMT on the first dollar beyond the room, dollars",
            f"=AMT_OWED({CLIENT},Room_dollars+1,{FACTS})-AMT_before",
            "0.000",
        ),
        "Slack": (
            "Spread beyond it that owes less than half a cent",
            "=IF(AMT_before<Half_a_cent,Half_a_cent/Next_dollar,0)",
            "0.000",
        ),
        "All_spread": (
            "Spread of all shares in the order, dollars",
            f"=SUMPRODUCT({shares},{per_share})",
            style.DOLLARS,
        ),
        "Extra_from": (
            "The spread that more is added to, dollars",
            "=MAX(Room_dollars,Used)",
            style.DOLLARS,
        ),
        "AMT_from": ("AMT on that spread, dollars", f"=AMT_OWED({CLIENT},Extra_from,{FACTS})", style.DOLLARS),
        "Extra_base": (
            "What more is a part of, dollars",
            "=IF(Room_dollars>0,Room_dollars,All_spread)",
            style.DOLLARS,
        ),
        "Next_grant": (
            "Place in the order of the next share",
            '=IF(Shares_in_room<All_shares,MATCH(Shares_in_room,Fill_before),"")',
            style.WHOLE,
        ),
        "Next_label": ("Its grant", f'=IF(Next_grant="","",INDEX({labels},Next_grant))', style.WORDS),
        "Next_spread": (
            "Its spread per share, dollars",
            f'=IF(Next_grant="",0,INDEX({per_share},Next_grant))',
            style.CENTS,
        ),
        "Room_ends": (
            "Shares at which the room ends",
            f'=IF(Next_grant="",All_shares,{room_ends})',
            style.EXACT_SHARES,
        ),
        "Chart_reach": ("The chart reaches to this many rooms", CHART_REACH, "0.0"),
        "Chart_from_zero": (
            "The chart shows 0 if its lowest point is below this part of its highest",
            CHART_FROM_ZERO,
            "0.0",
        ),
        "Chart_ends": (
            "Shares at the chart's right edge",
            f"=IF(Room_ends>0,MIN(All_shares,{reach}),All_shares)",
            style.EXACT_SHARES,
        ),
        "Room_words": (
            "Words beside the line",
            f'=IF(All_shares=0,"No ISO shares yet",IF(Next_grant="",{fits},{ends}))',
            style.WORDS,
        ),
        **jurisdiction_figures(),
        **other_room_on_the_chart(),
    }
    put_headers(sheet, first - 1, "AE", ("Single figures", ""), height=15)
    for row, (name, (label, value, number_format)) in enumerate(figures.items(), start=first):
        put(sheet, f"AE{row}", label, style.PLAIN_FORMULA)
        look = style.INPUT if name in _TYPED_IN else style.PLAIN_FORMULA
        put(sheet, f"AF{row}", value, look.to_the("right"), number_format)
        define(sheet, name, f"AF{row}")
    return f"$AF${first + list(figures).index('Room_words')}"
