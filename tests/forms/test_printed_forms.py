"""The printed forms: their numbers and words, and that every sum printed in the words holds on the amounts."""

import re
import tomllib
from importlib.resources import files

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forms.statements import CENT, NUMBER, Table, check_statements, order
from xl_amt.cli import main
from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.forms.us import printed
from xl_amt.law import federal_law
from xl_amt.worksheet import answer, call

STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
YEARS = range(2018, 2032)
FORMS = printed.PRINTED.names()
TABLES = ("form_1040", "form_6251", "form_8801_part_i", "form_8801_part_ii", "schedule_a", "schedule_d")
TABLES = (*TABLES, "schedule_1_a", "qualified_dividends_worksheet")

FULL = {
    "Interest": 2_000.0,
    "Ordinary dividends": 9_000.0,
    "Qualified dividends": 5_000.0,
    "Short-term capital gain": 4_000.0,
    "Long-term capital gain": 180_000.0,
    "Long-term loss carryover": 1_000.0,
    "AMT long-term capital gain": 60_000.0,
    "State tax refund": 700.0,
    "Adjustments to income": 1_500.0,
    "State income tax": 30_000.0,
    "Real estate tax": 12_000.0,
    "Mortgage interest": 20_000.0,
    "Investment interest": 300.0,
    "Cash gifts": 9_000.0,
    "Property gifts": 2_000.0,
    "Gift carryover": 100.0,
    "Medical expenses": 40_000.0,
    "Other itemized deductions": 500.0,
    "Qualified business income deduction": 800.0,
    "Age": 67.0,
    "Foreign tax credit": 200.0,
    "Other nonrefundable credits": 150.0,
    "Private activity bond interest": 600.0,
    "Other AMT exclusion items": 50.0,
    "Other AMT deferral items": 70.0,
    "Minimum tax credit": 3_000.0,
}
CLAIMS = {"Tips deduction": 9_000.0, "Overtime deduction": 7_000.0, "Car loan interest deduction": 2_000.0}


def in_force(name, year):
    """Whether a form is used in a year."""
    return name != "Schedule 1-A" or 2025 <= year <= 2028


@st.composite
def households(draw):
    """Income, status, year, spread, labels and amounts of a household that the forms answer."""
    year, status = draw(st.sampled_from(YEARS)), draw(st.sampled_from(STATUSES))
    facts = {
        label: amount * draw(st.sampled_from((0.0, 0.4, 1.0, 7.3)))
        for label, amount in (FULL | (CLAIMS if 2025 <= year <= 2028 else {})).items()
        if draw(st.booleans())
    }
    facts["Ordinary dividends"] = max(facts.get(label, 0.0) for label in ("Ordinary dividends", "Qualified dividends"))
    facts["Age"] = draw(st.sampled_from((0.0, 64.0, 65.0)))
    facts["Deduction"] = draw(st.sampled_from(("larger", "standard", "itemized")))
    if status == "mfj":
        facts["Spouse age"] = draw(st.sampled_from((0.0, 66.0)))
    if status == "mfs":
        facts.pop("Tips deduction", None)
        facts.pop("Overtime deduction", None)
    for label in ("Short-term capital gain", "Long-term capital gain", "AMT long-term capital gain"):
        if label in facts and draw(st.booleans()):
            facts[label] = -facts[label]
    income = draw(st.sampled_from((0.0, 30_000.0, 90_000.0, 160_500.0, 400_000.0, 1_300_000.0)))
    spread = draw(st.sampled_from((0.0, 20_000.0, 145_000.0, 700_000.0, 2_000_000.0)))
    return income, status, year, spread, list(facts), list(facts.values())


def full_household(status, year):
    """A household whose facts reach nearly every line that can be filled."""
    facts = FULL | {"Deduction": "itemized"} | (CLAIMS if 2025 <= year <= 2028 else {})
    if status == "mfs":
        facts = {label: amount for label, amount in facts.items() if label[:4] not in ("Tips", "Over")}
    return 120_000.0, status, year, 250_000.0, list(facts), list(facts.values())


