"""The grants of the holding whose work ends, on the sheet Leaving: what is vested, until when, and a split to try."""

from __future__ import annotations

from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.workbook import style
from xl_amt.workbook.cells import allow_numbers, define, flag, put, put_headers, put_section, span
from xl_amt.workbook.sheets.leaving_layout import GRANT_FIGURES, LAST, WAY_SHARES, LeavingLayout
from xl_amt.workbook.style import Look

_OWN: Final = (("G", "ISO", 0), ("H", "ISO", 1), ("I", "NSO", 0), ("J", "NSO", 1))
_OF_A_GRANT: Final = (
    "Grant", "Type and strike", "ISOs vested by then", "NSOs vested by then", "As ISOs until", "At all until",
)  # fmt: skip
_YEARS: Final = (
    '"&IF(Leaving_year="","this year","in "&Leaving_year)',
    '"&IF(Leaving_year="","next year","in "&Leaving_year+1)',
)
_OF_THE_SPLIT: Final = [f'="{kind}s {_YEARS[year]}' for _, kind, year in _OWN]
_OF_THE_WORKINGS: Final = (
    "Grant", "Row of the sheet Grants", "Window", "Its unit", "Its number", "Strike", "Until by the window",
    "As NSO from", "As NSO until", "Spread this year", "Spread next year", "Grants of it so far",
)  # fmt: skip
_WHEN: Final = ("all this year", "all next year", "at the end this year", "at the end next year")
# Of the two years that the sheet has; a split of which a part belongs to an earlier year would be another one here.
_BEGINS_EARLIER: Final = 'SUMPRODUCT((Found_step_as<>"")*(Found_step_by<DATE(N(Leaving_year),1,1)))>0'
_IS_OF_IT: Final = (
    'IF(AND(Leaving_found_company=Leaving_company&"",Leaving_found_holder=Leaving_holder,Leaving_year<>""),'
    f"NOT({_BEGINS_EARLIER}))"
)
_TRY: Final = "Grant by grant, and a split of your own: type shares into the yellow cells"
_PREFILLED: Final = (
    f'="{_TRY}; prefilled is what was found"&IF(Leaving_year="","",'
    f'IF({_BEGINS_EARLIER}," only if it begins in "&Leaving_year&", and it begins earlier",""))'
)


def put_grants(sheet: Worksheet, rows: LeavingLayout) -> None:
    """A row a grant, with its workings further down."""
    put_section(sheet, rows.grants[0] - 2, "A", LAST, _PREFILLED)
    put_headers(
        sheet, rows.grants[0] - 1, "A", (*_OF_A_GRANT, *_OF_THE_SPLIT, "Lapse by it", "Holds?"), words=2, height=34
    )
    put_section(sheet, rows.grant_workings[0] - 2, "A", LAST, "Workings, not printed: each grant")
    put_headers(sheet, rows.grant_workings[0] - 1, "A", _OF_THE_WORKINGS, words=1, height=34)
    put_section(sheet, rows.way_shares[0] - 2, "A", LAST, "Workings, not printed: shares of each way")
    shares_of = [f"{kind}s, {when}" for kind in ("ISO", "NSO") for when in _WHEN]
    put_headers(sheet, rows.way_shares[0] - 1, "A", ("Grant", "", *shares_of), words=2, height=48)
    for row, working, shares in zip(rows.grants, rows.grant_workings, rows.way_shares, strict=True):
        _Grant(sheet, rows, row, working, shares).write()
    inputs = f"{_OWN[0][0]}{rows.grants[0]}:{_OWN[-1][0]}{rows.grants[-1]}"
    allow_numbers(sheet, inputs, "Enter a whole number of shares, 0 or more.", whole=True)
    define(sheet, "Leaving_split", inputs)
    define(sheet, "Leaving_split_checks", f"L{rows.grants[0]}:L{rows.grants[-1]}")
    flag(sheet, f"L{rows.grants[0]}:L{rows.grants[-1]}", f'$L{rows.grants[0]}="too many"', style.FAILED)


