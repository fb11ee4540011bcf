"""The add-in for Excel on Windows, as far as a computer without Excel shows it.

The VBA runs in pyOpenVBA's interpreter (tests/hosts/excel_addin.py); test_excel_com.py runs xlwings' own code from the
call of xlwings' library on.
"""

import importlib.metadata
import io
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.cfb import CFB
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    HostBridge,
    Interpreter,
    VBAErrorValue,
    VBAInt,
    VBAObject,
    member,
    method,
    setter,
)

from tests.hosts.excel_addin import ROWS_OF_A_SHEET, Cells, Engine, caller
from tests.hosts.excel_com import SCODE_OF_ERRORS, as_excel
from workbook_templates.checklist import write_checklist_workbooks
from xl_amt.cli import main
from xl_amt.errors import AmtError
from xl_amt.hosts import excel_com
from xl_amt.hosts.excel_addin import commands, doctor, install, vba, windows
from xl_amt.hosts.excel_addin.build import BUTTONS, NOTHING_COMPILED, addin, build, ribbon, source
from xl_amt.hosts.excel_addin.serve import without
from xl_amt.worksheet import FUNCTIONS, answer

ROOT = Path(__file__).parents[2]
WHY = next(item for item in FUNCTIONS.values() if item.takes_any_number_of_arguments)
OTHERS = [item for item in FUNCTIONS.values() if item is not WHY]


@pytest.fixture(scope="module")
def connected():
    """The add-in's VBA, read once, and the Python process behind it."""
    engine = Engine()
    return SimpleNamespace(engine=engine, call=caller(engine))


@pytest.fixture
def engine(connected):
    """The Python process of the add-in, of which nothing was asked yet."""
    connected.engine.asked.clear()
    connected.engine.fails = 0
    return connected.engine


@pytest.fixture
def call(connected, engine):  # noqa: ARG001 - the engine as at the start
    """A worksheet function called through the VBA of the add-in; tables come back as lists of rows."""
    return connected.call


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_example_of_each_function_gives_its_answer(call, function):
    """The VBA function gives the registry's value, from typed values and from cells."""
    example = [as_excel(value) for value in function.example]
    for arguments in (example, [Cells(value) for value in example]):
        given = call(function.name, *arguments)
        first, gives = (given[0], function.gives[0]) if function.gives_a_table else (given, function.gives)
        assert first == (gives if isinstance(gives, str | list) else pytest.approx(gives, abs=0.01))


@pytest.mark.parametrize("function", OTHERS, ids=lambda item: item.name)
def test_arguments_left_out_or_blank_change_nothing(call, function):
    """A missing argument and a blank cell give what the call without them gives."""
    example = [as_excel(value) for value in function.example]
    count = len(function.arguments) - len(example)
    for blank in (MISSING, EMPTY, Cells(EMPTY)):
        assert call(function.name, *example, *[blank] * count) == call(function.name, *example)


@pytest.mark.parametrize("function", OTHERS, ids=lambda item: item.name)
def test_a_range_gives_a_range_of_answers(call, function):
    """Two rows in place of the first argument give two rows of answers, to the last bit those of Python."""
    first, *others = map(as_excel, function.example)
    if function.gives_a_table:
        assert call(function.name, Cells(((first,), (first,))), *others) == VBAErrorValue(2015)
        return
    assert call(function.name, Cells(((first,), (first,))), *others) == answer(
        function.name, [[first], [first]], *others
    )


@pytest.mark.parametrize(("text", "number"), vba.ERROR_VALUES.items())
def test_an_error_value_given_comes_out_as_a_real_one(call, text, number):
    """Typed or in a cell, alone or in a table, each error value comes out as the same value, not as its text."""
    given = VBAErrorValue(number)
    assert call("AMT_ROOM", given, "single", 2021.0) == given
    room = answer("AMT_ROOM", 150_000, "single", 2021)
    assert call("AMT_ROOM", Cells(((given,), (150_000.0,))), "single", 2021.0) == [[given], [room]]
    assert call("AMT_ROOM", Cells(((given, 150_000.0),)), "single", 2021.0) == [given, room]
    assert text in call(WHY.name, "AMT_ROOM", Cells(given), "single", 2021.0)


@pytest.mark.parametrize(
    ("arguments", "number"),
    [((1.0, "singel", 2021.0), 2015), ((1.0, "single", 1987.0), 2042), ((1.0, "single", "=1+1"), 2015)],
)
def test_a_refusal_is_a_real_error_value(call, arguments, number):
    """A wrong argument gives #VALUE!, law that is not held #N/A, and AMT_WHY the sentence."""
    assert call("AMT_ROOM", *arguments) == VBAErrorValue(number)
    assert call(WHY.name, "AMT_ROOM", *arguments) == answer(WHY.name, "AMT_ROOM", *arguments)


def test_the_newer_error_values_have_the_numbers_of_excel_com():
    """Each newer error that excel_com makes text of, and the functions know as one, becomes a value again."""
    newer = {text: scode - SCODE_OF_ERRORS for scode, text in excel_com._NEWER_ERRORS.items() if text.endswith("!")}
    assert newer.items() <= vba.ERROR_VALUES.items()


def test_labels_and_amounts_stand_in_ranges(call):
    """Labels in one column and amounts in another describe one household."""
    labels, amounts = Cells((("Interest",), (EMPTY,))), Cells(((2_000.0,), (EMPTY,)))
    expected = answer("AMT_OWED", 150_000, "mfj", 2022, 300_000, ["Interest"], [2_000])
    assert call("AMT_OWED", 150_000.0, "mfj", 2022.0, 300_000.0, labels, amounts) == expected


def test_a_range_of_several_areas_is_refused(call, engine):
    """Excel would give the first area only, which is not what was asked; Python stays connected."""
    engine.fails = 1
    assert call("AMT_ROOM", Cells(1.0, areas=2), "single", 2021.0) == VBAErrorValue(2015)
    assert "several areas" in call(WHY.name, "AMT_ROOM", Cells(1.0, areas=2))
    assert not engine.asked
    assert engine.fails == 1


def test_whole_columns_cross_only_as_far_as_they_are_used(call):
    """Labels and amounts of two sheets stay as long as each other, and give what the filled cells give."""
    labels = Cells((("Interest",), *[(EMPTY,)] * 5), rows=ROWS_OF_A_SHEET, used=1)
    amounts = Cells(((2_000.0,), *[(EMPTY,)] * 5), rows=ROWS_OF_A_SHEET, used=3)
    expected = answer("AMT_OWED", 150_000, "mfj", 2022, 300_000, ["Interest"], [2_000])
    given = (150_000.0, "mfj", 2022.0, 300_000.0, labels, amounts)
    assert call("AMT_OWED", *given) == expected
    assert call(WHY.name, "AMT_OWED", *given) == "ok"


