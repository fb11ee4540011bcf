"""Sheet About: what the workbook is for, how to read it, and what it does not do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.law import enacted
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section, put_text
from xl_amt.workbook.jurisdictions import STATES, codes_of
from xl_amt.workbook.page import open_sheet
from xl_amt.workbook.stamp import LAW, LAW_HASH, RECORD, VERSION, stamp_of

LETTERS_IN_A_LINE: Final = 108
LINE_HEIGHT: Final = 19  # points

PURPOSE: Final = (
    "How many shares of incentive stock options (ISOs) can this client exercise in a year without owing alternative "
    "minimum tax (AMT), what does more cost, when does the credit come back, and what does a plan over years come to? "
    "Summary answers on one page; the other sheets hold what the answer rests on. The workbook is the client's record: "
    "every command of xl-amt reads it, and writes into it what is new."
)

CONTENTS: Final = {
    "Summary": "One page for the client: the answer, the plan by year, what to do by when.",
    "Plan": "Shares to exercise by year, which you may type over, what they come to, and a frozen plan to compare.",
    "Calendar": "Every day on which something is due or planned; type yes next to what is done.",
    "Cash": "What the exercises take by year, when it is due, and what pays for it.",
    "Room": "The room in dollars, the shares of each grant that fit at $0 AMT, and the cost of more.",
    "Credit": "The minimum tax credit from year to year: opening, earned, used, closing.",
    "Scenarios": "Your own exercises compared with the base, in which nothing is exercised.",
    "Leaving": "Employment ends: what each way to exercise the options costs, and the best one found.",
    "Outlook": "What the value may do to each strategy of the plan: money after tax, chances and regrets.",
    "Client": "Who the client is, what the plan rests on, and the facts of each year; a blank follows the year before.",
    "Holdings": "One row per company and holder, with the day on which its shares are counted.",
    "Grants": "One row per grant; one that has expired, is no longer an ISO or cannot be right is marked and left out.",
    "Vesting": "The platform's own vesting days, where it gives them.",
    "Exercises": "Exercises done and planned.",
    "Sales": "December's table for this year's ISO shares, lot by lot; below it sales done and planned.",
    "Other lots": "Shares held whose grant is not known.",
    "Events": "Values of a share, splits, accelerations, cancellations, repurchases and moves.",
    "Frozen plan": "The plan that xl-amt plan --freeze keeps, hidden until there is one.",
    "Lots": "The shares that were and will be acquired, with both bases and their holding periods.",
    "Gains": "What each sale takes of each lot, and its gain by both bases.",
    "Returns": "Each year's facts as its return has them: the client's, the options', and what is carried.",
    "Form 6251": "A page for the return's preparer; then Forms 6251 and 8801 line by line.",
    "Schedule P": "Schedule P (540) and FTB 3510 line by line.",
    "Law": "The numbers in force in each year, where each is enacted, and which are estimated.",
    "Import": "What an import set aside or asks, and your answers.",
    "Files": "The files that were read.",
    "Log": "What was imported, changed, answered, planned and reported, and when.",
    "Checks": "What must hold, what could not be calculated here, and versions.",
}

DECEMBER: Final = ("December", "On the sheet Sales: hold this year's ISO shares, or sell them by December 31.")

READ_BACK: Final = (
    (
        "What is read",
        (
            "The yellow cells of Client and the tables of Holdings to Frozen plan, Import, Files and Log. Each is "
            "found by its name or its headers, so rows may be sorted and added, and sheets moved and renamed; a header "
            "may not."
        ),
    ),
    (
        "What is yours",
        (
            "Sheets, columns, charts, comments and formats that you add stay as they are when a command writes into "
            "the workbook; the previous file is kept next to it."
        ),
    ),
    (
        "What is not read",
        "Plan, Scenarios and Room are for trying: what you want to keep goes on Exercises and Sales as planned.",
    ),
)

COLOURS: Final = (
    (
        "Blue on yellow",
        "An input: type it in. Every other cell is locked; the sheets are protected without a password.",
    ),
    ("Green on yellow", "An input that is prefilled from another cell: leave it, or type over it."),
    ("Black", "A formula. Figures of tax come from the AMT_ functions; the rest is plain arithmetic."),
    ("Green", "Taken from another sheet."),
    ("Red", "A check that failed, or an entry to look at again."),
)
COLOUR_LOOKS: Final = (
    style.INPUT,
    style.PREFILLED,
    style.PLAIN_FORMULA,
    style.PLAIN_LINK,
    style.FAILED_EXAMPLE,
)

_STATES: Final = ", ".join(TAX_SYSTEMS[code].place for code in STATES)
DOES: Final = (
    (
        "Regular tax",
        (
            "Federal, Form 1040 to the total tax, with Schedules A, D, 1-A and 8812, net investment income tax, "
            "Additional Medicare Tax, and credits. Tax comes from the rate schedules, so below $100,000 of taxable "
            "income it may differ by a few dollars from the Tax Table."
        ),
    ),
    (
        "AMT",
        (
            "Federal, Form 6251 with Part III, and the minimum tax credit of Form 8801. The room is exact, and whole "
            "shares are checked by the form."
        ),
    ),
    (
        "State tax",
        (
            f"Regular tax, AMT and its credit of residents of {_STATES}, where the jurisdiction names the state; facts "
            "that only its forms ask for have labels that begin with its code."
        ),
    ),
    ("Facts taken in", "Wages, equity, and every fact that the sheet Client lists by its label, year by year."),
)
DOES_NOT: Final = (
    (
        "Other taxes",
        (
            "Tax of other states, self-employment tax, gain taxed at 28 % or as unrecaptured section 1250 gain, "
            "lump-sum distributions and the kiddie tax."
        ),
    ),
    (
        "Section 1202",
        "The exclusion of gain on qualified small business stock is in no figure, and may outweigh every plan here.",
    ),
)
HASH_OF_THE_LAW: Final = "Hash of the law"
EVIDENCE: Final = (
    (
        "Version",
        f'="xl-amt "&{VERSION}&" calculated this workbook last; its federal law is enacted through "&{LAW}&"."',
    ),
    (HASH_OF_THE_LAW, ""),
    (
        "The record",
        f'="Its fingerprint is "&{RECORD}&"; xl-amt check says whether it is still the one that was reported."',
    ),
    (
        "The log",
        '="The sheet Log says what was imported, changed, answered and reported, and when; rows: "&COUNT(Log_day)&"."',
    ),
    (
        "Sources",
        "The sheet Files lists the files that were read, each with its hash; the sheet Law where numbers are enacted.",
    ),
    ("Not enacted", "A year with * on Summary, and grey numbers on the sheet Law, are estimated or projected."),
)
DISCLAIMER: Final = (
    "These are planning estimates from the facts entered, not tax, legal or investment advice. Have a tax "
    "professional confirm them against the client's own return before anything is exercised or filed."
)


def add_about(workbook: Workbook, book: Book) -> None:
    """Add the sheet, the last one: its contents are the sheets that are there."""
    sheet = open_sheet(workbook, book, "About", "AMT planning for stock options", widths=(24, 92))
    sheet.page_setup.fitToHeight = 1
    row = _section(sheet, 5, "What it is for", [("Purpose", PURPOSE)])
    contents = [(title, CONTENTS[title]) for title in workbook.sheetnames if title in CONTENTS]
    row = _section(sheet, row, "The sheets", [*contents, DECEMBER])
    places = {title: f"{quote_sheetname(title)}!A1" for title, _ in contents} | {DECEMBER[0]: "December"}
    _link(sheet, row - 1 - len(places), places)
    row = _section(sheet, row, "Colors", COLOURS)
    for colour_row, look in enumerate(COLOUR_LOOKS, start=row - 1 - len(COLOURS)):
        put(sheet, f"A{colour_row}", sheet[f"A{colour_row}"].value, look)
    row = _section(sheet, row, "How it is read back", READ_BACK)
    row = _section(sheet, row, "What it figures", DOES)
    row = _section(sheet, row, "What it leaves out", DOES_NOT)
    row = _section(sheet, row, "Law", [_law_of(code) for code in dict.fromkeys(["US", *codes_of(book.record)])])
    row = _evidence(sheet, row, book)
    last = _section(sheet, row, "Please note", [("Not advice", DISCLAIMER)]) - 2
    sheet.print_area = f"A1:B{last}"


def _law_of(code: str) -> tuple[str, str]:
    law = enacted(code)
    later = f"; after that, to {law.last_year}, estimated, or projected at {law.inflation:.1%} inflation a year"
    place = "Federal" if code == "US" else TAX_SYSTEMS[code].place
    return place, f"From {law.first_year}, enacted through {law.verified_through}{later}, unless set otherwise."


def _evidence(sheet: Worksheet, row: int, book: Book) -> int:
    """By what the figures can be traced: versions, hashes, sources and the log; gives the row of the next section."""
    after = _section(sheet, row, "Evidence", [(words, "") for words, _ in EVIDENCE])
    for line, (words, meaning) in enumerate(EVIDENCE, start=row + 1):
        put(sheet, f"B{line}", meaning, style.PARAGRAPH)
        sheet.row_dimensions[line].height = LINE_HEIGHT
        if words == HASH_OF_THE_LAW:
            put(sheet, f"B{line}", stamp_of(book.record)[LAW_HASH], style.PARAGRAPH)
            define(sheet, LAW_HASH, f"B{line}")
    return after


def _section(sheet: Worksheet, row: int, title: str, lines: Sequence[tuple[str, str]]) -> int:
    """A title and its lines, each a few words and what they mean; gives the row where the next one starts."""
    put_section(sheet, row, "A", "B", title)
    for line_row, (words, meaning) in enumerate(lines, start=row + 1):
        put_text(sheet, f"A{line_row}", words, style.PARAGRAPH_TITLE)
        put_text(sheet, f"B{line_row}", meaning, style.PARAGRAPH)
        sheet.row_dimensions[line_row].height = LINE_HEIGHT + 15 * (ceil(len(meaning) / LETTERS_IN_A_LINE) - 1)
    return row + len(lines) + 2


def _link(sheet: Worksheet, first_row: int, places: Mapping[str, str]) -> None:
    for row, (words, place) in enumerate(places.items(), start=first_row):
        cell = sheet[f"A{row}"]
        style.CONTENTS_LINK.apply(cell, style.TEXT)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place, display=words)
