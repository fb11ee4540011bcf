"""The command line: what it prints, and that bad input is one sentence, exit code 2, and no file."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click import Option
from click.testing import CliRunner
from icalendar import Calendar
from openpyxl import Workbook, load_workbook

from workbook_templates.examples import CARTA_EXAMPLE
from xl_amt import __version__
from xl_amt.cli import main
from xl_amt.importers import needed_columns
from xl_amt.reading.dates import day_of
from xl_amt.worksheet import FUNCTIONS, call

COMMANDS = (
    "demo",
    "new",
    "import",
    "update",
    "years",
    "plan",
    "december",
    "outlook",
    "leaving",
    "calendar",
    "report",
    "recalc",
    "convert",
    "check",
    "client-copy",
    "roll",
    "room",
    "calc",
    "form",
    "batch",
    "functions",
    "addin",
    "doctor",
)
HOUSEHOLD = ("--income", "150000", "--status", "single", "--year", "2021")
EXPORT = str(CARTA_EXAMPLE)
CLIENT = "Ana Alvarez 2026.xlsx"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    """What a command does, within this process; what is no AmtError is no answer either."""
    return CliRunner().invoke(main, list(arguments), prog_name="xl-amt", catch_exceptions=False)


def output(*arguments):
    """What a command prints when all is well."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


def files(folder):
    """Every file in a folder, hidden ones too."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# Help


def test_help_lists_the_commands():
    """The help names every command in the order of use, and where to start."""
    text = output("--help")
    assert re.findall(r"^  ([a-z][a-z-]*)  +[A-Z].*\.$", text, re.MULTILINE) == list(COMMANDS)
    assert "xl-amt demo" in text
    assert output("-h") == text
    assert output() == text
    assert output("--version") == f"xl-amt, version {__version__}\n"


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(command):
    """Each command says what it does, and what each of its options means, in lines that fit a terminal."""
    text = output(command, "--help")
    assert text.startswith(f"Usage: xl-amt {command} ")
    options = [option for option in main.commands[command].params if isinstance(option, Option)]
    in_one_line = " ".join(text.split())
    assert all(option.help and " ".join(option.help.split()) in in_one_line for option in options)
    assert max(map(len, text.splitlines())) <= 110


def test_columns_that_an_import_needs():
    """The whole list of columns, each with every header it goes by, without an export."""
    lines = output("import", "--columns").splitlines()
    assert lines[0] == "An export needs a column for each of these, under any of the headers:"
    assert lines[2:] == [f"  {line}" for line in needed_columns()]
    assert "  the exercise price (headed Exercise Price / Strike Price / Exercise Price Per Share / Strike)" in lines


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import",), "xl-amt: Missing argument 'EXPORT...'; see xl-amt import --help.\n"),
        (("years", "a", "b"), "xl-amt: Got unexpected extra argument (b); see xl-amt years --help.\n"),
        (("nothing",), "xl-amt: No such command 'nothing'; see xl-amt --help.\n"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_names_the_help_of_its_own_command(words, sentence):
    """A call that cannot be read points to the help of the command that was called."""
    assert run(*words).stderr == sentence


# room


def test_room_gives_the_tutorials_answer():
    """The tutorial's household: its regular tax, its room to the cent, and its shares."""
    text = output("room", *HOUSEHOLD, "--strike", "0.07", "--fmv", "0.74")
    lines = dict(re.findall(r"^(Regular tax|AMT room|Shares at \$0 federal AMT) +([\d,.]+)", text, re.MULTILINE))
    assert lines == {"Regular tax": "27,009.00", "AMT room": "27,480.77", "Shares at $0 federal AMT": "41,016"}


def test_room_says_what_more_costs():
    """25, 50 and 100% beyond the room: its spread, and 26% of what passes the room."""
    text = output("room", *HOUSEHOLD)
    beyond = re.findall(r"^AMT at +(\d+)% beyond +([\d,.]+) +on a spread of ([\d,.]+)$", text, re.MULTILINE)
    assert beyond == [
        ("25", "1,786.25", "34,350.96"),
        ("50", "3,572.50", "41,221.15"),
        ("100", "7,145.00", "54,961.54"),
    ]
    assert "Shares" not in text


def test_room_lines_up():
    """The figures stand one below the other, to the last digit."""
    text = output("room", *HOUSEHOLD, "--strike", "0.07", "--fmv", "0.74")
    ends = {re.match(r".*?  +[\d,.]+(?=\s|$)", line).end() for line in text.splitlines()}
    assert len(ends) == 1


def test_room_takes_further_facts():
    """--set takes labels as the worksheet does, money with commas and a dollar sign too."""
    text = output("room", *HOUSEHOLD, "--set", "interest=$2,000", "--set", "Age=67")
    assert f"AMT room {call('AMT_ROOM', 150_000, 'single', 2021, ['Interest', 'Age'], [2_000, 67]):>29,.2f} " in text


def test_room_of_a_client_already_in_amt():
    """No room is said plainly, and "beyond" is not counted from nothing."""
    text = output("room", *HOUSEHOLD[:-1], "2024", "--set", "Long-term capital gain=900000")
    assert re.search(r"AMT room +0\.00", text)
    assert "on a spread of 0.00" not in text


def test_a_projected_year_says_so():
    """An answer that rests on projected law says so: room under it, calc on the error stream."""
    note = "law of 2029 is projected from the C-CPI-U of 2026 (estimated at 182.80) at 2.50% inflation a year."
    assert note in output("room", "--income", "150000", "--status", "single", "--year", "2029")
    result = run("calc", "AMT_ROOM", "150000", "single", "2029")
    assert (result.stdout, result.stderr) == ("39184.62\n", f"xl-amt: The {note}\n")
    note = "law of 2027 is estimated at a C-CPI-U of 182.80 for 2026 (two months not published)."
    assert run("calc", "AMT_ROOM", "150000", "single", "2027").stderr == f"xl-amt: The {note}\n"
    assert run("calc", "AMT_ROOM", "150000", "single", "2026").stderr == ""


