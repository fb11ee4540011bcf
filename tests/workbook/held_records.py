"""Records whose shares are exercised, vested and sold in every way, and the years that follow from it."""

from datetime import date

from xl_amt.client import (
    Client,
    ClientRecord,
    ClientYear,
    Exercise,
    Grant,
    HeldLot,
    Holding,
    Plan,
    Repurchase,
    Sale,
    Split,
    Value,
)


def _label(name):
    """The label that a keyword stands for."""
    return name.replace("_term", "-term").replace("_", " ")


def year(number, status=None, income=None, spread_exercised=None, **facts):
    """A year of a record; labels as keywords, with _ for a blank."""
    named = {_label(name): fact for name, fact in facts.items()}
    return ClientYear(year=number, status=status, income=income, spread_exercised=spread_exercised, facts=named)


ISO = Grant(label="ES-1", award="ISO", granted=date(2023, 1, 9), strike=2.0, shares=20_000, fmv_at_grant=2.0)
EARLY = Grant(label="ES-2", award="ISO", granted=date(2025, 2, 3), strike=4.0, shares=4_000, fmv_at_grant=4.0,
              vesting="1/4 yearly", vesting_start=date(2025, 2, 3), early_exercise=True)  # fmt: skip
NSO = Grant(label="NS-1", award="NSO", granted=date(2023, 1, 9), strike=3.0, shares=5_000)
RSU = Grant(label="RS-1", award="RSU", granted=date(2024, 3, 1), shares=1_200, vesting="1/3 yearly",
            vesting_start=date(2024, 3, 1))  # fmt: skip
VALUES = (
    Value(day=date(2024, 1, 2), price=9.0),
    Value(day=date(2025, 1, 2), price=14.0),
    Value(day=date(2026, 1, 2), price=22.0),
    Value(day=date(2027, 1, 2), price=7.0),
)


def exercise(grant, day, shares, value, status="done", **more):
    """An exercise of the record."""
    return Exercise(grant=grant, day=day, shares=shares, value=value, status=status, **more)


def sale(day, shares, price, *lots, status="done", **more):
    """A sale of the record."""
    return Sale(day=day, shares=shares, price=price, lots=lots, status=status, **more)


def holding(*grants, exercises=(), sales=(), company="Juniper", holder="client", **more):
    """A company's holding."""
    steps = {"exercises": exercises, "sales": sales}
    return Holding(company=company, holder=holder, grants=grants, values=VALUES, **steps, **more)


def record(*years, jurisdiction="US", holdings=(), growth=None, law_book=""):
    """A client's record."""
    return ClientRecord(
        client=Client(name="Ana", jurisdiction=jurisdiction, law_book=law_book),
        years=years,
        holdings=holdings,
        plan=None if growth is None else Plan(income_growth=growth),
    )


