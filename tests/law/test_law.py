"""The law files: whole, in order, with a source for every number, and as they are published."""

import re
from importlib.resources import files
from itertools import pairwise, product
from typing import get_args

import pytest

from tests.law.reference import STATUSES, YEARS, tables
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law import Status, enacted, federal_law, jurisdictions, look_up, parameters, read_status
from xl_amt.law.status import STATUSES as STATUS_NAMES
from xl_amt.worksheet import answer, call

BOOK = enacted("US")
BOOKS = {code: enacted(code) for code in jurisdictions()}
BLOCKS = [
    (book, group, year, block)
    for book in BOOKS.values()
    for group, blocks in book.groups.items()
    for year, block in blocks.items()
]
PROJECTED = range(BOOK.verified_through + 1, BOOK.last_year + 1)
EVERY_YEAR = (*YEARS, *PROJECTED)
ENACTED_LAW = list(product(YEARS, STATUSES))
EVERY_LAW = list(product(EVERY_YEAR, STATUSES))
PAGE = re.compile(
    r"IRC \d+[A-Z]?|P\.L\. \d+-\d+|Rev\. Proc\. \d{4}-\d+"
    r"|R&TC \d+(?:\.\d+)?|FTB Pub\. \d+|18 CCR \d+-\d+"  # California
    r"|C\.R\.S\. 39-22-\d+|C\.G\.S\. 12-\d+a?|Minn\. Stat\. 290\.\d+"  # Colorado, Connecticut, Minnesota
    r"|20 NYCRR \d+\.\d+|TSB-M-\d+\(\d+\)I|N\.J\.A\.C\. \d+:\d+-\d+\.\d+"
)
PROJECTION = "projected from the C-CPI-U of 2026 (estimated at 182.80) at 2.50% inflation a year"
STATUTE = re.compile(r"IRC \d+[A-Z]?(\([\dA-Za-z]+\))*|P\.L\. \d+-\d+(, Division [A-Z]+)?, \d+")

# The parameters that are not law in every year, and the years of each
ONLY_IN = (
    {
        f"State and local tax {number}": range(2025, 2030)
        for number in ("phase-down start", "phase-down rate", "least limit")
    }
    | {f"Senior deduction{number}": range(2025, 2029) for number in ("", " phase-out start", " phase-out rate")}
    | {
        f"{deduction} {number}": range(2025, 2029)
        for deduction in ("Tips deduction", "Overtime deduction")
        for number in ("limit", "phase-out start")
    }
    | {f"Car loan interest {number}": range(2025, 2029) for number in ("deduction limit", "phase-out start")}
    | {"Gifts without itemizing limit": (2020, 2021, *range(2026, 2037))}
)

# The blocks that a statute itself ends, or begins after the last enacted year
ENDS = {
    ("gifts_without_itemizing", 2020): 2020,
    ("gifts_without_itemizing", 2021): 2021,
    ("enlarged_child_tax_credit", 2021): 2021,
    ("senior_deduction", 2025): 2028,
    ("tips_deduction", 2025): 2028,
    ("overtime_deduction", 2025): 2028,
    ("car_loan_interest_deduction", 2025): 2028,
    ("normal_tax", 2025): 2025,  # Colorado's rate of 2026 is not confirmed
    ("deduction_limit", 2023): 2025,
    ("amt_exemption", 2024): 2024,  # nor is Minnesota's exemption of 2025
}
BEGINS_LATER = {("state_and_local_taxes", 2030)}

# The numbers that only some blocks of a group have
PHASE_DOWN = {"phase_down_start", "phase_down_rate", "least"}
OF_SOME_BLOCKS = {
    ("state_and_local_taxes", 2025): PHASE_DOWN,
    ("state_and_local_taxes", 2026): PHASE_DOWN,
    ("gifts", 2020): {"qualified_contributions", "carryover_limit"},
    ("gifts", 2026): {"floor_reaches_carryover"},
    **{("deduction_reduction", year): {"second_start", "second_rate", "whole_from"} for year in range(2023, 2027)},
} | {block: {"ends"} for block in ENDS}


