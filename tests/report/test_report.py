"""xl-amt report: a letter of one page and a report behind it, whose figures are those of the record."""

import io
import re
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from typst import TypstError

from tests.report.clients import ALENA, BLANK, COUPLE, EVERY, HARD, LONG_FIRM, MARKUP, TODAY, renamed, without_steps
from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Value
from xl_amt.client.fingerprint import fingerprint
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.jobs.advice import Advice
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.records import open_record
from xl_amt.jobs.report import report_record
from xl_amt.jobs.report_words import money
from xl_amt.jobs.room_report import report_room
from xl_amt.jobs.years_report import report_years
from xl_amt.planning.plan.answer import CASH_DUE, NOT_FIGURED
from xl_amt.report import typeset
from xl_amt.workbook.sheets.summary import NOT_ADVICE

NOBODY = Firm()


@cache
def pages_of(name, *, firm=NOBODY):
    """The text of every page of a record's report, its spaces made one."""
    return texts(report_record(EVERY[name], TODAY, firm).pdf)


def texts(pdf):
    """The text of every page of a PDF file, its spaces made one."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def page(name, title):
    """The pages of a title, joined: the first begins with it, and those that follow go on."""
    found = [text for text in pages_of(name)[1:] if text.startswith(title)]
    assert found, f"no page {title}"
    return found[0]


def run(*words):
    """A command, and what came of it."""
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("name", EVERY)
def test_the_letter_is_one_page(name):
    """The second page begins with Summary: of the examples, of a blank record, and of one with too much of all."""
    firm = LONG_FIRM if name == "hard" else NOBODY
    letter, summary, *_ = pages_of(name, firm=firm)
    assert NOT_ADVICE in letter
    assert summary.startswith("Summary")
    assert f"Page 1 of {len(pages_of(name, firm=firm))}" in letter


def test_a_letter_alone_is_one_page_also_of_two_ways_with_long_names(tmp_path):
    """--letter-only leaves the report's pages out."""
    path = write_record(replace(HARD, log=()), tmp_path / f"{'another way of doing it ' * 8}.client.toml")
    made = report_record(HARD, TODAY, LONG_FIRM, scenarios=(str(path), "nothing"), letter_only=True)
    assert len(texts(made.pdf)) == 1


@pytest.mark.parametrize("name", ["couple", "Alena"])
def test_the_letter_has_the_figures_of_the_record(name):
    """Each year's AMT and the credit that is left are those of report_years; totals are their sums."""
    letter, record = pages_of(name)[0], EVERY[name]
    figures = report_years(record).figures
    amt = sum(own["AMT"] + own.get("CA AMT", 0.0) for own in figures.values())
    strikes = sum(own["strike paid"] for own in figures.values())
    for year, own in figures.items():
        star = "" if own["law"] == own.get("CA law", "enacted") == "enacted" else "*"
        left = own["credit out"] + own.get("CA credit out", 0.0)
        assert re.search(
            rf"{year}{re.escape(star)} .*?{re.escape(money(own['AMT']))} .*?{re.escape(money(left))}", letter
        )
    planned = sum(one.shares for holding in record.holdings for one in holding.exercises if one.status == "planned")
    assert f"Shares to exercise {planned:,}" in letter
    assert f"AMT of all years {money(amt)}" in letter
    advice = Advice(record)
    assert advice.cash == pytest.approx(
        strikes + sum(tax.added for year in advice.years for tax in year.taxes.values())
    )
    assert f"Total cash, with taxes {money(advice.cash)}" in letter


