"""A portfolio followed: early exercise, acceleration, cancellation, the end of the work, lots and their sale."""

from datetime import date

import pytest

from xl_amt.equity.flags import flags
from xl_amt.equity.grants import Grant, VestingEvent
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Termination
from xl_amt.equity.termination import last_day_as_iso, last_day_by_plan
from xl_amt.errors import ArgumentError, NotHeldError

GRANTED = date(2022, 1, 3)
END = date(2035, 12, 31)
VALUES = ((date(2020, 1, 1), 5.0), (date(2023, 1, 1), 20.0), (date(2024, 1, 1), 30.0), (date(2025, 1, 1), 40.0))


def iso(label="A", shares=400, *, granted=GRANTED, strike=10.0, **terms):
    """An ISO whose strike is its value at grant."""
    return Grant(label, "ISO", granted, strike, shares, fmv_at_grant=strike, **terms)


def lots_of(portfolio, through=END):
    """Label, kind and shares of each lot."""
    return [(lot.label, lot.kind, lot.shares) for lot in follow(portfolio, through).lots]


def held(portfolio, through=END):
    """Shares left of each lot that is not sold out, by its label."""
    return {lot.label: lot.shares for lot in follow(portfolio, through).held}


YEARLY = "1/4 yearly"


# Early exercise


def test_early_exercise_makes_a_lot_of_each_tranche():
    """Shares exercised before they vest are a lot a tranche, each with the value of the day on which it vests."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    history = follow(Portfolio((grant,), (Exercise("A", date(2023, 6, 1), 400, 25.0),), values=VALUES), END)
    assert [(lot.vested, lot.fmv_at_vest, lot.exercised_early) for lot in history.lots] == [
        (date(2023, 6, 1), None, False),
        (date(2024, 1, 3), 30.0, True),
        (date(2025, 1, 3), 40.0, True),
        (date(2026, 1, 3), 40.0, True),
    ]
    assert [lot.spread for lot in history.lots] == [15.0, 20.0, 30.0, 30.0]
    assert [lot.income_day.year for lot in history.lots] == [2023, 2024, 2025, 2026]


def test_vested_shares_are_exercised_first():
    """An exercise takes vested shares before unvested ones."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    portfolio = Portfolio((grant,), (Exercise("A", date(2024, 6, 1), 250, 25.0),), values=VALUES)
    assert lots_of(portfolio) == [
        ("A / 2024-06-01 / ISO vesting 2023-01-03", "ISO", 100),
        ("A / 2024-06-01 / ISO vesting 2024-01-03", "ISO", 100),
        ("A / 2024-06-01 / ISO vesting 2025-01-03", "ISO", 50),
    ]


def test_an_election_fixes_the_spread_of_the_unvested_shares_only():
    """The election changes nothing of shares that are vested when they are exercised."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    exercise = Exercise("A", date(2023, 6, 1), 400, 25.0, election_83b=True)
    lots = follow(Portfolio((grant,), (exercise,)), END).lots
    assert [lot.election_83b for lot in lots] == [False, True, True, True]
    assert [lot.spread for lot in lots] == [15.0] * 4
    assert [lot.income_day for lot in lots] == [date(2023, 6, 1)] * 4


@pytest.mark.parametrize("first", [True, False])
def test_two_early_exercises_of_a_day_keep_their_elections(first):
    """Of two early exercises of one day, only the shares of the one with the election are elected."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    day = date(2022, 2, 1)
    exercises = (Exercise("A", day, 40, 12.0, first), Exercise("A", day, 60, 12.0, not first))
    lots = follow(Portfolio((grant,), exercises, values=VALUES), END).lots
    elected = sum(lot.shares for lot in lots if lot.election_83b)
    assert elected == (40 if first else 60)
    assert sum(lot.shares for lot in lots) == 100


