"""The workbook of a client with two jurisdictions shows both rooms and which binds; of one, nothing of another."""

from itertools import product

import pytest

from tests.workbook.clients import ANA, BLANK, CALIFORNIAN, CALIFORNIAN_APART, CLIENTS, client, named, with_year
from tests.workbook.filled import Filled, cells_of, values_of
from xl_amt.errors import AmtError
from xl_amt.forms.tax_systems import TAX_SYSTEMS
from xl_amt.household import LABELS
from xl_amt.jobs.room_report import report_room
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.law import register_law_book
from xl_amt.workbook import build_workbook
from xl_amt.workbook.sheets import room as room_sheet
from xl_amt.workbook.sheets import scenario_rows as at
from xl_amt.workbook.tables.client_rows import row_by_name

TWO = [name for name, record in CLIENTS.items() if "+" in record.client.jurisdiction]
CALIFORNIA = [label.name for label in TAX_SYSTEMS["CA"].labels]
two_jurisdictions = pytest.mark.parametrize("client_name", TWO, indirect=True)


def places(record):
    """The rows of the parts of the sheet Room."""
    return room_sheet.places_of(book_of(record))


def jurisdiction(record, code):
    """The client asked about another jurisdiction."""
    return named(record, record.client.name, jurisdiction=code)


@two_jurisdictions
def test_both_rooms_are_those_of_the_engine(client, values):
    """Rooms, regular taxes, AMT before any exercise and of what is beyond the room: each, and both together."""
    report, sheet = report_room(client), values["Room"]
    rows = places(client).jurisdictions
    assert [sheet[f"{column}{rows[0] - 1}"].value for column in "HIJ"] == ["Federal", "California", "Together"]
    shown = [[sheet[f"{column}{row}"].value for column in "HIJ"] for row in rows]
    rooms = report.rooms.by_jurisdiction
    assert shown[0] == pytest.approx([rooms["US"], rooms["CA"], report.room])
    assert shown[1] == pytest.approx([*report.regular_tax.values(), sum(report.regular_tax.values())])
    assert shown[2] == [0.0, 0.0, 0.0]
    for row, beyond in zip(places(client).beyond, report.beyond, strict=True):
        amounts = [sheet[f"{column}{row}"].value for column in "HIJ"]
        assert amounts == pytest.approx([*beyond.amt_by_jurisdiction.values(), beyond.amt])
    assert values_of(values, "Room_dollars") == pytest.approx([report.room])
    assert values_of(values, "Regular_tax") == pytest.approx([sum(report.regular_tax.values())])
    available, used, after, postponed = shown[3:7]
    assert all(0 <= part <= whole for part, whole in zip(used, available, strict=True))
    assert postponed == pytest.approx([one - other for one, other in zip(used, after, strict=True)])
    assert available[0] + available[1] == pytest.approx(available[2])
    assert sum(bool(label) for label in available) == (2 if "CA minimum tax credit" in client.years[0].facts else 0)


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
    sheet, rows = values["Room"], places(client)
    binding = {"US": "federal", "CA": "California"}[report_room(client).rooms.binding]
    (both_rooms,) = values_of(values, "Both_rooms")
    assert both_rooms.startswith(f"AMT room: {rooms}")
    assert both_rooms.endswith(f"; the {binding} one binds.")
    first = rows.jurisdictions[0]
    assert sheet[f"A{first}"].value == f"AMT room, of ISO spread: the {binding} one binds"
    assert sheet[f"A{first - 2}"].value == f"Federal and California in {client.years[0].year}, dollars"
    both = "$0 AMT, federal and California"
    assert f"at {both}: the room is" in values_of(values, "Room_answer")[0]
    assert sheet["C7"].value == f"ISO shares at {both}"
    assert sheet["H11"].value == f"Shares at {both}"
    assert sheet["A10"].value == f"Shares at {both} in {client.years[0].year}, smallest spread per share first"
    header = cells_of(values, "Grant_alone")[0]
    words = values["Grants"].cell(header.row - 1, header.column).value
    assert words == f"Shares at {both}, if the room went to this grant alone"
    assert sheet.oddFooter.left.text.startswith("Planning estimate of federal and California tax, not tax advice")


