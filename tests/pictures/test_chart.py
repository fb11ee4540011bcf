"""Charts: places, round amounts, and documents that any reader of SVG takes."""

import sys
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

from xl_amt.pictures.chart import Chart, Style, style_of
from xl_amt.pictures.png import can_draw_png, png_of
from xl_amt.pictures.scale import scale_over, short, ticks

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("low", "high", "named"),
    [
        (0.0, 696_684.0, [0.0, 100_000.0, 200_000.0, 300_000.0, 400_000.0, 500_000.0, 600_000.0, 700_000.0]),
        (-40_685.0, 930_000.0, [-200_000.0, 0.0, 200_000.0, 400_000.0, 600_000.0, 800_000.0, 1_000_000.0]),
        (0.0, 0.0, [0.0, 1.0]),
        (0.0, 0.004, [0.0, 0.001, 0.002, 0.003, 0.004]),
    ],
)  # fmt: skip
def test_an_axis_names_round_amounts_around_all_of_its_own(low, high, named):
    """Every amount lies on the axis, whose ends are named."""
    axis = scale_over(low, high, 0.0, 100.0)
    assert axis.low <= low <= high <= axis.high
    assert ticks(axis)[0] == axis.low
    assert ticks(axis) == pytest.approx(named)


def test_short_amounts():
    """Thousands, millions and billions by a letter."""
    assert [short(amount) for amount in (2.5, 999.0, 1_000.0, 2_500_000.0, -3e9)] == ["2.5", "999", "1k", "2.5M", "-3B"]


def chart():
    """A chart with everything in it."""
    made = Chart("A & B", "<all>", (2026.0, 2028.0), (-10.0, 100.0))
    made.line([(2026.0, 0.0), (2028.0, 100.0)], style_of(1))
    made.band([(2026.0, 0.0), (2028.0, 10.0)], [(2026.0, 20.0), (2028.0, 90.0)], "#0072b2", 0.2)
    made.bar(2026.5, 2027.0, -5.0, Style("#000000"))
    made.upright(2027.0, "plan")
    made.key("all now, even split, least AMT, best", style_of(1))
    made.key("wait and sell", style_of(2))
    return made.svg([2026.0, 2027.0, 2028.0], "year")


def test_a_chart_is_well_formed_and_names_its_title():
    """Words of a client stay words; lines, bands and bars are where they belong."""
    root = ET.fromstring(chart())  # noqa: S314 - our own document
    texts = [item.text for item in root.iter(f"{SVG}text")]
    assert root.find(f"{SVG}title").text == "A & B"
    assert "<all>" in texts
    assert {"2026", "2027", "2028", "plan", "wait and sell"} <= set(texts)
    assert "all now, even split, least AMT," not in texts  # the legend is thirty characters wide
    (line,) = root.iter(f"{SVG}polyline")
    (first, last) = (tuple(map(float, place.split(","))) for place in line.get("points").split())
    assert first[0] < last[0]
    assert first[1] > last[1]
    (bar,) = (item for item in root.iter(f"{SVG}rect") if item.get("fill") == "#000000")
    assert float(bar.get("y")) == first[1]  # a bar below zero hangs from it


def test_the_same_chart_has_the_same_bytes():
    """Nothing of the machine or the time is in it."""
    assert chart() == chart()


def test_png_is_asked_of_typst_with_its_own_fonts(monkeypatch):
    """The document goes in as an input, never as typst's own words; no font of the machine is used."""
    asked = {}

    def compile_(page, **options):
        asked.update(options, page=page)
        return b"\x89PNG"

    typst = ModuleType("typst")
    typst.compile = compile_
    monkeypatch.setitem(sys.modules, "typst", typst)
    assert png_of("<svg/>") == b"\x89PNG"
    assert asked["sys_inputs"] == {"svg": "<svg/>"}
    assert asked["ignore_system_fonts"]
    assert b"svg/>" not in asked["page"]


def test_png_needs_typst(monkeypatch):
    """Where it is not there, there is no PNG."""
    monkeypatch.setattr("xl_amt.pictures.png.find_spec", lambda _: None)
    assert not can_draw_png()
