"""LibreOffice: what its formulas show beyond the calls that every host answers, and the extension itself."""

import ast
import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.formula import ArrayFormula

import xl_amt
from tests.hosts.calls import BLANK, CALLS, Call, Cells, Error, python_rows
from tests.hosts.differences import expected
from tests.hosts.libreoffice import Workbook, needed_libreoffice, uses_libreoffice
from xl_amt.cli import main
from xl_amt.errors import AmtError, FileError
from xl_amt.hosts.finding import Finding
from xl_amt.hosts.libreoffice import addin, doctor, install
from xl_amt.hosts.libreoffice.build import build_extension, method_of
from xl_amt.hosts.libreoffice.headless import recalculate
from xl_amt.worksheet import FUNCTIONS


def many_households():
    """A few hundred households by chance, in columns."""
    chance = random.Random(8801)  # noqa: S311 - the same households every time
    income = Cells([[chance.randrange(0, 90_000_000) / 100] for _ in range(300)])
    status = Cells([[chance.choice(("single", "mfj", "mfs", "hoh", "qss"))] for _ in range(300)])
    year = Cells([[chance.randrange(2018, 2031)] for _ in range(300)])
    spread = Cells([[chance.randrange(0, 60_000_000) / 100] for _ in range(300)])
    amounts = Cells([[chance.randrange(0, 90_000), chance.randrange(-9_000, 90_000)] for _ in range(300)])
    labels = Cells([["Interest", "Long-term capital gain"]])
    yield Call("AMT_ROOM", (income, status, year, labels, amounts))
    yield Call("AMT_OWED", (income, status, year, spread, labels, amounts))


@pytest.fixture
def libreoffice():
    """LibreOffice 25.2 or later."""
    return needed_libreoffice()


@pytest.fixture(scope="module")
def calculated(libreoffice_profile, tmp_path_factory):
    """The workbook of all calls, and LibreOffice's copy of it with the values."""
    workbook = Workbook()
    for call in (*many_households(), *(call for call in CALLS if call.function == "AMT_ROOM" and call.shows)):
        workbook.add(call, "in cells", expected("LibreOffice", call, "in cells"))
    # arguments that are needed, left out
    workbook.add_formula('AMT_ROOM(,"single",2026)', python_rows(Call("AMT_ROOM", (BLANK, "single", 2026))))
    workbook.add_formula('AMT_ROOM(150000,"single")', [[Error("#VALUE!")]])
    failing = 'AMT_ROOM(150000,"single",2010)'
    for formula, shown in {
        f"ISNA({failing})": 1.0,
        f"IFERROR({failing},7)": 7.0,
        f"ERROR.TYPE({failing})": 7.0,
        f"MIN(5,{failing})": Error("#N/A"),
        f"SUM(5,{failing})": Error("#N/A"),
        'SUM(AMT_ROOM({1;2},"single",2099))': Error("#N/A"),
        'IF(AMT_WHY("AMT_ROOM",1,"single",2026)="ok",1,0)': 1.0,
        'AMT_OWED(150000,"single",2021,AMT_ROOM(150000,"single",2021))': 0.0,
    }.items():
        workbook.add_formula(formula, [[shown]])
    copy = workbook.calculated(tmp_path_factory.mktemp("calculated"), libreoffice_profile)
    return workbook, copy, openpyxl.load_workbook(copy)


@uses_libreoffice
def test_every_formula_shows_what_python_answers(calculated):
    """Texts and errors are those of Python, and numbers equal it to the last bit."""
    workbook, copy, _ = calculated
    for formula, shown in zip(workbook.formulas.values(), workbook.shown(copy), strict=True):
        assert shown == formula.expected, formula.text


@uses_libreoffice
def test_a_difference_in_the_last_bit_would_be_seen(calculated):
    """The comparison is not rounded: LibreOffice calculates it without its correction of small differences."""
    _, copy, formulas = calculated
    values = openpyxl.load_workbook(copy, data_only=True)
    cells = [cell for row in formulas["Difference"].iter_rows() for cell in row if cell.value is not None]
    assert len(cells) > 600
    assert all("RAWSUBTRACT" in cell.value for cell in cells)
    assert all(values["Difference"][cell.coordinate].value == 0 for cell in cells)


