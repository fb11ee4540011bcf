"""Files that once broke something, each with what it gives: a sentence, an answer, or the problem of its row.

What may take much memory or time runs in a process of its own, with at most 500 MB to grow by and ten seconds, so that
a bomb that goes off fails its test.
"""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.workbook.clients import client
from xl_amt.batch import answer_file
from xl_amt.cli import main
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import file_name
from xl_amt.importers import read_carta_export
from xl_amt.law.books import configuration
from xl_amt.workbook import Book, build_workbook
from xl_amt.workbook.save import filled_package
from xl_amt.workbook.validity import problems_in
from xl_amt.worksheet import call

FILES = Path(__file__).parent / "files"
MEGABYTES, SECONDS = 500, 10
_WITHIN_LIMITS = f"""
import resource, runpy, sys
import click, openpyxl
if sys.argv[1] == "batch":
    import pandas
    from tests.workbook.clients import client
from xl_amt.batch import answer_file
now = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (now + {MEGABYTES} * 1_000_000,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS},) * 2)
from xl_amt.cli import main
main()
"""
DAMAGED = "is damaged or not an Excel workbook: download it again"
TOO_MUCH = "holds more than 60,000 rows or too many cells, texts or styles"

REFUSED = {
    **{("import", path.name): DAMAGED for path in FILES.glob("*_EXC_*.xlsx")},
    ("import", "cli_ValueError_negative_seek_value_.xlsx"): DAMAGED,
    ("import", "c50_bytes_missing.xlsx"): DAMAGED,
    ("import", "c40_strict_ooxml.xlsx"): "is a Strict Open XML workbook",
    ("import", "dos_leading_blank_cells.xlsx"): TOO_MUCH,
    ("import", "dos_styles_xfs.xlsx"): TOO_MUCH,
    ("import", "dos_attr_60MB.xlsx"): "holds a tag of more than a megabyte",
    ("import", "dos_attr_8MB.xlsx"): "holds a tag of more than a megabyte",
    ("import", "dos_sheets_2000.xlsx"): DAMAGED,
    ("import", "dos_sheets_200_x_far_row.xlsx"): DAMAGED,
    ("batch", "batch_baddate.xlsx"): DAMAGED,
    ("batch", "batch_badnum.xlsx"): DAMAGED,
    ("batch", "batch_badref.xlsx"): DAMAGED,
    ("batch", "batch_hugeint.xlsx"): DAMAGED,
    ("batch", "batch_noworksheet.xlsx"): DAMAGED,
    ("batch", "batch_trunc_sheet.xlsx"): DAMAGED,
    ("batch", "batch_farcol.xlsx"): "has 16384 cells under 3 headings",
    ("batch", "batch_keepnum.csv"): "'foo': this heading is neither an argument nor a label",
    ("batch", "batch_quote_mid.csv"): "row 2: its quotation marks cannot be read",
    ("batch", "batch_quote_then.csv"): "row 2: its quotation marks cannot be read",
    ("law", "law_nan.toml"): "exemption, single: 1.7e+308 is not at most 1,000,000,000,000",
    ("law", "law_nonsense.toml"): "[amt_rates.2024], low: 2.0 is not from 0 to 1",
    ("law", "nest.toml"): "its contents are not a law book",
    ("law", "huge2.toml"): "its contents are not a law book",
    ("configuration", "cfg_date.toml"): "inflation is a fraction from -0.05 to 0.25, such as 0.025; it is 2024-01-01.",
}


def run(folder, *arguments):
    """Run the command within the limits, in an empty folder."""
    return subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-c", _WITHIN_LIMITS, *map(str, arguments)],
        cwd=folder,
        env=os.environ,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def asked(kind, path):
    """The arguments of the command that reads a file of a kind."""
    room = ["room", "--income", "150000", "--status", "single", "--year", "2026"]
    return {
        "import": ["import", path, "-o", "out.xlsx"],
        "batch": ["batch", path, "-o", "out.csv"],
        "law": [*room, "--law", path],
        "configuration": room,
    }[kind]


def assert_refused(result, folder, sentence):
    """One sentence on the error stream, exit code 2, and nothing written."""
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1
    assert (result.exit_code, result.stdout, list(folder.iterdir())) == (2, "", [])


