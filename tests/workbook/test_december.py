"""December's table on the sheet Sales: its figures are those of `xl-amt december`, and it stays where it is."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl.utils.cell import coordinate_to_tuple

from tests.workbook.filled import Filled
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Plan, Sale, Value
from xl_amt.jobs.december import report_december
from xl_amt.jobs.december_of_record import Asked
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package
from xl_amt.workbook.read import record_in
from xl_amt.workbook.rewriting.rewrite import rewritten
from xl_amt.workbook.sheets import december_layout as at
from xl_amt.workbook.splice import Book, Edits

A_CENT = 0.01
GRANTED = date(2020, 5, 4)
WAGES = 200_000.0


def grant(label, strike, **terms):
    """8,000 options that have vested when they are exercised in 2024."""
    return Grant(
        label=label, award="ISO", granted=GRANTED, strike=strike, shares=8_000, vesting="1/4 yearly",
        vesting_start=GRANTED, fmv_at_grant=strike, **terms,
    )  # fmt: skip


def exercise(label, day, shares, value, **more):
    """An exercise, done unless it says otherwise."""
    return Exercise(grant=label, day=day, shares=shares, value=value, **more)


def holding(company, price, *exercises, strikes, holder="client", **more):
    """The grants of a company, a strike each, with a newest value in November 2024."""
    return Holding(
        company=company,
        holder=holder,
        grants=tuple(grant(label, strike) for label, strike in strikes.items()),
        exercises=exercises,
        values=(Value(day=date(2024, 11, 20), price=price),),
        **more,
    )


ACME = holding("Acme", 30.0, exercise("ES-1", date(2024, 5, 6), 5_000, 42.0), strikes={"ES-1": 2.0})
BOLT = holding("Bolt", 9.0, exercise("B-1", date(2024, 9, 2), 3_000, 11.0), strikes={"B-1": 1.0})
PLANNED = replace(ACME, exercises=(*ACME.exercises, exercise("ES-1", date(2024, 12, 9), 1_500, 30.0, status="planned")))
RISEN = holding(
    "Acme",
    55.0,
    exercise("ES-1", date(2024, 5, 6), 1_200, 42.0),
    exercise("ES-2", date(2024, 6, 3), 900, 44.0),
    strikes={"ES-1": 2.0, "ES-2": 5.0},
)
EARLY = replace(
    ACME,
    grants=(grant("ES-1", 2.0, early_exercise=True),),
    exercises=(exercise("ES-1", date(2024, 3, 4), 8_000, 42.0),),
    values=(Value(day=date(2024, 5, 4), price=50.0), *ACME.values),
)
SOLD_LATER = replace(
    ACME,
    sales=(
        Sale(day=date(2024, 7, 1), shares=500, price=40.0),
        Sale(day=date(2025, 9, 2), shares=2_000, price=33.0, status="planned"),
    ),
)
GRANTED_LATE = replace(ACME, grants=(replace(grant("ES-1", 2.0), granted=date(2023, 11, 6), vesting_start=GRANTED),))
LATER_NSO = replace(
    ACME,
    grants=(*ACME.grants, replace(grant("N-1", 3.0), award="NSO")),
    exercises=(*ACME.exercises, exercise("N-1", date(2025, 3, 3), 400, 31.0, status="planned")),
)
YEAR = ClientYear(year=2024, status="single", income=WAGES)


def record(*holdings, jurisdiction="US", years=(YEAR,), **plan):
    """A single client with 200,000 of wages."""
    return ClientRecord(
        client=Client(name="Mara Holt", jurisdiction=jurisdiction),
        years=years,
        plan=Plan(**plan),
        holdings=holdings or (ACME,),
    )


def years(first, last, **facts):
    """Years from one to another, of which the first states its facts."""
    stated = ClientYear(year=first, status="single", income=WAGES, facts=facts)
    return (stated, *(ClientYear(year=year) for year in range(first + 1, last + 1)))


COUPLE = (ClientYear(year=2024, status="mfj", income=310_000.0),)
FACTS = {
    "Interest": 1_500.0,
    "Long-term capital gain": 9_000.0,
    "Age": 66.0,
    "Mortgage interest": 22_000.0,
    "Minimum tax credit": 4_000.0,
    "Long-term loss carryover": 2_500.0,
    "Blind": 1.0,
}
RECORDS = {
    "the worked example": record(credit_left_at=0.5),
    "its qualifying year in the record": record(years=years(2024, 2026), credit_left_at=0.5, income_growth=0.04),
    "California": record(jurisdiction="US+CA", credit_left_at=0.5),
    "California alone": record(jurisdiction="CA", credit_left_at=0.25),
    "California, with facts": record(
        ACME,
        BOLT,
        jurisdiction="US+CA",
        credit_left_at=0.5,
        discount_rate=0.06,
        years=years(2024, 2025, **FACTS, **{"CA minimum tax credit": 700.0, "CA income adjustments": -300.0}),
    ),
    "state tax as it was paid": record(
        jurisdiction="US+CA", years=years(2024, 2024, **{"State income tax": 14_000.0, "Mortgage interest": 20_000.0})
    ),
    "Connecticut": record(ACME, BOLT, jurisdiction="US+CT", credit_left_at=1.0),
    "two companies": record(ACME, BOLT),
    "both spouses": record(ACME, replace(BOLT, holder="spouse"), years=COUPLE, jurisdiction="US+CA"),
    "both spouses at one company": record(
        ACME, replace(RISEN, holder="spouse", values=()), years=COUPLE, credit_left_at=0.3
    ),
    "planned": record(PLANNED, credit_left_at=0.5),
    "risen": record(RISEN, credit_left_at=0.5),
    "exercised early": record(EARLY, credit_left_at=0.5),
    "sold in part": record(SOLD_LATER, years=years(2024, 2026), jurisdiction="US+CA"),
    "granted late": record(GRANTED_LATE, jurisdiction="US+CA", credit_left_at=0.8),
    "an NSO later": record(LATER_NSO, years=years(2024, 2025), jurisdiction="US+CA", credit_left_at=0.5),
    "after other years": record(
        replace(ACME, exercises=(exercise("ES-1", date(2023, 6, 5), 800, 40.0), *ACME.exercises)),
        years=years(2023, 2025, **FACTS),
        jurisdiction="US+CA",
        credit_left_at=0.5,
    ),
    "a plan's value": record(years=years(2024, 2025), values={2025: 47.5}),
}


def shown(filled, rows, codes):
    """What a block of ways shows, by the name of the way: each figure, None for a blank."""

    def of(column, row):
        value = filled["Sales", f"{column}{row}"]
        return None if value in ("", None) else value

    found = {}
    for row in rows[1:]:
        if of("D", row) is not None:
            found[filled["Sales", f"A{row}"]] = {
                "price": of("B", row),
                "tax": of("D", row),
                "tax later": of("E", row),
                "after tax": of("F", row),
                "AMT undone": of("G", row),
                "credit given up": of("H", row),
                "credit left": of("I", row),
                "break-even": of("J", row),
                "undone, state": of("K", row) if len(codes) > 1 else 0.0,
                "given up, state": of("L", row) if len(codes) > 1 else 0.0,
            }
    return found


def expected(lot, codes):
    """The same of the report."""
    return {
        way.name: {
            "price": way.sales[0].price,
            "tax": way.tax_added[2024],
            "tax later": sum(way.tax_added.values()) - way.tax_added[2024],
            "after tax": way.after_tax,
            "AMT undone": sum(way.amt_undone.values()),
            "credit given up": sum(way.credit_given_up.values()),
            "credit left": sum(way.credit_left.values()),
            "break-even": way.break_even,
            "undone, state": way.amt_undone[codes[-1]] if len(codes) > 1 else 0.0,
            "given up, state": way.credit_given_up[codes[-1]] if len(codes) > 1 else 0.0,
        }
        for way in lot.ways
    }


def prices_of(plain):
    """The newest value of each company."""
    return {one.company: one.values[-1].price for one in plain.holdings if one.values}


def at_the_newest(plain):
    """The newest values, typed in as what a buyer pays; companies stand in the order of their lots."""
    return {("December_prices", place): price for place, price in enumerate(prices_of(plain).values())}


def assert_alike(filled, report):
    """Every figure of every lot, and of all lots of a company, is the report's to the cent."""
    codes = list(report.amt)
    alone = [lot for lot in report.lots if lot.strike is not None]
    joint = {lot.holding: lot for lot in report.lots if lot.strike is None}
    assert alone
    for place, lot in enumerate(alone):
        rows = at.rows_of_lot(place)
        assert filled["Sales", f"A{rows[0]}"].startswith(f"{lot.label}: ")
        of_cells, of_report = shown(filled, rows, codes), expected(lot, codes)
        assert of_cells.keys() == of_report.keys()
        for name, figures in of_report.items():
            assert of_cells[name] == pytest.approx(figures, abs=A_CENT), (lot.label, name)
    for place, row in enumerate(at.PRICES):
        company = filled["Sales", f"A{row}"]
        of_cells = shown(filled, at.rows_of_company(place), codes)
        of_report = expected(joint[company], codes) if company in joint else {}
        assert of_cells.keys() == of_report.keys()
        for name, figures in of_report.items():
            assert of_cells[name] == pytest.approx(figures, abs=A_CENT), (company, name)


