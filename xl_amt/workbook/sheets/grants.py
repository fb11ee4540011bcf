"""Sheet Grants: all grants of all holdings, and what exercising each would come to in the year that is asked."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook

from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import Value, flag, put
from xl_amt.workbook.sheets import grant_formulas as formulas
from xl_amt.workbook.sheets.grant_formulas import COUNTED, LAST_DAY, MORE
from xl_amt.workbook.sheets.holdings import Letters
from xl_amt.workbook.tables.client_rows import YEARS_ROW
from xl_amt.workbook.tables.record_tables import GRANTS
from xl_amt.workbook.tables.write import FIRST_ROW, TOTALS_ROW, Computed, Written, write_table

_ALWAYS_SHOWN: Final = frozenset(
    {"company", "label", "award", "granted", "strike", "shares", "expires", "exercised", "exercisable", "unvested"}
)
_TOTALS: Final = {
    "shares": style.SHARES,
    "exercised": style.SHARES,
    "unvested": style.SHARES,
    "Grant_spread": style.DOLLARS,
    "Grant_cash": style.DOLLARS,
}


def add_grants(workbook: Workbook, book: Book) -> None:
    """Add the sheet of all grants of all holdings, with what exercising each would come to."""
    shown, workings = grant_columns(), (*grant_workings(), *_followed(book))
    written = write_table(workbook, book, GRANTS, (*shown, *workings), header_height=80)
    sheet, letters = written.sheet, written.letters
    _totals(written)
    _looks(written)
    used = {field for row in GRANTS.rows(book.record) for field, value in row.items() if value not in (None, "", False)}
    unused = [column.field for column in GRANTS.columns if column.field not in used | _ALWAYS_SHOWN]
    for name in (*unused, *(column.name for column in workings)):
        dimension = sheet.column_dimensions[letters[name]]
        dimension.hidden, dimension.outlineLevel = True, 1
    sheet.freeze_panes = f"{letters['award']}{FIRST_ROW}"
    _print(written, shown)


def _print(written: Written, shown: tuple[Computed, ...]) -> None:
    """Two pages side by side, each with the names of the grants: the terms and counts, and what follows of them.

    All of it on the width of a page would be too small to read.
    """
    sheet, letters, last = written.sheet, written.letters, written.closing_row
    terms = f"A1:{letters[GRANTS.columns[-1].field]}{last}"
    sheet.print_area = [terms, f"{letters[shown[0].name]}1:{letters[shown[-1].name]}{last}"]
    put(sheet, f"{letters[shown[0].name]}{TOTALS_ROW - 1}", "What exercising all of it comes to", style.SECTION)
    sheet.print_title_cols = f"A:{letters['award']}"


def _followed(book: Book) -> tuple[Computed, ...]:
    """What the ledger knows of each grant of the record; values, since no formula can follow the steps."""

    def last_day(row: int, _: Letters) -> Value:
        place = row - FIRST_ROW
        return book.grants[place].last_day if place < len(book.grants) else None

    def more_in(year: int) -> Computed:
        def more(row: int, _: Letters) -> Value:
            place = row - FIRST_ROW
            of_years = book.grants[place].more if place < len(book.grants) else ()
            return of_years[year] if year < len(of_years) else None

        column = book.year_columns[year]
        header = f'="More exercisable in "&Client!{column}${YEARS_ROW}'
        return Computed(f"{MORE}{year + 1}", header, more, style.SHARES)

    more_columns = tuple(more_in(year) for year in range(len(book.year_columns)))
    return (Computed(LAST_DAY, "Last day by the plan", last_day, style.DAY), *more_columns)


def _totals(written: Written) -> None:
    sheet, letters = written.sheet, written.letters
    for letter in letters.values():
        put(sheet, f"{letter}{TOTALS_ROW}", None, style.TOTAL)
    put(sheet, f"A{TOTALS_ROW}", "All of them", style.TOTAL)
    for field, number_format in _TOTALS.items():
        name = field if field.startswith("Grant_") else GRANTS.named(field)
        put(sheet, f"{letters[field]}{TOTALS_ROW}", f"=SUM({name})", style.TOTAL, number_format)
    counted = "+".join(f'(Grant_standing="{standing}")' for standing in COUNTED)
    exercisable = f"=SUMPRODUCT({counted},Grant_left)"
    put(sheet, f"{letters['Grant_left']}{TOTALS_ROW}", exercisable, style.TOTAL, style.SHARES)


def _looks(written: Written) -> None:
    """Rows under water are dimmed; one that is left out, or that cannot be right, says so in red."""
    sheet, letters, first, last = written.sheet, written.letters, written.rows[0], written.rows[-1]
    standing = f"${letters['Grant_standing']}{first}"
    dimmed = f"{letters['Grant_value']}{first}:{letters['ISO_order']}{last}"
    flag(sheet, dimmed, f'{standing}="under water"', style.DIMMED)
    counted = ",".join(f'{standing}="{one}"' for one in (*COUNTED, "", "stock units"))
    flag(
        sheet,
        f"{letters['Grant_standing']}{first}:{letters['Grant_standing']}{last}",
        f"NOT(OR({counted}))",
        style.FAILED,
    )
    counts = [f"${letters[field]}{first}" for field in ("exercised", "exercisable", "unvested")]
    too_many = f"SUM({','.join(counts)})>${letters['shares']}{first}"
    for field in ("exercised", "exercisable", "unvested"):
        flag(sheet, f"{letters[field]}{first}:{letters[field]}{last}", too_many, style.FAILED)
    day, expires = f"${letters['Grant_day']}{first}", f"${letters['expires']}{first}"
    flag(
        sheet,
        f"{letters['expires']}{first}:{letters['expires']}{last}",
        f"AND(N({expires})>0,{expires}<{day})",
        style.FAILED,
    )


def grant_columns() -> tuple[Computed, ...]:
    """What is shown of each grant, and next to it what this rests on."""
    words = style.FORMULA.to_the("right")
    alone = '="Shares at "&No_AMT&", if the room went to this grant alone"'
    return (
        Computed("Grant_left", '="Exercisable in "&Tax_year', formulas.exercisable, style.SHARES),
        Computed("Grant_value", "Value per share, dollars", formulas.value, style.PRICE),
        Computed("ISO_spread_per_share", "Spread per share, dollars", formulas.spread_per_share, style.CENTS),
        Computed("Grant_spread", "Spread of all exercisable, dollars", formulas.spread, style.DOLLARS, 16),
        Computed("Grant_cash", "Cash to exercise all, dollars", formulas.cash, style.DOLLARS, 16),
        Computed("Grant_standing", "Standing", formulas.standing, style.WORDS, 22, words),
        Computed("Grant_alone", alone, formulas.alone, style.SHARES, 20),
        Computed("ISO_order", "Place in the filling order", formulas.order, style.WHOLE, 13),
    )


def grant_workings() -> tuple[Computed, ...]:
    """What the columns that are shown rest on."""
    return (
        Computed("Grant_holding", "Row of its holding", formulas.holding, style.WHOLE),
        Computed("Grant_day", "Asked on", formulas.day_asked, style.DAY_IF_ANY),
        Computed("Grant_doubt", "Row that cannot be right", formulas.doubt, style.WHOLE),
        Computed("Grant_end", "Ended", formulas.ended, style.WORDS, 18),
        Computed("ISO_strike", "Strike counted", formulas.strike_counted, style.PRICE),
        Computed("ISO_standing", "Standing of an ISO", formulas.iso_standing, style.WORDS, 18),
        Computed("ISO_exercisable", "ISO shares exercisable", formulas.iso_exercisable, style.SHARES),
        Computed("ISO_place", "Place among the ISOs", formulas.iso_place, style.WHOLE),
    )
