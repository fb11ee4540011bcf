"""A frozen plan from end to end: kept in both forms of the record, followed, and planned again from a later day."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import date
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from tests.jobs.test_plan import RECORD
from xl_amt.cli import main
from xl_amt.client import Exercise, Exit, Plan, Split, Value
from xl_amt.client.toml_file import read_record, record_text, write_record
from xl_amt.errors import AmtError
from xl_amt.jobs.compared_plan import compare
from xl_amt.jobs.frozen_plan import frozen_plan_in
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.plan import plan_of_file, write_plan
from xl_amt.jobs.plan_comparison import compare_plan, comparison_answer
from xl_amt.jobs.records import open_record
from xl_amt.jobs.years_report import report_years
from xl_amt.law import books as law_books
from xl_amt.law import register_law_book
from xl_amt.planning.plan.answer import CASH_DUE, NOT_FIGURED

TODAY = date(2026, 3, 1)
AFTER = date(2028, 2, 1)
QUIET = {"seconds": 10.0, "progress": lambda _: None}


@pytest.fixture
def record_path(tmp_path):
    """The record of two spouses' options of two companies, before anything is frozen."""
    path = tmp_path / "nora.client.toml"
    path.write_text(RECORD, "utf-8")
    return path


def keep(path, record):
    """The record in its file."""
    return write_record(record, path, replace_existing=True)


def freeze(path, today=TODAY, **changes):
    """The record of a file with its plan frozen on a day, after columns of the record were changed."""
    if changes:
        keep(path, replace(read_record(path), **changes))
    write_plan(path, plan_of_file(path, today, **QUIET), schedule=False, freeze=True)
    return open_record(path)


def with_plan(record, **columns):
    """The record with other columns of its plan."""
    return replace(record, plan=replace(record.plan or Plan(), **columns))


def in_california(record):
    """The couple with California's taxes beside the federal ones."""
    return replace(record, client=replace(record.client, jurisdiction="US+CA"))


def of_one_company(record):
    """The first company alone, whose shares are sold at an exit in 2028 with a recovery year."""
    plan = Plan(aim="most after tax", discount_rate=0.04, exit=Exit(year=2028, price=40.0, recovery_years=1))
    return replace(record, holdings=record.holdings[:1], plan=plan)


def carried_out(record, lacking=0, value=None):
    """The record in which the frozen plan was carried out, but for so many shares of its first exercise."""
    frozen = record.plan.frozen
    holdings = []
    for holding in record.holdings:
        own = [one for one in frozen.exercises if (one.company, one.holder) == (holding.company, holding.holder)]
        done = tuple(
            Exercise(
                grant=one.grant,
                day=date(one.year, 6, 15),
                shares=one.shares - (lacking if one is frozen.exercises[0] else 0),
                value=one.value if value is None else value,
                part=one.part,
            )
            for one in own
        )
        kept = tuple(one for one in holding.exercises if one.status == "done")
        holdings.append(replace(holding, exercises=(*kept, *done)))
    return replace(record, holdings=tuple(holdings))


def counted_again(record, day):
    """The record as an export of a later day counts it: what was exercised by then is among its exercised shares."""

    def counted(holding, grant):
        between = [
            one.shares for one in holding.exercises if one.grant == grant.label and holding.as_of <= one.day < day
        ]
        vested = sum(vest.shares for vest in grant.vests if holding.as_of < vest.day <= day)
        held = grant.held
        left = held.exercisable + vested - sum(between)
        return replace(
            grant,
            held=replace(
                held, exercised=held.exercised + sum(between), exercisable=left, unvested=held.unvested - vested
            ),
        )

    holdings = tuple(
        replace(holding, as_of=day, grants=tuple(counted(holding, grant) for grant in holding.grants))
        for holding in record.holdings
    )
    return replace(record, holdings=holdings)


def differences(comparison):
    """What differs from the frozen plan, and whether by facts or by shares."""
    every = {("objective", 0): comparison.worth} | {
        (name, year.year): figure for year in comparison.years for name, figure in year.figures.items()
    }
    found = {key: (one.from_facts, one.from_shares) for key, one in every.items()}
    return {key: both for key, both in found.items() if both != (0.0, 0.0)}


CASES = {"two spouses, two companies": lambda record: record, "California": in_california, "an exit": of_one_company}


