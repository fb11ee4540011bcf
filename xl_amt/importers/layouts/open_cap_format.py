"""Open Cap Format: objects by their type, under the names of today and those of its first versions.

An exercise holds neither a price nor a value, and names its grant by a key. A cancellation ends a security: what is
left of it, if anything, is issued as another one. What neither has vesting terms nor vestings
is vested from its grant.
"""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "open cap format"
_TYPE = ("object_type",)

PEOPLE = Layout(
    platform=_PLATFORM,
    table="stakeholders",
    kind="person",
    headers={
        Fact.RECORD: _TYPE,
        Fact.STAKEHOLDER_ID: ("id",),
        Fact.STAKEHOLDER: ("name.legal_name",),
        Fact.STAKEHOLDER_EMAIL: ("primary_contact.emails.0.email_address", "contact_info.emails.0.email_address"),
    },
    needs=(((Fact.RECORD,),), ((Fact.STAKEHOLDER_ID,),), ((Fact.STAKEHOLDER,),)),
    only={Fact.RECORD: ("STAKEHOLDER",)},
)

GRANTS = Layout(
    platform=_PLATFORM,
    table="issuances",
    kind="grant",
    headers={
        Fact.RECORD: _TYPE,
        Fact.KEY: ("security_id",),
        Fact.STAKEHOLDER_ID: ("stakeholder_id",),
        Fact.LABEL: ("custom_id", "security_id"),
        Fact.AWARD_TYPE: ("option_grant_type", "compensation_type"),
        Fact.STRIKE: ("exercise_price.amount",),
        Fact.CURRENCY: ("exercise_price.currency",),
        Fact.ISSUED: ("quantity",),
        Fact.ISSUE_DATE: ("date",),
        Fact.EXPIRATION_DATE: ("expiration_date",),
        Fact.EARLY_EXERCISE: ("early_exercisable",),
        Fact.VESTING_SCHEDULE: ("vesting_terms_id",),
    },
    needs=(((Fact.RECORD,),), ((Fact.LABEL,),), ((Fact.STRIKE,),), ((Fact.ISSUED,),), ((Fact.ISSUE_DATE,),)),
    only={Fact.RECORD: ("TX_EQUITY_COMPENSATION_ISSUANCE", "TX_PLAN_SECURITY_ISSUANCE")},
)

VESTINGS = Layout(
    platform=_PLATFORM,
    table="vestings",
    kind="tranche",
    headers={
        Fact.KEY: ("items.security_id",),
        Fact.VEST_DATE: ("date",),
        Fact.VEST_SHARES: ("amount",),
    },
    needs=(((Fact.KEY,),), ((Fact.VEST_DATE,),), ((Fact.VEST_SHARES,),)),
)

EXERCISES = Layout(
    platform=_PLATFORM,
    table="exercises",
    kind="exercise",
    headers={
        Fact.RECORD: _TYPE,
        Fact.KEY: ("security_id",),
        Fact.EXERCISE_DATE: ("date",),
        Fact.EXERCISE_SHARES: ("quantity",),
    },
    needs=(((Fact.RECORD,),), ((Fact.KEY,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
    marks=("resulting_security_ids",),
    only={Fact.RECORD: ("TX_EQUITY_COMPENSATION_EXERCISE", "TX_PLAN_SECURITY_EXERCISE")},
)

CANCELLATIONS = Layout(
    platform=_PLATFORM,
    table="cancellations",
    kind="end",
    headers={Fact.RECORD: _TYPE, Fact.KEY: ("security_id",), Fact.CANCELED_DATE: ("date",)},
    needs=(((Fact.RECORD,),), ((Fact.KEY,),), ((Fact.CANCELED_DATE,),)),
    marks=("reason_text",),
    only={
        Fact.RECORD: (
            "TX_EQUITY_COMPENSATION_CANCELLATION",
            "TX_EQUITY_COMPENSATION_RETRACTION",
            "TX_PLAN_SECURITY_CANCELLATION",
            "TX_PLAN_SECURITY_RETRACTION",
        )
    },
)

VALUATIONS = Layout(
    platform=_PLATFORM,
    table="valuations",
    kind="value",
    headers={
        Fact.RECORD: _TYPE,
        Fact.VALUE_DAY: ("effective_date",),
        Fact.VALUE: ("price_per_share.amount",),
        Fact.CURRENCY: ("price_per_share.currency",),
    },
    needs=(((Fact.RECORD,),), ((Fact.VALUE_DAY,),), ((Fact.VALUE,),)),
    only={Fact.RECORD: ("VALUATION",)},
)

SPLITS = Layout(
    platform=_PLATFORM,
    table="splits",
    kind="split",
    headers={
        Fact.RECORD: _TYPE,
        Fact.SPLIT_DAY: ("date",),
        Fact.SPLIT_NEW: ("split_ratio.numerator",),
        Fact.SPLIT_OLD: ("split_ratio.denominator",),
    },
    needs=(((Fact.RECORD,),), ((Fact.SPLIT_DAY,),), ((Fact.SPLIT_NEW,),), ((Fact.SPLIT_OLD,),)),
    only={Fact.RECORD: ("TX_STOCK_CLASS_SPLIT",)},
)

LAYOUTS = (PEOPLE, GRANTS, VESTINGS, EXERCISES, CANCELLATIONS, VALUATIONS, SPLITS)
