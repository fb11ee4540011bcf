"""Find what keeps the add-in from working on this computer, and say what to do."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryFile
from typing import Final, NamedTuple, Protocol

from xl_amt.errors import AmtError
from xl_amt.hosts.excel_addin.build import addin
from xl_amt.hosts.excel_addin.install import (
    Places,
    configured_interpreter,
    library_name,
    places_of_user,
    read_settings,
)
from xl_amt.hosts.excel_addin.vba import XLWINGS_VERSION

_OFFICE: Final = r"SOFTWARE\Microsoft\Office"
_POLICIES: Final = r"SOFTWARE\Policies\Microsoft\Office\16.0"
_SECURITY: Final = (rf"{_POLICIES}\Excel\Security", rf"{_OFFICE}\16.0\Excel\Security")
_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_SIGNED_ONLY, _NONE_AT_ALL = 3, 4  # of VBAWarnings
_INSTALL: Final = "run xl-amt addin install"


class Finding(NamedTuple):
    """What was looked at, whether it is well, and what to do if not."""

    what: str
    well: bool
    advice: str = ""


class Computer(Protocol):
    """What the doctor asks of a computer."""

    places: Places
    xlwings_version: str
    xlwings_configuration: Path

    def setting(self, key: str, name: str) -> str | int | None:
        """A value of the registry, of the user or else of the machine; None where there is none."""

    def can_write(self, folder: Path) -> bool:
        """Whether the user may write into the folder, or make it."""


def diagnose(computer: Computer | None = None) -> list[Finding]:
    """Every finding, in the order in which they should be fixed."""
    if computer is None:
        if sys.platform != "win32":
            advice = "on this system use LibreOffice: xl-amt addin install --host libreoffice"
            return [Finding("The Excel add-in is for Excel on Windows", well=False, advice=advice)]
        computer = _ThisComputer()
    return [
        _excel(computer),
        _start_folder(computer),
        _installed(computer),
        *_interpreter(computer),
        _library(computer),
        _package(computer),
        *_policies(computer),
        _other_configuration(computer),
    ]


def _excel(computer: Computer) -> Finding:
    path = computer.setting(_APP_PATH, "")
    if not path:
        advice = "install Excel for Windows 2010 or later"
        return Finding("Excel is not registered on this computer", well=False, advice=advice)
    if "\\WindowsApps\\" in str(path):
        advice = "that kind closes itself off from other programs; install Office from office.com instead"
        return Finding("Excel comes from the Microsoft Store", well=False, advice=advice)
    return Finding(f"Excel is installed ({_bits_of_excel(computer)} bits): {path}", well=True)


def _bits_of_excel(computer: Computer) -> int:
    platform = computer.setting(rf"{_OFFICE}\ClickToRun\Configuration", "Platform")
    bitness = platform or computer.setting(rf"{_OFFICE}\16.0\Outlook", "Bitness")
    return 32 if bitness == "x86" else 64


def _start_folder(computer: Computer) -> Finding:
    folder = computer.places.addin.parent
    if computer.can_write(folder):
        return Finding(f"Excel's start folder can be written: {folder}", well=True)
    advice = "ask whoever looks after this computer for the right to write there"
    return Finding(f"Excel's start folder cannot be written: {folder}", well=False, advice=advice)


def _installed(computer: Computer) -> Finding:
    path = computer.places.addin
    if not path.exists():
        return Finding(f"The add-in is not at {path}", well=False, advice=_INSTALL)
    if path.read_bytes() != addin():
        advice = f"close Excel and {_INSTALL}"
        return Finding(f"{path} is of another version of xl-amt", well=False, advice=advice)
    return Finding(f"The add-in is there: {path}", well=True)


def _interpreter(computer: Computer) -> list[Finding]:
    try:
        interpreter = configured_interpreter(computer.places)
    except AmtError as error:
        return [Finding("The configuration cannot be read", well=False, advice=str(error))]
    if not interpreter:
        what = f"{computer.places.configuration} names no Python"
        return [Finding(what, well=False, advice=_INSTALL)]
    path = Path(interpreter)
    if not path.exists():
        advice = f"{_INSTALL} from the Python where xl-amt is now"
        return [Finding(f"There is no Python at {interpreter}", well=False, advice=advice)]
    findings = [Finding(f"The add-in starts {interpreter}", well=True)]
    if "WindowsApps" in PureWindowsPath(interpreter).parts:
        advice = f"install Python from python.org, make a virtual environment, and {_INSTALL} there"
        findings.append(Finding("That Python comes from the Microsoft Store", well=False, advice=advice))
    if any((folder / "conda-meta").is_dir() for folder in (path.parent, path.parent.parent)):
        advice = (
            "it finds its libraries only when activated, which Excel does not do; "
            f"make a virtual environment (py -m venv), and {_INSTALL} there"
        )
        findings.append(Finding("That Python belongs to conda", well=False, advice=advice))
    return findings


def _library(computer: Computer) -> Finding:
    bits = _bits_of_excel(computer)
    name = library_name(bits)
    places = computer.places.libraries(bits)
    if any(path.exists() for path in places):
        return Finding(f"Excel of {bits} bits finds {name}", well=True)
    others = sorted({path.name for place in places for path in place.parent.glob(f"xlwings{bits}-*.dll")})
    there = f"; there is {', '.join(others)}" if others else ""
    advice = f"run {computer.places.interpreter} -m pip install --force-reinstall xlwings=={XLWINGS_VERSION}"
    return Finding(f"Excel of {bits} bits needs {name} beside Python{there}", well=False, advice=advice)


def _package(computer: Computer) -> Finding:
    if computer.xlwings_version == XLWINGS_VERSION:
        return Finding(f"xlwings {XLWINGS_VERSION} is installed", well=True)
    what = f"xlwings {computer.xlwings_version} is installed, but the add-in needs {XLWINGS_VERSION}"
    return Finding(what, well=False, advice=f"run pip install xlwings=={XLWINGS_VERSION}")


def _policies(computer: Computer) -> list[Finding]:
    def strongest(name: str, below: str = "") -> int:
        values = (computer.setting(key + below, name) for key in _SECURITY)
        return next((int(value) for value in values if value is not None), 0)

    ask = "ask whoever looks after this computer to allow it"
    troubles = (
        (computer.setting(rf"{_POLICIES}\Common", "VbaOff") == 1, "VBA is turned off in Office", ask),
        (
            strongest("DisableAllAddins") == 1,
            "Excel loads no add-ins",
            "untick Disable all Application Add-ins in File > Options > Trust Center > Add-ins, or " + ask,
        ),
        (
            strongest("RequireAddinSig") == 1,
            "Excel loads only signed add-ins, and this one is not",
            "untick it in File > Options > Trust Center > Add-ins, or " + ask,
        ),
        (
            strongest("AllLocationsDisabled", r"\Trusted Locations") == 1
            and strongest("VBAWarnings") in (_SIGNED_ONLY, _NONE_AT_ALL),
            "Excel's start folder is not trusted, and macros are blocked",
            "untick Disable all Trusted Locations in File > Options > Trust Center > Trusted Locations, or " + ask,
        ),
    )
    found = [Finding(what, well=False, advice=advice) for applies, what, advice in troubles if applies]
    return found or [Finding("No macro setting or policy known to block the add-in", well=True)]


def _other_configuration(computer: Computer) -> Finding:
    path = computer.xlwings_configuration
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    modules = read_settings(text).get("UDF MODULES", "")
    if "xl_amt" in modules:
        advice = "take xl_amt out of UDF MODULES there, unless you develop xl-amt and removed this add-in"
        what = f"{path} offers the same functions a second time by Import Functions"
        return Finding(what, well=False, advice=advice)
    if text:
        return Finding(f"{path} is of other xlwings projects; the add-in does not read it", well=True)
    return Finding("No other xlwings configuration", well=True)


class _ThisComputer:
    """The computer that runs this Python, under Windows."""

    def __init__(self) -> None:
        self.places = places_of_user()
        self.xlwings_version = version("xlwings")
        self.xlwings_configuration = Path.home() / ".xlwings" / "xlwings.conf"

    def setting(self, key: str, name: str) -> str | int | None:
        if sys.platform == "win32":
            import winreg

            access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY  # Office's keys, also for a Python of 32 bits
            for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
                try:
                    with winreg.OpenKey(root, key, access=access) as opened:
                        value: str | int = winreg.QueryValueEx(opened, name)[0]
                        return value
                except OSError:
                    continue
        return None

    def can_write(self, folder: Path) -> bool:
        existing = next(place for place in (folder, *folder.parents) if place.exists())
        try:
            with TemporaryFile(dir=existing):
                return True
        except OSError:
            return False