@pytest.mark.parametrize("name", CASES)
def test_what_is_frozen_is_what_was_found(record_path, name):
    """Shares, figures, bound, terms and whose it is; the file is read back as it was written, and kept before."""
    keep(record_path, CASES[name](read_record(record_path)))
    before = record_path.read_bytes()
    report = plan_of_file(record_path, TODAY, **QUIET)
    assert write_plan(record_path, report, schedule=False, freeze=True).read_bytes() == before
    record, answer = read_record(record_path), report.answer
    frozen = record.plan.frozen
    assert (frozen.day, frozen.aim, frozen.objective) == (TODAY, answer["aim"], answer["objective"])
    assert (frozen.bound, frozen.proved, frozen.discount_rate) == (answer["bound"], answer["proved"], 0.04)
    assert (frozen.client, frozen.jurisdiction) == ("Nora Quill and Ira Quill", record.client.jurisdiction)
    assert sum(one.shares for one in frozen.exercises) == sum(
        shares for row in answer["schedule"].values() for shares in row.values()
    )
    for own, year in zip(frozen.years, answer["years"], strict=True):
        of_all = {key: sum(one.values()) if isinstance(one, dict) else one for key, one in year.items()}
        assert (own.year, own.spread, own.cash) == (year["year"], year["spread"], year["cash"])
        assert own.amt == pytest.approx(of_all["amt"], abs=0.011)
        assert own.credit_used == pytest.approx(of_all["credit_used"], abs=0.011)
    assert record_text(record).encode() == record_path.read_bytes()
    assert [one for one in record.holdings[0].exercises if one.status == "planned"]  # of before: no schedule is written


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("updated", [False, True], ids=["as recorded", "after an update by exports"])
def test_a_plan_carried_out_exactly_shows_no_difference(record_path, name, updated):
    """Not by a cent in any figure of any year, also when a later export counts the exercises."""
    record = carried_out(freeze(record_path, **vars_of(CASES[name](read_record(record_path)))))
    if updated:
        record = counted_again(record, date(2027, 12, 20))
    comparison = compare(record, frozen_plan_in(record), AFTER)
    assert differences(comparison) == {}
    assert comparison.notes == ()
    for part in comparison.parts:
        assert part.done == part.planned
        assert (part.to_do, part.gone) == ({}, {})


def vars_of(record):
    """The columns of a record by name."""
    return {name: getattr(record, name) for name in ("client", "years", "holdings", "plan", "sources", "remarks")}


@pytest.mark.parametrize("name", ["two spouses, two companies", "California"])
def test_one_share_less_shows_what_it_was_worth(record_path, name):
    """The difference of the taxes of the two records, each run through the years by the forms; nothing from facts."""
    frozen = freeze(record_path, **vars_of(CASES[name](read_record(record_path))))
    exact, lacking = carried_out(frozen), carried_out(frozen, lacking=1)
    comparison = compare(lacking, frozen_plan_in(lacking), AFTER)
    assert all(from_facts == 0.0 for from_facts, _ in differences(comparison).values())
    first = frozen.plan.frozen.exercises[0]
    part = next(one for one in comparison.parts if one.options.grant == first.grant)
    assert part.planned[first.year] - part.done[first.year] == 1.0
    planned, done = report_years(exact).figures, report_years(lacking).figures
    codes = ("", "CA ") if name == "California" else ("",)
    for year in comparison.years:
        worth = sum(done[year.year][f"{code}AMT"] - planned[year.year][f"{code}AMT"] for code in codes)
        assert year.figures["amt"].from_shares == pytest.approx(worth, abs=0.011)
        assert year.figures["spread"].from_shares == (-(first.value - first.strike) if year.year == first.year else 0.0)
    amts = [year.figures["amt"].from_shares for year in comparison.years]
    assert amts[0] < 0.0
    assert comparison.worth.from_shares < 0.0


def test_a_share_more_of_another_grant_is_told_by_grant(record_path):
    """Shares done of a grant that has none in that year are done and not planned, and their tax is from shares."""
    record = freeze(record_path)
    more = Exercise(grant="ES-2", day=date(2026, 12, 1), shares=100, value=12.0)
    holding = record.holdings[0]
    record = replace(record, holdings=(replace(holding, exercises=(*holding.exercises, more)), *record.holdings[1:]))
    comparison = compare(record, frozen_plan_in(record), date(2026, 12, 15))
    nso = next(one for one in comparison.parts if one.options.part == "NSO")
    assert nso.done == {2026: 100.0}
    assert nso.planned.get(2026, 0.0) == 0.0
    assert nso.to_do == {2027: nso.planned[2027] - 100.0}  # no more options are left than those
    year = comparison.years[0].figures["taxes_added"]
    assert year.from_facts == 0.0
    assert year.from_shares > 0.0


