"""Every label does what its form line says: the cases of labels.toml, worked by hand from the forms."""

import tomllib
from pathlib import Path

import pytest

from xl_amt.errors import AmtError, ArgumentError, NotHeldError
from xl_amt.household import LABELS, find_label
from xl_amt.out_of_scope import why_out_of_scope
from xl_amt.worksheet import FUNCTIONS, answer, call

CASES = tomllib.loads((Path(__file__).parent / "labels.toml").read_text("utf-8"))
HALF_A_CENT = 0.005
ARGUMENTS = {item.name for function in FUNCTIONS.values() for item in function.arguments}


def by_source(case):
    """A case's source, as the name of its test."""
    return case["source"]


def facts_of(case):
    """The labels of a case and their amounts."""
    return {label: amount for label, amount in case["given"].items() if label not in ARGUMENTS}


def gives(name, case):
    """What a worksheet function gives for a case: its arguments by name, all other given facts by label."""
    facts = facts_of(case)
    given = case["given"] | {"status": case["status"], "year": case["year"]}
    given |= {"labels": list(facts) or None, "amounts": list(facts.values()) or None}
    return call(name, *(given.get(argument.name) for argument in FUNCTIONS[name].arguments))


@pytest.mark.parametrize("case", CASES["case"], ids=by_source)
def test_case(case):
    """Each function gives the figure that was worked by hand."""
    expected = case["expected"]
    assert {name: gives(name, case) for name in expected} == pytest.approx(expected, rel=0, abs=HALF_A_CENT)


def test_every_label_has_a_case():
    """No label of the household is without a case."""
    shown = {find_label(label).name for case in CASES["case"] for label in facts_of(case)}
    assert shown == {label.name for label in LABELS}


@pytest.mark.parametrize("case", CASES["surtaxes"], ids=lambda case: case["status"])
@pytest.mark.parametrize("year", [2018, 2024, 2026, 2034])
def test_thresholds_of_the_surtaxes(case, year):
    """Net investment income tax and Additional Medicare Tax start at their own thresholds, never indexed."""
    household = (
        case["niit_threshold"] - 5_000,
        case["status"],
        year,
    )
    facts = (["Interest", "Medicare wages"], [10_000, case["medicare_threshold"] + 1_000])
    surtaxes = call("AMT_TOTAL_TAX", *household, 0, *facts) - call("AMT_REGULAR_TAX", *household, *facts)
    assert surtaxes == pytest.approx(190.00 + 9.00, abs=HALF_A_CENT)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"Qualified dividends": 5}, "Qualified dividends"),
        ({"Wages already taxed by AMT": 100_001}, "Wages already taxed by AMT"),
        ({"Spouse age": 70}, "Spouse age"),
        ({"Blind": 2}, "Blind"),
        ({"Spouse itemizes": "yes"}, "Spouse itemizes"),
        ({"Children under 17": 1.5}, "Children under 17"),
        ({"Interest": -1}, "Interest"),
        ({"State income tax": 5, "State tax on investment income": 6}, "State tax on investment income"),
        ({"Mortgage interest": "twenty"}, "Mortgage interest"),
        ({"Deduction": "bigger"}, "Deduction"),
    ],
    ids=str,
)
def test_what_a_form_cannot_take(facts, sentence):
    """A fact that its form cannot take is refused in one sentence that names the label."""
    with pytest.raises(ArgumentError, match=f"^{sentence}"):
        call("AMT_ROOM", 100_000, "single", 2024, list(facts), list(facts.values()))


@pytest.mark.parametrize("year", [2024, 2029])
@pytest.mark.parametrize("label", ["Tips deduction", "Overtime deduction", "Car loan interest deduction"])
def test_deductions_of_2025_to_2028(year, label):
    """Tips, overtime and car loan interest are refused before 2025 and after 2028."""
    with pytest.raises(ArgumentError, match="2025 to 2028"):
        call("AMT_TAXABLE_INCOME", 100_000, "single", year, [label], [1_000])


