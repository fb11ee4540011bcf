"""Sheet Checks: what must hold in the workbook, one row each, with its versions and what was not recalculated."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final, NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.law import is_held
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, flag, put, put_headers, put_section, put_text, span
from xl_amt.workbook.jurisdictions import STATES, codes_of, place_of
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.stamp import LAW, RECORD, VERSION, stamp_of

WIDTHS: Final = (74, 16, 14, 11, 3, 66)
VERSIONS_ROW: Final = 5
HEADERS_ROW: Final = VERSIONS_ROW + 7
FIRST_ROW: Final = HEADERS_ROW + 1
HEADERS: Final = ("What must hold", "Where", "Figure", "Holds?")
NOT_RECALCULATED_ROWS: Final = 20
FAILED_IN_WORDS: Final = (
    'IF(Failed_checks=0,"Every check holds",Failed_checks&IF(Failed_checks=1," check failed"," checks failed"))'
)
NOTES_ROWS: Final = 20
LAW_ASKED: Final = '"AMT exemption","single"'


class Check(NamedTuple):
    """One check: what must hold, on which sheet, and its figure, which must be 0 unless another verdict is given.

    ``needs`` are the defined names that it rests on: where one is not there, the client has nothing to be checked.
    """

    what: str
    where: str
    figure: str
    needs: tuple[str, ...] = ()
    verdict: str = 'IF({figure}=0,"ok","FAILED")'
    number_format: str = style.COUNT


CHECKS: Final = (
    Check(
        "Filing status, tax year and wages are entered",
        "Client",
        "Missing_inputs",
        ("Missing_inputs",),
        'IF({figure}="","ok","FAILED")',
        style.WORDS,
    ),
    Check(
        "The AMT_ functions are connected, and answer",
        "About",
        "IF(ISERROR(AMT_BARGAIN(1,0,0)),1,0)",
    ),
    Check(
        "The law of this workbook is not older than the functions' own",
        "Law",
        'IF(OR(ISNUMBER(SEARCH("estimated",{source})),ISNUMBER(SEARCH("projected",{source}))),0,1)'.format(
            source=f"AMT_LAW_SOURCE({LAW_ASKED},Law_enacted_through+1)"
        ),
    ),
    Check(
        "Rows of grants that cannot be right",
        "Grants",
        'COUNTIF(Grant_standing,"check this row")',
        ("Grant_standing",),
    ),
    Check(
        "Import questions without an answer",
        "Import",
        'SUMPRODUCT((Remark_level="ask")*(Remark_answered=""))',
        ("Remark_level", "Remark_answered"),
    ),
    Check(
        "Facts of a return that show an error",
        "Returns",
        "SUMPRODUCT(ISERROR(Returns_block)*1)",
        ("Returns_block",),
    ),
    Check(
        "Checks of the room: the shares within it add no AMT, one more does",
        "Room",
        'COUNTIF(Room_checks,"FAILED")',
        ("Room_checks",),
    ),
    Check("Shares tried on the sheet Plan and not recorded", "Plan", "Plan_tried", ("Plan_tried",)),
    *(
        Check(
            f"Credit carried, {place_of(code)}: opening, earned and used against the forms, dollars",
            "Credit",
            f"MAX(Credit_check_{code})-MIN(Credit_check_{code})",
            (f"Credit_check_{code}",),
            number_format=style.DOLLARS,
        )
        for code in ("US", *STATES)
    ),
    *(
        Check(
            f"What was found on the sheet {sheet} is of the record as last written",
            sheet,
            f'IF(OR({sheet}_record="",{sheet}_record=Record_hash),0,1)',
            (f"{sheet}_record",),
        )
        for sheet in ("Leaving", "Outlook")
    ),
    Check(
        "Shares of the split tried on the sheet Leaving beyond those available",
        "Leaving",
        'COUNTIF(Leaving_split_checks,"too many")',
        ("Leaving_split_checks",),
    ),
    Check("Formulas that were not recalculated", "Checks", "COUNTA(Not_recalculated)"),
)


def add_checks(workbook: Workbook, book: Book) -> None:
    """Add the sheet; the sheets that it checks are there already."""
    sheet = open_sheet(workbook, book, "Checks", "Checks", widths=WIDTHS, landscape=True)
    sheet.page_setup.fitToHeight = 1
    _put_versions(sheet, book)
    _put_not_recalculated(sheet)
    put_headers(sheet, HEADERS_ROW, "A", HEADERS, words=2, height=20)
    row = FIRST_ROW
    for check in CHECKS:
        if all(name in workbook.defined_names for name in check.needs):
            _put_check(sheet, row, check)
            row += 1
    row = _put_notes(sheet, row, book.notes)
    for column in "ABCD":
        put(sheet, f"{column}{row}", None, style.CLOSING_OF_WHAT_IS_DERIVED)
    sheet.row_dimensions[row].height = 6
    rows = range(FIRST_ROW, row + 1)
    for column, name in zip("ABCD", ("what", "where", "figure", "verdict"), strict=True):
        define(sheet, f"Check_{name}", span(column, rows))
    define(sheet, "Checks_table", f"A{HEADERS_ROW}:D{row}")
    flag(sheet, f"D{FIRST_ROW}:D{row}", f'$D{FIRST_ROW}="FAILED"', style.FAILED)
    sheet.freeze_panes = "A4"


def _put_versions(sheet: Worksheet, book: Book) -> None:
    put_section(sheet, VERSIONS_ROW, "A", "D", f"={FAILED_IN_WORDS}")
    stamp = stamp_of(book.record)
    lines: tuple[tuple[str, str | float, str], ...] = (
        ("The functions, and the law that they answer by", _engine(book), "Engine"),
        ("Checks that failed", '=COUNTIF(Check_verdict,"FAILED")', "Failed_checks"),
        ("Version of xl-amt that calculated this workbook last", stamp[VERSION], VERSION),
        ("Federal law enacted through", stamp[LAW], LAW),
        ("The record's fingerprint, when a command last wrote it", stamp[RECORD], RECORD),
    )
    for row, (words, value, name) in enumerate(lines, start=VERSIONS_ROW + 1):
        put(sheet, f"A{row}", words, style.LABEL)
        put(sheet, f"B{row}", value, style.FORMULA.to_the("left"), style.GENERAL)
        define(sheet, name, f"B{row}")
        for column in "CD":
            put(sheet, f"{column}{row}", None, style.LABEL)
    style.REMARK.apply(sheet[f"B{VERSIONS_ROW + 1}"], style.GENERAL)
    sheet.merge_cells(f"B{VERSIONS_ROW + 1}:D{VERSIONS_ROW + 1}")
    sheet.row_dimensions[VERSIONS_ROW + 1].height = 30
    flag(sheet, f"B{VERSIONS_ROW + 2}", "Failed_checks>0", style.FAILED)


def _engine(book: Book) -> str:
    """Whether the functions answer; the formula rests on inputs, so that changing one asks again."""
    answers = "AMT_BARGAIN(1,0,COUNT(Facts_table))"
    absent = (
        '"The AMT_ functions are not connected here: figures stand as last saved, or show #NAME?. '
        'Install the xl-amt add-in and recalculate."'
    )
    laws = [
        f'"{place_of(code)} law "&INDEX(Law_standing_{code},Asked_place)'
        for code in codes_of(book.record)
        if is_held(code)
    ]
    words = '&", "&'.join(laws) or '"a plain rate"'
    laid_out = "+".join(codes_of(book.record))
    other = f'IF(OR(Jurisdiction="",Jurisdiction="{laid_out}"),"","; these sheets are laid out for {laid_out}")'
    present = f'"Figures by xl-amt "&Engine_version&", tax year "&Year_asked_input&": "&{words}&{other}'
    return f"=IF(ISERROR({answers}),{absent},{present})"


def _put_not_recalculated(sheet: Worksheet) -> None:
    words = '"Every formula was calculated","Not recalculated here: these cells keep their values"'
    put_section(sheet, VERSIONS_ROW, "F", "F", f"=IF(COUNTA(Not_recalculated)=0,{words})")
    rows = range(VERSIONS_ROW + 1, VERSIONS_ROW + 1 + NOT_RECALCULATED_ROWS)
    for row in rows:
        put(sheet, f"F{row}", None, style.REMARK_WITHOUT_LINE)
    define(sheet, "Not_recalculated", span("F", rows))


def _put_check(sheet: Worksheet, row: int, check: Check) -> None:
    put(sheet, f"A{row}", check.what, style.LABEL)
    put(sheet, f"B{row}", check.where, style.UNIT)
    put(sheet, f"C{row}", f"={check.figure}", style.FORMULA.to_the("right"), check.number_format)
    put(sheet, f"D{row}", f"={check.verdict.format(figure=f'$C{row}')}", style.CHECK)


def _put_notes(sheet: Worksheet, row: int, notes: Sequence[str]) -> int:
    """What the record's own years and holdings leave to look at, a sentence each; gives the row beneath.

    There is room for more of them, which later commands find.
    """
    for place in range(max(len(notes), NOTES_ROWS)):
        note = notes[place] if place < len(notes) else ""
        put_text(sheet, f"A{row}", note, style.REMARK_WITHOUT_LINE)
        put_text(sheet, f"B{row}", "Record" if note else "", style.REMARK_WITHOUT_LINE)
        put_text(sheet, f"D{row}", "look" if note else "", style.LOOK_AT)
        if note:
            lines = ceil(len(note) / (WIDTHS[0] * style.LETTERS_IN_A_WIDTH))
            sheet.row_dimensions[row].height = 4 + 13 * lines
        row += 1
    return row
