"""What holds for every grant, schedule, portfolio and sale, whatever the figures."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.grants import Grant
from xl_amt.equity.history import follow
from xl_amt.equity.hundred_thousand import iso_part
from xl_amt.equity.lots import Lot
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale
from xl_amt.equity.sales import sell
from xl_amt.equity.vesting import schedule_events, vested_shares, vesting_of

A_MILLIONTH = 1e-6  # of a dollar: what binary fractions may cost
DUST = 1e-4  # dollars: the same in sums over many sales of millions
LIMIT = 100_000
START, END = date(2018, 1, 1), date(2040, 12, 31)
EVERY_YEAR = range(START.year - 1, END.year + 1)


def cents(largest):
    """Amounts to the cent, often whole dollars, so that ties are met."""
    return st.one_of(
        st.integers(0, largest).map(float),
        st.integers(0, largest * 100).map(lambda amount: amount / 100),
    )


def written(amount):
    """The decimal number that an amount is written as, exactly."""
    return Fraction(repr(float(amount)))


# The $100,000 rule


@given(st.integers(0, 2_000_000), st.one_of(cents(500), cents(200_000)), cents(250_000))
@example(10_000, 10.0, 0.0)
@example(10_001, 10.0, 0.0)
@example(3, 0.1, 99_999.7)  # to the cent, which a binary fraction would miss
@example(1, 0.0, 100_000.0)
@example(5, 150_000.0, 0.0)
def test_iso_part_fits_and_one_more_share_does_not(shares, fmv_at_grant, value_before):
    """The ISO part is whole, no more than the shares, within the limit; one more share would pass it."""
    part = iso_part(shares, fmv_at_grant, value_before)
    assert part == int(part)
    assert 0 <= part <= shares
    value, before = written(fmv_at_grant), written(value_before)
    assert not part or part * value + before <= LIMIT
    if part < shares and before < LIMIT:
        assert (part + 1) * value + before > LIMIT


SCHEDULES = (
    "",
    "1/48 monthly, 1 year cliff",
    "M-48-12",
    "Q-48-0",
    "1/36 monthly, no cliff",
    "25% after 1 year, then 1/48 monthly",
    "20% annually",
    "immediate",
    "1/8 semi-annually",
    "3/48 at month 3, then 1/48 monthly",
)
DAYS = st.dates(START, date(2026, 12, 31))
FIRST_YEARS = st.dates(START, date(2020, 12, 31))


@st.composite
def grants(draw, number, kinds=("ISO", "ISO", "NSO"), largest=40_000, days=DAYS):
    """One award, of a value at grant that often reaches the limit."""
    granted = draw(days)
    strike = draw(cents(20))
    kind = draw(st.sampled_from(kinds))
    return Grant(
        f"G{number}",
        kind,
        granted,
        0.0 if kind == "RSU" else strike,
        draw(st.integers(1, largest)),
        draw(st.sampled_from(SCHEDULES)),
        draw(st.one_of(st.none(), st.just(granted - timedelta(days=40)))) if kind != "RSU" else None,
        fmv_at_grant=draw(st.one_of(st.none(), st.just(strike))),
        early_exercisable=draw(st.booleans()),
    )


@st.composite
def lists_of_grants(draw, **options):
    """Up to six awards, each with its own label."""
    return tuple(draw(grants(number, **options)) for number in range(draw(st.integers(1, 6))))


def iso_value_by_year(tranches):
    """The value at grant of the ISO parts, by the year in which they count."""
    values = {}
    for tranche in tranches:
        year = tranche.exercisable.year
        if tranche.grant.option_type == "ISO" and not (tranche.canceled and tranche.canceled.year < year):
            value = tranche.iso_shares * written(tranche.grant.value_at_grant)
            values[year] = values.get(year, Fraction(0)) + value
    return values


def check_split(tranches):
    """Both parts add up, neither is negative, and no year passes the limit."""
    for tranche in tranches:
        assert tranche.iso_shares + tranche.nso_shares == tranche.shares
        assert min(tranche.iso_shares, tranche.nso_shares) >= 0
        assert tranche.grant.option_type == "ISO" or tranche.iso_shares == 0
    assert all(value <= LIMIT for value in iso_value_by_year(tranches).values())


@given(lists_of_grants())
def test_no_calendar_year_passes_the_limit(awards):
    """ISO part + NSO part = shares, and of all options first exercisable in a year no more than 100,000 are ISOs."""
    check_split(follow(Portfolio(awards), END).tranches)


@given(lists_of_grants(), st.data())
def test_no_calendar_year_passes_the_limit_after_accelerations_and_cancellations(awards, data):
    """The same when grants are accelerated and canceled, with exercises before and after; what is exercised stays."""
    portfolio = Portfolio(awards)
    day = START
    for _ in range(data.draw(st.integers(1, 8))):
        day += timedelta(days=data.draw(st.integers(1, 900)))
        grant = data.draw(st.sampled_from(awards))
        if day < grant.grant_date:
            continue
        before = follow(portfolio, day)
        step = data.draw(st.sampled_from(("accelerate", "cancel", "exercise", "exercise")))
        if step == "accelerate":
            portfolio = changed(portfolio, accelerations=(Acceleration(grant.label, day),))
        elif step == "cancel":
            portfolio = changed(portfolio, cancellations=(Cancellation(grant.label, day),))
        elif available := exercisable(before, grant, day):
            shares = data.draw(st.integers(1, available))
            portfolio = changed(portfolio, exercises=(Exercise(grant.label, day, shares, 30.0),))
        after = follow(portfolio, day)
        check_split(after.tranches)
        kinds = {lot.label: lot.kind for lot in after.lots}
        assert all(kinds[lot.label] == lot.kind for lot in before.lots)
    check_split(follow(portfolio, END).tranches)


def exercisable(history, grant, day):
    """The shares of a grant that can be exercised on a day."""
    return sum(
        tranche.unexercised
        for tranche in history.tranches
        if tranche.grant.label == grant.label and tranche.exercisable <= day and not tranche.canceled
    )


def changed(portfolio, **more):
    """The portfolio with more steps."""
    kinds = ("exercises", "sales", "values", "accelerations", "cancellations")
    steps = {kind: getattr(portfolio, kind) + more.get(kind, ()) for kind in kinds}
    return Portfolio(portfolio.grants, termination=portfolio.termination, **steps)


# Vesting


@given(st.integers(1, 1_000_000), DAYS, st.sampled_from([text for text in SCHEDULES if text]))
def test_tranches_add_up_to_the_grant(shares, start, schedule):
    """Tranches are whole shares above zero, in order, one a day, and add up to the award."""
    events = schedule_events(shares, start, schedule)
    assert sum(event.shares for event in events) == shares
    assert all(event.shares == int(event.shares) > 0 for event in events)
    days = [event.day for event in events]
    assert days == sorted(set(days))


@given(st.integers(1, 100_000), DAYS, st.integers(1, 120), st.integers(0, 120), st.dates(START, END))
def test_cumulative_rounding_is_never_a_share_away(shares, start, months, cliff, as_of):
    """What has vested by any day is the elapsed part of the award, less than one share rounded off."""
    cliff = min(cliff, months)
    vested = vested_shares(shares, start, f"M-{months}-{cliff}", as_of)
    elapsed = (as_of.year - start.year) * 12 + as_of.month - start.month
    next_day = as_of + timedelta(days=1)
    if as_of.day < start.day and next_day.month == as_of.month:  # the month's own day has not come, nor its last
        elapsed -= 1
    exact = Fraction(shares * min(elapsed, months), months) if elapsed >= max(cliff, 1) else Fraction(0)
    assert 0 <= exact - vested < 1


@given(lists_of_grants(kinds=("ISO", "NSO", "RSU")))
def test_tranches_of_a_portfolio_add_up(awards):
    """Every award's tranches, exercised or not, add up to what was granted."""
    values = ((date(2000, 1, 1), 3.0),)
    tranches = follow(Portfolio(awards, values=values), END).tranches
    for grant in awards:
        assert sum(tranche.shares for tranche in tranches if tranche.grant == grant) == grant.shares_granted
        assert sum(event.shares for event in vesting_of(grant)) == grant.shares_granted


