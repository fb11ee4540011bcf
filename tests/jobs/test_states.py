"""A record and a household asked in several jurisdictions: both rooms, which binds, and what is refused."""

from dataclasses import replace
from datetime import date

import pytest

from xl_amt.cli.printing import show_room
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Value
from xl_amt.client.households import households
from xl_amt.client.record import Residence
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.jobs.calculation import calculate
from xl_amt.jobs.due_dates import Besides, due_dates
from xl_amt.jobs.records import asked_of
from xl_amt.jobs.room_answer import answer_room
from xl_amt.jobs.room_report import report_room_of
from xl_amt.jobs.years_report import report_years

TODAY = date(2026, 11, 27)
GRANT = Grant(label="ES-1", award="ISO", granted=date(2022, 1, 15), strike=2.0, shares=20_000, fmv_at_grant=2.0)


def record(*years, jurisdiction="US+CA", residence=(), exercises=(), **facts):
    """A client who is asked about these taxes."""
    made = years or (ClientYear(year=2025, status="single", income=200_000.0, facts=facts),)
    return ClientRecord(
        client=Client(name="Ana", jurisdiction=jurisdiction, residence=residence),
        years=made,
        holdings=(
            Holding(
                company="Juniper",
                grants=(GRANT,),
                exercises=exercises,
                values=(Value(day=date(2025, 1, 2), price=12.0),),
            ),
        ),
    )


def test_both_rooms_and_which_binds():
    """Single at 200,000 the federal room binds, joint at 100,000 California's; shares fit the smaller one."""
    federal_binds = answer_room(200_000, "single", 2025, {}, jurisdiction="US+CA", strike=2, fmv_at_exercise=12)
    assert federal_binds.rooms.by_jurisdiction == {
        "US": pytest.approx(30_665.38, abs=0.01),
        "CA": pytest.approx(100_005.86, abs=0.01),
    }
    assert (federal_binds.rooms.binding, federal_binds.shares) == ("US", 3_066)
    california_binds = answer_room(100_000, "mfj", 2025, {}, jurisdiction="us+ca", strike=2, fmv_at_exercise=12)
    assert (california_binds.rooms.binding, california_binds.shares) == ("CA", 5_773)
    assert california_binds.room == pytest.approx(57_739.29, abs=0.01)
    assert california_binds.beyond[0].amt_by_jurisdiction.keys() == {"US", "CA"}


def test_a_state_without_a_minimum_tax_limits_nothing(capsys):
    """Texas has no tax, New York's is the rate that is entered: the room is the federal one, and both say so."""
    texas = answer_room(200_000, "single", 2025, {}, jurisdiction="US+TX", strike=2, fmv_at_exercise=12)
    assert (texas.rooms.by_jurisdiction.keys(), texas.regular_tax["TX"], texas.shares) == ({"US"}, 0.0, 3_066)
    assert texas.notes == ("Texas has no tax on this income.",)
    new_york = record(jurisdiction="US+NY", **{"Plain state tax rate": 0.06})
    report = report_room_of(new_york, TODAY)
    assert report.regular_tax["NY"] == pytest.approx(0.06 * (200_000 - 15_750))
    assert "New York at the plain rate entered." in report.notes
    show_room(report)
    assert "no limit" in capsys.readouterr().out
    assert report_years(new_york).figures[2025]["NY law"] == "plain rate"
    with pytest.raises(ArgumentError, match="the tax of New York is not figured here; enter its rate"):
        report_years(record(jurisdiction="US+NY"))


def test_the_room_of_a_record_in_both():
    """The record's year is asked as its households are: what was exercised has used the binding room."""
    done = (Exercise(grant="ES-1", day=date(2025, 3, 3), shares=1_000, value=12.0),)
    report = report_room_of(record(exercises=done), TODAY)
    assert (report.rooms.binding, report.used, report.shares) == ("US", 10_000.0, 2_066)
    assert report.rooms.by_jurisdiction["CA"] == pytest.approx(100_005.86, abs=0.01)
    of_california = report_room_of(asked_of(record(exercises=done), "CA"), TODAY)
    assert (of_california.rooms.binding, of_california.shares) == ("CA", 9_000)
    assert of_california.cheaper_deduction is None


