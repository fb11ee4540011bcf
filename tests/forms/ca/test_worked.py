"""Californians worked by hand, line by line."""

from datetime import date

import pytest

from tests.forms.ca.test_cases import california_return
from tests.households import facts_asked
from xl_amt.equity.lots import Lot
from xl_amt.equity.sales import sell
from xl_amt.forms.ca.schedule_d_540 import amt_schedule_d_540
from xl_amt.forms.us.capital_loss_carryover import capital_loss_carryover
from xl_amt.worksheet import call

CENT = 0.005
LINE_9 = ("Long-term capital gain", "AMT long-term capital gain")


def asked(name, wages, status, year, *own, facts=None, place="CA"):
    """A function's answer in California, or where else it is asked."""
    facts = facts or {}
    return call(name, wages, status, year, *own, *facts_asked(facts, facts.values(), place), place)


def part_i(wages, year, facts):
    """Part I of Schedule P of a single filer."""
    return california_return({"wages": wages, "status": "single", "facts": facts}, year).part_i


def test_both_rooms():
    """2025, single, 200,000 of wages, standard deduction: the federal room binds.

    US: regular tax 37,067.00; tentative tax (200,000 - 88,100) x 26% = 29,094.00; 7,973.00 / 26%.
    California: tax on 194,294 is 3,201.97 + 9.3% x (194,294 - 72,724) = 14,507.98 (line 31), which 7% reaches on
    207,256.86 above the exemption of 92,749, so at 300,005.86 on line 21, below the phase-out's start of 347,808.
    """
    rooms = [asked("AMT_ROOM", 200_000, "single", 2025, place=place) for place in ("US", "CA", "US+CA")]
    assert rooms == pytest.approx([30_665.38, 100_005.86, 30_665.38], abs=CENT)


def test_california_may_bind():
    """2025, joint, 100,000 of wages: California's room is the smaller one."""
    rooms = [asked("AMT_ROOM", 100_000, "mfj", 2025, place=place) for place in ("US", "CA", "US+CA")]
    assert rooms == pytest.approx([66_780.77, 57_739.29, 57_739.29], abs=CENT)


def test_credit_of_a_spread():
    """A spread of 200,000 in 2024, and nothing exercised after: what comes back, in both jurisdictions."""
    owed = [asked("AMT_OWED", 200_000, "single", 2024, 200_000, place=place) for place in ("US", "CA")]
    assert owed == pytest.approx([45_813.50, 8_160.13], abs=CENT)
    earned = [asked("AMT_CREDIT_EARNED", 200_000, "single", 2024, 200_000, place=place) for place in ("US", "CA")]
    assert earned == pytest.approx(owed, abs=CENT)
    facts = {"Minimum tax credit": earned[0], "CA minimum tax credit": earned[1]}
    used = [asked("AMT_CREDIT_USED", 200_000, "single", 2025, 0, facts=facts, place=place) for place in ("US", "CA")]
    assert used == pytest.approx([7_973.00, 6_847.41], abs=CENT)
    assert asked("AMT_CREDIT_CARRIED", 200_000, "single", 2025, 0, facts=facts) == pytest.approx(1_312.72, abs=CENT)
    both = asked("AMT_CREDIT_USED", 200_000, "single", 2025, 0, facts=facts, place="US+CA")
    assert both == pytest.approx(sum(used), abs=CENT)


def test_credit_is_limited_after_exemption_credits():
    """The limit takes the tax of line 35, and AMT that of line 31.

    2025, single, 200,000: line 31 is 14,507.98, the credit of 153 leaves 14,354.98, and 7% x (200,000 - 92,749) =
    7,507.57 of tentative tax leave 6,847.41.
    """
    of_california = california_return(
        {"wages": 200_000, "status": "single", "facts": {"CA minimum tax credit": 10_000}}, 2025
    )
    credit = of_california.total_tax(0.0).minimum_tax_credit
    assert of_california.compared_tax == pytest.approx(14_507.98, abs=CENT)
    assert credit.regular_tax_less_credits == pytest.approx(14_354.98, abs=CENT)
    assert credit.credit_used == credit.most_usable == pytest.approx(6_847.41, abs=CENT)


