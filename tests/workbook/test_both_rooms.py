"""The workbook of a client with two jurisdictions shows both rooms and which binds; of one, nothing of another."""

from dataclasses import replace
from itertools import product

import pytest

from tests.workbook.clients import ANA, BLANK, CALIFORNIAN, CALIFORNIAN_APART, CLIENTS
from tests.workbook.test_first_day import values_of
from xl_amt.errors import AmtError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS
from xl_amt.jobs.room_report import report_room
from xl_amt.workbook import ClientFacts, build_workbook
from xl_amt.workbook.sheets import client as client_sheet
from xl_amt.workbook.sheets import grants as grants_sheet
from xl_amt.workbook.sheets import room as room_sheet
from xl_amt.workbook.sheets import scenarios as scenarios_sheet

TWO = [name for name, client in CLIENTS.items() if "+" in client.jurisdiction]
CALIFORNIA = [label.name for label in TAX_SYSTEMS["CA"].labels]
two_jurisdictions = pytest.mark.parametrize("client_name", TWO, indirect=True)


def table(client):
    """The row of the heading of the table of both rooms."""
    return room_sheet.FIRST_ROW + len(grants_sheet.iso_rows(client)) + 2


@two_jurisdictions
def test_both_rooms_are_those_of_the_engine(client, values):
    """Rooms, regular taxes, AMT before any exercise and of what is beyond the room: each, and both together."""
    report, sheet = report_room(client), values["Room"]
    row = table(client)
    assert [sheet[f"{column}{row + 1}"].value for column in "GHI"] == ["Federal", "California", "Together"]
    shown = [[sheet[f"{column}{row + place}"].value for column in "GHI"] for place in range(2, 8)]
    rooms = report.rooms.by_jurisdiction
    assert shown[0] == pytest.approx([rooms["US"], rooms["CA"], report.room])
    assert shown[1] == pytest.approx([*report.regular_tax.values(), sum(report.regular_tax.values())])
    assert shown[2] == [0.0, 0.0, 0.0]
    for amounts, beyond in zip(shown[3:], report.beyond, strict=True):
        assert amounts == pytest.approx([*beyond.amt_by_jurisdiction.values(), beyond.amt])
    assert sheet["A8"].value == pytest.approx(report.room)
    assert sheet["K8"].value == pytest.approx(sum(report.regular_tax.values()))


@pytest.mark.parametrize(
    ("client_name", "rooms"),
    [
        ("Californian", "federal $32,446, California $96,407"),
        ("Californian couple", "federal $66,296, California $57,611"),
        ("Californian apart", "federal $14,831, California $65,179"),
    ],
    indirect=["client_name"],
)
def test_the_room_that_binds_is_named(client, values, rooms):
    """Once under the headline and once in the table; titles name both taxes."""
    sheet = values["Room"]
    binding = {"US": "federal", "CA": "California"}[report_room(client).rooms.binding]
    assert sheet["A6"].value.startswith(f"AMT room: {rooms}")
    assert sheet["A6"].value.endswith(f"; the {binding} one binds.")
    assert sheet[f"A{table(client) + 2}"].value == f"AMT room, of ISO spread: the {binding} one binds"
    both = "$0 AMT, federal and California"
    assert f"at {both}: the room is" in sheet["A5"].value
    assert sheet["D7"].value == f"ISO shares at {both}"
    assert sheet["G11"].value == f"Shares at {both}"
    assert sheet["A10"].value == f"Shares at {both} in {client.year}, smallest spread per share first"
    assert values["Grants"]["N7"].value == f"Shares at {both}, if the room went to this grant alone"
    assert sheet.oddFooter.left.text.startswith("Planning estimate of federal and California tax, not tax advice")


def test_one_jurisdiction_is_named_alone():
    """Of the United States or of California alone there is no second room, and the words are its own."""
    for code, words in {"US": "$0 federal AMT", "CA": "$0 California AMT"}.items():
        values = values_of(replace(ANA, jurisdiction=code))
        assert f"at {words}: the room is" in values["Room", "A5"]
        assert values["Room", "A6"] == ""
        assert ("Room", f"A{table(ANA)}") not in values
    assert values["Scenarios", f"A{scenarios_sheet.TAXABLE_ROW}"] == "Taxable income (California), dollars"


