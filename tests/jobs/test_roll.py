"""The record begins a year later: the year that opens has the figures that the record before gives for it."""

import json
import re
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.households import dollars
from tests.workbook.held_records import RECORDS, exercise, holding, sale, year
from tests.workbook.held_records import record as record_of
from tests.workbook.test_plan_frozen import FROZEN
from workbook_templates.build import RECORDS as EXAMPLES
from xl_amt.cli import main
from xl_amt.client import CountedShares, Grant, Plan, Remark, Value
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import AmtError, ArgumentError, FileError
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.records import open_record
from xl_amt.jobs.roll import name_of_year, roll_client, roll_record
from xl_amt.jobs.years_report import report_years

AFTER = date(2040, 1, 10)  # every year of these records has ended
COUPLE = next(path for path in EXAMPLES if path.name.startswith("vasquez"))
CENT = 0.005


@pytest.fixture(scope="module")
def couple():
    """The joint Californian couple of two companies, of 2026 to 2029."""
    return read_record(COUPLE)


def differences(before, after):
    """The figures of the years of a rolled record that are other ones in the record before."""
    return [
        (of_year, name, before[of_year][name], figure)
        for of_year, figures in after.items()
        for name, figure in figures.items()
        if figure != before[of_year][name] and (isinstance(figure, str) or abs(figure - before[of_year][name]) >= CENT)
    ]


def rolled_to(record, number):
    """The figures of the record rolled to a year, at once and year by year."""
    at_once = roll_record(record, AFTER, to=number, anyway=True).record
    by_year = record
    for own in range(record.years[0].year + 1, number + 1):
        by_year = roll_record(by_year, AFTER, to=own, anyway=True).record
    return report_years(at_once).figures, report_years(by_year).figures


# The same figures


@pytest.mark.parametrize("name", RECORDS)
def test_every_year_has_the_figures_of_the_record_before(name):
    """Shares exercised, vested and sold in every way; one state and several; a couple's; joint returns that end."""
    before = report_years(RECORDS[name]).figures
    for number in list(before)[1:]:
        at_once, by_year = rolled_to(RECORDS[name], number)
        assert next(iter(at_once)) == number
        assert not differences(before, at_once)
        assert not differences(before, by_year)


GRANTS = (
    Grant(label="I-1", award="ISO", granted=date(2020, 3, 2), strike=2.0, shares=90_000, fmv_at_grant=0.5),
    Grant(label="N-1", award="NSO", granted=date(2020, 3, 2), strike=3.0, shares=30_000),
)


@st.composite
def holdings(draw, company, holder, first):
    """A holding with exercises of three years, done and planned, and a sale of some of the shares of each."""
    exercises, sales = [], []
    for number in range(first - 1, first + 3):
        label = draw(st.sampled_from(("I-1", "N-1")))
        shares = draw(st.integers(100, 7_000))
        standing = "done" if number < first + 1 else "planned"
        day = date(number, draw(st.integers(1, 12)), 9)
        exercises.append(exercise(label, day, shares, float(draw(st.integers(1, 60))), status=standing))
        sold = draw(st.integers(0, shares))
        if sold:
            on = date(draw(st.integers(number, first + 3)), 12, 15)
            lot = f"{label} / {day}"
            sales.append(sale(on, sold, float(draw(st.integers(1, 80))), lot, status="planned"))
    return holding(*GRANTS, exercises=tuple(exercises), sales=tuple(sales), company=company, holder=holder)


@st.composite
def records(draw):
    """A record of five years, joint or not, of the United States alone or with a state, and one holding or two."""
    first = draw(st.integers(2021, 2026))
    status = draw(st.sampled_from(("single", "mfj", "hoh")))
    place = draw(st.sampled_from(("US", "US+CA", "US+CA", "US+CT", "US+MN", "CA")))
    amounts = {
        "Minimum_tax_credit": draw(dollars(40_000)),
        "Short_term_loss_carryover": draw(dollars(60_000)),
        "AMT_long_term_loss_carryover": draw(dollars(60_000)),
        "Mortgage_interest": draw(dollars(30_000)),
        "Real_estate_tax": draw(dollars(12_000)),
        "Long_term_capital_gain": draw(dollars(90_000)) - draw(dollars(90_000)),
    }
    if "CA" in place:
        amounts |= {"CA_minimum_tax_credit": draw(dollars(9_000)), "CA_long_term_loss_carryover": draw(dollars(50_000))}
    others = [draw(st.none() | st.integers(0, 500).map(lambda thousands: thousands * 1_000.0)) for _ in range(4)]
    years = (
        year(first, status, draw(dollars(600_000)), draw(st.none() | dollars(90_000)), **amounts),
        *(year(first + 1 + place_in, None, income) for place_in, income in enumerate(others)),
    )
    held = [draw(holdings("Alder", "client", first))]
    if draw(st.booleans()):
        held.append(draw(holdings("Birch", "spouse" if status == "mfj" else "client", first)))
    return record_of(*years, jurisdiction=place, holdings=tuple(held), growth=draw(st.sampled_from((None, 0.03))))


