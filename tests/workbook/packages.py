"""Workbook files for tests of editing: those that others made, and changed ones."""

import io
import zipfile
from pathlib import Path

from xl_amt.workbook.splice import Book

FOLDER = Path(__file__).parent
EXCEL_SHAPES = FOLDER / "excel_shapes.xlsx"
KITCHEN_SINK = FOLDER / "edited" / "kitchen_sink.xlsx"
TABLES_AND_NAMES = FOLDER / "edited" / "tables_and_names.xlsx"
SAVED_BY_LIBREOFFICE = tuple(sorted((FOLDER / "edited").glob("*_saved_by_libreoffice.xlsx")))
EVERY = (EXCEL_SHAPES, KITCHEN_SINK, TABLES_AND_NAMES, *SAVED_BY_LIBREOFFICE)


def opened(path):
    """The workbook that a file holds."""
    return Book(path.read_bytes(), path.name)


def changed(content, part, *replacements):
    """A file with bytes of one of its parts replaced; each is there."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for entry in source.infolist():
            xml = source.read(entry)
            if entry.filename == part:
                for old, new in replacements:
                    assert old in xml, (part, old)
                    xml = xml.replace(old, new)
            copy.writestr(entry, xml)
    return target.getvalue()