def names(blocks):
    """The name of each block as it stands in the file."""
    return [f"{book.jurisdiction}, {group}.{year}" for book, group, year, _ in blocks]


def test_every_law_file_is_tested():
    """These are all the law files there are, each of the jurisdiction that its name says."""
    stems = {path.name.removesuffix(".toml") for path in files("xl_amt.law").iterdir() if path.name.endswith(".toml")}
    assert stems - {"price_indexes"} == {code.lower() for code in BOOKS}
    assert all(book.jurisdiction == code for code, book in BOOKS.items())


def test_years_and_statuses():
    """The tests go through all years and statuses that the book holds."""
    assert (YEARS[0], YEARS[-1]) == (BOOK.first_year, BOOK.verified_through)
    assert set(STATUSES) == set(get_args(Status)) == set(STATUS_NAMES)


def test_groups():
    """A group that is set every year has a block for each; any other starts in a year that the book holds."""
    for book in BOOKS.values():
        for group, blocks in book.groups.items():
            if group in book.yearly:
                assert list(blocks) == list(range(book.first_year, book.verified_through + 1)), group
            else:
                assert blocks
                assert list(blocks) == sorted(blocks), group
                assert {(group, year) for year in blocks if year not in YEARS} <= BEGINS_LATER, group
        assert set(book.groups) >= set(book.yearly)


def test_what_a_statute_ends_or_begins():
    """The blocks that end are those that the statute ends, and it begins one after the last enacted year."""
    assert {(group, year): block["ends"] for _, group, year, block in BLOCKS if "ends" in block} == ENDS
    assert {(group, year) for book, group, year, _ in BLOCKS if year > book.verified_through} == BEGINS_LATER
    for book, group, year, block in BLOCKS:
        if "ends" in block:
            last = ENDS[group, year]
            assert book.block(group, year) is not None
            assert book.block(group, last) is not None
            following = book.block(group, last + 1)
            assert following is None or following == book.groups[group][last + 1]


@pytest.mark.parametrize(("book", "group", "year", "block"), BLOCKS, ids=names(BLOCKS))
def test_block_is_whole(book, group, year, block):
    """Each number of a block holds for all five statuses, and has the names of the group's other years."""
    of_every_block = set(book.groups[group][min(book.groups[group])]) - {"ends"}
    assert set(block) == of_every_block | OF_SOME_BLOCKS.get((group, year), set()), f"{group}.{year}"
    by_status = [value for value in block.values() if isinstance(value, dict)]
    assert all(set(value) == set(STATUSES) for value in by_status)
    if group == "ordinary_brackets":
        assert set(block) == {*STATUSES, "source"}


@pytest.mark.parametrize(("book", "group", "year", "block"), BLOCKS, ids=names(BLOCKS))
def test_block_names_its_source(book, group, year, block):
    """A source begins with a page or a section of a statute, and the file has the address of all that it names."""
    source = block["source"]
    on_page = [page for page in book.pages if re.match(rf"{re.escape(page)}(?![\d-])", source)]
    assert on_page or STATUTE.match(source), f"{group}.{year}"
    assert set(PAGE.findall(source)) <= set(book.pages)


@pytest.mark.parametrize("code", BOOKS)
def test_pages(code):
    """Every page has an address, and some number comes from it."""
    book = BOOKS[code]
    named = {page for other, _, _, block in BLOCKS if other is book for page in PAGE.findall(block["source"])}
    assert named == set(book.pages)
    for page, address in book.pages.items():
        assert address.startswith("https://")
        numbers = re.findall(r"\d+", page.removeprefix("Rev. Proc. 20"))
        assert re.fullmatch(rf".*\D{numbers[-1]}\D*", address), page
        assert all(number in address for number in numbers), page


def test_revenue_procedure_of_each_year():
    """What is set again every year comes, after 2018, from the Revenue Procedure of the year before."""
    for group in BOOK.yearly:
        for year in YEARS[1:]:
            assert f"Rev. Proc. {year - 1}-" in BOOK.groups[group][year]["source"], f"{group}.{year}"


