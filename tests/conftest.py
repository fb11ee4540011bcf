"""What several tests share: profiles of hypothesis, and a fresh interpreter."""

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
