"""Sheet Leaving: its live figures are those of the planner to the cent, and what a command found stands beside them."""

from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner

from tests.jobs.test_leaving import ES_1, LAST_DAY, ana, leaves
from tests.workbook.by_year import Calculated
from xl_amt.cli import main
from xl_amt.client import ClientYear, CountedShares, Exercise, Grant, Holding, Value
from xl_amt.client.fingerprint import fingerprint
from xl_amt.errors import FileError
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.differences import Differences
from xl_amt.jobs.leaving import report_leaving, write_leaving
from xl_amt.jobs.leaving_of_record import Leaving, leaving_of_record
from xl_amt.jobs.records import open_record
from xl_amt.jobs.rewrite_client import rewrite_client
from xl_amt.jobs.update_record import Updated, write_update
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.planning.leaving.ways import at_the_end, in_the_year
from xl_amt.planning.plan.amounts import amounts_of
from xl_amt.planning.plan.pricing import Pricer
from xl_amt.planning.plan.strategies import nothing
from xl_amt.workbook import build_workbook, save_workbook
from xl_amt.workbook.jurisdictions import codes_of
from xl_amt.workbook.sheets.leaving_layout import WAYS, column_of, leaving_layout
from xl_amt.workbook.splice import open_book

CENT = 0.005
NSO = Grant(label="NS-1", award="NSO", granted=date(2022, 3, 1), strike=9.0, shares=4_000, window="1 year")
SPLIT = Grant(label="ES-2", award="ISO", granted=date(2023, 1, 9), strike=11.0, shares=30_000, fmv_at_grant=11.0,
              vesting="1/4 yearly", vesting_start=date(2023, 1, 9), window="10 years")  # fmt: skip
COUNTED = Grant(label="ES-3", award="ISO", granted=date(2021, 5, 3), strike=3.0, shares=5_000, window="90 days",
                held=CountedShares(exercised=1_000, exercisable=2_500, unvested=1_500), vesting="1/4 yearly",
                vesting_start=date(2021, 5, 3))  # fmt: skip
UNDER_WATER = replace(ES_1, label="ES-4", strike=55.0, fmv_at_grant=55.0, window="6 months")


def leaver(jurisdiction="US", *grants, last_day=LAST_DAY, status="single", **holding):
    """Ana with the years 2024 and 2025, who leaves on a day."""
    record = ana(jurisdiction, *(grants or (replace(ES_1, window="6 months"),)))
    own = replace(record.holdings[0], work_ended=last_day, **holding)
    years = (replace(record.years[0], status=status), ClientYear(year=2025, income=120_000.0))
    return replace(record, years=years, holdings=(own,))


def of_both(*, of_spouse):
    """A joint couple of two companies, of which one spouse leaves the one."""
    record = leaver("US+CA", replace(ES_1, window="6 months"), COUNTED, status="mfj", as_of=date(2024, 6, 1))
    other = Holding(company="Birch", holder="spouse", grants=(NSO, replace(SPLIT, window="100 days")),
                    exercises=(Exercise(grant="ES-2", day=date(2024, 2, 1), shares=3_000, value=30.0),),
                    values=(Value(day=date(2024, 1, 1), price=30.0), Value(day=date(2025, 1, 1), price=34.0)),
                    )  # fmt: skip
    if not of_spouse:
        return replace(record, holdings=(*record.holdings, other))
    stays = replace(record.holdings[0], work_ended=None)
    return replace(record, holdings=(stays, replace(other, work_ended=date(2024, 12, 20))))