def test_a_federal_workbook_says_nothing_of_a_state():
    """Only the choice of a jurisdiction, and About, name one; every label and every row of a scenario is federal."""
    workbook, values = build_workbook(ANA), values_of(ANA)
    shown = [
        (cell.coordinate, str(values.get((sheet.title, cell.coordinate), cell.value)))
        for sheet in workbook
        if sheet.title != "About"
        for row in sheet.iter_rows(max_col=15)
        for cell in row
        if cell.value is not None
    ]
    assert not [(where, text) for where, text in shown if "California" in text or text.startswith("CA ")]
    assert len(scenarios_sheet.fact_rows(ANA)) == len(client_sheet.fact_rows(ANA)) == len(LABELS)
    assert not scenarios_sheet.each_rows(ANA)
    offered = {str(rule.sqref): rule for rule in workbook["Client"].data_validations.dataValidation}["B15"]
    assert offered.formula1 == '"US,CA,CO,CT,MN,US+CA,US+CO,US+CT,US+MN"'


def test_the_jurisdiction_is_an_input():
    """Chosen in a federal workbook, the answer, the filling and the scenarios are those of one built for both."""
    chosen = values_of(ANA, Client_B15="US+CA")
    built = values_of(replace(ANA, jurisdiction="US+CA"))
    same = [key for key in chosen if key[0] in ("Room", "Grants") and key in built]
    assert len(same) > 400
    assert {key: chosen[key] for key in same} == {key: built[key] for key in same}
    results = range(scenarios_sheet.SHARES_ROW, scenarios_sheet.CHECK_ROW + 1)
    for column, row in product(scenarios_sheet.COLUMNS, results):
        assert chosen["Scenarios", f"{column}{row}"] == built["Scenarios", f"{column}{row}"]
    left_blank = values_of(ANA, Client_B15=None)
    assert left_blank["Room", "A5"] == values_of(ANA)["Room", "A5"]


@two_jurisdictions
def test_the_state_asks_its_own_facts_below_the_federal_ones(client, formulas):
    """Their block has a heading over the remarks; the one range that every formula takes includes them."""
    sheet, rows = formulas["Client"], client_sheet.fact_rows(client)
    own = [row for row, fact in rows.items() if fact.code == "CA"]
    assert [sheet[f"A{row}"].value for row in own] == CALIFORNIA
    assert own[0] == client_sheet.FACT_ROWS[-1] + 2
    heading = [sheet[f"{column}{own[0] - 1}"].value for column in "ABCD"]
    assert heading == [None, None, None, "California, beside the facts above"]
    for column, name in {"A": "Fact_labels", "B": "Fact_amounts"}.items():
        where = f"Client!${column}${client_sheet.FIRST_FACT_ROW}:${column}${own[-1]}"
        assert formulas.defined_names[name].attr_text == where


def test_a_states_fact_is_shown_whatever_is_asked():
    """A fact of California in a workbook that is asked about federal tax stands there, and changes nothing."""
    client = replace(CALIFORNIAN, jurisdiction="US")
    sheet = build_workbook(client)["Client"]
    amounts = {sheet[f"A{row}"].value: sheet[f"B{row}"].value for row in client_sheet.fact_rows(client)}
    assert amounts["CA income adjustments"] == -700.0
    assert values_of(client)["Room", "A8"] == pytest.approx(report_room(ANA).room)


CARRYOVERS = ("Long-term loss carryover", "AMT long-term loss carryover")
CARRYOVERS_OF_CALIFORNIA = ("CA long-term loss carryover", "CA AMT long-term loss carryover")


@pytest.mark.parametrize(
    "given", list(product((None, 9_000.0), (None, 4_000.0), (None, 9_000.0, 12_000.0), (None, 1_000.0)))
)
def test_a_state_fact_that_is_not_given_is_the_one_that_its_label_says(given):
    """The prefilled cells answer as the engine does, whichever of the four carryovers are given."""
    names = (*CARRYOVERS, *CARRYOVERS_OF_CALIFORNIA)
    facts = {name: amount for name, amount in zip(names, given, strict=True) if amount is not None}
    client = replace(CALIFORNIAN_APART, facts={"Long-term capital gain": 30_000.0, **facts})
    shown = values_of(client)
    row = table(client) + 2
    rooms = report_room(client).rooms.by_jurisdiction
    assert [shown["Room", f"{column}{row}"] for column in "GH"] == pytest.approx([rooms["US"], rooms["CA"]])


def test_a_state_fact_typed_over_is_followed():
    """California's own carryover, typed in, is that of its AMT too; in a scenario as far apart as in the base."""
    client = replace(CALIFORNIAN_APART, facts=dict.fromkeys(CARRYOVERS, 5_000.0))
    rows = {fact.label.name: row for row, fact in client_sheet.fact_rows(client).items()}
    own, amt = (f"B{rows[name]}" for name in CARRYOVERS_OF_CALIFORNIA)
    assert values_of(client)["Client", amt] == 5_000.0
    assert values_of(client, **{f"Client_{own}": 7_000})["Client", amt] == 7_000.0
    scenario = dict(zip(rows, scenarios_sheet.fact_rows(client), strict=True))
    typed = {f"Scenarios_D{scenario['CA long-term loss carryover']}": 8_000}
    values = values_of(client, **typed)
    row = scenario["CA AMT long-term loss carryover"]
    assert [values["Scenarios", f"{column}{row}"] for column in "CD"] == [5_000.0, 8_000.0]