@pytest.mark.parametrize(
    ("first", "rows", "used", "crossing"),
    [
        (1, ROWS_OF_A_SHEET, 4, 4),
        (3, ROWS_OF_A_SHEET - 2, 4, 2),
        (7, ROWS_OF_A_SHEET - 6, 4, 1),
        (1, 6, 4, 6),
    ],
)
def test_only_a_range_to_the_end_of_its_sheet_is_cut(call, first, rows, used, crossing):
    """A block that ends before is handed over as it is, blank rows and all."""
    incomes = Cells(tuple((1_000.0 * row,) for row in range(1, 7)), rows=rows, first=first, used=used)
    given = call("AMT_ROOM", incomes, "single", 2021.0)
    assert (len(given) if isinstance(given, list) else 1) == crossing


def test_a_python_that_has_ended_is_asked_again(call, engine):
    """A call that finds Python gone is made once more; if it stays away, #N/A, and AMT_WHY says so."""
    room = ("AMT_ROOM", 150_000.0, "single", 2021.0)
    engine.fails = 1
    assert call(*room) == answer(*room)
    engine.fails = 4
    assert call(*room) == VBAErrorValue(2042)
    assert call(WHY.name, *room) == "The RPC server is unavailable."


def test_every_call_goes_to_the_functions_of_excel_com(call, engine):
    """No other module of Python is named by a worksheet function."""
    for function in FUNCTIONS.values():
        call(function.name, *map(as_excel, function.example))
    assert {module for module, _ in engine.asked} == {"xl_amt.hosts.excel_com"}
    assert [name for _, name in engine.asked] == list(FUNCTIONS)


class Workbook(VBAObject):
    """The add-in as Excel shows it to its own code."""

    hidden = True

    @member
    def Name(self):  # noqa: N802
        """The name of the file."""
        return vba.FILE_NAME

    @setter("IsAddin")
    def set_is_addin(self, value):
        """An add-in is hidden."""
        self.hidden = value

    @setter("Saved")
    def set_saved(self, value):
        """Whether Excel asks to save it."""


class Application(VBAObject):
    """Keeps what Excel is told about the functions."""

    def __init__(self, book):
        self.book, self.told = book, {}

    @setter("ScreenUpdating")
    def set_screen_updating(self, value):
        """Whether Excel draws."""

    @method
    def MacroOptions(self, Macro, Description, Category, ArgumentDescriptions):  # noqa: N802, N803
        """Excel refuses this for a workbook that is hidden."""
        assert not self.book.hidden
        self.told[Macro] = (Description, Category, ArgumentDescriptions.elements())


class Objects(HostBridge):
    """An Excel of these two objects."""

    def __init__(self):
        self.book = Workbook()
        self.application = Application(self.book)

    def global_object(self, name):
        """The two."""
        known = {"application": self.application, "thisworkbook": self.book}
        return known.get(name.lower(), super().global_object(name))


def test_the_function_wizard_explains_every_argument():
    """Excel gets a category and the meaning and unit of each function and argument, in letters and lengths it takes."""
    host = Objects()
    interpreter = Interpreter(host)
    interpreter.add_module(vba.standard_modules()["Descriptions"], name="Descriptions")
    interpreter.run("DescribeFunctions")
    told = host.application.told
    assert list(told) == [
        f"'xl_amt.xlam'!{item.name}"
        for category in dict.fromkeys(item.category for item in FUNCTIONS.values())
        for item in FUNCTIONS.values()
        if item.category == category
    ]
    assert host.book.hidden
    for function in FUNCTIONS.values():
        text, category, arguments = told[f"'xl_amt.xlam'!{function.name}"]
        assert category == f"xl-amt: {function.category}"
        assert text == vba.help_text(function.summary, function.result)
        assert arguments == [vba.help_text(item.description, item.unit) for item in function.arguments]
        assert len(arguments) <= 20
        for item in (text, category, *arguments):
            assert item.isascii()
            assert 0 < len(item) <= 255


def test_a_description_too_long_for_excel_is_cut():
    """Excel would refuse it otherwise."""
    assert vba.help_text("x" * 300, "dollars") == "x" * 252 + "..."
    assert vba.help_text("×" * 245, "dollars") == "x" * 245 + " [dollars]"


def test_vba_takes_every_line():
    """Plain letters, no line over 1,023 of them, at most 24 continued lines, and no procedure near 64 kilobytes."""
    for text in (*vba.standard_modules().values(), vba.workbook_module()):
        assert text.isascii()
        assert max(map(len, text.splitlines())) <= 1_023
        assert max(map(len, re.findall(r"(?: _\n[^\n]*)+", text)), default=0) <= 24 * 1_023
        assert all(run.count(" _\n") <= 24 for run in re.findall(r"(?:[^\n]* _\n)+", text))
        assert max(map(len, text.split("End Sub"))) < 30_000
        assert not re.findall(r"@\w+@", text)  # a name that was not filled in


def test_nothing_read_from_a_cell_is_evaluated_or_started():
    """VBA's ways to run text, or a program, are nowhere in the add-in; Python runs no text either."""
    code = "\n".join(
        line.split(" '")[0]
        for text in (*vba.standard_modules().values(), vba.workbook_module())
        for line in text.splitlines()
        if not line.lstrip().startswith(("'", "Attribute"))
    )
    names = r"Evaluate|ExecuteExcel4Macro|Shell|CreateObject|GetObject|CallByName|Run|Exec|Eval|SendKeys|AddFromString"
    assert not re.findall(rf"\b(?:{names})\b", code)
    assert not re.search(r"^\s*\[|=\s*\[", code, flags=re.MULTILINE)
    assert re.findall(r"\.OnTime.*", code) == [""".OnTime Now, "'" & Me.Name & "'!DescribeFunctions\""""]


def test_only_the_configured_python_is_started():
    """One command line, of the user's configuration; no setting of a workbook or of its folder counts."""
    text = vba.standard_modules()["Connection"]
    assert '"""" & interpreter & """ " & switches & " -m xl_amt.hosts.excel_addin.serve $(CLSID)"' in text
    assert text.count("XLPyDLLActivateAuto(result") == 1
    assert "ActiveWorkbook" not in text
    assert "ThisWorkbook" not in text
    assert 'Environ$("USERPROFILE") & "\\.xl_amt\\xl_amt.conf"' in text


