"""The pages of reports as small grey pictures: ``python -m tests.report.pictures`` renews them after a change.

Look at them before they are committed. typst brings the letters that they are set in: they are alike on every system.
"""

import sys
from pathlib import Path

import numpy
import pypdfium2
from PIL import Image

from tests.report.clients import EVERY, LONG_FIRM, TODAY
from xl_amt.jobs.firm import Firm
from xl_amt.jobs.report import report_record

FOLDER = Path(__file__).with_name("pictures")
FIRMS = {"couple": Firm(name="Birch & Vale", address=("12 Harbor Street", "San Mateo, CA 94401")), "hard": LONG_FIRM}
# That are kept of each; the page Evidence and the foot of the others have hashes, which any change of the law moves.
MOST_PAGES = {"couple": 6, "hard": 1, "no plan": 1, "blank": 1, "Alena": 1}
_FOOT = 28  # pixels
_PIXELS_TO_AN_INCH = 40
_STEP = 16  # of the 256 greys, so that the files are small


def pages(name):
    """The pages of a record's report by their number, in grey from 0 to 255."""
    pdf = report_record(EVERY[name], TODAY, FIRMS.get(name, Firm())).pdf
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            if number <= MOST_PAGES[name]:
                drawn = page.render(scale=_PIXELS_TO_AN_INCH / 72, grayscale=True).to_numpy()
                yield f"{name.lower().replace(' ', '-')}-{number}", drawn[:-_FOOT] // _STEP * _STEP


def kept():
    """The pictures that are kept, by their names."""
    return {path.stem: numpy.asarray(Image.open(path)) for path in sorted(FOLDER.glob("*.png"))}


def _renew():
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in MOST_PAGES:
        for page, picture in pages(name):
            Image.fromarray(picture).save(FOLDER / f"{page}.png", optimize=True)
            sys.stdout.write(f"{FOLDER / page}.png\n")


if __name__ == "__main__":
    _renew()
