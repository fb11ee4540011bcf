"""Compare our figures with the peers', and explain every difference above a dollar by one entry of a list."""

from __future__ import annotations

import json
import subprocess
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import californians
from environment import python_of_peers
from households import Facts, household, our_return

from xl_amt.worksheet import call

HERE = Path(__file__).parent
DIFFERENCES = HERE / "differences.toml"
ONE_DOLLAR = 1.0

Figures = dict[str, float]


class Difference(NamedTuple):
    """One figure of one household that a peer gives otherwise."""

    peer: str
    household: Facts
    figure: str
    ours: float
    theirs: float

    def __str__(self) -> str:
        given = {name: value for name, value in self.household.items() if value}
        return (
            f"{self.peer}, {self.figure}: ours {self.ours:,.2f}, theirs {self.theirs:,.2f} "
            f"({self.theirs - self.ours:+,.2f}) for {given}"
        )


@dataclass(frozen=True)
class Entry:
    """One cause of differences: where it shows, who is right and why, and between what bounds theirs less ours lies.

    A bound is a number of dollars, or words such as ``"-0.28 iso_spread"``: a factor and what ``known_of`` knows.
    """

    id: str
    peer: str
    version: str
    title: str
    right: str
    why: str
    source: str
    bounds: dict[str, list[Any]]
    years: list[int]
    example: dict[str, Any]
    statuses: list[str] = field(default_factory=list)
    where: dict[str, dict[str, Any]] = field(default_factory=dict)
    together_with: list[str] = field(default_factory=list)

    def applies(self, known: dict[str, Any]) -> bool:
        """Whether a household, with our figures, is one where the cause can show."""
        return (
            known["year"] in self.years
            and (not self.statuses or known["status"] in self.statuses)
            and all(_holds(known, name, condition) for name, condition in self.where.items())
        )

    def between(self, figure: str, known: dict[str, Any]) -> tuple[float, float]:
        """The least and the greatest that theirs less ours can be, in dollars."""
        low, high = (_dollars(bound, known) for bound in self.bounds[figure])
        return low, high


def entries() -> list[Entry]:
    """The list of differences."""
    return [Entry(**entry) for entry in tomllib.loads(DIFFERENCES.read_text("utf-8"))["difference"]]


def our_figures(facts: Facts) -> Figures:
    """Our figures for a household, by the names that the peers' figures have."""
    tax_return = our_return(facts)
    form, total = tax_return.form_6251(facts["iso_spread"]), tax_return.total_tax(facts["iso_spread"])
    return {
        "adjusted_gross_income": tax_return.regular.adjusted_gross_income,
        "taxable_income": tax_return.regular.taxable_income,
        "regular_tax": tax_return.regular.tax,
        "alternative_minimum_taxable_income": form.alternative_minimum_taxable_income,
        "tentative_minimum_tax": form.tentative_minimum_tax,
        "alternative_minimum_tax": form.alternative_minimum_tax,
        "net_investment_income_tax": total.net_investment_income_tax,
        "additional_medicare_tax": total.additional_medicare_tax,
        "child_tax_credit": total.child_tax_credit,
    }


def known_of(facts: Facts) -> dict[str, Any]:
    """What conditions and bounds may speak of: a household's facts, our figures, and what follows from them."""
    return (
        our_figures(facts)
        | facts
        | {
            "seniors": (facts["age"] >= 65.0) + (facts["spouse_age"] >= 65.0),
            "aged_or_blind": (facts["age"] >= 65.0) + (facts["spouse_age"] >= 65.0) + facts["blind"],
            "ordinary_part_of_taxable_income": our_return(facts).regular.ordinary_part,
            "preferential_income": our_return(facts).regular.preferential_income,
        }
    )


class Peer(NamedTuple):
    """A peer: its package, what evaluate.py calls it, its environment's folder, and what it is asked about."""

    package: str
    program: str
    folder: str
    household: Callable[..., Facts]
    our_figures: Callable[[Facts], Figures]
    known_of: Callable[[Facts], dict[str, Any]]


