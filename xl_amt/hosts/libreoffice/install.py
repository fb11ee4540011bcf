"""Install the extension in LibreOffice, remove it, and say which version is there."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import xl_amt
from xl_amt.errors import AmtError
from xl_amt.hosts.libreoffice.addin import OLDEST_PYTHON
from xl_amt.hosts.libreoffice.build import IDENTIFIER, OLDEST_LIBREOFFICE, build_extension

KNOWS_PLAIN_NAMES: Final = (25, 2)  # earlier ones show #NAME? where an .xlsx file calls =AMT_ROOM(

_SECONDS: Final = 120  # unopkg answers within a few; the first start of a new profile takes longer
_INSTALLS: Final = "xl-amt addin install --host libreoffice"
_GET_LIBREOFFICE: Final = "install LibreOffice 25.2 or later from libreoffice.org"


class LibreOffice(NamedTuple):
    """An installed LibreOffice: the folder of its programs, and its version, such as 25.2.3."""

    programs: Path
    version: str

    @property
    def release(self) -> tuple[int, ...]:
        """Year and month of the release; 7.4 and the like before 2024."""
        return tuple(map(int, self.version.split(".")[:2]))

    def program(self, name: str) -> Path:
        """One of its programs; on Windows the one that writes to the console."""
        return self.programs / (f"{name}.com" if sys.platform == "win32" else name)


class Installed(NamedTuple):
    """The extension as LibreOffice lists it: its version, none where it is not there, and whether it is loaded."""

    version: str = ""
    loaded: bool = False


def install(say: Callable[[str], None], profile: Path | None = None) -> None:
    """Build the extension and install it, saying in one line each what was done; AmtError where it cannot be.

    ``profile`` is a LibreOffice profile of its own, in place of the user's.
    """
    office = find_libreoffice()
    check(office)
    _start_a_new_profile(office, profile)
    with tempfile.TemporaryDirectory() as folder:
        extension = Path(folder) / "xl_amt.oxt"
        build_extension(extension)
        _unopkg(office, profile, "add", "--force", "--suppress-license", str(extension))
    whose = " for every user of this computer" if _as_root() else ""
    say(f"Installed xl-amt {xl_amt.__version__} in LibreOffice {office.version}{whose}; restart it where it is open.")
    if office.release < KNOWS_PLAIN_NAMES:
        say(
            f"LibreOffice {office.version} shows #NAME? where an .xlsx file uses the functions: press Ctrl+H there and "
            "replace = by = in all formulas, or update LibreOffice to 25.2 or later."
        )


def remove(say: Callable[[str], None], profile: Path | None = None) -> None:
    """Remove the extension, saying so in one line; AmtError where it cannot be."""
    office = find_libreoffice()
    if not installed(office, profile).version:
        say(f"xl-amt is not installed in LibreOffice {office.version}: there is nothing to remove.")
        return
    _unopkg(office, profile, "remove", IDENTIFIER)
    say(f"Removed xl-amt from LibreOffice {office.version}; restart it where it is open.")


def status(profile: Path | None = None) -> str:
    """One sentence: which LibreOffice there is, and which version of xl-amt is installed in it."""
    office = find_libreoffice()
    found = installed(office, profile)
    if not found.version:
        told = f"xl-amt is not installed; {_INSTALLS} installs it"
    elif not found.loaded:
        told = f"xl-amt {found.version} is installed but not loaded, as after an update; {_INSTALLS} fixes that"
    elif found.version != xl_amt.__version__:
        told = f"xl-amt {found.version} is installed; {_INSTALLS} replaces it with {xl_amt.__version__}"
    else:
        told = f"xl-amt {found.version} is installed"
    return f"LibreOffice {office.version} in {office.programs}: {told}."


def find_libreoffice() -> LibreOffice:
    """The LibreOffice on the PATH, or in one of the usual places; AmtError where there is none."""
    for programs in _folders():
        office = LibreOffice(programs, "")
        if office.program("soffice").is_file() and office.program("unopkg").is_file():
            answer = run([str(office.program("soffice")), "--version"]).stdout
            if version := re.search(r"LibreOffice\D*(\d+\.\d+(\.\d+)?)", answer):
                return office._replace(version=version[1])
    raise AmtError(f"LibreOffice was not found on this computer: {_GET_LIBREOFFICE}, or put its soffice on the PATH.")


def installed(office: LibreOffice, profile: Path | None = None) -> Installed:
    """What LibreOffice says of the extension."""
    entry = re.search(
        rf"^Identifier: {re.escape(IDENTIFIER)}\s+Version: (\S+)(?:\s+URL:.*)?\s+is registered: (\w+)",
        _unopkg(office, profile, "list"),
        re.MULTILINE,
    )
    return Installed(entry[1], loaded=entry[2] == "yes") if entry else Installed()


def profile_options(profile: Path) -> list[str]:
    """What to tell LibreOffice's programs so that all they keep stays in the folder of a profile."""
    return [
        f"-env:UserInstallation={profile.absolute().as_uri()}",
        f"-env:UNO_SHARED_PACKAGES_CACHE={(profile.absolute() / 'shared').as_uri()}",
    ]


