"""A copy of the add-in that a firm has signed with its own certificate: the same code, and a signature next to it.

Office keeps the signature of macros in parts of its own ([MS-OSHARED], VBA Digital Signature), so a signed copy
can be told from a changed one: everything that Excel runs or shows is byte for byte what was built.
"""

from __future__ import annotations

import io
from typing import Final
from zipfile import BadZipFile, ZipFile

from xl_amt.hosts.excel_addin.build import addin

_SIGNATURES: Final = "xl/vbaProjectSignature"  # followed by .bin, Agile.bin or V3.bin
_MAY_DIFFER: Final = ("[Content_Types].xml", "_rels/", "xl/_rels/vbaProject.bin.rels", "docProps/", _SIGNATURES)


def is_this_addin(content: bytes) -> bool:
    """Whether a file is the add-in of this xl-amt, as built or signed since."""
    return content == addin() or _what_runs(content) == _what_runs(addin())


def is_signed(content: bytes) -> bool:
    """Whether a signature stands in the file; Excel decides whether it trusts who signed."""
    return any(name.startswith(_SIGNATURES) for name in _parts(content))


def _what_runs(content: bytes) -> dict[str, bytes]:
    return {name: part for name, part in _parts(content).items() if not name.startswith(_MAY_DIFFER)}


def _parts(content: bytes) -> dict[str, bytes]:
    try:
        with ZipFile(io.BytesIO(content)) as package:
            return {name: package.read(name) for name in package.namelist()}
    except BadZipFile:
        return {}
