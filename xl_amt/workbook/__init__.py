"""The client workbook: built from a client's facts, filled with every value, checked, and saved."""

from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.client_facts import ClientFacts
from xl_amt.workbook.save import filled_package, save_workbook

__all__ = ["ClientFacts", "build_workbook", "filled_package", "save_workbook"]