RECORDS = {
    "one grant": leaver(),
    "California": leaver("US+CA"),
    "California alone": leaver("CA"),
    "Connecticut": leaver("US+CT", status="mfj"),
    "grants of every kind": leaver("US", replace(ES_1, window="6 months"), NSO, SPLIT, UNDER_WATER),
    "grants of every kind, California": leaver("US+CA", replace(ES_1, window="30 days"), NSO, SPLIT, UNDER_WATER),
    "counted by an export": leaver("US", COUNTED, as_of=date(2024, 6, 1)),
    "all in one year": leaver("US", NSO, SPLIT, replace(ES_1, window="150 days"), last_day=date(2024, 3, 31)),
    "disabled": leaver("US", replace(ES_1, window="2 years"), work_ended_by="disability"),
    "disqualified and short-lived": leaver(
        "US", replace(ES_1, window="10 years", disqualified=date(2025, 1, 20)),
        replace(ES_1, label="ES-5", window="10 years", expires=date(2025, 1, 31))),
    "two companies": of_both(of_spouse=False),
    "two companies, the spouse leaves": of_both(of_spouse=True),
    "a credit carried in": replace(
        leaver("US", replace(ES_1, window="6 months"), NSO),
        years=(ClientYear(year=2024, status="single", income=200_000.0, facts={"Minimum tax credit": 9_000.0}),
               ClientYear(year=2025, income=90_000.0))),
}  # fmt: skip


def of_the_planner(record):
    """The pricer of the planner's question, and the schedules of the sheet's ways."""
    holding = next(one for one in record.holdings if one.work_ended)
    asked = Leaving(holding.work_ended, holding.work_ended, company=holding.name, sold=2030, later_price=50.0)
    question = leaving_of_record(record, asked).of_record.question
    pricer = Pricer(question, amounts_of(question))
    at_end = [list(row) for row in at_the_end(question)]
    for row in at_end:  # the sheet has two years: a window that goes on is used by the end of the second
        row[:] = [row[0], sum(row[1:]), *[0] * (len(row) - 2)]
    ways = {
        "this year": in_the_year(question, question.years[0].year),
        "next year": in_the_year(question, question.years[0].year + 1),
        "at the end": tuple(map(tuple, at_end)),
        "lapse": nothing(question),
    }
    return pricer, ways


@pytest.mark.parametrize("name", RECORDS)
def test_the_ways_cost_what_the_planner_says(name):
    """Shares, spread, wages, strikes, AMT, credit and taxes of both years, of every way and jurisdiction."""
    record = RECORDS[name]
    calculated = Calculated(record)
    assert calculated.named("Leaving_problem") == [""]
    pricer, ways = of_the_planner(record)
    rows = leaving_layout(calculated.book).years
    none = pricer.price(ways["lapse"])
    different = {}
    for way, schedule in ways.items():
        priced = pricer.price(schedule)
        for place in (0, 1):
            year, base = priced.years[place], none.years[place]
            expected = {"spread": year.spread, "wages": year.wages, "strikes": year.strike_paid,
                        "added": year.taxes_added - base.taxes_added}  # fmt: skip
            for code in codes_of(record):
                levied = year.levied[code]
                expected |= {f"{code} AMT": levied.alternative_minimum_tax, f"{code} credit used": levied.credit_used,
                             f"{code} credit left": year.credit_out[code]}  # fmt: skip
            if "US" not in codes_of(record):
                expected.pop("wages")
            for figure, known in expected.items():
                shown = calculated.cell("Leaving", f"{column_of(way, place)}{rows[figure]}")
                if abs(shown - known) >= CENT:
                    different[way, place, figure] = (shown, known)
    assert different == {}
    wages = [sum(year.wages for year in pricer.price(schedule).years[:2]) for schedule in ways.values()]
    medicare = [0.0145 * amount for amount in wages]  # IRC 3101(b)(1)
    assert calculated.named_column("Way_medicare")[:4] == pytest.approx(medicare, abs=CENT)


