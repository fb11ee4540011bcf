"""Any record's rows are brought into the workbook of any other one: what is read back is the record."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from tests.workbook.records import records
from tests.workbook.test_read_back import record_sheets
from xl_amt.client.checks import check_record
from xl_amt.workbook import Book as Contents
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.read import record_in
from xl_amt.workbook.rewriting.record_rows import same_rows, write_record_rows
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.tables.record_tables import TABLES
from xl_amt.workbook.tables.write import write_table


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(records(), records())
def test_any_record_becomes_any_other(before, after):
    """Rows are changed, cleared and added; the file of no change is the same."""
    after = replace(after, client=replace(after.client, residence=before.client.residence), years=before.years)
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
