"""Formula columns of the sheet Grants: what exercising each grant would come to in the year that is asked."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook

from xl_amt.law import STATUSES
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import Value, flag, put
from xl_amt.workbook.sheets.holdings import Letters, is_of
from xl_amt.workbook.tables.client_rows import YEARS_ROW
from xl_amt.workbook.tables.record_tables import GRANTS
from xl_amt.workbook.tables.write import FIRST_ROW, HEADER_ROW, TOTALS_ROW, Computed, Written, write_table

COUNTED: Final = ("in the money", "under water", "none exercisable", "no value yet")  # standings with amounts
DOUBTFUL: Final = "check this row"
SPLIT: Final = "split since the counts"
OF_THE_SPOUSE: Final = "on the spouse's return"
JOINT: Final = STATUSES["mfj"]
_ALWAYS_SHOWN: Final = frozenset(
    {"company", "label", "award", "granted", "strike", "shares", "expires", "exercised", "exercisable", "unvested"}
)
_NUMBERS: Final = ("granted", "strike", "shares", "expires", "disqualified", "exercised", "exercisable", "unvested")


_LAST_DAY: Final = "Grant_last_day"
_MORE: Final = "Grant_more_"  # then the place of the year
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
    sheet.print_area = f"A1:{letters[shown[-1].name]}{written.closing_row}"


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
        return Computed(f"{_MORE}{year + 1}", header, more, style.SHARES)

    more_columns = tuple(more_in(year) for year in range(len(book.year_columns)))
    return (Computed(_LAST_DAY, "Last day by the plan", last_day, style.DAY), *more_columns)


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
    """What is shown of each grant, and beside it what this rests on."""
    words = style.FORMULA.to_the("right")
    alone = '="Shares at "&No_AMT&", if the room went to this grant alone"'
    return (
        Computed("Grant_left", '="Exercisable in "&Tax_year', _exercisable, style.SHARES),
        Computed("Grant_value", "Value per share, dollars", _value, style.PRICE),
        Computed("ISO_spread_per_share", "Spread per share, dollars", _spread_per_share, style.CENTS),
        Computed("Grant_spread", "Spread of all exercisable, dollars", _spread, style.DOLLARS, 16),
        Computed("Grant_cash", "Cash to exercise all, dollars", _cash, style.DOLLARS, 16),
        Computed("Grant_standing", "Standing", _standing, style.WORDS, 22, words),
        Computed("Grant_alone", alone, _alone, style.SHARES, 20),
        Computed("ISO_order", "Place in the filling order", _order, style.WHOLE, 13),
    )


def grant_workings() -> tuple[Computed, ...]:
    """What the columns that are shown rest on."""
    return (
        Computed("Grant_holding", "Row of its holding", _holding, style.WHOLE),
        Computed("Grant_day", "Asked on", lambda row, letters: _of_holding("day", row, letters), style.DAY_IF_ANY),
        Computed("Grant_doubt", "Row that cannot be right", _doubt, style.WHOLE),
        Computed("Grant_end", "Ended", _end, style.WORDS, 18),
        Computed("ISO_strike", "Strike counted", lambda row, letters: f"N({_at('strike', row, letters)})", style.PRICE),
        Computed("ISO_standing", "Standing of an ISO", _iso_standing, style.WORDS, 18),
        Computed("ISO_exercisable", "ISO shares exercisable", _iso_exercisable, style.SHARES),
        Computed("ISO_place", "Place among the ISOs", _iso_place, style.WHOLE),
    )


def _at(field: str, row: int, letters: Letters) -> str:
    return f"${letters[field]}{row}"


def _is_empty(row: int, letters: Letters) -> str:
    """A row without a strike and a kind; units have no strike."""
    strike, award = (_at(field, row, letters) for field in ("strike", "award"))
    return f'AND({strike}="",{award}<>"RSU")'


def _holding(row: int, letters: Letters) -> str:
    return f"IFERROR(MATCH(1,INDEX({is_of('Holding', row, letters)},0),0),0)"


def _of_holding(field: str, row: int, letters: Letters) -> str:
    place = _at("Grant_holding", row, letters)
    return f"IF({place}=0,0,N(INDEX(Holding_{field},{place})))"


def _value(row: int, letters: Letters) -> str:
    return f'IF({_is_empty(row, letters)},"",{_of_holding("value", row, letters)})'


def _exercisable(row: int, letters: Letters) -> str:
    """What the export counts, and what has vested or was exercised from then to the day that is asked."""
    of_years = [name for name in letters if name.startswith(_MORE)]
    counted, first, last = (_at(field, row, letters) for field in ("exercisable", of_years[0], of_years[-1]))
    return f'IF({_is_empty(row, letters)},"",N({counted})+N(INDEX({first}:{last},1,Asked_place)))'


def _doubt(row: int, letters: Letters) -> str:
    """1 for a row that cannot be right, as `xl_amt.equity.row_checks` says it; a text where a number belongs is one."""
    at = {field: _at(field, row, letters) for field in (*_NUMBERS, "award", "Grant_holding")}
    cells = ",".join(at[field] for field in _NUMBERS)
    as_of = _of_holding("as_of", row, letters)
    kinds = ",".join(f'{at["award"]}="{kind}"' for kind in ("ISO", "NSO", "RSU"))
    doubts = (
        f"COUNTA({cells})>COUNT({cells})",
        f"NOT(OR({kinds}))",
        f"{at['Grant_holding']}=0",
        f'AND({at["granted"]}<>"",{at["expires"]}<>"",{at["expires"]}<{at["granted"]})',
        f'AND({at["granted"]}<>"",{as_of}>0,{at["granted"]}>{as_of})',
        f'AND({at["shares"]}<>"",SUM({at["exercised"]},{at["exercisable"]},{at["unvested"]})>{at["shares"]})',
    )
    return f"IF({_is_empty(row, letters)},0,OR({','.join(doubts)})*1)"


def _end(row: int, letters: Letters) -> str:
    """How an option has ended by the day that is asked, as `xl_amt.equity.counts.iso_standing` says it; else blank."""
    fields = ("Grant_day", "granted", "expires", "award", "disqualified", _LAST_DAY)
    day, granted, expires, award, disqualified, last = (_at(field, row, letters) for field in fields)
    term = f'IF({_at("ten_percent_owner", row, letters)}="yes",ISO_term_of_owner,ISO_term)'
    # A modified option has no term of an ISO's any more.
    modified = f"AND(N({disqualified})>0,{disqualified}<={day})"
    past_term = f"AND(N({granted})>0,EDATE(N({granted}),{term})<{day})"
    work = _of_holding("work_ended", row, letters)
    months = _of_holding("ISO_months", row, letters)
    past_work = f"AND({work}>0,{work}<{day},EDATE({work},{months})<{day})"
    past = f"AND(N({expires})>0,{expires}<{day}),AND(N({last})>0,{last}<{day})"
    no_end = f'AND({award}="ISO",{expires}="",N({disqualified})=0,{past_term})'
    no_iso = f'IF(AND({award}="ISO",OR({modified},{past_term},{past_work})),"no longer an ISO","")'
    return f'IF({day}=0,"",IF(OR({past},{no_end}),"expired",{no_iso}))'


def _standing(row: int, letters: Letters) -> str:
    """Whether a grant can be exercised on the day that is asked; an empty row stays empty."""
    fields = (
        "Grant_doubt",
        "Grant_end",
        "holder",
        "award",
        "Grant_value",
        "Grant_left",
        "strike",
        "Grant_day",
        "granted",
    )
    doubt, end, holder, award, value, left, strike, day, granted = (_at(field, row, letters) for field in fields)
    priced = f'IF({strike}>={value},"under water",IF({left}<=0,"none exercisable","in the money"))'
    of_its_value = f'IF(N({value})=0,"no value yet",{priced})'
    not_yet = f'IF(AND({day}>0,N({granted})>{day}),"not granted yet",{of_its_value})'
    ended = f'IF({award}="RSU","stock units",IF({end}<>"",{end},{not_yet}))'
    split = f'IF({_of_holding("splits", row, letters)}>0,"{SPLIT}",{ended})'
    own = f'IF(AND({holder}="spouse",Status_asked<>"{JOINT}"),"{OF_THE_SPOUSE}",{split})'
    return f'IF({_is_empty(row, letters)},"",IF({doubt}=1,"{DOUBTFUL}",{own}))'


def _if_counted(row: int, letters: Letters, amount: str) -> str:
    standing = _at("Grant_standing", row, letters)
    return f'IF(OR({",".join(f"{standing}={chr(34)}{one}{chr(34)}" for one in COUNTED)}),{amount},"")'


def _spread_per_share(row: int, letters: Letters) -> str:
    strike, value = (_at(field, row, letters) for field in ("strike", "Grant_value"))
    return _if_counted(row, letters, f"AMT_BARGAIN(1,{strike},{value})")


def _spread(row: int, letters: Letters) -> str:
    left, strike, value = (_at(field, row, letters) for field in ("Grant_left", "strike", "Grant_value"))
    return _if_counted(row, letters, f"AMT_BARGAIN({left},{strike},{value})")


def _cash(row: int, letters: Letters) -> str:
    return _if_counted(row, letters, f"{_at('Grant_left', row, letters)}*{_at('strike', row, letters)}")


def _iso_standing(row: int, letters: Letters) -> str:
    return f'IF({_at("award", row, letters)}="ISO",{_at("Grant_standing", row, letters)},"")'


def _iso_exercisable(row: int, letters: Letters) -> str:
    return f'IF({_at("award", row, letters)}="ISO",N({_at("Grant_left", row, letters)}),0)'


def _iso_place(row: int, letters: Letters) -> str:
    """The row's number among those of ISOs."""
    award = _at("award", row, letters)
    return f'IF({_at("ISO_standing", row, letters)}="","",COUNTIF({_down_to("award", row, letters)},{award}))'


