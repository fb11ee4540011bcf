"""Exports of equity platforms -> what a client has and did, with a report that accounts for every row.

``read_export`` is the public entry; spreadsheets are opened only when it is called.
"""

from xl_amt.importers.export import read_carta_export, read_export
from xl_amt.importers.refusals import needed_columns
from xl_amt.importers.report import (
    ExerciseRow,
    IgnoredRow,
    ImportRemark,
    ImportResult,
    LotRow,
    Place,
    ReadFile,
    RejectedRow,
    SaleRow,
    SplitRow,
    TrancheRow,
    ValueRow,
)

__all__ = [
    "ExerciseRow",
    "IgnoredRow",
    "ImportRemark",
    "ImportResult",
    "LotRow",
    "Place",
    "ReadFile",
    "RejectedRow",
    "SaleRow",
    "SplitRow",
    "TrancheRow",
    "ValueRow",
    "needed_columns",
    "read_carta_export",
    "read_export",
]
