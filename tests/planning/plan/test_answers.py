"""Plans whose optimum is known: the twelve questions, proved optima, known shapes, and what every answer must hold."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

import pytest

from xl_amt.law import register_law_book
from xl_amt.planning.plan.answer import answer_of
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

QUESTIONS = sorted((Path(__file__).parent / "questions").glob("*.json"))
LONG = 60.0  # seconds: a busy machine changes no answer


def answer(question):
    """The answer to a question in JSON form."""
    return answer_of(solve(read_question(question), LONG))


def single(year, income, value=None, **facts):
    """A single filer's year with the standard deduction."""
    own = {"year": year, "status": "single", "income": income, "facts": {"Deduction": "standard"} | facts}
    return own | ({} if value is None else {"value_per_share": value})


def joint(year, income, value=None, **facts):
    """A joint year with the standard deduction."""
    return single(year, income, value, **facts) | {"status": "mfj"}


def least_tax(years, grants, **more):
    """The least tax of exercising all, no discount, regular tax and AMT."""
    return {"format": "xl-amt plan 1", "aim": "least tax", "taxes": ["regular", "AMT"]} | {
        "years": years,
        "grants": grants,
        **more,
    }


def iso(shares, strike, label="G1", **more):
    """A grant of ISOs."""
    return {"label": label, "type": "ISO", "strike": strike, "shares": shares, **more}


def assert_within(answered):
    """What holds of every answer: its bound, its strategies and its credit."""
    sign = 1.0 if answered["aim"] == "least tax" else -1.0
    assert answered["proved"]
    assert sign * answered["bound"] <= sign * answered["objective"] + 0.01
    for strategy in answered["strategies"]:
        if strategy["feasible"]:
            assert sign * strategy["objective"] >= sign * answered["objective"] - 0.005, strategy["name"]
    for before, after in zip(answered["years"], answered["years"][1:], strict=False):
        left = before["credit_in"] - before["credit_used"] + before["credit_earned"]
        assert after["credit_in"] == pytest.approx(max(left, 0.0), abs=0.011)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_the_twelve_questions(path):
    """Each to two cents of the proved optimum, which its own best schedule has by the forms."""
    case = json.loads(path.read_text("utf-8"))
    answered = answer(case)
    assert answered["objective"] == pytest.approx(case["answer"]["objective"], abs=0.02)
    assert answered["format"] == "xl-amt plan answer 1"
    assert_within(answered)


@pytest.fixture(scope="module")
def law_of_2026(tmp_path_factory):
    """A law book by which later years repeat 2026."""
    path = tmp_path_factory.mktemp("law") / "no-inflation.toml"
    path.write_text("inflation = 0.0\n", "utf-8")
    register_law_book("No inflation for plans", path)
    return "US: No inflation for plans"


def test_the_plan_that_a_search_by_chunks_misses(law_of_2026):
    """14,390 shares over seven years of a falling value: moving chunks and single shares gives 276,194.65."""
    years = [joint(2026 + number, 352_200, 150 * 0.9**number) for number in range(7)]
    answered = answer(least_tax(years, [iso(14_390, 5)], jurisdiction=law_of_2026))
    assert answered["objective"] == pytest.approx(273_290.66, abs=0.02)
    assert list(answered["schedule"]["G1"].values()) == [183, 203, 227, 254, 283, 4_570, 8_670]
    assert next(one for one in answered["strategies"] if one["name"] == "all now")["objective"] == pytest.approx(
        574_708, abs=0.5
    )


def test_a_lump_of_50_000_shares():
    """A growing value and a falling marginal rate: all at once."""
    values = [20, 24, 30, 36]
    years = [single(2023 + number, 200_000, value) for number, value in enumerate(values)]
    answered = answer(least_tax(years, [iso(50_000, 2)]))
    assert answered["objective"] == pytest.approx(241_232.50, abs=0.01)
    assert answered["schedule"]["G1"] == {"2023": 50_000, "2024": 0, "2025": 0, "2026": 0}


def test_two_companies():
    """One rises and vests, the other falls: the first as it vests, the second last."""
    values = [(40, 30), (50, 24), (62, 18), (75, 12)]
    years = [joint(2023 + number, 400_000, {"A": a, "B": b}) for number, (a, b) in enumerate(values)]
    rising = iso(9_000, 5, "a", company="A", vested={"2023": 3_000, "2024": 6_000, "2025": 9_000})
    answered = answer(least_tax(years, [rising, iso(12_000, 1, "b", company="B")]))
    assert answered["objective"] == pytest.approx(131_463.00, abs=0.01)


