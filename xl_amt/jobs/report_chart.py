"""The report's picture: AMT and the credit that is used, side by side by year."""

from __future__ import annotations

from typing import Final

from xl_amt.jobs.advice import Advice
from xl_amt.pictures.chart import COLORS, Chart, Style

AMT_BY_YEAR: Final = (
    "Bars by year: the AMT owed, and the minimum tax credit used; the same figures as on the page Plan."
)
_AMT, _CREDIT = Style(COLORS[1]), Style(COLORS[2])
_WIDTH: Final = 0.36  # of a year


def amt_by_year(advice: Advice) -> str:
    """The picture as an SVG document; jurisdictions are added up."""
    years = [year.year for year in advice.years]
    owed = [year.amt for year in advice.years]
    used = [sum(tax.credit_used for tax in year.taxes.values()) for year in advice.years]
    chart = Chart("AMT and credit by year", "dollars", (years[0] - 0.5, years[-1] + 0.5), (0.0, max(*owed, *used)))
    for year, amount, credit in zip(years, owed, used, strict=True):
        chart.bar(year - _WIDTH, year, amount, _AMT)
        chart.bar(year, year + _WIDTH, credit, _CREDIT)
    chart.key("AMT owed", _AMT)
    chart.key("Minimum tax credit used", _CREDIT)
    return chart.svg(x_ticks=years)
