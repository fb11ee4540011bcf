"""Sheet Scenarios: the base and four scenarios, what each adds to it, and the difference of any two."""

import re
from dataclasses import replace

import pytest

from tests.workbook.clients import ANA, ANSWERED, CALIFORNIAN, PROJECTED, grant, with_year
from tests.workbook.filled import Filled
from xl_amt.client import ClientYear, Holding, Value
from xl_amt.jobs.room_report import report_room
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook.sheets import scenario_rows as at
from xl_amt.worksheet import call

FIRST_GRANT = at.grant_rows(book_of(ANA))[0]
FIRST_FACT = next(iter(at.fact_rows(book_of(ANA))))


def scenarios(record, **typed):
    """The workbook after cells of the sheet, such as D30, are typed over."""
    return Filled(record, {("Scenarios", address): value for address, value in typed.items()})


def fact_row(record, name):
    """The row of a fact."""
    return next(row for row, fact in at.fact_rows(book_of(record)).items() if fact.label.name == name)


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_scenarios_price_their_own_columns(client, formulas, values):
    """Each scenario's figures rest on its own column; the base exercises nothing; prefilled shares make sense."""
    sheet, figures = formulas["Scenarios"], values["Scenarios"]
    from_the_base = (at.MORE_TAX_ROW, at.ADDED_REGULAR_ROW, at.ADDED_AMT_ROW, at.ADDED_REST_ROW)
    for column in at.COLUMNS:
        for row in range(at.SHARES_ROW, at.CHECK_ROW + 1):
            text = sheet[f"{column}{row}"].value
            columns = set(re.findall(r"(?<![A-Za-z_!])\$?([A-F])\$[0-9]", text))
            allowed = {column, "A"} | ({"B"} if row in from_the_base else set())
            assert columns <= allowed, (column, row, text)
        assert figures[f"{column}{at.CHECK_ROW}"].value == "ok"
    report = report_room(client)
    shares = [figures[f"{column}{at.SHARES_ROW}"].value for column in at.COLUMNS]
    in_the_money = sum(item.grant.shares_exercisable for item in report.filled)
    assert shares[:2] == [0, report.shares]
    assert shares == [*sorted(shares[:-1]), in_the_money]
    credit = "minimum tax credit" in " ".join(name.lower() for name in client.years[0].facts)
    taxes = [figures[f"{column}{at.TAX_ROW}"].value for column in at.COLUMNS]
    assert credit or taxes[1] == pytest.approx(taxes[0], abs=0.005)
    assert taxes == sorted(taxes)


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_scenarios_show_what_the_functions_answer(client, values):
    """The tax rows of every scenario are the functions' answers for the facts of its own column, to the cent."""
    sheet = values["Scenarios"]
    for column in at.COLUMNS:

        def cell(row, column=column):
            return sheet[f"{column}{row}"].value

        household = (cell(at.WAGES_ROW), cell(at.STATUS_ROW), cell(at.YEAR_ROW))
        spread = cell(at.SPREAD_ROW)
        rows = at.fact_rows(book_of(client))
        facts = [sheet[f"A{row}"].value for row in rows], [cell(row) for row in rows], client.client.jurisdiction
        assert [cell(at.TAX_ROW), cell(at.AMT_ROW), cell(at.REGULAR_ROW)] == (
            pytest.approx(
                [
                    call("AMT_TOTAL_TAX", *household, spread, *facts),
                    call("AMT_OWED", *household, spread, *facts),
                    call("AMT_REGULAR_TAX", *household, *facts),
                ],
                abs=0.005,
            )
        )


