"""What an advisor meets on the first day: options that have ended, spread that is used, facts that are missing."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.workbook.clients import ANA, BLANK, CLIENTS, grant, with_holding, with_year
from tests.workbook.filled import Filled, cells_of
from xl_amt.client import Remark
from xl_amt.errors import AmtError
from xl_amt.jobs.room_report import missing_of, report_room
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.law import STATUSES
from xl_amt.workbook import build_workbook, save_workbook
from xl_amt.workbook.sheets import scenario_rows as at
from xl_amt.workbook.tables.client_rows import row_by_name
from xl_amt.worksheet import call

VALUE_DAY = date(2026, 11, 20)
EARLY = date(2022, 3, 13)
STATUS, INCOME = (("Client", f"E{row_by_name(BLANK)[field]}") for field in ("status", "income"))


def of(*grants, **holding):
    """Ana with other grants."""
    return with_holding(ANA, grants=grants, **holding)


def one_iso(work_ended=None, **terms):
    """Ana with one grant of these terms, and perhaps the end of her work."""
    return of(replace(grant("ES-1", "ISO", 1.0, 4_000), **terms), work_ended=work_ended)


ENDED = {
    "in the money": {"expires": VALUE_DAY},
    "expired": {"expires": date(2026, 11, 19)},
    "expired, by the law's ten years": {"granted": date(2016, 11, 19), "expires": None},
    "in the money, on the last of ten years": {"granted": date(2016, 11, 20), "expires": None},
    "no longer an ISO, ten years": {"granted": date(2016, 11, 19), "expires": date(2027, 1, 1)},
    "no longer an ISO, five years of a 10 % owner": {
        "granted": date(2021, 11, 19), "expires": date(2027, 1, 1), "ten_percent_owner": True,
    },
    "no longer an ISO, disqualified": {"disqualified": VALUE_DAY},
    "check this row, granted after the value": {"granted": date(2026, 11, 21)},
    "check this row, more shares than granted": {"shares": 3_999},
}  # fmt: skip


@pytest.mark.parametrize("case", ENDED)
def test_an_option_that_has_ended_fills_no_room(case):
    """Its standing says so on the sheet; room, filling and engine leave it out, and both say it in words."""
    standing = case.partition(",")[0]
    record = of(replace(grant("ES-1", "ISO", 1.0, 4_000), **ENDED[case]), grant("ES-2", "ISO", 2.0, 100))
    filled, report = Filled(record), report_room(record)
    assert filled["Grant_standing"] == standing
    counts = standing == "in the money"
    assert [item.grant.label for item in report.filled] == (["ES-2", "ES-1"] if counts else ["ES-2"])
    assert filled["Shares_in_room"] == report.shares
    assert filled["All_shares"] == (4_100 if counts else 100)
    total = cells_of(filled.workbook, "Grant_left")[0].column_letter
    assert filled["Grants", f"{total}6"] == (4_100 if counts else 100)
    if case != "no longer an ISO, disqualified":
        assert bool(report.notes) == ("left out" in filled["Left_out"]) == (not counts)


def test_a_row_that_expires_before_its_grant_is_left_out():
    """Such a record is refused in a sentence; typed into the workbook, the row says so and the others fill the room."""
    filled = Filled(of(grant("ES-1", "ISO", 1.0, 4_000), grant("ES-2", "ISO", 2.0, 100)), {"Grant_expires": EARLY})
    assert filled.all("Grant_standing")[:2] == ["check this row", "in the money"]
    assert (filled["All_shares"], filled["Shares_in_room"]) == (100, 100)
    assert filled["Left_out"] == "Rows of the sheet Grants to check, left out: 1."
    with pytest.raises(AmtError, match="ES-1: the expiration date, 2022-03-13, is before the grant of 2022-03-14"):
        report_room(one_iso(expires=EARLY))


@pytest.mark.parametrize(
    ("last_day", "standing"), [(date(2026, 8, 19), "no longer an ISO"), (date(2026, 8, 20), "in the money")]
)
def test_three_months_after_the_work_an_iso_is_none(last_day, standing):
    """The day of the law's three months is the last on which it is one (IRC 422(a)(2))."""
    record = one_iso(last_day)
    filled = Filled(record)
    assert filled["Grant_standing"] == standing
    assert filled["Shares_in_room"] == report_room(record).shares
    assert bool(report_room(record).shares) == (standing == "in the money")