def _down_to(field: str, row: int, letters: Letters) -> str:
    """The cells of a column from its header to this row, also after rows are sorted or inserted under the header."""
    letter = letters[field]
    return f"${letter}${HEADER_ROW}:${letter}{row}"


def _fills(row: int, letters: Letters) -> str:
    return f'AND({_at("ISO_standing", row, letters)}="in the money",Missing_inputs="")'


def _alone(row: int, letters: Letters) -> str:
    left, per_share, spread = (
        _at(field, row, letters) for field in ("Grant_left", "ISO_spread_per_share", "Grant_spread")
    )
    within = "(Room_dollars-Used+Slack)"
    return f'IF({_fills(row, letters)},IF({spread}<={within},{left},MAX(0,INT({within}/{per_share}))),"")'


def _order(row: int, letters: Letters) -> str:
    """The smallest spread per share fills the room with the most shares; of equal ones the highest strike is first."""
    per_share, strike = (_at(field, row, letters) for field in ("ISO_spread_per_share", "ISO_strike"))
    before = f"(ISO_spread_per_share<{per_share})+(ISO_spread_per_share={per_share})*(ISO_strike>{strike})"
    down = (_down_to(field, row, letters) for field in ("ISO_standing", "ISO_spread_per_share", "ISO_strike"))
    tied = "({}={})*({}={})*({}={})".format(
        *(part for pair in zip(down, ('"in the money"', per_share, strike), strict=True) for part in pair)
    )
    return f'IF({_fills(row, letters)},SUMPRODUCT((ISO_standing="in the money")*({before}))+SUMPRODUCT({tied}),"")'
