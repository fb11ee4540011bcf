"""Of an export's rows, those of the one client whose workbook is being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xl_amt.errors import FileError
from xl_amt.importers.cells import text
from xl_amt.importers.headers import Fact, TableRow
from xl_amt.importers.report import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

IDENTITIES = (Fact.STAKEHOLDER, Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL)


def rows_of_stakeholder(
    rows: Sequence[TableRow], stakeholder: str | None, file: str, notes: list[str]
) -> list[TableRow]:
    """Return the rows of the one stakeholder who is chosen, or who is the only one in the file."""
    names = {row.words(Fact.STAKEHOLDER).casefold(): row.words(Fact.STAKEHOLDER) for row in rows}
    names.pop("", None)
    if not names:
        message = f"{file} holds no grant under its headers: check the report's filters and export it again."
        raise FileError(message)
    wanted = text(stakeholder).casefold()
    if not wanted and len(names) > 1:
        message = (
            f"{file} holds {len(names)} stakeholders, {listed(names.values())}: choose one with --stakeholder NAME."
        )
        raise FileError(message)
    wanted = wanted or next(iter(names))

    def is_wanted(row: TableRow) -> bool:
        return wanted in {row.words(fact).casefold() for fact in IDENTITIES}

    own = [row for row in rows if is_wanted(row)]
    if not own:
        message = (
            f"{file} holds no stakeholder '{text(stakeholder)}' but {listed(names.values())}: "
            "give the name as the file has it."
        )
        raise FileError(message)
    _check_one_person(own, file)
    if len(names) == 1:
        # A row without a name is taken for the only person's, to be shown among the rejected ones.
        own = [row for row in rows if is_wanted(row) or not row.words(Fact.STAKEHOLDER)]
    if left_out := len(rows) - len(own):
        are_left_out = "1 row was" if left_out == 1 else f"{left_out:,} rows were"
        notes.append(f"{are_left_out} not kept, being of other stakeholders or of none.")
    return own


def _check_one_person(own: Sequence[TableRow], file: str) -> None:
    """Refuse two persons of one name: their IDs tell, or their e-mails where the file has no IDs."""
    for fact in (Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL):
        found = {row.words(fact).casefold(): row.words(fact) for row in own}
        found.pop("", None)
        if len(found) > 1:
            message = (
                f"{file} holds {len(found)} stakeholders of one name: choose one by the {fact.value} "
                f"with --stakeholder, {listed(found.values())}."
            )
            raise FileError(message)
        if found:
            return
