"""Files written whole or not at all, and none replaced unasked."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from xl_amt.errors import FileError

_LARGEST_TOML: Final = 5_000_000  # bytes: records of hundreds of grants are a tenth of it


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


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """The contents of a TOML file; FileError says in one sentence why it cannot be read. ``what`` names it in words."""
    try:
        if path.stat().st_size > _LARGEST_TOML:
            raise FileError(f"{path}: it is above {_LARGEST_TOML:,} bytes, too large for {what}; give another file.")
        return tomllib.loads(path.read_bytes().decode())
    except OSError as error:
        raise FileError(
            f"{path}: {what} cannot be read ({error.strerror or error}); check its name and folder."
        ) from None
    except UnicodeDecodeError:
        raise FileError(f"{path}: it is not text in UTF-8, as TOML is; save it again as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path}: it is not TOML ({error}); correct it there.") from None
    except (RecursionError, ValueError):  # tables within tables without end; a number of thousands of digits
        raise FileError(f"{path}: its contents are no {what}; correct it, or give another file.") from None
