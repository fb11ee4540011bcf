"""The workbook is laid out as an advisor expects it."""

import re

import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.workbook.clients import ALREADY_IN_AMT, ANA, CLIENTS, named, with_year
from tests.workbook.filled import Filled, values_of
from xl_amt.errors import AmtError
from xl_amt.household import LABELS
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import Book, build_workbook
from xl_amt.workbook.sheets import scenario_rows
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.tables.client_rows import row_by_name
from xl_amt.worksheet import FUNCTIONS

READING_ORDER = [
    "Summary", "Plan", "Calendar", "Cash", "Room", "Credit", "Scenarios", "Leaving", "Outlook",
    "Client", "Holdings", "Grants", "Vesting", "Exercises", "Sales", "Other lots", "Events",
    "Frozen plan", "Lots", "Gains", "Returns", "Form 6251", "Schedule P",
    "Law", "Import", "Files", "Log", "Checks", "About",
]  # fmt: skip
RECORD_SHEETS = {
    "Holdings", "Grants", "Vesting", "Exercises", "Sales", "Other lots", "Events", "Frozen plan", "Import", "Files",
    "Log",
}  # fmt: skip
ALWAYS_THERE = {
    "Room", "Scenarios", "Client", "Holdings", "Grants", "Exercises", "Sales", "Events", "Frozen plan", "Returns",
    "Log", "About",
}  # fmt: skip
INPUT_YELLOW, INPUT_BLUE, LINK_GREEN = "00FFF9DC", "000000FF", "0000703C"


def cells(workbook):
    """Every cell that holds something."""
    return [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]


def formulas_of(workbook):
    """Every formula as text, with its cell."""
    return [(cell, cell.value) for cell in cells(workbook) if cell.data_type == "f"]


def test_sheets_stand_in_reading_order_and_the_first_opens(formulas):
    """The workbook opens on its answer, with one sheet selected."""
    assert formulas.sheetnames == [title for title in READING_ORDER if title in formulas.sheetnames]
    assert set(formulas.sheetnames) >= ALWAYS_THERE
    assert [sheet.title for sheet in formulas if sheet.sheet_view.tabSelected] == [formulas.active.title]
    assert formulas.active.title == formulas.sheetnames[0]


def test_every_sheet_has_its_head_page_and_protection(formulas):
    """Title, client and engine on top; one page wide; a header, a footer; protected, if at all, without a password."""
    for sheet in formulas:
        assert sheet["A1"].value
        assert sheet["A3"].value.startswith("=")
        assert sheet.page_setup.fitToWidth == 1
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "xl-amt" in sheet.oddHeader.right.text
        assert "not tax advice" in sheet.oddFooter.left.text
        assert "&P of &N" in sheet.oddFooter.right.text
        assert sheet.protection.sheet == (sheet.title not in RECORD_SHEETS)
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


def test_only_inputs_can_be_typed_into(client, formulas):
    """Unlocked cells of a sheet that is protected are blue or green on yellow; all others are locked."""
    shares, planned = scenario_rows.value_rows(book_of(client))[0], plan_layout(book_of(client)).shares
    for cell in cells(formulas):
        if not cell.parent.protection.sheet:
            continue
        yellow = cell.fill.fgColor.rgb == INPUT_YELLOW
        is_planned = cell.parent.title == "Plan" and cell.row in planned
        may_stand_unused = is_planned or (cell.parent.title == "Scenarios" and cell.row >= shares)
        if not cell.protection.locked:
            assert yellow or may_stand_unused, cell
            assert cell.font.color.rgb in {INPUT_BLUE, LINK_GREEN}, cell
        elif cell.parent.title != "About":  # where the colors are explained
            assert not yellow, cell


def test_links_between_sheets_are_green(formulas):
    """A cell of Room or Scenarios that only takes over another sheet's says so by its color."""
    named = {name for name, one in formulas.defined_names.items() if ":" not in one.attr_text}
    for cell, text in formulas_of(formulas):
        own = cell.parent.title in {"Room", "Scenarios"}
        if re.fullmatch(r"=(Client|Grants|Room)!\$?[A-Z]+\$?[0-9]+", text) or (
            own and cell.column == 2 and text.startswith("=INDEX(Fact_amounts")
        ):
            assert cell.font.color.rgb == LINK_GREEN, cell
    assert {"Wages", "Used", "Tax_year"} <= named