def test_both_rooms_on_the_terminal(folder):
    """--jurisdiction reaches calc, room, form, years and batch; what rests on estimated law says so."""
    household = ("--income", "200000", "--status", "single", "--year", "2025")
    shown = output("room", *household, "--jurisdiction", "us+ca", "--strike", "1", "--fmv", "11")
    assert re.search(r"AMT room, US +30,665\.38 +largest ISO spread with no AMT; this one binds", shown)
    assert re.search(r"AMT room, CA +100,005\.86 +largest ISO spread with no AMT\n", shown)
    assert re.search(r"Shares at \$0 AMT, federal and California +3,066", shown)
    assert output("calc", "AMT_ROOM", "200000", "single", "2025", "--jurisdiction", "CA") == "100005.86\n"
    note = "xl-amt: The law of 2026 in California is estimated at a change of the California CPI of 3.4% in 2026.\n"
    assert run("calc", "AMT_ROOM", "200000", "single", "2026", "--jurisdiction", "CA").stderr == note
    (folder / "book.csv").write_text("client,income,status,year\nA,200000,single,2026\n", "utf-8")
    said = output("batch", "book.csv", "-o", "answers.csv", "--jurisdiction", "CA")
    assert "1 of them rest on law that is not enacted yet" in said
    assert (folder / "answers.csv").read_text("utf-8").splitlines()[1].startswith("A,200000,single,2026,101171.4")
    (folder / "both.csv").write_text("income,status,year,jurisdiction\n200000,single,2025,CA\n", "utf-8")
    refused = run("batch", "both.csv", "-o", "more.csv", "--jurisdiction", "CA")
    assert (
        refused.stderr == "xl-amt: jurisdiction: a column of the book states it row by row; leave one of the two out.\n"
    )


def test_room_tells_the_cheaper_deduction():
    """Where the other deduction would cost less in all, the note says which, and by how much."""
    facts = ("--set", "State income tax=15000", "--set", "Mortgage interest=16000")
    household = ("--income", "250000", "--status", "mfj", "--year", "2025")
    text = output("room", *household, *facts)
    room = call("AMT_ROOM", 250_000, "mfj", 2025)
    labels, amounts = ["State income tax", "Mortgage interest", "Deduction"], [15_000, 16_000]
    standard, other = (
        call("AMT_TOTAL_TAX", 250_000, "mfj", 2025, 2 * room, labels, [*amounts, choice])
        for choice in ("standard", "itemized")
    )
    assert standard - other > 0
    assert f"the itemized deduction would cost {standard - other:,.2f} less in total" in text
    assert "would cost" not in output("room", *household)


# calc


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_calc_gives_every_example(function):
    """Each function's example from the shell gives what the registry says."""
    text = output("calc", function.name, *in_the_shell(function.example)).removesuffix("\n")
    if function.gives_a_table:
        rows = [row.split("\t") for row in text.splitlines()]
        begins = [[cell if isinstance(cell, str) else f"{cell:.2f}" for cell in row] for row in function.gives]
        assert rows[: len(begins)] == begins
    elif function.answer == "date":
        assert text == day_of(function.gives).isoformat()
    else:
        gives = text if isinstance(function.gives, str) else pytest.approx(float(text), abs=0.005)
        assert function.gives == gives


def in_braces(cells):
    """A row of cells as a worksheet writes it."""
    return "{" + ", ".join(f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in cells) + "}"


def in_the_shell(example):
    """A call's arguments as words of the shell: labels and amounts as --set."""
    lists = [value for value in example if isinstance(value, list)]
    labels, amounts = lists if len(lists) == 2 else ([], [])
    words = [
        in_braces(value) if isinstance(value, list) else str(value)
        for value in example
        if value not in (labels, amounts)
    ]
    for label, amount in zip(labels, amounts, strict=True):
        words += ["--set", f"{label}={amount}"]
    return words


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("AMT_ROOM", "150000", "single", "2021"), "27480.77"),
        (("amt_room", "$150,000", "Single", "2021"), "27480.77"),
        (("AMT_ROOM", "150000", "single", "2021", "--exact"), "27480.76923076923"),
        (("--exact", "AMT_ROOM", "150000", "single", "2021"), "27480.76923076923"),
        (("AMT_ROOM_SHARES", "150000", "single", "2021", "0.07", "0.74"), "41016"),
        (("AMT_LAW", "AMT exemption phase-out rate", "single", "2026"), "0.5"),
        (("AMT_LAW", "Equity allocation ends with", "single", "2025", "--jurisdiction", "NY"), "vesting"),
        (("AMT_EXEMPTION", "-5", "single", "2021"), "73600.00"),
        (("AMT_REGULAR_TAX", "150000", "single", "2021", "--set", "Interest=1000"), "27249.00"),
        (("AMT_OWED", "150000", "single", "2021", "100000", "--set", "Deduction=standard"), "18855.00"),
        (("AMT_WHY", "AMT_ROOM", "150000", "single", "2021"), "ok"),
        (("AMT_QUALIFYING_DATE", "2023-01-10", "45444"), "2025-06-02"),
        (("AMT_QUALIFYING_DATE", "2023-01-10", "45444", "--exact"), "2025-06-02"),
    ],
)
def test_calc(arguments, printed):
    """A figure to the cent, shares and rates as they are, all digits when asked; a date as a date."""
    assert output("calc", *arguments) == f"{printed}\n"


