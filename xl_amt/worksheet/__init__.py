"""Every worksheet function, callable from Python as a cell calls it.

>>> from xl_amt.worksheet import call
>>> round(call("AMT_ROOM", 150_000, "single", 2021), 2)
27480.77
"""

from xl_amt.worksheet import functions
from xl_amt.worksheet.answering import answer, call, find_function
from xl_amt.worksheet.registry import FUNCTIONS, Argument, WorksheetFunction

__all__ = ["FUNCTIONS", "Argument", "WorksheetFunction", "answer", "call", "find_function", "functions"]