def test_the_plans_window_ends_an_option():
    """Where the plan leaves less time than the law, the option has expired with the plan's window."""
    record = one_iso(date(2026, 9, 30), window="30 days")
    filled = Filled(record)
    assert filled["Grant_standing"] == "expired"
    assert filled["Left_out"] == "4,000 ISO shares have expired and are left out."
    assert report_room(record).shares == filled["Shares_in_room"] == 0


def test_a_standing_follows_the_day_of_the_counts():
    """Standings are formulas: a later day on the sheet Holdings ends an option."""
    record = one_iso(date(2026, 8, 25))
    assert Filled(record)["Grant_standing"] == "in the money"
    later = Filled(record, {"Holding_as_of": date(2026, 12, 2)})
    assert later["Grant_standing"] == "no longer an ISO"
    assert later["Left_out"] == "4,000 shares are of options that are no longer ISOs, and left out."


def test_disability_leaves_a_year_and_death_no_end():
    """How the work ended says how long an ISO stays one (IRC 422(c)(6), 421(c)(1)(A))."""
    ended = date(2026, 1, 5)
    for reason, standing in {"ended": "no longer an ISO", "disability": "in the money"}.items():
        record = with_holding(one_iso(ended), work_ended_by=reason)
        assert Filled(record)["Grant_standing"] == standing
        assert bool(report_room(record).shares) == (standing == "in the money")
    record = with_holding(one_iso(ended), work_ended_by="death")
    filled = Filled(record)
    assert filled["Grant_standing"] == "in the money"
    assert report_room(record).shares == filled["Shares_in_room"] > 0


def test_a_strike_that_is_text_is_no_strike():
    """A pasted strike is neither counted nor under water, and no figure fails for it."""
    filled = Filled(ANA, {"Grant_strike": "$0.85 "})
    assert filled["Grant_standing"] == "check this row"
    assert filled["ISO_spread_per_share"] == ""
    assert filled["All_shares"] == 11_500
    assert "Rows of the sheet Grants to check, left out: 1." in filled["Left_out"]


def test_a_grant_may_be_typed_into_a_blank_workbook():
    """With its company's value on Events and the facts on Client, it fills the room."""
    typed = {
        STATUS: STATUSES["single"],
        INCOME: 185_000,
        "Holding_company": "Juniper",
        "Holding_holder": "client",
        "Holding_as_of": VALUE_DAY,
        "Event_company": "Juniper",
        "Event_kind": "value",
        "Event_day": VALUE_DAY,
        "Event_price": 12.4,
        "Grant_company": "Juniper",
        "Grant_label": "ES-1",
        "Grant_award": "ISO",
        "Grant_granted": date(2022, 3, 14),
        "Grant_strike": 2.4,
        "Grant_shares": 10_000,
        "Grant_exercisable": 10_000,
    }
    filled = Filled(BLANK, typed)
    room = call("AMT_ROOM", 185_000, "single", 2026)
    assert filled["Grant_standing"] == "in the money"
    assert filled["Shares_in_room"] == int(room / 10)
    assert filled["Fill_label"] == "ES-1"
    elsewhere = Filled(BLANK, typed | {"Grant_company": "Another"})
    assert elsewhere["Grant_standing"] == "check this row"


USED = {"a part": 10_000.0, "all but a little": 32_440.0, "all": 40_000.0}


