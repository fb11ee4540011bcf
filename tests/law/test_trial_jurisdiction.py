"""A state of a test's own: a law text, a record, and no federal file touched; its amounts grow by California's rule."""

from dataclasses import dataclass
from typing import NamedTuple

import pytest

from xl_amt.errors import AmtError, ArgumentError, FileError, NotHeldError
from xl_amt.law import STATUSES, Jurisdiction, Status, hold, law_book, law_of, look_up, parameters, register_law_book
from xl_amt.law.held import enacted, jurisdictions, let_go
from xl_amt.law.record import number, part, schedule

# Schedule P (540), 2018: exemption and where it phases out; every later year is left to the rule.
TRIAL = """
jurisdiction = "ZZ"
first_year = 2018
verified_through = 2026
yearly = ["minimum_tax"]
price_index = "California CPI"

[rates.units]
tops = "dollars"
of_each = "fraction"

[rates.2018]
source = "Z.C. 1"
tops = [10_000, 50_000]
of_each = [0.01, 0.02, 0.04]

[minimum_tax]
above_zero = ["rate"]

[minimum_tax.units]
exemption = "dollars"
phase_out_start = "dollars"
rate = "fraction"
least = "dollars"

[minimum_tax.projection.exemption]
source = "R&TC 17062(b)(5)"
rounds = "amount"
nearest = 1

[minimum_tax.projection.phase_out_start]
source = "R&TC 17062(b)(6)"
rounds = "amount"
nearest = 1

[minimum_tax.2018]
source = "Schedule P (540), 2018"
exemption = { single = 71_531, mfj = 95_373, mfs = 47_685, hoh = 71_531, qss = 95_373 }
phase_out_start = { single = 268_237, mfj = 357_650, mfs = 178_822, hoh = 268_237, qss = 357_650 }
rate = 0.07

[names]
"Minimum tax exemption" = "minimum_tax.exemption"
"Minimum tax rate" = "minimum_tax.rate"
"Minimum tax least" = "minimum_tax.least"
"Top of 2 % bracket" = "rates.tops.1"
"""


class Credit(NamedTuple):
    """A credit that the text does not have."""

    each: float


@dataclass(frozen=True, slots=True)
class TrialLaw:
    """Three numbers and a schedule of the trial state."""

    jurisdiction: str
    year: int
    status: Status
    rates: object = schedule("rates.tops", "rates.of_each")
    exemption: float = number("minimum_tax.exemption")
    phase_out_start: float = number("minimum_tax.phase_out_start")
    rate: float = number("minimum_tax.rate")
    least: float = number("minimum_tax.least", where_none=0.0)
    credit: Credit | None = part(Credit, "credit", where_none=None)


@pytest.fixture
def trial():
    """The trial state, held for one test."""
    hold("ZZ", TrialLaw, text=TRIAL)
    yield Jurisdiction("ZZ")
    let_go("ZZ")


@pytest.mark.usefixtures("trial")
def test_a_record_of_a_trial_state():
    """A text and a record are enough: its law is built by name, and no other jurisdiction knows of it."""
    law = law_of(TrialLaw, "ZZ", 2018, "mfj")
    assert (law.jurisdiction, law.year, law.status) == ("ZZ", 2018, "mfj")
    assert (law.exemption, law.phase_out_start, law.rate, law.least, law.credit) == (95_373, 357_650, 0.07, 0, None)
    assert law.rates.tax(60_000.0) == 100 + 800 + 400
    assert law_of(TrialLaw, "ZZ", 2018, "mfj") is law
    assert jurisdictions()[-1] == "ZZ"


# Chains of FTB amounts 2018 to 2025; 2020 lies between read amounts of the years beside it.
EXEMPTION = {
    "single": (71_531, 73_748, 74_780, 78_070, 84_550, 87_171, 90_048, 92_749),
    "mfj": (95_373, 98_330, 99_707, 104_094, 112_734, 116_229, 120_065, 123_667),
    "mfs": (47_685, 49_163, 49_851, 52_044, 56_364, 58_111, 60_029, 61_830),
}
PHASE_OUT_START = {
    "single": (268_237, 276_552, 280_424, 292_763, 317_062, 326_891, 337_678, 347_808),
    "mfj": (357_650, 368_737, 373_899, 390_351, 422_750, 435_855, 450_238, 463_745),
    "mfs": (178_822, 184_365, 186_946, 195_172, 211_371, 217_924, 225_115, 231_868),
}


@pytest.mark.usefixtures("trial")
@pytest.mark.parametrize("status", EXEMPTION)
def test_california_grows_the_rounded_amount_of_the_year_before(status):
    """R&TC 17062(b)(5)-(6): last year's rounded amount by the change of prices to June, to the nearest dollar."""
    laws = [law_of(TrialLaw, "ZZ", year, status) for year in range(2018, 2026)]
    assert tuple(law.exemption for law in laws) == EXEMPTION[status]
    assert tuple(law.phase_out_start for law in laws) == PHASE_OUT_START[status]
    assert law_of(TrialLaw, "ZZ", 2026, status).exemption == round(EXEMPTION[status][-1] * 1.034)


