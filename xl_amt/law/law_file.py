"""Read a law file: blocks by group and year, what each number is and how it grows, and what AMT_LAW calls it."""

from __future__ import annotations

import tomllib
from typing import Any, Final, NamedTuple

from xl_amt.errors import FileError
from xl_amt.law.bounds import OTHER_KINDS, UNITS, check_rising, check_value
from xl_amt.law.names import nearest, quoted
from xl_amt.law.price_index import PRICE_INDEXES
from xl_amt.law.projection import Rule, read_rule
from xl_amt.law.record import Need, needs_of
from xl_amt.law.status import STATUSES

Block = dict[str, Any]

_HEADER: Final = ("jurisdiction", "first_year", "verified_through", "yearly", "price_index", "names", "pages")
_PARTS_OF_A_GROUP: Final = ("units", "projection", "rises", "above_zero", "by_status")
_NOT_NUMBERS: Final = ("source", "ends")
YEARS_PROJECTED: Final = 10


class Group(NamedTuple):
    """The numbers that stand together: their blocks by first year, and all that is said of each number."""

    blocks: dict[int, Block]
    units: dict[str, str]
    rules: dict[str, Rule]
    rises: list[str]
    above_zero: frozenset[str]
    by_status: str | None  # the number that the block itself is, by status

    def raw(self, block: Block, key: str) -> Any:
        """A number of a block as the file has it, or None where the block lacks it."""
        return {status: block[status] for status in STATUSES} if key == self.by_status else block.get(key)

    def check(self, place: str, block: Block) -> None:
        """Raise FileError for a number of a block that is out of its bounds, or above one that it may not exceed."""
        for key, unit in self.units.items():
            value = self.raw(block, key)
            if value is not None:
                within = place if key == self.by_status else f"{place}, {key}"
                check_value(within, value, unit, above_zero=key in self.above_zero)
        check_rising(place, block, self.rises)


class Name(NamedTuple):
    """What AMT_LAW calls a number: where it stands, or the property of a record that computes it, and from what."""

    name: str
    unit: str
    group: str
    key: str
    part: int | None = None  # of a list
    computed: str = ""
    by: str = ""  # the statute that computes it


class LawFile(NamedTuple):
    """The law of one jurisdiction as its file holds it."""

    jurisdiction: str
    first_year: int
    verified_through: int
    yearly: list[str]
    price_index: str
    groups: dict[str, Group]
    names: tuple[Name, ...]
    pages: dict[str, str]


def read_law_file(where: str, text: str, records: tuple[Any, ...] = ()) -> LawFile:
    """A law file, whole and within its bounds; FileError with one sentence that names the place of what is not.

    ``records`` are the classes that its numbers are for: a number that none of them takes, or that one of them needs
    and does not find, is refused here, where the file is read.
    """
    try:
        contents = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FileError(f"{where}: it is not valid TOML ({error}); correct the file.") from None
    for key in ("jurisdiction", "first_year", "verified_through"):
        if key not in contents:
            raise FileError(f"{where}: '{key}' is missing; it belongs at the top of every law file.")
    groups = {group: _group(where, group, table) for group, table in contents.items() if group not in _HEADER}
    law = LawFile(
        contents["jurisdiction"],
        contents["first_year"],
        contents["verified_through"],
        contents.get("yearly", []),
        contents.get("price_index", ""),
        groups,
        tuple(_name(where, name, entry, groups) for name, entry in contents.get("names", {}).items()),
        contents.get("pages", {}),
    )
    _check_price_index(where, law)
    needs = [need for record in records for need in needs_of(record)]
    _check_taken(where, law, needs)
    for need in needs:
        _check_given(where, law, need)
    return law


def check_known(where: str, what: str, name: str, known: Any) -> None:
    """Raise FileError for a name that is not among those known, with one that is near."""
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean '{near}'?" if near else "see docs/advisors/law-books.md for those that are."
        raise FileError(f"{where}: {quoted(name)} is not a {what} of the law; {hint}")