@uses_libreoffice
def test_plain_names_stay_plain(calculated):
    """A workbook that LibreOffice saves calls the functions as Excel does."""
    workbook, _, formulas = calculated
    for first, formula in workbook.formulas.items():
        value = formulas["Answers"].cell(first, 1).value
        saved = value.text if isinstance(value, ArrayFormula) else value
        assert saved.startswith(f"={formula.text.partition('(')[0]}(")


@uses_libreoffice
def test_an_error_in_a_range_that_is_given_is_value(libreoffice_profile, tmp_path):
    """LibreOffice refuses a range that holds an error value before it asks the function."""
    book = openpyxl.Workbook()
    book.active["A1"], book.active["A2"], book.active["B1"] = 1, "=1/0", '=AMT_ROOM(1,"single",2026,A1:A2,A1:A2)'
    book.save(tmp_path / "error.xlsx")
    copy = recalculate(tmp_path / "error.xlsx", tmp_path / "out", libreoffice_profile)
    assert openpyxl.load_workbook(copy, data_only=True).active["B1"].value == "#VALUE!"


def test_installation_and_removal(libreoffice, tmp_path):
    """Each step says in one line what it did, and status tells what is there."""
    said = []
    assert "is not installed; xl-amt addin install" in install.status(tmp_path)
    install.install(said.append, tmp_path)
    assert install.installed(libreoffice, tmp_path) == install.Installed(xl_amt.__version__, loaded=True)
    assert install.status(tmp_path).endswith(f"xl-amt {xl_amt.__version__} is installed.")
    install.install(said.append, tmp_path)
    install.remove(said.append, tmp_path)
    install.remove(said.append, tmp_path)
    version = re.escape(libreoffice.version)
    patterns = [rf"Installed xl-amt {re.escape(xl_amt.__version__)} in LibreOffice {version}.*"] * 2
    patterns += [rf"Removed xl-amt from LibreOffice {version};.*", r"xl-amt is not installed in .* nothing to remove\."]
    assert len(said) == len(patterns)
    assert all(re.fullmatch(pattern, line) for pattern, line in zip(patterns, said, strict=True))


@uses_libreoffice
def test_a_file_that_cannot_be_calculated_is_named(libreoffice_profile, tmp_path):
    """LibreOffice itself ends as if all were well."""
    with pytest.raises(FileError, match=r"missing\.xlsx: LibreOffice did not calculate it"):
        recalculate(tmp_path / "missing.xlsx", tmp_path / "out", libreoffice_profile)