def test_the_letter_of_the_couple_says_what_an_advisor_would():
    """Shares with their days, both AMTs with their due days, the loss at half, the other way, values and their days."""
    letter = pages_of("couple")[0]
    for words in (
        "For Elena Vasquez and Marcus Vasquez November 27, 2026",
        "Exercise 3,000 shares by December 15, 2026 and 16,000 shares from January 1 to January 20, 2027.",
        "With what is already done, the plan brings $23,341 of AMT and takes $72,830 of cash in all.",
        "Federal $22,194 and California $1,146",
        "2027* 16,000 Jan 20, 2027 $22,194 Apr 18, 2028 $1,146 Apr 18, 2028 $41,141 $25,941",
        "December 15, 2026 Halyard Robotics, Inc., ES-047: exercise 3,000 shares, as planned",
        "January 15, 2027 Halyard Robotics, Inc., ES-012: exercise 12,000 shares, not before January 1, 2027",
        "February 15, 2028 Halyard Robotics, Inc.: sell 9,000 shares on this day, as planned",
        "April 18, 2028 Tax of 2027 is due, $22,194 of it AMT",
        "April 18, 2028 California: tax of 2027 is due, $1,146 of it AMT",
        "would be worth $84,700 less. The AMT on the exercises is still owed: $19,783 of it",
        "Nothing more exercised or sold 0 $0 $270,881 $15,478 $0",
        "This is the first letter in the record's log.",
        "Halyard Robotics, Inc.: $9.40 a share, the value of February 2, 2026.",
        "California law is enacted through 2025; a later year is estimated or projected.",
        CASH_DUE,
        NOT_FIGURED,
    ):
        assert words in letter


def test_the_letter_says_when_amt_may_wait_for_the_return():
    """By the law of the first year with AMT, of both jurisdictions; nothing where there is no AMT."""
    letter = pages_of("couple")[0]
    assert (
        "reach, by their own days, 90% of the year's tax, or the tax of the year before (110% of it after a" in letter
    )
    assert "California: from $1,000,000 of income only the 90% counts." in letter
    assert "No penalty is due" not in pages_of("Alena")[0]
    apart = replace(COUPLE, years=(replace(COUPLE.years[0], status="mfs"), *COUPLE.years[1:]))
    assert "from $500,000 of income only" in texts(report_record(apart, TODAY, NOBODY, letter_only=True).pdf)[0]


def test_what_a_sale_brings_is_said_to_be_left_out_of_the_cash():
    """The couple's planned sale of 2028 has its tax in the cash; Alena sells nothing."""
    assert "credit takes away. What sales bring is not in it." in pages_of("couple")[0]
    assert "What sales bring" not in pages_of("Alena")[0]


def test_steps_of_earlier_days_are_not_asked_for():
    """Of a letter dated after some of its planned steps, or after all of them."""
    counted = "Shares planned for an earlier day are counted, but not recorded as exercised: 1,000."
    assert f"The answer {counted} The plan brings no AMT" in pages_of("Alena")[0]
    assert counted in page("Alena", "Summary")
    between = texts(report_record(ALENA, date(2025, 1, 2), NOBODY, letter_only=True).pdf)[0]
    assert (
        "Exercise 335 shares by January 15, 2025 and 335 shares from January 1 to January 15, 2026. Shares planned"
        in between
    )
    assert "not recorded as exercised: 330." in between


def test_what_is_planned_for_a_year_that_is_not_there_is_in_no_figure():
    """The couple's record of 2026 alone, whose plan goes on in 2027; and one whose plan begins then."""
    alone = replace(COUPLE, years=COUPLE.years[:1])
    letter = texts(report_record(alone, TODAY, NOBODY, letter_only=True).pdf)[0]
    assert "of cash in all. Exercises planned after 2026 are in no figure: 16,000 shares." in letter
    later = replace(ALENA, years=(replace(ALENA.years[0], year=2023),))
    assert "after 2023 are in no figure: 1,000 shares." in texts(report_record(later, TODAY, NOBODY).pdf)[0]
    assert "are in no figure" not in pages_of("couple")[0]


def test_the_pages_behind_it_have_the_lines_of_the_forms():
    """Summary, Plan with both jurisdictions, the calendar, the preparer's lines, and the evidence."""
    assert "AMT room, 2026 $38,424" in page("couple", "Summary")
    plan = page("couple", "Plan")
    assert "ES-012 (ISO at $0.90, Halyard Robotics, Inc.) – 12,000 – –" in plan
    assert "California minimum tax credit used $0 $0 $1,146 $0" in plan
    assert "Cash needed $28,878 $41,141 $12,822 -$10,011" in plan
    assert "Jan 20, 2027 Tidepool Health, Inc., spouse, TP-3: exercise 4,000 shares" in page("couple", "Calendar")
    preparer = page("couple", "For the return's preparer")
    for words in (
        "held at its end 2i $30,775 $123,400 $0 $0",
        "regular gain of shares sold 2k -$5,850 $0 -$46,650 $0",
        "Schedule P (540): AMT gain less regular gain of shares sold 9 -$5,850 $0 -$46,650 $0",
        "exercised in the year and held 10 $30,775 $123,400 $0 $0",
        "credit used, to Schedule 3 (Form 1040) 25 $0 $0 $14,784 $10,011",
        "FTB 3510 of the next year: credit available then 32 $0 $1,146 $0 $0",
    ):
        assert words in preparer
    evidence = page("couple", "Evidence")
    assert f"Hash of the record {fingerprint(COUPLE)}" in evidence
    assert "2026 in California: estimated; 2027 in federal law: estimated" in evidence
    assert "Nov 27, 2026 reported plan · 19,000 shares, 23,340.89 of AMT, 72,830.44 of cash." in evidence


