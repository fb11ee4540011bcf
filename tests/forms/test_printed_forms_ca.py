"""California's printed forms: that every sum printed in the words holds, and that forms take over what others give."""

import re
import tomllib
from importlib.resources import files

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.statements import CENT, NUMBER, Table, check_statements, order
from xl_amt.cli import main
from xl_amt.errors import ArgumentError
from xl_amt.forms.ca import printed
from xl_amt.worksheet import call

STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
YEARS = range(2018, 2029)
FORMS = printed.PRINTED.names()
TABLES = {
    "form_540": "540",
    "schedule_ca_part_i": "Schedule CA part I",
    "schedule_ca": "Schedule CA",
    "schedule_d_540": "Schedule D (540)",
    "schedule_p": "Schedule P",
    "schedule_p_part_iii": "Schedule P part III",
    "form_3510": "3510",
}

FULL = {
    "Interest": 2_000.0,
    "Short-term capital gain": -4_000.0,
    "Long-term capital gain": 180_000.0,
    "AMT long-term capital gain": 60_000.0,
    "CA long-term loss carryover": 1_000.0,
    "State tax refund": 700.0,
    "State income tax": 30_000.0,
    "Real estate tax": 12_000.0,
    "Mortgage interest": 20_000.0,
    "Investment interest": 300.0,
    "Cash gifts": 9_000.0,
    "Property gifts": 2_000.0,
    "Medical expenses": 40_000.0,
    "Other itemized deductions": 500.0,
    "Other dependents": 1.0,
    "Age": 67.0,
    "CA income adjustments": 4_300.0,
    "CA itemized deduction adjustments": 250.0,
    "CA miscellaneous deductions": 14_000.0,
    "CA property tax refund": 90.0,
    "CA other AMT exclusion items": 50.0,
    "CA other AMT deferral items": 70.0,
    "CA other credits": 150.0,
    "CA minimum tax credit": 3_000.0,
}


@st.composite
def households(draw):
    """Income, status, year, spread, labels, amounts and the jurisdiction of a household that the forms answer."""
    facts = {
        label: amount * draw(st.sampled_from((0.0, 0.4, 1.0, 7.3)))
        for label, amount in FULL.items()
        if label not in {"Age", "Other dependents"} and draw(st.booleans())
    }
    for label in ("Short-term capital gain", "Long-term capital gain", "CA income adjustments"):
        if label in facts and draw(st.booleans()):
            facts[label] = -facts[label]
    facts["Age"] = draw(st.sampled_from((0.0, 64.0, 65.0)))
    facts["Other dependents"] = draw(st.sampled_from((0.0, 2.0)))
    facts["CA deduction"] = draw(st.sampled_from(("larger", "standard", "itemized")))
    income = draw(st.sampled_from((0.0, 30_000.0, 90_000.0, 160_500.0, 400_000.0, 1_300_000.0)))
    spread = draw(st.sampled_from((0.0, 20_000.0, 145_000.0, 700_000.0, 2_000_000.0)))
    year, status = draw(st.sampled_from(YEARS)), draw(st.sampled_from(STATUSES))
    return income, status, year, spread, list(facts), list(facts.values()), "CA"


def household_of(facts, status="single", year=2025, income=120_000.0, spread=250_000.0):
    """A household of these facts."""
    return income, status, year, spread, list(facts), list(facts.values()), "CA"


def full_household(status, year):
    """A household whose facts reach nearly every line that can be filled."""
    return household_of(FULL | {"CA deduction": "itemized"}, status, year)


class Column(Table):
    """One column of Schedule CA Part II, its lines numbered without the column's letter; what it lacks counts as 0."""

    def __init__(self, table, letter):
        own = [number for number in table.numbers if not number.endswith(")") or number.endswith(f"({letter})")]
        self.title, self.numbers = f"{table.title}, column {letter}", [number.split("(")[0] for number in own]
        self.words = {number.split("(")[0]: table.words[number] for number in own}
        self.amounts = {number.split("(")[0]: table.amounts[number] for number in own}

    def __getitem__(self, number):
        return self.amounts.get(number) or 0.0


def check(table):
    """Every statement holds on every line that is filled; returns how many lines were checked."""
    if not table.title.startswith("Schedule CA"):
        return len(set(check_statements(table)))
    return sum(len(set(check_statements(Column(table, letter)))) for letter in "ABC")


