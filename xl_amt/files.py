"""Files written whole or not at all, and none replaced unasked."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_amt.errors import FileError


def check_new_file(target: Path, *, replace_existing: bool, holds: str = "") -> None:
    """FileError where a file has no folder to stand in, or stands there already and may not be replaced.

    ``holds`` says what would be lost, such as " and may hold your edits".
    """
    if not target.parent.is_dir():
        raise FileError(f"{target.parent}: there is no such folder; make it first, or choose another.")
    if target.exists() and not replace_existing:
        raise FileError(f"{target}: it exists already{holds}; choose another name, or add --replace.")


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """A temporary name beside the target, which takes its place once everything is written.

    FileError where the place cannot be written to.
    """
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield temporary
        temporary.replace(target)
    except OSError as error:
        why = error.strerror or str(error)
        raise FileError(
            f"{target} cannot be written ({why}): close it where it is open, or choose another place."
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
