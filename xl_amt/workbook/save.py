"""Saving a workbook: its values filled, the file written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from openpyxl import Workbook

from xl_amt.errors import FileError
from xl_amt.workbook.package import pack, parts_of
from xl_amt.workbook.values import fill_values


def filled_package(workbook: Workbook) -> bytes:
    """The workbook as a file with every value in it; the same workbook gives the same bytes."""
    return pack(fill_values(parts_of(workbook)))


def save_workbook(workbook: Workbook, path: str | Path) -> None:
    """Fill every value and write the file; a file that stands there already is replaced only by a whole one.

    Raises FileError where a formula has no value, or where the place cannot be written to.
    """
    content, target = filled_package(workbook), Path(path)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    except OSError as error:
        advice = "close it where it is open, or choose another place."
        raise FileError(f"{target} cannot be written ({error.strerror}): {advice}") from error
    finally:
        temporary.unlink(missing_ok=True)
