"""Forms 3921, W-2 and 1099-B beside ours: official examples, each kind of sale, and documents that differ."""

import doctest
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.days import add_months
from xl_amt.documents import (
    W2,
    Form1099B,
    Form3921,
    Received,
    differences,
    reconcile,
)
from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Exercise, Portfolio, Sale, Termination
from xl_amt.household import Household
from xl_amt.planning.years import years
from xl_amt.worksheet import call

PAGE = Path(__file__).parent.parent.parent / "docs" / "advisors" / "tax-documents.md"
EXERCISED = date(2000, 4, 5)


def one_grant(grant, exercise=None, *sales, values=(), termination=None):
    """A portfolio of one grant."""
    exercises = (exercise,) if exercise else ()
    return Portfolio((grant,), exercises, sales, values, termination=termination)


def kadillak(*, election):
    """Kadillak v. Commissioner, 127 T.C. 184: 32,000 shares at 0.0938, worth 102, of which 17,333 had vested."""
    vesting = (VestingEvent(date(2000, 1, 4), 17_333), VestingEvent(date(2001, 10, 4), 14_667))
    grant = Grant(
        "117", "ISO", date(1999, 4, 5), 0.0938, 32_000,
        fmv_at_grant=0.0938, vesting_events=vesting, early_exercisable=True,
    )  # fmt: skip
    return one_grant(grant, Exercise("117", EXERCISED, 32_000, 102.0, election_83b=election))


def ash():
    """The example of the Form 6251 instructions, line 2k."""
    grant = Grant("1", "ISO", date(2022, 1, 3), 100.0, 200, fmv_at_grant=100.0)
    sales = Sale(date(2025, 1, 18), 100, 750.0), Sale(date(2025, 4, 20), 100, 600.0)
    return one_grant(grant, Exercise("1", date(2024, 3, 13), 200, 1_000.0), *sales)


def oak():
    """Publication 525 (2025), example 8."""
    grant = Grant("Oak", "ISO", date(2023, 3, 12), 10.0, 100, fmv_at_grant=10.0)
    return one_grant(grant, Exercise("Oak", date(2024, 1, 7), 100, 12.0), Sale(date(2025, 1, 27), 100, 15.0))


def same_day_nso():
    """An NSO whose shares are sold on the day of the exercise."""
    day = date(2026, 5, 4)
    return one_grant(
        Grant("N", "NSO", date(2023, 5, 1), 5.0, 1_000), Exercise("N", day, 1_000, 30.0), Sale(day, 1_000, 30.0)
    )


def sell_to_cover():
    """100 RSUs that vest at 50, of which 37 are sold for the withholding."""
    vesting = date(2026, 5, 15)
    grant = Grant("R", "RSU", date(2025, 5, 15), 0.0, 100, vesting_events=(VestingEvent(vesting, 100),))
    return one_grant(grant, None, Sale(vesting, 37, 50.0), values=((vesting, 50.0),))


def early(*, sold, price=250.0, election=True):
    """Treas. Reg. 1.422-1(b)(3), example 2: strike 100, 200 at exercise, 225 on the day of vesting."""
    grant = Grant(
        "E", "ISO", date(2006, 6, 1), 100.0, 1,
        fmv_at_grant=100.0, vesting_events=(VestingEvent(date(2007, 2, 1), 1),), early_exercisable=True,
    )  # fmt: skip
    exercise = Exercise("E", date(2006, 8, 1), 1, 200.0, election_83b=election)
    return one_grant(grant, exercise, Sale(sold, 1, price), values=((date(2007, 2, 1), 225.0),))


def vested_at_once(price, *, loss_allowed=True):
    """The same regulation, example 3: vested at exercise, sold within both periods."""
    grant = Grant("E", "ISO", date(2006, 6, 1), 100.0, 1, fmv_at_grant=100.0)
    sale = Sale(date(2007, 6, 1), 1, price, loss_allowed=loss_allowed)
    return one_grant(grant, Exercise("E", date(2006, 8, 1), 1, 200.0), sale)


# Form 3921