class TestStatements:
    """What a CPA does with a pencil."""

    @settings(max_examples=60)
    @given(households())
    def test_every_statement_holds(self, household):
        """On every form of every household, each statement printed in the words holds to half a cent."""
        for name in FORMS:
            check(Table(name, *household))

    @pytest.mark.parametrize(
        ("name", "fewest"),
        [
            ("540", 9),
            ("Schedule CA", 12),
            ("Schedule D (540)", 2),
            ("Schedule P", 5),
            ("Schedule P part III", 1),
            ("3510", 9),
        ],
    )
    @pytest.mark.parametrize("status", STATUSES)
    @pytest.mark.parametrize("year", YEARS)
    def test_statements_are_found(self, name, fewest, status, year):
        """On a household with nearly every fact, at least so many lines of each form state how they are figured."""
        assert check(Table(name, *full_household(status, year))) >= fewest

    @pytest.mark.parametrize(
        ("name", "line"), [("540", "17"), ("Schedule P", "24"), ("3510", "13"), ("Schedule CA", "26")]
    )
    def test_a_wrong_amount_is_found(self, name, line):
        """A line that is a dollar off fails the check."""
        table = Table(name, *full_household("single", 2025))
        table.amounts[line] += 1.0
        with pytest.raises(AssertionError):
            check(table)

    @settings(max_examples=60)
    @given(households())
    def test_what_instructions_say(self, household):
        """The lines whose words send the reader to a worksheet, or say how in other words."""
        year, status = household[2], household[1]
        schedule_p, part_iii = Table("Schedule P", *household), Table("Schedule P part III", *household)
        exemption = call("AMT_LAW", "AMT exemption", status, year, "CA")
        start = call("AMT_LAW", "AMT exemption phase-out start", status, year, "CA")
        above = max(schedule_p["19"] - start - 4.0 * exemption, 0.0) if status == "mfs" else 0.0
        assert schedule_p["21"] == pytest.approx(schedule_p["19"] + min(0.25 * above, exemption), abs=CENT)
        cut = 0.25 * max(schedule_p["21"] - start, 0.0)
        assert schedule_p["22"] == pytest.approx(max(exemption - cut, 0.0), abs=CENT)
        line_11 = part_iii["2"] + part_iii["10(c)"] if part_iii["3"] else part_iii["1"]
        assert part_iii["11"] == pytest.approx(line_11, abs=CENT)
        assert part_iii["10(b)"] + part_iii["10(d)"] == pytest.approx(part_iii["10(a)"], abs=CENT)
        assert part_iii["10(c)"] == pytest.approx(part_iii["3"] - part_iii["10(b)"], abs=CENT)
        schedule_ca = Table("Schedule CA", *household)
        by_columns = schedule_ca["17(A)"] - schedule_ca["17(B)"] + schedule_ca["17(C)"]
        assert schedule_ca["18"] == pytest.approx(by_columns, abs=CENT)
        not_cut = schedule_ca["4(A)"] + schedule_ca["9(A)"] + schedule_ca["16(A)"]
        high_income = call("AMT_LAW", "High income start", status, year, "CA")
        cut = min(0.8 * max(schedule_ca["28"] - not_cut, 0.0), 0.06 * max(schedule_ca["2"] - high_income, 0.0))
        assert schedule_ca["29"] == pytest.approx(schedule_ca["28"] - cut, abs=CENT)
        for name in ("Schedule D (540)", "AMT Schedule D (540)"):
            schedule_d = Table(name, *household)
            limit = call("AMT_LAW", "Capital loss limit", status, year, "CA")
            assert schedule_d["9"] == -min(max(-schedule_d["8"], 0.0), limit)
            assert schedule_d["11"] == (schedule_d["8"] if schedule_d["8"] >= 0.0 else schedule_d["9"])


