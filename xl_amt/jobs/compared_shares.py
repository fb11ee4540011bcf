"""The shares of a frozen plan by part of a grant and year, with those done since and those still to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from math import ceil, log
from typing import NamedTuple

from xl_amt.client import ClientRecord, FrozenExercise, FrozenPlan
from xl_amt.client.checks import RATIO
from xl_amt.equity.words import grouped
from xl_amt.jobs.followed_plan import Options, Since
from xl_amt.jobs.plan_grants import OptionsOf
from xl_amt.jobs.plan_of_record import RecordQuestion
from xl_amt.planning.plan.question import PlanGrant, PlanQuestion

Shares = dict[int, float]  # by year


class PartRow(NamedTuple):
    """The shares of one part of a grant by year; ``gone`` are planned ones that can no longer be exercised."""

    options: Options
    planned: Shares
    done: Shares
    to_do: Shares
    gone: Shares

    @property
    def still_planned(self) -> Shares:
        """What was planned, without what is gone."""
        return less(self.planned, self.gone)

    @property
    def now(self) -> Shares:
        """What is done, and what is still to do."""
        years = {*self.done, *self.to_do}
        return {year: self.done.get(year, 0.0) + self.to_do.get(year, 0.0) for year in years}


def with_exercised(asked: RecordQuestion, record: ClientRecord, since: Since) -> RecordQuestion:
    """The question with a grant for each part that was exercised since and is none of it.

    Such are ISOs that were none by then, after the work had ended; they are the options of the ISO grant.
    """
    question = asked.question
    labels = {options_of(record, own).key: label for label, own in asked.options.items()}
    grants, options = list(question.grants), dict(asked.options)
    for key, rows in grouped(since.done.items(), lambda row: row[0][0].key).items():
        if key in labels:
            continue
        own = rows[0][0][0]
        of = next(
            at for at, one in enumerate(record.holdings) if (one.company, one.holder) == (own.company, own.holder)
        )
        shares = {year: done.shares for (_, year), done in rows}
        vested = tuple(accumulate(ceil(shares.get(year.year, 0.0)) for year in question.years))
        made = PlanGrant(
            label=f"{record.holdings[of].name}: {own.grant} as {own.part}",
            company=next((one.company for one in grants if options[one.label].holding == of), record.holdings[of].name),
            option_type=own.part,
            strike=rows[0][1].strike,
            shares=vested[-1],
            vested=vested,
            once_iso=labels.get((*key[:3], "ISO"), "") if own.part == "NSO" else "",
        )
        grants.append(made)
        options[made.label] = OptionsOf(of, own.grant, own.part, None)
    return asked._replace(question=replace(question, grants=tuple(grants)), options=options)


def parts_of(
    record: ClientRecord, frozen: FrozenPlan, since: Since, asked: RecordQuestion, this_year: int
) -> Iterator[PartRow]:
    """A row for each grant of the question, in its order, and then for each that was planned and is gone.

    Still to do is what is planned from this year on, less what is done of it this year, as far as options are left.
    """
    planned = _by_part(frozen.exercises)
    done: dict[tuple[str, ...], Shares] = {}
    for (options, year), shares in since.done.items():
        done.setdefault(options.key, {})[year] = shares.shares
    as_nsos: dict[str, float] = {}  # shares exercised as what the ISO of a label was by then
    for grant in asked.question.grants:
        if grant.once_iso:
            own_done = done.get(options_of(record, asked.options[grant.label]).key, {})
            as_nsos[grant.once_iso] = sum(own_done.values())
    for grant in asked.question.grants:
        own = asked.options[grant.label]
        options = options_of(record, own)
        rows = planned.pop(options.key, [])
        ratio = _split_since(record, own, rows, grant)
        wanted = {one.year: one.shares * ratio for one in rows}
        row = PartRow(options, wanted, done.get(options.key, {}), {}, {})
        yield _part(asked.question, grant, row, as_nsos.get(grant.label, 0.0), this_year)
    for rows in planned.values():
        options = options_in(rows[0])
        wanted = {one.year: float(one.shares) for one in rows}
        yield PartRow(options, wanted, {}, {}, wanted)


def _part(question: PlanQuestion, grant: PlanGrant, row: PartRow, as_nsos: float, this_year: int) -> PartRow:
    """The row with what is still to do, and what is gone."""
    years = [year.year for year in question.exercise_years[: question.last_place(grant) + 1]]
    most = question.exercisable(grant)
    can = within(row.planned, years, most)
    rest = less(can, row.done)
    to_do = within(
        {year: rest.get(year, 0.0) for year in years if year >= this_year},
        years,
        most - as_nsos - sum(row.done.values()),
    )
    return row._replace(to_do=to_do, gone=less(row.planned, can))


def _by_part(exercises: Sequence[FrozenExercise]) -> dict[tuple[str, ...], list[FrozenExercise]]:
    rows: dict[tuple[str, ...], list[FrozenExercise]] = {}
    for one in exercises:
        rows.setdefault(options_in(one).key, []).append(one)
    return rows


def options_in(one: FrozenExercise) -> Options:
    """Which options a frozen exercise is of."""
    return Options(one.company, one.holder, one.grant, one.part)


def options_of(record: ClientRecord, own: OptionsOf) -> Options:
    """Which options of the record a grant of the question is."""
    holding = record.holdings[own.holding]
    return Options(holding.company, holding.holder, own.grant, own.option_type)


def _split_since(record: ClientRecord, own: OptionsOf, rows: Sequence[FrozenExercise], grant: PlanGrant) -> float:
    """How many shares of now each planned one is: what splits of the record come to that the strike has followed."""
    if not rows or not rows[0].strike or not grant.strike:
        return 1.0
    ratios, product = [1.0], 1.0
    for split in sorted(record.holdings[own.holding].splits, key=lambda one: one.day, reverse=True):
        found = RATIO.fullmatch(split.ratio.strip())
        assert found is not None
        product *= int(found[1]) / int(found[2])
        ratios.append(product)
    followed = rows[0].strike / grant.strike
    return min(ratios, key=lambda ratio: abs(log(ratio / followed)))


def within(wanted: Shares, years: Sequence[int], most: float) -> Shares:
    """The shares of some years, the earliest first, as far as there are so many; none below zero.

    >>> within({2026: 300, 2027: 300}, [2026, 2027], 500)
    {2026: 300, 2027: 200}
    """
    taken: Shares = {}
    for year in years:
        shares = min(max(wanted.get(year, 0.0), 0.0), most)
        if shares > 0.0:
            taken[year] = shares
            most -= shares
    return taken


def less(shares: Shares, other: Shares) -> Shares:
    """The shares of each year less others of it, where any are left or lacking.

    >>> less({2026: 300, 2027: 200}, {2027: 200})
    {2026: 300.0}
    """
    return {year: rest for year, own in shares.items() if (rest := own - other.get(year, 0.0))}
