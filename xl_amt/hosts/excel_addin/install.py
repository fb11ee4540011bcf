"""Install the add-in for one user of Excel on Windows, and take it away again.

Two files: the add-in in Excel's start folder, and a configuration that names the Python to start and the folder of the
library through which Excel reaches it. The configuration has the form of xlwings' own (``"KEY","VALUE"`` a line), but
is a file apart: xlwings' names the Python of every xlwings project of the user, and a workbook can override it, which
must not decide what this add-in starts.
"""

from __future__ import annotations

import locale
import os
import site
import sys
from collections.abc import Callable, Iterable, Mapping
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import Final, NamedTuple

from xl_amt.errors import ArgumentError, FileError
from xl_amt.hosts.excel_addin.build import addin
from xl_amt.hosts.excel_addin.signing import is_signed, is_this_addin
from xl_amt.hosts.excel_addin.vba import (
    CONFIGURATION,
    FILE_NAME,
    INTERPRETER_KEY,
    LIBRARY_KEY,
    OF_THE_PYTHON,
    OF_THE_USER,
    PACKAGES_KEY,
    XLWINGS_VERSION,
)

_START_FOLDER: Final = ("Microsoft", "Excel", "XLSTART")


class Places(NamedTuple):
    """Where the add-in, its configuration, its Python and its packages stand."""

    addin: Path
    configuration: Path
    interpreter: Path
    xlwings_version: str
    library_folder: Path | None
    """Where pip put xlwings' library; None where it brought none, as for a Python that is not for x64 processors."""
    packages: str = OF_THE_PYTHON

    def library(self, bits: int = 64) -> Path | None:
        """Where xlwings' library for an Excel of so many bits is to be."""
        return self.library_folder / library_name(bits) if self.library_folder else None


def library_name(bits: int) -> str:
    """The file that Excel loads to reach Python."""
    return f"xlwings{bits}-{XLWINGS_VERSION}.dll"


def places_of_user(
    environment: Mapping[str, str] | None = None,
    interpreter: Path | None = None,
    packages: Iterable[Distribution] | None = None,
) -> Places:
    """The places of the user who runs this Python.

    ``packages`` are xlwings and xl-amt as pip recorded them, in this order; those of this Python where none are given.
    """
    environment = os.environ if environment is None else environment
    python = Path(sys.executable) if interpreter is None else interpreter
    windowless = python.with_name("pythonw.exe")
    xlwings, own = packages or (distribution("xlwings"), distribution("xl-amt"))
    try:
        roaming, home = environment["APPDATA"], environment["USERPROFILE"]
    except KeyError as missing:
        raise FileError(f"{missing}: Windows does not say where this user's files are; sign in again.") from None
    return Places(
        addin=Path(roaming, *_START_FOLDER, FILE_NAME),
        configuration=Path(home, *CONFIGURATION.split("\\")),
        interpreter=windowless if windowless.exists() else python,
        xlwings_version=xlwings.version,
        library_folder=_library_folder(xlwings),
        packages=OF_THE_USER if _is_of_the_user(xlwings) or _is_of_the_user(own) else OF_THE_PYTHON,
    )


def install(say: Callable[[str], object], places: Places | None = None, signed: Path | None = None) -> None:
    """Install the add-in that starts this Python, in place of an earlier one; all of it, or nothing.

    ``signed`` is a copy that a firm has signed; one that is there already stays while its code is current.
    """
    places = places or _places_on_windows()
    _check_xlwings(places)
    settings = _read(places.configuration)
    settings[INTERPRETER_KEY] = str(places.interpreter)
    settings[LIBRARY_KEY] = str(places.library_folder)
    settings[PACKAGES_KEY] = places.packages
    written = {places.addin: _content(places, signed), places.configuration: _configuration(settings)}
    _write_all(written)
    say(f"Add-in: {places.addin}{', signed' if is_signed(written[places.addin]) else ''}")
    say(f"Python: {places.interpreter}")
    say("Restart Excel and type =AMT_ in a cell; if nothing is offered, xl-amt doctor says what is wrong.")


def remove(say: Callable[[str], object], places: Places | None = None) -> None:
    """Take the add-in and its configuration away."""
    places = places or _places_on_windows()
    for path in (places.addin, places.configuration):
        try:
            path.unlink()
            say(f"Removed: {path}")
        except FileNotFoundError:
            say(f"Not there: {path}")
        except OSError as error:
            raise _cannot_write(path, error) from error


