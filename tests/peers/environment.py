"""The peers' own environment: ``python tests/peers/environment.py`` makes it.

It stands where the environment variable XL_AMT_PEERS says, or in build/peers.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def home_of_peers() -> Path:
    """The folder of the environment."""
    return Path(os.environ.get("XL_AMT_PEERS") or Path(__file__).parents[2] / "build" / "peers")


def python_of_peers() -> Path:
    """The Python of the environment, whether it is there or not."""
    return home_of_peers() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def make() -> None:
    """Make the environment and install the peers, or repair what is there."""
    venv.create(home_of_peers(), with_pip=True)
    subprocess.run([python_of_peers(), "-m", "pip", "install", "-q", "-r", REQUIREMENTS], check=True)  # noqa: S603


if __name__ == "__main__":
    make()