def test_the_xlwings_of_the_add_in_is_the_pinned_one():
    """VBA, pyproject.toml and this environment name the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pin = f"xlwings=={vba.XLWINGS_VERSION}"
    assert f"{pin}; sys_platform == 'win32'" in project["dependencies"]
    assert pin in project["optional-dependencies"]["test"]
    assert importlib.metadata.version("xlwings") == vba.XLWINGS_VERSION
    library = f"xlwings64-{vba.XLWINGS_VERSION}.dll"
    assert vba.standard_modules()["Connection"].count(library) == 2


# Formulas entered again


@pytest.fixture
def excel():
    """An Excel of pyOpenVBA with the module Rebinding."""
    application = ExcelApplication()
    application.add_workbook()
    application.add_module(vba.standard_modules()["Rebinding"], name="Rebinding")
    application.add_module("Function Again() As String\n    Again = Rebind(ActiveWorkbook)\nEnd Function", name="Test")
    return application


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        ("=AMT_ROOM(A1)", "=AMT_ROOM(A1)"),
        ("=_xldudf_AMT_ROOM(A1)+_xll.AMT_OWED(A1)", "=AMT_ROOM(A1)+AMT_OWED(A1)"),
        ("='C:\\Users\\Ann\\XLSTART\\xl_amt.xlam'!AMT_ROOM(A1)", "=AMT_ROOM(A1)"),
        ("=1+'C:\\O''Brien''s\\xl_amt.xlam'!AMT_ROOM('My sheet'!A1)", "=1+AMT_ROOM('My sheet'!A1)"),
        ("='C:\\a\\xl_amt.xlam'!AMT_ROOM(A1)-'D:\\b\\XL_AMT.XLAM'!AMT_ROOM(A2)", "=AMT_ROOM(A1)-AMT_ROOM(A2)"),
        ("=xl_amt.xlam!AMT_ROOM(A1)", "=AMT_ROOM(A1)"),
        ("xl_amt.xlam'!", "xl_amt.xlam'!"),
        ("=@AMT_ROOM(A1)+@_xll.AMT_OWED(A1)", "=AMT_ROOM(A1)+AMT_OWED(A1)"),
        ("=@'C:\\a\\xl_amt.xlam'!AMT_ROOM(A1)", "=AMT_ROOM(A1)"),
        ("=@amt_room(@AMT_incomes,@OTHER(1),@A1:A3)", "=amt_room(@AMT_incomes,@OTHER(1),@A1:A3)"),
        ("=AMT_ROOM(T[@AMT_income],T[@[AMT_(1)]],T[[#This Row],[AMT_x]])",) * 2,
        ("=AMT_ROOM(T['[@AMT_ROOM(1)])+@AMT_OWED(1)", "=AMT_ROOM(T['[@AMT_ROOM(1)])+AMT_OWED(1)"),
        ("='@AMT_ROOM(1) it''s'!A1+'D:\\my xl_amt.xlam'!AMT_ROOM(A1)",) * 2,
        ("='it''s @AMT_ROOM('!A1+@AMT_OWED(1)", "='it''s @AMT_ROOM('!A1+AMT_OWED(1)"),
    ],
)
def test_formulas_of_other_computers_and_hosts_get_plain_names(excel, formula, plain):
    """The path of another computer's add-in, and the prefixes of other hosts, are taken off."""
    assert excel.evaluate(f'WithPlainNames("{formula}")') == plain


@pytest.mark.parametrize(
    ("formula", "plain"),
    [
        (
            '=AMT_ROOM(1)&"@AMT_ROOM( _xll.AMT_ROOM("&@AMT_ROOM(1)',
            '=AMT_ROOM(1)&"@AMT_ROOM( _xll.AMT_ROOM("&AMT_ROOM(1)',
        ),
        ('="a ""@AMT_ROOM("" b"&@AMT_ROOM("c")', '="a ""@AMT_ROOM("" b"&AMT_ROOM("c")'),
        (
            '=\'say "@AMT_ROOM(\'!A1&"xl_amt.xlam!"&xl_amt.xlam!AMT_ROOM(1)',
            '=\'say "@AMT_ROOM(\'!A1&"xl_amt.xlam!"&AMT_ROOM(1)',
        ),
        ('="never closed @AMT_ROOM(',) * 2,
    ],
)
def test_texts_in_a_formula_stay(excel, formula, plain):
    """What stands between quotes is the user's."""
    assert excel.run("WithPlainNames", formula) == plain


def test_a_workbook_of_ours_is_bound_again_when_it_is_opened(excel):
    """Cells that Excel could not read are entered again, and no others; nothing asks to be saved."""
    excel.add_module(
        "Function AMT_TEST(x)\n    AMT_TEST = x\nEnd Function\nSub Fill()\n"
        '    Range("A1").Formula = "=AMT_TEST(1)"\n    Range("A2").Formula = "=_xll.AMT_TEST(2)"\n'
        '    Range("A3").Formula = "=AMT_GONE(3)"\n    Range("A4").Value = "_xll.AMT_TEST("\n'
        f'    ActiveWorkbook.Names.Add "{vba.NAME_IN_OUR_WORKBOOKS}", "=Sheet1!$A$9"\n'
        "    ActiveWorkbook.Saved = True\nEnd Sub\n"
        "Function Opened() As Boolean\n    RebindOnOpening ActiveWorkbook\n    Opened = ActiveWorkbook.Saved\n"
        "End Function",
        name="Fill",
    )
    excel.run("Fill")
    assert excel.run("Opened") is True
    sheet = excel.sheet(1)
    assert [sheet.formula(cell) for cell in ("A1", "A2", "A3")] == ["=AMT_TEST(1)", "=AMT_TEST(2)", "=AMT_GONE(3)"]
    assert sheet.value("A4") == "_xll.AMT_TEST("


def test_another_workbook_is_left_alone_when_it_is_opened(excel):
    """A workbook that xl-amt did not make waits for the button."""
    excel.add_module(
        "Function AMT_TEST(x)\n    AMT_TEST = x\nEnd Function\nSub Fill()\n"
        '    Range("A1").Formula = "=_xll.AMT_TEST(2)"\nEnd Sub\n'
        "Sub Opened()\n    RebindOnOpening ActiveWorkbook\nEnd Sub",
        name="Fill",
    )
    excel.run("Fill")
    excel.run("Opened")
    assert excel.sheet(1).formula("A1") == "=_xll.AMT_TEST(2)"