# functions


def test_functions_lists_every_function():
    """Every function, once, under its category, with its summary."""
    text = output("functions")
    for function in FUNCTIONS.values():
        assert re.findall(rf"^  {function.name} +(.*)$", text, re.MULTILINE) == [function.summary]
        assert f"\n{function.category}\n" in text


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_functions_describes_one(function):
    """One function: its call, its meaning, every argument, and its example, in any case."""
    text = output("functions", function.name.lower())
    assert text.startswith(f"{function.signature}\n\n{function.description}\n")
    for argument in function.arguments:
        assert re.search(rf"^  {argument.name} +{re.escape(argument.description)}", text, re.MULTILINE)
    assert text.endswith(f"{function.example_formula} gives {function.example_gives}\n")


# Workbooks


def test_demo(folder):
    """The demo prints the answer, shares by grant and what more costs, and says where the workbook is."""
    text = output("demo", "--output", "deep/clients")
    assert re.search(r"US +│ +33,134\.00 │ +32,538\.46 │ binds", text)
    assert re.search(r"CA +│ +12,973\.86 │ +96,242\.84 │ ", text)
    assert "4,253 shares at $0 AMT, federal and California" in text
    assert "The law of 2026 in California is estimated" in text
    assert all(re.search(rf"{percent}%.*\d", text) for percent in (25, 50, 100))
    path = folder / "deep" / "clients" / CLIENT
    assert str(path) in text.replace("\n", "")
    assert files(folder) == ["deep", "deep/clients", f"deep/clients/{CLIENT}"]
    assert {"Client", "Grants", "Room", "Scenarios", "About"} <= set(load_workbook(path).sheetnames)


def test_demo_again_keeps_the_first_workbook(folder):
    """A second demo writes beside the first."""
    output("demo")
    first = (folder / CLIENT).read_bytes()
    (folder / CLIENT).write_bytes(first + b"edited")
    output("demo")
    assert files(folder) == ["Ana Alvarez 2026 (2).xlsx", CLIENT]
    assert (folder / CLIENT).read_bytes() == first + b"edited"


def test_new(folder):
    """A workbook to key in by hand, with what is given."""
    facts = ("--name", "Ben Brook", "--status", "joint", "--year", "2024", "--income", "300000", "--set", "Interest=5")
    text = output("new", "ben.xlsx", *facts)
    assert text == f"Client workbook: {folder / 'ben.xlsx'}\n"
    assert files(folder) == ["ben.xlsx"]
    values = {cell.value for row in load_workbook("ben.xlsx")["Client"].iter_rows() for cell in row}
    assert values >= {"Ben Brook", "Married filing jointly", 2024, 300_000, "Interest", 5}


def test_import(folder):
    """A Carta export becomes a workbook named after the client; every row that is left out has its reason."""
    text = output("import", EXPORT, "--status", "single", "--year", "2026", "--income", "185000", "--fmv", "12.40")
    assert "7 rows, 6 grants of Ana Alvarez, 1 not imported" in text
    assert "ES-044: " in text
    assert "AMT room: 32,538.46" in text
    assert files(folder) == [CLIENT]


def test_import_without_facts(folder):
    """What is not given stays blank, and no answer is printed for it."""
    text = output("import", EXPORT, "-o", "ana.xlsx")
    assert "AMT room:" not in text
    assert "No answer until the client's facts are entered: enter --status and --income." in text
    assert files(folder) == ["ana.xlsx"]


# The record


EXERCISE = '[[holding.exercise]]\ngrant = "ES-014"\nday = {day}\nshares = {shares}\nvalue = 12.40\n'


@pytest.fixture
def record(folder):
    """The example client's record in an empty folder."""
    known = ("--status", "single", "--year", "2026", "--income", "185000", "--fmv", "12.40")
    assert "Client record: " in output("import", EXPORT, "-o", "ana.client.toml", *known)
    return folder / "ana.client.toml"


def test_import_and_new_write_a_record(record):
    """The ending of the name chooses it; it is not overwritten unasked."""
    assert record.read_text("utf-8").startswith('format = "xl-amt client 1"')
    assert "Client record: " in output("new", "lee.client.toml", "--name", "Lee", "--status", "mfj")
    assert 'name = "Lee"' in (record.parent / "lee.client.toml").read_text("utf-8")
    again = run("import", EXPORT, "-o", "ana.client.toml")
    assert again.exit_code == 2
    assert "it already exists and may hold your edits" in again.stderr


def test_years(record):
    """A column a year: the planned exercise of 5,000 shares at 12.40 on a strike of 0.85 owes AMT, and not when done.

    Of 57,750 of spread, 32,538.46 is room; 26% of the rest is 6,555.
    """
    text = record.read_text("utf-8").replace("[[holding]]", "[[year]]\nyear = 2027\n\n[[holding]]")
    planned = (
        '[[holding.exercise]]\ngrant = "ES-014"\nday = 2026-12-05\nshares = 5000\nvalue = 12.40\nstatus = "planned"\n'
    )
    record.write_text(text.replace("[[holding.value]]", planned + "\n[[holding.value]]"), "utf-8")
    shown = output("years", "ana.client.toml")
    assert re.search(r"ISO spread +57,750\.00 +0\.00", shown)
    assert re.search(r"AMT +6,555\.00 +0\.00", shown)
    assert re.search(r"law +enacted +estimated", shown)
    figures = json.loads(output("years", "ana.client.toml", "--json"))["years"]
    assert figures["2026"]["AMT"] == pytest.approx(6_555.0)
    assert figures["2027"]["credit in"] == pytest.approx(6_555.0)
    assert json.loads(output("years", "ana.client.toml", "--json", "--done"))["years"]["2026"]["AMT"] == 0.0