def test_early_exercisable_options_count_in_the_year_of_the_grant():
    """Options that may be exercised early count whole in the year of their grant, others as they vest."""
    schedule = {"vesting_schedule": YEARLY, "strike": 10.0, "shares": 40_000}
    early, late = iso(early_exercisable=True, **schedule), iso(**schedule)
    assert [tranche.iso_shares for tranche in follow(Portfolio((early,)), END).tranches] == [10_000, 0, 0, 0]
    assert [tranche.iso_shares for tranche in follow(Portfolio((late,)), END).tranches] == [10_000] * 4


def test_iso_shares_are_exercised_before_nso_shares():
    """Of a grant that the $100,000 rule splits ISO shares come first, or the part that the exercise names."""
    grant = iso(shares=15_000)
    ten = Exercise("A", date(2023, 6, 1), 10_500, 25.0)
    assert lots_of(Portfolio((grant,), (ten,))) == [
        ("A / 2023-06-01 / ISO vesting 2022-01-03", "ISO", 10_000),
        ("A / 2023-06-01 / NSO vesting 2022-01-03", "NSO", 500),
    ]
    named = Exercise("A", date(2023, 6, 1), 4_000, 25.0, option_type="NSO")
    assert lots_of(Portfolio((grant,), (named,))) == [("A / 2023-06-01 / NSO vesting 2022-01-03", "NSO", 4_000)]


# The $100,000 rule across grants


def test_grants_of_one_day_keep_their_order():
    """Of two grants of one day the first listed is taken into account first, all of it (docstring of Portfolio)."""
    schedule = "2025-03-01: 5000; 2025-09-01: 5000"
    first, second = (iso(label, 10_000, vesting_schedule=schedule) for label in ("A", "B"))
    tranches = follow(Portfolio((first, second)), END).tranches
    parts = {label: sum(item.iso_shares for item in tranches if item.grant.label == label) for label in "AB"}
    assert parts == {"A": 10_000, "B": 0}


def test_the_value_at_grant_counts_not_the_strike():
    """The rule counts the value at grant; where it is not known, the strike."""
    grant = Grant("A", "ISO", GRANTED, 20.0, 10_000, fmv_at_grant=10.0)
    assert follow(Portfolio((grant,)), END).tranches[0].iso_shares == 10_000
    unknown = Grant("A", "ISO", GRANTED, 20.0, 10_000)
    assert follow(Portfolio((unknown,)), END).tranches[0].iso_shares == 5_000


def test_the_platform_s_split_is_used_and_flagged():
    """Where the export states the ISO part it is used, the rule's stands beside it, and the difference is flagged."""
    grant = iso(shares=15_000, vesting_events=(VestingEvent(date(2023, 1, 3), 15_000, 9_000),))
    portfolio = Portfolio((grant,), (Exercise("A", date(2023, 6, 1), 9_500, 25.0),))
    history = follow(portfolio, END)
    assert [(lot.kind, lot.shares) for lot in history.lots] == [("ISO", 9_000), ("NSO", 500)]
    assert history.tranches[0].iso_shares_by_rule == 10_000
    assert any("9,000" in flag and "10,000" in flag for flag in flags(portfolio, history))


def test_vesting_before_the_grant_counts_in_the_year_of_the_grant():
    """Shares that have vested by the grant date can first be exercised on it."""
    grant = iso(granted=date(2024, 6, 1), vesting_start=date(2021, 6, 1), vesting_schedule=YEARLY)
    tranches = follow(Portfolio((grant,)), END).tranches
    assert [tranche.exercisable.year for tranche in tranches] == [2024, 2024, 2024, 2025]
    with pytest.raises(ArgumentError, match="before the grant"):
        follow(Portfolio((grant,), (Exercise("A", date(2023, 1, 1), 10, 12.0),)), END)


# Acceleration


def test_acceleration_vests_everything_that_is_not_vested():
    """From the day of the acceleration, that day included, all shares can be exercised."""
    grant = iso(vesting_schedule=YEARLY)
    day = date(2023, 6, 1)
    portfolio = Portfolio((grant,), (Exercise("A", day, 400, 25.0),), accelerations=(Acceleration("A", day),))
    assert sum(shares for _, _, shares in lots_of(portfolio)) == 400
    assert all(not lot.exercised_early for lot in follow(portfolio, END).lots)


