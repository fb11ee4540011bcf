"""A firm's own law book, laid over the enacted law: registered by name in a configuration file, named in a cell."""

import pytest

from xl_amt.errors import AmtError, ArgumentError, FileError, NoAnswerError, NotHeldError
from xl_amt.law import Jurisdiction, book, books, enacted, estimated_tax, law_book, look_up, register_law_book
from xl_amt.worksheet import answer, call

BILL = """
inflation = 0.04

[amt.2026]
exemption = { single = 100_000, hoh = 100_000 }
source = "H.R. 1234, section 5"

[amt_phase_out.2026]
rate = 0.25
source = "H.R. 1234, section 6"
"""
HOUSEHOLD = (150_000, "single", 2026)


def forget():
    """Forget every book and configuration that was read; what was made of them rests on their contents."""
    books._registered.clear()
    books._spelled.clear()
    books.configuration.cache_clear()


@pytest.fixture
def configure(tmp_path, monkeypatch):
    """A function that writes a configuration file and law books beside it, and makes them the user's."""

    def write(configuration, **law_books):
        for name, text in law_books.items():
            (tmp_path / f"{name}.toml").write_text(text, "utf-8")
        path = tmp_path / "config.toml"
        path.write_text(configuration, "utf-8")
        monkeypatch.setenv("XL_AMT_CONFIG", str(path))
        forget()

    yield write
    forget()


@pytest.fixture
def bill(configure):
    """A registered book named "Senate bill"."""
    configure('[law_books]\n"Senate bill" = "bill.toml"', bill=BILL)


def room(jurisdiction=None):
    """The room of one household under a law."""
    return call("AMT_ROOM", *HOUSEHOLD, None, None, jurisdiction)


@pytest.mark.usefixtures("bill")
def test_a_cell_names_a_book():
    """9,900 more of exemption is 9,900 more of room, inside the 26% bracket and below the phase-out."""
    assert room("US: Senate bill") == pytest.approx(room() + 9_900)


@pytest.mark.usefixtures("bill")
@pytest.mark.parametrize("name", ["US: Senate bill", "us:senate BILL", " US :  Senate-Bill ", "US: SENATE_BILL"])
def test_spellings_of_a_name(name):
    """Case, spaces and punctuation of a book's name do not matter."""
    assert room(name) == pytest.approx(room() + 9_900)


@pytest.mark.usefixtures("bill")
def test_what_a_book_does_not_change_stays():
    """A book changes the keys and statuses that it names, in that year alone."""
    assert call("AMT_EXEMPTION", 0, "mfj", 2026, "US: Senate bill") == 140_200
    assert call("AMT_EXEMPTION", 0, "hoh", 2026, "US: Senate bill") == 100_000
    assert call("AMT_EXEMPTION", 0, "single", 2025, "US: Senate bill") == 88_100
    assert call("AMT_EXEMPTION", 600_000, "single", 2026, "US: Senate bill") == 100_000 - 0.25 * 100_000
    assert call("AMT_EXEMPTION", 600_000, "single", 2026) == 90_100 - 0.50 * 100_000


def test_a_book_changes_the_law_of_estimated_tax(configure):
    """A book changes parts and installments of estimated tax too; the due dates stay."""
    text = """
[estimated_tax.2026]
last_year_of_high_income = 1.20
installments = [0.10, 0.20, 0.30, 1.00]
source = "A bill"
"""
    configure('[law_books]\n"Senate bill" = "bill.toml"', bill=text)
    taxes = (80_000, 40_000, 180_000, "single", 2026)
    assert call("AMT_SAFE_HARBOR", *taxes, "US: Senate bill") == 48_000
    assert call("AMT_SAFE_HARBOR", *taxes) == 44_000
    changed = estimated_tax.estimated_tax_law(2026, "single", Jurisdiction("US", "Senate bill"))
    assert changed.installments == (0.10, 0.20, 0.30, 1.00)
    assert changed.due_dates == estimated_tax.estimated_tax_law(2026, "single").due_dates


