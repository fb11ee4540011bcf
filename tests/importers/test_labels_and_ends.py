"""Labels that files spell differently, grants that another list cancels, and files that are known and hold none."""

from __future__ import annotations

import json

import pytest

from xl_amt.errors import FileError
from xl_amt.importers import read_export

HEADERS = (
    "Stakeholder Name,Security ID,Base Award Type,Exercise Price,Quantity Issued,Quantity Exercised,"
    "Outstanding Vested Quantity,Outstanding Unvested Quantity,Issue Date"
)
FIGURES = "ISO,1.25,10000,1000,5000,4000,2023-05-08"
ISSUANCE = {
    "object_type": "TX_EQUITY_COMPENSATION_ISSUANCE", "id": "1", "security_id": "s1", "custom_id": "CA-1",
    "stakeholder_id": "p1", "date": "2023-05-08", "option_grant_type": "ISO", "quantity": "10000",
    "exercise_price": {"amount": "1.25", "currency": "USD"},
}  # fmt: skip
EXERCISE = {
    "object_type": "TX_EQUITY_COMPENSATION_EXERCISE", "id": "2", "security_id": "s1", "date": "2024-02-01",
    "quantity": "1000", "resulting_security_ids": ["c1"],
}  # fmt: skip
CANCELLATION = {
    "object_type": "TX_EQUITY_COMPENSATION_CANCELLATION", "id": "3", "security_id": "s1", "date": "2025-01-15",
    "quantity": "9000", "reason_text": "left",
}  # fmt: skip


def saved(path, text):
    """The path, after the text was written to it."""
    path.write_text(text, encoding="utf-8")
    return path


def test_labels_that_differ_in_capital_letters_are_one_grant(tmp_path):
    """A repeated row is set aside; an exercise of another file finds its grant."""
    plan = saved(
        tmp_path / "plan.csv", f"{HEADERS}\nNora Quill,ES-1,{FIGURES}\nNora Quill,es-1,{FIGURES}\n"
    )  # fmt: skip
    list_of_exercises = saved(
        tmp_path / "exercises.csv", "Security ID,Exercise Date,Quantity Exercised,FMV\nEs-1,2026-02-01,1000,6\n"
    )
    result = read_export(plan)
    assert [grant.label for grant in result.grants] == ["ES-1"]
    assert [row.reason for row in result.rejected] == ["The row repeats the grant of row 2 of sheet 'plan'."]
    assert [one.grant for one in read_export(plan, list_of_exercises).exercises] == ["ES-1"]


def test_more_grants_than_one_person_has(tmp_path):
    """Tens of thousands of grants of one person are refused at once, and five hundred are read."""
    for number in (500, 501, 20_000):
        rows = "".join(f"Nora Quill,ES-{at},{FIGURES}\n" for at in range(number))
        path = saved(tmp_path / "plan.csv", f"{HEADERS}\n{rows}")
        if number == 500:
            assert len(read_export(path).grants) == number
            continue
        with pytest.raises(FileError, match=r"plan\.csv: [0-9,]+ (grants|rows) belong to one person, more than"):
            read_export(path)


@pytest.mark.parametrize("kind", ["CANCELLATION", "RETRACTION"])
def test_a_grant_that_a_cap_table_cancels(tmp_path, kind):
    """Of a canceled grant nothing can be exercised: it is set aside, or only what was exercised is kept."""
    ended = {**CANCELLATION, "object_type": f"TX_EQUITY_COMPENSATION_{kind}"}
    whole = read_export(saved(tmp_path / "whole.ocf.json", json.dumps({"items": [ISSUANCE, ended]})))
    assert whole.grants == ()
    assert [row.reason for row in whole.rejected] == [
        "The grant was canceled on 2025-01-15: none of it can be exercised."
    ]
    part = read_export(saved(tmp_path / "part.ocf.json", json.dumps({"items": [ISSUANCE, EXERCISE, ended]})))
    (grant,) = part.grants
    assert (grant.shares_exercised, grant.shares_exercisable, grant.shares_unvested) == (1_000, 0, 0)
    assert "CA-1: it was canceled on 2025-01-15; its 1,000 exercised shares are kept" in " ".join(part.notes)
    other = {**ended, "security_id": "s2"}
    (grant,) = read_export(saved(tmp_path / "other.ocf.json", json.dumps({"items": [ISSUANCE, other]}))).grants
    assert grant.shares_exercisable == 10_000


@pytest.mark.parametrize(
    ("headers", "row", "sentence"),
    [
        (
            "Plan Type,Symbol,Grant Number,Grant Reason,Vested Qty.,Unvested Qty.,Est. Cost Basis (per share):",
            "ISO,QWRT,11001,New hire,5000,4000,$1.25",
            "it does not state strikes and grant dates: export the benefits by type, expanded",
        ),
        (
            "TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Price,Amount,Commission",
            "01/02/26,Sold,EQ,QWRT,-100,9.5,950,0",
            "it does not say which grants the shares came from: export the gains and losses, expanded",
        ),
    ],
)
def test_files_of_etrade_that_hold_no_grants(tmp_path, headers, row, sentence):
    """Benefits by status and transactions are known, and refused for what they lack."""
    with pytest.raises(FileError) as error:
        read_export(saved(tmp_path / "etrade.csv", f"{headers}\n{row}\n"))
    assert str(error.value) == f"etrade.csv: {sentence}."
