"""The worksheet functions as a cell calls them: examples, ranges of every layout, and bad input."""

import datetime
from unittest.mock import patch

import numpy as np
import pandas as pd
import pytest

from xl_amt.errors import AmtError, ArgumentError, CellHoldsError, NoAnswerError, NoSolutionError, NotHeldError
from xl_amt.household import LABELS
from xl_amt.reading.dates import day_of, serial_number
from xl_amt.worksheet import FUNCTIONS, answer, call, find_function
from xl_amt.worksheet.registry import OTHER_NAMES, worksheet

ROOM = 27_480.769230769
ALL = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)


def refusal_of(name, *arguments):
    """The error that a call raises."""
    with pytest.raises(AmtError) as refusal:
        call(name, *arguments)
    return refusal.value


def column(cells):
    """Cells one below the other, as a host hands a column over."""
    return [[cell] for cell in cells]


def assert_as_documented(function, given):
    """An answer is the example's of the registry, numbers to the cent; a table begins with the example's rows."""
    expected = function.gives if function.gives_a_table else [[function.gives]]
    rows = given[: len(expected)] if function.gives_a_table else [[given]]
    assert rows == [
        [cell if isinstance(cell, str) else pytest.approx(cell, rel=0, abs=0.005) for cell in row] for row in expected
    ]


# The registry


@ALL
def test_example(function):
    """Each function's example gives what the registry says, to the cent, and AMT_WHY finds nothing wrong with it."""
    given = call(function.name, *function.example)
    assert_as_documented(function, given)
    if function.gives_a_table:
        assert len({len(row) for row in given}) == 1
    assert call("AMT_WHY", function.name, *function.example) == "ok"


@ALL
def test_the_kind_of_an_answer_is_the_declared_one(function):
    """A number or a date is a float, a choice one of its words, a text or a table what its name says."""
    given = call(function.name, *function.example)
    kinds = {"number": float, "date": float, "text": str, "choice": str, "table": list}
    for answered in (given, function.gives):
        assert isinstance(answered, (kinds[function.answer], *([int] if kinds[function.answer] is float else [])))
    assert bool(function.choices) == (function.answer == "choice")
    assert function.answer != "choice" or {given, function.gives} <= set(function.choices)
    assert function.unit == (function.result if function.answer == "number" else "")


def test_one_name_for_one_meaning():
    """No two arguments are described alike, and a name that an argument had is no argument's any more."""
    meanings = {argument.name: argument.description for item in FUNCTIONS.values() for argument in item.arguments}
    meanings.pop("jurisdiction")  # whose codes are those of each function
    assert len(set(meanings.values())) == len(meanings)
    assert set(OTHER_NAMES.values()) <= set(meanings)
    assert not set(OTHER_NAMES) & set(meanings)


@ALL
def test_every_argument_is_described(function):
    """Each function has a summary of one line, and each argument a description."""
    assert function.summary
    assert "\n" not in function.summary
    assert all(argument.description for argument in function.arguments)
    assert function.result
    names = [argument.name for argument in function.arguments]
    assert len(set(names)) == len(names)


@ALL
def test_household_and_jurisdiction_are_in_the_signature(function):
    """Who takes a household takes it the same way; whatever follows the law of a place can be told the place."""
    names = [argument.name for argument in function.arguments]
    if function.takes_household:
        before = names.index("status") - 1
        of_shares = ["shares", "strike", "fmv_at_exercise", "price_now"]
        assert names[:before] in ([], ["form"], ["form", "line"], ["from_income"], of_shares)
        income = "to_income" if names[0] == "from_income" else "income"
        assert names[before : before + 3] == [income, "status", "year"]
        after = names.index("labels")
        assert names[after : after + 3] == ["labels", "amounts", "jurisdiction"]
    assert ("year" in names or "years" in names) == ("jurisdiction" in names)


@ALL
def test_names_suit_every_host(function):
    """Upper case, one prefix, and no name that a spreadsheet takes for a cell address."""
    assert function.name.startswith("AMT_")
    assert function.name == function.name.upper()
    assert function.name.replace("_", "").isalnum()


def test_functions_are_found_in_any_case():
    """A function is found in any case, and an unknown one names the nearest."""
    assert find_function(" amt_room ").name == "AMT_ROOM"
    assert str(refusal_of("AMT_ROM", 150_000, "single", 2021)).endswith(
        ": 'AMT_ROM' is not a worksheet function; did you mean AMT_ROOM?"
    )


# Blanks, zeros and spellings


@pytest.mark.parametrize("blank", [None, "", "  ", 0, 0.0])
def test_blank_is_zero(blank):
    """A blank number is 0: no income leaves the whole exemption as room."""
    assert call("AMT_ROOM", blank, "single", 2021) == 73_600.0


def test_no_cell_shows_a_negative_zero():
    """A zero that comes in negative goes out plain, alone and in columns."""
    alone, short, long = (call("AMT_BARGAIN", shares, 1, 2) for shares in (-0.0, [-0.0], [-0.0] * 100))
    assert {zero.hex() for zero in (alone, *short, *long)} == {"0x0.0p+0"}


@pytest.mark.parametrize("blank", [None, "", 0, 0.0, [None, None], [[0], [0]], ["", " "]])
def test_blank_or_zero_for_a_range_or_a_text_is_its_default(blank):
    """Blank or 0 stands for no labels, no amounts and the default jurisdiction."""
    assert call("AMT_ROOM", 150_000, "single", 2021, blank, blank) == pytest.approx(ROOM)
    assert call("AMT_ROOM", 150_000, "single", 2021, None, None, "" if isinstance(blank, list) else blank) == (
        pytest.approx(ROOM)
    )


