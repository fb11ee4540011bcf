"""One reader: a text is the same number, day, answer or choice in a CSV field, a word of the shell and an export."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from math import isfinite, nan

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import example, given
from hypothesis import strategies as st

from xl_amt.batch import answer_file
from xl_amt.cli import main
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.importers import cells as export
from xl_amt.importers.report import RowRejected
from xl_amt.reading.cells import read_date, read_number, read_yes_or_no
from xl_amt.reading.dates import FIRST_DAY, LAST_DAY, DateOrder, iso_day, serial_number, written_day
from xl_amt.reading.numbers import as_cell, number_in
from xl_amt.reading.words import choice_in, yes_or_no_in
from xl_amt.worksheet import answer, call

REFUSED = "refused"


def of_a_cell(text):
    """What a cell of a sheet gives that holds the text where a number is due."""
    return _value_or_refusal(lambda: read_number(text, "strike"))


def of_an_export(text):
    """What an export's cell gives for an amount in dollars."""
    return _value_or_refusal(lambda: export.dollars(text, "Exercise Price"))


def expected_of(number):
    """The taxable income of somebody with this other income, which shows every cent of it; refused for none."""
    return REFUSED if number is None else call("AMT_TAXABLE_INCOME", 10**6, "single", 2024, "Other income", number)


def of_the_shell(text):
    """What a word of the shell gives, as xl-amt calc reads it."""
    words = ["calc", "--exact", "AMT_TAXABLE_INCOME", "1000000", "single", "2024", "--set", f"Other income={text}"]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stderr.count("\n")) in ((0, 0), (2, 1))
    return REFUSED if result.exit_code else float(result.stdout)


def of_an_option(text):
    """What an option of the shell gives."""
    words = ["form", "6251", "--income", text, "--status", "single", "--year", "2026"]
    result = CliRunner().invoke(main, words)
    assert (result.exit_code, result.stderr.count("\n")) in ((0, 0), (2, 1))
    return REFUSED if result.exit_code else result.stdout


def of_a_field(folder, *texts):
    """What fields of a CSV file give, as xl-amt batch reads them."""
    book = pd.DataFrame({"income": 10**6, "status": "single", "year": 2024, "Other income": texts})
    book.to_csv(folder / "book.csv", index=False)
    answer_file(folder / "book.csv", folder / "answers.csv", ["AMT_TAXABLE_INCOME"], replace_existing=True)
    answers = pd.read_csv(folder / "answers.csv", keep_default_na=False, dtype=str)
    return [REFUSED if row.problem else float(row.AMT_TAXABLE_INCOME) for row in answers.itertuples()]


def _value_or_refusal(read):
    try:
        return read()
    except (ArgumentError, RowRejected):
        return REFUSED


# What a text gives: as a number, and whether an export may write it so.
NUMBERS = {
    "700000": (700_000.0, True),
    "700,000": (700_000.0, True),
    "1,234.5": (1_234.5, True),
    "$1,234.50": (1_234.5, True),
    "US$ 4.75": (4.75, True),
    "4.75 USD": (4.75, True),
    "(3,000)": (-3_000.0, True),
    "($3,000)": (-3_000.0, True),
    "-500": (-500.0, True),
    "-$500": (-500.0, True),
    "+500": (500.0, True),
    " 700000 ": (700_000.0, True),
    ".85": (0.85, True),
    "5.": (5.0, True),
    "1e5": (100_000.0, False),  # a program that writes so has left digits away
    "7E+05": (700_000.0, False),
    "1,5": (None, True),
    "1.234,5": (None, True),
    "12,34": (None, True),
    "12,34,567": (None, True),
    "1,2345": (None, True),
    "1 234": (None, True),
    "1_000": (None, True),
    "50%": (None, True),
    "50 %": (None, True),
    "nan": (None, True),
    "lots": (None, True),
    "$": (None, True),
    "--5": (None, True),
    "(-5)": (None, True),
    "-(5)": (None, True),
    "4.75 EUR": (None, True),
    "0x10": (None, True),
    "1e999": (None, True),
    "\N{ARABIC-INDIC DIGIT ONE}": (None, True),
    "9" * 400: (None, True),
}


@pytest.mark.parametrize("text", NUMBERS)
def test_a_text_is_one_number_for_every_reader(text):
    """The grammar, a word of the shell and an export's cell agree; a cell of a sheet never takes text for a number."""
    number, in_exports = NUMBERS[text]
    assert number_in(text) == number
    assert as_cell(text) == (text.strip() if number is None else number)
    assert of_an_export(text) == (REFUSED if number is None or not in_exports else number)
    assert of_a_cell(text) == REFUSED
    assert of_the_shell(text) == expected_of(number)
    if number is None or number < 0:
        assert of_an_option(text) == REFUSED
    else:
        assert of_an_option(text) == of_an_option(repr(number))


