"""A plan from end to end: from a client's record and back into it, and on the terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.client.toml_file import read_record
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.plan import plan_of_file, write_plan
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.jobs.records import open_record
from xl_amt.jobs.years_report import report_years

QUESTION = Path(__file__).parent.parent / "planning" / "plan" / "questions" / "B12.json"
TODAY = date(2026, 3, 1)
EXIT = "[plan]\nexit = { year = 2027, price = 30 }\n"

RECORD = """
format = "xl-amt client 1"

[client]
name = "Nora Quill"
spouse = "Ira Quill"

[[year]]
year = 2026
status = "mfj"
income = 310_000
facts = { "Interest" = 4_000 }

[[year]]
year = 2027

[[holding]]
company = "Quillwort Labs"
as_of = 2026-02-01

[[holding.grant]]
label = "ES-1"
type = "ISO"
granted = 2022-03-01
strike = 1.25
shares = 10_000
fmv_at_grant = 1.25
expires = 2027-06-30
held = { exercised = 1_500, exercisable = 8_500, unvested = 0 }

[[holding.grant]]
label = "ES-2"
type = "NSO"
granted = 2024-05-08
strike = 4.10
shares = 4_000
held = { exercised = 0, exercisable = 1_400, unvested = 2_600 }
vests = [{ day = 2025-05-08, shares = 1_400 }, { day = 2027-05-08, shares = 2_600 }]

[[holding.exercise]]
grant = "ES-1"
day = 2026-02-14
shares = 1_000
value = 12.00

[[holding.exercise]]
grant = "ES-1"
day = 2026-11-14
shares = 4_000
value = 12.00
status = "planned"

[[holding.value]]
day = 2026-01-15
price = 12.40

[[holding]]
company = "Iris & Co"
holder = "spouse"
as_of = 2026-02-01

[[holding.grant]]
label = "ES-1"
type = "ISO"
granted = 2023-03-01
strike = 2
shares = 2_000
fmv_at_grant = 2
held = { exercised = 0, exercisable = 2_000, unvested = 0 }

[[holding.value]]
day = 2026-01-15
price = 30

[plan]
aim = "least tax"
discount_rate = 0.04
income_growth = 0.03
cash = { 2026 = 40_000 }
limits = { most_amt = 50_000 }
"""


@pytest.fixture
def record_path(tmp_path):
    """A record of two spouses' options, with a done and a planned exercise."""
    path = tmp_path / "nora.client.toml"
    path.write_text(RECORD, "utf-8")
    return path


def changed(path, *changes):
    """The record with words replaced."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    return read_record(path)


def test_the_question_of_a_record(record_path):
    """Years with growth, both spouses' grants, what is left of them and by when, the limits, the done exercise."""
    question = question_of_record(read_record(record_path), TODAY).question
    assert [year.year for year in question.years] == [2026, 2027]
    assert [year.household.wages for year in question.years] == [310_000.0, pytest.approx(319_300.0)]
    assert [year.spread_before for year in question.years] == [10_750.0, 0.0]
    assert [year.cash for year in question.years] == [40_000.0, None]
    assert [year.most_amt for year in question.years] == [50_000.0, 50_000.0]
    grants = {grant.label: grant for grant in question.grants}
    assert set(grants) == {"Quillwort Labs: ES-1", "Quillwort Labs: ES-2", "Iris & Co, spouse: ES-1"}
    assert grants["Quillwort Labs: ES-1"].vested == (7_500, 7_500)
    assert grants["Quillwort Labs: ES-1"].last_year == 2027
    assert grants["Quillwort Labs: ES-2"].vested == (1_400, 4_000)
    assert question.years[1].values == {"Quillwort Labs": 12.0, "Iris & Co, spouse": 30.0}


@pytest.mark.parametrize(
    ("today", "label", "vested", "days"),
    [
        (date(2026, 2, 10), "Iris & Co, spouse: ES-1", (2_000, 2_000), (None, date(2026, 2, 15))),
        (TODAY, "Iris & Co, spouse: ES-1 as NSO", (2_000, 2_000), (TODAY, date(2026, 11, 15))),
        (date(2026, 11, 16), None, None, None),
    ],
)
def test_isos_after_the_work_has_ended(record_path, today, label, vested, days):
    """Within three months they are ISOs; then NSOs to the end of the plan's window; after it they are no options."""
    record = changed(
        record_path,
        ('holder = "spouse"\n', 'holder = "spouse"\nwork_ended = 2025-11-15\n'),
        ("fmv_at_grant = 2\n", 'fmv_at_grant = 2\nwindow = "12 months"\n'),
    )
    asked = question_of_record(record, today)
    grants = {grant.label: grant for grant in asked.question.grants if grant.company.startswith("Iris")}
    assert list(grants) == ([label] if label else [])
    if label:
        assert grants[label].vested == vested
        assert grants[label].last_year == 2026
        of = asked.options[label]
        assert (of.first_day, of.last_day) == days
    told = [note for note in asked.notes if "as NSOs until 2026-11-15" in note]
    assert len(told) == (today < date(2026, 2, 16))