@pytest.mark.parametrize("choice", [None, "", 0, "larger", "LARGER", " Larger "])
def test_blank_choice_is_its_default(choice):
    """The deduction is the larger one unless another is chosen."""
    labels = ["Deduction", "Mortgage interest"]
    assert call("AMT_TAXABLE_INCOME", 150_000, "single", 2021, labels, [choice, 30_000]) == 120_000.0


@pytest.mark.parametrize(
    ("cell", "itemizes"),
    [("yes", True), ("Y", True), (True, True), (1, True), ("TRUE", True), ("no", False), (False, False), (None, False)],
)
def test_yes_and_no(cell, itemizes):
    """Yes and no in the ways that hosts and people write them."""
    taxable = call("AMT_TAXABLE_INCOME", 150_000, "mfs", 2021, "Spouse itemizes", cell)
    assert taxable == (150_000.0 if itemizes else 137_450.0)


@pytest.mark.parametrize("spelling", ["QUALIFIED DIVIDENDS", "qualified-dividends", " Qualified  dividends: "])
def test_spelling_of_labels(spelling):
    """Case, spaces and punctuation in a label do not matter."""
    labels = ["Ordinary dividends", spelling]
    assert call("AMT_REGULAR_TAX", 50_000, "single", 2021, labels, [5_000, 5_000]) == 4_602.50


# For each label of someone with 150,000 of wages in 2025: a function that it counts in, the status, the facts beside
# it, its amount, and by how much the answer is larger with it than without
ITEMIZED = {"Deduction": "itemized"}
GAINS = {"Short-term capital gain": 9_000, "Long-term capital gain": 9_000}
EFFECTS = {
    "Interest": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, 9_000),
    "Ordinary dividends": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, 9_000),
    "Qualified dividends": ("AMT_REGULAR_TAX", "mfj", {"Ordinary dividends": 9_000}, 9_000, 9_000 * (0.15 - 0.22)),
    "Short-term capital gain": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, 9_000),
    "Long-term capital gain": ("AMT_REGULAR_TAX", "mfj", {}, 9_000, 9_000 * 0.15),
    "Short-term loss carryover": ("AMT_TAXABLE_INCOME", "mfj", GAINS, 4_000, -4_000),
    "Long-term loss carryover": ("AMT_REGULAR_TAX", "mfj", GAINS, 4_000, -4_000 * 0.15),
    "AMT short-term capital gain": ("AMT_INCOME", "mfj", {}, -9_000, -3_000),
    "AMT long-term capital gain": ("AMT_INCOME", "mfj", {}, -9_000, -3_000),
    "AMT short-term loss carryover": ("AMT_INCOME", "mfj", GAINS, 4_000, -4_000),
    "AMT long-term loss carryover": ("AMT_INCOME", "mfj", GAINS, 4_000, -4_000),
    "Wages already taxed by AMT": ("AMT_INCOME", "mfj", {}, 9_000, -9_000),
    "Medicare wages": ("AMT_TOTAL_TAX", "mfj", {}, 300_000, 0.009 * 50_000),
    "Other income": ("AMT_TAXABLE_INCOME", "mfj", {}, -9_000, -9_000),
    "Rental and passive income": ("AMT_TOTAL_TAX", "mfj", {"Other income": 200_000}, 9_000, 9_000 * (0.24 + 0.038)),
    "Business income": ("AMT_TOTAL_TAX", "mfj", {"Other income": 200_000}, 9_000, 9_000 * 0.24),
    "Adjustments to income": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, -9_000),
    "State tax refund": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, 9_000),
    "Tips deduction": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, -9_000),
    "Overtime deduction": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, -9_000),
    "Car loan interest deduction": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, -9_000),
    "Deduction": ("AMT_TAXABLE_INCOME", "mfj", {"Mortgage interest": 40_000}, "standard", 40_000 - 31_500),
    "Spouse itemizes": ("AMT_TAXABLE_INCOME", "mfs", {}, "yes", 15_750),
    "Medical expenses": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 20_000, -(20_000 - 0.075 * 150_000)),
    "State income tax": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 50_000, -40_000),
    "State tax on investment income": (
        "AMT_TOTAL_TAX",
        "mfj",
        ITEMIZED | {"Other income": 200_000, "Interest": 20_000, "State income tax": 12_000},
        9_000,
        -0.038 * 9_000,
    ),
    "Real estate tax": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Personal property tax": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Mortgage interest": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Investment interest": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Cash gifts": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 100_000, -0.60 * 150_000),
    "Property gifts": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 100_000, -0.30 * 150_000),
    "Gift carryover": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Other itemized deductions": ("AMT_TAXABLE_INCOME", "mfj", ITEMIZED, 9_000, -9_000),
    "Qualified business income deduction": ("AMT_TAXABLE_INCOME", "mfj", {}, 9_000, -9_000),
    "Age": ("AMT_TAXABLE_INCOME", "mfj", {}, 65, -(1_600 + 6_000)),
    "Spouse age": ("AMT_TAXABLE_INCOME", "mfj", {}, 65, -(1_600 + 6_000)),
    "Blind": ("AMT_TAXABLE_INCOME", "mfj", {}, 1, -1_600),
    "Children under 17": ("AMT_TOTAL_TAX", "mfj", {}, 2, -4_400),
    "Other dependents": ("AMT_TOTAL_TAX", "mfj", {}, 2, -1_000),
    "Foreign tax credit": ("AMT_TOTAL_TAX", "mfj", {}, 1_000, -1_000),
    "AMT foreign tax credit": ("AMT_TENTATIVE_TAX", "mfj", {"Foreign tax credit": 1_000}, 400, 600),
    "Other nonrefundable credits": ("AMT_TOTAL_TAX", "mfj", {}, 1_000, -1_000),
    "Private activity bond interest": ("AMT_INCOME", "mfj", {}, 9_000, 9_000),
    "Other AMT exclusion items": ("AMT_INCOME", "mfj", {}, -9_000, -9_000),
    "Other AMT deferral items": ("AMT_INCOME", "mfj", {}, -9_000, -9_000),
    "Minimum tax credit": ("AMT_TOTAL_TAX", "mfj", {}, 1_000, -1_000),
}