@settings(max_examples=60, deadline=None)
@given(records(), st.integers(1, 4))
def test_any_record_goes_on_where_it_ends(record, later):
    """The year that opens, and every later one, to the cent, at once and year by year."""
    try:
        before = report_years(record).figures
    except AmtError:
        assume(False)
    at_once, by_year = rolled_to(record, record.years[0].year + later)
    assert not differences(before, at_once)
    assert not differences(before, by_year)


def test_the_couple_of_the_pages(couple):
    """2028 opens with the credits that the workbook's page prints at the end of 2027."""
    rolled = roll_record(couple, AFTER, to=2028)
    assert {name: round(amount, 2) for name, amount in rolled.opening.items()} == {
        "Minimum tax credit": 24_794.48,
        "CA minimum tax credit": 1_146.41,
    }
    assert rolled.record.years[0].facts["Minimum tax credit"] == rolled.opening["Minimum tax credit"]
    assert not differences(report_years(couple).figures, report_years(rolled.record).figures)
    assert [own.year for own in rolled.record.years] == [2028, 2029]
    assert rolled.record.holdings == couple.holdings
    assert rolled.record.plan == replace(couple.plan, cash={})


def test_a_year_that_the_record_lacks_follows_its_last_one():
    """A record of one year alone goes on, its income grown as the plan says."""
    alone = record_of(year(2025, "single", 200_000.0, 100_000.0, Age=64.0), growth=0.03)
    rolled = roll_record(alone, AFTER)
    (own,) = rolled.record.years
    assert (own.year, own.status, own.income, own.spread_exercised) == (2026, "single", 206_000.0, None)
    assert own.facts == {"Age": 65.0, "Minimum tax credit": rolled.opening["Minimum tax credit"]}


def test_state_tax_that_rests_on_the_year_before_is_stated(couple):
    """What the exercises of 2027 add to California's tax is paid in 2028, and so is a fact of 2028, to be checked."""
    paid = report_years(couple).figures[2028]["state income tax paid"]
    rolled = roll_record(couple, AFTER, to=2028)
    assert rolled.record.years[0].facts["State income tax"] == pytest.approx(paid, abs=1e-6)
    assert "state tax paid with the return" in {remark.kind for remark in rolled.remarks}
    assert "State income tax" not in roll_record(couple, AFTER).record.years[0].facts


# What is asked, and kept


def test_steps_that_were_planned_and_not_done_are_asked_about(couple):
    """Each with what to do about it; the plan itself stays, and what is planned for later is no question."""
    rolled = roll_record(couple, AFTER)
    (asked,) = (remark for remark in rolled.remarks if remark.level == "ask")
    assert (asked.about, asked.answered) == ("Halyard Robotics, Inc., ES-047", "")
    assert asked.text.startswith("Halyard Robotics, Inc., ES-047: exercise 3,000 shares, as planned for 2026-12-15, is")
    assert "moves to 2027 or is dropped, change that in the record that was rolled, and roll it again" in asked.text
    assert [one.status for one in rolled.record.holdings[0].exercises].count("planned") == 2
    first = couple.holdings[0]
    done = tuple(replace(one, status="done") for one in first.exercises)
    settled = replace(couple, holdings=(replace(first, exercises=done), *couple.holdings[1:]))
    assert not [remark for remark in roll_record(settled, AFTER).remarks if remark.level == "ask"]
    assert [remark.about for remark in roll_record(settled, AFTER, to=2029).remarks if remark.level == "ask"] == [
        "Tidepool Health, Inc., spouse, TP-3",  # of January 2027; the sale is of February 2028
        "Halyard Robotics, Inc.",
    ]


