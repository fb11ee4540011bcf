"""What ships looks on paper as it was looked at: every page is, with a tolerance, the picture that is kept of it."""

import pytest

from tests.hosts.libreoffice import needed_libreoffice, uses_libreoffice
from tests.workbook.pictures import difference, kept, pages
from workbook_templates.build import SHIPPED

TOLERANCE = 12.0  # of 255, in the most different quarter inch
RENEW = "look at the page; if the change is meant: python -m tests.workbook.pictures"
WORKBOOKS = {path.stem: path for path in SHIPPED}


@uses_libreoffice
@pytest.mark.parametrize("name", WORKBOOKS)
def test_every_page_is_as_it_was_looked_at(name, tmp_path):
    """As many pages of the same sheets, and on each of them nothing moved, came or went."""
    needed_libreoffice()
    printed = pages(WORKBOOKS[name], tmp_path / "profile", tmp_path)
    pictures = kept(WORKBOOKS[name])
    assert list(printed) == list(pictures), RENEW
    far = {page: difference(picture, pictures[page]) for page, picture in printed.items()}
    assert {page: apart for page, apart in far.items() if apart > TOLERANCE} == {}, RENEW