def check(office: LibreOffice) -> None:
    """AmtError where this LibreOffice cannot run the functions."""
    if office.release < OLDEST_LIBREOFFICE:
        raise AmtError(f"LibreOffice {office.version} is too old for xl-amt: {_GET_LIBREOFFICE}.")
    python = _own_python(office.programs)
    if python and python < OLDEST_PYTHON:
        raise AmtError(
            f"LibreOffice {office.version} includes Python {python[0]}.{python[1]}, and xl-amt needs "
            f"{OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]} or later: {_GET_LIBREOFFICE}."
        )
    if not python and not (office.programs / "pythonloader.py").is_file():
        raise AmtError(
            f"LibreOffice {office.version} has no Python here: install python3-uno (Debian, Ubuntu) or "
            "libreoffice-pyuno (Fedora)."
        )


def _start_a_new_profile(office: LibreOffice, profile: Path | None) -> None:
    """Start LibreOffice once where it never was: its first start would forget the extensions of its user."""
    if _as_root() or ((profile or _usual_profile()) / "user" / "extensions" / "buildid").is_file():
        return
    options = profile_options(profile) if profile else []
    run([str(office.program("soffice")), *options, "--headless", "--terminate_after_init"])


def _usual_profile() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "")) / "LibreOffice" / "4"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "LibreOffice" / "4"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "libreoffice" / "4"


def _own_python(programs: Path) -> tuple[int, ...] | None:
    """The version of the Python that LibreOffice brings; None where it uses the system's."""
    brought = [
        *programs.glob("python-core-*"),  # Windows and Linux
        *programs.parent.glob("Frameworks/LibreOfficePython.framework/Versions/3.*"),  # Mac
    ]
    version = re.search(r"(\d+)\.(\d+)", brought[0].name) if brought else None
    return (int(version[1]), int(version[2])) if version else None


def _folders() -> Iterator[Path]:
    """Where LibreOffice's programs may lie, the PATH first."""
    if on_path := shutil.which("soffice"):
        yield Path(on_path).resolve().parent
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramFiles(x86)"):
            yield Path(os.environ.get(variable, "")) / "LibreOffice" / "program"
    elif sys.platform == "darwin":
        for home in (Path("/"), Path.home()):
            yield home / "Applications" / "LibreOffice.app" / "Contents" / "MacOS"
    else:
        for folder in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/usr/local/lib/libreoffice"):
            yield Path(folder) / "program"
        for newest_first in sorted(Path("/opt").glob("libreoffice*"), reverse=True):
            yield newest_first / "program"


def _as_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _unopkg(office: LibreOffice, profile: Path | None, command: str, *arguments: str) -> str:
    """What LibreOffice's package manager answers; AmtError where it fails."""
    shared = ["--shared"] if _as_root() else []  # it refuses to install for root alone
    options = profile_options(profile) if profile else []
    finished = run([str(office.program("unopkg")), command, *shared, *options, *arguments])
    if finished.returncode:
        said = re.findall(r"^ERROR: (?:Exception occurred: )?(.+)$", finished.stderr, re.MULTILINE)
        reason = said[0].rstrip(". ") if said else f"its unopkg ended with {finished.returncode}"
        raise AmtError(f"LibreOffice refused ({reason}): close all its windows and try again.")
    return finished.stdout


def _without_this_python(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what leads to this Python: LibreOffice's own is found by PATH, and has other files.

    In an activated virtual environment it would take that one's folder for its own, and miss its uno module.
    """
    kept = {
        name: value for name, value in environment.items() if not name.startswith("PYTHON") and name != "VIRTUAL_ENV"
    }
    if sys.prefix != sys.base_prefix:
        folders = kept.get("PATH", "").split(os.pathsep)
        kept["PATH"] = os.pathsep.join(folder for folder in folders if not folder.startswith(sys.prefix))
    return kept


def run(command: list[str]) -> subprocess.CompletedProcess[str]:
    """Run one of LibreOffice's programs to its end; AmtError where it does not start or does not end."""
    environment = _without_this_python(os.environ)
    try:
        return subprocess.run(  # noqa: S603 - LibreOffice's own programs
            command,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise AmtError(
            f"LibreOffice did not answer in {_SECONDS} seconds: close all its windows and try again."
        ) from None
    except OSError as error:
        raise AmtError(f"{command[0]} cannot be started ({error.strerror}): {_GET_LIBREOFFICE}.") from None
