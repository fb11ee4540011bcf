"""The calendar: every kind of entry on its day, nothing twice, nothing invented."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_amt.calendar import calendar_of
from xl_amt.days import add_months
from xl_amt.equity.amounts import amounts_of
from xl_amt.equity.grants import Grant, HeldGrant, VestingEvent
from xl_amt.equity.held import followed_from
from xl_amt.equity.history import follow
from xl_amt.equity.portfolio import Acceleration, Cancellation, Exercise, Portfolio, Sale, Termination
from xl_amt.errors import ArgumentError

FIRST, LAST = date(2026, 1, 1), date(2030, 12, 31)
YEARLY = "1/4 yearly"


def day(text):
    """A day as 2026-03-01."""
    return date.fromisoformat(text)


def grant(**changes):
    """An ISO of 4,800 shares, vested from its grant on January 15, 2024, with changes."""
    terms = {"label": "ES-1", "option_type": "ISO", "grant_date": day("2024-01-15"), "strike": 2.0}
    return Grant(**terms | {"shares_granted": 4_800, "expiration_date": day("2034-01-14")} | changes)


def calendar(*grants, first=FIRST, last=LAST, lock_up_ends=None, counted_on=None, **portfolio):
    """The calendar of a portfolio of grants."""
    return calendar_of(Portfolio(grants, **portfolio), first, last, lock_up_ends=lock_up_ends, counted_on=counted_on)


def entries(kind, *grants, **given):
    """The entries of one kind, by day."""
    return {due.day.isoformat(): due for due in calendar(*grants, **given).entries if due.kind == kind}


def exercises(*texts, fmv=12.0, election_83b=False):
    """Exercises of ES-1, each "2026-03-02 500"."""
    return tuple(
        Exercise("ES-1", day(text.split()[0]), int(text.split()[1]), fmv, election_83b=election_83b) for text in texts
    )


# Elections under IRC 83(b)


def early(**changes):
    """A grant that may be exercised before it vests on March 1 of four years."""
    terms = {"vesting_schedule": YEARLY, "vesting_start": day("2026-03-01"), "early_exercisable": True}
    return grant(**terms | {"shares_granted": 400} | changes)


def test_planned_election_is_reminded_of():
    """Thirty days after an early exercise, or the next business day, with the form and what it fixes."""
    due = entries("83(b) election", early(), exercises=exercises("2026-07-24 400", election_83b=True))
    assert list(due) == ["2026-08-24"]
    detail = due["2026-08-24"].detail
    assert detail.startswith("File Form 15620 for 400 shares exercised on 2026-07-24 before vesting, online")
    assert "It sets the AMT income to the spread at exercise, and vesting adds none." in detail
    assert "For the regular tax it changes nothing." in detail
    assert "The 30th day, 2026-08-23, is a Sunday: filing by Friday, 2026-08-21, is safest." in detail
    holiday = entries("83(b) election", early(), exercises=exercises("2026-08-08 400"))["2026-09-08"].detail
    assert "The 30th day, 2026-09-07, is a legal holiday: filing by Friday, 2026-09-04, is safest." in holiday


def test_planned_election_of_nonqualified_options():
    """An NSO's election fixes wages, for every tax."""
    due = entries("83(b) election", early(option_type="NSO"), exercises=exercises("2026-07-01 9", election_83b=True))
    assert due["2026-07-31"].detail.endswith("It sets the wages to the spread at exercise, and vesting adds none.")


def test_without_an_election_it_says_what_follows():
    """The same day, and that the spread of each vesting day is income."""
    due = entries("83(b) election", early(), exercises=exercises("2026-07-01 400"))
    assert "No election is planned for 400 shares" in due["2026-07-31"].detail
    assert "AMT income as they vest" in due["2026-07-31"].detail


def test_two_early_exercises_with_one_deadline_are_one_entry():
    """Exercises whose 30th days are a Saturday and a Sunday share the Monday."""
    due = entries("83(b) election", early(), exercises=exercises("2026-07-23 10", "2026-07-24 20"))
    assert list(due) == ["2026-08-24"]
    assert "10 shares exercised on 2026-07-23" in due["2026-08-24"].detail
    assert "20 shares exercised on 2026-07-24" in due["2026-08-24"].detail


def test_vested_shares_need_no_election():
    """No deadline, and a note where an election is planned all the same."""
    found = calendar(grant(), exercises=exercises("2026-07-01 400", election_83b=True))
    assert not [due for due in found.entries if due.kind == "83(b) election"]
    assert found.notes == (
        "ES-1: the shares exercised on 2026-07-01 are vested that day, so an 83(b) election does not apply.",
    )
    assert calendar(grant(), exercises=exercises("2026-07-01 400")).notes == ()


# Vesting


def test_vesting_of_options():
    """Each vesting day, the shares, the strike, and what vests later."""
    due = entries("vesting", grant(vesting_schedule=YEARLY, vesting_start=day("2024-03-01"), strike=0.0938))
    assert list(due) == ["2026-03-01", "2027-03-01", "2028-03-01"]
    assert due["2026-03-01"].title == "ES-1: 1,200 shares vest"
    assert due["2026-03-01"].detail == "They can be exercised at 0.0938 a share. 2,400 vest later."
    assert due["2028-03-01"].detail == "They can be exercised at 0.0938 a share."


def test_vesting_of_stock_units_needs_no_value():
    """The value is wages; the amount stands there only where the value is known."""
    units = grant(option_type="RSU", strike=0.0, vesting_schedule=YEARLY, vesting_start=day("2025-03-01"))
    due = entries("vesting", units, values=((day("2027-01-01"), 12.5),))
    assert due["2026-03-01"].detail.startswith("Their value this day is wages;")
    assert due["2027-03-01"].detail.startswith(
        "Their value this day (15,000.00 at 12.50 a share, the value of 2027-01-01) is wages;"
    )
    assert due["2027-03-01"].source == "IRC 83(a)"
    assert "long-term" in entries("long-term", units)["2027-03-02"].title


def test_vesting_of_shares_exercised_early():
    """What was exercised early is told from what can be exercised, and its income by the election."""
    plain = entries("vesting", early(), exercises=exercises("2026-07-01 150"))
    assert plain["2027-03-01"].detail == (
        "100 shares exercised early on 2026-07-01 can be sold from this day on; without an 83(b) election, their value "
        "this day less the strike is AMT income of 2027. 300 vest later."
    )
    assert plain["2028-03-01"].detail.startswith("50 shares can be exercised at 2.00 a share, as they could before")
    elected = entries("vesting", early(), exercises=exercises("2026-07-01 150", election_83b=True))
    assert "vesting adds no income" in elected["2027-03-01"].detail
    assert (plain["2027-03-01"].source, elected["2027-03-01"].source) == ("IRC 83(a)", "")


