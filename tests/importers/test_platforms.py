"""One example a platform: what is read of it, whatever the order of its columns, and the record that it makes."""

from __future__ import annotations

import csv
import json
import random
import re
import shlex
from dataclasses import replace
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from workbook_templates.build import SHIPPED
from workbook_templates.examples.platforms import FOLDER, WORKBOOKS, build_workbook
from xl_amt.cli import main
from xl_amt.client.checks import check_record
from xl_amt.client.portfolios import portfolio_of
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.equity.history import counts_on
from xl_amt.importers import read_export
from xl_amt.importers.layout import Fact, Layout
from xl_amt.importers.layouts import LAYOUTS
from xl_amt.importers.match import Matcher, normalised
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.records import import_exports

PAGES = Path(__file__).parent.parent.parent / "docs" / "advisors" / "imports"
TODAY = date(2026, 11, 27)
AS_OF = date(2026, 11, 20)

# By file: whose rows; grants with their counts, exercises with their values, sales with their prices, lots.
EXAMPLES = {
    "carta_company.xlsx": (
        "wren@example.com",
        {"ES-101": ("ISO", 8_000, 3_000, 5_000, 0), "ES-140": ("ISO", 4_800, 0, 2_900, 1_900)},
        [("ES-101", "2023-04-10", 2_000, None), ("ES-101", "2026-02-17", 1_000, None)],
        [],
        [],
    ),
    "carta_api.json": (
        None,
        {"ES-12": ("ISO", 9_000, 1_000, 5_000, 3_000)},
        [("ES-12", "2026-03-16", 1_000, 61.0)],
        [],
        [],
    ),
    "open_cap_format.ocf.json": (
        "Juno Castellan",
        {"CA-7": ("ISO", 6_000, 1_000, 5_000, 0)},
        [("CA-7", "2025-03-03", 1_000, None)],
        [],
        [],
    ),
    "etrade_benefit_history.xlsx": (
        None,
        {"20417": ("ISO", 4_000, 1_500, 2_500, 0)},
        [("20417", "2025-02-14", 1_500, None)],
        [],
        [],
    ),
    "etrade_gains_and_losses.xlsx": (
        None,
        {},
        [("20417", "2025-02-14", 600, 18.75)],
        [("20417", "2026-05-12", 600, 31.40)],
        [],
    ),
    "schwab_equity_awards.csv": (None, {}, [], [("C-2207", "2026-08-21", 300, 26.10)], []),
    "schwab_equity_awards.json": (None, {}, [], [("C-2207", "2026-08-21", 300, 26.10)], []),
    "shareworks_sales.csv": (None, {}, [], [("OPT-3304", "2026-07-16", 250, 22.15)], []),
    "netbenefits_open_lots.csv": (None, {}, [], [], [("2024-03-11", 400, 4.0)]),
    "equateplus_orders.csv": (None, {}, [("", "2024-03-11", 400, 11.20)], [], []),
    "pulley_stock_options.csv": (
        None,
        {"OP-22": ("ISO", 12_000, 0, 11_250, 750), "OP-61": ("NSO", 3_000, 0, 1_125, 1_875)},
        [],
        [],
        [],
    ),
    "form_3921_list.csv": (
        None,
        {},
        [("ES-101", "2023-04-10", 2_000, 2.10), ("ES-101", "2026-02-17", 1_000, 5.40)],
        [],
        [],
    ),
}


def found_in(result):
    """The grants, exercises, sales and lots of a result, as EXAMPLES has them."""
    return (
        {
            one.label: (
                one.option_type, one.shares_granted, one.shares_exercised, one.shares_exercisable, one.shares_unvested,
            )
            for one in result.grants
        },
        [(one.grant, str(one.day), one.shares, one.value) for one in result.exercises],
        [(one.grant, str(one.day), one.shares, one.price) for one in result.sales],
        [(str(one.acquired), one.shares, one.paid) for one in result.lots],
    )  # fmt: skip


def test_every_example_is_asked_about_and_every_platform_has_one():
    """Files and table agree; a layout whose platform has neither an example nor a case is not known to work."""
    workbooks = {shipped.name for shipped in SHIPPED}
    files = {path.name for path in FOLDER.iterdir() if path.suffix in {".csv", ".json", ".xlsx"}} - workbooks
    assert files == set(EXAMPLES)
    read = {name: read_export(FOLDER / name, stakeholder=EXAMPLES[name][0]) for name in EXAMPLES}
    platforms = {
        platform for result in read.values() for file in result.files for platform in file.platform.split(", ")
    }
    assert {layout.platform for layout in LAYOUTS} == platforms


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_is_read(name):
    """Grants with their counts, exercises, sales and lots; every row is accounted for."""
    whose, *expected = EXAMPLES[name]
    result = read_export(FOLDER / name, stakeholder=whose)
    assert list(found_in(result)) == expected
    assert result.rows_read == result.rows_kept + len(result.rejected) + len(result.ignored)


@pytest.mark.parametrize("name", WORKBOOKS)
def test_committed_workbooks_are_fresh_builds(name, tmp_path):
    """Byte for byte."""
    assert build_workbook(name, tmp_path).read_bytes() == (FOLDER / name).read_bytes()


@pytest.mark.parametrize("name", EXAMPLES)
def test_to_a_record_that_can_be_followed(name, tmp_path):
    """Through its file, and followed to the export's day, each grant has the export's counts."""
    known = KnownBesides("single", 2026, 185_000.0, 9.0, as_of=AS_OF)
    record = import_exports([FOLDER / name], known, TODAY, EXAMPLES[name][0]).record
    check_record(record, name)
    path = write_record(record, tmp_path / "client.client.toml")
    assert read_record(path) == record
    (holding,) = record.holdings
    portfolio = portfolio_of(holding)
    for one in holding.grants:
        if one.held:
            counted = counts_on(portfolio, one.label, AS_OF)
            assert counted == (one.held.exercised, one.held.exercisable, one.held.unvested)
        else:
            assert counts_on(portfolio, one.label, AS_OF) == (one.shares, 0, 0)