@pytest.mark.usefixtures("bill")
def test_a_book_is_of_federal_law():
    """A firm's book is laid over federal law; naming it after a state is an error."""
    with pytest.raises(ArgumentError, match=r"changes federal law only; use US: Senate bill, or CA alone\.$"):
        call("AMT_SAFE_HARBOR", 80_000, 40_000, 180_000, "single", 2026, "CA: Senate bill")


@pytest.mark.usefixtures("bill")
def test_the_source_is_that_of_the_book():
    """A changed number names the book's own source, any other the enacted one."""
    assert call("AMT_LAW_SOURCE", "AMT exemption", "single", 2026, "US: Senate bill") == "H.R. 1234, section 5"
    assert call("AMT_LAW_SOURCE", "AMT exemption", "single", 2026) == "Rev. Proc. 2025-32, 4.10"
    assert call("AMT_LAW", "AMT exemption gone", "single", 2026, "US: Senate bill") == 500_000 + 100_000 / 0.25


@pytest.mark.usefixtures("bill")
def test_the_inflation_of_a_book():
    """A book's inflation projects later years, and the source says at what rate."""
    source = call("AMT_LAW_SOURCE", "Standard deduction", "single", 2027, "US: Senate bill")
    assert source == "projected from 2026 at 4.00% inflation a year"
    assert call("AMT_LAW", "Standard deduction", "single", 2027, "US: Senate bill") == 16_750  # 16,760 down to 50


@pytest.mark.usefixtures("bill")
def test_a_range_of_laws():
    """A range of jurisdictions compares laws side by side."""
    column = answer("AMT_ROOM", *HOUSEHOLD, None, None, ["US", "US: Senate bill", "US: Senate bil"])
    assert column[1] == pytest.approx(column[0] + 9_900)
    assert isinstance(column[2], ArgumentError)


@pytest.mark.usefixtures("bill")
def test_a_long_column_under_a_book():
    """A column gives under a book what its cells give."""
    incomes = [100_000.0 + 1_000.0 * row for row in range(100)]
    column = call("AMT_ROOM", incomes, "single", 2026, None, None, "US: Senate bill")
    assert column == [call("AMT_ROOM", income, "single", 2026, None, None, "US: Senate bill") for income in incomes]


@pytest.mark.usefixtures("bill")
def test_a_book_that_is_registered_again_counts_at_once(tmp_path):
    """The new contents hold everywhere from the next call on, and the old ones again when they come back."""
    owed = ("AMT_OWED", *HOUSEHOLD, 100_000, None, None, "US: Senate bill")
    exemption = ("AMT_LAW", "AMT exemption", "single", 2026, "US: Senate bill")
    path = tmp_path / "bill.toml"
    before = call(*owed), call(*exemption)
    contents = law_book("Senate bill").contents
    path.write_text(BILL.replace("single = 100_000", "single = 90_000"), "utf-8")
    register_law_book("Senate bill", path)
    assert (call(*owed), call(*exemption)) == (pytest.approx(before[0] + 0.26 * 10_000), 90_000)
    assert law_book("Senate bill").contents != contents
    path.write_text(BILL, "utf-8")
    register_law_book("Senate bill", path)
    assert (call(*owed), call(*exemption)) == before
    assert law_book("senate BILL").contents == contents


def test_laws_of_states_by_name():
    """AMT_LAW and AMT_LAW_SOURCE answer for every jurisdiction held, each by its own names."""
    assert call("AMT_LAW", "Estimated tax least balance", "mfs", 2026, "CA") == 250
    assert call("AMT_LAW", "Estimated tax this year only from", "single", 2026, "CA") == 1_000_000
    assert "R&TC 19136" in call("AMT_LAW_SOURCE", "Estimated tax least balance", "mfs", 2026, "CA")
    assert call("AMT_LAW", "Equity allocation ends with", "single", 2026, "NY") == "vesting"
    assert call("AMT_LAW_SOURCE", "Equity allocation ends with", "single", 2026, "NJ") == "N.J.A.C. 18:35-5.3(a)1"
    with pytest.raises(ArgumentError, match="'AMT 28 % rate start' is not a number of the law"):
        call("AMT_LAW", "AMT 28 % rate start", "single", 2026, "CA")
    with pytest.raises(NotHeldError, match="'Equity allocation ends with' is not part of the law of 2023"):
        call("AMT_LAW", "Equity allocation ends with", "single", 2023, "NJ")