@pytest.fixture
def extension(tmp_path):
    """The unpacked extension."""
    build_extension(tmp_path / "xl_amt.oxt")
    with ZipFile(tmp_path / "xl_amt.oxt") as archive:
        archive.extractall(tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_the_same_package_gives_the_same_bytes(tmp_path):
    """The extension holds no time and no order of chance."""
    build_extension(tmp_path / "one.oxt")
    build_extension(tmp_path / "two.oxt")
    assert (tmp_path / "one.oxt").read_bytes() == (tmp_path / "two.oxt").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.oxt", "two.oxt"]


def test_an_extension_that_cannot_be_written_is_named(tmp_path):
    """The message names the file, and nothing is left behind."""
    (tmp_path / "xl_amt.oxt").mkdir()
    with pytest.raises(FileError, match=r"xl_amt\.oxt: it is a folder"):
        build_extension(tmp_path / "xl_amt.oxt")
    assert [path.name for path in tmp_path.iterdir()] == ["xl_amt.oxt"]


def test_every_function_has_a_method_of_its_own():
    """LibreOffice tells methods apart by letters and figures only."""
    assert len({method_of(name) for name in FUNCTIONS}) == len(FUNCTIONS)
    assert all(re.fullmatch("amt[a-z0-9]+", method_of(name)) for name in FUNCTIONS)


def _starts(python):
    found = shutil.which(python)
    return found and not subprocess.run([found, "--version"], capture_output=True, check=False).returncode  # noqa: S603


PYTHONS = [sys.executable, *filter(_starts, ("python3.10", "python3.12", "python3.13"))]


@pytest.mark.parametrize("python", PYTHONS)
def test_the_extension_needs_nothing_installed(extension, python):
    """Its files alone, without any package, answer every example in each Python that is here."""
    script = f"""
import sys
sys.path.append({str(extension / "pythonpath")!r})
from xl_amt.hosts.libreoffice.addin import shown
from xl_amt.worksheet import FUNCTIONS
assert FUNCTIONS["AMT_ROOM"].code.__code__.co_filename.startswith({str(extension)!r})
for name, function in FUNCTIONS.items():
    answer = shown(name, function.example)
    assert isinstance(answer, tuple) or answer == function.gives or abs(answer - function.gives) < 1e-5, (name, answer)
"""
    subprocess.run([python, "-I", "-S", "-c", script], check=True, timeout=60)  # noqa: S603 - an interpreter


def test_the_engine_is_written_in_the_python_of_libreoffice(extension):
    """Every file reads as Python 3.10; what has to refuse an older one reads as Python 3.8."""
    files = list(extension.rglob("*.py"))
    assert len(files) > 40
    for file in files:
        ast.parse(file.read_text("utf-8"), feature_version=addin.OLDEST_PYTHON)
    engine = extension / "pythonpath" / "xl_amt"
    first = ("functions.py", *(engine / name for name in ("__init__.py", "hosts/libreoffice/addin.py")))
    for file in first:
        ast.parse((extension / file).read_text("utf-8"), feature_version=(3, 8))


def test_an_old_python_says_so_in_the_cell(monkeypatch):
    """Every function shows #VALUE!, and AMT_WHY the sentence."""
    monkeypatch.setattr(sys, "version_info", (3, 8, 10))
    assert "runs Python 3.8 here, and xl-amt needs 3.10 or later: update LibreOffice" in addin.shown("AMT_WHY", ("x",))
    assert repr(addin.shown("AMT_ROOM", (150_000.0, "single", 2021.0))) == "nan"


def test_help_comes_from_the_registry(extension):
    """The function wizard names and explains each argument, and says what may be left out."""
    described = re.search(r"described = (\{.*?\n\})", (extension / "functions.py").read_text("utf-8"), re.DOTALL)
    shown = addin.AddIn()
    shown.described = ast.literal_eval(described[1])
    for name, function in FUNCTIONS.items():
        method = method_of(name)
        assert shown.getDisplayFunctionName(method) == name
        assert shown.getProgrammaticFuntionName(name) == method
        assert shown.getFunctionDescription(method).startswith(function.summary)
        for place, argument in enumerate(function.arguments):
            assert shown.getDisplayArgumentName(method, place) == argument.name
            help_text = shown.getArgumentDescription(method, place)
            assert help_text.startswith(argument.description)
            assert help_text.endswith("(required)" if argument.required else "(optional)")
        assert ("format the cell as one" in shown.getFunctionDescription(method)) == (function.answer == "date")
    assert shown.getDisplayArgumentName("amtwhy", 9) == "arguments"


@pytest.fixture
def pretended(tmp_path, monkeypatch):
    """A function that puts a LibreOffice of some version on the PATH, which answers yes to everything."""
    if sys.platform == "win32":
        pytest.skip("sh is missing")

    def pretend(version, *, python="", loader=True):
        programs = tmp_path / "office" / "program"
        programs.mkdir(parents=True)
        for name in ("soffice", "unopkg"):
            script = f"#!/bin/sh\necho {name} $* >>{tmp_path / 'log'}\necho 'LibreOffice {version} 40(Build:2)'\n"
            (programs / name).write_text(script, encoding="utf-8")
            (programs / name).chmod(0o755)
        if python:
            (programs / f"python-core-{python}").mkdir()
        if loader:
            (programs / "pythonloader.py").touch()
        monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)

    return pretend


@pytest.mark.parametrize("version", ["7.4.7.2", "24.8.4.2"])
def test_an_older_libreoffice_is_told_the_workaround(pretended, version, tmp_path):
    """It is installed, and a second line says how a workbook's functions come to life there."""
    pretended(version)
    said = []
    install.install(said.append, tmp_path / "profile")
    assert len(said) == 2
    assert said[1].startswith(f"LibreOffice {version.rpartition('.')[0]} shows #NAME?")
    assert "replace = by =" in said[1]


