"""Every host gives the same answer to the same call: one table of calls, put once to each of them."""

from functools import partial
from struct import pack

import pytest

from tests.hosts import excel_addin, excel_com, formualizer, libreoffice, shell
from tests.hosts.calls import CALLS, Cells, Error, plain, python_rows
from tests.hosts.differences import DIFFERENCES, expected
from tests.hosts.libreoffice import uses_libreoffice
from xl_amt.errors import AmtError
from xl_amt.worksheet import FUNCTIONS, call

# Where single values stand, in each host that has cells; the shell has none.
HOSTS: dict[str, tuple] = {
    "shell": (shell.answers, ("typed",)),
    "COM": (excel_com.answers, ("typed", "in cells")),
    "VBA": (excel_addin.answers, ("typed", "in cells")),
    "formualizer": (formualizer.answers, ("typed", "in cells")),
    "LibreOffice": (libreoffice.answers, ("typed", "in cells")),
}


def bits(rows):
    """Rows that are equal only if each text, each error and each bit of a number is."""
    return rows and [[pack(">d", cell) if isinstance(cell, int | float) else cell for cell in row] for row in rows]


@pytest.fixture
def answers(host, request):
    """The function that puts calls to a host."""
    if host == "LibreOffice":
        return partial(libreoffice.answers, profile=request.getfixturevalue("libreoffice_profile"))
    return HOSTS[host][0]


@pytest.mark.parametrize(
    "host", [pytest.param(host, marks=uses_libreoffice if host == "LibreOffice" else ()) for host in HOSTS]
)
def test_every_host_answers_as_python_does(host, answers):
    """Numbers are equal to the last bit, texts letter by letter, and errors in kind, but for the listed differences."""
    _, placements = HOSTS[host]
    asked: list[tuple] = [(one, where, expected(host, one, where)) for one in CALLS for where in placements]
    wrong = [
        f"{one.function}{tuple(map(plain, one.arguments))}, {where}: {given}, not {right}"
        for (one, where, right), given in zip(asked, answers(asked), strict=True)
        if bits(given) != bits(right)
    ]
    assert not wrong


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda item: f"{item.host}: {item.reason}")
def test_no_difference_is_listed_in_vain(difference):
    """Without it, some call would be expected to show something else."""
    host = difference.host
    assert any(
        bits(expected(host, one, where)) != bits(expected(host, one, where, without=difference))
        for one in CALLS
        for where in HOSTS[host][1]
    )


@pytest.mark.parametrize("one", [one for one in CALLS if one.shows], ids=lambda one: f"{one.function} {one.shows}")
def test_each_kind_of_bad_input_has_its_error(one):
    """What is wrong is #VALUE!, what is not held #N/A, what has no solution #NUM!, and an error in is that error."""
    assert python_rows(one) == [[Error(one.shows)]]
    with pytest.raises(AmtError) as caught:
        call(one.function, *map(plain, one.arguments))
    assert caught.value.cell_value == one.shows


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_table_holds_every_function(function):
    """Each has calls that give an answer, and calls that give an error; each that can be has a range in its place."""
    calls = [one for one in CALLS if one.function == function.name]
    answers = [python_rows(one)[0][0] for one in calls]
    assert not all(isinstance(answer, Error) for answer in answers)
    if not function.takes_any_number_of_arguments:
        assert any(isinstance(answer, Error) for answer in answers)
        for place in range(len(function.arguments)):
            assert any(isinstance(one.arguments[place], Cells) for one in calls if len(one.arguments) > place)
