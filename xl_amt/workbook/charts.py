"""The workbook's charts."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, Reference, ScatterChart, Series
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.label import DataLabel, DataLabelList
from openpyxl.chart.legend import Legend, LegendEntry
from openpyxl.chart.marker import DataPoint, Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import span

TAX, REGULAR_TAX, TENTATIVE_TAX, ROOM_LINE = "1F3864", "7F8FA6", "C55A11", "00703C"
WORDS, AXIS, GRID = "404040", "A6A6A6", "E3E7ED"
# A chart without data has an axis from 0 to 1: its fractions would all show as $0 or $1.
DOLLARS, SHARES = '[>=2]$#,##0;[>0]"";$0', '[>=2]#,##0;[>0]"";0'
_POINT: Final = 12_700  # a point of line width in the drawing's unit


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


class Pen(NamedTuple):
    """The colour of a line, its width in points and its dashes."""

    color: str
    width: float
    dashes: Literal["solid", "dash", "sysDash"] = "solid"


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
    top.txPr = _text(ROOM_LINE, bold=True)
    room.dLbls = DataLabelList(dLbl=[top], showSerName=False, **_ONLY_THE_NAME)
    chart.series.append(room)
    line_left_out = [LegendEntry(idx=len(chart.series) - 1, delete=True)]
    chart.legend = Legend(legendPos="b", overlay=False, legendEntry=line_left_out)
    _finish(chart, "ISO shares exercised, in the order of the table", "Dollars of tax", width=14, height=11)
    chart.x_axis.number_format = SHARES
    chart.x_axis.scaling.min = 0
    return chart


def tax_by_scenario(sheet: Worksheet, columns: tuple[str, str], names_row: int, tax_rows: tuple[int, int]) -> BarChart:
    """Regular tax with the AMT on top of it, a column a scenario."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 60
    first, last = columns
    for row, color in zip(tax_rows, (TAX, TENTATIVE_TAX), strict=True):
        series = Series(_cells(sheet, f"${first}${row}:${last}${row}"))
        series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!$A${row}"))
        series.graphicalProperties = GraphicalProperties(solidFill=color)
        chart.series.append(series)
    chart.set_categories(_cells(sheet, f"${first}${names_row}:${last}${names_row}"))
    chart.legend = Legend(legendPos="b", overlay=False)
    _finish(chart, None, "Dollars of tax", width=14, height=11)
    chart.y_axis.scaling.min = 0  # a bar is read by its length
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
    across, up = (_cells(sheet, span(column, rows)) for column in columns)
    series: ChartSeries = Series(up, across)
    series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!{name}"))
    series.smooth = False  # a smoothed line would bend before the kink
    series.marker = Marker(symbol="none")
    series.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=pen.color, w=int(pen.width * _POINT), prstDash=pen.dashes)
    )
    return series


def _cells(sheet: Worksheet, where: str) -> Reference:
    return Reference(range_string=f"{sheet.title}!{where}")


def _finish(chart: ScatterChart | BarChart, across: str | None, up: str, *, width: int, height: int) -> None:
    """Size (centimetres), axes and legend, the same for every chart."""
    chart.width, chart.height = width, height
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.title, chart.y_axis.title = _title(across), _title(up)
    chart.x_axis.axPos = "b"
    chart.x_axis.majorGridlines = None
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))
    chart.y_axis.number_format = DOLLARS
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = _text(WORDS)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=AXIS))


def _title(words: str | None) -> Title | None:
    """An axis title beside the plot, not over it."""
    if words is None:
        return None
    run = RegularTextRun(rPr=_characters(WORDS), t=words)
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)


def _characters(color: str, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=900, b=bold, solidFill=color)


def _text(color: str, *, bold: bool = False) -> RichText:
    properties = ParagraphProperties(defRPr=_characters(color, bold=bold))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())])
