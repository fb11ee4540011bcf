"""December's decision of a record: what is asked, what is left out and said, and the command that shows it."""

import json
from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from click.testing import CliRunner

from xl_amt.cli import main
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Plan, Sale, Value
from xl_amt.client.toml_file import write_record
from xl_amt.errors import AmtError, ArgumentError
from xl_amt.jobs.december import report_december
from xl_amt.jobs.december_of_record import Asked
from xl_amt.jobs.years_report import report_years

A_CENT = 0.01
GRANTED = date(2020, 5, 4)


def grant(label="ES-1", strike=2.0, **terms):
    """8,000 options, vested when they are exercised in 2024."""
    return Grant(
        label=label, award="ISO", granted=GRANTED, strike=strike, shares=8_000, vesting="1/4 yearly",
        vesting_start=GRANTED, fmv_at_grant=strike, **terms,
    )  # fmt: skip


EXERCISED = Exercise(grant="ES-1", day=date(2024, 5, 6), shares=5_000, value=42.0)
ACME = Holding(company="Acme", grants=(grant(),), exercises=(EXERCISED,))
BOLT = Holding(
    company="Bolt",
    grants=(grant("B-1", 1.0),),
    exercises=(Exercise(grant="B-1", day=date(2024, 9, 2), shares=3_000, value=11.0),),
)


def record(*holdings, jurisdiction="US", years=None, **plan):
    """A single client with 200,000 of wages."""
    return ClientRecord(
        client=Client(name="Mara Holt", jurisdiction=jurisdiction),
        years=years or (ClientYear(year=2024, status="single", income=200_000.0),),
        plan=Plan(**plan),
        holdings=holdings or (ACME,),
    )


def asked(price=30.0, **changes):
    """The question of 2024."""
    return Asked(2024, {"": price} if price else {}, **changes)


def test_shares_of_one_exercise_are_one_lot():
    """Three vesting days before the exercise: one lot of 5,000, whose figures are the worked ones."""
    (lot,) = report_december(record(credit_left_at=0.5), asked()).lots
    assert (lot.label, lot.shares, lot.strike, lot.amt_basis) == ("ES-1 / 2024-05-06", 5_000, 2.0, 42.0)
    hold, sell, _ = lot.ways
    assert hold.tax_added[2024] == pytest.approx(45_813.50, abs=A_CENT)
    assert sell.tax_added[2024] == pytest.approx(46_726.25, abs=A_CENT)
    assert hold.break_even == pytest.approx(27.21, abs=A_CENT)


def test_shares_that_vested_after_the_exercise_are_lots_of_their_own():
    """Exercised early in 2024, shares that vest later that year are AMT income at vesting: a lot beside the rest."""
    early = replace(
        ACME,
        grants=(grant(early_exercise=True),),
        exercises=(replace(EXERCISED, day=date(2024, 3, 4), shares=8_000),),
        values=(Value(day=date(2024, 5, 4), price=50.0),),
    )
    report = report_december(record(early), asked())
    assert [(lot.label, lot.shares, lot.amt_basis) for lot in report.lots] == [
        ("ES-1 / 2024-03-04", 6_000, 42.0),
        ("ES-1 / 2024-03-04 / ISO vesting 2024-05-04", 2_000, 50.0),
        ("all lots together", 8_000, None),
    ]


@pytest.mark.parametrize("jurisdiction", ["US", "US+CA"])
def test_the_figures_are_those_of_the_years_with_the_sale_in_the_record(jurisdiction):
    """Tax and AMT of each way are what `xl-amt years` shows for a record that plans the same sale, a state's too."""
    plain = record(BOLT, ACME, jurisdiction=jurisdiction)
    question = Asked(2024, {"Acme": 30.0, "Bolt": 9.0}, {"Acme": 35.0})
    report = report_december(plain, question)
    lot = next(each for each in report.lots if each.holding == "Acme")
    years = (*plain.years, ClientYear(year=2025))
    names = ["total tax"] if jurisdiction == "US" else ["total tax", "CA total tax"]

    def taxes(acme):
        figures = report_years(replace(plain, years=years, holdings=(BOLT, acme))).figures
        return {year: sum(of_year[name] for name in names) for year, of_year in figures.items()}

    without = taxes(replace(ACME, exercises=()))
    for way in lot.ways:
        (sale,) = way.sales
        planned = Sale(day=sale.day, shares=5_000, price=sale.price, status="planned")
        with_sale = taxes(replace(ACME, sales=(planned,)))
        added = {year: with_sale[year] - without[year] for year in with_sale}
        assert way.tax_added == pytest.approx(added, abs=A_CENT)


