"""Commands on a workbook's file: recalc, convert, update and plan --write, each with the file before kept beside it."""

import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from tests.workbook.clients import ANA
from tests.workbook.packages import EXCEL_SHAPES, KITCHEN_SINK, SAVED_BY_LIBREOFFICE, changed
from xl_amt.cli import main
from xl_amt.client import ClientYear, Exercise
from xl_amt.client.toml_file import read_record
from xl_amt.errors import FileError
from xl_amt.jobs.backups import replace_and_keep
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.recalc import recalc
from xl_amt.jobs.records import open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.splice.edits import packed
from xl_amt.workbook.splice.table import find_table
from xl_amt.workbook.tables.record_tables import TABLES
from xl_amt.worksheet import call

NORA = Path(__file__).parents[1] / "client" / "nora-quill.client.toml"
DAY = date(2026, 11, 27)


def run(*words):
    """A command, and what came of it."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def copy(tmp_path):
    """A function that gives a copy of a workbook to write into."""

    def made(path):
        return Path(shutil.copyfile(path, tmp_path / path.name))

    return made


def test_recalc_brings_values_up_to_date(copy):
    """In the file itself; the one before is beside it, and a second run changes nothing."""
    path = copy(SAVED_BY_LIBREOFFICE[0])
    before = path.read_bytes()
    report = recalc(path, DAY)
    assert report.kept.name == "excel_shapes_saved_by_libreoffice before 2026-11-27.xlsx"
    assert report.kept.read_bytes() == before
    assert report.changed >= 4
    after = Book(path.read_bytes(), path.name)
    assert after.value("Lots", (14, 2)) == call("AMT_ROOM", 200, "single", 2026)
    assert after.formula("Lots", (14, 2)) == '[1]!amt_room(B2,"single",2026)'


def test_recalc_tells_what_it_did(copy):
    """On the terminal and as JSON: how many values changed, and what was not recalculated here."""
    path = copy(KITCHEN_SINK)
    said = run("recalc", path)
    assert said.exit_code == 0
    assert "4 of 39 values changed." in said.output
    assert "Not recalculated here: Summary!F5 keeps its previous value (=_xlfn.LAMBDA(x,x+1)(2))." in said.output
    assert "The previous file: " in said.output
    report = json.loads(run("recalc", path, "--json").output)
    assert (report["formulas"], report["changed"], report["kept"]) == (39, 0, None)
    assert len(report["not_recalculated"]) == 11
    assert run("recalc", path).output.endswith("The file is unchanged.\n")


def test_convert_writes_plain_names(copy):
    """And says in how many formulas; values stay."""
    path = copy(EXCEL_SHAPES)
    assert "3 formulas are under plain names now." in run("convert", path).output
    after = Book(path.read_bytes(), path.name)
    assert after.formula("Lots", (14, 2)) == 'AMT_ROOM(B2,"single",2026)'
    assert after.value("Lots", (14, 2)) == 5_000
    assert json.loads(run("convert", path, "--json").output) == {"cells": [], "kept": None}


@pytest.mark.parametrize("command", ["recalc", "convert"])
def test_a_file_that_cannot_be_changed_is_told_in_a_sentence(copy, tmp_path, command):
    """Open elsewhere, missing, of another kind: the file stays."""
    path = copy(EXCEL_SHAPES)
    (tmp_path / f"~${path.name}").write_text("")
    assert "it is open in a spreadsheet program" in run(command, path).stderr
    assert path.read_bytes() == EXCEL_SHAPES.read_bytes()
    assert "cannot be read as a workbook" in run(command, tmp_path / "none.xlsx").stderr
    assert "is not an Excel workbook" in run(command, NORA).stderr
    assert run(command, NORA).exit_code == 2


def test_a_file_that_changed_meanwhile_is_not_replaced(copy, tmp_path):
    """What somebody saved in between would be lost."""
    path = copy(EXCEL_SHAPES)
    with pytest.raises(FileError, match="it was changed while this was running"):
        replace_and_keep(path, b"as it was read", b"new", tmp_path / "kept.xlsx")
    assert not (tmp_path / "kept.xlsx").exists()


@pytest.fixture(scope="module")
def nora():
    """Nora's record."""
    return read_record(NORA)