def test_a_grant_under_water_throughout_is_left_out(record_path):
    """Nobody pays a strike above the value for nothing: its exercise would add neither spread nor tax."""
    asked = question_of_record(changed(record_path, ("strike = 4.10", "strike = 41")), TODAY)
    assert {grant.label for grant in asked.question.grants} == {"Quillwort Labs: ES-1", "Iris & Co, spouse: ES-1"}
    assert "Quillwort Labs: ES-2: under water at every value of the plan, and left out of it." in asked.notes
    strikes = (("strike = 1.25", "strike = 125"), ("strike = 41", "strike = 125"), ("strike = 2\n", "strike = 200\n"))
    with pytest.raises(AmtError, match="so there is nothing to plan; enter higher values"):
        question_of_record(changed(record_path, *strikes), TODAY)


def test_an_exit_is_none_of_the_least_tax(record_path):
    """The aim of least tax leaves the record's exit aside: the same question as without it."""
    asked = [question_of_record(read_record(record_path), TODAY).question]
    asked.append(question_of_record(changed(record_path, ("[plan]\n", EXIT)), TODAY).question)
    assert asked[0].exit is asked[1].exit is None
    assert [year.values for year in asked[1].years] == [year.values for year in asked[0].years]


def test_the_schedule_goes_into_the_record(record_path):
    """Planned exercises give way to the schedule, done ones stay, a backup is kept, and the years come to the same."""
    before = record_path.read_bytes()
    report = plan_of_file(record_path, TODAY, 10.0, lambda _: None)
    backup = write_plan(record_path, report)
    assert backup.read_bytes() == before
    record = read_record(record_path)
    steps = [(one.grant, one.shares, one.status) for holding in record.holdings for one in holding.exercises]
    assert ("ES-1", 1_000, "done") in steps
    assert ("ES-1", 4_000, "planned") not in steps
    scheduled = sum(sum(row) for row in report.solution.best.schedule)
    assert sum(shares for _, shares, status in steps if status == "planned") == scheduled
    figures = report_years(record).figures
    for year in report.answer["years"]:
        assert figures[year["year"]]["AMT"] == pytest.approx(year["amt"], abs=0.01)
        assert figures[year["year"]]["credit used"] == pytest.approx(year["credit_used"], abs=0.01)
    assert write_plan(record_path, report).name == "nora.client.toml.bak2"


@pytest.mark.parametrize("ending", [".client.toml", ".xlsx"])
def test_a_schedule_that_leaves_nothing_for_a_planned_sale_is_not_written(record_path, tmp_path, ending):
    """The sale of 1 December is of the planned exercise of November, which the schedule puts off; the file stays."""
    sold = '[[holding.sale]]\nday = 2026-12-01\nshares = 4_900\nprice = 13\nstatus = "planned"\n\n'
    other = '[[holding]]\ncompany = "Iris'
    record = changed(record_path, (other, sold + other))
    assert report_years(record).figures
    path = write_client(record, tmp_path / f"nora sells{ending}")
    before = path.read_bytes()
    report = plan_of_file(path, TODAY, 10.0, lambda _: None)
    with pytest.raises(
        ArgumentError, match=r"does not go with what else is planned: .*2026-12-01.* nothing was written"
    ):
        write_plan(path, report)
    assert path.read_bytes() == before


def test_a_plan_is_frozen_in_a_workbook_whose_record_has_none(record_path, tmp_path):
    """As an import leaves it: the sheets have a place for what a plan of the record says."""
    record = replace(read_record(record_path), plan=None)
    workbook = write_client(record, tmp_path / "nora.xlsx")
    write_plan(workbook, plan_of_file(workbook, TODAY, 10.0, lambda _: None), freeze=True)
    frozen = open_record(workbook).plan
    assert frozen is not None
    assert frozen.frozen is not None
    assert frozen.frozen.day == TODAY


def test_a_record_of_one_year_is_told_that_nothing_is_spread(record_path):
    """Where its aim is the least tax, which exercises everything."""
    told = "The record has no year after 2026, so all is exercised in it"
    changed(
        record_path, ("[[year]]\nyear = 2027\n", ""), ("cash = { 2026 = 40_000 }\nlimits = { most_amt = 50_000 }\n", "")
    )
    assert told in plan_of_file(record_path, TODAY, 10.0, lambda _: None).notes[0]
    record_path.write_text(RECORD, "utf-8")
    assert not any(told in note for note in plan_of_file(record_path, TODAY, 10.0, lambda _: None).notes)