@pytest.mark.parametrize("client_name", ANSWERED, indirect=True)
def test_what_a_scenario_adds_is_told_by_part(values):
    """Regular tax, AMT and the rest add up to the tax beyond the base's, and the base adds nothing."""
    sheet = values["Scenarios"]
    for column in at.COLUMNS:
        parts = [sheet[f"{column}{row}"].value for row in (at.ADDED_REGULAR_ROW, at.ADDED_AMT_ROW, at.ADDED_REST_ROW)]
        assert sum(parts) == pytest.approx(sheet[f"{column}{at.MORE_TAX_ROW}"].value, abs=1e-6)
        assert column != at.BASE or parts == [0, 0, 0]


def test_a_chart_with_nothing_to_show_says_so():
    """In the title over it: before there are facts, and where no scenario adds tax."""
    title = f"A{at.CHART_ROWS[0] - 1}"
    assert Filled(ANA)["Scenarios", title] == "What scenarios A, B and C add to the tax of the base"
    nobody = Filled(with_year(ANA, status=None))
    assert nobody["Scenarios", title] == "Nothing to draw yet"
    none = Filled(replace(ANA, holdings=()))
    assert none["Scenarios", title] == "What scenarios A, B and C add to the tax of the base: nothing"


def test_a_scenario_keeps_the_distance_between_regular_and_amt_gains():
    """A gain typed into a scenario moves the AMT's gain along with it, as far apart as in the base."""
    typed = {
        f"D{fact_row(PROJECTED, 'Long-term capital gain')}": 100_000,
        f"D{fact_row(PROJECTED, 'Foreign tax credit')}": 700,
        f"D{at.WAGES_ROW}": 350_000,
    }
    filled = scenarios(PROJECTED, **typed)
    for label, expected in {
        "AMT long-term capital gain": (15_000, 75_000),
        "AMT foreign tax credit": (300, 700),
        "Medicare wages": (310_000, 350_000),
        "AMT long-term loss carryover": (5_000, 5_000),
    }.items():
        row = fact_row(PROJECTED, label)
        assert tuple(filled["Scenarios", f"{column}{row}"] for column in "CD") == expected, label


def test_a_scenario_that_is_typed_over_is_priced_anew():
    """Wages, a fact and shares that the advisor types in count in that scenario, and only there."""
    rows = at.grant_rows(book_of(ANA))
    typed = {f"D{row}": 1_000 if row == rows[0] else None for row in rows}
    filled = scenarios(ANA, **typed, **{f"D{at.WAGES_ROW}": 250_000, f"D{fact_row(ANA, 'Interest')}": 0})
    spread = 1_000 * (12.40 - 0.85)
    assert filled["Scenarios", f"D{at.SPREAD_ROW}"] == pytest.approx(spread)
    amt = call("AMT_OWED", 250_000, "single", 2026, spread)
    assert filled["Scenarios", f"D{at.AMT_ROW}"] == pytest.approx(amt)
    base = call("AMT_REGULAR_TAX", 185_000, "single", 2026, ["Interest"], [1_200])
    assert filled["Scenarios", f"C{at.REGULAR_ROW}"] == pytest.approx(base)


def test_a_value_typed_over_counts_for_the_grants_of_its_company():
    """Each company has its own value per share in each scenario."""
    day = ANA.holdings[0].as_of
    other = Holding(
        company="Birch", as_of=day, values=(Value(day=day, price=31.0),), grants=(grant("B", "ISO", 22.0, 50),)
    )
    record = replace(ANA, holdings=(*ANA.holdings, other))
    rows, values = at.grant_rows(book_of(record)), at.value_rows(book_of(record))
    shares = {f"D{row}": 10 if row in (rows[0], rows[5]) else 0 for row in rows}
    filled = scenarios(record, **shares, **{f"D{values[1]}": 42.0})
    assert filled["Scenarios", f"A{values[1]}"] == "Value per share, Birch, dollars"
    assert filled["Scenarios", f"A{rows[5]}"] == "B at $22.00, Birch"
    assert filled["Scenarios", f"D{at.SPREAD_ROW}"] == pytest.approx(10 * (12.40 - 0.85) + 10 * (42.0 - 22.0))
    assert filled["Scenarios", f"D{at.CASH_ROW}"] == pytest.approx(10 * 0.85 + 10 * 22.0)


