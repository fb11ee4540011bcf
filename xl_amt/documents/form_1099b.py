"""Form 1099-B, Proceeds From Broker Transactions, and the Form 8949 that brings it to our gain.

Of an option granted from 2014 on, the broker's basis is what was paid, without the income (Treas. Reg.
1.6045-1(d)(6)(ii)); of an earlier one it may have either. RSU shares are not bought for cash, so they are no
covered securities (1.6045-1(a)(15)), and their basis is blank, or 0, or on a supplement that the IRS does not get.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from xl_amt.days import first_long_term_day
from xl_amt.documents.figures import same, to_cents
from xl_amt.equity.history import History
from xl_amt.equity.sales import Disposition
from xl_amt.equity.words import dollars, grouped, listed, price_of, shares_of

_BASIS_WITHOUT_INCOME_FROM: Final = date(2014, 1, 1)  # grants


class Form1099B(NamedTuple):
    """One sale of one lot, in dollars; ``lot`` may be the beginning of several lots' labels, as in a `Sale`."""

    lot: str
    sold: date  # box 1c
    shares: float  # box 1a
    proceeds: float  # box 1d
    basis: float | None  # box 1e; None where it is blank
    long_term: bool | None = None  # box 2; None where it is blank


class SaleReconciled(NamedTuple):
    """A Form 1099-B, compared with ours and the line of Form 8949 between them; amounts in dollars."""

    form: Form1099B
    sale: Disposition

    @property
    def basis(self) -> float:
        """Ours for the regular tax: what was paid, and the wages, of the sale or before it."""
        return self.sale.cost + self.sale.wages + self.sale.earlier_wages

    @property
    def amt_basis(self) -> float:
        """Ours for the AMT: what was paid, and what was AMT income."""
        return self.sale.cost + self.sale.amt_income

    @property
    def basis_on_form_8949(self) -> float:
        """Column (e): the form's, and ours where it has none."""
        return self.basis if self.form.basis is None else self.form.basis

    @property
    def gain_on_form(self) -> float:
        """Columns (d) less (e): the gain before the adjustment."""
        return self.form.proceeds - self.basis_on_form_8949

    @property
    def adjustment(self) -> float:
        """Column (g): what brings that gain to ours."""
        return self.sale.gain - self.gain_on_form

    @property
    def codes(self) -> str:
        """Column (f): B for the basis, T for the term, W for the loss of a wash sale.

        A loss on a sale to a related person is L in place of W.
        """
        return _codes(
            of_basis=not same(self.basis_on_form_8949, self.basis),
            of_term=self.form.long_term not in {None, self.sale.long_term},
            of_loss=self.sale.disallowed_loss > 0.0,
        )

    @property
    def why(self) -> tuple[str, ...]:
        """The sentences that explain the line."""
        return tuple(_why(self))


def _codes(*, of_basis: bool, of_term: bool, of_loss: bool) -> str:
    return "".join(code for code, applies in (("B", of_basis), ("T", of_term), ("W", of_loss)) if applies)


def sales_of(history: History, year: int) -> tuple[SaleReconciled, ...]:
    """Each sale of a lot in a year, with the form that the broker will make out; a gift or a repurchase has none."""
    return tuple(
        SaleReconciled(_expected(sale), sale)
        for sale in history.sales
        if sale.day.year == year and sale.kind != "repurchase" and not (sale.price == 0.0 and sale.disallowed_loss)
    )


def _expected(sale: Disposition) -> Form1099B:
    lot = sale.lot
    if lot.kind == "RSU":
        return Form1099B(lot.label, sale.day, lot.shares, sale.proceeds, basis=None)
    long_term = sale.day >= first_long_term_day(lot.acquired)
    return Form1099B(lot.label, sale.day, lot.shares, sale.proceeds, sale.cost, long_term)


def _why(reconciled: SaleReconciled) -> Iterator[str]:
    form, sale = reconciled.form, reconciled.sale
    wages = sale.wages + sale.earlier_wages
    if form.basis is None:
        yield (
            "The form shows no basis, which does not mean a basis of 0: RSU shares are not bought for cash, and the "
            f"wages of {dollars(wages)} are their cost."
        )
    elif "B" in reconciled.codes:
        early = (sale.lot.grant_date or sale.lot.acquired) < _BASIS_WITHOUT_INCOME_FROM
        yield (
            f"The form's basis is what was paid; the wages of {dollars(wages)} are part of our basis, and without the "
            "adjustment they are taxed twice."
            + (" For an option granted before 2014, the broker may have added them." if early else "")
        )
    if "T" in reconciled.codes:
        yield f"The form counts from the exercise, the law from {sale.lot.vested}, when the shares vested."
    if sale.disallowed_loss:
        yield f"A loss of {dollars(sale.disallowed_loss)} is not deducted, whether box 1g shows it or not."
    if not same(reconciled.amt_basis, reconciled.basis):
        yield (
            f"Form 8949 for the AMT has a basis of {dollars(reconciled.amt_basis)}, because "
            f"{dollars(sale.amt_income)} was AMT income."
        )