def test_californias_own_facts_are_read_and_left_aside_where_it_is_not_asked():
    """4,300 of health savings lower no California tax; asked for US alone, the label is named as left aside."""
    with_savings = record(**{"Adjustments to income": 4_300.0, "CA income adjustments": 4_300.0})
    own = report_years(with_savings).figures[2025]
    assert own["CA regular tax"] == pytest.approx(14_507.98, abs=0.01)
    asked = report_years(asked_of(with_savings, "US"))
    assert "CA regular tax" not in asked.figures[2025]
    assert any("CA income adjustments" in note for note in asked.notes)
    left = "Facts for states that the jurisdiction does not name are not in any figure: "
    rate = {"CA income adjustments": 4_300.0, "Plain state tax rate": 0.05}
    for place, names in {
        "US": "CA income adjustments, Plain state tax rate",
        "US+CA": "Plain state tax rate",
        "US+NY": "CA income adjustments",
    }.items():
        assert f"{left}{names}." in report_room_of(asked_of(record(**rate), place), TODAY).notes


def test_figures_of_one_jurisdiction_alone():
    """Asked for CA, the federal figures are not shown."""
    figures = report_years(asked_of(record(), "CA")).figures[2025]
    assert "CA AMT" in figures
    assert "AMT" not in figures
    both = report_years(record(jurisdiction="us + ca")).figures[2025]
    assert {"AMT", "CA AMT"} <= both.keys()


def test_what_is_assumed_of_the_state_tax_paid():
    """The assumption is named for the years that do not give it."""
    (note,) = households(record()).state_notes
    assert note.startswith("State income tax paid in 2025 is not given: it is assumed to be the tax of California")
    assert households(record(**{"State income tax": 12_000.0})).state_notes == ()


@pytest.mark.parametrize(
    ("homes", "what"),
    [
        ([("CA", None), ("TX", date(2025, 7, 1))], "a part-year resident of California"),
        ([("CA", date(2025, 2, 1))], "a part-year resident of California"),
        ([("TX", None)], "a nonresident of California"),
    ],
)
def test_a_client_who_does_not_live_there_all_year(homes, what):
    """Refused by name, with what would do; the federal taxes are still answered."""
    moved = record(residence=tuple(Residence(state=state, since=since) for state, since in homes))
    with pytest.raises(NotHeldError, match=f"^2025: the client is {what}.*use --jurisdiction US"):
        report_years(moved)
    with pytest.raises(NotHeldError, match=what):
        report_room_of(moved, TODAY)
    assert report_room_of(asked_of(moved, "US"), TODAY).room == pytest.approx(30_665.38, abs=0.01)


def test_a_room_asks_nothing_of_later_years():
    """A move in 2026 leaves the room of 2025 as it is, as does a year whose tax is not held."""
    both = (ClientYear(year=2025, status="single", income=200_000.0), ClientYear(year=2026))
    moves = record(*both, residence=(Residence(state="CA"), Residence(state="TX", since=date(2026, 7, 1))))
    report = report_room_of(moves, TODAY, year=2025)
    assert report.rooms.by_jurisdiction["CA"] == pytest.approx(100_005.86, abs=0.01)
    assert any(note.startswith("State income tax paid in 2025 is not given") for note in report.notes)
    with pytest.raises(NotHeldError, match="2026: the client is a part-year resident of California"):
        report_room_of(moves, TODAY, year=2026)
    assert report_room_of(record(*both, jurisdiction="US+CO"), TODAY, year=2025).regular_tax["CO"] == pytest.approx(
        8_107
    )
    with pytest.raises(NotHeldError, match="Colorado's tax of 2026 is not available"):
        report_room_of(record(*both, jurisdiction="US+CO"), TODAY, year=2026)


def test_residents_are_answered():
    """Who has lived there since before the year, and whose record says nothing, is a resident."""
    for homes in ((), (Residence(state="CA", since=date(2025, 1, 1)),), (Residence(state="ca", since=None),)):
        assert "CA AMT" in report_years(record(residence=homes)).figures[2025]