def status(places: Places | None = None) -> str:
    """One sentence: whether the add-in is installed, is the present one, and which Python it starts."""
    places = places or _places_on_windows()
    if not places.addin.exists():
        return "The add-in is not installed: run xl-amt addin install."
    if not is_this_addin(places.addin.read_bytes()):
        return f"{places.addin} is from another version of xl-amt: run xl-amt addin install."
    interpreter = configured_interpreter(places)
    if not interpreter:
        return f"{places.configuration} names no Python: run xl-amt addin install."
    return f"The add-in is installed and starts {interpreter}."


def configured_interpreter(places: Places) -> str:
    """The Python that the add-in starts; empty where none is configured."""
    return _read(places.configuration).get(INTERPRETER_KEY, "")


def read_settings(text: str) -> dict[str, str]:
    """The settings of a configuration in the form of xlwings.

    >>> read_settings('"INTERPRETER_WIN","C:/xl-amt/Scripts/pythonw.exe"')
    {'INTERPRETER_WIN': 'C:/xl-amt/Scripts/pythonw.exe'}
    """
    pairs = (line.strip().strip('"').partition('","') for line in text.splitlines())
    return {key: value for key, comma, value in pairs if comma}


def _places_on_windows() -> Places:
    if sys.platform != "win32":
        raise ArgumentError(
            "host: the Excel add-in is for Excel on Windows; "
            "on this system use xl-amt addin install --host libreoffice."
        )
    return places_of_user()


def _library_folder(xlwings: Distribution) -> Path | None:
    """Where pip put the library: next to Python, one folder up, or in the user's own folder; pip has recorded it."""
    library = next((file for file in xlwings.files or () if file.name == library_name(64)), None)
    return Path(os.path.normpath(str(xlwings.locate_file(library)))).parent if library else None


def _is_of_the_user(package: Distribution) -> bool:
    return Path(os.path.normpath(str(package.locate_file("")))) == Path(site.getusersitepackages())


def _content(places: Places, signed: Path | None) -> bytes:
    """The add-in to be installed."""
    if signed is None:
        there = places.addin.read_bytes() if places.addin.is_file() else b""
        return there if is_this_addin(there) else addin()
    try:
        content = signed.read_bytes()
    except OSError as error:
        raise FileError(f"{signed} cannot be read ({error.strerror}): name the signed copy of the add-in.") from error
    if not is_this_addin(content):
        raise FileError(
            f"{signed} is not the add-in of this version of xl-amt: sign the file from xl-amt addin install again."
        )
    if not is_signed(content):
        raise FileError(f"{signed} holds no signature: sign it, or leave out --signed.")
    return content


def _check_xlwings(places: Places) -> None:
    remedy = f"run {places.interpreter} -m pip install --force-reinstall xlwings=={XLWINGS_VERSION}."
    if places.xlwings_version != XLWINGS_VERSION:
        raise FileError(
            f"xlwings {places.xlwings_version} is installed, but the add-in needs {XLWINGS_VERSION}: {remedy}"
        )
    library = places.library()
    if library is None:
        raise FileError(
            f"xlwings brings no {library_name(64)} for the Python at {places.interpreter}, and Excel needs it: "
            "install x64 Python from python.org, and xl-amt in it."
        )
    if not library.exists():
        raise FileError(f"{library} is missing, and Excel needs it: {remedy}")


def _read(configuration: Path) -> dict[str, str]:
    try:
        return read_settings(configuration.read_text(locale.getencoding()))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"{configuration} cannot be read ({error}): correct or delete it.") from error


def _configuration(settings: Mapping[str, str]) -> bytes:
    lines = {f'"{key}","{value}"\r\n': value for key, value in settings.items()}
    try:
        # VBA reads files in the code page of the computer.
        return b"".join(line.encode(locale.getencoding()) for line in lines)
    except UnicodeEncodeError as error:
        raise FileError(
            f"{lines[error.object]}: Excel's VBA cannot read the letter {error.object[error.start]}; "
            "install xl-amt in a folder with plain letters, such as C:\\xl-amt."
        ) from error


def _write_all(written: Mapping[Path, bytes]) -> None:
    """Each file is written next to its place first; then they are moved, and moved back if one cannot be."""
    beside = {path: path.with_name(f"{path.name}.new") for path in written}
    before: dict[Path, bytes | None] = {}
    path = next(iter(written))
    try:
        for path, content in written.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            beside[path].write_bytes(content)
        for path in written:
            before[path] = path.read_bytes() if path.exists() else None
            beside[path].replace(path)
    except OSError as error:
        before.pop(path, None)
        for moved, earlier in before.items():
            if earlier is None:
                moved.unlink()
            else:
                moved.write_bytes(earlier)
        raise _cannot_write(path, error) from error
    finally:
        for temporary in beside.values():
            temporary.unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> FileError:
    return FileError(f"{path} cannot be changed ({error.strerror}): close Excel and try again.")
