"""What a question cannot be is one sentence: which key, which demand, and what would do."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from xl_amt.errors import AmtError, FileError, NoAnswerError, NotHeldError
from xl_amt.jobs.plan_question import read_question_file
from xl_amt.planning.plan import solver
from xl_amt.planning.plan.question_file import read_question
from xl_amt.planning.plan.solving import solve

LEAST = {
    "format": "xl-amt plan 1",
    "aim": "least tax",
    "jurisdiction": "US",
    "discount_rate": 0.05,
    "years": [
        {"year": 2025, "status": "single", "income": 200_000, "facts": {}, "value_per_share": 20.0},
        {"year": 2026, "status": "single", "income": 200_000, "facts": {}, "value_per_share": 25.0},
    ],
    "grants": [{"label": "G1", "type": "ISO", "strike": 2.0, "shares": 1_000, "last_year": 2026}],
}
SALE = LEAST | {"aim": "most after tax", "exit": {"year": 2026, "price": 40.0}}


def changed(question, path, value):
    """The question with the value at a path; the value ... takes the key out."""
    made = deepcopy(question)
    inner = made
    for key in path[:-1]:
        inner = inner[key]
    if value is ...:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return made


CASES = [
    (
        LEAST,
        ("discount_rate",),
        -0.01,
        "discount_rate: -0.01 is below 0, which would make a later dollar count for more",
    ),
    (LEAST, ("discount_rate",), "x", "discount_rate: 'x' is text, not a number"),
    (LEAST, ("credit_left_at",), 1.5, "credit_left_at: 1.5 is not from 0 to 1"),
    (
        LEAST,
        ("years", 1, "value_per_share"),
        ...,
        "years[1].value_per_share: it is missing; enter the value of a share",
    ),
    (LEAST, ("years", 1, "value_per_share"), -3, "years[1].value_per_share: -3 is negative"),
    (LEAST, ("years", 1, "year"), 2028, "years: 2028 comes after 2025; list the years in order"),
    (LEAST, ("years", 0, "income"), ..., "years[0].income: it is missing; enter the wages without options."),
    (LEAST, ("years", 0, "status"), "singel", "years[0] (2025): status: 'singel' is not"),
    (LEAST, ("years", 0, "facts"), {"Interrest": 5}, "years[0] (2025): labels: 'Interrest' is not a label"),
    (LEAST, ("years", 0, "facts"), {"Minimum tax credit": 5}, "give it once as minimum_tax_credit"),
    (LEAST, ("years", 0, "facts"), [], "years[0].facts: it is not an object"),
    (LEAST, ("years", 0, "facts"), {"Interest": [1]}, "years[0].facts: an amount is not a number or word"),
    (LEAST, ("years",), [], "years: there are 0; give from 1 to 30."),
    (LEAST, ("years",), {}, "years: it is not a list"),
    (LEAST, ("grants",), [], "grants: there are 0"),
    (LEAST, ("grants", 0), 7, "grants[0]: it is not an object"),
    (LEAST, ("grants", 0, "vested"), {"2027": 500}, "grants[0].last_year: 2026 is before 2027, when the first share"),
    (LEAST, ("grants", 0, "vested"), {"2026": 1_500}, "grants[0].vested.2026: 1,500 is more than the 1,000 shares"),
    (
        LEAST,
        ("grants", 0, "vested"),
        {"2025": 500, "2026": 400},
        "grants[0].vested.2026: 400 is less than the year before",
    ),
    (LEAST, ("grants", 0, "vested"), {"soon": 5}, "grants[0].vested: 'soon' is not a year"),
    (LEAST, ("grants", 0, "shares"), 10.5, "grants[0].shares: 10.5 is not a whole number"),
    (LEAST, ("grants", 0, "type"), "RSU", "grants[0].type: 'RSU' is not one of the choices; use ISO or NSO."),
    (LEAST, ("grants", 0, "strke"), 2, "grants[0].strke: this key is not known; did you mean 'strike'?"),
    (LEAST, ("agenda",), 2, "agenda: this key is not known; use format, aim"),
    (LEAST, ("format",), "xl-amt plan 2", "format: 'xl-amt plan 2' is not known"),
    (LEAST, ("aim",), "win", "aim: 'win' is not one of the choices; use least tax or most after tax."),
    (LEAST, ("taxes",), ["AMT", "VAT"], "taxes: 'VAT' is not a tax that counts"),
    (LEAST, ("taxes",), [], "taxes: the list is empty"),
    (LEAST, ("jurisdiction",), "US+ZZ", "jurisdiction: 'US+ZZ' is not available"),
    (LEAST, ("minimum_tax_credit",), {"NY": 5}, "minimum_tax_credit: 'NY' is not asked for; use US."),
    (LEAST, ("minimum_tax_credit",), -5, "minimum_tax_credit: -5 is negative"),
    (LEAST, ("exit",), {"year": 2026, "price": 5}, 'exit: with the aim "least tax" nothing is sold'),
    (LEAST, ("lots",), [], 'lots: with the aim "least tax" nothing is sold'),
    (LEAST, ("limits",), {"most_tax": 5}, "limits.most_tax: this key is not known"),
    (LEAST, ("exercise_on",), {"2025": "2026-01-05"}, "exercise_on.2025: '2026-01-05' is not a day of 2025"),
    (SALE, ("exit",), ..., "exit: it is missing; enter its year and price"),
    (SALE, ("exit", "year"), 2024, "exit.year: 2024 is not after 2025, the first year"),
    (SALE, ("exit", "year"), 2027, "exit.year: 2027 is not 2026, the last of the years"),
    (SALE, ("exit", "price"), ..., "exit.price: it is missing"),
    (SALE, ("exit", "recovery_years"), [2028], "exit.recovery_years[0]: 2028 comes after 2026"),
    (SALE, ("exit", "on"), "2025-06-01", "exit.on: 2025-06-01 is not in 2026"),
    (SALE, ("lots",), [{"shares": 5, "strike": 1}], "lots[0].qualifying_from: it is missing"),
    (
        SALE,
        ("lots",),
        [{"shares": 5, "strike": 10, "amt_basis": 4, "qualifying_from": 2025}],
        "lots[0].amt_basis: 4 is below the strike of 10; enter the value at exercise",
    ),
    (LEAST, ("years", 0, "income"), "", "years[0].income: it is missing; enter the wages without options."),
    (LEAST, ("years", 0, "value_per_share"), " ", "years[0].value_per_share: it is missing"),
    (LEAST, ("grants", 0, "label"), "", "grants[0].label: it is missing"),
    (LEAST, ("grants", 0, "strike"), "", "grants[0].strike: it is missing; enter the exercise price."),
    (LEAST, ("grants", 0, "vested"), {"2025": ""}, "grants[0].vested.2025: it is blank; enter a number"),
    (LEAST, ("limits",), {"most_cash": ""}, "limits.most_cash: it is blank; enter a number"),
    (LEAST, ("limits",), {"most_amt": {"2030": 0}}, "limits.most_amt: 2030 is not among the years; correct it."),
    (SALE, ("exit", "price"), "", "exit.price: it is missing"),
    (LEAST, ("minimum_tax_credit",), [], "minimum_tax_credit: [] is not a number"),
]


@pytest.mark.parametrize(("question", "path", "value", "sentence"), CASES, ids=[case[3][:50] for case in CASES])
def test_one_sentence(question, path, value, sentence):
    """Each is an AmtError that begins with its place, or holds what would do."""
    with pytest.raises(AmtError) as refused:
        read_question(changed(question, path, value))
    assert sentence in str(refused.value)
    assert str(refused.value).endswith(".") or str(refused.value).endswith("?")


def test_a_grant_of_a_company_without_a_value():
    """Values and prices are asked for by company, and no other is taken."""
    question = changed(LEAST, ("grants", 0, "company"), "Aye")
    question["grants"].append(question["grants"][0] | {"label": "G2", "company": "Bee"})
    with pytest.raises(AmtError, match=r"the grants are from Aye and Bee; enter the value of each by name"):
        read_question(question)
    for year in question["years"]:
        year["value_per_share"] = {"Aye": 20.0}
    with pytest.raises(AmtError, match=r"years\[0\]\.value_per_share: the value of 'Bee' is missing"):
        read_question(question)
    for year in question["years"]:
        year["value_per_share"] = {"Aye": 20.0, "Bee": 5.0, "Sea": 5.0}
    with pytest.raises(AmtError, match=r"no grant is from 'Sea'"):
        read_question(question)


def test_a_credit_that_a_state_does_not_know():
    """Colorado's forms carry no minimum tax credit: one that is given is not dropped in silence."""
    question = changed(LEAST, ("jurisdiction",), "US+CO") | {"minimum_tax_credit": {"US": 100.0, "CO": 30_000.0}}
    with pytest.raises(AmtError, match=r"minimum_tax_credit: Colorado has no such credit in its forms; leave it out"):
        read_question(question)