@pytest.mark.parametrize("name", RECORDS)
def test_the_figures_are_those_of_the_report(name):
    """At the newest values, typed in as prices, the table says what the command says at these prices."""
    plain = RECORDS[name]
    assert_alike(Filled(plain, at_the_newest(plain)), report_december(plain, Asked(2024, prices_of(plain))))


def test_the_worked_figures():
    """Single, wages of 200,000: 5,000 shares at 2, exercised at 42, now 30; the credit left is worth half."""
    filled = Filled(RECORDS["the worked example"], {"December_prices": 30.0})
    of_ways = shown(filled, at.rows_of_lot(0), ["US"])
    assert of_ways["sell by December 31"]["tax"] == pytest.approx(46_726.25, abs=A_CENT)
    assert of_ways["hold"]["tax"] == pytest.approx(45_813.50, abs=A_CENT)
    assert of_ways["hold"]["break-even"] == pytest.approx(27.21, abs=A_CENT)
    assert filled["December_answer"].endswith("AMT of 2024 with all shares held: federal $45,813.50.")
    assert filled["Sales", f"H{at.LOTS[0]}"] == 45_784  # May 7, 2025


@pytest.mark.parametrize(("worth", "price"), [(0, 29.10), (1, 24.97)])
def test_the_worth_of_the_credit_is_an_input(worth, price):
    """What is typed over the plan's worth holds."""
    filled = Filled(RECORDS["the worked example"], {"December_credit_left_at": worth, "December_prices": 30.0})
    assert shown(filled, at.rows_of_lot(0), ["US"])["hold"]["break-even"] == pytest.approx(price, abs=A_CENT)