def test_room_of_a_record(record):
    """The room, what is used of it, and the shares; the record says the household itself."""
    shown = output("room", "ana.client.toml")
    assert shown.startswith(
        "Ana Alvarez, 2026:\nRegular tax 33,134.00; AMT room: 32,538.46 of ISO spread.\n4,253 shares"
    )
    text = record.read_text("utf-8").replace(
        "exercised = 3000, exercisable = 7000", "exercised = 4000, exercisable = 6000"
    )
    done = '[[holding.exercise]]\ngrant = "ES-014"\nday = 2026-03-02\nshares = 1000\nvalue = 12.40\n'
    record.write_text(text.replace("[[holding.value]]", done + "\n[[holding.value]]"), "utf-8")
    assert "This year's exercises have used 11,550.00 of it; left: 20,988.46." in output("room", "ana.client.toml")


@pytest.mark.usefixtures("record")
def test_calendar_of_a_record():
    """The same days as from the export."""
    days = ("--from", "2026-12-01", "--until", "2027-12-31")
    of_export = output("calendar", EXPORT, *days)
    assert output("calendar", "ana.client.toml", *days) == of_export[of_export.index("Ana Alvarez, 2026-12-01") :]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("room", "ana.client.toml", "--income", "5"), "--income: the record states it"),
        (("room", "ana.client.toml", "--year", "2031"), "2031: the record has 2026 to 2026"),
        (("room", *HOUSEHOLD, "--jurisdiction", "VI"), "jurisdiction: 'VI' is not available"),
        (("years", "ana.client.toml", "--jurisdiction", "VI"), "jurisdiction: 'VI' is not available"),
        (("years", EXPORT), "it is not an xl-amt client workbook"),
        (("years", "none.client.toml"), "cannot be read as a client's record"),
        (("calendar", "ana.client.toml", "--stakeholder", "Ana"), "a record is for one client"),
    ],
)
def test_bad_input_of_a_record(record, arguments, sentence):
    """One sentence, exit code 2, and the record as it was."""
    before = record.read_bytes()
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert record.read_bytes() == before


@pytest.mark.parametrize(
    "command", [("new", "kept.xlsx"), ("import", EXPORT, "-o", "kept.xlsx")], ids=["new", "import"]
)
def test_an_existing_workbook_is_not_overwritten(folder, command):
    """An existing file is kept, to the byte, until --replace says otherwise."""
    (folder / "kept.xlsx").write_bytes(b"an advisor's edits")
    result = run(*command)
    assert (result.exit_code, result.stderr) == (
        2,
        "xl-amt: kept.xlsx: it already exists and may hold your edits; choose another name, or add --replace.\n",
    )
    assert (folder / "kept.xlsx").read_bytes() == b"an advisor's edits"
    output(*command, "--replace")
    assert load_workbook("kept.xlsx").sheetnames
    assert files(folder) == ["kept.xlsx"]


def test_replacing_with_bad_facts_keeps_the_workbook(folder):
    """With --replace too, nothing is lost where the new facts are refused."""
    (folder / "kept.xlsx").write_bytes(b"an advisor's edits")
    result = run("new", "kept.xlsx", "--replace", "--year", "2037")
    assert result.exit_code == 2
    assert (folder / "kept.xlsx").read_bytes() == b"an advisor's edits"
    assert files(folder) == ["kept.xlsx"]


# calendar

PERIOD = ("--from", "2026-11-22", "--until", "2028-04-18")


@pytest.fixture
def wide(folder, monkeypatch):
    """An empty folder, and a terminal so wide that no row of a table is folded."""
    monkeypatch.setenv("COLUMNS", "900")
    return folder


def in_one_line(text):
    """What a table says, whatever the spaces between its columns."""
    return " ".join(text.split())


def test_calendar(folder):
    """A table of days, what and detail, with what was not imported, and what to ask."""
    text = output("calendar", EXPORT, *PERIOD, "--exercise", "ES-090, 2027-01-05, 500, 12.50")
    assert "7 rows, 6 grants of Ana Alvarez, 1 not imported" in text
    assert re.search(r"^  Day +What +Detail", text, re.MULTILINE)
    assert re.search(r"^  2026-12-01 +ES-090: 250 shares vest +They can be exercised", text, re.MULTILINE)
    days = re.findall(r"^  (\d{4}-\d\d-\d\d)  ", text, re.MULTILINE)
    assert days == sorted(days)
    assert (days[0], days[-1]) == ("2026-12-01", "2028-04-18")
    assert "Note: ES-014: the export does not say when 3,000 of its shares were exercised" in in_one_line(text)
    assert "Note: Ask when the options of ES-014" in in_one_line(text)
    assert max(map(len, text.splitlines()[3:])) <= 80
    assert files(folder) == []


@pytest.mark.usefixtures("wide")
def test_calendar_from_today():
    """Without days, two years from today."""
    today = datetime.now(UTC).astimezone().date()
    text = in_one_line(output("calendar", EXPORT))
    assert f"Ana Alvarez, {today} to {today.year + 2}-" in text


def test_calendar_file(folder):
    """The .ics file has the rows of the table; it is replaced only when asked."""
    command = ("calendar", EXPORT, *PERIOD, "-o", "ana.ics", "--exercise", "ES-090, 2027-01-05, 500, 12.50")
    text = output(*command)
    assert text.endswith(f"\nCalendar file: {folder / 'ana.ics'}\n")
    assert files(folder) == ["ana.ics"]
    events = Calendar.from_ical((folder / "ana.ics").read_bytes()).walk("VEVENT")
    assert [event.decoded("DTSTART").isoformat() for event in events] == re.findall(
        r"^  (\d{4}-\d\d-\d\d)  ", text, re.MULTILINE
    )
    again = run(*command)
    assert (again.exit_code, again.stderr) == (
        2, "xl-amt: ana.ics: it already exists; choose another name, or add --replace.\n"
    )  # fmt: skip
    output(*command, "--replace")


