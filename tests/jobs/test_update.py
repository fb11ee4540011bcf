"""A newer export into a client's record: what is new, changed and gone, with the advisor's own entries kept."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from click.testing import CliRunner
from openpyxl import Workbook

from xl_amt.cli import main
from xl_amt.client import CountedShares, Exercise, Sale, Value
from xl_amt.client.checks import check_record
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import FileError
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.records import import_exports, open_record
from xl_amt.jobs.update_record import update_record, write_update

TODAY = date(2026, 11, 27)
PLAN = (
    "Formatted Security ID", "Stakeholder Name", "Quantity Issued", "Quantity Outstanding", "Issue Date",
    "Exercise Price", "Base Award Type", "Outstanding Vested Quantity", "Outstanding Unvested Quantity",
    "Quantity Exercised", "Expiration Date",
)  # fmt: skip
LEDGER = ("Formatted Security ID", "Stakeholder Name", "Quantity Issued", "Price Paid Per Share", "Issue Date")


def grant(label, strike, issued, exercised, exercisable, kind="ISO", name="Nora Quill"):
    """A row of a plan's sheet."""
    unvested = issued - exercised - exercisable
    granted, ends = date(2023, 5, 8), date(2033, 5, 7)
    return (label, name, issued, issued - exercised, granted, strike, kind, exercisable, unvested, exercised, ends)


@pytest.fixture
def save(tmp_path):
    """A function that saves an export of a day: a plan's sheet, and a ledger of lots."""

    def save_export(name, day, grants, lots=(), company="Quillwort Labs, Inc."):
        workbook = Workbook()
        plan = workbook.active
        plan.title = "2021 Plan"
        for row in ([f"{company} 2021 Plan"], [f"As of {day}"], [], PLAN, *grants):
            plan.append(row)
        if lots:
            ledger = workbook.create_sheet("CS Ledger")
            for row in (LEDGER, *lots):
                ledger.append(row)
        path = tmp_path / name
        workbook.save(path)
        return path

    return save_export


@pytest.fixture
def first(save):
    """The first export, and its record with what the advisor added to it."""
    path = save(
        "first.xlsx", "6/30/2026", [grant("ES-1", 1.25, 10_000, 1_000, 5_000), grant("ES-2", 4.0, 2_000, 0, 500)]
    )
    record = import_exports([path], KnownBesides("single", 2026, 185_000.0, 9.0), date(2026, 7, 1)).record
    (holding,) = record.holdings
    one, two = holding.grants
    planned = Exercise(grant="ES-1", day=date(2026, 9, 1), shares=500, value=9.5, status="planned", election_83b=True)
    later = Exercise(grant="ES-1", day=date(2026, 12, 15), shares=200, value=9.5, status="planned")
    holding = replace(
        holding,
        grants=(replace(one, fmv_at_grant=1.25, window="90 days", early_exercise=True), two),
        exercises=(planned, later),
        values=(*holding.values, Value(day=date(2026, 7, 15), price=9.25)),
    )
    remarks = tuple(
        replace(remark, answered="In 2024.") if remark.kind == "exercise without a day" else remark
        for remark in record.remarks
    )
    return path, replace(record, holdings=(holding,), remarks=remarks)


def test_the_same_file_changes_nothing(first):
    """Not a key of the record."""
    path, record = first
    updated = update_record(record, [path], KnownBesides(), TODAY)
    assert updated.record == record
    assert updated.differences.is_none


def test_the_same_contents_in_another_file_change_no_figure(first, save):
    """The source is another one; figures, entries and answers are the same."""
    _, record = first
    again = save(
        "again.xlsx", "6/30/2026", [grant("ES-1", 1.25, 10_000, 1_000, 5_000), grant("ES-2", 4.0, 2_000, 0, 500)], [[]]
    )
    updated = update_record(record, [again], KnownBesides(), TODAY)
    assert updated.differences.is_none
    (before,), (after,) = record.holdings, updated.record.holdings
    assert after == before
    assert [remark.answered for remark in updated.record.remarks if remark.answered] == ["In 2024."]
    assert [source.id for source in updated.record.sources] == ["a", "b"]