# Sales of one lot


@st.composite
def lots(draw):
    """A lot of any kind: vested, exercised early, with and without the election, under water too."""
    granted = draw(DAYS)
    acquired = granted + timedelta(days=draw(st.integers(0, 1_500)))
    kind = draw(st.sampled_from(("ISO", "ISO", "NSO", "RSU")))
    early = kind != "RSU" and draw(st.booleans())
    return Lot(
        label="lot",
        grant_label="G",
        kind=kind,
        grant_date=granted,
        acquired=acquired,
        shares=draw(st.integers(1, 100_000)),
        strike=0.0 if kind == "RSU" else draw(cents(100)),
        fmv=draw(cents(300)),
        vested=acquired + timedelta(days=draw(st.integers(1, 1_000))) if early else acquired,
        fmv_at_vest=draw(cents(300)) if early else None,
        election_83b=early and draw(st.booleans()),
    )


@st.composite
def lots_sold(draw):
    """A lot, a price and a day of its sale, often within the holding periods."""
    lot = draw(lots())
    return lot, draw(cents(400)), lot.vested + timedelta(days=draw(st.one_of(st.integers(0, 800), st.just(1))))


@given(lots_sold(), st.booleans())
def test_income_and_gain_are_proceeds_less_cost(sold, loss_allowed):
    """Wages + gain - disallowed loss = proceeds - cost, under both systems, for every kind of sale."""
    lot, price, day = sold
    sale = sell(lot, price, day, loss_allowed=loss_allowed)
    result = pytest.approx(lot.shares * price - lot.shares * lot.strike, rel=1e-12, abs=A_MILLIONTH)
    assert sale.proceeds - sale.cost == result
    assert sale.wages + sale.earlier_wages + sale.gain - sale.disallowed_loss == result
    assert sale.amt_income + sale.amt_gain - sale.amt_disallowed_loss == result
    assert min(sale.wages, sale.disallowed_loss, sale.amt_income, sale.amt_disallowed_loss) >= 0.0


