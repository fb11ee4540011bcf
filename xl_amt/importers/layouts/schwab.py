"""Schwab Equity Awards: the complete history as CSV or JSON, the history of awards' prices, and a brokerage history.

An event of the complete CSV is a line, and a line for each part of it, in which the columns of the event are blank.
"""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "schwab"
_SALES = ("Sale", "Forced Quick Sell", "Quick Sell", "Sell")

SALES = Layout(
    platform=_PLATFORM,
    table="equity awards history",
    kind="sale",
    headers={
        Fact.RECORD: ("Action",),
        Fact.COMPANY: ("Symbol",),
        Fact.SALE_DATE: ("Date",),
        Fact.SALE_SHARES: ("Shares",),
        Fact.SALE_PRICE: ("SalePrice",),
        Fact.AWARD_TYPE: ("Type",),
        Fact.DISPOSITION: ("DispositionType",),
        Fact.LABEL: ("GrantId",),
    },
    needs=(((Fact.RECORD,),), ((Fact.SALE_DATE,),), ((Fact.SALE_SHARES,),), ((Fact.SALE_PRICE,),)),
    marks=("VestFairMarketValue", "PurchaseFairMarketValue"),
    only={Fact.RECORD: _SALES, Fact.AWARD_TYPE: ("ISO", "NSO", "NQSO", "NQ")},
    continued=(Fact.SALE_DATE, Fact.RECORD),
)

SALES_AS_JSON = Layout(
    platform=_PLATFORM,
    table="equity awards history",
    kind="sale",
    headers={
        Fact.RECORD: ("Transactions.Action",),
        Fact.COMPANY: ("Transactions.Symbol",),
        Fact.SALE_DATE: ("Transactions.Date", "Transactions.EventDate"),
        Fact.SALE_SHARES: ("Details.Shares",),
        Fact.SALE_PRICE: ("Details.SalePrice",),
        Fact.AWARD_TYPE: ("Details.Type",),
        Fact.DISPOSITION: ("Details.DispositionType",),
        Fact.LABEL: ("Details.GrantId", "Details.AwardName"),
    },
    needs=SALES.needs,
    only=SALES.only,
)

AWARD_PRICES = Layout(
    platform=_PLATFORM,
    table="history of awards' prices",
    kind="nothing",
    headers={Fact.RECORD: ("Action",), Fact.SALE_DATE: ("Date",)},
    needs=(((Fact.RECORD,),), ((Fact.SALE_DATE,),)),
    marks=("FairMarketValuePrice", "NetSharesDeposited"),
    reason="it lists stock awards as they lapse, and no options: export the complete equity awards history",
)

BROKERAGE = Layout(
    platform=_PLATFORM,
    table="brokerage history",
    kind="nothing",
    headers={Fact.RECORD: ("Action",), Fact.SALE_DATE: ("Date",)},
    needs=(((Fact.RECORD,),), ((Fact.SALE_DATE,),)),
    marks=("Fees & Comm", "Description"),
    reason="it does not say which shares came from options: export the complete history of Equity Awards",
)

LAYOUTS = (SALES, SALES_AS_JSON, AWARD_PRICES, BROKERAGE)
