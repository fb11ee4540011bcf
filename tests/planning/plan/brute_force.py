"""Small random plan questions, and their best objective by trying every schedule of whole shares.

Worth is figured here by the words of the question's own page, year by year on the forms, apart from the planner: of it
nothing is used but its question in JSON form.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from random import Random

from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.forms.us.capital_loss_carryover import capital_loss_carryover
from xl_amt.forms.us.schedule_d import amt_schedule_d
from xl_amt.forms.us.total_tax import tax_return_of
from xl_amt.household import Household

FIELDS = {"Long-term capital gain": "long_term_gain", "Interest": "interest", "Children under 17": "children_under_17"}
MOST_SCHEDULES = 300


def random_question(random: Random) -> dict:
    """A question of two or three years and one or two grants of a few dear shares."""
    is_sale = random.random() < 0.5
    count = random.choice([2, 2, 3]) + is_sale * (random.random() < 0.7)
    first = random.randint(2019, 2027 - count)
    status = random.choice(["single", "single", "mfj", "mfs", "hoh"])
    income = random.choice([60_000.0, 150_000.0, 200_000.0, 320_000.0, 550_000.0])
    value = random.choice([4_000.0, 9_000.0, 20_000.0, 45_000.0])
    years = []
    children = random.choice([1.0, 2.0]) if random.random() < 0.1 and first > 2021 else 0.0
    for year in range(first, first + count):
        value *= random.choice([0.5, 0.8, 1.0, 1.2, 1.9])
        facts = {"Deduction": "standard"} | ({"Children under 17": children} if children else {})
        if random.random() < 0.2:
            facts["Long-term capital gain"] = random.choice([20_000.0, 400_000.0, -8_000.0])
        if random.random() < 0.1:
            facts["Interest"] = 15_000.0
        own = {"year": year, "status": status, "income": income * random.uniform(0.7, 1.3), "facts": facts}
        if not is_sale or year < first + count - 1:
            own["value_per_share"] = round(value, 2)
        years.append(own)
    question = {
        "format": "xl-amt plan 1",
        "aim": "most after tax" if is_sale else "least tax",
        "taxes": random.choice([["regular", "AMT", "state"], ["regular", "AMT", "NIIT", "Medicare", "state"]]),
        "jurisdiction": random.choice(["US", "US", "US+XX", "US+CA"]),
        "discount_rate": random.choice([0.0, 0.03, 0.08]),
        "credit_left_at": random.choice([0.0, 0.4, 1.0]),
        "minimum_tax_credit": random.choice([0.0, 0.0, 12_000.0, 60_000.0]),
        "years": years,
        "grants": [_grant(random, f"G{number}", years, value) for number in range(random.choice([1, 1, 2]))],
    }
    if is_sale:
        recovery = random.choice([0, 0, 1, 2])
        last = years[-1]["year"]
        question["exit"] = {
            "year": last,
            "price": round(value * random.choice([0.4, 0.9, 1.5, 3.0]), 2),
            "recovery_years": list(range(last + 1, min(last + 1 + recovery, 2027))),
        }
        if random.random() < 0.2:
            _add_days(random, question)
    if random.random() < 0.3:
        tight = random.choice(years[: len(years) - is_sale])
        tight["cash"] = random.choice([5_000.0, 30_000.0, 120_000.0])
    return question


def _add_days(random: Random, question: dict) -> None:
    """Days by which some sales at the exit come too early to qualify."""
    first, last = question["years"][0]["year"], question["exit"]["year"]
    question["exit"]["on"] = f"{last}-06-15"
    question["exercise_on"] = {
        str(own["year"]): f"{own['year']}-{random.choice(['03', '11'])}-10" for own in question["years"][:-1]
    }
    for grant in question["grants"]:
        grant["granted"] = f"{first - random.choice([0, 1, 3])}-01-20"


def _grant(random: Random, label: str, years: list, value: float) -> dict:
    shares = random.randint(3, 6)
    grant = {
        "label": label,
        "type": "ISO" if random.random() < 0.8 else "NSO",
        "strike": round(value * random.choice([0.02, 0.1, 0.6, 1.3]), 2),
        "shares": shares,
    }
    if random.random() < 0.5:
        vested, by_year = 0, {}
        for own in years:
            vested = min(shares, vested + random.randint(1, 3))
            by_year[str(own["year"])] = vested
        grant["vested"] = by_year
    if random.random() < 0.3:
        grant["last_year"] = random.choice(years)["year"]
    return grant


def best_by_trying(question: dict) -> float | None:
    """The best objective of all schedules; None where none keeps the cash."""
    case = _Case(question)
    worth = [case.worth(schedule) for schedule in case.schedules()]
    kept = [each for each in worth if each is not None]
    return (max if case.sale else min)(kept, default=None)


def number_of_schedules(question: dict) -> int:
    """How many schedules there are to try."""
    return sum(1 for _ in _Case(question).schedules())


class _Case:
    def __init__(self, question: dict) -> None:
        self.question = question
        self.sale = question.get("exit")
        self.codes = question["jurisdiction"].split("+")
        self.years = [own["year"] for own in question["years"]]
        self.buying = len(self.years) - bool(self.sale)
        self.grants = question["grants"]
        self.households = [self._household(own, own["year"]) for own in question["years"]]
        self.known: dict = {}
        self.state_losses: dict = {}
        self.without = [self._levied(place, {}, 0.0) for place in range(len(self.years))]

    def _household(self, own: dict, year: int) -> Household:
        facts = {FIELDS[name]: value for name, value in own["facts"].items() if name in FIELDS}
        return Household(year, own["status"], own["income"], deduction=own["facts"]["Deduction"], **facts)

    def vested(self, grant: dict, place: int) -> int:
        if "vested" not in grant:
            return grant["shares"]
        return max((shares for year, shares in grant["vested"].items() if int(year) <= self.years[place]), default=0)

    def schedules(self):
        """Every schedule, as a row a grant; an ISO and the NSO that it is later are exercised once."""
        every = product(*(list(self._rows(grant)) for grant in self.grants))
        later = [(place, self._once_iso(grant)) for place, grant in enumerate(self.grants) if "once_iso" in grant]
        return (
            schedule
            for schedule in every
            if all(sum(schedule[own]) + sum(schedule[iso]) <= self.grants[own]["shares"] for own, iso in later)
        )

    def _once_iso(self, grant: dict) -> int:
        """The place of the ISO grant whose options these are."""
        return [other["label"] for other in self.grants].index(grant["once_iso"])

    def _rows(self, grant: dict):
        last = min(grant.get("last_year", 9_999), self.years[self.buying - 1])
        places = [place for place in range(self.buying) if self.years[place] <= last]
        for row in product(*(range(self.vested(grant, place) + 1) for place in places)):
            so_far = [sum(row[: place + 1]) for place in range(len(row))]
            is_vested = all(done <= self.vested(grant, place) for place, done in enumerate(so_far))
            if is_vested and (self.sale or so_far[-1] == self.vested(grant, places[-1])):
                yield row + (0,) * (self.buying - len(row))

    def worth(self, schedule: tuple) -> float | None:
        """The objective of a schedule, by the words of the question; None where it takes more cash than there is."""
        question = self.question
        discount = 1.0 / (1.0 + question["discount_rate"])
        credit = {code: question["minimum_tax_credit"] if code == "US" else 0.0 for code in self.codes}
        total, place = 0.0, 0
        for place in range(len(self.years)):
            added, spread, strike, proceeds = self._amounts(schedule, place)
            flow = (proceeds - strike) if self.sale else 0.0
            for number, (own, base) in enumerate(
                zip(self._levied(place, added, spread), self.without[place], strict=True)
            ):
                for code in self.codes:
                    taxes, _, usable, earned = own[code]
                    used = min(credit[code], usable)
                    cost = taxes - base[code][0] + (0.0 if self.sale else base[code][1])
                    flow += used - cost
                    credit[code] = max(0.0, credit[code] - used + earned)
                if not number and place < self.buying:
                    spent = strike + sum(own[code][0] - base[code][0] for code in self.codes)
                    if spent > question["years"][place].get("cash", float("inf")) + 0.005:
                        return None
                total += discount ** (place + number) * flow
                flow = 0.0
        years = len(self.years) + len(self.sale["recovery_years"] if self.sale else [])
        total += question["credit_left_at"] * discount**years * sum(credit.values())
        return total if self.sale else -total

    def _amounts(self, schedule: tuple, place: int) -> tuple:
        """What a year adds to the facts, its ISO spread, the strikes paid and the proceeds."""
        wages = medicare = spread = strike = proceeds = taxed = 0.0
        gains = dict.fromkeys(("long_term_gain", "amt_long_term_gain", "short_term_gain", "amt_short_term_gain"), 0.0)
        if place < self.buying:
            value = self.question["years"][place]["value_per_share"]
            for grant, row in zip(self.grants, schedule, strict=True):
                each = max(0.0, value - grant["strike"])
                strike += row[place] * grant["strike"]
                if grant["type"] == "ISO":
                    spread += row[place] * each
                else:
                    wages += row[place] * each
                    medicare += row[place] * each
            return {"wages": wages, "medicare_wages": medicare}, spread, strike, 0.0
        price = self.sale["price"]
        for grant, row in zip(self.grants, schedule, strict=True):
            for bought, shares in enumerate(row):
                basis = max(self.question["years"][bought]["value_per_share"], grant["strike"])
                long_term, qualifies = self._held(grant, bought)
                own_wages = 0.0 if qualifies else max(0.0, min(basis, price) - grant["strike"])
                cost = grant["strike"] + own_wages if grant["type"] == "ISO" else basis
                term = "long_term_gain" if long_term else "short_term_gain"
                proceeds += shares * price
                wages += shares * own_wages
                taxed += shares * own_wages
                gains[term] += shares * (price - cost)
                gains[f"amt_{term}"] += shares * (price - basis)
            alive = grant.get("last_year", 9_999) >= self.years[place]
            taken = sum(row) + (sum(schedule[self._once_iso(grant)]) if "once_iso" in grant else 0)
            rest = (self.vested(grant, place) - taken) * max(0.0, price - grant["strike"]) * alive
            proceeds += rest
            wages += rest
            medicare += rest if grant["type"] == "NSO" else 0.0
        facts = {"wages": wages, "medicare_wages": medicare, "wages_already_taxed_by_amt": taxed} | gains
        return facts, 0.0, 0.0, proceeds

    def _held(self, grant: dict, bought: int) -> tuple:
        """Whether shares are long-term at the exit, and whether their sale, if of an ISO, is a qualifying one."""
        days = self.question.get("exercise_on")
        if days is None:
            return True, True
        sold = date.fromisoformat(self.sale["on"])
        exercised = date.fromisoformat(days[str(self.years[bought])])
        granted = date.fromisoformat(grant["granted"])
        long_term = sold > exercised.replace(year=exercised.year + 1)
        in_time = long_term and sold > granted.replace(year=granted.year + 2)
        return long_term, in_time or grant["type"] == "NSO"

    def _levied(self, place: int, added: dict, spread: float) -> list:
        key = (place, spread, *added.values())
        if key not in self.known:
            self.known[key] = self._figured(place, added, spread)
        return self.known[key]

    def _figured(self, place: int, added: dict, spread: float) -> list:
        """Taxes, AMT, usable and earned credit by code; for the exit those of the recovery years after it."""
        household = self.households[place]
        gain = household.long_term_gain
        household = replace(
            household,
            wages=household.wages + added.get("wages", 0.0),
            medicare_wages=household.wages + added.get("medicare_wages", 0.0),
            wages_already_taxed_by_amt=added.get("wages_already_taxed_by_amt", 0.0),
            short_term_gain=added.get("short_term_gain", 0.0),
            amt_short_term_gain=added.get("amt_short_term_gain", 0.0),
            long_term_gain=gain + added.get("long_term_gain", 0.0),
            amt_long_term_gain=gain + added.get("amt_long_term_gain", 0.0),
        )
        self.state_losses = {}
        years = [self._of_household(household, spread)]
        for year in self.sale["recovery_years"] if self.sale and place == len(self.years) - 1 else []:
            before = tax_return_of(household)
            self.state_losses = self._state_losses(household)
            losses = capital_loss_carryover(before.regular.income_less_deductions, before.regular.schedule_d)
            income = before.minimum_tax(0.0).alternative_minimum_taxable_income
            of_amt = capital_loss_carryover(income, amt_schedule_d(household, before.law))
            household = replace(
                self._household(self.question["years"][-1], year),
                short_term_loss_carryover=losses.short_term,
                long_term_loss_carryover=losses.long_term,
                amt_short_term_loss_carryover=of_amt.short_term,
                amt_long_term_loss_carryover=of_amt.long_term,
            )
            years.append(self._of_household(household, 0.0))
        return years

    def _state_losses(self, household: Household) -> dict:
        """What a state's own return of a year leaves of losses to the next one."""
        for code in self.codes:
            system = TAX_SYSTEMS[code]
            if code != "US":
                own = system.tax_return(tax_return_of(household), system.own_facts(**self.state_losses))
                left = system.carried(own, 0.0)
                return {name: amount for name, amount in left.items() if name != "minimum_tax_credit"}
        return {}

    def _of_household(self, household: Household, spread: float) -> dict:
        made = {}
        for code in self.codes:
            system = TAX_SYSTEMS[code]
            federal = tax_return_of(household)
            own = federal if code == "US" else system.tax_return(federal, system.own_facts(**self.state_losses))
            everything = own.total_tax(spread)
            amt = own.minimum_tax(spread)
            taxes = everything.total
            if code == "US":
                named = self.question["taxes"]
                taxes -= 0.0 if "NIIT" in named else everything.net_investment_income_tax
                taxes -= 0.0 if "Medicare" in named else everything.additional_medicare_tax
            usable = max(0.0, everything.minimum_tax_credit.regular_tax_less_credits - amt.tentative_minimum_tax)
            earned = own.credit_earned(spread).credit_earned
            made[code] = (taxes, amt.alternative_minimum_tax, usable, earned)
        return made
