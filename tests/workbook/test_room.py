"""Sheet Room answers as the engine does, in figures, words and the chart."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbook.clients import ANA, ANSWERED, BLANK, CLIENTS, MANY_GRANTS, client, grant, with_holding, with_year
from tests.workbook.filled import Filled, values_of
from xl_amt.client import ClientYear, Holding, Value, Vesting
from xl_amt.jobs.room_report import report_room
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.law import STATUSES
from xl_amt.workbook import build_workbook
from xl_amt.workbook.sheets.room import LEAST_ROWS, LEAST_SHOWN
from xl_amt.worksheet import call

POINTS = range(25)


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_room_is_filled_as_the_engine_fills_it(client, values):
    """Shares per grant, the total, the cost beyond the room and the checks agree with the engine."""
    report = report_room(client)
    shares = [number for number in values_of(values, "Fill_shares") if number != ""]
    assert [number for number in shares if number is not None] == [item.shares for item in report.filled]
    assert values_of(values, "Shares_in_room") == [report.shares]
    assert values_of(values, "Room_beyond_AMT") == pytest.approx([one.amt for one in report.beyond])
    assert values_of(values, "Room_checks") == ["ok"] * 4


money = st.decimals(0, 60, places=4).map(float)
kinds = st.sampled_from(["ISO", "NSO"])
random_grants = st.lists(
    st.builds(grant, st.just("G"), kinds, money, st.integers(0, 200_000), unvested=st.just(1)), max_size=6
)


def lettered(grants):
    """The grants under labels of their own."""
    return tuple(replace(one, label=f"G-{place}") for place, one in enumerate(grants))


@settings(max_examples=15)
@given(
    wages=st.integers(0, 900_000).map(float),
    status=st.sampled_from(list(STATUSES)),
    year=st.integers(2023, 2032),
    value=money,
    other_value=money,
    gain=st.integers(0, 400_000).map(float),
    grants=random_grants.map(lettered),
    others=random_grants.map(lettered),
    holder=st.sampled_from(["client", "spouse"]),
)
def test_any_client_fills_the_room_as_the_engine_does(
    wages, status, year, value, other_value, gain, grants, others, holder
):
    """Whatever the client, and of two companies, the sheet's filling is the engine's, share for share."""
    facts = {"Long-term capital gain": gain}
    record = client(company="One", wages=wages, status=status, year=year, value=value, facts=facts, grants=grants)
    first = record.holdings[0]
    second = Holding(
        company="Two",
        holder=holder,
        as_of=first.as_of,
        values=(Value(day=first.as_of, price=other_value),),
        grants=others,
    )
    record = replace(record, holdings=(first, second))
    filled, report = Filled(record), report_room(record)
    expected = [item.shares for item in report.filled if item.grant.shares_exercisable]
    assert [number for number in filled.all("Fill_shares") if number != ""] == expected
    assert filled.all("Room_checks") == ["ok"] * 4


def test_two_companies_fill_one_room():
    """The smallest spread per share comes first, whosever it is; a separate return counts the client's shares only."""
    day = ANA.holdings[0].as_of
    birch = Holding(
        company="Birch Labs",
        holder="spouse",
        as_of=day,
        values=(Value(day=day, price=31.0),),
        grants=(grant("B-1", "ISO", 22.0, 5_000), grant("ES-003", "ISO", 29.0, 1_000)),
    )
    joint = with_year(replace(ANA, holdings=(*ANA.holdings, birch)), status="mfj")
    filled, report = Filled(joint), report_room(joint)
    order = [label for label in filled.all("Fill_label") if label]
    assert order == [item.grant.label for item in report.filled]
    assert order == ["ES-003", "ES-118", "ES-119", "B-1", "ES-041", "ES-003"]
    companies = [filled["Room", f"C{13 + place}"] for place in range(4)]
    assert companies == ["Birch Labs, spouse", "Juniper Robotics", "Juniper Robotics", "Birch Labs, spouse"]
    separate = with_year(joint, status="mfs")
    apart, alone = Filled(separate), Filled(with_year(ANA, status="mfs"))
    assert apart.all("Fill_shares")[:20] == alone.all("Fill_shares")[:20]
    assert "6,000 ISO shares are the spouse's, on a return of their own, and left out." in apart["Left_out"]
    assert report_room(separate).shares == apart["Shares_in_room"]


def test_any_year_of_the_record_may_be_asked():
    """The room, its words and its shares are those of the year that the advisor chooses."""
    vests = (Vesting(day=date(2027, 1, 1), shares=1_000),)
    later = replace(grant("ES-300", "ISO", 3.0, 0, unvested=1_000), vests=vests)
    record = with_holding(ANA, grants=(*ANA.holdings[0].grants, later))
    record = replace(record, years=(*record.years, ClientYear(year=2027, income=220_000.0)))
    first, second = Filled(record), Filled(record, {"Year_asked_input": 2027})
    assert first["Room_answer"] == Filled(ANA)["Room_answer"]
    room = call("AMT_ROOM", 220_000, "single", 2027, ["Interest"], [1_200])
    assert second["Room_dollars"] == pytest.approx(room)
    assert (first["All_shares"], second["All_shares"]) == (15_500, 16_500)
    assert " of 16,500 ISO shares in the money can be exercised in 2027 at $0 federal AMT" in second["Room_answer"]


def test_a_record_that_begins_in_the_past_opens_on_the_year_of_its_counts():
    """Workbook and command answer for 2026, in which the shares were counted, and not for the record's first year."""
    past = ClientYear(year=2025, status="single", income=150_000.0)
    record = replace(ANA, years=(past, *ANA.years))
    assert Filled(record)["Tax_year"] == 2026
    assert Filled(record)["Room_dollars"] == pytest.approx(report_room(record, 2026).rooms.room)
    assert report_room(record) == report_room(record, 2026)


