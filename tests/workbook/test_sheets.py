"""The workbook is laid out as an advisor expects it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from tests.workbook.clients import ALREADY_IN_AMT, ANA, ANSWERED, BLANK, CLIENTS, MANY_GRANTS, PROJECTED, grant
from xl_amt.errors import ArgumentError
from xl_amt.household import LABELS
from xl_amt.jobs.room_report import report_room
from xl_amt.law import STATUSES
from xl_amt.workbook import ClientFacts, build_workbook
from xl_amt.workbook.jurisdictions import labels_of
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.sheets import client as client_sheet
from xl_amt.workbook.sheets import grants as grants_sheet
from xl_amt.workbook.sheets import room as room_sheet
from xl_amt.workbook.sheets import scenarios as scenarios_sheet
from xl_amt.workbook.values import evaluate
from xl_amt.worksheet import FUNCTIONS, call

ORDER = ["Client", "Grants", "Room", "Scenarios", "About"]
INPUT_YELLOW, INPUT_BLUE, LINK_GREEN = "00FFF9DC", "000000FF", "0000703C"


def cells(workbook):
    """Every cell that holds something."""
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]


def formulas_of(workbook):
    """Every formula as text, with its cell."""
    return [(cell, cell.value) for cell in cells(workbook) if cell.data_type == "f"]


def test_sheets_stand_in_reading_order_and_room_opens(formulas):
    """The workbook opens on its answer, with one sheet selected."""
    assert formulas.sheetnames == ORDER
    assert formulas.active.title == "Room"
    assert [sheet.title for sheet in formulas if sheet.sheet_view.tabSelected] == ["Room"]


def test_every_sheet_has_its_head_page_and_protection(formulas):
    """Title, client and engine on top; one page wide; a header, a footer; protected without a password."""
    for sheet in formulas:
        assert sheet["A1"].value
        assert sheet["A3"].value.startswith("=")
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "xl-amt" in sheet.oddHeader.right.text
        assert "not tax advice" in sheet.oddFooter.left.text
        assert "&P of &N" in sheet.oddFooter.right.text
        assert sheet.protection.sheet
        assert sheet.protection.password is None


def test_formulas_are_plain(formulas):
    """No array formula, nothing volatile, no reference built from text, and every function known."""
    names = set()
    for cell, text in formulas_of(formulas):
        assert not isinstance(text, ArrayFormula), cell
        names |= set(re.findall(r"([A-Z][A-Z0-9_.]*)\(", text))
    assert not names & {"OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "CELL", "INFO"}
    assert {name for name in names if name.startswith("AMT_")} <= FUNCTIONS.keys()


def test_formulas_hold_no_tax_numbers(formulas):
    """A number in a formula is 0 or 1: rates, thresholds and amounts are inputs, or come from the law."""
    for cell, text in formulas_of(formulas):
        without_texts = re.sub(r'"[^"]*"', "", text)
        numbers = re.findall(r"(?<![A-Za-z_$0-9.])[0-9]+(?:\.[0-9]+)?(?![A-Za-z0-9:])", without_texts)
        assert set(numbers) <= {"0", "1"}, (cell, text)


def test_only_inputs_can_be_typed_into(formulas):
    """Unlocked cells are blue or green on yellow; all others are locked."""
    for cell in cells(formulas):
        yellow = cell.fill.fgColor.rgb == INPUT_YELLOW
        may_stand_unused = cell.parent.title == "Scenarios" and cell.row >= scenarios_sheet.FIRST_GRANT_ROW
        if not cell.protection.locked:
            assert yellow or may_stand_unused, cell
            assert cell.font.color.rgb in {INPUT_BLUE, LINK_GREEN}, cell
        elif cell.parent.title != "About":  # where the colors are explained
            assert not yellow, cell


def test_links_between_sheets_are_green(formulas):
    """A cell that only takes over another sheet's cell says so by its color."""
    for cell, text in formulas_of(formulas):
        if re.fullmatch(r"=(Client|Grants|Room)!\$?[A-Z]+\$?[0-9]+", text):
            assert cell.font.color.rgb == LINK_GREEN, cell


