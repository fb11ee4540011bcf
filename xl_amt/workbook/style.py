"""How cells look: one look for each role that a cell can play, and the formats of its numbers."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.styles.differential import DifferentialStyle

NAVY, GREY, PALE_GREY, BAND = "1F3864", "5F6B7A", "D5DBE3", "E8EDF4"
INPUT_BLUE, LINK_GREEN, FAILED_RED, INPUT_YELLOW = "0000FF", "00703C", "C00000", "FFF9DC"

# The currency sign stands next to the number: the accounting form collides with some conditional formats.
# Zero amounts show as a dash, so the figures that matter stand out.
DOLLARS: Final = '$#,##0_);($#,##0);"–"_)'
ROOM_LEFT: Final = '$#,##0_);$#,##0_);"–"_)'  # a room used up to the last cent may be a fraction of one below zero
CENTS: Final = '$#,##0.00_);($#,##0.00);"–"_)'
PRICE: Final = '$#,##0.00##_);($#,##0.00##);"–"_)'
EXACT_SHARES: Final = "#,##0.00"
FACTOR: Final = "0.0000_)"
RATE: Final = '0.0%_);(0.0%);"–"_)'
EXACT_RATE: Final = '0.0##%_);(0.0##%);"–"_)'
SHARES: Final = '#,##0_);(#,##0);"–"_)'
WHOLE: Final = "0_)"
WORDS: Final = "General_);General_);General_);@_)"  # words over a column of numbers, with their right margin
TILE_DOLLARS: Final = "$#,##0"
TILE_SHARES: Final = "#,##0"
COUNT: Final = '0_);-0_);"–"_)'
PERCENT: Final = "0%"
DAY: Final = "mmm d, yyyy"
DAY_IF_ANY: Final = "mmm d, yyyy;;"
TEXT: Final = "@"
LESS: Final = '"less "@'
GENERAL: Final = "General"

_LINE = Side(style="thin", color=PALE_GREY)


@dataclass(frozen=True, eq=False)  # told apart by identity, so a look is found again without reading it
class Look:
    """The look of a cell, and whether it may be typed into."""

    font: Font
    fill: PatternFill | None = None
    border: Border | None = None
    horizontal: str | None = None
    wrap: bool = False
    indent: int = 0
    locked: bool = True
    shrink: bool = False
    vertical: str = "center"

    def to_the(self, horizontal: str) -> Look:
        """The same look with the text to the left, centre or right."""
        return _to_the(self, horizontal)

    def at_the_top(self) -> Look:
        """The same look with the text at the top of a tall row."""
        return _at_the_top(self)

    def apply(self, cell: Cell, number_format: str) -> None:
        """Give a cell this look."""
        styled: Any = cell  # a cell's style in numbers is openpyxl's own, as is the way to copy it
        known = _NUMBERS_OF_LOOKS.setdefault(styled.parent.parent, {})
        if cell.has_style:  # what this look leaves open, such as a fill, stays
            self._paint(cell, number_format)
            return
        if (self, number_format) not in known:
            self._paint(cell, number_format)
            known[self, number_format] = styled._style  # noqa: SLF001 - one style a look, not one a cell
        styled._style = copy(known[self, number_format])  # noqa: SLF001 - one style a look, not one a cell

    def _paint(self, cell: Cell, number_format: str) -> None:
        cell.font = self.font
        if self.fill:
            cell.fill = self.fill
        if self.border:
            cell.border = self.border
        cell.alignment = Alignment(
            horizontal=self.horizontal,
            vertical=self.vertical,
            wrap_text=self.wrap,
            indent=self.indent,
            shrink_to_fit=self.shrink,
        )
        cell.number_format = number_format
        cell.protection = Protection(locked=self.locked)


# A look in a workbook is a few numbers, those of its font, fill and so on; finding them takes longer than all else.
_NUMBERS_OF_LOOKS: Final[WeakKeyDictionary[Workbook, dict[tuple[Look, str], Any]]] = WeakKeyDictionary()


@cache
def _to_the(look: Look, horizontal: str) -> Look:
    return replace(look, horizontal=horizontal)


@cache
def _at_the_top(look: Look) -> Look:
    return replace(look, vertical="top")


def _font(color: str = "000000", size: float = 11, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name="Calibri", size=size, color=color, bold=bold, italic=italic)


def _solid(color: str) -> PatternFill:
    return PatternFill("solid", start_color=color, end_color=color)


_BELOW = Border(bottom=_LINE)
_FRAME = Border(left=_LINE, right=_LINE, bottom=_LINE)

TITLE: Final = Look(_font(NAVY, 20, bold=True))
CLIENT_LINE: Final = Look(_font(GREY, 12))
NOTE: Final = Look(_font(GREY, 10, italic=True))
SECTION: Final = Look(_font("FFFFFF", 12, bold=True), _solid(NAVY))
HEADER: Final = Look(_font(NAVY, bold=True), _solid(BAND), Border(bottom=Side(style="thin", color=NAVY)), wrap=True)
NUMBER_HEADER: Final = replace(HEADER, horizontal="right", indent=1)  # apart from the heading next to it
LABEL: Final = Look(_font(), border=_BELOW)
UNIT_HEADER: Final = replace(HEADER, horizontal="left", indent=1)
UNIT: Final = Look(_font(GREY, 10), border=_BELOW, horizontal="left", indent=1)
LETTERS_IN_A_WIDTH: Final = 1.1  # the remarks' type is smaller than the one by which Excel measures a column
REMARK: Final = Look(_font(GREY, 10), border=_BELOW, wrap=True)
REMARK_ON_A_LINE: Final = replace(REMARK, wrap=False, horizontal="left", indent=1)
FORM_WORDS: Final = Look(_font(size=10), border=_BELOW, wrap=True)
REMARK_WITHOUT_LINE: Final = Look(_font(GREY, 10), wrap=True)
PLAIN_REMARK: Final = replace(REMARK_ON_A_LINE, border=None)
PARAGRAPH: Final = Look(_font(), wrap=True)
PARAGRAPH_TITLE: Final = Look(_font(NAVY, bold=True))
CONTENTS_LINK: Final = Look(Font(name="Calibri", size=11, color=LINK_GREEN, underline="single"))

INPUT_HEADER: Final = Look(
    _font(INPUT_BLUE, bold=True),
    _solid(INPUT_YELLOW),
    Border(bottom=Side(style="thin", color=NAVY)),
    "right",
    wrap=True,
    locked=False,
)
INPUT: Final = Look(_font(INPUT_BLUE), _solid(INPUT_YELLOW), _FRAME, locked=False)
INPUT_NAME: Final = replace(INPUT, shrink=True)  # a long name of a grant shows whole, in smaller letters
INPUT_NOTE: Final = replace(INPUT, wrap=True)
INPUT_WORDS: Final = replace(INPUT, horizontal="right", wrap=True)  # a choice over or under numbers
INPUT_TEXT: Final = replace(INPUT, horizontal="left", wrap=True)
PREFILLED: Final = Look(_font(LINK_GREEN), _solid(INPUT_YELLOW), _FRAME, locked=False)
# An input in a row that may stand unused: the row's conditional format paints it when the row is in use.
INPUT_WHEN_USED: Final = Look(_font(INPUT_BLUE), locked=False)
PREFILLED_WHEN_USED: Final = Look(_font(LINK_GREEN), locked=False)
FORMULA: Final = Look(_font(), border=_BELOW)
FORMULA_WORDS: Final = replace(FORMULA, horizontal="right", wrap=True)
WORDS_BESIDE: Final = replace(FORMULA, horizontal="left", indent=1, shrink=True)  # apart from the number before them
LINK: Final = Look(_font(LINK_GREEN), border=_BELOW)
PLAIN_FORMULA: Final = Look(_font())
PLAIN_LINK: Final = Look(_font(LINK_GREEN))
LINKED_NAME: Final = replace(PLAIN_LINK, shrink=True)
CLOSING: Final = Look(_font(GREY, 6), _solid(PALE_GREY), locked=False)
CLOSING_OF_WHAT_IS_DERIVED: Final = replace(CLOSING, locked=True)
TOTAL: Final = Look(_font(bold=True), _solid(BAND), Border(top=_LINE, bottom=_LINE))
TOTAL_REMARK: Final = replace(TOTAL, font=_font(GREY, 10), horizontal="left", indent=1)
ANSWER_WORDS: Final = Look(_font(NAVY, 14, bold=True), wrap=True)
SUMMARY_ANSWER: Final = replace(ANSWER_WORDS, font=_font(NAVY, 16, bold=True))
SENTENCES: Final = replace(NOTE, wrap=True)
_GAP = Side(style="thick", color="FFFFFF")
_BETWEEN = Border(left=_GAP, right=_GAP)
TILE_LABEL: Final = Look(_font(GREY, 10), _solid(BAND), _BETWEEN, horizontal="center", wrap=True)
TILE_FIGURE: Final = Look(_font(NAVY, 22, bold=True), _solid(BAND), _BETWEEN, horizontal="center")
CHECK: Final = Look(_font(LINK_GREEN, bold=True), border=_BELOW, horizontal="center")
LOOK_AT: Final = replace(CHECK, border=None)
FAILED_EXAMPLE: Final = Look(_font(FAILED_RED, bold=True))

FAILED: Final = DifferentialStyle(font=Font(color=FAILED_RED, bold=True))
DIMMED: Final = DifferentialStyle(font=Font(color="8A94A3", italic=True))
ROW_IN_USE: Final = DifferentialStyle(border=_BELOW)
INPUT_IN_USE: Final = DifferentialStyle(fill=_solid(INPUT_YELLOW), border=_FRAME)
