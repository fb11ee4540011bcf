"""The household of each year of a record: what is stated, and what follows the year before."""

from pathlib import Path

import pytest

from xl_amt.client import Client, ClientRecord, ClientYear, Plan
from xl_amt.client.households import households
from xl_amt.client.toml_file import read_record
from xl_amt.errors import ArgumentError


def record(*years, growth=None):
    """A record of these years."""
    return ClientRecord(client=Client(name="Ana"), years=years, plan=Plan(income_growth=growth))


def test_a_blank_year_follows_the_one_before():
    """The income grows, everybody is a year older, interest repeats, and what carries over is left to the forms."""
    facts = {"Interest": 500.0, "Age": 64.0, "Minimum tax credit": 9_000.0, "Long-term loss carryover": 4_000.0}
    first = ClientYear(year=2026, status="single", income=200_000.0, facts=facts)
    _, second, third = households(record(first, ClientYear(year=2027), ClientYear(year=2028), growth=0.03)).households
    assert (second.wages, third.wages) == (206_000.0, 212_180.0)
    assert (second.age, third.age, third.interest, third.status) == (65.0, 66.0, 500.0, "single")
    assert (second.minimum_tax_credit, second.long_term_loss_carryover) == (0.0, 0.0)


def test_what_a_year_states_holds():
    """A wedding, a sabbatical, and a fact that ends with 0."""
    first = ClientYear(
        year=2026, status="single", income=200_000.0, facts={"Interest": 500.0, "Mortgage interest": 9.0}
    )
    second = ClientYear(year=2027, status="mfj", income=50_000.0, facts={"Interest": 0.0})
    made = households(record(first, second, growth=0.03)).households[1]
    assert (made.status, made.wages, made.interest, made.mortgage_interest) == ("mfj", 50_000.0, 0.0, 9.0)


def test_what_is_repeated_is_said():
    """A gain seldom comes twice, and an income with no stated growth stays as it is."""
    first = ClientYear(year=2026, status="single", income=200_000.0, facts={"Long-term capital gain": 80_000.0})
    notes = households(record(first, ClientYear(year=2027))).notes
    assert notes == (
        "The income of 2027 follows that of 2026, with no growth stated.",
        "2027 repeats Long-term capital gain of 2026; if it occurs only once, enter 0 for 2027.",
    )


def test_a_first_year_must_say_its_status_and_income():
    """Nothing is guessed in their place."""
    with pytest.raises(ArgumentError, match="2026: its status is not known"):
        households(record(ClientYear(year=2026, income=1.0)))
    with pytest.raises(ArgumentError, match="2026: its income is not known"):
        households(record(ClientYear(year=2026, status="single")))
    with pytest.raises(ArgumentError, match="the record has no tax year"):
        households(record())


def test_a_fact_that_a_form_refuses_names_its_year():
    """The sentence of the form, behind the year."""
    first = ClientYear(year=2026, status="single", income=1.0, facts={"Spouse age": 40.0})
    with pytest.raises(ArgumentError, match="2026, Spouse age: only a joint return"):
        households(record(first))


def test_a_states_own_facts_are_kept_for_its_own_forms():
    """The federal household does not take them."""
    nora = read_record(Path(__file__).with_name("nora-quill.client.toml"))
    first, second = households(nora).households
    assert (first.ordinary_dividends, second.wages) == (4_000.0, 319_300.0)
