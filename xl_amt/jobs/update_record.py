"""Newer exports into a client's record: differences shown, the advisor's entries and answers kept, a backup made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from xl_amt.client import ClientRecord, Holding, Remark
from xl_amt.errors import FileError
from xl_amt.files import check_new_file
from xl_amt.jobs.backups import backup_name
from xl_amt.jobs.differences import Differences
from xl_amt.jobs.import_holding import own_label
from xl_amt.jobs.import_record import ImportOf, KnownBesides, record_of_import
from xl_amt.jobs.log import logged
from xl_amt.jobs.merge_holding import merged
from xl_amt.jobs.new_client import checked
from xl_amt.jobs.records import read_for, what_was_read
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.law.names import name_key

if TYPE_CHECKING:
    from xl_amt.importers import ImportResult

_UNDATED = "exercise without a day"


class Updated(NamedTuple):
    """A record after newer exports, what differs from the one before, and the reports of the import.

    Where every file was read before, nothing differs and there is no report.
    """

    record: ClientRecord
    differences: Differences
    results: tuple[ImportResult, ...]

    def news_since(self, before: ClientRecord) -> tuple[Remark, ...]:
        """What there is to ask or to check that the record did not say before."""
        told = {remark.text for remark in before.remarks}
        return tuple(remark for remark in self.record.remarks if remark.text not in told)


def update_record(
    record: ClientRecord,
    paths: Sequence[Path],
    known: KnownBesides,
    read_on: date,
    stakeholder: str | None = None,
    *,
    spouse: str | None = None,
    spouse_paths: Sequence[Path] = (),
) -> Updated:
    """The record with what newer exports of the client's, and of the spouse's, say; as it is without any.

    ``stakeholder`` and ``spouse`` are the names by which the files know them, where the record has others. AmtError
    where a file is refused, is of someone else, or is older than what the record has.
    """
    every = [*paths, *spouse_paths]
    before = {source.sha256 for source in record.sources}
    if all(path.is_file() and sha256(path.read_bytes()).hexdigest() in before for path in every):
        return Updated(record, Differences(), ())
    known = checked(known, read_on)
    both: list[ImportOf] = []
    if paths:
        both.append(read_for(paths, stakeholder or record.client.name or None))
    if spouse is not None or spouse_paths:
        named = spouse or record.client.spouse or None
        both.append(read_for(spouse_paths or paths, named)._replace(holder="spouse"))
    differences = Differences()
    after = record
    for one in both:
        after = _with_import(after, one, known, read_on, differences)
    about, detail = what_was_read(after, every)
    after = logged(after, read_on, "updated", about, f"{differences.in_words} {detail}", before=record)
    return Updated(after, differences, tuple(one.result for one in both))


def write_update(
    before: ClientRecord, updated: Updated, path: Path, read_on: date, inputs: Iterable[Path] = ()
) -> Path:
    """Bring a client's file to the updated record; the name of what keeps the one ``before``, next to it.

    FileError where it is one of the ``inputs``, or cannot be changed, as `rewrite_client` says.
    """
    check_new_file(path, replace_existing=True, inputs=inputs)
    kept = backup_name(path, read_on)
    rewrite_client(path, before, updated.record, backup=kept)
    return kept


def _with_import(
    record: ClientRecord, one: ImportOf, known: KnownBesides, read_on: date, differences: Differences
) -> ClientRecord:
    """The record with one person's import."""
    at = _place_of(one, record.holdings)
    older = None if at is None else record.holdings[at]
    newer = record_of_import([one], known, read_on, len(record.sources), older)
    (holding,) = newer.holdings
    holdings = list(record.holdings)
    if at is None:
        holdings.append(holding)
        differences.new.append(f"holding of {holding.name}")
        differences.new += (f"grant {grant.label}: {grant.shares:,} shares" for grant in holding.grants)
    else:
        _check_later(holding, holdings[at], one)
        untyped = {
            label for remark in one.result.remarks if remark.kind == "award type missing" for label in remark.about
        }
        holdings[at] = merged(holdings[at], holding, untyped, differences)
    client = record.client
    if one.holder == "spouse" and not client.spouse:
        client = replace(client, spouse=newer.client.spouse)
    if one.holder == "client" and not client.name:
        client = replace(client, name=newer.client.name)
    known_files = {source.sha256 for source in record.sources}
    return replace(
        record,
        client=client,
        holdings=tuple(holdings),
        sources=(*record.sources, *(source for source in newer.sources if source.sha256 not in known_files)),
        remarks=_remarks(record, [*newer.remarks, *differences.remarks], holdings, is_whole=bool(one.result.grants)),
    )


def _place_of(one: ImportOf, holdings: Sequence[Holding]) -> int | None:
    """Where the same person's holding of the same company stands.

    Files that name no company are of the only one; a list of exercises or of sales may name the ticker, and is of the
    company of whose grants it is.
    """
    own = [at for at, other in enumerate(holdings) if other.holder == one.holder]
    named = [at for at in own if name_key(holdings[at].company) == name_key(one.result.company)]
    if named:
        return named[0]
    labels = {own_label(row) or row.grant for row in one.result.exercises}
    labels |= {row.grant for row in one.result.sales} - {""}
    sharing = [at for at in own if labels & {grant.label for grant in holdings[at].grants}]
    if len(sharing) == 1 and not one.result.grants:
        return sharing[0]
    unnamed = [at for at in own if not holdings[at].company]
    if not one.result.company and len(own) == 1:
        return own[0]
    return unnamed[0] if unnamed else None


def _check_later(newer: Holding, older: Holding, one: ImportOf) -> None:
    """FileError for an export that counts an earlier day than the record's."""
    if newer.as_of and older.as_of and newer.as_of < older.as_of and one.result.grants:
        raise FileError(
            f"{one.result.source} counts shares as of {newer.as_of}, and the record as of {older.as_of}: use a later "
            "export."
        )


def _remarks(
    record: ClientRecord, newer: Sequence[Remark], holdings: Iterable[Holding], *, is_whole: bool
) -> tuple[Remark, ...]:
    """The newer remarks with the answers that were given, and those before that were answered or still hold."""
    answers = {(old.kind, old.about, old.text): old.answered for old in record.remarks}
    dated = {
        grant.label
        for holding in holdings
        for grant in holding.grants
        if grant.held
        and grant.held.exercised <= sum(one.shares for one in holding.exercises if one.grant == grant.label)
    }
    found = [replace(one, answered=answers.get((one.kind, one.about, one.text), one.answered)) for one in newer]
    told = {(one.kind, one.about, one.text) for one in found}
    kept = [
        old for old in record.remarks if (old.kind, old.about, old.text) not in told and (old.answered or not is_whole)
    ]
    return tuple(one for one in (*kept, *found) if one.kind != _UNDATED or one.about not in dated or one.answered)
