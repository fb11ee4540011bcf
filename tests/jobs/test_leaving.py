"""Leaving from end to end: worked figures, the record and its years, cash, the calendar's days, and what is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Exit, Grant, Holding, Plan, Sale, Value
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import AmtError
from xl_amt.jobs.leaving import LEAVE, MODIFIED, WITHHELD, Step, report_leaving, write_leaving
from xl_amt.jobs.leaving_of_record import Leaving
from xl_amt.jobs.years_report import report_years
from xl_amt.planning.leaving.ways import AT_THE_END, BEFORE_LEAVING, LAPSE, REST_AT_THE_END, WITHOUT_AMT

LAST_DAY = date(2024, 11, 15)
ES_1 = Grant(label="ES-1", award="ISO", granted=date(2021, 3, 1), strike=2.0, shares=1_517, fmv_at_grant=2.0)


def ana(jurisdiction="US", *grants, **plan):
    """A single client with wages of 200,000, whose share is worth 42."""
    holding = Holding(company="Acme", grants=grants or (ES_1,), values=(Value(day=date(2024, 6, 1), price=42.0),))
    return ClientRecord(
        client=Client(name="Ana", jurisdiction=jurisdiction),
        years=(ClientYear(year=2024, status="single", income=200_000.0),),
        holdings=(holding,),
        plan=Plan(**plan) if plan else None,
    )


def leaves(**asked):
    """Leaving on November 15, 2024, with a window of six months."""
    return Leaving(**({"last_day": LAST_DAY, "first_day": LAST_DAY, "window": "6 months"} | asked))


def ways_of(report):
    """The ways by their names, as the answer has them."""
    return {way["name"]: way for way in report.answer["strategies"]}


def test_worked_figures():
    """751 shares in 2024 and 766 by February 15 owe no AMT; at once they owe 7,956.30, as NSOs wages are taxed."""
    report = report_leaving(ana(), leaves())
    (grant,) = report.grants
    assert grant.window == (date(2025, 2, 15), date(2025, 5, 15))
    assert grant.steps == (
        Step("ISO", 751, LAST_DAY, date(2024, 12, 31)),
        Step("ISO", 766, date(2025, 1, 1), date(2025, 2, 15)),
    )
    assert grant.lapse == 0
    assert report.answer["proved"]
    ways = ways_of(report)
    assert list(ways) == [BEFORE_LEAVING, WITHOUT_AMT, REST_AT_THE_END, AT_THE_END, LAPSE, "best"]
    assert ways[BEFORE_LEAVING]["amt_in_all"] == 7_956.30
    assert ways["best"]["amt_in_all"] == ways[WITHOUT_AMT]["amt_in_all"] == 0.0
    assert ways[AT_THE_END]["tax_in_all"] == 18_919.72
    assert [way["medicare_withheld"] for way in ways.values()] == [0.0, 0.0, 0.0, 879.86, 0.0, 0.0]
    assert ways[AT_THE_END]["cash"] == pytest.approx(18_919.72 + 1_517 * 2.0)
    assert ways[LAPSE]["objective"] == ways[LAPSE]["cash"] == 0.0


def test_worked_figures_of_california():
    """As NSOs in 2025 California asks for 5,667.24 beside the federal tax."""
    ways = ways_of(report_leaving(ana("US+CA"), leaves()))
    assert ways[AT_THE_END]["tax_in_all"] == pytest.approx(18_919.72 + 5_667.24, abs=0.001)


def test_ninety_days_are_no_three_months():
    """The plan's 90 days end on February 13, two days before the law's three months, and nothing is an NSO's."""
    report = report_leaving(ana(), leaves(window="90 days"))
    assert report.grants[0].window == (date(2025, 2, 13), date(2025, 2, 13))
    assert [step.last_day for step in report.grants[0].steps] == [date(2024, 12, 31), date(2025, 2, 13)]
    assert list(report.answer["schedule"]) == ["ES-1"]
    assert MODIFIED not in report.notes
    assert WITHHELD not in report.notes
    assert LEAVE in report.notes


