"""Records that no advisor would write, and files that change meanwhile: one sentence, and nothing lost."""

import re
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner

from workbook_templates.examples.platforms import FOLDER
from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, Exit, Plan
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import AmtError, ArgumentError, FileError, NotHeldError
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.client_copy import client_copy
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.leaving import report_leaving, write_leaving
from xl_amt.jobs.leaving_of_record import Leaving
from xl_amt.jobs.log import logged
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.plan import plan_of_file, write_plan
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.jobs.planned_steps import planned_steps
from xl_amt.jobs.report import report_record, write_report
from xl_amt.jobs.rewrite_client import log_client, rewrite_client
from xl_amt.jobs.roll import roll_record
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook

ALENA = read_record(FOLDER / "alena.client.toml")
COUPLE = read_record(FOLDER / "vasquez.client.toml")
DAY = date(2024, 12, 2)


def with_holding(**changes):
    """Alena's record with other tables of her one holding."""
    return replace(ALENA, holdings=(replace(ALENA.holdings[0], **changes),))


def with_exit(year, recovery_years=0):
    """Alena's record with a plan that goes to an exit."""
    sold = Exit(year=year, price=130.0, recovery_years=recovery_years)
    return replace(ALENA, plan=replace(ALENA.plan or Plan(), aim="most after tax", exit=sold))


# What no record should hold


def test_a_planned_exercise_whose_value_is_not_known(tmp_path):
    """The letter and the checks say so, and the calendar has it without one."""
    record = with_holding(exercises=tuple(replace(one, value=None) for one in ALENA.holdings[0].exercises))
    path = write_record(record, tmp_path / "a.client.toml")
    sentence = "the value per share on 2024-12-16, when the shares were acquired, is not known"
    assert sentence in report_record(record, DAY, Firm()).answered.problem
    (finding,) = check_client(path)
    assert sentence in finding.sentence
    assert next(due.detail for due in planned_steps(record)) == "Strike to pay: 1,650.00, 5.00 a share."


@pytest.mark.parametrize("year", [2024, 2025])
def test_an_exit_that_is_over(year):
    """As a record that was rolled past it has."""
    with pytest.raises(ArgumentError, match=rf"^\[plan\], exit: {year} is over, and the plan begins with 2026; enter"):
        question_of_record(with_exit(year), date(2026, 3, 1))


def test_years_without_end():
    """Refused before they are made, however many."""
    with pytest.raises(NotHeldError, match=r"year: 1000002026 is after 2036, the last tax year that is projected"):
        question_of_record(with_exit(2026, 10**9), DAY)
    with pytest.raises(NotHeldError, match=r"year: 10000000000 is after 2036"):
        roll_record(ALENA, DAY, to=10**10)


def test_a_record_without_a_year(tmp_path):
    """It is no workbook, and no copy of one; the letter says that there is no answer."""
    record = ClientRecord(client=Client(name="Ana"))
    path = write_record(record, tmp_path / "a.client.toml")
    for write in (client_copy, lambda own: write_client(read_record(own), tmp_path / "a.xlsx")):
        with pytest.raises(ArgumentError, match=r"^the record has no tax year; add a \[\[year\]\]"):
            write(path)
    assert report_record(record, DAY, Firm()).answered.kind == "nothing yet"
    assert [one.name for one in tmp_path.iterdir()] == ["a.client.toml"]


@pytest.mark.parametrize(
    ("old", "new"),
    [('status = "planned"', f'status = "{"x" * 5_000}"'), ('client]\nname = "Alena"', f'client]\n{"k" * 5_000} = "x"')],
)
def test_a_sentence_repeats_no_word_without_end(tmp_path, old, new):
    """What is quoted is cut short."""
    text = (FOLDER / "alena.client.toml").read_text("utf-8")
    assert old in text
    path = tmp_path / "a.client.toml"
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(AmtError) as caught:
        read_record(path)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x","y")', "@SUM(1)", "+1", "-1"])