def test_changed_facts_are_told_apart_from_changed_shares(record_path):
    """More income and a higher value change figures by facts alone while the shares are those planned."""
    record = freeze(record_path)
    richer = replace(record, years=(replace(record.years[0], income=360_000.0), *record.years[1:]))
    comparison = compare(richer, frozen_plan_in(richer), TODAY)
    found = differences(comparison)
    assert found
    assert all(from_shares == 0.0 for _, from_shares in found.values())
    assert "Wages of 2026 without the plan's shares: 310,000.00 when frozen, 360,000.00 now." in comparison.notes
    assert "Wages of 2027 without the plan's shares: 319,300.00 when frozen, 370,800.00 now." in comparison.notes
    dearer = carried_out(record, value=31.0)
    comparison = compare(dearer, frozen_plan_in(dearer), AFTER)
    assert all(from_shares == 0.0 for _, from_shares in differences(comparison).values())
    assert comparison.years[0].figures["spread"].from_facts > 0.0
    assert "ES-1, value in 2026: 30.00 when frozen, 31.00 now." in comparison.notes


def test_both_parts_make_the_whole_difference(record_path):
    """Facts and shares changed together: what was frozen, from facts and from shares add up to what is."""
    record = carried_out(freeze(record_path), lacking=200, value=33.0)
    record = replace(record, years=(replace(record.years[0], income=275_000.0), *record.years[1:]))
    comparison = compare(record, frozen_plan_in(record), AFTER)
    figures = report_years(record).figures
    for year in comparison.years:
        for one in year.figures.values():
            assert one.frozen + one.from_facts + one.from_shares == pytest.approx(one.now, abs=0.011)
        assert year.figures["amt"].now == pytest.approx(figures[year.year]["AMT"], abs=0.011)
        assert year.figures["credit_used"].now == pytest.approx(figures[year.year]["credit used"], abs=0.011)
        assert year.figures["amt"].from_facts
    assert comparison.years[0].figures["amt"].from_shares < 0.0


def test_what_is_still_to_do_follows_the_frozen_plan(record_path):
    """Of this year what is not done yet, of later years all; of a year that is over nothing."""
    record = carried_out(freeze(record_path), lacking=70)
    first = record.plan.frozen.exercises[0]
    done = [one for one in record.holdings[0].exercises if one.day.year == 2026]
    record = replace(
        record,
        holdings=(
            replace(record.holdings[0], exercises=tuple(done)),
            replace(record.holdings[1], exercises=record.holdings[1].exercises[:1]),
        ),
    )
    for today, open_shares in ((date(2026, 12, 1), 70.0), (date(2027, 1, 2), 0.0)):
        comparison = compare(record, frozen_plan_in(record), today)
        part = comparison.parts[0]
        assert part.to_do.get(2026, 0.0) == open_shares
        assert part.to_do[2027] == part.planned[2027]
        assert part.done[2026] == first.shares - 70


def test_exercises_before_the_day_are_none_of_it(record_path):
    """What was exercised before is in the facts of both; of the day itself, only what the record had not then."""
    record = freeze(record_path)
    assert record.plan.frozen.since == TODAY
    assert compare(record, frozen_plan_in(record), TODAY).parts[0].done == {}
    holding = record.holdings[0]
    of_today = Exercise(grant="ES-1", day=TODAY, shares=10, value=12.0)
    record = replace(
        record, holdings=(replace(holding, exercises=(*holding.exercises, of_today)), *record.holdings[1:])
    )
    assert compare(record, frozen_plan_in(record), TODAY).parts[0].done == {2026: 10.0}
    again = freeze(record_path, **vars_of(record))
    assert again.plan.frozen.since == date(2026, 3, 2)
    assert compare(again, frozen_plan_in(again), TODAY).parts[0].done == {}