@pytest.mark.parametrize("label", [label for label in LABELS if label.name in EFFECTS], ids=lambda label: label.name)
def test_every_label_counts(label):
    """Each label is known by its name and changes an answer by what its form line says, alone and in columns."""
    function, status, beside, amount, effect = EFFECTS[label.name]
    spread = [0] if "spread" in [argument.name for argument in FUNCTIONS[function].arguments] else []
    household = (150_000, status, 2025, *spread)
    without = call(function, *household, list(beside), list(beside.values()))
    names, amounts = [*beside, label.name], [*beside.values(), amount]
    assert call(function, *household, names, amounts) == pytest.approx(without + effect, abs=0.005)
    assert call(function, *household, [names], [amounts] * 100) == (
        column([pytest.approx(without + effect, abs=0.005)] * 100)
    )


def test_the_labels_whose_effect_is_elsewhere():
    """The plain rate of a state changes no federal answer (tests/forms/test_plain_rate.py has its effect)."""
    assert {label.name for label in LABELS} - EFFECTS.keys() == {"Plain state tax rate"}


# Dates, choices, and yes or no

DAY = datetime.date(2023, 2, 28)  # long-term from March 1, 2024, serial number 45352
SAME_DAY = [
    44_985,
    44_985.0,
    44_985.999,
    np.float64(44_985.5),
    np.int64(44_985),
    DAY,
    datetime.datetime(2023, 2, 28, 23, 59),  # noqa: DTZ001 - a cell's date has no time zone
    datetime.datetime(2023, 2, 28, tzinfo=datetime.UTC),
    np.datetime64("2023-02-28"),
    np.datetime64("2023-02-28T11:30", "ns"),
    pd.Timestamp("2023-02-28 11:30"),
    "2023-02-28",
    " 2023-02-28 ",
    "2023-02-28 11:30:00",
    "2023-02-28T11:30:00.000",
]


@pytest.mark.parametrize("cell", SAME_DAY, ids=repr)
def test_dates_of_every_host(cell):
    """A serial number, a date of Python, numpy or pandas, or ISO text; a time of day is cut off."""
    shown = call("AMT_LONG_TERM_DATE", cell)
    assert (type(shown), shown) == (float, 45_352.0)


@pytest.mark.parametrize("length", [2, 100])
@pytest.mark.parametrize(
    "kind", [list, column, np.array, pd.Series, lambda cells: pd.Series(cells).dt.tz_localize("America/New_York")]
)
def test_dates_in_a_column(kind, length):
    """Dates of numpy and pandas in any range give what each gives alone, and a missing one is a blank."""
    given = answer("AMT_LONG_TERM_DATE", kind([np.datetime64("2023-02-28", "ns")] * length + [np.datetime64("NaT")]))
    *days, missing = [cell[0] if isinstance(cell, list) else cell for cell in given]
    assert days == [45_352.0] * length
    assert str(missing) == "exercise_date: it is blank; enter a date such as 2024-03-01."


def test_dates_of_a_data_frame():
    """A table of dates gives a table, and every unit in which numpy counts is understood."""
    days = pd.DataFrame({"first": pd.to_datetime(["2023-02-28"]), "second": pd.to_datetime(["2024-02-29"])})
    assert answer("AMT_LONG_TERM_DATE", days) == [[45_352.0, 45_717.0]]
    for unit in ("D", "h", "s", "ms", "us", "ns"):
        assert answer("AMT_LONG_TERM_DATE", days.to_numpy().astype(f"datetime64[{unit}]")) == [[45_352.0, 45_717.0]]


def test_serial_numbers_are_those_of_excel():
    """61 is March 1, 1900; before it the spreadsheets differ by the February 29 that Excel believes in."""
    assert [day_of(number) for number in (61, 25_569, 45_352.99, 2_958_465.5)] == [
        datetime.date(1900, 3, 1), datetime.date(1970, 1, 1), datetime.date(2024, 3, 1), datetime.date(9999, 12, 31)
    ]  # fmt: skip
    assert all(serial_number(day_of(number)) == number for number in (61.0, 25_569.0, 2_958_465.0))
    for number in (60.999, 0, -1, 2_958_466, float("nan"), float("inf")):
        with pytest.raises(ValueError, match=str(number)):
            day_of(number)


@pytest.fixture
def code_of_defaults():
    """AMT_DEFAULTS: the arguments that have a default of their own, as they reach a function."""

    def code(shares, **given):
        """Arguments, a digit each."""
        vested = 0 if given["vest_date"] is None else given["vest_date"].year
        return (
            shares
            + 0.1 * given["election_83b"]
            + 0.01 * given["loss_allowed"]
            + vested
            + 0.001 * (given["system"] == "AMT")
        )

    with patch.dict(FUNCTIONS):
        usage = "AMT_DEFAULTS(shares, [vest_date], [election_83b], [loss_allowed], [system])"
        worksheet(usage, category="Test", result="digits", example=(1,), gives=1.01)(code)
        yield


