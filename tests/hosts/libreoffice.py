"""LibreOffice without a window, in a new profile with the extension that xl-amt installs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from tests.hosts.calls import Call, Error, Placement, Rows
from tests.hosts.formulas import Given
from xl_amt.errors import AmtError
from xl_amt.hosts.libreoffice import install
from xl_amt.hosts.libreoffice.headless import create_profile, recalculate
from xl_amt.hosts.libreoffice.install import profile_options, run

# Tests that calculate in the one profile of a run, where LibreOffice runs once at a time: they stand in one worker.
uses_libreoffice = pytest.mark.xdist_group("LibreOffice")

_EDITS = Path(__file__).with_name("libreoffice_edits.py")


class Formula(NamedTuple):
    """A formula in the workbook, and what it has to show."""

    text: str
    expected: Rows


def needed_libreoffice() -> install.LibreOffice:
    """LibreOffice 25.2 or later; a test that asks for it is skipped without, or fails where CI is true."""
    try:
        office = install.find_libreoffice()
    except AmtError:
        office = None
    if office is None or office.release < install.KNOWS_PLAIN_NAMES:
        message = "soffice of LibreOffice 25.2 or later is missing"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    return office


class Edited(NamedTuple):
    """A workbook, where LibreOffice saves it, and the edits before that: each a name and the table that it is of."""

    source: Path
    target: Path
    edits: list[tuple[str, str]]


def edit(workbooks: Iterable[Edited], profile: Path) -> None:
    """Make the edits of libreoffice_edits.py in every workbook, in one run of LibreOffice."""
    office = needed_libreoffice()
    plans = profile.with_suffix(".json")
    plans.write_text(json.dumps([(str(one.source), str(one.target), one.edits) for one in workbooks]), "utf-8")
    soffice = str(office.program("soffice"))
    program = [_python_with_uno(office), str(_EDITS), soffice, str(plans), *profile_options(profile)]
    finished = run(program)
    assert not finished.returncode, finished.stderr


def _python_with_uno(office: install.LibreOffice) -> str:
    """The Python that LibreOffice brings, or on Linux the system's, which knows LibreOffice's module uno."""
    own = office.program("python.exe" if sys.platform == "win32" else "python")
    return str(own) if own.is_file() else "/usr/bin/python3"


def profile_with_functions(folder: Path) -> Path:
    """A new profile in which the functions are installed."""
    create_profile(folder)
    install.install(lambda _: None, folder)
    return folder


class Workbook:
    """A workbook of formulas: what they are given, what they have to show, and the difference."""

    def __init__(self) -> None:
        self.book = openpyxl.Workbook()
        self.answers: Any = self.book.active
        self.answers.title = "Answers"
        self._given = Given(self.book.create_sheet("Given"))
        self.expected, self.difference = map(self.book.create_sheet, ("Expected", "Difference"))
        self.formulas: dict[int, Formula] = {}  # by their first row
        self.row = 1

    def add(self, call: Call, placement: Placement, expected: Rows) -> None:
        """A formula that calls the function, with as many rows and columns as its answer has."""
        self.add_formula(self._given.formula(call, placement), expected)

    def add_formula(self, text: str, expected: Rows) -> None:
        """A formula, and the rows that it has to show."""
        height, width = len(expected), len(expected[0])
        where = f"A{self.row}:{get_column_letter(width)}{self.row + height - 1}"
        single = height == width == 1
        self.answers.cell(self.row, 1).value = f"={text}" if single else ArrayFormula(where, f"={text}")
        for down, row in enumerate(expected):
            for along, value in enumerate(row):
                if isinstance(value, float):
                    cell = f"{get_column_letter(along + 1)}{self.row + down}"
                    self.expected[cell] = f"={value!r}"  # as a value, openpyxl would round it to 16 digits
                    self.difference[cell] = f"=_xlfn.ORG.LIBREOFFICE.RAWSUBTRACT(Answers!{cell},Expected!{cell})"
        self.formulas[self.row] = Formula(text, expected)
        self.row += height

    def calculated(self, folder: Path, profile: Path) -> Path:
        """LibreOffice's copy of the workbook, with the values."""
        self.book.save(folder / "calls.xlsx")
        return recalculate(folder / "calls.xlsx", folder / "out", profile)

    def shown(self, copy: Path) -> list[Rows]:
        """What each formula shows; a number is the expected one only where LibreOffice finds no difference at all."""
        values = openpyxl.load_workbook(copy, data_only=True)
        answers, differences = values["Answers"], values["Difference"]

        def cell(row: int, column: int, expected: float | str | Error) -> float | str | Error:
            found = answers.cell(row, column)
            if found.data_type == "e":
                return Error(found.value)
            if found.data_type not in "nb" or found.value is None:
                return found.value or ""
            if isinstance(expected, float):
                return expected + differences.cell(row, column).value
            return float(found.value)

        return [
            [
                [cell(first + down, along, value) for along, value in enumerate(row, 1)]
                for down, row in enumerate(formula.expected)
            ]
            for first, formula in self.formulas.items()
        ]


def answers(calls: list[tuple[Call, Placement, Rows]], profile: Path) -> list[Rows]:
    """What each call shows in its cells, in a profile with the functions."""
    workbook = Workbook()
    for call, placement, expected in calls:
        workbook.add(call, placement, expected)
    with TemporaryDirectory() as folder:
        return workbook.shown(workbook.calculated(Path(folder), profile))