ONE_ISO = holding(ISO, exercises=(exercise("ES-1", date(2025, 3, 1), 15_000, 14.0),))
ALL_KINDS = holding(
    ISO,
    NSO,
    RSU,
    exercises=(
        exercise("ES-1", date(2024, 5, 1), 6_000, 9.0),
        exercise("ES-1", date(2025, 2, 3), 5_000, 14.0),
        exercise("NS-1", date(2025, 6, 2), 2_000, 14.0),
        exercise("ES-1", date(2026, 3, 2), 4_000, 22.0, status="planned"),
        exercise("NS-1", date(2027, 3, 2), 1_000, 7.0, status="planned"),
    ),
    sales=(
        sale(date(2025, 9, 1), 1_000, 15.0, "ES-1 / 2024-05-01"),  # qualifies
        sale(date(2025, 11, 3), 2_000, 12.0, "ES-1 / 2025-02-03"),  # in the year of its exercise
        sale(date(2026, 1, 15), 1_000, 20.0, "ES-1 / 2025-02-03"),  # disqualifying
        sale(date(2026, 4, 1), 700, 21.0, "RS-1"),
        sale(date(2026, 5, 4), 500, 21.0, "NS-1 / 2025-06-02"),
        sale(date(2026, 6, 1), 200, 9.0, "NS-1 / 2025-06-02", loss_allowed=False),
        sale(date(2026, 9, 1), 1_500, 18.0, "ES-1 / 2026-03-02", status="planned"),
        sale(date(2027, 9, 1), 6_000, 4.0, status="planned"),  # at losses
    ),
)
EARLY_EXERCISE = holding(
    EARLY,
    exercises=(
        exercise("ES-2", date(2025, 3, 3), 1_000, 14.0, election_83b=True),
        exercise("ES-2", date(2025, 4, 1), 3_000, 14.0),
    ),
    sales=(
        sale(date(2026, 8, 3), 500, 10.0),
        sale(date(2027, 2, 16), 300, 7.0, loss_allowed=False),
        sale(date(2028, 3, 1), 900, 30.0),
    ),
)
TAKEN_BACK = holding(
    EARLY,
    exercises=(exercise("ES-2", date(2025, 3, 3), 4_000, 14.0),),
    work_ended=date(2026, 5, 1),
    repurchases=(Repurchase(grant="ES-2", day=date(2026, 6, 1), shares=3_000, price=5.0),),
)
SPLIT = holding(
    ISO,
    exercises=(exercise("ES-1", date(2025, 3, 1), 5_000, 14.0),),
    sales=(sale(date(2025, 10, 1), 1_000, 15.0), sale(date(2027, 2, 1), 3_000, 9.0)),
    splits=(Split(day=date(2026, 6, 1), ratio="3:1"),),
)
FROM_ELSEWHERE = holding(
    lots=(
        HeldLot(label="CS-1", award="ISO", acquired=date(2024, 2, 1), shares=900, strike=1.0, value=9.0),
        HeldLot(label="CS-2", award="RSU", acquired=date(2025, 2, 1), shares=300, strike=0.0, value=14.0),
    ),
    sales=(sale(date(2026, 3, 2), 900, 21.0, "CS-1"), sale(date(2026, 3, 3), 100, 21.0, "CS-2")),
    company="Sedge",
)
SPOUSE = holding(ISO, NSO, company="Rowan", holder="spouse", exercises=(
    exercise("ES-1", date(2025, 7, 1), 3_000, 14.0), exercise("NS-1", date(2026, 7, 1), 900, 22.0, status="planned"),
))  # fmt: skip

