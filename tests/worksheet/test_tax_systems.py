"""A trial state, added without touching a federal file: three numbers, a label and one form.

Its law: a regular tax of 8% of federal taxable income, and a minimum tax of 7% of adjusted gross income and spread
above 20,000 dollars. The figures are worked by hand for a single filer of 2024 with 150,000 dollars of wages: the
standard deduction of 14,600 leaves 135,400, so the regular tax is 10,832; without a spread the tentative tax is 7% of
130,000, which is 9,100.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError, dataclass
from itertools import product
from typing import NamedTuple

import pytest

from xl_amt.arithmetic.lines import HALF_A_CENT, Line, choose, smaller_of, zero_or_more
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.minimum_tax import sides_of_step
from xl_amt.forms.spread_within import spread_within
from xl_amt.forms.tax_system import TaxSystem
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.forms.us.total_tax import TaxReturn
from xl_amt.household import Household, Refusal, fact
from xl_amt.reading.household import read_household
from xl_amt.worksheet import FUNCTIONS, answer, call, remembered, single

REGULAR_RATE, MINIMUM_RATE, EXEMPTION = 0.08, 0.07, 20_000.0


@dataclass(frozen=True, slots=True)
class TrialFacts:
    """What the state asks beside the federal facts."""

    minimum_tax_credit: Line = fact("XX minimum tax credit", "Carried in (Form XX-1 line 6)")


class FormXX1(NamedTuple):
    """Form XX-1, in dollars."""

    alternative_minimum_taxable_income: Line  # line 1
    tentative_minimum_tax: Line  # line 2
    regular_tax: Line  # line 3
    alternative_minimum_tax: Line  # line 4


class TrialCredit(NamedTuple):
    """The minimum tax credit, in dollars."""

    regular_tax_less_credits: Line
    credit_used: Line
    credit_carried: Line


class TrialTaxes(NamedTuple):
    """All taxes of the state, in dollars."""

    minimum_tax_credit: TrialCredit
    total: Line


class Earned(NamedTuple):
    """What the year earns, in dollars."""

    credit_earned: Line


class TrialReturn(NamedTuple):
    """One year's return in the state but the ISO spread."""

    federal: TaxReturn
    own: TrialFacts

    jurisdiction = "XX"
    top_rate = MINIMUM_RATE

    @property
    def facts(self):
        """The federal facts."""
        return self.federal.facts

    @property
    def regular(self):
        """The regular tax."""
        taxable = self.federal.regular.taxable_income
        return self.federal.regular._replace(tax=REGULAR_RATE * taxable)

    @property
    def compared_tax(self):
        """Line 3."""
        return self.regular.tax

    def kinks(self):
        """Where line 2 turns."""
        return [EXEMPTION - self.federal.regular.adjusted_gross_income]

    def unlimited_tentative_tax(self, spread):
        """Line 2."""
        return self.minimum_tax(spread).tentative_minimum_tax

    def minimum_tax(self, spread):
        """Form XX-1."""
        line_1 = self.federal.regular.adjusted_gross_income + spread
        line_2 = MINIMUM_RATE * zero_or_more(line_1 - EXEMPTION)
        line_3 = self.regular.tax
        return FormXX1(line_1, line_2, line_3, zero_or_more(line_2 - line_3))

    def credit_earned(self, spread):
        """All of the AMT that the spread brings."""
        without, with_it = self.minimum_tax(0.0), self.minimum_tax(spread)
        return Earned(with_it.alternative_minimum_tax - without.alternative_minimum_tax)

    def total_tax(self, spread):
        """Everything."""
        form = self.minimum_tax(spread)
        room_for_credit = zero_or_more(form.regular_tax - form.tentative_minimum_tax)
        used = smaller_of(self.own.minimum_tax_credit, room_for_credit)
        credit = TrialCredit(form.regular_tax, used, self.own.minimum_tax_credit - used)
        return TrialTaxes(credit, form.regular_tax + form.alternative_minimum_tax - used)

    def income_without_turns(self, spread):
        """More than any turn needs."""
        return 100.0 * (self.facts.wages + spread + EXEMPTION)

    def with_facts(self, facts):
        """Figured again."""
        return self._replace(federal=self.federal.with_facts(facts))


