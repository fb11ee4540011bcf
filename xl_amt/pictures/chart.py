"""One chart with its title, axes and legend, into which lines, bands and bars are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from xl_amt.pictures.scale import scale_of, scale_over, short, ticks

Points = Sequence[tuple[float, float]]

COLORS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#555555", "#8c564b")
DASHES: Final = ("", "7 3", "2 3", "9 3 2 3")  # lines are told apart without their color too

_WIDTH, _HEIGHT = 860, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 76, 630, 72, 404
_INK, _FAINT = "#333333", "#dddddd"
_FONTS: Final = "Helvetica, Arial, sans-serif"
_ROW: Final = 17  # height of a row of the legend
_LEGEND_CHARACTERS: Final = 30


class Style(NamedTuple):
    """How a line, a bar or a band looks."""

    color: str
    dash: str = ""


def style_of(number: int) -> Style:
    """The style of the line of that number, from 0."""
    return Style(COLORS[number % len(COLORS)], DASHES[number % len(DASHES)])


class Chart:
    """A chart over a range of x and of y; x may be years, which are written out."""

    def __init__(self, title: str, subtitle: str, x: tuple[float, float], y: tuple[float, float]) -> None:
        self.title, self.subtitle = title, subtitle
        self.x = scale_of(*x, _LEFT, _RIGHT)
        self.y = scale_over(*y, _BOTTOM, _TOP)
        self._drawn: list[str] = []
        self._legend: list[str] = []
        self._rows = 0

    def line(self, points: Points, style: Style, width: float = 2.0) -> None:
        """A line through points."""
        self._drawn.append(
            f'<polyline points="{self._places(points)}" fill="none" stroke="{style.color}" stroke-width="{width:g}"'
            f"{_dash(style)}/>"
        )

    def band(self, low: Points, high: Points, color: str, opacity: float) -> None:
        """The area between two lines."""
        around = [*low, *reversed(high)]
        self._drawn.append(
            f'<polygon points="{self._places(around)}" fill="{color}" fill-opacity="{opacity:g}" stroke="none"/>'
        )

    def bar(self, start: float, end: float, height: float, style: Style) -> None:
        """A bar from zero, between two places on the x axis."""
        left, right = self.x.at(start), self.x.at(end)
        top, bottom = sorted((self.y.at(height), self.y.at(0.0)))
        self._drawn.append(
            f'<rect x="{left:.1f}" y="{top:.1f}" width="{right - left:.1f}" height="{bottom - top:.1f}" '
            f'fill="{style.color}"/>'
        )

    def upright(self, x: float, words: str) -> None:
        """A thin upright line, named at its top."""
        place = self.x.at(x)
        self._drawn.append(
            f'<line x1="{place:.1f}" y1="{_TOP}" x2="{place:.1f}" y2="{_BOTTOM}" stroke="{_INK}" '
            f'stroke-dasharray="3 3"/>' + _text(place + 4, _TOP + 10, words, size=11)
        )

    def key(self, names: str, style: Style) -> None:
        """A row, or several, of the legend."""
        y = _TOP + 8 + self._rows * _ROW
        self._legend.append(
            f'<line x1="{_RIGHT + 16}" y1="{y}" x2="{_RIGHT + 42}" y2="{y}" stroke="{style.color}" stroke-width="3"'
            f"{_dash(style)}/>"
        )
        for words in _wrapped(names):
            self._legend.append(_text(_RIGHT + 48, _TOP + 12 + self._rows * _ROW, words, size=11))
            self._rows += 1

    def svg(self, x_ticks: Sequence[float] | None = None, x_title: str = "") -> str:
        """The document; years are given as the ticks of x, else they are round amounts."""
        years = x_ticks is not None
        size = f'viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}"'
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="{_FONTS}" role="img">',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
            _text(_LEFT - 60, 26, self.title, size=17, bold=True),
            _text(_LEFT - 60, 46, self.subtitle, size=12),
        ]
        for amount in ticks(self.y):
            y = self.y.at(amount)
            color = _INK if amount == 0.0 else _FAINT
            parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_RIGHT}" y2="{y:.1f}" stroke="{color}"/>')
            parts.append(_text(_LEFT - 8, y + 4, short(amount), size=11, anchor="end"))
        for amount in ticks(self.x) if x_ticks is None else x_ticks:
            name = f"{amount:.0f}" if years else short(amount)
            parts.append(_text(self.x.at(amount), _BOTTOM + 18, name, size=11, anchor="middle"))
        parts.append(_text((_LEFT + _RIGHT) / 2, _BOTTOM + 40, x_title, size=12, anchor="middle"))
        return "\n".join([*parts, *self._drawn, *self._legend, "</svg>", ""])

    def _places(self, points: Points) -> str:
        return " ".join(f"{self.x.at(x):.1f},{self.y.at(y):.1f}" for x, y in points)


def _dash(style: Style) -> str:
    return f' stroke-dasharray="{style.dash}"' if style.dash else ""


def _text(x: float, y: float, words: str, *, size: int, anchor: str = "start", bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{_INK}"{weight}>'
        f"{escape(words)}</text>"
    )


def _wrapped(names: str) -> list[str]:
    """Names in rows of the legend's width."""
    return wrap(names, _LEGEND_CHARACTERS) or [""]