def test_what_never_vests_is_not_entered():
    """After the end of the work, a cancellation or an expiration nothing vests; an acceleration vests all at once."""
    yearly = grant(vesting_schedule=YEARLY, vesting_start=day("2024-03-01"))
    assert list(entries("vesting", yearly, termination=Termination(day("2026-12-01")))) == ["2026-03-01"]
    assert list(entries("vesting", yearly, cancellations=(Cancellation("ES-1", day("2026-12-01")),))) == ["2026-03-01"]
    ends_first = grant(
        vesting_schedule=YEARLY, vesting_start=day("2024-03-01"), expiration_date=day("2027-01-01"), label="ES-2"
    )
    assert list(entries("vesting", ends_first)) == ["2026-03-01"]
    accelerated = entries("vesting", yearly, accelerations=(Acceleration("ES-1", day("2026-06-30")),))
    assert [(at, due.title) for at, due in accelerated.items()] == [
        ("2026-03-01", "ES-1: 1,200 shares vest"),
        ("2026-06-30", "ES-1: 2,400 shares vest"),
    ]


def test_an_acceleration_tells_of_an_early_exercise_once():
    """Shares of several former tranches vest in one sentence, however many there were."""
    plan = {"exercises": exercises("2026-07-01 400"), "accelerations": (Acceleration("ES-1", day("2026-12-01")),)}
    (detail,) = (due.detail for due in entries("vesting", early(), **plan, first=day("2026-12-01")).values())
    assert detail == (
        "400 shares exercised early on 2026-07-01 can be sold from this day on; without an 83(b) election, their value "
        "this day less the strike is AMT income of 2026."
    )


def test_vesting_that_is_not_understood_is_a_note():
    """The other grants keep their entries; the grant keeps its expiration, and says what is not known."""
    odd = grant(label="ES-2", vesting_schedule="as the board sees fit", expiration_date=day("2029-05-05"))
    found = calendar(grant(vesting_schedule=YEARLY), odd)
    assert [note for note in found.notes if "as the board sees fit" in note]
    assert {due.subject for due in found.entries if due.kind == "vesting"} == {"ES-1"}
    expiration = next(due for due in found.entries if due.subject == "ES-2")
    assert "what has vested of 4,800 whose vesting dates are not known" in expiration.detail
    with pytest.raises(ArgumentError, match="as the board sees fit"):
        calendar(odd, exercises=(Exercise("ES-2", day("2026-03-01"), 1, 5.0),))


# Holding periods


def test_first_qualifying_day_by_grant_and_by_exercise():
    """Two years from the grant or one from the exercise, whichever is later; all of a day in one line."""
    due = entries("qualifying", grant(grant_date=day("2025-06-01")), exercises=exercises(
        "2026-03-02 100", "2026-04-01 200", "2026-09-01 300"
    ))  # fmt: skip
    assert {at: one.title for at, one in due.items()} == {
        "2027-06-02": "ES-1: 300 shares can be sold in a qualifying sale",
        "2027-09-02": "ES-1: 300 shares can be sold in a qualifying sale",
    }
    assert "exercised on 2026-03-02 and 2026-04-01" in due["2027-06-02"].detail


def test_long_term_before_qualifying():
    """A long-term day of its own only where it comes first, and it says what is still wages until when."""
    due = entries("long-term", grant(grant_date=day("2025-06-01")), exercises=exercises(
        "2026-03-02 100", "2026-09-01 300"
    ))  # fmt: skip
    assert list(due) == ["2027-03-03"]
    assert due["2027-03-03"].title == "ES-1: gain on 100 shares is long-term from now on"
    assert "still wages in a sale before 2027-06-02" in due["2027-03-03"].detail


def test_long_term_of_shares_taxed_as_wages():
    """An NSO's shares from the exercise; exercised early without an election, from vesting; with one, from exercise."""
    nso = entries("long-term", grant(option_type="NSO"), exercises=exercises("2026-03-02 100"))
    assert list(nso) == ["2027-03-03"]
    assert "includes the wages taxed" in nso["2027-03-03"].detail
    plan = exercises("2026-07-01 100"), exercises("2026-07-01 100", election_83b=True)
    assert list(entries("long-term", early(option_type="NSO"), exercises=plan[0])) == ["2028-03-02"]
    assert list(entries("long-term", early(option_type="NSO"), exercises=plan[1])) == ["2027-07-02"]


def test_early_exercised_isos():
    """The qualifying clock runs from the exercise; the AMT's, and that of a disqualifying sale, from vesting."""
    due = entries("qualifying", early(), exercises=exercises("2026-07-01 200"))
    assert list(due) == ["2027-07-02"]
    assert "Not vested by then, and not to be sold until they are: 100 shares." in due["2027-07-02"].detail
    assert "For the AMT, without an election, their gain is long-term from 2028-03-02" in due["2027-07-02"].detail
    assert "The spread of 100 shares vesting in 2027 stays AMT income of 2027 from this day on, sold or not." in (
        due["2027-07-02"].detail
    )
    assert due["2027-07-02"].source == "IRC 422(a)(1); 56(b)(3), 422(c)(2)"
    elected = entries("qualifying", early(), exercises=exercises("2026-07-01 200", election_83b=True))
    assert "For the AMT" not in elected["2027-07-02"].detail
    assert "stays AMT income" not in elected["2027-07-02"].detail

    vests_soon = grant(
        grant_date=day("2026-06-01"), vesting_schedule=YEARLY, vesting_start=day("2025-09-01"), early_exercisable=True
    )
    (at, one), *_ = entries("long-term", vests_soon, exercises=exercises("2026-07-01 1200", election_83b=True)).items()
    assert at == "2027-09-02"
    assert one.detail.startswith("Held for more than one year since 2026-09-01, when they vested.")
    assert "before 2028-06-02" in one.detail
    assert one.source == "IRC 1222(3); Treas. Reg. 1.422-1(b)(3)"


def test_sold_shares_are_left_out():
    """Only what is still held when the day begins."""
    plan = {"exercises": exercises("2026-03-02 100"), "sales": (Sale(day("2026-06-01"), 60, 12.0),)}
    assert entries("qualifying", grant(), **plan)["2027-03-03"].title.startswith("ES-1: 40 shares")
    all_sold = plan | {"sales": (Sale(day("2026-06-01"), 100, 12.0),)}
    assert entries("qualifying", grant(), **all_sold) == {}
    sold_that_day = plan | {"sales": (Sale(day("2027-03-03"), 100, 12.0),)}
    assert list(entries("qualifying", grant(), **sold_that_day)) == ["2027-03-03"]


