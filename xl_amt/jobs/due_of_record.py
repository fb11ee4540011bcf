"""The calendar that a client's workbook shows: what is due, and the steps that the record plans, without a clock."""

from __future__ import annotations

from datetime import date

from xl_amt.calendar import Calendar
from xl_amt.calendar.vesting_by_year import vesting_by_year
from xl_amt.client import ClientRecord
from xl_amt.jobs.due_dates import Besides, due_dates

_LAST_DAY_OF_RETURNS = (4, 30)  # month and day of the next year by which a year's taxes are due


def due_of_record(record: ClientRecord) -> Calendar:
    """Everything due for a record's holdings, in order of its day; options that vest monthly, one line per year.

    It begins on the first day on which a holding is counted, else with the record's first year, and ends when the taxes
    of its last year are due. Nothing is due for a record without a year or a holding. AmtError says what of the record
    cannot be followed.
    """
    if not record.years or not record.holdings:
        return Calendar((), ())
    of_years = [one.year for one in record.years]
    first_day = min((one.as_of for one in record.holdings if one.as_of), default=date(min(of_years), 1, 1))
    last_day = max(first_day, date(max(of_years) + 1, *_LAST_DAY_OF_RETURNS))
    found = due_dates(record, Besides(), first_day, last_day)
    return found._replace(entries=vesting_by_year(found.entries))
