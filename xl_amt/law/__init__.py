"""Tax law as data: enacted numbers with their sources; later years by each number's own rule, and marked so."""

from xl_amt.law.book import LawBook, Number, enacted
from xl_amt.law.books import law_book, register_law_book
from xl_amt.law.federal import FederalLaw, SteppedDeduction, federal_law
from xl_amt.law.parameters import PARAMETERS, look_up
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import STATUSES, Status, read_status

__all__ = [
    "PARAMETERS",
    "STATUSES",
    "FederalLaw",
    "LawBook",
    "Number",
    "Schedule",
    "Status",
    "SteppedDeduction",
    "enacted",
    "federal_law",
    "law_book",
    "look_up",
    "read_status",
    "register_law_book",
]
