"""The page of the workbook's sheets, one after another, with pictures of the example of the couple."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Final

from outside import ROOT  # isort: skip  # the other file of this folder

from xl_amt.workbook.sheets.about import CONTENTS

PAGE: Final = "advisors/sheets.md"
EXAMPLE: Final = "vasquez"
_KEPT: Final = ROOT / "tests" / "workbook" / "pictures" / EXAMPLE
_WORKBOOK: Final = ROOT / "workbook_templates" / "examples" / f"{EXAMPLE}.xlsx"
_PIXELS_TO_AN_INCH: Final = 110
_COLORS: Final = 64
_OF_ABOUT: Final = {"About": "What the workbook is for, its colors, versions, and its contents with links."}
_INTRODUCTION: Final = f"""\
# The workbook, sheet by sheet

The pages that [the client workbook](workbook.md) prints for the couple of `workbook_templates/examples/{EXAMPLE}.xlsx`,
in the order of its sheets. Click a page to open it at full size."""


def page() -> str:
    """Each sheet of the example with what it is for and its pages, as Markdown."""
    parts = [_INTRODUCTION]
    for title, purpose in (CONTENTS | _OF_ABOUT).items():
        shown = [
            _picture(title, name) for name in _names() if name.partition("-")[2] == title.lower().replace(" ", "-")
        ]
        parts += [f"## {title}", purpose, *shown] if shown else []
    return "\n\n".join(parts) + "\n"


def pictures(*, sharp: bool) -> dict[str, bytes]:
    """Each page as a PNG file by its name in the site: as it is kept for the tests, or printed in color."""
    drawn = _printed_anew() if sharp else {name: (_KEPT / f"{name}.png").read_bytes() for name in _names()}
    return {f"advisors/sheets/{name}.png": picture for name, picture in drawn.items()}


def _picture(title: str, name: str) -> str:
    place = f"sheets/{name}.png"
    return f"[![The sheet {title}, page {int(name[:2])} of the workbook]({place})]({place})"


def _names() -> list[str]:
    """The pages by number and sheet, such as 01-summary."""
    return sorted(path.stem for path in _KEPT.glob("*.png"))


def _printed_anew() -> dict[str, bytes]:
    """The pages of the example's workbook by LibreOffice, in color and at a size that can be read."""
    import pypdfium2

    from tests.workbook.pictures import POINTS_TO_AN_INCH, named_pages, print_pages

    drawn = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with pypdfium2.PdfDocument(print_pages(_WORKBOOK, folder / "profile", folder)) as document:
            for page_name, printed in named_pages(document):
                file = BytesIO()
                picture = printed.render(scale=_PIXELS_TO_AN_INCH / POINTS_TO_AN_INCH).to_pil()
                picture.quantize(_COLORS).save(file, "PNG", optimize=True)
                drawn[page_name] = file.getvalue()
    return drawn
