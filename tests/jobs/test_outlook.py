"""The outlook of a record: what is asked, what is left out and said, its scenarios, its pictures and the command."""

import json
from datetime import date
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

import workbook_templates
from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Exit, Grant, Holding, Plan
from xl_amt.client.toml_file import write_record
from xl_amt.errors import AmtError
from xl_amt.jobs.outlook import report_outlook
from xl_amt.jobs.outlook_pictures import write_pictures
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.planning.outlook.paths import Simulation, Values
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer

A_CENT = 0.01
TODAY = date(2026, 2, 2)
FEW = Simulation(paths=200)
GRANT = Grant(
    label="ES-1", award="ISO", granted=date(2024, 3, 4), strike=2.0, shares=24_000, vesting="1/4 yearly",
    vesting_start=date(2024, 3, 4), fmv_at_grant=2.0,
)  # fmt: skip
PLAN = Plan(
    aim="most after tax", income_growth=0.03, credit_left_at=0.5, values={2026: 14.0, 2027: 20.0, 2028: 28.0},
    exit=Exit(year=2029, price=40.0, recovery_years=2),
)  # fmt: skip
SCENARIOS = (
    '["Down round"]\n2026 = 14\n2027 = 9\n2028 = 5\n2029 = 4\n\n[Gone]\n2026 = 14\n2027 = 20\n2028 = 0\n2029 = 0\n'
)


def planned(*steps):
    """Planned exercises: (year, shares)."""
    return tuple(
        Exercise(grant="ES-1", day=date(year, 12, 15), shares=shares, value=14.0, status="planned")
        for year, shares in steps
    )


def record(*steps, plan=PLAN, **changes):
    """Ana: single, wages of 220,000, 24,000 ISOs at 2."""
    holding = Holding(company="Acme", grants=(GRANT,), exercises=planned(*steps))
    return ClientRecord(
        client=Client(name="Ana Ruiz"),
        years=(ClientYear(year=2026, status="single", income=220_000.0),),
        plan=plan,
        holdings=(holding,),
        **changes,
    )


def by_name(report):
    """The strategies by name."""
    return {one.course.name: one for one in report.strategies}


def test_the_record_plans_its_own_schedule():
    """It stands first, with the same money as the plan's pricing of it, beside the named strategies."""
    report = report_outlook(record((2026, 5_000), (2027, 6_000)), TODAY, FEW)
    assert [one.course.name for one in report.strategies] == [
        "as planned", "all now", "even split", "room ladder", "wait and sell", "same-year escape", "least AMT", "best",
    ]  # fmt: skip
    asked = question_of_record(record(), TODAY).question
    priced = Pricer(asked, amounts_of(asked)).price(((5_000, 6_000, 0),))
    own = report.strategies[0]
    assert own.course.schedule == ((5_000, 6_000, 0),)
    assert own.planned.objective == priced.objective
    assert own.by_price.at(40.0) == pytest.approx(priced.objective, abs=A_CENT)


def test_an_outlook_without_a_spread_is_the_plan():
    """Every figure over the paths is the plan's own."""
    report = report_outlook(record((2026, 5_000)), TODAY, Simulation(volatility=0.0, chance_of_zero=0.0, paths=5))
    for one in report.strategies:
        after_tax = one.chances.after_tax
        figures = [after_tax.mean, after_tax.least, *after_tax.percentiles.values()]
        assert figures == pytest.approx([one.planned.objective] * 7, abs=A_CENT)
    assert report.fan[2028].percentiles == dict.fromkeys((5, 25, 50, 75, 95), 28.0)


def test_the_aim_of_least_tax_is_looked_at_as_most_after_tax():
    """An outlook ends with the sale, whatever the plan's aim is; the figures are the same."""
    least = Plan(**{name: getattr(PLAN, name) for name in ("income_growth", "credit_left_at", "values", "exit")})
    first, second = (report_outlook(record(plan=plan), TODAY, FEW) for plan in (PLAN, least))
    assert first.plain == second.plain


def test_planned_shares_that_are_not_vested_are_left_out_and_said():
    """12,000 are vested by the end of 2026; of 13,000 planned, 1,000 are not; 2029 is the exit."""
    report = report_outlook(record((2026, 13_000), (2029, 100)), TODAY, FEW)
    assert report.strategies[0].course.schedule == ((12_000, 0, 0),)
    why = "are left out: they are not vested by the end of that year, or that year is not before the exit."
    assert [note for note in report.notes if "left out" in note] == [
        f"1,000 shares of ES-1 planned for 2026-12-15 {why}",
        f"100 shares of ES-1 planned for 2029-12-15 {why}",
    ]