def test_one_jurisdiction_is_named_alone():
    """Of the United States or of California alone there is no second room, and the words are its own."""
    for code, words in {"US": "$0 federal AMT", "CA": "$0 California AMT"}.items():
        record = jurisdiction(ANA, code)
        filled = Filled(record)
        assert f"at {words}: the room is" in filled["Room_answer"]
        assert filled["Both_rooms"] == ""
        row = places(record).jurisdictions[0]
        own = "Federal" if code == "US" else "California"
        assert [filled["Room", f"{column}{row - 1}"] for column in "HIJ"] == ["", "", own]
        assert [filled["Room", f"{column}{row}"] for column in "HI"] == ["", ""]
        assert filled["Room", f"J{row}"] == filled["Room_dollars"]
    assert filled["Scenarios", f"A{at.TAXABLE_ROW}"] == "Taxable income (California), dollars"


def test_a_law_book_changes_the_room_of_its_jurisdiction(tmp_path):
    """Its name stands with the code in what is asked, and in no words before AMT."""
    path = tmp_path / "bill.toml"
    path.write_text('[amt.2026]\nexemption = { single = 80_000 }\nsource = "H.R. 1234, section 5"\n', "utf-8")
    register_law_book("Room bill", path)
    record = named(CALIFORNIAN, "Ana", law_book="Room bill")
    filled, report = Filled(record), report_room(record)
    assert filled["First_room"] == pytest.approx(report.rooms.by_jurisdiction["US"])
    assert filled["First_room"] < report_room(CALIFORNIAN).rooms.by_jurisdiction["US"] - 1_000
    assert filled["Second_room"] == pytest.approx(report_room(CALIFORNIAN).rooms.by_jurisdiction["CA"])
    assert " at $0 AMT, federal and California: the room is " in filled["Room_answer"]
    first = at.each_rows(book_of(record))[0]
    assert [filled["Scenarios", f"B{first + place}"] for place in range(2)] == pytest.approx(
        list(report.regular_tax.values())
    )
    assert filled["Scenarios", f"B{at.ROOM_ROW}"] == pytest.approx(report.room)


@pytest.mark.parametrize(("code", "year"), [("CO", 2025), ("CT", 2026), ("MN", 2026)])
def test_every_state_with_a_minimum_tax_has_its_figures(code, year):
    """Room, taxes and credit of a state beside the federal ones, as the engine has them."""
    record = with_year(jurisdiction(ANA, f"US+{code}"), year=year)
    filled, report = Filled(record), report_room(record)
    row = places(record).jurisdictions[0]
    rooms = report.rooms.by_jurisdiction
    assert [filled["Room", f"{column}{row}"] for column in "HI"] == pytest.approx([rooms["US"], rooms[code]])
    assert filled.all("Room_checks") == ["ok"] * 4


def test_a_federal_workbook_says_nothing_of_a_state():
    """Only the choice of a jurisdiction, and About, name one; every label and every row of a scenario is federal."""
    filled = Filled(ANA)
    shown = [
        (cell.coordinate, str(filled.of(cell)))
        for title in ("Client", "Grants", "Room", "Scenarios")
        for row in filled.workbook[title].iter_rows(max_col=15)
        for cell in row
        if cell.value is not None
    ]
    assert not [(where, text) for where, text in shown if "California" in text or text.startswith("CA ")]
    assert {fact.code for fact in at.fact_rows(book_of(ANA)).values()} == {"US"}
    assert not at.each_rows(book_of(ANA))
    (asked,) = cells_of(filled.workbook, "Jurisdiction")
    rules = filled.workbook["Client"].data_validations.dataValidation
    (offered,) = (rule for rule in rules if str(rule.sqref) == asked.coordinate)
    assert offered.formula1 == '"US,CA,CO,CT,MN,US+CA,US+CO,US+CT,US+MN"'