class SteppedReturn(TrialReturn):
    """A state whose minimum tax, of 5% of income and spread, begins only where the federal one is owed."""

    __slots__ = ()
    top_rate = 0.05

    @property
    def regular(self):
        """The regular tax."""
        return self.federal.regular._replace(tax=0.04 * self.federal.regular.taxable_income)

    def kinks(self):
        """Where line 2 turns."""
        return sides_of_step(spread_within(self.federal, HALF_A_CENT))

    def minimum_tax(self, spread):
        """Form XX-1."""
        line_1 = self.federal.regular.adjusted_gross_income + spread
        line_3 = self.regular.tax
        begun = self.federal.minimum_tax(spread).alternative_minimum_tax > HALF_A_CENT
        line_2 = choose(begun, 0.05 * line_1, smaller_of(0.05 * line_1, line_3))
        return FormXX1(line_1, line_2, line_3, zero_or_more(line_2 - line_3))


TRIAL = TaxSystem(
    code="XX",
    place="Trialland",
    tax_return=TrialReturn,
    exemption=lambda amt_income, *_: amt_income * 0.0 + EXEMPTION,
    own_facts=TrialFacts,
    refusals=(
        Refusal(
            lambda household, own: own.minimum_tax_credit > 1_000_000.0 * (household.wages > 0.0),
            "XX minimum tax credit: it is above 1,000,000, which nobody in this state has; enter less.",
        ),
    ),
)
STEPPED = TaxSystem(
    code="YY",
    place="Stepland",
    tax_return=lambda federal, _: SteppedReturn(federal, TrialFacts()),
    exemption=lambda amt_income, *_: amt_income * 0.0,
)
NO_LABELS = (None, None)
HOUSEHOLD = (150_000, "single", 2024)
USE = "use US, CA, CO, CT, MN, XX, YY or any other state by its two letters, or leave it blank."


@pytest.fixture(autouse=True)
def trial_states(monkeypatch):
    """The two trial states among the tax systems."""
    monkeypatch.setitem(TAX_SYSTEMS, "XX", TRIAL)
    monkeypatch.setitem(TAX_SYSTEMS, "YY", STEPPED)


def arguments_of(name, place, *own, labels=NO_LABELS):
    """The arguments of a call on the household, its own ones after the year."""
    names = [argument.name for argument in FUNCTIONS[name].arguments]
    given = dict(zip(("income", "status", "year"), HOUSEHOLD, strict=True))
    given |= dict(zip(("labels", "amounts"), labels, strict=True)) | {"jurisdiction": place}
    own_names = [argument.name for argument in FUNCTIONS[name].own_arguments]
    given |= dict(zip(own_names, own, strict=False))
    return [given.get(argument) for argument in names]


