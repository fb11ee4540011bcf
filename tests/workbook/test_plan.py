"""Sheet Plan: its years are those of the engine, as planned and with nothing more done; shares may be typed over."""

import pytest

from tests.workbook.by_year import Calculated
from tests.workbook.test_returns import RECORDS
from xl_amt.jobs.years_report import report_years
from xl_amt.workbook.jurisdictions import codes_of

FIGURES = ("regular tax", "AMT", "credit used", "total tax")
OF_THE_BASE = ("AMT", "credit used", "total tax")


def differences(calculated, expected, prefix, figures):
    """The figures of a jurisdiction and year in which the sheet and the engine differ by a cent."""
    different = {}
    for code in codes_of(calculated.book.record):
        for figure in figures:
            for year, shown in calculated.by_year(f"{prefix}_{figure.replace(' ', '_')}_{code}").items():
                known = expected[year][figure if code == "US" else f"{code} {figure}"]
                if abs(shown - known) >= 0.005:
                    different[year, code, figure] = (shown, known)
    return different


@pytest.mark.parametrize("name", RECORDS)
def test_the_plan_and_its_base_have_the_figures_of_the_engine(name):
    """As recorded, with every planned step; and beside it with none of them."""
    record = RECORDS[name]
    calculated = Calculated(record)
    planned, done = (report_years(record, planned=planned).figures for planned in (True, False))
    assert differences(calculated, planned, "Plan", FIGURES) == {}
    assert differences(calculated, done, "Base", OF_THE_BASE) == {}
