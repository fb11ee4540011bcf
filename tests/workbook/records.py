"""Any record that holds together, with everything in it, for the workbooks that it is written to."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.client.test_record import DAYS, NAMES, rows_of
from xl_amt.client import (
    Acceleration,
    Cancellation,
    Client,
    ClientRecord,
    ClientYear,
    CountedShares,
    Exercise,
    FrozenExercise,
    FrozenPlan,
    FrozenYear,
    Grant,
    HeldLot,
    Holding,
    Limits,
    Plan,
    Remark,
    Repurchase,
    Residence,
    RowCounts,
    Sale,
    Source,
    Split,
    Value,
)
from xl_amt.reading.words import NOT_IN_A_CELL
from xl_amt.workbook.jurisdictions import JURISDICTIONS

TEXTS = NAMES.filter(lambda text: not NOT_IN_A_CELL.search(text))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "Interest": st.integers(0, 99).map(float),
        "Long-term capital gain": st.integers(-(10**6), 10**6).map(float),
        "Deduction": st.sampled_from(("larger", "standard", "itemized")),
        "Spouse itemizes": st.booleans(),
        "Plain state tax rate": st.sampled_from((0.0, 0.05)),
        "CA income adjustments": st.integers(-99, 99).map(float),
        "CA deduction": st.sampled_from(("larger", "standard")),
        "VT gains": st.integers(0, 99).map(float),
        "NY filing": st.just("separate"),
    },
)


def _clean(row):
    """The row, where no text of it is one that no cell can hold."""
    texts = [value for value in (getattr(row, name) for name in row.__dataclass_fields__) if isinstance(value, str)]
    return not any(NOT_IN_A_CELL.search(text) for text in texts)


def _any(row_class):
    return rows_of(row_class).filter(_clean)


@st.composite
def _holdings(draw, company, holder):
    as_of = draw(st.none() | DAYS)
    labels = draw(st.lists(TEXTS, max_size=3, unique_by=lambda text: text.casefold()))
    grants = [_grant(draw, label) for label in labels]

    def step(row_class):
        if not grants:
            return ()
        rows = draw(st.lists(_any(row_class), max_size=2))
        return tuple(_of_grant(draw, row, draw(st.sampled_from(grants)), as_of) for row in rows)

    sales = tuple(_standing(row, as_of) for row in draw(st.lists(_any(Sale), max_size=2)) if _clean_lots(row))
    lots = draw(st.lists(_any(HeldLot), max_size=2, unique_by=lambda lot: lot.label.casefold()))
    values = draw(st.lists(_any(Value), max_size=3, unique_by=lambda value: value.day))
    exercises = step(Exercise)
    return Holding(
        company=company,
        holder=holder,
        as_of=as_of,
        work_ended=draw(st.none() | DAYS),
        work_ended_by=draw(st.sampled_from(("ended", "disability", "death"))),
        grants=tuple(_counted(grant, exercises, as_of, draw(st.booleans())) for grant in grants),
        exercises=exercises,
        sales=sales,
        lots=tuple(replace(lot, granted=None, vested=lot.vested and max(lot.vested, lot.acquired)) for lot in lots),
        values=tuple(values),
        splits=tuple(replace(row, ratio="3:2") for row in draw(st.lists(_any(Split), max_size=1))),
        accelerations=step(Acceleration),
        cancellations=step(Cancellation),
        repurchases=step(Repurchase),
    )


def _clean_lots(sale):
    return not any(NOT_IN_A_CELL.search(lot) for lot in sale.lots)


def _grant(draw, label):
    grant = replace(draw(_any(Grant)), label=label, held=None)
    granted = grant.granted or date(1971, 1, 1)
    later = {name: max(day, granted) for name in ("expires", "disqualified") if (day := getattr(grant, name))}
    return replace(grant, **later)


def _of_grant(draw, row, grant, as_of):
    day = (grant.granted or date(1971, 1, 1)) + timedelta(draw(st.integers(0, 400)))
    row = replace(row, grant=grant.label, day=day)
    return _standing(row, as_of) if isinstance(row, Exercise) else row


def _standing(row, as_of):
    """A step up to the day of the counts is done."""
    return replace(row, status="done") if as_of and row.day <= as_of else row


def _counted(grant, exercises, as_of, is_counted):
    if not is_counted:
        return grant
    done = sum(
        one.shares
        for one in exercises
        if one.grant == grant.label and one.status == "done" and (as_of is None or one.day < as_of)
    )
    held = CountedShares(exercised=done + grant.exercised_before, exercisable=7, unvested=0)
    return replace(grant, held=held, shares=max(grant.shares, held.exercised + 7))


@st.composite
def _plans(draw):
    plan = draw(rows_of(Plan))
    plan = replace(plan, frozen=draw(st.none() | _frozen_plans()))
    return replace(plan, limits=None) if plan.limits == Limits() else plan


@st.composite
def _frozen_plans(draw):
    """A frozen plan of some years in order, whose exercises are of different grants."""
    first, last = draw(st.integers(2020, 2026)), draw(st.integers(2027, 2029))
    years = range(first, last + 1)
    exercises = draw(st.lists(_any(FrozenExercise), max_size=3, unique_by=lambda one: one.grant))
    plan = draw(_any(FrozenPlan))
    exits = {"exit_year": last, "recovery_years": 0} if plan.aim == "most after tax" else {"exit_year": None}
    return replace(
        plan,
        exercises=tuple(replace(one, year=draw(st.sampled_from(years))) for one in exercises),
        years=tuple(replace(draw(rows_of(FrozenYear)), year=year) for year in years),
        **exits,
    )


@st.composite
def records(draw):
    """A record in which every table may have rows, and every column may be absent."""
    names = draw(
        st.lists(
            st.tuples(TEXTS | st.just(""), st.sampled_from(("client", "spouse"))),
            max_size=3,
            unique_by=lambda pair: (pair[0].casefold(), pair[1]),
        )
    )
    homes = draw(st.lists(DAYS, max_size=2, unique=True).map(sorted))
    first = draw(st.integers(2018, 2030))
    years = range(first, first + draw(st.integers(0, 12)))
    return ClientRecord(
        client=Client(
            name=draw(TEXTS),
            spouse=draw(TEXTS | st.just("")),
            law_book=draw(TEXTS | st.just("")),
            jurisdiction=draw(st.sampled_from(JURISDICTIONS)),
            residence=tuple(Residence(state=state, since=day) for state, day in zip(("CA", "NY"), homes, strict=False)),
        ),
        years=tuple(replace(draw(rows_of(ClientYear)), year=year, facts=draw(FACTS)) for year in years),
        holdings=tuple(draw(_holdings(*pair)) for pair in names),
        plan=draw(st.none() | _plans()),
        sources=tuple(
            replace(row, rows=draw(st.none() | rows_of(RowCounts)))
            for row in draw(st.lists(_any(Source), max_size=2, unique_by=lambda row: row.id.casefold()))
        ),
        remarks=tuple(draw(st.lists(_any(Remark), max_size=2))),
    )
