"""December's table on the sheet Sales: its figures are those of `xl-amt december`, and it stays where it is."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.filled import Filled
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Plan, Sale, Value
from xl_amt.jobs.december import report_december
from xl_amt.jobs.december_of_record import Asked
from xl_amt.workbook.sheets import december_layout as at

A_CENT = 0.01
GRANTED = date(2020, 5, 4)
WAGES = 200_000.0


def grant(label, strike, **terms):
    """8,000 options that have vested when they are exercised in 2024."""
    return Grant(
        label=label, award="ISO", granted=GRANTED, strike=strike, shares=8_000, vesting="1/4 yearly",
        vesting_start=GRANTED, fmv_at_grant=strike, **terms,
    )  # fmt: skip


def exercise(label, day, shares, value, **more):
    """An exercise, done unless it says otherwise."""
    return Exercise(grant=label, day=day, shares=shares, value=value, **more)


def holding(company, price, *exercises, strikes, holder="client", **more):
    """The grants of a company, a strike each, with a newest value in November 2024."""
    return Holding(
        company=company,
        holder=holder,
        grants=tuple(grant(label, strike) for label, strike in strikes.items()),
        exercises=exercises,
        values=(Value(day=date(2024, 11, 20), price=price),),
        **more,
    )


ACME = holding("Acme", 30.0, exercise("ES-1", date(2024, 5, 6), 5_000, 42.0), strikes={"ES-1": 2.0})
BOLT = holding("Bolt", 9.0, exercise("B-1", date(2024, 9, 2), 3_000, 11.0), strikes={"B-1": 1.0})
PLANNED = replace(
    ACME, exercises=(*ACME.exercises, exercise("ES-1", date(2024, 12, 9), 1_500, 30.0, status="planned"))
)
RISEN = holding(
    "Acme",
    55.0,
    exercise("ES-1", date(2024, 5, 6), 1_200, 42.0),
    exercise("ES-2", date(2024, 6, 3), 900, 44.0),
    strikes={"ES-1": 2.0, "ES-2": 5.0},
)
EARLY = replace(
    ACME,
    grants=(grant("ES-1", 2.0, early_exercise=True),),
    exercises=(exercise("ES-1", date(2024, 3, 4), 8_000, 42.0),),
    values=(Value(day=date(2024, 5, 4), price=50.0), *ACME.values),
)
SOLD_LATER = replace(
    ACME,
    sales=(
        Sale(day=date(2024, 7, 1), shares=500, price=40.0),
        Sale(day=date(2025, 9, 2), shares=2_000, price=33.0, status="planned"),
    ),
)
GRANTED_LATE = replace(ACME, grants=(replace(grant("ES-1", 2.0), granted=date(2023, 11, 6), vesting_start=GRANTED),))
LATER_NSO = replace(
    ACME,
    grants=(*ACME.grants, replace(grant("N-1", 3.0), award="NSO")),
    exercises=(*ACME.exercises, exercise("N-1", date(2025, 3, 3), 400, 31.0, status="planned")),
)
YEAR = ClientYear(year=2024, status="single", income=WAGES)


def record(*holdings, jurisdiction="US", years=(YEAR,), **plan):
    """A single client with 200,000 of wages."""
    return ClientRecord(
        client=Client(name="Mara Holt", jurisdiction=jurisdiction),
        years=years,
        plan=Plan(**plan),
        holdings=holdings or (ACME,),
    )


def years(first, last, **facts):
    """Years from one to another, of which the first states its facts."""
    stated = ClientYear(year=first, status="single", income=WAGES, facts=facts)
    return (stated, *(ClientYear(year=year) for year in range(first + 1, last + 1)))


COUPLE = (ClientYear(year=2024, status="mfj", income=310_000.0),)
FACTS = {
    "Interest": 1_500.0,
    "Long-term capital gain": 9_000.0,
    "Age": 66.0,
    "Mortgage interest": 22_000.0,
    "Minimum tax credit": 4_000.0,
    "Long-term loss carryover": 2_500.0,
    "Blind": 1.0,
}
RECORDS = {
    "the worked example": record(credit_left_at=0.5),
    "its qualifying year in the record": record(years=years(2024, 2026), credit_left_at=0.5, income_growth=0.04),
    "California": record(jurisdiction="US+CA", credit_left_at=0.5),
    "California alone": record(jurisdiction="CA", credit_left_at=0.25),
    "California, with facts": record(
        ACME, BOLT, jurisdiction="US+CA", credit_left_at=0.5, discount_rate=0.06,
        years=years(2024, 2025, **FACTS, **{"CA minimum tax credit": 700.0, "CA income adjustments": -300.0}),
    ),
    "state tax as it was paid": record(
        jurisdiction="US+CA", years=years(2024, 2024, **{"State income tax": 14_000.0, "Mortgage interest": 20_000.0})
    ),
    "Connecticut": record(ACME, BOLT, jurisdiction="US+CT", credit_left_at=1.0),
    "two companies": record(ACME, BOLT),
    "both spouses": record(ACME, replace(BOLT, holder="spouse"), years=COUPLE, jurisdiction="US+CA"),
    "both spouses at one company": record(
        ACME, replace(RISEN, holder="spouse", values=()), years=COUPLE, credit_left_at=0.3
    ),
    "planned": record(PLANNED, credit_left_at=0.5),
    "risen": record(RISEN, credit_left_at=0.5),
    "exercised early": record(EARLY, credit_left_at=0.5),
    "sold in part": record(SOLD_LATER, years=years(2024, 2026), jurisdiction="US+CA"),
    "granted late": record(GRANTED_LATE, jurisdiction="US+CA", credit_left_at=0.8),
    "an NSO later": record(LATER_NSO, years=years(2024, 2025), jurisdiction="US+CA", credit_left_at=0.5),
    "after other years": record(
        replace(ACME, exercises=(exercise("ES-1", date(2023, 6, 5), 800, 40.0), *ACME.exercises)),
        years=years(2023, 2025, **FACTS),
        jurisdiction="US+CA",
        credit_left_at=0.5,
    ),
    "a plan's value": record(years=years(2024, 2025), values={2025: 47.5}),
}


def shown(filled, rows, codes):
    """What a block of ways shows, by the name of the way: each figure, None for a blank."""

    def of(column, row):
        value = filled["Sales", f"{column}{row}"]
        return None if value in ("", None) else value

    found = {}
    for row in rows[1:]:
        if of("D", row) is not None:
            found[filled["Sales", f"A{row}"]] = {
                "price": of("B", row),
                "tax": of("D", row),
                "tax later": of("E", row),
                "after tax": of("F", row),
                "AMT undone": of("G", row),
                "credit given up": of("H", row),
                "credit left": of("I", row),
                "break-even": of("J", row),
                "undone, state": of("K", row) if len(codes) > 1 else 0.0,
                "given up, state": of("L", row) if len(codes) > 1 else 0.0,
            }
    return found


def expected(lot, codes):
    """The same of the report."""
    return {
        way.name: {
            "price": way.sales[0].price,
            "tax": way.tax_added[2024],
            "tax later": sum(way.tax_added.values()) - way.tax_added[2024],
            "after tax": way.after_tax,
            "AMT undone": sum(way.amt_undone.values()),
            "credit given up": sum(way.credit_given_up.values()),
            "credit left": sum(way.credit_left.values()),
            "break-even": way.break_even,
            "undone, state": way.amt_undone[codes[-1]] if len(codes) > 1 else 0.0,
            "given up, state": way.credit_given_up[codes[-1]] if len(codes) > 1 else 0.0,
        }
        for way in lot.ways
    }


def prices_of(plain):
    """The newest value of each company."""
    return {one.company: one.values[-1].price for one in plain.holdings if one.values}


def assert_alike(filled, report):
    """Every figure of every lot, and of all lots of a company, is the report's to the cent."""
    codes = list(report.amt)
    alone = [lot for lot in report.lots if lot.strike is not None]
    joint = {lot.holding: lot for lot in report.lots if lot.strike is None}
    assert alone
    for place, lot in enumerate(alone):
        rows = at.rows_of_lot(place)
        assert filled["Sales", f"A{rows[0]}"].startswith(f"{lot.label}: ")
        of_cells, of_report = shown(filled, rows, codes), expected(lot, codes)
        assert of_cells.keys() == of_report.keys()
        for name, figures in of_report.items():
            assert of_cells[name] == pytest.approx(figures, abs=A_CENT), (lot.label, name)
    for place, row in enumerate(at.PRICES):
        company = filled["Sales", f"A{row}"]
        of_cells = shown(filled, at.rows_of_company(place), codes)
        of_report = expected(joint[company], codes) if company in joint else {}
        assert of_cells.keys() == of_report.keys()
        for name, figures in of_report.items():
            assert of_cells[name] == pytest.approx(figures, abs=A_CENT), (company, name)


@pytest.mark.parametrize("name", RECORDS)
def test_the_figures_are_those_of_the_report(name):
    """Prefilled with the newest values, the table says what the command says at these prices."""
    plain = RECORDS[name]
    assert_alike(Filled(plain), report_december(plain, Asked(2024, prices_of(plain))))