CREDIT = (["XX minimum tax credit"], [5_000])
SMALL_CREDIT = (["XX minimum tax credit"], [500])
BY_HAND = [
    # 10,832 / 0.07 - 130,000
    ("AMT_ROOM", (), NO_LABELS, 24_742.857143),
    # 0.07 x 180,000 - 10,832
    ("AMT_OWED", (50_000,), NO_LABELS, 1_768.0),
    ("AMT_TENTATIVE_TAX", (50_000,), NO_LABELS, 12_600.0),
    ("AMT_INCOME", (50_000,), NO_LABELS, 200_000.0),
    ("AMT_REGULAR_TAX", (), NO_LABELS, 10_832.0),
    ("AMT_TAXABLE_INCOME", (), NO_LABELS, 135_400.0),
    ("AMT_TOTAL_TAX", (50_000,), NO_LABELS, 12_600.0),
    # the room over a spread of 2 a share: 12,371.4
    ("AMT_ROOM_SHARES", (1, 3), NO_LABELS, 12_371.0),
    # 10,832 - 0.07 x 140,000
    ("AMT_CUSHION", (10_000,), NO_LABELS, 1_032.0),
    # 1,000 of AMT more: 11,832 / 0.07 - 130,000
    ("AMT_SPREAD_FOR", (1_000,), NO_LABELS, 39_028.571429),
    ("AMT_MARGINAL_RATE", (30_000,), NO_LABELS, 0.07),
    ("AMT_MARGINAL_RATE", (10_000,), NO_LABELS, 0.0),
    # every dollar adds 8% of regular tax and 7% of tentative tax: 1,768 / 0.01
    ("AMT_INCOME_FOR", (50_000,), NO_LABELS, 176_800.0),
    # a share sold turns 5 dollars of spread into wages, and adds 0.40 of regular tax: 1,768 / 0.4
    ("AMT_SHARES_TO_SELL", (10_000, 1, 6, 6), NO_LABELS, 4_420.0),
    ("AMT_CREDIT_EARNED", (50_000,), NO_LABELS, 1_768.0),
    # 10,832 - 9,100, of 5,000
    ("AMT_CREDIT_USED", (0,), CREDIT, 1_732.0),
    ("AMT_CREDIT_CARRIED", (0,), CREDIT, 3_268.0),
    ("AMT_TOTAL_TAX", (0,), CREDIT, 9_100.0),
    ("AMT_ROOM_KEEPING_CREDIT", (), CREDIT, 0.0),
    # 10,332 / 0.07 - 130,000
    ("AMT_ROOM_KEEPING_CREDIT", (), SMALL_CREDIT, 17_600.0),
    ("AMT_MARGINAL_RATE", (10_000,), CREDIT, 0.07),
    # the state carries no losses of its own
    ("AMT_LOSS_CARRIED", (0, "long", "AMT"), NO_LABELS, 0.0),
    # sold at 6: 60,000 less 8% of 50,000; held: 10,000 P less AMT of 1,768 and 8% of 10,000 (P - 1); 56,968 / 9,200
    ("AMT_BREAK_EVEN", (10_000, 1, 6, 6), NO_LABELS, 56_968 / 9_200),
]
CASES = pytest.mark.parametrize(
    ("name", "own", "labels", "expected"), BY_HAND, ids=[f"{case[0]} {number}" for number, case in enumerate(BY_HAND)]
)


@CASES
def test_a_trial_state_by_hand(name, own, labels, expected):
    """Every function of a household answers for a state that is registered, alone and in a column."""
    arguments = arguments_of(name, "XX", *own, labels=labels)
    assert call(name, *arguments) == pytest.approx(expected, abs=5e-7)
    assert call(name, [arguments[0]] * 100, *arguments[1:]) == [call(name, *arguments)] * 100


def test_the_curve_by_hand():
    """The curve bends where the room ends."""
    assert call("AMT_CURVE", *arguments_of("AMT_CURVE", "xx", 50_000)) == [
        [0.0, 10_832.0, pytest.approx(9_100.0), 0.0],
        [pytest.approx(24_742.857143), 10_832.0, pytest.approx(10_832.0), pytest.approx(0.0, abs=1e-9)],
        [50_000.0, 10_832.0, pytest.approx(12_600.0), pytest.approx(1_768.0)],
    ]


def test_the_room_by_income_by_hand():
    """Every dollar of wages adds 8% of regular tax and 7% of tentative tax: a seventh of a dollar of room."""
    assert call("AMT_ROOM_BY_INCOME", 150_000, 185_000, "single", 2024, None, None, "XX") == [
        [150_000.0, pytest.approx(24_742.857143), pytest.approx(1 / 7)],
        [185_000.0, pytest.approx(29_742.857143), pytest.approx(1 / 7)],
    ]


def test_the_credit_of_a_state_by_hand():
    """The state's own credit comes back by its own taxes: 1,732 a year at these wages."""
    assert call("AMT_CREDIT_YEARS", 2_000, [150_000, 150_000], "single", [2024, 2024], None, None, "XX") == [
        [2024.0, pytest.approx(1_732.0), pytest.approx(268.0)],
        [2024.0, pytest.approx(268.0), 0.0],
    ]


