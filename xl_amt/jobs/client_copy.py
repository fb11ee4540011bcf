"""A client's workbook as it can be handed to the client: built new from the record, and frozen to its values."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from xl_amt.client.toml_file import SUFFIX, is_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.files import check_new_file, written_whole
from xl_amt.jobs.records import open_record

if TYPE_CHECKING:
    from openpyxl import Workbook

_MISSING: Final = "Missing_inputs"
_FAILED: Final = "Failed_checks"


class ClientCopy(NamedTuple):
    """Where a copy was written, its sheets, how many checks fail in what it was made from, and what it leaves out.

    ``left_out`` are a person's own sheets and columns, in words; ``not_taken`` the sheets into which numbers may have
    been typed, but whose cells were moved, so that the copy shows them as the record alone gives them.
    """

    path: Path
    sheets: tuple[str, ...]
    failed_checks: int
    left_out: tuple[str, ...]
    not_taken: tuple[str, ...]


def client_copy(path: Path, output: Path | None = None, *, replace_existing: bool = False) -> ClientCopy:
    """Write the copy of a client's record or workbook, next to it or to ``output``; the file itself stays.

    Of a workbook the numbers that were typed into the sheets for trying, such as Plan and Scenarios, are in it.
    ArgumentError where the record has no answer yet; FileError if the file exists already.
    """
    from xl_amt.jobs.workbook_contents import book_of
    from xl_amt.workbook import build_workbook
    from xl_amt.workbook.client_copy import FOR_THE_CLIENT, freeze
    from xl_amt.workbook.package import pack, parts_of
    from xl_amt.workbook.splice import open_book
    from xl_amt.workbook.typed import of_others, take_over
    from xl_amt.workbook.values import evaluate

    target = output or name_of_copy(path)
    if target.suffix.lower() != ".xlsx":
        raise FileError(f"{target}: a copy for the client is an .xlsx file; give it a name that ends in .xlsx.")
    check_new_file(target, replace_existing=replace_existing, inputs=[path])
    record = open_record(path)
    workbook = build_workbook(book_of(record))
    titles = [title for title in FOR_THE_CLIENT if title in workbook.sheetnames]
    left_out: list[str] = []
    not_taken: list[str] = []
    if not is_record(path):
        file = open_book(path)
        left_out = of_others(file, workbook, titles)
        not_taken = take_over(file, workbook, titles)
    parts = parts_of(workbook)
    values = evaluate(parts)
    (missing, failed) = (values[_cell_of(workbook, name)] for name in (_MISSING, _FAILED))
    if missing:
        raise ArgumentError(f"{path.name}: there is no answer to hand out yet. {missing}")
    freeze(workbook, parts, values)
    workbook.properties.title = f"AMT plan: {record.client.name}"
    content = pack(parts_of(workbook))
    with written_whole(target, replace_existing=replace_existing) as temporary:
        temporary.write_bytes(content)
    return ClientCopy(target, tuple(titles), int(float(failed)), tuple(left_out), tuple(not_taken))


def name_of_copy(path: Path) -> Path:
    """The name of the copy next to a client's file.

    >>> name_of_copy(Path("Ana 2026.xlsx")).name, name_of_copy(Path("Ana.client.toml")).name
    ('Ana 2026 for the client.xlsx', 'Ana for the client.xlsx')
    """
    stem = path.name[: -len(SUFFIX)] if is_record(path) else path.stem
    return path.with_name(f"{stem} for the client.xlsx")


def _cell_of(workbook: Workbook, name: str) -> tuple[str, str]:
    """The sheet and the address of a named cell."""
    ((sheet, address),) = workbook.defined_names[name].destinations
    return sheet, address.replace("$", "")