def test_kadillak_with_the_election():
    """The strike of 0.0938 prints as 0.09, which is 121.60 of spread; the election leaves the form's day in force."""
    (exercise,) = reconcile(kadillak(election=True), 2000).exercises
    assert exercise.form == Form3921("117", date(1999, 4, 5), EXERCISED, 0.09, 102.0, 32_000)
    assert round(exercise.amt_income) == 3_260_998  # of the opinion
    assert exercise.difference == pytest.approx(-121.60)
    assert [round(cause.dollars, 2) for cause in exercise.causes] == [-121.60, 0.0]
    assert "83(b) fixes" in exercise.causes[1].sentence


def test_kadillak_without_the_election():
    """Box 4 counts 14,667 unvested shares, whose 1,494,658 are no AMT income of the year of the exercise."""
    (exercise,) = reconcile(kadillak(election=False), 2000).exercises
    assert exercise.form.shares == 32_000
    assert round(exercise.amt_income) == 1_766_340
    assert [round(cause.dollars, 2) for cause in exercise.causes] == [-121.60, -1_494_658.24]


def test_the_form_6251_example():
    """Where all shares are vested and the strike has two decimals, Form 3921 gives line 2i by itself."""
    (exercise,) = reconcile(ash(), 2024).exercises
    assert exercise.form.spread == exercise.spread == exercise.amt_income == 180_000
    assert (exercise.difference, exercise.causes) == (0, ())


def test_vesting_without_a_form():
    """Shares exercised early without an election are AMT income when they vest, and no form of that year says so."""
    portfolio = early(sold=date(2009, 1, 5), election=False)
    assert reconcile(portfolio, 2006).exercises[0].amt_income == 0
    later = reconcile(portfolio, 2007)
    assert later.exercises == ()
    assert [(cause.dollars, cause.sentence) for cause in later.vested_without_form] == [
        (125, ("E, exercised 2006-08-01: the vesting of 1 share in 2007 is AMT income of 125.00; "
        "no Form 3921 of 2007 shows it."))
    ]  # fmt: skip
    assert reconcile(early(sold=date(2009, 1, 5)), 2007).vested_without_form == ()


def test_shares_sold_in_the_year_are_no_adjustment():
    """Form 3921 shows the whole spread, line 2i only that of the shares that are kept."""
    grant = Grant("1", "ISO", date(2025, 1, 15), 10.0, 100, fmv_at_grant=10.0)
    portfolio = one_grant(grant, Exercise("1", date(2026, 3, 2), 100, 30.0), Sale(date(2026, 11, 2), 40, 25.0))
    (exercise,) = reconcile(portfolio, 2026).exercises
    assert (exercise.form.spread, exercise.amt_income) == (2_000, 1_200)
    assert [cause.dollars for cause in exercise.causes] == [-800]


def test_shares_over_the_limit_are_on_the_w_2():
    """Of options worth 150,000 at grant, 10,000 shares are on Form 3921, and 5,000 are wages with code V."""
    grant = Grant("1", "ISO", date(2025, 1, 15), 10.0, 15_000, fmv_at_grant=10.0)
    ours = reconcile(one_grant(grant, Exercise("1", date(2026, 3, 2), 15_000, 30.0)), 2026)
    (exercise,) = ours.exercises
    assert (exercise.form.shares, exercise.nso_shares) == (10_000, 5_000)
    assert exercise.causes[0].sentence.startswith("NSOs of the same exercise: 5,000 shares, under the $100,000 rule")
    assert ours.wages.form == W2(100_000, 100_000, 100_000)


def test_a_late_exercise_has_no_form_3921():
    """More than three months after the work has ended, an ISO is exercised as an NSO."""
    grant = Grant("1", "ISO", date(2024, 1, 15), 10.0, 100, fmv_at_grant=10.0)
    exercise, ended = Exercise("1", date(2026, 7, 2), 100, 30.0), Termination(date(2026, 3, 31))
    ours = reconcile(one_grant(grant, exercise, termination=ended), 2026)
    assert ours.exercises == ()
    assert ours.wages.form == W2(2_000, 2_000, 2_000)


# Form W-2


