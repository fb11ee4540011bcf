"""The right-hand part of sheet Room, not printed: the points of the chart, and single figures."""

from __future__ import annotations

from typing import Final

from openpyxl.chart import ScatterChart
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.cells import CLIENT, FACTS, Value, define, facts_in, put, put_headers, put_section, span
from xl_amt.workbook.charts import CurveCells, LineCells, tax_against_shares
from xl_amt.workbook.sheets.both_rooms import TURN, compared_tax, jurisdiction_figures, other_room_on_the_chart
from xl_amt.workbook.sheets.holdings import law_of_the_end

WIDTHS: Final = (
    *(11, 13, 14, 14, 14, 14),  # the chart's points
    3,
    *(62, 22),  # single figures
)
POINTS: Final = ("S", "T", "U", "V", "W", "X")  # part of the way, shares, spread, regular, tentative and all tax
_POINT_NAMES: Final = ("part", "shares", "spread", "regular", "tentative", "tax")
LABEL, FIGURE = "Z", "AA"
HALF_A_CENT: Final = 0.005  # AMT below it is none, as in the engine
CHART_REACH: Final = 2.5
CHART_FROM_ZERO: Final = 0.8
_TYPED_IN: Final = ("Chart_reach", "Chart_from_zero")
STEPS_TO_ROOM, STEPS_BEYOND = 8, 16


def add_workings(sheet: Worksheet, title_row: int) -> ScatterChart:
    """Add the workings next to the chart and what is under it, and give the chart that is drawn from them."""
    put_section(sheet, title_row, POINTS[0], FIGURE, "Workings (not printed)")
    first = title_row + 3
    points = range(first, first + STEPS_TO_ROOM + STEPS_BEYOND + 1)
    _points(sheet, points)
    marker = range(first, first + 3)
    _marker(sheet, marker, points)
    for name, column in zip(_POINT_NAMES, POINTS, strict=True):
        define(sheet, f"Points_{name}", span(column, points))
    words = _single_figures(sheet, first=marker[-1] + 3)
    _, shares, _, regular, tentative, tax = POINTS
    curve = CurveCells(points, header=first - 2, shares=shares, tax=tax, regular_tax=regular, tentative_tax=tentative)
    return tax_against_shares(sheet, curve, LineCells(marker, shares=LABEL, heights=FIGURE, words=words))


def _points(sheet: Worksheet, points: range) -> None:
    """The chart's points; the end of each room is one of them, so the kinks are drawn where they are."""
    headers = (
        "Part of the way",
        "Shares",
        "Spread, dollars",
        "Regular tax",
        '=IF(Second_asked="","Tentative minimum tax","Regular tax + "&First_place&" AMT")',
        "Regular tax + AMT",
    )
    put_headers(sheet, points[0] - 2, POINTS[0], headers)
    for column in POINTS:
        put(sheet, f"{column}{points[0] - 1}", None, style.TOTAL)
    for row in points:
        way, at, spread_of, regular, tentative, all_tax = (f"${column}{row}" for column in POINTS)
        step = row - points[0]
        if step <= STEPS_TO_ROOM:
            part, shares = step / STEPS_TO_ROOM, f"={way}*Room_ends"
        else:
            part = (step - STEPS_TO_ROOM) / STEPS_BEYOND
            to_the_turn = f"=Room_ends+{way}/Turn*(Turn_ends-Room_ends)"
            from_the_turn = f"=Turn_ends+({way}-Turn)/(1-Turn)*(Chart_ends-Turn_ends)"
            shares = to_the_turn if part <= TURN else from_the_turn
        # Each grant adds its rise over the grant before it to every share after its start.
        spread = f"=Used+SUMPRODUCT(({at}>Fill_before)*({at}-Fill_before)*Fill_rise)"
        first = f"({CLIENT},{spread_of},{facts_in('First_asked')})"
        figures: dict[str, tuple[Value, str]] = {
            way: (part, "0.0000"),
            at: (shares, style.EXACT_SHARES),
            spread_of: (spread, style.DOLLARS),
            regular: ("=Compared_tax", style.DOLLARS),
            tentative: (f'=IF(Second_asked="",AMT_TENTATIVE_TAX{first},{regular}+AMT_OWED{first})', style.DOLLARS),
            all_tax: (f"={regular}+AMT_OWED({CLIENT},{spread_of},{FACTS})", style.DOLLARS),
        }
        for where, (value, number_format) in figures.items():
            put(sheet, where.replace("$", ""), value, style.PLAIN_FORMULA, number_format)