class TestStatements:
    """What a CPA does with a pencil: every sum, difference, product and choice that the words state."""

    @settings(max_examples=60)
    @given(households())
    def test_every_statement_holds(self, household):
        """On every form of every household, each statement printed in the words holds to half a cent."""
        for name in FORMS:
            if in_force(name, household[2]):
                check_statements(Table(name, *household))

    @pytest.mark.parametrize(
        ("name", "fewest"),
        [
            ("1040", 5),
            ("6251", 26),
            ("8801 part I", 33),
            ("8801 part II", 3),
            ("Schedule A", 7),
            ("Schedule D", 3),
            ("Schedule 1-A", 17),
            ("Qualified Dividends and Capital Gain Tax Worksheet", 19),
        ],
    )
    @pytest.mark.parametrize("status", STATUSES)
    @pytest.mark.parametrize("year", YEARS)
    def test_statements_are_found(self, name, fewest, status, year):
        """On a household with nearly every fact, at least so many lines of each form state how they are figured."""
        if in_force(name, year):
            separate = status == "mfs" and name == "Schedule 1-A"
            least = 4 if separate else fewest
            assert len(set(check_statements(Table(name, *full_household(status, year))))) >= least

    @pytest.mark.parametrize("year", YEARS)
    def test_a_wrong_amount_is_found(self, year):
        """A line that is a dollar off fails the check: here line 9 of Form 6251."""
        table = Table("6251", *full_household("single", year))
        table.amounts["9"] += 1.0
        with pytest.raises(AssertionError):
            check_statements(table)


class TestAcrossForms:
    """A line that another form takes over, and the worksheet functions."""

    @settings(max_examples=60)
    @given(households())
    def test_lines_taken_over(self, household):
        """What one form enters from another is what stands there."""
        year = household[2]
        form_1040, form_6251 = Table("1040", *household), Table("6251", *household)
        earned, used = Table("8801 part I", *household), Table("8801 part II", *household)
        schedule_d, schedule_a = Table("Schedule D", *household), Table("Schedule A", *household)
        taxable = {2018: "10", 2019: "11b"}.get(year, "15")
        deduction = {2018: "8", 2019: "9", 2020: "12", 2021: "12a"}.get(year, "12" if year < 2025 else "12e")
        total = "17" if year < 2026 else "18"
        if year >= 2025:
            assert form_6251["1b"] == pytest.approx(form_1040["11b"] - form_6251["1a"], abs=CENT)
            senior = form_1040["14"] - form_6251["1a"]
            assert senior >= -CENT
            if year <= 2028:
                additional = Table("Schedule 1-A", *household)
                senior_line, last = ("37", "38") if year == 2025 else ("43", "44")
                assert senior == pytest.approx(additional[senior_line], abs=CENT)
                assert form_1040["13b"] == additional[last]
        else:
            assert max(form_6251["1"], 0.0) == pytest.approx(form_1040[taxable], abs=CENT)
        filed = "not filed" not in schedule_a.title
        assert form_6251["2a"] == (schedule_a["7"] if filed else form_1040[deduction])
        if filed:
            assert form_1040[deduction] == schedule_a[total]
        assert earned["1"] == form_6251["1b" if year >= 2025 else "1"]
        assert earned["14"] == (form_6251["10"] if earned["10"] else 0.0)
        assert earned["16"] == form_6251["11"]
        assert used["23"] == (form_6251["9"] if used["21"] else 0.0)
        tax, with_amt = {2018: ("11a", "11"), 2019: ("12a", "12b")}.get(year, ("16", "18"))
        assert form_1040[with_amt] == pytest.approx(form_1040[tax] + form_6251["11"], abs=CENT)
        gain = {2018: "Schedule 1, line 22", 2019: "6"}.get(year, "7a" if year >= 2025 else "7")
        if year > 2018:
            assert form_1040[gain] == (schedule_d["21"] or schedule_d["16"])
        refigured = Table("AMT Schedule D", *household)
        assert form_6251["2k"] == pytest.approx(
            (refigured["21"] or refigured["16"]) - (schedule_d["21"] or schedule_d["16"]), abs=CENT
        )

    @settings(max_examples=60)
    @given(households())
    def test_the_functions_agree_with_their_lines(self, household):
        """Each worksheet function that is a line of a form gives what AMT_LINE gives."""
        income, status, year, _, labels, amounts = household
        line = {"taxable": {2018: "10", 2019: "11b"}.get(year, "15"), "tax": {2018: "11a", 2019: "12a"}.get(year, "16")}
        total = {2018: "15", 2019: "16"}.get(year, "24")
        lines = {
            "AMT_OWED": ("6251", "11"),
            "AMT_INCOME": ("6251", "4"),
            "AMT_TENTATIVE_TAX": ("6251", "9"),
            "AMT_CREDIT_EARNED": ("8801 part I", "18"),
            "AMT_CREDIT_USED": ("8801 part II", "25"),
            "AMT_CREDIT_CARRIED": ("8801 part II", "26"),
            "AMT_TOTAL_TAX": ("1040", total),
        }
        for function, where in lines.items():
            assert call("AMT_LINE", *where, *household) == call(function, *household), function
        for function, number in {"AMT_TAXABLE_INCOME": line["taxable"], "AMT_REGULAR_TAX": line["tax"]}.items():
            expected = call(function, income, status, year, labels, amounts)
            assert call("AMT_LINE", "1040", number, *household) == expected, function

    @settings(max_examples=30)
    @given(households(), st.data())
    def test_a_line_is_what_the_form_shows(self, household, data):
        """AMT_LINE gives what stands on the line in AMT_FORM; a blank line gives 0."""
        name = data.draw(st.sampled_from([form for form in FORMS if in_force(form, household[2])]))
        table = Table(name, *household)
        number = data.draw(st.sampled_from([number for number in table.numbers if number]))
        assert call("AMT_LINE", name, number, *household) == table[number]


