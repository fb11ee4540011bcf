"""What strategies leave along paths: each path is what the forms give for its values alone."""

import json
from math import erf, exp, log, sqrt
from pathlib import Path

import numpy
import pytest

from tests.planning.outlook.questions import ANA, BEN, by_hand, courses, question
from xl_amt.planning.outlook.chances import PERCENTS, Frame, chances
from xl_amt.planning.outlook.outcomes import Course, amt_without_options, carried_out, outcomes
from xl_amt.planning.outlook.paths import Simulation, Values, simulated, values_of_plan
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.strategies import named_strategies

A_CENT = 0.01
WITH_AN_EXIT = [
    json.loads(path.read_text())["question"]
    for path in sorted((Path(__file__).parent.parent / "plan" / "questions").glob("B*.json"))
]
FEW = 60  # paths that are figured one by one


@pytest.mark.parametrize("document", [ANA, BEN, *WITH_AN_EXIT])
def test_a_path_without_a_spread_is_the_plans_own_answer(document):
    """Every strategy, to the last bit, as a float and as an array of paths."""
    asked = question(document)
    own = {one.name: one.priced.objective for one in named_strategies(asked, Pricer(asked, amounts_of(asked)))}
    plan = values_of_plan(asked)
    still = simulated(plan, Simulation(volatility=0.0, chance_of_zero=0.0, paths=3))
    for name, priced in outcomes(asked, courses(asked), plan).items():
        assert priced.objective == own[name]
    for name, priced in outcomes(asked, courses(asked), still).items():
        assert numpy.broadcast_to(priced.objective, 3).tolist() == pytest.approx([own[name]] * 3, abs=1e-6)


@pytest.mark.parametrize("document", [ANA, BEN])
def test_each_path_is_what_its_values_alone_give(document):
    """Sixty paths, many of them under water or at zero, one by one as questions of their own."""
    asked = question(document)
    values = simulated(values_of_plan(asked), Simulation(volatility=0.8, chance_of_zero=0.2, paths=FEW, seed=3))
    found = outcomes(asked, courses(asked), values)
    lines = [numpy.broadcast_to(line, FEW) for line in (*values.by_place, values.price)]
    for course in courses(asked):
        money = numpy.broadcast_to(found[course.name].objective, FEW)
        for number in range(FEW):
            *at, price = (float(line[number]) for line in lines)
            assert money[number] == pytest.approx(by_hand(document, course, at, price), abs=A_CENT)


@pytest.mark.parametrize("place", ["US", "US+CA", "US+CO", "US+CT", "US+MN"])
def test_every_state_along_paths(place):
    """A quarter of the paths loses; each state's losses and credits go on from year to year along each of them."""
    years = [year | {"year": year["year"] - 2} for year in ANA["years"]]
    document = ANA | {
        "jurisdiction": place,
        "years": years,
        "grants": [ANA["grants"][0] | {"vested": {"2021": 8_000, "2022": 16_000, "2023": 24_000}}],
        "exit": {"year": 2024, "price": 25.0, "recovery_years": []},
    }
    asked = question(document)
    values = simulated(values_of_plan(asked), Simulation(volatility=1.2, paths=12, seed=8))
    (course,) = (one for one in courses(asked) if one.name == "all now")
    money = outcomes(asked, [course], values)[course.name].objective
    for number in range(12):
        at = [14.0, *(float(line[number]) for line in values.by_place[1:])]
        price = float(values.price[number])
        assert money[number] == pytest.approx(by_hand(document, course, at, price), abs=A_CENT)


def test_shares_under_water_are_not_exercised():
    """On a path at zero the strike of that year is not paid, and the shares are left."""
    asked = question(ANA)
    schedule = ((6_000, 6_000, 6_000),)
    values = Values((14.0, numpy.array([1.99, 2.0, 0.0]), numpy.array([5.0, 1.0, 0.0])), numpy.array([6.0, 3.0, 0.0]))
    (row,) = carried_out(asked, schedule, values)
    assert row[0] == 6_000
    assert row[1].tolist() == [0, 6_000, 0]
    assert row[2].tolist() == [6_000, 0, 0]
    priced = outcomes(asked, [Course("all", schedule)], values)["all"]
    assert priced.years[1].strike_paid.tolist() == [0.0, 12_000.0, 0.0]


def test_what_the_plan_exercises_under_water_it_exercises_at_its_own_value():
    """A strike of 30 at a value of 28, for the long term to begin; not at 27."""
    asked = question(ANA | {"grants": [ANA["grants"][0] | {"strike": 30.0}]})
    values = Values((14.0, 20.0, numpy.array([28.0, 27.0])), 40.0)
    ((_, _, last),) = carried_out(asked, ((0, 0, 500),), values)
    assert last.tolist() == [500, 0]


def test_ten_thousand_paths_of_waiting_against_black_and_scholes():
    """Where no tax counts, waiting is worth the shares times a call's expected payoff, as far as companies survive."""
    document = ANA | {"taxes": ["AMT"], "discount_rate": 0.0, "grants": [ANA["grants"][0] | {"strike": 25.0}]}
    asked = question(document)
    volatility, chance, strike, mean = 0.6, 0.08, 25.0, 40.0
    values = simulated(values_of_plan(asked), Simulation(volatility=volatility, chance_of_zero=chance, seed=5))
    (waiting,) = (course for course in courses(asked) if course.name == "wait and sell")
    money = outcomes(asked, [waiting], values)[waiting.name].objective
    deviation = volatility * sqrt(3.0)
    d_1 = log(mean / strike) / deviation + deviation / 2.0
    call = mean * _below(d_1) - strike * _below(d_1 - deviation)
    expected = 24_000 * (1.0 - chance) ** 3 * call
    assert abs(money.mean() - expected) <= 4.5 * money.std() / sqrt(len(money))
    assert money.std() / sqrt(len(money)) < 0.03 * expected
    assert exp(-(deviation**2) / 2.0) == pytest.approx(
        float(numpy.median(values.price[values.price > 0.0])) / mean, rel=0.05
    )


