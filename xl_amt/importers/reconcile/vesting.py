"""The vesting events of each grant, where they are of as many shares as it, and the counts of grants without counts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from xl_amt.equity.grants import VestingEvent
from xl_amt.equity.vesting import vesting_of
from xl_amt.errors import ArgumentError
from xl_amt.importers.layout import Fact
from xl_amt.importers.reading import rejected
from xl_amt.importers.report import ImportRemark, listed
from xl_amt.importers.rows.grants import canceled_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xl_amt.importers.reading import Readings
    from xl_amt.importers.report import TrancheRow
    from xl_amt.importers.rows.grants import ReadGrant


def with_vesting(found: Readings, remarks: list[ImportRemark]) -> None:
    """Give each grant its events and its end, where the files state them; what does not add up is remarked on."""
    by_label: defaultdict[str, list[TrancheRow]] = defaultdict(list)
    for tranche in found.tranches:
        by_label[tranche.grant].append(tranche)
    labels = [read.grant.label for read in found.grants]
    found.grants = [
        _with_vesting(read, by_label[read.grant.label], remarks, is_pair=labels.count(read.grant.label) > 1)
        for read in found.grants
    ]


def _with_vesting(
    read: ReadGrant, tranches: Sequence[TrancheRow], remarks: list[ImportRemark], *, is_pair: bool
) -> ReadGrant:
    """The grant with its end and its events; the events of a pair are not told apart by its label."""
    ends = {tranche.expires for tranche in tranches if tranche.expires}
    if len(ends) == 1 and read.grant.expiration_date is None:
        read = read.with_facts(expiration_date=ends.pop())
    events = () if is_pair else _events(read, tranches, remarks)
    return read.with_facts(vesting_events=events) if events else read


def _events(read: ReadGrant, tranches: Sequence[TrancheRow], remarks: list[ImportRemark]) -> tuple[VestingEvent, ...]:
    """The events of a grant by day; none where they are not known, or are of another number of shares."""
    label, granted = read.grant.label, read.grant.shares_granted
    stated = [tranche for tranche in tranches if tranche.shares]
    places = tuple(tranche.place for tranche in stated)
    undated = sum(tranche.shares or 0 for tranche in stated if tranche.day is None)
    if undated:
        sentence = f"{label}: {undated:,} shares vest on a condition, not on a date: ask when the condition can be met."
        remarks.append(ImportRemark("vesting without a day", "ask", sentence, (label,), places))
        return ()
    total = sum(tranche.shares or 0 for tranche in stated)
    if stated and total != granted:
        sentence = (
            f"{label}: its vesting events total {total:,} shares and the grant is for {granted:,}, so they are not "
            "used; check them."
        )
        remarks.append(ImportRemark("tranches do not foot", "check", sentence, (label,), places))
        return ()
    by_day: dict[date, VestingEvent] = {}
    for tranche in sorted(stated, key=lambda one: one.day or date.min):
        assert tranche.day is not None
        before = by_day.get(tranche.day)
        shares, iso = tranche.shares or 0, tranche.iso_shares
        if before:
            shares, iso = shares + before.shares, None if iso is None else iso + (before.iso_shares or 0)
        by_day[tranche.day] = VestingEvent(tranche.day, shares, iso if read.grant.option_type == "ISO" else None)
    return tuple(by_day.values())


def counted_by_steps(found: Readings, counted_on: date, remarks: list[ImportRemark]) -> None:
    """Count the grants that their file does not count: by their exercises, and by their vesting until a day."""
    kept: list[ReadGrant] = []
    for read in found.grants:
        if read.is_counted:
            kept.append(read)
            continue
        grant = read.grant
        exercised = sum(
            exercise.shares
            for exercise in found.exercises
            if exercise.grant == grant.label and exercise.day <= counted_on
        )
        if canceled := read.row.day(Fact.CANCELED_DATE):
            if exercised:
                kept.append(read.with_facts(shares_exercised=exercised))
            else:
                found.rejected.append(rejected(read.row, canceled_whole(canceled)))
            continue
        try:
            unvested = sum(event.shares for event in vesting_of(grant) if event.day > counted_on)
        except ArgumentError as error:
            reason = (
                f"The number of vested shares is not stated and cannot be worked out ({str(error).rstrip('.')}): ask."
            )
            found.rejected.append(rejected(read.row, reason, read.row.header(Fact.VESTING_SCHEDULE)))
            continue
        exercisable = grant.shares_granted - exercised - unvested
        if exercisable < 0:
            reason = (
                f"Exercised ({exercised:,}) and unvested ({unvested:,}) shares do not fit within the "
                f"{grant.shares_granted:,} granted: ask what was exercised."
            )
            found.rejected.append(rejected(read.row, reason, read.row.header(Fact.ISSUED)))
            continue
        kept.append(
            read.with_facts(shares_exercised=exercised, shares_exercisable=exercisable, shares_unvested=unvested)
        )
    found.grants = kept
    counted = [read for read in kept if not read.is_counted]
    if counted:
        labels = tuple(read.grant.label for read in counted)
        sentence = (
            f"The file does not count the shares of {listed(labels)}: they are counted from its exercises and vesting "
            f"through {counted_on}; check that none lapsed."
        )
        places = tuple(read.row.place for read in counted)
        remarks.append(ImportRemark("exercised is taken", "check", sentence, labels, places))