@pytest.mark.usefixtures("wide")
def test_calendar_takes_what_the_export_does_not_say():
    """Early exercises with and without an election, the end of the work, a lock-up and small business stock."""
    options = ("--exercise", "ES-131,2026-12-05,200,$12.50,83b", "--exercise", "ES-014, 2025-06-05, 3000, 8")
    text = in_one_line(output("calendar", EXPORT, *PERIOD, *options, "--lock-up-ends", "2027-03-01"))
    assert "2027-01-04 ES-131: last day for the 83(b) File Form 15620 for 200 shares" in text
    assert "The lock-up ends Can be sold in a qualifying sale: 3,000 shares of ES-014." in text
    assert "when 3,000 of its shares were exercised" not in text
    early = ("--early", "ES-131", "--exercise", "ES-131, 2026-12-05, 200, 12.50")
    assert "No election is planned for 200" in in_one_line(output("calendar", EXPORT, *PERIOD, *early))
    work = ("--termination", "2027-02-01, disability", "--window", "10 years")
    assert "2028-02-01 ES-090: last day to exercise as " in in_one_line(output("calendar", EXPORT, *PERIOD, *work))
    qsbs = ("--qsbs", "--from", "2030-06-01", "--until", "2030-06-30", *options[2:])
    assert "2030-06-06 ES-014: a holding period of" in in_one_line(output("calendar", EXPORT, *qsbs))
    quiet = output("calendar", EXPORT, "--from", "2026-11-22", "--until", "2026-11-22")
    assert "Ana Alvarez, 2026-11-22 to 2026-11-22: nothing is due." in quiet


@pytest.mark.usefixtures("wide")
def test_calendar_reads_words_in_any_case():
    """Grants, people, reasons and elections, however they are capitalized."""
    plan = ("--exercise", "es-131, 2026-12-05, 200, 12.50, 83(B)", "--early", "Es-131", "--stakeholder", "ana ALVAREZ")
    assert "ES-131: last day for the 83(b)" in in_one_line(output("calendar", EXPORT, *PERIOD, *plan))
    work = ("--termination", "2027-02-01, Disability", "--window", "10 years")
    assert "2028-02-01 ES-090: last day to exercise as " in in_one_line(output("calendar", EXPORT, *PERIOD, *work))


@pytest.mark.usefixtures("wide")
def test_calendar_without_vesting():
    """The deadlines that come of vesting stay."""
    plan = ("--early", "ES-131", "--exercise", "ES-131, 2026-12-05, 200, 12.50", "--until", "2028-04-18")
    everything = in_one_line(output("calendar", EXPORT, "--from", "2026-11-22", *plan))
    deadlines = in_one_line(output("calendar", EXPORT, "--from", "2026-11-22", *plan, "--no-vesting"))
    assert ("shares vest" in everything, "shares vest" in deadlines) == (True, False)
    assert "Income from equity: vesting of ES-131." in deadlines


def test_calendar_of_nothing_writes_no_file(folder):
    """No file that a program would refuse; a sentence on stderr, and exit code 0, since nothing is wrong."""
    result = run("calendar", EXPORT, "--from", "2026-11-22", "--until", "2026-11-22", "-o", "ana.ics")
    assert (result.exit_code, result.stderr) == (0, "ana.ics is not written, since nothing is due.\n")
    assert "Calendar file" not in result.stdout
    assert files(folder) == []


@pytest.mark.usefixtures("wide")
def test_calendar_of_an_early_exercise_before_the_export():
    """Where a schedule has not vested what was exercised, the note says what would make the exercise possible."""

    def exercised(sheet):
        for row in sheet.iter_rows(min_row=6):
            if row[0].value == "ES-131":
                outstanding, unvested, exercised_shares = row[3], row[13], row[14]
                outstanding.value, unvested.value, exercised_shares.value = 2_300, 2_300, 100

    edited_export("early.xlsx", exercised)
    text = output("calendar", "early.xlsx", *PERIOD, "--exercise", "ES-131, 2026-10-05, 100, 12.50")
    hint = "if the grant may be exercised before it vests, add --early ES-131."
    assert f"Note: ES-131: an exercise is before vesting; {hint}" in text
    early = ("--exercise", "ES-131, 2026-10-05, 100, 12.50", "--early", "ES-131")
    assert "--early" not in output("calendar", "early.xlsx", *PERIOD, *early)


LEFT = ("2026-11-01", "2026-11-01")


def export_of_someone_who_left(*terminations):
    """The command for two grants, of which 550 and 750 shares can be exercised, with the days on which work ended."""
    headers = (
        "Stakeholder Name,Security ID,Quantity Issued,Quantity Exercised,Total Vested Quantity,Quantity Expired,"
        "Quantity Forfeited,Quantity Outstanding,Exercise Price,Vesting Schedule,Vesting Start Date,Termination Date,"
        "Base Award Type,Issue Date"
    )
    rows = (
        f"Ana,ES-9,1000,100,700,50,300,550,$1.56,M-48-12,10/25/2023,{terminations[0]},ISO,10/25/2023",
        f"Ana,ES-10,1000,0,750,0,250,750,$1.56,M-48-12,10/25/2023,{terminations[1]},NSO,10/25/2023",
    )
    Path("left.csv").write_text("\n".join((headers, *rows)), "utf-8")
    return ("calendar", "left.csv", "--as-of", "2026-11-20", "--from", "2026-11-20", "--until", "2027-02-01")