def test_worked_figures():
    """All in 2024 owes 7,956.30 of AMT, which is back by 2025; as NSOs 18,919.72 of tax and 879.86 of Medicare tax."""
    record = leaver()
    record = replace(record, years=(record.years[0], ClientYear(year=2025, income=200_000.0)))
    calculated = Calculated(record)
    assert calculated.named_column("Way_amt") == pytest.approx([7_956.30, 7_803.80, 0.0, 0.0, 0.0])
    assert calculated.named_column("Way_added") == pytest.approx([7_956.30, 7_803.80, 18_919.72, 0.0, 0.0])
    assert calculated.named_column("Way_cash") == pytest.approx([10_990.30, 10_837.80, 21_953.72, 0.0, 0.0])
    assert calculated.named_column("Way_medicare") == pytest.approx([0.0, 0.0, 879.86, 0.0, 0.0])
    assert calculated.named_column("Way_back") == pytest.approx([7_956.30, 0.0, 0.0, 0.0, 0.0])
    words = (
        "Leaving on Nov 15, 2024: 1,517 options are vested, as ISOs until Feb 15, 2025 and at all until May 15, 2025. "
        "Cash for all in 2024: $10,990, in 2025: $10,838, at the end: $21,954."
    )
    assert calculated.named("Leaving_in_words") == [words]


def test_a_split_of_ones_own_is_priced_and_checked():
    """751 and 766 shares owe no AMT; a share more than there is, or an ISO after its time, is too many."""
    record = leaver()
    record = replace(record, years=(record.years[0], ClientYear(year=2025, income=200_000.0)))
    row = leaving_layout(book_of(record)).grants[0]
    split = {("Leaving", f"G{row}"): 751, ("Leaving", f"H{row}"): 766}
    calculated = Calculated(record, split)
    assert calculated.named_column("Way_amt")[WAYS.index("own")] == 0.0
    assert calculated.named_column("Way_cash")[WAYS.index("own")] == pytest.approx(3_034.0)
    assert calculated.cell("Leaving", f"L{row}") == "ok"
    for typed in ({"G": 752}, {"J": 1}, {"G": 1_600, "H": 0}):
        tried = Calculated(record, split | {("Leaving", f"{column}{row}"): shares for column, shares in typed.items()})
        assert tried.cell("Leaving", f"L{row}") == "too many"
    early = Calculated(record, {("Leaving", "B9"): date(2024, 6, 3), ("Leaving", f"H{row}"): 10})
    assert early.cell("Leaving", f"L{row}") == "too many"  # the three months end in September


TWO_COMPANIES = of_both(of_spouse=False)


@pytest.mark.parametrize(
    ("record", "typed", "said"),
    [
        (leaver(last_day=None), {}, "Enter the last day of work in the yellow cell"),
        (leaver("US", ES_1), {}, "ES-1: how long the plan allows exercise after the last day is not stated"),
        (leaver("US", replace(ES_1, window="a while")), {}, "ES-1: how long the plan allows exercise"),
        (leaver(last_day=date(2021, 2, 1)), {}, "ES-1: it was granted on Mar 1, 2021, after the last day of work"),
        (leaver(last_day=date(2025, 2, 1)), {}, "Add the year 2026 to the sheet Client"),
        (leaver(work_ended_by="death"), {}, "After a death the options belong to the estate"),
        (leaver(values=()), {}, "The value of a share is not known"),
        (TWO_COMPANIES, {"B7": "Cedar"}, "The sheet Holdings has no holding of that company and holder"),
        (replace(of_both(of_spouse=True), years=(ClientYear(year=2024, status="single", income=2e5),
                                                 ClientYear(year=2025))), {}, "The spouse's options are on another"),
        (leaver(last_day=date(2024, 2, 1), as_of=None), {}, "Leaving on Feb 1, 2024: 1,517 options are vested"),
        (leaver("US", replace(SPLIT, vesting_start=date(2024, 6, 3))), {}, "No options of this holding are vested"),
    ],
)  # fmt: skip
def test_what_lacks_is_said_in_one_sentence(record, typed, said):
    """And no figure stands where something lacks; the law's three months are shown beside a window that does."""
    calculated = Calculated(record, {("Leaving", cell): value for cell, value in typed.items()})
    (words,) = calculated.named("Leaving_in_words")
    assert words.startswith(said), words
    if "how long" in words:
        assert "By law they are ISOs until Feb 15, 2025 at most" in words
    if calculated.named("Leaving_problem") != [""]:
        assert set(calculated.named_column("Way_cash")) == {""}