def test_the_exemption():
    """A function without a household asks the state too."""
    assert call("AMT_EXEMPTION", 600_000, "single", 2024, "XX") == 20_000.0


def test_every_function_of_a_household_holds_the_state():
    """No function of a household is left out of the cases above."""
    asked = {case[0] for case in BY_HAND} | {"AMT_CURVE", "AMT_FORM", "AMT_LINE", "AMT_ROOM_BY_INCOME"}
    assert asked == {name for name, function in FUNCTIONS.items() if function.takes_household}


# Labels and jurisdictions


def test_a_fact_of_a_state_that_is_not_asked():
    """It is refused, so that it is not dropped unseen, alone and in a column; a blank one, or 0, is none."""
    both = (["Interest", "XX minimum tax credit"], [2_000, 5_000])
    sentence = (
        "labels: 'XX minimum tax credit' is a fact of Trialland, whose tax the jurisdiction does not name; use US+XX, "
        "or leave its amount blank."
    )
    with pytest.raises(ArgumentError) as refused:
        call("AMT_ROOM", *HOUSEHOLD, *both)
    assert str(refused.value) == sentence
    column = [list(HOUSEHOLD[:1]) * 100, *HOUSEHOLD[1:]]
    assert {str(cell) for cell in answer("AMT_ROOM", *column, *both)} == {sentence}
    federal = (["Interest"], [2_000])
    for nothing in (None, 0, ""):
        blank = (both[0], [2_000, nothing])
        assert call("AMT_ROOM", *HOUSEHOLD, *blank) == call("AMT_ROOM", *HOUSEHOLD, *federal)
        assert call("AMT_ROOM", *column, *blank) == call("AMT_ROOM", *column, *federal)
    # 2,000 of interest: 160 of regular and 140 of tentative tax
    assert call("AMT_CREDIT_USED", *arguments_of("AMT_CREDIT_USED", "XX", 0, labels=both)) == pytest.approx(1_752.0)


@pytest.mark.parametrize(
    ("labels", "place", "kind", "sentence"),
    [
        (
            (["XX minimum credit"], [1]),
            "US",
            ArgumentError,
            "labels: 'XX minimum credit' is not a label; did you mean 'XX minimum tax credit'?",
        ),
        (
            (["XX minimum tax credit"], [-1]),
            "XX",
            ArgumentError,
            "XX minimum tax credit: -1 is negative; enter zero or more.",
        ),
        (
            (["XX minimum tax credit"], [2_000_000]),
            "XX",
            ArgumentError,
            "XX minimum tax credit: it is above 1,000,000, which nobody in this state has; enter less.",
        ),
        (
            (["XX minimum tax credit", "xx MINIMUM tax credit"], [1, 2]),
            "XX",
            ArgumentError,
            "labels: 'XX minimum tax credit' is listed twice; combine its amounts on one line.",
        ),
        (
            NO_LABELS,
            "XX+VI",
            ArgumentError,
            f"jurisdiction: 'XX+VI' is not available; {USE}",
        ),
        (
            NO_LABELS,
            "XX+XX",
            ArgumentError,
            f"jurisdiction: 'XX+XX' names more than one, and only one can be answered at a time; {USE}",
        ),
    ],
)
def test_bad_input(labels, place, kind, sentence):
    """One sentence, in a cell and in a long column."""
    with pytest.raises(kind) as refused:
        call("AMT_ROOM", *HOUSEHOLD, *labels, place)
    assert str(refused.value) == sentence
    cells = answer("AMT_ROOM", [150_000] * 100, *HOUSEHOLD[1:], *labels, place)
    assert {str(cell) for cell in cells} == {sentence}


def test_a_column_of_jurisdictions():
    """Each row of a long column is of its own jurisdiction, with its own refusals and facts."""
    places, credits_ = ["US", "XX", "US+XX", None, "MN"] * 20, [0, 5_000, 2_000_000, 700, 0] * 20
    cells = answer("AMT_CREDIT_USED", *HOUSEHOLD, 0, "XX minimum tax credit", credits_, places)
    assert len(cells) == 100
    for cell, place, credit in zip(cells, places, credits_, strict=True):
        alone = answer_or_error("AMT_CREDIT_USED", *HOUSEHOLD, 0, "XX minimum tax credit", credit, place)
        assert str(cell) == str(alone)


