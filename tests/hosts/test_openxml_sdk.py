"""The Open XML SDK, which is Microsoft's own reader of Office files, finds no error in what this project writes.

It runs in node, by the npm package @ooxml-tools/validate: ``npm install --prefix FOLDER @ooxml-tools/validate@0.4.6``,
and XL_AMT_NODE_MODULES names FOLDER/node_modules. The package stops with a TypeError at an error that has no place in
its part, so that a file with such an error fails here too.
"""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.workbook.packages import EVERY, opened
from workbook_templates.build import RECORDS, SHIPPED
from xl_amt.hosts.excel_addin.build import addin
from xl_amt.jobs.client_copy import client_copy
from xl_amt.workbook.conversion import converted
from xl_amt.workbook.recalculation import recalculated
from xl_amt.workbook.splice import Edits

PROGRAM = Path(__file__).with_name("openxml_sdk.mjs")


@pytest.fixture(scope="module")
def node_modules():
    """The folder with the package; a test that asks for it is skipped without, or fails where CI is true."""
    folder = Path(os.environ.get("XL_AMT_NODE_MODULES", "node_modules"))
    if shutil.which("node") and (folder / "@ooxml-tools" / "validate").is_dir():
        return folder.resolve()
    message = "node, or the npm package @ooxml-tools/validate, is missing (XL_AMT_NODE_MODULES)"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    return pytest.skip(message)


@pytest.fixture
def errors(node_modules, tmp_path):
    """A function that gives the errors that the SDK finds in a file, each in words."""

    def found(content):
        path = tmp_path / "file.xlsx"
        path.write_bytes(content)
        finished = subprocess.run(  # noqa: S603 - node, on our own file
            [shutil.which("node"), str(PROGRAM), str(node_modules), str(path)],
            capture_output=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        assert not finished.returncode, finished.stderr
        return [error["description"] for error in json.loads(finished.stdout)]

    return found


def test_the_add_in_has_no_error(errors):
    """With its ribbon, whose relation and namespace belong together."""
    assert errors(addin()) == []


@pytest.mark.parametrize("workbook", SHIPPED, ids=lambda workbook: workbook.stem)
def test_a_client_workbook_has_no_error(errors, workbook):
    """The blank one, and that of every example."""
    assert errors(workbook.read_bytes()) == []


@pytest.mark.parametrize("example", RECORDS, ids=lambda example: example.stem)
def test_a_copy_for_the_client_has_no_error(errors, example, tmp_path):
    """Values alone, without the names and the sheets of the workbook that it was made from."""
    assert errors(client_copy(example, tmp_path / "copy.xlsx").path.read_bytes()) == []


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_editing_brings_no_error_with_it(errors, path):
    """Of cells old and new, a formula that comes, values, and plain names; LibreOffice's own errors stay."""
    book = opened(path)
    before = Counter(errors(book.content))
    edits = Edits(book)
    title = next(iter(book.titles))
    for row, value in enumerate(("two  blanks\n", 2.5, True, date(2026, 1, 1)), 30):
        edits.set(title, (row, 9), value)
    edits.new_formula(title, (40, 2), "1+1", None)
    recalculated(book).put_into(edits)
    edits.mark_calculated()
    for content in (edits.content(), converted(book)[1]):
        assert not Counter(errors(content)) - before


def test_an_error_would_be_seen(errors):
    """A cell of a type that does not exist is named."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(addin())) as package, zipfile.ZipFile(changed, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData/>", b'<sheetData><row r="1"><c r="A1" t="x"/></row></sheetData>')
            copy.writestr(name, content)
    assert len(errors(changed.getvalue())) == 1