# Last days


def test_expiration_counts_what_is_left():
    """The options that are left on the last day; no entry where none is."""
    due = entries("expiration", grant(expiration_date=day("2029-01-14")), exercises=exercises("2026-03-02 800"))
    assert list(due) == ["2029-01-14"]
    assert due["2029-01-14"].detail == (
        "4,000 shares left to exercise. It is a Sunday: exercise by Friday, 2029-01-12. What is not exercised by then "
        "is lost."
    )
    assert entries("expiration", grant(expiration_date=day("2029-01-14")), exercises=exercises("2026-03-02 4800")) == {}
    canceled = (Cancellation("ES-1", day("2028-01-01")),)
    assert entries("expiration", grant(expiration_date=day("2029-01-14")), cancellations=canceled) == {}


def test_expiration_of_options_that_have_not_vested():
    """What vests later cannot be exercised, unless it may be early."""
    ends_first = {"vesting_schedule": YEARLY, "vesting_start": day("2024-03-01"), "expiration_date": day("2026-06-30")}
    assert entries("expiration", grant(**ends_first))["2026-06-30"].detail == (
        "2,400 shares left to exercise. What is not exercised by then is lost."
    )
    assert entries("expiration", grant(**ends_first, early_exercisable=True))["2026-06-30"].detail[:6] == "4,800 "
    assert entries("expiration", grant(**ends_first | {"vesting_start": day("2026-03-01")})) == {}


def test_last_days_on_a_holiday():
    """No law moves an exercise: it must be made on the business day before."""
    due = entries("expiration", grant(expiration_date=day("2027-09-06")))  # Labor Day
    assert "It is a legal holiday: exercise by Friday, 2027-09-03." in due["2027-09-06"].detail
    assert "exercise by" not in entries("expiration", grant(expiration_date=day("2027-09-07")))["2027-09-07"].detail


def test_an_iso_that_is_none_by_its_term():
    """An expiration later than the law allows is a note, in the words of the flags."""
    too_long = grant(expiration_date=day("2035-01-14"))
    (note,) = calendar(too_long).notes
    assert note.startswith("ES-1: it may be exercised until 2035-01-14")
    assert note.endswith("so the option is not an ISO (IRC 422(b)(3)).")
    assert calendar(grant()).notes == ()
    assert calendar(grant(option_type="NSO", expiration_date=day("2039-01-14"))).notes == ()


def test_unknown_expiration_is_asked_for():
    """An ISO's latest day by law stands there in its place (five years for a 10% owner); an NSO has only the note."""
    old = grant(grant_date=day("2018-05-05"), expiration_date=None)
    due = entries("expiration", old)
    assert list(due) == ["2028-05-05"]
    assert "may be earlier: ask for it now" in due["2028-05-05"].detail
    assert calendar(old).notes == (
        "Ask when the options of ES-1 expire. By law, ISOs end no later than: ES-1 on 2028-05-05.",
    )
    owner = grant(expiration_date=None, ten_percent_owner=True)
    assert list(entries("expiration", owner)) == ["2029-01-15"]
    nso = calendar(grant(option_type="NSO", expiration_date=None))
    assert nso == ((), ("Ask when the options of ES-1 expire.",))
    exercised = calendar(old, exercises=exercises("2026-03-02 4800"))
    assert exercised.notes == ()
    assert calendar(grant(option_type="RSU", strike=0.0, expiration_date=None)).notes == ()


LEFT = Termination(date(2026, 11, 30))
LAST_OF_2034 = date(2034, 12, 31)


def test_both_clocks_after_the_work_has_ended():
    """The plan's window beyond the law's: an entry for each, and what an exercise between them is."""
    yearly = grant(vesting_schedule=YEARLY, vesting_start=day("2024-03-01"), exercise_window="1 year")
    found = calendar(yearly, termination=LEFT, exercises=exercises("2027-01-04 400"))
    last_days = {due.kind: due for due in found.entries if due.kind in {"plan window", "ISO window", "expiration"}}
    assert list(last_days) == ["ISO window", "plan window"]
    assert last_days["ISO window"].day == day("2027-02-28")
    assert last_days["ISO window"].detail == (
        "2,000 shares left to exercise. It is a Sunday: exercise by Friday, 2027-02-26. The law allows three months "
        "from the end of employment on 2026-11-30. An exercise after this day until 2027-11-30 is an exercise of "
        "NSOs: the spread is wages, with tax withheld, and not AMT income."
    )
    assert last_days["plan window"].day == day("2027-11-30")
    assert "An exercise after 2027-02-28 is an exercise of NSOs" in last_days["plan window"].detail


def test_plan_window_that_ends_first():
    """Ninety days are not three months: one entry, which says that the law does not prolong it."""
    found = calendar(grant(exercise_window="90 days"), termination=Termination(day("2026-05-01")))
    (due,) = found.entries
    assert (due.day, due.kind) == (day("2026-07-30"), "plan window")
    assert "The law would treat them as ISOs until 2026-08-01, but that does not extend" in due.detail
    assert found.notes == ()


def test_plan_window_on_a_weekend():
    """The plan's days are not moved either."""
    found = calendar(grant(exercise_window="90 days"), termination=Termination(day("2026-06-28")))
    assert (found.entries[0].kind, found.entries[0].day) == ("plan window", day("2026-09-26"))
    assert "It is a Saturday: exercise by Friday, 2026-09-25." in found.entries[0].detail


def test_the_term_that_cuts_the_plan_window():
    """Where the options end before the window does, the entry is their expiration, with what the law says of ISOs."""
    ends_first = grant(exercise_window="10 years", expiration_date=day("2029-01-15"))
    found = calendar(ends_first, termination=LEFT)
    assert [(due.kind, due.day.isoformat()) for due in found.entries] == [
        ("ISO window", "2027-02-28"),
        ("expiration", "2029-01-15"),
    ]
    assert found.entries[1].detail.endswith("An exercise after 2027-02-28 is an exercise of NSOs: the spread is wages.")
    (nso,) = calendar(grant(option_type="NSO", exercise_window="10 years"), termination=LEFT, last=LAST_OF_2034).entries
    assert (nso.kind, nso.day, nso.source) == ("expiration", day("2034-01-14"), "")


def test_an_iso_that_the_law_ends_soon_after_the_work():
    """Without a known expiration, neither window goes beyond the ten years of the law."""
    old = grant(grant_date=day("2017-01-15"), expiration_date=None)
    for window in ("", "1 year", "10 years"):
        found = calendar(replace(old, exercise_window=window), termination=LEFT)
        assert [(due.kind, due.day.isoformat()) for due in found.entries] == [("expiration", "2027-01-15")]


