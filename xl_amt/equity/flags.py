"""What an advisor should look at in a portfolio before its figures are used: one sentence each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from xl_amt.days import add_months, is_wash_sale_window
from xl_amt.equity.grants import Grant
from xl_amt.equity.ledger import History
from xl_amt.equity.portfolio import Portfolio
from xl_amt.equity.sales import Disposition
from xl_amt.equity.termination import last_day_as_iso
from xl_amt.equity.tranches import Tranche
from xl_amt.equity.words import grouped
from xl_amt.law.incentive_stock_options import incentive_stock_option_law

_DUST: Final = 1e-9  # dollars: what a binary fraction of 110% is off
_PART_OF_A_SHARE: Final = 1e-6  # less is what binary fractions of thirds of shares are off


def flags(portfolio: Portfolio, history: History) -> list[str]:
    """Every doubt about a portfolio and what came of it, each naming its grant.

    >>> from datetime import date
    >>> from xl_amt.equity.history import follow
    >>> grant = Grant("ES-1", "ISO", date(2024, 1, 15), 2.0, 100, fmv_at_grant=2.5)
    >>> portfolio = Portfolio((grant,))
    >>> flags(portfolio, follow(portfolio, date(2026, 12, 31)))[0]
    'ES-1: the strike of 2.00 is below the value at grant of 2.50, so the option may not be an ISO (IRC 422(b)(4)).'
    """
    found: list[str] = []
    for grant in portfolio.grants:
        if grant.option_type == "ISO":
            found += _of_terms(grant)
    found += _of_the_split(history)
    found += _of_late_exercises(portfolio)
    found += _of_disqualified_grants(portfolio, history)
    found += _of_split_shares(portfolio, history)
    found += _of_old_values(portfolio, history)
    found += _of_losses(history)
    return found


def _of_terms(grant: Grant) -> Iterator[str]:
    law, value = incentive_stock_option_law(), grant.fmv_at_grant
    if value is None:
        yield (
            f"{grant.label}: its value at grant is not known, so the $100,000 rule uses the strike of "
            f"{grant.strike:,.2f}; enter fmv_at_grant, the appraised value."
        )
    elif grant.strike < value:
        yield (
            f"{grant.label}: the strike of {grant.strike:,.2f} is below the value at grant of {value:,.2f}, so the "
            "option may not be an ISO (IRC 422(b)(4))."
        )
    owner = grant.ten_percent_owner
    if owner and value is not None and grant.strike < value * law.ten_percent_owner_strike - _DUST:
        yield (
            f"{grant.label}: the client owns more than {law.ten_percent_owner:.0%} of the votes, and the strike of "
            f"{grant.strike:,.2f} is below {law.ten_percent_owner_strike:.0%} of the value at grant of {value:,.2f}, "
            "so the option is not an ISO (IRC 422(c)(5))."
        )
    yield from term_of_no_iso(grant)


def term_of_no_iso(grant: Grant) -> Iterator[str]:
    """The sentence on options that may be exercised for longer than an ISO may be; none for others."""
    by_law = grant.last_day_of_an_iso
    if grant.expiration_date and by_law and grant.expiration_date > by_law:
        section = "IRC 422(c)(5), for a 10% owner" if grant.ten_percent_owner else "IRC 422(b)(3)"
        yield (
            f"{grant.label}: it may be exercised until {grant.expiration_date}, but an ISO granted on "
            f"{grant.grant_date} no later than {by_law}, so the option is not an ISO ({section})."
        )


def _of_the_split(history: History) -> Iterator[str]:
    isos = [tranche for tranche in history.tranches if tranche.grant.option_type == "ISO"]
    for label, tranches in grouped(isos, lambda tranche: tranche.grant.label).items():
        if all(tranche.platform_iso_shares == tranche.shares for tranche in tranches):
            yield from _all_as_isos(label, tranches)
            continue
        for tranche in tranches:
            stated = tranche.platform_iso_shares
            if stated is None or stated == tranche.iso_shares_by_rule:
                continue
            yield (
                f"{tranche.grant.label}, vesting {tranche.vests}: the platform counts {stated:,} ISO shares, the "
                f"$100,000 rule {tranche.iso_shares_by_rule:,} of {tranche.shares:,}; the platform's count is used, "
                "since Form 3921 and Form W-2 follow it, so ask the company which is correct."
            )
    for label, day in history.split_set_aside.items():
        yield (
            f"{label}: the platform's ISO/NSO split was made before the acceleration of {day} and is set aside for the "
            "years that the acceleration changes; ask the company for its new split, which Form 3921 and Form W-2 "
            "will follow."
        )


def _all_as_isos(label: str, tranches: Sequence[Tranche]) -> Iterator[str]:
    """That an export calls every share of a grant an ISO, more than the rule allows."""
    by_rule, shares = sum(tranche.iso_shares_by_rule for tranche in tranches), sum(one.shares for one in tranches)
    if by_rule < shares:
        yield (
            f"{label}: the platform counts all its {shares:,} shares as ISOs, the $100,000 rule {by_rule:,} of them; "
            "the platform's count is used, since Form 3921 and Form W-2 follow it, so ask the company which is "
            "correct: the rest would be NSOs, whose spread is wages (IRC 422(d))."
        )


def _of_late_exercises(portfolio: Portfolio) -> Iterator[str]:
    last_day = last_day_as_iso(portfolio.termination) if portfolio.termination else None
    for exercise in portfolio.exercises:
        late = last_day is not None and exercise.day > last_day
        if late and portfolio.grant(exercise.grant).type_on(exercise.day) == "ISO":
            yield (
                f"{exercise.grant}: the exercise of {exercise.day} is after {last_day}, its last day as an ISO, and is "
                "taxed as the exercise of an NSO (IRC 422(a)(2))."
            )


def _of_disqualified_grants(portfolio: Portfolio, history: History) -> Iterator[str]:
    for grant in portfolio.grants:
        if grant.option_type == "ISO" and grant.disqualified and grant.disqualified <= history.through:
            yield (
                f"{grant.label}: its options are NSOs from {grant.disqualified} on: from that day the spread of an "
                "exercise is wages, with tax withheld, and not AMT income."
            )


def _of_split_shares(portfolio: Portfolio, history: History) -> Iterator[str]:
    """Part of a share is paid for in cash, as if it had been sold (Rev. Rul. 66-365)."""
    for split in portfolio.splits:
        shares = sum(lot.shares for lot in history.held if lot.acquired < split.day <= history.through)
        part = shares - round(shares)
        if abs(part) > _PART_OF_A_SHARE:
            yield (
                f"the split of {split.day} leaves part of a share in lots of {shares:,.6g} in total; cash paid for it "
                "is a sale (Rev. Rul. 66-365), so enter its small gain among the facts for the year."
            )


def _of_old_values(portfolio: Portfolio, history: History) -> Iterator[str]:
    """A private company's valuation is presumed good for twelve months (Treas. Reg. 1.409A-1(b)(5)(iv)(B))."""
    old = [
        lot
        for lot in history.lots
        if lot.vested <= history.through
        and (lot.kind == "RSU" or lot.is_taxed_at_vesting)
        and (known := portfolio.last_value(lot.vested)) is not None
        and lot.vested > add_months(known[0], 12)
    ]
    for label, lots in grouped(old, lambda lot: lot.subject).items():
        first = min(lot.vested for lot in lots)
        when = f"{first} and later" if len(lots) > 1 else f"{first}"
        yield f"{label}: its vesting on {when} is figured using a value more than twelve months old; add a newer one."


