"""What several tests share: profiles of hypothesis and of LibreOffice, and a fresh interpreter."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import xl_amt

os.environ["XL_AMT_CONFIG"] = os.devnull  # the law books and the inflation of whoever runs the tests have no say

collect_ignore = ["benchmarks"]  # scripts, to be run by hand: python tests/benchmarks/functions.py

settings.register_profile(
    "quick",
    max_examples=100,
    deadline=None,
    derandomize="CI" in os.environ,  # a change that breaks nothing must not fail by chance
    suppress_health_check=[HealthCheck.too_slow],  # on a busy machine, which says nothing of the examples
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=5_000, derandomize=False)
settings.load_profile("quick")  # the other one: pytest --hypothesis-profile=thorough


def pytest_addoption(parser, pluginmanager):
    """Without pytest-xdist (-p no:xdist), the options that pyproject.toml gives it are known, and change nothing."""
    if not pluginmanager.hasplugin("xdist"):
        parser.addoption("--numprocesses")
        parser.addoption("--dist")


@pytest.fixture(scope="session")
def libreoffice_profile(tmp_path_factory):
    """A profile of LibreOffice with the functions, made once; what asks for it is marked with ``uses_libreoffice``."""
    from tests.hosts.libreoffice import needed_libreoffice, profile_with_functions

    needed_libreoffice()
    return profile_with_functions(tmp_path_factory.mktemp("libreoffice") / "profile")


@pytest.fixture
def run_python(tmp_path):
    """A function that runs a fresh interpreter in an empty folder, with this very xl_amt to import."""
    package = str(Path(xl_amt.__file__).parent.parent)
    paths = [package, *filter(None, [os.environ.get("PYTHONPATH")])]

    def run(*arguments):
        return subprocess.run(  # noqa: S603 - our own arguments
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(paths), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
