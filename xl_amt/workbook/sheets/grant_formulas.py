"""The formulas of a row of the sheet Grants: how a grant stands on the day that is asked, and what it comes to."""

from __future__ import annotations

from typing import Final

from xl_amt.law import STATUSES
from xl_amt.workbook.sheets.holdings import Letters, is_of
from xl_amt.workbook.tables.write import HEADER_ROW

COUNTED: Final = ("in the money", "under water", "none exercisable", "no value yet")  # standings with amounts
DOUBTFUL: Final = "check this row"
SPLIT: Final = "split since the counts"
OF_THE_SPOUSE: Final = "on the spouse's return"
JOINT: Final = STATUSES["mfj"]
LAST_DAY: Final = "Grant_last_day"
MORE: Final = "Grant_more_"  # then the place of the year
_NUMBERS: Final = ("granted", "strike", "shares", "expires", "disqualified", "exercised", "exercisable", "unvested")


def _at(field: str, row: int, letters: Letters) -> str:
    return f"${letters[field]}{row}"


def _is_empty(row: int, letters: Letters) -> str:
    """A row without a strike and a kind; units have no strike."""
    strike, award = (_at(field, row, letters) for field in ("strike", "award"))
    return f'AND({strike}="",{award}<>"RSU")'


def holding(row: int, letters: Letters) -> str:
    """The place of the grant's holding on the sheet Holdings; 0 where it is not there."""
    return f"IFERROR(MATCH(1,INDEX({is_of('Holding', row, letters)},0),0),0)"


def of_holding(field: str, row: int, letters: Letters) -> str:
    """A figure of the grant's holding, as a number."""
    place = _at("Grant_holding", row, letters)
    return f"IF({place}=0,0,N(INDEX(Holding_{field},{place})))"


def day_asked(row: int, letters: Letters) -> str:
    """The day on which the grant's holding is asked."""
    return of_holding("day", row, letters)


def strike_counted(row: int, letters: Letters) -> str:
    """The strike as a number; a text is 0."""
    return f"N({_at('strike', row, letters)})"


def value(row: int, letters: Letters) -> str:
    """The value of a share of its company."""
    return f'IF({_is_empty(row, letters)},"",{of_holding("value", row, letters)})'


def exercisable(row: int, letters: Letters) -> str:
    """What the export counts, and what has vested or was exercised from then to the day that is asked."""
    of_years = [name for name in letters if name.startswith(MORE)]
    counted, first, last = (_at(field, row, letters) for field in ("exercisable", of_years[0], of_years[-1]))
    return f'IF({_is_empty(row, letters)},"",N({counted})+N(INDEX({first}:{last},1,Asked_place)))'


def doubt(row: int, letters: Letters) -> str:
    """1 for a row that cannot be right, as `xl_amt.equity.row_checks` says it; a text where a number belongs is one."""
    at = {field: _at(field, row, letters) for field in (*_NUMBERS, "award", "Grant_holding")}
    cells = ",".join(at[field] for field in _NUMBERS)
    as_of = of_holding("as_of", row, letters)
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


def ended(row: int, letters: Letters) -> str:
    """How an option has ended by the day that is asked, as `xl_amt.equity.counts.iso_standing` says it; else blank."""
    fields = ("Grant_day", "granted", "expires", "award", "disqualified", LAST_DAY)
    day, granted, expires, award, disqualified, last = (_at(field, row, letters) for field in fields)
    term = f'IF({_at("ten_percent_owner", row, letters)}="yes",ISO_term_of_owner,ISO_term)'
    # A modified option has no term of an ISO's any more.
    modified = f"AND(N({disqualified})>0,{disqualified}<={day})"
    past_term = f"AND(N({granted})>0,EDATE(N({granted}),{term})<{day})"
    work = of_holding("work_ended", row, letters)
    months = of_holding("ISO_months", row, letters)
    past_work = f"AND({work}>0,{work}<{day},EDATE({work},{months})<{day})"
    past = f"AND(N({expires})>0,{expires}<{day}),AND(N({last})>0,{last}<{day})"
    no_end = f'AND({award}="ISO",{expires}="",N({disqualified})=0,{past_term})'
    no_iso = f'IF(AND({award}="ISO",OR({modified},{past_term},{past_work})),"no longer an ISO","")'
    return f'IF({day}=0,"",IF(OR({past},{no_end}),"expired",{no_iso}))'


