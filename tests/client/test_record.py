"""The client's record as a TOML file: what is read is written back, and what does not hold together is refused."""

import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_amt.client import (
    Acceleration,
    Cancellation,
    Client,
    ClientRecord,
    ClientYear,
    CountedShares,
    Exercise,
    Exit,
    FrozenExercise,
    FrozenPlan,
    FrozenYear,
    Grant,
    HeldLot,
    Holding,
    Limits,
    Plan,
    Remark,
    Repurchase,
    Residence,
    RowCounts,
    Sale,
    Source,
    Split,
    Value,
    Vesting,
)
from xl_amt.client.columns import columns_of, read_row, write_row
from xl_amt.client.toml_file import read_record, record_of, record_text, write_record
from xl_amt.errors import FileError
from xl_amt.reading.words import one_line

NORA = Path(__file__).with_name("nora-quill.client.toml")
TABLES = (
    Acceleration, Cancellation, Client, ClientYear, CountedShares, Exercise, Exit, FrozenExercise, FrozenPlan,
    FrozenYear, Grant, HeldLot, Limits, Plan, Remark, Repurchase, Residence, RowCounts, Sale, Source, Split, Value,
    Vesting,
)  # fmt: skip

GRANT = '[[holding.grant]]\nlabel = "ES-1"\ntype = "ISO"\ngranted = 2024-01-15\nstrike = 2.0\nshares = 100\n'
BEGINS = 'format = "xl-amt client 1"\n\n[client]\nname = "Ana"\n\n[[holding]]\ncompany = "Fernhill"\n\n'


def refused(text, tmp_path):
    """The sentence with which a record is refused; the file stays as it is."""
    path = tmp_path / "ana.client.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(FileError) as caught:
        read_record(path)
    assert path.read_text("utf-8") == text
    return str(caught.value)


def test_a_record_as_a_person_writes_it():
    """Every table of the sketch: a couple, two grants, an exercise, a sale, a split, a plan, a source and a remark."""
    record = read_record(NORA)
    (holding,) = record.holdings
    first, second = holding.grants
    assert record.client.residence == (Residence(state="CA", since=date(2019, 7, 1)),)
    assert record.years[0].facts["CA income adjustments"] == 4_300.0
    assert record.years[1] == ClientYear(year=2027)
    assert first.held == CountedShares(exercised=1_500, exercisable=8_500, unvested=0)
    assert (first.exercised_before, first.window, first.award) == (500, "90 days", "ISO")
    assert second.vests[0] == Vesting(day=date(2026, 5, 8), shares=1_400, iso=1_400)
    assert second.disqualified == date(2026, 10, 1)
    assert holding.sales[0].lots == ("ES-1 / 2024-02-14",)
    assert record.plan.values == {2026: 12.4, 2027: 15.0, 2028: 18.0}
    assert record.remarks[0].level == "check"


def test_what_is_written_is_read_back_and_written_alike(tmp_path):
    """The same record gives the same bytes, and they the same record."""
    record = read_record(NORA)
    path = write_record(record, tmp_path / "again.client.toml")
    assert read_record(path) == record
    assert record_text(read_record(path)).encode() == path.read_bytes()


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).map(one_line).filter(bool)
DAYS = st.dates(date(1971, 1, 1), date(2090, 12, 31))
ROWS = {
    "text": NAMES,
    "status": st.sampled_from(("single", "mfj", "mfs", "hoh", "qss")),
    "yes or no": st.booleans(),
    "date": DAYS,
    "shares": st.integers(1, 10**9),
    "dollars": st.integers(0, 10**12).map(lambda cents: cents / 100),
    "price": st.integers(0, 10**8).map(lambda parts: parts / 10_000),
    "number": st.integers(-(10**12), 10**12).map(lambda cents: cents / 100),
    "fraction": st.integers(-100, 100).map(lambda parts: parts / 1_000),
    "texts": st.lists(NAMES, max_size=3).map(tuple),
    "by year": st.dictionaries(st.integers(2018, 2036), st.integers(0, 10**6).map(float), max_size=3),
    "facts": st.dictionaries(
        st.sampled_from(("Interest", "Age", "CA income adjustments", "VT gains")), st.integers(0, 99).map(float)
    ),
}


def rows_of(row_class):
    """Any row of a table, with some of its columns absent."""
    columns = columns_of(row_class)

    def cell(column):
        if column.is_nested:
            row = rows_of(column.of)
            return row if column.kind == "row" else st.lists(row, max_size=2).map(tuple)
        if column.kind == "choice":
            return st.sampled_from(column.choices)
        return st.integers(2018, 2036) if column.kind == "year" else ROWS[column.kind]

    cells = {
        column.field: cell(column) if column.required else st.one_of(st.just(column.default), cell(column))
        for column in columns
    }
    return st.fixed_dictionaries(cells).map(lambda values: row_class(**values))


