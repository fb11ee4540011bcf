"""What the charts have in common: colors, axes, legend and letters."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, LineChart, Reference, ScatterChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties, RegularTextRun
from openpyxl.worksheet.worksheet import Worksheet

TAX, REGULAR_TAX, TENTATIVE_TAX, ROOM_LINE = "1F3864", "7F8FA6", "C55A11", "00703C"
WORDS, AXIS, GRID = "404040", "A6A6A6", "E3E7ED"
# A chart without data has an axis from 0 to 1: its fractions would all show as $0 or $1.
DOLLARS, SHARES = '[>=2]$#,##0;[>0]"";$0', '[>=2]#,##0;[>0]"";0'
POINT: Final = 12_700  # a point of line width in the drawing's unit


class Pen(NamedTuple):
    """The colour of a line, its width in points and its dashes."""

    color: str
    width: float
    dashes: Literal["solid", "dash", "sysDash"] = "solid"


def cells(sheet: Worksheet, where: str) -> Reference:
    """Cells of the sheet as a series refers to them."""
    return Reference(range_string=f"{sheet.title}!{where}")


def finish(chart: ScatterChart | BarChart | LineChart, across: str | None, up: str, *, width: int, height: int) -> None:
    """Size (centimetres), axes and legend, the same for every chart."""
    chart.width, chart.height = width, height
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.x_axis.title, chart.y_axis.title = title(across), title(up)
    chart.x_axis.axPos = "b"
    chart.x_axis.majorGridlines = None
    chart.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=LineProperties(solidFill=GRID)))
    chart.y_axis.number_format = DOLLARS
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False
        axis.txPr = text(WORDS)
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=AXIS))


def title(words: str | None) -> Title | None:
    """An axis title next to the plot, not over it."""
    if words is None:
        return None
    run = RegularTextRun(rPr=characters(WORDS), t=words)
    return Title(tx=Text(rich=RichText(p=[Paragraph(r=[run])])), overlay=False)


def characters(color: str, *, bold: bool = False) -> CharacterProperties:
    """Letters of the charts' size."""
    return CharacterProperties(sz=900, b=bold, solidFill=color)


def text(color: str, *, bold: bool = False) -> RichText:
    """The look of words that the chart takes from cells."""
    properties = ParagraphProperties(defRPr=characters(color, bold=bold))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties())])
