"""Whether a grant, as an export counts it, can be what its row says."""

from __future__ import annotations

from datetime import date

from xl_amt.equity.grants import HeldGrant


def row_doubt(grant: HeldGrant, counted_on: date | None) -> str:
    """Why a row must be checked before its shares count, in one sentence; "" where nothing speaks against it.

    >>> grant = HeldGrant("ES-1", "ISO", date(2027, 1, 5), 1.0, 100, shares_exercised=0, shares_exercisable=100,
    ...     shares_unvested=0)
    >>> row_doubt(grant, date(2026, 6, 30))
    'ES-1: its grant of 2027-01-05 is after 2026-06-30, the day of its counts; correct a day.'
    """
    granted, expires = grant.grant_date, grant.expiration_date
    if granted and expires and expires < granted:
        return f"{grant.label}: it expires on {expires}, before its grant of {granted}; correct a day."
    if granted and counted_on and granted > counted_on:
        return f"{grant.label}: its grant of {granted} is after {counted_on}, the day of its counts; correct a day."
    counted = grant.shares_exercised + grant.shares_exercisable + grant.shares_unvested
    if counted > grant.shares_granted:
        return f"{grant.label}: it counts {counted:,} shares of {grant.shares_granted:,} granted; correct one of them."
    return ""
