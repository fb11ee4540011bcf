"""The peers' own environments: ``python tests/peers/environment.py`` makes them.

They stand where the environment variable XL_AMT_PEERS says, or in build/peers; PolicyEngine's, whose needs are its
own, in a folder of it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent
REQUIREMENTS = {"": HERE / "requirements.txt", "policyengine": HERE / "requirements-policyengine.txt"}
"""What each environment needs, by its folder."""


def home_of_peers(folder: str = "") -> Path:
    """The folder of an environment."""
    return Path(os.environ.get("XL_AMT_PEERS") or HERE.parents[1] / "build" / "peers") / folder


def python_of_peers(folder: str = "") -> Path:
    """The Python of an environment, whether it is there or not."""
    return home_of_peers(folder) / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make() -> None:
    """Make the environments and install the peers, or repair what is there."""
    for folder, requirements in REQUIREMENTS.items():
        venv.create(home_of_peers(folder), with_pip=True)
        install = [python_of_peers(folder), "-m", "pip", "install", "-q", "--no-compile", "-r", requirements]
        subprocess.run(install, check=True)  # noqa: S603


if __name__ == "__main__":
    make()
