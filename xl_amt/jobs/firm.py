"""The firm that a letter comes from: [firm] in the user's configuration, or in a file that is named.

[firm]
name = "Birch & Vale Tax Advisors"
address = ["12 Harbor Street", "San Mateo, CA 94401"]
logo = "birch-vale.png"                # next to this file; PNG, JPEG or SVG
preparer = "Prepared by Dana Birch, EA"
closing = "Please call us before you exercise."
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from xl_amt.errors import FileError
from xl_amt.files import read_toml
from xl_amt.law.books import configuration_path
from xl_amt.law.names import nearest, quoted
from xl_amt.report.typeset import Logo

_KEYS: Final = ("name", "address", "logo", "preparer", "closing")
_FORMATS: Final = {".png": "png", ".jpg": "jpg", ".jpeg": "jpg", ".svg": "svg"}
_LARGEST_LOGO: Final = 500_000  # bytes
_MOST_PIXELS: Final = 25_000_000  # which few bytes can unpack to many more of
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # markers of a JPEG file that state its size
_LONGEST: Final = 400  # characters of closing words, so that a letter stays on one page
_MOST_LINES: Final = 4  # of an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """Who writes a letter: any text may be blank, and without a logo the name stands alone."""

    name: str = ""
    address: tuple[str, ...] = ()
    preparer: str = ""
    closing: str = ""
    logo: Logo | None = None


def read_firm(path: Path | None = None) -> Firm:
    """The firm of a TOML file, or of the user's configuration where none is named; a blank one where it has none.

    Raises:
        FileError: the file has no table [firm], a key or a text of it is not one, or its logo is not there.
    """
    place = path or configuration_path()
    if path is None and not place.is_file():
        return Firm()
    contents = read_toml(place, "a firm's configuration")
    if path is not None and "firm" not in contents:
        raise FileError(f'{place}: it has no table [firm]; write [firm] and under it name = "...".')
    own = contents.get("firm", {})
    if not isinstance(own, dict):
        raise FileError(f'{place}: firm is not a table; write [firm] and under it name = "...".')
    for key in own:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            raise FileError(
                f"{place}, [firm]: {quoted(key)} is not a key; "
                + (f"did you mean '{near}'?" if near else f"use {', '.join(_KEYS)}.")
            )
    texts = {key: _text(own[key], place, key) for key in ("name", "preparer", "closing") if key in own}
    return Firm(**texts, address=_address(own.get("address", []), place), logo=_logo(own.get("logo"), place))


def _text(value: Any, place: Path, key: str) -> str:
    if not isinstance(value, str):
        raise FileError(f'{place}, [firm], {key}: it is not a text; write it in quotes, as {key} = "...".')
    words = " ".join(value.split())
    if len(words) > _LONGEST:
        raise FileError(f"{place}, [firm], {key}: it has {len(words)} characters; a letter has room for {_LONGEST}.")
    return words


def _address(value: Any, place: Path) -> tuple[str, ...]:
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or len(lines) > _MOST_LINES:
        raise FileError(
            f'{place}, [firm], address: enter a list of up to {_MOST_LINES} lines, such as ["12 Harbor Street"].'
        )
    return tuple(_text(line, place, "address") for line in lines)


def _logo(value: Any, place: Path) -> Logo | None:
    """The picture, which is next to the file that names it."""
    if value is None:
        return None
    path = place.parent / _text(value, place, "logo")
    if path.suffix.lower() not in _FORMATS:
        raise FileError(
            f"{place}, [firm], logo: {path.name} is not a picture by its name; use a PNG, JPEG or SVG file."
        )
    if not path.is_file():
        raise FileError(f"{place}, [firm], logo: there is no file {path}; correct its name, or remove the line.")
    content = path.read_bytes()
    if len(content) > _LARGEST_LOGO:
        raise FileError(f"{path}: the logo has {len(content):,} bytes; make it smaller than {_LARGEST_LOGO:,}.")
    logo = Logo(path, _FORMATS[path.suffix.lower()], content)
    if (pixels := _pixels(logo)) > _MOST_PIXELS:
        raise FileError(f"{path}: the logo has {pixels:,} pixels; make it smaller than {_MOST_PIXELS:,}.")
    return logo


def _pixels(logo: Logo) -> int:
    """How many pixels a picture says that it has; 0 for one without them, or that says nothing."""
    if logo.format == "png":
        return _product(logo.content[16:20], logo.content[20:24])
    at = 2
    while logo.format == "jpg" and logo.content[at : at + 1] == b"\xff":
        if int.from_bytes(logo.content[at + 1 : at + 2]) in _FRAMES:
            return _product(logo.content[at + 5 : at + 7], logo.content[at + 7 : at + 9])
        at += 2 + max(int.from_bytes(logo.content[at + 2 : at + 4]), 1)
    return 0


def _product(one: bytes, other: bytes) -> int:
    return int.from_bytes(one) * int.from_bytes(other)