def test_prices_that_are_typed_in_are_those_of_the_command():
    """A price now and a later one of each of two companies."""
    plain = RECORDS["two companies"]
    typed = at_the_newest(plain) | {
        ("December_prices", 0): 26.0,
        ("December_later_prices", 0): 35.0,
        ("December_later_prices", 1): 12.0,
    }
    asked = Asked(2024, {"Acme": 26.0, "Bolt": 9.0}, {"Acme": 35.0, "Bolt": 12.0})
    assert_alike(Filled(plain, typed), report_december(plain, asked))


def test_no_sale_is_shown_without_a_market():
    """Before a price is typed in, nobody buys the shares, whatever they were appraised at."""
    plain = RECORDS["the worked example"]
    filled = Filled(plain)
    assert_alike(filled, report_december(plain, Asked(2024, later_prices={"Acme": 30.0})))
    assert filled["Sales", f"F{at.PRICES[0]}"].startswith("No market: no sale by December 31 is shown")


def test_what_would_make_it_a_wash_sale():
    """Below the value at exercise, with another exercise within 30 days; not where the price has risen."""
    filled = Filled(record(PLANNED), {"December_prices": 30.0})
    assert filled["Sales", f"K{at.LOTS[0]}"].startswith("ES-1 / 2024-12-09")
    assert filled["Sales", f"K{at.LOTS[1]}"] == "no loss at this price"
    assert filled["Sales", f"B{at.LOTS[1]}"] == "planned"
    assert Filled(record())["Sales", f"K{at.LOTS[0]}"] == "none in the record"


