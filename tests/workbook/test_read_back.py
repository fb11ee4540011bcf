"""A workbook is the client's record: what is written is read back, also after a person has edited it."""

from hypothesis import HealthCheck, given, settings

from tests.workbook.records import records
from xl_amt.client.checks import check_record
from xl_amt.workbook import Book, build_workbook
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.read import record_in
from xl_amt.workbook.splice import Book as BookFile


def read(workbook):
    """The record of a workbook as a file holds it."""
    return record_in(BookFile(pack(parts_of(workbook)), "ana.xlsx"))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(records())
def test_what_is_written_is_read_back(record):
    """Every table, every column, present or absent."""
    check_record(record, "ana")
    assert read(build_workbook(Book(record))) == record