def test_a_book_of_california(configure):
    """A book that names California changes its law alone."""
    text = 'jurisdiction = "CA"\n[estimated_tax.2026]\nleast_balance = { single = 800 }\nsource = "A bill"'
    configure('[law_books]\n"CA bill" = "bill.toml"', bill=text)
    taxes = (700, 600, 50_000, "single", 2026)
    assert call("AMT_SAFE_HARBOR", *taxes, "CA", 50_000) == 600
    assert call("AMT_SAFE_HARBOR", *taxes, "CA: CA bill", 50_000) == 0
    with pytest.raises(ArgumentError, match=r"changes the law of CA only; use CA: CA bill, or US alone\.$"):
        call("AMT_SAFE_HARBOR", *taxes, "US: CA bill")


def test_a_book_beside_both_jurisdictions(configure):
    """A book changes the law that it names; the other one of US+CA stays as it is."""
    california = 'jurisdiction = "CA"\n[amt.2025]\nexemption = { single = 10_000 }\nsource = "A bill"'
    federal = '[amt.2025]\nexemption = { single = 80_000 }\nsource = "A bill"'
    configure('[law_books]\n"CA bill" = "ca.toml"\n"US bill" = "us.toml"', ca=california, us=federal)

    def room(place):
        return call("AMT_ROOM", 200_000, "single", 2025, None, None, place)

    us, ca = room("US"), room("CA")
    assert room("US: US bill") == pytest.approx(us - 8_100)
    assert room("CA: CA bill") == pytest.approx(14_507.98 / 0.07 - 190_000, abs=0.1)
    assert room("US+CA: US bill") == room("US: US bill")
    assert room("US+CA: CA bill") == pytest.approx(min(us, room("CA: CA bill")))
    assert room("CA") == ca
    with pytest.raises(ArgumentError, match=r"changes federal law only; use US: US bill, or CA alone\.$"):
        room("CA: US bill")


def test_inflation_of_the_configuration(configure):
    """The configuration sets the inflation of every projection."""
    configure("inflation = 0.03")
    assert call("AMT_LAW", "Standard deduction", "single", 2027) == 16_550  # 16,599 down to 50
    assert "3.00% inflation" in call("AMT_LAW_SOURCE", "Standard deduction", "single", 2027)
    assert call("AMT_LAW", "State and local tax limit", "single", 2027) == pytest.approx(40_804)


def test_without_a_configuration(tmp_path, monkeypatch):
    """No configuration file is no error: the enacted law, projected at 2.5%."""
    monkeypatch.setenv("XL_AMT_CONFIG", str(tmp_path / "none.toml"))
    forget()
    source = look_up("Standard deduction", "single", 2028).source
    assert source == "projected from the C-CPI-U of 2026 (estimated at 182.80) at 2.50% inflation a year"
    with pytest.raises(ArgumentError, match="no law book is registered"):
        room("US: Senate bill")
    forget()


def test_a_book_may_spare_a_carryover_the_floor(tmp_path):
    """The switch of docs/decisions/gift-floor-and-carryover.md: by the draft form a carryover comes after the floor."""
    path = tmp_path / "draft.toml"
    path.write_text('[gifts.2026]\nsource = "Schedule A (2026), draft"\nfloor_reaches_carryover = false\n', "utf-8")
    register_law_book("Draft Schedule A", path)
    facts = ["Gift carryover", "Mortgage interest"], [10_000, 10_000]
    assert call("AMT_TAXABLE_INCOME", 100_000, "single", 2026, *facts) == 80_500
    assert call("AMT_TAXABLE_INCOME", 100_000, "single", 2026, *facts, "US: Draft Schedule A") == 80_000
    forget()