@given(lots_sold())
def test_wages_and_a_loss_never_come_together_where_the_loss_counts(sold):
    """Where a loss would be recognized, wages are at most the gain, and a sale at a loss has none (422(c)(2))."""
    lot, price, day = sold
    sale = sell(lot, price, day)
    spread = lot.shares * lot.disqualified_spread
    assert sale.disallowed_loss == sale.amt_disallowed_loss == 0.0
    if sale.kind in {"disqualifying", "same-year"}:
        gain = max(sale.proceeds - sale.cost, 0.0)
        assert sale.wages == pytest.approx(min(spread, gain), rel=1e-12, abs=A_MILLIONTH)
    else:
        assert sale.wages == 0.0


@given(lots_sold())
def test_wages_are_not_limited_where_a_loss_would_not_count(sold):
    """In a wash sale, a sale to a related party or a gift the whole spread is wages, and no loss is recognized."""
    lot, price, day = sold
    sale = sell(lot, price, day, loss_allowed=False)
    whole = sale.kind in {"disqualifying", "same-year"}
    assert sale.wages == pytest.approx(lot.shares * lot.disqualified_spread if whole else 0.0)
    assert min(sale.gain, sale.amt_gain) >= 0.0


@given(lots_sold())
def test_both_systems_are_one_where_the_spread_was_wages(sold):
    """The sale of NSO or RSU shares is the same for the regular tax and the AMT."""
    lot, price, day = sold
    sale = sell(lot, price, day)
    if lot.kind != "ISO":
        assert sale.kind == "taxed as wages"
        assert (sale.gain, sale.long_term) == (sale.amt_gain, sale.amt_long_term)
        assert sale.earlier_wages == sale.amt_income == lot.shares * lot.spread