@pytest.mark.parametrize(("kind", "name"), REFUSED)
def test_refused_in_one_sentence(tmp_path, monkeypatch, kind, name):
    """With nothing written, whatever was read before the fault."""
    monkeypatch.chdir(tmp_path)
    if kind == "configuration":
        monkeypatch.setenv("XL_AMT_CONFIG", str(FILES / name))
        configuration.cache_clear()
    result = CliRunner().invoke(main, list(map(str, asked(kind, FILES / name))))
    configuration.cache_clear()
    assert_refused(result, tmp_path, REFUSED[kind, name])


@pytest.mark.parametrize("name", [name for _, name in REFUSED if name.startswith("dos_")])
@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux sets them")
def test_refused_within_the_limits(tmp_path, name):
    """Of memory and of time."""
    result = run(tmp_path, *asked("import", FILES / name))
    assert REFUSED["import", name] in result.stderr
    assert result.returncode == 2


def repacked(source, target, changes):
    """A copy of a package with some of its parts made anew, each out of blocks that are never held together."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new:
        for name in old.namelist():
            with new.open(name, "w", force_zip64=True) as part:
                for block in changes.get(name, [old.read(name)]):
                    part.write(block)
    return target


_NAMESPACE = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_TEXT = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
_CELL = _NAMESPACE + b'<row><c t="inlineStr"><is><t>'
BOMBS = {
    "a hundred megabytes in one cell": [_CELL, *[b"x" * 10**6] * 110, b"</t></is>"],
    "thirty megabytes in one cell": [_CELL, *[b"x" * 10**6] * 30, b"</t></is>"],
    "texts without end": [_NAMESPACE, *[_TEXT * 1_000] * 400, b"</sheetData></worksheet>"],
    "elements that are no cells": [_NAMESPACE, *[b"<mergeCell/>" * 1_000] * 400],
    "elements within elements": [_NAMESPACE, *[b"<a>" * 1_000] * 100],
    "a comment without end": [_NAMESPACE, b"<!--", *[b"x" * 10**6] * 10],
}


@pytest.mark.parametrize("bomb", BOMBS)
@pytest.mark.skipif(sys.platform != "linux", reason="limits are set as Linux sets them")
def test_bombs_do_not_go_off(tmp_path, tmp_path_factory, bomb):
    """A small file that would take gigabytes or minutes is refused, whoever reads it."""
    source = tmp_path_factory.mktemp("bomb") / "bomb.xlsx"
    repacked(FILES / "multiline.xlsx", source, {"xl/worksheets/sheet1.xml": BOMBS[bomb]})
    assert source.stat().st_size < 1_100_000
    for kind in ("import", "batch"):
        result = run(tmp_path, *asked(kind, source))
        assert (result.returncode, result.stdout, list(tmp_path.iterdir())) == (2, "", [])
        assert result.stderr.count("\n") == 1
        assert "bomb.xlsx" in result.stderr


def answered(name, folder, *functions, ending=".csv", **options):
    """The rows of a book's answers, the headings first."""
    target = folder / f"out{ending}"
    answer_file(FILES / name, target, functions or ("AMT_ROOM",), **options)
    if ending == ".csv":
        return list(csv.reader(io.StringIO(target.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    return [list(row) for row in load_workbook(target).worksheets[0].iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("multiline.csv", [["'-Smith", "line 1\n=cmd|x!A0"], ["B", "ok"]]),
        ("multiline.xlsx", [["A", "line 1\nline 2"], ["B", "x\n=1+1|calc"]]),
    ],
)
def test_a_cell_of_two_lines_stays_one_cell(tmp_path, name, cells):
    """Its formula-like second line begins no row, and each row that comes in goes out."""
    assert [row[3:5] for row in answered(name, tmp_path)[1:]] == cells


@pytest.mark.parametrize("name", ["formula_prefixed.xlsx", "formula_utf16.xlsx"])
def test_a_formula_without_a_value_is_the_problem_of_its_row(tmp_path, name):
    """Whatever the prefix of its elements or the encoding of its part; the other row is answered."""
    _, first, second = answered(name, tmp_path)
    assert float(first[3]) > 0.0
    assert second[3:] == [
        "",
        "income: its formula has no stored value; open the file in Excel, save it, and use that file.",
    ]


def test_a_grant_with_a_formula_without_a_value_is_set_aside():
    """Read as blanks, its dates and its split would make it a clean ISO grant."""
    result = read_carta_export(FILES / "import_formula_no_value.xlsx")
    assert result.grants == ()
    (row,) = result.rejected
    assert row.reason.startswith("Quantity Exercised holds a formula without a stored value: open the export in Excel")


@pytest.mark.parametrize(
    ("name", "function", "problem"),
    [
        ("yr.csv", "AMT_SHARES_TO_SELL", "year: 45352 is after 2036, the last tax year that is projected."),
        (
            "rs.csv",
            "AMT_ROOM_SHARES",
            "AMT_ROOM_SHARES: these amounts lead to a number too large for a cell; check the smallest and the largest.",
        ),
    ],
)
def test_a_fault_of_one_row_is_its_own(tmp_path, name, function, problem):
    """The other row is answered."""
    _, first, second = answered(name, tmp_path, function)
    assert first[-2:] == ["", problem]
    assert second[-1] == ""
    assert float(second[-2]) >= 0.0


def test_a_number_beyond_every_double_is_the_problem_of_its_row(tmp_path):
    """A whole number of hundreds of digits in an Excel file."""
    problems = [row[-1] for row in answered("batch_bigint.xlsx", tmp_path)[1:]]
    assert [problem for problem in problems if problem] == [
        "income: inf is not a usable number; enter one no larger than 1e+12."
    ]


@pytest.mark.parametrize("text", ["{long}", '"{long}"', '"={long}"'])
def test_a_text_longer_than_any_is_named(tmp_path, text):
    """As a cell, within quotation marks, or as a formula: one sentence, in place of the csv library's error."""
    source = tmp_path / "book.csv"
    source.write_text(f"income,status,year,notes\n1,single,2026,{text.format(long='x' * 200_000)}\n")
    with pytest.raises(FileError, match="row 2: it is longer than 131,072 characters"):
        answer_file(source, tmp_path / "out.csv")
    source.write_text(f"income,status,year,{'x' * 200_000}\n1,single,2026,a\n")
    with pytest.raises(FileError, match="row 1: it is longer than 131,072 characters"):
        answer_file(source, tmp_path / "out.csv")


def test_what_was_right_stays_right(tmp_path):
    """Control characters are carried through, blank lines are no rows, and formula-like text is neutralized."""
    assert len(answered("batch_ctrl.csv", tmp_path)) == 2
    rows = answered("batch_ws_lines.csv", tmp_path, replace_existing=True)
    assert [row[0] for row in rows[1:] if not row[-1]] == ["100000"]
    source = FILES / "batch_inj.csv"
    with source.open(newline="") as file:
        many = len(list(csv.reader(file)))
    rows = answered(source.name, tmp_path, replace_existing=True)
    assert len(rows) == many
    begins = {cell[0] for row in rows for cell in row if cell and not cell.replace(".", "").lstrip("-").isdigit()}
    assert not begins & set("=+-@\t\r\n")
    rows = answered("batchfuzz_OUTPUT_BROKEN_rows_columns_.csv", tmp_path, replace_existing=True)
    assert [len(row) for row in rows] == [7, 7]


def test_a_schedule_of_thousands_of_digits_is_refused_at_once(tmp_path):
    """In an export and in a cell."""
    result = run(tmp_path, "calendar", FILES / "calendar_schedule_redos.csv", "--as-of", "2026-01-01")
    assert result.returncode == 0
    assert "is not understood as a vesting schedule" in " ".join(result.stdout.split())
    with pytest.raises(ArgumentError, match="is not understood as a vesting schedule") as refused:
        call("AMT_VESTED", 100, "2024-01-01", "1" * 8_000, "2026-01-01")
    assert len(str(refused.value)) < 300


def test_a_label_in_brackets_is_printed_as_it_is(tmp_path, monkeypatch):
    """Nothing in a label is taken for markup, on the way in or in the answer."""
    monkeypatch.chdir(tmp_path)
    given = ["--income", "150000", "--status", "single", "--year", "2026", "--fmv", "20"]
    result = CliRunner().invoke(main, ["import", str(FILES / "label_markup.csv"), *given])
    assert result.exit_code == 0
    assert "No grant date is stated for [/x]" in result.stdout
    assert "│ [/x]  │" in result.stdout


@pytest.mark.parametrize("text", ["\x1b[31mred", "a\x07\x08b", "\x9b2J", "ab\u202ecd", "[bold]x[/bold]"])
def test_nothing_that_a_terminal_acts_on_reaches_it(tmp_path, text):
    """Not in a note, a refusal, a table or a list of headings."""
    book = tmp_path / "book.csv"
    book.write_text(f"income,status,year,{text}\n1,single,2026,a\n", encoding="utf-8")
    outputs = [CliRunner().invoke(main, ["batch", str(book), "-o", str(tmp_path / "out.csv")])]
    outputs += [CliRunner().invoke(main, ["calc", text, "1"]), CliRunner().invoke(main, ["import", f"{text}.csv"])]
    export = tmp_path / "export.csv"
    export.write_text((FILES / "label_markup.csv").read_text().replace("[/x]", text), encoding="utf-8")
    outputs += [CliRunner().invoke(main, ["calendar", str(export), "--as-of", "2026-01-01"])]
    for result in outputs:
        assert result.exception is None or isinstance(result.exception, SystemExit)
        assert not {*"\x1b\x07\x08\x9b\u202e"} & {*result.output}
    assert text.startswith("[") <= (text in outputs[0].output and text in outputs[2].output)


@pytest.mark.parametrize("name", ["name_uffff.csv", "name_245.csv", "name_300.csv"])
def test_every_name_gives_a_valid_workbook_under_a_usable_name(tmp_path, monkeypatch, name):
    """Whatever letters it has and however long it is."""
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["import", str(FILES / name), "--year", "2026"])
    assert result.exit_code == 0
    (written,) = tmp_path.iterdir()
    assert problems_in(written.read_bytes()) == []
    assert len(written.name.encode()) <= 150


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("LPT1", "_LPT1"),
        ("Connor", "Connor"),
        ("a/b\\c:d", "a b c d"),
        ("..", "Client"),
        ("\uffff", "Client"),
        ("José O'Neil-Ruiz", "José O'Neil-Ruiz"),
        ("日" * 200, "日" * 40),
    ],
)
def test_names_of_files(name, stem):
    """Devices of Windows, signs of paths and letters of several bytes."""
    assert file_name(name, "Client") == stem