def test_unknown_plan_window_is_asked_for():
    """The law's day stands there, the plan's is asked for, and the expiration stays with a warning."""
    found = calendar(grant(expiration_date=day("2029-01-14")), termination=LEFT)
    assert [(due.kind, due.day) for due in found.entries] == [
        ("ISO window", day("2027-02-28")),
        ("expiration", day("2029-01-14")),
    ]
    assert "if the plan allows it at all" in found.entries[0].detail
    assert found.entries[1].detail.endswith("The plan may end them sooner, since employment has ended.")
    (note,) = found.notes
    assert note.startswith(
        "Ask how long the plan allows the options of ES-1 to be exercised after employment ended on 2026"
    )


@pytest.mark.parametrize(
    ("reason", "last_as_iso", "source"),
    [("disability", "2027-11-30", "IRC 422(c)(6)"), ("death", None, "IRC 421(c)(1)(A)")],
)
def test_disability_and_death(reason, last_as_iso, source):
    """One year after a disability, no end after a death."""
    found = calendar(grant(exercise_window="3 years"), termination=Termination(LEFT.day, reason))
    by_kind = {due.kind: due for due in found.entries}
    assert by_kind["plan window"].day == day("2029-11-30")
    if last_as_iso is None:
        assert "ISO window" not in by_kind
        assert by_kind["plan window"].source == source
    else:
        assert (by_kind["ISO window"].day.isoformat(), by_kind["ISO window"].source) == (last_as_iso, source)
        assert "The law allows one year, after a disability, from the end" in by_kind["ISO window"].detail


@pytest.mark.parametrize(("reason", "common"), [("ended", True), ("disability", False), ("death", False)])
def test_a_common_window_is_named_only_where_it_is_common(reason, common):
    """Ninety days are the usual window of someone who leaves, not of the disabled or of an estate."""
    notes = calendar(grant(), termination=Termination(LEFT.day, reason)).notes
    assert notes[0].endswith("; 90 days is common." if common else "on 2026-11-30.")


def test_after_a_death_the_shares_are_the_estates():
    """Its own days end; the last return and the last days to exercise stay, and the note says whom to ask."""
    died = Termination(day("2026-11-30"), "death")
    plan = {
        "exercises": exercises("2026-01-05 300"),
        "termination": died,
        "lock_up_ends": day("2027-06-01"),
    }
    found = calendar(grant(exercise_window="1 year", qualified_small_business=True), **plan)
    assert [(due.day.isoformat(), due.kind) for due in found.entries] == [
        ("2026-04-15", "estimated tax"),
        ("2026-06-15", "estimated tax"),
        ("2026-09-15", "estimated tax"),
        ("2027-04-15", "tax return"),
        ("2027-11-30", "plan window"),
    ]
    assert "can pay for it" not in found.entries[3].detail
    (note,) = found.notes
    assert note == (
        "After the death on 2026-11-30 the shares and options belong to the estate, with a basis and holding periods "
        "of their own (IRC 421(c), 1014): ask the estate's advisor."
    )
    before = calendar(
        grant(exercise_window="1 year"), **plan | {"termination": Termination(day("2027-02-01"), "death")}
    )
    kinds = [due.kind for due in before.entries]
    assert ("year end" in kinds, "qualifying" in kinds, kinds.count("estimated tax")) == (True, True, 4)


def test_options_that_expire_before_the_work_ends():
    """The expiration stands, and no clock starts."""
    found = calendar(
        grant(exercise_window="90 days", expiration_date=day("2026-11-30")), termination=LEFT, lock_up_ends=None
    )
    assert [due.kind for due in found.entries] == ["expiration"]
    nso = calendar(grant(option_type="NSO", exercise_window="90 days"), termination=LEFT)
    assert [(due.kind, due.source) for due in nso.entries] == [("plan window", "")]


# The year's end, and taxes


def test_last_day_to_sell_within_the_year():
    """December 31, with the shares still held and their spread; nothing for NSOs or without a spread."""
    sold = (Sale(day("2026-06-01"), 100, 12.0),)
    due = entries("year end", grant(), exercises=exercises("2026-03-02 300"), sales=sold)
    assert list(due) == ["2026-12-31"]
    assert due["2026-12-31"].detail.startswith(
        "200 shares of ES-1: sold by this day, their spread of 2,000.00 is not AMT income of 2026. It is wages "
        "instead, but no more than the gain. The trade date controls. Do not buy, exercise or let stock units vest "
        "within 30 days before or after a sale"
    )
    assert entries("year end", grant(option_type="NSO"), exercises=exercises("2026-03-02 300")) == {}
    assert entries("year end", grant(), exercises=exercises("2026-03-02 300", fmv=2.0)) == {}


def test_year_end_of_shares_that_cannot_be_sold():
    """Not those that have not vested; a lock-up beyond it is named."""
    assert entries("year end", early(), exercises=exercises("2026-07-01 400", election_83b=True)) == {}
    assert list(entries("year end", early(), exercises=exercises("2026-07-01 400"))) == ["2027-07-01"]
    young = early(grant_date=day("2026-02-27"))
    assert list(entries("year end", young, exercises=exercises("2026-07-01 400"))) == ["2027-12-31"]
    locked = entries("year end", grant(), exercises=exercises("2026-03-02 3"), lock_up_ends=day("2027-02-01"))
    assert "The lock-up until 2027-02-01 prevents it." in locked["2026-12-31"].detail


def test_year_end_on_a_weekend():
    """The trade date counts: December 31, 2028, is a Sunday, so that the sale is made on Friday."""
    due = entries("year end", grant(), exercises=exercises("2028-03-02 300"))
    assert list(due) == ["2028-12-29"]
    assert "2028-12-31 is a Sunday: the trade must be made by Friday, 2028-12-29." in due["2028-12-29"].detail
    assert "2026-12-31 is" not in entries("year end", grant(), exercises=exercises("2026-03-02 3"))["2026-12-31"].detail
    assert list(entries("year end", grant(), exercises=exercises("2027-03-02 3"))) == ["2027-12-31"]  # a trading day