def test_acceleration_does_not_touch_what_has_vested():
    """A day of vesting before the acceleration stays."""
    grant = iso(vesting_schedule=YEARLY)
    portfolio = Portfolio((grant,), accelerations=(Acceleration("A", date(2024, 6, 1)),))
    days = [tranche.vests for tranche in follow(portfolio, END).tranches]
    assert days == [date(2023, 1, 3), date(2024, 1, 3), date(2024, 6, 1), date(2024, 6, 1)]


def test_acceleration_vests_shares_exercised_early():
    """Shares exercised early without the election are AMT income on the day of the acceleration, at its value."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    exercise = Exercise("A", date(2022, 6, 1), 400, 12.0)
    day = date(2024, 6, 1)
    portfolio = Portfolio((grant,), (exercise,), values=VALUES, accelerations=(Acceleration("A", day),))
    last = follow(portfolio, END).lots[-1]
    assert (last.vested, last.fmv_at_vest, last.income_day, last.spread) == (day, 30.0, day, 20.0)


def test_acceleration_of_an_early_exercisable_grant_moves_no_year():
    """Options that could be exercised early were exercisable in the year of the grant already."""
    grant = iso(shares=40_000, vesting_schedule=YEARLY, early_exercisable=True)
    before = [tranche.iso_shares for tranche in follow(Portfolio((grant,)), END).tranches]
    portfolio = Portfolio((grant,), accelerations=(Acceleration("A", date(2023, 6, 1)),))
    assert [tranche.iso_shares for tranche in follow(portfolio, END).tranches] == before


def test_acceleration_frees_the_limit_of_later_years():
    """Options that an acceleration takes out of a later year leave its limit to later grants."""
    first = iso("A", 10_000, vesting_schedule="2025-03-01: 10,000")
    second = iso("B", 10_000, granted=date(2022, 6, 1), vesting_schedule="2025-06-01: 10,000")
    portfolio = Portfolio((first, second))
    assert [tranche.iso_shares for tranche in follow(portfolio, END).tranches] == [10_000, 0]
    portfolio = Portfolio((first, second), accelerations=(Acceleration("A", date(2024, 6, 1)),))
    assert [tranche.iso_shares for tranche in follow(portfolio, END).tranches] == [10_000, 10_000]


# Cancellation and the end of the work


def test_canceled_options_cannot_be_exercised():
    """On the day of the cancellation the options can still be exercised, and not after it."""
    day = date(2024, 6, 1)
    grant = iso()
    assert lots_of(Portfolio((grant,), (Exercise("A", day, 400, 25.0),), cancellations=(Cancellation("A", day),)))
    later = Portfolio((grant,), (Exercise("A", date(2024, 6, 2), 1, 25.0),), cancellations=(Cancellation("A", day),))
    with pytest.raises(ArgumentError, match=r"^A: "):
        follow(later, END)


def test_canceled_stock_units_that_have_vested_are_shares():
    """A cancellation takes what is unvested of stock units; those that have vested are shares, and are held."""
    units = Grant("R", "RSU", GRANTED, 0.0, 400, YEARLY)
    portfolio = Portfolio((units,), values=VALUES, cancellations=(Cancellation("R", date(2024, 6, 1)),))
    assert sum(held(portfolio).values()) == 200


def test_the_end_of_the_work_cancels_what_is_unvested():
    """What vests on the last day of work vests; what would vest later is canceled."""
    grant, units = iso(vesting_schedule=YEARLY), Grant("R", "RSU", GRANTED, 0.0, 400, YEARLY)
    portfolio = Portfolio((grant, units), values=VALUES, termination=Termination(date(2024, 1, 3)))
    history = follow(portfolio, END)
    assert [tranche.canceled is None for tranche in history.tranches] == [True, True, False, False] * 2
    assert sum(lot.shares for lot in history.held) == 200


def test_unvested_shares_exercised_early_are_refused_at_the_end_of_the_work():
    """What the company pays for unvested shares is not known: the lot is named, and no figure is given."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    exercise = Exercise("A", date(2022, 2, 1), 400, 12.0, election_83b=True)
    portfolio = Portfolio((grant,), (exercise,), termination=Termination(date(2023, 6, 1)))
    with pytest.raises(NotHeldError, match=r"^A / 2022-02-01 / ISO vesting 2024-01-03, 83\(b\): .*\.$"):
        follow(portfolio, END)