@pytest.fixture(scope="module")
def content(nora, tmp_path_factory):
    """The bytes of Nora's workbook."""
    return write_client(nora, tmp_path_factory.mktemp("nora") / "nora.xlsx").read_bytes()


@pytest.fixture
def workbook(content, tmp_path):
    """Nora's workbook."""
    path = tmp_path / "nora.xlsx"
    path.write_bytes(content)
    return path


def with_exercises(record, count):
    """The record with planned exercises in place of those it has planned, and more shares of the first grant."""
    holding = record.holdings[0]
    first, *others = holding.grants
    planned = tuple(
        Exercise(grant=first.label, day=date(2026, 12, 1 + at), shares=10 + at, value=9.5, status="planned")
        for at in range(count)
    )
    done = tuple(one for one in holding.exercises if one.status == "done")
    holding = replace(holding, grants=(replace(first, shares=first.shares + 7), *others), exercises=(*done, *planned))
    return replace(record, holdings=(holding, *record.holdings[1:]))


def rows_of(record):
    """Every row of a record's tables, however often."""
    return Counter((table.name, repr(sorted(row.items(), key=repr))) for table in TABLES for row in table.rows(record))


def test_a_workbook_is_brought_to_another_record(nora, workbook, tmp_path):
    """And back; rows are added where spare ones do not do, and what is read from the file is the record."""
    content = workbook.read_bytes()
    after = with_exercises(nora, 12)
    rewrite_client(workbook, nora, after, backup=tmp_path / "one.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == content
    assert open_record(workbook) == after
    before, now = Book(content, "before"), Book(workbook.read_bytes(), "now")
    assert find_table(now, "Exercises_table").closing_row == find_table(before, "Exercises_table").closing_row + 7
    untouched = {before.titles[title] for title in ("Vesting", "Import", "Files", "Log")}
    assert all(before.parts[part] == now.parts[part] for part in untouched)
    rewrite_client(workbook, after, nora, backup=tmp_path / "two.xlsx")
    assert rows_of(open_record(workbook)) == rows_of(nora)


def values_by_name(book):
    """What stands in the cells of each name, in whatever order: rows may be sorted, and blank ones between them."""
    values = {}
    for name, (title, area) in book.regions.items():
        rows, columns = range(area.row, area.last_row + 1), range(area.column, area.last_column + 1)
        shown = [book.value(title, (row, column)) for row in rows for column in columns]
        values[name] = Counter(str(value) for value in shown if value not in {None, ""})
    return values


def test_a_rewritten_workbook_shows_what_a_new_one_would(nora, workbook, tmp_path):
    """Lots, gains, years and rooms: the values of every name are those of a workbook that is built of the record."""
    after = with_exercises(nora, 12)
    rewrite_client(workbook, nora, after, backup=tmp_path / "kept.xlsx")
    rewritten = Book(workbook.read_bytes(), "rewritten")
    new = Book(write_client(after, tmp_path / "new.xlsx").read_bytes(), "new")
    assert len(new.regions) > 100
    assert values_by_name(rewritten) == values_by_name(new)
    assert find_table(rewritten, "Lots_table").last_row_in_use() - find_table(rewritten, "Lots_table").header_row == 13


def test_the_same_record_leaves_the_same_bytes(nora, workbook, tmp_path):
    """Nothing differs, so nothing is spliced."""
    content = workbook.read_bytes()
    rewrite_client(workbook, nora, nora, backup=tmp_path / "kept.xlsx")
    assert workbook.read_bytes() == content


def test_rows_are_found_where_a_person_sorted_them_to(nora, workbook, tmp_path):
    """By their keys, with what stands beside them; a cell beside the table and a formula of the advisor's stay."""
    book = Book(workbook.read_bytes(), workbook.name)
    table = find_table(book, "Grants_table")
    first, second = table.rows[0], table.rows[1]
    edits = Edits(book)
    beside = table.area.last_column + 2
    for column in range(table.area.column, beside):
        if book.formula("Grants", (first, column)) is None:
            one, other = (book.value("Grants", (row, column)) for row in (first, second))
            edits.set("Grants", (first, column), other)
            edits.set("Grants", (second, column), one)
    edits.set("Grants", (second, beside), "ask the company")
    edits.new_formula("Grants", (first, beside), "1+1", None)
    workbook.write_bytes(edits.content())
    before = open_record(workbook)
    assert [grant.label for grant in before.holdings[0].grants] != [grant.label for grant in nora.holdings[0].grants]
    label = nora.holdings[0].grants[0].label
    holding = nora.holdings[0]
    more = replace(
        holding, grants=(replace(holding.grants[0], shares=holding.grants[0].shares + 5), *holding.grants[1:])
    )
    rewrite_client(workbook, before, replace(nora, holdings=(more, *nora.holdings[1:])), backup=tmp_path / "kept.xlsx")
    after = Book(workbook.read_bytes(), "after")
    columns = find_table(after, "Grants_table").columns
    assert after.value("Grants", (second, columns["Grant"])) == label
    assert after.value("Grants", (second, columns["Shares granted"])) == holding.grants[0].shares + 5
    assert after.value("Grants", (second, beside)) == "ask the company"
    assert (after.formula("Grants", (first, beside)), after.value("Grants", (first, beside))) == ("1+1", 2)


def test_a_workbook_without_a_sheet_for_what_is_new_is_refused(nora, tmp_path):
    """In one sentence that says what to do; the file and its folder stay as they were."""
    bare = replace(nora, sources=(), remarks=())
    path = write_client(bare, tmp_path / "bare.xlsx")
    content = path.read_bytes()
    said = (
        "bare.xlsx: it has no sheet Import and Files, which the record needs now; make a new workbook from it: xl-amt "
        "update 'bare.xlsx' --output NEW.xlsx, with the exports if there are any."
    )
    with pytest.raises(FileError, match=re.escape(said)):
        rewrite_client(path, bare, nora, backup=tmp_path / "kept.xlsx")
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_more_grants_than_the_room_has_rows_for_are_refused(nora, workbook, tmp_path):
    """In one sentence that says how many, and what to do."""
    content = workbook.read_bytes()
    holding = nora.holdings[0]
    many = tuple(replace(holding.grants[0], label=f"N-{number}", vests=()) for number in range(25))
    more = replace(holding, grants=(*holding.grants, *many))
    said = (
        r"nora\.xlsx, sheet 'Room': it has rows for 20 ISO grants, and the record has 27; make a new workbook from it"
    )
    with pytest.raises(FileError, match=said):
        rewrite_client(
            workbook, nora, replace(nora, holdings=(more, *nora.holdings[1:])), backup=tmp_path / "kept.xlsx"
        )
    assert workbook.read_bytes() == content


def test_columns_inserted_among_those_of_a_sheet_are_refused(nora, workbook, tmp_path):
    """A figure would land a column off: nothing is written, and the sentence says what to do."""
    edits = Edits(Book(workbook.read_bytes(), workbook.name))
    (name,) = (name for name in edits.book.names if name.name == "Facts_table")
    area = edits.book.region("Facts_table").area
    edits.name(name, f"'Client'!$A${area.row}:$O${area.last_row}")  # as a spreadsheet widens it: it was to column N
    workbook.write_bytes(edits.content())
    content = workbook.read_bytes()
    more = replace(nora, years=(replace(nora.years[0], income=1_234.0), *nora.years[1:]))
    with pytest.raises(FileError, match="sheet 'Client': columns were inserted or deleted among its own"):
        rewrite_client(workbook, nora, more, backup=tmp_path / "kept.xlsx")
    assert workbook.read_bytes() == content


def test_what_an_advisor_typed_beside_the_record_stays(nora, workbook, tmp_path):
    """The year asked, a sheet's new name, and a cell far from ours; the client's name changes."""
    book = Book(workbook.read_bytes(), workbook.name)
    asked = book.region("Year_asked_input")
    edits = Edits(book)
    edits.set(asked.sheet, (asked.area.row, asked.area.column), 2027)
    edits.set("About", (60, 20), "the firm's own")
    parts = edits.parts()
    renamed = parts[book.workbook_part].replace(b'name="Exercises"', b'name="Ausge\xc3\xbcbt"')
    renamed = renamed.replace(b">'Exercises'!", b">'Ausge\xc3\xbcbt'!")
    workbook.write_bytes(packed(book, parts | {book.workbook_part: renamed}))
    before = open_record(workbook)
    assert before == nora
    after = with_exercises(replace(nora, client=replace(nora.client, name="Nora Q. Quill")), 3)
    rewrite_client(workbook, before, after, backup=tmp_path / "kept.xlsx")
    assert open_record(workbook) == after
    written = Book(workbook.read_bytes(), "written")
    assert written.value(asked.sheet, (asked.area.row, asked.area.column)) == 2027
    assert written.value("About", (60, 20)) == "the firm's own"
    assert written.region("Exercises_table").sheet == "Ausgeübt"


def test_a_workbook_that_was_saved_by_another_program_keeps_its_version(nora, workbook, tmp_path):
    """The mark that LibreOffice drops is put back, so that Excel does not calculate all on opening."""
    content = changed(workbook.read_bytes(), "xl/workbook.xml", (b' calcId="191029"', b""))
    workbook.write_bytes(content)
    rewrite_client(workbook, nora, with_exercises(nora, 1), backup=tmp_path / "kept.xlsx")
    assert b'calcId="191029"' in Book(workbook.read_bytes(), "x").parts["xl/workbook.xml"]


def test_a_record_that_does_not_hold_together_is_not_written(nora, workbook, tmp_path):
    """As in a TOML file: an exercise that is planned for a day before the counts."""
    content = workbook.read_bytes()
    holding = nora.holdings[0]
    early = replace(holding.exercises[0], day=date(2026, 9, 30), status="planned")
    wrong = replace(nora, holdings=(replace(holding, exercises=(early,)), *nora.holdings[1:]))
    with pytest.raises(FileError, match="it is planned for 2026-09-30, not after 2026-11-02, the date of the counts"):
        rewrite_client(workbook, nora, wrong, backup=tmp_path / "kept.xlsx")
    assert workbook.read_bytes() == content


def test_update_writes_a_new_file_where_it_is_asked_to(nora, workbook, tmp_path):
    """Of what the client's file holds, or with exports; the file itself stays."""
    content = workbook.read_bytes()
    for name in ("new.xlsx", "new.client.toml"):
        assert run("update", workbook, "--output", tmp_path / name).exit_code == 0
        assert open_record(tmp_path / name) == nora
    assert workbook.read_bytes() == content
    assert "it already exists" in run("update", workbook, "--output", tmp_path / "new.xlsx").stderr
    assert "a dry run writes nothing" in run("update", workbook, "--output", "a.xlsx", "--dry-run").stderr
    assert "Missing argument 'EXPORT...'" in run("update", workbook).stderr


def test_new_grants_and_a_first_plan_come_into_a_client_without_lots(tmp_path):
    """Rows that were folded are shown, every formula of Plan is the one that a new workbook has, and Lots fills."""
    before = ANA
    path = write_client(before, tmp_path / "ana.xlsx")
    holding = before.holdings[0]
    grants = tuple(replace(holding.grants[0], label=f"N-{number}") for number in range(8))
    step = Exercise(grant=holding.grants[0].label, day=date(2026, 12, 1), shares=100, value=12.4, status="planned")
    after = replace(before, holdings=(replace(holding, grants=(*holding.grants, *grants), exercises=(step,)),))
    rewrite_client(path, before, after, backup=tmp_path / "kept.xlsx")
    assert open_record(path) == after
    workbook = openpyxl.load_workbook(path)
    new = openpyxl.load_workbook(write_client(after, tmp_path / "new.xlsx"))
    for title in ("Plan", "Scenarios", "Lots"):
        formulas = [
            {cell.coordinate: cell.value for row in book[title] for cell in row if cell.data_type == "f"}
            for book in (workbook, new)
        ]
        assert formulas[0] == formulas[1]
    shown = [[number for number, row in book["Plan"].row_dimensions.items() if row.hidden] for book in (workbook, new)]
    assert shown[0] == shown[1]


def test_lots_are_blank_where_a_plan_is_taken_back(tmp_path):
    """No lot, no value and no formula is left of a step that the record has no more."""
    holding = ANA.holdings[0]
    step = Exercise(grant=holding.grants[0].label, day=date(2026, 12, 1), shares=100, value=12.4, status="planned")
    planned = replace(ANA, holdings=(replace(holding, exercises=(step,)),))
    path = write_client(planned, tmp_path / "ana.xlsx")
    rewrite_client(path, planned, ANA, backup=tmp_path / "kept.xlsx")
    assert open_record(path) == ANA
    lots = openpyxl.load_workbook(path)["Lots"]
    assert [cell.value for row in lots.iter_rows(min_row=8) for cell in row if cell.value is not None] == []


def test_a_year_that_is_new_is_shown(tmp_path):
    """Its column on every sheet of years is open, and those of later years stay folded."""
    path = write_client(ANA, tmp_path / "ana.xlsx")
    after = replace(ANA, years=(*ANA.years, ClientYear(year=2027)))
    rewrite_client(path, ANA, after, backup=tmp_path / "kept.xlsx")
    workbook = openpyxl.load_workbook(path)
    for title in ("Client", "Plan", "Cash", "Returns", "Credit"):
        columns = workbook[title].column_dimensions
        assert [columns[letter].hidden for letter in "EFG"] == [False, False, True]


def test_a_layout_that_would_be_another_is_refused(tmp_path):
    """More grants than the sheet Plan has rows for, whatever they are: no formula is put where it does not belong."""
    path = write_client(ANA, tmp_path / "ana.xlsx")
    content = path.read_bytes()
    holding = ANA.holdings[0]
    options = tuple(replace(holding.grants[0], label=f"N-{number}", award="NSO") for number in range(25))
    after = replace(ANA, holdings=(replace(holding, grants=(*holding.grants, *options)),))
    with pytest.raises(FileError, match=r"ana\.xlsx, sheet 'Plan': it has \d+ rows, .* make a new workbook from it"):
        rewrite_client(path, ANA, after, backup=tmp_path / "kept.xlsx")
    assert path.read_bytes() == content


@pytest.mark.parametrize(("typed", "said"), [("US+CA", "is US+CA, and the sheets are those of US"), ("XX", "'XX'")])
def test_another_jurisdiction_needs_a_workbook_of_its_own(tmp_path, typed, said):
    """The check says it first, and no command writes into sheets of other taxes; a new workbook has them."""
    path = write_client(ANA, tmp_path / "ana.xlsx")
    book = Book(path.read_bytes(), path.name)
    place = book.region("Jurisdiction")
    edits = Edits(book)
    edits.set(place.sheet, (place.area.row, place.area.column), typed)
    path.write_bytes(edits.content())
    assert said in check_client(path)[0].sentence
    before = open_record(path)
    with pytest.raises(FileError, match=re.escape(said)):
        rewrite_client(
            path, before, replace(before, client=replace(before.client, name="A")), backup=tmp_path / "kept.xlsx"
        )
