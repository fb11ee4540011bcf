"""Excel on Windows: what a cell shows, driven through xlwings' own code with only Windows itself stubbed.

xlwings' COM server takes the call (``CallUDF``, as its VBA wrappers make it), its converters clean the values, and its
importer writes the VBA functions; tests/hosts/excel_com.py says what is stubbed.
"""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import MagicMock

import pytest

from tests.hosts import excel_com
from tests.hosts.excel_com import MODULE, OMITTED, Cells, as_excel
from xl_amt.worksheet import FUNCTIONS, answer

DIVISION_BY_ZERO = -2146826281  # xlErrDiv0

# [MS-VBAL] 3.3.5.2: words that no VBA argument can be named
RESERVED_IN_VBA = """
    Abs AddressOf And Any Array As Attribute Boolean ByRef Byte ByVal Call Case CBool CByte CCur CDate CDbl
    CDec CDecl CInt Circle CLng CLngLng CLngPtr Close Const CSng CStr Currency CVar CVErr Date Debug Decimal
    Declare DefBool DefByte DefCur DefDate DefDbl DefDec DefInt DefLng DefLngLng DefLngPtr DefObj DefSng
    DefStr DefVar Dim Do DoEvents Double Each Else ElseIf Empty End EndIf Enum Eqv Erase Event Exit False Fix
    For Friend Function Get Global GoSub GoTo If Imp Implements In Input InputB Int Integer Is LBound Len LenB
    Let Like LineInput Lock Long LongLong LongPtr Loop LSet Me Mod New Next Not Nothing Null On Open Option
    Optional Or ParamArray Preserve Print Private PSet Public Put RaiseEvent ReDim Rem Resume Return RSet
    Scale Seek Select Set Sgn Shared Single Spc Static Stop String Sub Tab Then To True Type TypeOf UBound
    Unlock Until Variant Wend While With WithEvents Write Xor
""".lower().split()


class Workbook:
    """What "Import Functions" needs of an open workbook; keeps the VBA text and the help it is given."""

    Name = "client.xlsm"

    def __init__(self):
        self.vba = ""
        self.help = {}
        self.VBProject = SimpleNamespace(VBComponents=MagicMock(Import=self._import))
        self.Application = SimpleNamespace(Version="16.0", MacroOptions=self._set_options)

    def _import(self, path):
        self.vba = Path(path).read_text(encoding="utf-8")

    def _set_options(self, name, **options):
        self.help[name.removeprefix("'client.xlsm'!")] = options


@pytest.fixture(scope="module")
def excel():
    """The xlwings of Windows, with our functions registered."""
    with excel_com.excel() as windows:
        yield windows


@pytest.fixture(scope="module")
def imported(excel):
    """A workbook after "Import Functions"."""
    workbook = Workbook()
    excel.import_functions(workbook)
    return workbook


def test_exactly_the_functions_of_the_registry_are_registered(excel):
    """The module holds a function for xlwings for each of the registry, and no other."""
    found = {item.__xlfunc__["name"] for item in vars(excel.module).values() if hasattr(item, "__xlfunc__")}
    assert found == set(FUNCTIONS)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_example_of_each_function_gives_its_answer(excel, function):
    """The registry's example gives its value or its first rows, typed into the formula or standing in cells."""
    example = [as_excel(value) for value in function.example]
    cells = example if function.takes_any_number_of_arguments else [Cells(value) for value in example]
    expected = function.gives if function.gives_a_table else [[function.gives]]
    expected = [[cell if isinstance(cell, str) else pytest.approx(cell, abs=0.01) for cell in row] for row in expected]
    for arguments in (example, cells):
        given = excel.call(function.name, *arguments)
        assert (given[: len(expected)] if function.gives_a_table else [[given]]) == expected


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize("blank", [OMITTED, None, Cells(None), Cells("")], ids=["omitted", "empty", "cell", "text"])
def test_blank_optional_arguments_change_nothing(excel, function, blank):
    """Arguments left out, blank cells and empty text give what the call without them gives."""
    example = [as_excel(value) for value in function.example]
    blanks = [blank] * (len(function.arguments) - len(example))
    assert excel.call(function.name, *example, *blanks) == excel.call(function.name, *example)


TABLES = [name for name, function in FUNCTIONS.items() if function.gives_a_table]


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in {"AMT_WHY", *TABLES}])
def test_a_range_gives_a_range_of_answers(excel, name):
    """Two rows in place of the first argument give two rows of answers."""
    first, *others = map(as_excel, FUNCTIONS[name].example)
    one = excel.call(name, first, *others)
    assert excel.call(name, Cells(((first,), (first,))), *others) == [[one], [one]]


