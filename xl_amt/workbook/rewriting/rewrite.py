"""A workbook's file rewritten for another record: tables and blocks placed by the file's own names, recalculated."""

from __future__ import annotations

from dataclasses import replace

from xl_amt.client import ClientRecord
from xl_amt.errors import FileError
from xl_amt.workbook.book import Book as Contents
from xl_amt.workbook.build import build_workbook
from xl_amt.workbook.read import record_in
from xl_amt.workbook.recalculation import recalculated
from xl_amt.workbook.rewriting.blocks import write_blocks
from xl_amt.workbook.rewriting.built import Built
from xl_amt.workbook.rewriting.derived_rows import write_derived_rows
from xl_amt.workbook.rewriting.found_values import write_found
from xl_amt.workbook.rewriting.known_values import write_known_values
from xl_amt.workbook.rewriting.laid_out import not_laid_out
from xl_amt.workbook.rewriting.record_rows import a_new_workbook, missing_sheets, same_rows, write_record_rows
from xl_amt.workbook.rewriting.unfold import unfold
from xl_amt.workbook.splice import Book, Edits
from xl_amt.workbook.stamp import put_stamp
from xl_amt.workbook.validity import problems_in

_FILL = "Fill_shares"  # the cells of the sheet Room that take the ISO grants, a row each


def rewritten(book: Book, before: Contents, after: Contents) -> bytes:
    """The file with what differs between two records, every other byte as it is, and every value recalculated.

    ``before`` is the record that was read from the file. What an advisor typed, wrote over or added stays. FileError,
    where the file has no sheet or no row for what the new record needs, or does not read back as it.
    """
    if said := not_laid_out(book, after.record):
        raise FileError(said)
    _check_room(book, after.record)
    older, newer = Built(build_workbook(before)), Built(build_workbook(after))
    edits = Edits(book)
    missing = write_record_rows(edits, after.record)
    missing += write_derived_rows(edits, older, newer)
    missing += write_blocks(edits, older, newer)
    missing += write_found(edits, newer, after)
    if missing:
        raise missing_sheets(book, list(dict.fromkeys(missing)))
    unfold(edits, older, newer)
    put_stamp(edits, after.record)
    beside = Edits(edits.after())
    write_known_values(beside, newer, after.record)
    edited = beside.after()
    values = Edits(edited)
    recalculated(edited).put_into(values)
    values.mark_calculated()
    content = values.content()
    _check(book, content, after.record)
    return content


def _of_the_client(record: ClientRecord) -> ClientRecord:
    """The record without what stands in rows, whose order is the advisor's."""
    plan = record.plan
    if plan and plan.frozen:
        plan = replace(plan, frozen=replace(plan.frozen, exercises=(), years=()))
    return replace(record, holdings=(), sources=(), remarks=(), log=(), plan=plan)


def _check_room(book: Book, record: ClientRecord) -> None:
    """FileError for more ISO grants than the sheet Room has rows for."""
    region = book.region(_FILL)
    grants = sum(grant.award == "ISO" for holding in record.holdings for grant in holding.grants)
    rows = grants if region is None else region.area.last_row - region.area.row + 1
    if grants > rows and region is not None:
        raise FileError(
            f"{book.name}, sheet '{region.sheet}': it has rows for {rows} ISO grants, and the record has {grants}; "
            f"{a_new_workbook(book)}"
        )


def _check(book: Book, content: bytes, record: ClientRecord) -> None:
    """FileError where the new file has faults that the old one had not, or holds no record, or another one."""
    faults = set(problems_in(content)) - set(problems_in(book.content))
    if faults:
        raise FileError(f"{book.name}: it could not be changed safely ({min(faults)}); it is unchanged.")
    written = Book(content, book.name)
    if _of_the_client(record_in(written)) != _of_the_client(record) or not same_rows(written, record):
        raise FileError(f"{book.name}: what was written does not read back correctly; it is unchanged.")
