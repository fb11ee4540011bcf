"""Saving a workbook: its values filled, the file written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

from xl_amt.files import written_whole
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.values import fill_values


def filled_package(workbook: Workbook) -> bytes:
    """The workbook as a file with every value in it; the same workbook gives the same bytes."""
    return pack(fill_values(parts_of(workbook)))


def save_workbook(workbook: Workbook, path: str | Path, *, replace_existing: bool = True) -> None:
    """Fill every value and write the file; one that stands there already is replaced by a whole one, or not at all.

    Raises FileError where a formula has no value, or where the place cannot be written to.
    """
    content = filled_package(workbook)
    with written_whole(Path(path), replace_existing=replace_existing) as temporary:
        temporary.write_bytes(content)
