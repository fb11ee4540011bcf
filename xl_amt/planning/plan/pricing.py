"""What a schedule comes to: each of its years run through the forms, and no figure from anywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from xl_amt.arithmetic.lines import of_one, zero_or_more
from xl_amt.planning.plan.amounts import SPREAD, YearAmounts, values_at
from xl_amt.planning.plan.question import Amount, PlanQuestion, Schedule
from xl_amt.planning.plan.year_lines import Levied, levied, return_of, years_from

_BROKEN: Final = 0.01  # dollars by which a limit must be passed to be broken


class PricedYear(NamedTuple):
    """One year of a schedule, in dollars; by jurisdiction where there may be several."""

    year: int
    spread: Amount
    strike_paid: Amount
    wages: Amount  # of NSOs, and of ISO shares whose sale does not qualify
    proceeds: Amount
    levied: Mapping[str, Levied]
    taxes_added: Amount  # taxes less the taxes without any options, before the minimum tax credit
    credit_in: Mapping[str, Amount]
    credit_out: Mapping[str, Amount]

    @property
    def amt(self) -> Amount:
        """The AMT of all jurisdictions."""
        return sum(of_one(own.alternative_minimum_tax) for own in self.levied.values())

    @property
    def credit_used(self) -> Amount:
        """The minimum tax credit used, of all jurisdictions."""
        return sum(of_one(own.credit_used) for own in self.levied.values())

    @property
    def cash(self) -> Amount:
        """What the year's exercises ask for: strikes, and the taxes that they add."""
        return self.strike_paid + self.taxes_added


class Priced(NamedTuple):
    """A schedule with its years, what it is worth by the question's aim, and what of the question it breaks."""

    schedule: Schedule
    years: tuple[PricedYear, ...]
    objective: Amount
    broken: tuple[str, ...]

    @property
    def credit_left(self) -> Mapping[str, Amount]:
        """The minimum tax credit after the last year, by jurisdiction."""
        return self.years[-1].credit_out


class Pricer:
    """Prices schedules of one question; the taxes without any options are figured once."""

    def __init__(self, question: PlanQuestion, amounts: Sequence[YearAmounts]) -> None:
        self.question = question
        self.amounts = amounts
        places = range(len(question.years))
        none = dict.fromkeys(question.jurisdictions, 0.0)
        self.without = [own for place in places for own in self._levied_from(place, {}, none)]

    def price(self, schedule: Schedule) -> Priced:
        """The schedule's years, by the forms."""
        question = self.question
        credit: Mapping[str, Amount] = {code: question.credits.get(code, 0.0) for code in question.jurisdictions}
        years: list[PricedYear] = []
        for place, amounts in enumerate(self.amounts):
            facts = values_at(amounts.facts, schedule)
            for own in self._levied_from(place, facts, credit):
                years.append(self._year(len(years), own, credit, schedule))
                credit = years[-1].credit_out
        return Priced(schedule, tuple(years), self._objective(years), tuple(self._broken(schedule, years)))

    def cost(self, priced: Priced) -> Amount:
        """The objective as something to be least."""
        return priced.objective if self.question.all_must_be_exercised else -priced.objective

    def base(self, place: int) -> float:
        """The taxes of a year without any options."""
        return sum(of_one(own.taxes) for own in self.without[place].values())

    def counted_base(self, place: int) -> float:
        """What comes off the taxes of a year in the objective: by the aim of least tax, all but the AMT."""
        amt = sum(of_one(own.alternative_minimum_tax) for own in self.without[place].values())
        return self.base(place) - (amt if self.question.all_must_be_exercised else 0.0)

    def _levied_from(
        self, place: int, facts: Mapping[str, Amount], credit: Mapping[str, Amount]
    ) -> list[dict[str, Levied]]:
        """What is levied in a year, and for the exit in the recovery years after it, the credit carried along."""
        made: list[dict[str, Levied]] = []
        for year in years_from(self.question, place, facts, self.question.jurisdictions):
            own = {
                code: levied(self.question, return_of(year, credit, code), year.spread)
                for code in self.question.jurisdictions
            }
            made.append(own)
            credit = {code: carried(of_code) for code, of_code in own.items()}
        return made

    def _year(self, place: int, own: dict[str, Levied], credit: Mapping[str, Amount], schedule: Schedule) -> PricedYear:
        amounts = self.amounts[place] if place < len(self.amounts) else YearAmounts()
        facts = values_at(amounts.facts, schedule)
        return PricedYear(
            year=self.question.all_years[place].year,
            spread=facts.get(SPREAD, 0.0),
            strike_paid=amounts.strike_paid.at(schedule),
            wages=facts.get("wages", 0.0),
            proceeds=amounts.proceeds.at(schedule),
            levied=own,
            taxes_added=sum(of_one(of_code.taxes) for of_code in own.values()) - self.base(place),
            credit_in=credit,
            credit_out={code: carried(of_code) for code, of_code in own.items()},
        )

    def _objective(self, years: Sequence[PricedYear]) -> Amount:
        question = self.question
        cost: Amount = 0.0
        for place, year in enumerate(years):
            counted = year.taxes_added + self.base(place) - self.counted_base(place) - year.credit_used
            if question.exit:
                counted += year.strike_paid - year.proceeds
            cost += question.discount(place) * counted
        left = sum(years[-1].credit_out.values())
        cost -= question.credit_left_at * question.discount(len(years)) * left
        return cost if question.all_must_be_exercised else -cost

    def _broken(self, schedule: Schedule, years: Sequence[PricedYear]) -> list[str]:
        question = self.question
        broken = []
        if question.all_must_be_exercised:
            for same in question.same_options:
                lapse = question.exercisable_of(same) - sum(sum(schedule[own]) for own in same)
                if lapse > 0:
                    broken.append(f"{lapse:,} shares of {question.grants[same[0]].label} lapse")
        for year, priced in zip(question.exercise_years, years, strict=False):
            if year.cash is not None and priced.cash > year.cash + _BROKEN:
                broken.append(f"{year.year} takes {priced.cash:,.2f} of cash")
            if year.most_amt is not None and priced.amt > year.most_amt + _BROKEN:
                broken.append(f"{year.year} owes {priced.amt:,.2f} of AMT")
        return broken


class AmtPricer(Pricer):
    """Prices schedules by their AMT alone, whatever becomes of the credit."""

    def cost(self, priced: Priced) -> Amount:
        """The AMT of all years and jurisdictions."""
        return sum(year.amt for year in priced.years)


def carried(own: Levied) -> Amount:
    """The minimum tax credit of the next year: what is left and what this year earns, zero or more (Form 8801)."""
    return zero_or_more(own.credit_carried + own.credit_earned)