@pytest.mark.parametrize("name", ["Ana", "already in AMT", "projected year"])
@pytest.mark.parametrize("used", USED)
def test_spread_exercised_already_has_used_the_room(name, used):
    """The same room is not given twice: the rest is filled as the engine fills it, and the checks hold."""
    record = with_year(CLIENTS[name], spread_exercised=USED[used])
    filled, report = Filled(record), report_room(record)
    assert filled["Shares_in_room"] == report.shares
    beyond = list(zip(filled.all("Room_beyond_spread"), filled.all("Room_beyond_AMT"), strict=True))
    assert beyond == [pytest.approx((one.spread, one.amt)) for one in report.beyond]
    assert filled.all("Room_checks") == ["ok"] * 4
    shares = [filled["Scenarios", f"{column}{at.SHARES_ROW}"] for column in at.COLUMNS]
    spread = [filled["Scenarios", f"{column}{at.SPREAD_ROW}"] for column in at.COLUMNS]
    assert (shares[0], spread[0]) == (0, USED[used])
    assert shares == sorted(shares)
    own = record.years[0]
    facts = list(own.facts), list(own.facts.values())
    before, after = (
        call("AMT_OWED", own.income, own.status, own.year, spread, *facts)
        for spread in (USED[used], USED[used] + filled["Grant_alone"] * filled["ISO_spread_per_share"])
    )
    assert after - before < 0.01


def test_the_answer_says_how_much_is_used():
    """The first line of Room names what is used, and says where nothing is left."""
    said = {used: Filled(with_year(ANA, spread_exercised=spread))["Room_answer"] for used, spread in USED.items()}
    assert said["a part"].startswith("2,934 of 15,500 ISO shares in the money can be exercised in 2026")
    assert said["a part"].endswith("the room is $32,446 of spread, of which $10,000 is already used.")
    assert said["all"].startswith("No AMT room is left in 2026: the room is $32,446 of ISO spread")


def test_no_answer_before_status_and_wages_are_there():
    """A blank workbook shows no figure, and says what to enter; with the facts it answers."""
    blank = Filled(BLANK)
    assert {blank["Room", f"{column}8"] for column in "ACEGI"} == {"–"}
    assert set(blank.all("Room_beyond_spread") + blank.all("Room_beyond_AMT")) == {""}
    assert {blank["Scenarios", f"{column}{at.AMT_ROW}"] for column in at.COLUMNS} == {""}
    assert blank["Missing_inputs"] == blank["Room_answer"]
    assert missing_of(BLANK) == "No answer until the client's facts are entered: enter --status and --income."
    typed = {STATUS: STATUSES["mfj"], INCOME: 0}
    without_year = Filled(BLANK, {**typed, "Year_asked_input": None})
    assert without_year["Room_answer"] == "Enter the tax year on the sheet Client."
    answered = Filled(BLANK, typed)["Room_answer"]
    assert answered == "$140,200 of ISO spread can be exercised in 2026 at $0 federal AMT."


def test_grants_without_a_status_fill_nothing():
    """An import without status and wages lists its grants, and fills no room with them."""
    filled = Filled(with_year(ANA, status=None, income=None))
    assert filled["Room", "C8"] == "–"
    assert filled["Fill_order"] == ""
    assert filled["Grant_standing"] == "in the money"


def test_the_headline_repeats_what_an_input_lacks():
    """Where an input cannot be read, the first line of Room is the sentence and not an error."""
    (headline,) = cells_of(build_workbook(book_of(ANA)), "Room_answer")
    assert "IF(ISERROR(Room_dollars),AMT_WHY(" in headline.value
    facts = ANA.years[0].facts
    labels = list(facts)
    sentence = call("AMT_WHY", "AMT_ROOM", "a lot", "Single", 2026, labels, [facts[name] for name in labels])
    assert sentence.startswith("income: 'a lot' is text")


def test_what_an_import_set_aside_stands_in_the_workbook(tmp_path):
    """Rows set aside, notes and questions have a sheet of their own; the end of the work stands with the holding."""
    remarks = (
        Remark(kind="row set aside", level="check", about="ES-044", place="a:Plan 8", text="=None is outstanding."),
        Remark(kind="import", level="note", place="a", text="No expiration date is given."),
    )
    record = replace(one_iso(date(2026, 10, 1)), remarks=remarks)
    save_workbook(build_workbook(book_of(record)), tmp_path / "ana.xlsx")
    book = load_workbook(tmp_path / "ana.xlsx")
    texts = cells_of(book, "Remark_text")
    assert [cell.value for cell in texts[:2]] == ["=None is outstanding.", "No expiration date is given."]
    assert texts[0].data_type == "s"
    assert [cell.value for cell in cells_of(book, "Remark_about")[:2]] == ["ES-044", None]
    assert cells_of(book, "Holding_work_ended")[0].value.date() == date(2026, 10, 1)
