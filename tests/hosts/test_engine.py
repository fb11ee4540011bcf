"""What travels to a host: the engine's own files answer every example alone, and each error is the host's own."""

import math

import pytest

from xl_amt.errors import CellHoldsError, NoSolutionError, NotHeldError
from xl_amt.hosts import excel_com
from xl_amt.hosts.engine import ENGINE, engine_files
from xl_amt.hosts.libreoffice import addin
from xl_amt.workbook import calculator
from xl_amt.worksheet import FUNCTIONS
from xl_amt.worksheet.error_values import error_value, shown_in_cell, with_error_values

FROM_A_COPY = """
import sys
for name in ("numpy", "pandas", "openpyxl", "click", "rich", "xlwings", "formualizer", "defusedxml", "icalendar"):
    sys.modules[name] = None  # importing it fails
sys.path.insert(0, {folder!r})
import xl_amt
from xl_amt.worksheet import FUNCTIONS, answer
assert xl_amt.__file__.startswith({folder!r}), xl_amt.__file__
for name, function in FUNCTIONS.items():
    gives = answer(name, *function.example)
    if function.answer == "table":
        assert len(gives) >= len(function.gives), (name, gives)
    elif function.gives_a_number:
        assert abs(gives - function.gives) < 0.005, (name, gives)
    else:
        assert gives == function.gives, (name, gives)
assert all(isinstance(cell, float) for cell in answer("AMT_ROOM", [150_000] * 100, "single", 2026))
ours = [name for name in sys.modules if name.split(".")[0] == "xl_amt"]
outside = [name for name in ours if not sys.modules[name].__file__.startswith({folder!r})]
assert not outside, outside
print(len(FUNCTIONS))
"""


def test_the_engine_travels_alone(run_python, tmp_path):
    """A copy of exactly these files, where no other package can be imported, answers every function's example."""
    for name, data in engine_files().items():
        path = tmp_path / "engine" / "xl_amt" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    result = run_python("-I", "-S", "-c", FROM_A_COPY.format(folder=str(tmp_path / "engine")))
    assert (result.returncode, result.stderr, result.stdout) == (0, "", f"{len(FUNCTIONS)}\n")


def test_nothing_else_travels():
    """No file of a host, of the command line or of a spreadsheet library's rooms is among the engine's."""
    assert {name.partition("/")[0] for name in engine_files()} == set(ENGINE)
    assert not any(name.endswith(".pyc") for name in engine_files())
    assert set(engine_files("hosts/excel_com.py")) - set(engine_files()) == {"hosts/__init__.py", "hosts/excel_com.py"}


HOSTS = {
    "COM": excel_com._ERROR_TEXTS,
    "LibreOffice": addin._ERROR_VALUES,
    "formualizer": calculator.KINDS,
}


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_has_its_error_values(host):
    """Each host knows the errors that every spreadsheet shows; another one is its #VALUE!."""
    codes = HOSTS[host]
    assert codes.keys() >= {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
    assert error_value(NotHeldError("x"), codes) is codes["#N/A"]
    assert error_value(CellHoldsError("#NOVEL!", "income"), codes) is codes["#VALUE!"]
    held = CellHoldsError("#DIV/0!", "income")
    assert with_error_values([[1.0, held], ["x", None]], codes) == [[1.0, codes["#DIV/0!"]], ["x", None]]
    rows = shown_in_cell(codes, "AMT_ROOM", [[150_000], [-1]], "single", 2021)
    assert [type(rows[0][0]), rows[1][0]] == [float, codes["#VALUE!"]]
    assert shown_in_cell(codes, "AMT_ROOM", 150_000, "single", 2010) is codes["#N/A"]
    assert with_error_values(NoSolutionError("x"), codes) is codes["#NUM!"]
    assert host != "LibreOffice" or all(map(math.isnan, codes.values()))
