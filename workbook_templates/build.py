"""Build what ships in this folder: the blank client workbook and the example export.

``python -m workbook_templates.build`` writes both again; two builds are equal byte for byte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from workbook_templates.examples import CARTA_EXAMPLE, build_carta_example
from xl_amt.workbook import build_workbook, save_workbook

TEMPLATE: Final = Path(__file__).with_name("client_workbook.xlsx")
SHIPPED: Final = (TEMPLATE,)  # the workbooks


def build_template(path: Path) -> None:
    """Write the blank client workbook."""
    save_workbook(build_workbook(), path)


if __name__ == "__main__":
    build_template(TEMPLATE)
    build_carta_example(CARTA_EXAMPLE)
