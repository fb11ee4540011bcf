"""The statutes' base amounts and the price index reproduce the last enacted year, and give the one after it."""

from importlib.resources import files

import pytest

from tests.law.reference import STATUSES, tables
from xl_amt.law import LawBook, enacted, federal_law, look_up, parameters
from xl_amt.law.price_index import PRICE_INDEXES, Outlook, YearlyChanges, price_indexes
from xl_amt.law.projection import projected

BOOK = enacted("US")
AS_PUBLISHED = Outlook(last_enacted=2026)
C_CPI_U = price_indexes()["C-CPI-U"]

# Estimates of 2027 at an index of 182.80, worked out from the statutes apart from this code (unrounded beside them).
OF_2027 = {
    ("Top of 10 % bracket", "single"): 12_800,  # 12,803.38
    ("Top of 12 % bracket", "single"): 52_000,  # 52,020.03
    ("Top of 22 % bracket", "single"): 109_075,  # 109,095.45
    ("Top of 24 % bracket", "single"): 208_250,  # 208,273.13
    ("Top of 32 % bracket", "single"): 264_450,  # 264,473.81
    ("Top of 35 % bracket", "single"): 661_175,  # 661,184.53
    ("Top of 10 % bracket", "mfj"): 25_600,  # 25,606.76
    ("Top of 12 % bracket", "mfj"): 104_000,  # 104,040.06
    ("Top of 22 % bracket", "mfj"): 218_150,  # 218,190.89
    ("Top of 24 % bracket", "mfj"): 416_500,  # 416,546.25
    ("Top of 32 % bracket", "mfj"): 528_900,  # 528,947.62
    ("Top of 35 % bracket", "mfj"): 793_400,  # 793,421.43
    ("Top of 10 % bracket", "hoh"): 18_250,  # 18,280.94
    ("Top of 12 % bracket", "hoh"): 69_600,  # 69,628.88
    ("Top of 22 % bracket", "hoh"): 109_050,  # 109,095.45
    ("Top of 24 % bracket", "hoh"): 208_250,  # 208,273.13
    ("Top of 32 % bracket", "hoh"): 264_450,  # 264,473.81
    ("Top of 35 % bracket", "hoh"): 661_150,  # 661,184.53
    ("Top of 35 % bracket", "mfs"): 396_700,  # 396,710.72
    ("Standard deduction", "single"): 16_600,  # 16,633.21
    ("Standard deduction", "hoh"): 24_900,  # 24,949.82
    ("AMT exemption", "single"): 93_000,  # 92,962.54
    ("AMT exemption", "mfj"): 144_700,  # 144,667.17
    ("AMT exemption phase-out start", "mfj"): 1_032_100,  # 1,032,105.07
    ("AMT 28 % rate start", "single"): 252_400,  # 252,382.40
    ("Top of 0 % capital gain rate", "mfj"): 102_050,  # 102,086.89
    ("Top of 0 % capital gain rate", "hoh"): 68_350,  # 68,366.48
    ("Top of 15 % capital gain rate", "single"): 563_050,  # 563,064.74
    ("Top of 15 % capital gain rate", "mfj"): 633_400,  # 633,414.78
    ("Top of 15 % capital gain rate", "hoh"): 598_200,  # 598,239.76
    ("Top of 15 % capital gain rate", "mfs"): 316_700,  # 316,707.39
    # those that follow from others, and two that stand in no published estimate
    ("Standard deduction", "mfj"): 33_200,
    ("AMT exemption", "mfs"): 72_350,
    ("AMT exemption phase-out start", "single"): 516_050,
    ("Top of 0 % capital gain rate", "single"): 51_025,
    ("Additional standard deduction", "single"): 2_100,  # 2,148.46
    ("Additional standard deduction", "mfj"): 1_700,  # 1,718.77
    ("Child tax credit", "single"): 2_300,  # 2,323.36
}


@pytest.mark.parametrize(
    ("year", "average"), [(2016, 135.993), (2017, 138.23675), (2024, 173.0934167), (2025, 177.11375)]
)
def test_averages_of_twelve_months(year, average):
    """The index of a year is the average of the twelve months to August (IRC 1(f)(6))."""
    assert C_CPI_U.averages[year] == pytest.approx(average, abs=1e-7)


@pytest.mark.parametrize(("of", "amount"), OF_2027.items(), ids=str)
def test_2027(of, amount):
    """Every indexed number of 2027, estimated at an index of 182.80."""
    found = look_up(*of, 2027)
    assert found.value == amount
    assert found.standing == "estimated"


def by_rule(group, key, year):
    """A number of any year by its rule of projection, enacted or not."""
    rule = BOOK._file.groups[group].rules[key]
    return projected(rule, year, C_CPI_U, AS_PUBLISHED, lambda: None)


@pytest.mark.parametrize("status", STATUSES)
def test_the_rules_give_the_last_enacted_year(status):
    """From their base amounts, all indexed numbers of 2026 come out as published."""
    printed = tables(2026, status)
    assert by_rule("ordinary_brackets", "tops", 2026)[status] == printed.over[1:]
    assert by_rule("standard_deduction", "amount", 2026)[status] == printed.standard_deduction
    assert by_rule("standard_deduction", "additional", 2026)[status] == printed.aged_or_blind
    assert by_rule("capital_gain_brackets", "zero_rate_top", 2026)[status] == printed.maximum_zero_rate
    assert by_rule("capital_gain_brackets", "middle_rate_top", 2026)[status] == printed.maximum_15_percent_rate
    assert by_rule("amt", "exemption", 2026)[status] == printed.exemption
    assert by_rule("amt", "phase_out_start", 2026)[status] == printed.phase_out_from
    assert by_rule("amt", "high_rate_start", 2026)[status] == printed.rate_28_from
    assert by_rule("child_tax_credit", "each_child", 2026) == 2_200


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("year", range(2019, 2027))
def test_the_additional_standard_deduction_of_every_year(year, status):
    """600 and 750 since 1987, by the CPI-U until 2016 and the C-CPI-U since, give every enacted year from 2019 on."""
    assert by_rule("standard_deduction", "additional", year)[status] == tables(year, status).aged_or_blind