PEERS = {
    "Tax-Calculator": Peer("taxcalc", "tax-calculator", "", household, our_figures, known_of),
    "tenforty": Peer("tenforty", "tenforty", "", household, our_figures, known_of),
    "PolicyEngine": Peer(
        "policyengine-us",
        "policyengine",
        "policyengine",
        californians.californian,
        californians.our_figures,
        californians.known_of,
    ),
}


def peer_figures(peer: str, households: Iterable[Facts]) -> list[Figures | None]:
    """A peer's figures for households, in their order; None where it cannot take the household."""
    finished = subprocess.run(  # noqa: S603
        [python_of_peers(PEERS[peer].folder), HERE / "evaluate.py", PEERS[peer].program],
        input="".join(json.dumps(facts) + "\n" for facts in households),
        capture_output=True,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise RuntimeError(f"{peer} stopped: {finished.stderr[-2_000:]}")
    return [json.loads(line) for line in finished.stdout.splitlines()]


def differences(peer: str, households: list[Facts], theirs: list[Figures | None]) -> list[Difference]:
    """Every figure of the peer that is more than a dollar from ours."""
    found = []
    for facts, figures in zip(households, theirs, strict=True):
        if figures is None:
            continue
        ours = PEERS[peer].our_figures(facts)
        found += [
            Difference(peer, facts, name, ours[name], figure)
            for name, figure in figures.items()
            if not abs(figure - ours[name]) <= ONE_DOLLAR  # a figure that is no number is a difference too
        ]
    return found


def explain(found: Difference, listed: list[Entry]) -> list[Entry] | str:
    """The entry that explains a difference, or the few that say they meet; a sentence where none does."""
    known = PEERS[found.peer].known_of(found.household)
    explaining = [
        entry for entry in listed if entry.peer == found.peer and found.figure in entry.bounds and entry.applies(known)
    ]
    if not explaining:
        return f"unexplained: {found}"
    for at, one in enumerate(explaining):
        for other in explaining[at + 1 :]:
            if other.id not in one.together_with and one.id not in other.together_with:
                return f"{one.id} and {other.id} both explain: {found}"
    bounds = [entry.between(found.figure, known) for entry in explaining]
    low = sum(min(bound[0], 0.0) for bound in bounds) if len(bounds) > 1 else bounds[0][0]
    high = sum(max(bound[1], 0.0) for bound in bounds) if len(bounds) > 1 else bounds[0][1]
    if not low - ONE_DOLLAR <= found.theirs - found.ours <= high + ONE_DOLLAR:
        names = " and ".join(entry.id for entry in explaining)
        return f"beyond the bounds {low:,.2f} to {high:,.2f} of {names}: {found}"
    return explaining


def _holds(known: dict[str, Any], name: str, condition: dict[str, Any]) -> bool:
    value = known[name]
    for relation, bound in condition.items():
        limit = bound if relation == "is" else _dollars(bound, known)
        held = {
            "is": lambda limit=limit: value == limit,
            "above": lambda limit=limit: value > limit,
            "below": lambda limit=limit: value < limit,
            "at_least": lambda limit=limit: value >= limit,
            "at_most": lambda limit=limit: value <= limit,
        }[relation]()
        if not held:
            return False
    return True


def _dollars(bound: float | str, known: dict[str, Any]) -> float:
    """A number; or a factor and a fact or figure of ours, "0.28 iso_spread", or a law's, "1.0 law AMT exemption".

    "1.0 law CA AMT exemption" is California's.
    """
    if not isinstance(bound, str):
        return float(bound)
    factor, name = bound.split(" ", 1)
    if name.startswith("law "):
        parameter = name.removeprefix("law ")
        place = "CA" if parameter.startswith("CA ") else "US"
        law = call("AMT_LAW", parameter.removeprefix("CA "), known["status"], known["year"], place)
        return float(factor) * float(law)
    return float(factor) * float(known[name])
