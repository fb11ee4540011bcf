"""A workbook file as a zip of parts, made the same way every time."""

from __future__ import annotations

import io
import re
from datetime import datetime
from typing import Final
from urllib.parse import urljoin
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from defusedxml.ElementTree import fromstring
from openpyxl import Workbook

Parts = dict[str, bytes]

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
EARLIEST_ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)

NAMESPACES: Final = {
    "main": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}

# The order that the schema asks for (ECMA-376 Part 1, 18.8.22); openpyxl writes another one.
FONT_ORDER: Final = (
    b"b", b"i", b"strike", b"condense", b"extend", b"outline", b"shadow", b"u", b"vertAlign",
    b"sz", b"color", b"name", b"family", b"charset", b"scheme",
)  # fmt: skip

_FONT = re.compile(rb"<font>(.*?)</font>", re.DOTALL)
_FONT_CHILD = re.compile(rb"<(\w+)[^>]*></\1>")
_CELLS = re.compile(rb"<sheetData>.+</sheetData>", re.DOTALL)
_NO_CELLS = b"<sheetData></sheetData>"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def parts_of(workbook: Workbook) -> Parts:
    """The workbook's parts, byte for byte the same for the same workbook."""
    buffer = io.BytesIO()
    created: datetime = workbook.properties.created
    workbook.save(buffer)
    parts = {name: _canonical(content) for name, content in read_parts(buffer.getvalue()).items()}
    parts["xl/styles.xml"] = _FONT.sub(_in_schema_order, parts["xl/styles.xml"])
    stamp = f"{created:%Y-%m-%dT%H:%M:%SZ}".encode()
    parts["docProps/core.xml"] = _MODIFIED.sub(rb"\g<1>" + stamp + rb"\g<2>", parts["docProps/core.xml"])
    return parts


def read_parts(package: bytes) -> Parts:
    """Every part of a workbook file, by name and in the file's order."""
    with ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(parts: Parts) -> bytes:
    """The parts as one file, with no trace of when or where it was made.

    Nothing is compressed, because compressed bytes differ between builds of the zlib library.
    """
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in parts.items():
            entry = ZipInfo(name, EARLIEST_ZIP_DATE)
            entry.create_system = 0  # or the file would tell Windows from the others
            archive.writestr(entry, content)
    return buffer.getvalue()


def sheet_parts(parts: Parts) -> dict[str, str]:
    """The name of each sheet's part by the sheet's title, in the workbook's order."""
    targets = {
        # Absolute as openpyxl writes it, or next to the workbook's own part, as Excel does.
        relation.get("Id"): urljoin("/xl/", relation.get("Target", "")).lstrip("/")
        for relation in fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    sheets = fromstring(parts["xl/workbook.xml"]).iterfind("main:sheets/main:sheet", NAMESPACES)
    return {sheet.get("name", ""): targets[sheet.get(f"{{{NAMESPACES['r']}}}id")] for sheet in sheets}


def _canonical(content: bytes) -> bytes:
    """The part as canonical XML: openpyxl writes it differently with lxml installed and without."""
    cells = _CELLS.search(content)
    if cells is None:
        return DECLARATION + ElementTree.canonicalize(from_file=io.BytesIO(content)).encode()
    around = content[: cells.start()] + _NO_CELLS + content[cells.end() :]
    return _canonical(around).replace(_NO_CELLS, _canonical_cells(cells[0]))


def _canonical_cells(cells: bytes) -> bytes:
    """The cells of a sheet, which have no namespace: as ElementTree writes them, in a quarter of its time."""
    written: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        within = "".join(f' {key}="{_attribute(value)}"' for key, value in sorted(attributes.items()))
        written.append(f"<{name}{within}>")

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: written.append(f"</{name}>")
    parser.CharacterDataHandler = lambda text: written.append(_text(text))
    parser.Parse(cells, True)
    return "".join(written).encode()


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#xD;")


def _attribute(text: str) -> str:
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return plain.replace("\t", "&#x9;").replace("\n", "&#xA;").replace("\r", "&#xD;")


def _in_schema_order(font: re.Match[bytes]) -> bytes:
    children = sorted(_FONT_CHILD.finditer(font[1]), key=lambda child: FONT_ORDER.index(child[1]))
    return b"<font>" + b"".join(child[0] for child in children) + b"</font>"