def answer_or_error(*arguments):
    """The answer, or the error in its place."""
    try:
        return call(*arguments)
    except (ArgumentError, NotHeldError) as error:
        return error


def test_a_form_that_is_not_printed():
    """A state without printed forms says so; a form belongs to one jurisdiction."""
    with pytest.raises(NotHeldError, match="the printed forms of Trialland are not available; use US"):
        call("AMT_FORM", *arguments_of("AMT_FORM", "XX", "6251", 0))
    with pytest.raises(ArgumentError, match=r"'US\+XX' names more than one, and only one can be answered at a time"):
        call("AMT_LINE", *arguments_of("AMT_LINE", "US+XX", "6251", "11", 0))


# Two jurisdictions together


@pytest.mark.parametrize("rows", [None, 100])
@pytest.mark.parametrize(
    ("name", "own", "join"),
    [
        ("AMT_ROOM", (), min),
        ("AMT_ROOM_SHARES", (1, 3), min),
        ("AMT_SPREAD_FOR", (1_000,), min),
        ("AMT_CUSHION", (10_000,), min),
        ("AMT_ROOM_KEEPING_CREDIT", (), min),
        ("AMT_OWED", (90_000,), sum),
        ("AMT_REGULAR_TAX", (), sum),
        ("AMT_TOTAL_TAX", (90_000,), sum),
        ("AMT_MARGINAL_RATE", (90_000,), sum),
        ("AMT_CREDIT_EARNED", (90_000,), sum),
        ("AMT_CREDIT_USED", (0,), sum),
        ("AMT_CREDIT_CARRIED", (0,), sum),
    ],
)
def test_together(name, own, join, rows):
    """Rooms, shares, budgets and cushions are the binding ones; taxes, rates and credits add up."""

    def asked(place):
        labels = (["Minimum tax credit", "XX minimum tax credit"], [20_000, 500 if "XX" in place else None])
        arguments = arguments_of(name, place, *own, labels=labels)
        return call(name, *arguments) if rows is None else call(name, [arguments[0]] * rows, *arguments[1:])

    us, xx, together = asked("US"), asked("XX"), asked("US + XX")
    if rows is None:
        us, xx, together = [us], [xx], [together]
    assert us != xx
    assert together == [pytest.approx(join(pair)) for pair in zip(us, xx, strict=True)]


@pytest.mark.parametrize("name", ["AMT_TENTATIVE_TAX", "AMT_INCOME", "AMT_TAXABLE_INCOME"])
def test_lines_are_asked_alone(name):
    """A line of a form, or an income as a jurisdiction defines it, has no sum."""
    with pytest.raises(ArgumentError, match="only one can be answered at a time"):
        call(name, *arguments_of(name, "US+XX", 5_000))


def test_income_that_absorbs_both():
    """The least income with which neither owes AMT.

    A single filer of 2025 with 250,000 needs 43,075 more for the federal AMT on a spread of 50,000. The state's is 7%
    of 280,000, which is 19,600, against 8% of 234,250, which is 18,740: 860 / 0.01.
    """
    asked = ("AMT_INCOME_FOR", 250_000, "single", 2025, 50_000, None, None)
    assert call(*asked, "US") == pytest.approx(43_075.0)
    assert call(*asked, "XX") == pytest.approx(86_000.0)
    assert call(*asked, "US+XX") == pytest.approx(86_000.0)
    assert call("AMT_OWED", 336_000, "single", 2025, 50_000, None, None, "US+XX") < HALF_A_CENT


def test_income_that_absorbs_a_step():
    """A minimum tax that begins where the federal one does ends where that ends."""
    asked = ("AMT_INCOME_FOR", 250_000, "single", 2025, 50_000, None, None)
    assert call(*asked, "YY") == pytest.approx(43_075.0, abs=1.0)
    assert call(*asked, "US+YY") == pytest.approx(43_075.0, abs=1.0)


