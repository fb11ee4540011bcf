"""Build what ships in this folder: the blank client workbook, the examples' workbooks and the example export.

``python -m workbook_templates.build`` writes them again; two builds are equal byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from workbook_templates.examples import CARTA_EXAMPLE, build_carta_example
from xl_amt.client.toml_file import SUFFIX, read_record
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, save_workbook

TEMPLATE: Final = Path(__file__).with_name("client_workbook.xlsx")
RECORDS: Final = tuple(sorted(Path(__file__).with_name("examples").glob(f"*{SUFFIX}")))


def workbook_of(record: Path) -> Path:
    """Where the workbook of an example's record stands."""
    return record.with_name(record.name.removesuffix(SUFFIX) + ".xlsx")


SHIPPED: Final = (TEMPLATE, *map(workbook_of, RECORDS))


def build_template(path: Path) -> None:
    """Write the blank client workbook."""
    save_workbook(build_workbook(), path)


def build_example(record: Path, path: Path) -> None:
    """Write the workbook of an example's record."""
    save_workbook(build_workbook(book_of(read_record(record))), path)


if __name__ == "__main__":
    build_template(TEMPLATE)
    for example in RECORDS:
        build_example(example, workbook_of(example))
    build_carta_example(CARTA_EXAMPLE)