class TestAcrossForms:
    """A line that another form takes over, and the worksheet functions."""

    @settings(max_examples=60)
    @given(households())
    def test_lines_taken_over(self, household):
        """What one form enters from another is what stands there."""
        income, status, year, spread, labels, amounts, _ = household
        federal = {label: amount for label, amount in zip(labels, amounts, strict=True) if not label.startswith("CA ")}
        form_540, part_i = Table("540", *household), Table("Schedule CA part I", *household)
        schedule_ca, schedule_d = Table("Schedule CA", *household), Table("Schedule D (540)", *household)
        schedule_p, part_iii = Table("Schedule P", *household), Table("Schedule P part III", *household)
        form_1040 = Table("1040", income, status, year, spread, list(federal), list(federal.values()))
        next_year = Table("3510", *household)
        agi = {2018: "7", 2019: "8b"}.get(year, "11a" if year >= 2025 else "11")
        assert form_540["13"] == form_1040[agi]
        total = {2018: "37", 2019: "23", 2020: "23"}.get(year, "27")
        assert (form_540["14"], form_540["16"]) == (part_i[f"{total}(B)"], part_i[f"{total}(C)"])
        for letter in "BC":
            adjusted = sum(part_i[number] for number in part_i.numbers if number.endswith(f"({letter})"))
            assert part_i[f"{total}({letter})"] == pytest.approx(adjusted / 2.0, abs=CENT)
        assert form_540["18"] == schedule_ca["30"]
        gain = next(number for number in part_i.numbers if "federal amount" in part_i.words[number]).removesuffix("(A)")
        assert (schedule_d["12a"], schedule_d["12b"]) == (part_i[f"{gain}(B)"], part_i[f"{gain}(C)"])
        assert schedule_d["10"] - schedule_d["12a"] + schedule_d["12b"] == pytest.approx(schedule_d["11"], abs=CENT)
        itemized = "not completed" not in schedule_ca.title
        assert schedule_p["1"] == (0.0 if itemized else form_540["18"])
        assert schedule_p["3"] == (schedule_ca["5b(A)"] + schedule_ca["5c(A)"] if itemized else 0.0)
        assert schedule_p["5"] == (schedule_ca["25"] if itemized else 0.0)
        assert schedule_p["18"] == pytest.approx(schedule_ca["29"] - schedule_ca["28"] if itemized else 0.0, abs=CENT)
        assert max(schedule_p["15"], 0.0) == form_540["19"]
        refigured = Table("AMT Schedule D (540)", *household)
        if "AMT long-term capital gain" in federal:
            assert schedule_p["9"] == pytest.approx(refigured["11"] - schedule_d["11"], abs=CENT)
        assert schedule_p["25"] == form_540["31"]
        assert schedule_p["26"] == form_540["61"]
        assert (part_iii["1"], part_iii["2"]) == (form_540["35"], schedule_p["24"])
        assert part_iii["10(b)"] == form_540["43"]
        assert next_year["1"] == pytest.approx(schedule_p["15"] + schedule_p["18"], abs=CENT)
        assert next_year["2"] == pytest.approx(sum(schedule_p[f"{line}"] for line in range(1, 8)), abs=CENT)
        assert (next_year["28"], next_year["31"]) == (schedule_p["26"], part_iii["10(d)"])
        assert next_year["12"] == (schedule_p["25"] if next_year["10"] else 0.0)

    @settings(max_examples=60)
    @given(households())
    def test_the_functions_agree_with_their_lines(self, household):
        """Each worksheet function that is a line of a form gives what AMT_LINE gives."""
        income, status, year, _, labels, amounts, place = household
        lines = {
            "AMT_OWED": ("Schedule P", "26"),
            "AMT_INCOME": ("Schedule P", "21"),
            "AMT_TENTATIVE_TAX": ("Schedule P", "24"),
            "AMT_CREDIT_EARNED": ("3510", "30"),
            "AMT_CREDIT_USED": ("Schedule P part III", "10(b)"),
            "AMT_CREDIT_CARRIED": ("Schedule P part III", "10(d)"),
            "AMT_TOTAL_TAX": ("540", "65" if year in {2020, 2021} else "64"),
        }
        for function, where in lines.items():
            assert call("AMT_LINE", *where, *household) == call(function, *household), function
        for function, number in {"AMT_TAXABLE_INCOME": "19", "AMT_REGULAR_TAX": "31"}.items():
            expected = call(function, income, status, year, labels, amounts, place)
            assert call("AMT_LINE", "540", number, *household) == expected, function

    @settings(max_examples=30)
    @given(households(), st.sampled_from(FORMS), st.data())
    def test_a_line_is_what_the_form_shows(self, household, name, data):
        """AMT_LINE gives what stands on the line in AMT_FORM; a blank line gives 0."""
        table = Table(name, *household)
        number = data.draw(st.sampled_from(table.numbers))
        assert call("AMT_LINE", name, number, *household) == table[number]


