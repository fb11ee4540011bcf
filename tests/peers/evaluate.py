"""Run by the Python of the peers' environment: households in, a peer's figures out, as lines of JSON.

``python evaluate.py tax-calculator < households.jsonl > figures.jsonl``
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections.abc import Iterator
from typing import Any

Facts = dict[str, Any]
Figures = dict[str, float]

STATUSES = {"single": 1, "mfj": 2, "mfs": 3, "hoh": 4, "qss": 5}
"""Filing statuses as Tax-Calculator numbers them."""

OTS_STATUSES = {
    "single": "Single",
    "mfj": "Married/Joint",
    "mfs": "Married/Sep",
    "hoh": "Head_of_House",
    "qss": "Widow(er)",
}


def tax_calculator(households: list[Facts]) -> Iterator[Figures | None]:
    """Tax-Calculator's figures, all households of a year and a deduction at once.

    It takes whichever deduction costs less in all, AMT included; its own policy parameters take the other one away.
    Where both then cost the same but for binary dust, it may still leave the standard one out: None.
    """
    import taxcalc

    found: dict[int, Figures | None] = {}
    policy = taxcalc.Policy()
    for year in sorted({facts["year"] for facts in households}):
        policy.set_year(year)
        for deduction, without in (("standard", ("ID_c",)), ("itemized", ("STD", "STD_Aged"))):
            kind = (year, deduction)
            rows = [row for row, facts in enumerate(households) if (facts["year"], facts["deduction"]) == kind]
            if rows:
                columns = _tax_calculator_columns(policy, without, [households[row] for row in rows])
                left_out = (columns.pop("standard") == 0.0) & (deduction == "standard")
                for at, row in enumerate(rows):
                    if left_out[at] and not households[row]["spouse_itemizes"]:
                        found[row] = None
                    else:
                        found[row] = {name: float(column[at]) for name, column in columns.items()}
    for row in range(len(households)):
        yield found[row]


def _tax_calculator_columns(policy: Any, without: tuple[str, ...], households: list[Facts]) -> dict[str, Any]:
    import numpy
    import pandas
    import taxcalc
    from taxcalc.calcfunctions import AMT

    records = taxcalc.Records(
        data=pandas.DataFrame([_tax_calculator_record(row, facts) for row, facts in enumerate(households, 1)]),
        start_year=policy.current_year,
        gfactors=None,
        weights=None,
        adjust_ratios=None,
        exact_calculations=True,
    )
    calculator = taxcalc.Calculator(policy=policy, records=records, verbose=False)
    for parameter in without:
        calculator.policy_param(parameter, numpy.zeros((1, 5)))
    calculator.calc_all()
    columns = {
        "standard": calculator.array("standard"),
        "adjusted_gross_income": calculator.array("c00100"),
        "taxable_income": calculator.array("c04800"),
        "regular_tax": calculator.array("taxbc"),
        "alternative_minimum_taxable_income": calculator.array("c62100"),
        "alternative_minimum_tax": calculator.array("c09600"),
        "net_investment_income_tax": calculator.array("niit"),
        "additional_medicare_tax": calculator.array("ptax_amc"),
        "child_tax_credit": calculator.array("c07220") + calculator.array("odc"),
    }
    columns = {name: column.copy() for name, column in columns.items()}
    # Form 6251 line 9 is no output of its own; measured against no regular tax, line 11 is line 9.
    calculator.array("taxbc", numpy.zeros(len(households)))
    AMT(policy, calculator._Calculator__records)
    columns["tentative_minimum_tax"] = calculator.array("c09600")
    return columns


def _tax_calculator_record(number: int, facts: Facts) -> Facts:
    itemizes = facts["deduction"] == "itemized"
    joint = facts["status"] == "mfj"
    return {
        "RECID": number,
        "MARS": STATUSES[facts["status"]],
        "e00200": facts["wages"],
        "e00200p": facts["wages"],
        "e00200s": 0.0,
        "e00300": facts["interest"],
        "e00600": facts["ordinary_dividends"],
        "e00650": facts["qualified_dividends"],
        "p22250": facts["short_term_gain"],
        "p23250": facts["long_term_gain"],
        "e00700": facts["state_tax_refund"],
        "e19800": facts["cash_gifts"],
        "age_head": facts["age"],
        "age_spouse": facts["spouse_age"] if joint else 0,
        "blind_head": min(facts["blind"], 1),
        "blind_spouse": max(facts["blind"] - 1, 0),
        "MIDR": int(facts["spouse_itemizes"]),
        "XTOT": 1 + joint + facts["children_under_17"] + facts["other_dependents"],
        "n24": facts["children_under_17"],
        "nu18": facts["children_under_17"],
        "e07300": facts["foreign_tax_credit"],
        "tip_income": facts["tips_deduction"],
        "overtime_income": facts["overtime_deduction"],
        "auto_loan_interest": facts["car_loan_interest"],
        "cmbtp": facts["iso_spread"] + facts["private_activity_bond_interest"],
        "e17500": itemizes * facts["medical_expenses"],
        "e18400": itemizes * facts["state_income_tax"],
        "e18500": itemizes * facts["real_estate_tax"],
        "e19200": itemizes * facts["mortgage_interest"],
        "e20100": itemizes * facts["property_gifts"],
    }


def tenforty(households: list[Facts]) -> Iterator[Figures | None]:
    """The figures of OpenTaxSolver as tenforty carries it.

    Its 2025 program keeps the deduction for seniors of one return for the next, so each of these has its own process.
    """
    import tenforty.core  # noqa: F401  before the processes part

    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        apart = pool.imap(_tenforty_return, [facts for facts in households if facts["year"] == 2025], chunksize=1)
        for facts in households:
            yield next(apart) if facts["year"] == 2025 else _tenforty_return(facts)


def _tenforty_return(facts: Facts) -> Figures | None:
    from tenforty.core import evaluate_form

    year = facts["year"]
    if year > 2025 or facts["spouse_itemizes"]:
        return None
    lines = evaluate_form(year, "US_1040", federal_form_values=_open_tax_solver_lines(facts))["federal"]
    income, taxable, tax = {
        2018: ("L7", "L10", "L11a"),
        2019: ("L8b", "L11", "L12a"),
        2025: ("L11b", "L15", "L16"),
    }.get(year, ("L11", "L15", "L16"))
    return {
        "adjusted_gross_income": lines[income],
        "taxable_income": lines[taxable],
        "regular_tax": lines[tax],
        "alternative_minimum_taxable_income": lines.get("AMT_Form_6251_L4", 0.0),
        "tentative_minimum_tax": lines.get("AMT_Form_6251_L9", 0.0),
        "alternative_minimum_tax": lines["amt"],
    }


def _open_tax_solver_lines(facts: Facts) -> Facts:
    """A household as lines of OpenTaxSolver's Form 1040 and its schedules."""
    year = facts["year"]
    itemizes = facts["deduction"] == "itemized"
    lines: Facts = {
        "Status": OTS_STATUSES[facts["status"]],
        "You_65+Over?": _yes(facts["age"] >= 65),
        "Spouse_65+Over?": _yes(facts["spouse_age"] >= 65),
        "You_Blind?": _yes(facts["blind"] >= 1),
        "Spouse_Blind?": _yes(facts["blind"] >= 2),
        "Dependents": int(facts["children_under_17"] + facts["other_dependents"]),
        "L1" if year < 2022 else "L1a": facts["wages"],
        "L2b": facts["interest"],
        "L3a": facts["qualified_dividends"],
        "L3b": facts["ordinary_dividends"],
        "CapGains-A/D": _trades(facts),
        "S1_10" if year == 2018 else "S1_1": facts["state_tax_refund"],
        "A18": _yes(itemizes),
        "CharityCC" if year == 2021 else "A11": facts["cash_gifts"],
        "AMTws2g": facts["private_activity_bond_interest"],
        "AMTws3": facts["iso_spread"],
        "AMTws8": facts["foreign_tax_credit"],
        "S3_48" if year == 2018 else "S3_1": facts["foreign_tax_credit"],
        "S1A_5": facts["tips_deduction"],
        "S1A_14a": facts["overtime_deduction"],
        "S1A_22aiii": facts["car_loan_interest"],
    }
    if itemizes:
        lines |= {
            "A1": facts["medical_expenses"],
            "A5a": facts["state_income_tax"],
            "A5b": facts["real_estate_tax"],
            "A8a": facts["mortgage_interest"],
            "CharityOT" if year == 2021 else "A12": facts["property_gifts"],
        }
    return lines


