"""A client's record from whatever file a command is given: the record itself, or exports that make one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.client import ClientRecord
from xl_amt.client.toml_file import is_record, read_record
from xl_amt.errors import ArgumentError, FileError
from xl_amt.jobs.import_record import ImportOf, KnownBesides, record_of_import
from xl_amt.jobs.log import logged
from xl_amt.jobs.new_client import checked
from xl_amt.jobs.own_columns import kept_layouts
from xl_amt.reading.household import read_jurisdiction

if TYPE_CHECKING:
    from xl_amt.importers import ImportResult


class Imported(NamedTuple):
    """The record that an export makes, and the report of the import."""

    record: ClientRecord
    result: ImportResult


class ImportedFiles(NamedTuple):
    """The record that exports make, and the reports of the import: the client's, and the spouse's if there is one."""

    record: ClientRecord
    results: tuple[ImportResult, ...]


def open_record(path: Path) -> ClientRecord:
    """The record that a .client.toml or a client workbook holds; FileError for a file of another kind."""
    if is_record(path):
        return read_record(path)
    if is_client_file(path):
        from xl_amt.workbook.read import read_workbook

        return read_workbook(path)
    raise FileError(f"{path}: it is not a client's record; use a file that ends in .client.toml, or a client workbook.")


def is_client_file(path: Path) -> bool:
    """Whether a file's name says that it may hold a client's record: a TOML file's, or a workbook's.

    >>> is_client_file(Path("Ana.client.toml")), is_client_file(Path("Ana.xlsx")), is_client_file(Path("plan.json"))
    (True, True, False)
    """
    return is_record(path) or path.suffix.lower() == ".xlsx"


def holds_a_record(path: Path) -> bool:
    """Whether a file is a client's record or workbook, and no export; a workbook is looked into."""
    return is_record(path) or _is_client_workbook(path)


def _is_client_workbook(path: Path) -> bool:
    if path.suffix.lower() != ".xlsx":
        return False
    from xl_amt.workbook.read import is_client_workbook

    return is_client_workbook(path)


def open_client(path: Path, read_on: date, stakeholder: str | None = None) -> tuple[ClientRecord, ImportResult | None]:
    """The record that a .client.toml or a client workbook holds, or the one that an export makes with its report.

    ``stakeholder`` says whose grants are meant, of an export of several people.

    FileError where it cannot be read, or a record is given with a stakeholder.
    """
    if holds_a_record(path):
        if stakeholder is not None:
            raise FileError(f"{path.name}: a record is for one client; leave --stakeholder out.")
        return open_record(path), None
    return import_export(path, KnownBesides(), read_on, stakeholder)


def import_export(path: Path, known: KnownBesides, read_on: date, stakeholder: str | None = None) -> Imported:
    """The record of one export, as `import_exports` makes it."""
    record, (result,) = import_exports([path], known, read_on, stakeholder)
    return Imported(record, result)


def import_exports(
    paths: Sequence[Path],
    known: KnownBesides,
    read_on: date,
    stakeholder: str | None = None,
    *,
    spouse: str | None = None,
    spouse_paths: Sequence[Path] = (),
    columns: Mapping[str, str] | None = None,
) -> ImportedFiles:
    """The record of exports, and of what the advisor knows besides; AmtError where either is refused.

    ``stakeholder`` and ``spouse`` say whose rows are the client's and the spouse's. The spouse's stand in files of
    their own, ``spouse_paths``, or in the same ones. ``columns`` say which headers of a table mean which facts, where
    no layout has them.
    """
    known = checked(known, read_on)
    both = [read_for(paths, stakeholder, columns)]
    if spouse is not None or spouse_paths:
        both.append(read_for(spouse_paths or paths, spouse, columns)._replace(holder="spouse"))
    record = record_of_import(both, known, read_on)
    about, detail = what_was_read(record, [*paths, *spouse_paths])
    return ImportedFiles(logged(record, read_on, "imported", about, detail), tuple(one.result for one in both))


def what_was_read(record: ClientRecord, paths: Iterable[Path]) -> tuple[str, str]:
    """The names of the files that a record was read from, and what it holds since, for its log."""
    grants = sum(len(holding.grants) for holding in record.holdings)
    asked = sum(remark.level == "ask" and not remark.answered for remark in record.remarks)
    holds = f"The record has {grants} grant{'' if grants == 1 else 's'}"
    open_questions = f" and {asked} open question{'' if asked == 1 else 's'}" if asked else ""
    return ", ".join(dict.fromkeys(path.name for path in paths)), f"{holds}{open_questions}."


def read_for(paths: Sequence[Path], stakeholder: str | None, columns: Mapping[str, str] | None = None) -> ImportOf:
    """What exports hold of one person, by layouts held, kept and given; AmtError where they are refused."""
    from xl_amt.importers import read_export
    from xl_amt.importers.own_table import layout_of

    given = (layout_of(columns),) if columns else ()
    result = read_export(*paths, stakeholder=stakeholder, further=(*given, *kept_layouts()))
    return ImportOf(result, tuple(paths), name=(stakeholder or "").partition(";")[0].strip())


def asked_of(record: ClientRecord, jurisdiction: str | None) -> ClientRecord:
    """The record, asked about the taxes of a jurisdiction, such as US+CA, in place of its own.

    AmtError for one that is not held.
    """
    code = jurisdiction or record.client.jurisdiction
    if ":" in code:
        raise ArgumentError("jurisdiction: a record names its own law book; leave the book out of --jurisdiction.")
    asked = read_jurisdiction(code, together=True)
    return replace(record, client=replace(record.client, jurisdiction=asked.code))
