"""The rows of a frozen plan: what a planner found on a day, kept so that what is done since is shown against it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from xl_amt.client.columns import column
from xl_amt.equity.grants import OptionType


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenExercise:
    """Shares of a grant that a frozen plan exercises in a year; they are those that the plan counted in."""

    company: str = column("Company", "text", "Name of the company")
    holder: Literal["client", "spouse"] = column("Holder", "choice", "client or spouse", choices=("client", "spouse"))
    grant: str = column("Grant planned", "text", "Label of the grant", required=True)
    part: OptionType = column("Part", "choice", "ISO or NSO", key="type", choices=("ISO", "NSO"))
    year: int = column("Year of the plan", "year", "Year of the exercise", required=True)
    shares: int = column("Shares planned", "shares", "Shares to exercise in the year", required=True)
    value: float = column("Value planned", "price", "Value of the share that was planned with", required=True)
    strike: float = column("Strike planned", "price", "Exercise price of a share then", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenYear:
    """What a frozen plan came to in a year by the facts of its day, all jurisdictions together."""

    year: int = column("Year of the plan", "year", "Tax year", required=True)
    income: float = column("Wages planned with", "dollars", "Wages without the planned options", required=True)
    spread: float = column("Spread planned", "dollars", "ISO spread of the planned exercises", required=True)
    strike_paid: float = column("Strikes planned", "dollars", "Strikes to pay", required=True)
    amt: float = column("AMT planned", "dollars", "AMT of the year", required=True)
    credit_used: float = column("Credit used, planned", "dollars", "Minimum tax credit used", required=True)
    credit_left: float = column("Credit left, planned", "dollars", "Credit left at the year's end", required=True)
    taxes_added: float = column(
        "Taxes added, planned",
        "number",
        "Taxes less those without options, before credit",
        unit="dollars",
        required=True,
    )
    cash: float = column("Cash planned", "number", "Strikes and the taxes added", unit="dollars", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPlan:
    """A plan kept as it was found on a day, against which what is done since is shown."""

    day: date = column("Frozen on", "date", "Day on which the plan was found and kept", required=True)
    since: date = column("Frozen, done from", "date", "First day whose exercises carry it out", required=True)
    client: str = column("Frozen for", "text", "The client, and the spouse, whose plan it is")
    jurisdiction: str = column("Frozen jurisdiction", "text", "Whose taxes were figured", required=True)
    law_book: str = column("Frozen law book", "text", "The law book that was asked; absent: enacted law")
    law: str = column("Frozen law", "text", "Fingerprint of the law's numbers in its years", required=True)
    aim: str = column("Frozen aim", "choice", "least tax or most after tax", choices=("least tax", "most after tax"))
    discount_rate: float | None = column("Frozen discount rate", "fraction", "Discount rate a year")
    credit_left_at: float | None = column("Frozen credit left at", "fraction", "Worth of a dollar of credit left")
    exit_year: int | None = column("Frozen exit year", "year", "Year of the exit")
    exit_price: float | None = column("Frozen exit price", "price", "Price of the share at the exit")
    recovery_years: int = column(
        "Frozen recovery years", "shares", "Later years in which credit comes back", unit="years", default=0
    )
    objective: float = column(
        "Frozen worth", "number", "Its worth by the aim, all years, discounted", unit="dollars", required=True
    )
    bound: float | None = column("Frozen bound", "number", "What no schedule passes", unit="dollars")
    proved: bool = column("Frozen as proved", "yes or no", "Whether it was proved to be the best", default=False)
    exercises: tuple[FrozenExercise, ...] = column(
        "Exercises planned", "rows", "Shares by grant and year", of=FrozenExercise
    )
    years: tuple[FrozenYear, ...] = column("Years planned", "rows", "Figures by year", of=FrozenYear)