@given(st.data())
@pytest.mark.parametrize("row_class", TABLES, ids=lambda item: item.__name__)
def test_every_row_of_every_table_comes_back(row_class, data):
    """Written as TOML within the record's own text, and read again by the same declaration."""
    row = data.draw(rows_of(row_class))
    assert read_row(row_class, write_row(row), "file") == row


@settings(max_examples=25)
@given(rows_of(Holding))
def test_the_text_holds_what_the_rows_hold(holding):
    """Quotes, line ends and signs of TOML within a text do not change it."""
    text = record_text(ClientRecord(client=Client(name="Ana"), holdings=(holding,)))
    contents = tomllib.loads(text)
    contents.pop("format")
    assert read_row(ClientRecord, contents, "file").holdings == (holding,)


def test_every_column_says_what_it_means():
    """A header, and a meaning of more than the header's words, for the sheets and the documents."""
    for table in (*TABLES, Holding, ClientRecord):
        assert len(fields(table)) == len(columns_of(table))
        headers = [item.header for item in columns_of(table) if not item.is_nested]
        assert len(set(headers)) == len(headers)
        assert all(item.meaning and item.header for item in columns_of(table))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "its format is not stated; a client's record begins with format"),
        ('format = "xl-amt client 9"\n', "its format is 'xl-amt client 9'"),
        ('format = "xl-amt client 1"\n', "it has no table [client]"),
        ('format = "xl-amt client 1"\nclient = 3\n', "it is 3, not a table of keys and values"),
        (
            BEGINS + GRANT + "strkie = 3\n",
            "[[holding.grant]] 1: 'strkie' is not a known key here; did you mean",
        ),
        (BEGINS.replace("[client]", "colour = 3\n[client]"), "ana.client.toml: 'colour' is not a known key"),
        (BEGINS + GRANT + GRANT, "[[holding.grant]], label: 'ES-1' is listed twice"),
        (
            BEGINS + GRANT.replace('"ISO"', '"IOS"'),
            "[[holding.grant]] 1, type: 'IOS' is not one of the choices; use ISO, NSO or RSU.",
        ),
        (
            BEGINS + GRANT.replace('"ISO"', '"ESPP"'),
            "[[holding.grant]] 1, type: 'ESPP': ESPP shares are not tracked; enter the wages from their sale",
        ),
        (
            BEGINS + '[[year]]\nyear = 2026\nfacts = { "Collectibles" = 5 }\n',
            "labels: 'Collectibles' is not a label: gain taxed at up to 28% is not figured here",
        ),
        (BEGINS + '[[year]]\nyear = 2026\nstatus = "married"\n', "'married' is joint or separate; use mfj or mfs."),
        (
            BEGINS + GRANT.replace("shares = 100\n", ""),
            "[[holding.grant]] 1: shares is missing; add it (Shares of the award).",
        ),
        (BEGINS + GRANT.replace("100", "100.5"), "[[holding.grant]] 1, shares: 100.5 is not a whole number of shares"),
        (BEGINS + GRANT.replace("100", "-5"), "[[holding.grant]] 1, shares: -5 is negative"),
        (BEGINS + GRANT.replace("2.0", '"2.0"'), "[[holding.grant]] 1, strike: '2.0' is text, not a number"),
        (BEGINS + GRANT.replace("2.0", "nan"), "[[holding.grant]] 1, strike: nan is not a usable number"),
        (BEGINS + GRANT.replace("2.0", "[2.0]"), "[[holding.grant]] 1, strike: it is a list or a table"),
        (BEGINS + GRANT + "expires = 2023-01-01\n", "'ES-1', expires: 2023-01-01 is before the grant of 2024-01-15"),
        (
            BEGINS + GRANT + "held = { exercised = 60, exercisable = 60, unvested = 0 }\n",
            "held: it counts 120 shares of 100",
        ),
        (
            BEGINS + GRANT + "held = { exercised = 60, exercisable = 40 }\n",
            "[[holding.grant]] 1, held: unvested is missing; add it (Shares still to vest).",
        ),
        (
            BEGINS + GRANT + '[[holding.exercise]]\ngrant = "ES-2"\nday = 2025-01-01\nshares = 5\n',
            "[[holding.exercise]] 1, grant: no grant is named 'ES-2'; existing grants: ES-1.",
        ),
        (
            BEGINS + GRANT + '[[holding.exercise]]\ngrant = "ES-1"\nday = 2023-01-01\nshares = 5\n',
            "[[holding.exercise]] 1, day: 2023-01-01 is before the grant of 2024-01-15; correct a day.",
        ),
        (
            BEGINS + '[[holding.split]]\nday = 2025-01-01\nratio = "two"\n',
            "[[holding.split]] 1, ratio: 'two' is not new",
        ),
        (BEGINS + "[[year]]\nyear = 2026\n[[year]]\nyear = 2028\n", "[[year]], year: 2028 comes after 2026"),
        (BEGINS + "[year]\nyear = 2026\n", "it is not a list of tables"),
        (BEGINS + '[[year]]\nyear = 2026\nfacts = { "Interst" = 5 }\n', "did you mean 'Interest'?"),
        (
            BEGINS + '[[year]]\nyear = 2026\nfacts = { "Interest" = -5 }\n',
            "[[year]] 1, facts, Interest: -5 is negative",
        ),
        (BEGINS + '[[year]]\nyear = 2026\nstatus = "singel"\n', "[[year]] 1, status: 'singel' is not a filing status"),
        (BEGINS + '[[holding]]\ncompany = "fernhill"\n', "[[holding]] 1, company: Fernhill is listed twice"),
        (
            BEGINS.replace('name = "Ana"', "residence = [{ from = 2020-01-01 }]"),
            "[client], residence 1: state is missing",
        ),
        (
            BEGINS.replace('name = "Ana"', 'residence = [{ state = "california" }]'),
            "[client], residence: a state is written as two letters; write CA for california.",
        ),
        ("format = \n", "it is not valid TOML"),
        (BEGINS + GRANT + GRANT.replace("ES-1", "es-1 "), "[[holding.grant]], label: 'es-1' is listed twice"),
        (BEGINS + "[[holding.value]]\nday = 0\nprice = 3\n", "[[holding.value]] 1: day is missing"),
        (BEGINS + '[[holding.value]]\nday = 2026-01-01\nprice = "  "\n', "[[holding.value]] 1: price is missing"),
        (BEGINS + '[plan]\nvalues = { "02026" = 7 }\n', "[plan], values: '02026' is not a year"),
        (BEGINS + "[plan]\nincome_growth = 3\n", "[plan], income_growth: 3 is not a fraction; write 3% as 0.03."),
        (BEGINS + '[[year]]\nyear = 2026\nfacts = { "LT capital gain" = 5 }\n', "'LT capital gain' is not a label"),
        (BEGINS + '[[year]]\nyear = 2026\nfacts = { "NY refund" = nan }\n', "NY refund: nan is not a usable number"),
        (
            BEGINS.replace('company = "Fernhill"', "as_of = 2026-11-20")
            + GRANT
            + '[[holding.exercise]]\ngrant = "ES-1"\nday = 2026-06-01\nshares = 5\nstatus = "planned"\n',
            "[[holding.exercise]] 1, status: it is planned for 2026-06-01, not after 2026-11-20",
        ),
    ],
)
def test_what_does_not_hold_together_is_refused(text, sentence, tmp_path):
    """One sentence that names the file, the table and the key; nothing is written."""
    said = refused(text, tmp_path)
    assert "ana.client.toml" in said
    assert sentence in said
    assert len(said) <= 320


