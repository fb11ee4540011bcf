"""The numbers of the law, and where each is enacted."""

from __future__ import annotations

from xl_amt.law import Jurisdiction, Status, look_up
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_LAW(parameter, status, year, [jurisdiction])",
    category="Law",
    result="as the parameter: dollars or a fraction",
    example=("AMT exemption", "single", 2026),
    gives=90_100,
    takes_columns=False,
)
def amt_law(parameter: str, status: Status, year: int, jurisdiction: Jurisdiction) -> float:
    """A number of the law by name, such as AMT exemption, AMT 28 % rate start or Standard deduction."""
    return look_up(parameter, status, year, jurisdiction.law_book).value


@worksheet(
    "AMT_LAW_SOURCE(parameter, status, year, [jurisdiction])",
    category="Law",
    answer="text",
    result="text",
    example=("AMT exemption phase-out rate", "single", 2018),
    gives="IRC 55(d)(2)",
    takes_columns=False,
)
def amt_law_source(parameter: str, status: Status, year: int, jurisdiction: Jurisdiction) -> str:
    """Where a number of the law is enacted: the Revenue Procedure, statute or form that sets it.

    A number of a later year says that it is projected, from which year and at what inflation; one of a firm's law
    book gives the source that the book names.
    """
    return look_up(parameter, status, year, jurisdiction.law_book).source