def test_ninety_days_are_not_three_months():
    """Work ended January 31: the plan's 90 days end on May 1, the law's three months on April 30 (IRC 422(a)(2))."""
    grant = iso(exercise_window="90 days")
    ended = Termination(date(2026, 1, 31))
    assert last_day_by_plan(grant, ended) == date(2026, 5, 1)
    assert last_day_as_iso(ended) == date(2026, 4, 30)
    in_time = Portfolio((grant,), (Exercise("A", date(2026, 4, 30), 100, 25.0),), termination=ended)
    late = Portfolio((grant,), (Exercise("A", date(2026, 5, 1), 100, 25.0),), termination=ended)
    too_late = Portfolio((grant,), (Exercise("A", date(2026, 5, 2), 100, 25.0),), termination=ended)
    assert [kind for _, kind, _ in lots_of(in_time)] == ["ISO"]
    assert [kind for _, kind, _ in lots_of(late)] == ["NSO"]
    assert "2026-04-30" in flags(late, follow(late, END))[-1]
    with pytest.raises(ArgumentError, match=r"^A: the exercise of 2026-05-02 is after 2026-05-01, the plan's last day"):
        follow(too_late, END)


def test_the_plan_may_end_before_the_law():
    """Work ended November 20: the plan's 90 days end on February 18, the law's three months on the 20th."""
    ended = Termination(date(2025, 11, 20))
    assert last_day_by_plan(iso(exercise_window="90 days"), ended) == date(2026, 2, 18)
    assert last_day_as_iso(ended) == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("reason", "last_day"),
    [("ended", date(2026, 11, 30)), ("disability", date(2027, 8, 31)), ("death", None)],
)
def test_the_law_s_clock_by_reason(reason, last_day):
    """Three months, a year for the disabled, none after death; the last day of a month where a month is short."""
    assert last_day_as_iso(Termination(date(2026, 8, 31), reason)) == last_day


@pytest.mark.parametrize(
    ("day", "reason", "kind"),
    [
        (date(2027, 8, 31), "disability", "ISO"),
        (date(2027, 9, 1), "disability", "NSO"),
        (date(2026, 12, 1), "ended", "NSO"),
    ],
)
def test_an_exercise_around_the_law_s_last_day(day, reason, kind):
    """Where the plan still allows it, a later exercise is taxed as that of an NSO."""
    grant = iso(exercise_window="7 years")
    ended = Termination(date(2026, 8, 31), reason)
    assert [lot[1] for lot in lots_of(Portfolio((grant,), (Exercise("A", day, 100, 25.0),), termination=ended))] == [
        kind
    ]


@pytest.mark.parametrize(
    ("window", "expires", "last_day"),
    [
        ("90 days", None, date(2026, 11, 29)),
        ("3 months", None, date(2026, 11, 30)),
        ("10 Years", None, date(2032, 1, 3)),  # an ISO ends ten years after its grant
        ("10-year", date(2032, 1, 2), date(2032, 1, 2)),  # never after the options expire
        ("", date(2032, 1, 2), date(2032, 1, 2)),
        ("", None, date(2032, 1, 3)),
    ],
)
def test_the_plan_s_window(window, expires, last_day):
    """Days, months or years from the last day of work, at most until the options expire."""
    grant = iso(exercise_window=window, expiration_date=expires)
    assert last_day_by_plan(grant, Termination(date(2026, 8, 31))) == last_day