def points_of(values, column):
    """The chart's points in one of their columns."""
    return values_of(values, f"Points_{column}")


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_chart_has_the_kink_among_its_points(client, values):
    """The room's end is a point of the curve, and there regular tax and tentative minimum tax meet."""
    shares = points_of(values, "shares")
    assert shares == sorted(shares)
    assert len(shares) == len(POINTS)
    kink = 8
    assert [shares[kink]] == values_of(values, "Room_ends")
    report = report_room(client)
    if sum(item.grant.shares_exercisable for item in report.filled) > report.shares > 0:
        assert points_of(values, "spread")[kink] == pytest.approx(report.room)
        assert points_of(values, "regular")[kink] == pytest.approx(points_of(values, "tentative")[kink])


def test_room_in_words():
    """The first line of Room answers in a sentence, whatever the client's case."""
    said = {name: Filled(CLIENTS[name])["Room_answer"] for name in ("Ana", "blank", "already in AMT")}
    assert said["Ana"].startswith("4,050 of 15,500 ISO shares in the money can be exercised in 2026 at $0 federal AMT")
    assert said["blank"] == (
        "Enter the filing status on the sheet Client. Enter the wages on the sheet Client, 0 where there are none."
    )
    assert re.fullmatch(r"No AMT room in 2025: AMT of \$[0-9,]+ is owed before any exercise\.", said["already in AMT"])


def test_what_is_left_out_or_missing_is_said():
    """Room names shares under water, and what the advisor has still to enter."""
    assert Filled(ANA)["Left_out"] == "2,000 ISO shares are under water (value not above strike) and left out."
    assert Filled(BLANK)["Left_out"] == "Enter the ISO grants on the sheet Grants."
    unvalued = Filled(with_holding(ANA, values=()))
    assert unvalued["Left_out"] == "Enter the value per share on the sheet Events."
    assert Filled(MANY_GRANTS)["Left_out"] == ""


def test_rows_for_nobody_are_folded_and_none_is_missing():
    """As many rows as grants, and a few; the sheet has at least twenty, and more than there are grants."""
    for record, shown in ((ANA, LEAST_SHOWN), (MANY_GRANTS, 27), (BLANK, LEAST_SHOWN)):
        filled = Filled(record)
        sheet = filled.workbook["Room"]
        (where,) = filled.workbook.defined_names["Fill_label"].destinations
        first, last = (int(part.split("$")[-1]) for part in where[1].split(":"))
        rows = range(first, last + 1)
        assert len(rows) >= max(LEAST_ROWS, len(record.holdings[0].grants) + 1 if record.holdings else 0)
        assert [row for row in rows if not sheet.row_dimensions[row].hidden] == list(rows[:shown])


def test_so_many_grants_that_a_page_is_too_small_leave_the_chart_whole():
    """A page holds thirty grants; of more, the sheet goes on to another page, and the chart begins one."""
    few, many = (build_workbook(book_of(with_holding(MANY_GRANTS, grants=grants))) for grants in (
        MANY_GRANTS.holdings[0].grants,
        tuple(grant(f"ES-{n:03}", "ISO", 0.25 * n, 100 * n) for n in range(1, 60)),
    ))  # fmt: skip
    assert [book["Room"].page_setup.fitToHeight for book in (few, many)] == [1, 0]
    assert [book["Scenarios"].page_setup.fitToHeight for book in (few, many)] == [1, 0]
    (chart,) = many["Room"]._charts
    assert [row.id for row in many["Room"].row_breaks.brk] == [chart.anchor._from.row - 1]
    assert not few["Room"].row_breaks.brk


CREDIT = {"Minimum tax credit": 5_000.0}


def test_the_credit_that_filling_the_room_postpones_stands_beside_it():
    """In dollars and words, as Form 8801 has it: the room that keeps the credit, and what the whole room postpones."""
    record = with_year(ANA, facts={"Interest": 1_200.0, **CREDIT})
    filled = Filled(record)
    asked = 185_000, "single", 2026
    facts = ["Interest", "Minimum tax credit"], [1_200, 5_000]
    room = call("AMT_ROOM", *asked, *facts)
    used, after = (call("AMT_CREDIT_USED", *asked, spread, *facts) for spread in (0, room))
    assert used > after
    assert filled["Credit_postponed"] == pytest.approx(used - after)
    assert filled["Room_keeping_credit"] == pytest.approx(call("AMT_ROOM_KEEPING_CREDIT", *asked, *facts))
    assert filled["Credit_available"] == pytest.approx(5_000)
    assert filled["Postponed_in_words"] == (
        f"Filling the room postpones ${used - after:,.0f} of minimum tax credit to a later year; ISO spread of up to "
        f"${filled['Room_keeping_credit']:,.0f} in the year postpones none."
    )
    assert Filled(ANA)["Postponed_in_words"] == (
        "No minimum tax credit is available in 2026, so filling the room postpones none."
    )


def test_a_credit_that_cannot_be_used_is_not_postponed():
    """In a year of AMT no credit is used, so that more spread postpones none of it."""
    record = with_year(CLIENTS["already in AMT"], facts={"Long-term capital gain": 1_000_000.0, **CREDIT})
    filled = Filled(record)
    assert filled["Credit_postponed"] == 0
    assert filled["Postponed_in_words"].startswith("No minimum tax credit can be used in 2025")


def test_inputs_that_cannot_be_answered_are_explained():
    """The function that says why answers within the workbook."""
    filled = Filled(ANA, {("Room", "A4"): '=AMT_WHY("AMT_ROOM",Wages,"nobody",Tax_year)'})
    assert filled["Room", "A4"].startswith("status: 'nobody' is not a filing status")
