"""The workbook's charts."""

from xl_amt.workbook.charts.added_by_scenario import added_by_scenario
from xl_amt.workbook.charts.by_year import Amounts, Years, amounts_by_year, put_across
from xl_amt.workbook.charts.tax_against_shares import CurveCells, LineCells, tax_against_shares

__all__ = [
    "Amounts",
    "CurveCells",
    "LineCells",
    "Years",
    "added_by_scenario",
    "amounts_by_year",
    "put_across",
    "tax_against_shares",
]