@pytest.mark.parametrize(
    ("portfolio", "year", "form"),
    [
        (oak(), 2025, W2(200, 0, 0)),  # a disqualifying sale: box 1 only
        (oak(), 2024, W2(0, 0, 0)),  # an ISO's exercise: nothing
        (ash(), 2025, W2(65_000, 0, 0)),
        (same_day_nso(), 2026, W2(25_000, 25_000, 25_000)),
        (sell_to_cover(), 2026, W2(5_000, 5_000, 0)),  # RSUs are not code V
    ],
)
def test_what_equity_adds_to_a_w_2(portfolio, year, form):
    """Boxes 1, 5 and 12 code V."""
    assert reconcile(portfolio, year).wages.form == form


def test_unvested_nso_shares_are_wages_when_they_vest():
    """Without an election, at the value of that day; with one, at the exercise (IRC 83)."""
    grant = Grant(
        "N", "NSO", date(2025, 5, 1), 1.0, 100,
        early_exercisable=True, vesting_events=(VestingEvent(date(2026, 5, 1), 100),),
    )  # fmt: skip
    for election, wages in ((False, [0, 1_900]), (True, [400, 0])):
        exercise = Exercise("N", date(2025, 6, 2), 100, 5.0, election_83b=election)
        portfolio = one_grant(grant, exercise, values=((date(2026, 5, 1), 20.0),))
        assert [reconcile(portfolio, year).wages.form.code_v for year in (2025, 2026)] == wages


# Form 1099-B


def lines(portfolio, year):
    """Each sale of a year: gain on the form, codes, adjustment, gain, term, and AMT basis, gain and term."""
    return [
        (
            own.gain_on_form, own.codes, own.adjustment, own.sale.gain, own.sale.long_term,
            own.amt_basis, own.sale.amt_gain, own.sale.amt_long_term,
        )
        for own in reconcile(portfolio, year).sales
    ]  # fmt: skip


def test_the_sales_of_the_form_6251_example():
    """A disqualifying and a qualifying sale, with the AMT losses of 25,000 and 40,000 of the instructions."""
    assert lines(ash(), 2025) == [
        (65_000, "B", -65_000, 0, False, 100_000, -25_000, False),
        (50_000, "", 0, 50_000, True, 100_000, -40_000, True),
    ]


def test_the_sale_of_publication_525():
    """Wages of 200 and a gain of 300, where the form shows a gain of 500."""
    (sale,) = reconcile(oak(), 2025).sales
    assert sale.form == Form1099B(
        "Oak / 2024-01-07 / ISO vesting 2023-03-12", date(2025, 1, 27), 100, 1_500, 1_000, True
    )
    assert lines(oak(), 2025) == [(500, "B", -200, 300, True, 1_200, 300, True)]
    assert sale.why == (
        (
            "The form's basis is what was paid; the wages of 200.00 are part of our basis, and without the adjustment "
            "they are taxed twice."
        ),
    )


def test_a_same_day_sale_of_an_nso():
    """The form shows all of the wages as gain; there is none."""
    assert lines(same_day_nso(), 2026) == [(25_000, "B", -25_000, 0, False, 30_000, 0, False)]


def test_sell_to_cover():
    """The form has no basis, so that column (e) takes ours, and nothing is left to adjust."""
    (sale,) = reconcile(sell_to_cover(), 2026).sales
    assert sale.form.basis is None
    assert (sale.basis_on_form_8949, sale.codes, sale.adjustment, sale.sale.gain) == (1_850, "", 0, 0)
    assert "does not mean a basis of 0" in sale.why[0]


def test_an_early_exercise_sold_too_soon():
    """The form counts from the exercise; a disqualifying sale has wages by the value at vesting, and its days too."""
    assert lines(early(sold=date(2007, 9, 4)), 2007) == [(150, "BT", -125, 25, False, 200, 50, True)]
    (sale,) = reconcile(early(sold=date(2007, 9, 4)), 2007).sales
    assert [words.split()[0:3] for words in sale.why] == [
        ["The", "form's", "basis"],
        ["The", "form", "counts"],
        ["Form", "8949", "for"],
    ]


