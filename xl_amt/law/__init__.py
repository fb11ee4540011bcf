"""Enacted tax law as data: every number with its source. Law of no year or place is guessed."""

from xl_amt.law.book import Number, enacted
from xl_amt.law.federal import FederalLaw, federal_law
from xl_amt.law.parameters import PARAMETERS, look_up
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import STATUSES, Status, read_status

__all__ = [
    "PARAMETERS",
    "STATUSES",
    "FederalLaw",
    "Number",
    "Schedule",
    "Status",
    "enacted",
    "federal_law",
    "look_up",
    "read_status",
]
