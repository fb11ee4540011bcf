"""The road of a client: from an export to a record, to each year's return and the room, and back to the same record."""

from dataclasses import replace
from datetime import date

import pytest

from workbook_templates.examples import CARTA_EXAMPLE
from xl_amt.client import (
    Client,
    ClientRecord,
    ClientYear,
    CountedShares,
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
from xl_amt.client.columns import read_row, write_row
from xl_amt.client.households import households
from xl_amt.client.portfolios import doubts, portfolio_of
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.equity.history import counts_on
from xl_amt.errors import ArgumentError, FileError
from xl_amt.jobs.due_dates import Besides, due_dates
from xl_amt.jobs.example import KNOWN_OF_EXAMPLE, example_client
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.plan_of_record import question_of_record
from xl_amt.jobs.records import asked_of, import_export, open_client
from xl_amt.jobs.room_report import report_room, report_room_of
from xl_amt.jobs.years_report import report_years

TODAY = date(2026, 11, 27)


@pytest.fixture(scope="module")
def ana():
    """The example client's record."""
    return example_client(TODAY).record


def of(holding, *years, **plan):
    """A record of one holding."""
    return ClientRecord(
        client=Client(name="Ana"), years=years, holdings=(holding,), plan=Plan(**plan) if plan else None
    )


def single(year, income=200_000.0, **facts):
    """A single filer's year."""
    return ClientYear(year=year, status="single", income=income, facts=facts)


def grant(label="ES-1", strike=2.0, shares=10_000, granted=date(2021, 1, 15), **more):
    """An ISO grant whose value at grant was its strike."""
    return Grant(label=label, award="ISO", granted=granted, strike=strike, shares=shares, fmv_at_grant=strike, **more)


def with_exercise(record, *exercises, **grants):
    """The record with exercises of its first holding, and other counts of some of its grants."""
    (holding,) = record.holdings
    changed = tuple(replace(one, **grants.get(one.label.replace("-", "_"), {})) for one in holding.grants)
    return replace(record, holdings=(replace(holding, exercises=exercises, grants=changed),))


# Export, record, and back


def test_the_example_comes_back_as_it_went(ana, tmp_path):
    """From the export to a record, through its file, to the same record; and so through its workbook."""
    path = write_record(ana, tmp_path / "ana.client.toml")
    assert read_record(path) == ana
    assert open_client(path, TODAY) == (ana, None)
    assert open_client(write_client(ana, tmp_path / "ana.xlsx"), TODAY) == (ana, None)


def test_the_example_followed_has_the_exports_counts(ana):
    """Every grant of the example, on the export's day."""
    (holding,) = ana.holdings
    portfolio = portfolio_of(holding)
    for one in holding.grants:
        counted = counts_on(portfolio, one.label, holding.as_of)
        assert counted == (one.held.exercised, one.held.exercisable, one.held.unvested)


def test_shares_that_are_gone_cannot_be_exercised_again(ana):
    """Of the 10,000 shares of ES-014, 3,000 are exercised by the export: 7,000 are left, and no share more."""
    planned = Exercise(grant="ES-014", day=date(2026, 12, 5), shares=7_000, value=12.40, status="planned")
    assert report_years(with_exercise(ana, planned)).figures[2026]["ISO spread"] == pytest.approx(7_000 * 11.55)
    with pytest.raises(ArgumentError, match="is for 7,001 shares, but 7,000 shares can be exercised"):
        report_years(with_exercise(ana, replace(planned, shares=7_001)))


def test_the_record_says_where_it_came_from(ana):
    """The file's hash, its rows, a remark for the row set aside, and what to ask."""
    (source,) = ana.sources
    assert (source.file, source.platform, len(source.sha256)) == ("carta_example.xlsx", "carta", 64)
    assert source.rows.read == source.rows.kept + source.rows.rejected == 7
    kinds = {remark.kind: remark for remark in ana.remarks}
    assert kinds["row set aside"].about == "ES-044"
    assert (kinds["exercise without a day"].about, kinds["exercise without a day"].level) == ("ES-014", "ask")


def test_the_room_of_the_record_is_that_of_the_workbook(ana):
    """The same room, and the same shares of each grant."""
    by_record, by_workbook = report_room_of(ana, TODAY), report_room(ana)
    assert by_record.room == by_workbook.room == pytest.approx(32_538.461538)
    assert by_record.shares == by_workbook.shares == 4_253
    assert by_record.shares_under_water == by_workbook.shares_under_water == 3_600


def test_what_is_known_besides_is_checked():
    """A label that is none, a negative value, a negative income: refused before anything is written."""
    for known, sentence in (
        (KnownBesides(facts={"Interst": 5.0}), "did you mean 'Interest'"),
        (KnownBesides(value_per_share=-1.0), "fmv: -1 is negative"),
        (KnownBesides(income=-1.0), "income: -1 is negative"),
    ):
        with pytest.raises(ArgumentError, match=sentence):
            import_export(CARTA_EXAMPLE, known, TODAY)
    named = import_export(CARTA_EXAMPLE, KNOWN_OF_EXAMPLE._replace(facts={"taxable interest": 5.0}), TODAY).record
    assert named.years[0].facts == {"Interest": 5.0}


# The room, and what this year has used of it


def test_dated_exercises_of_this_year_use_its_room(ana):
    """1,000 shares of ES-090 exercised in March use 7,650.00 of 32,538.46; 3,253 more fit at 7.65 a share."""
    done = Exercise(grant="ES-090", day=date(2026, 3, 2), shares=1_000, value=12.40)
    counts = CountedShares(exercised=1_000, exercisable=8_250, unvested=2_750)
    report = report_room_of(with_exercise(ana, done, ES_090={"held": counts}), TODAY)
    assert (report.used, report.room_left) == (pytest.approx(7_650.0), pytest.approx(24_888.461538))
    assert (report.filled[0].grant.label, report.filled[0].shares) == ("ES-090", 3_253)


def test_spread_that_is_not_listed_counts_as_the_same_spread_listed_does(ana):
    """The same AMT, credit and room in each jurisdiction; the plan begins after it, and it comes back from a file."""
    done = Exercise(grant="ES-090", day=date(2026, 3, 2), shares=1_000, value=12.40)
    counts = CountedShares(exercised=1_000, exercisable=8_250, unvested=2_750)
    further = (*ana.years, ClientYear(year=2027))
    listed = replace(with_exercise(ana, done, ES_090={"held": counts}), years=further)
    own = replace(ana.years[0], spread_exercised=7_650.0)
    unlisted = replace(with_exercise(ana, ES_090={"held": counts}), years=(own, *further[1:]))
    figures, same = report_years(listed).figures, report_years(unlisted).figures
    assert {year: {**of_year, "strike paid": 0.0} for year, of_year in figures.items()} == same
    assert figures[2026]["ISO spread"] == 7_650.0
    assert report_room_of(unlisted, TODAY).used == report_room(unlisted).used == 7_650.0
    assert report_room_of(unlisted, TODAY).room_left == report_room_of(listed, TODAY).room_left
    assert question_of_record(unlisted, TODAY).question.years[0].spread_before == 7_650.0
    assert read_row(ClientYear, write_row(own), "file") == own


def test_planned_exercises_use_no_room_yet(ana):
    """They are in the years, and not in the room that is left for them."""
    planned = Exercise(grant="ES-090", day=date(2026, 12, 5), shares=1_000, value=12.40, status="planned")
    record = with_exercise(ana, planned)
    assert report_room_of(record, TODAY).used == 0.0
    assert report_years(record).figures[2026]["ISO spread"] == pytest.approx(7_650.0)
    assert report_years(record, planned=False).figures[2026]["ISO spread"] == 0.0


LEAVER = Holding(
    company="Fernhill",
    as_of=date(2024, 11, 15),
    work_ended=date(2024, 11, 15),
    grants=(grant(shares=1_517, held=CountedShares(exercised=0, exercisable=1_517, unvested=0), window="7 months"),),
    values=(Value(day=date(2024, 6, 1), price=42.0),),
)


def test_after_the_work_has_ended():
    """Single, 200,000 of wages: 751 shares at no AMT in 2024, 766 in 2025; all 1,517 in 2024 would owe 7,956.30.

    The last day as an ISO is February 15, 2025, three months on; in the plan's window after it they fill no room.
    """
    record = of(LEAVER, single(2024), single(2025))
    assert report_room_of(record, date(2024, 12, 2)).shares == 751
    every = Exercise(grant="ES-1", day=date(2024, 12, 2), shares=1_517, value=42.0)
    owed = report_years(of(replace(LEAVER, exercises=(every,)), single(2024))).figures[2024]["AMT"]
    assert owed == pytest.approx(7_956.30)
    assert report_room_of(record, date(2025, 2, 15), year=2025).shares == 766
    assert report_room_of(record, date(2025, 2, 16), year=2025).filled == []


def test_a_later_year_counts_at_the_plans_value():
    """The value of the year, where none of that year is known; an advisor's own value goes before both."""
    holding = Holding(grants=(grant(),), values=(Value(day=date(2026, 1, 15), price=12.0),))
    record = of(holding, single(2026), ClientYear(year=2027), values={2027: 15.0})
    assert report_room_of(record, TODAY, year=2027).filled[0].grant.spread_per_share == 13.0
    assert report_room_of(record, TODAY).filled[0].grant.spread_per_share == 10.0
    assert report_room_of(record, TODAY, year=2027, value_per_share=9.0).filled[0].grant.spread_per_share == 7.0


def test_a_room_without_a_value_asks_for_it():
    """The dollars are answered, and the shares are not guessed."""
    report = report_room_of(of(Holding(company="Fernhill", grants=(grant(),)), single(2026)), TODAY)
    assert (report.shares, report.filled) == (0, [])
    assert any("Fernhill: the value of a share on 2026-11-27 is not known" in note for note in report.notes)


def test_a_year_that_the_record_lacks():
    """One sentence says which it has."""
    with pytest.raises(ArgumentError, match=r"2029: the record has 2026 to 2026; add a \[\[year\]\]"):
        report_room_of(of(Holding(), single(2026)), TODAY, year=2029)


# Years


def test_the_credit_comes_back():
    """Single, wages of 200,000: a spread of 200,000 in 2024 owes 45,813.50; 7,973 is used in 2025, 8,160 in 2026."""
    done = Exercise(grant="ES-1", day=date(2024, 3, 1), shares=5_000, value=42.0)
    holding = Holding(company="Fernhill", grants=(grant(),), exercises=(done,))
    figures = report_years(of(holding, single(2024), ClientYear(year=2025), ClientYear(year=2026))).figures
    assert figures[2024]["AMT"] == figures[2024]["credit out"] == pytest.approx(45_813.50)
    assert figures[2025]["credit used"] == pytest.approx(7_973.0)
    assert figures[2026]["credit used"] == pytest.approx(8_160.0)
    assert figures[2026]["credit out"] == pytest.approx(45_813.50 - 7_973 - 8_160)


def test_two_spouses_and_two_companies_are_summed():
    """Joint, 310,000 of income in 2026, 120,000 of spread with one company and 80,000 with the other's: AMT of 46,786.

    Regular tax on 277,800 is 51,868; income of 510,000 less the exemption of 140,200 is taxed at 26% up to 244,500 and
    28% above: 98,654.
    """
    hers = Holding(
        company="Fernhill",
        grants=(grant(),),
        exercises=(Exercise(grant="ES-1", day=date(2026, 3, 2), shares=10_000, value=14.0),),
    )
    his = Holding(
        company="Quillwort",
        holder="spouse",
        grants=(grant(strike=1.0, shares=8_000),),
        exercises=(Exercise(grant="ES-1", day=date(2026, 5, 4), shares=8_000, value=11.0),),
    )
    joint = ClientYear(year=2026, status="mfj", income=310_000.0)
    record = ClientRecord(client=Client(name="Nora"), years=(joint,), holdings=(hers, his))
    figures = report_years(record).figures[2026]
    assert figures["ISO spread"] == 200_000.0
    assert figures["AMT"] == pytest.approx(98_654 - 51_868)
    assert report_room_of(record, TODAY).used == 200_000.0


def test_a_cashless_exercise_is_sold_the_same_day():
    """No ISO spread is left: 1,000 shares at 12 on a strike of 2 are 10,000 of wages, and the proceeds are 12,000."""
    done = Exercise(grant="ES-1", day=date(2026, 3, 2), shares=1_000, value=12.0, method="cashless")
    holding = Holding(company="Fernhill", grants=(grant(),), exercises=(done,))
    figures = report_years(of(holding, single(2026))).figures[2026]
    assert (figures["ISO spread"], figures["wages of options"], figures["proceeds"]) == (0.0, 10_000.0, 12_000.0)
    sale = Sale(day=date(2026, 3, 2), shares=1_000, price=11.0, lots=("ES-1 / 2026-03-02",))
    assert report_years(of(replace(holding, sales=(sale,)), single(2026))).figures[2026]["proceeds"] == 11_000.0
    with pytest.raises(ArgumentError, match="is cashless, and its sale price is not known"):
        report_years(of(replace(holding, exercises=(replace(done, value=None),)), single(2026)))


def test_lots_and_splits():
    """A lot of an unknown grant is sold; a split after the counted day doubles what is left to exercise.

    The split of 2020 is contained in the figures, and changes nothing.
    """
    lot = HeldLot(
        label="CS-1",
        award="ISO",
        granted=date(2019, 1, 2),
        acquired=date(2022, 1, 3),
        shares=100,
        strike=1.0,
        value=5.0,
    )
    holding = Holding(
        company="Fernhill",
        as_of=date(2026, 1, 2),
        grants=(grant(held=CountedShares(exercised=0, exercisable=10_000, unvested=0)),),
        lots=(lot,),
        sales=(Sale(day=date(2026, 2, 2), shares=100, price=9.0, lots=("CS-1",)),),
        splits=(Split(day=date(2020, 5, 1), ratio="3:1"), Split(day=date(2026, 5, 1), ratio="2 for 1")),
        exercises=(Exercise(grant="ES-1", day=date(2026, 6, 1), shares=20_000, value=3.0),),
    )
    figures = report_years(of(holding, single(2026))).figures[2026]
    assert figures["ISO spread"] == pytest.approx(20_000 * (3.0 - 1.0))
    assert figures["proceeds"] == 900.0


def test_shares_bought_back():
    """1,000 shares exercised early at their value, and bought back at what was paid, owe nothing."""
    early = Holding(
        company="Fernhill",
        work_ended=date(2026, 9, 1),
        grants=(
            grant(early_exercise=True, granted=date(2026, 1, 5), vesting="1/4 yearly", vesting_start=date(2026, 1, 5)),
        ),
        exercises=(Exercise(grant="ES-1", day=date(2026, 2, 2), shares=1_000, value=2.0, election_83b=True),),
        repurchases=(Repurchase(grant="ES-1", day=date(2026, 9, 15), shares=1_000, price=2.0),),
    )
    figures = report_years(of(early, single(2026))).figures[2026]
    assert (figures["ISO spread"], figures["AMT"], figures["strike paid"]) == (0.0, 0.0, 2_000.0)


def test_what_is_after_the_last_year_is_said():
    """It is in no year, and not lost without a word."""
    later = Exercise(grant="ES-1", day=date(2028, 3, 2), shares=10, value=12.0, status="planned")
    report = report_years(of(Holding(company="Fernhill", grants=(grant(),), exercises=(later,)), single(2026)))
    assert report.figures[2026]["ISO spread"] == 0.0
    assert "Fernhill: the exercise of 2028-03-02 is after 2026, the last year of the record" in report.notes[0]


def test_doubts_about_exercises():
    """A price paid that is not the strike, and a net exercise whose withheld shares nobody states."""
    exercises = (
        Exercise(grant="ES-1", day=date(2024, 3, 1), shares=10, value=12.0, paid=2.5),
        Exercise(grant="ES-1", day=date(2024, 4, 1), shares=10, value=12.0, paid=2.0, method="net"),
    )
    record = of(Holding(grants=(grant(),), exercises=exercises), single(2026))
    assert [(remark.kind, remark.level) for remark in doubts(record)] == [
        ("paid is not the strike", "check"),
        ("net exercise", "ask"),
    ]


def test_taxes_that_are_not_figured_from_a_record():
    """A record is asked about its own jurisdictions or those named instead; others are refused by name."""
    record = replace(of(Holding(), single(2026)), client=Client(name="Nora", jurisdiction="US+VI"))
    with pytest.raises(ArgumentError, match=r"'US\+VI' is not available"):
        asked_of(record, None)
    assert asked_of(record, "us").client.jurisdiction == "US"
    assert asked_of(record, "ca + us").client.jurisdiction == "CA+US"
    with pytest.raises(ArgumentError, match="a record names its own law book"):
        asked_of(record, "US: Senate bill")


# The calendar


def test_the_calendar_of_a_record_is_that_of_its_export(ana, tmp_path):
    """Every day of two years, from the record's file and from the export."""
    path = write_record(ana, tmp_path / "ana.client.toml")
    (from_file, _), (from_export, _) = open_client(path, TODAY), open_client(CARTA_EXAMPLE, TODAY)
    days = (date(2026, 12, 1), date(2028, 12, 1))
    entries = due_dates(from_file, Besides(), *days).entries
    assert len(entries) > 20
    assert entries == due_dates(from_export, Besides(), *days).entries


def test_the_calendar_of_two_holdings():
    """Each entry names its company, planned steps too, and what is due for both stands once."""
    one = Holding(company="Fernhill", grants=(grant(vesting="1/4 yearly", granted=date(2026, 1, 5)),))
    two = Holding(company="Quillwort", holder="spouse", grants=(grant(vesting="1/4 yearly", granted=date(2026, 2, 5)),))
    exercised = Exercise(grant="ES-1", day=date(2027, 2, 8), shares=10, value=12.0, status="planned")
    two = replace(two, exercises=(exercised,))
    record = ClientRecord(client=Client(name="Nora"), holdings=(one, two))
    found = due_dates(record, Besides(), date(2027, 1, 1), date(2027, 4, 15))
    titles = [due.title for due in found.entries]
    assert titles == [
        "Fernhill, ES-1: 2,500 shares vest",
        "Quillwort, spouse, ES-1: 2,500 shares vest",
        "Quillwort, spouse, ES-1: exercise 10 shares, as planned",
        "Estimated tax of 2027, 1 of 4",
    ]
    with pytest.raises(ArgumentError, match="ES-9: no grant has this label; existing grants: ES-1, ES-1"):
        due_dates(record, Besides(early=("ES-9",)), date(2027, 1, 1), date(2027, 6, 30))
    with pytest.raises(ArgumentError, match="the record has no holding"):
        due_dates(ClientRecord(client=Client()), Besides(), date(2027, 1, 1), date(2027, 6, 30))


def test_a_record_takes_no_stakeholder(ana, tmp_path):
    """It is of one client."""
    path = write_record(ana, tmp_path / "ana.client.toml")
    with pytest.raises(FileError, match="a record is for one client"):
        open_client(path, TODAY, "Ana Alvarez")


# What two readers of the whole found


def test_a_spouses_equity_stands_on_joint_returns_alone():
    """Their spread is not on the client's own return of 2026, and is on the joint one of 2027."""
    done = tuple(Exercise(grant="ES-1", day=date(year, 3, 2), shares=1_000, value=12.0) for year in (2026, 2027))
    his = Holding(company="Quillwort", holder="spouse", grants=(grant(),), exercises=done)
    joint = ClientYear(year=2027, status="mfj")
    report = report_years(of(his, single(2026), joint))
    assert [report.figures[year]["ISO spread"] for year in (2026, 2027)] == [0.0, 10_000.0]
    assert any("Quillwort is the spouse's, and the return of 2026 is not joint" in note for note in report.notes)
    assert report_room_of(of(his, single(2026)), TODAY, value_per_share=12.0).filled == []


def test_what_comes_once_is_not_repeated_without_a_word():
    """A gift carryover and an earlier AMT of a sale end; deferral items are named; Medicare wages follow the income."""
    facts = {
        "Gift carryover": 60_000.0,
        "Wages already taxed by AMT": 10_000.0,
        "Other AMT deferral items": 9_000.0,
        "Medicare wages": 210_000.0,
        "Children under 17": 2.0,
    }
    first = ClientYear(year=2026, status="single", income=200_000.0, facts=facts)
    made = households(of(Holding(), first, ClientYear(year=2027, income=400_000.0)))
    later = made.households[1]
    assert (later.gift_carryover, later.wages_already_taxed_by_amt) == (0.0, 0.0)
    assert (later.other_amt_deferral_items, later.medicare_wages) == (9_000.0, 410_000.0)
    assert made.notes == (
        "2027 repeats Other AMT deferral items, Children under 17 of 2026; if it occurs only once, enter 0 for 2027.",
    )


def test_a_year_of_another_status_drops_what_only_the_old_one_has():
    """A spouse's age and itemizing, and a second blind filer."""
    facts = {"Spouse age": 64.0, "Blind": 2.0}
    first = ClientYear(year=2026, status="mfj", income=200_000.0, facts=facts)
    later = households(of(Holding(), first, ClientYear(year=2027, status="single"))).households[1]
    assert (later.spouse_age, later.blind) == (0.0, 1.0)


CASHLESS = Exercise(grant="ES-1", day=date(2026, 3, 2), shares=1_000, value=20.0, method="cashless")
EARLIER = Exercise(grant="ES-1", day=date(2024, 3, 1), shares=1_000, value=6.0)


def cashless(*sales, exercises=(EARLIER, CASHLESS)):
    """A holding with shares of 2024 and a cashless exercise of 2026 beside sales."""
    return of(Holding(company="Fernhill", grants=(grant(),), exercises=exercises, sales=sales), single(2026))


@pytest.mark.parametrize("lots", [(), ("ES-1",)])
def test_a_sale_of_the_day_of_a_cashless_exercise_says_which_it_is(lots):
    """Else it might be the same sale, counted twice."""
    sale = Sale(day=CASHLESS.day, shares=1_000, price=20.0, lots=lots)
    with pytest.raises(ArgumentError, match="a sale of that day does not say whether it is the same one"):
        report_years(cashless(sale))


@pytest.mark.parametrize("lot", ["ES-1 / 2026-03-02", "ES-1 / 2026-03-02 / ISO vesting 2021-01-15"])
def test_a_listed_sale_stands_for_that_much_of_a_cashless_one(lot):
    """300 shares listed at 21 and 700 at the value of 20: 20,300 of proceeds; a planned one stands for nothing done."""
    sale = Sale(day=CASHLESS.day, shares=300, price=21.0, lots=(lot,))
    figures = report_years(cashless(sale)).figures[2026]
    assert (figures["proceeds"], figures["ISO spread"]) == (20_300.0, 0.0)
    planned = report_years(cashless(replace(sale, status="planned")), planned=False).figures[2026]
    assert planned["proceeds"] == 20_000.0


def test_a_cashless_exercise_of_nsos_sells_no_isos_of_the_day():
    """5,000 ISO shares kept for cash leave 50,000 of spread, 10,000 NSO shares sold are 100,000 of wages."""
    award = Grant(label="G1", award="ISO", granted=date(2024, 1, 2), strike=10.0, shares=20_000, fmv_at_grant=10.0)
    day = date(2026, 3, 2)
    exercises = (
        Exercise(grant="G1", day=day, shares=5_000, value=20.0, part="ISO"),
        Exercise(grant="G1", day=day, shares=10_000, value=20.0, part="NSO", method="cashless"),
    )
    figures = report_years(of(Holding(grants=(award,), exercises=exercises), single(2026))).figures[2026]
    assert (figures["wages of options"], figures["ISO spread"]) == (100_000.0, 50_000.0)


def test_a_sale_by_the_platforms_name_of_the_shares():
    """What the exercise calls CS-7 is sold by that name."""
    done = replace(EARLIER, lot="CS-7")
    sale = Sale(day=date(2026, 6, 1), shares=400, price=9.0, lots=("CS-7",))
    holding = Holding(grants=(grant(),), exercises=(done,), sales=(sale,))
    assert report_years(of(holding, single(2026))).figures[2026]["proceeds"] == 3_600.0


def test_lots_need_no_grant_day_and_take_the_values():
    """An RSU's lot has none; an ISO's that vests later is valued by the holding's values."""
    units = HeldLot(label="U", award="RSU", acquired=date(2024, 5, 1), shares=10, strike=0.0, value=8.0)
    early = HeldLot(
        label="E",
        award="ISO",
        granted=date(2025, 1, 2),
        acquired=date(2025, 2, 3),
        vested=date(2026, 5, 1),
        shares=100,
        strike=1.0,
        value=1.0,
    )
    holding = Holding(
        lots=(units, early),
        values=(Value(day=date(2026, 5, 1), price=9.0),),
        sales=(Sale(day=date(2026, 6, 1), shares=10, price=9.0, lots=("U",)),),
    )
    figures = report_years(of(holding, single(2026))).figures[2026]
    assert (figures["ISO spread"], figures["proceeds"]) == (800.0, 90.0)


def test_an_export_of_shares_exercised_early():
    """2,000 of 4,000 exercised, 1,000 of them unvested: followed, and asked for; with the day, vesting adds 4,000."""
    counts = CountedShares(exercised=2_000, exercisable=0, unvested=2_000)
    award = grant(
        strike=1.0,
        shares=4_000,
        granted=date(2025, 1, 10),
        vesting="1/4 yearly",
        vesting_start=date(2025, 1, 10),
        early_exercise=True,
        held=counts,
    )
    values = (Value(day=date(2027, 1, 10), price=5.0), Value(day=date(2026, 1, 10), price=2.0))
    holding = Holding(company="Fernhill", as_of=date(2026, 3, 31), grants=(award,), values=values)
    report = report_years(of(holding, single(2026)))
    assert any("1,000 shares that have not vested were exercised early" in note for note in report.notes)
    assert counts_on(portfolio_of(holding), "ES-1", date(2026, 3, 31)) == (2_000, 0, 2_000)
    dated = replace(holding, exercises=(Exercise(grant="ES-1", day=date(2025, 5, 1), shares=2_000, value=1.0),))
    figures = report_years(of(dated, single(2026), ClientYear(year=2027))).figures
    assert (figures[2026]["ISO spread"], figures[2027]["ISO spread"]) == (1_000.0, 4_000.0)


def test_doubts_about_what_is_entered_twice():
    """An exercise on the day of the counts, and a lot that is one of the exercises."""
    lot = HeldLot(
        label="CS-1", award="ISO", granted=date(2021, 1, 15), acquired=EARLIER.day, shares=1_000, strike=2.0, value=6.0
    )
    on_the_day = replace(EARLIER, day=date(2026, 11, 20))
    holding = Holding(as_of=date(2026, 11, 20), grants=(grant(),), exercises=(EARLIER, on_the_day), lots=(lot,))
    kinds = [remark.kind for remark in doubts(of(holding, single(2026)))]
    assert kinds == ["lot entered twice", "exercise on the day of the counts"]


def test_one_value_for_several_companies_is_refused():
    """--fmv would price them all alike."""
    two = ClientRecord(
        client=Client(),
        years=(single(2026),),
        holdings=(Holding(company="A", grants=(grant(),)), Holding(company="B", grants=(grant(),))),
    )
    with pytest.raises(ArgumentError, match="fmv: the record has several companies"):
        report_room_of(two, TODAY, value_per_share=9.0)
    with pytest.raises(ArgumentError, match="fmv: -1 is negative"):
        report_room_of(of(Holding(), single(2026)), TODAY, value_per_share=-1.0)


def test_what_more_costs_begins_where_the_year_stands():
    """40,000 exercised on a room of 31,384.62: a quarter of the room more is 47,846.15."""
    done = Exercise(grant="ES-1", day=date(2026, 3, 2), shares=4_000, value=12.0)
    report = report_room_of(of(Holding(grants=(grant(),), exercises=(done,)), single(2026)), TODAY)
    assert (report.room_left, report.beyond[0].spread) == (0.0, pytest.approx(40_000.0 + 31_384.615385 / 4))