def test_the_last_day_before_a_qualifying_sale():
    """Shares that vest in the year in which their sale becomes qualifying leave the AMT before that day, not after."""
    plan = exercises("2026-07-01 400"), ((day("2027-03-01"), 22.0),)
    due = entries("year end", early(), exercises=plan[0], values=plan[1])
    assert list(due) == ["2027-07-01"]
    assert due["2027-07-01"].detail.startswith(
        "100 shares of ES-1: sold by this day, their spread of 2,000.00 is not AMT income of 2027."
    )
    assert "A sale after 2027-07-01 is qualifying: the spread stays AMT income, sold or not." in (
        due["2027-07-01"].detail
    )
    for sold, iso_spread in (("2027-07-01", 0.0), ("2027-07-02", 2_000.0)):
        portfolio = Portfolio((early(),), plan[0], (Sale(day(sold), 100, 22.0),), plan[1])
        assert amounts_of(follow(portfolio, day("2027-12-31")), (2027,))[2027].iso_spread == iso_spread
    vests_later = early(vesting_start=day("2026-09-01"))
    assert entries("year end", vests_later, exercises=plan[0]) == {}  # qualifying on July 2, vested on September 1


def test_two_last_days_that_a_weekend_makes_one():
    """December 30, 2028, the day before a qualifying sale, and December 31 are both after Friday: one entry."""
    vests = {"vesting_schedule": "2028-03-01: 400", "vesting_start": None}
    due = entries(
        "year end",
        early(**vests),
        grant(label="ES-2"),
        exercises=(*exercises("2027-12-30 400"), Exercise("ES-2", day("2028-03-02"), 300, 12.0)),
    )
    assert list(due) == ["2028-12-29"]
    assert due["2028-12-29"].detail.startswith("400 shares of ES-1 and 300 shares of ES-2: sold by this day")
    assert "2028-12-30 is a Saturday" in due["2028-12-29"].detail
    assert "2028-12-31 is a Sunday" in due["2028-12-29"].detail


def test_year_end_names_what_is_acquired_near():
    """An exercise or a vesting of stock units within 30 days of the day could make a wash sale; the sold do not."""
    units = grant(label="RS-1", option_type="RSU", strike=0.0, vesting_schedule=YEARLY, vesting_start=day("2026-01-20"))
    plan = exercises("2026-03-02 300", "2026-12-01 50", "2027-01-30 50", "2027-01-31 50")
    due = entries("year end", grant(), units, exercises=plan)
    assert (
        "Within 30 days of this day: the exercise of ES-1 on 2026-12-01, the exercise of ES-1 on 2027-01-30 and the "
        "vesting of RS-1 on 2027-01-20."
    ) in due["2026-12-31"].detail
    alone = entries("year end", grant(), exercises=exercises("2026-12-01 50"))["2026-12-31"].detail
    assert "Within 30 days of this day" not in alone


def test_taxes_of_a_year_with_an_exercise():
    """Four installments and the return, on the days as moved by weekends and holidays, and none for another year."""
    found = calendar(grant(), exercises=exercises("2027-06-01 300"))
    taxes = [(due.day.isoformat(), due.title) for due in found.entries if due.kind in {"estimated tax", "tax return"}]
    assert taxes == [
        ("2027-04-15", "Estimated tax of 2027, 1 of 4"),
        ("2027-06-15", "Estimated tax of 2027, 2 of 4"),
        ("2027-09-15", "Estimated tax of 2027, 3 of 4"),
        ("2028-01-18", "Estimated tax of 2027, 4 of 4"),
        ("2028-04-18", "Tax of 2027 is due"),
    ]
    by_title = {due.title: due.detail for due in found.entries}
    assert (
        "The required payment is 90% of the year's tax, or 100% of the tax of 2026 (110% after a high income) if that "
        "is less." in (by_title[taxes[0][1]])
    )
    for (_, title), part in zip(taxes, ("25%", "50%", "75%", "100%"), strict=False):
        assert by_title[title].startswith(
            f"By this day {part} of the required payment should be paid; the year's withholding counts in the same"
        )
    assert "Any AMT on the spread of 3,000.00 of 300 shares held at the year's end is due" in by_title[taxes[4][1]]
    assert "can pay for it" not in by_title[taxes[4][1]]


def test_january_exercise_is_long_term_before_its_tax_is_due():
    """The shares can be sold at long-term gain before April 15 of the next year, qualifying or not."""
    (due,) = entries("tax return", grant(), exercises=exercises("2027-01-05 300")).values()
    assert due.detail.endswith(
        "300 shares exercised on 2027-01-05 can pay for it: long-term from 2028-01-06, in a qualifying sale."
    )
    young = grant(grant_date=day("2026-12-01"))
    (due,) = entries("tax return", young, exercises=exercises("2027-01-05 300")).values()
    assert due.detail.endswith("long-term from 2028-01-06, but disqualifying before 2028-12-02.")
    sold = (Sale(day("2027-03-01"), 300, 12.0),)
    (due,) = entries("tax return", grant(), exercises=exercises("2027-01-05 300"), sales=sold).values()
    assert "AMT" not in due.detail
    assert "can pay for it" not in due.detail


def test_an_exercise_under_water_is_no_income():
    """No tax entries, and a note; the year of another exercise keeps its own."""
    found = calendar(grant(), exercises=exercises("2026-03-02 300", fmv=1.5))
    assert [due.kind for due in found.entries] == ["qualifying"]
    (note,) = found.notes
    assert note == (
        "ES-1: the exercise of 2026-03-02 is under water, at a value of 1.50 below the strike of 2.00: it has no "
        "spread to tax that day."
    )
    assert calendar(grant(), exercises=exercises("2026-03-02 300", fmv=2.0)).notes == ()
    other = (*exercises("2026-03-02 300", fmv=1.5), *exercises("2027-03-02 100"))
    assert list(entries("tax return", grant(), exercises=other)) == ["2028-04-18"]


def test_vesting_units_without_a_value_are_income():
    """A value that nobody states is not a value of nothing."""
    units = grant(option_type="RSU", strike=0.0, vesting_schedule=YEARLY, vesting_start=day("2026-03-01"))
    assert list(entries("tax return", units)) == ["2028-04-18", "2029-04-17", "2030-04-15"]
    worthless = entries("tax return", units, values=((day("2027-03-01"), 0.0),))
    assert list(worthless) == ["2029-04-17", "2030-04-15"]


def test_a_qualifying_sale_in_the_year_of_vesting_is_still_amt_income():
    """The return says so of the shares sold as of those held; a disqualifying sale in the year takes them out."""
    plan = {"exercises": exercises("2026-07-01 400"), "values": ((day("2027-03-01"), 22.0),)}
    sold = (Sale(day("2027-07-02"), 60, 30.0),)
    detail = entries("tax return", early(), **plan, sales=sold)["2028-04-18"].detail
    assert (
        "Any AMT on the spread of 2,000.00 of 100 shares held at the year's end or sold in a qualifying sale is due"
    ) in detail
    all_sold = (Sale(day("2027-07-02"), 100, 30.0),)
    assert "100 shares sold in a qualifying sale is due" in (
        entries("tax return", early(), **plan, sales=all_sold)["2028-04-18"].detail
    )
    disqualifying = (Sale(day("2027-07-01"), 60, 30.0),)
    assert "the spread of 800.00 of 40 shares held at the year's end is due" in (
        entries("tax return", early(), **plan, sales=disqualifying)["2028-04-18"].detail
    )


