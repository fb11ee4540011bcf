"""Carta: plan sheets, "Equity Plan Granted", options outstanding, vesting details, ledgers, exercised and settled.

The headers are those of Carta's reports, and of its own importer. The plan's sheet states what is vested and
outstanding; "Equity Plan Granted" states all that ever vested, from which the exercised and the lapsed are taken.
"""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "carta"
_PERSON = {
    Fact.STAKEHOLDER: (
        "Stakeholder Name", "Stakeholder", "Optionholder", "Shareholder", "Holder", "Grantee", "Recipient",
        "Employee Name", "Participant Name", "Full Name", "Legal Name", "Name",
    ),
    Fact.STAKEHOLDER_ID: ("Stakeholder ID",),
    Fact.STAKEHOLDER_EMAIL: ("Stakeholder Email", "Optionholder Email", "Email Address", "Work Email", "Email"),
}  # fmt: skip
_LABELS = (
    "Formatted Security ID", "Security ID", "Award ID", "Grant ID", "Grant Number", "Grant Label", "Custom Label",
    "Award Label", "Certificate ID", "Certificate Number", "Label", "ID",
)  # fmt: skip
_STRIKES = ("Exercise Price", "Strike Price", "Exercise Price Per Share", "Strike")
_CURRENCIES = ("Currency", "Currency Code", "Exercise Price Currency")
_TYPES = ("Base Award Type", "Award Type", "Option Type", "Grant Type", "Type")
_GRANTED = ("Issue Date", "Grant Date", "Date Issued", "Date Of Grant")

GRANTS = Layout(
    platform=_PLATFORM,
    table="grants",
    kind="grant",
    headers={
        **_PERSON,
        Fact.LABEL: _LABELS,
        Fact.AWARD_TYPE: _TYPES,
        Fact.IS_SPLIT: ("Is ISO/NSO Split?", "ISO/NSO Split"),
        Fact.STRIKE: _STRIKES,
        Fact.ISSUED: (
            "Quantity Issued", "Options Granted", "Number Of Options", "Number Of Shares", "Shares Issued",
            "Original Quantity", "Share Quantity", "Quantity", "Options", "Shares", "Units", "Amount",
        ),
        Fact.OUTSTANDING: ("Quantity Outstanding", "Outstanding Quantity"),
        Fact.EXERCISED: ("Quantity Exercised", "Exercised Quantity"),
        Fact.VESTED_OUTSTANDING: ("Outstanding Vested Quantity", "Quantity Exercisable"),
        Fact.UNVESTED_OUTSTANDING: ("Outstanding Unvested Quantity",),
        Fact.VESTED_IN_ALL: ("Total Time Vested Quantity", "Total Vested Quantity"),
        Fact.EXPIRED: ("Quantity Expired",),
        Fact.FORFEITED: ("Quantity Forfeited",),
        Fact.CANCELED: ("Quantity Canceled", "Quantity Cancelled"),
        Fact.ISSUE_DATE: _GRANTED,
        Fact.VESTING_START: (
            "Vesting Start Date", "Vesting Commencement Date", "Vesting Commencement", "Vesting Start",
        ),
        Fact.VESTING_SCHEDULE: ("Vesting Schedule", "Vesting Template", "Vesting"),
        # Carta's "Exercise Expiration Date" is the end of the post-termination window, another fact.
        Fact.EXPIRATION_DATE: (
            "Expiration Date", "Grant Expiration Date", "Expiry Date", "Grant Expiry", "Expiration", "Expiry",
        ),
        Fact.TERMINATION_DATE: ("Termination Date",),
        Fact.CANCELED_DATE: ("Canceled Date", "Cancelled Date"),
        Fact.DISQUALIFIED_DATE: ("Disqualification Date", "Disqualified Date"),
        Fact.EARLY_EXERCISE: (
            "Early Exercise", "Early Exercisable", "Early Exercise Allowed", "Allow Early Exercise",
        ),
        Fact.PLAN: ("Plan Name", "Equity Plan Name", "Equity Plan", "Option Plan", "Plan"),
        Fact.VALUE_AT_GRANT: ("FMV At Grant", "Fair Market Value At Grant", "Grant Date FMV"),
        Fact.CURRENCY: _CURRENCIES,
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
            (Fact.OUTSTANDING, Fact.UNVESTED_OUTSTANDING),
        ),
        ((Fact.UNVESTED_OUTSTANDING,), (Fact.OUTSTANDING,), (Fact.VESTED_IN_ALL, Fact.FORFEITED)),
    ),
)  # fmt: skip