def test_a_quarter_later(first, save):
    """500 shares were exercised as planned, another grant is new, one is gone; entries of the advisor's stay."""
    _, record = first
    second = save(
        "second.xlsx",
        "11/2/2026",
        [grant("ES-1", 1.25, 10_000, 1_500, 5_500), grant("ES-3", 8.0, 1_000, 0, 0)],
        [("CS-9", "Nora Quill", 500, 1.25, date(2026, 9, 3))],
    )
    updated = update_record(record, [second], KnownBesides(), TODAY)
    (holding,) = updated.record.holdings
    grants = {one.label: one for one in holding.grants}
    assert grants["ES-1"].held == CountedShares(exercised=1_500, exercisable=5_500, unvested=3_000)
    assert (grants["ES-1"].fmv_at_grant, grants["ES-1"].window, grants["ES-1"].early_exercise) == (
        1.25,
        "90 days",
        True,
    )
    assert grants["ES-2"].held == CountedShares(exercised=0, exercisable=0, unvested=0)
    assert grants["ES-3"].shares == 1_000
    done, later = holding.exercises
    assert (done.day, done.shares, done.status, done.election_83b, done.lot) == (
        date(2026, 9, 3), 500, "done", True, "CS-9",
    )  # fmt: skip
    assert later.status == "planned"
    assert holding.as_of == date(2026, 11, 2)
    differences = updated.differences
    assert differences.new == [
        "grant ES-3: 1,000 ISO shares at 8",
        "exercise of ES-1 on 2026-09-03: 500 shares",
    ]
    assert [(change.about, change.old, change.new) for change in differences.changed] == [
        (
            "grant ES-1",
            "1,000 exercised, 5,000 exercisable, 4,000 unvested",
            "1,500 exercised, 5,500 exercisable, 3,000 unvested",
        )
    ]
    assert differences.gone == [
        "grant ES-2: the export no longer has it, so 2,000 shares not exercised are treated as gone"
    ]
    assert differences.done == ["exercise of 500 shares of ES-1, planned for 2026-09-01"]
    check_record(updated.record, "nora")
    again = update_record(updated.record, [second], KnownBesides(), TODAY)
    assert again.record == updated.record


def test_a_plan_that_was_not_done_is_asked_about(first, save):
    """It is taken out, since its day is over, and the advisor is asked."""
    _, record = first
    second = save("second.xlsx", "11/2/2026", [grant("ES-1", 1.25, 10_000, 1_000, 6_000)])
    updated = update_record(record, [second], KnownBesides(), TODAY)
    assert [one.day for one in updated.record.holdings[0].exercises] == [date(2026, 12, 15)]
    assert any("planned for 2026-09-01 is not in the exports" in remark.text for remark in updated.record.remarks)


def test_sales_come_once(first, save):
    """A sale that is there is not added again; a planned one of as many shares was done."""
    _, record = first
    (holding,) = record.holdings
    sale = Sale(day=date(2026, 10, 1), shares=100, price=9.0, status="planned")
    exercise = Exercise(grant="ES-1", day=date(2024, 2, 1), shares=1_000, value=6.0)
    record = replace(record, holdings=(replace(holding, sales=(sale,), exercises=(exercise,)),))
    gains = save("gains.xlsx", "11/2/2026", [])
    workbook = Workbook()
    for row in (
        ("Record Type", "Symbol", "Plan Type", "Quantity", "Date Sold", "Proceeds Per Share", "Grant Number", "Type",
         "Grant Date", "Exercise Date", "Exercise Date FMV", "Grant Price"),
        ("Sell", "QWRT", "SO", 100, "10/05/2026", 9.1, "ES-1", "ISO", "05/08/2023", "02/01/2024", 6.0, 1.25),
    ):  # fmt: skip
        workbook.active.append(row)
    workbook.save(gains)
    updated = update_record(record, [gains], KnownBesides(), TODAY)
    (holding,) = updated.record.holdings
    assert [(one.day, one.shares, one.price, one.lots) for one in holding.sales] == [
        (date(2026, 10, 5), 100, 9.1, ("ES-1 / 2024-02-01",))
    ]
    assert [(one.shares, one.value) for one in holding.exercises] == [(1_000, 6.0)]
    assert updated.differences.done == ["sale of 100 shares, planned for 2026-10-01"]
    check_record(updated.record, "nora")
    other = gains.rename(gains.with_name("gains of december.xlsx"))
    other.write_bytes(other.read_bytes() + b" ")
    assert update_record(updated.record, [other], KnownBesides(), TODAY).record.holdings == updated.record.holdings


def test_an_older_export_is_refused(first, save):
    """Its counts would be those of a day before."""
    _, record = first
    older = save("older.xlsx", "3/31/2026", [grant("ES-1", 1.25, 10_000, 1_000, 4_000)])
    with pytest.raises(FileError, match="as of 2026-03-31, and the record as of 2026-06-30: use a later export"):
        update_record(record, [older], KnownBesides(), TODAY)


