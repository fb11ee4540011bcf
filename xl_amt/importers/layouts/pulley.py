"""Pulley, Ledgy and AngelList write grants in one table, under headers that differ from Carta's."""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

GRANTS = Layout(
    platform="pulley",
    table="stock options",
    kind="grant",
    headers={
        Fact.STAKEHOLDER: ("Stakeholder", "Stakeholder Name", "Holder Name", "Recipient Name", "Name"),
        Fact.STAKEHOLDER_EMAIL: ("Stakeholder Email", "Holder Email", "Email"),
        Fact.LABEL: ("Security Number", "Security", "Security ID", "Option ID", "Certificate", "Grant ID"),
        Fact.AWARD_TYPE: ("Option Type", "Grant Type", "Award Type", "Type"),
        Fact.STRIKE: ("Strike Price", "Exercise Price", "Strike"),
        Fact.ISSUED: ("Shares Granted", "Options Granted", "Granted", "Number Of Shares", "Quantity", "Shares"),
        Fact.EXERCISED: ("Shares Exercised", "Options Exercised", "Exercised"),
        Fact.VESTED_IN_ALL: ("Shares Vested", "Vested Shares", "Options Vested", "Vested"),
        Fact.UNVESTED_OUTSTANDING: ("Shares Unvested", "Unvested Shares", "Unvested"),
        Fact.OUTSTANDING: ("Shares Outstanding", "Options Outstanding", "Outstanding"),
        Fact.VESTED_OUTSTANDING: ("Shares Exercisable", "Options Exercisable", "Exercisable", "Vested Unexercised"),
        Fact.EXPIRED: ("Shares Expired", "Expired"),
        Fact.FORFEITED: ("Shares Forfeited", "Forfeited"),
        Fact.CANCELED: ("Shares Canceled", "Canceled", "Cancelled"),
        Fact.ISSUE_DATE: ("Grant Date", "Issue Date", "Date Granted"),
        Fact.VESTING_START: ("Vesting Commencement Date", "Vesting Start Date", "Vesting Start"),
        Fact.VESTING_SCHEDULE: ("Vesting Schedule", "Vesting Template", "Vesting Plan"),
        Fact.EXPIRATION_DATE: ("Expiration Date", "Expires On", "Expiration"),
        Fact.TERMINATION_DATE: ("Termination Date",),
        Fact.CANCELED_DATE: ("Cancellation Date", "Canceled Date"),
        Fact.EARLY_EXERCISE: ("Early Exercisable", "Early Exercise"),
        Fact.PLAN: ("Equity Plan", "Plan"),
        Fact.CURRENCY: ("Currency",),
    },
    needs=(
        ((Fact.STAKEHOLDER,),),
        ((Fact.LABEL,),),
        ((Fact.AWARD_TYPE,),),
        ((Fact.STRIKE,),),
        ((Fact.ISSUED,),),
        ((Fact.EXERCISED,),),
        (
            (Fact.VESTED_OUTSTANDING,),
            (Fact.VESTED_IN_ALL, Fact.EXPIRED),
            (Fact.VESTED_IN_ALL, Fact.OUTSTANDING),
            (Fact.VESTED_IN_ALL, Fact.UNVESTED_OUTSTANDING),
            (Fact.OUTSTANDING, Fact.UNVESTED_OUTSTANDING),
        ),
    ),
)

LAYOUTS = (GRANTS,)
