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
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    HostBridge,
    Interpreter,
    VBAErrorValue,
    VBAObject,
    member,
    method,
    setter,
)

from tests.hosts.excel_addin import Cells, Engine, caller
from tests.hosts.excel_com import SCODE_OF_ERRORS, as_excel
from workbook_templates.checklist import write_checklist_workbooks
from xl_amt.cli import main
from xl_amt.errors import AmtError
from xl_amt.hosts import excel_com
from xl_amt.hosts.excel_addin import commands, doctor, install, vba
from xl_amt.hosts.excel_addin.build import BUTTONS, addin, build, ribbon
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
    """Excel would give the first area only, which is not what was asked."""
    assert call("AMT_ROOM", Cells(1.0, areas=2), "single", 2021.0) == VBAErrorValue(2042)
    assert "several areas" in call(WHY.name, "AMT_ROOM", Cells(1.0, areas=2))
    assert not engine.asked


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
        assert "@" not in text.replace("'@", "")


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
    assert '"""" & interpreter & """ -P -m xl_amt.hosts.excel_addin.serve $(CLSID)"' in text
    assert text.count("XLPyDLLActivateAuto(result") == 1
    assert "ActiveWorkbook" not in text
    assert "ThisWorkbook" not in text
    assert 'Environ$("USERPROFILE") & "\\.xl_amt\\xl_amt.conf"' in text


def test_the_xlwings_of_the_add_in_is_the_pinned_one():
    """VBA, pyproject.toml and this environment name the same version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["optional-dependencies"]["excel"] == [f"xlwings=={vba.XLWINGS_VERSION}"]
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
    ],
)
def test_formulas_of_other_computers_and_hosts_get_plain_names(excel, formula, plain):
    """The path of another computer's add-in, and the prefixes of other hosts, are taken off."""
    assert excel.evaluate(f'WithPlainNames("{formula}")') == plain


def test_every_formula_of_the_workbook_is_entered_again(excel):
    """Formulas with an AMT function are entered again and no others; text that looks like one stays text."""
    excel.add_module(
        'Function AMT_TEST(x)\n    AMT_TEST = x\nEnd Function\nSub Fill()\n    Range("A1").Formula = "=AMT_TEST(1)"\n'
        '    Range("A2").Formula = "=1+1"\n    Range("A3").NumberFormat = "@"\n    Range("A3").Value = "=AMT_TEST(2)"\n'
        '    Range("B2").Formula = "=2*AMT_TEST(3)"\nEnd Sub',
        name="Fill",
    )
    excel.run("Fill")
    assert excel.run("Again") == "2 formulas were entered again."
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
        "0 formulas were entered again.\nProtected, and left as they were: Plan. Take the protection off "
        "(Review > Unprotect Sheet) and press the button again."
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
    assert len(called) == 3
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


@pytest.fixture
def places(tmp_path):
    """A user's folders, with a Python and xlwings' libraries in a virtual environment."""
    interpreter = tmp_path / "venv" / "Scripts" / "pythonw.exe"
    interpreter.parent.mkdir(parents=True)
    for path in (interpreter, interpreter.with_name("python.exe")):
        path.touch()
    for bits in (32, 64):
        (tmp_path / "venv" / install.library_name(bits)).touch()
    environment = {"APPDATA": str(tmp_path / "Roaming"), "USERPROFILE": str(tmp_path / "home")}
    return install.places_of_user(environment, interpreter.with_name("python.exe"))


def test_the_add_in_is_installed_and_removed(places, tmp_path):
    """The add-in stands in Excel's start folder, the configuration names the Python without a window; both go again."""
    said = []
    install.install(said.append, places)
    assert places.addin == tmp_path / "Roaming" / "Microsoft" / "Excel" / "XLSTART" / "xl_amt.xlam"
    assert places.addin.read_bytes() == addin()
    assert places.configuration.read_bytes() == f'"INTERPRETER_WIN","{places.interpreter}"\r\n'.encode()
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


def test_another_xlwings_is_refused(places, monkeypatch):
    """One sentence names both versions and the command that fixes it."""
    monkeypatch.setattr(install, "version", {"xlwings": "0.33.1"}.get)
    with pytest.raises(AmtError, match=rf"xlwings 0\.33\.1 is installed.*pip install .*{vba.XLWINGS_VERSION}"):
        install.install(str, places)
    assert not places.addin.exists()


def test_a_python_without_the_library_is_refused(places):
    """Without xlwings' library Excel could not reach Python."""
    places.libraries()[1].unlink()
    with pytest.raises(AmtError, match=r"xlwings64-.*\.dll is not beside"):
        install.install(str, places)


def test_a_path_that_vba_cannot_read_is_refused(places, monkeypatch):
    """VBA reads the configuration in the computer's code page."""
    monkeypatch.setattr(install.locale, "getencoding", lambda: "cp1252")
    strange = places.interpreter.parents[2] / "Łódź" / "pythonw.exe"
    strange.parent.mkdir()
    (strange.parent / install.library_name(64)).touch()
    with pytest.raises(AmtError, match="cannot read the letter Ł"):
        install.install(str, places._replace(interpreter=strange))


def test_an_add_in_of_another_version_is_told(places):
    """The status compares the file with the one of this xl-amt."""
    install.install(str, places)
    places.addin.write_bytes(b"older")
    assert "another version" in install.status(places)


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


@pytest.fixture
def computer(places, tmp_path):
    """A computer on which all is well."""
    install.install(str, places)
    registry = {(EXCEL, ""): r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"}
    return SimpleNamespace(
        places=places,
        xlwings_version=vba.XLWINGS_VERSION,
        xlwings_configuration=tmp_path / "xlwings.conf",
        registry=registry,
        setting=lambda key, name: registry.get((key, name)),
        can_write=Path.exists,
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
    library = computer.places.libraries()[1]
    library.rename(library.with_name("xlwings64-0.33.1.dll"))


def excel_of_32_bits(computer):
    """Excel has 32 bits, and its library is missing."""
    computer.registry[rf"{OFFICE}\ClickToRun\Configuration", "Platform"] = "x86"
    computer.places.libraries(32)[1].unlink()


def another_package(computer):
    """Another xlwings was installed, without its library."""
    computer.xlwings_version = "0.33.1"


def functions_twice(computer):
    """The developers' way is in use as well."""
    computer.xlwings_configuration.write_text('"UDF MODULES","xl_amt.hosts.excel_com"\n', "utf-8")


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
        (registry(rf"{POLICIES}\Excel\Security", "RequireAddinSig", 1), "only signed add-ins", "Trust Center"),
        (untrusted, "start folder is not trusted", "Trusted Locations"),
        (functions_twice, "a second time", "UDF MODULES"),
    ],
)
def test_each_trouble_is_found_and_told_what_to_do(computer, change, what, advice):
    """One finding for each trouble, and no other; it says what is wrong and what would do."""
    change(computer)
    (finding,) = troubles(computer)
    assert what in finding.what
    assert advice in finding.advice


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
    assert "exists already" in str(again)


def test_a_new_client_workbook_is_written(tmp_path):
    """As xl-amt new."""
    path = tmp_path / "Client.xlsx"
    outcome = commands.new_workbook(str(path))
    assert outcome
    assert str(path) in str(outcome)
    assert path.exists()
    assert not commands.new_workbook(str(tmp_path / "Client.txt"))


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
    page = (ROOT / "docs" / "excel-checklist.md").read_text("utf-8")
    for path in write_checklist_workbooks(tmp_path):
        assert path.name in page