@pytest.mark.parametrize("label", ["Tips deduction", "Overtime deduction"])
def test_a_separate_filer_has_neither(label):
    """IRC 224 and 225 want a joint return of the married."""
    with pytest.raises(ArgumentError, match="separate filer"):
        call("AMT_TAXABLE_INCOME", 100_000, "mfs", 2026, [label], [1_000])


# Schedule 8812 (2021), Line 5 Worksheet: the larger credit of 2021 is more than 2,000 a child in each of these.
# Line 6 holds back only 12,500 (joint), 2,500 (survivor), 4,375 (head) or 6,250 of it below the second phase-out.
@pytest.mark.parametrize(
    ("status", "income", "facts"),
    [
        ("single", 80_000, {"Children under 17": 1}),
        ("single", 110_000, {"Children under 17": 1, "Adjustments to income": 30_000}),
        ("single", 110_000, {"Children under 17": 1, "Other income": -30_000}),
        ("single", 110_000, {"Children under 17": 1, "Long-term capital gain": -9_000, "Other income": -1_000}),
        ("hoh", 199_000, {"Children under 17": 3}),
        ("hoh", 250_000, {"Children under 17": 4}),
        ("qss", 240_000, {"Children under 17": 2}),
        ("single", 240_000, {"Children under 17": 4}),
        ("mfs", 240_000, {"Children under 17": 4}),
        ("mfj", 450_000, {"Children under 17": 8}),
    ],
)
def test_the_larger_child_tax_credit_of_2021_is_refused(status, income, facts):
    """Where a child may have brought more than 2,000 in 2021, the credit is refused and no smaller one is given."""
    with pytest.raises(NotHeldError, match="2021"):
        call("AMT_TOTAL_TAX", income, status, 2021, 0, list(facts), list(facts.values()))


@pytest.mark.parametrize(
    ("status", "income", "children", "credit"),
    [("mfj", 399_000, 2, 4_000), ("mfj", 401_000, 2, 3_950), ("single", 190_000, 2, 4_000), ("hoh", 195_000, 2, 4_000)],
)
def test_the_child_tax_credit_of_2021_above_the_first_phase_out(status, income, children, credit):
    """Above the first phase-out the credit of 2021 is 2,000 a child, as in other years."""
    with_children = call("AMT_TOTAL_TAX", income, status, 2021, 0, ["Children under 17"], [children])
    assert call("AMT_TOTAL_TAX", income, status, 2021, 0) - with_children == pytest.approx(credit, abs=HALF_A_CENT)


# Each three sum to a whole thousand: 101,000, 151,000 and 201,000; binary fractions miss it by 1e-11.
@pytest.mark.parametrize(
    ("function", "label", "amount", "income", "interest", "dividends", "lost"),
    [
        ("AMT_TAXABLE_INCOME", "Car loan interest deduction", 5_000, 59_590.30, 32_850.15, 8_559.55, 200),
        ("AMT_TAXABLE_INCOME", "Tips deduction", 5_000, 93_575.87, 53_945.86, 3_478.27, 100),
        ("AMT_TAXABLE_INCOME", "Overtime deduction", 5_000, 93_575.87, 53_945.86, 3_478.27, 100),
        ("AMT_TOTAL_TAX", "Children under 17", 2, 164_733.70, 28_099.20, 8_167.10, 50),
    ],
)
def test_steps_at_a_whole_thousand_in_cents(function, label, amount, income, interest, dividends, lost):
    """Cents that add up to a whole thousand make a whole step, whatever binary fractions lose."""
    spread = [0] if function == "AMT_TOTAL_TAX" else []
    household = [income, "single", 2025, *spread]
    facts = {"Interest": interest, "Ordinary dividends": dividends}
    without = call(function, *household, list(facts), list(facts.values()))
    facts[label] = amount
    given = 4_400 if function == "AMT_TOTAL_TAX" else amount
    effect = without - call(function, *household, list(facts), list(facts.values()))
    assert effect == pytest.approx(given - lost, abs=HALF_A_CENT)