@pytest.mark.usefixtures("wide")
def test_calendar_takes_the_end_of_the_work_from_the_export():
    """A day on which all grants agree; nothing vests, both counts are told, and the window is asked for."""
    text = output(*export_of_someone_who_left(*LEFT))
    assert re.search(r"2027-02-01 +ES-9: last day to exercise as +550 shares left to exercise", text)
    assert "Note: According to the export, employment ended on 2026-11-01: use --termination if the date" in text
    assert "Note: ES-9: under its schedule 650 shares can be exercised, but the export counts 550;" in text
    assert 'its window: add it, as in --window "90 days".' in text
    assert "vest after" not in text
    given = output(*export_of_someone_who_left(*LEFT), "--window", "90 days", "--termination", "2026-10-31, disability")
    assert re.search(r"2027-01-29 +ES-10: last day to exercise +750 shares", given)
    assert "According to the export" not in given
    assert "needs its window" not in given
    nothing = output(*export_of_someone_who_left(*LEFT), "--until", "2026-12-31")
    assert "nothing is due" in nothing
    assert 'as in --window "90 days".' in nothing


@pytest.mark.usefixtures("wide")
@pytest.mark.parametrize(("other", "stated"), [("", "none"), ("2025-05-05", "2025-05-05")])
def test_calendar_asks_for_the_end_of_the_work(other, stated):
    """Grants that differ, or of which one states none, are asked about; the answer may be that the work goes on."""
    command = export_of_someone_who_left(LEFT[0], other)
    result = run(*command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        f"xl-amt: left.csv: the termination date is 2026-11-01 for ES-9 and {stated} for ES-10; add the last day of "
        "work with --termination, or --termination none if employment continues.\n"
    )
    assert "under its schedule 250 shares vest after 2026-11-20" in output(*command, "--termination", "None")
    assert "employment ended on 2026-11-01" in output(*command, "--termination", "2026-11-01")


def edited_export(path, edit):
    """The example export with its one sheet edited."""
    workbook = load_workbook(EXPORT)
    edit(workbook.worksheets[0])
    workbook.save(path)


@pytest.mark.usefixtures("wide")
def test_calendar_of_an_export_without_its_day():
    """The day is asked for, and taken from --as-of."""
    edited_export("undated.xlsx", lambda sheet: sheet.delete_rows(3))
    result = run("calendar", "undated.xlsx", *PERIOD)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "xl-amt: undated.xlsx does not state the as-of date of its share counts; add --as-of.\n"
    assert "2026-12-01" in output("calendar", "undated.xlsx", *PERIOD, "--as-of", "2026-11-20")


@pytest.mark.usefixtures("wide")
def test_calendar_of_an_odd_schedule():
    """A schedule that is not understood is a note; the rest of the calendar stands."""

    def odd(sheet):
        for row in sheet.iter_rows(min_row=6):
            if row[0].value == "ES-090":
                row[9].value = "as the board sees fit"

    edited_export("odd.xlsx", odd)
    text = in_one_line(output("calendar", "odd.xlsx", *PERIOD))
    assert "Note: ES-090: 'as the board sees fit' is not understood as a vesting schedule" in text
    assert "ES-091: 100 shares vest" in text
    assert "ES-090: 250 shares vest" not in text


@pytest.mark.usefixtures("wide")
def test_calendar_of_a_grant_in_two_parts():
    """The ISO and the NSO rows of one grant have names of their own."""

    def one_label(sheet):
        for row in sheet.iter_rows(min_row=6):
            if row[0].value == "ES-091":
                row[0].value = "ES-090"

    edited_export("parts.xlsx", one_label)
    text = in_one_line(output("calendar", "parts.xlsx", *PERIOD, "--exercise", "ES-090 ISO, 2027-01-05, 500, 12.50"))
    assert "ES-090 ISO: 250 shares vest" in text
    assert "ES-090 NSO: 100 shares vest" in text


# Bad input