@given(lots_sold())
def test_a_qualifying_sale_is_long_term_and_has_no_wages(sold):
    """After both periods all is long-term gain for the regular tax, and the strike is the whole basis."""
    lot, price, day = sold
    sale = sell(lot, price, day)
    if sale.kind == "qualifying":
        assert sale.long_term
        assert sale.gain == pytest.approx(lot.shares * (price - lot.strike))


@given(lots_sold(), st.data())
def test_a_sale_in_two_parts_is_the_sum_of_both(sold, data):
    """A lot sold in two parts at one price on one day gives what it gives in one."""
    lot, price, day = sold
    first = data.draw(st.integers(0, lot.shares))
    loss_allowed = data.draw(st.booleans())
    whole = sell(lot, price, day, loss_allowed=loss_allowed)
    parts = [sell(lot.of(shares), price, day, loss_allowed=loss_allowed) for shares in (first, lot.shares - first)]
    for name, total in whole._asdict().items():
        if isinstance(total, bool) or not isinstance(total, float) or name == "price":
            assert name == "lot" or all(getattr(part, name) == total for part in parts)
        else:
            assert sum(getattr(part, name) for part in parts) == pytest.approx(total, rel=1e-12, abs=A_MILLIONTH)


# Portfolios


@st.composite
def portfolios(draw):
    """Awards of all kinds that are exercised, early or not, and sold in parts, on days in any pattern."""
    awards = draw(lists_of_grants(kinds=("ISO", "ISO", "NSO", "RSU"), largest=20_000, days=FIRST_YEARS))
    values = tuple((date(year, 1, 1), draw(cents(60))) for year in range(2017, 2041))
    portfolio = Portfolio(awards, values=values)
    day = date(2019, 6, 30)
    for _ in range(draw(st.integers(1, 8))):
        day += timedelta(days=draw(st.one_of(st.integers(0, 60), st.integers(200, 700))))
        history = follow(portfolio, day)
        held = int(sum(lot.shares for lot in history.held if lot.vested <= day))
        fmv = portfolio.value_on(day, "test")
        if held and draw(st.booleans()):
            portfolio = changed(portfolio, sales=(Sale(day, draw(st.integers(1, held)), draw(cents(80))),))
            continue
        options = [
            grant
            for grant in awards
            if grant.option_type != "RSU" and grant.grant_date <= day <= (grant.last_day or day)
        ]
        if options:
            grant = draw(st.sampled_from(options))
            if available := exercisable(history, grant, day):
                step = Exercise(grant.label, day, draw(st.integers(1, available)), fmv, draw(st.booleans()))
                portfolio = changed(portfolio, exercises=(step,))
    return portfolio


def sold_out(portfolio, price):
    """The portfolio with everything sold on a last day, after all has vested."""
    held = int(sum(lot.shares for lot in follow(portfolio, END).held))
    return changed(portfolio, sales=(Sale(END, held, price),)) if held else portfolio


@given(portfolios(), cents(80))
def test_amt_adjustments_of_a_life_add_up_to_nothing(portfolio, price):
    """Once all shares are sold, AMT income and regular income of all years are the same, and are the profit made."""
    history = follow(sold_out(portfolio, price), END)
    assert not history.held
    years = amounts_of(history, EVERY_YEAR).values()
    spreads = sum(year.iso_spread for year in years)
    already_taxed = sum(year.wages_already_taxed_by_amt for year in years)
    gains = sum(year.short_term_gain + year.long_term_gain for year in years)
    amt_gains = sum(year.amt_short_term_gain + year.amt_long_term_gain for year in years)
    wages = sum(year.wages + year.disqualifying_wages for year in years)
    assert spreads - already_taxed + amt_gains - gains == pytest.approx(0.0, abs=DUST)
    proceeds = sum(year.proceeds for year in years)
    paid = sum(year.strike_paid for year in years)
    assert wages + gains == pytest.approx(proceeds - paid, abs=DUST)