@pytest.mark.parametrize(
    ("office", "sentence"),
    [
        ({"version": "6.4.7.2"}, "LibreOffice 6.4.7 is too old for xl-amt: install LibreOffice 25.2 or later"),
        ({"version": "24.8.4.2", "python": "3.9.21"}, "includes Python 3.9, and xl-amt needs 3.10 or later"),
        ({"version": "25.2.3.2", "loader": False}, "has no Python here: install python3-uno"),
    ],
)
def test_what_cannot_run_the_functions_is_refused(pretended, tmp_path, office, sentence):
    """One sentence says why, and what to do."""
    pretended(**office)
    with pytest.raises(AmtError, match=re.escape(sentence)):
        install.install(pytest.fail, tmp_path / "profile")


def test_a_new_profile_is_started_before(pretended, tmp_path, monkeypatch):
    """LibreOffice's first start would forget the extension; later ones do not."""
    pretended("25.2.3.2")
    monkeypatch.setattr(install, "_as_root", lambda: False)
    install.install(lambda _: None, tmp_path / "profile")
    (tmp_path / "profile" / "user" / "extensions").mkdir(parents=True)
    (tmp_path / "profile" / "user" / "extensions" / "buildid").touch()
    install.install(lambda _: None, tmp_path / "profile")
    log = (tmp_path / "log").read_text("utf-8").splitlines()
    assert [re.sub(" -env:.*? --headless", "", line).split()[:2] for line in log] == [
        ["soffice", "--version"],
        ["soffice", "--terminate_after_init"],
        ["unopkg", "add"],
        ["soffice", "--version"],
        ["unopkg", "add"],
    ]


@pytest.mark.parametrize(
    ("version", "loaded", "sentence"),
    [
        ("0.0.1", "yes", "xl-amt 0.0.1 is installed; xl-amt addin install --host libreoffice replaces it with"),
        ("0.0.1", "no", "xl-amt 0.0.1 is installed but not loaded, as after an update; xl-amt addin install"),
    ],
)
def test_status_says_what_to_do(pretended, tmp_path, version, loaded, sentence):
    """An older extension is to be replaced, and one that LibreOffice does not load to be installed again."""
    pretended("25.2.3.2")
    (tmp_path / "office" / "program" / "unopkg").write_text(
        "#!/bin/sh\ncat <<END\nIdentifier: org.other\n  Version: 1\n  is registered: yes\n\n"
        f"Identifier: org.xlamt\n  Version: {version}\n  URL: x\n  is registered: {loaded}\nEND\n",
        encoding="utf-8",
    )
    assert sentence in install.status(tmp_path / "profile")


def test_the_doctor_finds_a_libreoffice_that_answers(libreoffice, tmp_path):
    """Found, its version, the extension, and the answer of an example; without the extension it says what to do."""
    without = doctor.diagnose(tmp_path)
    assert [item.what for item in without if not item.well] == ["The extension xl-amt is not installed"]
    assert "addin install --host libreoffice" in without[1].advice
    install.install(lambda _: None, tmp_path)
    found = doctor.diagnose(tmp_path)
    assert all(item.well for item in found)
    assert found[0].what.startswith(f"LibreOffice {libreoffice.version} in ")
    assert found[2].what == '=AMT_ROOM(150000, "single", 2021) shows 27480.769231'


@pytest.mark.parametrize(
    ("listed", "trouble"),
    [
        ("Version: 0.0.1\n  URL: x\n  is registered: yes", "The extension is from xl-amt 0.0.1, and this is"),
        ("Version: 0.0.1\n  URL: x\n  is registered: no", "The extension xl-amt 0.0.1 is not loaded"),
        ("", "The extension xl-amt is not installed"),
    ],
)
def test_the_doctor_says_what_is_wrong_with_the_extension(pretended, tmp_path, listed, trouble):
    """Another version, one that is not loaded, none; and a LibreOffice that calculates nothing."""
    pretended("25.2.3.2")
    (tmp_path / "office" / "program" / "unopkg").write_text(
        f"#!/bin/sh\ncat <<END\nIdentifier: org.xlamt\n  {listed}\nEND\n", encoding="utf-8"
    )
    version, extension, answer = doctor.diagnose(tmp_path / "profile")
    assert version.well
    assert extension.what.startswith(trouble)
    assert extension.advice == "run xl-amt addin install --host libreoffice"
    assert answer.what == "LibreOffice calculates nothing here"