@pytest.mark.parametrize("year", range(2027, 2037))
def test_without_inflation_the_last_enacted_year_repeats(year):
    """An inflation of 0 that a book states repeats 2026: every number but those that a statute itself changes."""
    book = BOOK.overlay("no inflation", "inflation = 0")
    for parameter in parameters():
        if BOOK._file.groups[parameter.group].rules.get(parameter.key, None) is None:
            continue
        if parameter.group == "state_and_local_taxes":
            continue
        for status in STATUSES:
            asked = (parameter.group, parameter.key)
            found = book.number(*asked, year, status, parameter.part)
            assert found.value == book.number(*asked, 2026, status, parameter.part).value, parameter.name
            assert found.source == "projected from 2026 at 0.00% inflation a year"
            assert found.standing == "projected"


def test_stated_inflation_grows_the_last_enacted_index():
    """3% a year on the index of 2025: 70,300 x 177.11375 x 1.03^2 / 138.23675 = 95,556 in 2028, to the nearest 100."""
    book = BOOK.overlay("3 %", "inflation = 0.03")
    assert book.number("amt", "exemption", 2028, "single").value == 95_600
    assert book.number("amt", "exemption", 2026, "single") == BOOK.number("amt", "exemption", 2026, "single")


def test_the_indexes_that_a_law_may_name():
    """The names that a law file may use are those of the file of indexes."""
    assert tuple(price_indexes()) == PRICE_INDEXES


def test_an_index_of_changes():
    """The change of each year since a base year, as published, as stated, and as assumed beyond."""
    index = YearlyChanges("Prices", {2024: 10.0, 2025: 20.0})
    outlook = Outlook(last_enacted=2025)
    assert index.growth(2025, None, outlook) == 1.2
    assert index.growth(2025, 2023, outlook) == pytest.approx(1.32)
    assert index.growth(2026, None, outlook) == 1.025
    assert index.growth(2026, None, Outlook(2025, 0.5)) == 1.5
    assert str(index.basis(2025, outlook)) == "estimated at a change of the Prices of 20.0% in 2025"
    assert str(index.basis(2026, outlook)) == "projected from the Prices of 2025 at 2.50% inflation a year"
    assert str(index.basis(2026, Outlook(2025, 0.5))) == "projected from 2025 at 50.00% inflation a year"


def test_averages_without_a_base_year():
    """A law that grows last year's amount by the averages: that of the year before over the one before it."""
    assert C_CPI_U.growth(2026, None, AS_PUBLISHED) == pytest.approx(177.11375 / 173.0934167)


def test_a_revenue_procedure_is_one_dated_block():
    """The published numbers of 2027, laid over as one block, are no estimate any more; other groups and years stay."""
    published = """
[amt.2027]
source = "Rev. Proc. 2026-35, 4.10"
exemption = { single = 93_100, mfj = 144_800, mfs = 72_400, hoh = 93_100, qss = 144_800 }
"""
    book = BOOK.overlay("Rev. Proc. 2026-35", published)
    found = book.number("amt", "exemption", 2027, "single")
    assert found == (93_100, "Rev. Proc. 2026-35, 4.10", "law book")
    assert book.number("amt", "high_rate_start", 2027, "single").standing == "estimated"
    assert book.number("amt", "exemption", 2028, "single") == BOOK.number("amt", "exemption", 2028, "single")


def test_a_dated_block_before_its_year_is_whole():
    """[amt.2027] in the law file is enacted, while the rest of 2027 stays estimated and 2028 starts from the bases."""
    text = files("xl_amt.law").joinpath("us.toml").read_text("utf-8")
    block = """
[amt.2027]
source = "Rev. Proc. 2026-35, 4.10"
exemption = { single = 93_100, mfj = 144_800, mfs = 72_400, hoh = 93_100, qss = 144_800 }
phase_out_start = { single = 516_050, mfj = 1_032_100, mfs = 516_050, hoh = 516_050, qss = 1_032_100 }
high_rate_start = { single = 252_400, mfj = 252_400, mfs = 126_200, hoh = 252_400, qss = 252_400 }
"""
    book = LawBook("us.toml", text + block)
    assert book.number("amt", "exemption", 2027, "single") == (93_100, "Rev. Proc. 2026-35, 4.10", "enacted")
    assert book.number("standard_deduction", "amount", 2027, "single").standing == "estimated"
    assert book.number("amt", "exemption", 2028, "single") == BOOK.number("amt", "exemption", 2028, "single")
    assert book.contents != BOOK.contents


@pytest.mark.parametrize("status", STATUSES)
def test_thresholds_keep_their_order_at_any_inflation(status):
    """At the highest and the lowest inflation that a book may state, brackets still rise in every year."""
    for inflation in (-0.05, 0.25):
        book = BOOK.overlay("extreme", f"inflation = {inflation}")
        for year in range(2027, 2037):
            tops = book.value("ordinary_brackets", "tops", year, status)
            assert tops == sorted(tops)
            assert tops[0] > 0
    assert federal_law(2027, status).exemption > federal_law(2026, status).exemption