def test_a_window_that_is_not_the_grants_own():
    """Even within three months a window that the company made longer extends the option; the grant's own does not."""
    own = ana("US", replace(ES_1, window="30 days"))
    assert MODIFIED in report_leaving(own, leaves(window="90 days")).notes
    assert MODIFIED not in report_leaving(own, leaves(window="")).notes


def test_a_longer_window():
    """It says what a window beyond three months may be, and by which days to decide, as the calendar has them."""
    report = report_leaving(ana(), leaves())
    assert {MODIFIED, WITHHELD, LEAVE} <= set(report.notes)
    assert [(due.day, due.kind) for due in report.days] == [
        (date(2025, 2, 15), "ISO window"),
        (date(2025, 5, 15), "plan window"),
    ]
    assert "1,517 shares left to exercise" in report.days[0].detail


@pytest.mark.parametrize("jurisdiction", ["US", "US+CA"])
@pytest.mark.parametrize("cash", [None, 9_000.0])
def test_the_schedule_goes_into_the_record(tmp_path, jurisdiction, cash):
    """The years of the record then owe what the answer says, and what does not fit the cash lapses."""
    path = tmp_path / "ana.client.toml"
    grants = (ES_1, replace(ES_1, label="ES-2", strike=30.0, shares=3_000, fmv_at_grant=30.0))
    record = ana(jurisdiction, *grants)
    years = (*record.years, ClientYear(year=2025, income=90_000.0), ClientYear(year=2026))
    write_record(replace(record, years=years), path)
    asked = leaves(cash=cash, later_price=60.0)
    report = report_leaving(read_record(path), asked)
    assert report.answer["proved"]
    assert (sum(grant.lapse for grant in report.grants) > 0) is (cash is not None)
    backup = write_leaving(path, asked, report, LAST_DAY)
    written = read_record(path)
    assert written.holdings[0].work_ended == LAST_DAY
    assert [grant.window for grant in written.holdings[0].grants] == ["6 months", "6 months"]
    assert read_record(backup).holdings[0].work_ended is None
    figures = report_years(written).figures
    for year in report.answer["years"][:2]:
        own = figures[year["year"]]
        amt, used = year["amt"], year["credit_used"]
        by_code = (amt, used) if jurisdiction == "US" else (amt["US"], used["US"])
        assert (own["AMT"], own["credit used"]) == pytest.approx(by_code, abs=0.01)
        assert own["strike paid"] == pytest.approx(year["strike_paid"])
        assert own["wages of options"] == pytest.approx(year["wages"])
        assert own["ISO spread"] == pytest.approx(year["spread"])
        assert cash is None or year["cash"] <= cash + 0.01


def test_isos_and_nsos_of_one_year(tmp_path):
    """Three months that end in August leave the year for NSOs; the record's years tax them as wages."""
    path = tmp_path / "ana.client.toml"
    record = ana()
    years = (*record.years, ClientYear(year=2025, income=90_000.0), ClientYear(year=2026, income=200_000.0))
    write_record(replace(record, years=years), path)
    day = date(2024, 5, 15)
    asked = leaves(last_day=day, first_day=date(2024, 9, 2), window="1 year", value=42.0, later_price=42.0)
    report = report_leaving(read_record(path), asked)
    assert [step.option_type for step in report.grants[0].steps] == ["NSO"]
    assert report.grants[0].steps[0].first_day == date(2025, 1, 1)
    earlier = report_leaving(read_record(path), asked._replace(first_day=day))
    assert set(earlier.answer["schedule"]) == {"ES-1", "ES-1 as NSO"}
    assert earlier.answer["objective"] > report.answer["objective"]
    write_leaving(path, asked, report, LAST_DAY)
    figures = report_years(read_record(path)).figures
    assert figures[2025]["wages of options"] == pytest.approx(report.answer["years"][1]["wages"]) == 1_517 * 40.0
    assert figures[2025]["AMT"] == 0.0