@pytest.mark.parametrize("name", TABLES)
def test_a_table_fills_its_range_and_takes_none(excel, name):
    """A table has rows of one width, of numbers and text that COM can carry; a range of values is refused by name."""
    first, *others = map(as_excel, FUNCTIONS[name].example)
    table = excel.call(name, first, *others)
    assert len(table) > 1
    assert len({len(row) for row in table}) == 1
    assert {type(cell) for row in table for cell in row} <= {float, str}
    rows = ((first,), (first,))
    assert excel.call(name, Cells(rows), *others) == "#VALUE!"
    assert excel.call("AMT_WHY", name, rows, *others).endswith(
        f"{name} gives a table, which cannot be part of a range of answers; use one value."
    )


def test_a_range_keeps_its_shape(excel):
    """A row gives a row, a table a table, and a column beside a row a table."""
    room = excel.call("AMT_ROOM", 150_000.0, "single", 2021.0)
    nothing = excel.call("AMT_ROOM", 0.0, "single", 2021.0)
    assert excel.call("AMT_ROOM", Cells(((150_000.0, None),)), "single", 2021.0) == [room, nothing]
    table = Cells(((150_000.0, None), (None, 150_000.0)))
    assert excel.call("AMT_ROOM", table, "single", 2021.0) == [[room, nothing], [nothing, room]]
    column, row = Cells((("single",), ("mfj",))), Cells(((2021.0, 2022.0),))
    assert excel.call("AMT_EXEMPTION", 0.0, column, row) == [[73_600.0, 75_900.0], [114_600.0, 118_100.0]]


def test_a_long_column_is_answered(excel):
    """A column long enough for arrays gives numbers that COM can carry."""
    column = Cells(tuple((float(income),) for income in range(100_000, 200_000, 500)))
    answers = excel.call("AMT_ROOM", column, "single", 2021.0)
    assert len(answers) == 200
    assert {type(cell) for row in answers for cell in row} == {float}


def test_labels_in_a_column_with_amounts_elsewhere(excel):
    """Labels in one column and amounts in another describe one household; blank pairs do not count."""
    labels = Cells((("Interest",), (None,), ("Qualified dividends",), ("Ordinary dividends",)))
    amounts = Cells(((2_000.0,), (None,), (3_000.0,), (4_000.0,)))
    expected = answer(
        "AMT_OWED",
        150_000,
        "mfj",
        2022,
        300_000,
        ["Interest", "Qualified dividends", "Ordinary dividends"],
        [2_000, 3_000, 4_000],
    )
    assert excel.call("AMT_OWED", 150_000.0, "mfj", 2022.0, 300_000.0, labels, amounts) == expected


def test_labels_in_a_row_over_a_table(excel):
    """A row of labels over a table makes each row of the table a household."""
    labels = Cells((("Interest", "Age"),))
    table = Cells(((2_000.0, 40.0), (None, 70.0)))
    incomes = Cells(((150_000.0,), (200_000.0,)))
    assert excel.call("AMT_ROOM", incomes, "single", 2021.0, labels, table) == [
        [answer("AMT_ROOM", 150_000, "single", 2021, ["Interest", "Age"], [2_000, 40])],
        [answer("AMT_ROOM", 200_000, "single", 2021, ["Age"], [70])],
    ]


@pytest.mark.parametrize(
    ("shown", "arguments", "sentence"),
    [
        (
            "#VALUE!",
            ("AMT_ROOM", 150_000.0, "singel", 2021.0),
            "status: 'singel' is not a filing status; use single, mfj, mfs, hoh or qss.",
        ),
        (
            "#N/A",
            ("AMT_ROOM", 150_000.0, "single", 2019.0, OMITTED, OMITTED, "MN"),
            "Minnesota's tax is available from 2021 on",
        ),
        ("#N/A", ("AMT_ROOM", 150_000.0, "single", 2037.0), "2037 is after 2036, the last tax year that is projected"),
        ("#NUM!", ("AMT_ROOM_SHARES", 150_000.0, "single", 2021.0, 5.0, 5.0), "no limit on the shares"),
    ],
)
def test_a_cell_without_an_answer_shows_the_text_of_the_error(excel, shown, arguments, sentence):
    """The error value stands in the cell as text, and AMT_WHY says why."""
    assert excel.call(*arguments) == shown
    assert sentence in excel.call("AMT_WHY", *arguments)