def test_only_what_could_not_be_read_is_entered_on_opening(excel):
    """A formula that answers is not touched: nothing is calculated twice."""
    excel.add_module(
        'Sub Fill()\n    Range("A1").Formula = "=IF(TRUE,5,AMT_TEST(1))"\n'
        '    Range("A2").Formula = "=AMT_TEST(2)"\nEnd Sub',
        name="Fill",
    )
    excel.add_module(
        vba.standard_modules()["Rebinding"].replace("Private entered", "Public entered")
        + "Function Counted(ByVal only_unread As Boolean) As Long\n"
        "    RebindBook ActiveWorkbook, only_unread\n    Counted = entered\nEnd Function\n",
        name="Rebinding",
    )
    excel.run("Fill")
    assert [excel.run("Counted", unread) for unread in (True, False)] == [1, 2]


def test_excel_tells_the_add_in_of_each_workbook_that_opens():
    """The event of Excel's own object, which lasts as long as the add-in is open."""
    text = vba.workbook_module()
    assert "Private WithEvents excel As Application" in text
    assert "Set excel = Application" in text
    assert re.search(r"Sub excel_WorkbookOpen\(ByVal Wb As Workbook\)\s+RebindOnOpening Wb\s+End Sub", text)


def test_our_workbooks_carry_the_name_by_which_the_add_in_knows_them():
    """The client workbook, blank or filled."""
    from xl_amt.workbook import build_workbook

    assert vba.NAME_IN_OUR_WORKBOOKS in build_workbook().defined_names


class Library(HostBridge):
    """A Windows on which Python does not start."""

    def __init__(self):
        self.starts = 0

    def has_global_member(self, name):
        """What the module asks of Windows."""
        return name.lower() in {"loadlibrary", "xlpydllactivateauto", "settingofuser", "interpreterofuser"}

    def call_global(self, name, args, named):  # noqa: ARG002 - the shape that is asked for
        """A configuration that is there, a library that loads, and a minute of waiting for nothing."""
        if name.lower() == "xlpydllactivateauto":
            self.starts += 1
        known = {"settingofuser": r"C:\amt", "interpreterofuser": r"C:\amt\pythonw.exe", "loadlibrary": VBAInt(1)}
        return known.get(name.lower(), VBAInt(-1))


def test_a_failed_start_is_tried_again_by_the_button_only():
    """Each try holds Excel up for a minute: however many cells ask and however late, there is one."""
    text = vba.standard_modules()["Connection"]
    text = re.sub(r"#If Win64.*?#End If\n|Private Declare[^\n]*\n", "", text, flags=re.DOTALL)
    text = re.sub(r"Private Function (?:Setting|Interpreter)OfUser.*?End Function\n", "", text, flags=re.DOTALL)
    host = Library()
    interpreter = Interpreter(host)
    asking = (
        "Function Asked() As String\n    On Error Resume Next\n    Engine\n    Asked = Err.Description\nEnd Function\n"
    )
    interpreter.add_module(f'{text}Private Const LIBRARY As String = "x.dll"\n{asking}', name="Connection")
    said = [interpreter.run("Asked", []) for _ in range(5)]
    assert host.starts == 1
    assert set(said) == {
        "Python did not start (): run xl-amt doctor. Then press Recalculate and rebind on the xl-amt tab."
    }
    interpreter.run("Disconnect", [])
    interpreter.run("Asked", [])
    assert host.starts == 1
    interpreter.run("TryAgain", [])
    interpreter.run("Asked", [])
    assert host.starts == 2
    assert not re.search(r"\bNow\b|Timer", text)
    assert vba.standard_modules()["Ribbon"].count("TryAgain") == 2


def test_every_formula_of_the_workbook_is_entered_again(excel):
    """Formulas with an AMT function are entered again and no others; text that looks like one stays text."""
    excel.add_module(
        'Function AMT_TEST(x)\n    AMT_TEST = x\nEnd Function\nSub Fill()\n    Range("A1").Formula = "=AMT_TEST(1)"\n'
        '    Range("A2").Formula = "=1+1"\n    Range("A3").NumberFormat = "@"\n    Range("A3").Value = "=AMT_TEST(2)"\n'
        '    Range("B2").Formula = "=2*AMT_TEST(3)"\nEnd Sub',
        name="Fill",
    )
    excel.run("Fill")
    assert excel.run("Again") == "2 formulas were re-entered."
    assert excel.sheet(1).formula("A1") == "=AMT_TEST(1)"
    assert excel.sheet(1).value("A3") == "=AMT_TEST(2)"


def test_protected_sheets_are_left_and_named(excel):
    """A protected sheet is not touched, and the report says what to do."""
    excel.add_module(
        'Sub Fill()\n    Range("A1:B2").Formula = "=AMT_TEST(1)"\n    ActiveSheet.Name = "Plan"\n'
        "    ActiveSheet.Protect\nEnd Sub",
        name="Fill",
    )
    excel.run("Fill")
    assert excel.run("Again") == (
        "0 formulas were re-entered.\nProtected, and left unchanged: Plan. Remove the protection (Review > Unprotect "
        "Sheet) and press the button again."
    )


# The file


@pytest.fixture(scope="module")
def package():
    """The add-in as a package of parts."""
    with zipfile.ZipFile(io.BytesIO(addin())) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_the_file_is_current_and_built_the_same_each_time():
    """If this fails, run: python -m xl_amt.hosts.excel_addin.build."""
    assert build() == build() == addin()


def test_the_source_beside_the_file_is_its_own():
    """Who signs or allows the add-in can read every module of it, the generated ones too."""
    folder = ROOT / "xl_amt" / "hosts" / "excel_addin" / "source"
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == source()


def test_nothing_compiled_is_in_it(package):
    """[MS-OVBA] 2.3.4.1: Office has to compile the text, and cannot take stale code for it."""
    project = CFB.from_bytes(package["xl/vbaProject.bin"])
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == NOTHING_COMPILED
    assert not [name for name in project.list_streams() if name.startswith("__SRP")]


def test_the_ribbon_and_its_relation_are_of_one_age(package):
    """Open XML SDK, and Excel, read a ribbon of 2006 where the relation is of 2006."""
    (relation,) = [item for item in ET.fromstring(package["_rels/.rels"]) if "customUI" in item.get("Target")]  # noqa: S314
    assert "/2006/relationships/ui/extensibility" in relation.get("Type")
    assert ET.fromstring(ribbon().encode()).tag.startswith("{http://schemas.microsoft.com/office/2006/01/customui}")  # noqa: S314