@given(portfolios())
def test_no_year_has_a_negative_spread(portfolio):
    """Line 2i of no year is below zero, whatever is sold in it."""
    years = amounts_of(follow(portfolio, END), EVERY_YEAR).values()
    assert all(year.iso_spread >= -A_MILLIONTH for year in years)
    assert all(year.wages_already_taxed_by_amt <= year.disqualifying_wages + A_MILLIONTH for year in years)


@given(portfolios())
def test_no_share_is_lost(portfolio):
    """What was exercised or vested is held or sold; what was not is left in its tranche."""
    history = follow(portfolio, END)
    exercised = sum(step.shares for step in portfolio.exercises)
    units = sum(tranche.shares for tranche in history.tranches if tranche.grant.option_type == "RSU")
    acquired = sum(lot.shares for lot in history.lots)
    assert acquired == exercised + units
    assert acquired == sum(lot.shares for lot in history.held) + sum(sale.lot.shares for sale in history.sales)
    granted = sum(grant.shares_granted for grant in portfolio.grants)
    assert acquired + sum(tranche.unexercised for tranche in history.tranches) == granted


@given(portfolios(), st.randoms())
def test_the_order_in_which_things_are_listed_does_not_matter(portfolio, chance):
    """Grants of different days, and steps of different days, give the same in any order."""
    days = [grant.grant_date for grant in portfolio.grants]
    steps = [step.day for step in (*portfolio.exercises, *portfolio.sales)]
    assume(len(set(days)) == len(days) and len(set(steps)) == len(steps))
    shuffled = {}
    for name in ("grants", "exercises", "sales", "values"):
        rows = list(getattr(portfolio, name))
        chance.shuffle(rows)
        shuffled[name] = tuple(rows)
    first, second = follow(portfolio, END), follow(Portfolio(**shuffled), END)
    assert sorted(map(split_of_tranche, first.tranches)) == sorted(map(split_of_tranche, second.tranches))
    ours, theirs = amounts_of(first, EVERY_YEAR), amounts_of(second, EVERY_YEAR)
    for year in EVERY_YEAR:
        for name in ours[year].__slots__:
            assert getattr(ours[year], name) == pytest.approx(getattr(theirs[year], name), abs=DUST), (year, name)


def split_of_tranche(tranche):
    """What a tranche is, in figures that can be sorted."""
    return tranche.grant.label, tranche.vests, tranche.shares, tranche.iso_shares, tranche.unexercised


@given(portfolios().map(lambda portfolio: sold_out(portfolio, 9.0)), st.data())
def test_a_sale_split_in_two_changes_no_year(portfolio, data):
    """Two sales of one day at one price do to every year what one sale of all their shares does."""
    assume(portfolio.sales)
    chosen = data.draw(st.integers(0, len(portfolio.sales) - 1))
    sale = portfolio.sales[chosen]
    first = data.draw(st.integers(0, sale.shares))
    parts = [Sale(sale.day, shares, sale.price) for shares in (first, sale.shares - first) if shares]
    sales = (*portfolio.sales[:chosen], *parts, *portfolio.sales[chosen + 1 :])
    in_two = Portfolio(portfolio.grants, portfolio.exercises, sales, portfolio.values)
    ours = amounts_of(follow(portfolio, END), EVERY_YEAR)
    theirs = amounts_of(follow(in_two, END), EVERY_YEAR)
    for year in EVERY_YEAR:
        for name in ours[year].__slots__:
            assert getattr(ours[year], name) == pytest.approx(getattr(theirs[year], name), abs=DUST), (year, name)


@given(portfolios(), st.dates(START, END))
def test_later_steps_do_not_change_earlier_years(portfolio, through):
    """What has come of a portfolio by a day is the same whether later steps are known or not."""
    early = Portfolio(
        portfolio.grants,
        tuple(step for step in portfolio.exercises if step.day <= through),
        tuple(step for step in portfolio.sales if step.day <= through),
        portfolio.values,
    )
    assert follow(early, through) == follow(portfolio, through)