def test_shares_that_clear_both():
    """So many shares leave no AMT in either, and one fewer does not."""
    own = (10_000, 1, 11, 9)
    needed = {
        place: call("AMT_SHARES_TO_SELL", *arguments_of("AMT_SHARES_TO_SELL", place, *own))
        for place in ("US", "XX", "US+XX")
    }
    assert needed["US"] == 7_041
    assert needed["US+XX"] == max(needed["US"], needed["XX"])


def test_the_curve_of_both():
    """A row at every kink of either, three columns of each."""
    rows = call("AMT_CURVE", *arguments_of("AMT_CURVE", "US+XX", 100_000))
    rooms = [call("AMT_ROOM", *HOUSEHOLD, None, None, place) for place in ("US", "XX")]
    spreads = [row[0] for row in rows]
    assert all(any(spread == pytest.approx(room) for spread in spreads) for room in rooms)
    for spread, *taxes in rows:
        for place, own in zip(("US", "XX"), (taxes[:3], taxes[3:]), strict=True):
            asked = (*HOUSEHOLD, spread, None, None, place)
            assert own[1] == pytest.approx(call("AMT_TENTATIVE_TAX", *asked))
            assert own[2] == pytest.approx(call("AMT_OWED", *asked))
            assert own[0] == pytest.approx(call("AMT_REGULAR_TAX", *HOUSEHOLD, None, None, place))


# A minimum tax that steps


def test_a_step():
    """A minimum tax that begins where the federal one does: its room is the federal one, and then it steps.

    The regular tax is 4% of 135,400, which is 5,416. At the federal room, 5% of income and spread is far above it.
    """
    federal_room = call("AMT_ROOM", *HOUSEHOLD)
    room = call("AMT_ROOM", *HOUSEHOLD, None, None, "YY")
    assert room == pytest.approx(federal_room, abs=0.05)
    step = 0.05 * (150_000 + federal_room) - 5_416
    assert call("AMT_OWED", *HOUSEHOLD, room, None, None, "YY") < HALF_A_CENT
    assert call("AMT_OWED", *HOUSEHOLD, room + 1, None, None, "YY") == pytest.approx(step + 0.05, abs=0.01)
    assert call("AMT_SPREAD_FOR", *HOUSEHOLD, step - 100, None, None, "YY") == pytest.approx(room, abs=0.01)
    assert call("AMT_SPREAD_FOR", *HOUSEHOLD, step + 100, None, None, "YY") == pytest.approx(room + 2_000, abs=0.1)
    shares = call("AMT_ROOM_SHARES", *HOUSEHOLD, 1, 3, None, None, "YY")
    assert shares == call("AMT_ROOM_SHARES", *HOUSEHOLD, 1, 3)
    before, after = (row for row in call("AMT_CURVE", *HOUSEHOLD, 50_000, None, None, "YY") if abs(row[0] - room) < 0.1)
    assert (before[3], after[3]) == (0.0, pytest.approx(step, abs=0.01))
    assert call("AMT_ROOM", [150_000] * 100, *HOUSEHOLD[1:], None, None, "YY") == [room] * 100


# Households are figured once


@pytest.fixture
def figured(monkeypatch):
    """How often a return was figured, in a list that grows."""
    times = []

    def tax_return(federal, own):
        times.append(federal.facts)
        return TrialReturn(federal, own)

    monkeypatch.setitem(TAX_SYSTEMS, "XX", TRIAL._replace(tax_return=tax_return))
    monkeypatch.setattr(remembered, "_known", OrderedDict())
    return times


def room(income=150_000, labels=None, amounts=None, status="single", year=2024, place="XX"):
    """The room in the trial state."""
    return call("AMT_ROOM", income, status, year, labels, amounts, place)