def differences(ours: Sequence[SaleReconciled], received: Sequence[Form1099B]) -> Iterator[str]:
    """What the forms received say otherwise than ours, a sentence each; several for one lot and day count together."""
    left = list(ours)
    for (name, day), forms in grouped(received, lambda form: (form.lot, form.sold)).items():
        sales = [own for own in left if own.form.sold == day and own.sale.lot.is_called(name)]
        left = [own for own in left if own not in sales]
        where = f"Form 1099-B of {name}, sold {day}"
        if sales:
            yield from _of_lot(where, sales, forms)
        else:
            yield f"{where}: our record has no such sale; a date or the lot differs."
    for own in left:
        yield (
            f"Form 1099-B of {own.form.lot}, sold {own.form.sold}: none was received for "
            f"{shares_of(own.form.shares)} and proceeds of {dollars(own.form.proceeds)}; ask the broker."
        )


def _of_lot(where: str, ours: Sequence[SaleReconciled], forms: Sequence[Form1099B]) -> Iterator[str]:
    shares, own_shares = sum(form.shares for form in forms), sum(own.form.shares for own in ours)
    if shares != own_shares:
        yield (
            f"{where}: box 1a shows {shares_of(shares)}, ours is {own_shares:,.0f}; the broker may have sold other "
            "lots."
        )
    proceeds, own_proceeds = sum(form.proceeds for form in forms), sum(own.form.proceeds for own in ours)
    if not same(proceeds, own_proceeds):
        yield (
            f"{where}: box 1d shows {dollars(proceeds)}, ours is {dollars(own_proceeds)}; the price differs, or fees "
            "were deducted."
        )
    terms, own_terms = {form.long_term for form in forms} - {None}, {own.sale.long_term for own in ours}
    of_term = bool(terms) and terms != own_terms
    yield from _of_basis(where, ours, forms, of_term=of_term)
    if of_term:
        yield (
            f"{where}: box 2 shows {_words(terms)}, ours is {_words(own_terms)}; our days begin at the exercise, or "
            "at vesting in a disqualifying sale of shares exercised early, so enter code T on Form 8949."
        )


def _of_basis(
    where: str, ours: Sequence[SaleReconciled], forms: Sequence[Form1099B], *, of_term: bool
) -> Iterator[str]:
    basis = sum(own.basis for own in ours)
    reported = sum(form.basis or 0.0 for form in forms)
    if same(reported, basis):
        return
    cost = sum(own.sale.cost for own in ours)
    rounded = sum(own.sale.lot.shares * to_cents(own.sale.lot.strike) for own in ours)
    wages = dollars(basis - cost)
    loss = sum(own.sale.disallowed_loss for own in ours)
    and_loss = f" with code {_codes(of_basis=False, of_term=of_term, of_loss=True)} and {dollars(loss)}" if loss else ""
    if all(form.basis is None for form in forms):
        yield (
            f"{where}: box 1e is blank, ours is {dollars(basis)}; enter ours in column (e) of Form 8949{and_loss}, or "
            f"{wages} of wages are taxed twice."
        )
        return
    if same(reported, cost):
        likely = f"it is what was paid, without {wages} of wages, which would be taxed twice"
    elif same(reported, rounded):
        strikes = listed(price_of(strike) for strike in sorted({own.sale.lot.strike for own in ours}))
        likely = f"rounding the strike of {strikes} to cents explains it, and {wages} of wages that it omits"
    else:
        likely = "neither the wages nor the rounding of the strike explains it, so ask the broker"
    codes = _codes(of_basis=True, of_term=of_term, of_loss=loss > 0.0)
    yield (
        f"{where}: box 1e shows {dollars(reported)}, ours is {dollars(basis)}; {likely}. On Form 8949 that is code "
        f"{codes} and {dollars(reported - basis + loss)}, or ours in column (e){and_loss} where the IRS was not told "
        "the basis."
    )


def _words(terms: set[bool | None] | set[bool]) -> str:
    return " and ".join(sorted("long-term" if term else "short-term" for term in terms))
