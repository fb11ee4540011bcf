"""E*TRADE: benefits by type, benefit history, and gains and losses expanded, by the names of 2024 and of 2025.

In the first two the record type says what a row is, and columns of one name follow one another. In the third a row
holds the grant, the exercise and the sale of some shares.
"""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "etrade"
_BENEFITS = "benefits by type"
_RECORD = {Fact.RECORD: ("Record Type",), Fact.COMPANY: ("Symbol",)}
_GRANT = {Fact.LABEL: ("Grant Number",)}

GRANTS = Layout(
    platform=_PLATFORM,
    table=_BENEFITS,
    kind="grant",
    headers={
        **_RECORD,
        **_GRANT,
        Fact.AWARD_TYPE: ("Option Type", "Grant Type", "Type"),
        Fact.ISSUE_DATE: ("Grant Date",),
        Fact.STRIKE: ("Exercise Price", "Grant Price"),
        Fact.ISSUED: ("Granted Qty.", "Granted Quantity"),
        Fact.EXERCISED: ("Exercised Qty.", "Exercised Quantity"),
        Fact.VESTED_IN_ALL: ("Vested Qty. #1", "Vested Quantity #1"),
        Fact.VESTED_OUTSTANDING: ("Exercisable Qty. #1", "Exercisable Quantity #1"),
        Fact.UNVESTED_OUTSTANDING: ("Unvested Qty. #1", "Unvested Quantity #1"),
        Fact.EXPIRATION_DATE: ("Expiration Date",),
        Fact.VALUE_AT_GRANT: ("Grant Date FMV",),
    },
    needs=(
        ((Fact.RECORD,),),
        ((Fact.LABEL,),),
        ((Fact.STRIKE,),),
        ((Fact.ISSUED,),),
        ((Fact.VESTED_OUTSTANDING,),),
        ((Fact.EXERCISED,), (Fact.VESTED_IN_ALL,)),
    ),
    only={Fact.RECORD: ("Grant",)},
)

VESTING = Layout(
    platform=_PLATFORM,
    table=_BENEFITS,
    kind="tranche",
    headers={
        **_RECORD,
        **_GRANT,
        Fact.VEST_DATE: ("Vest Date", "Vesting Date"),
        Fact.VEST_SHARES: ("Vesting Qty.", "Vesting Quantity", "Vested Qty. #2", "Vested Quantity #2"),
        Fact.EXPIRATION_DATE: ("Expiration Date",),
    },
    needs=(((Fact.RECORD,),), ((Fact.LABEL,),)),
    only={Fact.RECORD: ("Vest Schedule",)},
    carried=(Fact.LABEL,),
)

EXERCISES = Layout(
    platform=_PLATFORM,
    table=_BENEFITS,
    kind="exercise",
    headers={
        **_RECORD,
        **_GRANT,
        Fact.EVENT: ("Event Type",),
        Fact.STRIKE: ("Exercise Price", "Grant Price"),
        Fact.EXERCISE_DATE: ("Date", "Event Date"),
        Fact.EXERCISE_SHARES: ("Qty. or Amount", "Quantity or Amount"),
    },
    needs=(((Fact.RECORD,),), ((Fact.EVENT,),), ((Fact.LABEL,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
    only={
        Fact.RECORD: ("Event",),
        Fact.EVENT: ("Exercise", "Exercised", "Options exercised", "Shares exercised", "Option exercise"),
    },
    carried=(Fact.LABEL, Fact.STRIKE),
)

_OF_A_SOLD_OPTION = {
    **_RECORD,
    **_GRANT,
    Fact.EVENT: ("Plan Type",),
    Fact.AWARD_TYPE: ("Type",),
    Fact.ISSUE_DATE: ("Grant Date",),
    Fact.VALUE_AT_GRANT: ("Grant Date FMV",),
    Fact.STRIKE: ("Grant Price", "Acquisition Cost Per Share"),
    Fact.EXERCISE_DATE: ("Exercise Date",),
    Fact.SALE_DATE: ("Date Sold",),
}
_SOLD = {Fact.RECORD: ("Sell",), Fact.EVENT: ("SO",)}
_MARKS = ("Plan Type", "Date Sold", "Proceeds Per Share")

SOLD_EXERCISES = Layout(
    platform=_PLATFORM,
    table="gains and losses",
    kind="exercise",
    headers={
        **_OF_A_SOLD_OPTION,
        Fact.EXERCISE_SHARES: ("Quantity", "Qty."),
        Fact.EXERCISE_VALUE: ("Exercise Date FMV",),
        Fact.ELECTION_83B: ("83(b) Election",),
    },
    needs=(((Fact.RECORD,),), ((Fact.LABEL,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
    marks=_MARKS,
    only=_SOLD,
    doubts={
        Fact.EXERCISE_SHARES: "gains and losses show only the shares that were sold: import the benefit history too, "
        "or enter the shares exercised and still held",
    },
)

SALES = Layout(
    platform=_PLATFORM,
    table="gains and losses",
    kind="sale",
    headers={
        **_OF_A_SOLD_OPTION,
        Fact.SALE_SHARES: ("Quantity", "Qty."),
        Fact.SALE_PRICE: ("Proceeds Per Share",),
        Fact.DISPOSITION: ("Disposition Type",),
    },
    needs=(((Fact.RECORD,),), ((Fact.SALE_DATE,),), ((Fact.SALE_SHARES,),), ((Fact.SALE_PRICE,),)),
    marks=_MARKS,
    only=_SOLD,
)

BY_STATUS = Layout(
    platform=_PLATFORM,
    table="benefits by status",
    kind="nothing",
    headers={Fact.EVENT: ("Plan Type",), **_GRANT},
    needs=(((Fact.EVENT,),), ((Fact.LABEL,),)),
    marks=("Plan Type", "Grant Number", "Grant Reason"),
    reason="it does not state strikes and grant dates: export the benefits by type, expanded",
)

TRANSACTIONS = Layout(
    platform=_PLATFORM,
    table="transactions",
    kind="nothing",
    headers={Fact.SALE_DATE: ("TransactionDate",), Fact.RECORD: ("TransactionType",)},
    needs=(((Fact.SALE_DATE,),), ((Fact.RECORD,),)),
    marks=("TransactionDate", "TransactionType", "SecurityType"),
    reason="it does not say which grants the shares came from: export the gains and losses, expanded",
)

LAYOUTS = (GRANTS, VESTING, EXERCISES, SOLD_EXERCISES, SALES, BY_STATUS, TRANSACTIONS)