def test_a_key_that_stands_twice(tmp_path):
    """Of two equal keys JSON keeps the last one in silence; here it is a sentence."""
    path = tmp_path / "question.json"
    path.write_text('{"years": [{"value_per_share": {"A": 5, "A": 6}}]}', "utf-8")
    with pytest.raises(AmtError, match=r"'A': this key appears twice in one object; leave one of them out"):
        read_question_file(path)


def test_cash_below_the_strikes():
    """What must be exercised by a year, and the cash until then, are named."""
    question = deepcopy(LEAST)
    for year in question["years"]:
        year["cash"] = 900
    with pytest.raises(AmtError, match=r"years\[1\]\.cash: the cash until 2026 is 1,800\.00, and the strikes of G1"):
        read_question(question)


def test_demands_that_conflict():
    """The demands that cannot be met together are named, and no other."""
    question = LEAST | {"limits": {"most_amt": {"2025": 0, "2026": 0}, "most_cash": 1_000_000}}
    question = changed(question, ("grants", 0, "shares"), 50_000)
    with pytest.raises(NoAnswerError) as refused:
        solve(read_question(question))
    sentence = str(refused.value)
    assert (
        "all 50,000 shares of G1 exercised by 2026; at most 0.00 of AMT in 2025; at most 0.00 of AMT in 2026"
        in sentence
    )
    assert "cash" not in sentence


def test_a_file_that_is_no_question(tmp_path):
    """A file that is missing, no JSON, or holds a number that is none."""
    path = tmp_path / "question.json"
    with pytest.raises(FileError, match="cannot be read as a question"):
        read_question_file(path)
    path.write_text("{", "utf-8")
    with pytest.raises(FileError, match="it is not JSON"):
        read_question_file(path)
    path.write_text('{"discount_rate": NaN}', "utf-8")
    with pytest.raises(AmtError, match="NaN is not a number"):
        read_question_file(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(FileError, match="UTF-8"):
        read_question_file(path)
    path.write_text("[" * 100_000, "utf-8")
    with pytest.raises(FileError, match="cannot be read as a question"):
        read_question_file(path)


def test_a_system_without_the_solver(monkeypatch):
    """One sentence says what is missing."""
    monkeypatch.setitem(__import__("sys").modules, "highspy", None)
    with pytest.raises(NotHeldError, match="needs the solver HiGHS, which is not installed"):
        solver.Solver(None)


def test_a_question_is_read_from_what_json_gives():
    """A question under its key, as a case file has it, is the same."""
    assert read_question({"question": json.loads(json.dumps(LEAST))}) == read_question(LEAST)