def standing(row: int, letters: Letters) -> str:
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
    split = f'IF({of_holding("splits", row, letters)}>0,"{SPLIT}",{ended})'
    own = f'IF(AND({holder}="spouse",Status_asked<>"{JOINT}"),"{OF_THE_SPOUSE}",{split})'
    return f'IF({_is_empty(row, letters)},"",IF({doubt}=1,"{DOUBTFUL}",{own}))'


def _if_counted(row: int, letters: Letters, amount: str) -> str:
    standing = _at("Grant_standing", row, letters)
    return f'IF(OR({",".join(f"{standing}={chr(34)}{one}{chr(34)}" for one in COUNTED)}),{amount},"")'


def spread_per_share(row: int, letters: Letters) -> str:
    """What a share adds to the spread."""
    strike, value = (_at(field, row, letters) for field in ("strike", "Grant_value"))
    return _if_counted(row, letters, f"AMT_BARGAIN(1,{strike},{value})")


def spread(row: int, letters: Letters) -> str:
    """The spread of all that can be exercised: of NSOs it is wages."""
    left, strike, value = (_at(field, row, letters) for field in ("Grant_left", "strike", "Grant_value"))
    return _if_counted(row, letters, f"AMT_BARGAIN({left},{strike},{value})")


def cash(row: int, letters: Letters) -> str:
    """What exercising all of them takes."""
    return _if_counted(row, letters, f"{_at('Grant_left', row, letters)}*{_at('strike', row, letters)}")


def iso_standing(row: int, letters: Letters) -> str:
    """The standing of an ISO; blank for others."""
    return f'IF({_at("award", row, letters)}="ISO",{_at("Grant_standing", row, letters)},"")'


def iso_exercisable(row: int, letters: Letters) -> str:
    """Exercisable shares of an ISO; 0 for others."""
    return f'IF({_at("award", row, letters)}="ISO",N({_at("Grant_left", row, letters)}),0)'


def iso_place(row: int, letters: Letters) -> str:
    """The row's number among those of ISOs."""
    award = _at("award", row, letters)
    return f'IF({_at("ISO_standing", row, letters)}="","",COUNTIF({_down_to("award", row, letters)},{award}))'


def _down_to(field: str, row: int, letters: Letters) -> str:
    """The cells of a column from its header to this row, also after rows are sorted or inserted under the header."""
    letter = letters[field]
    return f"${letter}${HEADER_ROW}:${letter}{row}"


def _fills(row: int, letters: Letters) -> str:
    return f'AND({_at("ISO_standing", row, letters)}="in the money",Missing_inputs="")'


def alone(row: int, letters: Letters) -> str:
    """The shares at no AMT, if the whole room went to this grant."""
    left, per_share, spread = (
        _at(field, row, letters) for field in ("Grant_left", "ISO_spread_per_share", "Grant_spread")
    )
    within = "(Room_dollars-Used+Slack)"
    return f'IF({_fills(row, letters)},IF({spread}<={within},{left},MAX(0,INT({within}/{per_share}))),"")'


def order(row: int, letters: Letters) -> str:
    """The smallest spread per share fills the room with the most shares; of equal ones the highest strike is first."""
    per_share, strike = (_at(field, row, letters) for field in ("ISO_spread_per_share", "ISO_strike"))
    before = f"(ISO_spread_per_share<{per_share})+(ISO_spread_per_share={per_share})*(ISO_strike>{strike})"
    down = (_down_to(field, row, letters) for field in ("ISO_standing", "ISO_spread_per_share", "ISO_strike"))
    tied = "({}={})*({}={})*({}={})".format(
        *(part for pair in zip(down, ('"in the money"', per_share, strike), strict=True) for part in pair)
    )
    return f'IF({_fills(row, letters)},SUMPRODUCT((ISO_standing="in the money")*({before}))+SUMPRODUCT({tied}),"")'
