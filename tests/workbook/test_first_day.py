"""What an advisor meets on the first day: options that have ended, spread that is used, facts that are missing."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from tests.workbook.clients import ANA, BLANK, CLIENTS, grant
from xl_amt.client import Remark
from xl_amt.jobs.room_report import missing_of, report_room
from xl_amt.law import STATUSES
from xl_amt.workbook import build_workbook, save_workbook
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.sheets import grants as grants_sheet
from xl_amt.workbook.sheets import room as room_sheet
from xl_amt.workbook.sheets import scenarios as scenarios_sheet
from xl_amt.workbook.values import evaluate
from xl_amt.worksheet import call

FIRST = grants_sheet.FIRST_ROW
VALUE_DAY = date(2026, 11, 20)


def values_of(client, **typed):
    """The values of a client's workbook after cells, such as Client_B8, are typed over."""
    workbook = build_workbook(client)
    for where, value in typed.items():
        sheet, address = where.split("_")
        workbook[sheet][address] = value
    return evaluate(parts_of(workbook))


def of(*grants, **facts):
    """Ana with other grants."""
    return replace(ANA, grants=grants, **facts)


ENDED = {
    "in the money": {"expiration_date": VALUE_DAY},
    "expired": {"expiration_date": date(2026, 11, 19)},
    "expired, by the law's ten years": {"grant_date": date(2016, 11, 19), "expiration_date": None},
    "in the money, on the last of ten years": {"grant_date": date(2016, 11, 20), "expiration_date": None},
    "no longer an ISO, ten years": {"grant_date": date(2016, 11, 19), "expiration_date": date(2027, 1, 1)},
    "no longer an ISO, three months": {"work_ended": date(2026, 8, 19)},
    "in the money, on the last day of three months": {"work_ended": date(2026, 8, 20)},
    "check this row, expires before its grant": {"expiration_date": date(2022, 3, 13)},
    "check this row, granted after the value": {"grant_date": date(2026, 11, 21)},
    "check this row, more shares than granted": {"shares_granted": 3_999},
}


@pytest.mark.parametrize("case", ENDED)
def test_an_option_that_has_ended_fills_no_room(case):
    """Its standing says so on the sheet; room, filling and engine leave it out, and both say it in words."""
    standing = case.partition(",")[0]
    client = of(replace(grant("ES-1", "ISO", 1.0, 4_000), **ENDED[case]), grant("ES-2", "ISO", 2.0, 100))
    values, report = values_of(client), report_room(client)
    assert values["Grants", f"M{FIRST}"] == standing
    counts = standing == "in the money"
    assert [item.grant.label for item in report.filled] == (["ES-2", "ES-1"] if counts else ["ES-2"])
    assert values["Room", "D8"] == report.shares
    assert values["Room", f"D{room_sheet.TABLES_ROW + 2}"] == (4_100 if counts else 100)
    assert values["Grants", f"G{FIRST - 1}"] == (4_100 if counts else 100)
    assert bool(report.notes) == ("left out" in values["Room", "A9"]) == (not counts)


def test_a_standing_follows_the_day_of_the_value():
    """Standings are formulas: a later day in the Client sheet ends an option."""
    client = of(replace(grant("ES-1", "ISO", 1.0, 4_000), work_ended=date(2026, 10, 1)))
    assert values_of(client)["Grants", f"M{FIRST}"] == "in the money"
    later = values_of(client, Client_B12=date(2027, 1, 2))
    assert later["Grants", f"M{FIRST}"] == "no longer an ISO"
    assert later["Room", "A9"] == "4,000 shares are of options that are no longer ISOs, and left out."


def test_disability_leaves_a_year_and_death_no_end():
    """How the work ended says how long an ISO stays one (IRC 422(c)(6), 421(c)(1)(A))."""
    held = replace(grant("ES-1", "ISO", 1.0, 4_000), work_ended=date(2026, 1, 5))
    for reason, standing in {"ended": "no longer an ISO", "disability": "in the money"}.items():
        client = of(held, work_ended_by=reason)
        assert values_of(client)["Grants", f"M{FIRST}"] == standing
        assert bool(report_room(client).shares) == (standing == "in the money")
    client = of(held, work_ended_by="death")
    assert values_of(client)["Grants", f"M{FIRST}"] == "in the money"
    assert report_room(client).shares == values_of(client)["Room", "D8"] > 0


