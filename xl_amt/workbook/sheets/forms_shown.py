"""Which forms the workbook shows, in which parts, and which of their lines stand on the preparer's page."""

from __future__ import annotations

from typing import Final, NamedTuple


class Part(NamedTuple):
    """A part of a form: the line that it begins with, its title, and whether it is folded without gains."""

    line: str
    title: str
    is_of_gains: bool = False


class OnTheSheet(NamedTuple):
    """A form on a sheet: its name for AMT_LINE, its title, and its parts in paper order."""

    form: str
    title: str
    parts: tuple[Part, ...]


class ForThePreparer(NamedTuple):
    """A line on the preparer's page: its form, its number, and what it is in a few words."""

    form: str
    line: str
    words: str


FORM_6251: Final = (
    OnTheSheet(
        "6251",
        "Form 6251, Alternative Minimum Tax—Individuals",
        (
            Part("1", "Part I, alternative minimum taxable income"),
            Part("1a", "Part I, alternative minimum taxable income"),
            Part("5", "Part II, alternative minimum tax"),
            Part("12", "Part III, tax computation using maximum capital gains rates", is_of_gains=True),
        ),
    ),
    OnTheSheet(
        "8801 part II",
        "Form 8801 of the same year: the credit that it uses",
        (Part("21", "Part II, minimum tax credit and carryforward, lines 21 to 26"),),
    ),
    OnTheSheet(
        "8801 part I",
        "Form 8801 of the next year: the credit that this year's facts earn",
        (
            Part("1", "Part I, net minimum tax on exclusion items"),
            Part("16", "Part II, lines 16 to 18"),
            Part("27", "Part III, tax computation using maximum capital gains rates", is_of_gains=True),
        ),
    ),
)
SCHEDULE_P: Final = (
    OnTheSheet(
        "Schedule P",
        "Schedule P (540), alternative minimum tax and credit limitations—residents",
        (
            Part("1", "Part I, alternative minimum taxable income"),
            Part("22", "Part II, alternative minimum tax"),
        ),
    ),
    OnTheSheet(
        "Schedule P part III",
        "Schedule P (540) of the same year: the credit that it uses",
        (Part("", "Part III, credits that reduce tax"),),
    ),
    OnTheSheet(
        "3510",
        "FTB 3510 of the next year: the credit that this year's facts earn",
        (
            Part("1", "Part I, section A, net alternative minimum tax on exclusions"),
            Part("28", "Part II, credit carryover to the next year"),
        ),
    ),
)
OF_THE_UNITED_STATES: Final = (
    ForThePreparer("6251", "2i", "Exercise of incentive stock options: spread of shares exercised and held"),
    ForThePreparer("6251", "2k", "Disposition of property: AMT gain less regular gain of shares sold"),
    ForThePreparer("6251", "9", "Tentative minimum tax"),
    ForThePreparer("6251", "11", "AMT, to Schedule 2 (Form 1040)"),
    ForThePreparer("8801 part II", "21", "Minimum tax credit available"),
    ForThePreparer("8801 part II", "25", "Minimum tax credit used, to Schedule 3 (Form 1040)"),
    ForThePreparer("8801 part II", "26", "Minimum tax credit carried forward"),
    ForThePreparer("8801 part I", "18", "Credit earned, on the next year's Form 8801"),
)
OF_CALIFORNIA: Final = (
    ForThePreparer("Schedule P", "9", "Adjusted gain or loss: AMT gain less regular gain of shares sold"),
    ForThePreparer("Schedule P", "10", "Incentive stock options: spread of shares exercised and held"),
    ForThePreparer("Schedule P", "24", "Tentative minimum tax"),
    ForThePreparer("Schedule P", "26", "AMT, to Form 540, line 61"),
    ForThePreparer("3510", "30", "Credit earned, on the next year's FTB 3510"),
    ForThePreparer("3510", "32", "Credit available to the next year"),
)