def test_years_of_income():
    """A vesting without an election, RSUs and sales are income; an early exercise without one is not yet."""
    plan = exercises("2026-07-01 100")
    returns = entries("tax return", early(), exercises=plan, sales=(Sale(day("2029-07-01"), 100, 12.0),))
    assert list(returns) == ["2028-04-18", "2030-04-15"]
    assert "vesting of ES-1" in returns["2028-04-18"].detail
    assert "sale of ES-1" in returns["2030-04-15"].detail
    units = grant(option_type="RSU", strike=0.0, vesting_schedule=YEARLY, vesting_start=day("2026-03-01"))
    withheld = entries("estimated tax", units)["2027-04-15"].detail
    assert "The tax withheld may be less than the tax due." in withheld


def test_years_whose_law_is_not_held_are_a_note():
    """The rest of the calendar stands."""
    far = grant(grant_date=day("2034-01-15"), expiration_date=day("2044-01-14"))
    found = calendar(far, first=day("2037-01-01"), last=day("2038-12-31"), exercises=exercises("2037-03-02 3"))
    assert [due.kind for due in found.entries] == ["year end", "qualifying"]
    (note,) = found.notes
    assert note.startswith("The due dates for the tax of 2037 are not in the calendar: year: 2037")


# Lock-up, small business stock


def test_end_of_a_lock_up():
    """What can be sold in which way, by grant."""
    found = entries(
        "lock-up",
        grant(),
        grant(label="ES-2", grant_date=day("2026-02-01")),
        grant(label="NS-1", option_type="NSO"),
        grant(label="NS-2", option_type="NSO"),
        exercises=(
            *exercises("2026-03-02 100", "2027-02-01 50"),
            Exercise("ES-2", day("2026-03-02"), 30, 12.0),
            Exercise("NS-1", day("2026-03-02"), 20, 12.0),
            Exercise("NS-2", day("2027-02-01"), 10, 12.0),
        ),
        lock_up_ends=day("2027-06-01"),
    )
    assert found["2027-06-01"].detail == (
        "Can be sold in a qualifying sale: 100 shares of ES-1. Long-term: 20 shares of NS-1. Long-term and "
        "disqualifying: 30 shares of ES-2. Short-term: 10 shares of NS-2. Short-term and disqualifying: 50 shares of "
        "ES-1."
    )
    empty = entries("lock-up", grant(), lock_up_ends=day("2027-06-01"))["2027-06-01"]
    assert empty.detail.startswith("No shares are held by then")


def test_small_business_stock():
    """Five years for shares of before July 5, 2025; three, four and five after; the exclusion is not figured."""
    qsbs = grant(qualified_small_business=True, shares_granted=100)
    found = entries("small business stock", qsbs, exercises=exercises("2025-07-01 40", "2026-03-02 60"))
    assert {at: due.title.split()[-2] for at, due in found.items()} == {
        "2029-03-03": "60",
        "2030-03-03": "60",
        "2030-07-02": "40",
    }
    assert "50% of the gain may be excluded" in found["2029-03-03"].detail
    assert "100% of the gain may be excluded" in found["2030-07-02"].detail
    assert all("xl-amt does not figure the exclusion." in due.detail for due in found.values())
    assert entries("small business stock", grant(), exercises=exercises("2025-07-01 40")) == {}


def test_small_business_stock_that_vests():
    """Wages count from their day; early ISOs have the days of the exercise and of vesting, which is not settled."""

    def days(option_type, election):
        plan = exercises("2026-07-01 100", election_83b=election)
        found = entries("small business stock", early(option_type=option_type, qualified_small_business=True),
                        exercises=plan, last=date(2036, 12, 31))  # fmt: skip
        return list(found), " ".join(due.detail for due in found.values())

    exercise, vesting = ["2029-07-02", "2030-07-02", "2031-07-02"], ["2030-03-02", "2031-03-02", "2032-03-02"]
    assert days("NSO", election=True)[0] == exercise
    assert days("NSO", election=False)[0] == vesting
    found, words = days("ISO", election=True)
    assert found == sorted(exercise + vesting)
    assert "100 shares exercised on 2026-07-01: if they are qualified small business stock, 50% of the gain" in words
    assert "100 shares vested on 2027-03-01: if they are" in words
    assert "not settled whether the exercise or vesting counts" in words
    units = grant(option_type="RSU", strike=0.0, vesting_schedule="2026-03-01: 4800", qualified_small_business=True)
    (first, due), *_ = entries("small business stock", units).items()
    assert first == "2029-03-02"
    assert due.detail.startswith("4,800 shares vested on 2026-03-01: if they are")
    assert "not settled" not in due.detail


def test_small_business_stock_whose_two_days_meet():
    """The same shares, by the exercise and by vesting, are counted once in the title."""
    meets = early(vesting_schedule="2028-07-01: 400", vesting_start=None, qualified_small_business=True)
    due = entries("small business stock", meets, exercises=exercises("2026-07-01 400"), last=LAST_OF_2034)["2031-07-02"]
    assert due.title.endswith("ends for 400 shares")
    assert "50% of the gain" in due.detail
    assert "100% of the gain" in due.detail


# A period


def test_both_days_are_in_the_period():
    """The first and the last day count; a period that ends before it begins is refused."""
    expires = grant(expiration_date=day("2029-01-14"))
    for first, last, count in (("2029-01-14", "2029-01-14", 1), ("2029-01-15", "2029-02-01", 0)):
        assert len(calendar(expires, first=day(first), last=day(last)).entries) == count
    with pytest.raises(ArgumentError, match="its last day, 2026-01-01, is before its first, 2027-01-01"):
        calendar(expires, first=day("2027-01-01"), last=day("2026-01-01"))


def test_grant_without_a_date():
    """Its expiration stands; an exercise of it is refused, since nothing can be said of it."""
    undated = grant(grant_date=None, expiration_date=day("2029-01-14"))
    found = calendar(undated, grant(label="ES-2"))
    assert [due.kind for due in found.entries] == ["expiration"]
    assert found.notes[0] == "ES-1: its grant date is not known; enter the date of the grant."
    with pytest.raises(ArgumentError, match="ES-1: its grant date is not known"):
        calendar(undated, exercises=exercises("2026-03-02 3"))


