"""The rooms and taxes of two jurisdictions side by side, on the sheets Room and Scenarios."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import product
from typing import Final, NamedTuple

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.law import enacted
from xl_amt.workbook import style
from xl_amt.workbook.cells import CLIENT, Value, facts_in, put
from xl_amt.workbook.jurisdictions import STATES, place_of

FIGURES_OF_EACH: Final = 4  # regular tax, AMT, total tax and room, on the sheet Scenarios
TURN: Final = 0.5


def jurisdiction_figures() -> dict[str, tuple[str, Value, str]]:
    """The figures and words that follow from the jurisdiction asked: a label, a formula and a format by defined name.

    Of "US+CA" the first, First_asked on the sheet Returns, is US, and Second_asked is CA; of one alone it is blank.
    """
    figures: dict[str, tuple[str, Value, str]] = {
        "First_place": ("The first in words", f"={_in_words('First_asked')}", style.WORDS),
        "Second_place": ("The second in words", f"={_in_words('Second_asked')}", style.WORDS),
        "No_AMT": (
            "What a share within the room costs",
            '=IF(Second_asked="","$0 "&First_place&" AMT","$0 AMT, "&First_place&" and "&Second_place)',
            style.WORDS,
        ),
        "First_room": ("Room of the first, dollars of spread", f"={_room('First_asked')}", style.DOLLARS),
        "Second_room": (
            "Room of the second, dollars of spread",
            f'=IF(Second_asked="",First_room,{_room("Second_asked")})',
            style.DOLLARS,
        ),
        "Binding_place": (
            "The one that binds: the smaller room, of equal ones the first",
            "=IF(Second_room<First_room,Second_place,First_place)",
            style.WORDS,
        ),
    }
    for code in STATES:
        words = f"{place_of(code)} law enacted through"
        figures[f"{code}_enacted_through"] = (words, enacted(code).verified_through, style.WHOLE)
    return figures


def both_rooms_in_words() -> str:
    """One line with both rooms and which binds; nothing where one jurisdiction is asked."""
    each = [f'{which}_place&" "&TEXT({which}_room,"$#,##0")' for which in ("First", "Second")]
    words = f'"AMT room: "&{each[0]}&", "&{each[1]}&" of ISO spread; the "&Binding_place&" one binds."'
    return f'=IF(OR(Second_asked="",Missing_inputs<>"",ISERROR(Room_dollars)),"",{words})'


def compared_tax() -> str:
    """The regular taxes that tentative tax is compared with, added up, as a formula."""
    first, second = (f"({CLIENT},0,{facts_in(code)})" for code in ("First_asked", "Second_asked"))
    own, other = (f"AMT_TENTATIVE_TAX{asked}+AMT_CUSHION{asked}" for asked in (first, second))
    return f'{own}+IF(Second_asked="",0,{other})'


def other_room_on_the_chart() -> dict[str, tuple[str, Value, str]]:
    """Where the larger of two rooms ends, which is a kink of the chart too: as `jurisdiction_figures`."""
    room = "MAX(First_room,Second_room)"
    place = f"MATCH({room},Fill_spread_before)"
    within = f"INDEX(Fill_before,{place})+({room}-INDEX(Fill_spread_before,{place}))/INDEX(Fill_spread,{place})"
    ends = f"IF({room}<Used,0,IF({room}<Used+All_spread,{within},All_shares))"
    turn = "IF(AND(Other_ends>Room_ends,Other_ends<Chart_ends),Other_ends,AVERAGE(Room_ends,Chart_ends))"
    return {
        "Other_ends": (
            "Shares at which the larger room ends",
            f'=IF(Second_asked="",Room_ends,{ends})',
            style.EXACT_SHARES,
        ),
        "Turn": ("The part of the chart's steps beyond the room that lead there", TURN, "0.0"),
        "Turn_ends": ("Shares where they lead; midway where it is not on the chart", f"={turn}", style.EXACT_SHARES),
    }


class Asked(NamedTuple):
    """A scenario's arguments: wages, status and year; the spread; labels and amounts, the federal ones and all."""

    client: str
    spread: str
    federal: tuple[str, str]
    every: tuple[str, str]


def put_each(sheet: Worksheet, column: str, rows: range, codes: Sequence[str], asked: Asked) -> None:
    """The taxes and the room of each jurisdiction in a scenario's column; nothing where there are no rows for them."""
    client, spread, *labelled = asked
    calls = {
        "Regular tax": f"AMT_REGULAR_TAX({client}",
        "AMT": f"AMT_OWED({client},{spread}",
        "Total tax": f"AMT_TOTAL_TAX({client},{spread}",
        "AMT room": f"AMT_ROOM({client}",
    }
    for row, ((words, call), code) in zip(rows, product(calls.items(), codes), strict=False):
        put(sheet, f"A{row}", f"{words}, {place_of(code)}, dollars", style.LABEL)
        facts = facts_in(f"{code}_law_asked", *labelled)
        put(sheet, f"{column}{row}", f'=IF(Missing_inputs="",{call},{facts}),"")', style.FORMULA, style.DOLLARS)


def law_in_a_word(year: str) -> str:
    """Whether the law of a year is enacted, and of which state it is not, as a formula of the year's cell."""
    states = '"enacted"'
    for code in STATES:
        states = f'IF(AND({_is_asked(code)},{year}>{code}_enacted_through),"{code} estimated",{states})'
    return f'IF({year}<=Law_enacted_through,{states},"projected")'


def of_first(words: str, line: str) -> str:
    """A label of a figure of one form: with the line of the federal one, where the first asked is federal."""
    return f'="{words} ("&IF(First_asked="US","{line}",First_place)&"), dollars"'


def of_all(words: str, line: str) -> str:
    """A label of a figure of all that is asked: with the line of the federal form, where nothing else is."""
    return f'="{words}"&IF(Jurisdiction_asked="US"," ({line})","")&", dollars"'


def _is_asked(code: str) -> str:
    return f'ISNUMBER(FIND("{code}",Jurisdiction_asked))'


def _room(code: str) -> str:
    return f"AMT_ROOM({CLIENT},{facts_in(code)})"


def _in_words(code: str) -> str:
    """A formula for the place of a code, the code itself where no such place is held."""
    alone = f'LEFT({code},FIND(":",{code}&":")-1)'  # without the law book
    return reduce(lambda words, known: f'SUBSTITUTE({words},"{known}","{place_of(known)}")', ("US", *STATES), alone)


def capital(name: str) -> str:
    """A formula for the words of a named cell, beginning with a capital letter."""
    return f"REPLACE({name},1,1,UPPER(LEFT({name},1)))"