@pytest.mark.usefixtures("bill")
def test_an_unknown_book_names_one_that_is_near():
    """An unknown name of a book is an error that names one that is near, or says where they are listed."""
    with pytest.raises(ArgumentError, match=r"is not a registered law book; did you mean 'Senate bill'\?$"):
        room("US: Senat bill")
    with pytest.raises(ArgumentError, match="'House bill' is not a registered law book; your settings list those that"):
        room("US: House bill")


@pytest.mark.parametrize("path", ["bill.toml", "./bill.toml", "{folder}/bill.toml", r"C:\bills\bill.toml"])
def test_a_path_is_no_book(configure, tmp_path, path):
    """A cell cannot name a file, even one that stands there."""
    configure('[law_books]\n"Senate proposal" = "bill.toml"', bill=BILL)
    with pytest.raises(ArgumentError, match="is not a registered law book"):
        room("US: " + path.format(folder=tmp_path))


# What does not fit the law: the book, and what its sentence must say.
MISTAKES = {
    "unknown group": ('[amd.2026]\nexemption = 5\nsource = "x"', "'amd' is not a group of the law; did you mean 'amt'"),
    "unknown number": ('[amt.2026]\nexemtion = { single = 5 }\nsource = "x"', "'exemtion' .* did you mean 'exemption'"),
    "unknown status": ('[amt.2026]\nexemption = { sigle = 5 }\nsource = "x"', "'sigle' .* did you mean 'single'"),
    "year too late": ('[amt.2037]\nexemption = { single = 5 }\nsource = "x"', "2018 to 2036"),
    "no year": ('[amt]\nexemption = { single = 5 }\nsource = "x"', "amt.exemption.* is not a year from 2018 to 2036"),
    "no law in that year": (
        '[senior_deduction.2029]\namount = { single = 5 }\nsource = "x"',
        "not part .* law of 2029",
    ),
    "no source": ("[amt.2026]\nexemption = { single = 5 }", "names no source"),
    "source no text": ("[amt.2026]\nexemption = { single = 5 }\nsource = 5", "names no source"),
    "not TOML": ("exemption: 5", "it is not valid TOML"),
    "text for a number": ('[amt.2026]\nexemption = { single = "5" }\nsource = "x"', "'5' is not a number"),
    "one number for all": ('[amt.2026]\nexemption = 5\nsource = "x"', "differs by filing status"),
    "by status, but one for all": ('[amt_phase_out.2026]\nrate = { single = 0.5 }\nsource = "x"', "rate"),
    "not a number": ('[amt.2026]\nexemption = { single = nan }\nsource = "x"', "exemption"),
    "without end": ('[amt.2026]\nexemption = { single = inf }\nsource = "x"', "exemption"),
    "negative": ('[amt.2026]\nexemption = { single = -5 }\nsource = "x"', "exemption"),
    "a phase-out that never ends": ('[amt_phase_out.2026]\nrate = 0\nsource = "x"', "rate"),
    "division by zero": ('[itemized_deduction_limit.2026]\ndenominator = 0\nsource = "x"', "denominator"),
    "a list for a number": ('[amt.2026]\nexemption = { single = [1, 2] }\nsource = "x"', "exemption"),
    "a number for a list": ('[ordinary_brackets.2026]\nsingle = 5\nsource = "x"', "single"),
    "too few brackets": ('[ordinary_brackets.2026]\nsingle = [10_000, 20_000]\nsource = "x"', "single"),
    "brackets out of order": ('[ordinary_brackets.2026]\nsingle = [6, 5, 4, 3, 2, 1]\nsource = "x"', "single"),
    "text in brackets": ('[ordinary_brackets.2026]\nsingle = ["a", 2, 3, 4, 5, 6]\nsource = "x"', "single"),
    "too few rates": ('[ordinary_rates.2026]\nrates = [0.1]\nsource = "x"', "rates"),
    "a group that is no table": ("amt = 5", "amt"),
    "a year that is no table": ("[amt]\n2026 = 5", "amt"),
    "inflation in per cent": ("inflation = 3", "inflation is a fraction"),
    "a rate above 1": ('[amt_rates.2026]\nhigh = 28\nsource = "x"', "high: 28 is not from 0 to 1"),
    "low above high": ('[amt_rates.2026]\nlow = 0.30\nsource = "x"', "low 0.3 is above high 0.28"),
    "a least limit above the limit": (
        '[state_and_local_taxes.2026]\nleast = { mfs = 30_000 }\nsource = "x"',
        "mfs: least 30,000 is above limit 20,200",
    ),
    "the end of a block": ('[senior_deduction.2026]\nends = 2030\nsource = "x"', "'ends' is not a number"),
    "part of a month": ('[estimated_tax.2026]\nbalance_month = 16.5\nsource = "x"', "16.5 is not a whole number"),
    "a number for yes or no": (
        '[itemized_deduction_limit.2026]\napplies_for_amt = 1\nsource = "x"',
        "it is true or false, not 1",
    ),
    "no day": ('[small_business_stock.2026]\nchanged_after = 2025\nsource = "x"', "it is a day"),
    "inflation as text": ('inflation = "3%"', "inflation is a fraction"),
}


