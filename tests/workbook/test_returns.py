"""Every figure of tax by year is the same by the sheet Returns as by the engine that follows the record itself."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.hosts.libreoffice import uses_libreoffice
from tests.workbook.held_records import ISO, NSO, ONE_ISO, RECORDS, RSU, exercise, holding, record, sale, year
from tests.workbook.returns import Returns, difference, sheet_of
from xl_amt.client.year_asked import year_asked
from xl_amt.errors import AmtError
from xl_amt.hosts.libreoffice.headless import recalculate
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.jobs.years_report import report_years
from xl_amt.law import register_law_book
from xl_amt.workbook import build_workbook
from xl_amt.workbook.save import save_workbook
from xl_amt.workbook.sheets import return_rows, returns

EVERY = pytest.mark.parametrize("name", RECORDS)


@EVERY
def test_the_sheet_has_the_figures_of_the_engine(name):
    """Regular tax, AMT, credit used, earned and carried, losses and total, of every year and jurisdiction."""
    assert difference(sheet_of(name)) == {}


def test_a_law_book_is_asked_by_its_name(tmp_path):
    """A book of federal law changes the federal figures, and is not asked of the state."""
    path = tmp_path / "bill.toml"
    path.write_text('[amt.2026]\nexemption = { single = 50_000 }\nsource = "H.R. 1234, section 5"\n', "utf-8")
    register_law_book("Returns bill", path)
    asked = RECORDS["California"]
    by_the_book = replace(asked, client=replace(asked.client, law_book="Returns bill"))
    sheet = Returns(by_the_book)
    assert (sheet.named("US_law_asked"), sheet.named("CA_law_asked")) == ("US: Returns bill", "CA")
    assert sheet.named("Jurisdiction_asked") == "US+CA: Returns bill"
    assert (sheet.named("First_asked"), sheet.named("Second_asked")) == ("US: Returns bill", "CA")
    assert difference(sheet) == {}
    assert report_years(by_the_book).figures[2026]["AMT"] > report_years(asked).figures[2026]["AMT"] + 1_000


def test_what_is_asked_of_a_year():
    """The names of the asked year: its wages with those of options, its spread done so far, and its facts."""
    sheet = sheet_of("California")
    asked = year_asked(RECORDS["California"])
    assert sheet.named("Wages") == sheet.of(return_rows.INCOME, asked)
    assert sheet.named("Used") == sheet.of(return_rows.DONE, asked)
    assert sheet.of(return_rows.DONE, 2024) == 6_000 * 7.0
    assert [sheet.named(name) for name in ("Filing_status", "Tax_year", "Year_asked")] == ["Single", asked, asked]
    names, amounts = ([cell for row in sheet.cells(name) for cell in row] for name in ("Fact_labels", "Fact_amounts"))
    assert dict(zip(names, amounts, strict=True)) == dict(
        zip(*sheet.arguments("CA", asked, spread=False)[3:5], strict=True)
    )
    assert sheet.cells("Federal_labels")[-1] == ["Minimum tax credit"]


def test_the_arguments_of_a_years_column():
    """What other sheets ask a year with is what this sheet's own rows give."""
    book = book_of(RECORDS["California"])
    rows = returns.rows_of(book)
    asked = returns.arguments(book, "F", "CA").split(",")
    assert asked[:4] == [
        f"Returns!F${row}"
        for row in (rows[return_rows.INCOME], rows[return_rows.STATUS_ASKED], 5, rows[return_rows.SPREAD])
    ]
    assert asked[4:] == [
        "Fact_labels",
        f"Returns!F${rows['State income tax']}:F${rows['CA minimum tax credit']}",
        "CA_law_asked",
    ]
    assert {name: rows[name] for name in ("ISO spread", "Minimum tax credit")} == {
        name: returns.ROWS[name] for name in ("ISO spread", "Minimum tax credit")
    }


def test_done_and_planned_apart():
    """A planned exercise is in the year's spread, and has used none of the room."""
    sheet = sheet_of("every kind of award and sale")
    spread = [sheet.of(name, 2026) for name in (return_rows.DONE, return_rows.PLANNED, return_rows.SPREAD)]
    assert spread == [0.0, 2_500 * 20.0, 2_500 * 20.0]
    unlisted = sheet_of("what later years state and repeat")
    done = [unlisted.of(name, 2025) for name in (return_rows.LISTED, return_rows.NOT_LISTED, return_rows.DONE)]
    assert done == [3_000 * 12.0, 25_000.0, 61_000.0]


def test_what_follows_and_is_entered_all_the_same():
    """A credit or a loss that the year before leaves is not taken from the entry, and is counted."""
    asked = record(year(2026, "single", 90_000.0), year(2027, Minimum_tax_credit=500.0, Long_term_loss_carryover=1.0))
    assert book_of(asked).notes[0].startswith("facts: 2027 gives a loss carryover or a minimum tax credit")
    sheet = Returns(asked)
    assert [sheet.of(return_rows.TWICE, number) for number in (2026, 2027)] == [0, 2]
    assert sheet.of("Minimum tax credit", 2027) == 0.0


def test_a_record_that_cannot_be_followed_has_no_shares():
    """The sentence is a note; the sheets of lots and gains are left out, and the years are asked without equity."""
    asked = record(year(2026, None, 90_000.0), holdings=(ONE_ISO,))
    book = book_of(asked)
    assert (book.lots, book.sold) == ((), ())
    assert book.notes == ("2026: its status is not known; enter it, since no earlier year states it.",)
    sheet = Returns(asked)
    assert "Gains" not in sheet.workbook.sheetnames
    assert {value for row in sheet.cells("Lot_name") for value in row} <= {"", None}
    assert (sheet.of(return_rows.STATUS, 2026), sheet.of(return_rows.STATUS_ASKED, 2026)) == ("", "Single")
    assert (sheet.of(return_rows.INCOME, 2026), sheet.of(return_rows.SPREAD, 2026)) == (90_000.0, 0.0)


