"""The forms as the IRS prints them: each line's number and words on the year's revision, and what stands on it."""

from __future__ import annotations

from typing import Any, Final

from xl_amt.forms.printed import FormFiles, PrintedForms, Sheet
from xl_amt.forms.us.form_6251 import saved_by_low_rate
from xl_amt.forms.us.printed import amounts
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.law import STATUSES, FederalLaw

_FILES: Final = FormFiles(__name__)

form = _FILES.form


def _schedule_a_remark(tax_return: TaxReturn) -> str:
    return "" if tax_return.regular.deductions.itemized else ", not filed: the standard deduction is taken"


_SHEETS: Final = (
    Sheet("form_1040", amounts.form_1040),
    Sheet("form_6251", amounts.form_6251),
    Sheet("form_8801_part_i", amounts.form_8801_part_i),
    Sheet("form_8801_part_ii", amounts.form_8801_part_ii),
    Sheet("schedule_a", amounts.schedule_a_as_filed, remark=_schedule_a_remark),
    Sheet("schedule_d", amounts.schedule_d),
    Sheet(
        "schedule_d",
        amounts.schedule_d_for_amt,
        ("AMT Schedule D", "Schedule D for AMT"),
        lambda _: ", refigured for the AMT",
    ),
    Sheet("schedule_1_a", amounts.schedule_1_a),
    Sheet("qualified_dividends_worksheet", amounts.worksheet),
)


def _said(law: FederalLaw) -> dict[str, Any]:
    """What the braces in the words stand for."""
    year = law.year
    separate_filer = ""
    if law.status == "mfs":
        separate_filer = (
            f" (If married filing separately and line 4 is more than ${law.exemption_gone:,.0f}, see instructions.)"
        )
    return {
        "law": law,
        "saved_by_low_rate": saved_by_low_rate(law),
        "separate_filer": separate_filer,
        "status": _status(law),
        "born_before": year - 64,
        "Form_1040": "Form 1040" if year == 2018 else "Form 1040 or 1040-SR",
        "form_1040": form("form_1040").numbers(year),
        "form_6251": form("form_6251").numbers(year),
        "schedule_1_a": form("schedule_1_a").numbers(year),
        "qualified_dividends_worksheet": form("qualified_dividends_worksheet").numbers(year),
    }


def _status(law: FederalLaw) -> str:
    if law.status == "qss" and law.year <= 2021:
        return "qualifying widow(er)"
    return STATUSES[law.status].lower()


PRINTED: Final = PrintedForms(_FILES, _SHEETS, _said)
