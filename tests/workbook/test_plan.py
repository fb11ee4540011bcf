"""Sheet Plan: its years are those of the engine, as planned and with nothing more done; shares may be typed over."""

from dataclasses import replace
from datetime import date

import pytest

from tests.workbook.by_year import Calculated
from tests.workbook.test_returns import ISO, NSO, RECORDS, exercise, holding, record, year
from xl_amt.client import Plan
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.planning.plan.answer import answer_of
from xl_amt.planning.plan.solving import solve
from xl_amt.workbook.book import Book
from xl_amt.workbook.build import blank_record, build_workbook
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.sheets.plan_layout import plan_layout
from xl_amt.workbook.values import evaluate

FIGURES = ("regular tax", "AMT", "credit used", "total tax")
OF_THE_BASE = ("AMT", "credit used", "total tax")


def differences(calculated, expected, prefix, figures):
    """The figures of a jurisdiction and year in which the sheet and the engine differ by a cent."""
    different = {}
    for code in codes_of(calculated.book.record):
        for figure in figures:
            for number, shown in calculated.by_year(f"{prefix}_{figure.replace(' ', '_')}_{code}").items():
                known = expected[number][figure if code == "US" else f"{code} {figure}"]
                if abs(shown - known) >= 0.005:
                    different[number, code, figure] = (shown, known)
    return different


@pytest.mark.parametrize("name", RECORDS)
def test_the_plan_and_its_base_have_the_figures_of_the_engine(name):
    """As recorded, with every planned step; and beside it with none of them."""
    record = RECORDS[name]
    calculated = Calculated(record)
    planned, done = (report_years(record, planned=planned).figures for planned in (True, False))
    assert differences(calculated, planned, "Plan", FIGURES) == {}
    assert differences(calculated, done, "Base", OF_THE_BASE) == {}


@pytest.mark.parametrize(
    "name", ["every kind of award and sale", "California", "a spouse's options on a single return"]
)
def test_strikes_proceeds_and_the_tax_added_are_the_engines(name):
    """Strikes and proceeds of a year, and what the plan adds to the taxes of all jurisdictions together."""
    calculated = Calculated(RECORDS[name])
    planned, done = (report_years(RECORDS[name], planned=planned).figures for planned in (True, False))
    totals = ["total tax" if code == "US" else f"{code} total tax" for code in codes_of(RECORDS[name])]
    for number, figures in planned.items():
        shown = {name: calculated.by_year(name)[number] for name in ("Plan_strikes", "Plan_proceeds", "Plan_added_tax")}
        assert shown["Plan_strikes"] == pytest.approx(figures["strike paid"], abs=0.005)
        assert shown["Plan_proceeds"] == pytest.approx(figures["proceeds"], abs=0.005)
        added = sum(figures[total] - done[number][total] for total in totals)
        assert shown["Plan_added_tax"] == pytest.approx(added, abs=0.005)


def planning(shares, of_nso=0, *, jurisdiction="US+CA", **more):
    """A record that plans so many shares of an ISO in 2026, and of an NSO in 2027."""
    planned = [exercise("ES-1", date(2026, 12, 1), shares, 22.0, status="planned")] if shares else []
    planned += [exercise("NS-1", date(2027, 12, 1), of_nso, 30.0, status="planned")] if of_nso else []
    plan = Plan(values={2026: 22.0, 2027: 30.0}, discount_rate=0.04, **more)
    held = holding(ISO, NSO, exercises=(exercise("ES-1", date(2026, 2, 3), 1_000, 22.0), *planned))
    years = (year(2026, "single", 210_000.0), year(2027), year(2028))
    return replace(record(*years, jurisdiction=jurisdiction, holdings=(held,)), plan=plan)


def place(grant, column):
    """The cell of the planned shares of a grant, by its place among the grants."""
    return ("Plan", f"{column}{plan_layout(book_of(planning(0))).shares[grant]}")


