"""Sheet About: what the workbook is for, how to read it, and what it does not do."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from xl_amt import __version__
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS
from xl_amt.law import enacted
from xl_amt.workbook import style
from xl_amt.workbook.book import Book
from xl_amt.workbook.cells import define, put, put_section, put_text
from xl_amt.workbook.jurisdictions import STATES
from xl_amt.workbook.page import open_sheet

LETTERS_IN_A_LINE: Final = 108

PURPOSE: Final = (
    "How many shares of incentive stock options (ISOs) can this client exercise in the tax year without owing "
    "alternative minimum tax (AMT), and what does exercising more cost? The sheet Room answers; the other sheets "
    "hold what the answer rests on."
)

HOW_TO_USE: Final = (
    (
        "Client",
        (
            "Enter filing status, tax year, wages, value per share, the ISO spread exercised this year already, the "
            "jurisdiction, and any other facts of the year. Nothing is answered before the first three are there."
        ),
    ),
    (
        "Grants",
        (
            "Check the imported grants, or key them in: one row a grant, ISOs and NSOs apart. A grant that has "
            "expired, is no longer an ISO, or whose row cannot be right says so and is left out of the room."
        ),
    ),
    (
        "Room",
        (
            "Read the answer: the room in dollars, the shares of each grant that fit at $0 AMT, and the cost of "
            "more; with two jurisdictions both rooms, and which binds."
        ),
    ),
    ("Scenarios", "Compare four exercises of your own with the base, in which nothing is exercised."),
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
    ("Facts taken in", "Wages, and by their labels: " + ", ".join(label.name for label in LABELS) + "."),
)
DOES_NOT: Final = (
    (
        "Other taxes",
        (
            "Tax of other states, self-employment tax, gain taxed at 28 % or as unrecaptured section 1250 gain, "
            "lump-sum distributions and the kiddie tax."
        ),
    ),
    ("NSOs", "They are listed, not exercised: add to the wages what an NSO exercise adds to them."),
    (
        "Sales, later years",
        "Shares are taken to be held past the year's end. The $100,000 rule and the years after are not looked at.",
    ),
)
DISCLAIMER: Final = (
    "These are planning estimates from the facts entered, not tax, legal or investment advice. Have a tax "
    "professional confirm them against the client's own return before anything is exercised or filed."
)


def add_about(workbook: Workbook, book: Book) -> None:
    """Add the sheet."""
    sheet = open_sheet(workbook, book, "About", "AMT planning for stock options", widths=(24, 92))
    sheet.page_setup.fitToHeight = 1
    put(sheet, "A3", _engine(), style.NOTE)
    define(sheet, "Engine", "A3")
    row = _section(sheet, 5, "What it is for", [("Purpose", PURPOSE)])
    row = _section(sheet, row, "How to use it", HOW_TO_USE)
    _link_to_sheets(sheet, row - 1 - len(HOW_TO_USE))
    row = _section(sheet, row, "Colors", COLOURS)
    for colour_row, look in enumerate(COLOUR_LOOKS, start=row - 1 - len(COLOURS)):
        put(sheet, f"A{colour_row}", sheet[f"A{colour_row}"].value, look)
    row = _section(sheet, row, "What it figures", DOES)
    row = _section(sheet, row, "What it leaves out", DOES_NOT)
    law = enacted("US")
    versions = (
        ("xl-amt", __version__),
        ("Federal law from", str(law.first_year)),
        ("Enacted through", str(law.verified_through)),
        ("Projected after that", f"to {law.last_year}, at {law.inflation:.1%} inflation a year unless set otherwise"),
        ("Grants from", ", ".join(source.file for source in book.record.sources) or "keyed in by hand"),
        *((f"{TAX_SYSTEMS[code].place} law from", _years_of(code)) for code in STATES),
    )
    version, enacted_through = f"B{row + 1}", f"B{row + 3}"
    row = _section(sheet, row, "Versions", versions)
    put(sheet, enacted_through, law.verified_through, style.PARAGRAPH.to_the("left"))  # a number, which A3 compares
    define(sheet, "Engine_version", version)
    define(sheet, "Law_enacted_through", enacted_through)
    _section(sheet, row, "Please note", [("Not advice", DISCLAIMER)])


def _years_of(code: str) -> str:
    law = enacted(code)
    return f"{law.first_year}, enacted through {law.verified_through}; estimated or projected after that"


def _engine() -> str:
    """Whether the functions answer; the formula rests on inputs, so that changing one asks again."""
    answers = "AMT_BARGAIN(1,0,COUNT(Facts_table))"
    absent = (
        '"The AMT_ functions are not connected here: figures stand as last saved, or show #NAME?. '
        'Install the xl-amt add-in and recalculate."'
    )
    projected = 'AMT_LAW_SOURCE("AMT exemption","Single",Year_asked_input)'
    source = f'IF(Year_asked_input<=Law_enacted_through,"as enacted",{projected})'
    present = f'"Figures by xl-amt "&Engine_version&", federal law of tax year "&Year_asked_input&" "&{source}'
    return f"=IF(ISERROR({answers}),{absent},{present})"


def _section(sheet: Worksheet, row: int, title: str, lines: Sequence[tuple[str, str]]) -> int:
    """A title and its lines, each a few words and what they mean; gives the row where the next one starts."""
    put_section(sheet, row, "A", "B", title)
    for line_row, (words, meaning) in enumerate(lines, start=row + 1):
        put_text(sheet, f"A{line_row}", words, style.PARAGRAPH_TITLE)
        put_text(sheet, f"B{line_row}", meaning, style.PARAGRAPH)
        sheet.row_dimensions[line_row].height = 4 + 15 * ceil(len(meaning) / LETTERS_IN_A_LINE)
    return row + len(lines) + 2


def _link_to_sheets(sheet: Worksheet, first_row: int) -> None:
    workbook = sheet.parent
    assert workbook is not None
    there = [(row, title) for row, (title, _) in enumerate(HOW_TO_USE, start=first_row) if title in workbook.sheetnames]
    for row, title in there:
        cell = sheet[f"A{row}"]
        style.CONTENTS_LINK.apply(cell, style.TEXT)
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(title)}!A1", display=title)
