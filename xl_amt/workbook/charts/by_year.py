"""Amounts by year: columns side by side or on top of each other, and marks over them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, LineChart, ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.charts.parts import cells, finish

SPREAD, AMT, PALE_AMT, CREDIT, PALE_CREDIT = "C3CEDD", "C55A11", "E3A57C", "00703C", "8FC3A3"
STRIKES, FEDERAL, STATE, INFLOW = "7F8FA6", "1F3864", "C55A11", "00703C"
# Labels of an axis that may go below zero; the fractions of an axis without data show as nothing.
DOLLARS_EITHER_WAY: Final = '[>=2]$#,##0;[<=-2]-$#,##0;""'


class Amounts(NamedTuple):
    """A row of amounts, one cell per year, and its color; its name stands in column A."""

    row: int
    color: str


class Years(NamedTuple):
    """The first and the last column of the years, and the row of their headings."""

    first: str
    last: str
    heading: int


def amounts_by_year(
    sheet: Worksheet,
    years: Years,
    columns: Sequence[Amounts],
    marks: Sequence[Amounts] = (),
    *,
    grouping: Literal["clustered", "stacked"] = "stacked",
) -> BarChart:
    """Columns of amounts by year, with marks over them; hidden years are not drawn."""
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", grouping, 60
    chart.overlap = 100 if grouping == "stacked" else 0
    for amounts in columns:
        series = _series(sheet, years, amounts)
        series.graphicalProperties = GraphicalProperties(solidFill=amounts.color)
        series.invertIfNegative = False  # else what is below zero would be drawn white
        chart.series.append(series)
    chart.set_categories(cells(sheet, _across(years, years.heading)))
    finish(chart, None, "Dollars", width=24, height=8)
    chart.y_axis.number_format = DOLLARS_EITHER_WAY
    chart.x_axis.tickLblPos = "low"  # below what is below zero
    chart.legend = Legend(legendPos="t", overlay=False)
    if marks:
        over = LineChart()
        for amounts in marks:
            over.series.append(_marks(sheet, years, amounts))
        chart += over
    return chart


def put_across(
    sheet: Worksheet, chart: BarChart | LineChart | ScatterChart, first: str, last: str, rows: range
) -> None:
    """Let a chart reach from one column to another, as wide as the years that are shown."""
    start, end = (column_index_from_string(column) for column in (first, last))
    corners = AnchorMarker(col=start - 1, row=rows[0] - 1), AnchorMarker(col=end, row=rows[-1])
    chart.anchor = TwoCellAnchor(editAs="twoCell", _from=corners[0], to=corners[1])  # type: ignore[assignment]
    sheet.add_chart(chart)


def _marks(sheet: Worksheet, years: Years, amounts: Amounts) -> ChartSeries:
    series = _series(sheet, years, amounts)
    series.smooth = False
    series.marker = Marker(symbol="diamond", size=9)
    series.marker.graphicalProperties = GraphicalProperties(solidFill=amounts.color)
    series.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    return series


def _series(sheet: Worksheet, years: Years, amounts: Amounts) -> ChartSeries:
    series: ChartSeries = Series(cells(sheet, _across(years, amounts.row)))
    series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!$A${amounts.row}"))
    return series


def _across(years: Years, row: int) -> str:
    return f"${years.first}${row}:${years.last}${row}"