@pytest.mark.parametrize("name", ["_x0000_", "a_x0041_b", "_x005F_x0000_", "& <b>"])
def test_signs_of_the_file_format_in_a_name(name):
    """The workbook is valid, and every cell shows the name as it was given."""
    content = filled_package(build_workbook(Book(client(name))))
    assert problems_in(content) == []
    sheet = load_workbook(io.BytesIO(content), data_only=True)["Client"]
    for cell, begins in (("D6", ""), ("A2", " · ")):  # the name as it was keyed in, and in the value of a formula
        shown = re.sub("_x([0-9A-F]{4})_", lambda sign: chr(int(sign[1], 16)), sheet[cell].value)  # as Excel reads it
        assert shown.startswith(name + begins)


def test_a_text_above_a_cells_limit_is_refused(tmp_path):
    """Excel would cut it; a strike beyond every number sets its row aside."""
    with pytest.raises(ArgumentError, match="has 32,768 characters, and a cell holds 32,767: shorten it"):
        build_workbook(Book(client("x" * 32_768)))
    source = tmp_path / "book.csv"
    source.write_text(f"income,status,year,notes\n1,single,2026,{'x' * 32_768}\n")
    with pytest.raises(FileError, match=r"a cell of a sheet cannot hold this text.*write a \.csv file"):
        answer_file(source, tmp_path / "out.xlsx")
    assert [path.name for path in tmp_path.iterdir()] == ["book.csv"]
    (row,) = read_carta_export(FILES / "strike_400_digits.csv").rejected
    assert "is not an amount in dollars" in row.reason


def test_a_refused_run_to_a_sheet_leaves_no_complaint(tmp_path, run_python):
    """Once the sheet was closed in the wrong order, and Python said so behind the sentence."""
    (tmp_path / "book.csv").write_text("income,status,year,notes\n1,single,2026,a\x07\n")
    result = run_python("-m", "xl_amt", "batch", "book.csv", "-o", "out.xlsx")
    assert result.returncode == 2
    assert result.stderr.count("\n") == 1