def test_options_may_be_exercised_on_the_day_on_which_they_expire():
    """The day of expiry is the last one."""
    grant = iso(expiration_date=date(2032, 1, 2))
    assert lots_of(Portfolio((grant,), (Exercise("A", date(2032, 1, 2), 1, 25.0),)))
    with pytest.raises(ArgumentError, match=r"^A: the exercise of 2032-01-03 is after the options expire"):
        follow(Portfolio((grant,), (Exercise("A", date(2032, 1, 3), 1, 25.0),)), END)


# Lots and their sale


TWO_GRANTS = (iso("A"), iso("A-2", strike=12.0))
THREE_EXERCISES = (
    Exercise("A", date(2023, 3, 1), 100, 20.0),
    Exercise("A-2", date(2023, 2, 1), 100, 20.0),
    Exercise("A", date(2024, 3, 1), 100, 30.0),
)


def test_the_oldest_shares_are_sold_first():
    """Where no lot is named, first in, first out (Treas. Reg. 1.1012-1(c)(1)), whatever their grant."""
    portfolio = Portfolio(TWO_GRANTS, THREE_EXERCISES, (Sale(date(2025, 1, 2), 150, 50.0),))
    assert [(sale.lot.label, sale.lot.shares) for sale in follow(portfolio, END).sales] == [
        ("A-2 / 2023-02-01 / ISO vesting 2022-01-03", 100),
        ("A / 2023-03-01 / ISO vesting 2022-01-03", 50),
    ]


@pytest.mark.parametrize(
    ("names", "sold"),
    [
        (("A",), [("A / 2023-03-01 / ISO vesting 2022-01-03", 100), ("A / 2024-03-01 / ISO vesting 2022-01-03", 20)]),
        (("A / 2024-03-01", "A-2"), [
            ("A / 2024-03-01 / ISO vesting 2022-01-03", 100), ("A-2 / 2023-02-01 / ISO vesting 2022-01-03", 20)
        ]),
        (("A / 2024-03-01 / ISO vesting 2022-01-03", "A"), [
            ("A / 2024-03-01 / ISO vesting 2022-01-03", 100), ("A / 2023-03-01 / ISO vesting 2022-01-03", 20)
        ]),
    ],
)  # fmt: skip
def test_named_lots_are_sold_in_the_order_of_their_names(names, sold):
    """A lot's label, a beginning of it, or several, used up in their order; "A" is not the beginning of "A-2"."""
    portfolio = Portfolio(TWO_GRANTS, THREE_EXERCISES, (Sale(date(2025, 1, 2), 120, 50.0, names),))
    assert [(sale.lot.label, sale.lot.shares) for sale in follow(portfolio, END).sales] == sold


def test_a_lot_may_be_sold_in_parts():
    """What is left of a lot after a sale can be sold later, to the last share."""
    sales = (
        Sale(date(2025, 1, 2), 60, 50.0, ("A / 2024-03-01",)),
        Sale(date(2025, 2, 2), 40, 50.0, ("A / 2024-03-01",)),
    )
    portfolio = Portfolio(TWO_GRANTS, THREE_EXERCISES, sales)
    assert held(portfolio, date(2025, 1, 31))["A / 2024-03-01 / ISO vesting 2022-01-03"] == 40
    assert "A / 2024-03-01 / ISO vesting 2022-01-03" not in held(portfolio)


def test_unvested_shares_are_not_sold():
    """Where no lot is named, shares that are not vested are passed over."""
    grant = iso(vesting_schedule=YEARLY, early_exercisable=True)
    exercises = (Exercise("A", date(2022, 2, 1), 400, 12.0, election_83b=True),)
    portfolio = Portfolio((grant,), exercises, (Sale(date(2023, 6, 1), 100, 20.0),), values=VALUES)
    assert [sale.lot.vested for sale in follow(portfolio, END).sales] == [date(2023, 1, 3)]
    with pytest.raises(ArgumentError, match="100 shares"):
        follow(Portfolio((grant,), exercises, (Sale(date(2023, 6, 1), 101, 20.0),), values=VALUES), END)


