"""Whether a row is of ISOs or of NSOs, by the words that platforms use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from xl_amt.importers.cells import is_blank, shown, text, truth
from xl_amt.importers.layout import Fact
from xl_amt.importers.match import normalised
from xl_amt.importers.report import RowRejected
from xl_amt.out_of_scope import is_espp

if TYPE_CHECKING:
    from xl_amt.equity.grants import OptionType
    from xl_amt.importers.table import TableRow

_ISO: Final = frozenset({"iso", "isos", "incentive"})
_NSO: Final = frozenset({"nso", "nsos", "nqso", "nqsos", "nq", "nonqualified", "nonstatutory"})
_NOT: Final = frozenset({"non", "not"})  # before "qualified" or "statutory"
_BESIDE: Final = frozenset({"stock", "option", "options", "type", "award", "grant", "qualified", "statutory"})


def option_type_in(words: str) -> OptionType | None:
    """The kind of option that words name; None where they name none, both, or something besides.

    >>> [option_type_in(words) for words in ("Incentive Stock Option (ISO)", "NQ", "STOCK_OPTION_TYPE_ISO")]
    ['ISO', 'NSO', 'ISO']
    >>> [option_type_in(words) for words in ("Non-Qualified", "RSU", "ISO/NSO", "Option")]
    ['NSO', None, None, None]
    """
    said = set(normalised(words).split())
    is_nso = bool(said & _NSO) or (bool(said & _NOT) and bool(said & {"qualified", "statutory"}))
    is_iso = bool(said & _ISO)
    if is_iso == is_nso or said - _ISO - _NSO - _NOT - _BESIDE:
        return None
    return "ISO" if is_iso else "NSO"


def names_both(words: str) -> bool:
    """Whether words name both kinds of option, such as ISO/NSO."""
    said = set(normalised(words).split())
    return bool(said & _ISO) and bool(said & _NSO)


def option_type_of(row: TableRow) -> OptionType | None:
    """The kind of option of a row of grants; None where nothing of the table says it.

    RowRejected where the row is of something else, of both kinds, or blank.
    """
    if not row.table.states(Fact.AWARD_TYPE):
        return None
    header = row.header(Fact.AWARD_TYPE)
    values = [row.value(Fact.AWARD_TYPE)]
    values += [row.value_under(column) for fact, column in row.table.others if fact is Fact.AWARD_TYPE]
    stated = [value for value in values if not is_blank(value)]
    if is_marked_split(row) or any(names_both(text(value)) for value in stated):
        reason = (
            "The grant is part ISO and part NSO and the export does not say which shares are which: ask for the "
            "split, and enter the two parts as two rows, each marked as not split."
        )
        raise RowRejected(reason, header)
    if not stated:
        reason = f"{header} is blank: fill in ISO or NSO."
        raise RowRejected(reason, header)
    for value in stated:
        if is_espp(text(value)):
            reason = (
                f"{header} {shown(value)}: ESPP shares are not ISOs; enter the wages from their sale as income and the "
                "gain as a capital gain."
            )
            raise RowRejected(reason, header)
    kinds = {kind for value in stated if (kind := option_type_in(text(value)))}
    if len(kinds) > 1:
        reason = f"The row says both ISO and NSO ({', '.join(map(shown, stated))}): ask which is correct."
        raise RowRejected(reason, header)
    if not kinds:
        reason = f"{header} {shown(stated[0])} is neither ISO nor NSO."
        raise RowRejected(reason, header)
    return kinds.pop()


def is_marked_split(row: TableRow) -> bool:
    """Whether a column says that the grant is part ISO and part NSO; RowRejected where it says neither yes nor no."""
    if Fact.IS_SPLIT not in row.table.columns:
        return False
    return truth(row.value(Fact.IS_SPLIT), row.header(Fact.IS_SPLIT)) is True