def test_an_advisor_may_ask_for_another_holding_and_day():
    """The other company's grants take the rows, with its own days."""
    typed = {("Leaving", "B7"): "Birch", ("Leaving", "B8"): "spouse", ("Leaving", "B9"): date(2024, 12, 20)}
    calculated, own = Calculated(TWO_COMPANIES, typed), Calculated(of_both(of_spouse=True))
    rows = leaving_layout(own.book).grants
    assert [calculated.cell("Leaving", f"A{row}") for row in rows[:3]] == ["NS-1", "ES-2", ""]
    assert calculated.named_column("Way_cash") == own.named_column("Way_cash")


@pytest.fixture
def workbook(tmp_path):
    """The workbook of a client who may leave."""
    path = tmp_path / "ana.xlsx"
    record = leaver(last_day=None)
    record = replace(record, years=(record.years[0], ClientYear(year=2025, income=200_000.0)))
    save_workbook(build_workbook(book_of(record)), path)
    return path


def shown(path):
    """The sheet with its values."""
    return openpyxl.load_workbook(path, data_only=True)["Leaving"]


def test_what_was_found_stands_in_the_workbook_with_its_day(workbook):
    """The steps, the ways and the days; the split is the found one, and its live price the found one's."""
    record, before = open_record(workbook), workbook.read_bytes()
    report = report_leaving(record, leaves())
    backup = write_leaving(workbook, leaves(), report, date(2024, 11, 16))
    assert backup.read_bytes() == before
    after = open_record(workbook)
    assert after.holdings[0].work_ended == LAST_DAY
    book = open_book(workbook)
    rows, sheet = leaving_layout(book_of(after)), shown(workbook)
    assert sheet[f"A{rows.answer['in words']}"].value.startswith("Found on Nov 16, 2024")
    assert book.value("Leaving", (rows.answer["record"], 2)) == fingerprint(after)
    ways = {sheet[f"A{row}"].value: sheet[f"G{row}"].value for row in rows.ways_found if sheet[f"A{row}"].value}
    assert ways == {way["name"]: way["cash"] for way in report.answer["strategies"]}
    steps = [[cell.value for cell in sheet[row][:5]] for row in rows.steps_found[:2]]
    assert [(label, kind, shares, by.date()) for label, kind, shares, _, by in steps] == [
        ("ES-1", "ISO", 751, date(2024, 12, 31)),
        ("ES-1", "ISO", 766, date(2025, 2, 15)),
    ]
    assert [sheet[f"A{row}"].value.date() for row in rows.days_found[:2]] == [date(2025, 2, 15), date(2025, 5, 15)]
    own = rows.ways[WAYS.index("own")]
    assert sheet[f"H{own}"].value == pytest.approx(ways["best"])
    assert not any(sheet.row_dimensions[row].hidden for row in (rows.answer["in words"], rows.ways_found[0]))
    assert check_client(workbook) == ()


def test_a_split_that_begins_a_year_before_the_last_day_is_not_priced_as_one_of_that_year(tmp_path):
    """The sheet has the year of the last day and the next; 2024's shares in 2025 would be another split."""
    path, last_day = tmp_path / "ana.xlsx", date(2025, 1, 31)
    record = leaver(last_day=None)
    save_workbook(build_workbook(book_of(replace(record, years=(*record.years, ClientYear(year=2026))))), path)
    asked = leaves(last_day=last_day)
    report = report_leaving(open_record(path), asked)
    assert {step.last_day.year for step in report.grants[0].steps} == {2024, 2025}
    write_leaving(path, asked, report, LAST_DAY)
    rows, sheet = leaving_layout(book_of(open_record(path))), shown(path)
    assert [sheet[f"{column}{rows.grants[0]}"].value for column in "GHIJ"] == [0, 0, 0, 0]
    title = sheet[f"A{rows.grants[0] - 2}"].value
    assert title.endswith("prefilled is what was found only if it begins in 2025, and it begins earlier")
    assert check_client(path) == ()


