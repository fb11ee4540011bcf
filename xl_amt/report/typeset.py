"""The PDF file of a letter and a report, by typst, which is an extra: tagged, and the same bytes for the same data."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from json import dumps
from pathlib import Path
from typing import Any, Final, NamedTuple

from xl_amt.errors import FileError

INSTALL: Final = (
    'run pip install "xl-amt[report]", or print the sheets Summary, Plan and Calendar of the client workbook.'
)
_TEMPLATE: Final = Path(__file__).with_name("template")
_LOGO_ALONE: Final = b"""
#set page(width: auto, height: auto)
#let logo = json(bytes(sys.inputs.logo))
#image(bytes(logo.bytes), format: logo.format)
"""
_STANDARD: Final = "ua-1"  # PDF/UA-1: typst refuses what a screen reader could not read


class Logo(NamedTuple):
    """A firm's picture: its file, for sentences, its format, and its bytes."""

    file: Path
    format: str  # png, jpg or svg
    content: bytes


def can_typeset() -> bool:
    """Whether typst is installed, as pip install "xl-amt[report]" does."""
    return find_spec("typst") is not None


def typeset(contents: Mapping[str, Any], logo: Logo | None = None) -> bytes:
    """The PDF file of a letter and its pages; every text is data, in which no character is markup.

    The letters are those that typst brings; where they do not have a sign, those of this machine are looked through.

    Args:
        contents: what `template/main.typ` shows, as JSON can hold it.
        logo: the picture next to the firm's name.

    Raises:
        FileError: typst is not installed, the logo is no picture, or no font has a sign of a name.
    """
    if not can_typeset():
        raise FileError(f"report: typst is not installed; {INSTALL}")
    import typst

    data = {"contents": dumps(contents), "logo": dumps(_plain(logo))}
    try:
        return _compiled(data, ignore_system_fonts=True)
    except typst.TypstError as error:
        if logo is not None and _cannot_be_drawn(logo):
            raise FileError(f"{logo.file}: the logo cannot be drawn; use a PNG, JPEG or SVG file.") from None
        if "font" not in str(error):
            raise
    try:
        return _compiled(data, ignore_system_fonts=False)
    except typst.TypstError:
        raise FileError(
            "report: a name or text of the client has a character that no font on this machine has; install a font "
            "for it, such as Noto, or spell it differently."
        ) from None


def _compiled(data: Mapping[str, str], *, ignore_system_fonts: bool) -> bytes:
    import typst

    made: Any = typst.compile(
        str(_TEMPLATE / "main.typ"),
        root=str(_TEMPLATE),
        format="pdf",
        sys_inputs=dict(data),
        pdf_standards=[_STANDARD],
        ignore_system_fonts=ignore_system_fonts,
    )
    return bytes(made)


def _plain(logo: Logo | None) -> Any:
    return None if logo is None else {"format": logo.format, "bytes": list(logo.content)}


def _cannot_be_drawn(logo: Logo) -> bool:
    """Whether typst cannot draw the logo, on a page of its own."""
    import typst

    try:
        typst.compile(_LOGO_ALONE, format="png", sys_inputs={"logo": dumps(_plain(logo))}, ignore_system_fonts=True)
    except typst.TypstError:
        return True
    return False
