"""Find what keeps the add-in from working on this computer, and say what to do."""

from __future__ import annotations

import sys
from pathlib import Path, PureWindowsPath
from typing import Final, Protocol

from xl_amt.errors import AmtError
from xl_amt.hosts.excel_addin.install import Places, configured_interpreter, library_name, read_settings
from xl_amt.hosts.excel_addin.signing import is_signed, is_this_addin
from xl_amt.hosts.excel_addin.vba import FILE_NAME, XLWINGS_VERSION
from xl_amt.hosts.excel_addin.windows import ThisComputer
from xl_amt.hosts.finding import Finding

_OFFICE: Final = r"SOFTWARE\Microsoft\Office"
_POLICIES: Final = r"SOFTWARE\Policies\Microsoft\Office\16.0"
_SECURITY: Final = (rf"{_POLICIES}\Excel\Security", rf"{_OFFICE}\16.0\Excel\Security")
_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_SIGNED_ONLY, _NONE_AT_ALL = 3, 4  # of VBAWarnings
_INSTALL: Final = "run xl-amt addin install"
_ASK: Final = "ask whoever administers this computer"

# Where Windows keeps its rules that reduce the attack surface: those of a group policy, and those of the computer.
_ATTACK_SURFACE: Final = tuple(
    rf"SOFTWARE\{whose}\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
    for whose in (r"Policies\Microsoft", "Microsoft")
)
_BY_DEVICE_MANAGEMENT: Final = (r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager", "ASRRules")
_RULES: Final = {
    "D4F940AB-401B-4EFC-AADC-AD5F3C50688A": "starting another program",
    "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B": "calling Windows from macros",
}
_BLOCK, _WARN = "1", "6"


class Computer(Protocol):
    """What the doctor asks of a computer."""

    places: Places
    xlwings_configuration: Path
    code_page: str
    """The encoding in which VBA keeps the names of files."""

    def setting(self, key: str, name: str) -> str | int | None:
        """A value of the registry, of the user or else of the machine; None where there is none."""

    def settings(self, key: str) -> dict[str, str | int]:
        """Every value of a key of the registry, of the user or else of the machine."""

    def can_write(self, folder: Path) -> bool:
        """Whether the user may write into the folder, or make it."""

    def is_on_network(self, path: Path) -> bool:
        """Whether the path leads to another computer."""

    def keeps_programs_in_its_job(self) -> bool:
        """Whether a program of this session may start none that outlives it, as in many sessions of Citrix."""


def diagnose(computer: Computer | None = None) -> list[Finding]:
    """Every finding, in the order in which they should be fixed."""
    if computer is None:
        if sys.platform != "win32":
            advice = "on this system use LibreOffice: xl-amt addin install --host libreoffice"
            return [Finding("The Excel add-in is for Excel on Windows", well=False, advice=advice)]
        computer = ThisComputer()
    return [
        _excel(computer),
        _start_folder(computer),
        _installed(computer),
        *_interpreter(computer),
        *_letters(computer),
        _library(computer),
        _package(computer),
        *_policies(computer),
        *_attack_surface(computer),
        *_network(computer),
        *_session(computer),
        *_other_addins(computer),
        _other_configuration(computer),
    ]


def _excel(computer: Computer) -> Finding:
    path = computer.setting(_APP_PATH, "")
    if not path:
        advice = "install Excel for Windows 2010 or later"
        return Finding("Excel is not registered on this computer", well=False, advice=advice)
    if "\\WindowsApps\\" in str(path):
        advice = "that kind is closed off from other programs; install Office from office.com instead"
        return Finding("Excel comes from the Microsoft Store", well=False, advice=advice)
    return Finding(f"Excel is installed ({_bits_of_excel(computer)} bits): {path}", well=True)


def _bits_of_excel(computer: Computer) -> int:
    """Those of its program; where that cannot be read, those that the registry names."""
    if bits := bits_of_program(Path(str(computer.setting(_APP_PATH, "")))):
        return bits
    platform = computer.setting(rf"{_OFFICE}\ClickToRun\Configuration", "Platform")
    bitness = platform or computer.setting(rf"{_OFFICE}\16.0\Outlook", "Bitness")
    return 32 if bitness == "x86" else 64


def bits_of_program(path: Path) -> int | None:
    """For a computer of how many bits a program is, by its own header; None where the file is not one, or not there."""
    try:
        with path.open("rb") as program:
            program.seek(0x3C)
            program.seek(int.from_bytes(program.read(4), "little"))
            header = program.read(6)
    except OSError:
        return None
    if header[:4] != b"PE\0\0":
        return None
    return 32 if header[4:] == b"\x4c\x01" else 64


def _start_folder(computer: Computer) -> Finding:
    folder = computer.places.addin.parent
    if computer.can_write(folder):
        return Finding(f"Excel's start folder can be written: {folder}", well=True)
    advice = f"{_ASK} for the right to write there"
    return Finding(f"Excel's start folder cannot be written: {folder}", well=False, advice=advice)


def _installed(computer: Computer) -> Finding:
    path = computer.places.addin
    if not path.exists():
        return Finding(f"The add-in is not at {path}", well=False, advice=_INSTALL)
    if not is_this_addin(path.read_bytes()):
        advice = f"close Excel and {_INSTALL}"
        return Finding(f"{path} is from another version of xl-amt", well=False, advice=advice)
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


def _letters(computer: Computer) -> list[Finding]:
    """Names of files that VBA cannot hold: it would look for others, with a question mark in them."""
    places = computer.places
    findings = []
    for path in filter(None, (places.configuration, places.interpreter, places.library_folder)):
        try:
            str(path).encode(computer.code_page)
        except UnicodeEncodeError as error:
            what = f"Excel's VBA cannot hold the letter {error.object[error.start]} of {path}"
            advice = f"use a folder, or a user, with plain letters (C:\\xl-amt) and {_INSTALL} there"
            findings.append(Finding(what, well=False, advice=advice))
    return findings


def _library(computer: Computer) -> Finding:
    bits = _bits_of_excel(computer)
    name = library_name(bits)
    library = computer.places.library(bits)
    if library is None:
        advice = f"install x64 Python from python.org, xl-amt in it, and {_INSTALL} there"
        return Finding(f"xlwings brings no {name} for this Python, which Excel needs", well=False, advice=advice)
    if library.exists():
        return Finding(f"Excel of {bits} bits finds {library}", well=True)
    others = sorted(path.name for path in library.parent.glob(f"xlwings{bits}-*.dll"))
    there = f"; there is {', '.join(others)}" if others else ""
    advice = f"run {computer.places.interpreter} -m pip install --force-reinstall xlwings=={XLWINGS_VERSION}"
    return Finding(f"Excel of {bits} bits needs {name} in {library.parent}{there}", well=False, advice=advice)


def _package(computer: Computer) -> Finding:
    installed = computer.places.xlwings_version
    if installed == XLWINGS_VERSION:
        return Finding(f"xlwings {XLWINGS_VERSION} is installed", well=True)
    what = f"xlwings {installed} is installed, but the add-in needs {XLWINGS_VERSION}"
    return Finding(what, well=False, advice=f"run pip install xlwings=={XLWINGS_VERSION}")


def _policies(computer: Computer) -> list[Finding]:
    def strongest(name: str, below: str = "") -> int:
        values = (computer.setting(key + below, name) for key in _SECURITY)
        return next((int(value) for value in values if value is not None), 0)

    ask = f"{_ASK} to allow it"
    path = computer.places.addin
    signed = path.exists() and is_signed(path.read_bytes())
    troubles = (
        (computer.setting(rf"{_POLICIES}\Common", "VbaOff") == 1, "VBA is turned off in Office", ask),
        (
            strongest("DisableAllAddins") == 1,
            "Excel loads no add-ins",
            "untick Disable all Application Add-ins in File > Options > Trust Center > Add-ins, or " + ask,
        ),
        (
            strongest("RequireAddinSig") == 1 and not signed,
            "Excel loads only signed add-ins, and this one is not",
            "sign it with your firm's certificate (docs/hosts/excel-add-in.md), or " + ask,
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


def _attack_surface(computer: Computer) -> list[Finding]:
    """Rules of Windows Defender that stop the add-in without a word in Excel."""
    by_management = str(computer.setting(*_BY_DEVICE_MANAGEMENT) or "").upper().split("|")

    def blocks(rule: str) -> bool:
        values = [str(computer.setting(key, rule)) for key in _ATTACK_SURFACE]
        values += [item.removeprefix(f"{rule}=") for item in by_management if item.startswith(f"{rule}=")]
        return _BLOCK in values or _WARN in values

    return [
        Finding(
            f"Windows Defender keeps Excel from {what} (attack surface reduction, rule {rule})",
            well=False,
            advice=f"{_ASK} to exclude {computer.places.interpreter} from that rule, or to set it to audit",
        )
        for rule, what in _RULES.items()
        if blocks(rule)
    ]


def _network(computer: Computer) -> list[Finding]:
    folder = computer.places.addin.parent
    allowed = any(computer.setting(rf"{key}\Trusted Locations", "AllowNetworkLocations") == 1 for key in _SECURITY)
    if allowed or not computer.is_on_network(folder):
        return []
    what = f"Excel's start folder is on the network, where Excel trusts no macros: {folder}"
    advice = (
        "tick Allow Trusted Locations on my network in File > Options > Trust Center > Trusted Locations and add the "
        f"folder there, or {_ASK} to do it"
    )
    return [Finding(what, well=False, advice=advice)]


def _session(computer: Computer) -> list[Finding]:
    if not computer.keeps_programs_in_its_job():
        return []
    what = "This session keeps every program in its job, as in Citrix, and the library that starts Python leaves it"
    return [Finding(what, well=False, advice=f"{_ASK} to let programs break away from the job, or use LibreOffice")]


def _other_addins(computer: Computer) -> list[Finding]:
    """The same functions from a second file, or from a web add-in: Excel asks one of them, and nobody knows which."""
    options = rf"{_OFFICE}\16.0\Excel\Options"
    opened = [str(value) for name, value in computer.settings(options).items() if name.upper().startswith("OPEN")]
    folder = computer.setting(options, "AltStartup")
    seconds = [value for value in opened if FILE_NAME in value.lower()]
    if folder and (copy := Path(str(folder), FILE_NAME)).exists():
        seconds.append(str(copy))
    web = computer.settings(rf"{_OFFICE}\16.0\WEF\Developer")
    seconds += [
        str(value) for value in web.values() if "xl-amt" in str(value).lower() or "xl_amt" in str(value).lower()
    ]
    advice = "untick it in File > Options > Add-ins, or delete it: the one in Excel's start folder is enough"
    return [
        Finding(f"The functions are loaded a second time, from {item}", well=False, advice=advice) for item in seconds
    ]


def _other_configuration(computer: Computer) -> Finding:
    path = computer.xlwings_configuration
    text = path.read_text("utf-8", errors="replace") if path.exists() else ""
    modules = read_settings(text).get("UDF MODULES", "")
    if "xl_amt" in modules:
        advice = "take xl_amt out of UDF MODULES there, unless you develop xl-amt and removed this add-in"
        what = f"{path} offers the same functions a second time by Import Functions"
        return Finding(what, well=False, advice=advice)
    if text:
        return Finding(f"{path} belongs to other xlwings projects; the add-in does not read it", well=True)
    return Finding("No other xlwings configuration", well=True)