def test_questions_that_nobody_has_answered_keep_the_year_open(couple):
    """The sentence names them; an answer, or --anyway, lets the year end, and both stay in the record."""
    question = Remark(kind="exercise without a day", level="ask", about="ES-012", text="When?")
    asked = replace(couple, remarks=(question, replace(question, about="TP-3", answered="in May")))
    with pytest.raises(ArgumentError, match=r"its questions are answered: ES-012; answer them"):
        roll_record(asked, AFTER)
    assert roll_record(asked, AFTER, anyway=True).record.remarks[:2] == asked.remarks
    answered = replace(asked, remarks=tuple(replace(one, answered="in May") for one in asked.remarks))
    assert roll_record(answered, AFTER).record.remarks[:2] == answered.remarks


def test_a_later_roll_replaces_what_was_said_of_the_earlier_one(couple):
    """Remarks on how 2027 opened are gone in 2028, but for those that were answered."""
    first = roll_record(couple, AFTER).record
    answered = tuple(
        replace(one, answered="compared") if one.level == "ask" or one.kind == "opening amounts" else one
        for one in first.remarks
    )
    second = roll_record(replace(first, remarks=answered), AFTER).record
    about_2027 = [remark for remark in second.remarks if remark.about == "2027"]
    assert [(remark.kind, remark.answered) for remark in about_2027] == [("opening amounts", "compared")]
    assert {remark.about for remark in second.remarks if remark.level == "note"} == {"2028"}


def test_what_the_record_does_not_figure_is_to_be_checked():
    """A gift carryover, and the credit of a state that is not asked, are not carried without a word."""
    own = year(2025, "single", 200_000.0, Gift_carryover=3_000.0, CA_minimum_tax_credit=1_500.0, Other_income=900.0)
    rolled = roll_record(record_of(own), date(2025, 12, 31))
    said = {remark.kind: remark.text for remark in rolled.remarks}
    assert [remark.text for remark in rolled.remarks if remark.kind == "not carried"] == [
        "What 2025 leaves of 'Gift carryover' is not figured here; enter the amount for 2026.",
        "What 2025 leaves of 'CA minimum tax credit' is not figured here; enter the amount for 2026.",
    ]
    assert said["year not ended"].startswith("2025 had not ended when this was rolled on 2025-12-31")
    assert said["facts of the year before"] == (
        "2026 begins with wages of 200,000.00 and Other income, taken from 2025; Other income may come only once: "
        "enter what is known of 2026."
    )
    assert "opening amounts" not in said
    assert "2025: by the record, a total tax of" in said["last year for the safe harbor"]


def test_gifts_above_their_share_of_income_are_to_be_carried():
    """2025: 60% of 200,000 in cash, and no property beside it (IRC 170(b)(1)); of every year that ends."""
    years = (
        year(2024, "single", 200_000.0, Cash_gifts=0.0),
        year(2025, None, None, Cash_gifts=130_000.0, Property_gifts=5_000.0, Deduction="standard"),
        year(2026, None, None, Cash_gifts=0.0, Property_gifts=0.0),
        year(2027),
    )
    rolled = roll_record(record_of(*years), AFTER, to=2027)
    (said,) = (remark.text for remark in rolled.remarks if remark.kind == "not carried")
    assert said == (
        "Gifts of 2025 pass the limits of Schedule A by 15,000.00, which carries over for five years (IRC 170(d)(1)) "
        "and is not figured here; enter 'Gift carryover' of 2027."
    )
    assert not [one for one in roll_record(record_of(*years), AFTER).remarks if one.kind == "not carried"]


def test_the_safe_harbor_asks_for_the_tax_of_each_return():
    """Single, wages 200,000 in 2024: 37,538.50 of federal tax; California's own beside it, and no other state's."""
    own = year(2024, "single", 200_000.0)
    said = {one.kind: one.text for one in roll_record(record_of(own, jurisdiction="US+CA"), AFTER).remarks}
    figures = report_years(record_of(own, jurisdiction="US+CA")).figures[2024]
    assert said["last year for the safe harbor"] == (
        "The estimated tax safe harbor of 2025 rests on 2024: by the record, a total tax of 37,538.50 on "
        f"adjusted gross income of 200,000.00 and a total tax of {figures['CA total tax']:,.2f} on adjusted gross "
        "income of 200,000.00, in California."
    )
    of_connecticut = roll_record(record_of(own, jurisdiction="US+CT"), AFTER).remarks
    assert "Connecticut" not in next(one.text for one in of_connecticut if one.kind == "last year for the safe harbor")