VESTING_DETAILS = Layout(
    platform=_PLATFORM,
    table="vesting details",
    kind="tranche",
    headers={
        **_PERSON,
        Fact.LABEL: _LABELS,
        Fact.VEST_DATE: ("Vest Date", "Vesting Date", "Vested On"),
        Fact.VEST_SHARES: (
            "Shares Vested", "Shares Vesting", "Quantity Vesting", "Vesting Quantity", "Vest Quantity", "Quantity",
            "Shares",
        ),
        Fact.VEST_ISO: ("ISO Quantity", "ISO Shares"),
        Fact.VEST_NSO: ("NSO Quantity", "NSO Shares"),
    },
    needs=(((Fact.LABEL,),), ((Fact.VEST_DATE,),), ((Fact.VEST_SHARES,),)),
)  # fmt: skip

EXERCISED_AND_SETTLED = Layout(
    platform=_PLATFORM,
    table="exercised and settled",
    kind="exercise",
    headers={
        **_PERSON,
        Fact.LABEL: ("Option Grant ID", "Grant Security ID", *_LABELS),
        Fact.AWARD_TYPE: _TYPES,
        Fact.STRIKE: _STRIKES,
        Fact.ISSUE_DATE: _GRANTED,
        Fact.EXERCISE_DATE: (
            "Exercise Date", "Exercised Date", "Date Exercised", "Exercised On", "Shares Acquired Date",
        ),
        Fact.EXERCISE_SHARES: (
            "Quantity Exercised", "Exercised Quantity", "Shares Exercised", "Options Exercised", "Quantity", "Shares",
        ),
        Fact.EXERCISE_VALUE: (
            "FMV At Exercise", "Fair Market Value At Exercise", "FMV Per Share At Exercise", "FMV On Exercise Date",
            "Exercise FMV", "Fair Market Value", "FMV",
        ),
        Fact.METHOD: ("Exercise Type", "Exercise Method", "Method"),
        Fact.STATUS: ("Exercise Status", "Status", "State"),
        Fact.LOT: ("Resulting Security ID", "Resulting Security", "Resulting Security Label", "Certificate"),
        Fact.ELECTION_83B: ("83(b) Election", "83(b)"),
        Fact.CURRENCY: _CURRENCIES,
    },
    needs=(((Fact.LABEL,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
)  # fmt: skip

LEDGER = Layout(
    platform=_PLATFORM,
    table="share ledger",
    kind="lot",
    headers={
        **_PERSON,
        Fact.LOT: _LABELS,
        Fact.LOT_SHARES: ("Quantity Issued", "Shares Issued", "Quantity", "Shares"),
        Fact.LOT_OUTSTANDING: ("Quantity Outstanding", "Outstanding Quantity"),
        Fact.PRICE_PAID: ("Price Paid Per Share", "Purchase Price"),
        Fact.ACQUIRED: ("Issue Date", "Date Issued"),
        Fact.LABEL: ("Exercised From", "Source Security ID", "Converted From"),
        Fact.CANCELED_DATE: ("Canceled Date", "Cancelled Date"),
        Fact.CURRENCY: _CURRENCIES,
    },
    needs=(((Fact.LOT,),), ((Fact.LOT_SHARES,),), ((Fact.PRICE_PAID,),), ((Fact.ACQUIRED,),)),
)

VALUATIONS = Layout(
    platform=_PLATFORM,
    table="valuations",
    kind="value",
    headers={
        Fact.VALUE_DAY: ("Effective Date", "Valuation Date", "FMV Date"),
        Fact.VALUE: (
            "FMV Per Share", "Common FMV", "Fair Market Value Per Share", "Fair Market Value", "Price Per Share",
            "FMV", "Price",
        ),
    },
    needs=(((Fact.VALUE_DAY,),), ((Fact.VALUE,),)),
)  # fmt: skip

LAYOUTS = (GRANTS, VESTING_DETAILS, EXERCISED_AND_SETTLED, LEDGER, VALUATIONS)