def test_a_second_answer_replaces_the_first(workbook):
    """A window of one day leaves one step, and nothing of the first answer stands beneath it."""
    record = open_record(workbook)
    write_leaving(workbook, leaves(), report_leaving(record, leaves()), LAST_DAY)
    again = leaves(window="1 day")
    write_leaving(workbook, again, report_leaving(open_record(workbook), again), LAST_DAY)
    rows, sheet = leaving_layout(book_of(record)), shown(workbook)
    steps = [[cell.value for cell in sheet[row][:3]] for row in rows.steps_found if sheet[f"A{row}"].value]
    assert steps == [["ES-1", "ISO", 1_517]]


def test_an_answer_of_another_record_says_so(workbook):
    """After the next command that writes the sheet says it, and a check fails; what was found stays."""
    record = open_record(workbook)
    write_leaving(workbook, leaves(), report_leaving(record, leaves()), LAST_DAY)
    after = open_record(workbook)
    changed = replace(after, years=(replace(after.years[0], income=205_000.0), *after.years[1:]))
    write_update(after, Updated(changed, Differences(), ()), workbook, LAST_DAY)
    rows, sheet = leaving_layout(book_of(record)), shown(workbook)
    assert sheet[f"A{rows.answer['in words']}"].value.startswith("The record has changed since Nov 15, 2024")
    assert sheet[f"A{rows.ways_found[0]}"].value == "all before leaving"
    assert ["What was found on the sheet Leaving" in finding.sentence for finding in check_client(workbook)] == [True]


def test_the_options_left_grow_with_the_record(tmp_path):
    """A grant that vests on four days, and an exercise that is done: the file then costs what a new one does."""
    path, before = tmp_path / "ana.xlsx", leaver()
    save_workbook(build_workbook(book_of(before)), path)
    done = Exercise(grant="ES-1", day=date(2024, 7, 1), shares=300, value=42.0)
    after = leaver("US", before.holdings[0].grants[0], SPLIT, exercises=(done,))
    rewrite_client(path, before, after, backup=tmp_path / "before.xlsx")
    assert open_record(path) == after
    calculated, sheet = Calculated(after), shown(path)
    rows = leaving_layout(calculated.book)
    for row in rows.ways:
        own = [sheet[f"{column}{row}"].value for column in "CDEFGHIJKL"]
        assert own == pytest.approx([calculated.cell("Leaving", f"{column}{row}") for column in "CDEFGHIJKL"])
    assert sheet[f"C{rows.grants[0]}"].value == 1_217
    assert check_client(path) == ()


def test_a_workbook_from_before_the_sheet_gets_a_sentence(workbook, tmp_path):
    """What to do, and nothing is written."""
    older = tmp_path / "older.xlsx"
    made = openpyxl.load_workbook(workbook)
    del made["Leaving"]
    for name in [name for name, own in made.defined_names.items() if "Leaving!" in own.attr_text]:
        del made.defined_names[name]
    made.save(older)
    content = older.read_bytes()
    record = open_record(older)
    with pytest.raises(FileError, match=r"it has no sheet Leaving.*xl-amt update 'older.xlsx' --output NEW.xlsx"):
        write_leaving(older, leaves(), report_leaving(record, leaves()), LAST_DAY)
    assert older.read_bytes() == content
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ana.xlsx", "older.xlsx"]


def test_the_command_writes_into_a_workbook(workbook):
    """As into a .client.toml file."""
    words = [
        "leaving",
        str(workbook),
        "--last-day",
        "2024-11-15",
        "--window",
        "6 months",
        "--from",
        "2024-11-15",
        "--write",
    ]
    said = CliRunner().invoke(main, words)
    assert said.exit_code == 0, said.output
    assert "ana.xlsx.bak" in said.output
    assert open_record(workbook).holdings[0].work_ended == LAST_DAY
