"""Estimated tax: what must be paid before the return is due, what an exercise adds to it, and the cash it all takes.

IRC 6654 and Publication 505, chapter 2; for California R&TC 19136 to 19136.3. Only the regular installments are
figured: an exercise late in the year then asks more of the early installments too, which the annualized method (Form
2210 Schedule AI) can avoid. That method is out of scope, as are the rules of farmers and fishermen, waivers, and due
dates that were put off for a disaster.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xl_amt.days import next_business_day
from xl_amt.errors import ArgumentError
from xl_amt.law import EstimatedTaxLaw


class ThisYear(NamedTuple):
    """This year's tax by one plan, in dollars.

    ``tax`` is the whole of it: AMT and surtaxes in, credits off, before withholding (IRC 6654(a), (f)). ``withholding``
    is that of the whole year, so far and still to come. Only California asks for ``agi``; None: not known.
    """

    tax: float
    withholding: float = 0.0
    agi: float | None = None


class LastYear(NamedTuple):
    """Last year's tax and adjusted gross income, as its return shows them.

    ``tax`` is None where no return was filed although one was due, or the year was not one of twelve months.
    """

    tax: float | None
    agi: float


class Payment(NamedTuple):
    """A payment of estimated tax already made, or last year's overpayment applied to this year."""

    day: date
    amount: float


class PaymentDue(NamedTuple):
    """What is to be paid on a day by two plans; negative for a refund."""

    day: date
    what: str
    without_exercise: float
    with_exercise: float

    @property
    def added(self) -> float:
        """What the exercise adds."""
        return self.with_exercise - self.without_exercise


class PaymentsLeft(NamedTuple):
    """What is left to pay of one jurisdiction's tax of the year.

    ``installments`` are those whose date has not passed. The first of them makes up what earlier ones lacked: ``late``
    is that part, to be paid at once, because the addition to tax runs on it. ``balance`` is due with the return.
    """

    installments: tuple[PaymentDue, ...]
    balance: PaymentDue
    late: PaymentDue

    @property
    def payments(self) -> tuple[PaymentDue, ...]:
        """The installments and the balance, in order of their dates."""
        return (*self.installments, self.balance)


class CashNeeded(NamedTuple):
    """Every payment in order of its date, and the totals, in dollars."""

    rows: tuple[PaymentDue, ...]

    @property
    def without_exercise(self) -> float:
        """What is to be paid in all if nothing is exercised."""
        return sum(row.without_exercise for row in self.rows)

    @property
    def with_exercise(self) -> float:
        """What is to be paid in all with the exercise."""
        return sum(row.with_exercise for row in self.rows)

    @property
    def added(self) -> float:
        """The cash that the exercise takes in all."""
        return sum(row.added for row in self.rows)


class ExerciseCost(NamedTuple):
    """What is paid on the day of the exercise: strike × shares, and the tax withheld on the wages of NSOs."""

    day: date
    strike: float
    tax_withheld: float = 0.0


def required_annual_payment(this_year: ThisYear, last_year: LastYear, law: EstimatedTaxLaw) -> float:
    """Least payments of the year, withholding included, that avoid the addition to tax; 0 where none is asked for.

    The smaller of 90 % of this year's tax and 100 % of last year's, 110 % where last year's adjusted gross income was
    above the threshold (IRC 6654(d)(1)(B), (C); Form 2210 line 9). None is asked for where this year's tax less
    withholding is under 1,000 dollars (IRC 6654(e)(1)), nor where there was no tax last year ((e)(2)).

    California (R&TC 19136, 19136.3): last year's tax does not count from 1,000,000 dollars of this year's adjusted
    gross income; the small amount is 500 dollars, of this year or of the last. ArgumentError where the answer
    depends on this year's adjusted gross income and it is not given.

    >>> from xl_amt.law import estimated_tax_law
    >>> law = estimated_tax_law(2026, "single")
    >>> round(required_annual_payment(ThisYear(80_000), LastYear(tax=40_000, agi=180_000), law), 2)
    44000.0
    """
    if this_year.tax - this_year.withholding < law.least_balance or _excused_by_last_year(last_year, law):
        return 0.0
    of_this_year = law.this_year * this_year.tax
    if last_year.tax is None:
        return of_this_year
    of_last_year = law.part_of_last_year(last_year.agi) * last_year.tax
    if of_last_year >= of_this_year or _last_year_does_not_count(this_year, law):
        return of_this_year
    return of_last_year