def test_a_loss_of_zero_that_stands_beside_another_is_no_fact_taken():
    """5,000 ISOs at 42 sold for 12 in a qualifying sale: 147,000 are lost for the AMT alone, and 0 otherwise."""
    held = holding(
        Grant(label="I-1", award="ISO", granted=date(2022, 1, 9), strike=2.0, shares=5_000, fmv_at_grant=2.0),
        exercises=(exercise("I-1", date(2024, 3, 1), 5_000, 42.0),),
        sales=(sale(date(2025, 4, 1), 5_000, 12.0),),
    )
    rolled = roll_record(record_of(year(2024, "single", 200_000.0), year(2025), holdings=(held,)), AFTER, to=2026)
    assert rolled.opening["AMT long-term loss carryover"] == 147_000.0
    assert rolled.record.years[0].facts["AMT short-term loss carryover"] == 0.0
    (taken,) = (one.text for one in rolled.remarks if one.kind == "facts of the year before")
    assert taken == "2026 begins with wages of 200,000.00, taken from 2025: enter what is known of 2026."


def test_next_years_law_is_marked(couple):
    """The law of 2027 is not enacted, in both jurisdictions."""
    said = [remark.text for remark in roll_record(couple, AFTER).remarks if remark.kind == "law not enacted"]
    assert said[0].startswith("The law of 2027 is estimated at a C-CPI-U")
    assert said[1].startswith("The law of 2027 in California is projected")


def test_values_and_cash_of_years_that_ended_leave_the_plan():
    """What is foreseen from the new first year on stays, and so does the rest of the plan."""
    plan = Plan(aim="least tax", values={2025: 9.0, 2026: 12.0}, cash={2025: 1.0, 2027: 2.0}, discount_rate=0.04)
    record = replace(record_of(year(2025, "single", 90_000.0)), plan=plan)
    assert roll_record(record, AFTER).record.plan == replace(plan, values={2026: 12.0}, cash={2027: 2.0})


def test_a_frozen_plan_is_followed_where_its_years_are(couple):
    """One that begins with a year that ended is named; one of the years that remain is not."""
    before = replace(couple, plan=replace(couple.plan, frozen=FROZEN))
    (said,) = (one.text for one in roll_record(before, AFTER).remarks if one.kind == "frozen plan of earlier years")
    assert said.startswith(
        "The plan frozen on 2026-02-10 begins with 2026: xl-amt plan --compare follows it in the file"
    )
    later = replace(couple, plan=replace(couple.plan, frozen=replace(FROZEN, years=FROZEN.years[1:])))
    assert "frozen plan of earlier years" not in {one.kind for one in roll_record(later, AFTER).remarks}


# What cannot be


def test_a_year_that_does_not_come_later_is_refused(couple):
    """The record's own first year, and one before it; and a record without a year."""
    for number in (2026, 2025):
        with pytest.raises(ArgumentError, match=r"the record begins with 2026, so no year ends before"):
            roll_record(couple, AFTER, to=number)
    with pytest.raises(ArgumentError, match="no tax year that could end"):
        roll_record(replace(couple, years=()), AFTER)


def test_a_joint_return_that_ends_asks_for_each_ones_part():
    """Whose losses and credit they were is not known; where the new year states them, they hold."""
    before = year(2025, "mfj", 200_000.0, 150_000.0)
    with pytest.raises(ArgumentError, match="is filed as single after a joint return"):
        roll_record(record_of(before, year(2026, "single", 90_000.0)), AFTER)
    own = year(2026, "single", 90_000.0, Minimum_tax_credit=4_000.0)
    assert roll_record(record_of(before, own), AFTER).record.years == (own,)


# Files