def test_a_household_is_figured_once(figured):
    """Many functions over one household figure its return once; a column is not remembered."""
    labels, amounts = [["Interest"], ["Age"]], [[1_200], [40]]
    for spread in range(5):
        call("AMT_OWED", *HOUSEHOLD, spread, labels, amounts, "XX")
    room(labels=labels, amounts=amounts)
    assert len(figured) == 1
    call("AMT_ROOM", [150_000] * 5, "single", 2024, labels, amounts, "XX")
    call("AMT_ROOM", [150_000] * 5, "single", 2024, labels, amounts, "XX")
    assert len(figured) == 11


def test_what_tells_households_apart(figured):
    """Other cells are another household, shape and kind included: TRUE is not 1, and a blank is not 0."""
    calls = [
        {"income": income, "labels": labels, "amounts": amounts}
        for income, (labels, amounts) in product(
            (150_000, 150_000.0, 150_001),
            (
                (["Interest", "Spouse itemizes"], [0, "no"]),
                (["Interest", "Spouse itemizes"], [None, False]),
                (["Interest", "Spouse itemizes"], [0, False]),
                (["Interest", "Spouse itemizes"], [0.0, 0]),
                ([["Interest", "Spouse itemizes"]], [[0.0, 0]]),
                ([["Interest"], ["Spouse itemizes"]], [[0.0], [0]]),
            ),
        )
    ]
    for expected in (len(calls), len(calls)):  # all are figured, and then all are known
        for asked in calls:
            room(**asked)
        assert len(figured) == expected


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ({"income": 1}, {"income": True}),
        ({"labels": ["Blind"], "amounts": [1]}, {"labels": ["Blind"], "amounts": [True]}),
        ({"labels": ["Blind"], "amounts": [0]}, {"labels": ["Blind"], "amounts": [False]}),
        ({"labels": [["Age"], ["Blind"]], "amounts": [[40], [1]]}, {"labels": ["Age", "Blind"], "amounts": [[40], 1]}),
        ({"labels": [["a"[:0], "Age"]], "amounts": [[0, 4]]}, {"labels": [["", "Age"]], "amounts": [[0, "4"]]}),
    ],
)
def test_an_error_stays_an_error(good, bad):
    """A good household beside it never answers for a bad one, nor a bad one for a good one."""
    for asked in (good, bad, good, bad):
        if asked is good:
            assert isinstance(room(**asked), float)
        else:
            with pytest.raises(ArgumentError):
                room(**asked)


def test_a_refusal_of_the_function_is_not_forgotten(figured):
    """A household that is known is still refused where the function's own arguments are wrong."""
    room()
    with pytest.raises(ArgumentError):
        call("AMT_OWED", *HOUSEHOLD, -1, None, None, "XX")
    with pytest.raises(NotHeldError):
        call("AMT_FORM", "6251", *HOUSEHOLD, 0, None, None, "XX")
    assert len(figured) == 1


def test_other_law_counts_at_once(figured, monkeypatch):
    """What was figured under a law book that has been laid over again, or by another tax system, is figured afresh."""
    before = room()
    books = iter(range(100))
    monkeypatch.setattr(single, "book_over", lambda *_: next(books))
    assert room() == before
    assert len(figured) == 2
    monkeypatch.setitem(TAX_SYSTEMS, "XX", STEPPED)
    assert room() != before


def test_no_more_than_so_many_are_kept(figured):
    """A process that lives for weeks keeps the last households only."""
    for income in range(500):
        room(income=float(income))
    assert len(remembered._known) == remembered._MOST
    assert len(figured) == 500


def test_several_threads():
    """Threads that ask at once get what one thread gets."""
    incomes = [float(income) for income in range(100_000, 100_400)] * 5
    expected = [room(income=income) for income in incomes]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda income: room(income=income), incomes)) == expected


def test_a_household_that_is_read_is_like_any_other():
    """It equals one that is built by name, and is as fixed: what is remembered cannot change."""
    read = read_household({"income": 150_000, "status": "single", "year": 2024}, {"Interest": 5, "Age": 70})
    built = Household(2024, "single", 150_000.0, interest=5.0, age=70.0)
    assert (type(read), read, hash(read)) == (Household, built, hash(built))
    with pytest.raises(FrozenInstanceError):
        read.wages = 1.0