def test_a_year_without_lots_says_so():
    """The table is there all the same, folded, so that an update finds its place."""
    filled = Filled(record(replace(ACME, exercises=())))
    assert filled["December_answer"].startswith("No ISO shares exercised in 2024 are held at its end")
    sheet = filled.workbook["Sales"]
    assert all(sheet.row_dimensions[row].hidden for row in range(at.PRICES_HEAD, at.LAST_ROW + 1))
    assert not any(shown(filled, at.rows_of_lot(place), ["US"]) for place in range(at.LOTS_SHOWN))


def test_more_lots_than_are_shown():
    """Fourteen exercises: ten of them, and a sentence."""
    days = [date(2024, 3, number) for number in range(1, 15)]
    many = replace(ACME, exercises=tuple(exercise("ES-1", day, 100, 42.0) for day in days))
    filled = Filled(record(many))
    assert filled["Sales", f"A{at.MORE_ROW}"] == "4 more: xl-amt december shows them."
    assert filled["Sales", f"A{at.LOTS[-1]}"] == "ES-1 / 2024-03-10"


def test_law_that_is_not_held_leaves_the_workbook_whole():
    """Minnesota's minimum tax of 2025 is not held: what needs it is n/a, and all else stands."""
    filled = Filled(record(jurisdiction="US+MN"), {"December_prices": 30.0})
    assert filled["Sales", f"F{at.rows_of_lot(0)[1]}"] == "n/a"


def test_where_the_table_stands():
    """Adding lots and companies moves nothing; the table of sales follows beneath, and is the last on the sheet."""
    places = set()
    for plain in (record(replace(ACME, exercises=())), record(), record(ACME, BOLT), record(RISEN)):
        names = build_workbook(book_of(plain)).defined_names
        places.add(tuple(names[name].attr_text for name in ("December_block", "December_years_block", "Sale_price")))
    assert len({place[:2] for place in places}) == 1


def test_an_update_fills_the_table_and_keeps_what_was_typed():
    """Another exercise comes in: its lot stands there with its figures; the advisor's price and worth are theirs."""
    before, after = record(ACME), record(PLANNED)
    first, second = book_of(before), book_of(after)
    book = Book(filled_package(build_workbook(first)), "mara.xlsx")
    edits = Edits(book)
    for name, value in {"December_credit_left_at": 0.75, "December_prices": 26.0}.items():
        region = book.region(name)
        cell = book.sheet(region.sheet).cell(region.area[:2])
        edits.overwrite(region.sheet, region.area[:2], value, cell.element.attributes.get("s"))
    typed = edits.after()
    assert record_in(typed) == record_in(book)
    written = Book(rewritten(typed, first, second), "mara.xlsx")
    asked = Asked(2024, {"Acme": 26.0}, {"Acme": 26.0}, credit_left_at=0.75)
    assert_alike(_InTheFile(written), report_december(after, asked))
    sheet = written.sheet("Sales")
    assert not sheet.rows[at.rows_of_lot(1)[0]].element.attributes.get("hidden")


def test_the_sales_beneath_grow_and_read_back():
    """More sales than there are spare rows: the table grows downward, and December's stands where it stood."""
    before = record(SOLD_LATER, years=years(2024, 2026))
    more = tuple(Sale(day=date(2024, 8, number), shares=10, price=41.0) for number in range(1, 10))
    after = replace(before, holdings=(replace(SOLD_LATER, sales=(*SOLD_LATER.sales, *more)),))
    book = Book(filled_package(build_workbook(book_of(before))), "mara.xlsx")
    written = Book(rewritten(book, book_of(before), book_of(after)), "mara.xlsx")
    assert record_in(written) == after
    assert written.region("December_block") == book.region("December_block")
    own, grown = book.region("Sales_table").area, written.region("Sales_table").area
    assert (own.row, grown.last_row > own.last_row) == (grown.row, True)
    assert_alike(_InTheFile(written), report_december(after, Asked(2024, later_prices=prices_of(after))))


class _InTheFile:
    """The values of a workbook's file, by sheet and address."""

    def __init__(self, book):
        self.book = book

    def __getitem__(self, where):
        sheet, cell = where
        row, column = coordinate_to_tuple(cell)
        return self.book.value(sheet, (row, column))
