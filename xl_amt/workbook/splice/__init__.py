"""Editing a workbook file without loss: what is edited is spliced in, and every other byte stays as it is.

A library that loads and saves a workbook drops what it does not know: sparklines, text boxes, slicers, comments. Here
a part is not rewritten. The parser says at which byte each element begins and ends, and only those bytes change.
"""

from xl_amt.workbook.splice.book import Book, open_book
from xl_amt.workbook.splice.edits import Edits

__all__ = ["Book", "Edits", "open_book"]
