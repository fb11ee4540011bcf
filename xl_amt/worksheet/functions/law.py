"""The numbers of the law, and where each is enacted."""

from __future__ import annotations

from xl_amt.law import Jurisdiction, Status, jurisdictions, look_up
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_LAW(parameter, status, year, [jurisdiction])",
    category="Law",
    result="as the parameter: dollars, a fraction or a word",
    example=("AMT exemption", "single", 2026),
    gives=90_100,
    takes_columns=False,
    jurisdictions=jurisdictions(),
)
def amt_law(parameter: str, status: Status, year: int, jurisdiction: Jurisdiction) -> float | str:
    """A number in the law by name, such as AMT exemption, AMT 28 % rate start or Standard deduction.

    Each jurisdiction has its own names: use "CA" for California's.
    """
    value: float | str = look_up(parameter, status, year, jurisdiction).value
    return value


@worksheet(
    "AMT_LAW_SOURCE(parameter, status, year, [jurisdiction])",
    category="Law",
    answer="text",
    result="text",
    example=("AMT exemption phase-out rate", "single", 2018),
    gives="IRC 55(d)(2)",
    takes_columns=False,
    jurisdictions=jurisdictions(),
)
def amt_law_source(parameter: str, status: Status, year: int, jurisdiction: Jurisdiction) -> str:
    """Where a number in the law is enacted: the Revenue Procedure, statute or form that sets it.

    For a later year, it says that the number is estimated, from which statute and price index, or projected, and at
    what inflation; for a firm's law book, it gives the source that the book names.
    """
    return look_up(parameter, status, year, jurisdiction).source