class TestPublished:
    """Figures that the IRS has published."""

    def test_line_2k_of_the_instructions(self):
        """Instructions for Form 6251, line 2k: a gain of 115,000, and for the AMT a loss of 65,000, give -118,000."""
        facts = ["Long-term capital gain", "AMT long-term capital gain"], [65_000 + 50_000, -25_000 - 40_000]
        assert call("AMT_LINE", "6251", "2k", 150_000, "single", 2022, 0, *facts) == -118_000.00
        assert call("AMT_LINE", "AMT Schedule D", "21", 150_000, "single", 2022, 0, *facts) == -3_000.00

    def test_line_2k_of_the_year_after(self):
        """The same instructions: with the AMT loss of 62,000 carried over and no other gain, line 2k is -3,000."""
        facts = ["AMT long-term loss carryover"], [62_000]
        assert call("AMT_LINE", "6251", "2k", 150_000, "single", 2023, 0, *facts) == -3_000.00

    def test_words_of_a_printed_form(self):
        """Form 6251 of 2024, as printed: lines 2i, 11 and 18."""
        words = Table("6251", 150_000, "single", 2024, 100_000).words
        assert words["2i"] == "Exercise of incentive stock options (excess of AMT income over regular tax income)"
        assert words["11"].startswith("AMT. Subtract line 10 from line 9. If zero or less, enter -0-. Enter here and")
        assert words["18"] == (
            "If line 17 is $232,600 or less, multiply line 17 by 26% (0.26). Otherwise, multiply line 17 by 28% (0.28) "
            "and subtract $4,652 from the result"
        )