def test_a_sale_at_a_loss_for_the_amt():
    """25,000 shares bought at 5 when they were worth 31, and sold later at 11.

    The regular gain is 6 a share, 150,000; the AMT has a loss of 20 a share, 500,000, of which 3,000 count. So Form
    6251 line 2k is -3,000 - 150,000 = -153,000, Schedule P line 9 the same, and 497,000 are carried over for either.
    """
    exercised, sold = date(2021, 6, 1), date(2024, 9, 3)
    lot = Lot("shares", "", "ISO", date(2018, 5, 1), exercised, 25_000.0, 5.0, 31.0, vested=exercised)
    share = sell(lot, 11.0, sold)
    facts = dict(zip(LINE_9, (share.gain, share.amt_gain), strict=True))
    assert facts == {LINE_9[0]: 150_000.0, LINE_9[1]: -500_000.0}
    household = (200_000, "single", 2024)
    assert call("AMT_LINE", "6251", "2k", *household, 0, list(facts), list(facts.values())) == -153_000
    assert part_i(200_000, 2024, facts).gain_or_loss == -153_000
    assert asked("AMT_INCOME", *household, 0, facts=facts) == 200_000 + 150_000 - 153_000
    assert asked("AMT_TAXABLE_INCOME", *household, facts=facts) == 350_000 - 5_540
    of_california = california_return({"wages": 200_000, "status": "single", "facts": facts}, 2024)
    refigured = amt_schedule_d_540(of_california.facts, of_california.own, of_california.law)
    income = of_california.minimum_tax(0.0).alternative_minimum_taxable_income
    assert capital_loss_carryover(income, refigured) == (0.0, 497_000.0)


def test_the_loss_goes_on_in_the_next_year():
    """497,000 carried meet 10,000 of gain: the regular return taxes 10,000, the AMT of both deducts 3,000."""
    gains = {"Long-term capital gain": 10_000}
    for carried in ("AMT long-term loss carryover", "CA AMT long-term loss carryover"):
        assert part_i(200_000, 2025, gains | {carried: 497_000}).gain_or_loss == -13_000


# What is not given for California


@pytest.mark.parametrize(
    ("facts", "regular", "amt"),
    [
        # California's own carryover stands in for the federal one, in its AMT too
        ({"Long-term loss carryover": 20_000}, 80_000, 80_000),
        ({"Long-term loss carryover": 20_000, "CA long-term loss carryover": 50_000}, 50_000, 50_000),
        ({"Long-term loss carryover": 20_000, "CA long-term loss carryover": 0}, 100_000, 100_000),
        # the federal AMT's carryover counts where California has none of its own
        ({"AMT long-term loss carryover": 30_000}, 100_000, 70_000),
        ({"AMT long-term loss carryover": 30_000, "CA long-term loss carryover": 50_000}, 50_000, 50_000),
        ({"AMT long-term loss carryover": 30_000, "CA AMT long-term loss carryover": 60_000}, 100_000, 40_000),
        # gains: California's AMT, then the federal AMT, then the regular return
        ({"AMT long-term capital gain": 70_000}, 100_000, 70_000),
        ({"AMT long-term capital gain": 70_000, "CA AMT long-term capital gain": 65_000}, 100_000, 65_000),
        ({"CA AMT long-term capital gain": 65_000, "Long-term loss carryover": 20_000}, 80_000, 45_000),
        ({"CA AMT short-term capital gain": -5_000}, 100_000, 95_000),
        ({"CA AMT short-term loss carryover": 5_000, "Short-term loss carryover": 1_000}, 99_000, 95_000),
        ({"AMT short-term capital gain": 0, "Short-term capital gain": 9_000}, 109_000, 100_000),
    ],
)
def test_defaults_cross_from_the_federal_record(facts, regular, amt):
    """100,000 of long-term gain: California's regular net gain, and the one that Schedule P line 9 refigures."""
    facts = {"Long-term capital gain": 100_000} | facts
    of_california = california_return({"wages": 200_000, "status": "single", "facts": facts}, 2025)
    assert of_california.regular.schedule_d.gain_or_loss == regular
    assert of_california.regular.adjusted_gross_income == 200_000 + regular
    assert of_california.part_i.gain_or_loss == amt - regular


