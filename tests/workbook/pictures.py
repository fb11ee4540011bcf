"""The printed pages of the workbooks that ship, as small grey pictures: ``python -m tests.workbook.pictures``.

That renews every picture in tests/workbook/pictures after a change that is meant; look at them before they are
committed. They were made with LibreOffice 25.2 and the font Carlito, whose letters are as wide as Calibri's.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy
import pypdfium2
from PIL import Image

from workbook_templates.build import SHIPPED
from xl_amt.hosts.libreoffice.install import find_libreoffice, profile_options, run

FOLDER: Final = Path(__file__).with_name("pictures")
PIXELS_TO_AN_INCH: Final = 40
POINTS_TO_AN_INCH: Final = 72
_FOOTER: Final = re.compile(r"([\w ]+), page \d+ of \d+")
_STEP: Final = 16  # of the 256 greys, so that the files are small
_TILE: Final = 10  # pixels: a quarter of an inch


def pages(workbook: Path, profile: Path, folder: Path) -> dict[str, numpy.ndarray]:
    """Each page as it prints, by its number and sheet, in grey from 0 to 255; see ``print_pages``."""
    with pypdfium2.PdfDocument(print_pages(workbook, profile, folder)) as document:
        return {name: _small_and_grey(page) for name, page in named_pages(document)}


def print_pages(workbook: Path, profile: Path, folder: Path) -> Path:
    """The pages of a workbook as a PDF file in ``folder``.

    The profile is one of LibreOffice in which nothing is calculated: the values are those that the file holds.
    """
    soffice = find_libreoffice().program("soffice")
    to_pdf = ("--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
    finished = run([str(soffice), *profile_options(profile), *to_pdf])
    printed = folder / workbook.with_suffix(".pdf").name
    assert printed.is_file(), finished.stderr
    assert b"+Carlito" in printed.read_bytes(), "the font Carlito is missing (fonts-crosextra-carlito): install it"
    return printed


def named_pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[str, pypdfium2.PdfPage]]:
    """Each page of a printed workbook with its number and sheet, such as 01-summary."""
    for number, page in enumerate(document, 1):
        footers = _FOOTER.findall(page.get_textpage().get_text_range().replace("\r", ""))
        assert footers, f"page {number} has no footer"
        yield f"{number:02}-{footers[-1].strip().lower().replace(' ', '-')}", page


def _small_and_grey(page: pypdfium2.PdfPage) -> numpy.ndarray:
    drawn = page.render(scale=PIXELS_TO_AN_INCH / POINTS_TO_AN_INCH, grayscale=True).to_numpy()
    return drawn // _STEP * _STEP


def difference(one: numpy.ndarray, other: numpy.ndarray) -> float:
    """How much the most different quarter inch differs, of 255; all of it where a page has another size.

    Letters drawn a little thicker change each pixel a little; a column that moved, or a chart that is gone, changes
    a whole tile.
    """
    if one.shape != other.shape:
        return 255.0
    apart = numpy.abs(_softened(one) - _softened(other))
    height, width = (length - length % _TILE for length in apart.shape)
    tiles = apart[:height, :width].reshape(height // _TILE, _TILE, width // _TILE, _TILE)
    return float(tiles.mean(axis=(1, 3)).max())


def _softened(picture: numpy.ndarray) -> numpy.ndarray:
    """The mean of each pixel and its neighbors, so that half a pixel makes no difference."""
    padded = numpy.pad(picture.astype(float), 1, mode="edge")
    height, width = picture.shape
    return sum(padded[down : down + height, along : along + width] for down in range(3) for along in range(3)) / 9.0


def kept(workbook: Path) -> dict[str, numpy.ndarray]:
    """The pictures that are kept of a workbook."""
    found = sorted((FOLDER / workbook.stem).glob("*.png"))
    return {path.stem: numpy.asarray(Image.open(path)) for path in found}


def _renew() -> None:
    with tempfile.TemporaryDirectory() as name:
        for workbook in SHIPPED:
            target = FOLDER / workbook.stem
            target.mkdir(parents=True, exist_ok=True)
            for old in target.glob("*.png"):
                old.unlink()
            for page, picture in pages(workbook, Path(name, "profile"), Path(name)).items():
                Image.fromarray(picture).save(target / f"{page}.png", optimize=True)
                sys.stdout.write(f"{target / page}.png\n")


if __name__ == "__main__":
    _renew()
