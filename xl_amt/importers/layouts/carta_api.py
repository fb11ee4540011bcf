"""Carta's API, v1alpha1, as JSON: option grants with their vesting events and exercises, and fair market values.

Exercises hold neither a price nor a value: the value is that of the fair market values on the day that they name.
"""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

_PLATFORM = "carta api"

GRANTS = Layout(
    platform=_PLATFORM,
    table="option grants",
    kind="grant",
    headers={
        Fact.KEY: ("id",),
        Fact.STAKEHOLDER_ID: ("stakeholderId",),
        Fact.LABEL: ("securityLabel", "id"),
        Fact.AWARD_TYPE: ("stockOptionType",),
        Fact.IS_SPLIT: ("isoNsoSplit",),
        Fact.STRIKE: ("exercisePrice.amount",),
        Fact.CURRENCY: ("exercisePrice.currencyCode",),
        Fact.ISSUED: ("quantity",),
        Fact.OUTSTANDING: ("outstandingQuantity",),
        Fact.EXERCISED: ("exercisedQuantity",),
        Fact.VESTED_IN_ALL: ("vestedQuantity",),
        Fact.EXPIRED: ("expiredQuantity",),
        Fact.FORFEITED: ("forfeitedQuantity",),
        Fact.CANCELED: ("canceledQuantity",),
        Fact.ISSUE_DATE: ("issueDate",),
        Fact.VESTING_START: ("vestingStartDate", "vestingSchedule.startDate"),
        Fact.VESTING_SCHEDULE: ("vestingSchedule.name",),
        Fact.EXPIRATION_DATE: ("grantExpirationDate",),
        Fact.TERMINATION_DATE: ("terminationDate",),
        Fact.CANCELED_DATE: ("canceledDate",),
        Fact.DISQUALIFIED_DATE: ("disqualificationDate",),
        Fact.EARLY_EXERCISE: ("earlyExercisable",),
        Fact.PLAN: ("equityIncentivePlanName",),
    },
    needs=(
        ((Fact.LABEL,),),
        ((Fact.AWARD_TYPE,),),
        ((Fact.STRIKE,),),
        ((Fact.ISSUED,),),
        ((Fact.EXERCISED,),),
        ((Fact.VESTED_IN_ALL, Fact.OUTSTANDING), (Fact.VESTED_IN_ALL, Fact.EXPIRED)),
    ),
    marks=("stockOptionType",),
)

VESTING = Layout(
    platform=_PLATFORM,
    table="vesting events",
    kind="tranche",
    headers={
        Fact.KEY: ("optionGrants.id",),
        Fact.STAKEHOLDER_ID: ("optionGrants.stakeholderId",),
        Fact.LABEL: ("optionGrants.securityLabel", "optionGrants.id"),
        Fact.VEST_DATE: ("vestDate",),
        Fact.VEST_SHARES: ("quantity",),
        Fact.VEST_ISO: ("isoQuantity",),
        Fact.VEST_NSO: ("nsoQuantity",),
    },
    needs=(((Fact.LABEL,),), ((Fact.VEST_SHARES,),)),
    marks=("vested", "isoQuantity"),
)

EXERCISES = Layout(
    platform=_PLATFORM,
    table="exercises",
    kind="exercise",
    headers={
        Fact.KEY: ("optionGrants.id",),
        Fact.STAKEHOLDER_ID: ("optionGrants.stakeholderId",),
        Fact.LABEL: ("optionGrants.securityLabel", "optionGrants.id"),
        Fact.EXERCISE_DATE: ("exerciseDate",),
        Fact.EXERCISE_SHARES: ("quantity",),
        Fact.VALUED_ON: ("fairMarketValueAsOfDate",),
        Fact.METHOD: ("exerciseType",),
        Fact.STATUS: ("status",),
        Fact.LOT: ("resultingSecurityLabel", "certificateId"),
    },
    needs=(((Fact.LABEL,),), ((Fact.EXERCISE_DATE,),), ((Fact.EXERCISE_SHARES,),)),
    marks=("exerciseDate",),
)

VALUES = Layout(
    platform=_PLATFORM,
    table="fair market values",
    kind="value",
    headers={
        Fact.VALUE_DAY: ("fairMarketValues.effectiveDate",),
        Fact.VALUE: ("price", "price.amount"),
        Fact.EVENT: ("common",),
        Fact.CURRENCY: ("price.currencyCode",),
    },
    needs=(((Fact.VALUE_DAY,),), ((Fact.VALUE,),)),
    only={Fact.EVENT: ("True", "common")},
)

LAYOUTS = (GRANTS, VESTING, EXERCISES, VALUES)