@pytest.mark.parametrize("shown", [None, "#NAME?", 0])
def test_the_doctor_sees_a_wrong_answer(pretended, tmp_path, monkeypatch, shown):
    """What the cell shows, and what it should show."""
    pretended("25.2.3.2")
    monkeypatch.setattr(doctor, "_shown", lambda: shown)
    finding = doctor.diagnose(tmp_path / "profile")[-1]
    assert not finding.well
    assert finding.what.endswith(f"shows {'nothing' if shown is None else shown}")
    assert "27480.769231" in finding.advice


@pytest.mark.parametrize(
    ("office", "what", "advice"),
    [
        ({"version": "6.4.7.2"}, "LibreOffice 6.4.7 is too old for xl-amt", "install LibreOffice 25.2"),
        ({"version": "25.2.3.2", "loader": False}, "LibreOffice 25.2.3 has no Python here", "install python3-uno"),
    ],
)
def test_the_doctor_stops_at_a_libreoffice_that_cannot_run_the_functions(pretended, tmp_path, office, what, advice):
    """Nothing else is asked of it."""
    pretended(**office)
    (finding,) = doctor.diagnose(tmp_path / "profile")
    assert (finding.what, finding.well) == (what, False)
    assert finding.advice.startswith(advice)


def test_the_doctor_of_an_older_libreoffice_names_the_workaround(pretended, tmp_path):
    """It runs the functions, and reads no workbook of Excel with them."""
    pretended("24.8.4.2")
    version = doctor.diagnose(tmp_path / "profile")[0]
    assert "shows #NAME?" in version.what
    assert "replace = by =" in version.advice


@pytest.mark.skipif(sys.platform == "win32", reason="elsewhere than on Windows")
def test_the_command_looks_at_libreoffice_where_there_is_no_excel(monkeypatch):
    """Each finding in a line, what to do below it; it ends with 1 where something is wrong."""
    findings = [Finding("LibreOffice 25.2", well=True), Finding("No extension", well=False, advice="install it")]
    monkeypatch.setattr(doctor, "diagnose", lambda: findings)
    run = CliRunner().invoke(main, ["doctor"])
    assert (run.exit_code, run.output) == (1, "ok    LibreOffice 25.2\nlook  No extension\n      install it\n")
    monkeypatch.setattr(doctor, "diagnose", lambda: findings[:1])
    assert CliRunner().invoke(main, ["doctor", "--host", "libreoffice"]).exit_code == 0
    assert "for Excel on Windows" in CliRunner().invoke(main, ["doctor", "--host", "excel"]).output


def test_only_the_add_in_of_excel_is_signed():
    """The extension of LibreOffice takes no signed copy."""
    run = CliRunner().invoke(main, ["addin", "install", "--host", "libreoffice", "--signed", "x.xlam"])
    assert run.exit_code
    assert "only the add-in of Excel is signed" in run.output


def test_no_libreoffice_is_said(monkeypatch):
    """One sentence says where to get it."""
    monkeypatch.setattr(install, "_folders", lambda: [Path("nowhere")])
    with pytest.raises(AmtError, match=r"LibreOffice was not found on this computer: install LibreOffice 25\.2"):
        install.status()
    (finding,) = doctor.diagnose()
    assert finding.what == "LibreOffice was not found on this computer"


def test_a_refusal_of_libreoffice_is_passed_on(pretended, tmp_path):
    """The sentence holds LibreOffice's own reason."""
    pretended("25.2.3.2")
    (tmp_path / "office" / "program" / "unopkg").write_text(
        "#!/bin/sh\necho 'ERROR: Exception occurred: The profile is locked.' >&2\nexit 1\n", encoding="utf-8"
    )
    with pytest.raises(AmtError, match=r"LibreOffice refused \(The profile is locked\): close all its windows"):
        install.install(pytest.fail, tmp_path / "profile")


def test_libreoffice_is_kept_from_the_python_of_a_virtual_environment(monkeypatch):
    """An activated environment would lend LibreOffice's Python its folder, where no uno module is."""
    monkeypatch.setattr(sys, "prefix", "/home/ana/venv")
    monkeypatch.setattr(sys, "base_prefix", "/usr")
    activated = {"VIRTUAL_ENV": "/home/ana/venv", "PATH": "/home/ana/venv/bin:/usr/bin", "PYTHONPATH": "x", "LANG": "C"}
    kept = install._without_this_python({**activated, "PATH": activated["PATH"].replace(":", os.pathsep)})
    assert kept == {"PATH": "/usr/bin", "LANG": "C"}
