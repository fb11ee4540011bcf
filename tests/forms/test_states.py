"""What holds of every state with a minimum tax: rooms, kinks, credits, and that every function answers."""

from itertools import pairwise, product

import pytest

from xl_amt.errors import AmtError
from xl_amt.forms.minimum_tax import STEP_WIDTH
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.worksheet import FUNCTIONS, answer, call

CENT = 0.005
STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
YEARS = {"CO": (2022, 2025), "CT": (2018, 2024, 2026), "MN": (2022, 2024, 2027)}
HOUSEHOLDS = [
    (place, year, status, income)
    for place, years in YEARS.items()
    for (year, status, income) in product(years, STATUSES, (0, 60_000, 180_000, 700_000))
]
FACTS = {
    "nothing else": {},
    "gains": {"Long-term capital gain": 60_000, "Qualified dividends": 9_000, "Ordinary dividends": 12_000},
    "deductions": {
        "State income tax": 14_000, "Real estate tax": 9_000, "Mortgage interest": 21_000, "Cash gifts": 12_000,
        "Medical expenses": 20_000, "State tax refund": 2_000, "Foreign tax credit": 1_500, "Other dependents": 2,
    },
    "credits": {"Minimum tax credit": 9_000, "CT minimum tax credit": 2_000, "MN minimum tax credit": 2_000},
    "adjustments": {
        "CO additions": 8_000, "CO subtractions": 20_000, "CT income adjustments": -30_000,
        "CT AMT income adjustments": 5_000, "MN income adjustments": -9_000, "MN AMT income adjustments": 4_000,
    },
}  # fmt: skip
of_every_household = pytest.mark.parametrize(("place", "year", "status", "income"), HOUSEHOLDS)
of_all_facts = pytest.mark.parametrize("facts", FACTS.values(), ids=FACTS.keys())


def test_these_are_all():
    """Every state that has a minimum tax is gone through here, but California, which has its own tests."""
    assert {code for code, system in TAX_SYSTEMS.items() if system.has_minimum_tax} - {"US", "CA"} == set(YEARS)


def labels_of(place, facts):
    """The labels and amounts that concern the place, and the place; a fact of a state that is not asked is refused."""
    own = {name: amount for name, amount in facts.items() if name[:2] in place or name[:3] not in ("CO ", "CT ", "MN ")}
    return list(own) or None, list(own.values()) or None, place


@of_every_household
@of_all_facts
def test_the_room_is_confirmed_by_the_form(place, year, status, income, facts):
    """Exercising the room owes nothing, and a dollar more does, unless AMT is owed without an exercise."""
    labels = labels_of(place, facts)
    room = call("AMT_ROOM", income, status, year, *labels)
    owed = call("AMT_OWED", [income] * 3, status, year, [0, room, room + 1], *labels)
    if owed[0] < CENT:
        assert owed[1] < CENT
    else:
        assert room == 0.0
    assert owed[2] >= CENT
    budget = owed[0] + 1_000
    within = call("AMT_SPREAD_FOR", income, status, year, budget, *labels)
    before_a_step = max(within - 2 * STEP_WIDTH, 0.0)  # a budget may end inside the width of a step
    assert call("AMT_OWED", income, status, year, before_a_step, *labels) <= budget + CENT
    assert call("AMT_OWED", income, status, year, within + 1, *labels) > budget


@of_every_household
@of_all_facts
def test_at_every_kink(place, year, status, income, facts):
    """Around every kink a cell, a long column and the function of the spread agree, and AMT never falls."""
    labels = labels_of(place, facts)
    rows = call("AMT_CURVE", income, status, year, 2_000_000, *labels)
    kinks = [row[0] for row in rows]
    spreads = sorted({kink + aside for kink in kinks for aside in (-1, 0, 1) if kink + aside >= 0})
    column = [spreads[number % len(spreads)] for number in range(max(64, len(spreads)))]
    for name in ("AMT_OWED", "AMT_TENTATIVE_TAX", "AMT_TOTAL_TAX", "AMT_CREDIT_USED"):
        alone = {spread: call(name, income, status, year, spread, *labels) for spread in spreads}
        assert call(name, [income] * len(column), status, year, column, *labels) == [alone[each] for each in column]
    owed = [call("AMT_OWED", income, status, year, spread, *labels) for spread in spreads]
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(owed))
    for low, high in pairwise(rows):
        if high[0] - low[0] < 3 * STEP_WIDTH:  # both sides of a step
            continue
        middle = (low[0] + high[0]) / 2
        assert call("AMT_TENTATIVE_TAX", income, status, year, middle, *labels) == pytest.approx(
            (low[2] + high[2]) / 2, abs=CENT
        )


@of_every_household
def test_more_income_beside_a_spread(place, year, status, income):
    """The least further income with which a spread owes nothing does so, and the forms confirm it."""
    try:
        more = call("AMT_INCOME_FOR", income, status, year, 150_000, None, None, place)
    except AmtError:
        assert call("AMT_OWED", income, status, year, 150_000, None, None, place) >= CENT
        return
    assert call("AMT_OWED", income + more, status, year, 150_000, None, None, place) < CENT


@pytest.mark.parametrize("place", YEARS)
@pytest.mark.parametrize("both", [False, True], ids=["alone", "with US"])
def test_every_function_of_a_household_answers(place, both):
    """No function of a household but the printed forms is without an answer, alone and in a column."""
    own = {"spread": 60_000, "strike": 1, "fmv_at_exercise": 11, "sale_price": 9, "price_now": 9, "shares": 20_000} | {
        "amt_budget": 1_000,
        "max_spread": 400_000,
        "from_income": 100_000,
        "to_income": 300_000,
        "term": "long",
        "system": "AMT",
    }
    given = {"income": 200_000, "status": "single", "year": 2024} | own
    asked = f"US+{place}" if both else place
    names = [name for name, function in FUNCTIONS.items() if function.takes_household]
    for name in set(names) - {"AMT_FORM", "AMT_LINE"}:
        function = FUNCTIONS[name]
        if both and function.together == "refused":
            continue
        known = given | {"year": 2023} if name == "AMT_BREAK_EVEN" else given  # Minnesota is not held for 2025
        arguments = [known.get(item.name) for item in function.arguments if item.name != "jurisdiction"]
        arguments.insert([item.name for item in function.arguments].index("jurisdiction"), asked)
        single = call(name, *arguments)
        if function.gives_a_table:
            assert len(single[0]) == (3 if name == "AMT_ROOM_BY_INCOME" else 7 if both else 4)
            continue
        assert isinstance(single, float)
        if not function.takes_columns:
            continue
        income_at = [item.name for item in function.arguments].index("income")
        arguments[income_at] = [200_000] * 100
        assert answer(name, *arguments) == [single] * 100


@pytest.mark.parametrize("place", YEARS)
def test_its_numbers_by_name(place):
    """AMT_LAW gives each number of the state's law with a source that names its statute."""
    parameters = {"CO": "Normal tax rate", "CT": "AMT part of tentative tax", "MN": "AMT exemption"}
    statutes = {"CO": "C.R.S.", "CT": "C.G.S.", "MN": "Minn. Stat."}
    assert call("AMT_LAW", parameters[place], "single", 2024, place) > 0
    assert call("AMT_LAW_SOURCE", parameters[place], "single", 2024, place).startswith(statutes[place])
