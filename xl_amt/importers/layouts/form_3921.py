"""Form 3921, Exercise of an Incentive Stock Option: lists, one row per form, by the words of the boxes."""

from __future__ import annotations

from xl_amt.importers.layout import Fact, Layout

FORMS = Layout(
    platform="form 3921",
    table="list of forms",
    kind="exercise",
    headers={
        Fact.STAKEHOLDER: ("Employee's name", "Employee name", "Recipient name", "Name"),
        Fact.COMPANY: ("Transferor's name", "Transferor name", "Transferor", "Corporation"),
        Fact.LABEL: ("Grant ID", "Grant number", "Security ID", "Account number"),
        Fact.ISSUE_DATE: (
            "1 Date option granted", "Date option granted", "Box 1 Date option granted", "Box 1", "Date granted",
        ),
        Fact.EXERCISE_DATE: (
            "2 Date option exercised", "Date option exercised", "Box 2 Date option exercised", "Box 2",
            "Date exercised",
        ),
        Fact.STRIKE: (
            "3 Exercise price per share", "Exercise price per share", "Box 3 Exercise price per share", "Box 3",
        ),
        Fact.EXERCISE_VALUE: (
            "4 FMV per share on exercise date", "FMV per share on exercise date",
            "Fair market value per share on exercise date", "Box 4 FMV per share on exercise date", "Box 4",
        ),
        Fact.EXERCISE_SHARES: (
            "5 No. of shares transferred", "No. of shares transferred", "Number of shares transferred",
            "Box 5 No. of shares transferred", "Box 5", "Shares transferred",
        ),
    },
    needs=(
        ((Fact.ISSUE_DATE,),),
        ((Fact.EXERCISE_DATE,),),
        ((Fact.STRIKE,),),
        ((Fact.EXERCISE_VALUE,),),
        ((Fact.EXERCISE_SHARES,),),
    ),
    fixed={Fact.AWARD_TYPE: "ISO"},
)  # fmt: skip

LAYOUTS = (FORMS,)
