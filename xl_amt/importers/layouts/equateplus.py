"""EquatePlus: the list of orders."""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_ORDER = {
    Fact.RECORD: ("Order type",),
    Fact.STATUS: ("Status",),
    Fact.AWARD_TYPE: ("Product type",),
    Fact.COMPANY: ("Company", "Issuer"),
    Fact.LABEL: ("Award ID", "Plan allocation ID", "Grant ID"),
    Fact.ISSUE_DATE: ("Allocation date", "Grant date"),
    Fact.STRIKE: ("Strike price", "Exercise price"),
}

EXERCISES = Layout(
    platform="equateplus",
    table="orders",
    kind="exercise",
    headers={
        **_ORDER,
        Fact.EXERCISE_DATE: ("Date",),
        Fact.EXERCISE_SHARES: ("Quantity",),
        Fact.EXERCISE_VALUE: ("Execution price",),
    },
    needs=(((Fact.RECORD,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
    marks=("Order reference", "Order type"),
    only={Fact.RECORD: ("Exercise",)},
    doubts={
        Fact.EXERCISE_VALUE: "the execution price is used as the value per share that day: check it against Form "
        "3921, box 4",
    },
)

SALES = Layout(
    platform="equateplus",
    table="orders",
    kind="sale",
    headers={
        **_ORDER,
        Fact.SALE_DATE: ("Date",),
        Fact.SALE_SHARES: ("Quantity",),
        Fact.SALE_PRICE: ("Execution price",),
    },
    needs=(((Fact.RECORD,),), ((Fact.SALE_DATE,),), ((Fact.SALE_SHARES,),), ((Fact.SALE_PRICE,),)),
    marks=("Order reference", "Order type"),
    only={Fact.RECORD: ("Sell", "Sale"), Fact.AWARD_TYPE: ("ISO", "NSO", "NQ", "NQSO")},
)

LAYOUTS = (EXERCISES, SALES)
