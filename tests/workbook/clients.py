"""Clients that between them reach every corner of the workbook: the records that it is built from."""

from dataclasses import replace
from datetime import date

from xl_amt.client import Client, ClientRecord, ClientYear, CountedShares, Grant, Holding, Source, Value
from xl_amt.workbook.build import blank_record


def grant(label, award, strike, exercisable, *, unvested=0, granted=date(2022, 3, 14)):
    """A grant with the columns that figures rest on."""
    return Grant(
        label=label,
        award=award,
        granted=granted,
        strike=strike,
        shares=exercisable + unvested,
        held=CountedShares(exercised=0, exercisable=exercisable, unvested=unvested),
        expires=granted.replace(year=granted.year + 10, day=granted.day - 1),
    )


def client(
    name="",
    *,
    company="",
    status=None,
    year=2026,
    wages=None,
    value=None,
    as_of=None,
    facts=None,
    grants=(),
    source="",
    spread_exercised=None,
    jurisdiction="US",
    work_ended=None,
    work_ended_by="ended",
):
    """A client of one year and one holding, whose shares are counted and valued on one day."""
    as_of = as_of or date(year, 6, 30)
    holding = Holding(
        company=company,
        as_of=as_of,
        work_ended=work_ended,
        work_ended_by=work_ended_by,
        grants=tuple(grants),
        values=() if value is None else (Value(day=as_of, price=value),),
    )
    own = ClientYear(year=year, status=status, income=wages, spread_exercised=spread_exercised, facts=dict(facts or {}))
    return ClientRecord(
        client=Client(name=name, jurisdiction=jurisdiction),
        years=(own,),
        holdings=(holding,),
        sources=(Source(id="a", file=source),) if source else (),
    )


def with_holding(record, **changes):
    """The client with another holding in place of the first."""
    return replace(record, holdings=(replace(record.holdings[0], **changes), *record.holdings[1:]))


def with_year(record, **changes):
    """The client with other facts of the first year."""
    return replace(record, years=(replace(record.years[0], **changes), *record.years[1:]))


def named(record, name, **changes):
    """The client under another name, and of another jurisdiction."""
    return replace(record, client=replace(record.client, name=name, **changes))


ANA = client(
    "Ana Alvarez",
    company="Juniper Robotics",
    status="single",
    year=2026,
    wages=185_000.0,
    value=12.40,
    as_of=date(2026, 11, 20),
    facts={"Interest": 1_200.0},
    source="carta_example.xlsx, 6 grants",
    grants=(
        grant("ES-003", "ISO", 0.85, 4_000),
        grant("ES-041", "ISO", 2.10, 8_000),
        grant("ES-118", "ISO", 4.75, 3_000, unvested=3_500),
        grant("ES-119", "ISO", 4.75, 500, unvested=1_000),
        grant("ES-204", "ISO", 14.10, 2_000, unvested=4_000),
        grant("ES-205", "NSO", 4.75, 1_200, unvested=1_800),
    ),
)
BLANK = blank_record()
ALREADY_IN_AMT = client(
    "Sam & Lee <Ortega>",
    status="mfs",
    year=2025,
    wages=240_000.0,
    value=30.0,
    facts={"Long-term capital gain": 1_000_000.0},
    grants=(grant("A", "ISO", 1.0, 10_000), grant("B", "ISO", 29.99, 5)),
)
MORE_ROOM_THAN_SHARES = client(
    "=1+1",
    status="mfj",
    year=2021,
    wages=210_000.0,
    value=0.74,
    facts={"Deduction": "itemized", "Mortgage interest": 21_000.0, "State income tax": 14_000.0},
    grants=(grant("-12", "ISO", 0.07, 9_000, granted=date(2019, 3, 14)),),
)
PROJECTED = client(
    "Ines & Tom Weber",
    status="mfj",
    year=2029,
    wages=310_000.0,
    value=21.5,
    as_of=date(2029, 2, 1),
    facts={
        "Ordinary dividends": 6_000.0,
        "Qualified dividends": 4_500.0,
        "Long-term capital gain": 40_000.0,
        "AMT long-term capital gain": 15_000.0,
        "Long-term loss carryover": 5_000.0,
        "State income tax": 60_000.0,
        "Mortgage interest": 18_000.0,
        "Cash gifts": 9_000.0,
        "Children under 17": 2.0,
        "Foreign tax credit": 300.0,
    },
    grants=(grant("P-1", "ISO", 2.5, 3_000), grant("P-2", "ISO", 9.0, 6_000, unvested=2_000)),
)
MANY_GRANTS = client(
    "Noor Haddad",
    status="single",
    wages=420_000.0,
    value=25.0,
    grants=tuple(grant(f"ES-{n:03}", "ISO", 0.25 * n, 100 * n) for n in range(1, 28)),
)
CALIFORNIAN = with_year(
    named(ANA, "Ana Alvarez, California", jurisdiction="US+CA"),
    facts={"Interest": 1_200.0, "CA income adjustments": -700.0, "CA deduction": "standard"},
)
CALIFORNIAN_COUPLE = client(
    "Rosa & Jun Ito",
    status="mfj",
    year=2025,
    wages=100_000.0,
    value=18.0,
    as_of=date(2025, 10, 1),
    facts={"Interest": 900.0, "Children under 17": 1.0, "CA miscellaneous deductions": 3_000.0},
    grants=(grant("R-1", "ISO", 2.0, 2_000), grant("R-2", "ISO", 6.5, 9_000)),
    spread_exercised=4_000.0,
    jurisdiction="US+CA",
)
CALIFORNIAN_APART = client(
    "Vera Lind",
    status="mfs",
    year=2024,
    wages=260_000.0,
    value=40.0,
    facts={
        "Long-term capital gain": 30_000.0,
        "Long-term loss carryover": 8_000.0,
        "AMT long-term loss carryover": 6_000.0,
        "CA long-term loss carryover": 11_000.0,
        "CA minimum tax credit": 2_500.0,
    },
    grants=(grant("V-1", "ISO", 12.0, 30_000),),
    jurisdiction="US+CA",
)
CALIFORNIA_ALONE = with_year(named(CALIFORNIAN_COUPLE, "Rosa Ito", jurisdiction="CA"), spread_exercised=None)

CLIENTS = {
    "Ana": ANA,
    "blank": BLANK,
    "already in AMT": ALREADY_IN_AMT,
    "more room than shares": MORE_ROOM_THAN_SHARES,
    "projected year": PROJECTED,
    "many grants": MANY_GRANTS,
    "Californian": CALIFORNIAN,
    "Californian couple": CALIFORNIAN_COUPLE,
    "Californian apart": CALIFORNIAN_APART,
    "California alone": CALIFORNIA_ALONE,
}
ANSWERED = [name for name in CLIENTS if name != "blank"]