@pytest.mark.parametrize(
    ("portfolio", "line"),
    [
        (vested_at_once(250.0), (150, "B", -100, 50)),
        (vested_at_once(150.0), (50, "B", -50, 0)),
        (vested_at_once(150.0, loss_allowed=False), (50, "BW", -50, 0)),  # 100 of wages, and a loss of 50 put off
        (vested_at_once(50.0), (-50, "", 0, -50)),
    ],
)
def test_the_examples_of_the_regulation(portfolio, line):
    """Treas. Reg. 1.422-1(b)(3): the wages are what the form lacks, and a wash sale's loss is code W."""
    assert lines(portfolio, 2007)[0][:4] == line


def test_a_gift_has_wages_and_no_form():
    """A gift is no sale through a broker; a disqualifying one is wages in full."""
    gift = reconcile(vested_at_once(0.0, loss_allowed=False), 2007)
    assert gift.sales == ()
    assert gift.wages.form == W2(100, 0, 0)


def test_a_broker_may_have_added_the_wages_of_an_old_option():
    """The rule holds for options granted from 2014 on."""
    assert "before 2014" in reconcile(vested_at_once(250.0), 2007).sales[0].why[0]
    assert "before 2014" not in reconcile(oak(), 2025).sales[0].why[0]


# What really came


def received_as_ours(ours):
    """Documents with our own figures on them, to the last decimal."""
    return Received(
        tuple(exercise.form._replace(exercise_price=exercise.strike) for exercise in ours.exercises),
        ours.wages.form,
        tuple(sale.form._replace(basis=sale.basis, long_term=sale.sale.long_term) for sale in ours.sales),
    )


def test_a_form_3921_that_differs():
    """Each box in a sentence: what rounding explains, and what it does not."""
    ours = reconcile(kadillak(election=True), 2000)
    form = ours.exercises[0].form
    name = "Form 3921 of 117, exercised 2000-04-05: "
    assert differences(ours, Received((form,))) == [
        f"{name}box 3 shows 0.09 a share, ours is 0.0938; rounding to cents explains it, and 121.60 of spread."
    ]
    form = form._replace(granted=date(1999, 5, 4), exercise_price=0.0938, fmv=101.5, shares=30_000)
    assert differences(ours, Received((form,))) == [
        f"{name}box 1 shows a grant of 1999-05-04, ours is 1999-04-05; the two years to a qualifying sale run from it.",
        (
            f"{name}box 4 shows 101.50 a share, ours is 102.00; rounding does not explain it, and the spread differs "
            "by 15,000.00."
        ),
        (
            f"{name}box 5 shows 30,000 shares, ours is 32,000; rounding does not explain it, so compare the split into "
            "ISOs and NSOs and the other exercises."
        ),
    ]


def test_forms_3921_missing_and_unknown():
    """A form of another day is not ours, and ours is then missing."""
    ours = reconcile(ash(), 2024)
    other = ours.exercises[0].form._replace(exercised=date(2024, 3, 14))
    missing, unknown = differences(ours, Received((other,)))
    assert missing == "Form 3921 of 1, exercised 2024-03-13: none was received for 200 shares; ask the company."
    assert unknown.startswith("Form 3921 of 1, exercised 2024-03-14: our record has no ISOs of this grant")


def test_a_form_3921_that_ignores_the_limit():
    """A form for ISO and NSO shares together is recognized."""
    grant = Grant("1", "ISO", date(2025, 1, 15), 10.0, 15_000, fmv_at_grant=10.0)
    ours = reconcile(one_grant(grant, Exercise("1", date(2026, 3, 2), 15_000, 30.0)), 2026)
    form = ours.exercises[0].form._replace(shares=15_000)
    assert differences(ours, Received((form,))) == [
        (
            "Form 3921 of 1, exercised 2026-03-02: box 5 shows 15,000 shares, ours is 10,000; it counts the 5,000 "
            "shares that our record treats as NSOs."
        )
    ]


def test_several_forms_for_one_exercise():
    """A company may send one for each tranche; they count together."""
    ours = reconcile(ash(), 2024)
    form = ours.exercises[0].form
    assert differences(ours, Received((form._replace(shares=150), form._replace(shares=50)))) == []