def remaining_payments(
    without_exercise: ThisYear,
    with_exercise: ThisYear,
    last_year: LastYear,
    paid: Sequence[Payment],
    today: date,
    law: EstimatedTaxLaw,
) -> PaymentsLeft:
    """What is left to pay of the year's tax from a day on, without an exercise and with it.

    Each installment brings the payments up to its part of the required annual payment less withholding, as the Amended
    Estimated Tax Worksheet of Publication 505 does: withholding counts as paid in the same parts (IRC 6654(g)(1);
    R&TC 19136(e)). Dates on a weekend or a legal holiday are the next business day (IRC 7503). Nobody has to make the
    last installment who files and pays by January 31 (IRC 6654(h)).

    ArgumentError for a day after the balance is due, and for payments after it or below zero.
    """
    due_dates = [next_business_day(day) for day in law.due_dates]
    balance_day = next_business_day(law.balance_date)
    _check(paid, today, balance_day)
    already = sum(payment.amount for payment in paid)
    plans = (without_exercise, with_exercise)
    short = [
        max(0.0, required_annual_payment(plan, last_year, law) - plan.withholding) for plan in plans
    ]  # of withholding, over the year

    installments: list[PaymentDue] = []
    made = [already, already]
    late = (0.0, 0.0)
    for number, (day, part) in enumerate(zip(due_dates, law.installments, strict=True), 1):
        wanted = [max(0.0, part * of_year - so_far) for of_year, so_far in zip(short, made, strict=True)]
        if day < today:
            late = (wanted[0], wanted[1])
            continue
        what = f"{law.jurisdiction} estimated tax, {number} of {len(due_dates)}"
        installments.append(PaymentDue(day, what, *wanted))
        made = [so_far + amount for so_far, amount in zip(made, wanted, strict=True)]
    left = [plan.tax - plan.withholding - so_far for plan, so_far in zip(plans, made, strict=True)]
    return PaymentsLeft(
        installments=tuple(installments),
        balance=PaymentDue(balance_day, f"{law.jurisdiction} balance with the return", *left),
        late=PaymentDue(today, f"{law.jurisdiction} late, part of the next payment", *late),
    )


def cash_needed(cost: ExerciseCost, schedules: Sequence[PaymentsLeft], others: Sequence[PaymentDue] = ()) -> CashNeeded:
    """All cash that an exercise and the year's taxes take, and when: the strike, tax withheld, and each payment.

    ``schedules`` are the federal one and California's, where there is one. ``others`` are payments that the advisor
    knows, such as another state's tax without and with the exercise. What the exercise adds in all is the strike and
    the tax it adds, where the withholding of the plan with it includes the tax withheld.
    """
    at_exercise = [PaymentDue(cost.day, "Strike", 0.0, cost.strike)]
    if cost.tax_withheld:
        at_exercise.append(PaymentDue(cost.day, "Tax withheld on NSO wages", 0.0, cost.tax_withheld))
    payments = [payment for schedule in schedules for payment in schedule.payments]
    return CashNeeded(tuple(sorted((*at_exercise, *payments, *others), key=lambda row: row.day)))


def _excused_by_last_year(last_year: LastYear, law: EstimatedTaxLaw) -> bool:
    """No tax last year, or in California a small one; its withholding, unknown here, could only excuse more."""
    if last_year.tax is None:
        return False
    return last_year.tax == 0.0 or last_year.tax < (law.least_balance_of_last_year or 0.0)


def _last_year_does_not_count(this_year: ThisYear, law: EstimatedTaxLaw) -> bool:
    if law.this_year_only_from is None:
        return False
    if this_year.agi is None:
        raise ArgumentError(
            "this_year_agi: it is missing, and the answer depends on it: last year's tax does not count at "
            f"{law.this_year_only_from:,.0f} dollars of it or more; enter this year's adjusted gross income."
        )
    return this_year.agi >= law.this_year_only_from


def _check(paid: Sequence[Payment], today: date, balance_day: date) -> None:
    if today > balance_day:
        raise ArgumentError(f"today: {today} is after {balance_day}, when all of the year's tax is due.")
    for payment in paid:
        if payment.day > today:
            raise ArgumentError(
                f"paid: the payment of {payment.day} is after {today}; enter only payments already made."
            )
        if payment.amount < 0.0:
            raise ArgumentError(f"paid: {payment.amount:g} on {payment.day} is negative; enter zero or more.")
