"""The example client, from the Carta-style export that is installed with the package."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.jobs.new_client import import_client
from xl_amt.law import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xl_amt.importers import ImportResult
    from xl_amt.workbook import ClientFacts


class DemoClient(NamedTuple):
    """The example client: what the export does not hold."""

    status: Status = "single"
    year: int = 2026
    wages: float = 185_000.0
    value_per_share: float = 12.40


def demo_client() -> tuple[ClientFacts, ImportResult]:
    """The example client, imported from the Carta-style export that is installed with the package."""
    about = DemoClient()
    with demo_export() as export:
        return import_client(
            export,
            status=about.status,
            year=about.year,
            wages=about.wages,
            value_per_share=about.value_per_share,
        )


@contextmanager
def demo_export() -> Iterator[Path]:
    """The example export as a file."""
    with as_file(files("workbook_templates") / "carta_example.xlsx") as path:
        yield path