@pytest.mark.parametrize("blank", [None, "", 0])
def test_a_blank_is_zero(blank):
    """A blank beside one of these labels is an amount of 0, as everywhere, alone and in a column."""
    facts = {"Long-term capital gain": 100_000, "AMT long-term capital gain": 70_000}
    facts["CA AMT long-term capital gain"] = blank
    assert asked("AMT_INCOME", 200_000, "single", 2025, 0, facts=facts) == 200_000
    assert asked("AMT_INCOME", [200_000] * 64, "single", 2025, 0, facts=facts) == [200_000] * 64


# Lines that California has otherwise than the United States

STANDARD = {"CA deduction": "standard"}
HSA = {"Adjustments to income": 4_000, "CA income adjustments": 4_000}
ITEMIZED = {"Mortgage interest": 10_000, "CA deduction": "itemized"}


@pytest.mark.parametrize(
    ("line", "facts", "regular", "amt"),
    [
        ("a state tax refund is left out", STANDARD | {"State tax refund": 3_000}, 0, 0),
        ("an HSA contribution comes back", STANDARD | HSA, 0, 0),
        ("interest of US bonds", STANDARD | {"Interest": 5_000, "CA income adjustments": -5_000}, 0, 0),
        ("a property tax refund, line 6", STANDARD | {"Other income": 900, "CA property tax refund": 900}, 900, 0),
        ("state income tax is no deduction", ITEMIZED | {"State income tax": 30_000}, 0, 0),
        ("taxes without a limit, line 3", ITEMIZED | {"Real estate tax": 30_000}, -30_000, 0),
        ("medical, line 2: what is deducted", ITEMIZED | {"Medical expenses": 18_000}, -3_000, 0),
        ("medical, line 2: 2.5 %", ITEMIZED | {"Medical expenses": 40_000}, -25_000, -20_000),
        ("miscellaneous beyond 2 %, line 5", ITEMIZED | {"CA miscellaneous deductions": 10_000}, -6_000, 0),
        ("miscellaneous below 2 %", ITEMIZED | {"CA miscellaneous deductions": 4_000}, 0, 0),
        ("gifts up to half", ITEMIZED | {"Cash gifts": 130_000}, -100_000, -100_000),
        ("more interest", ITEMIZED | {"CA itemized deduction adjustments": 7_000}, -7_000, -7_000),
        ("less interest", ITEMIZED | {"CA itemized deduction adjustments": -7_000}, 7_000, 7_000),
        ("private activity bonds are no item", STANDARD | {"Private activity bond interest": 9_000}, 0, 0),
        ("federal AMT items are no items", STANDARD | {"Other AMT exclusion items": 9_000}, 0, 0),
        ("exclusion items", STANDARD | {"CA other AMT exclusion items": 9_000}, 0, 9_000),
        ("deferral items", STANDARD | {"CA other AMT deferral items": -1}, 0, -1),
        ("wages taxed before, line 9", STANDARD | {"Wages already taxed by AMT": 2_000}, 0, -2_000),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_a_line_changes(line, facts, regular, amt):
    """2024, single, 200,000 of wages: by how much each fact moves taxable income, and line 21."""
    base = {label: facts[label] for label in ("CA deduction", "Mortgage interest") if label in facts}
    moved = [
        asked(name, 200_000, "single", 2024, *own, facts=facts) - asked(name, 200_000, "single", 2024, *own, facts=base)
        for name, own in (("AMT_TAXABLE_INCOME", ()), ("AMT_INCOME", (0,)))
    ]
    assert moved == [regular, amt], line


def test_itemized_deductions_of_a_high_income():
    """2024, single, 400,000: 6% of what passes 244,857 is cut, and the AMT takes it out again on line 18.

    Interest 30,000 and taxes 20,000 may be cut by at most 80%, 40,000; 6% x 155,143 = 9,308.58. So 40,691.42 are
    deducted, and line 21 is 400,000 less the interest alone.
    """
    facts = {"Mortgage interest": 30_000, "Real estate tax": 20_000}
    assert asked("AMT_TAXABLE_INCOME", 400_000, "single", 2024, facts=facts) == pytest.approx(400_000 - 40_691.42)
    assert part_i(400_000, 2024, facts).limit_on_deductions == pytest.approx(-9_308.58)
    assert asked("AMT_INCOME", 400_000, "single", 2024, 0, facts=facts) == pytest.approx(370_000)


@pytest.mark.parametrize(
    ("status", "income", "allowed"),
    [
        ("single", 252_203, 153 + 2 * 475),
        ("single", 252_204, 147 + 2 * 469),  # a begun step of 2,500: 6 a credit
        ("single", 254_703, 147 + 2 * 469),
        ("single", 254_704, 141 + 2 * 463),
        ("mfj", 504_412, 2 * 147 + 2 * 469),  # two personal credits
        ("mfs", 253_454, 141 + 2 * 463),  # steps of 1,250
        (
            "single",
            252_203 + 2_500 * 26,
            2 * (475 - 156),
        ),  # the personal credit is gone, and those of dependents are not
        ("single", 252_203 + 2_500 * 80, 0),
    ],
)
def test_exemption_credits_fall_in_steps(status, income, allowed):
    """2025, two dependents: Form 540 line 32."""
    facts = {"Other dependents": 2}
    of_california = california_return({"wages": income, "status": status, "facts": facts}, 2025)
    assert of_california.total_tax(0.0).exemption_credits.allowed == allowed


def test_behavioral_health_services_tax_is_no_regular_tax_of_schedule_p():
    """1% above 1,000,000 of taxable income, for a joint return too: in all taxes, and not on line 25."""
    for status in ("single", "mfj"):
        taxable = asked("AMT_TAXABLE_INCOME", 1_400_000, status, 2025)
        total = asked("AMT_TOTAL_TAX", 1_400_000, status, 2025, 0)
        assert total - asked("AMT_REGULAR_TAX", 1_400_000, status, 2025) == pytest.approx(0.01 * (taxable - 1_000_000))


def test_gifts_without_itemizing_of_2020():
    """The federal deduction of 300 above the line comes back in California, that of 2021 never left its income."""
    facts = {"Cash gifts": 300, "CA deduction": "standard", "Deduction": "standard"}
    for year, standard in ((2020, 4_601), (2021, 4_803)):
        assert asked("AMT_TAXABLE_INCOME", 200_000, "single", year, facts=facts) == 200_000 - standard


def test_the_choice_of_deduction_is_californias_own():
    """20,000 of state income tax itemizes federally, and leaves California's standard deduction."""
    facts = {"State income tax": 10_000, "Mortgage interest": 5_000}
    assert asked("AMT_TAXABLE_INCOME", 200_000, "single", 2024, facts=facts, place="US") == 185_000
    assert asked("AMT_TAXABLE_INCOME", 200_000, "single", 2024, facts=facts) == 194_460
    facts["Deduction"] = "standard"
    facts["Mortgage interest"] = 6_000
    assert asked("AMT_TAXABLE_INCOME", 200_000, "single", 2024, facts=facts, place="US") == 185_400
    assert asked("AMT_TAXABLE_INCOME", 200_000, "single", 2024, facts=facts) == 194_000


def test_a_separate_filer_whose_spouse_itemizes():
    """No standard deduction, and so nothing on line 1."""
    facts = {"Spouse itemizes": "yes"}
    assert asked("AMT_TAXABLE_INCOME", 100_000, "mfs", 2024, facts=facts) == 100_000
    assert asked("AMT_INCOME", 100_000, "mfs", 2024, 0, facts=facts) == 100_000


def test_less_income_than_nothing():
    """A loss is line 15 as a negative number, without the standard deduction, which line 1 adds back."""
    facts = {"Other income": -300_000}
    assert asked("AMT_TAXABLE_INCOME", 100_000, "single", 2024, facts=facts) == 0
    assert asked("AMT_INCOME", 100_000, "single", 2024, 0, facts=facts) == -200_000
    assert asked("AMT_ROOM", 100_000, "single", 2024, facts=facts) == 290_048
