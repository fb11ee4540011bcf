"""The documents: those made from the registry, and the formulas that the others print with what they give."""

import doctest
import importlib.util
import json
import re
import shlex
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.worksheet import call

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md")), *sorted((ROOT / "tests").rglob("*.md"))]

# A path in a page: of a folder of this repository, or the end of one that names a module. XX is to be filled in.
PATH = re.compile(r"(?<![\w/.-])((?:xl_amt|tests|docs|workbook_templates|\.ci)/[\w./-]*\w|[\w/]+\.py)(?![\w/])")
LINK = re.compile(r"\]\(([^)#\s:]+)[)#]")

# A line of a page such as "    =AMT_STATE_SHARE(391, 782)     0.5": the function, its arguments, the number
FORMULA = re.compile(r"^ {4}=(AMT_\w+)\((.*)\) +(-?[\d,]+(?:\.\d+)?)$", re.MULTILINE)
FORMULAS = [(page, *formula) for page in PAGES for formula in FORMULA.findall(page.read_text("utf-8"))]


@pytest.fixture(scope="module")
def build():
    """The script that makes the documents."""
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_function_reference_is_current(build):
    """docs/functions.md is what the registry says today."""
    assert build.FUNCTIONS_PAGE.read_text("utf-8") == build.functions_page()


def test_peers_page_is_current(build):
    """docs/peers.md is what the list of differences says today."""
    assert build.PEERS_PAGE.read_text("utf-8") == build.peers_page()


@pytest.mark.parametrize(
    ("page", "name", "arguments", "number"),
    FORMULAS,
    ids=[f"{page.stem}-{name}-{number}" for page, name, _, number in FORMULAS],
)
def test_formulas_of_the_pages(page, name, arguments, number):
    """A formula on a page gives the number beside it, to the last digit printed."""
    given = call(name, *json.loads(re.sub(r",(?=\s*,)", ", null", f"[{arguments}]")))
    decimals = len(number.partition(".")[2])
    assert f"{given:.{decimals}f}" == number.replace(",", ""), page.name


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text("utf-8")], ids=lambda page: page.stem
)
def test_python_of_the_pages(page):
    """The Python on a page gives what is printed under it."""
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_paths_of_the_pages(page):
    """Every file and folder that a page names, or links to, is there."""
    text = page.read_text("utf-8")
    named = [path for path in PATH.findall(text) if "XX" not in path]
    places = (ROOT, ROOT / "xl_amt", page.parent)
    assert not [path for path in named if not any((place / path).exists() for place in places)]
    assert not [link for link in LINK.findall(text) if not (page.parent / link).exists()]


def test_printed_calendar(monkeypatch):
    """The calendar page shows its example whole, as a terminal of 100 columns does."""
    monkeypatch.chdir(DOCS.parent)
    page = (DOCS / "advisors" / "calendar.md").read_text("utf-8")
    blocks = [dedent(block).strip("\n") for block in re.findall(r"(?:^(?: {4}.*)?\n)+", page, re.MULTILINE)]
    command, printed = (block for block in blocks if "carta_example.xlsx" in block)
    _, *arguments = shlex.split(command.replace("\\\n", ""))
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments, catch_exceptions=False)
    assert [line.rstrip() for line in result.stdout.splitlines()] == printed.splitlines()


def test_printed_years(tmp_path):
    """The page of a client's record shows what its own record gives."""
    page = (DOCS / "advisors" / "client.md").read_text("utf-8")
    blocks = [dedent(block).strip("\n") for block in re.findall(r"(?:^(?: {4}.*)?\n)+", page, re.MULTILINE)]
    (record,) = (block for block in blocks if block.startswith("format ="))
    (printed,) = (block for block in blocks if block.startswith("Ana Alvarez\n"))
    path = tmp_path / "ana.client.toml"
    path.write_text(record, "utf-8")
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, ["years", str(path)], catch_exceptions=False)
    shown = [line.rstrip() for line in result.stdout.partition("Note:")[0].strip("\n").splitlines()]
    assert shown[: len(printed.splitlines())] == printed.splitlines()