BAD_INPUT = {
    "unknown status": (
        ("room", "--income", "150000", "--status", "singel", "--year", "2021"),
        "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
    ),
    "year before the first": (
        ("room", "--income", "150000", "--status", "single", "--year", "2017"),
        "year: 2017 is before 2018, the first tax year that xl-amt covers.",
    ),
    "year after the last": (
        ("calc", "AMT_ROOM", "150000", "single", "2037"),
        "year: 2037 is after 2036, the last tax year that is projected.",
    ),
    "text for a number": (
        ("calc", "AMT_ROOM", "lots", "single", "2021"),
        "income: 'lots' is text, not a number; enter digits without quotes.",
    ),
    "negative income": (
        ("room", "--income", "-1", "--status", "single", "--year", "2021"),
        "income: -1 is negative; enter zero or more.",
    ),
    "no number": (
        ("calc", "AMT_BARGAIN", "nan", "1", "2"),
        "shares: 'nan' is text, not a number; enter digits without quotes.",
    ),
    "no income": (
        ("room", "--status", "single", "--year", "2021"),
        "--income is missing; try: xl-amt room --income 150000 --status single --year 2026.",
    ),
    "no status": (
        ("room", "--income", "150000", "--year", "2021"),
        "--status is missing; try: xl-amt room --income 150000 --status single --year 2026.",
    ),
    "a strike without a value": (
        ("room", *HOUSEHOLD, "--strike", "5"),
        "--strike and --fmv belong together; use both for shares, or neither for dollars.",
    ),
    "unknown label": (
        ("room", *HOUSEHOLD, "--set", "Intrest=5"),
        "labels: 'Intrest' is not a label; did you mean 'Interest'?",
    ),
    "a label twice": (
        ("calc", "AMT_ROOM", "150000", "single", "2021", "--set", "Interest=5", "--set", "Interest=6"),
        "labels: 'Interest' is listed twice; combine its amounts on one line.",
    ),
    "a label twice, spelled differently": (
        ("calc", "AMT_ROOM", "150000", "single", "2021", "--set", "Interest=5", "--set", "INTEREST=6"),
        "labels: 'Interest' is listed twice; combine its amounts on one line.",
    ),
    "text for a fact": (
        ("calc", "AMT_ROOM", "150000", "single", "2021", "--set", "Interest=some"),
        "Interest: 'some' is text, not a number; enter digits without quotes.",
    ),
    "facts for a function that takes none": (
        ("calc", "AMT_BARGAIN", "1", "2", "3", "--set", "Interest=5"),
        "--set: AMT_BARGAIN takes no labeled facts; leave --set out.",
    ),
    "a missing argument": (
        ("calc", "AMT_BARGAIN", "1", "2"),
        "fmv_at_exercise: it is missing; use AMT_BARGAIN(shares, strike, fmv_at_exercise).",
    ),
    "facts given twice": (
        ("calc", "AMT_ROOM", "150000", "single", "2021", "Interest", "5000", "--set", "Age=67"),
        "labels: given twice, as an argument and as an option; use one.",
    ),
    "another jurisdiction": (
        ("calc", "AMT_EXEMPTION", "500000", "single", "2024", "VI"),
        (
            "jurisdiction: 'VI' is not available; use US, CA, CO, CT, MN or any other state by its two letters, or "
            "leave it blank."
        ),
    ),
    "new: not an .xlsx": (
        ("new", "client.xls"),
        "client.xls: a client workbook is an .xlsx file; give it a name that ends in .xlsx.",
    ),
    "new: no such folder": (
        ("new", "nowhere/client.xlsx"),
        "nowhere: there is no such folder; create it first, or choose another.",
    ),
    "new: unknown status": (
        ("new", "client.xlsx", "--status", "singel"),
        "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
    ),
    "new: year after the last": (
        ("new", "client.xlsx", "--year", "2037"),
        "year: 2037 is after 2036, the last tax year that is projected.",
    ),
    "new: negative income": (
        ("new", "client.xlsx", "--income", "-1"),
        "income: -1 is negative; enter zero or more.",
    ),
    "new: unknown label": (
        ("new", "client.xlsx", "--set", "Intrest=5"),
        "labels: 'Intrest' is not a label; did you mean 'Interest'?",
    ),
    "import: no such file": (
        ("import", "nowhere.xlsx"),
        "There is no file nowhere.xlsx: check the name and folder.",
    ),
    "import: unknown status": (
        ("import", EXPORT, "--status", "singel"),
        "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
    ),
    "calendar: no such file": (
        ("calendar", "nowhere.xlsx"),
        "There is no file nowhere.xlsx: check the name and folder.",
    ),
    "calendar: not an .ics": (
        ("calendar", EXPORT, "-o", "client.txt"),
        "client.txt: a calendar is an .ics file; give it a name that ends in .ics.",
    ),
    "calendar: no such day": (
        ("calendar", EXPORT, "--from", "2026-02-30"),
        "--from: '2026-02-30' is not a date; write it as in 2026-03-01.",
    ),
    "calendar: days out of order": (
        ("calendar", EXPORT, "--from", "2027-01-01", "--until", "2026-12-31"),
        "the calendar: its last day, 2026-12-31, is before its first, 2027-01-01; correct one.",
    ),
    "calendar: half an exercise": (
        ("calendar", EXPORT, "--exercise", "ES-090, 2027-01-05, 1,500, 12.50"),
        (
            "--exercise: 'ES-090, 2027-01-05, 1,500, 12.50' is not a grant, a day, whole shares and their value per "
            "share, with 83b or nothing after them and no commas within a number; write it as in "
            '"ES-1, 2026-03-01, 500, 12.50".'
        ),
    ),
    "calendar: no such day of exercise": (
        ("calendar", EXPORT, "--exercise", "ES-090, 3/1/2027, 500, 12.50"),
        "--exercise: '3/1/2027' is not a date; write it as in 2026-03-01.",
    ),
    "calendar: more than can be exercised": (
        ("calendar", EXPORT, "--exercise", "ES-014, 2027-01-05, 7001, 12.50"),
        (
            "ES-014: the exercise of 2027-01-05 is for 7,001 shares, but 7,000 shares can be exercised that day; "
            "exercise fewer, or later."
        ),
    ),
    "calendar: more than has vested": (
        ("calendar", EXPORT, "--exercise", "ES-131, 2026-12-05, 200, 12.50"),
        (
            "ES-131: the exercise of 2026-12-05 is for 200 shares, but 0 shares can be exercised that day; exercise "
            "fewer, or later; if the grant may be exercised before it vests, add --early ES-131."
        ),
    ),
    "calendar: no such grant": (
        ("calendar", EXPORT, "--early", "ES-1"),
        "ES-1: no grant has this label; existing grants: ES-014, ES-031, ES-058, ES-090, ES-091, ES-131.",
    ),
    "calendar: another end of the work": (
        ("calendar", EXPORT, "--termination", "2027-02-01, retired"),
        "--termination: 'retired' is not disability or death; give one of them, or only the day.",
    ),
    "calendar: a window of nothing": (
        ("calendar", EXPORT, "--window", "90 days"),
        "--window: it counts from the last day of work; add --termination too.",
    ),
    "calendar: a window that is not understood": (
        ("calendar", EXPORT, "--termination", "2027-02-01", "--window", "ninety days"),
        (
            "ES-014: 'ninety days' is not understood as the plan's window after employment ends; write one such as "
            "'90 days', '3 months' or '10 years'."
        ),
    ),
    "import: not into an .xlsx": (
        ("import", EXPORT, "-o", "client.txt"),
        "client.txt: a client workbook is an .xlsx file; give it a name that ends in .xlsx.",
    ),
}


