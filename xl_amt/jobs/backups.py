"""A client's file replaced by a whole new one, the previous one kept next to it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from xl_amt.client.toml_file import SUFFIX, is_record
from xl_amt.errors import FileError
from xl_amt.files import check_not_open, check_not_read_only, keep_mode, written_whole
from xl_amt.jobs.new_client import free_name


def backup_name(path: Path, day: date) -> Path:
    """A free name next to a file for what it held before a day's change.

    >>> backup_name(Path("Ana.client.toml"), date(2026, 3, 1)).name, backup_name(Path("B.xlsx"), date(2026, 3, 1)).name
    ('Ana before 2026-03-01.client.toml', 'B before 2026-03-01.xlsx')
    """
    ending = path.name[-len(SUFFIX) :] if is_record(path) else path.suffix
    return free_name(path.with_name(f"{path.name[: -len(ending)]} before {day}{ending}"), ending)


def changed_meanwhile(path: Path) -> FileError:
    """The error for a file that holds something else by now than what was read of it."""
    return FileError(f"{path}: it was changed while this was running, so it was not replaced; run it again.")


def keep(path: Path, content: bytes, backup: Path) -> None:
    """Write what a file held under the name of the ``backup``, for the same people to read.

    FileError where the file is read-only, and so is not to be changed.
    """
    check_not_read_only(path)
    with written_whole(backup, replace_existing=False) as temporary:
        temporary.write_bytes(content)
        keep_mode(path, temporary)


def replace_and_keep(path: Path, before: bytes, content: bytes, backup: Path) -> None:
    """Write a file's new content over what it held ``before``, which is kept under the name of the ``backup``.

    FileError, and the file as it was, where it is open in a spreadsheet program, is read-only, or was changed since it
    was read.
    """
    check_not_open(path)
    if not path.is_file() or path.read_bytes() != before:
        raise changed_meanwhile(path)
    keep(path, before, backup)
    with written_whole(path) as temporary:
        temporary.write_bytes(content)
