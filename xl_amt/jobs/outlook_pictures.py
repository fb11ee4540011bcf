"""The pictures of an outlook: money by final price, cash by year, the fan of values, and credit by year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple

from xl_amt.arithmetic.piecewise import Piecewise
from xl_amt.errors import FileError
from xl_amt.files import written_whole
from xl_amt.jobs.outlook import OutlookReport, StrategyOutlook
from xl_amt.pictures.chart import COLORS, Chart, Points, Style, style_of
from xl_amt.pictures.png import can_draw_png, png_of

_ALIKE: Final = 0.01  # dollars by which strategies must differ somewhere to be drawn apart
_PAST_THE_PLAN: Final = 2.0  # times the plan's price at the exit
_BARS: Final = 0.8  # of a year's width


class _Drawn(NamedTuple):
    """Strategies that come to the same, drawn once."""

    names: str
    of: StrategyOutlook
    style: Style


def write_pictures(report: OutlookReport, folder: Path) -> list[Path]:
    """Write the four pictures into a folder, made if it is not there; gives their paths. FileError where it cannot.

    Each is an SVG file, and a PNG file next to it where typst is installed.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileError(f"{folder} cannot be made ({error.strerror or error}); use another folder.") from None
    written = []
    for name, draw in _PICTURES.items():
        svg = draw(report)
        files = {folder / f"{name}.svg": svg.encode()}
        if can_draw_png():
            files[folder / f"{name}.png"] = png_of(svg)
        for path, contents in files.items():
            with written_whole(path, replace_existing=True) as temporary:
                temporary.write_bytes(contents)
            written.append(path)
    return written


def after_tax_by_price(report: OutlookReport) -> str:
    """Money after tax of each strategy by the price at the exit, exact at every kink."""
    top = _PAST_THE_PLAN * max(report.plan.price, 1.0)
    drawn = _together(report, lambda one: _through(one.by_price, one.by_price.top))
    lines = [(each, _through(each.of.by_price, top)) for each in drawn]
    chart = Chart(
        "After tax, by the price at the exit",
        f"{report.name}: the plan's values until {report.years[-1]}; every tax to {_last_year(report)}",
        (0.0, top),
        _around(y for _, points in lines for _, y in points),
    )
    for each, points in lines:
        chart.line(points, each.style)
        chart.key(each.names, each.style)
    chart.upright(report.plan.price, "plan")
    return chart.svg(x_title="price of a share at the exit, dollars")


def cash_by_year(report: OutlookReport) -> str:
    """What strikes and the taxes they add ask for in each year on the plan's values, with the 95th percentile."""
    years = report.years[:-1]
    drawn = _together(report, lambda one: list(zip(years, _cash(one), strict=True)))
    highest = [own.percentiles[95] for each in drawn for own in each.of.chances.cash.values()]
    chart = Chart(
        "Cash by year: strikes, and the taxes they add",
        f"{report.name}: bars on the plan's values; 95 of 100 paths stay below the end of the thin line",
        (years[0] - 0.5, years[-1] + 0.5),
        _around([*(cash for each in drawn for cash in _cash(each.of)), *highest]),
    )
    width = _BARS / len(drawn)
    for number, each in enumerate(drawn):
        for year, cash in zip(years, _cash(each.of), strict=True):
            start = year - _BARS / 2 + number * width
            chart.bar(start, start + 0.9 * width, cash, each.style)
            middle = start + 0.45 * width
            chart.line([(middle, cash), (middle, each.of.chances.cash[year].percentiles[95])], Style("#333333"), 1.0)
        chart.key(each.names, Style(each.style.color))
    return chart.svg(list(map(float, years)), "year of exercise")


def fan(report: OutlookReport) -> str:
    """The simulated value of a share by year, beside the plan's and each scenario's."""
    years = list(map(float, report.years))

    def at(percent: int) -> Points:
        return [(float(year), own.percentiles[percent]) for year, own in report.fan.items()]

    named = {"plan": report.plan, **report.scenarios}
    paths = {name: list(zip(years, [*values.by_place, values.price], strict=True)) for name, values in named.items()}
    chart = Chart(
        "What the value of a share may do",
        f"{report.name}: {report.simulation.paths:,} paths, volatility {report.simulation.volatility:g}, chance of "
        f"zero {report.simulation.chance_of_zero:g} a year",
        (years[0], years[-1]),
        _around(y for points in (at(95), *paths.values()) for _, y in points),
    )
    blue = COLORS[0]
    chart.band(at(5), at(95), blue, 0.18)
    chart.band(at(25), at(75), blue, 0.30)
    chart.line(at(50), Style(blue))
    chart.key("middle of the paths; 50 and 90 of 100 in the bands", Style(blue))
    for number, (name, points) in enumerate(paths.items(), 1):
        chart.line(points, style_of(number))
        chart.key(name, style_of(number))
    return chart.svg(years, "year")


def credit_by_year(report: OutlookReport) -> str:
    """The mean credit that each strategy has waiting after each year."""

    def points(one: StrategyOutlook) -> Points:
        return [(float(year), own.mean) for year, own in one.chances.credit.items()]

    drawn = _together(report, points)
    years = [year for year, _ in points(drawn[0].of)]
    chart = Chart(
        "Minimum tax credit waiting, by year",
        f"{report.name}: mean of the paths, after each year, of all jurisdictions",
        (years[0], years[-1]),
        _around(y for each in drawn for _, y in points(each.of)),
    )
    for each in drawn:
        chart.line(points(each.of), each.style)
        chart.key(each.names, each.style)
    return chart.svg(years, "year")


_PICTURES: Final = {
    "after-tax-by-price": after_tax_by_price,
    "cash-by-year": cash_by_year,
    "fan": fan,
    "credit-by-year": credit_by_year,
}


def _together(report: OutlookReport, points: Callable[[StrategyOutlook], Points]) -> list[_Drawn]:
    """The strategies, those that come to the same points as one, in the order in which they stand."""
    drawn: list[_Drawn] = []
    for number, one in enumerate(report.strategies):
        alike = (place for place, each in enumerate(drawn) if _same(points(each.of), points(one)))
        place = next(alike, None)
        if place is None:
            drawn.append(_Drawn(one.course.name, one, style_of(number)))
        else:
            drawn[place] = drawn[place]._replace(names=f"{drawn[place].names}, {one.course.name}")
    return drawn


def _same(first: Points, second: Points) -> bool:
    return len(first) == len(second) and all(
        abs(own - other) < _ALIKE
        for one, two in zip(first, second, strict=True)
        for own, other in zip(one, two, strict=True)
    )


def _through(line: Piecewise, top: float) -> Points:
    """The corners of a line up to a price."""
    points = []
    for end, stretch in line.with_ends():
        if stretch.start < top:
            points += [(stretch.start, stretch.value), (min(end, top), stretch.at(min(end, top)))]
    return points


def _cash(one: StrategyOutlook) -> list[float]:
    by_year = {year.year: year.cash for year in one.planned.years}
    return [by_year[year] for year in one.chances.cash]


def _last_year(report: OutlookReport) -> int:
    return report.question.all_years[-1].year


def _around(amounts: Iterable[float]) -> tuple[float, float]:
    """A range that holds every amount, and zero."""
    held = [0.0, *amounts]
    return min(held), max(held)
