"""The Qualified Dividends and Capital Gain Tax Worksheet of Form 1040 (line numbers of 2020 and later)."""

from __future__ import annotations

from typing import NamedTuple

from xl_amt.arithmetic.lines import Line, smaller_of, zero_or_more
from xl_amt.law import FederalLaw


class QualifiedDividendsWorksheet(NamedTuple):
    """The worksheet, in dollars."""

    taxable_income: Line  # line 1
    preferential_income: Line  # line 4
    ordinary_part: Line  # line 5
    below_zero_rate_top: Line  # line 7
    ordinary_below_zero_rate_top: Line  # line 8
    taxed_at_zero: Line  # line 9
    taxed_preferential_income: Line  # line 10
    above_zero: Line  # line 12
    below_middle_rate_top: Line  # line 14
    below_middle_rate: Line  # line 15
    middle_rate_room: Line  # line 16
    taxed_at_middle_rate: Line  # line 17
    tax_at_middle_rate: Line  # line 18
    below_high_rate: Line  # line 19
    taxed_at_high_rate: Line  # line 20
    tax_at_high_rate: Line  # line 21
    tax_on_ordinary_part: Line  # line 22
    tax_with_gains_rates: Line  # line 23
    tax_without_gains_rates: Line  # line 24
    tax: Line  # line 25


def qualified_dividends_worksheet(
    taxable_income: Line, preferential_income: Line, law: FederalLaw
) -> QualifiedDividendsWorksheet:
    """Regular tax where some income is taxed at the rates of IRC 1(h).

    ``preferential_income`` is worksheet line 4: qualified dividends and the net capital gain of Schedule D.
    """
    line_1 = taxable_income
    line_4 = preferential_income
    line_5 = zero_or_more(line_1 - line_4)
    # taxed at 0%
    line_7 = smaller_of(line_1, law.zero_rate_top)
    line_8 = smaller_of(line_5, line_7)
    line_9 = line_7 - line_8
    # taxed at 15%
    line_10 = smaller_of(line_1, line_4)
    line_12 = line_10 - line_9
    line_14 = smaller_of(line_1, law.middle_rate_top)
    line_15 = line_5 + line_9
    line_16 = zero_or_more(line_14 - line_15)
    line_17 = smaller_of(line_12, line_16)
    line_18 = line_17 * law.middle_gain_rate
    # taxed at 20%
    line_19 = line_9 + line_17
    line_20 = line_10 - line_19
    line_21 = line_20 * law.high_gain_rate
    line_22 = law.ordinary_rates.tax(line_5)
    line_23 = line_18 + line_21 + line_22
    line_24 = law.ordinary_rates.tax(line_1)
    line_25 = smaller_of(line_23, line_24)
    return QualifiedDividendsWorksheet(
        line_1,
        line_4,
        line_5,
        line_7,
        line_8,
        line_9,
        line_10,
        line_12,
        line_14,
        line_15,
        line_16,
        line_17,
        line_18,
        line_19,
        line_20,
        line_21,
        line_22,
        line_23,
        line_24,
        line_25,
    )