def test_excel_starts_python_without_pandas(run_python):
    """Xlwings does without it while it is imported; whoever needs it afterwards finds it."""
    program = (
        "import sys; from xl_amt.hosts.excel_addin import serve\n"
        "with serve.without('PIL', 'numpy', 'pandas'):\n    import xlwings, xl_amt.hosts.excel_com as functions\n"
        "print([name for name in ('numpy', 'pandas') if name in sys.modules])\n"
        "rooms = functions.AMT_ROOM([[1000.0 * row] for row in range(200)], 'single', 2021.0)\n"
        "import pandas; print(len(rooms), 'numpy' in sys.modules, pandas.__name__)"
    )
    assert run_python("-c", program).stdout == "[]\n200 True pandas\n"


def test_packages_that_are_there_stay_there():
    """Only what is not imported yet is hidden, and no longer than asked for."""
    with without("json", "xlrd2"):
        assert sys.modules["json"] is not None
        assert sys.modules["xlrd2"] is None
    assert "xlrd2" not in sys.modules


def test_the_package_is_whole(package):
    """Every part is well-formed, and every relationship leads to one."""
    for name, content in package.items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 - our own file
    for item in ET.fromstring(package["_rels/.rels"]):  # noqa: S314
        assert item.get("Target") in package
    assert b"addin.macroEnabled" in package["[Content_Types].xml"]
    assert b"visibility" not in package["xl/workbook.xml"]


def test_the_file_names_no_person_and_no_computer(package):
    """Neither the author of a template nor a folder of the one who built it."""
    assert b"creator" not in package["docProps/core.xml"]
    for content in package.values():
        assert b"Users" not in content
        assert b"/tmp" not in content


def test_the_ribbon_calls_what_is_there(package):
    """Each button has its Sub, and each command it stands for is one of the command line."""
    assert package["customUI/customUI.xml"].decode() == ribbon()
    text = vba.standard_modules()["Ribbon"]
    for button in BUTTONS:
        assert f"Public Sub {button.procedure}(control As IRibbonControl)" in text
        assert button.command is None or button.command in main.commands
    called = re.findall(r'Done[( ]"(\w+)"', text)
    assert len(called) == 6
    assert all(callable(getattr(commands, name)) for name in called)


def test_other_programs_read_the_modules():
    """The program olevba finds each module, with the text that was written."""
    expected = vba.standard_modules()
    found = {Path(name).stem: text for _, _, name, text in VBA_Parser(vba.FILE_NAME, data=addin()).extract_macros()}
    for name, text in expected.items():
        assert found[name].splitlines()[1:] == text.splitlines()  # after the attribute that holds the name
    assert "Workbook_Open" in found["ThisWorkbook"]


def test_pyopenvba_opens_it(tmp_path):
    """The library that wrote it reads it back."""
    path = tmp_path / vba.FILE_NAME
    path.write_bytes(addin())
    with ExcelFile(path) as workbook:
        assert set(workbook.module_names()) == {"ThisWorkbook", "Sheet1", *vba.standard_modules()}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_loads_it(tmp_path):
    """LibreOffice opens the add-in and writes it out again with its code."""
    path = tmp_path / vba.FILE_NAME
    path.write_bytes(addin())
    subprocess.run(  # noqa: S603 - a program of the system on our own file
        [
            shutil.which("soffice"), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nodefault", "--infilter=Calc MS Excel 2007 VBA XML",
            "--convert-to", "ods", "--outdir", str(tmp_path), str(path),
        ],
        check=True,
        capture_output=True,
        timeout=90,
    )  # fmt: skip
    with zipfile.ZipFile(tmp_path / "xl_amt.ods") as document:
        modules = {Path(name).stem for name in document.namelist() if name.startswith("Basic/VBAProject/")}
        assert modules >= set(vba.standard_modules())
        assert "CallUDF" in document.read("Basic/VBAProject/Answers.xml").decode()


# Installation


def signed(content, extra=("xl/vbaProjectSignatureV3.bin", b"signature")):
    """The file with a part more, written anew as signing does."""
    signed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(signed, "w") as copy:
        for name in package.namelist():
            copy.writestr(name, package.read(name))
        copy.writestr(*extra)
    return signed.getvalue()


def recorded(site_packages, *libraries, xlwings=vba.XLWINGS_VERSION):
    """Xlwings and xl-amt as pip records them in a folder of packages, with the libraries where the record says."""
    packages = []
    for name, version, files in (("xlwings", xlwings, libraries), ("xl_amt", "1", ())):
        folder = site_packages / f"{name}-{version}.dist-info"
        folder.mkdir(parents=True)
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n", "utf-8")
        (folder / "RECORD").write_text("".join(f"{file},,\n" for file in files), "utf-8")
        packages.append(importlib.metadata.Distribution.at(folder))
    for library in libraries:
        (site_packages / library).resolve().touch()
    return packages


LIBRARIES = [install.library_name(bits) for bits in (32, 64)]


@pytest.fixture
def places(tmp_path):
    """A user's folders, with a Python and xlwings' libraries in a virtual environment."""
    interpreter = tmp_path / "venv" / "Scripts" / "pythonw.exe"
    interpreter.parent.mkdir(parents=True)
    for path in (interpreter, interpreter.with_name("python.exe")):
        path.touch()
    packages = recorded(tmp_path / "venv" / "Lib" / "site-packages", *[f"../../{name}" for name in LIBRARIES])
    environment = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path / "home")}
    return install.places_of_user(environment, interpreter.with_name("python.exe"), packages)


@pytest.mark.parametrize(
    ("where", "prefix"),
    [
        ("venv/Lib/site-packages", "../../"),
        ("Roaming/Python/Python312/site-packages", "../"),  # pip install --user
        ("conda/envs/amt/Lib/site-packages", "../../"),
        ("target", ""),
    ],
)
def test_the_library_is_found_wherever_pip_put_it(tmp_path, where, prefix):
    """Pip's own record of the package says where, not the place of python.exe."""
    packages = recorded(tmp_path / where, *[f"{prefix}{name}" for name in LIBRARIES])
    environment = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path / "home")}
    found = install.places_of_user(environment, tmp_path / "anywhere" / "python.exe", packages)
    assert found.library_folder == (tmp_path / where / prefix).resolve()
    install.install(str, found)
    settings = install.read_settings(found.configuration.read_text("utf-8"))
    assert settings["XLWINGS_FOLDER"] == str(found.library_folder)


