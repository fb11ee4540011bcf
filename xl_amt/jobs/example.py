"""The example client, from the Carta-style export that is installed with the package."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from importlib.resources import as_file, files
from pathlib import Path
from typing import TYPE_CHECKING, Final

from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.records import Imported, import_export

if TYPE_CHECKING:
    from collections.abc import Iterator

# What the export does not hold.
KNOWN_OF_EXAMPLE: Final = KnownBesides(
    status="single", year=2026, income=185_000.0, value_per_share=12.40, jurisdiction="US+CA"
)


def example_client(today: date) -> Imported:
    """The example client, imported from the Carta-style export that is installed with the package."""
    with example_export() as export:
        return import_export(export, KNOWN_OF_EXAMPLE, today)


@contextmanager
def example_export() -> Iterator[Path]:
    """The example export as a file."""
    with as_file(files("workbook_templates") / "carta_example.xlsx") as path:
        yield path
