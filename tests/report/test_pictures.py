"""A report looks as it was looked at: every page is, with a tolerance, the picture that is kept of it."""

import numpy
import pytest

from tests.report.pictures import MOST_PAGES, kept, pages
from tests.workbook.pictures import difference

TOLERANCE = 12.0  # of 255, in the most different quarter inch
RENEW = "look at the page; if the change is meant: python -m tests.report.pictures"


@pytest.mark.parametrize("name", MOST_PAGES)
def test_every_page_is_as_it_was_looked_at(name):
    """As many pages, and on each of them nothing moved, came or went."""
    drawn, pictures = dict(pages(name)), kept()
    assert list(drawn) == [page for page in pictures if page.rpartition("-")[0] == name.lower().replace(" ", "-")], (
        RENEW
    )
    far = {page: difference(picture, pictures[page]) for page, picture in drawn.items()}
    assert {page: apart for page, apart in far.items() if apart > TOLERANCE} == {}, RENEW


def test_a_change_would_be_seen():
    """A table that lies a tenth of an inch lower is far outside the tolerance."""
    page = kept()["couple-1"]
    assert difference(page, numpy.roll(page, 4, axis=0)) > 2 * TOLERANCE