def test_packages_of_the_user_are_found_by_the_python_that_excel_starts(tmp_path, monkeypatch):
    """Python's -I leaves out what pip install --user brought; the add-in starts Python with -E -P there."""
    monkeypatch.setattr(install.site, "getusersitepackages", lambda: str(tmp_path / "user"))
    environment = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path / "home")}
    for folder, packages in (("user", "USER"), ("venv", "PYTHON")):
        found = install.places_of_user(environment, tmp_path / "python.exe", recorded(tmp_path / folder))
        assert found.packages == packages


def test_a_python_for_which_xlwings_has_no_library_is_refused(places, tmp_path):
    """On ARM64 pip takes the wheel without a library."""
    environment = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path / "home")}
    without = install.places_of_user(environment, places.interpreter, recorded(tmp_path / "arm"))
    with pytest.raises(AmtError, match="install x64 Python from"):
        install.install(str, without)


def test_the_add_in_is_installed_and_removed(places, tmp_path):
    """The add-in stands in Excel's start folder, the configuration names the Python without a window; both go again."""
    said = []
    install.install(said.append, places)
    assert places.addin == tmp_path / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xl_amt.xlam"
    assert places.addin.read_bytes() == addin()
    settings = {"INTERPRETER_WIN": places.interpreter, "XLWINGS_FOLDER": tmp_path / "venv", "PACKAGES": "PYTHON"}
    written = "".join(f'"{key}","{value}"\r\n' for key, value in settings.items())
    assert places.configuration.read_bytes() == written.encode()
    assert places.interpreter.name == "pythonw.exe"
    assert install.status(places) == f"The add-in is installed and starts {places.interpreter}."
    install.remove(said.append, places)
    assert not places.addin.exists()
    assert not places.configuration.exists()
    assert install.status(places) == "The add-in is not installed: run xl-amt addin install."
    assert said[-1] == f"Removed: {places.configuration}"


def test_other_settings_stay(places):
    """A line that is not ours is kept as it was; ours is replaced."""
    places.configuration.parent.mkdir(parents=True)
    places.configuration.write_text('"SHOW CONSOLE","True"\n"INTERPRETER_WIN","C:\\old.exe"\n', "utf-8")
    install.install(str, places)
    assert install.read_settings(places.configuration.read_text("utf-8")) == {
        "SHOW CONSOLE": "True",
        "INTERPRETER_WIN": str(places.interpreter),
        "XLWINGS_FOLDER": str(places.library_folder),
        "PACKAGES": "PYTHON",
    }


@pytest.mark.parametrize("locked", ["addin", "configuration"])
def test_all_is_written_or_nothing(places, locked, monkeypatch):
    """Where one of the two files cannot be replaced, as when Excel is open, both stay as they were."""
    for path in (places.addin, places.configuration):
        path.parent.mkdir(parents=True)
        path.write_text("earlier", "utf-8")
    move = Path.replace

    def replace(path, target):
        if target == getattr(places, locked):
            raise PermissionError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(AmtError, match="close Excel and try again"):
        install.install(str, places)
    for path in (places.addin, places.configuration):
        assert [item.read_text("utf-8") for item in path.parent.iterdir()] == ["earlier"]


def test_another_xlwings_is_refused(places):
    """One sentence names both versions and the command that fixes it."""
    with pytest.raises(AmtError, match=rf"xlwings 0\.33\.1 is installed.*pip install .*{vba.XLWINGS_VERSION}"):
        install.install(str, places._replace(xlwings_version="0.33.1"))
    assert not places.addin.exists()


def test_a_python_without_the_library_is_refused(places):
    """Without xlwings' library Excel could not reach Python."""
    places.library().unlink()
    with pytest.raises(AmtError, match=r"xlwings64-.*\.dll is missing, and Excel needs it"):
        install.install(str, places)


def test_a_path_that_vba_cannot_read_is_refused(places, monkeypatch):
    """VBA reads the configuration in the computer's code page."""
    monkeypatch.setattr(install.locale, "getencoding", lambda: "cp1252")
    strange = places.interpreter.parents[2] / "Łódź" / "pythonw.exe"
    with pytest.raises(AmtError, match="cannot read the letter Ł"):
        install.install(str, places._replace(interpreter=strange))


def test_an_add_in_of_another_version_is_told(places):
    """The status compares the file with the one of this xl-amt."""
    install.install(str, places)
    places.addin.write_bytes(b"older")
    assert "another version" in install.status(places)


def test_a_signed_copy_is_installed_and_stays(places, tmp_path):
    """The copy of a firm is installed, counts as the present add-in, and is not replaced by the unsigned one."""
    copy = tmp_path / "signed.xlam"
    copy.write_bytes(signed(addin()))
    said = []
    install.install(said.append, places, signed=copy)
    assert places.addin.read_bytes() == copy.read_bytes()
    assert said[0].endswith(", signed")
    assert "is installed" in install.status(places)
    install.install(str, places)
    assert places.addin.read_bytes() == copy.read_bytes()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (signed(addin(), ("xl/externalLinks/externalLink1.xml", b"")), "is not the add-in of this version of xl-amt"),
        (signed(addin())[:-30], "is not the add-in of this version of xl-amt"),
        (addin(), "holds no signature"),
        (None, "cannot be read"),
    ],
)
def test_a_copy_that_is_not_the_signed_add_in_is_refused(places, tmp_path, content, sentence):
    """What was signed has to be what was built, part for part."""
    copy = tmp_path / "signed.xlam"
    if content is not None:
        copy.write_bytes(content)
    with pytest.raises(AmtError, match=sentence):
        install.install(str, places, signed=copy)
    assert not places.addin.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="elsewhere than on Windows")
def test_elsewhere_than_on_windows_one_sentence_says_what_to_use():
    """A Mac and Linux are sent to LibreOffice."""
    for use in (lambda: install.install(str), lambda: install.remove(str), install.status):
        with pytest.raises(AmtError, match="--host libreoffice"):
            use()
    (finding,) = doctor.diagnose()
    assert not finding.well
    assert "libreoffice" in finding.advice


# The doctor

EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
OFFICE = r"SOFTWARE\Microsoft\Office"
POLICIES = r"SOFTWARE\Policies\Microsoft\Office\16.0"
RULES = r"Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
MANAGED = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
STARTS, CALLS_WINDOWS = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A", "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"