def _trades(facts: Facts) -> str:
    """The year's gains as one purchase and one sale of each term; a loss is bought at its amount and sold at zero."""
    year = facts["year"]
    trades = []
    for term, gain in (("short", facts["short_term_gain"]), ("long", facts["long_term_gain"])):
        if gain == 0.0:
            continue
        bought = f"various-{term}" if year >= 2021 else f"01-02-{year if term == 'short' else year - 2}"
        sold = bought if year >= 2021 else f"10-10-{year}"
        trades.append(f"{-min(gain, 0.0)} {bought} {max(gain, 0.0)} {sold}" + (" ~ ~" if year >= 2021 else ""))
    return "\n".join(trades)


def _yes(answer: bool) -> str:
    return "Y" if answer else "N"


POLICYENGINE_STATUSES = {
    "single": "SINGLE",
    "mfj": "JOINT",
    "mfs": "SEPARATE",
    "hoh": "HEAD_OF_HOUSEHOLD",
    "qss": "SURVIVING_SPOUSE",
}
POLICYENGINE_FIGURES = {
    "ca_adjusted_gross_income": "ca_agi",
    "ca_taxable_income": "ca_taxable_income",
    "ca_regular_tax": "ca_income_tax_before_credits",
    "ca_exemption_credits": "ca_exemptions",
    "ca_alternative_minimum_taxable_income": "ca_amti",
    "ca_exemption": "ca_amt_exemption",
    "ca_alternative_minimum_tax": "ca_amt",
    "ca_behavioral_health_services_tax": "ca_mental_health_services_tax",
}