def test_separate_filers_of_a_community_property_state_are_told():
    """Community income is taken as it is entered, and a note says so."""
    apart = record(ClientYear(year=2025, status="mfs", income=200_000.0))
    assert any("community-property state" in note for note in report_years(apart).notes)
    assert any("community-property state" in note for note in report_room_of(apart, TODAY).notes)
    assert not any("community-property" in note for note in report_years(record()).notes)
    own = (200_000, "mfs", 2025)
    assert any("California is a community-property" in note for note in answer_room(*own, {}, jurisdiction="CA").notes)
    assert any("Texas is a community-property" in note for note in answer_room(*own, {}, jurisdiction="US+TX").notes)
    assert answer_room(*own, {}, jurisdiction="US").notes == ()
    owed = calculate("AMT_OWED", [200_000, "Married filing separately", 2025, 5], {}, "US+CA")
    assert any("California is a community-property" in note for note in owed.law_notes)
    assert calculate("AMT_LAW", ["AMT exemption", "mfs", 2025], {}, "CA").law_notes == ()


def test_no_state_tax_is_assumed_where_there_is_none():
    """Texas takes no tax, so nothing is said of its withholding; New York does."""
    assert households(record(jurisdiction="US+TX")).state_notes == ("Texas has no tax on this income.",)
    new_york = households(record(jurisdiction="US+NY", **{"Plain state tax rate": 0.06})).state_notes
    assert "assumed to be the tax of New York for the year itself" in new_york[1]


def test_a_wrong_label_of_a_state_is_refused():
    """A label of California is read as a federal one is."""
    with pytest.raises(ArgumentError, match="did you mean 'CA minimum tax credit'"):
        households(record(**{"CA minimum credit": 5.0}))


def test_the_calendar_has_californias_days():
    """Its three installments and its return, beside the federal ones, once its tax is asked for."""
    done = (Exercise(grant="ES-1", day=date(2026, 3, 3), shares=1_000, value=12.0),)
    asked = record(ClientYear(year=2026, status="single", income=200_000.0), exercises=done)
    entries = due_dates(asked, Besides(), date(2026, 4, 1), date(2027, 4, 30)).entries
    limit = "from 1,000,000 of this year's adjusted gross income (500,000 filing separately) only the 90% counts."
    assert [limit in due.detail for due in entries if due.kind == "estimated tax" and "California" in due.title] == [
        True
    ] * 3
    assert not any(limit in due.detail for due in entries if "California" not in due.title)
    of_california = [(due.day.isoformat(), due.title) for due in entries if "California" in due.title]
    assert of_california == [
        ("2026-04-15", "California: estimated tax of 2026, 1 of 4"),
        ("2026-06-15", "California: estimated tax of 2026, 2 of 4"),
        ("2027-01-15", "California: estimated tax of 2026, 4 of 4"),
        ("2027-04-15", "California: tax of 2026 is due"),
    ]
    federal_alone = replace(asked, client=replace(asked.client, jurisdiction="US"))
    assert len(due_dates(federal_alone, Besides(), date(2026, 4, 1), date(2027, 4, 30)).entries) == len(entries) - 4


@pytest.mark.parametrize(
    ("place", "notes"),
    [
        ("US+TX", ()),
        ("US+CO", ("The due dates for the tax of Colorado for 2026 are not available; add them yourself.",)),
    ],
)
def test_a_state_whose_days_are_not_held_is_named_alone(place, notes):
    """The federal days stand; a state without a tax has none."""
    done = (Exercise(grant="ES-1", day=date(2026, 3, 3), shares=1_000, value=12.0),)
    asked = record(ClientYear(year=2026, status="single", income=5.0), exercises=done, jurisdiction=place)
    found = due_dates(asked, Besides(), date(2026, 4, 1), date(2027, 4, 30))
    assert "Tax of 2026 is due" in [due.title for due in found.entries]
    assert tuple(note for note in found.notes if "tax" in note) == notes
