"""What an option is worth at exercise."""

from __future__ import annotations

from typing import Any

from xl_amt.forms.lines import zero_or_more
from xl_amt.worksheet.registry import worksheet


@worksheet(
    "AMT_BARGAIN(shares, strike, fmv)",
    category="Options",
    result="dollars",
    example=(20_000, 10, 40),
    gives=600_000.00,
)
def amt_bargain(shares: Any, strike: Any, fmv: Any) -> Any:
    """Bargain element of an exercise: shares × (fair market value − strike); 0 under water.

    For an ISO this is the item of Form 6251 line 2i (IRC 56(b)(3)); for an NSO it is wages (Treas. Reg. 1.83-7).
    """
    return shares * zero_or_more(fmv - strike)
