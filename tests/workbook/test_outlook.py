"""Sheet Outlook: what the command found stands there as it was found, with its charts, its day and its record."""

import json
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from tests.jobs.test_outlook import by_name, record
from xl_amt.arithmetic.piecewise import Piecewise, Stretch
from xl_amt.cli import main
from xl_amt.client.fingerprint import fingerprint
from xl_amt.errors import FileError
from xl_amt.jobs import outlook_found as found_module
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.outlook import report_outlook, write_outlook
from xl_amt.jobs.outlook_found import outlook_found
from xl_amt.jobs.records import open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.planning.outlook.paths import Simulation
from xl_amt.workbook import build_workbook, save_workbook
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.sheets.outlook_layout import outlook_layout
from xl_amt.workbook.splice import open_book
from xl_amt.workbook.values import evaluate

DAY = date(2026, 11, 2)
ROWS = outlook_layout()
FEW = Simulation(paths=400, seed=7, volatility=0.6)
ANA = record((2026, 5_000), (2027, 6_000))


@pytest.fixture(scope="module")
def report():
    """An outlook of few paths."""
    return report_outlook(ANA, DAY, FEW)


@pytest.fixture
def workbook(tmp_path):
    """A workbook that was not asked yet."""
    path = tmp_path / "ana.xlsx"
    save_workbook(build_workbook(book_of(ANA)), path)
    return path


def built(report, **typed):
    """The values of a workbook with the outlook, after cells of its sheet were typed over."""
    made = build_workbook(replace(book_of(ANA), outlook=outlook_found(report, ANA, DAY)))
    for cell, value in typed.items():
        made["Outlook"][cell].value = value
    return made["Outlook"], evaluate(parts_of(made))


def test_every_figure_is_the_reports(report):
    """The strategies, the fan, cash and credit by year, and what was asked."""
    sheet, _ = built(report)
    found = report.plain
    for row, one in zip(ROWS.strategies, found["strategies"], strict=True):
        spread, chances = one["after_tax"], one["chances"]
        percentiles = [spread[f"percentile_{percent}"] for percent in (5, 25, 50, 75, 95)]
        assert [cell.value for cell in sheet[row][:11]] == [
            one["name"], one["after_tax_as_planned"], spread["mean"], *percentiles, chances["loses_money"],
            chances["amt_not_recovered"], one["amt"]["mean"],
        ]  # fmt: skip
    fan = [[cell.value for cell in sheet[row][:3]] for row in ROWS.values if sheet[f"A{row}"].value]
    assert [year for year, *_ in fan] == [2026, 2027, 2028, 2029]
    assert fan[1][1:] == pytest.approx([20.0, report.fan[2027].percentiles[5]])
    planned = by_name(report)["best"].planned
    column = "BCDEFGHI"[-1]
    cash = [sheet[f"{column}{row}"].value for row in ROWS.cash if sheet[f"A{row}"].value]
    assert cash == pytest.approx([year.cash for year in planned.years[:3]], abs=0.005)
    credit = [sheet[f"{column}{row}"].value for row in ROWS.credit if sheet[f"A{row}"].value]
    assert credit == pytest.approx([sum(year.credit_out.values()) for year in planned.years], abs=0.005)
    asked = {key: sheet[f"B{row}"].value for key, row in ROWS.head.items()}
    assert (asked["volatility"], asked["paths"], asked["seed"], asked["exit"]) == (0.6, 400, 7, 2029)
    assert asked["record"] == fingerprint(ANA)


@pytest.mark.parametrize("price", [0.5, 6.99, 12.345, 40.0, 79.9])
def test_a_price_of_ones_own_is_exact(report, price):
    """Money after tax is straight between the rows: every kink of every strategy is one of them."""
    _, values = built(report, **{f"B{ROWS.own_price}": price})
    for row, one in zip(ROWS.strategies, report.strategies, strict=True):
        assert values["Outlook", f"L{row}"] == pytest.approx(one.by_price.at(price), abs=0.02)


def test_a_price_beyond_the_rows_has_no_figure(report):
    """Up to twice the plan's price."""
    _, values = built(report, **{f"B{ROWS.own_price}": 80.01})
    assert {values["Outlook", f"L{row}"] for row in ROWS.strategies} == {""}