@pytest.mark.usefixtures("code_of_defaults")
@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((), 0.010),
        ((None, None, None, None), 0.010),
        ((0, 0, "", 0), 0.010),
        (("2024-03-01",), 2024.010),
        ((None, True), 0.110),
        ((None, 1, 1), 0.110),
        ((None, "Yes", "TRUE"), 0.110),
        ((None, False, False), 0.000),
        ((None, "no", " NO "), 0.000),
        ((None, None, None, "amt"), 0.011),
        ((None, None, None, " Regular "), 0.010),
        ((2024,), "vest_date: 2024 stands for 1905-07-16, which is not between 1970 and 2099;"),
        ((None, "perhaps"), "election_83b: 'perhaps' is neither yes nor no; write yes or no."),
        ((None, 2), "election_83b: 2 is neither yes nor no; write yes or no."),
        ((None, "#REF!"), "election_83b holds the error #REF!: correct that cell first."),
        ((None, None, 0), "loss_allowed: 0 could be a blank cell or FALSE; write yes or no."),
        ((None, None, -0.0), "loss_allowed: 0 could be a blank cell or FALSE; write yes or no."),
        ((None, None, "maybe"), "loss_allowed: 'maybe' is neither yes nor no; write yes or no."),
        ((None, None, DAY), "loss_allowed: 2023-02-28 is neither yes nor no; write yes or no."),
        ((None, None, None, "both"), "system: 'both' is not one of the choices; use regular or AMT."),
        ((None, None, None, 7), "system: 7 is not text; enter a name."),
    ],
)
def test_arguments_with_a_default(arguments, shown):
    """Left out or blank is the default, and what is no answer is refused; alone and among a long column of others."""
    error = ""
    try:
        alone = call("AMT_DEFAULTS", 0, *arguments)
    except AmtError as refusal:
        error = str(refusal)
        assert error.startswith(shown)
    else:
        assert alone == pytest.approx(shown)
    rows = [[*arguments, None, None, None, None][:4], *([None, False, False, "AMT"] for _ in range(100))]
    for cells in (rows, rows[::-1]):
        in_column = answer(
            "AMT_DEFAULTS", [0] * 101, *(list(cells_of_one) for cells_of_one in zip(*cells, strict=True))
        )
        one, others = (in_column[0], in_column[1:]) if cells is rows else (in_column[-1], in_column[:-1])
        assert others == [0.001] * 100
        assert str(one) == error if error else one == alone


def test_a_choice_that_is_needed():
    """A blank is no answer where the function needs one."""

    def code(system):
        """The system."""
        return system

    with patch.dict(FUNCTIONS):
        worksheet("AMT_CHOSEN(system)", category="Test", result="text", example=("AMT",), gives="AMT")(code)
        assert str(refusal_of("AMT_CHOSEN", None)) == "system: it is blank; use regular or AMT."
        assert call("AMT_CHOSEN", "amt") == "AMT"


# Ranges

CLIENTS = pd.DataFrame(
    {
        "Wages": [150_000, 250_000, 95_000],
        "Status": ["single", "mfj", "hoh"],
        "Year": [2021, 2024, 2026],
        "Interest": [0, 2_500, 400],
        "Age": [40, 67, 30],
    }
)
FACTS = ["Interest", "Age"]
TABLE = [[0, 40], [2_500, 67], [400, 30]]
INCOMES, FILED, TAX_YEARS = [150_000, 250_000, 95_000], ["single", "mfj", "hoh"], [2021, 2024, 2026]
EXPECTED = [
    call("AMT_ROOM", income, status, year, FACTS, row)
    for income, status, year, row in zip(INCOMES, FILED, TAX_YEARS, TABLE, strict=True)
]


def test_labels_in_a_column_with_amounts_elsewhere():
    """Labels in column A and one scenario's amounts in column E: one household, one answer."""
    assert call("AMT_ROOM", 250_000, "mfj", 2024, column(FACTS), column([2_500, 67])) == EXPECTED[1]


def test_labels_in_a_row_with_amounts_below():
    """Labels in a row and one row of amounts: one household, one answer."""
    assert call("AMT_ROOM", 250_000, "mfj", 2024, [FACTS], [[2_500, 67]]) == EXPECTED[1]


def test_labels_in_a_block():
    """Labels and amounts in two blocks of one shape, blanks among them: one household, one answer."""
    labels, amounts = [["Interest", None], ["", "Age"]], [[2_500, None], [0, 67]]
    assert call("AMT_ROOM", 250_000, "mfj", 2024, labels, amounts) == EXPECTED[1]


def test_a_row_of_labels_over_a_table_of_clients():
    """Labels in a row over a table: each row is a household, beside columns of incomes, statuses and years."""
    given = call("AMT_ROOM", column(INCOMES), column(FILED), column(TAX_YEARS), [FACTS], TABLE)
    assert given == column(EXPECTED)


def test_a_column_of_labels_beside_a_table_of_scenarios():
    """Labels in a column beside a table: each column is a household, under rows of incomes, statuses and years."""
    scenarios = [list(row) for row in zip(*TABLE, strict=True)]
    assert call("AMT_ROOM", [INCOMES], [FILED], [TAX_YEARS], column(FACTS), scenarios) == [EXPECTED]