def test_a_beginning_of_labels_passes_over_unvested_shares():
    """Several lots named by their beginning: those that are not vested are passed over, as where none is named."""
    first = iso("A", 200, vesting_schedule="2022-06-01: 100; 2030-01-01: 100", early_exercisable=True)
    exercises = (
        Exercise("A", date(2022, 2, 1), 150, 12.0, election_83b=True),  # 50 of them vest in 2030
        Exercise("A-2", date(2022, 8, 1), 50, 12.0),
    )
    portfolio = Portfolio(
        (first, iso("A-2", 50)), exercises, (Sale(date(2025, 2, 1), 140, 20.0, ("A", "A-2")),), values=VALUES
    )
    assert sum(sale.lot.shares for sale in follow(portfolio, END).sales) == 140


def test_two_exercises_of_one_day_are_one_lot():
    """Shares of one tranche exercised twice on one day are the same shares, and one lot."""
    day = date(2023, 3, 1)
    exercises = (Exercise("A", day, 100, 20.0), Exercise("A", day, 50, 20.0))
    assert lots_of(Portfolio((iso(),), exercises)) == [("A / 2023-03-01 / ISO vesting 2022-01-03", "ISO", 150)]


def test_exercised_and_sold_on_one_day():
    """A cashless exercise: the shares of the morning are sold in the afternoon, and are no ISO income of the AMT."""
    day = date(2023, 3, 1)
    portfolio = Portfolio((iso(),), (Exercise("A", day, 400, 20.0),), (Sale(day, 400, 20.0),))
    (sale,) = follow(portfolio, END).sales
    assert (sale.kind, sale.wages, sale.gain, sale.amt_income, sale.amt_gain) == ("same-year", 4_000, 0, 4_000, 0)
    assert not held(portfolio)


# Restricted stock units


def test_stock_units_are_shares_from_the_day_on_which_they_vest():
    """Each tranche is a lot of that day, its value wages and basis, its strike 0."""
    units = Grant("R", "RSU", GRANTED, 0.0, 400, YEARLY)
    lots = follow(Portfolio((units,), values=VALUES), date(2024, 12, 31)).lots
    assert [(lot.acquired, lot.shares, lot.spread, lot.regular_basis, lot.amt_basis) for lot in lots] == [
        (date(2023, 1, 3), 100, 20.0, 20.0, 20.0),
        (date(2024, 1, 3), 100, 30.0, 30.0, 30.0),
    ]


def test_sold_to_cover():
    """Some of the shares that vest are sold that day for the tax: no gain, and the rest is held."""
    units = Grant("R", "RSU", GRANTED, 0.0, 400, YEARLY)
    day = date(2023, 1, 3)
    portfolio = Portfolio((units,), sales=(Sale(day, 37, 20.0),), values=VALUES)
    (sale,) = follow(portfolio, date(2023, 12, 31)).sales
    assert (sale.gain, sale.amt_gain, sale.long_term) == (0.0, 0.0, False)
    assert held(portfolio, date(2023, 12, 31)) == {"R / 2023-01-03 / RSU vesting 2023-01-03": 63}


def test_stock_units_are_no_shares_before_their_grant():
    """A vesting start long before the grant makes no shares, and no wages, of days before the award was there."""
    units = Grant("R", "RSU", date(2024, 6, 1), 0.0, 400, YEARLY, date(2021, 1, 1))
    lots = follow(Portfolio((units,), values=VALUES), END).lots
    assert all(lot.acquired >= date(2024, 6, 1) for lot in lots)


def test_accelerated_stock_units():
    """An acceleration makes shares of all unvested units on its day."""
    units = Grant("R", "RSU", GRANTED, 0.0, 400, YEARLY)
    day = date(2023, 6, 1)
    lots = follow(Portfolio((units,), values=VALUES, accelerations=(Acceleration("R", day),)), END).lots
    assert [(lot.acquired, lot.shares) for lot in lots] == [(date(2023, 1, 3), 100), (day, 300)]


# Days of the law on sales


