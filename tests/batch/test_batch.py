"""A firm's whole book: every row is what its cells give, nothing is lost, and every bad input says why."""

import csv
import math
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import dask.dataframe
import numpy
import openpyxl
import pandas
import pytest
from click.testing import CliRunner

import xl_amt
from xl_amt.batch import answer_file, answer_table, books, excel_files
from xl_amt.cli import main
from xl_amt.errors import AmtError
from xl_amt.worksheet import call

LABELS = ("Interest", "Ordinary dividends", "Qualified dividends", "Long-term capital gain", "State income tax")
FUNCTIONS = ("AMT_ROOM", "AMT_OWED", "AMT_REGULAR_TAX")
HEADINGS = ["client", "status", "year", "income", "spread", *LABELS]


def rows_of_book(number):
    """Mixed households, one in about nine with something wrong or blank."""
    random = numpy.random.default_rng(20_260_101)
    rows = []
    for at in range(number):
        dividends = round(float(random.exponential(4_000)), 2)
        row = {
            "client": f"C{at:05}",
            "status": str(random.choice(["single", "mfj", "mfs", "hoh", "qss", "Married filing jointly"])),
            "year": int(random.integers(2018, 2027)),
            "income": round(float(random.lognormal(12, 0.7)), 2),
            "spread": round(float(random.lognormal(11, 1)), 2),
            "Interest": round(float(random.exponential(2_000)), 2),
            "Ordinary dividends": dividends,
            "Qualified dividends": round(dividends * 0.7, 2),
            "Long-term capital gain": round(float(random.normal(5_000, 20_000)), 2),
            "State income tax": round(float(random.exponential(12_000)), 2),
        }
        match at % 37:
            case 3:
                row["status"] = "singel"
            case 7:
                row["year"] = 1999
            case 11:
                row["income"] = -1.0
            case 13:
                row["Qualified dividends"] = dividends + 1
            case 17:
                row["Interest"] = None
            case 19:
                row["income"] = None
            case 23:
                row["spread"] = None
        rows.append(row)
    return rows


def expected(function, row):
    """What ``call`` gives for one row: a number and no sentence, or none and its sentence."""
    own = [row["spread"]] if function == "AMT_OWED" else []
    if row["income"] is None:  # a cell would take it as 0; of a row nobody knows what was meant
        return None, "income: it is blank; enter the wages, or 0 if there are none."
    try:
        amounts = [row[label] for label in LABELS]
        return call(function, row["income"], row["status"], row["year"], *own, list(LABELS), amounts), ""
    except AmtError as error:
        return None, str(error)


def check_answers(rows, answers, digits=17):
    """Every answer, as text or number, is bit for bit that of ``call``, and every problem its sentence."""
    for row, answered in zip(rows, answers, strict=True):
        sentences = []
        for function in FUNCTIONS:
            number, sentence = expected(function, row)
            if number is None:
                sentences.append(sentence)
                assert answered[function] in ("", None) or math.isnan(answered[function])
            else:
                assert float(answered[function]) == float(f"{number:.{digits}g}")
        assert (answered["problem"] or "") == " ".join(dict.fromkeys(sentences))


def write_csv(path, rows, headings=HEADINGS, encoding="utf-8"):
    """A book as a CSV file, None as a blank."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, headings)
        writer.writeheader()
        writer.writerows(rows)
    return path


def read_csv(path):
    """The rows of a CSV file as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_xlsx(path, rows):
    """Rows of cells as the first sheet of a workbook."""
    workbook = openpyxl.Workbook()
    for row in rows:
        workbook.active.append(row)
    workbook.save(path)
    return path


def read_xlsx(path):
    """The rows of the first sheet as dictionaries of values."""
    headings, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    return [dict(zip(headings, row, strict=True)) for row in rows]


def names_in(folder):
    """The files of a folder; a temporary one that was left behind would be among them."""
    return [path.name for path in folder.iterdir()]


@pytest.fixture
def small_parts(monkeypatch):
    """Files are read in parts of ten rows."""
    monkeypatch.setattr(books, "ROWS_OF_A_PART", 10)


SINGLE = "client,income,status,year\nA,150000,single,2021\n"