def test_the_fewest_shares_of_several_companies():
    """A sale of what the report names ends the AMT of the year, and one share less does not."""
    plain = record(ACME, BOLT)
    report = report_december(plain, Asked(2024, {"Acme": 30.0, "Bolt": 9.0}))
    sold = {item.lot.label: item.shares for item in report.fewest}
    assert sum(sold.values()) > 0

    def amt(fewer):
        holdings = []
        for holding in (ACME, BOLT):
            label = f"{holding.exercises[0].grant} / {holding.exercises[0].day}"
            shares = sold.get(label, 0) - (fewer if label == last else 0)
            price = report.prices[holding.company]
            sale = Sale(day=report.last_day, shares=shares, price=price, status="planned")
            holdings.append(replace(holding, sales=(sale,) if shares else ()))
        return report_years(replace(plain, holdings=tuple(holdings))).figures[2024]["AMT"]

    last = report.fewest[-1].lot.label
    assert amt(0) < 0.005 <= amt(1)


def test_no_december_sale_without_a_market():
    """Without a price nothing is sold by December 31, and a sentence says that a 409A value is not a bid."""
    report = report_december(record(), asked(price=None, later_prices={"": 50.0}))
    (lot,) = report.lots
    assert [way.name for way in lot.ways] == ["hold", "sell next year"]
    assert (lot.fewest_without_amt, lot.most_money, report.fewest) == (None, None, None)
    assert any("a 409A value is not a bid" in note and note.startswith("Acme:") for note in report.notes)


def test_the_later_price():
    """What is asked, the plan's value of the year, the price now, a known value: in this order, and said."""
    assert report_december(record(values={2025: 55.0}), asked(later_prices={"acme": 60.0})).later_prices == {
        "Acme": 60.0
    }
    for plan, price, later, source in (
        ({"values": {2025: 55.0}}, 30.0, 55.0, "the plan's value"),
        ({}, 30.0, 30.0, "the price now"),
        ({}, None, 42.0, "the value of 2024-05-06"),
    ):
        report = report_december(record(**plan), asked(price))
        assert report.later_prices == {"Acme": later}
        assert f"The later price of Acme, {later:,.2f}, is {source}; --later-price changes it." in report.notes


def test_wash_sales_are_named():
    """Stock units that vest within 30 days make a sale below the value at exercise a wash sale; its money is said."""
    units = Grant(label="RS-1", award="RSU", granted=date(2024, 1, 15), shares=400, vesting="2025-01-15: 400")
    near = replace(ACME, grants=(grant(), units), values=(Value(day=date(2025, 1, 15), price=30.0),))
    report = report_december(record(near), asked())
    (named,) = [note for note in report.notes if "it is a wash sale" in note]
    assert "RS-1 " in named
    assert (
        "where that is all of them, it leaves 82,273.75 after tax" in named
    )  # 150,000 less 67,726.25 of tax on wages of 400,000
    assert not [note for note in report_december(record(near), asked(price=45.0)).notes if "it is a wash sale" in note]
    assert any("from 2024-12-01 to 2025-01-30" in note for note in report.notes)


def test_a_later_sale_of_the_record_is_left_out():
    """A sale planned for next year stands in no figure, and a sentence says so."""
    planned = replace(ACME, sales=(Sale(day=date(2025, 7, 1), shares=5_000, price=33.0, status="planned"),))
    report = report_december(record(planned), asked())
    assert report.lots[0].ways == report_december(record(), asked()).lots[0].ways
    assert any("the sale of 2025-07-01 is left out of every figure" in note for note in report.notes)


def test_earlier_years_carry_into_this_one():
    """Losses and credit of the years before are in the figures; harvesting them is shown."""
    years = (ClientYear(year=2024, status="single", income=200_000.0), ClientYear(year=2025))
    lost = replace(ACME, sales=(Sale(day=date(2025, 6, 2), shares=5_000, price=10.0),))
    bought = replace(lost, exercises=(EXERCISED, replace(EXERCISED, day=date(2025, 2, 3), shares=1_000, value=12.0)))
    report = report_december(record(bought, years=years), Asked(2025, {"": 9.0}))
    assert [lot.label for lot in report.lots] == ["ES-1 / 2025-02-03"]
    figures = report_years(record(bought, years=years)).figures[2025]
    assert report.amt == {"US": pytest.approx(figures["AMT"], abs=A_CENT)}
    assert report.harvest["US"][-1].credit_freed > 0.0