def test_each_failing_cell_of_a_range_shows_its_own_error(excel):
    """An answer that fails leaves the others as they are."""
    statuses = Cells((("single",), ("singel",), (DIVISION_BY_ZERO,)))
    room = excel.call("AMT_ROOM", 150_000.0, "single", 2021.0)
    assert excel.call("AMT_ROOM", 150_000.0, statuses, 2021.0) == [[room], ["#VALUE!"], ["#DIV/0!"]]
    assert excel.call("AMT_WHY", "AMT_ROOM", 150_000.0, statuses.Value, 2021.0).startswith("row 2: status: 'singel'")


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (DIVISION_BY_ZERO, "#DIV/0!"),
        (-2146826246, "#N/A"),
        (-2146826243, "#SPILL!"),
        (-2146826238, "#CALC!"),
        (-2146820000, "#UNKNOWN!"),
    ],
)
def test_an_error_given_comes_out_again(excel, code, shown):
    """An error value in an argument, also one younger than xlwings knows, is never taken for an amount."""
    for error in (code, Cells(code)):
        assert excel.call("AMT_ROOM", error, "single", 2021.0) == shown
        assert excel.call("AMT_ROOM", 1.0, "single", 2021.0, "Long-term capital gain", error) == shown
    assert excel.call("AMT_WHY", "AMT_ROOM", code, "single", 2021.0) == (
        f"income holds the error {shown}: correct that cell first."
    )


def test_the_format_of_a_cell_does_not_matter(excel):
    """Currency is not rounded to the four decimals of COM's currency type, and a date is its serial number."""
    strike = Cells(0.123456, formatted=Decimal("0.1235"))
    income = Cells(44_197.0, formatted=datetime(2021, 1, 1, tzinfo=UTC))
    arguments = ("single", 2021.0, strike, 0.74)
    assert excel.call("AMT_ROOM_SHARES", income, *arguments) == answer(
        "AMT_ROOM_SHARES", 44_197, "single", 2021, 0.123456, 0.74
    )


def test_why_understands_formatted_cells(excel):
    """AMT_WHY, to which VBA hands currency and dates as such, reads them as the function itself does."""
    date = datetime(2021, 1, 1, tzinfo=UTC)
    assert excel.call("AMT_WHY", "AMT_ROOM", Decimal("150000.0000"), "single", 2021.0) == "ok"
    assert excel.call("AMT_WHY", "AMT_ROOM", date, "single", 2021.0) == "ok"
    assert excel.call("AMT_WHY", "AMT_ROOM", 1.0, "single", date) == excel.call(
        "AMT_WHY", "AMT_ROOM", 1.0, "single", 44_197.0
    )


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_vba_function_has_the_arguments_of_the_registry(imported, function):
    """The VBA text that xlwings writes has each Excel name, its arguments in order, optional ones marked."""
    arguments = ", ".join(
        f"ParamArray {item.name}()" if item.kind == "anything" else f"{'' if item.required else 'Optional '}{item.name}"
        for item in function.arguments
    )
    assert f"\nFunction {function.name}({arguments})\n" in imported.vba
    assert f'{function.name} = XLPy.CallUDF("{MODULE}", "{function.name}", ' in imported.vba


def test_no_argument_is_a_word_that_vba_reserves(excel):
    """VBA would refuse the whole module for one such name."""
    names = {item["name"] for name in FUNCTIONS for item in getattr(excel.module, name).__xlfunc__["args"]}
    assert names.isdisjoint(RESERVED_IN_VBA)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_function_wizard_explains_every_argument(imported, function):
    """Excel gets the meaning and unit of the function and of each argument, in letters and a length that it takes."""
    options = imported.help[function.name]
    texts = [options["Description"], *options["ArgumentDescriptions"]]
    meanings = [(function.summary, function.result), *((item.description, item.unit) for item in function.arguments)]
    for text, (meaning, unit) in zip(texts, meanings, strict=True):
        assert text.startswith(meaning.replace("×", "x").replace("−", "-"))
        assert unit in text
        assert text.isascii()
        assert len(text) < 255  # xlwings cuts them off there
    assert options["Category"] == f"xl-amt: {function.category}"


def test_the_module_can_be_imported_on_any_system(run_python):
    """In a fresh Python, with or without Excel, the functions are plain Python functions."""
    program = (
        "from xl_amt.hosts.excel_com import AMT_BARGAIN as bargain;"
        "print(bargain.__name__, bargain(20_000, 10, 40), bargain(20_000, 10, [[40], [-1]]), bargain(20_000, 10, 'x'))"
    )
    assert run_python("-c", program).stdout == "AMT_BARGAIN 600000.0 [[600000.0], ['#VALUE!']] #VALUE!\n"