def test_scenarios_are_priced_one_by_one(tmp_path):
    """Each scenario's money is that of a plan with those values, shares under water left alone."""
    path = tmp_path / "s.toml"
    path.write_text(SCENARIOS)
    report = report_outlook(record((2026, 5_000), (2027, 6_000)), TODAY, FEW, path)
    assert report.scenarios == {
        "Down round": Values((14.0, 9.0, 5.0), 4.0),
        "Gone": Values((14.0, 20.0, 0.0), 0.0),
    }
    for name, schedule in (("Down round", ((5_000, 6_000, 0),)), ("Gone", ((5_000, 6_000, 0),))):
        values = report.scenarios[name]
        plan = Plan(
            aim="most after tax", income_growth=0.03, credit_left_at=0.5,
            values=dict(zip((2026, 2027, 2028), values.by_place, strict=True)),
            exit=Exit(year=2029, price=values.price, recovery_years=2),
        )  # fmt: skip
        asked = question_of_record(record(plan=plan), TODAY).question
        expected = Pricer(asked, amounts_of(asked)).price(schedule).objective
        assert by_name(report)["as planned"].scenarios[name].objective == pytest.approx(expected, abs=A_CENT)


@pytest.mark.parametrize(
    ("contents", "sentence"),
    [
        ("", "s.toml: it has 0 scenarios; enter from 1 to 100."),
        ("a = 3", "s.toml: scenario 'a': it is not a table; write ['a'] and, under it, one value per year."),
        ("[a]\n2026 = 1\n2027 = 1\n2029 = 1", "s.toml: scenario 'a': the value of a share in 2028 is missing; add it."),
        ("[a]\n2031 = 1", "s.toml: scenario 'a': '2031' is not a year from 2026 to 2029, the exit's; leave it out."),
        (
            "[a]\n2026 = 1\n2027 = -1\n2028 = 1\n2029 = 1",
            "s.toml: scenario 'a', 2027: -1 is negative; enter zero or more.",
        ),
        (
            '[a]\n2026 = "x"\n2027 = 1\n2028 = 1\n2029 = 1',
            "s.toml: scenario 'a', 2026: 'x' is text, not a number; enter digits without quotes.",
        ),
        ("[a]\n2026 = nan\n2027 = 1\n2028 = 1\n2029 = 1", "s.toml: scenario 'a', 2026: nan is not a usable number"),
        ("[a", "it is not valid TOML"),
    ],
)
def test_a_file_of_scenarios_that_cannot_be_read(tmp_path, contents, sentence):
    """One sentence with the file, the scenario and the year."""
    path = tmp_path / "s.toml"
    path.write_text(contents)
    with pytest.raises(AmtError) as refused:
        report_outlook(record(), TODAY, FEW, path)
    assert sentence in str(refused.value)


def test_a_plan_without_an_exit():
    """The sentence says what to enter; an export has no plan at all."""
    for plan in (None, Plan(values={2027: 20.0})):
        with pytest.raises(AmtError) as refused:
            report_outlook(record(plan=plan), TODAY, FEW)
        assert str(refused.value) == (
            "[plan], exit: an outlook ends with the sale of the shares; enter its year and price, as in exit = { year "
            "= 2028, price = 30 }."
        )