def test_too_many_shares_in_a_scenario_fail_its_check():
    """A scenario that exercises more than is exercisable says so."""
    filled = scenarios(ANA, **{f"E{FIRST_GRANT}": 4_001})
    assert filled.all("Scenario_checks") == ["ok", "ok", "ok", "too many", "ok"]


def test_scenarios_of_different_years_are_not_subtracted():
    """More tax than the base is said of the base's own year only."""
    filled = scenarios(ANA, **{f"D{at.YEAR_ROW}": 2025})
    assert filled["Scenarios", f"D{at.MORE_TAX_ROW}"] == "another year"
    assert filled["Scenarios", f"E{at.MORE_TAX_ROW}"] > 0


@pytest.mark.parametrize(
    "typed",
    [
        {f"C{at.WAGES_ROW}": 300_000},
        {f"C{FIRST_GRANT}": 10},
        {f"C{FIRST_FACT}": 5},
        {f"C{at.EXERCISED_ROW}": 5},
        {f"C{at.FIRST_VALUE_ROW}": 13.0},
    ],
)
def test_a_scenario_keeps_its_name_while_it_is_true(typed):
    """Whatever is typed over, the name no longer says that the scenario fills the room."""
    filled = scenarios(ANA, **typed)
    names = [filled["Scenarios", f"{column}{at.NAMES_ROW}"] for column in at.EDITED]
    assert names == ["Edited", "25% above room", "100% above room", "All in the money"]


def test_the_difference_of_any_two_scenarios_stands_beside_them():
    """Row by row, of the two that the advisor chooses; where words differ, it says so."""
    chosen = {f"H{at.LETTERS_ROW}": "C", f"H{at.NAMES_ROW}": "B", f"E{at.STATUS_ROW}": "Head of household"}
    filled = scenarios(CALIFORNIAN, **chosen)
    rows = (at.SHARES_ROW, at.TAX_ROW, at.AMT_ROW, at.ROOM_ROW, FIRST_GRANT, at.each_rows(book_of(CALIFORNIAN))[3])
    for row in rows:
        one, other = (filled["Scenarios", f"{column}{row}"] for column in "ED")
        assert filled["Scenarios", f"H{row}"] == pytest.approx(one - other), row
    assert filled["Scenarios", f"H{at.STATUS_ROW}"] == "differs"
    assert filled["Scenarios", f"H{at.LAW_ROW}"] == ""
    of_the_base = scenarios(ANA)
    assert of_the_base["Scenarios", f"H{at.SHARES_ROW}"] == of_the_base["Scenarios", f"C{at.SHARES_ROW}"]


def test_each_scenario_has_a_note_that_may_be_typed(formulas):
    """Its cells are inputs: unlocked, and blank until then."""
    sheet = formulas["Scenarios"]
    assert sheet[f"A{at.NOTES_ROW}"].value == "Note"
    for column in at.COLUMNS:
        cell = sheet[f"{column}{at.NOTES_ROW}"]
        assert cell.value is None
        assert not cell.protection.locked
        assert cell.alignment.wrap_text


def test_the_base_is_that_of_the_year_asked():
    """Wages, facts and the year of the base are those of the year that the advisor chooses."""
    record = replace(ANA, years=(*ANA.years, ClientYear(year=2027, income=220_000.0, facts={"Interest": 50.0})))
    filled = Filled(record, {"Year_asked_input": 2027})
    shown = [filled["Scenarios", f"B{row}"] for row in (at.YEAR_ROW, at.WAGES_ROW, fact_row(record, "Interest"))]
    assert shown == [2027, 220_000, 50]
    tax = call("AMT_REGULAR_TAX", 220_000, "single", 2027, ["Interest"], [50])
    assert filled["Scenarios", f"B{at.REGULAR_ROW}"] == pytest.approx(tax)
