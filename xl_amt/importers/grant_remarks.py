"""What to ask, to check or to know of the grants that were read, each with the rows on which it rests."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from xl_amt.importers.cells import day, is_blank, text
from xl_amt.importers.layout import DATES, Fact
from xl_amt.importers.report import ImportRemark, RemarkKind, RemarkLevel, RowRejected, listed
from xl_amt.reading.dates import DateOrder, is_ambiguous_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from xl_amt.equity.grants import HeldGrant
    from xl_amt.importers.rows.grants import ReadGrant
    from xl_amt.importers.table import TableRow

# Facts that are to be the same under all of their headers. A label, say, is not: a security has two.
_STATED_ONCE: Final = {
    Fact.ISSUE_DATE: "a grant is made on one day, from which holding periods run (Treas. Reg. 1.421-1(c))",
    Fact.EXPIRATION_DATE: "an option ends on one day",
    Fact.VESTING_START: "vesting runs from one day",
    Fact.STRIKE: "a grant has one strike",
}


def remark_on_date_order(rows: Iterable[TableRow], order: DateOrder, remarks: list[ImportRemark]) -> None:
    """Remark on texts such as 03/04/2022, where they are not read month first by the file's own witness."""
    if order is DateOrder.DAY_FIRST:
        sentence = "Dates written as text are read day first, since some cannot be anything else."
        remarks.append(ImportRemark("date order", "note", sentence))
    if order is DateOrder.NOT_SHOWN:
        ambiguous = [row for row in rows if any(is_ambiguous_date(row.value(fact)) for fact in DATES)]
        if ambiguous:
            sentence = (
                "Dates written as text are read month first, which nothing in the file confirms: check "
                f"{listed(row.place_in_words for row in ambiguous)}."
            )
            remarks.append(ImportRemark("date order", "check", sentence, places=tuple(row.place for row in ambiguous)))


def remark_on_grants(
    read: Sequence[ReadGrant],
    rows: Sequence[TableRow],
    as_of: date | None,
    remarks: list[ImportRemark],
) -> None:
    """Remark on what the grants lack, on what their figures leave open, and on the end of employment by any row."""
    remarks += filter(
        None,
        (
            _of_several(
                "grant date missing",
                "ask",
                [one for one in read if one.grant.grant_date is None],
                "No grant date is stated for {}: holding periods need it.",
            ),
            _of_several(
                "expiration missing",
                "check",
                [one for one in read if one.grant.expiration_date is None],
                "No expiration date is stated for {}: check when the options expire.",
            ),
            _of_several(
                "vesting schedule missing",
                "ask",
                [one for one in read if one.grant.shares_unvested and not _says_when_it_vests(one.grant)],
                "No vesting schedule is stated for {}, which has unvested shares: ask when they vest.",
            ),
        ),
    )
    for one in read:
        remarks += _on_columns(one)
        remarks += _on_counts(one)
        remarks += _on_dates(one, as_of)
    remarks += _on_the_end_of_the_work(read, rows)


def _says_when_it_vests(grant: HeldGrant) -> bool:
    return bool(grant.vesting_schedule or grant.vesting_events)


def _of_several(kind: RemarkKind, level: RemarkLevel, of: Sequence[ReadGrant], sentence: str) -> ImportRemark | None:
    """One remark on several grants; the sentence has {} in the place of their labels."""
    if not of:
        return None
    labels = tuple(one.grant.label for one in of)
    return ImportRemark(kind, level, sentence.format(listed(labels)), labels, tuple(one.row.place for one in of))


def _on_one(kind: RemarkKind, level: RemarkLevel, one: ReadGrant, sentence: str) -> ImportRemark:
    return ImportRemark(kind, level, f"{one.grant.label}: {sentence}", (one.grant.label,), (one.row.place,))


def _on_columns(one: ReadGrant) -> Iterable[ImportRemark]:
    """Remarks on two columns that state one fact of a grant differently; the grant has what the first one says."""
    for fact, column in one.row.table.others:
        other = one.row.value_under(column)
        if fact not in _STATED_ONCE or is_blank(other):
            continue
        taken, also = (_as_compared(one.row, fact, value) for value in (one.row.value(fact), other))
        if taken != also:
            yield _on_one(
                "columns disagree",
                "ask",
                one,
                f"{one.row.header(fact)} is {taken or 'blank'} and {column.header} is {also}; {_STATED_ONCE[fact]}, so "
                "ask which is correct.",
            )


def _as_compared(row: TableRow, fact: Fact, value: object) -> str:
    if fact in DATES:
        try:
            return text(day(value, "", row.table.order, row.table.sheet.day_zero))
        except RowRejected:
            return text(value)
    return "" if is_blank(value) else text(value)


def _on_counts(one: ReadGrant) -> Iterable[ImportRemark]:
    """A remark where shares are in none of the counts, and no column says that they lapsed or were canceled."""
    grant = one.grant
    counted = grant.shares_exercised + grant.shares_exercisable + grant.shares_unvested
    missing = grant.shares_granted - counted
    lapsed, canceled = (_stated(one.row, *facts) for facts in ((Fact.EXPIRED, Fact.FORFEITED), (Fact.CANCELED,)))
    if missing and not one.row.words(Fact.CANCELED_DATE) and missing not in {lapsed, canceled, lapsed + canceled}:
        yield _on_one(
            "counts do not foot",
            "check",
            one,
            f"{missing:,} of {grant.shares_granted:,} shares are neither exercised nor outstanding, and the export "
            "does not say that they expired or were forfeited; find out what became of them.",
        )


def _stated(row: TableRow, *facts: Fact) -> int:
    try:
        return sum(row.shares(fact) or 0 for fact in facts if fact in row.table.columns)
    except RowRejected:  # it explains nothing
        return 0


def _on_dates(one: ReadGrant, as_of: date | None) -> Iterable[ImportRemark]:
    """Remarks on a grant that had ended before the export's day, and on dates that cannot follow one another."""
    grant = one.grant
    open_shares = grant.shares_exercisable + grant.shares_unvested
    if grant.grant_date and as_of and grant.grant_date > as_of:
        sentence = f"it was granted on {grant.grant_date}, after the day of the export, {as_of}; check both dates."
        yield _on_one("dates out of order", "check", one, sentence)
    if grant.grant_date and grant.expiration_date and grant.expiration_date <= grant.grant_date:
        sentence = (
            f"it expires on {grant.expiration_date}, not after its grant on {grant.grant_date}; check both dates."
        )
        yield _on_one("dates out of order", "check", one, sentence)
    elif grant.expiration_date and as_of and grant.expiration_date < as_of and open_shares:
        sentence = (
            f"it expired on {grant.expiration_date}, before the day of the export, {as_of}; the {open_shares:,} shares "
            "still counted can no longer be exercised."
        )
        yield _on_one("expired", "check", one, sentence)


def _on_the_end_of_the_work(read: Sequence[ReadGrant], rows: Iterable[TableRow]) -> Iterable[ImportRemark]:
    labels = {one.grant.label for one in read}
    ended: defaultdict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        termination = row.words(Fact.TERMINATION_DATE)
        if termination and row.words(Fact.LABEL) in labels:
            ended[termination].append(row)
    for termination, of_rows in ended.items():
        of_grants = tuple(row.words(Fact.LABEL) for row in of_rows)
        sentence = (
            f"The termination date of {listed(of_grants)} is {termination}: check how long the options may be "
            "exercised, and remember that ISOs remain ISOs for only three months (IRC 422(a)(2))."
        )
        yield ImportRemark("end of the work", "check", sentence, of_grants, tuple(row.place for row in of_rows))