def shuffled(rows, header_row, seed):
    """The rows with their columns in another order, but for those of one name, and two banner rows above."""
    chance = random.Random(seed)  # noqa: S311 - an order, not a secret
    width = max(map(len, rows))
    order = list(range(width))
    chance.shuffle(order)
    wide = [[*row, *[None] * (width - len(row))] for row in rows]
    moved = [[row[at] for at in order] for row in wide[header_row:]]
    return [*rows[:header_row], ["For internal use"], [], *moved]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith(".xlsx")])
def test_columns_sheets_and_banners_of_workbooks_may_differ(name, seed, tmp_path):
    """Columns in another order, sheets renamed, rows added above the headers: the same grants, exercises and sales."""
    workbook = Workbook()
    workbook.remove(workbook["Sheet"])
    for number, sheet in enumerate(load_workbook(FOLDER / name).worksheets):
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        header_row = max(range(min(6, len(rows))), key=lambda at: sum(isinstance(cell, str) for cell in rows[at]))
        copy = workbook.create_sheet(f"Renamed {number}")
        for row in shuffled(rows, header_row, seed):
            copy.append(row)
    path = tmp_path / "shuffled.xlsx"
    workbook.save(path)
    whose, *expected = EXAMPLES[name]
    assert list(found_in(read_export(path, stakeholder=whose))) == expected


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith(".csv")])
def test_columns_and_banners_of_text_files_may_differ(name, seed, tmp_path):
    """The same for text files, whatever divides their columns."""
    rows = list(csv.reader((FOLDER / name).read_text("utf-8").splitlines()))
    path = tmp_path / name
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(shuffled(rows, int(name.startswith("shareworks")), seed))
    whose, *expected = EXAMPLES[name]
    assert list(found_in(read_export(path, stakeholder=whose))) == expected


@pytest.mark.parametrize("name", [name for name in EXAMPLES if name.endswith(".json")])
def test_keys_may_come_in_any_order(name, tmp_path):
    """The same for JSON, whose objects have no order."""

    def turned(value):
        if isinstance(value, dict):
            return {key: turned(value[key]) for key in reversed(value)}
        return [turned(one) for one in value] if isinstance(value, list) else value

    path = tmp_path / name
    path.write_text(json.dumps(turned(json.loads((FOLDER / name).read_text("utf-8")))), "utf-8")
    whose, *expected = EXAMPLES[name]
    grants, exercises, sales, lots = found_in(read_export(path, stakeholder=whose))
    assert [grants, sorted(exercises), sales, lots] == [expected[0], sorted(expected[1]), *expected[2:]]


def test_every_platform_has_its_page():
    """Where to click, what it looks like, what is read, what is asked; every example is named on a page."""
    pages = [path.read_text("utf-8") for path in PAGES.glob("*.md") if path.name != "README.md"]
    for heading in ("Where", "What it looks like", "What is read", "What is asked"):
        assert all(f"**{heading}.**" in page for page in pages)
    assert [name for name in EXAMPLES if not any(name in page for page in pages)] == []


def test_the_printed_report_of_a_page(tmp_path, monkeypatch):
    """The page on Carta shows what its command prints."""
    page = (PAGES / "carta.md").read_text("utf-8")
    command, printed = (dedent(block).strip("\n") for block in re.findall(r"(?:^ {4}.*\n)+", page, re.MULTILINE))
    monkeypatch.chdir(PAGES.parent.parent.parent)
    arguments = [*shlex.split(command)[1:], "-o", str(tmp_path / "wren.client.toml")]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).stdout.startswith(printed)


NEW_PLATFORM = Layout(
    platform="heron equity",
    table="awards",
    kind="exercise",
    headers={
        Fact.LABEL: ("Heron award",),
        Fact.EXERCISE_DATE: ("Done on",),
        Fact.EXERCISE_SHARES: ("How many #2",),
    },
    needs=(((Fact.LABEL,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
)


def test_a_new_platform_is_one_layout(tmp_path):
    """Its headers and what is needed, and which of two like-named columns: no other code."""
    path = tmp_path / "heron.csv"
    path.write_text("Heron award,How many,How many,Done on\nH-1,900,40,2026-02-03\n")
    result = read_export(path, further=(NEW_PLATFORM,))
    assert found_in(result)[1] == [("H-1", "2026-02-03", 40, None)]
    assert (result.files[0].platform, result.files[0].tables) == ("heron equity", ("awards",))


def test_two_thousand_layouts_find_the_same_table():
    """A header is looked up once, whatever the number of layouts that know it."""
    many = [replace(NEW_PLATFORM, table=f"table {number}") for number in range(2_000)]
    matcher = Matcher([*LAYOUTS, *many])
    assert len(matcher.meanings[normalised("Heron award")]) == 2_000
    assert len(matcher.meanings[normalised("Base Award Type")]) == len(Matcher(LAYOUTS).meanings["base award type"])


def test_each_header_means_one_fact_within_a_layout():
    """But for a column that two facts may share, the surer one first, as a key that is also the label."""
    for layout in LAYOUTS:
        headers = [
            normalised(header) for fact, every in layout.headers.items() if fact is not Fact.KEY for header in every
        ]
        assert len(set(headers)) == len(headers), (layout.platform, layout.table, layout.kind)
        assert all(
            fact in layout.headers or fact in layout.fixed for need in layout.needs for way in need for fact in way
        )
