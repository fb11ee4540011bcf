"""Find what keeps the functions from answering in this computer's LibreOffice, and say what to do."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from openpyxl import Workbook, load_workbook

import xl_amt
from xl_amt.errors import AmtError
from xl_amt.hosts.finding import Finding
from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.hosts.libreoffice.install import KNOWS_PLAIN_NAMES, LibreOffice, check, find_libreoffice, install, installed
from xl_amt.worksheet import FUNCTIONS

_INSTALL: Final = "run xl-amt addin install --host libreoffice"
_ASKED: Final = FUNCTIONS["AMT_ROOM"]


def diagnose(profile: Path | None = None) -> list[Finding]:
    """Every finding, in the order in which they should be fixed; what depends on one that is not well is not asked.

    ``profile`` is a LibreOffice profile of its own, in place of the user's.
    """
    try:
        office = find_libreoffice()
        check(office)
    except AmtError as error:
        what, _, advice = str(error).partition(": ")
        return [Finding(what, well=False, advice=advice)]
    findings = [_version(office), _extension(office, profile)]
    return [*findings, _answer(office)]


def _version(office: LibreOffice) -> Finding:
    what = f"LibreOffice {office.version} in {office.programs}"
    if office.release < KNOWS_PLAIN_NAMES:
        advice = "update it to 25.2 or later, or press Ctrl+H there and replace = by = in all formulas"
        return Finding(f"{what} shows #NAME? where an .xlsx file uses the functions", well=False, advice=advice)
    return Finding(what, well=True)


def _extension(office: LibreOffice, profile: Path | None) -> Finding:
    try:
        found = installed(office, profile)
    except AmtError as error:
        return Finding("LibreOffice does not list its extensions", well=False, advice=str(error))
    if not found.version:
        return Finding("The extension xl-amt is not installed", well=False, advice=_INSTALL)
    if not found.loaded:
        what = f"The extension xl-amt {found.version} is not loaded, as after an update of LibreOffice"
        return Finding(what, well=False, advice=_INSTALL)
    if found.version != xl_amt.__version__:
        what = f"The extension is from xl-amt {found.version}, and this is {xl_amt.__version__}"
        return Finding(what, well=False, advice=_INSTALL)
    return Finding(f"The extension xl-amt {found.version} is installed", well=True)


def _answer(office: LibreOffice) -> Finding:
    """Whether LibreOffice answers an example, in a profile of its own that is thrown away."""
    try:
        shown = _shown()
    except AmtError as error:
        return Finding("LibreOffice calculates nothing here", well=False, advice=str(error))
    if isinstance(shown, float | int) and abs(shown - _ASKED.gives) < 0.01:
        return Finding(f"{_ASKED.example_formula} shows {_ASKED.example_gives}", well=True)
    what = f"{_ASKED.example_formula} shows {'nothing' if shown is None else shown}"
    advice = f"it should show {_ASKED.example_gives}: the Python of LibreOffice {office.version} does not run; install "
    return Finding(what, well=False, advice=f"{advice}LibreOffice 25.2 or later from libreoffice.org")


def _shown() -> Any:
    book = Workbook()
    book.worksheets[0]["A1"] = _ASKED.example_formula
    with TemporaryDirectory() as name:
        folder = Path(name)
        create_profile(folder / "profile")
        install(lambda _: None, folder / "profile")
        book.save(folder / "asked.xlsx")
        copy = recalculate(folder / "asked.xlsx", folder / "answered", folder / "profile")
        return load_workbook(copy, data_only=True).worksheets[0]["A1"].value