@two_jurisdictions
def test_each_jurisdiction_has_its_rows_in_the_scenarios(client, values):
    """The taxes of both add up to those above them, the smaller room is the one above, and all of it is printed."""
    sheet, rows = values["Scenarios"], list(scenarios_sheet.each_rows(client))
    above = (scenarios_sheet.REGULAR_ROW, scenarios_sheet.AMT_ROW, scenarios_sheet.TAX_ROW)
    for column in scenarios_sheet.COLUMNS:
        each = [sheet[f"{column}{row}"].value for row in rows]
        assert [sum(each[place : place + 2]) for place in (0, 2, 4)] == pytest.approx(
            [sheet[f"{column}{row}"].value for row in above]
        )
        assert min(each[6:]) == pytest.approx(sheet[f"{column}{scenarios_sheet.ROOM_ROW}"].value)
    labels = [sheet[f"A{row}"].value for row in rows]
    assert labels[:4] == [
        "Regular tax, federal, dollars", "Regular tax, California, dollars", "AMT, federal, dollars",
        "AMT, California, dollars",
    ]  # fmt: skip
    assert sheet.print_area.endswith(f"$O${rows[-1]}")
    assert sheet[f"A{scenarios_sheet.REGULAR_ROW}"].value == "Regular tax, dollars"


def test_the_end_of_the_other_room_is_a_point_of_the_chart():
    """Both kinks stand on the curve: where the binding room ends, and where the other does, beyond all rooms' reach."""
    values, rooms = values_of(CALIFORNIAN), report_room(CALIFORNIAN).rooms.by_jurisdiction
    points = range(room_sheet.FIRST_ROW, room_sheet.FIRST_ROW + 25)
    curve = [[values["Room", f"{column}{row}"] for column in ("Z", "AA", "AB", "AC")] for row in points]
    spreads = [spread for spread, *_ in curve]
    assert spreads == sorted(spreads)
    first, second = (spreads.index(pytest.approx(room)) for room in rooms.values())
    assert first < second < len(points) - 1
    for place, (_, regular, with_federal, total) in enumerate(curve):
        assert (total > regular + 0.01) == (place > first)
        assert (total > with_federal + 0.01) == (place > second)


@pytest.mark.parametrize(("year", "word"), [(2025, "enacted"), (2026, "CA estimated"), (2027, "projected")])
def test_a_scenario_says_where_the_law_of_the_state_is_estimated(year, word):
    """California's law ends a year before the federal one."""
    values = values_of(replace(CALIFORNIAN, year=year))
    assert values["Scenarios", f"B{scenarios_sheet.LAW_ROW}"] == word


def test_the_codes_stand_in_one_order():
    """However the jurisdiction is written, the cell holds one of those offered."""
    for written in ("ca+us", "US+CA", " us + ca"):
        assert build_workbook(ClientFacts(jurisdiction=written))["Client"]["B15"].value == "US+CA"
    assert build_workbook(BLANK)["Client"]["B15"].value == "US"


@pytest.mark.parametrize(
    ("jurisdiction", "said"),
    [
        ("TX", "the client workbook has no place for 'TX'"),
        ("US+VI", "'US\\+VI' is not one that is held"),
        ("US+CA+CA", "jurisdiction: 'US\\+CA\\+CA' is more than one"),
        ("US: nobody's", "nobody's"),
    ],
)
def test_a_jurisdiction_without_a_place_is_refused(jurisdiction, said):
    """One sentence, before anything is built."""
    with pytest.raises(AmtError, match=said):
        build_workbook(ClientFacts(jurisdiction=jurisdiction))


def test_a_law_book_and_a_third_jurisdiction_have_no_place(monkeypatch):
    """What the functions would answer and the sheets cannot show is refused by what can be used."""
    monkeypatch.setitem(TAX_SYSTEMS, "XX", TAX_SYSTEMS["CA"]._replace(code="XX", place="Elsewhere"))
    with pytest.raises(AmtError, match=r"has no place for 'US\+CA\+XX'; use US, CA, CO, CT, MN, US"):
        build_workbook(ClientFacts(jurisdiction="US+CA+XX"))
