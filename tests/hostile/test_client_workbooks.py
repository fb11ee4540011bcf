"""Client workbooks that are damaged, or hold numbers that are none: one sentence, or what is wrong with them."""

import io
import zipfile
from contextlib import suppress
from datetime import date

import pytest

from tests.workbook.packages import changed
from workbook_templates.examples.platforms import FOLDER
from xl_amt.client.toml_file import record_text
from xl_amt.errors import FileError
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.records import open_client


def test_a_client_workbook_whose_bytes_are_damaged_is_refused_in_one_sentence(tmp_path):
    """Whatever zipfile makes of them: 30 places in the packed part that says what kind of workbook it is."""
    path, source = tmp_path / "ana.xlsx", FOLDER / "alena.xlsx"
    packed = io.BytesIO()
    with zipfile.ZipFile(source) as own, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in own.namelist():
            copy.writestr(name, own.read(name))
        part = copy.getinfo("xl/workbook.xml")
    start = part.header_offset + 30 + len(part.filename)
    for at in range(start, start + part.compress_size, part.compress_size // 30):
        content = bytearray(packed.getvalue())
        content[at] ^= 0xFF
        path.write_bytes(content)
        with pytest.raises(FileError, match=r"ana\.xlsx is damaged or not an Excel workbook"):
            open_client(path, date(2026, 11, 27))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("xl/workbook.xml", b"<definedName ", '<definedName localSheetId="\u00b2" '.encode()),
        ("xl/worksheets/sheet10.xml", b"<cols>", b'<cols><col min="x" max="1"/>'),
        ("xl/worksheets/sheet10.xml", b"<t>Alena</t>", b"<t>_xD800_</t>"),
        ("xl/worksheets/sheet10.xml", b't="inlineStr"><is><t>Alena</t></is>', b't="s"><v>' + b"1" * 5_000 + b"</v>"),
    ],
)
def test_a_client_workbook_of_numbers_that_are_none_is_checked(tmp_path, part, old, new):
    """An answer or one sentence, and no record that no file can hold."""
    path = tmp_path / "ana.xlsx"
    path.write_bytes(changed((FOLDER / "alena.xlsx").read_bytes(), part, (old, new)))
    with suppress(FileError):
        assert check_client(path)
    with suppress(FileError):
        record, _ = open_client(path, date(2026, 11, 27))
        assert record_text(record).encode()
