"""Exports of equity platforms -> what one client was granted, exercised, sold and holds, every row accounted for.

The shape of it: sources (files to sheets), layouts (what headers mean, one file per platform), match (tables of a
sheet), prepare (between tables and rows), rows (a reader a kind), reconcile (across sheets and files), report.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xl_amt.days import today
from xl_amt.errors import FileError
from xl_amt.importers.banner import company_in, day_of_export
from xl_amt.importers.gathering import Line, lines_of
from xl_amt.importers.grant_remarks import remark_on_date_order, remark_on_grants
from xl_amt.importers.layout import Fact
from xl_amt.importers.match import matcher_of, normalised
from xl_amt.importers.opening import Opened, open_file
from xl_amt.importers.people import with_names_and_labels
from xl_amt.importers.reading import Readings, read_lines
from xl_amt.importers.reconcile import reconcile
from xl_amt.importers.report import ImportRemark, ImportResult, ReadFile
from xl_amt.importers.sources import limits
from xl_amt.importers.stakeholders import rows_of_stakeholder

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Sequence

    from xl_amt.importers.layout import Layout
    from xl_amt.importers.match import Block
    from xl_amt.importers.table import Table


def read_carta_export(path: str | os.PathLike[str], stakeholder: str | None = None) -> ImportResult:
    """Return one stakeholder's grants and what was done with them, out of one export, as `read_export` does."""
    return read_export(path, stakeholder=stakeholder)


def read_export(
    *paths: str | os.PathLike[str], stakeholder: str | None = None, further: Sequence[Layout] = ()
) -> ImportResult:
    """Return what one client has and did, out of one or several exports of equity platforms, every row accounted for.

    ``stakeholder`` is a name, e-mail or ID as the export has it, in any case; all names of one person whom the
    export spells in several ways, with semicolons between them. It may be left out where the files hold one
    stakeholder only. Other stakeholders' rows are counted in a remark and not kept. ``further`` layouts, such as those
    that a user has confirmed, go before those that are held.

    Raises FileError where a file cannot be read, holds no table that is known (naming the columns that it lacks), has
    its prices in another currency, or holds several stakeholders and none is chosen, and where two files are of two
    companies. A row that cannot be read is in ``rejected`` with its reason; nothing is guessed in its place.
    """
    if not paths:
        raise FileError("no export was named: name at least one file.")
    remarks: list[ImportRemark] = []
    matcher = matcher_of(further)
    files = [open_file(Path(path), number, matcher, remarks) for number, path in enumerate(paths)]
    blocks = sorted((block for file in files for block in file.blocks), key=_grants_first)
    company = _company(files)
    lines = with_names_and_labels([line for block in blocks for line in lines_of(block, remarks)])
    names = ", ".join(file.name for file in files)
    rows = rows_of_stakeholder([line.first for line in lines], stakeholder, names, remarks)
    places = {row.place for row in rows}
    own = [line for line in lines if line.first.place in places]
    for number, file in enumerate(files):
        remark_on_date_order([row for row in rows if row.place.file == number], file.order, remarks)
    _check_number(len(own), limits.MOST_ROWS_OF_ONE, "rows", names)
    found = read_lines(own)
    _check_number(len(found.grants), limits.MOST_GRANTS, "grants", names)
    as_of = day_of_export(_first_tables(blocks), (file.name for file in files), remarks)
    counted_on = as_of or today()
    reconcile(found, counted_on, remarks)
    remark_on_grants(found.grants, rows, as_of, remarks)
    if not all(read.is_counted for read in found.grants):
        as_of = counted_on
    return ImportResult(
        company=company or next(filter(None, (row.words(Fact.COMPANY) for row in rows)), ""),
        as_of=as_of,
        stakeholder=next(filter(None, (row.words(Fact.STAKEHOLDER) for row in rows)), ""),
        grants=tuple(read.grant for read in found.grants),
        rejected=tuple(found.rejected),
        remarks=tuple(remarks),
        rows_read=len(own),
        source=names,
        grant_places=tuple(read.row.place for read in found.grants),
        exercises=tuple(found.exercises),
        sales=tuple(found.sales),
        lots=tuple(found.lots),
        tranches=tuple(found.tranches),
        values=tuple(found.values),
        splits=tuple(found.splits),
        ignored=tuple(found.ignored),
        files=tuple(_file(file, number, own, found) for number, file in enumerate(files)),
    )


def _check_number(number: int, most: int, of: str, names: str) -> None:
    """FileError for more of one person than anybody has: they would be compared with one another for minutes."""
    if number > most:
        raise FileError(
            f"{names}: {number:,} {of} belong to one person, more than {most:,}: check that the export tells the "
            "people apart, or export one grant's at a time."
        )


def _grants_first(block: Block) -> tuple[bool, int]:
    table = block.tables[0]
    return table.layout.kind != "grant", -len(table.columns)


def _first_tables(blocks: Iterable[Block]) -> list[Table]:
    """The first table of each sheet, above which its banner stands."""
    found: dict[tuple[int, str], Table] = {}
    for block in blocks:
        table = block.tables[0]
        if not block.again:
            found.setdefault((table.sheet.file, table.sheet.name), table)
    return list(found.values())


def _company(files: Iterable[Opened]) -> str:
    """The company that the banners name; FileError where the files are of two."""
    found: dict[str, tuple[str, str]] = {}
    for file in files:
        named = next(filter(None, (company_in(table) for table in _first_tables(file.blocks))), "")
        if named:
            found.setdefault(normalised(named), (named, file.name))
    if len(found) > 1:
        (one, one_file), (other, other_file) = list(found.values())[:2]
        raise FileError(
            f"{one_file} is of {one} and {other_file} of {other}: import one company's files, then add the others with "
            "xl-amt update."
        )
    return next((named for named, _ in found.values()), "")


def _file(file: Opened, number: int, own: Sequence[Line], found: Readings) -> ReadFile:
    """What became of the rows of a file."""
    layouts = [table.layout for block in file.blocks for table in block.tables]
    read = sum(line.first.place.file == number for line in own)
    rejected = sum(row.file == number for row in found.rejected)
    ignored = sum(row.file == number for row in found.ignored)
    return ReadFile(
        name=file.name,
        platform=", ".join(dict.fromkeys(layout.platform for layout in layouts)),
        tables=tuple(dict.fromkeys(layout.table for layout in layouts)),
        read=read,
        kept=read - rejected - ignored,
        rejected=rejected,
        ignored=ignored,
    )