@pytest.fixture
def computer(places, tmp_path):
    """A computer on which all is well."""
    install.install(str, places)
    registry = {(EXCEL, ""): r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"}
    return SimpleNamespace(
        places=places,
        xlwings_configuration=tmp_path / "xlwings.conf",
        code_page="utf-8",
        registry=registry,
        setting=lambda key, name: registry.get((key, name)),
        settings=lambda key: {name: value for (known, name), value in registry.items() if known == key},
        can_write=Path.exists,
        is_on_network=lambda _: False,
        keeps_programs_in_its_job=lambda: False,
    )


def troubles(computer):
    """What is not well."""
    return [item for item in doctor.diagnose(computer) if not item.well]


def test_a_healthy_computer_has_no_trouble(computer):
    """Each finding says what was looked at."""
    assert not troubles(computer)
    assert all(item.what for item in doctor.diagnose(computer))


def no_start_folder(computer):
    """Excel's start folder belongs to another user."""
    computer.can_write = lambda _: False


def no_add_in(computer):
    """The add-in was deleted."""
    computer.places.addin.unlink()


def an_older_add_in(computer):
    """xl-amt was updated, the add-in was not."""
    computer.places.addin.write_bytes(b"older")


def no_configuration(computer):
    """The configuration was deleted."""
    computer.places.configuration.unlink()


def no_python(computer):
    """The virtual environment was deleted."""
    computer.places.interpreter.unlink()


def conda(computer):
    """Python is conda's."""
    (computer.places.interpreter.parents[1] / "conda-meta").mkdir()


def another_library(computer):
    """Another xlwings was installed."""
    library = computer.places.library()
    library.rename(library.with_name("xlwings64-0.33.1.dll"))


def excel_of_32_bits(computer):
    """Excel has 32 bits, and its library is missing."""
    computer.registry[rf"{OFFICE}\ClickToRun\Configuration", "Platform"] = "x86"
    computer.places.library(32).unlink()


def a_program_of_32_bits(computer):
    """Excel's own file says so, whatever an older Office left in the registry."""
    program = computer.places.interpreter.with_name("EXCEL.EXE")
    program.write_bytes(b"MZ".ljust(0x3C, b"\0") + (0x80).to_bytes(4, "little") + bytes(0x40) + b"PE\0\0\x4c\x01")
    computer.registry[EXCEL, ""] = str(program)
    computer.registry[rf"{OFFICE}\ClickToRun\Configuration", "Platform"] = "x64"
    computer.places.library(32).unlink()


def no_library_at_all(computer):
    """Python is for ARM64."""
    computer.places = computer.places._replace(library_folder=None)


def a_network_folder(computer):
    """AppData is redirected to a share."""
    computer.is_on_network = lambda path: path == computer.places.addin.parent


def a_job(computer):
    """The session is one of Citrix."""
    computer.keeps_programs_in_its_job = lambda: True


def a_letter(computer):
    """The user's name is not of the code page."""
    computer.code_page = "cp1252"
    computer.places = computer.places._replace(library_folder=computer.places.library_folder.with_name("Łódź"))
    computer.places.library_folder.mkdir()
    computer.places.library().touch()


def a_second_start_folder(computer):
    """A copy of the add-in stands in the alternate start folder."""
    folder = computer.places.interpreter.with_name("startup")
    folder.mkdir()
    (folder / vba.FILE_NAME).touch()
    computer.registry[rf"{OFFICE}\16.0\Excel\Options", "AltStartup"] = str(folder)


def an_unsigned_add_in(computer):
    """A signature is asked for."""
    computer.registry[rf"{POLICIES}\Excel\Security", "RequireAddinSig"] = 1


def another_package(computer):
    """Another xlwings was installed, without its library."""
    computer.places = computer.places._replace(xlwings_version="0.33.1")


def functions_twice(computer):
    """The developers' way is in use as well."""
    computer.xlwings_configuration.write_text('"UDF MODULES","xl_amt.hosts.excel_com"\n', "utf-8")


def signed_by_a_firm(computer):
    """The add-in is signed, as a policy asks."""
    an_unsigned_add_in(computer)
    computer.places.addin.write_bytes(signed(addin()))


def a_trusted_network(computer):
    """AppData is redirected to a share that Excel trusts."""
    a_network_folder(computer)
    computer.registry[rf"{OFFICE}\16.0\Excel\Security\Trusted Locations", "AllowNetworkLocations"] = 1


def registry(key, name, value):
    """A computer with that value in its registry."""

    def change(computer):
        computer.registry[key, name] = value

    return change


def untrusted(computer):
    """The start folder is no trusted place."""
    computer.registry[rf"{OFFICE}\16.0\Excel\Security\Trusted Locations", "AllLocationsDisabled"] = 1
    computer.registry[rf"{POLICIES}\Excel\Security", "VBAWarnings"] = 4


@pytest.mark.parametrize(
    ("change", "what", "advice"),
    [
        (registry(EXCEL, "", None), "Excel is not registered", "install Excel"),
        (registry(EXCEL, "", r"C:\Program Files\WindowsApps\Excel_16\EXCEL.EXE"), "Microsoft Store", "office.com"),
        (no_start_folder, "start folder cannot be written", "right to write"),
        (no_add_in, "add-in is not at", "addin install"),
        (an_older_add_in, "another version of xl-amt", "close Excel"),
        (no_configuration, "names no Python", "addin install"),
        (no_python, "There is no Python at", "addin install"),
        (conda, "belongs to conda", "virtual environment"),
        (another_library, "there is xlwings64-0.33.1.dll", vba.XLWINGS_VERSION),
        (excel_of_32_bits, "Excel of 32 bits needs xlwings32-", vba.XLWINGS_VERSION),
        (another_package, "xlwings 0.33.1 is installed", vba.XLWINGS_VERSION),
        (registry(rf"{POLICIES}\Common", "VbaOff", 1), "VBA is turned off", "ask whoever"),
        (registry(rf"{OFFICE}\16.0\Excel\Security", "DisableAllAddins", 1), "loads no add-ins", "Trust Center"),
        (an_unsigned_add_in, "only signed add-ins", "certificate"),
        (untrusted, "start folder is not trusted", "Trusted Locations"),
        (functions_twice, "a second time", "UDF MODULES"),
        (a_program_of_32_bits, "Excel of 32 bits needs xlwings32-", vba.XLWINGS_VERSION),
        (no_library_at_all, "brings no xlwings64-", "x64 Python"),
        (registry(rf"SOFTWARE\Microsoft\{RULES}", STARTS, 1), "from starting another program", "exclude"),
        (registry(rf"SOFTWARE\Policies\Microsoft\{RULES}", CALLS_WINDOWS, "6"), "calling Windows", "exclude"),
        (registry(MANAGED, "ASRRules", f"{CALLS_WINDOWS.lower()}=2|{STARTS.lower()}=1"), "from starting", "exclude"),
        (a_network_folder, "on the network", "Allow Trusted Locations on my network"),
        (a_job, "in its job, as in Citrix", "LibreOffice"),
        (a_letter, "cannot hold the letter Ł", "plain letters"),
        (a_second_start_folder, "a second time, from", "start folder is enough"),
        (
            registry(rf"{OFFICE}\16.0\Excel\Options", "OPEN1", '/R "D:\\xl_amt.xlam"'),
            "a second time, from /R",
            "untick",
        ),
        (registry(rf"{OFFICE}\16.0\WEF\Developer", "1", r"D:\xl-amt\manifest.xml"), "a second time", "Add-ins"),
    ],
)
def test_each_trouble_is_found_and_told_what_to_do(computer, change, what, advice):
    """One finding for each trouble, and no other; it says what is wrong and what would do."""
    change(computer)
    (finding,) = troubles(computer)
    assert what in finding.what
    assert advice in finding.advice


@pytest.mark.parametrize(
    "change",
    [
        registry(rf"SOFTWARE\Microsoft\{RULES}", STARTS, 2),  # audit
        registry(MANAGED, "ASRRules", f"{STARTS}=0|{CALLS_WINDOWS}=2"),
        registry(rf"{OFFICE}\16.0\Excel\Options", "OPEN", '/R "D:\\solver.xlam"'),
        registry(rf"{OFFICE}\16.0\Excel\Options", "AltStartup", r"D:\nothing"),
        signed_by_a_firm,
        a_trusted_network,
    ],
)
def test_what_does_no_harm_is_no_trouble(computer, change):
    """A rule that only watches, other add-ins, a signed copy where one is asked for, a network that is trusted."""
    change(computer)
    assert not troubles(computer)


def test_the_job_of_a_session_is_tried(monkeypatch):
    """Windows refuses a program that would leave the job; a Python that cannot be asked is no trouble."""
    asked = windows.ThisComputer.keeps_programs_in_its_job
    for said, kept in ((b"PermissionError: [WinError 5] Access is denied", True), (b"", False)):
        monkeypatch.setattr(windows.subprocess, "run", lambda *_, said=said, **__: SimpleNamespace(stderr=said))
        assert asked(None) is kept
    monkeypatch.undo()
    assert not asked(None)


def test_a_share_is_on_the_network():
    """A path that begins with another computer's name."""
    on_network = windows.ThisComputer.is_on_network
    assert on_network(None, PureWindowsPath(r"\\server\ann\AppData\Roaming"))
    assert not on_network(None, Path("/home/ann"))


def test_a_python_of_the_microsoft_store_is_found(computer, tmp_path):
    """Its files can be reached by no library."""
    store = tmp_path / "WindowsApps" / "pythonw.exe"
    store.parent.mkdir()
    store.touch()
    computer.places.configuration.write_text(f'"INTERPRETER_WIN","{store}"\n', "utf-8")
    (finding,) = troubles(computer)
    assert "Microsoft Store" in finding.what


# What the buttons do


def test_an_export_becomes_a_client_workbook(tmp_path):
    """As xl-amt import; an existing workbook is never replaced."""
    export = ROOT / "workbook_templates" / "carta_example.xlsx"
    path = tmp_path / "Client.xlsx"
    outcome = commands.import_export(str(export), str(path))
    assert outcome, outcome
    assert "rows" in str(outcome)
    assert path.exists()
    again = commands.import_export(str(export), str(path))
    assert not again
    assert "already exists" in str(again)


def test_a_new_client_workbook_is_written(tmp_path):
    """As xl-amt new."""
    path = tmp_path / "Client.xlsx"
    outcome = commands.new_workbook(str(path))
    assert outcome
    assert str(path) in str(outcome)
    assert path.exists()
    assert not commands.new_workbook(str(tmp_path / "Client.txt"))


def test_a_client_workbook_is_checked_updated_and_planned(tmp_path):
    """As xl-amt check, update and plan --write: what was before is kept, and a workbook that is none says so."""
    export = ROOT / "workbook_templates" / "carta_example.xlsx"
    path = tmp_path / "Client.xlsx"
    assert commands.import_export(str(export), str(path))
    assert "Filing status" in str(commands.check_client(str(path)))
    before = path.read_bytes()
    again = commands.update_client(str(path), str(export))
    assert str(again) == "carta_example.xlsx is already in the workbook: nothing differs."
    assert path.read_bytes() == before
    unanswered = commands.plan_client(str(path))
    assert not unanswered
    assert "status is not known" in str(unanswered)
    assert path.read_bytes() == before
    assert not commands.update_client(str(export), str(export))

    known = tmp_path / "Vasquez.xlsx"
    known.write_bytes((ROOT / "workbook_templates" / "examples" / "vasquez.xlsx").read_bytes())
    planned = commands.plan_client(str(known))
    assert planned, planned
    assert str(planned).startswith("Least tax: ")
    (kept,) = tmp_path.glob("Vasquez*.bak")
    assert kept.name in str(planned)
    assert kept.read_bytes() != known.read_bytes()
    assert not commands.check_client(str(tmp_path / "none.xlsx"))


def test_the_help_page_has_every_function_and_loads_nothing(monkeypatch, tmp_path):
    """A page of this computer: no script, no address, every function with its example."""
    opened = []
    monkeypatch.setattr(commands.webbrowser, "open", opened.append)
    monkeypatch.setattr(commands, "gettempdir", lambda: str(tmp_path))
    assert commands.show_help()
    page = commands.help_page()
    assert opened == [(tmp_path / "xl-amt functions.html").as_uri()]
    assert all(f"<h2>{name}</h2>" in page for name in FUNCTIONS)
    assert "http" not in page
    assert "<script" not in page


# The checklist


def test_the_workbooks_of_the_checklist_hold_plain_names(tmp_path):
    """Every function of the registry stands in one of them, under its plain name."""
    import openpyxl

    text = ""
    for path in write_checklist_workbooks(tmp_path):
        for sheet in openpyxl.load_workbook(path):
            text += "\n".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
    for name in FUNCTIONS:
        assert f"={name}(" in text
    assert "_xll" not in text
    sheet = openpyxl.load_workbook(tmp_path / "checklist 1 functions.xlsx").active
    dates = [row for row in sheet.iter_rows(min_row=2) if FUNCTIONS[row[0].value].answer == "date"]
    assert len(dates) >= 3
    assert all(cell.is_date or cell.number_format == "yyyy-mm-dd" for row in dates for cell in row[1:3])
    page = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    for path in write_checklist_workbooks(tmp_path):
        assert path.name in page
