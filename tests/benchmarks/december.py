"""How fast December's decision is answered: python tests/benchmarks/december.py."""

from __future__ import annotations

from datetime import date, timedelta

from figures import Figure, best_time, print_figures

from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Plan
from xl_amt.jobs.december import report_december
from xl_amt.jobs.december_of_record import Asked
from xl_amt.worksheet import call

LOTS = 40
SALES = (5_000, 2, 42, 30)
CALLS = 20


def main() -> None:
    """A cell in one jurisdiction and in two, and a client's forty lots, each of an exercise of its own."""

    def cell(place: str | None) -> float:
        def ask() -> None:
            for number in range(CALLS):
                call("AMT_BREAK_EVEN", *SALES, 200_000 + number, "single", 2024, None, None, place, None, None, 0.5)

        return best_time(ask) / CALLS * 1e3

    print_figures(
        [
            Figure("AMT_BREAK_EVEN, one cell", cell(None), 5.0, "ms"),
            Figure("AMT_BREAK_EVEN in US+CA, one cell", cell("US+CA"), 5.0, "ms"),
            Figure(f"{LOTS} lots", best_time(lambda: report_december(client("US"), Asked(2024, {"": 30.0}))), 0.5, "s"),
            Figure(
                f"{LOTS} lots in US+CA",
                best_time(lambda: report_december(client("US+CA"), Asked(2024, {"": 30.0}))),
                0.5,
                "s",
            ),
        ]
    )


def client(jurisdiction: str) -> ClientRecord:
    """A client who exercised forty grants on forty days of 2024, each at a value of its own."""
    first_grant, first_exercise = date(2020, 1, 6), date(2024, 5, 6)
    grants, exercises = [], []
    for number in range(LOTS):
        label, strike, days = f"ES-{number}", 1.0 + number / 10, timedelta(days=number)
        granted = first_grant + days
        grants.append(Grant(label=label, award="ISO", granted=granted, strike=strike, shares=500, fmv_at_grant=strike))
        exercises.append(
            Exercise(grant=label, day=first_exercise + days, shares=200, value=40.0 + number / 5, status="done")
        )
    return ClientRecord(
        client=Client(name="Forty lots", jurisdiction=jurisdiction),
        years=(ClientYear(year=2024, status="single", income=200_000.0),),
        plan=Plan(credit_left_at=0.5),
        holdings=(Holding(company="Acme", grants=tuple(grants), exercises=tuple(exercises)),),
    )


if __name__ == "__main__":
    main()