def test_inputs_refuse_what_they_cannot_take(formulas):
    """Status, year, wages, value, facts and grants are validated, each with a plain sentence."""
    client = formulas["Client"]
    rules = {str(where): rule for rule in client.data_validations.dataValidation for where in rule.sqref.ranges}
    assert rules["B8"].formula1 == f'"{",".join(STATUSES.values())}"'
    assert (rules["B9"].formula1, rules["B9"].formula2) == ("2018", "2036")
    assert rules["B10"].operator == "greaterThanOrEqual"
    assert all(f"B{row}" in rules for row in client_sheet.FACT_ROWS)
    for sheet in formulas:
        for rule in sheet.data_validations.dataValidation:
            assert rule.showErrorMessage
            assert rule.error.endswith(".")
            assert len(rule.error) < 120


def test_every_label_stands_on_client_with_its_form_line(client, values):
    """The table of facts is the engine's own, and holds the client's amounts."""
    sheet = values["Client"]
    assert [sheet[f"A{row}"].value for row in client_sheet.FACT_ROWS] == [label.name for label in LABELS]
    rows = client_sheet.fact_rows(client)
    assert [sheet[f"A{row}"].value for row in rows] == [fact.label.name for fact in labels_of(client)]
    assert all(sheet[f"D{row}"].value for row in rows)
    amounts = {sheet[f"A{row}"].value: sheet[f"B{row}"].value for row in rows}
    assert {label: amounts[label] for label in client.facts} == dict(client.facts)


def test_facts_that_go_with_another_one_are_prefilled_from_it(client, formulas, values):
    """What is not given for the AMT, or as Medicare wages, is the other cell's amount by formula; a blank is 0."""
    rows = {label.field: row for label, row in zip(LABELS, client_sheet.FACT_ROWS, strict=True)}
    following = [label for label in LABELS if label.same_as]
    assert {label.same_as for label in following} == {
        "wages", "short_term_gain", "long_term_gain", "short_term_loss_carryover", "long_term_loss_carryover",
        "foreign_tax_credit",
    }  # fmt: skip
    for label in following:
        cell = formulas["Client"][f"B{rows[label.field]}"]
        shown = values["Client"][cell.coordinate].value
        if label.name in client.facts:
            assert cell.value == shown == client.facts[label.name]
        elif label.same_as == "wages":
            assert (cell.value, shown) == ("=Wages+0", client.wages or 0)
        else:
            other = f"B{rows[label.same_as]}"
            assert cell.value == f"=$B${rows[label.same_as]}+0"
            assert shown == (values["Client"][other].value or 0)


def test_the_head_says_whose_law_it_is(client, formulas, values):
    """Every sheet says whether the tax year's law is enacted, or projected from which year and at what inflation."""
    enacted_through = formulas.defined_names["Law_enacted_through"].attr_text.removeprefix("About!").replace("$", "")
    assert values["About"][enacted_through].value == 2026
    projected = "projected from the C-CPI-U of 2026 (estimated at 182.80) at 2.50% inflation a year"
    law = projected if client.year > 2026 else "as enacted"
    if "CA" in client.jurisdiction:
        estimated = "estimated from R&TC 17062(b)(5) at a change of the California CPI of 3.4 % in 2026"
        law += f"; California law {estimated if client.year == 2026 else 'as enacted'}"
    for sheet in values:
        assert sheet["A3"].value.endswith(f", federal law of tax year {client.year} {law}"), sheet.title


@pytest.mark.parametrize(
    ("year", "law"),
    [
        (2026, "as enacted"),
        (2027, "estimated from IRC 55(d)(4)(B) at a C-CPI-U of 182.80 for 2026 (two months not published)"),
    ],
)
def test_projection_begins_after_the_last_enacted_year(year, law):
    """The head of the sheets changes its words with the first year that is not enacted."""
    said = evaluate(parts_of(build_workbook(ClientFacts(year=year))))["Room", "A3"]
    assert said.endswith(f"federal law of tax year {year} {law}")


def test_isos_and_nsos_stand_apart(client, values):
    """Every grant stands in the table of its type, with rows left to key in others."""
    sheet = values["Grants"]
    rows = grants_sheet.iso_rows(client)
    isos = [item.label for item in client.grants if item.option_type == "ISO"]
    nsos = [item.label for item in client.grants if item.option_type == "NSO"]
    assert len(rows) == (len(isos) + 5 if isos else 20)
    assert [sheet[f"A{row}"].value for row in rows if sheet[f"A{row}"].value] == isos
    below = [sheet[f"A{row}"].value for row in range(rows[-1] + 5, sheet.max_row + 1)]
    assert [label for label in below if label] == nsos


