"""The four charts of the sheet Outlook, two side by side."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook.cells import put_section
from xl_amt.workbook.charts.by_year import put_across
from xl_amt.workbook.charts.outlook import Column, bars_by_year, lines_by_price, lines_by_year
from xl_amt.workbook.charts.parts import Pen
from xl_amt.workbook.sheets.outlook_layout import LAST, STRATEGIES, OutlookLayout

CHART_TITLES: Final = {
    "prices": "After tax by the price at the exit, the plan's values until then, dollars",
    "values": "Value of a share by year: the plan's, and the paths', dollars",
    "cash": "Cash by year on the plan's values: strikes, and the taxes they add, dollars",
    "credit": "Minimum tax credit after each year on the plan's values, dollars",
}
_MIDDLE: Final = ("F", "G")  # the last column of the left charts, the first of the right ones
# Strategies as `xl-amt outlook` orders them; those that come to the same lie over each other, the wider line beneath.
_PENS: Final = (
    Pen("1F3864", 3.5), Pen("C55A11", 2.5), Pen("E3A57C", 2.0, "dash"), Pen("00703C", 2.0), Pen("7F8FA6", 2.0),
    Pen("8064A2", 1.5), Pen("C55A11", 1.0, "sysDash"), Pen("BF9000", 1.5, "dash"),
)  # fmt: skip
_FAN: Final = (
    Pen("1F3864", 3.0), Pen("C3CEDD", 1.5), Pen("7F8FA6", 1.5), Pen("00703C", 2.0), Pen("7F8FA6", 1.5, "dash"),
    Pen("C3CEDD", 1.5, "dash"),
)  # fmt: skip


def put_charts(sheet: Worksheet, rows: OutlookLayout) -> None:
    """Money by price, the fan of values, cash by year, credit by year."""
    top, bottom = rows.charts
    names = rows.cash[0] - 1  # a row that is shown: of a hidden one a chart takes no name
    strategies = [Column(letter, f"${letter}${names}", _PENS[at]) for at, letter in enumerate("BCDEFGHI"[:STRATEGIES])]
    header = rows.values[0] - 1
    fan = [Column(letter, f"${letter}${header}", pen) for letter, pen in zip("BCDEFG", _FAN, strict=True)]
    charts = (
        (top, "A", _MIDDLE[0], "prices",
         lines_by_price(sheet, "A", strategies, rows.prices, "Price of a share at the exit, dollars")),
        (top, _MIDDLE[1], LAST, "values", lines_by_year(sheet, fan, rows.values, "Dollars a share")),
        (bottom, "A", _MIDDLE[0], "cash", bars_by_year(sheet, strategies, rows.cash, "Dollars")),
        (bottom, _MIDDLE[1], LAST, "credit", lines_by_year(sheet, strategies, rows.credit, "Dollars")),
    )  # fmt: skip
    for block, first, last, title, chart in charts:
        put_section(sheet, block[0] - 1, first, last, CHART_TITLES[title])
        put_across(sheet, chart, first, last, block)
