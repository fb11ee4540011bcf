"""The first day's exports on the command line: what has ended is left out, what is missing is asked."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from xl_amt.cli import main

EXPORTS = Path(__file__).parent / "exports"
FACTS = ("--status", "single", "--year", "2026", "--income", "185000", "--fmv", "12.40")
LEFT_OUT = {
    "c12_expired_grant.xlsx": ("3,128", "ES-1 has expired: its 10,000 shares are left out."),
    "c46_only_expired.xlsx": ("0", "ES-1 has expired: its 10,000 shares are left out."),
    "c47_left_long_ago.xlsx": (
        "0",
        "ES-1 is no longer an ISO (IRC 422(a)(2), (b)(3)): its 10,000 shares are left out.",
    ),
}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty folder and a wide terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "900")


def output(*arguments):
    """What a command prints; it succeeds."""
    result = CliRunner().invoke(main, list(map(str, arguments)))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("export", LEFT_OUT)
def test_options_that_have_ended_fill_no_room(export):
    """Imported to a workbook, or to a record that is then asked, they are left out with a sentence."""
    shares, sentence = LEFT_OUT[export]
    imported = output("import", EXPORTS / export, *FACTS)
    output("import", EXPORTS / export, *FACTS, "-o", "nora.client.toml")
    for text in (imported, output("room", "nora.client.toml")):
        assert f"{shares} shares at $0 federal AMT" in text
        assert sentence in text


def test_an_import_asks_for_the_days_of_exercises():
    """Shares exercised on unknown days may use this year's room: the import asks, unless it is told how much."""
    asked = "ES-2: the export does not say when 1,000 shares were exercised"
    export = EXPORTS / "c12_expired_grant.xlsx"
    assert asked in output("import", export, *FACTS)
    told = output("import", export, *FACTS, "--exercised", "10000", "-o", "told.xlsx")
    assert asked not in told
    assert "have used 10,000.00 of it; left: 22,538.46" in told
    assert "2,167 shares at $0 federal AMT" in told


def test_a_record_keeps_the_spread_of_exercises_that_are_not_listed():
    """In a workbook and in a TOML file alike: the room is that much smaller, and the years have it too."""
    export = EXPORTS / "c12_expired_grant.xlsx"
    for file in ("nora.client.toml", "nora.xlsx"):
        output("import", export, *FACTS, "--exercised", "10000", "-o", file)
        assert "have used 10,000.00 of it; left: 22,538.46" in output("room", file)
        assert json.loads(output("years", file, "--json"))["years"]["2026"]["ISO spread"] == 10_000.0


def test_room_subtracts_what_is_exercised():
    """The shares fit what is left of the room."""
    household = ("--income", "150000", "--status", "single", "--year", "2021", "--strike", "0.07", "--fmv", "0.74")
    text = output("room", *household, "--exercised", "20000")
    assert "Room left" in text
    assert "7,480.77" in text
    assert "11,165" in text
    result = CliRunner().invoke(main, ["room", *household, "--exercised", "-1"])
    assert result.stderr == "xl-amt: --exercised: -1 is negative; enter zero or more.\n"


def test_an_import_says_what_its_answer_lacks():
    """Without the value of a share, status or wages, nothing is answered."""
    export = EXPORTS / "c12_expired_grant.xlsx"
    text = output("import", export, "--fmv", "12.40", "-o", "a.xlsx")
    assert "No answer until the client's facts are entered: enter --status and --income." in text
    assert "AMT room:" not in text
    text = output("import", export, *FACTS[:-2], "-o", "b.xlsx")
    assert "No shares until their value is known: add --fmv." in text
