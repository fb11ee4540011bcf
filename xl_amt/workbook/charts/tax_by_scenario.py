"""Tax of each scenario, beside each other."""

from __future__ import annotations

from openpyxl.chart import BarChart, Series
from openpyxl.chart.data_source import StrRef
from openpyxl.chart.legend import Legend
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.charts.parts import TAX, TENTATIVE_TAX, cells, finish


def tax_by_scenario(sheet: Worksheet, columns: tuple[str, str], names_row: int, tax_rows: tuple[int, int]) -> BarChart:
    """Regular tax with the AMT on top of it, a column a scenario."""
    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "col", "stacked", 100, 60
    first, last = columns
    for row, color in zip(tax_rows, (TAX, TENTATIVE_TAX), strict=True):
        series = Series(cells(sheet, f"${first}${row}:${last}${row}"))
        series.tx = SeriesLabel(strRef=StrRef(f"{sheet.title}!$A${row}"))
        series.graphicalProperties = GraphicalProperties(solidFill=color)
        chart.series.append(series)
    chart.set_categories(cells(sheet, f"${first}${names_row}:${last}${names_row}"))
    chart.legend = Legend(legendPos="b", overlay=False)
    finish(chart, None, "Dollars of tax", width=14, height=11)
    chart.y_axis.scaling.min = 0  # a bar is read by its length
    return chart