def test_figures_of_the_example_workbook():
    """The page of the workbook shows the years of its example as the command does, row by row."""
    page = (DOCS / "advisors" / "workbook.md").read_text("utf-8")
    record = str(ROOT / "workbook_templates" / "examples" / "vasquez.client.toml")
    result = CliRunner().invoke(main, ["years", record, "--json"], catch_exceptions=False)
    years = json.loads(result.stdout)["years"]
    rows = re.findall(r"^\| ((?:CA )?(?:ISO|AMT|credit).*?) \| (.*) \|$", page, re.MULTILINE)
    assert len(rows) == 6
    for name, amounts in rows:
        assert amounts.split(" | ") == [f"{own[name]:,.2f}" for own in years.values()], name


def test_printed_outlook(tmp_path, monkeypatch):
    """The page of the outlook shows what its own record and scenarios give, and its text names the same figures."""
    monkeypatch.setattr(importlib.import_module("xl_amt.cli.outlook"), "today", lambda: date(2026, 2, 2))
    page = (DOCS / "advisors" / "outlook.md").read_text("utf-8")
    blocks = [dedent(block).strip("\n") for block in re.findall(r"(?:^(?: {4}.*)?\n)+", page, re.MULTILINE)]
    (record,) = (block for block in blocks if block.startswith("format ="))
    (scenarios,) = (block for block in blocks if block.startswith('["IPO'))
    _, _, after = page.partition("    xl-amt outlook ana.client.toml --scenarios ana-scenarios.toml\n\n")
    printed = dedent(re.match(r"(?:^(?: {4}.*)?\n)+", after, re.MULTILINE)[0]).strip("\n")
    (tmp_path / "ana.client.toml").write_text(record, "utf-8")
    (tmp_path / "scenarios.toml").write_text(scenarios, "utf-8")
    arguments = ["outlook", str(tmp_path / "ana.client.toml"), "--scenarios", str(tmp_path / "scenarios.toml")]
    result = CliRunner(env={"COLUMNS": "100"}).invoke(main, arguments, catch_exceptions=False)
    shown = [line.rstrip() for line in result.stdout.partition("Note:")[0].splitlines()]
    assert "\n".join(shown).strip("\n") == printed
    text = page.partition("What an advisor reads from it:")[2].partition("## The columns")[0]
    for figure in re.findall(r"\b\d+,\d{3}\b|\b\d\.\d\d\b", text):
        assert figure in printed or figure in {"83,000", "71,000"}


def test_printed_comparison(tmp_path, monkeypatch):
    """The page of plans shows what became of Alena's frozen plan, by her own record and the changes it tells of."""
    path = tmp_path / "alena.client.toml"
    path.write_bytes((ROOT / "workbook_templates" / "examples" / path.name).read_bytes())
    printed = (DOCS / "advisors" / "plan.md").read_text("utf-8").partition("    Alena: the plan frozen on ")[2]
    printed = dedent("    Alena: the plan frozen on " + re.match(r"(?:.*\n(?:    .*|\n)*)", printed)[0]).strip()

    def run(day, option):
        monkeypatch.setattr(importlib.import_module("xl_amt.cli.plan"), "today", lambda: day)
        return CliRunner(env={"COLUMNS": "100"}).invoke(main, ["plan", str(path), option], catch_exceptions=False)

    run(date(2024, 12, 1), "--freeze")
    text = path.read_text("utf-8").replace('shares = 330\nvalue = 105\nstatus = "planned"', "shares = 400\nvalue = 105")
    path.write_text(text.replace("year = 2025\nincome = 163150", "year = 2025\nincome = 170000"), "utf-8")
    shown = run(date(2025, 2, 10), "--compare").stdout
    assert "\n".join(line.rstrip() for line in shown.strip().splitlines()) == printed


@pytest.mark.parametrize("name", ["alena", "tutorial", "article"])
def test_printed_plans(monkeypatch, name):
    """The page of plans shows what the three published cases give."""
    monkeypatch.chdir(DOCS.parent)
    page = (DOCS / "advisors" / "plan.md").read_text("utf-8")
    _, _, after = page.partition(f"    xl-amt plan docs/advisors/plans/{name}.json\n\n")
    printed = dedent(re.match(r"(?:^(?: {4}.*)?\n)+", after, re.MULTILINE)[0]).strip("\n").splitlines()
    result = CliRunner(env={"COLUMNS": "100"}).invoke(
        main, ["plan", f"docs/advisors/plans/{name}.json"], catch_exceptions=False
    )
    shown = [line.rstrip() for line in result.stdout.strip("\n").splitlines()]
    assert [line.rstrip() for line in printed] == shown[: len(printed)]