@pytest.mark.parametrize(("price", "objective"), [(60, 1_279_551.19), (20, 397_410.54)])
def test_an_exit_with_three_grants(price, objective):
    """Five years of vesting, an exit and a recovery year, NIIT counted."""
    years = [joint(2020 + number, 300_000, value) for number, value in enumerate([6, 10, 16, 25, 38, None])]
    grants = [
        iso(20_000, 1, "one", vested={str(2020 + n): min(20_000, 5_000 * (n + 1)) for n in range(6)}),
        iso(10_000, 5, "five", vested={str(2021 + n): min(10_000, 2_500 * (n + 1)) for n in range(5)}),
        iso(8_000, 2, "two", last_year=2023),
    ]
    question = least_tax(years, grants, discount_rate=0.05) | {
        "aim": "most after tax",
        "taxes": ["regular", "AMT", "NIIT"],
        "exit": {"year": 2025, "price": price, "recovery_years": [2026]},
    }
    answered = answer(question)
    assert answered["objective"] == pytest.approx(objective, abs=0.5)
    assert_within(answered)


def test_a_convex_tax_fills_rooms():
    """Where the shares fit the rooms of the years, no AMT is owed in any."""
    years = [single(year, 150_000, 20.0) for year in (2024, 2025)]
    answered = answer(least_tax(years, [iso(3_000, 2)], discount_rate=0.05))
    assert answered["objective"] == 0.0
    assert [year["amt"] for year in answered["years"]] == [0.0, 0.0]


def test_a_falling_rate_rewards_a_lump():
    """Past the phase-out the marginal rate falls, so that one year takes nearly all."""
    answered = answer(least_tax([single(year, 220_000, 40.0) for year in (2025, 2026)], [iso(30_000, 2)]))
    assert answered["objective"] == pytest.approx(323_373.00, abs=0.02)
    assert answered["schedule"]["G1"]["2025"] > 20_000


def test_the_next_share_wastes_a_waiting_credit():
    """An opening credit comes back only in years that leave room: the first ones exercise nothing."""
    question = least_tax([single(year, 230_000, 30.0) for year in range(2023, 2027)], [iso(8_000, 2)])
    answered = answer(question | {"discount_rate": 0.04, "minimum_tax_credit": 60_000})
    assert list(answered["schedule"]["G1"].values())[:2] == [0, 0]
    assert answered["years"][0]["credit_used"] > 0.0


def test_expiry_vesting_and_budget_bind():
    """No share before it vests, none after the last year, no more cash than there is."""
    years = [single(2024, 150_000, 30.0) | {"cash": 9_000}, single(2025, 150_000, 30.0), single(2026, 150_000, 30.0)]
    grants = [iso(3_000, 2, "old", last_year=2025), iso(3_000, 2, "new", vested={"2025": 1_000, "2026": 3_000})]
    answered = answer(least_tax(years, grants))
    assert answered["schedule"]["old"]["2026"] == 0
    assert answered["schedule"]["new"]["2024"] == 0
    assert answered["schedule"]["new"]["2025"] <= 1_000
    assert answered["years"][0]["cash"] <= 9_000.01


CASES = [json.loads(path.read_text("utf-8"))["question"] for path in QUESTIONS if path.stem in ("A14", "A18", "B01")]


@pytest.mark.parametrize("question", CASES, ids=["A14", "A18", "B01"])
def test_more_freedom_never_costs(question):
    """A tighter budget never helps, and by the aim of least tax no more shares do."""
    is_sale = question["aim"] == "most after tax"
    objectives = []
    for cash in (None, 60_000.0):
        tighter = deepcopy(question)
        for year in tighter["years"]:
            year.pop("cash", None)
            if cash:
                year["cash"] = cash
        objectives.append(answer(tighter)["objective"])
    assert objectives[1] <= objectives[0] + 0.5 if is_sale else objectives[1] >= objectives[0] - 0.5
    more = deepcopy(question)
    grant = more["grants"][0]
    grant["shares"] += 500
    grant["vested"] = {year: shares + 500 for year, shares in grant["vested"].items()}
    with_more, as_asked = answer(more)["objective"], answer(question)["objective"]
    assert with_more >= as_asked - 0.5


def test_a_longer_list_of_years_never_costs():
    """One more year in which shares may be exercised is not worse."""
    grants = [iso(5_000, 2)]
    years = [single(year, 170_000, 40.0) for year in range(2023, 2027)]
    objectives = [answer(least_tax(years[:count], grants))["objective"] for count in (2, 3, 4)]
    assert objectives == sorted(objectives, reverse=True)


def test_credit_by_year():
    """Form 8801 in every plan: a spread of 200,000 in 2024 at wages of 200,000."""
    years = [single(2024, 200_000, 202.0), single(2025, 200_000, 202.0), single(2026, 200_000, 202.0)]
    grants = [iso(1_000, 2, vested={"2024": 1_000}, last_year=2024)]
    answered = answer(least_tax(years, grants))
    assert [year["amt"] for year in answered["years"]] == [45_813.50, 0.0, 0.0]
    assert [year["credit_used"] for year in answered["years"]] == [0.0, 7_973.00, 8_160.00]
    assert answered["credit_left"] == 29_680.50


