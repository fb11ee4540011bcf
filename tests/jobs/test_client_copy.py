"""What is handed to the client: the advisor's figures as values, and nothing else of the advisor's file."""

import io
import json
import re
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName

from tests.hosts.libreoffice import uses_libreoffice
from tests.workbook.clients import CLIENTS
from tests.workbook.packages import opened
from tests.workbook.test_plan_frozen import followed
from workbook_templates.build import RECORDS, build_template, workbook_of
from xl_amt.cli import main
from xl_amt.client import Exercise, Remark, RowCounts, Source
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.jobs.client_copy import client_copy
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook.build import blank_record
from xl_amt.workbook.client_copy import FOR_THE_CLIENT
from xl_amt.workbook.package import read_parts
from xl_amt.workbook.validity import problems_in

COUPLE = next(path for path in RECORDS if path.name.startswith("vasquez"))
# What stands in the record or in the advisor's file, and in no copy.
SECRETS = (
    "C:/Users/advisor/Clients/Other Person/export.xlsx", "feedfacefeedface", "shareworks-of-others", "a layout of mine",
    "ask Zoltan Kiss about it", "he said so on the phone", "a kind of my own", "Zoltan's sheet 3 row 7", "source-q",
    "q:plan 77", "q:ledger 12", "the platform disagrees", "Jane Preparer", "My private sheet", "private words",
    "beside the rows", "a comment to myself", "scenario words", "the words of a name", "file-of-jane",
)  # fmt: skip


@pytest.fixture(scope="module")
def record():
    """The joint couple, with remarks and answers, sources and where everything was read."""
    couple = read_record(COUPLE)
    first = couple.holdings[0]
    first = replace(
        first,
        grants=tuple(replace(one, read_from=SECRETS[9]) for one in first.grants),
        exercises=tuple(replace(one, read_from=SECRETS[10]) for one in first.exercises),
        sales=tuple(replace(one, platform_says=SECRETS[11], read_from=SECRETS[10]) for one in first.sales),
    )
    remark = Remark(
        kind=SECRETS[6], level="check", about="ES-012", place=SECRETS[7], text=SECRETS[4], answered=SECRETS[5]
    )
    source = Source(
        id=SECRETS[8], file=SECRETS[0], platform=SECRETS[2], layout=SECRETS[3], sha256=SECRETS[1],
        read_on=date(2026, 10, 16), rows=RowCounts(read=3, kept=3),
    )  # fmt: skip
    return replace(couple, holdings=(first, *couple.holdings[1:]), remarks=(remark,), sources=(source,))


