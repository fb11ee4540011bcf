"""December's table for lots of this year's ISO exercises, a figure a cell."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from xl_amt.errors import ArgumentError, NoAnswerError
from xl_amt.household import Refusal
from xl_amt.law.names import nearest, quoted
from xl_amt.reading.cells import is_blank, not_negative, read_number
from xl_amt.worksheet.lots import cells, read_lots
from xl_amt.worksheet.registry import worksheet

if TYPE_CHECKING:
    from xl_amt.planning.december.ways import Decision, Way
    from xl_amt.worksheet.several_years import YearsAsked

_EXAMPLE: Final = (5_000, [2, 42, "2020-05-04", "2024-05-06"], 30, 30, 200_000, "single", 2024, 200_000)

# The figures of a way by their names, in dollars.
_FIGURES: Final[dict[str, Callable[[Way], float]]] = {
    "tax this year": lambda way: next(iter(way.tax_added.values())),
    "tax later": lambda way: sum(list(way.tax_added.values())[1:]),
    "after tax": lambda way: way.after_tax,
}
# Those by jurisdiction: their sum, or that of the code that follows the name.
_OF_EACH: Final[dict[str, Callable[[Way], dict[str, float]]]] = {
    "AMT undone": lambda way: way.amt_undone,
    "credit given up": lambda way: way.credit_given_up,
    "credit left": lambda way: way.credit_left,
}
_BREAK_EVEN, _WASH_SALE = "break-even price", "after tax of a wash sale"
_NAMES: Final = {name.casefold(): name for name in (*_FIGURES, *_OF_EACH, _BREAK_EVEN, _WASH_SALE)}


@worksheet(
    "AMT_DECEMBER(way, figure, lot_shares, lots, price_now, later_price, incomes, statuses, years, spreads, [labels], "
    "[amounts], [jurisdiction], [credit_left_at], [discount_rate])",
    category="Planning",
    result="dollars, or dollars per share",
    example=("sell by December 31", "tax this year", *_EXAMPLE),
    gives=46_726.25,
    refusals=(
        Refusal(
            lambda later_price, **_: later_price == 0.0,
            "later_price: it is blank or 0; enter the price of a share in the later sale.",
        ),
        Refusal(
            lambda credit_left_at, **_: credit_left_at > 1.0,
            "credit_left_at: a dollar of credit left is worth at most a dollar; enter a fraction from 0 to 1.",
        ),
    ),
    takes_columns=False,
    together="all",
)
def amt_december(
    asked: YearsAsked,
    way: str,
    figure: str,
    lot_shares: Any,
    lots: Any,
    price_now: float,
    later_price: float,
    spreads: Any,
    credit_left_at: float,
    discount_rate: float,
) -> float:
    """A figure of December's table: this year's ISO shares held, sold by December 31, or sold next year.

    Ways: hold (to the first day of a qualifying sale); sell by December 31; sell next year (on its first business day).
    Figures: tax this year and tax later (what the shares add); AMT undone, credit given up (Form 8801 line 18), credit
    left (after the last year); after tax (proceeds less the taxes added, and the worth of the credit left);
    break-even price (the later price at which the way equals the sale by December 31); after tax of a wash sale, whose
    wages are the whole spread (IRC 422(c)(2), 1091). What is by jurisdiction is summed; "AMT undone, CA" is one's own.

    A lot is figured with all other shares held, whose spread is in spreads; several lots are decided on together, at
    one price. The years may begin before that of the exercises and go on to that of the qualifying sale; each later
    one has its facts without these sales, and its losses and credit follow. Where everything is single, the household
    repeats. State income tax is that of the states asked, where its label is left blank. Without a price now there is
    no market and no sale by December 31.
    """
    question = (lot_shares, lots, price_now, later_price, spreads, credit_left_at, discount_rate)
    return _figure(asked.made(question, lambda: _decision(asked, *question)), way, figure, asked.codes)


def _decision(
    asked: YearsAsked,
    lot_shares: Any,
    lots: Any,
    price_now: float,
    later_price: float,
    spreads: Any,
    credit_left_at: float,
    discount_rate: float,
) -> Decision:
    from xl_amt.planning.december import of_years  # no other function waits for portfolios

    read = read_lots(lot_shares, lots)
    year = of_years.year_of(read)

    def held() -> of_years.Held:
        years = [*asked.years, *(asked.later or ())]
        question = of_years.Asked(
            tuple(one.household for one in years),
            tuple(one.own_facts for one in years),
            _spreads(spreads, len(asked.years), len(years)),
            asked.codes,
            asked.state_tax_given,
            credit_left_at,
            discount_rate,
        )
        return of_years.held_in(question, year)

    own = asked.made(("held", year, spreads, credit_left_at, discount_rate), held)
    return of_years.decision_of(own, read, price_now or None, later_price)


def _spreads(spreads: Any, given: int, count: int) -> tuple[float, ...]:
    """The spread of each year; of those that repeat the household none."""
    found = cells(spreads, "spreads")
    if any(not is_blank(cell) for cell in found[given:]) or len(found) < given:
        raise ArgumentError(f"spreads: its {len(found)} cells do not fit the {given} years; give one a year.")
    numbers = [not_negative(read_number(cell, "spreads"), "spreads") for cell in found[:given]]
    return (*numbers, *[0.0] * (count - given))


def _figure(decision: Decision, name: str, figure: str, codes: tuple[str, ...]) -> float:
    way = next((one for one in decision.ways if one.name == name), None)
    words, _, code = (part.strip() for part in figure.partition(","))
    known = _NAMES.get(words.casefold())
    if known is None or (code and (known not in _OF_EACH or code.upper() not in codes)):
        near = nearest(words, _NAMES.values())
        hint = f"did you mean {near}?" if near and near != known else f"use one of {', '.join(_NAMES.values())}."
        raise ArgumentError(f"figure: {quoted(figure)} is not a figure of the table for {'+'.join(codes)}; {hint}")
    if way is None:
        raise NoAnswerError(
            "price_now: it is blank or 0, so there is no market and no sale by December 31."
            if decision.price is None and name == "sell by December 31"
            else "way: a sale next year would be a qualifying one already, which is holding."
        )
    if known in _FIGURES:
        return _FIGURES[known](way)
    if known in _OF_EACH:
        by_code = _OF_EACH[known](way)
        return by_code[code.upper()] if code else sum(by_code.values())
    if known == _BREAK_EVEN:
        if way.break_even is None:
            raise NoAnswerError("figure: a break-even price needs a sale by December 31 to compare; enter price_now.")
        return way.break_even
    if name != "sell by December 31":
        raise NoAnswerError("figure: only a sale by December 31 can be a wash sale.")
    return decision.after_tax_of_a_wash_sale()
