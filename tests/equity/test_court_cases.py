"""What the courts settled of ISOs and the AMT, with the figures of court_cases.toml.

Not there: Spitz v. Commissioner, T.C. Memo. 2006-168, whose amounts could not be read (its rule stands below), and
Speltz v. Commissioner, 124 T.C. 165 (2005), which settled no figure: the IRS may refuse to compromise an AMT debt on
shares that have lost their value.
"""

from datetime import date

import pytest

from tests.equity.cases import by_source, expected_of, figures_of, only, portfolio_of, read_cases, sales_of
from xl_amt.equity.history import follow
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Sale, Termination
from xl_amt.equity.sales import sell
from xl_amt.errors import NotHeldError
from xl_amt.forms.us.form_6251 import part_i
from xl_amt.household import Household
from xl_amt.planning.years import years

CASES = read_cases("court_cases.toml")
NAMED = {case["source"].split(" v.")[0]: case for case in CASES}
HALF_A_DOLLAR = 0.5  # the opinions print whole dollars


@pytest.mark.parametrize("case", CASES, ids=by_source)
def test_figures(case):
    """Every year shows the figures of the opinion, to the dollar."""
    expected = expected_of(case)
    figures = only(figures_of(case), expected)
    for year, named in expected.items():
        assert figures[year] == pytest.approx(named, rel=0, abs=HALF_A_DOLLAR), year


@pytest.mark.parametrize("case", [case for case in CASES if "kinds" in case], ids=by_source)
def test_kinds_of_sales(case):
    """Each sale is of the kind that the opinion calls it."""
    assert [sale.kind for sale in sales_of(case)] == case["kinds"]


def test_merlo_value_of_the_exercise_not_of_the_following_april():
    """Merlo: what the shares are worth on the following April 15 changes nothing of the AMT income."""
    case = NAMED["Merlo"]
    april = {"from": date(2021, 4, 15), "fmv": 10.0}
    assert figures_of(case | {"values": [april]})[2020] == figures_of(case)[2020]


@pytest.mark.parametrize("name", ["Merlo", "Marcus"])
def test_amt_loss_is_not_carried_back(name):
    """Merlo and Marcus: the loss of the year of the sale leaves the year of the exercise as it was."""
    case = NAMED[name]
    kept = {key: value for key, value in case.items() if key != "sales"}
    sold, unsold = figures_of(case), figures_of(kept | {"expected": {"2020": {}}})
    assert sold[2020]["amt_income"] == unsold[2020]["amt_income"]


def test_palahnuk_compares_all_sales_together():
    """Palahnuk: without the other losses the same sale does give 148,461 of regular gain and -3,000 for the AMT."""
    case = {key: value for key, value in NAMED["Palahnuk"].items() if key != "others"}
    assert figures_of(case)[2021]["line_2k"] == pytest.approx(-151_461)


def test_palahnuk_credit_is_used_as_far_as_the_regular_tax_passes_the_tentative_tax():
    """Palahnuk: in the year of the sale the credit used is regular tax less tentative tax; the rest is carried."""
    case = NAMED["Palahnuk"]
    facts = [
        Household(2020, "mfj", 560_000.0),
        Household(2021, "mfj", 560_000.0, long_term_gain=-153_625.0),
        Household(2022, "mfj", 560_000.0),
    ]
    exercise, sale, after = years(portfolio_of(case), facts)
    credit = sale.household.minimum_tax_credit
    used = sale.tax.minimum_tax_credit.credit_used
    form = sale.tax_return.form_6251(sale.iso_spread)
    assert credit == pytest.approx(exercise.tax.alternative_minimum_tax)  # all of it from a deferral item
    assert used == pytest.approx(sale.tax.regular_tax - form.tentative_minimum_tax)
    assert used > 0.0
    assert after.household.minimum_tax_credit == pytest.approx(credit - used)


def test_kadillak_election_moves_the_amt_income_and_nothing_else():
    """Kadillak: 1,494,658 of the unvested shares is AMT income at exercise; the regular tax is the same either way."""
    with_election, without = (figures_of(case) for case in CASES if case["source"].startswith("Kadillak"))
    assert with_election[2020]["line_2i"] - without[2020]["line_2i"] == pytest.approx(1_494_658, abs=HALF_A_DOLLAR)
    regular = ("wages", "disqualifying_wages", "short_term_gain", "long_term_gain")
    assert only(with_election, dict.fromkeys((2020, 2022), regular)) == only(
        without, dict.fromkeys((2020, 2022), regular)
    )


def test_kadillak_forfeited_shares_give_no_loss():
    """Kadillak: unvested shares that the company takes back give no loss, and none is figured: the lot is refused."""
    case = next(case for case in CASES if case["source"].endswith("with the election under 83(b)"))
    ended = portfolio_of(case | {"termination": {"day": date(2021, 4, 4)}})
    assert ended.termination == Termination(date(2021, 4, 4))
    with pytest.raises(NotHeldError, match=r"^117 / 2020-04-05 / ISO vesting 2022-04-01, 83\(b\): .*\.$"):
        follow(ended, date(2021, 12, 31))


def test_marcus_gain_is_out_of_the_amt_up_to_its_own_basis():
    """Marcus: sold above the AMT basis, line 2k would be the difference of the two bases, 4,344,368."""
    case = NAMED["Marcus"]
    dear = portfolio_of(case | {"sales": [{"day": date(2021, 6, 1), "shares": 30_297, "proceeds": 5_000_000.0}]})
    facts = [Household(year, "mfj", 100_000.0) for year in (2020, 2021)]
    year = years(dear, facts)[1]
    line_2k = part_i(year.household, year.tax_return.regular, year.tax_return.law).disposition_of_property
    assert line_2k == pytest.approx(-4_344_368, abs=HALF_A_DOLLAR)


@pytest.mark.parametrize(
    ("price", "ordinary"), [(30.0, 10.0), (20.0, 10.0), (16.0, 6.0), (10.0, 0.0), (7.0, 0.0)], ids=str
)
def test_spitz_lesser_of_spread_and_gain(price, ordinary):
    """Spitz restates 422(c)(2): ordinary income is the lesser of value less strike and amount realized less strike."""
    exercised = date(2020, 11, 30)
    lot = Lot("1", "Veritas", "ISO", date(2020, 1, 2), exercised, 1, strike=10.0, fmv=20.0, vested=exercised)
    sale = sell(lot, price, date(2021, 2, 28))
    assert sale.wages == ordinary
    assert sale.gain == price - 10.0 - ordinary


def test_worthless_shares_are_a_sale_at_nothing():
    """Merlo: shares that become worthless are sold at 0 at the end of the year, and no wages come of it."""
    (sale,) = sales_of(NAMED["Merlo"])
    assert (sale.proceeds, sale.wages, sale.long_term) == (0.0, 0.0, True)
    assert portfolio_of(NAMED["Merlo"]).sales == (Sale(date(2021, 12, 31), 46_125, 0.0),)
