"""The bill of materials that .ci/run makes: valid CycloneDX, and whole."""

import json
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def bill():
    """The bill of the environment of the tests, as text, by the command of .ci/run."""
    command = [sys.executable, "-m", "cyclonedx_py", "environment", "--pyproject", str(ROOT / "pyproject.toml")]
    made = subprocess.run(  # noqa: S603 - our own arguments
        [*command, "--output-reproducible", "--no-validate", sys.executable],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return made.stdout


def test_it_is_valid(bill):
    """By the schema of CycloneDX, here ten components, since the tests' are many; a text that is not is refused."""
    validator = JsonStrictValidator(SchemaVersion.V1_6)
    contents = json.loads(bill)
    contents["components"] = contents["components"][:10]
    assert validator.validate_str(json.dumps(contents)) is None
    assert validator.validate_str('{"bomFormat": "CycloneDX", "specVersion": "1.6", "parts": []}') is not None


def test_it_lists_what_the_project_depends_on(bill):
    """Every dependency that holds on this system, in the version that is installed, as a dependency of xl-amt."""
    contents = json.loads(bill)
    assert contents["metadata"]["component"]["name"] == "xl-amt"
    listed = {canonicalize_name(part["name"]): part for part in contents["components"]}
    root = contents["metadata"]["component"]["bom-ref"]
    (below,) = [entry["dependsOn"] for entry in contents["dependencies"] if entry["ref"] == root]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    for requirement in map(Requirement, project["dependencies"]):
        if requirement.marker is None or requirement.marker.evaluate():
            part = listed[canonicalize_name(requirement.name)]
            assert part["version"] == version(requirement.name)
            assert part["bom-ref"] in below


def test_the_script_makes_it_of_the_installed_wheel():
    """The environment is the one in which nothing but the wheel was installed; the command is that of these tests."""
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "python -m cyclonedx_py environment --pyproject" in script
    assert '"$work/outside/bin/python"' in script