def test_unvested_and_lapsed_options():
    """What has not vested by the last day lapses then, and is not among what the schedule lets lapse."""
    vesting = replace(
        ES_1, shares=4_800, vesting="1/48 monthly", vesting_start=date(2021, 3, 15), strike=50.0, fmv_at_grant=50.0
    )
    report = report_leaving(ana("US", ES_1, replace(vesting, label="ES-2")), leaves(later_price=45.0))
    lapses = {grant.label: grant.lapse for grant in report.grants}
    assert lapses == {"ES-1": 0, "ES-2": 4_400}


def test_an_exit_in_the_window():
    """Options that are alive at the plan's exit are sold in it; by then only NSOs are."""
    plan = {"aim": "most after tax", "exit": Exit(year=2026, price=42.0, recovery_years=1)}
    report = report_leaving(ana("US", **plan), leaves(window="10 years"))
    assert [year["year"] for year in report.answer["years"]] == [2024, 2025, 2026, 2027]
    waits = ways_of(report)[LAPSE]
    assert waits["proceeds"] == 1_517 * 40.0  # exercised and sold the same day
    assert report.answer["proved"]


def test_a_sale_of_another_year():
    """The year of the sale is as asked; shares exercised later than a year before it are taken as qualifying."""
    report = report_leaving(ana(), leaves(window="10 years", sold=2027, later_price=80.0))
    assert report.answer["years"][3]["proceeds"] == 1_517 * 80.0
    assert "sold in 2027 at 80.00" in report.notes[0]


def test_options_that_were_disqualified():
    """A window extended in October makes NSOs of the options from then on, within the three months too."""
    report = report_leaving(ana("US", replace(ES_1, disqualified=date(2024, 10, 1))), leaves())
    assert report.grants[0].window == (None, date(2025, 5, 15))
    assert {step.option_type for step in report.grants[0].steps} == {"NSO"}
    assert sum(step.shares for step in report.grants[0].steps) == 1_517
    assert ways_of(report)[AT_THE_END]["tax_in_all"] == 18_919.72


def test_terms_beyond_ten_years():
    """Options that outlast an ISO's ten years never were ISOs, which is said; none is planned after them."""
    grant = replace(ES_1, granted=date(2015, 3, 1), expires=date(2027, 3, 1))
    report = report_leaving(ana("US", grant), leaves(window="1 year"))
    assert report.grants[0].window.as_iso == date(2025, 2, 15)
    assert report.grants[0].steps[-1].last_day <= date(2025, 3, 1)
    assert any("so the option is not an ISO (IRC 422(b)(3))" in note for note in report.notes)


def test_a_planned_sale_of_shares_that_a_planned_step_brings():
    """The plan of leaving takes the place of the planned steps; the sale is left aside, and the answer the same."""
    planned = Exercise(grant="ES-1", day=date(2024, 12, 20), shares=1_000, value=42.0, status="planned")
    sold = Sale(day=date(2026, 1, 15), shares=1_000, price=50.0, status="planned")
    record = ana()
    both = replace(record.holdings[0], exercises=(planned,), sales=(sold,))
    report, without = (report_leaving(one, leaves()) for one in (replace(record, holdings=(both,)), record))
    assert (report.grants, report.days) == (without.grants, without.days)
    assert report.answer["objective"] == without.answer["objective"]