def filled_shares(values):
    """The shares of each grant at $0 AMT, in filling order, as the sheet Room has them."""
    sheet = values["Room"]
    rows = range(room_sheet.FIRST_ROW, sheet.max_row + 1)
    return [sheet[f"G{row}"].value for row in rows if isinstance(sheet[f"A{row}"].value, int)]


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_room_is_filled_as_the_engine_fills_it(client, values):
    """Shares per grant, the total, the cost beyond the room and the checks agree with the engine."""
    report = report_room(client)
    sheet = values["Room"]
    assert filled_shares(values) == [item.shares for item in report.filled]
    assert sheet["D8"].value == report.shares
    assert [sheet[f"N{row}"].value for row in room_sheet.BEYOND_ROWS] == pytest.approx([b.amt for b in report.beyond])
    first = room_sheet.CHECKS_ROW + 1
    assert [sheet[f"O{row}"].value for row in range(first, first + 3)] == ["ok"] * 3


money = st.decimals(0, 60, places=4).map(float)
random_grants = st.lists(
    st.builds(grant, st.just("G"), st.sampled_from(["ISO", "NSO"]), money, st.integers(0, 200_000)), max_size=6
)


@settings(max_examples=15)
@given(
    wages=st.integers(0, 900_000).map(float),
    status=st.sampled_from(list(STATUSES)),
    year=st.integers(2018, 2036),
    value=money,
    gain=st.integers(0, 400_000).map(float),
    grants=random_grants.map(tuple),
)
def test_any_client_fills_the_room_as_the_engine_does(wages, status, year, value, gain, grants):
    """Whatever the client, the sheet's filling is the engine's, share for share."""
    facts = {"Long-term capital gain": gain}
    client = ClientFacts(wages=wages, status=status, year=year, value_per_share=value, facts=facts, grants=grants)
    values = evaluate(parts_of(build_workbook(client)))
    report = report_room(client)
    rows = range(room_sheet.FIRST_ROW, room_sheet.FIRST_ROW + len(grants_sheet.iso_rows(client)))
    order = [row for row in rows if values["Room", f"A{row}"] != ""]
    expected = [item.shares for item in report.filled if item.grant.shares_exercisable]
    assert [values["Room", f"G{row}"] for row in order] == expected
    assert {values["Room", f"O{room_sheet.CHECKS_ROW + n}"] for n in (1, 2, 3)} == {"ok"}


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_chart_has_the_kink_among_its_points(client, values):
    """The room's end is a point of the curve, and there regular tax and tentative minimum tax meet."""
    sheet = values["Room"]
    points = range(room_sheet.FIRST_ROW, room_sheet.FIRST_ROW + 25)
    shares = [sheet[f"Y{row}"].value for row in points]
    assert shares == sorted(shares)
    kink = points[8]
    assert sheet[f"Y{kink}"].value == sheet["AE13"].value
    report = report_room(client)
    if sum(item.grant.shares_exercisable for item in report.filled) > report.shares > 0:
        assert sheet[f"Z{kink}"].value == pytest.approx(report.room)
        assert sheet[f"AA{kink}"].value == pytest.approx(sheet[f"AB{kink}"].value)


