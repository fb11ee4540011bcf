"""A workbook as a reader finds it, built from a book."""

import io

import openpyxl

from xl_amt.workbook import build_workbook, filled_package


def read(book):
    """The filled workbook of a book, with the values beside the formulas."""
    return openpyxl.load_workbook(io.BytesIO(filled_package(build_workbook(book))), data_only=True)
