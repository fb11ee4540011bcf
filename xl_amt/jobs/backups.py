"""A client's file replaced by a whole new one, the one before kept beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xl_amt.client.toml_file import SUFFIX, is_record
from xl_amt.errors import FileError
from xl_amt.files import check_not_open, written_whole
from xl_amt.jobs.new_client import free_name


def backup_name(path: Path, day: date) -> Path:
    """A free name beside a file for what it held before a day's change.

    >>> backup_name(Path("Ana.client.toml"), date(2026, 3, 1)).name, backup_name(Path("B.xlsx"), date(2026, 3, 1)).name
    ('Ana before 2026-03-01.client.toml', 'B before 2026-03-01.xlsx')
    """
    ending = path.name[-len(SUFFIX) :] if is_record(path) else path.suffix
    return free_name(path.with_name(f"{path.name[: -len(ending)]} before {day}{ending}"), ending)


def replace_and_keep(path: Path, before: bytes, content: bytes, backup: Path) -> None:
    """Write a file's new content over what it held ``before``, which is kept under the name of the ``backup``.

    FileError, and the file as it was, where it is open in a spreadsheet program, or was changed since it was read.
    """
    check_not_open(path)
    if path.read_bytes() != before:
        raise FileError(f"{path}: it was changed while this was running, so it is not replaced; run it again.")
    with written_whole(backup, replace_existing=False) as temporary:
        temporary.write_bytes(before)
    with written_whole(path) as temporary:
        temporary.write_bytes(content)
