"""From exports to a record: what is entered, what is asked, and the report of it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from click.testing import CliRunner

from workbook_templates.examples.platforms import FOLDER
from xl_amt.cli import main
from xl_amt.client import Value
from xl_amt.client.toml_file import read_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.jobs.import_record import KnownBesides, source_id
from xl_amt.jobs.import_report import report_import
from xl_amt.jobs.own_columns import columns_path, read_columns
from xl_amt.jobs.records import import_exports
from xl_amt.jobs.years_report import report_years

TODAY = date(2026, 11, 27)
KNOWN = KnownBesides("single", 2026, 185_000.0, 31.40)


def imported(*names, known=KNOWN, **more):
    """The record and the results of examples."""
    return import_exports([FOLDER / name for name in names], known, TODAY, **more)


def run(*arguments):
    """A command."""
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder, and a configuration of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XL_AMT_CONFIG", str(tmp_path / "settings" / "config.toml"))
    return tmp_path


def test_exercise_and_sale_of_gains_alone():
    """Their grant is entered as far as they describe it, so that the sale has both bases and the right term."""
    (holding,) = imported("etrade_gains_and_losses.xlsx").record.holdings
    (grant,), (exercise,), (sale,) = holding.grants, holding.exercises, holding.sales
    assert (grant.label, grant.award, grant.granted, grant.shares) == ("20417", "ISO", date(2022, 10, 3), 600)
    assert (exercise.shares, exercise.value, sale.lots) == (600, 18.75, ("20417 / 2025-02-14",))
    assert sale.platform_says == "Qualified"
    record = imported("etrade_gains_and_losses.xlsx", known=KNOWN._replace(year=2025)).record
    assert report_years(record).figures[2025]["ISO spread"] == pytest.approx(600 * 16.25)


def test_benefits_with_gains_are_one_holding():
    """Counts of the one, sales of the other; what was exercised is dated, so that nothing asks for it."""
    record, _ = imported(
        "etrade_benefit_history.xlsx", "etrade_gains_and_losses.xlsx", known=KNOWN._replace(as_of=date(2026, 11, 20))
    )
    (holding,) = record.holdings
    assert [(one.held.exercised, one.held.exercisable) for one in holding.grants] == [(1_500, 2_500)]
    assert "exercise without a day" not in {remark.kind for remark in record.remarks}
    assert [source.id for source in record.sources] == ["a", "b"]
    assert holding.exercises[0].read_from == "a:Stock Options 3"
    assert holding.sales[0].read_from == "b:G&L_Expanded 3"
    assert [(source.platform, source.layout) for source in record.sources] == [
        ("etrade", "benefits by type"),
        ("etrade", "gains and losses"),
    ]


def test_a_sale_whose_shares_are_not_known_is_asked_about():
    """It is not entered, since it would be of no lot."""
    record, _ = imported("schwab_equity_awards.csv")
    assert not record.holdings[0].sales
    (remark,) = [remark for remark in record.remarks if remark.kind == "sale not entered"]
    assert (remark.level, remark.about, remark.place) == ("ask", "C-2207", "a:schwab_equity_awards 3")


def test_lots_of_a_known_kind_are_held():
    """Their grant's day is kept, from which two years run."""
    (lot,) = imported("netbenefits_open_lots.csv").record.holdings[0].lots
    assert (lot.award, lot.granted, lot.acquired, lot.shares, lot.strike) == (
        "ISO", date(2022, 5, 2), date(2024, 3, 11), 400, 4.0,
    )  # fmt: skip


def test_values_of_the_file_and_an_old_one():
    """Those of the file are values of the holding; one of more than a year ago is asked to be renewed."""
    known = KNOWN._replace(value_per_share=None)
    record, _ = imported("carta_company.xlsx", known=known, stakeholder="Wren Halloran")
    assert [value.price for value in record.holdings[0].values] == [2.1, 5.4]
    assert "value is old" not in {remark.kind for remark in record.remarks}
    record, _ = import_exports([FOLDER / "open_cap_format.ocf.json"], known, TODAY)
    assert "The latest value per share, 2.40, is dated 2024-12-31" in next(
        remark.text for remark in record.remarks if remark.kind == "value is old"
    )
    with_today, _ = imported("carta_company.xlsx", stakeholder="Wren Halloran")
    assert with_today.holdings[0].values[-1] == Value(day=TODAY, price=31.40)


def test_both_spouses_out_of_one_file():
    """A holding each; nobody else's rows."""
    record, results = imported("carta_company.xlsx", stakeholder="Wren Halloran", spouse="Odell Marsh")
    assert (record.client.name, record.client.spouse) == ("Wren Halloran", "Odell Marsh")
    assert [(one.holder, [grant.label for grant in one.grants]) for one in record.holdings] == [
        ("client", ["ES-101", "ES-140"]),
        ("spouse", ["ES-118"]),
    ]
    assert [result.stakeholder for result in results] == ["Wren Halloran", "Odell Marsh"]


def test_spouses_by_files_of_their_own():
    """The spouse's rows are of the spouse's file alone."""
    record, _ = imported("pulley_stock_options.csv", spouse_paths=[FOLDER / "form_3921_list.csv"])
    assert (record.client.name, record.client.spouse) == ("Tamsin Oduya", "Wren Halloran")
    assert [source.file for source in record.sources] == ["pulley_stock_options.csv", "form_3921_list.csv"]
    assert record.holdings[1].exercises[0].read_from == "b:form_3921_list 2"