class TestBlank:
    """Lines on which nothing stands."""

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize(
        ("name", "blank"),
        [
            ("540", ["8", "9", "12", "34", "40", "45", "46", "63"]),
            ("Schedule D (540)", ["2", "3", "9"]),
            ("AMT Schedule D (540)", ["2", "3", "9", "10", "12a", "12b"]),
            ("Schedule P", ["4", "11", "12", "13", "16", "17", "20"]),
            ("3510", ["3"]),
        ],
    )
    def test_blank_lines_are_blank(self, name, blank, year):
        """What no fact is held for has no amount, and every other line has one."""
        table = Table(name, *full_household("single", year))
        blank = [*blank, "64"] if name == "540" and year in {2020, 2021} else blank
        assert [number for number in table.numbers if table.amounts[number] == ""] == blank

    def test_the_lines_that_form_3510_skips(self):
        """Without income on line 4, the form goes on with line 13; without any above the exemption, too."""
        none = Table("3510", *household_of({}, income=0.0, spread=0.0))
        assert [number for number in none.numbers if none.amounts[number] == ""] == ["3", *map(str, range(5, 13))]
        below = Table("3510", *household_of({}, income=60_000.0, spread=0.0))
        assert [number for number in below.numbers if below.amounts[number] == ""] == ["3", "11", "12"]

    def test_no_negative_zero(self):
        """A line of nothing is 0, not -0."""
        for name in FORMS:
            shown = [str(amount) for amount in Table(name, *household_of({}, income=50_000.0)).amounts.values()]
            assert "-0.0" not in shown


class TestWords:
    """Which year's paper a table is, and its words."""

    @pytest.mark.parametrize(
        ("name", "year", "title"),
        [
            ("540", 2018, "Form 540 (2018)"),
            ("540", 2025, "Form 540 (2025)"),
            ("540", 2026, "Form 540 (2026, lines as printed for 2025), law estimated from 2025"),
            ("Schedule P", 2024, "Schedule P (540) (2024), Parts I and II"),
            ("Schedule P part III", 2025, "Schedule P (540) (2025), Part III"),
            ("Schedule CA part I", 2022, "Schedule CA (540) (2022), Part I"),
            ("CA", 2024, "Schedule CA (540) (2024), Part II, not completed: the standard deduction is taken"),
            ("3510", 2022, "FTB 3510 (2023), Part I, Section A, and Part II"),
            ("3510", 2024, "FTB 3510 (2025, lines as printed for 2023), Part I, Section A, and Part II"),
            ("Schedule D", 2023, "Schedule D (540) (2023)"),
            ("AMT Schedule D", 2023, "Schedule D (540) (2023), refigured for Schedule P line 9"),
        ],
    )
    def test_title(self, name, year, title):
        """The first row names the form, the year that it belongs to, and whether that year's form was read."""
        assert Table(name, *household_of({}, year=year)).title == title

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("name", FORMS)
    def test_numbers_stand_in_paper_order(self, name, year):
        """Numbers ascend, and none stands twice."""
        numbers = Table(name, *full_household("hoh", year)).numbers
        assert len(numbers) == len(set(numbers))
        keys = [order(number) for number in numbers if re.fullmatch(NUMBER, number)]
        assert keys == sorted(keys)

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("status", STATUSES)
    @pytest.mark.parametrize("name", FORMS)
    def test_words_are_whole(self, name, status, year):
        """No line is without words, and nothing in braces or brackets is left in them."""
        words = Table(name, *full_household(status, year)).words
        assert all(text and not re.search(r"[{}\[\]]| ,|line ,|line $|None", text) for text in words.values())

    @pytest.mark.parametrize("table", TABLES)
    def test_every_amount_has_a_line_that_is_filled(self, table):
        """Each name of an amount in the words' files is one that the forms fill in some year for some household."""
        text = files(printed).joinpath(f"{table}.toml").read_text("utf-8")
        named = {line["amount"] for line in tomllib.loads(text)["line"] if "amount" in line}
        filled = set()
        for year in YEARS:
            full = full_household("single", year)
            loss = household_of({"Long-term capital gain": -9_000.0}, year=year)
            tables = [Table(TABLES[table], *household) for household in (full, loss)]
            from_file = printed._FILES.form(table)
            for number, line in from_file.lines_of(year + from_file.years_later):
                if line.amount and any(one.amounts[number] != "" for one in tables):
                    filled.add(line.amount)
        assert filled == named

    def test_numbers_and_words_by_year(self):
        """The total tax of 2020 and 2021 is line 65; the tax above a million has another name from 2025."""
        for year, total in ((2019, "64"), (2020, "65"), (2021, "65"), (2022, "64")):
            words = Table("540", *household_of({}, year=year)).words
            assert words[total].endswith("This is your total tax")
        assert Table("540", *household_of({}, year=2024)).words["62"].startswith("Mental Health Services Tax")
        assert Table("540", *household_of({}, year=2025)).words["62"].startswith("Behavioral Health Services Tax")
        assert "line 8b" in Table("Schedule P", *household_of({}, year=2019)).words["2"]
        assert "line 11b" in Table("Schedule P", *household_of({}, year=2025)).words["2"]

    def test_a_form_of_the_franchise_tax_board(self):
        """FTB 3510 of 2023, as printed: a separate filer's line 4, and lines 5 and 6, name 436,827, 56,364, 211,371."""
        words = Table("3510", *household_of({}, "mfs", 2022)).words
        assert words["4"].endswith(
            "If you were married/RDP filing separately for 2022 and this amount is more than $436,827, see instructions"
        )
        assert words["5"].endswith("line 1: $56,364")
        assert words["6"].endswith("line 3: $211,371")