@pytest.mark.parametrize("clients", [2, 100])
def test_a_blank_table_is_zeros(clients):
    """Clients whose facts are still blank are answered without them."""
    blank = [[None, None]] * clients
    assert call("AMT_ROOM", column([150_000] * clients), "single", 2021, [FACTS], blank) == (
        column([pytest.approx(ROOM)] * clients)
    )


def test_a_table_of_one_client():
    """A table of one row is a table: labels in a list over it give a list, as over any other."""
    assert call("AMT_ROOM", [150_000], "single", 2021, FACTS, [[0, 40]]) == [pytest.approx(ROOM)]
    assert (
        call("AMT_ROOM", 150_000, "single", 2021, FACTS, pd.DataFrame(TABLE[:1], columns=FACTS))
        == (call("AMT_ROOM", 150_000, "single", 2021, FACTS, pd.DataFrame(TABLE, columns=FACTS))[:1])
    )


def test_scenarios_of_one_household():
    """Only the amounts are a table: the other arguments hold for every scenario."""
    given = call("AMT_REGULAR_TAX", 150_000, "single", 2021, ["Interest"], [[0, 1_000, 2_000]])
    assert given == [[27_009.0, 27_249.0, 27_489.0]]
    given = call("AMT_REGULAR_TAX", 150_000, "single", 2021, "Interest", column([0, 1_000, 2_000]))
    assert given == column([27_009.0, 27_249.0, 27_489.0])


def test_flat_lists():
    """Python's flat lists give a flat list."""
    assert call("AMT_ROOM", INCOMES, FILED, TAX_YEARS, FACTS, TABLE) == EXPECTED
    assert call("AMT_ROOM", tuple(INCOMES), tuple(FILED), tuple(TAX_YEARS), tuple(FACTS), TABLE) == EXPECTED
    assert call("AMT_ROOM", [150_000], "single", 2021) == [pytest.approx(ROOM)]


def test_numpy_arrays():
    """Arrays of one dimension give a flat list, of two a table; their scalars are single values."""
    assert call("AMT_ROOM", np.array(INCOMES), FILED, np.array(TAX_YEARS), FACTS, np.array(TABLE)) == EXPECTED
    assert call("AMT_ROOM", np.array(column(INCOMES)), np.array(column(FILED)), np.array(column(TAX_YEARS))) == column(
        [call("AMT_ROOM", *row) for row in zip(INCOMES, FILED, TAX_YEARS, strict=True)]
    )
    single = call("AMT_ROOM", np.float64(150_000), np.str_("single"), np.int64(2021))
    assert type(single) is float
    assert single == pytest.approx(ROOM)


def test_pandas():
    """Columns of a data frame, and a part of it under its own names, give a flat list."""
    facts = CLIENTS[FACTS]
    household = (CLIENTS["Wages"], CLIENTS["Status"], CLIENTS["Year"])
    assert call("AMT_ROOM", *household, FACTS, facts) == EXPECTED
    assert call("AMT_ROOM", *household, facts.columns, facts) == EXPECTED


@pytest.mark.parametrize("kind", [list, np.array, pd.Series])
def test_long_columns_of_every_kind(kind):
    """The same from columns that are long enough for arrays."""
    assert call("AMT_ROOM", kind(INCOMES * 40), kind(FILED * 40), kind(TAX_YEARS * 40), FACTS, TABLE * 40) == (
        EXPECTED * 40
    )


def test_a_row_against_a_column():
    """A row of incomes against a column of years gives a table."""
    assert call("AMT_EXEMPTION", [[0, 700_000]], "single", [[2021], [2024], [2026]]) == [
        [73_600.0, 29_500.0],
        [85_700.0, 63_037.5],
        [90_100.0, 0.0],
    ]


def test_a_range_of_one_cell_stretches():
    """A range of one cell goes with a range of any shape, and alone keeps its shape."""
    assert call("AMT_BARGAIN", [[100]], [1, 2, 3], 10) == column([900.0, 800.0, 700.0])
    assert call("AMT_BARGAIN", [[100]], 1, 10) == [[900.0]]


def test_one_error_leaves_the_other_cells():
    """A cell without an answer holds its error; the others are answered."""
    good, bad, later = answer("AMT_ROOM", 150_000, ["single", "singel", "single"], [2021, 2021, 2037])
    assert good == pytest.approx(ROOM)
    assert str(bad) == "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss."
    assert (bad.cell_value, later.cell_value) == ("#VALUE!", "#N/A")


def test_call_names_the_row_of_the_first_error():
    """From Python the first error of a range is raised, with its row and its own kind."""
    error = refusal_of("AMT_ROOM", 150_000, "single", [2021, 2037, 2017])
    assert type(error) is NotHeldError
    assert str(error) == "row 2: year: 2037 is after 2036, the last tax year that is projected."
    assert error.cell_value == "#N/A"


def test_available_shares():
    """Whole shares stop at those available; under water all of them, without any the question has no answer."""
    household = (150_000, "single", 2021)
    assert call("AMT_ROOM_SHARES", *household, 0.07, 0.74, None, None, None, 5_000) == 5_000.0
    assert call("AMT_ROOM_SHARES", *household, [2, 0.07], [1, 0.74], None, None, None, 5_000) == [5_000.0, 5_000.0]
    assert call("AMT_ROOM_SHARES", *household, 2, 1, None, None, None, 5_000) == 5_000.0


# Bad input: what is wrong, where, and what would do