def _below(amount):
    """The standard normal distribution."""
    return (1.0 + erf(amount / sqrt(2.0))) / 2.0


def _chances(asked, values, paths):
    frame = Frame(paths, asked.years[-1].year, amt_without_options(asked), "wait and sell")
    return chances(outcomes(asked, courses(asked), values), frame)


def test_chances_count_paths():
    """Four paths by hand: gone, fallen, as planned, doubled."""
    asked = question(ANA)
    values = Values(
        (14.0, numpy.array([0.0, 8.0, 20.0, 40.0]), numpy.array([0.0, 6.0, 28.0, 56.0])),
        numpy.array([0.0, 4.0, 40.0, 80.0]),
    )
    money = {name: numpy.broadcast_to(priced.objective, 4) for name, priced in
             outcomes(asked, courses(asked), values).items()}  # fmt: skip
    found = _chances(asked, values, 4)
    most = numpy.max(list(money.values()), axis=0)
    for name, own in money.items():
        assert found[name].after_tax.mean == pytest.approx(sum(own) / 4)
        assert found[name].after_tax.least == min(own)
        assert found[name].loses_money == sum(own < -0.005) / 4
        assert found[name].leaves_most == sum(own > most - 0.005) / 4
        assert found[name].less_than_waiting == sum(own < money["wait and sell"] - 0.005) / 4
    assert found["all now"].loses_money == 0.25
    assert found["wait and sell"].loses_money == 0.0
    assert found["all now"].owes_amt == 1.0
    assert list(found["all now"].cash) == [2023, 2024, 2025]
    assert list(found["all now"].credit) == [2023, 2024, 2025, 2026, 2027]


def test_a_strategy_that_needs_a_buyer_is_not_held_against_the_others():
    """At a price of 1 the escape leaves most, and of those that can be chosen for sure waiting."""
    asked = question(ANA)
    fallen = Values((14.0, numpy.array([14.0]), numpy.array([14.0])), numpy.array([1.0]))
    frame = Frame(1, 2026, amt_without_options(asked), "wait and sell", frozenset({"same-year escape"}))
    for own, waiting in ((frame, 1.0), (frame._replace(not_open=frozenset()), 0.0)):
        found = chances(outcomes(asked, courses(asked), fallen), own)
        assert found["same-year escape"].leaves_most == 1.0
        assert found["wait and sell"].leaves_most == waiting


def test_amt_that_is_not_recovered():
    """All at once in 2023, and then nothing: by 2027 the credit comes back as far as four years' tax lets it."""
    asked = question(ANA)
    gone = Values((14.0, numpy.array([0.0, 20.0]), numpy.array([0.0, 28.0])), numpy.array([0.0, 40.0]))
    large = Course("large", ((18_000, 0, 0),))
    small = Course("small", ((1_000, 0, 0),))
    frame = Frame(2, 2026, amt_without_options(asked), "small")
    found = chances(outcomes(asked, [large, small], gone), frame)
    assert found["small"].owes_amt == 0.0
    assert found["small"].not_recovered == 0.0
    assert found["large"].owes_amt == 1.0
    assert found["large"].not_recovered == 0.5
    assert found["large"].credit_left.percentiles[5] == pytest.approx(0.05 * found["large"].credit_left.mean * 2)


def test_amt_and_credit_that_no_exercise_made():
    """AMT that the household owes anyway is not the strategy's, and an old credit that waits was not paid for it."""
    years = [year | {"facts": {"Other AMT exclusion items": 90_000}} for year in ANA["years"]]
    asked = question(ANA | {"years": years, "minimum_tax_credit": 500_000})
    assert amt_without_options(asked) > 50_000.0
    values = simulated(values_of_plan(asked), Simulation(volatility=0.0, paths=40))
    found = _chances(asked, values, 40)["wait and sell"]
    assert found.credit_left.least > 0.0
    assert (found.owes_amt, found.not_recovered) == (0.0, 0.0)


def test_the_plans_limits_hold_on_no_path():
    """Cash and AMT are limited for the plan; along paths the same schedule comes to the same money without them."""
    limited = ANA | {"limits": {"most_amt": 1_000, "most_cash": 20_000}}
    values = simulated(values_of_plan(question(ANA)), Simulation(paths=40))
    free, bound = (
        outcomes(question(document), courses(question(ANA)), values)["all now"] for document in (ANA, limited)
    )
    assert bound.objective.tolist() == free.objective.tolist()
    assert bound.broken == ()


def test_percentiles_and_means_do_not_depend_on_the_order_of_paths():
    """Paths turned around give the same figures, to the last bit."""
    asked = question(ANA)
    values = simulated(values_of_plan(asked), Simulation(paths=500))
    turned = Values((values.by_place[0], *(line[::-1] for line in values.by_place[1:])), values.price[::-1])
    assert _chances(asked, values, 500) == _chances(asked, turned, 500)
    assert tuple(_chances(asked, values, 500)["all now"].after_tax.percentiles) == PERCENTS
