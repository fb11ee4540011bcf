"""What has to be paid during the year."""

from __future__ import annotations

from xl_amt.household import Refusal
from xl_amt.law import ESTIMATED_TAXES, Jurisdiction, Status, estimated_tax_law
from xl_amt.planning.estimated_tax import LastYear, ThisYear, required_annual_payment
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_SAFE_HARBOR(this_year_tax, last_year_tax, last_year_agi, status, year, [jurisdiction], [this_year_agi])",
    category="Estimated tax",
    result="dollars",
    example=(80_000, 40_000, 180_000, "single", 2026),
    gives=44_000.00,
    refusals=(
        Refusal(
            lambda last_year_tax, last_year_agi, **_: last_year_tax > 0.0 and last_year_agi == 0.0,
            "last_year_agi: it is blank or 0 although a tax is entered; enter last year's adjusted gross income.",
        ),
        Refusal(
            lambda last_year_tax, **_: last_year_tax == 0.0,
            "last_year_tax: it is blank or 0; enter last year's tax (if none was owed for twelve months of it, no "
            "payment is needed; if no return was filed, enter this year's tax).",
        ),
    ),
    takes_columns=False,
    jurisdictions=ESTIMATED_TAXES,
)
def amt_safe_harbor(
    this_year_tax: float,
    last_year_tax: float,
    last_year_agi: float,
    status: Status,
    year: int,
    jurisdiction: Jurisdiction,
    this_year_agi: float,
) -> float:
    """Payments for the year, including withholding, that avoid the penalty for underpaying estimated tax.

    The smaller of 90% of this year's tax and 100% of last year's; 110% if last year's adjusted gross income was above
    $150,000, or $75,000 for separate filers this year (IRC 6654(d); Form 2210 line 9). 0 if this year's tax is under
    $1,000. This holds only if the payments are on time: a quarter by the 15th of each of April, June, September and
    January; withholding counts as spread evenly over the year. Nothing has to be paid if a citizen or resident owed no
    tax last year, a year of twelve months (IRC 6654(e)(2)): a blank or 0 is therefore refused. If no return was filed
    for last year although one was due, enter this year's tax in place of last year's.

    "CA" is California's (R&TC 19136 to 19136.3): 30, 40, 0 and 30%; 0 if either year's tax is under $500 ($250 for
    separate filers); and at $1,000,000 ($500,000) or more of this year's adjusted gross income only this year's tax
    counts. Both years' income is that of California (Form 540 line 17). Enter this_year_agi for this; if the answer
    depends on it and it is missing, the cell shows an error. Each jurisdiction's tax is paid separately, so "US+CA" is
    an error too.
    """
    this_year = ThisYear(this_year_tax, agi=this_year_agi or None)
    return required_annual_payment(
        this_year, LastYear(last_year_tax, last_year_agi), estimated_tax_law(year, status, jurisdiction)
    )