class TestNames:
    """How forms may be written, and what is refused."""

    @pytest.mark.parametrize(
        ("form", "line"),
        [("P", "21"), ("schedule p", 21), ("Schedule P (540)", "Line 21"), ("FTB 3510", "28"), ("form 540", "19")],
    )
    def test_spellings(self, form, line):
        """Case, spaces and punctuation do not matter."""
        assert call("AMT_LINE", form, line, *full_household("single", 2025)) > 0.0

    @pytest.mark.parametrize(
        ("form", "place", "sentence"),
        [
            ("6251", "CA", "form: '6251' is a form of the United States; use the jurisdiction US."),
            ("Schedule A", "CA", "form: 'Schedule A' is a form of the United States; use the jurisdiction US."),
            ("540", "US", "form: '540' is a form of California; use the jurisdiction CA."),
            ("Schedule P", None, "form: 'Schedule P' is a form of California; use the jurisdiction CA."),
        ],
    )
    def test_a_form_of_another_jurisdiction(self, form, place, sentence):
        """A form that another jurisdiction has is refused with the jurisdiction that prints it."""
        household = (100_000, "single", 2025, 0, None, None, place)
        for function, where in (("AMT_FORM", (form,)), ("AMT_LINE", (form, "1"))):
            with pytest.raises(ArgumentError) as refusal:
                call(function, *where, *household)
            assert str(refusal.value) == sentence

    def test_an_unknown_form(self):
        """A form that nobody prints names California's."""
        with pytest.raises(ArgumentError, match=r"^form: '541' is not a form; did you mean '540'\? Known are 540, "):
            call("AMT_FORM", "541", *household_of({}))

    def test_two_jurisdictions_are_refused(self):
        """A form belongs to one jurisdiction."""
        with pytest.raises(
            ArgumentError, match=r"'US\+CA' names more than one, and only one can be answered at a time"
        ):
            call("AMT_FORM", "540", 100_000, "single", 2025, 0, None, None, "US+CA")

    def test_a_firms_law_book_is_named(self, tmp_path):
        """A form by a firm's book of California's law says so in its first row."""
        from xl_amt.law import register_law_book

        book = tmp_path / "bill.toml"
        book.write_text('jurisdiction = "CA"\n[amt.2025]\nsource = "A bill"\nexemption = { single = 1_000 }\n', "utf-8")
        register_law_book("A Californian bill", book)
        table = Table("P", 150_000, "single", 2025, 0, None, None, "CA: A Californian bill")
        assert table.title == "Schedule P (540) (2025), Parts I and II, by the law book 'A Californian bill'"
        assert table["22"] == 1_000.00

    def test_command(self):
        """The shell prints the same form as a table."""
        household = ["--income", "150000", "--status", "single", "--year", "2024", "--spread", "100000"]
        shown = CliRunner().invoke(main, ["form", "P", *household, "--jurisdiction", "CA"])
        assert shown.exit_code == 0
        assert shown.output.splitlines()[0].strip() == "Schedule P (540) (2024), Parts I and II"