@pytest.mark.parametrize(
    ("sold", "kind", "long_term"),
    [
        (date(2024, 12, 31), "same-year", False),
        (date(2025, 1, 1), "disqualifying", False),
        (date(2025, 6, 1), "disqualifying", False),  # the anniversary of the exercise
        (date(2025, 6, 2), "disqualifying", True),
        (date(2026, 2, 28), "disqualifying", True),
        (date(2026, 3, 1), "qualifying", True),  # granted on February 29
    ],
)
def test_kinds_of_sales_by_day(sold, kind, long_term):
    """Granted on February 29, 2024, exercised on June 1: the kind of each day on which something changes."""
    grant = iso(granted=date(2024, 2, 29))
    portfolio = Portfolio((grant,), (Exercise("A", date(2024, 6, 1), 100, 20.0),), (Sale(sold, 100, 50.0),))
    (sale,) = follow(portfolio, END).sales
    assert (sale.kind, sale.long_term) == (kind, long_term)


def test_a_sale_of_a_grants_lots_sells_those_there_are():
    """A sale that names a grant takes the lots of its day, whatever is exercised of the grant later."""
    grant = iso()
    first, later = Exercise("A", date(2024, 6, 1), 100, 20.0), Exercise("A", date(2025, 6, 1), 100, 30.0)
    portfolio = Portfolio((grant,), (first, later), (Sale(date(2024, 9, 1), 60, 25.0, lots=("A",)),))
    history = follow(portfolio, END)
    assert [(sale.lot.acquired, sale.lot.shares) for sale in history.sales] == [(first.day, 60)]
    assert [(lot.acquired, lot.shares) for lot in history.held] == [(first.day, 40), (later.day, 100)]


@pytest.mark.parametrize(
    ("price", "loss_allowed", "wages", "gain", "disallowed"),
    [
        (25.0, True, 1_000, 500, 0),
        (20.0, True, 1_000, 0, 0),
        (15.0, True, 500, 0, 0),
        (10.0, True, 0, 0, 0),  # exactly at the strike
        (8.0, True, 0, -200, 0),
        (15.0, False, 1_000, 0, 500),
        (8.0, False, 1_000, 0, 1_200),
        (0.0, False, 1_000, 0, 2_000),  # a gift
        (25.0, False, 1_000, 500, 0),
    ],
)
def test_disqualifying_sales(price, loss_allowed, wages, gain, disallowed):
    """100 shares, strike 10, worth 20 at exercise, sold a year on: wages, gain and disallowed loss."""
    sale = Sale(date(2024, 1, 2), 100, price, loss_allowed=loss_allowed)
    portfolio = Portfolio((iso(granted=date(2023, 1, 3)),), (Exercise("A", date(2023, 3, 1), 100, 20.0),), (sale,))
    (done,) = follow(portfolio, END).sales
    assert (done.wages, done.gain, done.disallowed_loss) == (wages, gain, disallowed)
    assert done.amt_income == 1_000  # of the year before, in full, whatever the price (IRC 56(b)(3))


def test_an_exercise_under_water_has_no_spread():
    """Worth less than the strike there is no income, the strike is the basis, and a later gain is no wages."""
    portfolio = Portfolio((iso(),), (Exercise("A", date(2023, 3, 1), 100, 8.0),), (Sale(date(2023, 9, 1), 100, 15.0),))
    history = follow(portfolio, END)
    assert (history.lots[0].spread, history.lots[0].amt_basis) == (0.0, 10.0)
    assert (history.sales[0].wages, history.sales[0].gain, history.sales[0].amt_gain) == (0.0, 500.0, 500.0)


def test_a_sale_by_the_estate_has_no_holding_periods():
    """After death the periods of IRC 422(a)(1) do not hold (421(c)(1)(A)): no wages, or the case is refused."""
    exercise, sale = Exercise("A", date(2025, 6, 1), 100, 40.0), Sale(date(2026, 1, 5), 100, 50.0)
    ended = Termination(date(2025, 1, 31), "death")
    try:
        sales = follow(Portfolio((iso(),), (exercise,), (sale,), termination=ended), END).sales
    except NotHeldError:
        return
    assert sales[0].wages == 0.0