@pytest.mark.parametrize("alone", [True, False], ids=["each text alone", "all texts in one column"])
def test_fields_of_a_csv_file_are_read_alike(tmp_path, alone):
    """A field gives what a word of the shell gives, whatever else stands in its column."""
    expected = [expected_of(number) for number, _ in NUMBERS.values()]
    if alone:
        assert [of_a_field(tmp_path, text)[0] for text in NUMBERS] == expected
    else:
        assert of_a_field(tmp_path, *NUMBERS) == expected


def test_a_comma_is_never_dropped_from_a_number():
    """The strike of 15 that 1,5 once gave in the shell is refused with its argument's name."""
    result = CliRunner().invoke(main, ["calc", "AMT_BARGAIN", "100", "1,5", "20"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == "xl-amt: strike: '1,5' is text, not a number; enter digits without quotes.\n"
    result = CliRunner().invoke(main, ["calc", "AMT_ROOM", "150000", "single", "2021", "--set", "Interest=1.234,5"])
    assert result.stderr == "xl-amt: Interest: '1.234,5' is text, not a number; enter digits without quotes.\n"
    with pytest.raises(AmtError, match=r"'2026-03-01: 1,5' is not understood as a vesting schedule"):
        call("AMT_VESTED", 15, "2026-01-01", "2026-03-01: 1,5", "2026-12-31")


@given(st.decimals(-(10**11), 10**11, places=2), st.sampled_from(["{}", "{:,}", "${:,}", " {} ", "({:,})"]))
def test_what_is_written_is_read_back(number, form):
    """A number with or without commas, a dollar sign or brackets is itself, to the last bit."""
    number = abs(number)
    expected = -float(number) if form.startswith("(") else float(number)
    assert number_in(form.format(number)) == as_cell(form.format(number)) == expected
    assert export.dollars(form.format(number), "Exercise Price") == expected


@given(st.text("0123456789.,()-+$eE %UuSsDd", max_size=12))
@example("1,5")
@example("-USD5")
def test_readers_agree_about_any_text(text):
    """Whatever an export takes, the shell and a CSV field take as the same number, and no reader takes another one."""
    number = number_in(text)
    assert number is None or isfinite(number)
    in_export = of_an_export(text)
    if in_export is not None:  # a blank, or a dash in its place
        assert in_export in (REFUSED, number)
    assert as_cell(text) == (text.strip() if number is None else number)


# Dates

DAY = date(2024, 3, 1)
DATES = {
    "2024-03-01": (DAY, DAY),
    " 2024-03-01 ": (DAY, DAY),
    "2024-3-1": (DAY, DAY),
    "2024-03-01T09:30:00": (DAY, DAY),
    "2024-03-01 09:30": (DAY, DAY),
    "2024-03-01T00:00:00Z": (DAY, DAY),
    "1970-01-01": (FIRST_DAY, FIRST_DAY),
    "2099-12-31": (LAST_DAY, LAST_DAY),
    "3/1/2024": (None, DAY),  # another day elsewhere: only where a file shows its order, as an export does
    "Mar 1, 2024": (None, DAY),
    "1-MAR-2024": (None, DAY),
    "1969-12-31": (None, None),
    "2100-01-01": (None, None),
    "9999-12-31": (None, None),
    "12/31/2150": (None, None),
    "2024-02-30": (None, None),
    "2024-13-01": (None, None),
    "20240301": (None, None),
    "2024": (None, None),
    "45352": (None, None),  # text; a serial number is a number
    "1 March": (None, None),
    "2024-W09-5": (None, None),
}


def of_a_day_option(text):
    """The day of an option of the shell."""
    words = ["calendar", "nowhere.xlsx", "--from", text]
    said = CliRunner().invoke(main, words).stderr
    return REFUSED if said.startswith("xl-amt: --from: ") else "read"


@pytest.mark.parametrize("text", DATES)
def test_a_text_is_one_day_for_every_reader(text):
    """Cells, CSV fields and the shell take ISO dates only, exports the platforms' forms too, all the same years."""
    day, in_export = DATES[text]
    assert _value_or_refusal(lambda: read_date(text, "start")) == (day or REFUSED)
    assert _value_or_refusal(lambda: export.day(text, "Issue Date")) == (in_export or REFUSED)
    assert of_a_day_option(text) == ("read" if day else REFUSED)
    fields = answer("AMT_LONG_TERM_DATE", [text, text])
    assert [isinstance(cell, float) for cell in fields] == [day is not None] * 2


@pytest.mark.parametrize(
    "value",
    [
        45_352, 45_352.75, np.float64(45_352), np.int64(45_352), DAY, datetime(2024, 3, 1, 9),  # noqa: DTZ001
        np.datetime64("2024-03-01"), pd.Timestamp("2024-03-01 09:30"),
    ],
    ids=repr,
)  # fmt: skip
def test_values_that_are_days_already(value):
    """A serial number and a date of Python, numpy or pandas is one day in a cell and in an export."""
    assert read_date(value, "start") == export.day(value, "Issue Date") == DAY


@pytest.mark.parametrize("missing", [None, nan, pd.NaT, np.datetime64("NaT")], ids=repr)
def test_missing_days(missing):
    """None, NaN and NaT are no day, as a blank cell is."""
    assert read_date(missing, "start") is None


@given(st.dates(FIRST_DAY - timedelta(days=400), LAST_DAY + timedelta(days=400)), st.booleans())
def test_one_range_of_days(day, as_number):
    """Every reader takes the same days, as text and as serial numbers."""
    value = serial_number(day) if as_number else day.isoformat()
    expected = day if FIRST_DAY <= day <= LAST_DAY else REFUSED
    assert _value_or_refusal(lambda: read_date(value, "start")) == expected
    assert _value_or_refusal(lambda: export.day(value, "Issue Date")) == expected


@given(st.dates(FIRST_DAY, LAST_DAY))
def test_written_dates(day):
    """Each written form gives its day, and the order that a file shows settles figures alone."""
    for form in ("%Y-%m-%d", "%m/%d/%Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y"):
        assert written_day(day.strftime(form)) == day
    assert written_day(day.strftime("%d/%m/%Y"), DateOrder.DAY_FIRST) == day
    assert written_day(day.strftime("%d/%m/%Y"), DateOrder.BOTH) in (day, None)
    assert iso_day(day.strftime("%m/%d/%Y")) is None


# Yes or no, and choices


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((word, True) for word in ("yes", "Y", " TRUE ", "1")),
        *((word, False) for word in ("no", "N", "false", "0")),
        *((word, None) for word in ("perhaps", "2", "1.5", "yes!")),
    ],
)
def test_yes_and_no(text, said):
    """The same words say yes and no in cells, fields and exports."""
    assert yes_or_no_in(text) is said
    expected = REFUSED if said is None else said
    assert _value_or_refusal(lambda: read_yes_or_no(text, "election_83b")) is expected
    assert _value_or_refusal(lambda: read_yes_or_no(as_cell(text), "election_83b")) is expected
    assert _value_or_refusal(lambda: export.truth(text, "Is ISO/NSO Split?")) is expected