class TestRevisions:
    """Which year's paper a table is."""

    @pytest.mark.parametrize(
        ("name", "year", "title"),
        [
            ("6251", 2018, "Form 6251 (2018)"),
            ("6251", 2025, "Form 6251 (2025)"),
            ("6251", 2026, "Form 6251 (2026, draft)"),
            ("6251", 2027, "Form 6251 (2027, lines of the 2026 draft), law estimated from 2026"),
            ("1040", 2026, "Form 1040 (2026, lines as printed for 2025)"),
            ("8801 part I", 2024, "Form 8801 (2025), Part I, lines 16 to 18, and Part III"),
            ("8801 part I", 2025, "Form 8801 (2026, lines as printed for 2025), Part I, lines 16 to 18, and Part III"),
            ("8801 part II", 2024, "Form 8801 (2024), Part II, lines 21 to 26"),
            ("Schedule A", 2024, "Schedule A (2024), not filed: the standard deduction is taken"),
            ("AMT Schedule D", 2024, "Schedule D (2024), refigured for the AMT"),
            ("Schedule 1-A", 2026, "Schedule 1-A (2026, draft)"),
        ],
    )
    def test_title(self, name, year, title):
        """The first row names the form, the year that it belongs to, and whether that year's form is printed."""
        assert call("AMT_FORM", name, 100_000, "single", year, 0)[0] == ["", title, ""]

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("name", FORMS)
    def test_numbers_stand_in_paper_order(self, name, year):
        """Numbers ascend, letters ascend within a number, and none stands twice."""
        if not in_force(name, year):
            return
        numbers = [number for number in Table(name, 100_000, "hoh", year, 0).numbers if re.fullmatch(NUMBER, number)]
        keys = [order(number) for number in numbers]
        assert keys == sorted(set(keys))

    @pytest.mark.parametrize("year", YEARS)
    @pytest.mark.parametrize("status", STATUSES)
    @pytest.mark.parametrize("name", FORMS)
    def test_words_are_whole(self, name, status, year):
        """No line is without words, and nothing in braces or brackets is left in them."""
        if in_force(name, year):
            words = Table(name, 100_000, status, year, 0).words
            assert all(text and not re.search(r"[{}\[\]]| ,|line ,|line $", text) for text in words.values())

    @pytest.mark.parametrize("table", TABLES)
    def test_every_amount_has_a_line_that_is_filled(self, table):
        """Each name of an amount in the words' files is one that the forms fill in some year for some household."""
        named = {
            line["amount"]
            for line in tomllib.loads(files(printed).joinpath(f"{table}.toml").read_text("utf-8"))["line"]
            if "amount" in line
        }
        filled = set()
        sheet = {"form_8801_part_i": "8801 part I", "form_8801_part_ii": "8801 part II", "schedule_1_a": "Schedule 1-A"}
        name = sheet.get(table, table.removeprefix("form_").replace("_", " "))
        if table == "qualified_dividends_worksheet":
            name = "QDCG worksheet"
        for year in YEARS:
            if in_force(sheet.get(table), year):
                rich = Table(name, *full_household("single", year))
                loss = Table(name, 50_000, "single", year, 0, "Long-term capital gain", -9_000)
                from_file = printed.form({"QDCG worksheet": table}.get(name, table))
                for number, line in from_file.lines_of(year + from_file.years_later):
                    if line.amount and any(one.amounts[number] != "" for one in (rich, loss)):
                        filled.add(line.amount)
        assert filled == named


