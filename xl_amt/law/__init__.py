"""Tax law as data: enacted numbers with their sources; later years by each number's own rule, and marked so."""

from xl_amt.law.book import LawBook, Number
from xl_amt.law.books import book_over, check_book, enacted_through, law_book, law_fingerprint, register_law_book
from xl_amt.law.california import CaliforniaLaw, california_law
from xl_amt.law.colorado import ColoradoLaw
from xl_amt.law.connecticut import ConnecticutLaw
from xl_amt.law.equity_allocation import AllocationPeriod, allocation_period
from xl_amt.law.estimated_tax import EstimatedTaxLaw, estimated_tax_law
from xl_amt.law.federal import FederalLaw, SteppedDeduction, federal_law
from xl_amt.law.held import enacted, hold, is_held, jurisdictions
from xl_amt.law.incentive_stock_options import IncentiveStockOptionLaw, incentive_stock_option_law
from xl_amt.law.jurisdiction import US, Jurisdiction
from xl_amt.law.law_of import law_of
from xl_amt.law.minnesota import MinnesotaLaw
from xl_amt.law.parameters import look_up, parameters
from xl_amt.law.schedule import Schedule
from xl_amt.law.small_business_stock import SmallBusinessStockLaw, small_business_tiers
from xl_amt.law.status import STATUSES, Status, read_status

# Whose law is held, and the records that are made of each file.
hold("US", FederalLaw, EstimatedTaxLaw, IncentiveStockOptionLaw, SmallBusinessStockLaw)
hold("CA", CaliforniaLaw, EstimatedTaxLaw, AllocationPeriod)
hold("CO", ColoradoLaw)
hold("CT", ConnecticutLaw)
hold("MN", MinnesotaLaw)
hold("NJ", AllocationPeriod)
hold("NY", AllocationPeriod)

ESTIMATED_TAXES = jurisdictions(EstimatedTaxLaw)
ALLOCATING_STATES = jurisdictions(AllocationPeriod)  # those whose rule was read in the state's own words

__all__ = [
    "ALLOCATING_STATES",
    "ESTIMATED_TAXES",
    "STATUSES",
    "US",
    "AllocationPeriod",
    "CaliforniaLaw",
    "EstimatedTaxLaw",
    "FederalLaw",
    "IncentiveStockOptionLaw",
    "Jurisdiction",
    "LawBook",
    "Number",
    "Schedule",
    "SmallBusinessStockLaw",
    "Status",
    "SteppedDeduction",
    "allocation_period",
    "book_over",
    "california_law",
    "check_book",
    "enacted",
    "enacted_through",
    "estimated_tax_law",
    "federal_law",
    "hold",
    "incentive_stock_option_law",
    "is_held",
    "jurisdictions",
    "law_book",
    "law_fingerprint",
    "law_of",
    "look_up",
    "parameters",
    "read_status",
    "register_law_book",
    "small_business_tiers",
]