def test_the_schedule_goes_into_a_workbook(record_path, tmp_path):
    """In its own file, which then holds what the record would, and a backup is kept."""
    workbook = write_client(read_record(record_path), tmp_path / "nora.xlsx")
    before = workbook.read_bytes()
    report = plan_of_file(workbook, TODAY, 10.0, lambda _: None)
    assert write_plan(workbook, report).read_bytes() == before
    write_plan(record_path, plan_of_file(record_path, TODAY, 10.0, lambda _: None))
    assert open_record(workbook) == read_record(record_path)


def test_an_exit_with_shares_held(record_path):
    """The plan goes on to the exit and its recovery years; shares held are sold with the rest."""
    changed(
        record_path,
        ('aim = "least tax"', 'aim = "most after tax"\nexit = { year = 2028, price = 40, recovery_years = 1 }'),
        (RECORD[RECORD.index('[[holding]]\ncompany = "Iris') : RECORD.index("[plan]")], ""),
    )
    question = question_of_record(read_record(record_path), TODAY).question
    assert [year.year for year in question.all_years] == [2026, 2027, 2028, 2029]
    assert [(lot.shares, lot.strike, lot.amt_basis, lot.qualifying_from) for lot in question.lots] == [
        (1_000, 1.25, 12.0, 2027)
    ]
    answer = plan_of_file(record_path, TODAY, 10.0, lambda _: None).answer
    assert answer["proved"]
    assert answer["years"][2]["proceeds"] > 1_000 * 40


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("price = 30\n", "price = 30\n[[holding.value]]\nday = 2026-01-16\nprice = -1\n"), "-1"),
        (("[[holding.value]]\nday = 2026-01-15\nprice = 30\n", ""), "the value of a share in 2026 is not known"),
        (('status = "mfj"', 'status = "single"'), "the spouse's options are on another return in 2026, 2027"),
        (('aim = "least tax"', 'aim = "most after tax"'), '[plan], exit: the aim "most after tax" needs it'),
        (("discount_rate = 0.04", "discount_rate = -0.04"), "discount_rate"),
        (("year = 2027", "year = 2027\n[[year]]\nyear = 2029"), "2029 comes after 2027"),
    ],
)
def test_what_a_record_lacks(record_path, change, sentence):
    """One sentence says what is missing, and where it goes."""
    with pytest.raises(AmtError) as refused:
        question_of_record(changed(record_path, change), TODAY)
    assert sentence in str(refused.value)


def run(*words):
    """The command's result."""
    return CliRunner().invoke(main, ["plan", *map(str, words)], prog_name="xl-amt", catch_exceptions=False)


def test_json_stands_alone():
    """The answer as JSON, and nothing else on standard output."""
    answer = json.loads(run(QUESTION, "--json").stdout)
    assert answer["format"] == "xl-amt plan answer 1"
    assert answer["objective"] == pytest.approx(592_704.65, abs=0.02)
    assert [one["name"] for one in answer["strategies"]] == [
        "all now", "even split", "room ladder", "wait and sell", "same-year escape", "least AMT", "best",
    ]  # fmt: skip
    assert [one["value"] for one in answer["value_band"]] == [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]


def test_the_terminal_shows_the_table_first():
    """The schedule, the proof, the strategies, why, and what is not figured."""
    text = run(QUESTION).stdout
    places = [
        text.index(words)
        for words in ("the plan", "10,746", "proved: no schedule does better", "room ladder", "Why:", "One more share")
    ]
    assert places == sorted(places)
    assert "Assumes each earlier exercise is over one year, and each grant over two, before the sale" in text
    assert "Section 1202 is not figured and may outweigh this answer; California has no exclusion." in text
    assert "AMT is mostly due with the return, by April 15" in text


def test_the_schedule_is_written_on_request(record_path):
    """Only with --write, and only into a record."""
    before = record_path.read_bytes()
    assert run(record_path).exit_code == 0
    assert record_path.read_bytes() == before
    assert "the previous version is in nora.client.toml.bak" in run(record_path, "--write").stdout
    assert record_path.read_bytes() != before
    refused = run(QUESTION, "--write")
    assert refused.exit_code == 2
    assert "a question file has no planned steps; give a client's record." in refused.stderr


@pytest.mark.parametrize(("words", "sentence"), [(("--seconds", "0"), "--seconds: 0 is not a time"), (("x",), "x")])
def test_a_wrong_option(words, sentence):
    """One sentence and exit code 2."""
    refused = run(QUESTION, *words)
    assert refused.exit_code == 2
    assert sentence in refused.stderr
