"""LibreOffice without a window, in a profile of its own: what it calculates for a workbook."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import is_zipfile

from xl_amt.errors import FileError
from xl_amt.hosts.libreoffice.install import find_libreoffice, profile_options, run
from xl_amt.workbook.evaluation_copy import evaluation_copy
from xl_amt.workbook.package import pack, read_parts

# A new profile trusts the values that a workbook brings, unless it is told to calculate every formula again.
_CALCULATE_ON_LOAD: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
 <item oor:path="/org.openoffice.Office.Calc/Formula/Load">
  <prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
 </item>
</oor:items>
"""

_WORKBOOK_PART: Final = "xl/workbook.xml"


def create_profile(folder: Path) -> None:
    """A new profile, in which every formula is calculated when a workbook is opened."""
    settings = folder / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(_CALCULATE_ON_LOAD, encoding="utf-8")


def recalculate(workbook: Path, folder: Path, profile: Path) -> Path:
    """A copy of the workbook in another folder, calculated again; FileError where LibreOffice writes none."""
    soffice = find_libreoffice().program("soffice")
    with TemporaryDirectory() as name:
        finished = run(
            [
                *(str(soffice), *profile_options(profile), "--headless", "--norestore", "--nologo", "--nodefault"),
                *("--convert-to", "xlsx", "--outdir", str(folder), str(_with_plain_names(workbook, Path(name)))),
            ]
        )
    copy = folder / workbook.with_suffix(".xlsx").name
    if not copy.is_file():  # LibreOffice ends with 0 whatever happens
        said = finished.stderr.strip() or finished.stdout.strip() or "it said nothing"
        raise FileError(f"{workbook}: LibreOffice did not calculate it ({said}); check that it is a workbook.")
    return copy


def _with_plain_names(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice finds its functions, in another folder; any other file as it is."""
    if not is_zipfile(workbook):
        return workbook
    parts = read_parts(workbook.read_bytes())
    if _WORKBOOK_PART not in parts:
        return workbook
    copy = folder / workbook.name
    copy.write_bytes(pack(evaluation_copy(parts)))
    return copy
