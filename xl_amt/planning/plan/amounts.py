"""What a schedule puts on each year, as sums over its shares: facts of the household, strikes and proceeds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import is_blank, smaller_of, zero_or_more
from xl_amt.days import first_day_after_years, first_long_term_day, first_qualifying_day
from xl_amt.planning.plan.question import Amount, OpeningLot, PlanExit, PlanGrant, PlanQuestion

SPREAD: Final = "iso_spread"
MEDICARE: Final = "medicare_wages"


class Block(NamedTuple):
    """Shares of one grant exercised in one year: a number that the plan chooses."""

    grant: int
    year: int  # its place among the years


@dataclass(slots=True)
class Sum:
    """A constant, and so much for each share of each block."""

    constant: Amount = 0.0
    per_share: dict[Block, Amount] = field(default_factory=dict)

    def add(self, block: Block, amount: Amount) -> None:
        """Add an amount for each share of a block."""
        if not is_blank(amount):
            self.per_share[block] = self.per_share.get(block, 0.0) + amount

    def at(self, schedule: Sequence[Sequence[Amount]]) -> Amount:
        """The sum for a schedule."""
        chosen = (amount * schedule[grant][year] for (grant, year), amount in self.per_share.items())
        return self.constant + sum(chosen)


@dataclass(slots=True)
class YearAmounts:
    """What one year takes from the schedule: facts of its household by field, next to the ISO spread, and money."""

    facts: dict[str, Sum] = field(default_factory=dict)
    strike_paid: Sum = field(default_factory=Sum)
    proceeds: Sum = field(default_factory=Sum)

    def fact(self, name: str) -> Sum:
        """The sum of one fact."""
        return self.facts.setdefault(name, Sum())


def blocks_of(question: PlanQuestion) -> list[Block]:
    """Every block of shares that a plan may choose, grant by grant."""
    return _blocks(question, range(len(question.grants)))


def _blocks(question: PlanQuestion, places: Iterable[int]) -> list[Block]:
    return [
        Block(place, year)
        for place in places
        for year in range(question.last_place(question.grants[place]) + 1)
        if question.grants[place].vested[year]
    ]


def amounts_of(question: PlanQuestion) -> list[YearAmounts]:
    """The amounts of each year of the plan; recovery years take none from the shares."""
    amounts = [YearAmounts() for _ in question.years]
    blocks = blocks_of(question)
    for block in blocks:
        _exercise(question, block, amounts[block.year])
    if question.exit:
        for block in blocks:
            _sell_exercised(question, question.exit, block, amounts[-1])
        for same in question.same_options:
            own = _blocks(question, same)
            alive = [question.grants[place] for place in same if _is_alive(question.grants[place], question.exit)]
            if alive:
                _sell_the_rest(question.exit, alive[0], own, amounts[-1])
        for lot in question.lots:
            _sell_lot(lot, question.exit, amounts[-1])
    return amounts


def values_at(facts: Mapping[str, Sum], schedule: Sequence[Sequence[Amount]]) -> dict[str, Amount]:
    """The facts of a year for a schedule."""
    return {name: total.at(schedule) for name, total in facts.items()}


def holds_to_qualify(question: PlanQuestion, block: Block) -> bool:
    """Whether a block's shares are held long enough at the exit, as far as the days are known."""
    return _is_long_term(question, block) and not _too_soon_after_grant(question, block)


def _exercise(question: PlanQuestion, block: Block, amounts: YearAmounts) -> None:
    grant = question.grants[block.grant]
    spread = question.spread_of(grant, block.year)
    amounts.strike_paid.add(block, grant.strike)
    if grant.option_type == "ISO":
        amounts.fact(SPREAD).add(block, spread)
    else:
        amounts.fact("wages").add(block, spread)
        amounts.fact(MEDICARE).add(block, spread)


