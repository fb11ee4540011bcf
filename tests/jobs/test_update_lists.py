"""Lists of exercises and of sales, without the grants that they are of, into a record that has the grants."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.client.checks import check_record
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.records import import_exports, open_record
from xl_amt.jobs.update_record import update_record

TODAY = date(2026, 11, 27)
PLAN = [
    "Stakeholder Name",
    "Security ID",
    "Base Award Type",
    "Exercise Price",
    "Quantity Issued",
    "Quantity Exercised",
    "Outstanding Vested Quantity",
    "Outstanding Unvested Quantity",
    "Issue Date",
    "Expiration Date",
]
GRANT = ("Nora Quill", "ES-1", "ISO", "1.25", "10,000", "1,000", "5,000", "4,000", "2023-05-08", "2033-05-07")
EXERCISES = ("Stakeholder Name", "Security ID", "Exercise Date", "Quantity Exercised", "FMV At Exercise", "Method")
CASH = ("Nora Quill", "ES-1", "2026-02-01", "600", "6.00", "cash")
CASHLESS = ("Nora Quill", "ES-1", "2026-02-01", "400", "6.50", "cashless")
FORM_3921 = [
    "Employee's name",
    "Date option granted",
    "Date option exercised",
    "Exercise price per share",
    "FMV per share on exercise date",
    "No. of shares transferred",
]
SALES = (
    "Employee Grant Number", "Sale Date", "Original Acquisition Date", "Shares Sold", "Sale Price Per Share",
)  # fmt: skip


@pytest.fixture
def save(tmp_path):
    """A function that saves rows as a CSV file."""

    def save_rows(name, *rows):
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    return save_rows


@pytest.fixture
def record(save):
    """A record of one grant, of which 1,000 shares were exercised on days that are not known."""
    known = KnownBesides("single", 2026, 185_000.0, 9.0, as_of=date(2026, 6, 30))
    return import_exports([save("plan.csv", PLAN, GRANT)], known, TODAY).record


def updated_by(record, path):
    """The record after an update by one file; it can be read again."""
    updated = update_record(record, [path], KnownBesides(), TODAY)
    check_record(updated.record, "nora")
    return updated


def exercises_of(record):
    """Day, shares, value and way of the exercises of the only holding."""
    (holding,) = record.holdings
    return [(str(one.day), one.shares, one.value, one.method) for one in holding.exercises]


def test_a_list_of_exercises_alone(record, save):
    """They are entered under the record's grant; both of one day stay, and another copy of the list changes nothing."""
    updated = updated_by(record, save("exercises.csv", EXERCISES, CASH, CASHLESS))
    both = [("2026-02-01", 600, 6.0, "cash"), ("2026-02-01", 400, 6.5, "cashless")]
    assert exercises_of(updated.record) == both
    assert len(updated.differences.new) == 2
    again = updated_by(updated.record, save("copy.csv", EXERCISES, CASHLESS, CASH))
    assert exercises_of(again.record) == both
    assert again.differences.is_none


def test_one_entry_of_the_record_for_several_rows(record, save):
    """Where the record has the shares of a day in one entry, rows that add up to them are no further exercises."""
    whole = updated_by(record, save("whole.csv", EXERCISES, ("Nora Quill", "ES-1", "2026-08-01", "1,000", "6", "cash")))
    parts = [("Nora Quill", "ES-1", "2026-08-01", shares, "6", "cash") for shares in ("600", "400")]
    form = [("Nora Quill", "05/08/2023", "08/01/2026", "1.25", "6", shares) for shares in ("600", "400")]
    for path in (save("parts.csv", EXERCISES, *parts), save("form.csv", FORM_3921, *form)):
        updated = updated_by(whole.record, path)
        assert exercises_of(updated.record) == [("2026-08-01", 1_000, 6.0, "cash")]


def test_a_list_of_forms_finds_the_grant_by_day_and_strike(record, save):
    """Form 3921 names no grant; the record's one of that day, strike and kind is meant, and no second one is made."""
    path = save("forms.csv", FORM_3921, ("Nora Quill", "05/08/2023", "02/01/2026", "1.25", "6.00", "600"))
    (holding,) = updated_by(record, path).record.holdings
    assert [grant.label for grant in holding.grants] == ["ES-1"]
    assert [(one.grant, one.shares) for one in holding.exercises] == [("ES-1", 600)]


