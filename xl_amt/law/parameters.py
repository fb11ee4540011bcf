"""The numbers of the law by name, as AMT_LAW and AMT_LAW_SOURCE give them."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final, NamedTuple

from xl_amt.errors import ArgumentError, NotHeldError
from xl_amt.law.book import LawBook, Number
from xl_amt.law.books import law_book
from xl_amt.law.federal import federal_law
from xl_amt.law.names import name_key
from xl_amt.law.status import STATUSES, Status


class Parameter(NamedTuple):
    """Where a named number stands in the law file, and its unit."""

    name: str
    unit: str
    group: str
    key: str


PARAMETERS: Final = (
    Parameter("AMT exemption", "dollars", "amt", "exemption"),
    Parameter("AMT exemption phase-out start", "dollars", "amt", "phase_out_start"),
    Parameter("AMT exemption phase-out rate", "fraction", "amt_phase_out", "rate"),
    Parameter("AMT exemption gone", "dollars", "amt", "exemption_gone"),
    Parameter("AMT 28 % rate start", "dollars", "amt", "high_rate_start"),
    Parameter("AMT low rate", "fraction", "amt_rates", "low"),
    Parameter("AMT high rate", "fraction", "amt_rates", "high"),
    Parameter("Standard deduction", "dollars", "standard_deduction", "amount"),
    Parameter("Additional standard deduction", "dollars", "standard_deduction", "additional"),
    Parameter("Senior deduction", "dollars", "senior_deduction", "amount"),
    Parameter("Senior deduction phase-out start", "dollars", "senior_deduction", "phase_out_start"),
    Parameter("Senior deduction phase-out rate", "fraction", "senior_deduction", "phase_out_rate"),
    Parameter("Top of 10 % bracket", "dollars", "ordinary_brackets", "0"),
    Parameter("Top of 12 % bracket", "dollars", "ordinary_brackets", "1"),
    Parameter("Top of 22 % bracket", "dollars", "ordinary_brackets", "2"),
    Parameter("Top of 24 % bracket", "dollars", "ordinary_brackets", "3"),
    Parameter("Top of 32 % bracket", "dollars", "ordinary_brackets", "4"),
    Parameter("Top of 35 % bracket", "dollars", "ordinary_brackets", "5"),
    Parameter("Top of 0 % capital gain rate", "dollars", "capital_gain_brackets", "zero_rate_top"),
    Parameter("Top of 15 % capital gain rate", "dollars", "capital_gain_brackets", "middle_rate_top"),
    Parameter("Capital loss limit", "dollars", "capital_loss", "limit"),
    Parameter("State and local tax limit", "dollars", "state_and_local_taxes", "limit"),
    Parameter("State and local tax phase-down start", "dollars", "state_and_local_taxes", "phase_down_start"),
    Parameter("State and local tax phase-down rate", "fraction", "state_and_local_taxes", "phase_down_rate"),
    Parameter("State and local tax least limit", "dollars", "state_and_local_taxes", "least"),
    Parameter("Medical expense floor", "fraction of adjusted gross income", "medical_expenses", "floor"),
    Parameter("Cash gift limit", "fraction of adjusted gross income", "gifts", "cash_limit"),
    Parameter("Property gift limit", "fraction of adjusted gross income", "gifts", "property_limit"),
    Parameter("Gift floor", "fraction of adjusted gross income", "gifts", "floor"),
    Parameter("Gifts without itemizing limit", "dollars", "gifts_without_itemizing", "limit"),
    Parameter("Tips deduction limit", "dollars", "tips_deduction", "limit"),
    Parameter("Overtime deduction limit", "dollars", "overtime_deduction", "limit"),
    Parameter("Car loan interest deduction limit", "dollars", "car_loan_interest_deduction", "limit"),
    Parameter("Tips deduction phase-out start", "dollars", "tips_deduction", "phase_out_start"),
    Parameter("Overtime deduction phase-out start", "dollars", "overtime_deduction", "phase_out_start"),
    Parameter("Car loan interest phase-out start", "dollars", "car_loan_interest_deduction", "phase_out_start"),
    Parameter("Child tax credit", "dollars", "child_tax_credit", "each_child"),
    Parameter("Credit for other dependents", "dollars", "child_tax_credit", "each_other_dependent"),
    Parameter("Child tax credit phase-out start", "dollars", "child_tax_credit", "phase_out_start"),
    Parameter("Net investment income tax rate", "fraction", "net_investment_income_tax", "rate"),
    Parameter("Net investment income tax threshold", "dollars", "net_investment_income_tax", "threshold"),
    Parameter("Additional Medicare tax rate", "fraction", "additional_medicare_tax", "rate"),
    Parameter("Additional Medicare tax threshold", "dollars", "additional_medicare_tax", "threshold"),
    Parameter("ISO value limit", "dollars", "incentive_stock_options", "value_limit"),
    Parameter("Estimated tax part of this year", "fraction", "estimated_tax", "this_year"),
    Parameter("Estimated tax high income", "dollars", "estimated_tax", "high_income"),
    Parameter("Estimated tax least balance", "dollars", "estimated_tax", "least_balance"),
)


_BY_KEY: Final = {name_key(parameter.name): parameter for parameter in PARAMETERS}


def find_parameter(name: str) -> Parameter:
    """The parameter of that name; case, spaces and punctuation do not matter."""
    parameter = _BY_KEY.get(name_key(name)) or _BY_KEY.get("amt" + name_key(name))
    if parameter is None:
        near = get_close_matches(name_key(name), _BY_KEY, n=1, cutoff=0.0)
        raise ArgumentError(f"parameter: '{name}' is not a number of the law; did you mean '{_BY_KEY[near[0]].name}'?")
    return parameter


def look_up(name: str, status: Status, year: int, book_name: str = "") -> Number:
    """A number of the federal law and its source; NotHeldError where it is no law in that year."""
    parameter, book = find_parameter(name), law_book(book_name)
    book.check_year(year)
    number = _number(book, book_name, parameter, status, year)
    if number is None:
        raise NotHeldError(f"parameter: '{parameter.name}' is not part of the law of {year} for {STATUSES[status]}.")
    return number


def _number(book: LawBook, book_name: str, parameter: Parameter, status: Status, year: int) -> Number | None:
    if parameter.group == "ordinary_brackets":
        block = book.block(parameter.group, year)
        assert block is not None
        return Number(float(block[status][int(parameter.key)]), book.source(parameter.group, status, year))
    if parameter.key == "exemption_gone":
        exemption = book.number("amt", "exemption", year, status)
        assert exemption is not None
        return Number(
            federal_law(year, status, book_name).exemption_gone,
            f"computed from the exemption ({exemption.source}) by IRC 55(d)(2)",
        )
    return book.number(parameter.group, parameter.key, year, status)
