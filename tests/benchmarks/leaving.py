"""How fast leaving is answered, with its proof: python tests/benchmarks/leaving.py."""

from __future__ import annotations

from datetime import date
from random import Random
from statistics import median
from time import perf_counter

from figures import Figure, print_figures

from xl_amt.client import Client, ClientRecord, ClientYear, Grant, Holding
from xl_amt.jobs.leaving import report_leaving
from xl_amt.jobs.leaving_of_record import Leaving

GRANTS, CLIENTS = 10, 5
LAST_DAY = date(2024, 9, 16)


def main() -> None:
    """Ten grants, ISOs in three months and NSOs in nine, for five clients; cash is a knapsack, and takes longer."""
    figures = []
    for jurisdiction in ("US", "US+CA"):
        for cash, most in ((None, 2.0), (150_000.0, 10.0)):
            asked = Leaving(LAST_DAY, LAST_DAY, "9 months", 42.0, 60.0, cash)
            seconds, gaps = [], []
            for seed in range(CLIENTS):
                record = client(jurisdiction, seed)
                began = perf_counter()
                answer = report_leaving(record, asked).answer
                seconds.append(perf_counter() - began)
                gaps.append(answer["gap"])
            what = f"{GRANTS} grants, {jurisdiction}{', cash limited' if cash else ''}"
            figures += [
                Figure(f"{what}, median", median(seconds), most, "s"),
                Figure(f"{what}, worst", max(seconds), most, "s"),
                Figure(f"{what}, largest gap", max(gaps), 0.5, "$"),
            ]
    print_figures(figures)


def client(jurisdiction: str, seed: int) -> ClientRecord:
    """A client with ten grants of strikes from 1 to 40, of which some are NSOs and some vest until the end."""
    random = Random(seed)  # noqa: S311 - random clients, no secrets
    grants = tuple(
        Grant(
            label=f"ES-{number}",
            award="ISO" if random.random() < 0.8 else "NSO",
            granted=date(2021, 1 + number, 4),
            strike=(strike := round(random.uniform(1.0, 40.0), 2)),
            shares=48 * random.randint(5, 100),
            vesting="1/48 monthly",
            fmv_at_grant=strike,
        )
        for number in range(GRANTS)
    )
    income = round(random.uniform(150_000.0, 400_000.0))
    return ClientRecord(
        client=Client(name="Ten grants", jurisdiction=jurisdiction),
        years=(ClientYear(year=2024, status="mfj", income=income), ClientYear(year=2025, income=round(0.4 * income))),
        holdings=(Holding(company="Acme", grants=grants),),
    )


if __name__ == "__main__":
    main()
