"""What ships looks on paper as it was looked at: every page is, with a tolerance, the picture that is kept of it."""

import re

import pytest

from tests.hosts.libreoffice import needed_libreoffice, uses_libreoffice
from tests.workbook.pictures import difference, kept, pages
from workbook_templates.build import SHIPPED
from xl_amt.workbook.package import pack, read_parts, sheet_parts

TOLERANCE = 12.0  # of 255, in the most different quarter inch
RENEW = "look at the page; if the change is meant: python -m tests.workbook.pictures"
COUPLE = next(workbook for workbook in SHIPPED if workbook.stem == "vasquez")


@uses_libreoffice
@pytest.mark.parametrize("workbook", SHIPPED, ids=lambda workbook: workbook.stem)
def test_every_page_is_as_it_was_looked_at(workbook, tmp_path):
    """As many pages of the same sheets, and on each of them nothing moved, came or went."""
    needed_libreoffice()
    printed, pictures = pages(workbook, tmp_path / "profile", tmp_path), kept(workbook)
    assert list(printed) == list(pictures), RENEW
    far = {page: difference(picture, pictures[page]) for page, picture in printed.items()}
    assert {page: apart for page, apart in far.items() if apart > TOLERANCE} == {}, RENEW


def _with_a_wider_column(sheet):
    def widened(found):
        return found[1] + b"%g" % (float(found[2]) + 2)

    return re.sub(rb'(min="2" width=")([0-9.]+)', widened, sheet, count=1)


def _without_its_chart(sheet):
    return re.sub(rb"<drawing [^>]*></drawing>", b"", sheet)


@uses_libreoffice
@pytest.mark.parametrize("change", [_with_a_wider_column, _without_its_chart])
def test_a_change_would_be_seen(change, tmp_path):
    """A column two letters wider, or a chart that is lost, is far outside the tolerance."""
    needed_libreoffice()
    parts = read_parts(COUPLE.read_bytes())
    room = sheet_parts(parts)["Room"]
    changed = change(parts[room])
    assert changed != parts[room]
    copy = tmp_path / COUPLE.name
    copy.write_bytes(pack(parts | {room: changed}))
    printed, pictures = pages(copy, tmp_path / "profile", tmp_path), kept(COUPLE)
    page = next(name for name in pictures if name.endswith("-room"))
    assert difference(printed[page], pictures[page]) > 2 * TOLERANCE