class _Grant:
    """One grant: its row, the row of its workings, and that of its shares by way."""

    def __init__(self, sheet: Worksheet, rows: LeavingLayout, row: int, working: int, shares: int) -> None:
        self.sheet, self.rows, self.row, self.working, self.shares = sheet, rows, row, working, shares

    def at(self, figure: str) -> str:
        """The cell of a working."""
        return f"${GRANT_FIGURES[figure]}{self.working}"

    def _left(self, name: str) -> str:
        """The options of this grant that are left, as a factor of each row of their table."""
        mine = f'(Left_grant=$A{self.row})*(Left_company&""=Leaving_company&"")*(Left_holder=Leaving_holder)'
        return f"{mine}*{name}" if name else mine

    def _put(self, cell: str, formula: str, number_format: str, look: Look = style.FORMULA) -> None:
        put(self.sheet, cell, f'=IF($A{self.row}="","",{formula})', look, number_format)

    def write(self) -> None:
        """Write the three rows."""
        self._place()
        of_place = f"INDEX(Grant_{{}},{self.at('place')})"
        label = f'=IF({self.at("place")}="","",{of_place.format("label")}&"")'
        put(self.sheet, f"A{self.row}", label, style.LINKED_NAME)
        strike = f'TEXT({self.at("strike")},"$#,##0.00##")'
        about = f'=IF($A{self.row}="","",{of_place.format("award")}&" at "&{strike})'
        put(self.sheet, f"B{self.row}", about, style.PLAIN_REMARK)
        for row in (self.working, self.shares):
            put(self.sheet, f"A{row}", f"=$A{self.row}", style.LABEL)
        self._vested()
        self._window(of_place.format("window"))
        self._days()
        self._ways()
        self._own()

    def _place(self) -> None:
        """The row of the sheet Grants: that of the first, second, third grant of the holding, as they are counted."""
        count, rows = GRANT_FIGURES["count"], self.rows.grant_workings
        at = f"ROWS($M${rows[0]}:$M{self.working})"  # a column that stays empty
        company, holder, award = (f"INDEX(Grant_{name},{at})" for name in ("company", "holder", "award"))
        is_option = f'OR({award}="ISO",{award}="NSO")'
        same = f'AND({company}&""=Leaving_company&"",N({holder}="spouse")=N(Leaving_holder="spouse"),{is_option})'
        is_one = f"IF({at}>ROWS(Grant_label),0,IF({same},1,0))"
        put(self.sheet, f"{count}{self.working}", f"=N({count}{self.working - 1})+{is_one}", style.FORMULA, style.WHOLE)
        found = f'IF(Leaving_place=0,"",IFERROR(MATCH({at},{span(count, rows)},0),""))'
        put(self.sheet, self.at("place").replace("$", ""), f"={found}", style.FORMULA, style.WHOLE)

    def _vested(self) -> None:
        by_then = f"{self._left('')}*(Left_vests<=N(Leaving_last_day))"
        for column, name in (("C", "Left_isos"), ("D", "Left_nsos")):
            self._put(f"{column}{self.row}", f"SUMPRODUCT({by_then},{name})", style.SHARES)
        strike = f"SUMPRODUCT(MAX({self._left('Left_strike')}))"
        self._put(self.at("strike").replace("$", ""), strike, style.PRICE)
        for figure, value in (("spread", "Leaving_value"), ("next spread", "Leaving_next_value")):
            spread = f"AMT_BARGAIN(1,{self.at('strike')},N({value}))"
            self._put(self.at(figure).replace("$", ""), spread, style.CENTS)

    def _window(self, own: str) -> None:
        words = f'LOWER(TRIM(IF(Leaving_window<>"",Leaving_window,{own}&"")))'
        self._put(self.at("window").replace("$", ""), words, style.WORDS)
        window, unit, number = self.at("window"), self.at("unit"), self.at("number")
        named = '""'
        for key in ("year unit", "month", "day"):
            word = f"$A${self.rows.once[key]}"
            named = f"IF(ISNUMBER(SEARCH({word},{window})),{word},{named})"
        self._put(unit.replace("$", ""), named, style.WORDS)
        before = f'SUBSTITUTE(LEFT({window},SEARCH({unit},{window})-1),"-"," ")'
        self._put(number.replace("$", ""), f'IF({unit}="",0,IFERROR(VALUE(TRIM({before})),0))', style.COUNT)
        months = f"INDEX(Window_months,MATCH({unit},Window_units,0))"
        by_window = f"IF({months}=0,Leaving_last_day+{number},EDATE(Leaving_last_day,{number}*{months}))"
        is_none = f'OR({unit}="",{number}=0,Leaving_year="")'
        self._put(self.at("by window").replace("$", ""), f'IF({is_none},"",{by_window})', style.DAY)

    def _days(self) -> None:
        until = self.at("by window")
        ends, term, disqualified = (
            f"SUMPRODUCT(MAX({self._left(f'Left_{name}')}))" for name in ("ends", "term", "disqualified")
        )
        # "At all" is the window's end, or the options' own end before it.
        at_all = f'IF({until}="","window?",MIN({until},IF({ends}=0,{until},{ends})))'
        self._put(f"F{self.row}", at_all, style.DAY, style.FORMULA.to_the("right"))
        earliest = (
            f"MIN(Leaving_ISO_until,$F{self.row},IF({term}=0,$F{self.row},{term}),"
            f"IF({disqualified}=0,$F{self.row},{disqualified}-1))"
        )
        as_iso = f'IF(OR(N($F{self.row})=0,$C{self.row}=0),"",{earliest})'
        self._put(f"E{self.row}", as_iso, style.DAY, style.FORMULA.to_the("right"))
        is_none = f"N($E{self.row})=0"
        nso_from = f'IF({is_none},"",MAX(Leaving_last_day,$E{self.row}+1))'
        self._put(self.at("nso from").replace("$", ""), nso_from, style.DAY)
        nso_until = f'IF({is_none},"",MIN($F{self.row},IF({term}=0,$F{self.row},{term})))'
        self._put(self.at("nso until").replace("$", ""), nso_until, style.DAY)

    def _ways(self) -> None:
        """The shares of each way: those above water, as ISOs as long as they are, else as NSOs."""
        isos, nsos, as_iso, at_all = (f"N(${column}{self.row})" for column in "CDEF")
        begins, ends = f"N({self.at('nso from')})", f"N({self.at('nso until')})"
        new, after = "N(Leaving_new_year)", "DATE(YEAR(Leaving_new_year)+1,1,1)"
        above = {0: f"({self.at('spread')}>0)", 1: f"({self.at('next spread')}>0)"}
        turns = f"({ends}>={begins})*({begins}>0)"
        alive = {0: f"({as_iso}>=N(Leaving_last_day))", 1: f"({as_iso}>={new})"}
        later = {
            0: f"{turns}*({begins}<{new})",
            1: f"{turns}*({begins}<{after})*({ends}>={new})",
        }
        last = {0: f"({at_all}<{new})*({at_all}>=N(Leaving_last_day))", 1: f"({at_all}>={new})"}
        for (way, year), (iso_column, nso_column) in WAY_SHARES.items():
            if way == "at the end":
                in_year = f"({ends}<{new})" if year == 0 else f"({ends}>={new})*({begins}<{after})"
                iso_last = f"({as_iso}<{new})*{alive[0]}" if year == 0 else alive[1]
                iso = f"{isos}*(1-{turns})*{iso_last}*{above[year]}"
                nso = f"{isos}*{turns}*{in_year}*{above[year]}+{nsos}*{last[year]}*{above[year]}"
            else:
                iso = f"{isos}*{alive[year]}*{above[year]}"
                of_nsos = f"({at_all}>={new})" if year else f"({at_all}>=N(Leaving_last_day))"
                nso = f"{nsos}*{of_nsos}*{above[year]}+{isos}*(1-{alive[year]})*{later[year]}*{above[year]}"
            for column, formula in ((iso_column, iso), (nso_column, nso)):
                self._put(f"{column}{self.shares}", f'IF(Leaving_problem<>"",0,{formula})', style.SHARES)

    def _own(self) -> None:
        """The split to try, its lapse, and whether it can be."""
        for column, kind, year in _OWN:
            from_day, before = ("0", "Leaving_new_year") if year == 0 else ("Leaving_new_year", "")
            before = f"*(Found_step_by<{before})" if before else ""
            of_grant = f'(Found_step_grant=$A{self.row})*(Found_step_as="{kind}")*(Found_step_by>={from_day}){before}'
            shares = f"IF({_IS_OF_IT},SUMPRODUCT({of_grant},Found_step_shares),0)"
            cell = f"{column}{self.row}"
            put(self.sheet, cell, f'=IF($A{self.row}="",0,{shares})', style.PREFILLED, style.SHARES)
        split = f"SUM($G{self.row}:$J{self.row})"
        vested = f"($C{self.row}+$D{self.row})"
        self._put(f"K{self.row}", f"{vested}-{split}", style.SHARES)
        as_isos, as_nsos = f"SUM($G{self.row}:$H{self.row})", f"SUM($I{self.row}:$J{self.row})"
        turns = f"({self.at('nso until')}>={self.at('nso from')})*(N({self.at('nso from')})>0)"
        late = f"($H{self.row}>0)*(N($E{self.row})<N(Leaving_new_year))"
        too_many = (
            f"OR({as_isos}>$C{self.row},{as_nsos}>$D{self.row}+$C{self.row}*N({turns}),{split}>{vested},{late}=1)"
        )
        self._put(f"L{self.row}", f'IF({too_many},"too many","ok")', style.WORDS, style.CHECK.to_the("right"))


def shares_across(rows: range, column: str) -> str:
    """The shares of all grants in a column of a block."""
    return span(column, rows)