def _of_losses(history: History) -> Iterator[str]:
    """Losses that a wash sale would put off (IRC 1091), and what becomes of those put off."""
    for sale in history.sales:
        lot = sale.lot
        if sale.kind == "repurchase":
            continue
        if sale.disallowed_loss or sale.amt_disallowed_loss:
            yield (
                f"{lot.label}: a loss of {sale.disallowed_loss:,.2f} of the sale of {sale.day} "
                f"({sale.amt_disallowed_loss:,.2f} for the AMT) is not allowed; after a wash sale it is added to the "
                "basis of the replacement shares (IRC 1091(d)), which is not figured, so their gain will be "
                "overstated by that amount."
            )
            continue
        falls = sale.price < lot.strike + (lot.disqualified_spread if sale.kind != "qualifying" else 0.0)
        if falls or sale.gain < 0.0 or sale.amt_gain < 0.0:
            near = acquired_near(history, sale)
            if near:
                yield (
                    f"{lot.label}: the sale of {sale.day} is at a loss, or below the value at exercise, and shares "
                    f"were acquired within 30 days of it ({near}); if it is a wash sale, mark the loss as not allowed: "
                    "the wages are then the full spread (IRC 422(c)(2), 1091)."
                )


def acquired_near(history: History, sale: Disposition) -> str:
    """What was acquired within 30 days of a sale, but in the same purchase; "" for nothing.

    Stock units that vest after the last day that is followed count too: a sale in December is the one in question.
    """
    for lot in history.lots:
        same_purchase = (lot.subject, lot.acquired) == (sale.lot.subject, sale.lot.acquired)
        if is_wash_sale_window(lot.acquired, sale.day) and not same_purchase:
            return lot.label
    for tranche in history.tranches:
        if tranche.grant.option_type == "RSU" and not tranche.canceled and is_wash_sale_window(tranche.vests, sale.day):
            return f"{tranche.grant.label}, vesting {tranche.vests}"
    return ""