def test_shares_typed_over_give_the_years_of_a_record_that_plans_them():
    """Every figure follows, of the year and of later ones; a record of that plan gives the same."""
    tried = Calculated(planning(3_000), {place(0, "E"): 9_000, place(1, "F"): 2_000})
    recorded = planning(9_000, 2_000)
    figures = report_years(recorded).figures
    assert differences(tried, figures, "Plan", FIGURES) == {}
    assert differences(tried, report_years(recorded, planned=False).figures, "Base", OF_THE_BASE) == {}
    same = Calculated(recorded)
    for name in ("Plan_shares", "Plan_spread", "Plan_strikes", "Plan_own_cash", "Cash_needed", "Credit_closing_US"):
        assert tried.by_year(name) == pytest.approx(same.by_year(name)), name
    assert tried.named("Plan_in_words")[0] == "Tried, not recorded: " + same.named("Plan_in_words")[0]


def test_what_is_tried_is_counted_and_named():
    """Each cell typed over counts, also with fewer shares or none; the shares beyond the record are shown by year."""
    record = planning(3_000, 500)
    assert Calculated(record).named("Plan_tried") == [0]
    tried = Calculated(record, {place(0, "E"): 1_200, place(1, "F"): None, place(1, "G"): 40})
    assert tried.named("Plan_tried") == [3]
    assert tried.by_year("Plan_shares_tried") == {2026: -1_800, 2027: -500, 2028: 40}


def test_two_spouses_of_one_company_have_one_value_each():
    """Each holding states the value of the same day, and has that of its own in a year, not the sum."""
    own = planning(3_000).holdings[0]
    couple = replace(
        planning(3_000),
        years=(year(2026, "mfj", 210_000.0), year(2027), year(2028)),
        holdings=(own, replace(own, holder="spouse", exercises=())),
        plan=None,
    )
    known = max((value for value in own.values if value.day <= date(2026, 12, 31)), key=lambda value: value.day)
    calculated, rows = Calculated(couple), plan_layout(book_of(couple)).values
    assert [calculated.cell("Plan", f"E{row}") for row in rows[:2]] == [known.price, known.price]
    said = [calculated.cell("Summary", f"A{row}") for row in range(30, 60)]
    last = max(own.values, key=lambda value: value.day).price
    assert len([words for words in said if words and f"${last:,.2f} a share" in str(words)]) == 2


def test_a_spouses_shares_tried_add_nothing_to_a_separate_return():
    """As the record's own planned steps of a spouse, they stand on joint returns alone."""
    spouses = replace(planning(0).holdings[0], holder="spouse")
    single = replace(planning(0), holdings=(spouses,))
    tried = Calculated(single, {place(0, "E"): 5_000})
    assert tried.by_year("Plan_spread")[2026] == 0.0
    assert tried.named("Plan_tried") == [1]


def test_totals_are_discounted_to_the_first_year():
    """At the plan's rate, a dollar of the third year counts 1.04 twice less."""
    calculated = Calculated(planning(9_000, 2_000))
    taxes = calculated.by_year("Plan_total_tax")
    row = calculated.workbook.defined_names["Plan_total_tax"].attr_text.rpartition("$")[2]
    assert calculated.cell("Plan", f"O{row}") == pytest.approx(sum(taxes.values()))
    expected = sum(tax / 1.04 ** (year - 2026) for year, tax in taxes.items())
    assert calculated.cell("Plan", f"P{row}") == pytest.approx(expected)


def test_a_value_per_share_is_the_plans_or_the_latest_known():
    """For one company the plan's by year, else the last value by the year's end; for several only those known."""
    rows = plan_layout(book_of(planning(0))).values
    one = Calculated(planning(0))
    assert [one.cell("Plan", f"{column}{rows[0]}") for column in "EFG"] == [22.0, 30.0, 7.0]
    several = planning(0)
    sedge = holding(NSO, company="Sedge")
    both = Calculated(replace(several, holdings=(*several.holdings, sedge)))
    assert [both.cell("Plan", f"{column}{rows[0]}") for column in "EFG"] == [22.0, 7.0, 7.0]
    assert both.cell("Plan", f"A{rows[1]}") == "Sedge"