ITEMIZED = {"Mortgage_interest": 24_000.0, "Real_estate_tax": 6_000.0, "Cash_gifts": 4_000.0, "Deduction": "itemized"}
RECORDS = {
    "one year": record(year(2026, "single", 180_000.0, Interest=2_000.0), holdings=(
        holding(ISO, exercises=(exercise("ES-1", date(2026, 3, 1), 8_000, 22.0),)),)),
    "no equity": record(year(2026, "hoh", 90_000.0, Children_under_17=2.0), year(2027)),
    "ten years of a credit": record(
        year(2025, "single", 200_000.0), *(year(number) for number in range(2026, 2035)), holdings=(ONE_ISO,),
        growth=0.03),
    "every kind of award and sale": record(
        year(2024, "single", 150_000.0), *(year(number) for number in range(2025, 2031)), holdings=(ALL_KINDS,)),
    "California": record(
        year(2024, "single", 210_000.0, CA_income_adjustments=4_300.0, **ITEMIZED),
        *(year(number) for number in range(2025, 2031)), jurisdiction="US+CA", holdings=(ALL_KINDS,), growth=0.02),
    "California alone": record(
        year(2024, "single", 210_000.0), year(2025), year(2026), year(2027), jurisdiction="CA", holdings=(ALL_KINDS,)),
    "a stated state tax": record(
        year(2024, "single", 210_000.0, State_income_tax=9_000.0, State_tax_on_investment_income=400.0, **ITEMIZED),
        year(2025), year(2026, State_income_tax=0.0, State_tax_on_investment_income=0.0), year(2027),
        jurisdiction="US+CA", holdings=(ALL_KINDS,)),
    "Connecticut": record(
        year(2024, "mfj", 310_000.0, CT_income_adjustments=1_000.0), year(2025, CT_AMT_income_adjustments=2_500.0),
        year(2026), year(2027), jurisdiction="US+CT", holdings=(ALL_KINDS,)),
    "Minnesota": record(
        year(2026, "mfj", 310_000.0, MN_minimum_tax_credit=800.0), year(2027), year(2028), jurisdiction="US+MN",
        holdings=(holding(ISO, exercises=(exercise("ES-1", date(2026, 3, 1), 20_000, 22.0),)),)),
    "Colorado": record(
        year(2024, "single", 150_000.0, **ITEMIZED), year(2025), jurisdiction="US+CO",
        holdings=(holding(ISO, exercises=(exercise("ES-1", date(2024, 3, 1), 20_000, 9.0),)),)),
    "joint Californians with two companies": record(
        year(2025, "mfj", 260_000.0, Age=64.0, Spouse_age=66.0, Blind=2.0), year(2026), year(2027),
        jurisdiction="US+CA", holdings=(ONE_ISO, SPOUSE)),
    "a spouse's options on a single return": record(
        year(2025, "single", 260_000.0), year(2026, "mfj"), year(2027), holdings=(ONE_ISO, SPOUSE)),
    "a joint return's end": record(
        year(2025, "mfj", 200_000.0, Spouse_age=70.0, Blind=2.0, Long_term_loss_carryover=9_000.0),
        year(2026, "single", 90_000.0, Minimum_tax_credit=4_000.0, Long_term_loss_carryover=1_000.0),
        year(2027), year(2028, "mfj"), holdings=(ONE_ISO,)),
    "early exercises": record(
        year(2025, "single", 150_000.0), *(year(number) for number in range(2026, 2030)), jurisdiction="US+CA",
        holdings=(EARLY_EXERCISE,)),
    "shares bought back": record(
        year(2025, "single", 150_000.0), year(2026), year(2027), holdings=(TAKEN_BACK,)),
    "a split": record(
        year(2025, "single", 150_000.0), year(2026), year(2027), year(2028), holdings=(SPLIT,)),
    "lots from elsewhere": record(
        year(2026, "single", 150_000.0), year(2027), holdings=(FROM_ELSEWHERE, ONE_ISO)),
    "what later years state and repeat": record(
        year(2025, "single", 150_000.0, 25_000.0, Age=64.0, Medicare_wages=170_000.0, Long_term_capital_gain=5_000.0,
             AMT_long_term_capital_gain=1_000.0, Other_income=700.0, Wages_already_taxed_by_AMT=100.0,
             Foreign_tax_credit=50.0, Minimum_tax_credit=12_000.0, Short_term_loss_carryover=20_000.0,
             Gift_carryover=3_000.0),
        year(2026, None, 170_000.0, 3_000.0, Long_term_capital_gain=-9_000.0),
        year(2027, None, None, None, Foreign_tax_credit=90.0, AMT_foreign_tax_credit=10.0),
        year(2028, "mfs", None, None, Spouse_itemizes=True, Medicare_wages=0.0), year(2029, "single"),
        growth=0.04, holdings=(ALL_KINDS,)),
    "California's own carryovers and gains": record(
        year(2024, "single", 150_000.0, Long_term_loss_carryover=9_000.0, CA_long_term_loss_carryover=14_000.0,
             AMT_short_term_loss_carryover=2_000.0, CA_AMT_long_term_capital_gain=500.0,
             CA_minimum_tax_credit=2_000.0),
        year(2025), year(2026), year(2027), jurisdiction="US+CA", holdings=(ALL_KINDS,)),
}  # fmt: skip