@pytest.mark.parametrize("counted", [False, True], ids=["the split as an event", "an export after the split"])
def test_a_split_in_between(record_path, counted):
    """Two for one: the planned shares are twice as many at half the strike; carried out, they make no difference."""
    record = freeze(record_path)
    holding = record.holdings[1]
    row = next(one for one in record.plan.frozen.exercises if one.holder == "spouse")
    split = Split(day=date(2026, 6, 1), ratio="2:1")
    factor = 2 if counted else 1
    grants = tuple(
        replace(
            one,
            shares=one.shares * factor,
            strike=one.strike / factor,
            fmv_at_grant=one.fmv_at_grant / factor,
            held=replace(one.held, exercisable=one.held.exercisable * factor),
        )
        for one in holding.grants
    )
    rows = [one for one in record.plan.frozen.exercises if one.holder == "spouse"]
    done = tuple(
        Exercise(grant=one.grant, day=date(one.year, 11, 15), shares=one.shares * 2, value=one.value / 2)
        for one in rows
    )
    after = replace(
        holding,
        grants=grants,
        exercises=done,
        splits=(split,),
        as_of=date(2026, 7, 1) if counted else holding.as_of,
    )
    others = carried_out(record).holdings[0]
    record = replace(record, holdings=(others, after))
    comparison = compare(record, frozen_plan_in(record), AFTER)
    spouse = next(one for one in comparison.parts if one.options.holder == "spouse")
    assert spouse.planned[row.year] == row.shares * 2
    assert spouse.done == spouse.planned
    assert differences(comparison) == {}


def test_a_grant_that_is_no_longer_there_is_shown_as_gone(record_path):
    """Its planned shares are gone; what they would have cost is from the facts, and the rest is as planned."""
    record = freeze(record_path)
    without = replace(record, holdings=record.holdings[:1])
    comparison = compare(without, frozen_plan_in(without), TODAY)
    gone = next(one for one in comparison.parts if one.options.holder == "spouse")
    assert gone.gone == gone.planned
    assert gone.to_do == {}
    spread = comparison.years[0].figures["spread"]
    assert spread.from_facts == -(30.0 - 2.0) * gone.planned[2026]
    assert spread.from_shares == 0.0
    nobody = replace(record, holdings=())
    comparison = compare(nobody, frozen_plan_in(nobody), TODAY)
    assert all(part.gone == part.planned for part in comparison.parts)


def test_options_that_have_lapsed_are_gone(record_path):
    """Fewer are left than were planned: the last ones cannot be exercised any more."""
    record = freeze(record_path)
    holding = record.holdings[1]
    grant = replace(holding.grants[0], held=replace(holding.grants[0].held, exercisable=1_500))
    fewer = replace(record, holdings=(record.holdings[0], replace(holding, grants=(grant,))))
    part = next(one for one in compare(fewer, frozen_plan_in(fewer), TODAY).parts if one.options.holder == "spouse")
    assert sum(part.gone.values()) == 500.0
    assert sum(part.to_do.values()) == 1_500.0


def test_isos_exercised_as_nsos_after_the_work(record_path):
    """Over three months after the work they are NSOs: wages, none of the planned ISO shares, and priced as such."""
    record = freeze(record_path)
    holding = record.holdings[1]
    late = Exercise(grant="ES-1", day=date(2026, 10, 1), shares=500, value=30.0)
    grant = replace(holding.grants[0], window="12 months")
    left = replace(holding, work_ended=date(2026, 4, 1), grants=(grant,), exercises=(late,))
    record = replace(record, holdings=(record.holdings[0], left))
    comparison = compare(record, frozen_plan_in(record), date(2026, 12, 1))
    as_nso = next(one for one in comparison.parts if one.options.holder == "spouse" and one.options.part == "NSO")
    as_iso = next(one for one in comparison.parts if one.options.holder == "spouse" and one.options.part == "ISO")
    assert as_nso.done == {2026: 500.0}
    assert as_iso.done == {}
    assert comparison.years[0].figures["taxes_added"].from_shares


def test_shares_that_were_sold_count_as_held(record_path):
    """Their sale is left out of both, and a note says so."""
    record = carried_out(freeze(record_path))
    holding = record.holdings[1]
    (first, *later) = holding.exercises
    cashless = replace(holding, exercises=(replace(first, method="cashless"), *later))
    record = replace(record, holdings=(record.holdings[0], cashless))
    comparison = compare(record, frozen_plan_in(record), AFTER)
    assert differences(comparison) == {}
    (note,) = comparison.notes
    assert note.startswith(f"{first.shares:,} shares exercised since were sold or bought back; here they count as held")


