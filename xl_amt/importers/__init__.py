"""Exports of equity platforms -> grants, with a report that accounts for every row.

``read_carta_export`` is the public entry; spreadsheets are opened only when it is called.
"""

from xl_amt.importers.carta import needed_columns, read_carta_export
from xl_amt.importers.report import ImportRemark, ImportResult, Place, RejectedRow

__all__ = ["ImportRemark", "ImportResult", "Place", "RejectedRow", "needed_columns", "read_carta_export"]
