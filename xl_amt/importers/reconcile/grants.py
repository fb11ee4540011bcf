"""Grants once each: repeated rows complete the first one, rows that differ are all set aside, kinds are settled."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xl_amt.importers.layout import Fact
from xl_amt.importers.reading import rejected
from xl_amt.importers.report import ImportRemark, RowRejected, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xl_amt.equity.grants import HeldGrant, OptionType
    from xl_amt.importers.reading import Readings
    from xl_amt.importers.rows.grants import ReadGrant

_COMPLETED: Final = (
    "grant_date",
    "vesting_schedule",
    "vesting_start",
    "expiration_date",
    "plan",
    "fmv_at_grant",
    "disqualified",
)


def labels_in_one_spelling(found: Readings) -> None:
    """Write each grant's label as its first row does, since files of one platform differ in capital letters."""
    spelled: dict[str, str] = {}
    for read in found.grants:
        spelled.setdefault(read.grant.label.casefold(), read.grant.label)

    def label(written: str) -> str:
        return spelled.get(written.casefold(), written)

    found.grants = [read.with_facts(label=label(read.grant.label)) for read in found.grants]
    found.exercises = [replace(one, grant=label(one.grant)) for one in found.exercises]
    found.tranches = [replace(one, grant=label(one.grant)) for one in found.tranches]
    found.sales = [replace(one, grant=label(one.grant)) for one in found.sales]
    found.lots = [replace(one, grant=label(one.grant)) for one in found.lots]


def grants_once(found: Readings, remarks: list[ImportRemark]) -> None:
    """Of rows that repeat a grant, keep the first, completed by the others, or none where their figures differ."""
    every = found.grants
    repeats: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for index, read in enumerate(every):
        repeats[read.grant.label, read.grant.option_type if read.is_typed else ""].append(index)
    reasons: dict[int, str] = {}
    for first, *others in repeats.values():
        rows = [every[index].row for index in (first, *others)]
        if len({_figures(every[index].grant) for index in (first, *others)}) == 1:
            every[first] = _completed(every[first], [every[index] for index in others], remarks)
            for index in others:
                reasons[index] = f"The row repeats the grant of {rows[0].place_in_words}."
        else:
            places = " and ".join(row.place_in_words for row in rows)
            for index in (first, *others):
                reasons[index] = f"The rows for the grant ({places}) have different figures: delete the wrong ones."
    found.rejected += (rejected(every[index].row, reason) for index, reason in sorted(reasons.items()))
    found.rejected.sort(key=lambda row: row.file)
    found.grants = [_with_end_of_the_work(read, every) for index, read in enumerate(every) if index not in reasons]


def _figures(grant: HeldGrant) -> tuple[float, ...]:
    return (
        grant.strike,
        grant.shares_granted,
        grant.shares_exercised,
        grant.shares_exercisable,
        grant.shares_unvested,
    )


def _completed(first: ReadGrant, others: Sequence[ReadGrant], remarks: list[ImportRemark]) -> ReadGrant:
    """The first row of a grant with what only another one states; two grant dates are remarked on."""
    for other in others:
        ours, theirs = first.grant.grant_date, other.grant.grant_date
        if ours and theirs and ours != theirs:
            label = first.grant.label
            remarks.append(
                ImportRemark(
                    "grant dates differ",
                    "ask",
                    f"{label}: it was granted on {ours} by {first.row.place_in_words} and on {theirs} by "
                    f"{other.row.place_in_words}; holding periods run from the grant (Treas. Reg. 1.421-1(c)), so ask "
                    "which is correct.",
                    (label,),
                    (first.row.place, other.row.place),
                )
            )
        lacking = {name: getattr(other.grant, name) for name in _COMPLETED if not getattr(first.grant, name)}
        first = first.with_facts(**lacking)
    return first


def _with_end_of_the_work(read: ReadGrant, every: Sequence[ReadGrant]) -> ReadGrant:
    """The grant with the day on which employment ended, by the first of its rows that states one.

    A day that cannot be read is only remarked on.
    """
    stated = [
        other.row for other in every if other.grant.label == read.grant.label and other.row.words(Fact.TERMINATION_DATE)
    ]
    try:
        return read.with_facts(work_ended=stated[0].day(Fact.TERMINATION_DATE)) if stated else read
    except RowRejected:
        return read


def typed(found: Readings, remarks: list[ImportRemark]) -> None:
    """Grants whose table does not say ISO or NSO: what their exercises say, or a question."""
    kinds: defaultdict[str, set[OptionType]] = defaultdict(set)
    for exercise in found.exercises:
        if exercise.option_type:
            kinds[exercise.grant].add(exercise.option_type)
    asked: list[ReadGrant] = []
    for at, read in enumerate(found.grants):
        if read.is_typed:
            continue
        said = kinds[read.grant.label]
        if len(said) == 1:
            found.grants[at] = read.with_facts(option_type=next(iter(said)))._replace(is_typed=True)
        else:
            asked.append(read)
    if asked:
        labels = tuple(read.grant.label for read in asked)
        remarks.append(
            ImportRemark(
                "award type missing",
                "ask",
                f"The export does not say whether {listed(labels)} are ISOs: until you say so, they count as NSOs, "
                "which use no AMT room.",
                labels,
                tuple(read.row.place for read in asked),
            )
        )
