"""The charts of an outlook, whose figures stand beneath each other: lines by price, lines by year, bars by year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, TypeVar

from openpyxl.chart import BarChart, LineChart, ScatterChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as ChartSeries
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import span
from xl_amt.workbook.charts.by_year import DOLLARS_EITHER_WAY
from xl_amt.workbook.charts.parts import POINT, Pen, cells, finish

AnyChart = TypeVar("AnyChart", BarChart, LineChart)

_PRICE: Final = '$#,##0;;"$0"'


class Column(NamedTuple):
    """A column of figures, the cell with its name, and how it is drawn."""

    letter: str
    name: str
    pen: Pen


def lines_by_price(sheet: Worksheet, prices: str, columns: Sequence[Column], rows: range, across: str) -> ScatterChart:
    """Straight lines from point to point over the prices in a column, also of rows that are folded."""
    chart = ScatterChart()
    chart.style = None
    chart.scatterStyle = "lineMarker"
    for column in columns:
        series = _named(
            sheet, Series(cells(sheet, span(column.letter, rows)), cells(sheet, span(prices, rows))), column
        )
        chart.series.append(_as_line(series, column.pen))
    finish(chart, across, "Dollars after tax", width=14, height=11)
    chart.x_axis.number_format, chart.y_axis.number_format = _PRICE, DOLLARS_EITHER_WAY
    chart.x_axis.scaling.min = 0
    chart.x_axis.tickLblPos = "low"
    chart.legend = Legend(legendPos="t", overlay=False)
    chart.visible_cells_only = False
    return chart


def lines_by_year(sheet: Worksheet, columns: Sequence[Column], rows: range, up: str) -> LineChart:
    """A line a column over the years in A; years that are folded are not drawn."""
    chart = LineChart()
    for column in columns:
        series = _named(sheet, Series(cells(sheet, span(column.letter, rows))), column)
        chart.series.append(_as_line(series, column.pen))
    return _by_year(sheet, chart, rows, up)


def bars_by_year(sheet: Worksheet, columns: Sequence[Column], rows: range, up: str) -> BarChart:
    """A bar a column beside each other over the years in A; years that are folded are not drawn."""
    chart = BarChart()
    chart.type, chart.grouping, chart.gapWidth = "col", "clustered", 60
    for column in columns:
        series = _named(sheet, Series(cells(sheet, span(column.letter, rows))), column)
        series.graphicalProperties = GraphicalProperties(solidFill=column.pen.color)
        series.invertIfNegative = False
        chart.series.append(series)
    return _by_year(sheet, chart, rows, up)


def _by_year(sheet: Worksheet, chart: AnyChart, rows: range, up: str) -> AnyChart:
    chart.set_categories(cells(sheet, span("A", rows)))
    finish(chart, None, up, width=14, height=11)
    chart.y_axis.number_format = DOLLARS_EITHER_WAY
    chart.x_axis.tickLblPos = "low"
    chart.legend = Legend(legendPos="t", overlay=False)
    return chart


def _named(sheet: Worksheet, series: ChartSeries, column: Column) -> ChartSeries:
    series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!{column.name}"))
    return series


def _as_line(series: ChartSeries, pen: Pen) -> ChartSeries:
    series.smooth = False
    series.marker = Marker(symbol="none")
    series.graphicalProperties = GraphicalProperties(
        ln=LineProperties(solidFill=pen.color, w=int(pen.width * POINT), prstDash=pen.dashes)
    )
    return series