@pytest.mark.parametrize(("text", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_book(configure, text, says):
    """Every mistake in a book is one sentence that names the book and the place, whatever asks for it."""
    configure('[law_books]\n"Senate bill" = "bill.toml"', bill=text)
    for arguments in (
        ("AMT_ROOM", *HOUSEHOLD, None, None, "US: Senate bill"),
        ("AMT_OWED", 700_000, "mfs", 2026, 50_000, None, None, "US: Senate bill"),
        ("AMT_LAW", "AMT exemption", "single", 2026, "US: Senate bill"),
    ):
        with pytest.raises(FileError, match=says) as raised:
            call(*arguments)
        sentence = str(raised.value)
        assert "Senate bill" in sentence
        assert "\n" not in sentence
        assert sentence.endswith((".", "?"))


def test_a_book_that_is_not_there(configure):
    """A registered file that cannot be read is named, with its book."""
    configure('[law_books]\n"Senate bill" = "missing.toml"')
    with pytest.raises(FileError, match=r"law book 'Senate bill': .*missing.toml cannot be read"):
        room("US: Senate bill")
    assert room() > 0.0


@pytest.mark.parametrize(
    "configuration",
    [
        "not toml",
        "inflation = [1]",
        "inflation = 2026-01-01",
        "law_books = 5",
        "[law_books]\nx = 5",
        'inflation = "3%"',
        "inflation = true",
        "inflation = nan",
    ],
)
def test_a_mistake_in_the_configuration(configure, configuration):
    """A configuration that cannot be read is one sentence that names it, never another exception."""
    configure(configuration)
    with pytest.raises(AmtError, match="config") as raised:
        room()
    assert "\n" not in str(raised.value)


def test_overlays_leave_the_enacted_law_alone():
    """Laying a book over the law makes a new book and changes nothing in the old one."""
    law = enacted("US")
    overlaid = law.overlay("bill", BILL)
    assert overlaid.number("amt", "exemption", 2026, "single").value == 100_000
    assert law.number("amt", "exemption", 2026, "single").value == 90_100
    assert law.inflation == book.INFLATION


def test_no_income_absorbs_amt_at_a_higher_rate(configure):
    """Where the AMT's rate is above the regular tax's, further income only adds AMT: #N/A, and the sentence says so."""
    flat = '[amt_rates.2026]\nlow = 0.40\nhigh = 0.40\nsource = "A bill"'
    configure('[law_books]\n"Flat rate" = "flat.toml"', flat=flat)
    with pytest.raises(NoAnswerError) as refusal:
        call("AMT_INCOME_FOR", *HOUSEHOLD, 100_000, None, None, "US: Flat rate")
    assert str(refusal.value) == "spread: no further income absorbs its AMT; lower the spread."
    assert refusal.value.cell_value == "#N/A"
    assert call("AMT_INCOME_FOR", *HOUSEHOLD, 100_000) > 0