def test_a_list_of_sales_alone(record, save):
    """Sales find the record's exercises; what earlier sales took is not sold twice."""
    record = updated_by(record, save("exercises.csv", EXERCISES, CASH)).record
    first = ("ES-1", "16-Jul-2026", "01-Feb-2026", "250", "22.15")
    record = updated_by(record, save("sales.csv", SALES, first)).record
    (holding,) = record.holdings
    assert [(one.shares, one.lots) for one in holding.sales] == [(250, ("ES-1 / 2026-02-01",))]
    updated = updated_by(record, save("more.csv", SALES, ("ES-1", "18-Jul-2026", "01-Feb-2026", "400", "22.15")))
    assert updated.record.holdings[0].sales == holding.sales
    (asked,) = [remark for remark in updated.record.remarks if remark.kind == "sale not entered"]
    assert "which shares were the 400 sold on 2026-07-18" in asked.text
    rest = ("ES-1", "18-Jul-2026", "01-Feb-2026", "350", "22.15")
    updated = updated_by(record, save("rest.csv", SALES, first, rest))
    assert [one.shares for one in updated.record.holdings[0].sales] == [250, 350]


def test_what_is_not_entered_is_said_and_every_backup_is_a_record(record, save, monkeypatch, tmp_path):
    """On the terminal and as JSON; a second backup of one day can be opened as the first one can."""
    monkeypatch.chdir(tmp_path)
    write_record(record, tmp_path / "nora.client.toml")
    unknown = ("Nora Quill", "ES-77", "2026-02-01", "400", "6.50", "cash")
    save("exercises.csv", EXERCISES, CASH, unknown)
    sentence = "ES-77: the exercise of 400 shares on 2026-02-01, whose grant is neither in the files nor"
    dry = CliRunner().invoke(main, ["update", "nora.client.toml", "exercises.csv", "--dry-run"])
    assert f"Ask: {sentence}" in dry.stdout
    done = CliRunner().invoke(main, ["update", "nora.client.toml", "exercises.csv", "--json"])
    assert any(sentence in asked for asked in json.loads(done.stdout)["imports"][0]["ask"])
    save("exercises.csv", EXERCISES, CASH, CASHLESS)
    assert CliRunner().invoke(main, ["update", "nora.client.toml", "exercises.csv"]).exit_code == 0
    kept = sorted(tmp_path.glob("nora before *"))
    assert len(kept) == 2
    assert sorted(len(read_record(path).holdings[0].exercises) for path in kept) == [0, 1]


def test_an_exercise_of_either_part_of_a_pair(save):
    """It is not said that its grant is missing, but which part is to be asked for; neither part's counts are blamed."""
    parts = [
        ("Nora Quill", "ES-1", kind, "1.25", "5,000", exercised, "2,000", unvested, "2023-05-08", "2033-05-07")
        for kind, exercised, unvested in (("ISO", "1,000", "2,000"), ("NSO", "0", "3,000"))
    ]
    paths = [save("plan.csv", PLAN, *parts), save("exercises.csv", EXERCISES, CASH)]
    imported = import_exports(paths, KnownBesides(), TODAY)
    kinds = {remark.kind: remark.text for remark in imported.record.remarks}
    assert "of either its ISOs or its NSOs, is not entered; ask which" in kinds["exercise not entered"]
    assert "exercises do not foot" not in kinds


def test_a_workbook_holds_both_spouses(save, monkeypatch, tmp_path):
    """The spouse's grants stand beside the client's, as in a record, and the report of neither says otherwise."""
    monkeypatch.chdir(tmp_path)
    save("plan.csv", PLAN, GRANT)
    save("spouse.csv", PLAN, ("Ira Quill", "ES-7", *GRANT[2:]))
    words = ["import", "plan.csv", "--spouse-export", "spouse.csv", "--status", "mfj", "--json", "-o", "quill.xlsx"]
    assert "leave that of" not in CliRunner().invoke(main, words).stdout
    record = open_record(Path("quill.xlsx"))
    assert [holding.holder for holding in record.holdings] == ["client", "spouse"]
    assert [[grant.label for grant in holding.grants] for holding in record.holdings] == [[GRANT[1]], ["ES-7"]]
    CliRunner().invoke(main, [*words[:-1], "quill.client.toml"])
    assert open_record(Path("quill.client.toml")) == record


def test_columns_are_kept_where_the_report_is_json(save, monkeypatch, tmp_path):
    """What is confirmed once holds for the next import, however the report is asked for."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XL_AMT_CONFIG", str(tmp_path / "configuration" / "config.toml"))
    save("own.csv", ("Anzahl" if header == "Quantity Issued" else header for header in PLAN), GRANT)
    words = ["import", "own.csv", "--json", "-o", "own.xlsx", "--columns", "Anzahl=quantity issued"]
    first = CliRunner().invoke(main, words)
    assert first.exit_code == 0, first.output
    assert json.loads(first.stdout)["columns"].endswith("columns.toml")
    assert CliRunner().invoke(main, ["import", "own.csv", "-o", "again.xlsx"]).exit_code == 0