@pytest.mark.parametrize("ending", ["xlsx", "client.toml"])
def test_a_file_is_rolled_into_one_of_its_own(couple, tmp_path, ending):
    """Beside it, under the new year's name; it stays as it was, nothing is written over, and it rolls on."""
    path = write_client(couple, tmp_path / f"Elena 2026.{ending}")
    before = path.read_bytes()
    target, rolled = roll_client(path, AFTER)
    assert target == tmp_path / f"Elena 2027.{ending}"
    opened = open_record(target)
    assert replace(opened, log=()) == rolled.record
    assert [(row.what, row.about) for row in opened.log] == [("rolled", "2027")]
    assert path.read_bytes() == before
    with pytest.raises(FileError, match="it already exists"):
        roll_client(path, AFTER)
    with pytest.raises(FileError, match="this is the file being read"):
        roll_client(path, AFTER, output=path, replace_existing=True)
    with pytest.raises(ArgumentError, match=r"Halyard Robotics, Inc\., ES-047; answer them on the sheet Import"):
        roll_client(target, AFTER)
    again, _ = roll_client(target, AFTER, anyway=True)
    assert open_record(again).years[0].year == 2028


def test_counted_grants_keep_their_day(tmp_path):
    """Rolling invents no export: the day of the counts, and what they leave, are those of the record before."""
    counted = Grant(
        label="ES-1", award="ISO", granted=date(2022, 3, 14), strike=1.0, shares=1_000,
        held=CountedShares(exercised=400, exercisable=600, unvested=0),
    )  # fmt: skip
    held = replace(
        holding(counted, exercises=(exercise("ES-1", date(2026, 12, 1), 600, 9.0),)),
        as_of=date(2026, 10, 15),
        values=(Value(day=date(2026, 1, 2), price=9.0),),
    )
    path = write_record(record_of(year(2026, "single", 90_000.0), holdings=(held,)), tmp_path / "a.client.toml")
    assert roll_client(path, AFTER)[1].record.holdings == (held,)


def test_names_of_years():
    """A year at the end of a name is replaced; a name that is nothing but a year stays before the new one."""
    assert name_of_year(COUPLE, 2027).name == "vasquez 2027.client.toml"
    assert name_of_year(COUPLE.with_name("Lee_2026.xlsx"), 2027).name == "Lee 2027.xlsx"
    assert name_of_year(COUPLE.with_name("2026.xlsx"), 2027).name == "2026 2027.xlsx"


def test_the_command(tmp_path, monkeypatch):
    """What it prints, alone as JSON if asked, and one sentence for what cannot be."""
    monkeypatch.setattr(import_module("xl_amt.cli.roll"), "today", lambda: date(2027, 1, 20))
    path = tmp_path / "Elena.client.toml"
    path.write_bytes(COUPLE.read_bytes())
    result = CliRunner().invoke(main, ["roll", str(path)], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        "2027 opens with Minimum tax credit: 2,600.00\n  Ask: Halyard Robotics, Inc., ES-047"
    )
    assert result.stdout.endswith(f"\nClient: {tmp_path / 'Elena 2027.client.toml'}\n")
    as_json = CliRunner().invoke(main, ["roll", str(path), "--to", "2029", "--json"], catch_exceptions=False)
    answer = json.loads(as_json.stdout)
    assert (answer["year"], round(answer["opening"]["Minimum tax credit"], 2)) == (2029, 10_010.89)
    refused = CliRunner().invoke(main, ["roll", str(path)], catch_exceptions=False)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr.count("\n") == 1
    assert "it already exists" in refused.stderr


def test_the_page_prints_what_the_command_does(tmp_path):
    """What the couple's record opens with in 2028, and what is asked about 2027, as the page has it."""
    page = " ".join((Path(__file__).parents[2] / "docs" / "advisors" / "next-year.md").read_text("utf-8").split())
    path = tmp_path / "Elena.client.toml"
    path.write_bytes(COUPLE.read_bytes())
    printed = {
        number: CliRunner().invoke(main, ["roll", str(path), "--to", number], catch_exceptions=False).stdout
        for number in ("2027", "2028")
    }
    opening = re.findall(r"^2028 opens with .*$", printed["2028"], re.MULTILINE)
    assert len(opening) == 2
    asked = re.findall(r"^  (Ask: .*)$", printed["2027"], re.MULTILINE)
    assert all(line in page for line in (*opening, *asked))


def test_the_command_says_where_nothing_is_carried(tmp_path):
    """A year that leaves no loss and no credit."""
    path = write_record(record_of(year(2025, "single", 90_000.0)), tmp_path / "Ana.client.toml")
    result = CliRunner().invoke(main, ["roll", str(path)], catch_exceptions=False)
    assert result.stdout.startswith("2026 opens with no loss and no credit.\n")