def answered(tmp_path, text, *functions, **options):
    """The rows of answers to a book that is given as the text of a CSV file."""
    source = tmp_path / "book.csv"
    source.write_bytes(text if isinstance(text, bytes) else text.encode())
    target = tmp_path / "answers.csv"
    answer_file(source, target, functions or ("AMT_ROOM",), replace_existing=True, **options)
    return read_csv(target)


class TestTable:
    """The pandas function."""

    def test_every_row_is_what_its_cells_give(self):
        """A mixed table of 1,500 rows gives bit for bit what ``call`` gives row by row, sentences included."""
        rows = rows_of_book(1_500)
        result = answer_table(pandas.DataFrame(rows), FUNCTIONS)
        check_answers(rows, result.to_dict("records"))

    def test_few_rows_take_the_other_path_to_the_same_answers(self):
        """A table too short for arrays gives the same."""
        rows = rows_of_book(38)
        check_answers(rows, answer_table(pandas.DataFrame(rows), FUNCTIONS).to_dict("records"))

    def test_columns_stay_as_they_were(self):
        """The input's columns come first, unchanged, with their index; the table given is not changed."""
        table = pandas.DataFrame(rows_of_book(20), index=range(100, 120))
        before = table.copy()
        result = answer_table(table, ["AMT_ROOM"])
        pandas.testing.assert_frame_equal(table, before)
        pandas.testing.assert_frame_equal(result[table.columns], before)
        assert list(result.columns) == [*table.columns, "AMT_ROOM", "problem"]

    @pytest.mark.parametrize("missing", [None, math.nan, pandas.NA])
    def test_missing_values_are_blanks(self, missing):
        """None, NaN and NA are blanks: 0 for a number, and a sentence for a status."""
        table = pandas.DataFrame(
            {"income": pandas.Series([150_000, missing], dtype=object), "status": ["single", missing], "year": 2021}
        )
        result = answer_table(table)
        assert result["AMT_ROOM"][0] == call("AMT_ROOM", 150_000, "single", 2021)
        assert result["problem"][1] == "status: it is blank; use single, mfj, mfs, hoh or qss."

    @pytest.mark.parametrize("dtype", ["int64", "float32", "Int64", "Float64", "object"])
    def test_kinds_of_columns(self, dtype):
        """Integers, floats, nullable ones and objects give the same number."""
        table = pandas.DataFrame({"income": [150_000] * 100, "status": "single", "year": 2021})
        table = table.astype({"income": dtype, "year": dtype, "status": "category"})
        assert set(answer_table(table)["AMT_ROOM"]) == {call("AMT_ROOM", 150_000, "single", 2021)}

    def test_yes_and_no_columns(self):
        """A column of truth values and a column of words answer the same, in a short table and a long one."""
        for length in (3, 100):
            table = pandas.DataFrame({"income": [150_000] * length, "status": "mfs", "year": 2021})
            truth = answer_table(table.assign(**{"Spouse itemizes": True}))["AMT_ROOM"]
            words = answer_table(table.assign(spouse_itemizes="yes"))["AMT_ROOM"]
            gives = call("AMT_ROOM", 150_000, "mfs", 2021, ["Spouse itemizes"], ["yes"])
            assert set(truth) == set(words) == {gives}

    def test_jurisdiction_is_a_column(self):
        """A jurisdiction a row is checked a row, in a short table and a long one."""
        for length in (2, 100):
            places = ["US", "VI"] * (length // 2)
            table = pandas.DataFrame({"income": 150_000, "status": "single", "year": 2021, "Jurisdiction": places})
            result = answer_table(table)
            assert (result["AMT_ROOM"].notna() == (table["Jurisdiction"] == "US")).all()
            assert "'VI' is not available" in result["problem"][1]

    def test_a_number_of_the_law_that_is_a_word(self):
        """It is no number of a column, and the row says so; the other rows stand."""
        names = ["AMT exemption", "Equity allocation ends with"]
        result = answer_table(
            pandas.DataFrame({"parameter": names, "status": "single", "year": 2025, "jurisdiction": "CA"}), "AMT_LAW"
        )
        assert result["AMT_LAW"][0] == 92_749
        assert pandas.isna(result["AMT_LAW"][1])
        assert "AMT_LAW: its answer is the word 'exercise'" in result["problem"][1]

    def test_a_column_in_which_no_cell_can_be_read(self):
        """A long column of nothing but wrong words, or of lists, gives its sentence in every row."""
        for wrong in ("singel", ["single"]):
            table = pandas.DataFrame({"income": 150_000.0, "status": [wrong] * 100, "year": 2021})
            result = answer_table(table)
            assert result["AMT_ROOM"].isna().all()
            assert all(sentence.startswith("status: ") for sentence in result["problem"])

    def test_any_function_of_a_number(self):
        """Functions without a household answer too, each by its own columns."""
        table = pandas.DataFrame({"shares": [20_000, 1], "strike": [10, 5], "fmv": [40, 4]})
        assert answer_table(table, ["amt_bargain"])["AMT_BARGAIN"].tolist() == [600_000.0, 0.0]

    @pytest.mark.parametrize(
        ("heading", "function", "columns"),
        [
            ("fmv", "AMT_ROOM_SHARES", {"fmv_at_exercise": 0.74, "strike": 0.07}),
            ("FMV", "AMT_BARGAIN", {"fmv_at_exercise": 40, "strike": 10, "shares": 20_000}),
            ("Price", "AMT_SHARES_TO_SELL", {"sale_price": 9, "fmv_at_exercise": 11, "strike": 1, "shares": 10_000}),
        ],
    )
    def test_names_that_arguments_had(self, heading, function, columns):
        """A book headed by an argument's earlier name answers as ever, and never by both names at once."""
        table = pandas.DataFrame({"income": [150_000], "status": "single", "year": 2024} | columns)
        (name, _), *_ = columns.items()
        gives = answer_table(table, [function])[function].tolist()
        assert gives[0] > 0
        assert answer_table(table.rename(columns={name: heading}), [function])[function].tolist() == gives
        with pytest.raises(AmtError, match=f"'{name}' and '{heading}': both columns mean '{name}'"):
            answer_table(table.assign(**{heading: 1}), [function])

    def test_headings_of_the_client_workbook(self):
        """A book headed in the words of the client workbook answers as one headed by the arguments."""
        table = pandas.DataFrame(
            {"income": [150_000], "status": "mfj", "year": 2024, "strike": 1, "fmv_at_exercise": 4}
        )
        gives = answer_table(table, ["AMT_ROOM_SHARES"])["AMT_ROOM_SHARES"].tolist()
        of_workbook = {
            "income": "Wages",
            "status": "Filing status",
            "year": "Tax year",
            "fmv_at_exercise": "Value per share",
        }
        assert answer_table(table.rename(columns=of_workbook), ["AMT_ROOM_SHARES"])["AMT_ROOM_SHARES"].tolist() == gives
        whole = table.rename(columns=of_workbook | {"income": "Wages in the tax year"})
        assert answer_table(whole, ["AMT_ROOM_SHARES"])["AMT_ROOM_SHARES"].tolist() == gives
        assert gives[0] > 0

    def test_married_is_a_problem_of_its_row(self):
        """A status that may be joint or separate is asked back in its row."""
        table = pandas.DataFrame({"income": [150_000] * 2, "status": ["married", "mfj"], "year": 2024})
        assert answer_table(table)["problem"].tolist() == [
            "status: 'married' is joint or separate; use mfj or mfs.",
            "",
        ]

    @pytest.mark.parametrize("length", [1, 100])
    @pytest.mark.parametrize(
        "cells",
        [["2023-02-28"], [44_985], pandas.to_datetime(["2023-02-28"]), pandas.to_datetime(["2023-02-28 11:30"])],
    )
    def test_dates(self, cells, length):
        """Dates as text, serial numbers or days give days; a missing one is a blank, and a wrong one says so."""
        table = pandas.DataFrame({"Exercise date": [*list(cells) * length, None, "3/1/2024"]})
        result = answer_table(table, ["AMT_LONG_TERM_DATE"])
        assert result["AMT_LONG_TERM_DATE"].tolist()[:-2] == [pandas.Timestamp("2024-03-01")] * length
        assert result["AMT_LONG_TERM_DATE"].isna().tolist() == [False] * length + [True, True]
        assert result["problem"].tolist()[-2:] == [
            "exercise_date: it is blank; enter a date such as 2024-03-01.",
            "exercise_date: '3/1/2024' is not a date; enter one such as 2024-03-01.",
        ]

    def test_no_rows_give_no_rows(self):
        """An empty part of a table, as Dask may hand over, comes back empty with its new columns."""
        table = pandas.DataFrame(rows_of_book(1)).iloc[:0]
        result = answer_table(table.assign(exercise_date=""), ["AMT_ROOM", "AMT_LONG_TERM_DATE"])
        assert len(result) == 0
        assert list(result.columns)[-3:] == ["AMT_ROOM", "AMT_LONG_TERM_DATE", "problem"]

    @pytest.mark.parametrize(
        ("change", "functions", "sentence"),
        [
            (
                {"Intrest": 5},
                ("AMT_ROOM",),
                "'Intrest': this heading is neither an argument nor a label; did you mean 'Interest'?",
            ),
            ({"Bonus": "5,000"}, ("AMT_ROOM",), "'Bonus': this heading is neither an argument"),
            (
                {"Bonus": 5},
                ("AMT_ROOM",),
                "'Bonus': this heading is neither an argument nor a label; docs/functions.md lists both.",
            ),
            ({"Self-employment income": 5}, ("AMT_ROOM",), "'Self-employment income': self-employment tax is not"),
            ({"Collectibles": "n/a"}, ("AMT_ROOM",), "'Collectibles': gain taxed at up to 28% is not figured here"),
            ({"Wages": 5}, ("AMT_ROOM",), "'income' and 'Wages': both columns mean 'income'"),
            ({"Deducton": "standard"}, ("AMT_ROOM",), "did you mean 'Deduction'?"),
            ({"Cash gifts": 1, "Charitable gifts": 2}, ("AMT_ROOM",), "both columns mean 'Cash gifts'"),
            ({"Income ": 1}, ("AMT_ROOM",), "'income' and 'Income ': both columns mean 'income'"),
            ({"AMT_ROOM": 1}, ("AMT_ROOM",), "an answer uses this heading"),
            ({"": "x"}, ("AMT_ROOM",), "column 4: it has cells but no heading"),
            ({}, ("AMT_OWED",), "spread: no column has this heading, and AMT_OWED needs it"),
            ({}, ("AMT_LAW_SOURCE",), "function: AMT_LAW_SOURCE gives text, which is not a number"),
            ({}, ("AMT_WHY",), "function: AMT_WHY gives text"),
            ({}, ("AMT_RUM",), "did you mean AMT_ROOM?"),
            ({}, (), "function: none is named"),
        ],
    )
    def test_bad_tables(self, change, functions, sentence):
        """A table that may hide a fact, or lacks one, is refused in one sentence."""
        table = pandas.DataFrame({"income": [150_000], "status": "single", "year": 2021}).assign(**change)
        with pytest.raises(AmtError) as error:
            answer_table(table, functions)
        assert sentence in str(error.value)

    def test_kept_columns(self):
        """A kept column is not read, whatever it is called; a keep that names no column is an error."""
        table = pandas.DataFrame({"income": [150_000], "status": "single", "year": 2021, "Interest": 9e5, "Bonus": 5})
        result = answer_table(table, keep=["Interest", "Bonus"])
        assert result["AMT_ROOM"][0] == call("AMT_ROOM", 150_000, "single", 2021)
        with pytest.raises(AmtError, match="keep: no column is headed 'Bonsu'; did you mean 'Bonus'"):
            answer_table(table, keep=["Bonsu"])

    def test_dask(self):
        """Partitions through Dask give what one table gives, in the same order."""
        table = pandas.DataFrame(rows_of_book(400))
        meta = answer_table(table.iloc[:0], FUNCTIONS)
        parts = dask.dataframe.from_pandas(table, npartitions=3)
        result = parts.map_partitions(answer_table, FUNCTIONS, meta=meta).compute(scheduler="synchronous")
        pandas.testing.assert_frame_equal(result, answer_table(table, FUNCTIONS), check_dtype=False)


class TestFiles:
    """From file to file."""

    def test_csv_to_csv(self, tmp_path):
        """Every row is what its cells give, and every cell stands as it stood."""
        rows = rows_of_book(300)
        source = write_csv(tmp_path / "book.csv", rows)
        report = answer_file(source, tmp_path / "out.csv", FUNCTIONS)
        answers = read_csv(tmp_path / "out.csv")
        check_answers(rows, answers)
        assert [{name: row[name] for name in HEADINGS} for row in answers] == read_csv(source)
        assert report.rows == 300
        assert report.problems == sum(bool(row["problem"]) for row in answers) > 0
        assert report.unread == ("client",)

    @pytest.mark.usefixtures("small_parts")
    def test_borders_between_parts(self, tmp_path, monkeypatch):
        """A file longer than a part gives what a whole one gives, and no more than a part is held at a time."""
        rows = rows_of_book(95)
        seen = []
        monkeypatch.setattr(
            "xl_amt.batch.files.answer_table",
            lambda table, *rest: seen.append(len(table)) or answer_table(table, *rest),
        )
        done = []
        answer_file(write_csv(tmp_path / "book.csv", rows), tmp_path / "out.csv", FUNCTIONS, progress=done.append)
        check_answers(rows, read_csv(tmp_path / "out.csv"))
        assert len(seen) >= 10
        assert max(seen) == 10
        assert done == sorted(done)
        assert done[-1] == 1.0

    @pytest.mark.usefixtures("small_parts")
    def test_xlsx_to_xlsx(self, tmp_path):
        """A workbook gives the same answers as numbers, to the 16 digits that openpyxl writes, and keeps its cells."""
        rows = rows_of_book(45)
        source = write_xlsx(tmp_path / "book.xlsx", [HEADINGS, *([row[name] for name in HEADINGS] for row in rows)])
        answer_file(source, tmp_path / "out.xlsx", FUNCTIONS)
        answers = read_xlsx(tmp_path / "out.xlsx")
        check_answers(rows, answers, digits=16)
        assert [{name: row[name] for name in HEADINGS} for row in answers] == rows

    def test_csv_to_xlsx_and_back(self, tmp_path):
        """Amounts become numbers in a sheet, other text stays text, and both ways the answers are the same."""
        rows = rows_of_book(45)
        answer_file(write_csv(tmp_path / "book.csv", rows), tmp_path / "out.xlsx", FUNCTIONS)
        answers = read_xlsx(tmp_path / "out.xlsx")
        check_answers(rows, answers, digits=16)
        assert isinstance(answers[0]["income"], float)
        write_xlsx(tmp_path / "book.xlsx", [HEADINGS, *([row[name] for name in HEADINGS] for row in rows)])
        answer_file(tmp_path / "book.xlsx", tmp_path / "out.csv", FUNCTIONS)
        check_answers(rows, read_csv(tmp_path / "out.csv"))

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_dates_from_file_to_file(self, tmp_path, kind):
        """Days of a sheet and ISO dates of a CSV file are read, and written as such into either kind of file."""
        table = pandas.DataFrame({"client": ["A", "B"], "Exercise date": pandas.to_datetime(["2023-02-28", None])})
        source = tmp_path / f"book.{kind}"
        table.to_csv(source, index=False) if kind == "csv" else table.to_excel(source, index=False)
        answer_file(source, tmp_path / "answers.csv", ["AMT_LONG_TERM_DATE"])
        assert (tmp_path / "answers.csv").read_text("utf-8").splitlines() == [
            "client,Exercise date,AMT_LONG_TERM_DATE,problem",
            "A,2023-02-28,2024-03-01,",
            "B,,,exercise_date: it is blank; enter a date such as 2024-03-01.",
        ]
        answer_file(source, tmp_path / "answers.xlsx", ["AMT_LONG_TERM_DATE"])
        first, second = list(openpyxl.load_workbook(tmp_path / "answers.xlsx").worksheets[0]["C2:C3"])
        assert (first[0].value, first[0].number_format) == (datetime(2024, 3, 1), "yyyy-mm-dd")  # noqa: DTZ001 - a day
        assert second[0].value is None

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_looks_of_a_sheet(self, tmp_path, kind):
        """Headings are bold, shaded and stay in sight; dollars have cents, rates per cent, days no time of day."""
        table = pandas.DataFrame(
            {
                "Client": ["A"],
                "status": "single",
                "Tax year": 2021,
                "Wages": 150_000,
                "spread": 50_000.5,
                "Interest": 7.25,
            }
        ).assign(Hired=pandas.to_datetime(["2023-02-28"]))
        source = tmp_path / f"book.{kind}"
        table.to_csv(source, index=False) if kind == "csv" else table.to_excel(source, index=False)
        answer_file(source, tmp_path / "answers.xlsx", ["AMT_ROOM", "AMT_MARGINAL_RATE"])
        sheet = openpyxl.load_workbook(tmp_path / "answers.xlsx").active
        headers, row = sheet.iter_rows()
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert all(cell.font.bold and cell.fill.fill_type == "solid" for cell in headers)
        formats = {header.value: cell.number_format for header, cell in zip(headers, row, strict=True)}
        for heading in ("Wages", "spread", "Interest", "AMT_ROOM"):
            assert formats[heading] == "#,##0.00", heading
        assert (formats["AMT_MARGINAL_RATE"], formats["Tax year"]) == ("0.00%", "General")
        assert formats["Hired"] == ("General" if kind == "csv" else "yyyy-mm-dd")
        widths = {header.value: sheet.column_dimensions[header.column_letter].width for header in headers}
        assert widths["problem"] == 80
        assert all(14 <= width <= 30 for heading, width in widths.items() if heading != "problem")

    def test_amounts_as_people_write_them(self, tmp_path):
        """Dollar signs, thousands commas and brackets for a loss are amounts; anything else is said to be text."""
        text = (
            "income,status,year,Long-term capital gain\n"
            '"$150,000.00",single,2021,"(3,000)"\n150000,single,2021,-3000\n"1,50",single,2021,0\nnan,single,2021,0\n'
        )
        first, second, *wrong = answered(tmp_path, text)
        assert first["AMT_ROOM"] == second["AMT_ROOM"]
        assert first["income"] == "$150,000.00"
        assert [row["problem"] for row in wrong] == [
            f"income: '{cell}' is text, not a number; enter digits without quotes." for cell in ("1,50", "nan")
        ]

    @pytest.mark.parametrize("hostile", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", 'a"b', "NA", "007"])
    def test_hostile_text(self, tmp_path, hostile):
        """Text that a spreadsheet would run gets an apostrophe in CSV, and is text in a sheet; other text stays."""
        source = write_csv(
            tmp_path / "book.csv",
            [{"client": hostile, "income": hostile, "status": "single", "year": 2021}, *rows_of_book(1)],
            ["client", "income", "status", "year", "spread", *LABELS],
        )
        runs = hostile[0] in "=+-@\t"
        answer_file(source, tmp_path / "out.csv")
        bad, good = read_csv(tmp_path / "out.csv")
        assert bad["client"] == (f"'{hostile}" if runs else hostile)
        assert good["AMT_ROOM"]
        answer_file(source, tmp_path / "out.xlsx")
        cell = openpyxl.load_workbook(tmp_path / "out.xlsx").active["A2"]
        assert (cell.value, cell.data_type) == (hostile, "s")

    def test_negative_numbers_are_not_text(self, tmp_path):
        """A negative amount in a column with words keeps its sign and gets no apostrophe."""
        text = "income,status,year,Other income\n150000,single,2021,-5000\n150000,single,2021,none\n"
        first, second = answered(tmp_path, text)
        assert first["Other income"] == "-5000"
        assert second["problem"].startswith("Other income: 'none' is text")

    @pytest.mark.usefixtures("small_parts")
    def test_cells_over_several_lines(self, tmp_path):
        """Notes with line breaks, commas and quotation marks stay whole across the border of a part."""
        notes = 'first line\nsecond, with "marks"\n\nfourth'
        rows = [{"notes": notes, "income": 150_000 + at, "status": "single", "year": 2021} for at in range(23)]
        source = write_csv(tmp_path / "book.csv", rows, ["notes", "income", "status", "year"])
        answer_file(source, tmp_path / "out.csv")
        answers = read_csv(tmp_path / "out.csv")
        assert [row["notes"] for row in answers] == [notes] * 23
        assert [float(row["AMT_ROOM"]) for row in answers] == [
            call("AMT_ROOM", row["income"], "single", 2021) for row in rows
        ]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("line_end", ["\n", "\r\n"])
    def test_encodings_and_line_ends(self, tmp_path, encoding, line_end):
        """A byte order mark does not hide the first heading; line ends stay; blank lines are no rows."""
        text = line_end.join(("income,status,year,name", "150000,single,2021,Zoë", "", ",,,", ""))
        (only,) = answered(tmp_path, text.encode(encoding))
        assert only["name"] == "Zoë"
        assert float(only["AMT_ROOM"]) == call("AMT_ROOM", 150_000, "single", 2021)
        assert (b"\r\n" in (tmp_path / "answers.csv").read_bytes()) == (line_end == "\r\n")

    def test_short_and_long_rows(self, tmp_path):
        """Cells that are missing at the end are blanks; blank ones beyond the headings are dropped."""
        text = "income,status,year,Interest,name\n150000,single,2021\n150000,single,2021,,,,\n"
        first, second = answered(tmp_path, text)
        assert first == second
        assert float(first["AMT_ROOM"]) == call("AMT_ROOM", 150_000, "single", 2021)

    @pytest.mark.usefixtures("small_parts")
    def test_text_column_that_looks_like_numbers_later(self, tmp_path):
        """A column that began with text is carried through, even where one part of it holds digits only."""
        text = SINGLE.replace("client", "Reference") + "".join(f"{at},150000,single,2021\n" for at in range(30))
        assert len(answered(tmp_path, text)) == 31

    @pytest.mark.usefixtures("small_parts")
    def test_numbers_that_come_late(self, tmp_path):
        """A column that is blank at first and then holds numbers is refused, and nothing is written."""
        text = "Bonus,income,status,year\n" + ",150000,single,2021\n" * 30 + "5000,150000,single,2021\n"
        with pytest.raises(AmtError, match="'Bonus': this heading is neither an argument"):
            answered(tmp_path, text)
        assert names_in(tmp_path) == ["book.csv"]

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "it is empty"),
            ("income,status,year\n", "there is no row under its headings"),
            ("income,status,year\n\n,,\n", "there is no row under its headings"),
            ("income,status\n1,single\n", "year: no column has this heading"),
            ("income,year\n1,2021\n", "status: no column has this heading"),
            ("status,year\nsingle,2021\n", "income: no column has this heading"),
            (SINGLE + "B,150,000,single,2021\n", "row 3: it has 5 cells under 4 headings"),
            (SINGLE + '"B,1,single,2021\n', "row 3: a quotation mark is never closed"),
            (SINGLE + '"B"b"",1,single,2021\n', "row 3: its quotation marks cannot be read"),
            (SINGLE.replace("A", "Zoë").encode("cp1252"), "it is not UTF-8 text"),
            (SINGLE + "B\0,1,single,2021\n", "it holds null bytes"),
            (SINGLE.replace("client", "income"), "two columns have this heading"),
        ],
    )
    def test_bad_files(self, tmp_path, text, sentence):
        """A file that cannot be answered is one sentence on stderr, exit code 2, and nothing written."""
        source = tmp_path / "book.csv"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = CliRunner().invoke(main, ["batch", str(source), "-o", str(tmp_path / "out.csv")])
        assert result.exit_code == 2
        assert sentence in result.stderr
        assert result.stderr.count("\n") == 1
        assert names_in(tmp_path) == ["book.csv"]

    def test_bad_workbooks(self, tmp_path):
        """An empty sheet, a row beyond the headings, and a file that is no workbook are refused."""
        cases = {
            "its first sheet is empty": [],
            "a row of its first sheet has 4 cells under 3 headings": [
                ["income", "status", "year"],
                [1, "hoh", 2021, 5],
            ],
        }
        for sentence, rows in cases.items():
            with pytest.raises(AmtError, match=sentence):
                answer_file(write_xlsx(tmp_path / "book.xlsx", rows), tmp_path / "out.csv")
        (tmp_path / "book.xlsx").write_text("no workbook")
        with pytest.raises(AmtError, match="is not an Excel workbook"):
            answer_file(tmp_path / "book.xlsx", tmp_path / "out.csv")
        assert names_in(tmp_path) == ["book.xlsx"]

    def test_cells_that_hold_errors(self, tmp_path):
        """A sheet's error in a cell is the problem of its row."""
        source = write_xlsx(tmp_path / "book.xlsx", [["income", "status", "year"], ["#N/A", "single", 2021]])
        answer_file(source, tmp_path / "out.csv")
        (row,) = read_csv(tmp_path / "out.csv")
        assert row["problem"] == "income holds the error #N/A: correct that cell first."

    def test_places(self, tmp_path):
        """The book itself is never overwritten, an output only when asked, and a bad place is one sentence."""
        source = tmp_path / "book.csv"
        source.write_text(SINGLE)
        output = tmp_path / "out.csv"
        output.write_text("edits")
        for target, options, sentence in (
            (source, {"replace_existing": True}, "would overwrite the book itself"),
            (output, {}, "it already exists; choose another name, or add --replace"),
            (tmp_path / "no" / "out.csv", {}, "there is no such folder"),
            (tmp_path / "out.txt", {}, "a book is a .csv or an .xlsx file"),
        ):
            with pytest.raises(AmtError, match=sentence):
                answer_file(source, target, **options)
        with pytest.raises(AmtError, match="there is no such file"):
            answer_file(tmp_path / "none.csv", output)
        assert output.read_text() == "edits"
        assert source.read_text() == SINGLE

    def test_limit_of_a_sheet(self, tmp_path, monkeypatch):
        """A book with more rows than a sheet holds is refused before any row is answered."""
        monkeypatch.setattr(excel_files, "MOST_ROWS", 2)
        monkeypatch.setattr("xl_amt.batch.files.answer_table", None)
        source = tmp_path / "book.csv"
        source.write_text(SINGLE + SINGLE.splitlines()[1] + "\n")
        with pytest.raises(AmtError, match="a sheet holds 1 rows under its headings, and the book has 2"):
            answer_file(source, tmp_path / "out.xlsx")

    def test_text_that_no_sheet_can_hold(self, tmp_path):
        """Control characters are refused for a sheet, and nothing is left behind."""
        source = tmp_path / "book.csv"
        source.write_text(SINGLE.replace("A", "A\x07"))
        with pytest.raises(AmtError, match=r"write a \.csv file"):
            answer_file(source, tmp_path / "out.xlsx")
        assert names_in(tmp_path) == ["book.csv"]

    def test_command(self, tmp_path):
        """The command writes the answers, counts rows and problems, and names what it did not read."""
        source = write_csv(tmp_path / "book.csv", rows_of_book(37))
        output = tmp_path / "out.csv"
        options = ["--function", "AMT_OWED", "--function", "AMT_ROOM", "--keep", "State income tax"]
        result = CliRunner().invoke(main, ["batch", str(source), "-o", str(output), *options])
        assert result.exit_code == 0
        assert result.stdout.startswith("32 rows answered, 5 with a problem, in ")
        assert "Carried through, not read: client, State income tax" in result.stdout
        assert list(read_csv(output)[0])[-3:] == ["AMT_OWED", "AMT_ROOM", "problem"]


def test_other_commands_do_without_pandas():
    """A single answer at the command line imports neither pandas nor numpy."""
    script = (
        "import sys; from click.testing import CliRunner; from xl_amt.cli import main;"
        "assert CliRunner().invoke(main, ['calc', 'AMT_ROOM', '150000', 'single', '2021']).exit_code == 0;"
        "assert not {'pandas', 'numpy'} & sys.modules.keys()"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(xl_amt.__file__).parent.parent)}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)  # noqa: S603 - our own arguments