def test_the_file_of_somebody_else_is_refused(first, save):
    """By the name that the record has."""
    _, record = first
    other = save("other.xlsx", "11/2/2026", [grant("ES-1", 1.25, 10, 0, 10, name="Ira Quill")])
    with pytest.raises(FileError, match="holds no stakeholder 'Nora Quill' but Ira Quill"):
        update_record(record, [other], KnownBesides(), TODAY)


def test_the_spouse_and_a_second_company_are_holdings_of_their_own(first, save):
    """One record holds both."""
    _, record = first
    spouses = save("ira.xlsx", "11/2/2026", [grant("ES-7", 2.0, 100, 0, 100, name="Ira Quill")])
    record = update_record(record, [], KnownBesides(), TODAY, spouse="Ira Quill", spouse_paths=[spouses]).record
    second = save("fern.xlsx", "11/2/2026", [grant("F-1", 2.0, 100, 0, 100)], company="Fernhill Corp.")
    record = update_record(record, [second], KnownBesides(), TODAY).record
    assert [(one.company, one.holder, one.grants[0].label) for one in record.holdings] == [
        ("Quillwort Labs, Inc.", "client", "ES-1"),
        ("Quillwort Labs, Inc.", "spouse", "ES-7"),
        ("Fernhill Corp.", "client", "F-1"),
    ]
    assert record.client.spouse == "Ira Quill"
    check_record(record, "nora")


def test_on_the_command_line(first, save, monkeypatch, tmp_path):
    """A dry run writes nothing; an update keeps the record before beside it."""
    monkeypatch.chdir(tmp_path)
    _, record = first
    write_record(record, tmp_path / "nora.client.toml")
    before = (tmp_path / "nora.client.toml").read_bytes()
    save("second.xlsx", "11/2/2026", [grant("ES-1", 1.25, 10_000, 1_000, 6_000)])
    dry = CliRunner().invoke(main, ["update", "nora.client.toml", "second.xlsx", "--dry-run"])
    assert dry.exit_code == 0, dry.output
    assert "Changed: grant ES-1, By the export: 1,000 exercised, 5,000 exercisable" in dry.stdout
    assert (tmp_path / "nora.client.toml").read_bytes() == before
    done = CliRunner().invoke(main, ["update", "nora.client.toml", "second.xlsx", "--json"])
    assert done.exit_code == 0, done.output
    figures = json.loads(done.stdout)
    assert figures["imports"][0]["rows"] == {"read": 1, "kept": 1, "set_aside": 0, "ignored": 0}
    (kept,) = tmp_path.glob("nora before *.client.toml")
    assert kept.read_bytes() == before
    assert read_record(tmp_path / "nora.client.toml").holdings[0].as_of == date(2026, 11, 2)
    again = CliRunner().invoke(main, ["update", "nora.client.toml", "second.xlsx"])
    assert again.stdout == "Nothing differs from the record.\n"
    missing = CliRunner().invoke(main, ["update", "nora.client.toml"])
    assert (missing.exit_code, "Missing argument 'EXPORT...'" in missing.stderr) == (2, True)


@pytest.fixture
def second(save):
    """The export of a quarter later: 500 shares exercised as planned, a new grant, one gone."""
    return save(
        "second.xlsx",
        "11/2/2026",
        [grant("ES-1", 1.25, 10_000, 1_500, 5_500), grant("ES-3", 8.0, 1_000, 0, 0)],
        [("CS-9", "Nora Quill", 500, 1.25, date(2026, 9, 3))],
    )


def test_a_workbook_is_brought_up_to_date_as_a_record_is(first, second, tmp_path):
    """A client in both forms: what they hold afterwards is the same, and both are kept as they were."""
    _, record = first
    paths = [write_client(record, tmp_path / name) for name in ("nora.client.toml", "nora.xlsx")]
    before = [path.read_bytes() for path in paths]
    for path in paths:
        old = open_record(path)
        write_update(old, update_record(old, [second], KnownBesides(), TODAY), path, TODAY, [second])
    own, in_rows = (open_record(path) for path in paths)
    assert replace(in_rows, holdings=(), remarks=()) == replace(own, holdings=(), remarks=())
    assert sorted(map(repr, in_rows.remarks)) == sorted(map(repr, own.remarks))
    for one, other in zip(own.holdings, in_rows.holdings, strict=True):
        assert sorted(map(repr, one.grants)) == sorted(map(repr, other.grants))
        assert sorted(map(repr, one.exercises)) == sorted(map(repr, other.exercises))
        assert replace(one, grants=(), exercises=()) == replace(other, grants=(), exercises=())
    kept = [tmp_path / name for name in ("nora before 2026-11-27.client.toml", "nora before 2026-11-27.xlsx")]
    assert [path.read_bytes() for path in kept] == before
