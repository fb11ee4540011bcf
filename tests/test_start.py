"""What a fresh process imports: single values need the standard library alone, and no command more than its work."""

import json

import pytest

LIBRARIES = {"defusedxml", "formualizer", "openpyxl", "pandas", "rich", "xlwings"}
BARE = "import json, sys; print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))"
FOREIGN = """
import json, sys
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules} - sys.stdlib_module_names)))
"""
SINGLE_VALUES = """
from xl_amt.worksheet import FUNCTIONS, call
for function in FUNCTIONS.values():
    call(function.name, *function.example)
call("AMT_ROOM", 150_000, "single", 2024, ["Long-term capital gain", "Deduction"], [900_000, "larger"])
call("AMT_ROOM", 150_000, "mfs", 2026, [["Interest", "Age"]], [[2_000, 67]])
call("AMT_OWED", [150_000, 250_000], "single", 2024, 50_000)
"""
A_LONG_COLUMN = """
from xl_amt.worksheet import call
call("AMT_ROOM", [150_000] * 1_000, "single", 2024)
"""
ROOM = """
from xl_amt.cli import main
try:
    main("room --income 150000 --status single --year 2021 --strike 0.07 --fmv 0.74".split())
except SystemExit as ended:
    assert ended.code == 0
"""


@pytest.fixture
def imported_by(run_python):
    """A function that gives the packages outside the standard library that some code imports."""
    bare = set(json.loads(run_python("-c", BARE).stdout))

    def imported(code):
        result = run_python("-c", code + FOREIGN)
        assert (result.returncode, result.stderr) == (0, "")
        return set(json.loads(result.stdout.splitlines()[-1])) - bare

    return imported


def test_single_values_import_the_standard_library_alone(imported_by):
    """Every function with single values, and short ranges, in LibreOffice's own Python or in a browser."""
    assert imported_by(SINGLE_VALUES) == {"xl_amt"}


def test_long_columns_import_numpy(imported_by):
    """Long columns bring numpy, and no other library of ours."""
    assert imported_by(A_LONG_COLUMN) & (LIBRARIES | {"numpy", "click"}) == {"numpy"}


def test_room_imports_no_library_but_click(imported_by):
    """The command xl-amt room answers at once: no spreadsheet library, no numpy, no rich."""
    assert imported_by(ROOM) & (LIBRARIES | {"numpy", "click"}) == {"click"}