def test_charts_draw_straight_lines_between_the_sheets_own_cells(formulas):
    """No series is smoothed, every axis is shown, and Room and Scenarios have a chart each."""
    charts = {sheet.title: sheet._charts for sheet in formulas}
    assert {title: len(drawn) for title, drawn in charts.items() if drawn} == {"Room": 1, "Scenarios": 1}
    (curve,) = charts["Room"]
    assert [series.smooth for series in curve.series] == [False] * 4
    for chart in (curve, *charts["Scenarios"]):
        assert not chart.x_axis.delete
        assert not chart.y_axis.delete


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_scenarios_price_their_own_columns(client, formulas, values):
    """Each scenario's figures rest on its own column; the base exercises nothing; prefilled shares make sense."""
    sheet, figures = formulas["Scenarios"], values["Scenarios"]
    for column in scenarios_sheet.COLUMNS:
        for row in range(scenarios_sheet.SHARES_ROW, scenarios_sheet.CHECK_ROW + 1):
            text = sheet[f"{column}{row}"].value
            columns = set(re.findall(r"(?<![A-Za-z_!])\$?([A-F])\$[0-9]", text))
            allowed = {column, "A"} | ({"B"} if row == scenarios_sheet.MORE_TAX_ROW else set())
            assert columns <= allowed, (column, row, text)
        assert figures[f"{column}{scenarios_sheet.CHECK_ROW}"].value == "ok"
    report = report_room(client)
    shares = [figures[f"{column}{scenarios_sheet.SHARES_ROW}"].value for column in scenarios_sheet.COLUMNS]
    in_the_money = sum(item.grant.shares_exercisable for item in report.filled)
    assert shares[:2] == [0, report.shares]
    assert shares == [*sorted(shares[:-1]), in_the_money]
    taxes = [figures[f"{column}{scenarios_sheet.TAX_ROW}"].value for column in scenarios_sheet.COLUMNS]
    assert taxes[1] == pytest.approx(taxes[0], abs=0.005)
    assert taxes == sorted(taxes)


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_scenarios_show_what_the_functions_answer(client, values):
    """The tax rows of every scenario are the functions' answers for the facts of its own column, to the cent."""
    sheet = values["Scenarios"]
    for column in scenarios_sheet.COLUMNS:

        def at(row, column=column):
            return sheet[f"{column}{row}"].value

        household = (at(scenarios_sheet.WAGES_ROW), at(scenarios_sheet.STATUS_ROW), at(scenarios_sheet.YEAR_ROW))
        spread = at(scenarios_sheet.SPREAD_ROW)
        rows = scenarios_sheet.fact_rows(client)
        facts = [sheet[f"A{row}"].value for row in rows], [at(row) for row in rows]
        assert facts[0] == [fact.label.name for fact in labels_of(client)]
        facts = *facts, client.jurisdiction
        assert [at(scenarios_sheet.TAX_ROW), at(scenarios_sheet.AMT_ROW), at(scenarios_sheet.REGULAR_ROW)] == (
            pytest.approx(
                [
                    call("AMT_TOTAL_TAX", *household, spread, *facts),
                    call("AMT_OWED", *household, spread, *facts),
                    call("AMT_REGULAR_TAX", *household, *facts),
                ],
                abs=0.005,
            )
        )


def test_a_scenario_keeps_the_distance_between_regular_and_amt_gains():
    """A gain typed into a scenario moves the AMT's gain along with it, as far apart as in the base."""
    workbook = build_workbook(PROJECTED)
    rows = {label.name: row for label, row in zip(LABELS, scenarios_sheet.fact_rows(PROJECTED), strict=True)}
    workbook["Scenarios"][f"D{rows['Long-term capital gain']}"] = 100_000
    workbook["Scenarios"][f"D{rows['Foreign tax credit']}"] = 700
    workbook["Scenarios"][f"D{scenarios_sheet.WAGES_ROW}"] = 350_000
    values = evaluate(parts_of(workbook))
    for label, expected in {
        "AMT long-term capital gain": (15_000, 75_000),
        "AMT foreign tax credit": (300, 700),
        "Medicare wages": (310_000, 350_000),
        "AMT long-term loss carryover": (5_000, 5_000),
    }.items():
        assert tuple(values["Scenarios", f"{column}{rows[label]}"] for column in "CD") == expected, label


def test_a_scenario_that_is_typed_over_is_priced_anew():
    """Wages, a fact and shares that the advisor types in count in that scenario, and only there."""
    workbook = build_workbook(ANA)
    sheet = workbook["Scenarios"]
    facts = scenarios_sheet.fact_rows(ANA)
    sheet[f"D{scenarios_sheet.WAGES_ROW}"] = 250_000
    sheet[f"D{facts[0]}"] = 0
    for row in scenarios_sheet.grant_rows(ANA):
        sheet[f"D{row}"] = 1_000 if row == scenarios_sheet.FIRST_GRANT_ROW else None
    values = evaluate(parts_of(workbook))
    spread = 1_000 * (12.40 - 0.85)
    assert values["Scenarios", f"D{scenarios_sheet.SPREAD_ROW}"] == pytest.approx(spread)
    amt = call("AMT_OWED", 250_000, "single", 2026, spread)
    assert values["Scenarios", f"D{scenarios_sheet.AMT_ROW}"] == pytest.approx(amt)
    base = call("AMT_REGULAR_TAX", 185_000, "single", 2026, ["Interest"], [1_200])
    assert values["Scenarios", f"C{scenarios_sheet.REGULAR_ROW}"] == pytest.approx(base)