def test_other_numbers_of_the_same_law_are_a_fact(record_path, tmp_path, monkeypatch):
    """A book that was changed under its name is told, and its part is from facts; another book is refused."""
    monkeypatch.setattr(law_books, "_registered", dict(law_books._registered))
    book = tmp_path / "bill.toml"
    text = '[amt.{}]\nsource = "A bill"\nexemption = {{ mfj = {} }}\n'
    book.write_text(text.format(2027, 130_000), "utf-8")
    register_law_book("A bill", book)
    client = replace(read_record(record_path).client, law_book="A bill")
    record = freeze(record_path, client=client)
    assert compare(record, frozen_plan_in(record), TODAY).notes == ()
    book.write_text(text.format(2027, 120_000), "utf-8")
    register_law_book("A bill", book)
    comparison = compare(record, frozen_plan_in(record), TODAY)
    assert comparison.notes == ("The law's numbers for these years are not those of 2026-03-01.",)
    assert comparison.years[1].figures["amt"].from_facts > 0.0
    assert comparison.years[1].figures["amt"].from_shares == 0.0
    law_books._spelled.clear()
    other = replace(record, client=replace(record.client, law_book=""))
    with pytest.raises(
        AmtError, match="uses the law of US with the book 'A bill', and the record that of US as enacted"
    ):
        frozen_plan_in(other)


def test_a_new_plan_from_today(record_path):
    """Right after freezing it gains nothing; after fewer shares it is never worse than going on as planned."""
    freeze(record_path)
    report = compare_plan(record_path, TODAY, **QUIET)
    assert report.again.gained == 0.0
    record = carried_out(read_record(record_path), lacking=300)
    done = [one for one in record.holdings[0].exercises if one.day.year == 2026]
    keep(
        record_path,
        replace(
            record,
            holdings=(
                replace(record.holdings[0], exercises=tuple(done)),
                replace(record.holdings[1], exercises=record.holdings[1].exercises[:1]),
            ),
        ),
    )
    answer = comparison_answer(compare_plan(record_path, date(2026, 12, 20), **QUIET))["from_today"]
    assert answer["proved"]
    assert answer["gained"] == pytest.approx(answer["frozen_rest"]["objective"] - answer["objective"], abs=0.011)
    assert answer["gained"] >= 0.0
    assert answer["frozen_rest"]["breaks"] == []
    later = comparison_answer(compare_plan(record_path, date(2027, 1, 5), **QUIET))["from_today"]
    assert later["frozen_rest"]["breaks"] == ["300 shares of Quillwort Labs: ES-1 lapse"]
    assert later["gained"] is None


def test_nothing_left_to_plan_is_a_note(record_path):
    """A plan that is over is compared all the same."""
    keep(record_path, carried_out(freeze(record_path)))
    report = compare_plan(record_path, AFTER, **QUIET)
    assert report.again is None
    assert report.notes[-3:] == (
        "No new plan from today: 2027 is the last year of the record; add a [[year]] for 2028.",
        CASH_DUE,
        NOT_FIGURED,
    )
    assert comparison_answer(report)["from_today"] is None


def refused(record, today=TODAY):
    """The sentence with which a comparison is refused."""
    with pytest.raises(AmtError) as caught:
        compare(record, frozen_plan_in(record), today)
    return str(caught.value)