def _marker(sheet: Worksheet, marker: range, points: range) -> None:
    """The vertical line where the room ends: through the kink, from the chart's foot to its highest point."""
    # Where there is no tax at all, half a cent gives the words next to the line a height to stand at.
    put_headers(sheet, marker[0] - 2, LABEL, ("Where the room ends, shares", "Height, dollars"))
    for column in (LABEL, FIGURE):
        put(sheet, f"{column}{marker[0] - 1}", None, style.TOTAL)
    lowest, highest = f"MIN({span(POINTS[4], points)})", f"MAX({span(POINTS[5], points)})"
    heights = (
        f"=IF({lowest}<Chart_from_zero*{highest},0,{lowest})",
        "=Compared_tax",
        f"=MAX(Half_a_cent,{highest})",
    )
    for row, height in zip(marker, heights, strict=True):
        put(sheet, f"{LABEL}{row}", "=Room_ends", style.PLAIN_FORMULA, style.EXACT_SHARES)
        put(sheet, f"{FIGURE}{row}", height, style.PLAIN_FORMULA, style.DOLLARS)


def _owed(spread: str) -> str:
    return f"AMT_OWED({CLIENT},{spread},{FACTS})"


def _single_figures(sheet: Worksheet, first: int) -> str:
    """The figures that the fill and the chart share; gives the cell with the words next to the chart's line."""
    room_ends = "Shares_in_room+(Room_left-Spread_in_room)/Next_spread"
    fits = '"All "&TEXT(All_shares,"#,##0")&" shares fit in the room"'
    ends = '"Room: "&TEXT(Shares_in_room,"#,##0")&" shares"'
    reach = "MAX(Room_ends*Chart_reach,(Other_ends>Room_ends)*(Other_ends+Room_ends))"
    figures: dict[str, tuple[str, Value, str]] = {
        **law_of_the_end(),
        "Room_dollars": ("AMT room, dollars of spread", f"=AMT_ROOM({CLIENT},{FACTS})", style.DOLLARS),
        "Room_left": ("Room left, dollars of spread", "=MAX(0,Room_dollars-Used)", style.DOLLARS),
        "AMT_before": ("AMT before any exercise, dollars", f"={_owed('0')}", style.DOLLARS),
        "AMT_so_far": (
            "AMT on the spread exercised already, dollars",
            f"={_owed('Used')}",
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
            f"={_owed('Room_dollars+1')}-AMT_before",
            "0.000",
        ),
        "Slack": (
            "Spread beyond it that owes less than half a cent",
            "=IF(AMT_before<Half_a_cent,Half_a_cent/Next_dollar,0)",
            "0.000",
        ),
        "All_spread": (
            "Spread of all shares in the order, dollars",
            "=SUMPRODUCT(Fill_all,Fill_spread)",
            style.DOLLARS,
        ),
        "Extra_from": (
            "The spread that more is added to, dollars",
            "=MAX(Room_dollars,Used)",
            style.DOLLARS,
        ),
        "AMT_from": ("AMT on that spread, dollars", f"={_owed('Extra_from')}", style.DOLLARS),
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
        "Next_label": ("Its grant", '=IF(Next_grant="","",INDEX(Fill_label,Next_grant))', style.WORDS),
        "Next_spread": (
            "Its spread per share, dollars",
            '=IF(Next_grant="",0,INDEX(Fill_spread,Next_grant))',
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
    put_headers(sheet, first - 1, LABEL, ("Single figures", ""), height=15)
    for row, (name, (label, value, number_format)) in enumerate(figures.items(), start=first):
        put(sheet, f"{LABEL}{row}", label, style.PLAIN_FORMULA)
        look = style.INPUT if name in _TYPED_IN else style.PLAIN_FORMULA
        put(sheet, f"{FIGURE}{row}", value, look.to_the("right"), number_format)
        define(sheet, name, f"{FIGURE}{row}")
    return f"${FIGURE}${first + list(figures).index('Room_words')}"