def test_one_of_two_companies():
    """Only the options of the company that is left are asked about; the other's stay planned."""
    record = ana()
    kept = Exercise(grant="B-1", day=date(2024, 12, 1), shares=10, value=9.0, status="planned")
    other = replace(
        record.holdings[0], company="Bolt", grants=(replace(ES_1, label="B-1"),), exercises=(kept,), values=()
    )
    both = replace(record, holdings=(*record.holdings, other))
    report = report_leaving(both, leaves(company="acme"))
    assert [grant.label for grant in report.grants] == ["ES-1"]
    with pytest.raises(AmtError, match=r"whose work ends is not stated: the holdings are Acme and Bolt"):
        report_leaving(both, leaves())
    with pytest.raises(AmtError, match=r"--company: 'Cask' is not one of them"):
        report_leaving(both, leaves(company="Cask"))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"window": ""}, "By law they are ISOs for three months at most, until 2025-02-15"),
        ({"window": "a while"}, "'a while' is not understood as the plan's window"),
        ({"last_day": date(2020, 1, 1)}, "ES-1: it was granted on 2021-03-01, after 2020-01-01, the last day of work"),
        ({"first_day": date(2026, 1, 1)}, "the last window ended on 2025-05-15, before 2026-01-01"),
        ({"value": 0.0}, "--value: 0 is not a price per share"),
        ({"later_price": -1.0}, "--later-price: -1 is not a price per share"),
        ({"cash": -1.0}, "--cash: -1 is below 0"),
        (
            {"window": "10 years"},
            "options can be exercised until 2031-03-01; add the year in which the shares are sold",
        ),
        ({"sold": 2024}, "the shares are sold in 2024, not after 2024"),
    ],
)
def test_what_is_refused(asked, sentence):
    """One sentence says what cannot be, and what would do."""
    with pytest.raises(AmtError) as refused:
        report_leaving(ana(), leaves(**asked))
    assert sentence in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"values": ()}, "the value of a share is not known; add it, as in --value 42"),
        ({"grants": ()}, "the holding has no options"),
        ({"work_ended_by": "death"}, "after a death the options belong to the estate"),
    ],
)
def test_what_a_record_lacks(changes, sentence):
    """A share without a value, a holding without options, and an estate."""
    record = ana()
    record = replace(record, holdings=(replace(record.holdings[0], **changes),))
    with pytest.raises(AmtError) as refused:
        report_leaving(record, leaves())
    assert sentence in str(refused.value)
    with pytest.raises(AmtError, match="the record has no holding"):
        report_leaving(replace(record, holdings=()), leaves())


def run(*words):
    """The command's result."""
    return CliRunner().invoke(main, ["leaving", *map(str, words)], prog_name="xl-amt", catch_exceptions=False)


def test_the_command(tmp_path):
    """JSON stands alone, the terminal shows the steps first, --write keeps a backup, and an export holds no plan."""
    path = tmp_path / "ana.client.toml"
    write_record(ana(), path)
    words = (path, "--last-day", "2024-11-15", "--from", "2024-11-15", "--window", "6 months")
    answer = json.loads(run(*words, "--json").stdout)
    assert answer["format"] == "xl-amt leaving answer 1"
    assert answer["grants"] == [
        {
            "label": "ES-1",
            "last_day_as_iso": "2025-02-15",
            "last_day_by_plan": "2025-05-15",
            "steps": [
                {"as": "ISO", "shares": 751, "from": "2024-11-15", "by": "2024-12-31"},
                {"as": "ISO", "shares": 766, "from": "2025-01-01", "by": "2025-02-15"},
            ],
            "lapse": 0,
        }
    ]
    text = run(*words, "--cash", "1000").stdout
    places = [text.index(word) for word in ("shares as ISOs", "Most after tax", "let all lapse", "Why:", "Days:")]
    assert places == sorted(places)
    assert "cannot be done, because 2024 takes" in text
    assert "the previous version is in ana.client.toml.bak" in run(*words, "--write").stdout
    refused = run(tmp_path / "export.csv", *words[1:], "--write")
    assert refused.exit_code == 2
    assert "an export cannot hold a plan; use a client's record" in refused.stderr
    assert run(path).exit_code == 2