def test_the_jurisdiction_is_an_input():
    """Chosen in a federal workbook, the answer, the filling and the scenarios are those of one built for both."""
    chosen = Filled(ANA, {"Jurisdiction": "US+CA"})
    built = Filled(jurisdiction(ANA, "US+CA"))
    shown = [key for key in chosen.values if key[0] in ("Room", "Grants") and key in built.values]
    same = [key for key in shown if key[1] != "A3"]  # the head says for whom the sheets are laid out
    assert chosen["Room", "A3"].endswith("; these sheets are laid out for US")
    assert len(same) > 400
    assert {key: chosen.values[key] for key in same} == {key: built.values[key] for key in same}
    results = range(at.SHARES_ROW, at.CHECK_ROW + 1)
    for column, row in product(at.COLUMNS, results):
        assert chosen["Scenarios", f"{column}{row}"] == built["Scenarios", f"{column}{row}"]
    left_blank = Filled(ANA, {"Jurisdiction": None})
    assert left_blank["Room_answer"] == Filled(ANA)["Room_answer"]


@two_jurisdictions
def test_the_state_asks_its_own_facts_below_the_federal_ones(client, formulas):
    """Their rows stand under their state on the sheet Client, and in the one range that every formula takes."""
    rows = row_by_name(client)
    own = [rows[name] for name in CALIFORNIA]
    assert own == list(range(own[0], own[0] + len(own)))
    assert own[0] > max(rows[label.name] for label in LABELS)
    assert formulas["Client"][f"A{own[0] - 1}"].value == "California"
    names = [cell.value for cell in cells_of(formulas, "Fact_labels")]
    assert names[-len(CALIFORNIA) :] == CALIFORNIA
    assert not set(CALIFORNIA) & {cell.value for cell in cells_of(formulas, "Federal_labels")}


def test_a_states_fact_is_shown_whatever_is_asked():
    """A fact of California in a workbook that is asked about federal tax stands there, and changes nothing."""
    record = jurisdiction(CALIFORNIAN, "US")
    filled = Filled(record)
    row = row_by_name(record)["CA income adjustments"]
    assert filled["Client", f"E{row}"] == -700.0
    assert filled["Room_dollars"] == pytest.approx(report_room(ANA).room)


CARRYOVERS = ("Long-term loss carryover", "AMT long-term loss carryover")
CARRYOVERS_OF_CALIFORNIA = ("CA long-term loss carryover", "CA AMT long-term loss carryover")


@pytest.mark.parametrize(
    "given", list(product((None, 9_000.0), (None, 4_000.0), (None, 9_000.0, 12_000.0), (None, 1_000.0)))
)
def test_a_state_fact_that_is_not_given_is_the_one_that_its_label_says(given):
    """The prefilled cells answer as the engine does, whichever of the four carryovers are given."""
    names = (*CARRYOVERS, *CARRYOVERS_OF_CALIFORNIA)
    facts = {name: amount for name, amount in zip(names, given, strict=True) if amount is not None}
    record = with_year(CALIFORNIAN_APART, facts={"Long-term capital gain": 30_000.0, **facts})
    filled = Filled(record)
    row = places(record).jurisdictions[0]
    rooms = report_room(record).rooms.by_jurisdiction
    assert [filled["Room", f"{column}{row}"] for column in "HI"] == pytest.approx([rooms["US"], rooms["CA"]])


def test_a_state_fact_typed_over_is_followed():
    """California's own carryover, typed in, is that of its AMT too; in a scenario as far apart as in the base."""
    record = with_year(CALIFORNIAN_APART, facts=dict.fromkeys(CARRYOVERS, 5_000.0))
    own, amt = CARRYOVERS_OF_CALIFORNIA
    rows = {fact.label.name: row for row, fact in at.fact_rows(book_of(record)).items()}
    entered = "Client", f"E{row_by_name(record)[own]}"
    assert Filled(record)["Scenarios", f"B{rows[amt]}"] == 5_000.0
    assert Filled(record, {entered: 7_000})["Scenarios", f"B{rows[amt]}"] == 7_000.0
    filled = Filled(record, {("Scenarios", f"D{rows[own]}"): 8_000})
    assert [filled["Scenarios", f"{column}{rows[amt]}"] for column in "CD"] == [5_000.0, 8_000.0]