def test_a_time_limit_leaves_the_best_found_and_its_gap():
    """With no time to search, the best strategy stands beside a bound that it may not meet."""
    years = [joint(2020 + number, 300_000, 10.0 * 1.3**number) for number in range(7)]
    grants = [iso(7_001 + 13 * number, 1 + number / 7, f"G{number}") for number in range(12)]
    solution = solve(read_question(least_tax(years, grants)), 0.01)
    assert solution.best.objective >= solution.bound - 0.01
    assert solution.best.objective <= min(one.priced.objective for one in solution.strategies if one.feasible) + 1e-9


def test_days_that_do_not_qualify():
    """An exercise in December before a sale in June is wages; the answer names the last day that qualifies."""
    question = least_tax([single(2024, 200_000, 20.0), single(2025, 200_000)], [iso(1_000, 1, granted="2020-01-15")])
    question |= {"aim": "most after tax", "exit": {"year": 2025, "price": 50.0, "on": "2025-06-16"}}
    assert answer(question)["last_qualifying_exercise"] == {"G1": "2024-06-15"}
    late = question | {"exercise_on": {"2024": "2024-12-10"}}
    early = question | {"exercise_on": {"2024": "2024-03-10"}}
    assert answer(early)["objective"] > answer(late)["objective"]
    assert answer(early)["strategies"][0]["shares_long_term"] == 1_000
    assert answer(late)["strategies"][0]["shares_long_term"] == 0


def test_shares_held_already_are_sold_at_the_exit():
    """An opening lot brings its gain, smaller for the AMT; its worth does not depend on the schedule."""
    question = least_tax([single(2024, 200_000, 20.0), single(2025, 200_000)], [iso(10, 1)])
    question |= {"aim": "most after tax", "exit": {"year": 2025, "price": 50.0}}
    lot = {"grant": "old", "shares": 1_000, "strike": 1.0, "amt_basis": 21.0, "qualifying_from": 2025}
    without, with_lot = answer(question), answer(question | {"lots": [lot]})
    assert with_lot["objective"] == pytest.approx(without["objective"] + 50_000 - 0.15 * 49_000, abs=1.0)


def test_nso_medicare_and_iso_wages_at_the_exit():
    """Wages of NSOs are Medicare wages, those of an ISO sold the same day are not (IRC 3121(a)(22))."""
    years = [single(2024, 180_000, 20.0), single(2025, 180_000)]
    tax = {}
    for kind in ("ISO", "NSO"):
        question = least_tax(years, [iso(10_000, 0) | {"type": kind, "vested": {"2025": 10_000}}])
        question |= {"aim": "most after tax", "exit": {"year": 2025, "price": 50.0}}
        question["taxes"] = ["regular", "AMT", "NIIT", "Medicare"]
        tax[kind] = answer(question)["years"][1]["Medicare"]
    assert tax == {"ISO": 0.0, "NSO": 4_320.0}


def strategies_of(question):
    """The strategies of a question's answer, by name."""
    return {one["name"]: one for one in answer_of(solve(read_question(question)))["strategies"]}


def test_the_least_amt_is_the_least():
    """What comes back as credit later does not count: no strategy of all shares owes less AMT in all."""
    years = [
        {"year": year, "status": "single", "income": 200_000, "facts": {}, "value_per_share": value}
        for year, value in ((2025, 50.0), (2026, 60.0))
    ]
    question = {
        "format": "xl-amt plan 1",
        "aim": "least tax",
        "discount_rate": 0.0,
        "credit_left_at": 0.0,
        "years": years,
        "grants": [{"label": "A", "type": "ISO", "strike": 1.0, "shares": 1_300}],
    }
    found = strategies_of(question)
    assert found["best"]["amt_in_all"] > found["even split"]["amt_in_all"] > found["least AMT"]["amt_in_all"] > 0.0


def test_the_least_amt_stands_there_where_cash_is_short():
    """It is no plan of the question, and says why."""
    exit_year = {"year": 2026, "status": "single", "income": 200_000, "facts": {}}
    question = {
        "format": "xl-amt plan 1",
        "aim": "most after tax",
        "years": [exit_year | {"year": 2025, "value_per_share": 20.0, "cash": 500}, exit_year],
        "grants": [{"label": "A", "type": "ISO", "strike": 2.0, "shares": 1_000}],
        "exit": {"year": 2026, "price": 40.0},
    }
    least = strategies_of(question)["least AMT"]
    assert not least["feasible"]
    assert least["why_not"] == "2025 takes 2,000.00 of cash"
