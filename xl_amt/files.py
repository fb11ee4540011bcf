"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xl_amt.errors import FileError


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