def policyengine(households: list[Facts]) -> Iterator[Figures | None]:
    """PolicyEngine's figures for Californians, all households of a year at once.

    It knows no ISO spread, which is added to its line 19 of Schedule P before the lines that follow from it.
    """
    from policyengine_us import Simulation

    found: dict[int, Figures] = {}
    for year in sorted({facts["year"] for facts in households}):
        rows = [row for row, facts in enumerate(households) if facts["year"] == year]
        simulation = Simulation(situation=_policyengine_situation(year, [households[row] for row in rows]))
        line_19 = simulation.calculate("ca_pre_exemption_amti", year)
        spreads = [households[row]["iso_spread"] for row in rows]
        simulation.set_input("ca_pre_exemption_amti", year, line_19 + spreads)
        columns = {name: simulation.calculate(variable, year) for name, variable in POLICYENGINE_FIGURES.items()}
        for at, row in enumerate(rows):
            found[row] = {name: float(column[at]) for name, column in columns.items()}
    for row in range(len(households)):
        yield found[row]


def _policyengine_situation(year: int, households: list[Facts]) -> Facts:
    people: dict[str, Facts] = {}
    units: dict[str, Facts] = {}
    homes: dict[str, Facts] = {}
    for row, facts in enumerate(households):
        members = {f"filer {row}": {"age": facts["age"], "is_blind": facts["blind"] >= 1} | _policyengine_person(facts)}
        if facts["status"] == "mfj":
            members[f"spouse {row}"] = {"age": facts["spouse_age"], "is_blind": facts["blind"] >= 2}
        for number in range(int(facts["other_dependents"])):
            members[f"dependent {row} {number}"] = {"age": 17, "is_tax_unit_dependent": True}
        people |= members
        units[f"unit {row}"] = {
            "members": list(members),
            "filing_status": {year: POLICYENGINE_STATUSES[facts["status"]]},
            "us_govt_interest": {year: -facts["ca_income_adjustments"]},
            "itemized_medical_expenses": {year: facts["medical_expenses"]},
            "total_misc_deductions": {year: facts["ca_miscellaneous_deductions"]},
        }
        homes[f"home {row}"] = {"members": list(members), "state_code": {year: "CA"}}
    for name, given in people.items():
        people[name] = {variable: {year: value} for variable, value in given.items()}
    return {"people": people, "tax_units": units, "households": homes}


def _policyengine_person(facts: Facts) -> Facts:
    return {
        "employment_income": facts["wages"],
        "taxable_interest_income": facts["interest"],
        "qualified_dividend_income": facts["qualified_dividends"],
        "non_qualified_dividend_income": facts["ordinary_dividends"] - facts["qualified_dividends"],
        "short_term_capital_gains": facts["short_term_gain"],
        "long_term_capital_gains": facts["long_term_gain"],
        "salt_refund_income": facts["state_tax_refund"],
        "real_estate_taxes": facts["real_estate_tax"],
        "deductible_mortgage_interest": facts["mortgage_interest"],
        "investment_interest_expense": facts["investment_interest"],
        "charitable_cash_donations": facts["cash_gifts"],
    }


PEERS = {"tax-calculator": tax_calculator, "tenforty": tenforty, "policyengine": policyengine}

if __name__ == "__main__":
    given = [json.loads(line) for line in sys.stdin]
    for figures in PEERS[sys.argv[1]](given):
        print(json.dumps(figures))
