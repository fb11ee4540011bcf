"""Formula columns of the sheet Holdings: the day that is asked of each, and the value of its shares."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook

from xl_amt.law.incentive_stock_options import incentive_stock_option_law
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.tables.record_tables import HOLDINGS
from xl_amt.workbook.tables.write import Computed, write_table

Letters = dict[str, str]

_LAST_DAY_ASKED: Final = "DATE(Year_asked+1,1,1)-1"
FOR_LIFE: Final = "death"  # after it the law sets no end but the term's (IRC 421(c)(1)(A))


def add_holdings(workbook: Workbook, book: Book) -> None:
    """Add the sheet of the companies that the client, and the spouse, hold anything of."""
    write_table(workbook, book, HOLDINGS, holding_columns())


def holding_columns() -> tuple[Computed, ...]:
    """What a holding's grants are measured by, for the year that is asked."""
    return (
        Computed("Holding_valued", "Value known on", _valued_on, style.DAY_IF_ANY),
        Computed("Holding_value", "Value per share, dollars", _value, style.PRICE),
        Computed("Holding_day", "Shares asked on", _day, style.DAY_IF_ANY),
        Computed("Holding_splits", "Splits since the counts", _splits, style.COUNT),
        Computed("Holding_ISO_months", "Months an ISO outlives the work", _months_after_the_work, style.WHOLE),
    )


def is_of(whose: str, row: int, letters: Letters) -> str:
    """Whether the rows of a table, such as Event, are of the company and the holder of this row; a blank is the client.

    >>> is_of("Event", 8, {"company": "A", "holder": "B"})
    '(Event_company=$A8)*((Event_holder="spouse")=($B8="spouse"))'
    """
    company, holder = (f"${letters[field]}{row}" for field in ("company", "holder"))
    return is_of_holding(whose, company, holder)


def is_of_holding(whose: str, company: str, holder: str) -> str:
    """Whether the rows of a table are of the company and the holder that two cells name; a blank is the client."""
    return f'({whose}_company={company})*(({whose}_holder="spouse")=({holder}="spouse"))'


def _values(row: int, letters: Letters) -> str:
    return f'(Event_kind="value")*{is_of("Event", row, letters)}'


def _valued_on(row: int, letters: Letters) -> str:
    """The latest day, in the year asked or before, on which the value of a share is known."""
    return f"IFERROR(SUMPRODUCT(MAX({_values(row, letters)}*(Event_day<={_LAST_DAY_ASKED})*Event_day)),0)"


def _value(row: int, letters: Letters) -> str:
    """The value known then; where none of the year is, the one planned for it, if there is one holding alone."""
    valued = f"${letters['Holding_valued']}{row}"
    known = f"IFERROR(SUMPRODUCT(MAX({_values(row, letters)}*(Event_day={valued})*Event_price)),0)"
    planned = "N(INDEX(Planned_value_per_share,Asked_place))"
    takes_the_plan = f'AND({planned}>0,YEAR({valued})<Year_asked,SUMPRODUCT((Holding_holder<>"")*1)<=1)'
    return f"IF({takes_the_plan},{planned},{known})"


def _day(row: int, letters: Letters) -> str:
    """The day of the counts, or of the latest value where nothing is counted, and at least within the year asked."""
    counted, valued = (f"${letters[field]}{row}" for field in ("as_of", "Holding_valued"))
    known = f"MAX(N({counted}),(N({counted})=0)*{valued})"
    return f"IF({known}=0,0,MIN(MAX({known},DATE(Year_asked,1,1)),{_LAST_DAY_ASKED}))"


def _splits(row: int, letters: Letters) -> str:
    """Splits after the counts, by the day that is asked: the strikes and shares of the grants are those before them."""
    counted, day = (f"N(${letters[field]}{row})" for field in ("as_of", "Holding_day"))
    since = f'(Event_kind="split")*{is_of("Event", row, letters)}*(Event_day>{counted})*(Event_day<={day})'
    return f"IFERROR(SUMPRODUCT({since}),0)"


def _months_after_the_work(row: int, letters: Letters) -> str:
    reason = f"${letters['work_ended_by']}{row}"
    return (
        f'IF({reason}="{FOR_LIFE}",ISO_term,IF({reason}="disability",ISO_months_after_disability,'
        "ISO_months_after_work))"
    )


def law_of_the_end() -> dict[str, tuple[str, int, str]]:
    """How long an option stays an ISO, in months: a label, a number and a format by defined name."""
    law = incentive_stock_option_law()
    return {
        "ISO_term": ("Months that an ISO lasts (IRC 422(b)(3))", 12 * law.years_to_exercise, style.WHOLE),
        "ISO_term_of_owner": (
            "Months that the ISO of a 10% owner lasts (IRC 422(c)(5))",
            12 * law.ten_percent_owner_years,
            style.WHOLE,
        ),
        "ISO_months_after_work": (
            "Months that it remains one after employment ends (IRC 422(a)(2))",
            law.months_after_employment,
            style.WHOLE,
        ),
        "ISO_months_after_disability": (
            "Months after employment that a disability ended (IRC 422(c)(6))",
            law.months_after_disability,
            style.WHOLE,
        ),
    }
