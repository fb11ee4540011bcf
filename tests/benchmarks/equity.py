"""How fast a portfolio becomes the households of ten years: python tests/benchmarks/equity.py."""

from __future__ import annotations

from datetime import date

from figures import Figure, best_time, print_figures

from xl_amt.equity.grants import AwardType, Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale
from xl_amt.household import Household
from xl_amt.planning.years import years

GRANTS, TRANCHES_OF_A_GRANT, LOTS, SALES = 50, 10, 200, 100
YEARS = range(2026, 2036)
KINDS: tuple[AwardType, ...] = ("ISO", "ISO", "ISO", "NSO", "RSU")


def main() -> None:
    """50 grants of 10 tranches each, some early exercisable, 200 lots, and sales in every year."""
    portfolio = client()
    facts = [Household(year, "mfj", 250_000.0) for year in YEARS]
    history = follow(portfolio, date(YEARS[-1], 12, 31))
    assert (len(history.tranches), len(history.lots)) == (GRANTS * TRANCHES_OF_A_GRANT, LOTS)

    def households() -> None:
        years(portfolio, facts)

    print_figures([Figure("50 grants, 500 tranches, 200 lots, ten years", best_time(households, 20) * 1e3, 20, "ms")])


def client() -> Portfolio:
    """One client: units that vest, options of all kinds, most of the shares sold."""
    grants = tuple(_grant(number) for number in range(GRANTS))
    units = sum(grant.option_type == "RSU" for grant in grants) * TRANCHES_OF_A_GRANT
    options = [grant for grant in grants if grant.option_type != "RSU"]
    exercises = tuple(_exercise(options[number % len(options)], number) for number in range(LOTS - units))
    sales = tuple(
        Sale(date(YEARS[number % len(YEARS)], 12, 1 + number // len(YEARS)), 20, 25.0 + number % 40)
        for number in range(SALES)
    )
    values = tuple((date(year, 1, 1), 10.0 + (year * 7) % 31) for year in range(2015, 2037))
    return Portfolio(grants, exercises, sales, values)


def _grant(number: int) -> Grant:
    kind = KINDS[number % len(KINDS)]
    granted = date(2020 + number % 4, 1 + number % 12, 15)
    strike = 0.0 if kind == "RSU" else 2.0 + number / 10
    return Grant(
        f"ES-{number}",
        kind,
        granted,
        strike,
        12_000,
        "1/10 semi-annually",
        fmv_at_grant=strike,
        early_exercisable=number % 2 == 0,
    )


def _exercise(grant: Grant, number: int) -> Exercise:
    """Thirty of a grant's shares on a day of its own, all of one tranche."""
    day = date(YEARS[0] + number // 40, 1 + number % 12, 2 + number % 26)
    return Exercise(grant.label, day, 30, 15.0 + number % 40)


if __name__ == "__main__":
    main()
