"""What a layout says of a table: which headers mean which facts, what is needed, and what its rows are.

A layout is data. It names the facts of one kind that a row of a table states; a table whose rows state facts of several
kinds has a layout for each, all of one platform and one table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

Kind = Literal["person", "end", "grant", "tranche", "exercise", "sale", "lot", "value", "split", "nothing"]
"""What a row states; ``end`` is that a grant was canceled, ``nothing`` a table that is known and holds no options."""


class Fact(Enum):
    """A fact that a column states, in the words of a sentence."""

    __hash__ = object.__hash__  # that of an enumeration is slower by far, and every cell is asked for by its fact

    STAKEHOLDER = "stakeholder's name"
    STAKEHOLDER_ID = "stakeholder's ID"
    STAKEHOLDER_EMAIL = "stakeholder's e-mail"
    COMPANY = "company"
    RECORD = "record type"
    EVENT = "kind of event"
    CURRENCY = "currency"

    LABEL = "security ID"
    KEY = "platform's own key"
    AWARD_TYPE = "award type"
    IS_SPLIT = "ISO/NSO split"
    STRIKE = "exercise price"
    ISSUED = "quantity issued"
    OUTSTANDING = "quantity outstanding"
    EXERCISED = "quantity exercised"
    VESTED_OUTSTANDING = "outstanding vested quantity"
    UNVESTED_OUTSTANDING = "outstanding unvested quantity"
    VESTED_IN_ALL = "total vested quantity"
    EXPIRED = "quantity expired"
    FORFEITED = "quantity forfeited"
    CANCELED = "quantity canceled"
    ISSUE_DATE = "issue date"
    VESTING_START = "vesting start date"
    VESTING_SCHEDULE = "vesting schedule"
    EXPIRATION_DATE = "expiration date"
    TERMINATION_DATE = "termination date"
    CANCELED_DATE = "canceled date"
    DISQUALIFIED_DATE = "day of the disqualification"
    EARLY_EXERCISE = "early exercise"
    PLAN = "plan name"
    VALUE_AT_GRANT = "value at grant"

    VEST_DATE = "vesting date"
    VEST_SHARES = "shares vesting"
    VEST_ISO = "ISO shares vesting"
    VEST_NSO = "NSO shares vesting"

    EXERCISE_DATE = "exercise date"
    EXERCISE_SHARES = "shares exercised"
    EXERCISE_VALUE = "value at exercise"
    VALUED_ON = "day of the value at exercise"
    METHOD = "way of the exercise"
    STATUS = "status"
    LOT = "lot"
    ELECTION_83B = "83(b) election"

    SALE_DATE = "sale date"
    SALE_SHARES = "shares sold"
    SALE_PRICE = "sale price"
    DISPOSITION = "kind of disposition"

    ACQUIRED = "day acquired"
    LOT_SHARES = "shares acquired"
    LOT_OUTSTANDING = "shares still held"
    PRICE_PAID = "price paid"

    VALUE_DAY = "day of the value"
    VALUE = "value per share"

    SPLIT_DAY = "day of the split"
    SPLIT_NEW = "new shares of the split"
    SPLIT_OLD = "old shares of the split"


COUNTS = frozenset(
    {
        Fact.ISSUED, Fact.OUTSTANDING, Fact.EXERCISED, Fact.VESTED_OUTSTANDING, Fact.UNVESTED_OUTSTANDING,
        Fact.VESTED_IN_ALL, Fact.EXPIRED, Fact.FORFEITED, Fact.CANCELED, Fact.VEST_SHARES, Fact.VEST_ISO,
        Fact.VEST_NSO, Fact.EXERCISE_SHARES, Fact.SALE_SHARES, Fact.LOT_SHARES, Fact.LOT_OUTSTANDING,
    }
)  # fmt: skip
"""The facts that are numbers of shares."""

PRICES = frozenset(
    {
        Fact.STRIKE, Fact.VALUE_AT_GRANT, Fact.EXERCISE_VALUE, Fact.SALE_PRICE, Fact.PRICE_PAID, Fact.VALUE,
    }
)  # fmt: skip
"""The facts that are dollars per share."""

DATES = (
    Fact.ISSUE_DATE, Fact.VESTING_START, Fact.EXPIRATION_DATE, Fact.TERMINATION_DATE, Fact.CANCELED_DATE,
    Fact.DISQUALIFIED_DATE, Fact.VEST_DATE, Fact.EXERCISE_DATE, Fact.VALUED_ON, Fact.SALE_DATE, Fact.ACQUIRED,
    Fact.VALUE_DAY, Fact.SPLIT_DAY,
)  # fmt: skip
"""The facts that are days."""

Need = tuple[tuple[Fact, ...], ...]
"""Sets of facts of which any one will do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One kind of fact that the rows of a platform's table state.

    ``headers`` are those that each fact may go by, the surest first; "Exercisable Qty. #2" is the second of two columns
    of one name. A table is one of the layout where all ``needs`` are met and all ``marks``, headers that no other
    table has, stand in the row of headers. ``only`` are the words that facts have in the rows that are read; other rows
    are not of this kind. ``fixed`` are facts that every row has. A row in which all ``continued`` facts are blank
    goes on with the one above it and has its facts; ``carried`` facts are those of a row above where they are blank.
    ``doubts`` say what to check of a fact that the platform does not explain, and ``reason`` why nothing is read.
    """

    platform: str
    table: str
    kind: Kind
    headers: Mapping[Fact, tuple[str, ...]]
    needs: tuple[Need, ...]
    marks: tuple[str, ...] = ()
    only: Mapping[Fact, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[Fact, str] = field(default_factory=dict)
    continued: tuple[Fact, ...] = ()
    carried: tuple[Fact, ...] = ()
    doubts: Mapping[Fact, str] = field(default_factory=dict)
    reason: str = ""