def test_four_pictures(tmp_path, monkeypatch):
    """Well-formed documents, each strategy in the legend, those that come to the same on one line."""
    monkeypatch.setattr("xl_amt.jobs.outlook_pictures.can_draw_png", lambda: False)
    report = report_outlook(record((2026, 5_000), (2027, 6_000)), TODAY, FEW)
    written = write_pictures(report, tmp_path / "new" / "folder")
    assert [path.name for path in written] == [
        "after-tax-by-price.svg", "cash-by-year.svg", "fan.svg", "credit-by-year.svg",
    ]  # fmt: skip
    for path in written:
        texts = [item.text for item in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own
        assert any("Ana Ruiz" in (text or "") for text in texts)
        if path.name != "fan.svg":
            assert {"as planned", "room ladder"} <= set(texts)
    before = [path.read_bytes() for path in written]
    assert [path.read_bytes() for path in write_pictures(report, tmp_path / "new" / "folder")] == before


def test_pictures_of_the_shortest_plan(tmp_path):
    """One year of exercise, an exit in the next one, a value that is gone, and no recovery year."""
    for price in (0.0, 40.0):
        plan = Plan(values={2026: 14.0}, exit=Exit(year=2027, price=price, recovery_years=0))
        report = report_outlook(record(plan=plan), TODAY, Simulation(paths=3))
        pictures = [path for path in write_pictures(report, tmp_path) if path.suffix == ".svg"]
        assert len(pictures) == 4
        assert not [path for path in pictures if "nan" in path.read_text() or "inf" in path.read_text()]


def test_png_beside_svg_where_it_can_be_drawn(tmp_path, monkeypatch):
    """Each picture twice."""
    monkeypatch.setattr("xl_amt.jobs.outlook_pictures.can_draw_png", lambda: True)
    monkeypatch.setattr("xl_amt.jobs.outlook_pictures.png_of", lambda svg: svg.encode()[:4])
    written = write_pictures(report_outlook(record(), TODAY, FEW), tmp_path)
    assert [path.suffix for path in written] == [".svg", ".png"] * 4
    assert written[1].read_bytes() == b"<svg"


def run(*arguments):
    """What the command does."""
    return CliRunner().invoke(main, ["outlook", *map(str, arguments)], prog_name="xl-amt", catch_exceptions=False)


@pytest.fixture
def client(tmp_path, monkeypatch):
    """The record as a file, read on a day of 2026."""
    monkeypatch.setattr(import_module("xl_amt.cli.outlook"), "today", lambda: TODAY)
    path = tmp_path / "ana.client.toml"
    write_record(record((2026, 5_000), (2027, 6_000)), path)
    return path


def test_the_command_prints_tables(client, tmp_path):
    """Values, money, scenarios, chances, and what it rests on; nothing is cut."""
    (tmp_path / "s.toml").write_text(SCENARIOS)
    printed = run(client, "--paths", 500, "--scenarios", tmp_path / "s.toml")
    assert (printed.exit_code, printed.stderr) == (0, "")
    assert "…" not in printed.stdout
    assert (
        "Ana Ruiz: 500 paths to the exit of 2029, volatility 0.5, chance of zero 0.05 a year, seed 1." in printed.stdout
    )
    rows = [line.split() for line in printed.stdout.splitlines()]
    assert ["Down", "round", "14.00", "9.00", "5.00", "4.00"] in rows
    assert ["as", "planned", "35,544", "-19,120"] in rows
    assert any(row[:3] == ["wait", "and", "sell"] and row[-1] == "0" for row in rows)
    assert "Note: Section 1202 is not figured" in printed.stdout


def test_the_command_in_json(client, tmp_path):
    """The document is alone on standard output, and the same for the same seed."""
    first, second, other = (run(client, "--paths", 300, "--seed", seed, "--json") for seed in (7, 7, 8))
    document = json.loads(first.stdout)
    assert first.stdout == second.stdout
    assert document["simulation"] == {
        "volatility": 0.5, "drift": None, "chance_of_zero": 0.05, "paths": 300, "seed": 7,
    }  # fmt: skip
    assert document["strategies"][0]["after_tax"] != json.loads(other.stdout)["strategies"][0]["after_tax"]
    strategies = {one["name"]: one for one in document["strategies"]}
    assert strategies["as planned"]["schedule"] == {"ES-1": {"2026": 5_000, "2027": 6_000, "2028": 0}}
    assert strategies["wait and sell"]["regrets"] == []
    (regret,) = strategies["all now"]["regrets"]
    assert regret["from_price"] == 0.0
    pictured = run(client, "--paths", 50, "--json", "--pictures", tmp_path / "pictures")
    assert json.loads(pictured.stdout)["client"] == "Ana Ruiz"
    assert "fan.svg" in pictured.stderr


def test_another_jurisdiction(client):
    """California's taxes beside the federal ones leave less."""
    both, federal = (
        json.loads(run(client, "--paths", 20, "--json", *more).stdout) for more in (["--jurisdiction", "US+CA"], [])
    )
    assert both["jurisdictions"] == ["US", "CA"]
    assert both["strategies"][0]["after_tax_as_planned"] < federal["strategies"][0]["after_tax_as_planned"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--volatility", "-0.1"), "volatility: -0.1 is below 0; enter a fraction a year, such as 0.5."),
        (("--volatility", "high"), "--volatility: 'high' is text, not a number; enter digits without quotes."),
        (("--chance-of-zero", "2"), "chance of zero: 2 is above 1; enter a fraction a year, such as 0.05."),
        (("--paths", "0"), "paths: 0 is below 1; enter from 1 to 50,000."),
        (("--paths", "10.5"), "--paths: 10.5 is not a whole number; enter one such as 1000."),
        (("--seed", "-3"), "seed: -3 is below 0; enter a whole number, such as 1."),
        (("--drift", "-2"), "drift: -2 is below -1; enter a fraction a year, such as 0.08."),
        (("--scenarios", "none.toml"), "none.toml cannot be read as scenarios (No such file or directory)"),
    ],
)
def test_bad_options(client, words, sentence):
    """One sentence on the error stream, and exit code 2."""
    refused = run(client, *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert sentence in " ".join(refused.stderr.split())


def test_an_export_has_no_plan():
    """An export is read, and what is missing of it is said."""
    refused = run(Path(workbook_templates.__file__).with_name("carta_example.xlsx"))
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "[plan], exit: an outlook ends with the sale of the shares" in refused.stderr


def test_a_folder_that_cannot_be_made(client, tmp_path):
    """A file stands where the folder should be."""
    (tmp_path / "taken").write_text("")
    refused = run(client, "--paths", 5, "--pictures", tmp_path / "taken")
    assert refused.exit_code == 2
    assert "cannot be made" in refused.stderr