def test_without_a_plan_the_letter_says_less_and_says_so():
    """The room of the year and the shares of each grant that fill it; no plan, and no two ways."""
    record = EVERY["no plan"]
    letter, room = pages_of("no plan")[0], report_room(record)
    assert f"{room.shares:,} shares can be exercised in 2026 with no AMT (federal and California)" in letter
    assert "No exercise is planned in the record, so this letter says less" in letter
    for item in room.filled:
        assert not item.shares or f"{item.grant.label} {item.shares:,} ${item.grant.strike:,.2f}" in letter
    assert "Two ways compared" not in letter
    assert "Least tax" not in letter


def test_amt_that_is_owed_already_is_in_a_letter_without_a_plan():
    """5,000 shares at 2, exercised at 42 by a single filer with wages of 200,000: 45,813.50, by hand."""
    option = Grant(label="G", award="ISO", granted=date(2020, 1, 15), strike=2.0, shares=6_000, fmv_at_grant=2.0)
    done = Exercise(grant="G", day=date(2024, 3, 15), shares=5_000, value=42.0, status="done")
    record = ClientRecord(
        client=Client(name="Ana"),
        years=(ClientYear(year=2024, status="single", income=200_000.0), ClientYear(year=2025)),
        holdings=(
            Holding(company="W", grants=(option,), exercises=(done,), values=(Value(day=done.day, price=42.0),)),
        ),
    )
    made = report_record(record, date(2024, 12, 2), NOBODY, letter_only=True)
    assert (
        "0 shares can be exercised in 2024 with no AMT (federal): the room is $30,079 of spread, and exercises of the "
        "year have used $200,000. Without any further exercise this AMT is owed: federal $45,814 for 2024, due April "
        "15, 2025." in texts(made.pdf)[0]
    )
    assert made.answered.figures.amt == 45_813.50
    assert "this AMT is owed" not in pages_of("no plan")[0]


def test_a_blank_record_has_a_letter_that_says_what_to_enter():
    """No figure is there before the filing status and the wages are."""
    letter, *behind = pages_of("blank")
    assert "There is no answer yet: enter the filing status and wages of the first year." in letter
    assert [text.split()[0] for text in behind] == ["Summary", "Evidence"]


def test_a_record_that_cannot_be_figured_says_why():
    """The sentence is that of the command years."""
    first = COUPLE.holdings[0]
    planned = replace(first.exercises[-1], shares=1_000_000)
    record = replace(COUPLE, holdings=(replace(first, exercises=(*first.exercises[:-1], planned)),))
    letter = texts(report_record(record, TODAY, NOBODY).pdf)[0]
    assert "There is no answer yet: ES-012: the exercise of 2027-01-15 is for 1,000,000 shares, but 15,000" in letter


@pytest.mark.parametrize("name", ["couple", "hard", "blank"])
def test_the_same_record_gives_the_same_bytes(name):
    """On the same day; the next letter of the same day is it once more."""
    first = report_record(EVERY[name], TODAY, NOBODY)
    assert report_record(EVERY[name], TODAY, NOBODY).pdf == first.pdf
    again = report_record(first.record, TODAY, NOBODY)
    assert (again.pdf, again.record) == (first.pdf, first.record)


