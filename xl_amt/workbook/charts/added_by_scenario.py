"""What each scenario adds to the base's tax, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from openpyxl.chart import BarChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.charts.by_year import DOLLARS_EITHER_WAY
from xl_amt.workbook.charts.parts import REGULAR_TAX, TAX, TENTATIVE_TAX, cells, finish


def added_by_scenario(sheet: Worksheet, columns: tuple[str, str], names_row: int, rows: Sequence[int]) -> BarChart:
    """Added regular tax, AMT and the rest on top of each other, a bar a scenario; what it saves hangs below."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 120
    first, last = columns
    for row, color in zip(rows, (TAX, TENTATIVE_TAX, REGULAR_TAX), strict=True):
        series = Series(cells(sheet, f"${first}${row}:${last}${row}"))
        series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!$A${row}"))
        series.graphicalProperties = GraphicalProperties(solidFill=color)
        series.invertIfNegative = False  # else what is below zero would be drawn white
        chart.series.append(series)
    chart.set_categories(cells(sheet, f"${first}${names_row}:${last}${names_row}"))
    finish(chart, None, "Dollars of tax added", width=14, height=11)
    chart.y_axis.number_format = DOLLARS_EITHER_WAY
    chart.x_axis.tickLblPos = "low"
    chart.legend = Legend(legendPos="t", overlay=False)
    return chart
