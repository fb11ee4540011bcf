"""Lots of a share ledger -> the exercises that they came of, where only one grant can be meant.

A ledger says what was paid and when, and not for which option. Where the client has one grant of that strike whose
exercised shares are not all dated yet, the lot is its exercise. Otherwise it stays a lot, and is asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from xl_amt.equity.words import listed as in_words
from xl_amt.equity.words import shares_of
from xl_amt.importers.reconcile.exercises import same_price
from xl_amt.importers.report import ExerciseRow, ImportRemark, listed

if TYPE_CHECKING:
    from xl_amt.importers.reading import Readings
    from xl_amt.importers.report import LotRow
    from xl_amt.importers.rows.grants import ReadGrant


def lots_as_exercises(found: Readings, remarks: list[ImportRemark]) -> None:
    """Name the exercise of each lot, or make the lot one; what fits no grant, or several, is remarked on."""
    without: list[LotRow] = []
    taken: dict[str, list[LotRow]] = {}
    for lot in found.lots:
        if _names_an_exercise(lot, found):
            continue
        fitting = [read for read in found.grants if _fits(lot, read, found)]
        if len(fitting) != 1:
            without.append(lot)
            continue
        grant = fitting[0].grant
        taken.setdefault(grant.label, []).append(lot)
        found.exercises.append(
            ExerciseRow(
                grant=grant.label,
                day=lot.acquired,
                shares=lot.shares,
                paid=lot.paid,
                lot=lot.label,
                place=lot.place,
            )
        )
    for label, lots in taken.items():
        names = in_words(lot.label for lot in lots)
        remarks.append(
            ImportRemark(
                "lot is an exercise",
                "check",
                f"{label}: {names} of {shares_of(sum(lot.shares for lot in lots))} were bought at its strike, which "
                "matches no other grant, and are treated as its exercises; check it against Form 3921.",
                (label,),
                tuple(lot.place for lot in lots),
            )
        )
    if without:
        remarks.append(
            ImportRemark(
                "lot without a grant",
                "ask",
                f"It is not known which grant {listed(lot.label for lot in without)} came from, since either no grant "
                "or more than one has its strike and as many exercised shares: ask.",
                tuple(lot.label for lot in without),
                tuple(lot.place for lot in without),
            )
        )
    if not found.sales:
        remarks += _on_shares_gone([lot for lot in found.lots if lot not in without])
    found.lots = without


def _on_shares_gone(lots: Iterable[LotRow]) -> Iterator[ImportRemark]:
    """A question on lots of which fewer shares are held than were acquired."""
    for lot in lots:
        if lot.held is not None and lot.held < lot.shares:
            gone = shares_of(lot.shares - lot.held)
            sentence = (
                f"{lot.label}: {gone} of {lot.shares:,} are no longer held: ask when they were sold or given away, and "
                "enter it, or import the list of sales."
            )
            yield ImportRemark("lot not all held", "ask", sentence, (lot.label,), (lot.place,))


def _names_an_exercise(lot: LotRow, found: Readings) -> bool:
    """Whether an exercise of the lot's day, price and shares is there already; it is given the lot's name."""
    for at, exercise in enumerate(found.exercises):
        strikes = [read.grant.strike for read in found.grants if read.grant.label == exercise.grant]
        paid = exercise.paid if exercise.paid is not None else next(iter(strikes), None)
        named = exercise.lot in {"", lot.label}
        if named and exercise.day == lot.acquired and exercise.shares == lot.shares and same_price(paid, lot.paid):
            found.exercises[at] = replace(exercise, lot=lot.label)
            return True
    return False


def _fits(lot: LotRow, read: ReadGrant, found: Readings) -> bool:
    """Whether the shares can be those of an exercise of the grant."""
    grant = read.grant
    if lot.grant and lot.grant != grant.label:
        return False
    dated = sum(exercise.shares for exercise in found.exercises if exercise.grant == grant.label)
    return (
        same_price(grant.strike, lot.paid)
        and dated + lot.shares <= grant.shares_exercised
        and (grant.grant_date is None or grant.grant_date <= lot.acquired)
        and lot.granted in {None, grant.grant_date}
        and lot.option_type in {None, grant.option_type}
    )