def test_inputs_refuse_what_they_cannot_take(formulas):
    """Every rule of an input says in a plain sentence what it takes."""
    for sheet in formulas:
        for rule in sheet.data_validations.dataValidation:
            assert rule.showErrorMessage
            assert rule.error.endswith(".")


def test_charts_draw_straight_lines_between_the_sheets_own_cells(formulas):
    """No line is smoothed, every axis is shown, and Room and Scenarios have a chart each."""
    charts = {sheet.title: sheet._charts for sheet in formulas}
    assert {title: len(charts[title]) for title in ("Room", "Scenarios")} == {"Room": 1, "Scenarios": 1}
    (curve,) = charts["Room"]
    assert [series.smooth for series in curve.series] == [False] * 4
    for drawn in charts.values():
        for chart in drawn:
            assert not chart.x_axis.delete
            assert not chart.y_axis.delete


def test_a_chart_reaches_over_the_whole_page_in_rows_that_are_shown(client, formulas):
    """Full width of what is printed, and on no row that is folded."""
    for title, last in {"Room": "J", "Scenarios": "H"}.items():
        sheet = formulas[title]
        (chart,) = sheet._charts
        start, end = chart.anchor._from, chart.anchor.to
        assert (start.col, end.col) == (0, "ABCDEFGHIJ".index(last) + 1), client
        assert sheet.print_area.split("$")[-2] == last
        assert not any(sheet.row_dimensions[row].hidden for row in range(start.row, end.row + 1))


def test_imported_text_stays_text():
    """A client or a grant whose name begins like a formula is written as text."""
    filled = Filled(CLIENTS["more room than shares"])
    for name in ("Client_name", "Grant_label"):
        cell = filled._cell(name)
        assert cell.data_type == "s"
        assert cell.quotePrefix
    assert filled["Client_line"].startswith("=1+1 · ")


def test_a_header_shows_a_name_with_an_ampersand():
    """The sign with which a header is written is doubled in a client's name."""
    workbook = build_workbook(book_of(ALREADY_IN_AMT))
    assert workbook["Room"].oddHeader.left.text == "Sam && Lee <Ortega>"


def test_no_two_formats_of_a_date_in_a_header():
    """A header names the day of the value as sheets do, or none: the printer's own date is another day."""
    assert build_workbook(book_of(ANA))["Room"].oddHeader.center.text == "As of Nov 20, 2026"
    assert not build_workbook()["Room"].oddHeader.center.text


def test_every_label_stands_on_client_with_its_form_line(client, values):
    """The facts are the engine's own, each with its unit and where it belongs, and hold the client's amounts."""
    sheet, rows = values["Client"], row_by_name(client)
    for label in LABELS:
        row = rows[label.name]
        assert [sheet[f"{column}{row}"].value for column in "ABC"] == [label.name, label.unit, label.meaning]
    facts = client.years[0].facts
    assert {name: sheet[f"E{rows[name]}"].value for name in facts} == dict(facts)


def test_facts_that_go_with_another_one_follow_it_on_the_return(client, values):
    """What is not given for the AMT, or as Medicare wages, is the other fact's amount; a blank is 0."""
    shown = dict(zip(*(values_of(values, f"Federal_{kind}") for kind in ("labels", "amounts")), strict=True))
    fields = {label.field: label.name for label in LABELS}
    following = [label for label in LABELS if label.same_as]
    assert {label.same_as for label in following} == {
        "wages", "short_term_gain", "long_term_gain", "short_term_loss_carryover", "long_term_loss_carryover",
        "foreign_tax_credit",
    }  # fmt: skip
    own = client.years[0]
    for label in following:
        other = own.income or 0 if label.same_as == "wages" else shown[fields[label.same_as]]
        assert shown[label.name] == own.facts.get(label.name, other), label.name


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (with_year(ANA, facts={"Interst": 5.0}), "did you mean 'Interest'"),
        (with_year(ANA, facts={"Interest": "much"}), "Interest: 'much' is text, not a number"),
        (with_year(ANA, facts={"Deduction": "none"}), "Deduction: 'none' is not one of the choices"),
        (with_year(ANA, income=float("nan")), "Client!E[0-9]+: nan is not a number"),
        (named(ANA, "Ana\x07"), "'Ana\\?' holds a control character"),
    ],
)
def test_facts_that_no_cell_can_hold_are_refused(record, said):
    """What cannot be written is refused in one sentence before anything is built."""
    with pytest.raises(AmtError, match=said):
        build_workbook(Book(record))
