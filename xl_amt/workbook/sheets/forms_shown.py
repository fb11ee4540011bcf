"""Which forms the workbook shows, in which parts, and which of their lines stand on the preparer's page."""

from __future__ import annotations

from typing import Final, NamedTuple

from xl_amt.forms.printed import ListedLine


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
    """A line on the preparer's page: the code of its form's jurisdiction, the form, the number, and what it is."""

    code: str
    form: str
    line: str
    words: str

    def as_listed(self) -> ListedLine:
        """The line, as one that every year's form has."""
        return ListedLine(self.line, self.words, has_amount=True, first_year=None, last_year=None)


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
FOR_THE_PREPARER: Final = (
    ForThePreparer("US", "6251", "2i", "Form 6251: ISO spread of shares exercised in the year and held at its end"),
    ForThePreparer("US", "6251", "2k", "Form 6251: AMT gain less regular gain of shares sold"),
    ForThePreparer("US", "6251", "9", "Form 6251: tentative minimum tax"),
    ForThePreparer("US", "6251", "11", "Form 6251: AMT, to Schedule 2 (Form 1040)"),
    ForThePreparer("US", "8801 part II", "21", "Form 8801: minimum tax credit available"),
    ForThePreparer("US", "8801 part II", "25", "Form 8801: credit used, to Schedule 3 (Form 1040)"),
    ForThePreparer("US", "8801 part II", "26", "Form 8801: credit carried forward"),
    ForThePreparer("US", "8801 part I", "18", "Form 8801 of the next year: credit that this year earns"),
    ForThePreparer("CA", "Schedule P", "9", "Schedule P (540): AMT gain less regular gain of shares sold"),
    ForThePreparer("CA", "Schedule P", "10", "Schedule P (540): ISO spread of shares exercised in the year and held"),
    ForThePreparer("CA", "Schedule P", "24", "Schedule P (540): tentative minimum tax"),
    ForThePreparer("CA", "Schedule P", "26", "Schedule P (540): AMT, to Form 540, line 61"),
    ForThePreparer("CA", "3510", "30", "FTB 3510 of the next year: credit that this year earns"),
    ForThePreparer("CA", "3510", "32", "FTB 3510 of the next year: credit available then"),
)
BESIDE_IT: Final = (
    "The spread is the value on the day of exercise less the strike, as on Forms 3921; its lots are on the sheet Lots.",
    "Shares whose spread counted for the AMT have a second, higher basis for it; sales by both are on the sheet Gains.",
    "Forms 8801 and FTB 3510 take the facts of the year before: their credit is shown in the year that earns it.",
    "Figures are exact to the cent from the rate schedules; a return rounds to dollars and may take a Tax Table.",
)