@two_jurisdictions
def test_each_jurisdiction_has_its_rows_in_the_scenarios(client, values):
    """The taxes of both add up to those above them, the smaller room is the one above, and all of it is printed."""
    sheet, rows = values["Scenarios"], list(at.each_rows(book_of(client)))
    above = (at.REGULAR_ROW, at.AMT_ROW, at.TAX_ROW)
    for column in at.COLUMNS:
        each = [sheet[f"{column}{row}"].value for row in rows]
        assert [sum(each[place : place + 2]) for place in (0, 2, 4)] == pytest.approx(
            [sheet[f"{column}{row}"].value for row in above]
        )
        assert min(each[6:]) == pytest.approx(sheet[f"{column}{at.ROOM_ROW}"].value)
    labels = [sheet[f"A{row}"].value for row in rows]
    assert labels[:4] == [
        "Regular tax, federal, dollars", "Regular tax, California, dollars", "AMT, federal, dollars",
        "AMT, California, dollars",
    ]  # fmt: skip
    assert sheet.print_area.endswith(f"${at.DIFFERENCE}${rows[-1]}")
    assert sheet[f"A{at.REGULAR_ROW}"].value == "Regular tax, dollars"


def test_the_end_of_the_other_room_is_a_point_of_the_chart():
    """Both kinks stand on the curve: where the binding room ends, and where the other does, beyond all rooms' reach."""
    filled, rooms = Filled(CALIFORNIAN), report_room(CALIFORNIAN).rooms.by_jurisdiction
    columns = ("spread", "regular", "tentative", "tax")
    curve = list(zip(*(filled.all(f"Points_{column}") for column in columns), strict=True))
    spreads = [spread for spread, *_ in curve]
    assert spreads == sorted(spreads)
    first, second = (spreads.index(pytest.approx(room)) for room in rooms.values())
    assert first < second < len(curve) - 1
    for place, (_, regular, with_federal, total) in enumerate(curve):
        assert (total > regular + 0.01) == (place > first)
        assert (total > with_federal + 0.01) == (place > second)


@pytest.mark.parametrize(("year", "word"), [(2025, "enacted"), (2026, "CA estimated"), (2027, "projected")])
def test_a_scenario_says_where_the_law_of_the_state_is_estimated(year, word):
    """California's law ends a year before the federal one."""
    filled = Filled(with_year(CALIFORNIAN, year=year))
    assert filled["Scenarios", f"B{at.LAW_ROW}"] == word


def test_the_codes_stand_in_one_order():
    """However the jurisdiction is written, the sheets name the United States first."""
    for written in ("ca+us", "US+CA", " us + ca"):
        workbook = build_workbook(book_of(client(jurisdiction=written)))
        assert workbook["Room"].oddFooter.left.text.startswith("Planning estimate of federal and California tax")
    assert cells_of(build_workbook(book_of(BLANK)), "Jurisdiction")[0].value == "US"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("TX", "the client workbook has no place for 'TX'"),
        ("US+VI", "'US\\+VI' is not available"),
        ("US+CA+CA", "jurisdiction: 'US\\+CA\\+CA' names more than one"),
        ("US: nobody's", "nobody's"),
    ],
)
def test_a_jurisdiction_without_a_place_is_refused(code, said):
    """One sentence, before anything is built."""
    with pytest.raises(AmtError, match=said):
        build_workbook(book_of(client(jurisdiction=code)))


def test_a_law_book_and_a_third_jurisdiction_have_no_place(monkeypatch):
    """What the functions would answer and the sheets cannot show is refused by what can be used."""
    monkeypatch.setitem(TAX_SYSTEMS, "XX", TAX_SYSTEMS["CA"]._replace(code="XX", place="Elsewhere"))
    with pytest.raises(AmtError, match=r"has no place for 'US\+CA\+XX'; use US, CA, CO, CT, MN, US"):
        build_workbook(book_of(client(jurisdiction="US+CA+XX")))
