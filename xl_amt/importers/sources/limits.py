"""The most that an export may hold: those of large companies fit, and nothing that is made to exhaust a machine."""

from __future__ import annotations

MOST_BYTES = 20_000_000
MOST_UNPACKED_BYTES = 128_000_000
MOST_PARTS = 1_000
MOST_ROWS = 60_000
MOST_ELEMENTS = 4_000_000
MOST_COST = 5e6  # five seconds, and four more for each megabyte of the file
MOST_GRANTS = 500  # of one person
MOST_ROWS_OF_ONE = 10_000  # of one person's grants, vesting days, exercises and sales
MOST_COLUMNS = 256  # further ones hold no grants
MOST_JSON_BYTES = 10_000_000  # its values take twenty times as much memory
MOST_DEPTH = 20  # lists and objects within one another in a JSON file
MOST_VALUES = 2_000_000  # in a JSON file
MOST_PDF_BYTES = 5_000_000
MOST_PAGES = 50  # in a PDF file

SMALLER = "export one report or one stakeholder only"
