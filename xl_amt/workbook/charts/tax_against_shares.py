"""Tax against shares exercised, with the room marked."""

from __future__ import annotations

from typing import Final, NamedTuple

from openpyxl.chart import ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import span
from xl_amt.workbook.charts.parts import (
    POINT,
    REGULAR_TAX,
    ROOM_LINE,
    SHARES,
    TAX,
    TENTATIVE_TAX,
    Pen,
    cells,
    finish,
    text,
)


class CurveCells(NamedTuple):
    """Where the chart's points stand: their rows, the row of their names, and a column for each quantity."""

    rows: range
    header: int
    shares: str
    tax: str
    regular_tax: str
    tentative_tax: str


class LineCells(NamedTuple):
    """Where the three points of the room's line stand (foot, kink, top), and the cell with its words."""

    rows: range
    shares: str
    heights: str
    words: str


def tax_against_shares(sheet: Worksheet, curve: CurveCells, line: LineCells) -> ScatterChart:
    """Regular tax and tentative minimum tax against shares exercised; a line stands where they cross."""
    chart = ScatterChart()
    chart.style = None
    chart.scatterStyle = "lineMarker"
    # What is paid is the larger of the two: a solid line that the two dashed ones join, one on each side.
    for column, pen in (
        (curve.tax, Pen(TAX, 2.5)),
        (curve.regular_tax, Pen(REGULAR_TAX, 1.5, "dash")),
        (curve.tentative_tax, Pen(TENTATIVE_TAX, 1.5, "dash")),
    ):
        chart.series.append(_line(sheet, f"${column}${curve.header}", (curve.shares, column), curve.rows, pen))
    room = _line(sheet, line.words, (line.shares, line.heights), line.rows, Pen(ROOM_LINE, 1.5, "sysDash"))
    dot = GraphicalProperties(solidFill=ROOM_LINE)
    segment = GraphicalProperties(solidFill=ROOM_LINE, ln=room.graphicalProperties.ln)
    kink = DataPoint(idx=1, marker=Marker(symbol="circle", size=9, spPr=dot), spPr=segment)
    room.dPt.append(kink)
    top = DataLabel(idx=2, dLblPos="r", showSerName=True, **_ONLY_THE_NAME)
    top.txPr = text(ROOM_LINE, bold=True)
    room.dLbls = DataLabelList(dLbl=[top], showSerName=False, **_ONLY_THE_NAME)
    chart.series.append(room)
    line_left_out = [LegendEntry(idx=len(chart.series) - 1, delete=True)]
    chart.legend = Legend(legendPos="b", overlay=False, legendEntry=line_left_out)
    finish(chart, "ISO shares exercised, in the order of the table", "Dollars of tax", width=14, height=11)
    chart.x_axis.number_format = SHARES
    chart.x_axis.scaling.min = 0
    return chart


_ONLY_THE_NAME: Final = {
    "showVal": False,
    "showCatName": False,
    "showLegendKey": False,
    "showPercent": False,
    "showBubbleSize": False,
}


def _line(sheet: Worksheet, name: str, columns: tuple[str, str], rows: range, pen: Pen) -> ChartSeries:
    """A series drawn straight from point to point."""
    across, up = (cells(sheet, span(column, rows)) for column in columns)
    series: ChartSeries = Series(up, across)
    series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!{name}"))
    series.smooth = False  # a smoothed line would bend before the kink
    series.marker = Marker(symbol="none")
    series.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=pen.color, w=int(pen.width * POINT), prstDash=pen.dashes)
    )
    return series