def test_rows_for_nobody_are_folded():
    """Only what the client states, or its shares bring, is seen; all of it is there."""
    sheet = sheet_of("one year")
    hidden = {name for name, row in sheet.rows.items() if sheet.workbook["Returns"].row_dimensions[row].hidden}
    assert {"Mortgage interest", "Short-term capital gain", return_rows.SALE_WAGES} <= hidden
    assert not {"Interest", "Minimum tax credit", "Medicare wages", return_rows.SPREAD} & hidden


@uses_libreoffice
@pytest.mark.parametrize("name", ["California", "shares bought back", "a spouse's options on a single return"])
def test_libreoffice_calculates_the_same(name, libreoffice_profile, tmp_path):
    """Every formula of the three sheets, recalculated, gives its filled value."""
    path = tmp_path / "client.xlsx"
    save_workbook(build_workbook(book_of(RECORDS[name])), path)
    copy = recalculate(path, tmp_path / "out", libreoffice_profile)
    formulas, filled, again = (
        openpyxl.load_workbook(one, data_only=values) for one, values in ((path, False), (path, True), (copy, True))
    )
    for sheet in {"Lots", "Gains", "Returns"} & set(formulas.sheetnames):
        cells = [cell for row in formulas[sheet].iter_rows() for cell in row if cell.data_type == "f"]
        assert cells
        for cell in cells:
            own, other = (book[sheet][cell.coordinate].value for book in (filled, again))
            if isinstance(own, int | float):
                assert other == pytest.approx(own, rel=1e-9, abs=1e-6), cell
            else:
                assert (other or "") == (own or ""), cell


STATED = {
    "Interest": st.integers(0, 40_000),
    "Long-term capital gain": st.integers(-60_000, 90_000),
    "AMT long-term capital gain": st.integers(-60_000, 90_000),
    "Short-term capital gain": st.integers(-20_000, 20_000),
    "Medicare wages": st.integers(0, 400_000),
    "Other income": st.integers(-20_000, 20_000),
    "Mortgage interest": st.integers(0, 40_000),
    "Foreign tax credit": st.integers(0, 500),
    "AMT foreign tax credit": st.integers(0, 500),
    "Age": st.sampled_from((40, 63, 64, 70)),
    "Blind": st.sampled_from((0, 1)),
    "Children under 17": st.sampled_from((0, 2)),
    "State income tax": st.integers(0, 30_000),
    "Deduction": st.sampled_from(("larger", "standard", "itemized")),
}
OF_THE_FIRST = {
    "Minimum tax credit": st.integers(0, 60_000),
    "Long-term loss carryover": st.integers(0, 40_000),
    "AMT short-term loss carryover": st.integers(0, 40_000),
    "Gift carryover": st.integers(0, 3_000),
}


@st.composite
def records(draw):
    """A record of up to four years, with exercises and sales of all kinds, that mostly can be followed."""
    first = draw(st.integers(2024, 2026))
    count = draw(st.integers(1, 4))
    stated = [
        draw(st.fixed_dictionaries({}, optional=STATED | (OF_THE_FIRST if place == 0 else {})))
        for place in range(count)
    ]
    years = [
        replace(
            year(
                first + place,
                draw(st.sampled_from(("single", "mfj", "hoh") if place == 0 else (None, None, "mfj"))),
                draw(st.one_of(*([] if place == 0 else [st.none()]), st.integers(0, 500_000).map(float))),
                draw(st.sampled_from((None, 30_000.0))),
            ),
            facts={name: fact if isinstance(fact, str) else float(fact) for name, fact in facts.items()},
        )
        for place, facts in enumerate(stated)
    ]
    days = st.dates(date(first, 1, 1), date(first + count - 1, 12, 31))
    exercises = tuple(
        exercise(draw(st.sampled_from(("ES-1", "NS-1"))), day, draw(st.integers(1, 1_500)),
                 float(draw(st.integers(1, 40))), status=draw(st.sampled_from(("done", "planned"))))
        for day in draw(st.lists(days, max_size=3))
    )  # fmt: skip
    sales = tuple(
        sale(day, draw(st.integers(1, 300)), float(draw(st.integers(1, 60))), loss_allowed=draw(st.booleans()))
        for day in draw(st.lists(days, max_size=3))
    )
    held = holding(ISO, NSO, *draw(st.sampled_from(((), (RSU,)))), exercises=exercises, sales=sales,
                   holder=draw(st.sampled_from(("client", "client", "spouse"))))  # fmt: skip
    return record(*years, jurisdiction=draw(st.sampled_from(("US", "US+CA", "US+CT", "CA"))), holdings=(held,),
                  growth=draw(st.sampled_from((None, 0.03))))  # fmt: skip


@settings(max_examples=20, deadline=None)
@given(records())
def test_any_record_has_the_figures_of_the_engine(drawn):
    """Whatever is stated, repeated, exercised and sold, wherever the engine follows it: all, and what is done alone."""
    try:
        report_years(drawn)
        report_years(drawn, planned=False)  # a sale that is done cannot be of shares that are only planned
    except AmtError:
        assume(False)
    assert difference(Returns(drawn)) == {}