@pytest.mark.parametrize(("year", "status"), EVERY_LAW)
def test_brackets_rise(year, status):
    """Brackets and their rates rise, and so does the tax at the foot of each."""
    rates = federal_law(year, status).ordinary_rates
    assert len(rates.starts) == len(rates.rates) == len(rates.bases) == 7
    for rising in (rates.starts, rates.rates, rates.bases):
        assert all(lower < higher for lower, higher in pairwise(rising))


@pytest.mark.parametrize(("year", "status"), ENACTED_LAW)
def test_tables_as_published(year, status):
    """Every number of the yearly tables, the printed tax at the foot of each bracket among them."""
    law, printed = federal_law(year, status), tables(year, status)
    assert list(law.ordinary_rates.starts) == printed.over
    assert list(law.ordinary_rates.bases) == [float(tax) for tax in printed.plus]
    assert law.standard_deduction == printed.standard_deduction
    assert law.additional_standard_deduction == printed.aged_or_blind
    assert law.zero_rate_top == printed.maximum_zero_rate
    assert law.middle_rate_top == printed.maximum_15_percent_rate
    assert law.exemption == printed.exemption
    assert law.phase_out_start == printed.phase_out_from
    assert law.phase_out_rate == printed.phase_out_rate
    assert law.high_rate_start == printed.rate_28_from


@pytest.mark.parametrize(("year", "status"), ENACTED_LAW)
def test_exemption_is_gone_where_published(year, status):
    """The income at which the exemption reaches zero is computed, and is the published one."""
    gone = tables(year, status).exemption_gone
    assert call("AMT_LAW", "AMT exemption gone", status, year) == gone
    assert call("AMT_EXEMPTION", [gone - 4, gone, gone + 1_000], status, year) == [
        4 * federal_law(year, status).phase_out_rate,
        0.0,
        0.0,
    ]


@pytest.mark.parametrize("year", EVERY_YEAR)
def test_statuses_among_each_other(year):
    """A surviving spouse has the joint table; a separate filer has half of it where the Code says so."""
    single, joint, separate, surviving = (federal_law(year, status) for status in ("single", "mfj", "mfs", "qss"))
    for name in ("standard_deduction", "zero_rate_top", "middle_rate_top", "exemption", "phase_out_start"):
        assert getattr(surviving, name) == getattr(joint, name)
    assert surviving.ordinary_rates.starts == joint.ordinary_rates.starts
    for name in ("exemption", "high_rate_start", "phase_out_start", "capital_loss_limit"):
        assert getattr(separate, name) == getattr(joint, name) / 2
    assert surviving.state_and_local_taxes == joint.state_and_local_taxes == single.state_and_local_taxes
    assert separate.state_and_local_taxes == tuple(number / 2 for number in joint.state_and_local_taxes)
    assert separate.ordinary_rates.starts == tuple(start / 2 for start in joint.ordinary_rates.starts)
    assert separate.ordinary_rates.starts[:-1] == single.ordinary_rates.starts[:-1]


@pytest.mark.parametrize("parameter", parameters(), ids=lambda parameter: parameter.name)
def test_parameter(parameter):
    """AMT_LAW gives every parameter for every year and status with its source, or says that it is no law then."""
    for year, status in EVERY_LAW:
        arguments = (parameter.name, status, year)
        if year in ONLY_IN.get(parameter.name, EVERY_YEAR):
            number = call("AMT_LAW", *arguments)
            assert isinstance(number, float)
            assert 0.0 <= number <= (1.0 if parameter.unit.startswith("fraction") else 2_000_000.0)
            source = call("AMT_LAW_SOURCE", *arguments)
            assert STATUTE.search(source) or "Rev. Proc." in source or (year in PROJECTED and PROJECTION in source)
        else:
            for function in ("AMT_LAW", "AMT_LAW_SOURCE"):
                with pytest.raises(NotHeldError) as refusal:
                    call(function, *arguments)
                assert str(refusal.value) == (
                    f"parameter: '{parameter.name}' is not part of the law of {year} for {STATUS_NAMES[status]}."
                )


