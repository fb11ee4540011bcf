"""Of an export's rows, those of the one client whose record is being made."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from xl_amt.errors import FileError
from xl_amt.importers.cells import text
from xl_amt.importers.layout import Fact
from xl_amt.importers.report import ImportRemark, listed
from xl_amt.importers.table import TableRow, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

IDENTITIES = (Fact.STAKEHOLDER, Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL)
BETWEEN_NAMES = ";"
_OF_EVERYBODY = frozenset({"value", "split"})  # the company's


def rows_of_stakeholder(
    rows: Sequence[TableRow], stakeholder: str | None, file: str, remarks: list[ImportRemark]
) -> list[TableRow]:
    """Return the rows of the one stakeholder who is chosen, or who is the only one in the files.

    A person whom the files spell in several ways is chosen by all of the names, with semicolons between them. Rows of
    tables without names are the client's in a file that names nobody else; otherwise where they are of one of the
    client's grants.
    """
    with_names = [row for row in rows if _names_people(row)]
    names = {compared: row.words(_name_of(row)) for compared, row in _first_of_each_name(with_names).items()}
    if not names:
        if len(with_names) == len(rows):
            message = f"{file} holds no grants under its headers: check the report's filters and export it again."
            raise FileError(message)
        return [row for row in rows if not _names_people(row)]
    own = _rows_of_the_chosen(with_names, names, stakeholder, file)
    _remark_on_names(own, remarks)
    own_names = {compared(row.words(_name_of(row))) for row in own}
    of_several = {row.place.file for row in with_names} if set(names) - own_names else set()
    places = {row.place for row in own}
    labels, keys = labels_of(own), labels_of(own, Fact.KEY)
    kept = [
        row
        for row in rows
        if row.place in places
        or (
            not _names_people(row)
            and (
                row.place.file not in of_several
                or row.table.layout.kind in _OF_EVERYBODY
                or row.words(Fact.LABEL) in labels
                or row.words(Fact.KEY) in keys
            )
        )
    ]
    if left_out := len(rows) - len(kept):
        are_left_out = "1 row was" if left_out == 1 else f"{left_out:,} rows were"
        sentence = f"{are_left_out} not kept, as belonging to other stakeholders or to none."
        remarks.append(ImportRemark("rows of others", "note", sentence))
    return kept


def _rows_of_the_chosen(
    rows: Sequence[TableRow], names: Mapping[str, str], stakeholder: str | None, file: str
) -> list[TableRow]:
    """The rows of tables with names that are of the person meant; FileError where that is nobody, or not one person."""
    in_the_file = listed(names.values(), f"{BETWEEN_NAMES} ")
    wanted = {one: name.strip() for name in text(stakeholder).split(BETWEEN_NAMES) if (one := compared(name))}
    if not wanted and len(names) > 1:
        message = (
            f"{file} holds {len(names)} stakeholders, {in_the_file}: choose one with --stakeholder NAME, or give all "
            f"of one person's names with '{BETWEEN_NAMES}' between them."
        )
        raise FileError(message)
    has_no_name_to_choose_by = len(names) == 1 and not any(row.words(Fact.STAKEHOLDER) for row in rows)
    if has_no_name_to_choose_by and not any(_is_of(row, one) for row in rows for one in wanted):
        wanted = {}
    for one, name in (wanted or names).items():
        of_one = [row for row in rows if _is_of(row, one)]
        if not of_one:
            message = f"{file} holds no stakeholder '{name}' but {in_the_file}: use the name exactly as in the file."
            raise FileError(message)
        _check_one_person(of_one, file)
    # A row without a name is taken for the only person's, to be shown among the rejected ones.
    nameless = len(names) == 1
    own = [
        row
        for row in rows
        if any(_is_of(row, one) for one in wanted or names) or (nameless and not row.words(_name_of(row)))
    ]
    return own + _under_the_same_name(rows, own)


@lru_cache(maxsize=65_536)
def compared(name: str) -> str:
    """A name as it is compared: an accented letter is one, whether written as one character or as two; any case."""
    return normalize("NFC", normalize("NFC", text(name)).casefold())


def _names_people(row: TableRow) -> bool:
    return Fact.STAKEHOLDER in row.table.columns or any(
        row.table.states(fact) or row.given.get(fact) for fact in IDENTITIES
    )


def _name_of(row: TableRow) -> Fact:
    """The fact by which a row names its person: the name where there is a column of names, else what there is."""
    if Fact.STAKEHOLDER in row.table.columns:
        return Fact.STAKEHOLDER
    return next((fact for fact in IDENTITIES if row.table.states(fact) or row.given.get(fact)), Fact.STAKEHOLDER)


def _first_of_each_name(rows: Iterable[TableRow]) -> dict[str, TableRow]:
    firsts: dict[str, TableRow] = {}
    for row in rows:
        if name := compared(row.words(_name_of(row))):
            firsts.setdefault(name, row)
    return firsts


def _is_of(row: TableRow, person: str) -> bool:
    facts = [fact for fact in IDENTITIES if fact in row.table.columns or fact in row.given]
    return any(compared(words) == person for fact in facts if (words := row.words(fact)))


def _under_the_same_name(rows: Sequence[TableRow], own: Sequence[TableRow]) -> list[TableRow]:
    """Further rows of who was chosen by an e-mail or an ID, in tables that have names only.

    A name that rows of someone else bear too tells nobody apart.
    """
    chosen = {row.place for row in own}
    names = {compared(row.words(Fact.STAKEHOLDER)) for row in own} - {""}
    further = [row for row in rows if row.place not in chosen and compared(row.words(Fact.STAKEHOLDER)) in names]
    told_apart = [row for row in further if row.words(Fact.STAKEHOLDER_ID) or row.words(Fact.STAKEHOLDER_EMAIL)]
    return [] if told_apart else further


def _remark_on_names(own: Sequence[TableRow], remarks: list[ImportRemark]) -> None:
    """Remark that the rows of one client bear several names: whoever chose them is to be sure of it."""
    firsts = _first_of_each_name(own).values()
    if len(firsts) > 1:
        written = listed((row.words(_name_of(row)) for row in firsts), f"{BETWEEN_NAMES} ")
        remarks.append(
            ImportRemark(
                "several names",
                "check",
                f"The rows belong to {written}: check that these are one person.",
                places=tuple(row.place for row in firsts),
            )
        )


def _check_one_person(own: Sequence[TableRow], file: str) -> None:
    """Refuse two persons of one name: their IDs tell, or their e-mails where the file has no IDs."""
    for fact in (Fact.STAKEHOLDER_ID, Fact.STAKEHOLDER_EMAIL):
        found = {compared(row.words(fact)): row.words(fact) for row in own}
        found.pop("", None)
        if len(found) > 1:
            message = (
                f"{file} holds {len(found)} stakeholders with the same name: choose one by the {fact.value} with "
                f"--stakeholder, {listed(found.values())}."
            )
            raise FileError(message)
        if found:
            return
