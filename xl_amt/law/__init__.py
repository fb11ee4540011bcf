"""Tax law as data: enacted numbers with their sources; later years by each number's own rule, and marked so."""

from xl_amt.law.book import LawBook, Number, enacted
from xl_amt.law.books import law_book, register_law_book
from xl_amt.law.equity_allocation import ALLOCATING_STATES, AllocationPeriod, allocation_period
from xl_amt.law.estimated_tax import ESTIMATED_TAXES, EstimatedTaxLaw, estimated_tax_law
from xl_amt.law.federal import FederalLaw, SteppedDeduction, federal_law
from xl_amt.law.incentive_stock_options import IncentiveStockOptionLaw, incentive_stock_option_law
from xl_amt.law.jurisdiction import US, Jurisdiction
from xl_amt.law.parameters import PARAMETERS, look_up
from xl_amt.law.schedule import Schedule
from xl_amt.law.status import STATUSES, Status, read_status

__all__ = [
    "ALLOCATING_STATES",
    "ESTIMATED_TAXES",
    "PARAMETERS",
    "STATUSES",
    "US",
    "AllocationPeriod",
    "EstimatedTaxLaw",
    "FederalLaw",
    "IncentiveStockOptionLaw",
    "Jurisdiction",
    "LawBook",
    "Number",
    "Schedule",
    "Status",
    "SteppedDeduction",
    "allocation_period",
    "enacted",
    "estimated_tax_law",
    "federal_law",
    "incentive_stock_option_law",
    "law_book",
    "look_up",
    "read_status",
    "register_law_book",
]
