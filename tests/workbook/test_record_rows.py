"""Any record's rows are brought into the workbook of any other one: what is read back is the record."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings

from tests.workbook.records import records
from tests.workbook.test_read_back import record_sheets
from xl_amt.client import Client, ClientRecord, Exercise, Grant, Holding
from xl_amt.client.checks import check_record
from xl_amt.workbook import Book as Contents
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.read import record_in
from xl_amt.workbook.rewriting.record_rows import same_rows, write_record_rows
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.tables.read import read_rows
from xl_amt.workbook.tables.record_tables import TABLES
from xl_amt.workbook.tables.write import FIRST_ROW, write_table


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), records())
def test_any_record_becomes_any_other(before, after):
    """Rows are changed, cleared and added; the file of no change is the same."""
    client = replace(after.client, residence=before.client.residence)
    after = replace(after, client=client, years=before.years, plan=_terms_and_rows(before.plan, after.plan))
    check_record(after, "ana")
    workbook = record_sheets(Contents(before))
    for table in TABLES:
        if table.sheet not in workbook.sheetnames:
            write_table(workbook, Contents(before), table)
    book = Book(pack(parts_of(workbook)), "ana.xlsx")
    unchanged = Edits(book)
    assert write_record_rows(unchanged, before) == []
    assert unchanged.content() == book.content
    edits = Edits(book)
    assert write_record_rows(edits, after) == []
    written = Book(edits.content(), "ana.xlsx")
    assert same_rows(written, after)
    holdings = {(one.company, one.holder): one for one in after.holdings}
    for one in record_in(written).holdings:
        own = holdings.pop((one.company, one.holder))
        assert sorted(map(repr, one.grants)) == sorted(map(repr, own.grants))
    assert not holdings


def _terms_and_rows(terms, rows):
    """A plan with the frozen one's terms, which stand on no table, and the exercises of another, in other figures."""
    if terms is None or terms.frozen is None:
        return terms
    own, others = terms.frozen, rows.frozen.exercises if rows and rows.frozen else ()
    years = tuple(replace(one, amt=one.amt + 1.0) for one in own.years)
    exercises = tuple(one for one in others if one.year in {year.year for year in years})
    return replace(terms, frozen=replace(own, exercises=exercises, years=years))


def test_what_is_noted_beside_a_row_is_not_said_of_another_one():
    """A planned exercise that goes leaves its row to the note; of two on one day, each keeps its own."""
    one = Exercise(grant="ES-1", day=date(2026, 12, 1), shares=10, value=5.0, status="planned")
    exercises = (one, replace(one, shares=20), replace(one, day=date(2026, 12, 9)))
    grant = Grant(label="ES-1", award="ISO", granted=date(2020, 1, 2), strike=1.0, shares=100)
    before = ClientRecord(client=Client(name="Ana"), holdings=(Holding(grants=(grant,), exercises=exercises),))
    changed = (replace(exercises[1], lot="EX-20"), replace(one, day=date(2027, 1, 5), shares=30))
    after = replace(before, holdings=(replace(before.holdings[0], exercises=changed),))
    workbook = record_sheets(Contents(before))
    table = next(table for table in TABLES if table.name == "Exercises_table")
    first, beside = FIRST_ROW, len(table.columns) + 2
    for row, note in enumerate(("ten", "twenty", "the ninth"), first):
        workbook["Exercises"].cell(row, beside, note)
    edits = Edits(Book(pack(parts_of(workbook)), "ana.xlsx"))
    write_record_rows(edits, after)
    written = Book(edits.content(), "ana.xlsx")
    notes = {
        row.values["shares"]: written.value("Exercises", (row.number, beside)) for row in read_rows(written, table)
    }
    assert notes == {20: "twenty", 30: None}
    assert [written.value("Exercises", (first + at, beside)) for at in range(3)] == ["ten", "twenty", "the ninth"]