def test_a_strike_that_is_text_is_no_strike():
    """A pasted strike is neither counted nor under water, and no figure fails for it."""
    typed = {f"Grants_D{FIRST}": "$0.85 "}
    values = values_of(ANA, **typed)
    assert values["Grants", f"M{FIRST}"] == "check this row"
    assert values["Grants", f"J{FIRST}"] == ""
    assert values["Room", f"D{room_sheet.TABLES_ROW + 2}"] == 11_500
    assert "Rows of the sheet Grants to check, left out: 1." in values["Room", "A9"]


USED = {"a part": 10_000.0, "all but a little": 32_440.0, "all": 40_000.0}


@pytest.mark.parametrize("name", ["Ana", "already in AMT", "projected year"])
@pytest.mark.parametrize("used", USED)
def test_spread_exercised_already_has_used_the_room(name, used):
    """The same room is not given twice: the rest is filled as the engine fills it, and the checks hold."""
    client = replace(CLIENTS[name], spread_exercised=USED[used])
    values, report = values_of(client), report_room(client)
    assert values["Room", "D8"] == report.shares
    beyond = [(values["Room", f"L{row}"], values["Room", f"N{row}"]) for row in room_sheet.BEYOND_ROWS]
    assert beyond == [pytest.approx((one.spread, one.amt)) for one in report.beyond]
    first = room_sheet.CHECKS_ROW + 1
    assert [values["Room", f"O{row}"] for row in range(first, first + 3)] == ["ok"] * 3
    shares = [values["Scenarios", f"{column}{scenarios_sheet.SHARES_ROW}"] for column in scenarios_sheet.COLUMNS]
    spread = [values["Scenarios", f"{column}{scenarios_sheet.SPREAD_ROW}"] for column in scenarios_sheet.COLUMNS]
    assert (shares[0], spread[0]) == (0, USED[used])
    assert shares == sorted(shares)
    alone = values["Grants", f"N{FIRST}"]
    per_share = values["Grants", f"J{FIRST}"]
    facts = list(client.facts), list(client.facts.values())
    before, after = (
        call("AMT_OWED", client.wages, client.status, client.year, spread, *facts)
        for spread in (USED[used], USED[used] + alone * per_share)
    )
    assert after - before < 0.01


def test_the_answer_says_how_much_is_used():
    """The first line of Room names what is used, and says where nothing is left."""
    said = {used: values_of(replace(ANA, spread_exercised=spread))["Room", "A5"] for used, spread in USED.items()}
    assert said["a part"].startswith("2,934 of 15,500 ISO shares in the money can be exercised in 2026")
    assert said["a part"].endswith("the room is $32,446 of spread, of which $10,000 is used already.")
    assert said["all"].startswith("No AMT room is left in 2026: the room is $32,446 of ISO spread")


def test_no_answer_before_status_and_wages_are_there():
    """A blank workbook shows no figure, and says what to enter; with the facts it answers."""
    blank = values_of(BLANK)
    tiles = {blank["Room", f"{column}8"] for column in "ADGKM"}
    assert tiles == {"–"}
    assert {blank["Room", f"{column}{row}"] for column in "LMNO" for row in room_sheet.BEYOND_ROWS} == {""}
    assert {blank["Scenarios", f"{column}{scenarios_sheet.AMT_ROW}"] for column in scenarios_sheet.COLUMNS} == {""}
    assert blank["Client", "B16"] == "Not yet"
    assert blank["Client", "D16"] == blank["Room", "A5"]
    assert missing_of(BLANK) == "No answer before the client's facts are there: give --status and --income."
    said = values_of(BLANK, Client_B9=None, Client_B8=STATUSES["mfj"], Client_B10=0)["Room", "A5"]
    assert said == "Enter the tax year on the sheet Client."
    answered = values_of(BLANK, Client_B8=STATUSES["mfj"], Client_B10=0)["Room", "A5"]
    assert answered == "$140,200 of ISO spread can be exercised in 2026 at $0 federal AMT."