@pytest.fixture(scope="module")
def advisors(record, tmp_path_factory):
    """The advisor's workbook: a sheet, notes, a comment, words and numbers typed in, and a file's properties."""
    path = write_client(record, tmp_path_factory.mktemp("advisor") / "Elena 2026.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("My private sheet")["A1"] = "private words"
    workbook["Plan"]["R9"] = "beside the rows"
    workbook["Summary"]["A5"].comment = Comment("a comment to myself", "Jane Preparer")
    ((_, prepared_by),) = workbook.defined_names["Prepared_by"].destinations
    workbook["Summary"][prepared_by.replace("$", "")] = "Jane Preparer"
    workbook["Scenarios"]["C7"] = "scenario words"
    workbook["Cash"]["E13"] = 1_234
    workbook["Calendar"]["A8"] = "yes"
    workbook["Plan"]["E10"] = 2_500
    workbook.defined_names["Mine"] = DefinedName("Mine", attr_text='"the words of a name"')
    workbook.properties.creator = workbook.properties.lastModifiedBy = "Jane Preparer"
    workbook.properties.description = "file-of-jane"
    workbook.save(path)
    return path


@pytest.fixture(scope="module")
def made(advisors, tmp_path_factory):
    """The copy of it."""
    return client_copy(advisors, tmp_path_factory.mktemp("client") / "copy.xlsx")


def parts_with(path, text):
    """The parts of a file that hold a text."""
    return [name for name, part in read_parts(path.read_bytes()).items() if text.casefold() in part.decode().casefold()]


def _same(one, other):
    """Whether two cells show the same: a number to a hundredth of a cent."""
    return one == (pytest.approx(other, abs=1e-4) if isinstance(one, int | float) else other)


# What is not in it


@pytest.mark.parametrize("secret", SECRETS)
def test_no_part_holds_what_is_not_the_clients(advisors, made, secret):
    """The advisor's file has it somewhere, and no part of the copy has."""
    assert parts_with(advisors, secret)
    assert not parts_with(made.path, secret)


def test_values_alone(made):
    """No formula, function, choice, comment, hidden sheet or name but what Excel needs for printing."""
    parts = read_parts(made.path.read_bytes())
    sheets = {name: part.decode() for name, part in parts.items() if name.startswith("xl/worksheets/sheet")}
    assert len(sheets) == len(FOR_THE_CLIENT)
    for sheet in sheets.values():
        assert not re.search(r"<(?:\w+:)?(?:f|dataValidation|hyperlink|legacyDrawing)\b", sheet)
    assert not [name for name, part in parts.items() if b"AMT_" in part]
    assert not [name for name in parts if re.search("comment|custom|externalLink|calcChain|vba", name, re.IGNORECASE)]
    workbook = parts["xl/workbook.xml"].decode()
    names = re.findall(r'<definedName [^>]*name="([^"]+)"', workbook)
    assert set(names) == {"_xlnm.Print_Area", "_xlnm.Print_Titles"}
    assert set(re.findall(r'state="(\w+)"', workbook)) == {"visible"}
    core = parts["docProps/core.xml"].decode()
    assert re.findall(r">([^<]+)</dc:(?:creator|title)>", core)[1] == "AMT plan: Elena Vasquez"
    assert "lastModifiedBy" not in core


def test_nothing_is_asked_of_the_client(made):
    """No cell looks or can be typed into, and no word names a sheet or a command that the client has not."""
    workbook = openpyxl.load_workbook(made.path)
    others = ("Client", "Grants", "Gains", "Events", "Checks", "Import", "Returns", "Law", "About", "Exercises")
    for sheet in workbook:
        for cell in (one for row in sheet.iter_rows() for one in row if one.value is not None):
            assert cell.protection.locked, (sheet.title, cell.coordinate)
            assert cell.fill.start_color.rgb != "00FFF9DC", (sheet.title, cell.coordinate)
            if isinstance(cell.value, str) and sheet.title != "Calendar":
                assert not re.search(rf"\bsheets? (?:{'|'.join(others)})\b", cell.value), (sheet.title, cell.coordinate)
                assert not re.search(r"[Tt]ype over|Type yes|command xl-amt", cell.value), (
                    sheet.title,
                    cell.coordinate,
                )


def test_no_word_names_a_sheet_that_was_never_built(tmp_path):
    """A client without sales has no sheet Gains, which Cash names all the same."""
    path = write_record(CLIENTS["Ana"], tmp_path / "Ana.client.toml")
    workbook = openpyxl.load_workbook(client_copy(path).path)
    words = [one.value for row in workbook["Cash"].iter_rows() for one in row if isinstance(one.value, str)]
    assert not [text for text in words if "Gains" in text]


def test_a_frozen_plan_names_no_command(tmp_path):
    """The plan and what was done of it are the client's to see; how to ask again is the advisor's."""
    plan = openpyxl.load_workbook(client_copy(write_record(followed(), tmp_path / "Ana.client.toml")).path)["Plan"]
    words = [one.value for row in plan.iter_rows() for one in row if isinstance(one.value, str)]
    assert "Frozen on Feb 10, 2026: its figures are those of that day." in words
    assert not [text for text in words if "xl-amt plan" in text]


def test_workings_beside_the_page_are_gone(made):
    """Only what is printed, or what a chart is drawn from, has a value."""
    workbook = openpyxl.load_workbook(made.path)
    assert workbook["Plan"]["E110"].value is None
    assert workbook["Scenarios"]["A120"].value is None
    assert workbook["Room"]["W37"].value is not None  # a point of the curve


# What is in it


def test_the_figures_are_those_of_the_advisor(tmp_path):
    """Each number and word of the printed pages is that of the workbook that it was made from, with its format."""
    made = client_copy(workbook_of(COUPLE), tmp_path / "copy.xlsx")
    theirs, ours = openpyxl.load_workbook(made.path), openpyxl.load_workbook(workbook_of(COUPLE), data_only=True)
    compared = 0
    for sheet in theirs:
        for cell in (one for row in sheet.iter_rows() for one in row if one.value is not None):
            shown = ours[sheet.title][cell.coordinate]
            assert cell.number_format == shown.number_format
            if isinstance(cell.value, str):
                continue
            assert _same(cell.value, shown.value), (sheet.title, cell.coordinate)
            compared += 1
        printed = ours[sheet.title].print_area
        assert sheet.print_area == printed
        assert sheet.print_title_rows == ours[sheet.title].print_title_rows
        assert sheet.page_setup.orientation == ours[sheet.title].page_setup.orientation
    assert compared > 1_000
    missing = [
        (title, cell.coordinate)
        for title in made.sheets
        for row in ours[title][(ours[title].print_area or ours[title].dimensions).rpartition("!")[2]]
        for cell in row
        if isinstance(cell.value, int | float) and theirs[title][cell.coordinate].value is None
    ]
    assert not missing


def test_charts_are_drawn_from_cells_of_the_copy(made):
    """As many as the workbook has on these sheets, and every cell that they name is filled or blank, not gone."""
    parts = read_parts(made.path.read_bytes())
    charts = [part.decode() for name, part in parts.items() if re.fullmatch(r"xl/charts/chart\d+\.xml", name)]
    assert len(charts) == 5
    named = {quoted or plain for part in charts for quoted, plain in re.findall(r"<f>(?:'([^']+)'|([^'!<]+))!", part)}
    assert named <= set(made.sheets)


def test_what_was_typed_for_trying_is_shown(advisors, made, record, tmp_path):
    """Shares tried on Plan, what is withheld on Cash and a tick on Calendar change the copy as they do the workbook."""
    alone = client_copy(write_record(record, tmp_path / "Elena.client.toml"))
    tried, plain = (openpyxl.load_workbook(path) for path in (made.path, alone.path))
    assert (tried["Plan"]["E10"].value, plain["Plan"]["E10"].value) == (2_500, 3_000)
    assert tried["Cash"]["E13"].value == 1_234
    assert tried["Calendar"]["A8"].value == "yes"
    assert tried["Summary"]["A5"].value.startswith("Tried, not recorded: Exercise 2,500 shares in 2026")
    assert plain["Summary"]["A5"].value.startswith("Exercise 3,000 shares in 2026")
    assert advisors.name == "Elena 2026.xlsx"


def test_a_sheet_whose_cells_were_moved_is_named(record, tmp_path):
    """What was typed into it cannot be told from its place, so that the copy shows the record alone."""
    path = write_client(record, tmp_path / "Elena.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.defined_names["Cash_needed"].attr_text = "Cash!$E$12:$N$12"
    workbook["Cash"]["E13"] = 1_234
    workbook.save(path)
    made = client_copy(path)
    assert made.not_taken == ("Cash",)
    assert openpyxl.load_workbook(made.path)["Cash"]["E13"].value is None


def test_a_calendar_that_a_command_made_longer(record, tmp_path):
    """Its new rows look like the others, and may be ticked off; the ticks are in the copy."""
    path = write_client(record, tmp_path / "Elena.xlsx")
    step = Exercise(grant="ES-012", day=date(2026, 12, 28), shares=10, value=9.4, status="planned")
    steps = [replace(step, day=date(2026, 12, day)) for day in (28, 29, 30)]
    more = replace(record.holdings[0], exercises=(*record.holdings[0].exercises, *steps))
    after = replace(record, holdings=(more, *record.holdings[1:]))
    rewrite_client(path, record, after, backup=tmp_path / "before.xlsx")
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Calendar"]
    rows = [row for row in range(7, sheet.max_row + 1) if sheet[f"B{row}"].value is not None]
    assert len(rows) > len(book_of(record).due) + 1
    for column in "ABCDEF":
        looks = {(sheet[f"{column}{row}"].style_id, sheet[f"{column}{row}"].number_format) for row in rows}
        assert len(looks) == 1, column
    assert not sheet[f"A{rows[-1]}"].protection.locked
    sheet[f"A{rows[-1]}"] = "yes"
    workbook.save(path)
    made = client_copy(path)
    assert made.not_taken == ()
    assert openpyxl.load_workbook(made.path)["Calendar"][f"A{rows[-1]}"].value == "yes"


def test_what_is_left_out_is_named(made):
    """Sheets and columns of the advisor's, by their names."""
    assert made.left_out == ("sheet My private sheet", f"column {get_column_letter(18)} of Plan")
    assert made.sheets == FOR_THE_CLIENT
    assert not made.not_taken


def test_a_record_gives_the_same_bytes_twice(record, tmp_path):
    """No clock and no machine has a say."""
    path = write_record(record, tmp_path / "Elena.client.toml")
    first, second = (client_copy(path, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.parametrize("example", RECORDS, ids=lambda path: path.stem)
def test_excel_would_find_nothing_to_repair(example, tmp_path):
    """The copy of every example is a valid workbook, and no client workbook any more."""
    made = client_copy(example, tmp_path / "copy.xlsx")
    assert not list(problems_in(made.path.read_bytes()))
    with pytest.raises(FileError, match="is not an xl-amt client workbook"):
        client_copy(made.path, tmp_path / "again.xlsx")


@uses_libreoffice
def test_libreoffice_shows_what_the_file_holds(made, tmp_path):
    """Opened where no function is connected, every value is as it was written."""
    create_profile(tmp_path / "profile")
    again = openpyxl.load_workbook(recalculate(made.path, tmp_path / "out", tmp_path / "profile"), data_only=True)
    for sheet in openpyxl.load_workbook(io.BytesIO(made.path.read_bytes())):
        for cell in (one for row in sheet.iter_rows() for one in row if one.value is not None):
            shown = again[sheet.title][cell.coordinate].value
            assert _same(cell.value, shown), (sheet.title, cell.coordinate)


def test_words_of_the_record_are_shown_as_they_are(record, tmp_path):
    """A name that a file would read as a formula, or as a letter's number, and one that begins as a hint does."""
    first = record.holdings[0]
    named = replace(record, client=replace(record.client, name="=1+1 _x0041_"))
    named = replace(named, holdings=(replace(first, company="Linked to You _x0041_"), *record.holdings[1:]))
    book = opened(client_copy(write_record(named, tmp_path / "a.client.toml")).path)
    assert book.value("Summary", (2, 1)).startswith("=1+1 _x0041_ and Marcus Vasquez")
    assert book.value("Plan", (31, 1)) == "Linked to You _x0041_"
    titles = [book.value("Calendar", (row, 3)) for row in range(7, 40)]
    assert "Linked to You _x0041_, ES-047: exercise 3,000 shares, as planned" in titles


# What cannot be


def test_a_record_without_an_answer_is_not_handed_out(tmp_path):
    """The sentence says what is missing."""
    path = write_record(blank_record(), tmp_path / "Lee.client.toml")
    with pytest.raises(ArgumentError, match=r"Lee\.client\.toml: there is no answer to hand out yet\. \w+"):
        client_copy(path)
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_written_over(record, tmp_path):
    """Neither a file that stands there, nor the one that is read; and the name must be a workbook's."""
    path = write_client(record, tmp_path / "Elena.xlsx")
    made = client_copy(path)
    assert made.path.name == "Elena for the client.xlsx"
    with pytest.raises(FileError, match="it already exists"):
        client_copy(path)
    with pytest.raises(FileError, match="this is the file being read"):
        client_copy(path, path, replace_existing=True)
    with pytest.raises(FileError, match=r"a copy for the client is an \.xlsx file"):
        client_copy(path, tmp_path / "copy.pdf")


def test_the_command(advisors, tmp_path):
    """What it prints, alone as JSON if asked, and one sentence for what cannot be."""
    target = str(tmp_path / "copy.xlsx")
    result = CliRunner().invoke(main, ["client-copy", str(advisors), "--output", target], catch_exceptions=False)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "Sheets: Summary, Plan, Calendar, Cash, Room, Credit, Scenarios, Lots.",
        "Not copied, because you added it: sheet My private sheet, column R of Plan.",
        "Before you hand it out: 1 of the checks do not hold; xl-amt check says which.",
        "",
        f"For the client: {target}",
    ]
    words = ["client-copy", str(advisors), "--output", target]
    answer = json.loads(CliRunner().invoke(main, [*words, "--replace", "--json"], catch_exceptions=False).stdout)
    assert (answer["path"], answer["failed_checks"]) == (target, 1)
    refused = CliRunner().invoke(main, words, catch_exceptions=False)
    assert (refused.exit_code, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_a_copy_leaves_later_workbooks_as_they_are(tmp_path):
    """The looks that it takes away are those of its own formats."""
    build_template(tmp_path / "before.xlsx")
    client_copy(RECORDS[0], tmp_path / "copy.xlsx")
    build_template(tmp_path / "after.xlsx")
    assert (tmp_path / "after.xlsx").read_bytes() == (tmp_path / "before.xlsx").read_bytes()