class TestNames:
    """How forms and lines may be written, and what is refused."""

    @pytest.mark.parametrize("form", ["6251", "Form 6251", "form6251", " FORM-6251 ", 6251, 6251.0])
    @pytest.mark.parametrize("line", ["11", "Line 11", "line11", 11, 11.0])
    def test_spellings(self, form, line):
        """Case, spaces and punctuation do not matter, and a cell may hold a number."""
        assert call("AMT_LINE", form, line, 150_000, "single", 2021, 100_000) == 18_855.00

    @pytest.mark.parametrize(
        ("form", "line"),
        [("6251", "2I"), ("6251", "line 2i"), ("8801 Part 1", "18"), ("schedule a", "5E"), ("QDCG Worksheet", 25)],
    )
    def test_other_spellings(self, form, line):
        """Letters of a line may be capitals, and a part may be numbered in figures."""
        given = call("AMT_LINE", form, line, *full_household("single", 2024))
        assert given > 0.0

    def test_unknown_form(self):
        """An unknown form names the nearest one, and all that are known."""
        with pytest.raises(ArgumentError, match=r"^form: '6521' is not a form; did you mean '6251'\? Known are 1040, "):
            call("AMT_FORM", "6521", 1, "single", 2024, 0)

    def test_unknown_line(self):
        """An unknown line suggests none, since each is a letter from another, and says where the lines are."""
        with pytest.raises(
            ArgumentError, match=r"^line: '2z' is not a line of the form '6251'; AMT_FORM lists them\.$"
        ):
            call("AMT_LINE", "6251", "2z", 1, "single", 2024, 0)

    def test_a_form_that_is_near_none(self):
        """No form is suggested where none is near; all that are known are named, in at most 300 characters."""
        with pytest.raises(ArgumentError, match=r"^form: 'W-2' is not a form; known are 1040, ") as refusal:
            call("AMT_FORM", "W-2", 1, "single", 2024, 0)
        assert len(str(refusal.value)) <= 300

    @pytest.mark.parametrize("year", [2024, 2029])
    def test_form_that_did_not_exist(self, year):
        """A form that a year does not have is refused by a sentence, whole or for a line."""
        sentence = f"form: Schedule 1-A belongs to 2025 to 2028; there is none for {year}."
        with pytest.raises(NotHeldError) as whole:
            call("AMT_FORM", "Schedule 1-A", 1, "single", year, 0)
        with pytest.raises(NotHeldError) as one_line:
            call("AMT_LINE", "Schedule 1-A", 38, 1, "single", year, 0)
        assert (str(whole.value), str(one_line.value)) == (sentence, sentence)

    @pytest.mark.parametrize(
        ("where", "arguments"),
        [
            ("income", ("6251", [1, 2], "single", 2024, 0)),
            ("form", (["6251", "1040"], 1, "single", 2024, 0)),
            ("amounts", ("6251", 1, "single", 2024, 0, [["Interest"]], [[1], [2]])),
        ],
    )
    def test_a_table_cannot_stand_in_a_range(self, where, arguments):
        """A range in place of a single value is refused by a sentence that names it."""
        with pytest.raises(ArgumentError, match=rf"^{where}: AMT_FORM gives a table, which cannot be part of a range"):
            answer("AMT_FORM", *arguments)

    def test_lines_in_a_range(self):
        """AMT_LINE takes a column of lines, as it is read off the paper."""
        given = call("AMT_LINE", "6251", ["9", 10, "11"], 150_000, "single", 2021, 100_000)
        assert given == [45_864.00, 27_009.00, 18_855.00]

    def test_a_firms_law_book_is_named(self, tmp_path):
        """A form by a firm's law book says so in its first row."""
        from xl_amt.law import register_law_book

        book = tmp_path / "bill.toml"
        book.write_text('[amt.2026]\nsource = "A bill"\nexemption = { single = 1_000 }\n', "utf-8")
        register_law_book("A bill", book)
        (_, title, _), *lines = call("AMT_FORM", "6251", 150_000, "single", 2026, 0, None, None, "US: A bill")
        assert title == "Form 6251 (2026, draft), by the law book 'A bill'"
        assert {number: amount for number, _, amount in lines}["5"] == 1_000.00

    def test_command(self):
        """The shell prints the same form as a table, and refuses an unknown one with exit code 2."""
        household = ["--income", "150000", "--status", "single", "--year", "2024", "--set", "Minimum tax credit=5,000"]
        shown = CliRunner().invoke(main, ["form", "8801 part II", *household])
        assert (shown.exit_code, shown.output.splitlines()[0].strip()) == (
            0,
            "Form 8801 (2024), Part II, lines 21 to 26",
        )
        assert re.search(r"25 +Minimum tax credit\..* 5,000\.00", shown.output)
        assert CliRunner().invoke(main, ["form", "8802", *household]).exit_code == 2


@pytest.mark.parametrize("form", FORMS)
def test_the_lines_of_all_years_are_those_of_each(form):
    """Listed over the years, a form has in each year its own lines, in paper order; words are the first law's."""
    years = range(2025, 2029) if form == "Schedule 1-A" else YEARS
    listed = printed.PRINTED.listed(form, [federal_law(year, "single") for year in years])
    for year in years:
        own = call("AMT_FORM", form, 90_000, "single", year, 0)[1:]
        lines = [
            line
            for line in listed
            if (line.first_year is None or line.first_year <= year)
            and (line.last_year is None or year <= line.last_year)
        ]
        assert [line.number for line in lines] == [number for number, _, _ in own]
        assert all(line.has_amount for line, (*_, amount) in zip(lines, own, strict=True) if amount != "")
    of_one_year = printed.PRINTED.listed(form, [federal_law(2026, "single")])
    assert [line.words for line in of_one_year] == [
        words for _, words, _ in call("AMT_FORM", form, 90_000, "single", 2026, 0)[1:]
    ]