@pytest.mark.parametrize("name", EVERY)
def test_a_screen_reader_can_read_it(name):
    """PDF/UA-1, which typst checks as it writes: tags, a language, a title that is shown, and titles of levels."""
    reader = PdfReader(io.BytesIO(report_record(EVERY[name], TODAY, NOBODY).pdf))
    root = reader.root_object
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid:part" in root["/Metadata"].get_object().get_data().decode()
    assert reader.metadata.title.startswith("Stock options and the alternative minimum tax")
    assert reader.metadata.creation_date.date() == TODAY
    tags = tags_of(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P"} <= tags
    assert name == "blank" or {"/Table", "/TH", "/TD"} <= tags
    assert name != "couple" or "/Figure" in tags


def tags_of(node):
    """The kinds of all elements of a document's structure."""
    found, waiting = set(), [node]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += [kid for kid in one if not isinstance(kid, int)]
        elif "/K" in one:
            found |= {one["/S"]} if "/S" in one else set()
            if not isinstance(one["/K"], int):
                waiting.append(one["/K"])
    return found


def test_a_name_with_markup_is_text():
    """No sign of a client's text is an instruction of the typesetter."""
    letter = texts(report_record(renamed(ALENA, MARKUP), TODAY, Firm(name=MARKUP, closing=MARKUP)).pdf)[0]
    assert letter.count("#pagebreak() *Ana* $x^2$ \\ _Álvarez_ <b> @ref //") >= 2


def test_a_name_in_signs_that_no_font_has_is_one_sentence():
    """A sign of no alphabet; nothing is written."""
    with pytest.raises(FileError, match="a character that no font on this machine has; install a font"):
        report_record(renamed(ALENA, "Ana \U000f0000"), TODAY, NOBODY)


def test_without_typst_a_sentence_says_how_to_install_it(monkeypatch):
    """Or to print the sheets."""
    monkeypatch.setattr(typeset, "can_typeset", lambda: False)
    with pytest.raises(
        FileError, match=r'typst is not installed; run pip install "xl-amt\[report\]", or print the sheets'
    ):
        report_record(ALENA, TODAY, NOBODY)


def test_what_typst_says_beside_fonts_is_not_hidden(monkeypatch):
    """An error of the template is one of the program, and is raised as it is."""

    def fails(*_, **__):
        raise TypstError("unexpected end of block")

    monkeypatch.setattr(typeset, "_compiled", fails)
    with pytest.raises(TypstError, match="unexpected end"):
        report_record(ALENA, TODAY, NOBODY)


def test_the_next_letter_says_what_has_changed(tmp_path):
    """Against the last one of an earlier day, with what was done to the record in between."""
    first = report_record(COUPLE, date(2026, 11, 2), NOBODY).record
    path = write_record(first, tmp_path / "couple.client.toml")
    more = replace(first, years=(replace(first.years[0], income=300_000.0), *first.years[1:]))
    write_record(more, path, replace_existing=True)
    second = report_record(read_record(path), TODAY, NOBODY)
    letter = texts(second.pdf)[0]
    assert "The letter of November 2, 2026 said 19,000 shares, $23,341 of AMT and $72,830 of cash." in letter
    assert "Since then: up by $243 of AMT, up by $458 of cash. The record was changed by hand." in letter
    assert [row.what for row in second.record.log] == ["reported", "keyed", "reported"]
    unchanged = report_record(second.record, date(2026, 12, 1), NOBODY)
    assert "Nothing in the record has changed since the letter of November 27, 2026." in texts(unchanged.pdf)[0]
    other = report_record(without_steps(unchanged.record), date(2026, 12, 2), NOBODY)
    assert "The letter of December 1, 2026 was about something else: a plan." in texts(other.pdf)[0]


def test_two_records_are_two_ways(tmp_path):
    """The plan beside another record's; what is not a scenario is refused."""
    half = replace(COUPLE, holdings=COUPLE.holdings[:1])
    path = write_record(half, tmp_path / "Halyard alone.client.toml")
    letter = texts(report_record(COUPLE, TODAY, NOBODY, scenarios=("plan", str(path))).pdf)[0]
    assert "Two ways compared: the plan and Halyard alone" in letter
    assert f"Halyard alone 15,000 {money(Advice(half).amt)}" in letter
    with pytest.raises(
        ArgumentError, match="'half' is not a scenario; use plan, nothing, or the file of another record"
    ):
        report_record(COUPLE, TODAY, NOBODY, scenarios=("plan", "half"))
    write_record(replace(COUPLE, years=COUPLE.years[:2]), path, replace_existing=True)
    with pytest.raises(ArgumentError, match="Halyard alone is of 2026 and 2027; their sums compare only over the same"):
        report_record(COUPLE, TODAY, NOBODY, scenarios=("plan", str(path)))
    path.write_text("format = 1\n", "utf-8")
    with pytest.raises(FileError, match="its format is 1"):
        report_record(COUPLE, TODAY, NOBODY, scenarios=("plan", str(path)))


@pytest.mark.parametrize("ending", [".client.toml", ".xlsx"])
def test_the_command_writes_the_file_and_the_log(tmp_path, monkeypatch, ending):
    """A record and a workbook of it give the same bytes; the log's row is in the file, and nothing else has changed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(import_module("xl_amt.cli.report"), "today", lambda: TODAY)
    path = write_client(COUPLE, tmp_path / f"couple{ending}")
    result = run("report", path.name)
    assert result.exit_code == 0, result.output
    written = tmp_path / "Elena Vasquez 2026-11-27.pdf"
    assert written.read_bytes() == report_record(COUPLE, TODAY, NOBODY).pdf
    assert open_record(path) == report_record(COUPLE, TODAY, NOBODY).record
    assert open_record(tmp_path / f"couple before 2026-11-27{ending}") == COUPLE
    before = path.read_bytes()
    again = run("report", path.name, "--replace", "--json")
    assert '"kept": null' in again.output
    assert path.read_bytes() == before
    refused = run("report", path.name)
    assert (refused.exit_code, "it already exists" in refused.stderr) == (2, True)


def test_a_report_is_a_pdf_file(tmp_path):
    """Another name is refused, and nothing is written."""
    path = write_record(COUPLE, tmp_path / "couple.client.toml")
    refused = run("report", path, "-o", tmp_path / "letter.txt")
    assert (refused.exit_code, "give it a name that ends in .pdf" in refused.stderr) == (2, True)
    assert read_record(path) == COUPLE


def test_planned_steps_of_days_that_have_passed_are_asked_about(tmp_path, monkeypatch):
    """By the report and by check, for the advisor: the figures count them."""
    monkeypatch.chdir(tmp_path)
    for command in ("report", "check"):
        monkeypatch.setattr(import_module(f"xl_amt.cli.{command}"), "today", lambda: date(2025, 1, 2))
    path = write_record(ALENA, tmp_path / "alena.client.toml")
    asked = "exercise 330 shares, as planned for 2024-12-16, is not done by the record, but its day has passed"
    printed = run("report", path).stdout
    assert asked in printed
    assert printed.count("its day has passed") == 1
    assert asked in run("check", path).stdout


def test_the_log_stays_as_it_is_where_that_is_asked(tmp_path):
    """--no-log; a report of other taxes than the record's is none of the record either."""
    path = write_record(COUPLE, tmp_path / "couple.client.toml")
    for words in (["--no-log"], ["--jurisdiction", "US", "--replace"]):
        assert run("report", path, "-o", tmp_path / "a.pdf", *words).exit_code == 0
    assert read_record(path) == COUPLE
    assert "California AMT" not in texts((tmp_path / "a.pdf").read_bytes())[0]


def test_a_workbook_that_is_open_elsewhere_is_not_touched(tmp_path):
    """And no PDF file is written, of which its log would not know."""
    path = write_client(BLANK, tmp_path / "a.xlsx")
    (tmp_path / "~$a.xlsx").touch()
    result = run("report", path, "-o", tmp_path / "a.pdf")
    assert (result.exit_code, "it is open in a spreadsheet program" in result.stderr) == (2, True)
    assert not (tmp_path / "a.pdf").exists()


def test_the_page_about_it_prints_the_letter_of_the_example():
    """Its sentences and figures are those of the letter of that day."""
    page_about = (Path(__file__).parents[2] / "docs" / "advisors" / "report.md").read_text("utf-8")
    rows = dict(
        re.findall(r"^\| (The answer|If the value falls by half|Three figures) \| (.*) \|$", page_about, re.MULTILINE)
    )
    letter = pages_of("couple")[0]
    assert rows["The answer"] in letter
    for words in rows.values():
        for figure in re.findall(r"\$?\d[\d,]*\d", words):
            assert figure in letter
    assert len(rows) == 3