def test_a_frozen_plan_that_is_not_this_clients(record_path):
    """None at all, another client's, another jurisdiction's, one with years that the record has not, one without."""
    assert refused(read_record(record_path)).startswith("--compare: the record has no frozen plan; freeze one first")
    record = freeze(record_path)
    other = replace(record, client=replace(record.client, name="Max Moor", spouse=""))
    assert refused(other).startswith(
        "the frozen plan is for Nora Quill and Ira Quill, and the record is for Max Moor; correct the name"
    )
    respelled = replace(record, client=replace(record.client, name="nora  quill"))
    assert frozen_plan_in(respelled) == record.plan.frozen
    assert refused(in_california(record)).startswith(
        "the frozen plan uses the law of US as enacted, and the record that of US+CA as enacted; use the same law"
    )
    rolled = replace(record, years=(replace(record.years[1], status="mfj", income=310_000.0),))
    assert refused(rolled).startswith("the frozen plan begins with 2026, and the record begins with 2027; put the")
    assert "the record has no years; put the earlier years" in refused(replace(record, years=()))
    empty = with_plan(record, frozen=replace(record.plan.frozen, years=(), exercises=()))
    assert refused(empty).startswith("the frozen plan has no years to compare; remove the frozen plan, or freeze")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("shares = 370,", "shares = -370,", "[plan], frozen, exercises 1, shares: -370 is negative"),
        (
            "year = 2026, shares = 370",
            "year = 2031, shares = 370",
            "exercises 1, year: 2031 is not a year of the frozen",
        ),
        (
            "{year = 2027, income",
            "{year = 2026, income",
            "[plan.frozen] years, year: 2026 comes after 2026; remove the",
        ),
        ("year = 2026, shares = 370", "year = 2027, shares = 370", "exercises 2, year: ES-1 has 2027 twice; remove"),
        ("objective = ", "objektive = ", "'objektive' is not a known key here; did you mean 'objective'?"),
        ('jurisdiction = "US"\nlaw = ', "law = ", "[plan], frozen: jurisdiction is missing; add it"),
        (
            "proved = true",
            "exit_year = 2027\nproved = true",
            "exit_year: least tax has an exit; remove the frozen plan",
        ),
        ("day = 2026-03-01\nsince", 'day = "soon"\nsince', "[plan], frozen, day: 'soon' is not a date"),
    ],
)
def test_a_damaged_frozen_plan_is_named(record_path, old, new, sentence):
    """By its table, row and key, as every other part of the record."""
    freeze(record_path)
    text = record_path.read_text("utf-8")
    assert text.count(old) == 1
    record_path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(AmtError) as caught:
        read_record(record_path)
    assert sentence in str(caught.value)


def test_an_exit_whose_years_do_not_end_with_it(record_path):
    """Its recovery years are among its years."""
    record = freeze(record_path, **vars_of(of_one_company(read_record(record_path))))
    frozen = record.plan.frozen
    assert (frozen.exit_year, frozen.exit_price, frozen.recovery_years) == (2028, 40.0, 1)
    path = keep(record_path, record)
    path.write_text(path.read_text("utf-8").replace("recovery_years = 1\nobj", "recovery_years = 2\nobj"), "utf-8")
    with pytest.raises(AmtError, match="its years do not end 2 after its exit of 2028; remove the frozen plan"):
        read_record(path)


class TestInAWorkbook:
    """The same plan in the client's other file."""

    def test_it_is_frozen_in_place(self, record_path, tmp_path):
        """The workbook then holds what the record does; what it held is kept; freezing again replaces the rows."""
        workbook = write_client(read_record(record_path), tmp_path / "nora.xlsx")
        before = workbook.read_bytes()
        report = plan_of_file(workbook, TODAY, **QUIET)
        assert report.frozen_before is None
        assert write_plan(workbook, report, schedule=False, freeze=True).read_bytes() == before
        assert open_record(workbook) == freeze(record_path)
        raised = tuple(
            replace(one, values=(*one.values, Value(day=date(2026, 4, 1), price=35.0)))
            for one in read_record(record_path).holdings
        )
        keep(record_path, replace(read_record(record_path), holdings=raised))
        again = write_client(read_record(record_path), tmp_path / "again.xlsx")
        report = plan_of_file(again, date(2026, 5, 1), **QUIET)
        assert report.frozen_before == TODAY
        write_plan(again, report, freeze=True)
        record = open_record(again)
        assert record.plan.frozen.day == date(2026, 5, 1)
        assert record.plan.frozen == freeze(record_path, date(2026, 5, 1)).plan.frozen
        assert sum(one.status == "planned" for own in record.holdings for one in own.exercises) == len(
            record.plan.frozen.exercises
        )

    def test_it_is_compared_as_the_record_is(self, record_path, tmp_path):
        """Whichever file holds it, the answer is the same."""
        record = carried_out(freeze(record_path), lacking=5)
        workbook = write_client(keep(record_path, record) and record, tmp_path / "nora.xlsx")
        answers = [comparison_answer(compare_plan(path, AFTER, **QUIET)) for path in (record_path, workbook)]
        assert answers[0] == answers[1]

    def test_one_without_the_table_is_read_and_not_written(self, record_path, tmp_path):
        """A workbook of before is the same record; freezing says which sheet it lacks, and leaves it as it was."""
        workbook = write_client(read_record(record_path), tmp_path / "nora.xlsx")
        with ZipFile(workbook) as package:
            parts = {name: package.read(name) for name in package.namelist()}
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"Frozen_plan_table"', b'"Of_another"')
        with ZipFile(workbook, "w") as package:
            for name, part in parts.items():
                package.writestr(name, part)
        before = workbook.read_bytes()
        assert open_record(workbook) == read_record(record_path)
        report = plan_of_file(workbook, TODAY, **QUIET)
        with pytest.raises(AmtError, match="it has no sheet Frozen plan, which the record needs now; make a new work"):
            write_plan(workbook, report, schedule=False, freeze=True)
        assert workbook.read_bytes() == before


