"""A picture as PNG, by typst, which brings its own fonts: the same bytes on every system. It is an extra."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any, Final

_PAGE: Final = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")\n'
_DOTS: Final = 144.0  # an inch


def can_draw_png() -> bool:
    """Whether typst is installed, as pip install "xl-amt[report]" does."""
    return find_spec("typst") is not None


def png_of(svg: str) -> bytes:
    """The picture of an SVG document, two dots for each of its points."""
    import typst

    drawn: Any = typst.compile(_PAGE, format="png", ppi=_DOTS, sys_inputs={"svg": svg}, ignore_system_fonts=True)
    return bytes(drawn)