def test_grants_without_a_status_fill_nothing():
    """An import without status and wages lists its grants, and fills no room with them."""
    client = replace(ANA, status=None, wages=None)
    values = values_of(client)
    assert values["Room", "D8"] == "–"
    assert values["Room", f"A{room_sheet.FIRST_ROW}"] == ""
    assert values["Grants", f"M{FIRST}"] == "in the money"


def test_the_headline_repeats_what_an_input_lacks():
    """Where an input cannot be read, the first line of Room is the sentence and not an error."""
    workbook = build_workbook(ANA)
    workbook["Client"]["B10"] = "a lot"
    headline = workbook["Room"]["A5"].value
    assert "IF(ISERROR(Room_dollars),AMT_WHY(" in headline
    labels = list(ANA.facts)
    sentence = call("AMT_WHY", "AMT_ROOM", "a lot", "Single", 2026, labels, [ANA.facts[name] for name in labels])
    assert sentence.startswith("income: 'a lot' is text")


def test_scenarios_of_different_years_are_not_subtracted():
    """More tax than the base is said of the base's own year only."""
    values = values_of(ANA, **{f"Scenarios_D{scenarios_sheet.YEAR_ROW}": 2025})
    assert values["Scenarios", f"D{scenarios_sheet.MORE_TAX_ROW}"] == "another year"
    assert values["Scenarios", f"E{scenarios_sheet.MORE_TAX_ROW}"] > 0


@pytest.mark.parametrize(
    "typed",
    [
        {f"Scenarios_C{scenarios_sheet.WAGES_ROW}": 300_000},
        {f"Scenarios_C{scenarios_sheet.FIRST_GRANT_ROW}": 10},
        {f"Scenarios_C{scenarios_sheet.fact_rows(ANA)[0]}": 5},
        {f"Scenarios_C{scenarios_sheet.EXERCISED_ROW}": 5},
    ],
)
def test_a_scenario_keeps_its_name_while_it_is_true(typed):
    """Whatever is typed over, the name no longer says that the scenario fills the room."""
    values = values_of(ANA, **typed)
    names = [values["Scenarios", f"{column}{scenarios_sheet.NAMES_ROW}"] for column in scenarios_sheet.EDITED]
    assert names == ["Edited", "25% above room", "100% above room", "All in the money"]


def test_what_an_import_set_aside_stands_in_the_workbook(tmp_path):
    """Rows set aside, notes and questions have a sheet of their own; termination dates stand with the grants."""
    remarks = (
        Remark(kind="row set aside", level="check", about="ES-044", place="a:Plan 8", text="=None is outstanding."),
        Remark(kind="import", level="note", place="a", text="No expiration date is given."),
    )
    client = of(replace(grant("ES-1", "ISO", 1.0, 4_000), work_ended=date(2026, 10, 1)), remarks=remarks)
    save_workbook(build_workbook(client), tmp_path / "ana.xlsx")
    book = load_workbook(tmp_path / "ana.xlsx")
    assert book.sheetnames == ["Client", "Grants", "Room", "Scenarios", "Import", "About"]
    rows = [[cell.value for cell in row] for row in book["Import"]["A7:D8"]]
    assert rows[0] == ["Check", "ES-044", "Plan 8", "=None is outstanding."]
    assert rows[1] == ["Note", None, None, "No expiration date is given."]
    assert book["Import"]["D7"].data_type == "s"
    assert book["Grants"][f"I{FIRST}"].value.date() == date(2026, 10, 1)


def test_no_two_formats_of_a_date_in_a_header():
    """A header names the day of the value as sheets do, or none: the printer's own date is another day."""
    assert build_workbook(ANA)["Room"].oddHeader.center.text == "As of Nov 20, 2026"
    assert not build_workbook(BLANK)["Room"].oddHeader.center.text