def test_a_name_is_no_formula_on_any_sheet(name):
    """Whatever a company, a grant, a lot or a client is called."""
    holdings = []
    for place, holding in enumerate(COUPLE.holdings):
        labels = {one.label: f"{name} {at}" for at, one in enumerate(holding.grants)}
        grants = tuple(replace(one, label=labels[one.label]) for one in holding.grants)
        exercises = tuple(replace(one, grant=labels[one.grant]) for one in holding.exercises)
        named = replace(holding, company=f"{name} {place}", grants=grants, exercises=exercises, sales=())
        holdings.append(named)
    record = replace(COUPLE, client=replace(COUPLE.client, name=name, spouse=name), holdings=tuple(holdings))
    built = build_workbook(book_of(logged(record, DAY, "reported", name, name)))
    formulas = [one.value for sheet in built for row in sheet.iter_rows() for one in row if one.data_type == "f"]
    assert len(formulas) > 1_000
    assert not [one for one in formulas if str(getattr(one, "text", one)).startswith(name)]


# Files that change meanwhile


def test_a_record_that_was_changed_meanwhile_is_not_replaced(tmp_path):
    """By hand while a plan is searched, or while a letter is set: it stays as it is, and no copy is left."""
    path = write_record(ALENA, tmp_path / "a.client.toml")
    planned = plan_of_file(path, DAY, 10.0, lambda _: None)
    letter = report_record(ALENA, DAY, Firm())
    asked = Leaving(date(2024, 12, 15), DAY, "90 days")
    left = report_leaving(ALENA, asked)
    richer = replace(ALENA, years=(replace(ALENA.years[0], income=200_000.0), *ALENA.years[1:]))
    write_record(richer, path, replace_existing=True)
    for write in (
        lambda: write_plan(path, planned),
        lambda: write_plan(path, planned, schedule=False, freeze=True),
        lambda: write_leaving(path, asked, left, DAY),
        lambda: rewrite_client(path, ALENA, letter.record, backup=tmp_path / "kept.client.toml"),
        lambda: write_report(letter, tmp_path / "letter.pdf", path, ALENA, DAY),
    ):
        with pytest.raises(FileError, match=r"a\.client\.toml: it was changed while this was running"):
            write()
    assert [one.name for one in tmp_path.iterdir()] == ["a.client.toml"]
    assert read_record(path) == richer


@pytest.mark.parametrize("ending", [".client.toml", ".xlsx"])
def test_no_row_of_another_runs_log_is_lost(tmp_path, ending):
    """Of two letters at once the second says that the file was changed."""
    path = write_client(ALENA, tmp_path / f"a{ending}")
    one, other = (logged(ALENA, DAY, "reported", about) for about in ("plan", "room"))
    log_client(path, one, tmp_path / f"first{ending}")
    content = path.read_bytes()
    with pytest.raises(FileError, match="it was changed while this was running"):
        log_client(path, other, tmp_path / f"second{ending}")
    assert path.read_bytes() == content


def test_a_letter_that_cannot_be_written_is_not_logged(tmp_path):
    """The log says what the client was given."""
    path = write_record(ALENA, tmp_path / "a.client.toml")
    content = path.read_bytes()
    letter = report_record(ALENA, DAY, Firm(), letter_only=True)
    with pytest.raises(FileError, match="cannot be written"):
        write_report(letter, tmp_path / f"{'x' * 250}.pdf", path, ALENA, DAY)
    assert path.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["a.client.toml"]


def test_a_firm_whose_key_has_no_end(tmp_path):
    """One line, cut short."""
    path = write_record(ALENA, tmp_path / "a.client.toml")
    firm = tmp_path / "firm.toml"
    firm.write_text(f'[firm]\n{"k" * 3_000} = "x"\n', "utf-8")
    result = CliRunner().invoke(
        main, ["report", str(path), "-o", str(tmp_path / "a.pdf"), "--firm", str(firm), "--no-log"]
    )
    assert result.exit_code == 2
    assert re.fullmatch(r"xl-amt: [^\n]{1,400}\n", result.stderr)
