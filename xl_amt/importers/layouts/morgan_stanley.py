"""Morgan Stanley: StockPlan Connect's releases and withdrawals, and Shareworks' sales and grants."""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "morgan stanley"

RELEASES = Layout(
    platform=_PLATFORM,
    table="releases report",
    kind="nothing",
    headers={Fact.VEST_DATE: ("Vest Date",), Fact.VEST_SHARES: ("Quantity",)},
    needs=(((Fact.VEST_DATE,),), ((Fact.VEST_SHARES,),)),
    marks=("Order Number", "Net Share Proceeds"),
    reason="it lists releases of stock units, and no options: export the option grants and their exercises",
)

WITHDRAWALS = Layout(
    platform=_PLATFORM,
    table="withdrawals report",
    kind="nothing",
    headers={Fact.SALE_DATE: ("Execution Date",), Fact.SALE_SHARES: ("Quantity",)},
    needs=(((Fact.SALE_DATE,),), ((Fact.SALE_SHARES,),)),
    marks=("Order Number", "Net Amount"),
    reason="it does not say which shares were sold: export the sales with their lots",
)

SALES = Layout(
    platform=_PLATFORM,
    table="shareworks sales",
    kind="sale",
    headers={
        Fact.LABEL: ("Employee Grant Number", "Grant Number"),
        Fact.LOT: ("Lot Number",),
        Fact.SALE_DATE: ("Sale Date",),
        Fact.SALE_SHARES: ("Shares Sold",),
        Fact.SALE_PRICE: ("Sale Price Per Share",),
        Fact.EXERCISE_DATE: ("Original Acquisition Date",),
    },
    needs=(((Fact.SALE_DATE,),), ((Fact.SALE_SHARES,),), ((Fact.SALE_PRICE,),)),
    marks=("Original Acquisition Date",),
)

GRANTS = Layout(
    platform=_PLATFORM,
    table="shareworks grants",
    kind="grant",
    headers={
        Fact.KEY: ("grantId",),
        Fact.LABEL: ("grantNumber", "grantName"),
        Fact.AWARD_TYPE: ("awardTypeName",),
        Fact.STRIKE: ("grantPrice",),
        Fact.VALUE_AT_GRANT: ("marketPriceAtTimeOfGrant",),
        Fact.ISSUED: ("grantedShares",),
        Fact.ISSUE_DATE: ("grantDate",),
        Fact.EXPIRATION_DATE: ("expiryDate",),
        Fact.VESTING_SCHEDULE: ("vestingScheduleName",),
        Fact.VESTING_START: ("vestingStartDate",),
        Fact.EARLY_EXERCISE: ("allowEarlyExercise",),
    },
    needs=(((Fact.LABEL,),), ((Fact.AWARD_TYPE,),), ((Fact.STRIKE,),), ((Fact.ISSUED,),), ((Fact.ISSUE_DATE,),)),
    marks=("grantedShares",),
)

VESTING = Layout(
    platform=_PLATFORM,
    table="shareworks vesting",
    kind="tranche",
    headers={
        Fact.LABEL: ("grants.grantNumber", "grants.grantName"),
        Fact.VEST_DATE: ("vestDate",),
        Fact.VEST_SHARES: ("vestQuantity",),
    },
    needs=(((Fact.LABEL,),), ((Fact.VEST_DATE,),), ((Fact.VEST_SHARES,),)),
)

LAYOUTS = (RELEASES, WITHDRAWALS, SALES, GRANTS, VESTING)