def test_what_the_planner_found_stands_there_with_its_day():
    """The worth by the aim, the bound and the other ways, as values; without a plan one sentence."""
    record = planning(0, jurisdiction="US")
    asked = question_of_record(record, date(2026, 11, 2))
    answer = answer_of(solve(asked.question))
    book = replace(book_of(record), plan=answer | {"found_on": date(2026, 11, 2)})
    sheet = build_workbook(book)["Plan"]
    rows = plan_layout(book).planner
    values = evaluate(parts_of(build_workbook(book)))
    assert values["Plan", f"A{rows[0]}"] == (
        "Found on Nov 2, 2026, from the facts of that day; they are not figured again here."
    )
    assert [sheet[f"B{row}"].value for row in rows[2:4]] == [answer["objective"], answer["bound"]]
    ways = [sheet[f"A{row}"].value for row in rows[4:] if sheet[f"A{row}"].value]
    assert ways == [f"Instead: {strategy['name']}" for strategy in answer["strategies"]]
    undated = evaluate(parts_of(build_workbook(replace(book, plan=answer))))
    assert undated["Plan", f"A{rows[0]}"].startswith("Found from the facts of that day")
    without = Calculated(record)
    assert without.cell("Plan", f"A{rows[0]}").startswith("The planner has not been asked")


def test_rows_for_nobody_are_folded():
    """Grants that are not there, units that are not exercised, and holdings beyond the client's."""
    sheet = build_workbook(book_of(RECORDS["every kind of award and sale"]))["Plan"]
    rows = plan_layout(book_of(RECORDS["every kind of award and sale"]))
    shown = [row for row in rows.shares if not sheet.row_dimensions[row].hidden]
    assert shown == list(rows.shares[:2])  # the ISO and the NSO; the third grant is of stock units
    assert [row for row in rows.values if not sheet.row_dimensions[row].hidden] == [rows.values[0]]


def test_without_the_clients_facts_nothing_is_figured():
    """A blank workbook says what is missing, and that there is nothing to draw yet."""
    workbook = build_workbook()
    values = evaluate(parts_of(workbook))
    for sheet in ("Plan", "Credit", "Cash"):
        assert values[sheet, "A4"].startswith("Enter the filing status")
        titles = [value for (of, _), value in values.items() if of == sheet and value == "Nothing to draw yet"]
        assert len(titles) == 1
    assert all(values["Plan", f"E{row}"] == "" for row in plan_layout(Book(blank_record())).outcome.values())


@pytest.mark.parametrize(("name", "is_behind"), [("one year", False), ("ten years of a credit", True)])
def test_no_page_ends_within_the_chart(name, is_behind):
    """The wide sheet is shrunk, and its first page has room for the chart; the narrow one's has not."""
    book = book_of(RECORDS[name])
    (one,) = build_workbook(book)["Plan"].row_breaks.brk
    chart = plan_layout(book).chart
    assert one.id == (chart[-1] + 1 if is_behind else chart[0] - 2)


def test_a_company_without_a_name_has_its_value_and_its_plan():
    """Its grants, lots and values are found all the same, and its row has a word."""
    record = planning(3_000)
    unnamed = replace(record, holdings=(replace(record.holdings[0], company=""),))
    calculated = Calculated(unnamed, {place(0, "F"): 500})
    rows = plan_layout(calculated.book)
    assert calculated.cell("Plan", f"A{rows.values[0]}") == "The company"
    assert [calculated.cell("Plan", f"{column}{rows.values[0]}") for column in "EFG"] == [22.0, 30.0, 7.0]
    assert calculated.by_year("Plan_shares") == {2026: 3_000, 2027: 500, 2028: 0}
    assert calculated.by_year("Plan_spread")[2027] == 500 * 28.0