@pytest.mark.parametrize(
    ("portfolio", "shown", "likely"),
    [
        (oak(), W2(0, 0, 0), ["report them on Schedule 1 (Form 1040), line 8k, instead of box 1"]),
        (oak(), W2(200, 200, 0), ["not Medicare wages"]),
        (
            oak(),
            W2(200, 0, 200),
            ["code V, shows 200.00 of equity, ours is 0.00; it includes the wages from disqualifying"],
        ),
        (oak(), W2(150, 0, 0), ["compare the values per share"]),
        (
            same_day_nso(),
            W2(0, 0, 0),
            ["omits the wages from NSOs", "omits the wages from NSOs", "compare the exercises"],
        ),
        (sell_to_cover(), W2(0, 0, 0), ["omits the wages from RSUs", "omits the wages from RSUs"]),
        (sell_to_cover(), W2(5_000, 5_000, 5_000), ["it includes the wages from RSUs"]),
    ],
)
def test_a_w_2_that_differs(portfolio, shown, likely):
    """Each box in a sentence, after the other pay, with what the figure itself gives away."""
    ours = reconcile(portfolio, portfolio.sales[0].day.year)
    pay = W2(180_000, 190_000, 0)
    received = W2(*(box + other for box, other in zip(shown, pay, strict=True)))
    found = [words for words in differences(ours, Received(w2=received), pay) if words.startswith("Form W-2")]
    assert len(found) == len(likely)
    for sentence, cause in zip(found, likely, strict=True):
        assert cause in sentence


def test_where_wages_go_that_no_w_2_has():
    """Line 8k is of 2022 and later."""
    (found,) = differences(reconcile(vested_at_once(250.0), 2007), received_as_ours(
        reconcile(vested_at_once(250.0), 2007))._replace(w2=W2()))  # fmt: skip
    assert "Schedule 1 (Form 1040), other income, instead of box 1" in found


@pytest.mark.parametrize(
    ("changes", "likely"),
    [
        ({"basis": 375.20}, "it is what was paid, without 47,624.80 of wages, which would be taxed twice."),
        ({"basis": 360.0}, "rounding the strike of 0.0938 to cents explains it, and 47,624.80 of wages that"),
        ({"basis": 0.0}, ("neither the wages nor the rounding of the strike explains it, so ask the broker. On Form "
         "8949 that is code B and -48,000.00")),
        ({"basis": None}, "box 1e is blank, ours is 48,000.00; enter ours in column (e)"),
        ({"proceeds": 59_975.0}, "box 1d shows 59,975.00, ours is 60,000.00; the price differs, or fees"),
        ({"shares": 3_900}, "box 1a shows 3,900 shares, ours is 4,000"),
        ({"long_term": False}, "box 2 shows short-term, ours is long-term"),
        ({"sold": date(2026, 3, 3)}, "our record has no such sale"),
    ],
)  # fmt: skip
def test_a_form_1099_b_that_differs(changes, likely):
    """Each box in a sentence; the lot may be named by its beginning."""
    ours = reconcile(one_sale(), 2026)
    form = received_as_ours(ours).forms_1099b[0]._replace(lot="ES-1 / 2025-02-03")
    assert differences(ours, Received(forms_1099b=(form,))) == []
    found = differences(ours, Received(forms_1099b=(form._replace(**changes),)))
    assert likely in found[0]
    assert len(found) == (2 if "sold" in changes else 1)
    assert ("none was received for 4,000 shares" in found[-1]) is ("sold" in changes)


def wash_sale(**changes):
    """A wash sale of 1,000 ISO shares at 51, worth 201 at exercise, and the sentence on the broker's form of it."""
    ours = reconcile(
        one_grant(
            Grant("W", "ISO", date(2025, 1, 15), 1.0, 1_000, fmv_at_grant=1.0),
            Exercise("W", date(2026, 2, 2), 1_000, 201.0),
            Sale(date(2026, 9, 1), 1_000, 51.0, loss_allowed=False),
        ),
        2026,
    )
    (own,) = ours.sales
    found = differences(ours, Received(forms_1099b=(own.form._replace(lot="W", **changes),)))
    return own, next(sentence for sentence in found if "box 1e" in sentence)


