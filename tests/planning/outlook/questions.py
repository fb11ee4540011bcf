"""Questions with an exit, and the same ones with other values, as somebody would write them by hand."""

from copy import deepcopy

from xl_amt.planning.outlook.outcomes import Course
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.strategies import SAME_YEAR_ESCAPE, named_strategies

# Ana: single, wages of 220,000; ISOs at 2 that vest over three years, and an exit at 40 in 2026
ANA = {
    "format": "xl-amt plan 1",
    "aim": "most after tax",
    "discount_rate": 0.04,
    "credit_left_at": 0.5,
    "years": [
        {"year": 2023, "status": "single", "income": 220_000, "value_per_share": 14.0},
        {"year": 2024, "status": "single", "income": 226_600, "value_per_share": 20.0},
        {"year": 2025, "status": "single", "income": 233_398, "value_per_share": 28.0},
        {"year": 2026, "status": "single", "income": 240_399},
    ],
    "grants": [
        {
            "label": "ES-1",
            "type": "ISO",
            "strike": 2.0,
            "shares": 24_000,
            "vested": {"2023": 6_000, "2024": 12_000, "2025": 18_000, "2026": 24_000},
        }
    ],
    "exit": {"year": 2026, "price": 40.0, "recovery_years": [2027]},
}

# the same in California, with NSOs, a lot held, a credit of before, and interest and rent beside the wages
BEN = ANA | {
    "jurisdiction": "US+CA",
    "minimum_tax_credit": {"US": 9_000, "CA": 2_000},
    "years": [year | {"status": "mfj", "facts": {"Interest": 9_000, "Rental and passive income": 30_000}}
              for year in ANA["years"]],
    "grants": [
        *ANA["grants"],
        {"label": "NQ-1", "type": "NSO", "strike": 9.0, "shares": 4_000, "vested": {"2023": 2_000, "2024": 4_000}},
        {"label": "ES-2", "type": "ISO", "strike": 15.0, "shares": 3_000, "last_year": 2025},
    ],
    "lots": [{"grant": "ES-0", "shares": 500, "strike": 1.0, "amt_basis": 8.0, "qualifying_from": 2024}],
}  # fmt: skip


def question(document):
    """The question of a document."""
    return read_question(deepcopy(document))


def courses(asked):
    """The named strategies of a question as courses."""
    named = named_strategies(asked, Pricer(asked, amounts_of(asked)))
    return [Course(strategy.name, strategy.priced.schedule) for strategy in named]


def with_values(document, values, price):
    """The document with other values at exercise and another price at the exit."""
    other = deepcopy(document)
    for year, value in zip(other["years"], values, strict=False):
        year["value_per_share"] = value
    other["exit"]["price"] = price
    return other


def by_hand(document, course, values, price):
    """Money after tax of a course where the values come out otherwise, without the outlook's own code.

    Shares whose strike is above their value then are not exercised, unless that was so by the plan at no less.
    """
    asked = question(with_values(document, values, price))
    pricer = Pricer(asked, amounts_of(asked))
    if course.name == SAME_YEAR_ESCAPE:
        return next(one for one in named_strategies(asked, pricer) if one.name == course.name).priced.objective
    schedule = tuple(
        tuple(
            shares if value >= grant.strike or value >= year["value_per_share"] else 0
            for shares, value, year in zip(row, values, document["years"], strict=False)
        )
        for grant, row in zip(asked.grants, course.schedule, strict=True)
    )
    return pricer.price(schedule).objective