def test_what_the_trial_amounts_rest_on(trial):
    """2018 is enacted, later years are estimated at the published changes, and from 2027 on projected."""
    enacted_then = look_up("Minimum tax exemption", "single", 2018, trial)
    assert enacted_then == (71_531, "Schedule P (540), 2018", "enacted")
    estimated = look_up("Minimum tax exemption", "single", 2025, trial)
    assert estimated.standing == "estimated"
    assert estimated.source == ("estimated from R&TC 17062(b)(5) at a change of the California CPI of 3.0% in 2025")
    projected = look_up("minimum TAX exemption", "single", 2027, trial)
    assert projected.source == "projected from the California CPI of 2026 at 2.50% inflation a year"
    assert look_up("Top of 2 % bracket", "single", 2027, trial) == (50_000, "Z.C. 1", "enacted")
    assert look_up("Minimum tax rate", "mfs", 2036, trial).value == 0.07
    with pytest.raises(NotHeldError, match="'Minimum tax least' is not part of the law of 2020"):
        look_up("Minimum tax least", "single", 2020, trial)
    with pytest.raises(ArgumentError, match="did you mean 'Minimum tax rate'"):
        look_up("Minimum tax rat", "single", 2020, trial)
    assert parameters("ZZ")[0].name == "Minimum tax exemption"


def test_a_book_of_a_state(trial, tmp_path):
    """A firm's book names the state whose law it changes, and is refused beside another's."""
    path = tmp_path / "proposal.toml"
    path.write_text('jurisdiction = "zz"\n[minimum_tax.2027]\nsource = "A bill"\nrate = 0.08\n', "utf-8")
    register_law_book("ZZ proposal", path)
    assert law_of(TrialLaw, "ZZ", 2027, "single", "ZZ proposal").rate == 0.08
    assert law_of(TrialLaw, "ZZ", 2027, "single").rate == 0.07
    assert look_up("Minimum tax rate", "single", 2027, trial._replace(law_book="zz PROPOSAL")).source == "A bill"
    with pytest.raises(ArgumentError, match=r"changes the law of ZZ only; use ZZ: ZZ proposal, or US alone\.$"):
        law_book("ZZ proposal")
    without_inflation = law_book("ZZ proposal", "ZZ").overlay("none", "inflation = 0")
    assert without_inflation.value("minimum_tax", "exemption", 2030, "single") == 95_902  # 92,749 x 1.034 in 2026


def test_a_book_of_no_jurisdiction(tmp_path):
    """A book of a jurisdiction that is not held, or is no text, is refused by name."""
    path = tmp_path / "book.toml"
    for text, says in (
        ('jurisdiction = "QQ"', "the law of QQ is not available"),
        ("jurisdiction = 5", "jurisdiction is US"),
    ):
        path.write_text(text, "utf-8")
        with pytest.raises(AmtError, match=says):
            register_law_book("Elsewhere", path)


def test_a_jurisdiction_that_is_not_held():
    """Nothing is guessed for a state whose law is not there."""
    sentence = r"^jurisdiction: the law of ZZ is not available; use US, CA, CO, CT, MN, NJ or NY\.$"
    with pytest.raises(NotHeldError, match=sentence):
        enacted("ZZ")


def changed(old, new):
    """The trial text with one passage changed."""
    assert old in TRIAL
    return TRIAL.replace(old, new)


def rule(text):
    """The trial text with the rounding of the second rule replaced."""
    return changed("nearest = 1\n\n[minimum_tax.2018", f"{text}\n\n[minimum_tax.2018")


def without(passage):
    """The trial text without a passage."""
    return changed(passage, "")