def test_a_form_1099_b_of_a_wash_sale():
    """The codes and the amount are those of the line of Form 8949, and column (e) still needs code W."""
    own, sentence = wash_sale()
    assert (own.codes, own.adjustment, own.sale.disallowed_loss) == ("BW", -50_000, 150_000)
    assert sentence.endswith(
        "On Form 8949 that is code BW and -50,000.00, or ours in column (e) with code W and 150,000.00 where the IRS "
        "was not told the basis."
    )
    _, blank = wash_sale(basis=None)
    assert "enter ours in column (e) of Form 8949 with code W and 150,000.00, or 200,000.00 of wages" in blank
    _, late = wash_sale(long_term=True)
    assert "code BTW and -50,000.00, or ours in column (e) with code TW and 150,000.00" in late


@given(st.integers(0, 300), st.booleans())
def test_a_form_1099_b_names_the_line_of_form_8949(price, loss_allowed):
    """What the sentence says of a form is what the reconciled sale says of it, at every price."""
    ours = reconcile(vested_at_once(float(price) + 1.0, loss_allowed=loss_allowed), 2007)
    (own,) = ours.sales
    found = differences(ours, Received(forms_1099b=(own.form,), w2=ours.wages.form))
    if "B" in own.codes:
        assert f"On Form 8949 that is code {own.codes} and {own.adjustment:,.2f}, or ours" in found[0]
    else:
        assert found == []


# Every portfolio

STRIKES = st.sampled_from([0.0938, 1.0, 7.125])
PRICES = st.integers(0, 40).map(float)


