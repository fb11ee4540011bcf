"""What a stranger expects of a repository: workflow, lock file, templates and citation agree with the project."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

import xl_amt

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
EXTRAS = PROJECT["optional-dependencies"]
REQUIREMENTS = [Requirement(text) for texts in (PROJECT["dependencies"], *EXTRAS.values()) for text in texts]
HOSTS = {"pypi.org", "files.pythonhosted.org"}


def python_versions():
    """The versions of Python that the classifiers name."""
    found = [re.fullmatch(r"Programming Language :: Python :: (3\.\d+)", item) for item in PROJECT["classifiers"]]
    return [version[1] for version in found if version]


def test_the_workflow_runs_every_version_of_python():
    """Those of the classifiers, on Windows and Mac; none that the project refuses, nor one less than it takes."""
    matrix = WORKFLOW["jobs"]["systems"]["strategy"]["matrix"]
    assert matrix["python"] == python_versions()
    assert matrix["system"] == ["windows-latest", "macos-latest"]
    assert all(Version(version) in SpecifierSet(PROJECT["requires-python"]) for version in python_versions())
    assert PROJECT["requires-python"] == f">={python_versions()[0]}"


def test_the_workflow_runs_the_script_on_debian():
    """.ci/run in a bare Debian 12, and what it leaves in dist is kept."""
    job = WORKFLOW["jobs"]["everything"]
    steps = job["steps"]
    assert job["container"] == "debian:12"
    assert {"run": "bash .ci/run"} in steps
    assert steps[-1]["with"]["path"] == "dist"
    assert WORKFLOW["permissions"] == {"contents": "read"}


def test_the_workflow_runs_the_commands_of_the_readme():
    """Both, with what each installs."""
    readme = (ROOT / "README.md").read_text("utf-8")
    first, second = re.findall(r"^ {4}(pip install .*) && ([\w-]+(?: demo)?)$", readme, re.MULTILINE)
    run = "\n".join(step.get("run", "") for step in WORKFLOW["jobs"]["systems"]["steps"])
    for command in (*first, *second):
        assert command.removeprefix("xl-amt ") in run
    assert WORKFLOW["jobs"]["systems"]["steps"][-1]["env"]["CI"] == ""  # else what only Debian has is missed


def test_the_lock_covers_the_project():
    """Each package that the project or an extra names is locked, in a version that it takes."""
    locked = {}
    for package in LOCK["package"]:
        locked.setdefault(package["name"], []).append(package.get("version"))
    for requirement in REQUIREMENTS:
        name = canonicalize_name(requirement.name)
        assert name in locked, requirement
        if name != "xl-amt":
            assert any(requirement.specifier.contains(version) for version in locked[name]), requirement
    assert LOCK["requires-python"] == PROJECT["requires-python"]


def test_the_lock_names_public_places_alone():
    """No host but the Python Package Index's own, no path of a computer, and a hash for every file."""
    for package in LOCK["package"]:
        source = package["source"]
        if source == {"editable": "."}:
            assert package["name"] == "xl-amt"
            continue
        assert source == {"registry": "https://pypi.org/simple"}
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert files
        for file in files:
            assert file["url"].startswith("https://files.pythonhosted.org/packages/")
            assert re.fullmatch(r"sha256:[0-9a-f]{64}", file["hash"])
    assert set(re.findall(r"https?://([^/\"]+)", (ROOT / "uv.lock").read_text("utf-8"))) == HOSTS


def test_pre_commit_runs_the_ruff_of_the_lock():
    """The same version checks a commit and the whole."""
    (repository,) = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    (locked,) = [package["version"] for package in LOCK["package"] if package["name"] == "ruff"]
    assert repository["rev"] == f"v{locked}"
    assert [hook["id"] for hook in repository["hooks"]] == ["ruff-check", "ruff-format"]


def test_the_citation_is_of_this_version():
    """Version, license and title are the project's."""
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert str(citation["version"]) == xl_amt.__version__
    assert citation["license"] == PROJECT["license"]
    assert citation["title"].startswith(f"{PROJECT['name']}: ")


@pytest.mark.parametrize("form", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_can_be_filled_in(form):
    """It has a name, and each of its questions an identity of its own, a label, and a kind that GitHub knows."""
    contents = yaml.safe_load(form.read_text("utf-8"))
    assert contents["name"]
    assert contents["description"]
    questions = [part for part in contents["body"] if part["type"] != "markdown"]
    assert {part["type"] for part in questions} <= {"input", "textarea", "dropdown", "checkboxes"}
    assert len({part["id"] for part in questions}) == len(questions)
    assert all(part["attributes"]["label"] for part in questions)


def test_a_wrong_figure_is_told_with_form_line_and_year():
    """Without them nobody can look it up."""
    contents = yaml.safe_load((FORMS[0].parent / "wrong-figure.yml").read_text("utf-8"))
    required = {part["id"] for part in contents["body"] if part.get("validations", {}).get("required")}
    assert {"form", "line", "year", "given", "got", "expected"} <= required


def test_the_script_makes_what_the_release_hands_out():
    """The wheel, the bill of materials and the site are left in dist, by the names of the page of a release."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    page = (ROOT / "docs" / "contributing" / "release.md").read_text("utf-8")
    for name in ("xl_amt.cdx.json", "site.zip"):
        assert f"dist/{name}" in script
        assert f"`{name}`" in page
    assert "mkdocs build" in script
    assert f"xl_amt-{xl_amt.__version__}-py3-none-any.whl" in page


def test_security_names_guards_that_are_there():
    """It says how to report, names no address, and each place that guards something exists."""
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    places = re.findall(r"`((?:xl_amt|tests)/[\w/.]+)`", text)
    assert len(places) > 8
    assert all((ROOT / place).exists() for place in places)
    assert "Report a vulnerability" in text
    assert "@" not in text.replace("= + - @", "")
