"""The client workbook: built from a client's record, filled with every value, checked, saved, and read back."""

from xl_amt.workbook.book import Book
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.save import filled_package, save_workbook

__all__ = ["Book", "build_workbook", "filled_package", "save_workbook"]