@given(st.sampled_from(["single", "mfj", "AMT"]), st.sampled_from([str.upper, str.title, str.swapcase, str.strip]))
def test_choices_in_any_case(word, spelled):
    """A choice is found in any case, with spaces around it."""
    assert choice_in(f" {spelled(word)} ", ("single", "mfj", "AMT")) == word


# Options that are not given well


@pytest.mark.parametrize(
    ("option", "word", "sentence"),
    [
        ("--income", "1,5", "--income: '1,5' is text, not a number; enter digits without quotes."),
        ("--income", "", "--income: it is blank; enter an amount."),
        ("--income", "1e13", "--income: 1e+13 is not a usable number; enter one no larger than 1e+12."),
        ("--year", "next", "--year: 'next' is text, not a number; enter digits without quotes."),
        ("--year", " ", "--year: it is blank; enter a tax year such as 2026."),
        ("--year", "2026.5", "--year: 2026.5 is not a whole year; enter a tax year such as 2026."),
    ],
)
def test_options_are_refused_by_their_name(option, word, sentence):
    """An option's amount and year are read as every other, and the sentence names the option."""
    given_words = {"--income": "150000", "--status": "single", "--year": "2026"} | {option: word}
    words = [item for pair in given_words.items() for item in pair]
    result = CliRunner().invoke(main, ["room", *words])
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", f"xl-amt: {sentence}\n")


# Ages

A_BIRTH_YEAR = "enter the age, not the year of birth."


@pytest.mark.parametrize("label", ["Age", "Spouse age"])
@pytest.mark.parametrize("length", [1, 100])
def test_a_birth_year_is_no_age(label, length):
    """A year of birth in place of an age is refused, alone and in a long column, and names its label."""
    cells = answer("AMT_ROOM", 150_000, "mfj", 2025, label, [[67]] * length + [[1_958]] + [[125]])
    *ages, refused, oldest = [row[0] for row in cells]
    assert set(ages) == {oldest} == {call("AMT_ROOM", 150_000, "mfj", 2025, label, 67)}
    assert str(refused) == f"{label}: 1958 is more than 125; {A_BIRTH_YEAR}"
    assert call("AMT_WHY", "AMT_ROOM", 150_000, "mfj", 2025, label, 1_958) == str(refused)


def test_a_birth_year_in_a_book_and_in_the_shell(tmp_path):
    """The same sentence stands in a book's column of problems and on the error stream."""
    lines = ["income,status,year,Age", *(["150000,single,2025,40"] * 80), "150000,single,2025,1985"]
    (tmp_path / "book.csv").write_text("\n".join(lines), "utf-8")
    answer_file(tmp_path / "book.csv", tmp_path / "answers.csv")
    problems = pd.read_csv(StringIO((tmp_path / "answers.csv").read_text("utf-8")))["problem"].dropna().tolist()
    assert problems == [f"Age: 1985 is more than 125; {A_BIRTH_YEAR}"]
    household = ("--income", "150000", "--status", "single", "--year", "2025")
    result = CliRunner().invoke(main, ["room", *household, "--set", "Age=1985"])
    assert (result.exit_code, result.stderr) == (2, f"xl-amt: {problems[0]}\n")
