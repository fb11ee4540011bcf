"""The answer of a leaving report as the sheet Leaving of a workbook shows it."""

from __future__ import annotations

from datetime import date

from xl_amt.client import ClientRecord
from xl_amt.client.fingerprint import fingerprint
from xl_amt.jobs.leaving import LeavingReport
from xl_amt.workbook.found import LeavingFound, StepFound, WayFound


def leaving_found(report: LeavingReport, record: ClientRecord, found_on: date) -> LeavingFound:
    """What the report found, of the ``record`` that holds its schedule."""
    place = next(iter(report.of_record.options.values())).holding
    answer = report.answer
    proved = "proved: no split is better" if answer["proved"] else "not proved in the time given"
    return LeavingFound(
        found_on=found_on,
        record=fingerprint(record),
        company=record.holdings[place].company,
        holder=record.holdings[place].holder,
        last_day=report.last_day,
        about=f"Most after tax, {proved}",
        ways=tuple(
            WayFound(
                name=way["name"],
                shares=sum(sum(row.values()) for row in way["schedule"].values()),
                after_tax=way["objective"],
                amt=way["amt_in_all"],
                taxes=way["tax_in_all"],
                medicare=way["medicare_withheld"],
                cash=way["cash"],
                if_value_halves=0.0 - way["lost_if_value_halves"],
                remark=way["why_not"],
            )
            for way in answer["strategies"]
        ),
        steps=tuple(
            step
            for grant in report.grants
            for step in (
                *(StepFound(grant.label, *step) for step in grant.steps),
                *([StepFound(grant.label, "lapse", grant.lapse, None, grant.window.by_plan)] if grant.lapse else []),
            )
        ),
        days=tuple((due.day, due.title) for due in report.days),
        notes=(*report.why, *report.notes),
    )