def test_a_spouses_shares_are_on_a_joint_return():
    """A spouse's lots are in a joint return's decision, and in no other."""
    both = (ClientYear(year=2024, status="mfj", income=200_000.0),)
    spouse = replace(BOLT, holder="spouse")
    report = report_december(record(ACME, spouse, years=both), Asked(2024, {"Acme": 30.0, "Bolt": 9.0}))
    assert [lot.holding for lot in report.lots] == ["Acme", "Bolt, spouse"]
    assert [lot.holding for lot in report_december(record(ACME, spouse), asked()).lots] == ["Acme"]
    with pytest.raises(ArgumentError) as refused:
        report_december(record(spouse), asked())
    assert str(refused.value) == (
        "2024: this year's ISO shares are the spouse's, and the return is not joint; ask with the spouse's record."
    )


NO_YEAR = "2026 is not among the years of the record, 2024 to 2024; add its [[year]], or ask about another with --year."
NOTHING = (
    "2024: no ISO shares whose spread is AMT income of 2024 are held at its end, so there is nothing to decide; "
    "add the exercise, or ask about another year with --year."
)


@pytest.mark.parametrize(
    ("made", "question", "sentence"),
    [
        (record(replace(ACME, exercises=())), asked(), NOTHING),
        (record(replace(ACME, sales=(Sale(day=date(2024, 6, 3), shares=5_000, price=40.0),))), asked(), NOTHING),
        (record(), Asked(2026), NO_YEAR),
        (record(), asked(-1.0), "--price: -1 is not a price per share; enter more than 0."),
        (
            record(ACME, BOLT),
            asked(),
            '--price: this year\'s shares are from Acme and Bolt; say whose price it is, as in --price "Acme=30".',
        ),
        (record(), Asked(2024, {"Bolt": 9.0}), "--price: no ISO shares of the year are from 'Bolt'; use Acme."),
        (
            record(),
            asked(credit_left_at=2.0),
            "credit_left_at: 2 is not from 0 to 1; a dollar of credit left is worth at most a dollar.",
        ),
        (
            record(discount_rate=-0.1),
            asked(),
            "[plan], discount_rate: -0.1 is below 0, which would make a later dollar count for more; enter 0 or more.",
        ),
    ],
)
def test_bad_input(made, question, sentence):
    """One sentence each."""
    with pytest.raises(AmtError) as refused:
        report_december(made, question)
    assert str(refused.value) == sentence


def run(*arguments):
    """What the command does."""
    return CliRunner().invoke(main, ["december", *map(str, arguments)], prog_name="xl-amt", catch_exceptions=False)


@pytest.fixture
def client(tmp_path):
    """The record as a file."""
    path = tmp_path / "mara.client.toml"
    write_record(record(credit_left_at=0.5), path)
    return path


def test_the_command_prints_a_column_a_way(client):
    """The table has the ways side by side, with the break-even price below them; nothing is cut at 80 characters."""
    printed = run(client, "--year", "2024", "--price", "30")
    assert (printed.exit_code, printed.stderr) == (0, "")
    rows = {line.strip().partition("  ")[0]: line.split() for line in printed.stdout.splitlines()}
    assert rows["tax of 2024"][-3:] == ["45,813.50", "46,726.25", "45,813.50"]
    assert rows["break-even price"][2] == "27.21"
    assert "…" not in printed.stdout
    assert "No sale" not in printed.stdout


def test_the_command_in_json(client):
    """The document has every figure of the report, and is alone on standard output."""
    document = json.loads(run(client, "--year", 2024, "--price", "Acme=30", "--later-price", 50, "--json").stdout)
    assert (document["client"], document["prices"], document["later_prices"]) == (
        "Mara Holt",
        {"Acme": 30.0},
        {"Acme": 50.0},
    )
    ways = document["lots"][0]["ways"]
    assert [way["name"] for way in ways] == ["hold", "sell by December 31", "sell next year"]
    assert ways[0]["break_even"] == pytest.approx(27.21, abs=A_CENT)
    assert [sale["kind"] for sale in chain(*(way["sales"] for way in ways))] == [
        "qualifying",
        "same-year",
        "disqualifying",
    ]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--price", "much"), "--price: 'much' is text, not a number; enter digits without quotes."),
        (("--price", "Acme="), "--price: it is blank; enter a price per share."),
        (("--price", "Acme=1", "--price", "Acme=2"), "--price: Acme is given twice; keep one."),
        (("--price", "1", "--price", "2"), "--price: the price is given twice; keep one."),
        (("--credit-left-at", "-1"), "credit_left_at: -1 is not from 0 to 1"),
    ],
)
def test_bad_options(client, words, sentence):
    """One sentence on the error stream, and exit code 2."""
    refused = run(client, "--year", "2024", *words)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert sentence in " ".join(refused.stderr.split())