HOUSEHOLD = ("AMT_ROOM", 150_000, "single", 2021)
USE = "use US, CA, CO, CT, MN or any other state by its two letters, or leave it blank."
BAD_INPUT = [
    (
        "unknown status", ArgumentError, ("AMT_ROOM", 150_000, "singel", 2021),
        "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
    ),
    (
        "year before the first", NotHeldError, ("AMT_ROOM", 150_000, "single", 2017),
        "year: 2017 is before 2018, the first tax year that xl-amt covers.",
    ),
    (
        "year after the last", NotHeldError, ("AMT_ROOM", 150_000, "single", 2037),
        "year: 2037 is after 2036, the last tax year that is projected.",
    ),
    (
        "part of a year", ArgumentError, ("AMT_ROOM", 150_000, "single", 2021.5),
        "year: 2021.5 is not a whole year; enter a tax year such as 2026.",
    ),
    (
        "text for a number", ArgumentError, ("AMT_ROOM", "lots", "single", 2021),
        "income: 'lots' is text, not a number; enter digits without quotes.",
    ),
    (
        "text for a labelled number", ArgumentError, (*HOUSEHOLD, "Interest", "some"),
        "Interest: 'some' is text, not a number; enter digits without quotes.",
    ),
    (
        "yes for a number", ArgumentError, ("AMT_ROOM", True, "single", 2021),
        "income: TRUE is not a number; enter an amount.",
    ),
    (
        "negative income", ArgumentError, ("AMT_ROOM", -1, "single", 2021),
        "income: -1 is negative; enter zero or more.",
    ),
    (
        "negative interest", ArgumentError, (*HOUSEHOLD, "Interest", -1),
        "Interest: -1 is negative; enter zero or more.",
    ),
    (
        "negative spread", ArgumentError, ("AMT_OWED", 150_000, "single", 2021, -1),
        "spread: -1 is negative; enter zero or more.",
    ),
    (
        "blank status", ArgumentError, ("AMT_ROOM", 150_000, None, 2021),
        "status: it is blank; use single, mfj, mfs, hoh or qss.",
    ),
    (
        "blank year", ArgumentError, ("AMT_ROOM", 150_000, "single", None),
        "year: it is blank; enter a tax year such as 2026.",
    ),
    (
        "unknown label", ArgumentError, (*HOUSEHOLD, ["Intrest"], [5]),
        "labels: 'Intrest' is not a label; did you mean 'Interest'?",
    ),
    (
        "another unknown label", ArgumentError, (*HOUSEHOLD, ["Long term gains"], [5]),
        "labels: 'Long term gains' is not a label; did you mean 'Long-term capital gain'?",
    ),
    (
        "labels and amounts of different shapes", ArgumentError, (*HOUSEHOLD, ["Interest", "Age"], [5]),
        "labels: a range of 2 × 1 does not fit amounts of 1 × 1; use two ranges of one shape.",
    ),
    (
        "labels without amounts", ArgumentError, (*HOUSEHOLD, ["Interest", "Age"], None),
        "labels: they have no amounts; enter the amounts in a range of the same shape.",
    ),
    (
        "amounts without labels", ArgumentError, (*HOUSEHOLD, None, [5, 40]),
        "amounts: they have no labels; enter the labels in a range of the same shape.",
    ),
    (
        "an amount without a label", ArgumentError, (*HOUSEHOLD, ["Interest", None], [5, 6]),
        "labels: the amount 6 has no label next to it; add one or clear it.",
    ),
    (
        "a label twice", ArgumentError, (*HOUSEHOLD, ["Interest", "Taxable interest"], [5, 6]),
        "labels: 'Interest' is listed twice; combine its amounts on one line.",
    ),
    (
        "unknown deduction", ArgumentError, (*HOUSEHOLD, "Deduction", "smaller"),
        "Deduction: 'smaller' is not one of the choices; use larger, standard or itemized.",
    ),
    (
        "qualified above ordinary dividends", ArgumentError, (*HOUSEHOLD, "Qualified dividends", 5),
        (
            "Qualified dividends: they are more than the ordinary dividends, which include them; enter all ordinary "
            "dividends under the label 'Ordinary dividends'."
        ),
    ),
    (
        "a spouse on a single return", ArgumentError, (*HOUSEHOLD, "Spouse age", 40),
        "Spouse age: only a joint return counts a spouse's age; leave it blank or use the status mfj.",
    ),
    (
        "two blind persons on a single return", ArgumentError, (*HOUSEHOLD, "Blind", 2),
        "Blind: this is more people than file the return; enter 0 or 1, or 2 on a joint return.",
    ),
    (
        "a spouse who itemizes beside a single filer", ArgumentError, (*HOUSEHOLD, "Spouse itemizes", "yes"),
        "Spouse itemizes: this concerns separate filers only; leave it blank or use the status mfs.",
    ),
    (
        "wages already taxed above the wages", ArgumentError, (*HOUSEHOLD, "Wages already taxed by AMT", 150_001),
        "Wages already taxed by AMT: they are more than the income, which includes them; enter all wages as income.",
    ),
    (
        "part of a child", ArgumentError, (*HOUSEHOLD, "Children under 17", 1.5),
        "Children under 17: people are counted in whole numbers; enter 0, 1, 2 and so on.",
    ),
    (
        "tips before 2025", ArgumentError, (*HOUSEHOLD, "Tips deduction", 9_000),
        "Tips, overtime and car loan interest are deducted in 2025 to 2028 only; leave them blank for another year.",
    ),
    (
        "children who may bring more in 2021", NotHeldError,
        ("AMT_TOTAL_TAX", 50_000, "single", 2021, 0, "Children under 17", 1),
        (
            "Children under 17: the larger child tax credit of 2021 may apply here, which depends on ages under 6 and "
            "is not figured; leave the children out."
        ),
    ),
    (
        "too few shares to sell", NoSolutionError,
        ("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 1, 1, 11, 9, "Private activity bond interest", 900_000),
        "shares: AMT is owed even if all of them are sold; other items of the year cause it.",
    ),
    (
        "part of a share to sell", ArgumentError, ("AMT_SHARES_TO_SELL", 150_000, "single", 2024, 1.5, 1, 11, 9),
        "shares: shares are whole; enter a whole number.",
    ),
    (
        "a range for a table", ArgumentError, ("AMT_CURVE", [150_000, 250_000], "single", 2021, 50_000),
        "income: AMT_CURVE gives a table, which cannot be part of a range of answers; use one value.",
    ),
    (
        "a range of facts for a table", ArgumentError,
        ("AMT_FORM", "6251", 150_000, "single", 2021, 0, [["Interest"]], [[1], [2]]),
        "amounts: AMT_FORM gives a table, which cannot be part of a range of answers; use one value.",
    ),
    (
        "under water with no limit", NoSolutionError, ("AMT_ROOM_SHARES", 150_000, "single", 2021, 5, 4),
        (
            "fmv_at_exercise: it is not above the strike, so there is no spread and no limit on the shares; enter "
            "shares_available."
        ),
    ),
    (
        "a missing argument", ArgumentError, ("AMT_OWED", 150_000, "single", 2021),
        "spread: it is missing; use AMT_OWED(income, status, year, spread, [labels], [amounts], [jurisdiction]).",
    ),
    (
        "an argument too many", ArgumentError, ("AMT_BARGAIN", 1, 2, 3, 4),
        "AMT_BARGAIN: 4 arguments were given, but it takes 3 at most: AMT_BARGAIN(shares, strike, fmv_at_exercise).",
    ),
    (
        "ranges that do not fit", ArgumentError, ("AMT_ROOM", [1, 2, 3], ["single", "mfj"], 2021),
        "status: a range of 2 × 1 does not fit income of 3 × 1; use ranges of one shape.",
    ),
    (
        "a table that does not fit", ArgumentError, ("AMT_ROOM", [1, 2, 3], "single", 2021, [["Interest"]], [[1], [2]]),
        "Interest: a range of 2 × 1 does not fit income of 3 × 1; use ranges of one shape.",
    ),
    (
        "rows of different lengths", ArgumentError, ("AMT_ROOM", [[1, 2], [3]], "single", 2021),
        "income: its rows are of different lengths; give a rectangular range.",
    ),
    (
        "an empty range", ArgumentError, ("AMT_ROOM", [], "single", 2021),
        "income: the range is empty; use at least one cell.",
    ),
    (
        "three dimensions", ArgumentError, ("AMT_ROOM", np.zeros((2, 2, 2)), "single", 2021),
        "income: it has 3 dimensions; give rows and columns.",
    ),
    (
        "a date for an amount", ArgumentError, ("AMT_ROOM", datetime.date(2024, 3, 1), "single", 2021),
        "income: 2024-03-01 is not a number; enter an amount.",
    ),
    (
        "no date at all", ArgumentError, ("AMT_LONG_TERM_DATE", None),
        "exercise_date: it is blank; enter a date such as 2024-03-01.",
    ),
    (
        "a year for a date", ArgumentError, ("AMT_LONG_TERM_DATE", 2024),
        (
            "exercise_date: 2024 stands for 1905-07-16, which is not between 1970 and 2099; "
            "enter a date such as 2024-03-01."
        ),
    ),
    (
        "a date before options of today", ArgumentError, ("AMT_LONG_TERM_DATE", "1969-12-31"),
        "exercise_date: 1969-12-31 is not between 1970 and 2099; enter a date such as 2024-03-01.",
    ),
    (
        "a date of figures alone", ArgumentError, ("AMT_LONG_TERM_DATE", 20_240_301),
        "exercise_date: 20240301 is not a date; enter one such as 2024-03-01.",
    ),
    (
        "a date as a country writes it", ArgumentError, ("AMT_LONG_TERM_DATE", "3/1/2024"),
        "exercise_date: '3/1/2024' is not a date; enter one such as 2024-03-01.",
    ),
    (
        "a day that no month has", ArgumentError, ("AMT_LONG_TERM_DATE", "2023-02-29"),
        "exercise_date: '2023-02-29' is not a date; enter one such as 2024-03-01.",
    ),
    (
        "yes for a date", ArgumentError, ("AMT_LONG_TERM_DATE", True),
        "exercise_date: TRUE is not a date; enter one such as 2024-03-01.",
    ),
    (
        "an exercise before the grant", ArgumentError, ("AMT_QUALIFYING_DATE", "2024-03-01", "2024-02-29"),
        "exercise_date: it is before the grant_date; enter the grant date first, then the exercise date.",
    ),
    (
        "unknown parameter", ArgumentError, ("AMT_LAW", "AMT exempton", "single", 2021),
        "parameter: 'AMT exempton' is not a number of the law; did you mean 'AMT exemption'?",
    ),
    (
        "a place that is none", ArgumentError, (*HOUSEHOLD, None, None, "VI"),
        f"jurisdiction: 'VI' is not available; {USE}",
    ),
    (
        "the sum with a place that is none", ArgumentError, (*HOUSEHOLD, None, None, "us+vi"),
        f"jurisdiction: 'US+VI' is not available; {USE}",
    ),
    (
        "an unknown law book", ArgumentError, (*HOUSEHOLD, None, None, "US: Senate bill"),
        (
            "jurisdiction: 'Senate bill' is not a registered law book; no law book is registered; "
            "see docs/advisors/law-books.md."
        ),
    ),
    (
        "a label of California alone", ArgumentError, (*HOUSEHOLD, "CA minimum tax credit", 5),
        (
            "labels: 'CA minimum tax credit' is a fact of California, whose tax the jurisdiction does not name; use "
            "US+CA, or leave its amount blank."
        ),
    ),
    (
        "a state without an AMT", NoAnswerError, (*HOUSEHOLD, None, None, "NY"),
        "jurisdiction: New York has no minimum tax, so it does not limit the spread; use US or US+NY.",
    ),
    (
        "a place that is no state", ArgumentError, (*HOUSEHOLD, None, None, "PR"),
        f"jurisdiction: 'PR' is not available; {USE}",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "arguments", "sentence"), [case[1:] for case in BAD_INPUT], ids=[case[0] for case in BAD_INPUT]
)
def test_bad_input(kind, arguments, sentence):
    """One sentence says what is wrong, where, and what would do; AMT_WHY gives the same one to a cell."""
    error = refusal_of(*arguments)
    assert type(error) is kind
    assert str(error) == sentence
    assert call("AMT_WHY", *arguments) == sentence


@pytest.mark.parametrize(
    ("kind", "cell_value"), [(ArgumentError, "#VALUE!"), (NotHeldError, "#N/A"), (NoSolutionError, "#NUM!")]
)
def test_what_a_cell_shows(kind, cell_value):
    """#VALUE! for a wrong argument, #N/A for what is not held, #NUM! for no solution."""
    shown = {refusal_of(*arguments).cell_value for _, expected, arguments, _ in BAD_INPUT if expected is kind}
    assert shown == {cell_value}


PLACES = {"CA": "California", "CO": "Colorado", "CT": "Connecticut", "MN": "Minnesota"}


def not_held(function, place):
    """The codes of a place that a function does not answer for."""
    return [code for code in place.upper().split("+") if code not in function.jurisdictions]


@pytest.mark.parametrize(
    ("function", "place"),
    [
        pytest.param(function, place, id=f"{function.name}-{place}")
        for function in FUNCTIONS.values()
        for place in ("CA", "ca", "CO", "CT", "MN", "US+CA", "CA+MN")
        if "jurisdiction" in [item.name for item in function.arguments] and not_held(function, place)
    ],
)
def test_no_jurisdiction_but_those_held(function, place):
    """Any other jurisdiction is refused by name in every function, alone and, but for a table, in a column."""
    refused = not_held(function, place)
    names = [argument.name for argument in function.arguments]
    arguments = [*function.example, *[None] * len(names)][: len(names)]
    arguments[names.index("jurisdiction")] = place
    error = refusal_of(function.name, *arguments)
    assert type(error) is NotHeldError
    assert all(PLACES[code] in str(error) for code in refused)
    assert all(place not in str(error) for code, place in PLACES.items() if code not in refused)
    arguments[0] = [arguments[0]] * 100
    if function.gives_a_table:
        assert "gives a table, which cannot be part of a range" in str(refusal_of(function.name, *arguments))
    else:
        assert str(answer(function.name, *arguments)[99]) == str(error)


def test_spaces_in_a_jurisdiction():
    """Spaces in a sum of jurisdictions do not matter."""
    with_spaces, without = (call(*HOUSEHOLD, None, None, place) for place in ("US + CA", "US+CA"))
    assert with_spaces == without


@pytest.mark.parametrize("cell", ["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"])
@pytest.mark.parametrize("where", ["income", "status", "year", "spread", "labels", "amounts", "jurisdiction"])
def test_an_error_in_gives_that_error_out(cell, where):
    """A cell that holds an error gives the same error out, alone and in a column."""
    given = {"income": 150_000, "status": "single", "year": 2021, "spread": 5, "labels": "Age", "amounts": 40}
    given |= {"jurisdiction": "US", where: cell}
    error = refusal_of("AMT_OWED", *given.values())
    assert type(error) is CellHoldsError
    assert error.cell_value == cell
    assert str(error) == f"{where if where != 'amounts' else 'Age'} holds the error {cell}: correct that cell first."
    if where in ("income", "status", "year", "spread"):
        good = FUNCTIONS["AMT_OWED"].example[list(given).index(where)]
        mixed = answer("AMT_OWED", *(given | {where: [good] * 100 + [cell]}).values())
        assert isinstance(mixed[0], float)
        assert (str(mixed[100]), mixed[100].cell_value) == (str(error), cell)


@pytest.mark.parametrize("huge", [float("nan"), float("inf"), -float("inf"), 1e13, 10**400])
def test_numbers_that_no_client_has(huge):
    """Beyond a million millions, or no number at all, is a mistake, not an amount."""
    error = refusal_of("AMT_BARGAIN", huge, 1, 2)
    assert type(error) is ArgumentError
    assert str(error).startswith("shares: ")


def test_why():
    """AMT_WHY says "ok" of a good call, gives the sentence of a bad one, and the row where a range has it."""
    assert call("AMT_WHY", "AMT_ROOM", 150_000, "single", 2021) == "ok"
    assert call("AMT_WHY", "amt_room", [1, 2], "single", [2021, 2016]) == (
        "row 2: year: 2016 is before 2018, the first tax year that xl-amt covers."
    )
    assert (
        call("AMT_WHY", "AMT_ROOM", "#REF!", "single", 2021) == "income holds the error #REF!: correct that cell first."
    )
    assert call("AMT_WHY", "AMT_WHY", "AMT_ROOM", 150_000, "singel", 2021) == "ok"
