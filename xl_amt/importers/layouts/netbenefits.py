"""Fidelity NetBenefits: "View open lots", the shares that are held, with the day and the cost of each lot."""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

OPEN_LOTS = Layout(
    platform="netbenefits",
    table="open lots",
    kind="lot",
    headers={
        Fact.ACQUIRED: ("Date acquired",),
        Fact.LOT_SHARES: ("Quantity",),
        Fact.PRICE_PAID: ("Cost basis/share", "Cost basis per share"),
        Fact.ISSUE_DATE: ("Grant date",),
        Fact.AWARD_TYPE: ("Share source",),
    },
    needs=(((Fact.ACQUIRED,),), ((Fact.LOT_SHARES,),), ((Fact.PRICE_PAID,),)),
    marks=("Share source",),
    only={Fact.AWARD_TYPE: ("SO", "ISO", "NSO", "NQ", "NQSO", "OP", "Stock options")},
)

LAYOUTS = (OPEN_LOTS,)