class TestOnTheCommandLine:
    """The options --freeze and --compare."""

    @pytest.fixture(autouse=True)
    def _on_a_day(self, monkeypatch):
        monkeypatch.setattr(sys.modules["xl_amt.cli.plan"], "today", lambda: TODAY)

    def run(self, *arguments):
        """What the command prints, and how it ends."""
        return CliRunner().invoke(main, ["plan", *map(str, arguments)], catch_exceptions=False)

    def test_freezing_says_what_it_did(self, record_path):
        """Where the plan is kept, what it replaces, and where the file before is."""
        first = self.run(record_path, "--freeze")
        assert first.exit_code == 0
        assert f"The plan is frozen in {record_path}; the previous version is in nora.client.toml.bak." in first.stdout
        again = self.run(record_path, "--freeze", "--write")
        assert (
            f"The schedule is in {record_path}, and frozen, replacing the one of 2026-03-01; the previous version is "
            "in nora.client.toml.bak2."
        ) in again.stdout
        quiet = self.run(record_path, "--freeze", "--json")
        assert json.loads(quiet.stdout)["format"] == "xl-amt plan answer 1"
        assert "replacing the one of 2026-03-01" in quiet.stderr

    @pytest.mark.parametrize("width", [80, 120])
    def test_the_comparison_is_a_table_of_the_terminals_width(self, record_path, width, monkeypatch):
        """Shares, figures with both parts of their difference, and what a new plan gains."""
        keep(record_path, carried_out(freeze(record_path), lacking=1))
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr(sys.modules["xl_amt.cli.plan"], "today", lambda: date(2027, 12, 1))
        shown = self.run(record_path, "--compare")
        assert shown.exit_code == 0
        lines = shown.stdout.splitlines()
        assert max(map(len, lines)) <= width
        assert "Nora Quill: the plan frozen on 2026-03-01, and where it stands on 2027-12-01" in lines
        assert any(line.split()[-3:] == ["369", "0", "-1"] for line in lines)
        assert "nothing from changed facts" in " ".join(shown.stdout.split())

    def test_as_json(self, record_path):
        """The documented format alone on standard output."""
        freeze(record_path)
        answer = json.loads(self.run(record_path, "--compare", "--json").stdout)
        assert answer["format"] == "xl-amt plan comparison 1"
        assert set(answer) == {
            "format", "client", "frozen_on", "today", "aim", "jurisdiction", "objective", "shares", "years",
            "from_today", "notes",
        }  # fmt: skip
        assert answer["years"][0]["amt"]["from_shares"] == 0.0

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (("--compare", "--write"), "--write: --compare writes nothing; compare first, then run it again with"),
            (("--compare", "--freeze"), "--freeze: --compare writes nothing; compare first"),
            (("--compare",), "--compare: the record has no frozen plan; freeze one first with xl-amt plan --freeze."),
        ],
    )
    def test_what_cannot_be_is_a_sentence(self, record_path, arguments, sentence):
        """And exit status 2, the file as it was."""
        before = record_path.read_bytes()
        refusal = self.run(record_path, *arguments)
        assert refusal.exit_code == 2
        assert sentence in " ".join(refusal.stderr.split())
        assert record_path.read_bytes() == before

    def test_a_question_file_keeps_nothing(self, tmp_path):
        """It has no record to keep a plan in."""
        question = tmp_path / "question.json"
        question.write_text("{}", "utf-8")
        assert "--compare: a question file has no frozen plan; give a client's record." in " ".join(
            self.run(question, "--compare").stderr.split()
        )