def _sell_exercised(question: PlanQuestion, exit_: PlanExit, block: Block, amounts: YearAmounts) -> None:
    """The sale at the exit of shares exercised in an earlier year (IRC 421(b), 422(a)(1), 56(b)(3))."""
    grant = question.grants[block.grant]
    price = exit_.prices[grant.company]
    basis = grant.strike + question.spread_of(grant, block.year)
    wages: Amount = 0.0
    earlier_wages: Amount = 0.0
    if grant.option_type == "NSO":
        earlier_wages = basis - grant.strike
    elif not holds_to_qualify(question, block):
        wages = zero_or_more(smaller_of(basis, price) - grant.strike)
    term = "long_term_gain" if _is_long_term(question, block) else "short_term_gain"
    amounts.proceeds.add(block, price)
    amounts.fact("wages").add(block, wages)
    amounts.fact("wages_already_taxed_by_amt").add(block, wages)
    amounts.fact(term).add(block, price - grant.strike - wages - earlier_wages)
    amounts.fact(f"amt_{term}").add(block, price - basis)


def _is_alive(grant: PlanGrant, exit_: PlanExit) -> bool:
    return grant.last_year is None or grant.last_year >= exit_.year


def _sell_the_rest(exit_: PlanExit, grant: PlanGrant, blocks: Sequence[Block], amounts: YearAmounts) -> None:
    """Vested shares that are still alive at the exit are exercised and sold the same day: wages of price - strike."""
    gain = zero_or_more(exit_.prices[grant.company] - grant.strike)
    if is_blank(gain):
        return
    kinds = ("wages",) if grant.option_type == "ISO" else ("wages", MEDICARE)
    for total in (*map(amounts.fact, kinds), amounts.proceeds):
        total.constant += gain * grant.vested[-1]
        for block in blocks:
            total.add(block, -gain)


def _sell_lot(lot: OpeningLot, exit_: PlanExit, amounts: YearAmounts) -> None:
    price = exit_.prices[lot.company]
    qualifies = lot.qualifying_from <= exit_.year
    wages = 0.0 if qualifies else zero_or_more(smaller_of(lot.amt_basis, price) - lot.strike)
    term = "long_term_gain" if qualifies else "short_term_gain"
    for name, each in (
        ("wages", wages),
        ("wages_already_taxed_by_amt", wages),
        (term, price - lot.strike - wages),
        (f"amt_{term}", price - lot.amt_basis),
    ):
        amounts.fact(name).constant += lot.shares * each
    amounts.proceeds.constant += lot.shares * price


def _sale_day(question: PlanQuestion) -> date | None:
    return question.exit.on if question.exit else None


def _is_long_term(question: PlanQuestion, block: Block) -> bool:
    exercised, sold = question.years[block.year].exercise_on, _sale_day(question)
    return exercised is None or sold is None or sold >= first_long_term_day(exercised)


def _too_soon_after_grant(question: PlanQuestion, block: Block) -> bool:
    granted, sold = question.grants[block.grant].granted, _sale_day(question)
    exercised = question.years[block.year].exercise_on
    if granted is None or sold is None or question.grants[block.grant].option_type == "NSO":
        return False
    if exercised is None:
        return sold < first_day_after_years(granted, 2)
    return sold < first_qualifying_day(granted, exercised)


def last_qualifying_exercise(question: PlanQuestion, grant: PlanGrant) -> date | None:
    """Last day of an exercise whose shares are held for more than a year at the exit; None where no day is known.

    It is the last day of the year before the exit's where the two years from the grant are not over by then.
    """
    sold = _sale_day(question)
    if sold is None or (grant.granted and sold < first_day_after_years(grant.granted, 2)):
        return None
    day = sold.replace(year=sold.year - 1, day=min(sold.day, 28 if sold.month == 2 else sold.day))
    while first_long_term_day(day) > sold:
        day = date.fromordinal(day.toordinal() - 1)
    return day


def reach(question: PlanQuestion, total: Mapping[Block, float]) -> tuple[float, float]:
    """The least and the largest that a sum over the shares can be, vesting and last years being kept.

    Of each grant, the shares that vest in a year go to the best of the years that are left to them.
    """
    low = high = 0.0
    must = question.all_must_be_exercised
    for same in question.same_options:
        own = _blocks(question, same)
        vested_before = 0
        for vests_in in sorted({block.year for block in own}):
            shares = question.vested_of(same, vests_in) - vested_before
            vested_before += shares
            later = [total.get(block, 0.0) for block in own if block.year >= vests_in]
            choices: Sequence[float] = later if must else [*later, 0.0]
            low += shares * min(choices)
            high += shares * max(choices)
    return low, high