@st.composite
def portfolios(draw):
    """Grants of each kind with exercises, elections, sales and an end of the work, as far as they fit together."""
    grants, steps = [], []
    for number in range(draw(st.integers(1, 3))):
        label = f"G-{number}"
        terms = Grant(
            label,
            draw(st.sampled_from(["ISO", "ISO", "NSO", "RSU"])),
            date(2023, 1, 1) + timedelta(days=draw(st.integers(0, 1_200))),
            draw(st.sampled_from([0.5, 2.0, 15.0])),
            draw(st.integers(8, 9_000)),
            draw(st.sampled_from(["", YEARLY, "M-48-12", "1/16 quarterly"])),
            expiration_date=draw(st.sampled_from([None, date(2036, 12, 31)])),
            early_exercisable=draw(st.booleans()),
            exercise_window=draw(st.sampled_from(["", "90 days", "2 years"])),
            qualified_small_business=draw(st.booleans()),
        )
        grants.append(terms)
        if terms.option_type != "RSU" and (terms.early_exercisable or not terms.vesting_schedule):
            exercised = [
                date(2026, 6, 1) + timedelta(days=draw(st.integers(0, 500))) for _ in range(draw(st.integers(0, 2)))
            ]
            steps += [
                Exercise(label, at, terms.shares_granted // 4, 12.0, draw(st.booleans())) for at in set(exercised)
            ]
    ends = Termination(date(2028, 6, 30)) if not steps and draw(st.booleans()) else None
    return Portfolio(tuple(grants), tuple(steps), termination=ends)


@given(portfolios(), st.integers(0, 1_800))
def test_a_period_is_the_sum_of_its_parts(portfolio, days):
    """Entries are in order, none twice, none half-said, and what is due does not depend on the period asked for."""
    between = FIRST + timedelta(days=days)
    whole = calendar_of(portfolio, FIRST, LAST, lock_up_ends=date(2027, 9, 1)).entries
    parts = [
        due
        for first, last in ((FIRST, between), (between + timedelta(days=1), LAST))
        if first <= last
        for due in calendar_of(portfolio, first, last, lock_up_ends=date(2027, 9, 1)).entries
    ]
    assert list(whole) == parts
    assert [due.day for due in whole] == sorted(due.day for due in whole)
    assert len({(due.kind, due.subject, due.day) for due in whole}) == len(whole)
    for due in whole:
        assert due.title.strip() == due.title != ""
        assert due.detail.endswith(".")
        assert "None" not in due.detail
        assert "  " not in due.detail


# Grants as an export counts them

COUNTED = date(2026, 6, 30)


def held(**changes):
    """An export's count on June 30, 2026 of 400 shares: 200 vested, of which 50 are exercised, 200 unvested."""
    terms = {"label": "ES-1", "option_type": "ISO", "grant_date": day("2024-01-15"), "strike": 2.0}
    counts = {"shares_granted": 400, "shares_exercised": 50, "shares_exercisable": 150, "shares_unvested": 200}
    schedule = {"vesting_schedule": YEARLY, "vesting_start": day("2024-03-01"), "expiration_date": day("2034-01-14")}
    return HeldGrant(**terms | counts | schedule | changes)


def vesting(grant, first=FIRST, **portfolio):
    """The vesting entries of a held grant, and the notes."""
    found = calendar(grant, first=first, counted_on=COUNTED, **portfolio)
    return {due.day.isoformat(): due.title for due in found.entries if due.kind == "vesting"}, found.notes


UNDATED = (
    "ES-1: the export does not say when 50 of its shares were exercised; to date those still held, enter each exercise."
)


def test_an_export_whose_schedule_agrees():
    """Only what is unvested by the export vests; the exercised shares without a day are asked for."""
    assert vesting(held()) == (
        {"2027-03-01": "ES-1: 100 shares vest", "2028-03-01": "ES-1: 100 shares vest"},
        (UNDATED,),
    )
    dated = exercises("2025-04-01 50")
    assert vesting(held(), exercises=dated)[1] == ()


def test_expiration_of_what_the_export_leaves():
    """Exercisable and unvested by the export, less what is exercised from its day on; lapsed shares do not count."""
    lapsed = held(shares_exercisable=120, expiration_date=day("2029-01-14"))
    found = calendar(lapsed, counted_on=COUNTED, exercises=exercises("2025-04-01 50", "2026-06-30 20"))
    expiration = next(due for due in found.entries if due.kind == "expiration")
    assert expiration.detail.startswith("300 shares left")
    with pytest.raises(ArgumentError, match="but 120 shares can be exercised that day"):
        calendar(lapsed, counted_on=COUNTED, exercises=exercises("2026-07-01 121"))


def test_an_export_made_before_the_vesting_of_its_day():
    """On a vesting day the export may count its shares as unvested; they then vest on that day."""
    on_the_day = held(vesting_start=day("2024-06-30"), shares_exercisable=50, shares_unvested=300)
    assert list(vesting(on_the_day)[0]) == ["2026-06-30", "2027-06-30", "2028-06-30"]
    after_it = held(vesting_start=day("2024-06-30"))
    assert list(vesting(after_it)[0]) == ["2027-06-30", "2028-06-30"]


@pytest.mark.parametrize("rounded", [-1, 1])
def test_an_export_that_rounds_otherwise(rounded):
    """One share more or less is a rounding of the platform: the days stand, and the note says so."""
    titles, notes = vesting(held(shares_unvested=200 + rounded, shares_exercisable=150 - rounded))
    assert titles == {"2027-03-01": f"ES-1: {100 + rounded} shares vest", "2028-03-01": "ES-1: 100 shares vest"}
    assert notes[1] == (
        "ES-1: the export rounds its vesting differently, so the shares vesting on a date may be off by one."
    )


@pytest.mark.parametrize(("unvested", "exercisable"), [(0, 150), (0, 350), (150, 200), (100, 150)])
def test_an_export_whose_schedule_does_not_agree(unvested, exercisable):
    """No vesting is guessed; both figures are in the note, and the expiration says what is open."""
    odd = held(shares_unvested=unvested, shares_exercisable=exercisable, expiration_date=day("2029-01-14"))
    titles, notes = vesting(odd)
    assert titles == {}
    assert notes[1] == (
        f"ES-1: under its schedule 200 shares vest after 2026-06-30, but the export counts {unvested}; ask when they "
        "vest."
    )
    expiration = next(due for due in calendar(odd, counted_on=COUNTED).entries if due.kind == "expiration")
    assert expiration.detail.startswith(f"{exercisable} shares")
    assert (f"of {unvested} whose vesting dates are not known" in expiration.detail) is bool(unvested)


def test_an_export_whose_schedule_is_not_understood():
    """A note; vested shares can be exercised all the same, but an election needs the vesting."""
    odd = held(vesting_schedule="as the board sees fit")
    assert vesting(odd)[0] == {}
    found = calendar(odd, counted_on=COUNTED, exercises=exercises("2025-04-01 50", "2026-09-01 150"))
    assert [due.day.isoformat() for due in found.entries if due.kind == "qualifying"] == ["2026-04-02", "2027-09-02"]
    assert any("as the board sees fit" in note for note in found.notes)
    assert any("treated as exercises of vested shares" in note for note in found.notes)
    with pytest.raises(ArgumentError, match="as the board sees fit"):
        calendar(odd, counted_on=COUNTED, exercises=exercises("2026-09-01 150", election_83b=True))


def test_an_early_exercise_that_the_export_counts():
    """The shares still vest, though the export counts only the options that are left as unvested."""
    known = held(
        early_exercisable=True, shares_exercised=300, shares_exercisable=0, shares_unvested=100,
        vesting_start=day("2026-03-01"),
    )  # fmt: skip
    titles, notes = vesting(known, exercises=exercises("2026-04-01 300", election_83b=True))
    assert list(titles.values()) == ["ES-1: 100 shares vest"] * 4
    assert notes == ()
    assert "300" in entries("83(b) election", known, counted_on=COUNTED, first=day("2026-04-01"), exercises=exercises(
        "2026-04-01 300", election_83b=True
    ))["2026-05-01"].detail  # fmt: skip


def test_more_exercised_than_the_export_counts():
    """A sentence with both figures."""
    with pytest.raises(
        ArgumentError, match="exercises before 2026-06-30 total 51 shares, but the export as of that date counts"
    ):
        followed_from(held(), COUNTED, exercises("2025-04-01 51"))


def test_a_grant_of_which_nothing_is_left():
    """All of it exercised: no entry but the question when, and nothing more to exercise."""
    gone = held(shares_exercised=400, shares_exercisable=0, shares_unvested=0)
    found = calendar(gone, held(label="ES-2", shares_exercised=0, shares_exercisable=200), counted_on=COUNTED)
    assert {due.subject for due in found.entries} == {"ES-2"}
    assert found.notes[0].startswith("ES-1: the export does not say when 400 of its shares were exercised")
    with pytest.raises(ArgumentError, match="ES-1: according to the export, none of its shares can be exercised"):
        calendar(gone, counted_on=COUNTED, exercises=exercises("2026-07-01 1"))
    all_dated = calendar(gone, counted_on=COUNTED, exercises=exercises("2026-06-01 400"))
    assert [due.kind for due in all_dated.entries if due.subject] == ["qualifying"]


def test_an_export_without_its_day():
    """Its counts mean nothing without a day."""
    with pytest.raises(ArgumentError, match="ES-1: an export counts its shares; enter the date of the export"):
        calendar(held())


@pytest.mark.parametrize(
    ("counts", "notes"),
    [
        ({}, []),
        (
            {"shares_exercisable": 90},
            ["under its schedule 150 shares can be exercised, but the export counts 90; the export's"],
        ),
        (
            {"shares_exercisable": 250},
            ["under its schedule 150 shares can be exercised, but the export counts 250; the export's"],
        ),
        (
            {"shares_unvested": 1},
            ["the export counts 1 share as unvested although employment ended on 2026-06-01; they"],
        ),
        ({"vesting_schedule": "as the board sees fit"}, []),
    ],
)
def test_an_export_made_after_the_work_has_ended(counts, notes):
    """Nothing vests any more, and no vesting is asked for; both numbers where the schedule has another."""
    gone = held(**{"shares_unvested": 0, "exercise_window": "90 days"} | counts)
    found = calendar(gone, counted_on=COUNTED, termination=Termination(day("2026-06-01")))
    assert [note[: len(sentence) + 6] for note, sentence in zip(found.notes, ["", *notes], strict=True)] == [
        UNDATED[:6],
        *(f"ES-1: {sentence}" for sentence in notes),
    ]
    (window,) = (due for due in found.entries if due.kind == "plan window")
    assert window.detail.startswith(f"{gone.shares_exercisable} shares left to exercise.")
    assert not [due for due in found.entries if due.kind == "vesting"]


def test_an_export_without_a_grant_date_made_after_the_work_has_ended():
    """What can be exercised is known all the same."""
    gone = held(shares_unvested=0, grant_date=None, exercise_window="90 days", option_type="NSO")
    found = calendar(gone, counted_on=COUNTED, termination=Termination(day("2026-06-01")))
    (window,) = found.entries
    assert window.detail.startswith("150 shares left to exercise.")


def test_lapsed_shares_are_noted_with_both_numbers():
    """While the work goes on too: the schedule says 150, the export 100."""
    assert vesting(held(shares_exercisable=100))[1][1].startswith(
        "ES-1: under its schedule 150 shares can be exercised, but the export counts 100;"
    )


def test_a_held_grant_without_a_date():
    """What is left expires; the grant date is asked for."""
    found = calendar(held(grant_date=None, expiration_date=day("2029-01-14")), counted_on=COUNTED)
    (expiration,) = found.entries
    assert "150 shares, and what has vested of 200 whose vesting dates are not known, left" in expiration.detail
    assert "ES-1: its grant date is not known; enter the date of the grant." in found.notes


@given(st.integers(1, 48), st.integers(48, 20_000), st.data())
def test_followed_grants_hold_the_counts_of_the_export(months, shares, data):
    """What is exercised on known days, exercisable and unvested add up to the grant that is followed."""
    vested = shares * months // 48
    exercised = data.draw(st.integers(0, vested))
    exercisable = data.draw(st.integers(0, vested - exercised))
    one = held(
        vesting_schedule="1/48 monthly",
        vesting_start=add_months(date(2026, 6, 15), -months),
        shares_granted=shares,
        shares_exercised=exercised,
        shares_exercisable=exercisable,
        shares_unvested=shares - vested,
    )
    followed = followed_from(one, COUNTED, ())
    assert (followed.vests_from is None) is (exercisable == shares - vested == 0)
    if followed.vests_from is None:
        return
    events = followed.grant.vesting_events
    vests = sum(event.shares for event in events if event.day >= followed.vests_from)
    assert sum(event.shares for event in events) == followed.grant.shares_granted
    assert vests + followed.undated_unvested == shares - vested
    assert followed.grant.shares_granted - vests == exercisable
    assert all(isinstance(event, VestingEvent) and event.iso_shares == event.shares for event in events)