def test_sums_of_the_report():
    """Rows read are kept, set aside and ignored; shares granted are exercised, exercisable, unvested and gone."""
    for name in ("carta_api.json", "schwab_equity_awards.csv", "pulley_stock_options.csv", "equateplus_orders.csv"):
        report = report_import(imported(name).results[0])
        assert report.rows.read == report.rows.kept + report.rows.set_aside + report.rows.ignored
        assert report.shares.granted == sum(report.shares[1:])
    report = report_import(imported("carta_api.json").results[0])
    (row,) = report.set_aside
    assert row[:5] == ("carta_api.json", "exercises", 3, "status", "ES-12")
    assert report.found == {"grants": 1, "exercises": 1, "sales": 0, "lots": 0, "values": 1}


def test_sources_past_z():
    """As columns of a sheet."""
    assert [source_id(number) for number in (0, 25, 26, 27, 701, 702)] == ["a", "z", "aa", "ab", "zz", "aaa"]


# On the command line


def test_several_files_on_the_command_line(folder):
    """Sums first, then what to ask; the answer waits for the value at this year's exercise where it is not known."""
    facts = ("--status", "single", "--year", "2026", "--income", "185000", "--fmv", "6")
    text = run("import", FOLDER / "carta_company.xlsx", FOLDER / "form_3921_list.csv", "--stakeholder", "Wren Halloran",
               "-o", "wren.client.toml", *facts).stdout  # fmt: skip
    lines = text.splitlines()
    assert lines[0].endswith("8 rows, 2 grants of Wren Halloran, 0 not imported.")
    assert lines[1:4] == [
        "  Rows: 8 = 8 kept + 0 set aside + 0 ignored",
        "  Shares granted: 12,800 = 3,000 exercised + 7,900 exercisable + 1,900 unvested + 0 gone",
        "  Besides grants: 2 exercises, 2 values",
    ]
    assert "This year's exercises have used 4,800.00 of it" in text
    alone = run(
        "import", FOLDER / "carta_company.xlsx", "--stakeholder", "Wren Halloran", "-o", "x.client.toml", *facts
    )
    assert alone.exit_code == 0
    assert "No answer yet: ES-101 / 2026-02-17" in alone.stdout
    assert read_record(folder / "x.client.toml").holdings[0].exercises[1].value is None


def test_json_alone_on_standard_output(folder):
    """The report, and where the client is written."""
    result = run("import", FOLDER / "carta_api.json", "--as-of", "2026-11-20", "-o", "x.client.toml", "--json")
    figures = json.loads(result.stdout)
    assert figures["written"] == str((folder / "x.client.toml").resolve())
    assert figures["imports"][0]["rows"] == {"read": 7, "kept": 6, "set_aside": 1, "ignored": 0}
    assert read_record(folder / "x.client.toml").holdings[0].as_of == date(2026, 11, 20)
    wrong = run("import", FOLDER / "carta_api.json", "--as-of", "11/20/2026", "--json")
    assert wrong.stderr == "xl-amt: --as-of: '11/20/2026' is not a date; write it as 2026-11-02.\n"


def test_columns_are_said_once(folder):
    """A table under headers of nobody's is read by what is said of them, and by what is kept the next time."""
    table = folder / "acme.csv"
    table.write_text(
        "Award #,Kind,Price,Awarded,Taken,Ripe,Rest,Made on\nA-1,ISO,1.25,1000,100,600,300,2023-05-08\n", "utf-8"
    )
    refused = run("import", table)
    assert (refused.exit_code, refused.stdout) == (2, "")
    words = (
        "Award #=security ID; Kind=award type; Price=exercise price; Awarded=quantity issued; "
        "Taken=quantity exercised; Ripe=outstanding vested quantity; "
        "Rest=outstanding unvested quantity; Made on=issue date"
    )
    said = run("import", table, "--columns", words, "-o", "one.client.toml")
    assert said.exit_code == 0, said.output
    assert f"the columns are kept in {columns_path()}" in said.stdout
    again = run("import", table, "-o", "two.client.toml")
    assert again.exit_code == 0, again.output
    (grant,) = read_record(folder / "two.client.toml").holdings[0].grants
    assert (grant.label, grant.strike, grant.held.exercisable, grant.granted) == ("A-1", 1.25, 600, date(2023, 5, 8))
    assert read_record(folder / "two.client.toml").sources[0].platform == "own table"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("Award #", "'Award #' is not HEADER=FACT"),
        ("Award #=", "'Award #=' is not HEADER=FACT"),
        ("A=security ID; A=plan name", "the header 'A' is listed twice"),
        ("A=securty ID", "did you mean 'security ID'?"),
        ("A=quantity issued; B=sale price", "'sale price' is not a fact of a column"),
        ("A=quantity issued; B=price paid", "no table states quantity issued, price paid together"),
        ("#=security ID", "a header is blank"),
    ],
)
def test_columns_that_say_nothing(words, sentence):
    """One sentence says what would do, and nothing is kept."""
    with pytest.raises(ArgumentError, match=r"--columns: ") as error:
        import_exports([FOLDER / "pulley_stock_options.csv"], KNOWN, TODAY, columns=read_columns(words))
    assert sentence in str(error.value)
    assert not columns_path().exists()


@pytest.mark.parametrize(
    "text", ["table = 3", "[[table]]\ncolumns = 3", '[[table]]\ncolumns = { A = "nonsense" }', "x"]
)
def test_kept_columns_that_cannot_be_read(text):
    """The file is named."""
    columns_path().parent.mkdir()
    columns_path().write_text(text, "utf-8")
    with pytest.raises(FileError, match=r"columns\.toml"):
        imported("pulley_stock_options.csv")