@pytest.mark.parametrize(("arguments", "sentence"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_bad_input(folder, arguments, sentence):
    """One sentence on stderr, exit code 2, nothing on stdout, and no file."""
    result = run(*arguments)
    assert (result.exit_code, result.stderr, result.stdout) == (2, f"xl-amt: {sentence}\n", "")
    assert files(folder) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("rom",),
        ("room", "--incom", "5"),
        ("room", "--income", "lots", "--status", "single", "--year", "2021"),
        ("room", "--income", "150000", "--status", "single", "--year", "next"),
        ("room", *HOUSEHOLD, "--set", "Interest"),
        ("room", *HOUSEHOLD, "surplus"),
        ("calc",),
        ("calc", "AMT_ROM", "150000", "single", "2021"),
        ("functions", "AMT_ROM"),
        ("import",),
        ("calendar",),
        ("calendar", EXPORT, "--exercise"),
        ("new",),
        ("demo", "--output"),
    ],
    ids=" ".join,
)
def test_misused_commands(folder, arguments):
    """Commands and options that do not exist, miss or cannot be read: one sentence as well."""
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"xl-amt: [^\n]+[.?]\n", result.stderr)
    assert files(folder) == []


@pytest.mark.parametrize(
    ("strike", "fmv"), [("5", "5"), ("5", "4"), ("-1", "4"), ("1", "nan")], ids=["none", "under water", "-1", "nan"]
)
def test_room_without_shares_prints_nothing_by_halves(folder, strike, fmv):
    """Where the shares cannot be answered, the sentence stands alone, and names what this command takes."""
    result = run("room", *HOUSEHOLD, "--strike", strike, "--fmv", fmv)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"xl-amt: [^\n]+\.\n", result.stderr)
    assert "shares_available" not in result.stderr
    assert files(folder) == []


@pytest.mark.parametrize("value", ["-5", "nan", "inf", "1e300"])
@pytest.mark.parametrize(
    "command", [("new", "client.xlsx"), ("import", EXPORT, "-o", "client.xlsx")], ids=["new", "import"]
)
def test_impossible_share_values(folder, command, value):
    """A share value that cannot be is refused under its own name, and no workbook holds it."""
    result = run(*command, "--status", "single", "--year", "2026", "--income", "185000", "--fmv", value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"xl-amt: (--)?fmv: [^\n]+\.\n", result.stderr)
    assert files(folder) == []


def not_a_spreadsheet(path):
    """Text under a spreadsheet's name."""
    path.write_text("Security ID,Exercise Price\nES-1,1.00\n", "utf-8")


def a_missing_column(path):
    """An export without the exercise price."""
    workbook = load_workbook(EXPORT)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "Exercise Price":
                    cell.value = "Colour"
    workbook.save(path)


def no_grants(path):
    """A spreadsheet about something else."""
    workbook = Workbook()
    workbook.active.append(["Invoice", "Amount"])
    workbook.active.append(["2024-1", 100])
    workbook.save(path)


def nothing(path):
    """A file of no bytes."""
    path.touch()


@pytest.mark.parametrize("export", [not_a_spreadsheet, a_missing_column, no_grants, nothing], ids=lambda f: f.__name__)
def test_bad_exports(folder, export):
    """A file that cannot be imported: one sentence that names it, exit code 2, and no workbook."""
    export(folder / "export.xlsx")
    result = run("import", "export.xlsx", "--status", "single", "--year", "2026", "--income", "185000")
    assert (result.exit_code, result.stdout) == (2, "")
    assert re.fullmatch(r"xl-amt: [^\n]*export\.xlsx[^\n]*\.\n", result.stderr)
    if export is a_missing_column:
        assert "Exercise Price" in result.stderr
    assert files(folder) == ["export.xlsx"]


@pytest.mark.parametrize("output_option", ["taken", "taken/clients"])
def test_demo_into_a_file(folder, output_option):
    """A folder that cannot be made: one sentence, and what stood there stays."""
    (folder / "taken").write_text("a file", "utf-8")
    result = run("demo", "--output", output_option)
    assert result.exit_code == 2
    assert re.fullmatch(r"xl-amt: --output: [^\n]+\.\n", result.stderr)
    assert files(folder) == ["taken"]


# As a program of its own


def test_as_a_module(run_python):
    """The module runs as the same command line: python -m xl_amt."""
    result = run_python("-m", "xl_amt", "room", *HOUSEHOLD, "--strike", "0.07", "--fmv", "0.74")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == output("room", *HOUSEHOLD, "--strike", "0.07", "--fmv", "0.74")


def test_bad_input_as_a_module(run_python, tmp_path):
    """A sentence, exit code 2, no traceback and no file."""
    result = run_python("-m", "xl_amt", "new", "client.xlsx", "--status", "singel")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == ("xl-amt: status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.\n")
    assert files(tmp_path) == []


def test_demo_as_a_module(run_python, tmp_path):
    """The README's first command, in a folder of its own and with its output in a pipe."""
    result = run_python("-m", "xl_amt", "demo")
    assert (result.returncode, result.stderr) == (0, "")
    assert "32,538.46" in result.stdout
    assert files(tmp_path) == [CLIENT]