def test_a_record_that_is_no_text_or_too_large_is_refused(tmp_path):
    """Bytes that are no UTF-8, tables within tables without end, and five megabytes of it."""
    path = tmp_path / "ana.client.toml"
    for content, sentence in (
        (b"\xff\xfe\x00", "it is not UTF-8 text"),
        (b"a = " + b"[" * 5_000, "its contents cannot be read as a client"),
        (b"#" * 5_000_001, "too large for a client's record"),
    ):
        path.write_bytes(content)
        with pytest.raises(FileError, match=sentence):
            read_record(path)
    with pytest.raises(FileError, match="cannot be read"):
        read_record(tmp_path / "none.client.toml")


def test_an_existing_record_is_kept(tmp_path):
    """Unless it may be replaced; a name with another ending is refused."""
    record = ClientRecord(client=Client(name="Ana"))
    path = write_record(record, tmp_path / "ana.client.toml")
    with pytest.raises(FileError, match="it already exists and may hold your edits"):
        write_record(record, path)
    assert write_record(record, path, replace_existing=True) == path
    with pytest.raises(FileError, match=r"ends in \.client\.toml"):
        write_record(record, tmp_path / "ana.toml")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["ana.client.toml"]


def test_a_record_that_does_not_hold_together_is_not_written(tmp_path):
    """So that what is written can be read."""
    grant = Grant(label="ES-1", award="ISO", shares=100, granted=date(2024, 1, 15), expires=date(2023, 1, 1))
    record = ClientRecord(client=Client(), holdings=(Holding(grants=(grant,)),))
    with pytest.raises(FileError, match="expires: 2023-01-01 is before the grant"):
        write_record(record, tmp_path / "ana.client.toml")
    assert not list(tmp_path.iterdir())


def test_record_of_plain_values_needs_a_client():
    """As a sheet gives them, without a format."""
    assert record_of({"client": {}}, "a sheet") == ClientRecord(client=Client())
    with pytest.raises(FileError, match=r"a sheet: it has no table \[client\]"):
        record_of({}, "a sheet")