def test_too_many_shares_in_a_scenario_fail_its_check():
    """A scenario that exercises more than is exercisable says so."""
    workbook = build_workbook(ANA)
    workbook["Scenarios"][f"E{scenarios_sheet.FIRST_GRANT_ROW}"] = 4_001
    values = evaluate(parts_of(workbook))
    checks = [values["Scenarios", f"{column}{scenarios_sheet.CHECK_ROW}"] for column in scenarios_sheet.COLUMNS]
    assert checks == ["ok", "ok", "ok", "too many", "ok"]


def test_room_in_words():
    """The first line of Room answers in a sentence, whatever the client's case."""
    said = {}
    for name, client in CLIENTS.items():
        said[name] = evaluate(parts_of(build_workbook(client)))["Room", "A5"]
    assert said["Ana"].startswith("4,050 of 15,500 ISO shares in the money can be exercised in 2026 at $0 federal AMT")
    assert said["blank"] == (
        "Enter the filing status on the sheet Client. Enter the wages on the sheet Client, 0 where there are none."
    )
    assert re.fullmatch(r"No AMT room in 2025: AMT of \$[0-9,]+ is owed before any exercise\.", said["already in AMT"])


def test_what_is_left_out_or_missing_is_said():
    """Room names shares under water, and what the advisor has still to enter."""

    def note(client):
        return evaluate(parts_of(build_workbook(client)))["Room", "A9"]

    assert note(ANA) == "2,000 ISO shares are under water (value not above strike) and left out."
    assert note(BLANK) == "Enter the ISO grants on the sheet Grants."
    assert note(ClientFacts(grants=ANA.grants)) == "Enter the value per share on the sheet Client."
    assert note(MANY_GRANTS) == ""


def test_inputs_that_cannot_be_answered_are_explained():
    """The sheet Client shows the sentence behind an error."""
    workbook = build_workbook(ANA)
    workbook["Client"]["A17"] = '=AMT_WHY("AMT_ROOM",Wages,"nobody",Tax_year)'
    values = evaluate(parts_of(workbook))
    assert values["Client", "B16"] == "Yes"
    assert values["Client", "A17"].startswith("status: 'nobody' is not a filing status")


def test_imported_text_stays_text():
    """A client or a grant whose name begins like a formula is written as text."""
    workbook = build_workbook(CLIENTS["more room than shares"])
    for cell in (workbook["Client"]["B6"], workbook["Grants"]["A9"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert evaluate(parts_of(workbook))["Client", "A2"].startswith("=1+1 · ")


@pytest.mark.parametrize(
    ("client", "said"),
    [
        (ClientFacts(facts={"Interst": 5.0}), "did you mean 'Interest'"),
        (ClientFacts(facts={"Interest": "much"}), "Interest: 'much' is text, not a number"),
        (ClientFacts(facts={"Deduction": "none"}), "Deduction: 'none' is not a choice"),
        (ClientFacts(status="widowed"), "status: 'widowed' is not a filing status"),
        (ClientFacts(wages=float("nan")), "Client!B10: nan is not a number"),
        (ClientFacts(name="Ana\x07"), "'Ana\\?' holds a control character"),
    ],
)
def test_facts_that_no_cell_can_hold_are_refused(client, said):
    """What cannot be written is refused in one sentence before anything is built."""
    with pytest.raises(ArgumentError, match=said):
        build_workbook(client)


def test_a_header_shows_a_name_with_an_ampersand():
    """The sign with which a header is written is doubled in a client's name."""
    workbook = build_workbook(ALREADY_IN_AMT)
    assert workbook["Room"].oddHeader.left.text == "Sam && Lee <Ortega>"