def test_parameters_by_other_spellings():
    """Case, spaces, punctuation and a leading AMT in a parameter's name do not matter."""
    exemption = look_up("AMT exemption", "single", 2026)
    assert look_up("amt_EXEMPTION", "single", 2026) == exemption
    assert look_up("exemption", "single", 2026) == exemption
    assert look_up("28% rate start", "single", 2026).value == 244_500


def test_unknown_parameter():
    """An unknown parameter is refused, naming the nearest one."""
    with pytest.raises(ArgumentError) as refusal:
        look_up("standard deducton", "single", 2026)
    assert str(refusal.value) == (
        "parameter: 'standard deducton' is not a number of the law; did you mean 'Standard deduction'?"
    )


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        (2017, "year: 2017 is before 2018, the first tax year that xl-amt covers."),
        (2037, "year: 2037 is after 2036, the last tax year that is projected."),
    ],
)
def test_years_that_are_not_held(year, sentence):
    """No law is guessed for a year that the book neither holds nor projects."""
    for ask in (lambda: federal_law(year, "single"), lambda: look_up("AMT exemption", "single", year)):
        with pytest.raises(NotHeldError) as refusal:
            ask()
        assert str(refusal.value) == sentence


SPELLINGS = {
    "single": ("single", "Single", "S", " s ", "SINGLE", "Unmarried"),
    "mfj": (
        "mfj", "MFJ", "M.F.J.", "joint", "Jointly", "Married, joint", "Married filing jointly",
        "MARRIED FILING JOINT", "married-filing-jointly", "married_filing_jointly",
    ),
    "mfs": ("mfs", "MFS", "separate", "Separately", "Married separate", "Married filing separately"),
    "hoh": ("hoh", "HoH", "H.O.H.", "Head", "Head of household", "head_of_household"),
    "qss": (
        "qss", "QSS", "qw", "widow", "Widower", "Surviving spouse", "Qualifying surviving spouse",
        "Qualifying widow(er)", "Qualifying widow/widower",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("spelling", "status"), [(spelling, status) for status, spellings in SPELLINGS.items() for spelling in spellings]
)
def test_status_spellings(spelling, status):
    """A status may be spelled as people do, in any case, with spaces and punctuation."""
    assert read_status(spelling) == status
    assert call("AMT_LAW", "AMT exemption", spelling, 2024) == federal_law(2024, status).exemption


@pytest.mark.parametrize("spelling", ["married", "Married", "MARRIED."])
def test_married_is_asked_back(spelling):
    """The word alone is joint or separate, in a cell and in a column, and is taken for neither."""
    sentence = f"status: '{spelling}' is joint or separate; use mfj or mfs."
    with pytest.raises(ArgumentError) as refusal:
        read_status(spelling)
    assert str(refusal.value) == sentence
    assert {str(error) for error in answer("AMT_ROOM", [150_000] * 40, spelling, 2024)} == {sentence}


@pytest.mark.parametrize("spelling", ["NR", "NRA", "Nonresident alien", "non-resident", "Dual-status alien"])
def test_a_nonresident_is_refused(spelling):
    """A nonresident's return is no status of Form 1040, and the sentence says what to do."""
    with pytest.raises(NotHeldError, match=r"a nonresident's return \(Form 1040-NR\).*use tax return software"):
        read_status(spelling)


@pytest.mark.parametrize("spelling", ["singel", "m", "head of state", "1", "married filing", "-"])
def test_unknown_status(spelling):
    """Another word is refused, naming the five statuses; nothing near is taken for one of them."""
    with pytest.raises(ArgumentError) as refusal:
        read_status(spelling)
    assert str(refusal.value) == (f"status: '{spelling}' is not a filing status; use single, mfj, mfs, hoh or qss.")