MISTAKES = {
    "not TOML": ("jurisdiction: ZZ", "it is not valid TOML"),
    "another code": (changed('"ZZ"', '"ZY"'), "its jurisdiction is 'ZY', not 'ZZ'"),
    "no first year": (without("first_year = 2018\n"), "'first_year' is missing"),
    "unknown number": (
        changed("rate = 0.07", "rate = 0.07\nphase_out_strat = 5"),
        r"\[minimum_tax.2018\]: 'phase_out_strat' is not a number of the law; did you mean 'phase_out_start'\?",
    ),
    "a number that no record takes": (
        changed('least = "dollars"', 'least = "dollars"\nmost = "dollars"'),
        r"\[minimum_tax.units\]: 'most' is not a number of the law",
    ),
    "a group that no record takes": (
        f'{TRIAL}\n[fees.units]\neach = "dollars"\n[fees.2018]\nsource = "x"\neach = 1\n',
        "'fees' is not a group of the law",
    ),
    "a missing number": (without("rate = 0.07\n"), r"\[minimum_tax.2018\]: 'rate' is missing"),
    "a missing group": (
        TRIAL[: TRIAL.index("[rates.units]")] + TRIAL[TRIAL.index("[minimum_tax]") : TRIAL.index('"Top of')],
        "the group 'rates' is missing",
    ),
    "a later first year": (changed("[rates.2018]", "[rates.2019]"), r"\[rates\]: it has no block of 2018"),
    "a missing status": (without(", qss = 95_373"), r"\[minimum_tax.2018\], exemption: 'qss' is missing"),
    "an unknown status": (changed("qss = 95_373", "widow = 95_373"), "'widow' is not a filing status"),
    "no source": (without('source = "Z.C. 1"\n'), r"\[rates.2018\]: it names no source"),
    "no units": (changed("[rates.units]", "[rates.unit]"), r"\[rates\]: it has no \[rates.units\]"),
    "an unknown unit": (changed('rate = "fraction"', 'rate = "per cent"'), "'per cent' is not a unit"),
    "an unknown part": (changed("above_zero", "above_nil"), "'above_nil' is not a part of the law"),
    "a rate above 1": (changed("0.07", "7"), r"rate: 7 is not from 0 to 1, as a fraction is\.$"),
    "a negative amount": (
        changed("95_373, mfs", "-1, mfs"),
        r"exemption, mfj: -1 is not zero or more, as an amount of dollars is\.$",
    ),
    "no number": (changed("0.07", "nan"), "nan is not a number"),
    "without end": (changed("0.07", "inf"), "inf is not a number"),
    "text": (changed("0.07", '"0.07"'), "'0.07' is not a number"),
    "nothing to divide by": (changed("0.07", "0"), "rate: 0 is not above zero"),
    "thresholds that fall": (
        changed("[10_000, 50_000]", "[50_000, 10_000]"),
        r"tops: 10,000 follows 50,000; its numbers must rise from each to the next\.$",
    ),
    "thresholds that stay": (changed("[10_000, 50_000]", "[50_000, 50_000]"), "must rise"),
    "rates that fall": (changed("0.02, 0.04]", "0.04, 0.02]"), "0.02 follows 0.04; its numbers may not fall"),
    "a list beside a number": (
        changed("[minimum_tax]", '[rates.2020]\nsource = "x"\ntops = 5\nof_each = [0.1, 0.2, 0.3]\n\n[minimum_tax]'),
        "it is a list in one year and one number in another",
    ),
    "low above high": (
        changed("[minimum_tax]\n", '[minimum_tax]\nrises = ["phase_out_start", "exemption"]\n'),
        r"\[minimum_tax.2018\], single: phase_out_start 268,237 is above exemption 71,531\.$",
    ),
    "a rule for no number": (changed("projection.exemption", "projection.exemptoin"), "'exemptoin' is not a number"),
    "a rule without source": (without('source = "R&TC 17062(b)(5)"\n'), "a rule of projection is a table with its so"),
    "an unknown part of a rule": (rule("neares = 1"), "'neares' is not part of a rule"),
    "a rule that does not round": (rule(""), "it needs rounds"),
    "a base without its year": (rule("nearest = 1\nbase = 5"), "base and base_year belong together"),
    "a share of nobody": (rule('nearest = 1\nshares = { mfs = [0.5, "joint"] }'), "'joint' is not a filing status"),
    "a base that lacks a status": (
        rule("nearest = 1\nbase = { single = 5 }\nbase_year = 2018"),
        "hoh, mfj, mfs, qss must stand there or in shares",
    ),
    "multiples of other statuses": (
        rule(
            "nearest = { mfj = 1 }\nbase = { single = 5 }\nbase_year = 2018\nshares = "
            '{ mfj = [2, "single"], mfs = [1, "single"], hoh = [1, "single"], qss = [2, "single"] }'
        ),
        "the multiples are not those",
    ),
    "an unknown index": (changed('"California CPI"', '"Colorado CPI"'), "'Colorado CPI' is not a price index"),
    "a name of nothing": (changed('"minimum_tax.rate"', '"minimum_tax.rat"'), "'rat' is not .* did you mean 'rate'"),
}


@pytest.mark.parametrize(("text", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_law_file(text, says):
    """A law file that is not whole or not within its bounds is refused in one sentence, and nothing is held."""
    with pytest.raises(FileError, match=says) as refusal:
        hold("ZZ", TrialLaw, text=text)
    sentence = str(refusal.value)
    assert "ZZ" in sentence
    assert "\n" not in sentence
    assert sentence.endswith((".", "?"))
    assert "ZZ" not in jurisdictions()


def test_all_statuses_are_tried():
    """The trial amounts are by all five filing statuses."""
    hold("ZZ", TrialLaw, text=TRIAL)
    assert all(law_of(TrialLaw, "ZZ", 2018, status).exemption > 0 for status in STATUSES)
    let_go("ZZ")
