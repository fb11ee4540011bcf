"""Of an export's rows, those of the one client whose workbook is being made."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from xl_amt.errors import FileError
from xl_amt.importers.cells import text
from xl_amt.importers.headers import Fact, TableRow
from xl_amt.importers.report import ImportRemark, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

IDENTITIES = (Fact.STAKEHOLDER, Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL)
BETWEEN_NAMES = ";"


def rows_of_stakeholder(
    rows: Sequence[TableRow], stakeholder: str | None, file: str, remarks: list[ImportRemark]
) -> list[TableRow]:
    """Return the rows of the one stakeholder who is chosen, or who is the only one in the file.

    A person whom the file spells in several ways is chosen by all of the names, with semicolons between them.
    """
    names = {compared: row.words(Fact.STAKEHOLDER) for compared, row in _first_of_each_name(rows).items()}
    if not names:
        message = f"{file} holds no grant under its headers: check the report's filters and export it again."
        raise FileError(message)
    in_the_file = listed(names.values(), f"{BETWEEN_NAMES} ")
    wanted = {one: name.strip() for name in text(stakeholder).split(BETWEEN_NAMES) if (one := _compared(name))}
    if not wanted and len(names) > 1:
        message = (
            f"{file} holds {len(names)} stakeholders, {in_the_file}: choose one with --stakeholder NAME, or give all "
            f"names of one person with '{BETWEEN_NAMES}' between them."
        )
        raise FileError(message)
    wanted = wanted or names
    for one, name in wanted.items():
        of_one = [row for row in rows if _is_of(row, one)]
        if not of_one:
            message = f"{file} holds no stakeholder '{name}' but {in_the_file}: give the name as the file has it."
            raise FileError(message)
        _check_one_person(of_one, file)
    # A row without a name is taken for the only person's, to be shown among the rejected ones.
    nameless = len(names) == 1
    own = [
        row for row in rows if any(_is_of(row, one) for one in wanted) or (nameless and not row.words(Fact.STAKEHOLDER))
    ]
    _remark_on_names(own, remarks)
    if left_out := len(rows) - len(own):
        are_left_out = "1 row was" if left_out == 1 else f"{left_out:,} rows were"
        sentence = f"{are_left_out} not kept, being of other stakeholders or of none."
        remarks.append(ImportRemark("rows of others", "note", sentence))
    return own


def _compared(name: str) -> str:
    """A name as it is compared: an accented letter is one, whether written as one character or as two; any case."""
    return normalize("NFC", normalize("NFC", text(name)).casefold())


def _first_of_each_name(rows: Iterable[TableRow]) -> dict[str, TableRow]:
    firsts: dict[str, TableRow] = {}
    for row in rows:
        if name := _compared(row.words(Fact.STAKEHOLDER)):
            firsts.setdefault(name, row)
    return firsts


def _is_of(row: TableRow, person: str) -> bool:
    return person in {_compared(row.words(fact)) for fact in IDENTITIES}


def _remark_on_names(own: Sequence[TableRow], remarks: list[ImportRemark]) -> None:
    """Remark that the rows of one client bear several names: whoever chose them is to be sure of it."""
    firsts = _first_of_each_name(own).values()
    if len(firsts) > 1:
        written = listed((row.words(Fact.STAKEHOLDER) for row in firsts), f"{BETWEEN_NAMES} ")
        remarks.append(
            ImportRemark(
                "several names",
                "check",
                f"The rows are of {written}: check that they are one person.",
                places=tuple(row.place for row in firsts),
            )
        )


def _check_one_person(own: Sequence[TableRow], file: str) -> None:
    """Refuse two persons of one name: their IDs tell, or their e-mails where the file has no IDs."""
    for fact in (Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL):
        found = {_compared(row.words(fact)): row.words(fact) for row in own}
        found.pop("", None)
        if len(found) > 1:
            message = (
                f"{file} holds {len(found)} stakeholders of one name: choose one by the {fact.value} "
                f"with --stakeholder, {listed(found.values())}."
            )
            raise FileError(message)
        if found:
            return