@st.composite
def portfolios(draw):
    """Three grants of every kind, exercised in parts, early or not, and sold in lots at any price."""
    grants, exercises, sales = [], [], []
    for label, kind in (("I", "ISO"), ("N", "NSO"), ("R", "RSU")):
        granted = date(2022, draw(st.integers(1, 12)), 10)
        early_exercisable = kind != "RSU" and draw(st.booleans())
        grants.append(
            Grant(
                label, kind, granted, 0.0 if kind == "RSU" else draw(STRIKES), 60_000, "1/3 yearly", granted,
                fmv_at_grant=draw(st.sampled_from([1.0, 5.0])), early_exercisable=early_exercisable,
            )
        )  # fmt: skip
        held_from = add_months(granted, 12)
        if kind != "RSU":
            exercised = add_months(granted, draw(st.integers(1 if early_exercisable else 12, 30)))
            shares = draw(st.sampled_from([60_000, 45_001, 7] if early_exercisable else [20_000, 7]))
            election = draw(st.booleans())
            fmv = next((other.fmv for other in exercises if other.day == exercised), draw(PRICES))
            exercises.append(Exercise(label, exercised, shares, fmv, election_83b=election))
            held_from = max(held_from, exercised)
        for _ in range(draw(st.integers(0, 2))):
            day = add_months(held_from, draw(st.integers(0, 18)))
            allowed = draw(st.booleans())
            sales.append((label, day, draw(PRICES), allowed))
    history = follow(Portfolio(tuple(grants), tuple(exercises), values=((date(2022, 1, 1), 20.0),)), date(2026, 12, 31))
    left = {lot.label: lot for lot in history.lots}
    chosen = []
    for label, day, price, allowed in sales:
        lots = [lot for lot in left.values() if lot.grant_label == label and lot.vested <= day]
        if lots and day.year <= 2026:
            lot = left.pop(lots[0].label)
            chosen.append(Sale(day, max(1, int(lot.shares) // 2), price, (lot.label,), loss_allowed=allowed))
    return Portfolio(tuple(grants), tuple(exercises), tuple(chosen), values=((date(2022, 1, 1), 20.0),))


@given(portfolios())
def test_the_form_and_the_adjustment_make_our_gain(portfolio):
    """For every kind of sale: the income that the basis lacks, less the loss that is not deducted."""
    for year in range(2022, 2027):
        for own in reconcile(portfolio, year).sales:
            sale = own.sale
            assert own.gain_on_form + own.adjustment == pytest.approx(sale.gain, abs=1e-6)
            lacking = sale.wages + sale.earlier_wages if own.form.basis is not None else 0.0
            assert own.adjustment == pytest.approx(sale.disallowed_loss - lacking, abs=1e-6)
            assert sale.proceeds - own.amt_basis == pytest.approx(sale.amt_gain - sale.amt_disallowed_loss, abs=1e-6)
            assert ("B" in own.codes) is (lacking > 0.01)
            assert ("W" in own.codes) is (sale.disallowed_loss > 0.0)


@given(portfolios())
def test_documents_add_up_to_the_household(portfolio):
    """Forms W-2 make the added wages, Forms 3921 with their causes line 2i, and Forms 8949 the gains of each year."""
    facts = [Household(year, "single", 100_000.0) for year in range(2022, 2027)]
    for own in years(portfolio, facts):
        ours = reconcile(portfolio, own.household.year)
        household, documents = own.household, ours.wages.form
        assert household.wages - 100_000 == pytest.approx(documents.wages, abs=1e-6)
        assert household.medicare_wages - 100_000 == pytest.approx(documents.medicare_wages, abs=1e-6)
        line_2i = sum(item.amt_income for item in ours.exercises) + sum(it.dollars for it in ours.vested_without_form)
        assert line_2i == pytest.approx(own.iso_spread, abs=1e-6)
        for exercise in ours.exercises:
            assert sum(cause.dollars for cause in exercise.causes) == pytest.approx(exercise.difference, abs=0.02)
        gains = household.short_term_gain + household.long_term_gain
        assert sum(sale.sale.gain for sale in ours.sales) == pytest.approx(gains, abs=1e-6)


@given(portfolios(), st.integers(2022, 2026))
def test_documents_with_our_figures_do_not_differ(portfolio, year):
    """Where every box is ours, nothing is listed."""
    ours = reconcile(portfolio, year)
    assert differences(ours, received_as_ours(ours)) == []


# The page


def one_sale():
    """The client of docs/advisors/tax-documents.md."""
    grant = Grant("ES-1", "ISO", date(2024, 6, 3), 0.0938, 4_000, fmv_at_grant=0.0938)
    return one_grant(grant, Exercise("ES-1", date(2025, 2, 3), 4_000, 12.0), Sale(date(2026, 3, 2), 4_000, 15.0))


def test_the_tables_of_the_page():
    """Each document of the client, and the tax that is paid twice, are the functions' figures."""
    (exercise,) = reconcile(one_sale(), 2025).exercises
    (sale,) = reconcile(one_sale(), 2026).sales
    wages, gain = sale.sale.wages, sale.sale.gain
    labels = ["Medicare wages", "Wages already taxed by AMT", "AMT long-term capital gain", "Long-term capital gain"]
    right, wrong = (
        call("AMT_TOTAL_TAX", 180_000 + wages, "single", 2026, 0, labels, [180_000, wages, gain, shown])
        for shown in (gain, sale.gain_on_form)
    )
    for row in (
        f"| Form 3921 of 2025, box 3, strike | {exercise.form.exercise_price} | {exercise.strike} |",
        f"| AMT income that the boxes give | {exercise.form.spread:,.2f} | **{exercise.amt_income:,.2f}** (",
        (
            f"| box 1e, basis | **{sale.form.basis:,.2f}** | **{sale.basis:,.2f}** for the regular tax, "
            f"{sale.amt_basis:,.2f} for the AMT |"
        ),
        f"| gain | {sale.gain_on_form:,.2f} | **{gain:,.2f}**, long-term, under both |",
        (
            f"| Form 8949 | {sale.form.proceeds:,.2f} | {sale.form.basis:,.2f} | {sale.codes} | "
            f"−{-sale.adjustment:,.2f} | {gain:,.2f} |"
        ),
        (
            f"| the same, refigured for the AMT | {sale.form.proceeds:,.2f} | {sale.amt_basis:,.2f} | | | "
            f"{sale.sale.amt_gain:,.2f} |"
        ),
        f"| with the adjustment | {right:,.2f} |",
        f"| with the gain of the Form 1099-B | {wrong:,.2f} |",
        f"| **paid twice** | **{wrong - right:,.2f}** |",
    ):
        assert row in PAGE.read_text("utf-8")
    assert sale.sale.long_term
    assert sale.sale.amt_long_term


def test_the_examples_of_the_page():
    """The Python of the page prints what the page says."""
    tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried.attempted
    assert not tried.failed
