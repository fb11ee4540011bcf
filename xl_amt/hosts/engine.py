"""The engine as it travels to a host that has nothing but Python: all that answers single values, and no more.

LibreOffice's own Python, or one in a browser, runs these files with no package installed. A module that they come to
need, and that stands in none of the places named here, fails the test that imports them from a copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

import xl_amt

ENGINE: Final = (
    "__init__.py",
    "errors.py",
    "files.py",
    "days.py",
    "arithmetic",
    "out_of_scope.py",
    "household.py",
    "law",
    "forms",
    "equity",
    "planning",
    "reading",
    "worksheet",
)
"""The modules and packages of xl_amt from the worksheet functions down."""


def engine_files(*of_the_host: str) -> dict[str, bytes]:
    """The engine's files, and a host's own modules, by their paths below the folder xl_amt."""
    package = files(xl_amt)
    parts = (*ENGINE, *(("hosts/__init__.py", *of_the_host) if of_the_host else ()))
    return {name: data for part in parts for name, data in files_under(package.joinpath(part), part)}


def files_under(source: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """A file, or every file of a folder, under its name, without what Python compiled."""
    if source.is_file() and not name.endswith(".pyc"):
        yield name, source.read_bytes()
    elif source.is_dir():
        for item in source.iterdir():
            yield from files_under(item, f"{name}/{item.name}")
