"""The return that most functions start from."""

from __future__ import annotations

from xl_amt.forms.us.total_tax import Return, return_of
from xl_amt.household import Household
from xl_amt.law import federal_law


def year_of(household: Household) -> Return:
    """The household's return under the law of its year and status, ready for any ISO spread."""
    return return_of(household, federal_law(household.year, household.status, household.law_book))
