"""Paths of the value: what a seed gives, what they are spread like, and what cannot be."""

from math import exp, log, sqrt

import numpy
import pytest

from tests.planning.outlook.questions import ANA, question
from xl_amt.errors import ArgumentError
from xl_amt.planning.outlook.paths import Simulation, Values, simulated, values_of_plan

PLAN = Values((14.0, 20.0, 28.0), 40.0)
SURELY = 4.5  # standard errors: one figure of a hundred thousand is further off


def test_the_plan_has_its_own_values():
    """The values of the years of exercise, and the price of the exit."""
    assert values_of_plan(question(ANA)) == PLAN


def test_paths_without_a_spread_are_the_plan():
    """No volatility and no chance of zero: every path is the plan's values, to the last bit."""
    found = simulated(PLAN, Simulation(volatility=0.0, chance_of_zero=0.0, paths=7))
    assert found.by_place[0] == 14.0
    for line, value in zip([*found.by_place[1:], found.price], [20.0, 28.0, 40.0], strict=True):
        assert line.tolist() == [value] * 7


def test_a_drift_takes_the_place_of_the_plans_growth():
    """14 that grow by a quarter a year."""
    found = simulated(PLAN, Simulation(volatility=0.0, chance_of_zero=0.0, drift=0.25, paths=1))
    assert [found.by_place[0], found.by_place[1][0], found.by_place[2][0], found.price[0]] == [
        14.0, 17.5, 21.875, 27.34375,
    ]  # fmt: skip


SEED_1 = (
    [17.91342, 40.262299999999996, 10.37942, 39.91216],
    [23.555056, 19.06618, 18.067056, 51.729692],
    [17.069119999999998, 21.262439999999998, 15.04572, 47.446],
)


def test_what_seed_1_gives_everywhere():
    """Figures that every system gives, to the last bit."""
    found = simulated(PLAN, Simulation(paths=4))
    assert found.by_place[1].tolist() == SEED_1[0]
    assert found.by_place[2].tolist() == SEED_1[1]
    assert found.price.tolist() == SEED_1[2]


def test_the_last_bit_of_an_exponential_does_not_show(monkeypatch):
    """A processor whose exponentials are a bit higher gives the same paths."""
    expected = simulated(PLAN, Simulation())
    exponential = numpy.exp
    monkeypatch.setattr(numpy, "exp", lambda line: numpy.nextafter(exponential(line), numpy.inf))
    found = simulated(PLAN, Simulation())
    assert found.price.tolist() == expected.price.tolist()
    assert [line.tolist() for line in found.by_place[1:]] == [line.tolist() for line in expected.by_place[1:]]


def test_more_years_leave_the_first_ones_as_they_are():
    """A plan that exits later has the same values until then."""
    longer = Values((14.0, 20.0, 28.0, 34.0), 40.0)
    first, second = simulated(PLAN, Simulation()), simulated(longer, Simulation())
    assert first.by_place[2].tolist() == second.by_place[2].tolist()


def test_another_seed_gives_other_paths():
    """Not one of the first hundred is the same."""
    first, second = (simulated(PLAN, Simulation(paths=100, seed=seed, chance_of_zero=0.0)) for seed in (1, 2))
    assert not (first.price == second.price).any()


@pytest.mark.parametrize(("volatility", "chance"), [(0.5, 0.05), (0.25, 0.0), (0.9, 0.2)])
def test_ten_thousand_paths_against_the_closed_forms(volatility, chance):
    """Survivors; their mean, which is the plan's value; the mean and the deviation of their logarithms."""
    found = simulated(PLAN, Simulation(volatility=volatility, chance_of_zero=chance, seed=11))
    for place, (line, value) in enumerate(zip([*found.by_place[1:], found.price], [20.0, 28.0, 40.0], strict=True), 1):
        alive = line > 0.0
        survive = (1.0 - chance) ** place
        assert abs(alive.mean() - survive) <= SURELY * sqrt(survive * (1.0 - survive) / len(line)) + 1e-12
        of_log = volatility * sqrt(place)
        alone, count = line[alive], alive.sum()
        assert abs(alone.mean() - value) <= SURELY * value * sqrt((exp(of_log**2) - 1.0) / count)
        logs = numpy.log(alone)
        assert abs(logs.mean() - (log(value) - of_log**2 / 2.0)) <= SURELY * of_log / sqrt(count)
        assert abs(logs.std() - of_log) <= SURELY * of_log / sqrt(2.0 * count)


def test_no_company_comes_back_from_zero():
    """What is worth nothing in a year is worth nothing in each later one."""
    found = simulated(PLAN, Simulation(chance_of_zero=0.3))
    second, third, last = found.by_place[1] == 0.0, found.by_place[2] == 0.0, found.price == 0.0
    assert second.any()
    assert (second <= third).all()
    assert (third <= last).all()


def test_a_sure_zero():
    """A chance of 1 leaves nothing after the first year."""
    assert not simulated(PLAN, Simulation(chance_of_zero=1.0, paths=50)).by_place[1].any()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"volatility": -0.1}, "volatility: -0.1 is below 0; enter a fraction a year, such as 0.5."),
        ({"volatility": 50.0}, "volatility: 50 is above 5; enter a fraction a year, such as 0.5."),
        ({"volatility": float("nan")}, "volatility: nan is above 5; enter a fraction a year, such as 0.5."),
        ({"drift": -1.5}, "drift: -1.5 is below -1; enter a fraction a year, such as 0.08."),
        ({"chance_of_zero": 1.01}, "chance of zero: 1.01 is above 1; enter a fraction a year, such as 0.05."),
        ({"chance_of_zero": -0.05}, "chance of zero: -0.05 is below 0; enter a fraction a year, such as 0.05."),
        ({"paths": 0}, "paths: 0 is below 1; enter from 1 to 50,000."),
        ({"paths": 10_000_000}, "paths: 1e+07 is above 50,000; enter from 1 to 50,000."),
        ({"seed": -1}, "seed: -1 is below 0; enter a whole number, such as 1."),
    ],
)
def test_what_cannot_be(given, sentence):
    """One sentence each."""
    with pytest.raises(ArgumentError) as refused:
        Simulation(**given)
    assert str(refused.value) == sentence


def test_a_plan_without_an_exit_or_of_two_companies():
    """What an outlook cannot be of."""
    least = {key: value for key, value in ANA.items() if key != "exit"} | {"aim": "least tax"}
    least["years"] = ANA["years"][:3]
    two = ANA | {
        "years": [year | {"value_per_share": {"Acme": 5.0, "Bolt": 6.0}} for year in ANA["years"]],
        "grants": [ANA["grants"][0] | {"company": "Acme"}, ANA["grants"][0] | {"company": "Bolt", "label": "B-1"}],
        "exit": ANA["exit"] | {"price": {"Acme": 9.0, "Bolt": 8.0}},
    }
    for document, sentence in (
        (least, "exit: an outlook ends with the sale of the shares; give the year and the price."),
        (two, "the options are from Acme and Bolt, and an outlook covers one company's value; leave the others out."),
    ):
        with pytest.raises(ArgumentError) as refused:
            values_of_plan(question(document))
        assert str(refused.value) == sentence