def test_steps_and_more_bends_than_rows(monkeypatch):
    """A step is two rows at one price; of too many bends the smallest go, and never the ends."""
    step = Piecewise([Stretch(0.0, 0.0, 1.0), Stretch(10.0, 50.0, 1.0)], 80.0)
    points = found_module._points([step], 20.0)
    assert points == [(0.0, 1), (10.0, 0), (10.0, 1), (20.0, 1), (40.0, 1)]
    assert [found_module._at(step, point) for point in points] == [0.0, 10.0, 50.0, 60.0, 80.0]
    monkeypatch.setattr(found_module, "PRICES", 4)
    kept = found_module._with_the_largest_bends(points, [step])
    assert kept == [(0.0, 1), (10.0, 0), (10.0, 1), (40.0, 1)]


def test_not_asked_yet(workbook):
    """One line says how to fill it; the rest, charts and all, is folded."""
    values = openpyxl.load_workbook(workbook, data_only=True)["Outlook"]
    assert values["A4"].value.startswith("Not simulated yet. Enter the plan's exit on the sheet Client")
    rows = values.row_dimensions
    assert all(rows[row].hidden for row in range(ROWS.words - 1, ROWS.prices[-1] + 1))


def test_it_is_written_into_the_workbook(workbook, report):
    """The values, rows opened, everything else as it was; the record reads back as it did."""
    before = workbook.read_bytes()
    backup = write_outlook(workbook, report, DAY)
    assert backup.read_bytes() == before
    record = open_record(workbook)
    assert (replace(record, log=()), [row.about for row in record.log]) == (ANA, ["outlook"])
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Outlook"]
    assert sheet["A4"].value.startswith("To the exit of 2029: on the plan's values most is left by best, 698,075")
    assert sheet[f"A{ROWS.strategies[0]}"].value == "as planned"
    assert sheet[f"L{ROWS.strategies[0]}"].value == pytest.approx(report.strategies[0].planned.objective, abs=0.01)
    assert not any(sheet.row_dimensions[row].hidden for row in (*ROWS.strategies, *ROWS.charts[0], ROWS.values[0]))
    assert len(sheet._charts) == 4
    assert check_client(workbook) == ()


def test_another_outlook_replaces_it_and_other_commands_keep_it(workbook, report):
    """Without planned exercises there is a strategy less, whose row is blank; a later year is none of its."""
    write_outlook(workbook, report, DAY)
    fewer = replace(ANA, holdings=(replace(ANA.holdings[0], exercises=()),))
    rewrite_client(workbook, ANA, fewer, backup=workbook.with_name("one.xlsx"))
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Outlook"]
    assert sheet["A4"].value.startswith("The record has changed since Nov 2, 2026")
    assert sheet[f"A{ROWS.strategies[0]}"].value == "as planned"
    (finding,) = check_client(workbook)
    assert "What was found on the sheet Outlook is of the record as last written" in finding.sentence
    write_outlook(workbook, report_outlook(fewer, DAY, FEW), date(2026, 11, 3))
    sheet = openpyxl.load_workbook(workbook, data_only=True)["Outlook"]
    assert [sheet[f"A{row}"].value for row in (ROWS.strategies[0], ROWS.strategies[-1])] == ["all now", None]
    assert check_client(workbook) == ()
    assert open_book(workbook).value("Outlook", (ROWS.head["record"], 2)) == fingerprint(fewer)


def test_a_workbook_from_before_the_sheet_gets_a_sentence(workbook, report, tmp_path):
    """What to do, and nothing is written."""
    older = tmp_path / "older.xlsx"
    made = openpyxl.load_workbook(workbook)
    del made["Outlook"]
    for name in [name for name, own in made.defined_names.items() if "Outlook!" in own.attr_text]:
        del made.defined_names[name]
    made.save(older)
    content = older.read_bytes()
    with pytest.raises(FileError, match=r"it has no sheet Outlook.*xl-amt update 'older.xlsx' --output NEW.xlsx"):
        write_outlook(older, report, DAY)
    assert older.read_bytes() == content


def test_the_command_writes_into_a_workbook_alone(workbook, tmp_path):
    """It says where the answer is, beside the JSON; a record has no place for it."""
    said = CliRunner().invoke(main, ["outlook", str(workbook), "--paths", "50", "--write", "--json"])
    assert said.exit_code == 0, said.output
    assert len(json.loads(said.stdout)["strategies"]) == 8
    assert f"The answer is on the sheet Outlook of {workbook.resolve()}" in said.stderr
    assert (tmp_path / "ana.xlsx.bak").is_file()
    alone = tmp_path / "ana.client.toml"
    alone.write_text("")
    refused = CliRunner().invoke(main, ["outlook", str(alone), "--write"])
    assert refused.exit_code != 0
    assert "the answer goes to the sheet Outlook of a client workbook, and ana.client.toml is not one" in refused.output
