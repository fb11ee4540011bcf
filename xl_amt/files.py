"""Files written whole or not at all, none replaced unasked, and none that is an input or open elsewhere."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from xl_amt.errors import FileError

_LARGEST_TOML: Final = 5_000_000  # bytes: records of hundreds of grants are a tenth of it
_LONGEST_NAME: Final = 120  # bytes: room for a number, an ending and a temporary name within every system's 255
_LONGEST_PAUSE: Final = 3_600.0  # seconds between two writings of a run; the number of an older one is used again
_NOT_IN_A_NAME: Final = re.compile(r"[^\w .'-]")
# Names of devices on Windows, whatever ending follows them.
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³]) *(\..*)?", re.IGNORECASE)


def check_new_file(target: Path, *, replace_existing: bool, holds: str = "", inputs: Iterable[Path] = ()) -> None:
    """FileError where a file has no folder to stand in, or stands there already and may not be replaced.

    One that is open in a spreadsheet program may not be, nor one of the ``inputs`` that are being read, by whatever
    name. ``holds`` says what would be lost, such as " and may hold your edits".
    """
    try:
        if not target.parent.is_dir():
            raise FileError(f"{target.parent}: there is no such folder; create it first, or choose another.")
        if not target.exists():
            return
        if any(source.exists() and target.samefile(source) for source in inputs):
            raise FileError(f"{target}: this is the file being read and would be overwritten; choose another name.")
    except OSError as error:  # such as a name that is too long
        raise FileError(f"{target}: no file can have this name ({error.strerror}); choose another.") from None
    if not replace_existing:
        raise FileError(f"{target}: it already exists{holds}; choose another name, or add --replace.")
    check_is_file(target)
    check_not_open(target)


def check_is_file(target: Path) -> None:
    """FileError where a folder, a device or a pipe stands, which a file must not take the place of."""
    if target.exists() and not target.is_file():
        raise FileError(f"{target}: it is a folder or a device, which no file can replace; choose another name.")


def check_not_open(target: Path) -> None:
    """FileError where LibreOffice or Excel says, by a file next to it, that a file is open there."""
    for mark in (f".~lock.{target.name}#", f"~${target.name}"):
        if target.with_name(mark).exists():
            raise FileError(
                f"{target}: it is open in a spreadsheet program; close it there, or delete {mark} next to it if no "
                "program has it open."
            )


def check_not_read_only(target: Path) -> None:
    """FileError where a file is marked as one that may not be written."""
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise FileError(f"{target}: it is read-only; allow writing to it, or work on a copy.")


def keep_mode(source: Path, copy: Path) -> None:
    """Let whoever may read and write a file, and nobody else, do so with another."""
    copy.chmod(stat.S_IMODE(source.stat().st_mode))


@contextmanager
def written_whole(target: Path, *, replace_existing: bool = True) -> Iterator[Path]:
    """A temporary name next to the target, which takes its place once everything is written.

    A file that is replaced keeps who may read it, and a link to it stays a link. FileError where the place cannot be
    written to, another run is writing the same file, or a file has appeared there that may not be replaced. What runs
    that were killed left next to this target is cleared away.
    """
    target = target.resolve() if target.is_symlink() else target
    temporary = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _clear_what_was_left(target)
        yield temporary
        if replace_existing:
            check_is_file(target)
            check_not_open(target)
            check_not_read_only(target)
            if target.exists():
                keep_mode(target, temporary)
            temporary.replace(target)
        else:
            _take_free_place(temporary, target)
    except FileExistsError:
        raise FileError(
            f"{target}: it appeared while this was running, so it was not replaced; choose another name, or add "
            "--replace."
        ) from None
    except OSError as error:
        why = error.strerror or str(error)
        raise FileError(
            f"{target} cannot be written ({why}): close it wherever it is open, or choose another location."
        ) from error
    finally:
        with suppress(OSError):  # a folder that is gone, or a name that no file can have
            temporary.unlink(missing_ok=True)


def file_name(name: str, otherwise: str) -> str:
    """A name as part of a file's name on every system; ``otherwise`` where nothing of it can be.

    >>> file_name("Ana: Álvarez/2", "Client"), file_name("con.", "Client"), file_name("???", "Client")
    ('Ana  Álvarez 2', '_con', 'Client')
    """
    kept = _NOT_IN_A_NAME.sub(" ", name).encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    return (f"_{kept}" if _RESERVED.fullmatch(kept) else kept) or otherwise


def _take_free_place(temporary: Path, target: Path) -> None:
    """Give the file its name; FileExistsError where another has it by now."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # some disks know no second name of a file
        target.open("xb").close()
        temporary.replace(target)


def _clear_what_was_left(target: Path) -> None:
    """Delete what runs that are no more left next to a target; FileError where one is still writing it."""
    left = re.compile(rf"\.{re.escape(target.name)}\.([0-9]{{1,10}})\.part")
    for beside in target.parent.iterdir():
        found = left.fullmatch(beside.name)
        if found is None or int(found[1]) == os.getpid():
            continue
        with suppress(FileNotFoundError):  # the other run has ended meanwhile
            if _is_running(int(found[1])) and time.time() - beside.stat().st_mtime < _LONGEST_PAUSE:
                raise FileError(
                    f"{target}: another run (process {found[1]}) is writing it; wait for it to finish, or delete "
                    f"{beside.name} next to it if there is no such run."
                )
            beside.unlink()


def _is_running(process: int) -> bool:
    """Whether a process of that number runs on this machine."""
    if sys.platform == "win32":
        import ctypes

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, 0, process)  # for its name only
        if handle:
            ctypes.windll.kernel32.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(process, 0)  # asks, and sends nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return process != 0


def read_toml(path: Path, what: str) -> dict[str, Any]:
    """The contents of a TOML file; FileError says in one sentence why it cannot be read. ``what`` names it in words."""
    text = read_toml_text(path, what)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{path}: it is not valid TOML ({error}); correct it there.") from None
    except (RecursionError, ValueError):  # tables within tables without end; a number of thousands of digits
        raise FileError(f"{path}: its contents cannot be read as {what}; correct it, or use another file.") from None


def read_toml_text(path: Path, what: str) -> str:
    """The text of a TOML file, not read yet; FileError where there is none, or too much of it."""
    try:
        if path.stat().st_size > _LARGEST_TOML:
            raise FileError(f"{path}: it is above {_LARGEST_TOML:,} bytes, too large for {what}; use another file.")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise FileError(
            f"{path} cannot be read as {what} ({error.strerror or error}); check its name and folder."
        ) from None
    except UnicodeDecodeError:
        raise FileError(f"{path}: it is not UTF-8 text, which TOML requires; save it again as UTF-8.") from None
