"""The forms as the FTB prints them: each line's number and words on the year's revision, and what stands on it."""

from __future__ import annotations

from typing import Any, Final

from xl_amt.forms.ca.printed import amounts
from xl_amt.forms.ca.total_tax import CaliforniaReturn
from xl_amt.forms.printed import FormFiles, PrintedForms, Sheet
from xl_amt.forms.us.printed import form as federal_form
from xl_amt.law import STATUSES, CaliforniaLaw

_FILES: Final = FormFiles(__name__)


def _schedule_ca_remark(tax_return: CaliforniaReturn) -> str:
    return "" if tax_return.regular.itemizes else ", not completed: the standard deduction is taken"


_SHEETS: Final = (
    Sheet("form_540", amounts.form_540),
    Sheet("schedule_ca_part_i", amounts.schedule_ca_part_i),
    Sheet("schedule_ca", amounts.schedule_ca, remark=_schedule_ca_remark),
    Sheet("schedule_d_540", amounts.schedule_d_540),
    Sheet(
        "schedule_d_540",
        amounts.schedule_d_540_for_amt,
        ("AMT Schedule D (540)", "AMT Schedule D", "Schedule D for AMT"),
        lambda _: ", refigured for Schedule P line 9",
    ),
    Sheet("schedule_p", amounts.schedule_p),
    Sheet("schedule_p_part_iii", amounts.schedule_p_part_iii),
    Sheet("form_3510", amounts.form_3510),
)


def _said(law: CaliforniaLaw) -> dict[str, Any]:
    """What the braces in the words stand for."""
    year = law.year
    form_1040 = federal_form("form_1040").numbers(year)
    separate_filer, of_facts_year = "", ""
    if law.status == "mfs":
        gone = f"${law.exemption_gone:,.0f}, see instructions"
        separate_filer = f" (if married/RDP filing separately and line 21 is more than {gone})"
        of_facts_year = f". If you were married/RDP filing separately for {year} and this amount is more than {gone}"
    return {
        "law": law,
        "status": _status(law),
        "separate_filer": separate_filer,
        "separate_filer_of_facts_year": of_facts_year,
        "Form_1040": "Form 1040" if year == 2018 else "Form 1040 or 1040-SR",
        "federal_income": form_1040.get("income_before_deductions", form_1040["adjusted_gross_income"]),
        "federal_gain_or_loss": form_1040.get("gain_or_loss"),
        "schedule_ca_part_i": _FILES.form("schedule_ca_part_i").numbers(year),
    }


def _status(law: CaliforniaLaw) -> str:
    if law.status == "qss" and law.year <= 2021:
        return "qualifying widow(er)"
    return STATUSES[law.status].lower().replace("married", "married/RDP").replace("spouse", "spouse/RDP")


PRINTED: Final = PrintedForms(_FILES, _SHEETS, _said)