def _group(where: str, group: str, table: Any) -> Group:
    if not isinstance(table, dict) or not isinstance(table.get("units"), dict):
        raise FileError(f"{where}, [{group}]: it has no [{group}.units] to say what its numbers are.")
    units, rules = table["units"], table.get("projection", {})
    rises, above_zero = table.get("rises", []), table.get("above_zero", [])
    for key, unit in units.items():
        check_known(f"{where}, [{group}.units], {key}", "unit", unit, [*UNITS, *OTHER_KINDS])
    for name in (*rises, *above_zero, *rules):
        check_known(f"{where}, [{group}]", "number", name, units)
    dated = {year: block for year, block in table.items() if year.isascii() and year.isdigit()}
    for key in table.keys() - dated.keys():
        check_known(f"{where}, [{group}]", "part", key, _PARTS_OF_A_GROUP)
    read = Group(
        {int(year): block for year, block in dated.items()},
        units,
        {key: read_rule(f"{where}, [{group}.projection.{key}]", rule) for key, rule in rules.items()},
        rises,
        frozenset(above_zero),
        table.get("by_status"),
    )
    lists: dict[str, bool] = {}
    for year, block in dated.items():
        place = f"{where}, [{group}.{year}]"
        _check_shape(place, read, block)
        for key in units:
            if lists.setdefault(key, _is_list(read.raw(block, key))) != _is_list(read.raw(block, key)):
                raise FileError(f"{place}, {key}: it is a list in one year and one number in another; use one of them.")
        read.check(place, block)
    return read


def _check_shape(place: str, group: Group, block: Any) -> None:
    """A block has a source, numbers that its group knows, and all five statuses where it has one."""
    if not isinstance(block, dict) or not isinstance(block.get("source"), str):
        raise FileError(f'{place}: it names no source; add source = "where it is enacted".')
    for key, value in block.items():
        check_known(place, "number", key, [*_NOT_NUMBERS, *(STATUSES if group.by_status else group.units)])
        if isinstance(value, dict):
            _check_statuses(f"{place}, {key}", value)
    if group.by_status:
        _check_statuses(place, {key: value for key, value in block.items() if key not in _NOT_NUMBERS})


def _is_list(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else [value]
    return any(isinstance(part, list) for part in parts)


def _check_statuses(place: str, by_status: dict[str, Any]) -> None:
    for status in by_status:
        check_known(place, "filing status", status, STATUSES)
    for status in STATUSES:
        if status not in by_status:
            raise FileError(f"{place}: '{status}' is missing; a number by filing status needs all five.")


def _check_taken(where: str, law: LawFile, needs: list[Need]) -> None:
    """Every number of the file is one that some record takes."""
    taken = {(need.group, need.key) for need in needs}
    for group, read in law.groups.items() if needs else ():
        check_known(where, "group", group, {need.group for need in needs})
        for key in read.units:
            known = {name for other, name in taken if other == group and name != "source"}
            check_known(f"{where}, [{group}.units]", "number", key, known)


def _check_given(where: str, law: LawFile, need: Need) -> None:
    """A number that a record needs stands in every block of its group, and the group holds in every year."""
    read = law.groups.get(need.group)
    if read is None:
        if need.group_may_lack:
            return
        raise FileError(f"{where}: the group '{need.group}' is missing; its number '{need.key}' is needed.")
    for year, block in read.blocks.items():
        if not need.block_may_lack and need.key != "source" and read.raw(block, need.key) is None:
            raise FileError(f"{where}, [{need.group}.{year}]: '{need.key}' is missing.")
    if need.key not in read.units and need.key != "source" and not need.block_may_lack:
        raise FileError(f"{where}, [{need.group}.units]: '{need.key}' is missing.")
    if not need.group_may_lack and min(read.blocks, default=law.first_year + 1) > law.first_year:
        raise FileError(f"{where}, [{need.group}]: it has no block of {law.first_year}, the first year of the file.")


def _check_price_index(where: str, law: LawFile) -> None:
    indexed = any(rule.is_indexed for group in law.groups.values() for rule in group.rules.values())
    if indexed or law.price_index:
        check_known(f"{where}, price_index", "price index", law.price_index, PRICE_INDEXES)


def _name(where: str, name: str, entry: Any, groups: dict[str, Group]) -> Name:
    place = f"{where}, [names], {name}"
    computed = entry if isinstance(entry, dict) else {}
    group, _, rest = str(computed.get("from", entry)).partition(".")
    key, _, number = rest.partition(".")
    check_known(place, "group", group, groups)
    check_known(f"{place}, {group}", "number", key, groups[group].units)
    return Name(
        name,
        computed.get("unit", groups[group].units[key]),
        group,
        key,
        int(number) if number else None,
        computed.get("computed", ""),
        computed.get("by", ""),
    )
