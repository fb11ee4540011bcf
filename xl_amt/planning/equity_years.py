"""What portfolios put on the client's own or joint return of each year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.equity.amounts import EquityAmounts, amounts_of, total_of
from xl_amt.equity.flags import flags
from xl_amt.equity.held import portfolio_as_of
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.words import listed
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.household import Household


class EquityOfYears(NamedTuple):
    """What all portfolios put on the return of each year, and what to look at before it is used."""

    amounts: dict[int, EquityAmounts]
    notes: tuple[str, ...]


def equity_of_years(
    portfolio: Portfolio | Sequence[Portfolio], facts: Sequence[Household], unlisted: Mapping[int, float] | None = None
) -> EquityOfYears:
    """The sum of what the portfolios put on each year of ``facts``, a spouse's on joint returns alone (IRC 6013).

    ``unlisted`` is the ISO spread of a year's exercises that no portfolio lists, in dollars by year.

    AmtError names the portfolio, where there are several, and what in it cannot be.
    """
    of_years = range(facts[0].year, facts[-1].year + 1)
    notes: list[str] = []
    of_holdings: list[dict[int, EquityAmounts]] = []
    for name, holding in _named([portfolio] if isinstance(portfolio, Portfolio) else portfolio):
        try:
            own_amounts, own_notes = _of_holding(holding, of_years)
        except AmtError as error:
            raise error.within(name) if name else error from None
        of_holdings.append(_on_the_return(holding, own_amounts, facts))
        notes += (f"{name}: {note}" if name else note for note in [*own_notes, *_left_out(holding, own_amounts, facts)])
    amounts = {
        year: total_of([EquityAmounts(iso_spread=(unlisted or {}).get(year, 0.0)), *(own[year] for own in of_holdings)])
        for year in of_years
    }
    return EquityOfYears(amounts, tuple(notes))


def _is_left_out(portfolio: Portfolio, facts: Household) -> bool:
    return portfolio.holder == "spouse" and facts.status != "mfj"


def _on_the_return(
    portfolio: Portfolio, amounts: dict[int, EquityAmounts], facts: Sequence[Household]
) -> dict[int, EquityAmounts]:
    """What a portfolio puts on the client's own or joint returns."""
    return {own.year: EquityAmounts() if _is_left_out(portfolio, own) else amounts[own.year] for own in facts}


def _left_out(portfolio: Portfolio, amounts: dict[int, EquityAmounts], facts: Sequence[Household]) -> list[str]:
    """A sentence on the years whose return is not joint, where a spouse's equity has amounts in them."""
    years_left = [
        str(own.year) for own in facts if _is_left_out(portfolio, own) and amounts[own.year] != EquityAmounts()
    ]
    if not years_left:
        return []
    sentence = (
        f"{portfolio.company or 'the holding'} is the spouse's, and the return of {listed(years_left)} is not joint: "
        "it belongs on the spouse's own return, and is left out here."
    )
    return [sentence]


def _named(portfolios: Sequence[Portfolio]) -> list[tuple[str, Portfolio]]:
    """Each portfolio with what tells it from the others; no name for a single one."""
    if not portfolios:
        raise ArgumentError("portfolio: there is none; enter at least one.")
    if len(portfolios) == 1:
        return [("", portfolios[0])]
    names = [portfolio.name for portfolio in portfolios]
    return [
        (name if name and names.count(name) == 1 else f"{name or 'holding'} {number}", portfolio)
        for number, (name, portfolio) in enumerate(zip(names, portfolios, strict=True), 1)
    ]


def _of_holding(portfolio: Portfolio, of_years: range) -> tuple[dict[int, EquityAmounts], list[str]]:
    """What one portfolio puts on each year, and the notes on it."""
    last_year = of_years[-1]
    _check_death(portfolio, last_year)
    _check_steps(portfolio, last_year)
    counted = portfolio_as_of(portfolio)
    history = follow(counted.portfolio, date(last_year, 12, 31))
    notes = [remark.sentence for remark in counted.remarks] + flags(counted.portfolio, history)
    return amounts_of(history, of_years), notes


def _check_death(portfolio: Portfolio, last_year: int) -> None:
    died = portfolio.died
    if died and last_year > died.year:
        raise ArgumentError(
            f"facts: {last_year} is after the client's death on {died}; end with the year of the death, in which a "
            "minimum tax credit and losses end too."
        )


def _check_steps(portfolio: Portfolio, last_year: int) -> None:
    for what, steps in (("exercise", portfolio.exercises), ("sale", portfolio.sales)):
        for step in steps:
            if step.day.year > last_year:
                raise ArgumentError(
                    f"the {what} of {step.day} is after {last_year}, the last year whose facts are given; enter the "
                    "facts of that year too."
                )
