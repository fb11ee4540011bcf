"""Cases of equity as TOML files hold them: a portfolio, and the figures that each of its years must give."""

import tomllib
from datetime import date
from pathlib import Path

from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Termination
from xl_amt.forms.us.form_6251 import part_i
from xl_amt.household import Household
from xl_amt.planning.years import years

LAST_DAY = date(2060, 12, 31)  # after everything that happens in a case
CARRIED = (
    "short_term_loss_carryover",
    "long_term_loss_carryover",
    "amt_short_term_loss_carryover",
    "amt_long_term_loss_carryover",
)


def read_cases(name):
    """The cases of a file beside this one, in its order."""
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))["case"]


def by_source(case):
    """A case's source, as the name of its test."""
    return case["source"]


def portfolio_of(case):
    """The portfolio of a case, whose amounts may be given per share or for all of the shares."""
    ended = case.get("termination")
    return Portfolio(
        grants=tuple(_grant(row) for row in case["grants"]),
        exercises=tuple(Exercise(**_per_share(row, "worth", "fmv")) for row in case.get("exercises", ())),
        sales=tuple(Sale(**_per_share(row, "proceeds", "price")) for row in case.get("sales", ())),
        values=tuple((row["from"], float(row["fmv"])) for row in case.get("values", ())),
        accelerations=tuple(Acceleration(**row) for row in case.get("accelerations", ())),
        cancellations=tuple(Cancellation(**row) for row in case.get("cancellations", ())),
        termination=Termination(**ended) if ended else None,
    )


def split_of(case):
    """The ISO and the NSO shares of each grant, once everything has happened."""
    parts = {}
    for tranche in follow(portfolio_of(case), LAST_DAY).tranches:
        iso_shares, nso_shares = parts.get(tranche.grant.label, (0, 0))
        parts[tranche.grant.label] = [iso_shares + tranche.iso_shares, nso_shares + tranche.nso_shares]
    return parts


def sales_of(case):
    """What each sale is, lot by lot, in the order of the sales."""
    return follow(portfolio_of(case), LAST_DAY).sales


def figures_of(case):
    """Every figure by year and name: the year's amounts, and its forms where the case has a household."""
    portfolio = portfolio_of(case)
    wanted = [int(year) for year in case["expected"]]
    history = follow(portfolio, LAST_DAY)
    figures = {
        year: {name: getattr(amounts, name) for name in amounts.__slots__}
        for year, amounts in amounts_of(history, wanted).items()
    }
    if "household" in case:
        own = case.get("others", {})
        facts = [
            Household(year=year, **case["household"], **own.get(str(year), {}))
            for year in range(case["first_year"], max(wanted) + 1)
        ]
        for year in years(portfolio, facts):
            if year.household.year in figures:
                figures[year.household.year] |= _figures_of_forms(year)
    return figures


def expected_of(case):
    """The figures that a case expects, by year and name."""
    return {int(year): expected for year, expected in case["expected"].items()}


def only(figures, expected):
    """Of all figures, those that are expected."""
    return {year: {name: figures[year][name] for name in names} for year, names in expected.items()}


def _figures_of_forms(year):
    tax_return = year.tax_return
    items = part_i(year.household, tax_return.regular, tax_return.law)
    form = tax_return.form_6251(year.iso_spread)
    return {
        "line_2i": year.iso_spread,
        "line_2k": items.disposition_of_property,
        "amt_income": form.alternative_minimum_taxable_income,
        **{name: getattr(year.household, name) for name in CARRIED},
    }


def _grant(row):
    given = {"option_type": "ISO", **_per_share(row, "cost", "strike", "shares_granted")}
    return Grant(**({"fmv_at_grant": given["strike"]} | given))


def _per_share(row, total, each, shares="shares"):
    """The same row with an amount for all shares turned into one per share."""
    given = dict(row)
    if total in given:
        given[each] = given.pop(total) / given[shares]
    if "lots" in given:
        given["lots"] = tuple(given["lots"])
    return given