# What each name must say to do, and a label that it must not be said to mean.
OUT_OF_SCOPE = {
    "Self-employment income": ("self-employment tax is not figured here", "return software"),
    "Schedule C net profit": ("self-employment tax is not figured here", "return software"),
    "Guaranteed payments": ("self-employment tax is not figured here", "return software"),
    "Unrecaptured section 1250 gain": ("up to 25%", "return software"),
    "Collectibles": ("up to 28%", "return software"),
    "28% rate gain": ("up to 28%", "return software"),
    "Foreign earned income": ("Form 2555", "return software"),
    "Foreign earned income exclusion": ("Form 2555", "return software"),
    "Additional child tax credit": ("refundable credits are not figured here", "leave them out"),
    "Earned income credit": ("refundable credits are not figured here", "leave them out"),
    "Refundable credits": ("refundable credits are not figured here", "leave them out"),
    "Premium tax credit": ("Form 8962", "leave it out"),
    "Nonresident": ("Form 1040-NR", "return software"),
    "ESPP discount": ("no ISO spread", "enter the wages from their sale as income"),
    "K-1 income": ("the tax depends on its kind", "'Rental and passive income'"),
    "Capital gain": ("the tax depends on the term", "'Short-term capital gain' or 'Long-term capital gain'"),
}


@pytest.mark.parametrize("name", OUT_OF_SCOPE)
def test_what_is_out_of_scope_is_said(name):
    """A fact out of scope raises, says what to do, and never becomes zero or a label that taxes it wrongly."""
    with pytest.raises(AmtError) as refusal:
        call("AMT_ROOM", 100_000, "single", 2024, [name], [1_000])
    sentence = str(refusal.value)
    assert sentence.startswith(f"labels: '{name}' is not a label: ")
    assert all(part in sentence for part in OUT_OF_SCOPE[name])
    assert "did you mean" not in sentence
    assert len(sentence) <= 300


@pytest.mark.parametrize("name", ["State tax", "Investment income", "Property tax", "Alimony", "x" * 5_000])
def test_a_name_that_is_near_none(name):
    """No label is suggested where none is near: the sentence says where the list is, in at most 300 characters."""
    with pytest.raises(
        ArgumentError, match=r"is not a label; docs/functions\.md lists them, under Labels\.$"
    ) as refusal:
        call("AMT_ROOM", 100_000, "single", 2024, [name], [1_000])
    assert len(str(refusal.value)) <= 300


def test_no_label_is_out_of_scope():
    """No label, and no other name of one, says what is refused."""
    assert not [label.name for label in LABELS if why_out_of_scope(label.name)]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Rental income", "Rental and passive income"),
        ("Passive income", "Rental and passive income"),
        ("Royalties", "Rental and passive income"),
        ("Active business income", "Business income"),
    ],
)
def test_other_names_of_labels(name, label):
    """A usual name finds its label."""
    assert find_label(name).name == label


def test_a_passive_loss_is_not_figured():
    """A negative amount of rental and passive income is refused, alone and in a column, and the sentence says why."""
    expected = (
        "Rental and passive income: -5 is negative; the limits on passive losses (Form 8582) are not figured here; "
        "enter zero, or the loss allowed as a negative 'Other income'."
    )
    given = (100_000, "single", 2024, ["Rental and passive income"])
    with pytest.raises(ArgumentError) as refusal:
        call("AMT_ROOM", *given, [-5])
    assert str(refusal.value) == expected
    for answer_of_row in answer("AMT_ROOM", *given[:3], [given[3]], [[-5]] * 40):
        assert str(answer_of_row[0] if isinstance(answer_of_row, list) else answer_of_row) == expected
