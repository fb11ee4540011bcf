"""Form W-2: what equity adds to boxes 1, 3, 5 and 12."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from xl_amt.documents.figures import same
from xl_amt.equity.amounts import income_at_its_day, never_vested
from xl_amt.equity.grants import AwardType
from xl_amt.equity.history import History
from xl_amt.equity.words import dollars

_FIRST_LINE_8K: Final = 2022  # Schedule 1 has this line for stock options since then


class W2(NamedTuple):
    """The boxes that equity touches, in dollars; box 3 is box 5 up to the social security wage base."""

    wages: float = 0.0  # box 1
    medicare_wages: float = 0.0  # box 5
    code_v: float = 0.0  # box 12: income of NSOs, which is in the other boxes too


class WagesOfEquity(NamedTuple):
    """Ours of one year, in dollars."""

    nso: float  # of exercises, or of the vesting of shares exercised early: every box, and code V
    rsu: float  # of vesting: every box, no code
    disqualifying: float  # of ISO sales: box 1 only, nothing withheld (IRC 421(b), 3121(a)(22))

    @property
    def form(self) -> W2:
        """What they add to a Form W-2 of an employer who knows of the sales."""
        return W2(self.nso + self.rsu + self.disqualifying, self.nso + self.rsu, self.nso)


def wages_of(history: History, year: int) -> WagesOfEquity:
    """The wages of a year's exercises, vesting and sales."""
    no_income = never_vested(history)

    def at_income(kind: AwardType) -> float:
        return sum(
            income_at_its_day(lot, no_income)
            for lot in history.lots
            if lot.kind == kind and lot.income_day.year == year
        )

    disqualifying = sum(sale.wages for sale in history.sales if sale.day.year == year)
    return WagesOfEquity(at_income("NSO"), at_income("RSU"), disqualifying)


def where_else(year: int) -> str:
    """Where the wages of a sale go that box 1 does not have (Publication 525)."""
    return f"Schedule 1 (Form 1040), {'line 8k' if year >= _FIRST_LINE_8K else 'other income'}"


def differences(ours: WagesOfEquity, received: W2, other_pay: W2, year: int) -> Iterator[str]:
    """What the form received says otherwise than ours, a sentence a box; ``other_pay`` is what is no equity in it."""
    expected = ours.form
    shown = W2(*(box - other for box, other in zip(received, other_pay, strict=True)))
    if not same(shown.wages, expected.wages):
        if ours.disqualifying and same(shown.wages, expected.wages - ours.disqualifying):
            likely = (
                f"it omits the wages from disqualifying sales, {dollars(ours.disqualifying)}, which the employer may "
                f"not know about: report them on {where_else(year)}, instead of box 1"
            )
        else:
            likely = _missing(ours, expected.wages - shown.wages)
        yield _sentence("1", shown.wages, expected.wages, likely)
    if not same(shown.medicare_wages, expected.medicare_wages):
        likely = (
            "it includes the wages from disqualifying sales, which are not Medicare wages (IRC 3121(a)(22)), so ask "
            "for a Form W-2c"
            if ours.disqualifying and same(shown.medicare_wages, expected.medicare_wages + ours.disqualifying)
            else _missing(ours, expected.medicare_wages - shown.medicare_wages)
        )
        yield _sentence("5", shown.medicare_wages, expected.medicare_wages, likely)
    if not same(shown.code_v, expected.code_v):
        yield _sentence("12, code V,", shown.code_v, expected.code_v, _of_code_v(ours, shown.code_v))


def _missing(ours: WagesOfEquity, amount: float) -> str:
    if ours.nso and same(amount, ours.nso):
        return "it omits the wages from NSOs, so ask for a Form W-2c"
    if ours.rsu and same(amount, ours.rsu):
        return "it omits the wages from RSUs, so ask for a Form W-2c"
    return "compare the values per share with the employer's, and the other pay"


def _of_code_v(ours: WagesOfEquity, shown: float) -> str:
    if ours.rsu and same(shown, ours.nso + ours.rsu):
        return "it includes the wages from RSUs, which are not options; the tax is the same"
    if ours.disqualifying and same(shown, ours.nso + ours.disqualifying):
        return "it includes the wages from disqualifying sales; the tax is the same"
    return "compare the exercises of NSOs, and which shares the $100,000 rule makes NSOs"


def _sentence(box: str, shown: float, expected: float, likely: str) -> str:
    return f"Form W-2: box {box} shows {dollars(shown)} of equity, ours is {dollars(expected)}; {likely}."
