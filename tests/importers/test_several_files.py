"""Several files in one go, and what sheets and files state of one grant, exercise, lot or sale, put together."""

from __future__ import annotations

from datetime import date
from unicodedata import normalize

import pytest
from openpyxl import Workbook, load_workbook

from workbook_templates.examples.platforms import FOLDER
from xl_amt.errors import FileError
from xl_amt.importers import Place, read_carta_export, read_export

PLAN = (
    "Formatted Security ID", "Stakeholder Name", "Quantity Issued", "Quantity Outstanding", "Issue Date",
    "Exercise Price", "Base Award Type", "Is ISO/NSO Split?", "Outstanding Vested Quantity",
    "Outstanding Unvested Quantity", "Quantity Exercised", "Expiration Date", "Canceled Date",
)  # fmt: skip
LEDGER = ("Formatted Security ID", "Stakeholder Name", "Quantity Issued", "Price Paid Per Share", "Issue Date")
VESTING = ("Grant ID", "Stakeholder Name", "Vest Date", "Shares Vested", "ISO Quantity", "NSO Quantity")
EXERCISED = (
    "Security ID", "Stakeholder Name", "Exercise Date", "Quantity Exercised", "FMV at Exercise", "Exercise Method",
)  # fmt: skip


def grant(label="ES-1", strike=1.25, issued=10_000, exercised=1_000, exercisable=5_000, **more):
    """A row of a plan's sheet."""
    unvested = issued - exercised - exercisable
    return (
        label, more.get("name", "Nora Quill"), issued, issued - exercised, more.get("granted", date(2023, 5, 8)),
        strike, more.get("kind", "ISO"), more.get("split"), exercisable, unvested, exercised, date(2033, 5, 7),
        more.get("canceled"),
    )  # fmt: skip


def exercised(label="ES-1", shares=1_000, day=date(2024, 2, 14), value=6.0, method="Cash", name="Nora Quill"):
    """A row of exercises."""
    return (label, name, day, shares, value, method)


@pytest.fixture
def save(tmp_path):
    """A function that saves sheets of rows, each under its headers; plan, ledger, vesting and exercised by name."""
    headers = {"plan": PLAN, "ledger": LEDGER, "vesting": VESTING, "exercised": EXERCISED}

    def save_sheets(name="export.xlsx", company="Quillwort Labs, Inc.", **sheets):
        workbook = Workbook()
        workbook.remove(workbook["Sheet"])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in ([f"{company} {title}"], ["As of 11/2/2026"], [], headers[title.partition("_")[0]], *rows):
                sheet.append(row)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return save_sheets


def remarks(result, kind):
    """The sentences of one kind."""
    return [remark.text for remark in result.remarks if remark.kind == kind]


# Several files


def test_plan_ledger_and_forms_in_one_go():
    """The ledger names the lots, Form 3921 the values, the valuations the rest: two exercises, each once."""
    result = read_export(FOLDER / "carta_company.xlsx", FOLDER / "form_3921_list.csv", stakeholder="Wren Halloran")
    assert [(one.grant, one.day, one.shares, one.value, one.lot) for one in result.exercises] == [
        ("ES-101", date(2023, 4, 10), 2_000, 2.10, "CS-41"),
        ("ES-101", date(2026, 2, 17), 1_000, 5.40, "CS-57"),
    ]
    assert [(value.day, value.price) for value in result.values] == [
        (date(2022, 12, 31), 2.1),
        (date(2025, 12, 31), 5.4),
    ]
    assert not result.lots
    assert result.source == "carta_company.xlsx, form_3921_list.csv"
    assert [(file.name, file.read, file.kept) for file in result.files] == [
        ("carta_company.xlsx", 6, 6),
        ("form_3921_list.csv", 2, 2),
    ]
    assert "Marsh" not in repr(result)
    assert "odell" not in repr(result)


def test_benefits_and_gains_in_one_go():
    """Of 1,500 exercised shares 600 were sold: the history has the shares, the gains have the value."""
    result = read_export(FOLDER / "etrade_gains_and_losses.xlsx", FOLDER / "etrade_benefit_history.xlsx")
    (exercise,) = result.exercises
    assert (exercise.shares, exercise.value, exercise.option_type) == (1_500, 18.75, "ISO")
    assert [(sale.shares, sale.acquired) for sale in result.sales] == [(600, date(2025, 2, 14))]
    assert not remarks(result, "exercises do not foot")
    assert not remarks(result, "exercised is taken")


def test_places_say_which_file(save):
    """A row of the second file is told from one of the first."""
    first, second = save("a.xlsx", plan=[grant()]), save("b.xlsx", plan=[grant("ES-2"), grant("ES-3", strike="?")])
    result = read_export(first, second)
    assert result.grant_places == (Place("plan", 5, 0), Place("plan", 5, 1))
    assert [(row.row, row.file, row.column) for row in result.rejected] == [(6, 1, "Exercise Price")]


def test_two_companies_are_not_one(save):
    """The sentence says how to have both."""
    first, second = save("a.xlsx", plan=[grant()]), save("b.xlsx", company="Fernhill Corp.", plan=[grant("F-1")])
    with pytest.raises(FileError, match=r"a\.xlsx is of Quillwort Labs, Inc\. and b\.xlsx of Fernhill Corp\.: import"):
        read_export(first, second)


def test_no_file():
    """There is nothing to read."""
    with pytest.raises(FileError, match="no export was named"):
        read_export()


def test_a_name_in_two_unicode_forms_across_files(save):
    """One person, whether an accent is part of its letter or follows it."""
    names = [normalize(form, "Jos\N{LATIN SMALL LETTER E WITH ACUTE} Quill") for form in ("NFC", "NFD")]
    paths = [save(f"{at}.xlsx", plan=[grant(f"ES-{at}", name=name)]) for at, name in enumerate(names)]
    assert [one.label for one in read_export(*paths).grants] == ["ES-0", "ES-1"]


def test_vesting_without_names_is_kept_for_own_grants_only(save):
    """Of a company's file, a table without names is the client's where its grants are."""
    workbook = save(plan=[grant(), grant("ES-2", name="Ira Quill")], vesting=[])

    book = load_workbook(workbook)
    book["vesting"]["B4"] = "Department"
    for label in ("ES-1", "ES-2"):
        book["vesting"].append((label, None, date(2024, 5, 8), 10_000, None, None))
    book.save(workbook)
    result = read_export(workbook, stakeholder="nora quill")
    assert [one.grant for one in result.tranches] == ["ES-1"]
    assert "ES-2" not in repr(result)


def test_the_old_name_reads_one_file():
    """As before."""
    assert len(read_carta_export(FOLDER / "carta_company.xlsx", "odell@example.com").grants) == 1


# Grants


def test_a_repeated_row_completes_the_first(save):
    """What only the second row states is kept, and two grant dates are asked about."""
    first = grant(granted=None)
    second = save(plan=[first], plan_2=[grant()])
    (one,) = read_export(second).grants
    assert one.grant_date == date(2023, 5, 8)
    other = read_export(save(plan=[grant()], plan_2=[grant(granted=date(2023, 2, 1))]))
    (sentence,) = remarks(other, "grant dates differ")
    assert sentence.startswith("ES-1: it was granted on 2023-05-08 by row 5 of sheet 'plan' and on 2023-02-01 by row 5")


def test_the_two_rows_of_a_split_grant_are_its_parts(save):
    """Each marked as split: the ISO row and the NSO row are the platform's own $100,000 split, and are kept."""
    pair = [
        grant(issued=6_000, exercised=0, split=True),
        grant(issued=4_000, exercised=0, exercisable=4_000, split=True, kind="NSO"),
    ]
    assert [(one.option_type, one.shares_granted) for one in read_export(save(plan=pair)).grants] == [
        ("ISO", 6_000),
        ("NSO", 4_000),
    ]
    alone = read_export(save(plan=pair[:1]))
    assert not alone.grants
    assert "part ISO and part NSO" in alone.rejected[0].reason


def test_vesting_says_which_shares_are_iso(save):
    """A grant marked as split whose vesting has both kinds is kept with the platform's split."""
    days = [(date(2024, 5, 8), 4_000, 3_000, 1_000), (date(2027, 5, 8), 6_000, 5_000, 1_000)]
    rows = [("ES-1", "Nora Quill", *day) for day in days]
    plan = grant(exercised=1_000, exercisable=3_000, split=True)
    (one,) = read_export(save(plan=[plan], vesting=rows)).grants
    assert [(event.day, event.shares, event.iso_shares) for event in one.vesting_events] == [
        (date(2024, 5, 8), 4_000, 3_000),
        (date(2027, 5, 8), 6_000, 5_000),
    ]
    wrong = read_export(save(plan=[plan], vesting=[("ES-1", "Nora Quill", date(2024, 5, 8), 4_000, 3_000, 500)]))
    assert any("do not add up to the 4,000 that vest" in row.reason for row in wrong.rejected)


def test_vesting_of_another_number_of_shares_is_not_used(save):
    """It is remarked on."""
    result = read_export(save(plan=[grant()], vesting=[("ES-1", "Nora Quill", date(2024, 5, 8), 9_000, None, None)]))
    assert not result.grants[0].vesting_events
    assert remarks(result, "tranches do not foot") == [
        "ES-1: its vesting events total 9,000 shares and the grant is for 10,000, so they are not used; check them."
    ]


def test_a_canceled_grant_keeps_its_exercised_shares(save):
    """They are tax history; nothing more of it can be exercised."""
    result = read_export(
        save(plan=[grant(canceled=date(2026, 1, 9)), grant("ES-2", exercised=0, canceled=date(2026, 1, 9))])
    )
    (one,) = result.grants
    assert (one.shares_exercised, one.shares_exercisable, one.shares_unvested) == (1_000, 0, 0)
    assert remarks(result, "canceled")[0].startswith("ES-1: it was canceled on 2026-01-09; its 1,000 exercised shares")
    assert [row.label for row in result.rejected] == ["ES-2"]


# Exercises and lots


def test_exercises_of_one_day_count_once_across_sheets(save):
    """A list of exercises and the ledger state one of them; the list has the value, the ledger the name."""
    lot = ("CS-9", "Nora Quill", 1_000, 1.25, date(2024, 2, 14))
    (one,) = read_export(save(plan=[grant()], exercised=[exercised()], ledger=[lot])).exercises
    assert (one.shares, one.value, one.lot) == (1_000, 6.0, "CS-9")


def test_exercises_that_differ_are_checked(save):
    """The larger number is taken."""
    result = read_export(save(plan=[grant()], exercised=[exercised()], exercised_2=[exercised(shares=900)]))
    assert [one.shares for one in result.exercises] == [1_000]
    (sentence,) = remarks(result, "exercises do not foot")
    assert "1,000 in sheet 'exercised' and 900 in sheet 'exercised_2' shares are exercised on 2024-02-14" in sentence


def test_more_exercised_than_counted_is_checked(save):
    """Later than the counts, or twice."""
    rows = [exercised(), exercised(shares=500, day=date(2026, 10, 1))]
    (sentence,) = remarks(read_export(save(plan=[grant()], exercised=rows)), "exercises do not foot")
    assert sentence.startswith("ES-1: 1,500 shares were exercised on the stated dates, and the export counts 1,000")


@pytest.mark.parametrize(
    ("method", "read"), [("Cash", "cash"), ("CASHLESS_EXERCISE", "cashless"), ("Net Exercise", "net")]
)
def test_ways_of_exercise(save, method, read):
    """Cash, sold the same day, shares withheld; another word is not guessed at."""
    (one,) = read_export(save(plan=[grant()], exercised=[exercised(method=method)])).exercises
    assert one.method == read
    other = read_export(save(plan=[grant()], exercised=[exercised(method="Swap")]))
    assert [row.reason[:22] for row in other.rejected] == ["Exercise Method 'Swap'"]


def test_exercises_of_no_known_grant_stand_for_themselves(tmp_path):
    """Two of one day may be of two grants: neither is taken for the other."""
    text = (FOLDER / "equateplus_orders.csv").read_text("utf-8").replace("19 Jun 2026", "11 Mar 2024")
    path = tmp_path / "orders.csv"
    path.write_text(text.replace("Cancelled", "Executed").replace("24.80", "11.20"), "utf-8")
    assert [one.shares for one in read_export(path).exercises] == [400, 100]


def test_a_lot_of_two_possible_grants_is_asked_about(save):
    """Both have its strike: it stays a lot."""
    lot = ("CS-9", "Nora Quill", 500, 1.25, date(2024, 2, 14))
    result = read_export(save(plan=[grant(), grant("ES-2")], ledger=[lot]))
    assert not result.exercises
    assert [one.label for one in result.lots] == ["CS-9"]
    assert "not known which grant CS-9 came from" in remarks(result, "lot without a grant")[0]


@pytest.mark.parametrize(
    "lot",
    [
        ("CS-9", "Nora Quill", 500, 1.26, date(2024, 2, 14)),
        ("CS-9", "Nora Quill", 1_500, 1.25, date(2024, 2, 14)),
        ("CS-9", "Nora Quill", 500, 1.25, date(2023, 2, 14)),
    ],
    ids=["another price", "more shares than were exercised", "before the grant"],
)
def test_a_lot_that_fits_no_grant(save, lot):
    """It is no exercise of it."""
    result = read_export(save(plan=[grant()], ledger=[lot]))
    assert not result.exercises
    assert len(result.lots) == 1


def test_a_lot_that_is_not_all_held(save):
    """Shares that are gone were sold or given on days that a ledger does not say."""
    workbook = save(plan=[grant()], ledger=[])

    book = load_workbook(workbook)
    book["ledger"]["F4"] = "Quantity Outstanding"
    book["ledger"].append(("CS-9", "Nora Quill", 1_000, 1.25, date(2024, 2, 14), 600))
    book.save(workbook)
    result = read_export(workbook)
    assert [one.shares for one in result.exercises] == [1_000]
    assert remarks(result, "lot not all held")[0].startswith("CS-9: 400 shares of 1,000 are no longer held: ask when")


def test_a_form_finds_its_grant_by_day_and_strike(tmp_path, save):
    """Carta's copies print strikes to the cent: 0.0938 is 0.09 on the form."""
    plan = save(plan=[grant(strike=0.0938), grant("ES-2", strike=0.50)])
    forms = tmp_path / "forms.csv"
    forms.write_text(
        "Date option granted,Date option exercised,Exercise price per share,FMV per share on exercise date,"
        "No. of shares transferred\n05/08/2023,02/14/2024,$0.09,$6.00,1000\n"
    )
    (one,) = read_export(plan, forms).exercises
    assert (one.grant, one.value, one.option_type) == ("ES-1", 6.0, "ISO")


def test_under_water(tmp_path, save):
    """A strike above the latest value is noted."""
    values = tmp_path / "values.csv"
    values.write_text("Effective Date,FMV Per Share\n2025-12-31,2.40\n2024-12-31,9.00\n")
    result = read_export(save(plan=[grant(), grant("ES-2", strike=4.0)]), values)
    assert remarks(result, "under water") == [
        "The strike of ES-2 is above 2.40, the value per share since 2025-12-31: they are under water."
    ]


def test_the_day_may_stand_in_the_name(tmp_path):
    """As Carta names its files; it is to be checked."""
    path = tmp_path / "quillwort_2026-11-02_forms.csv"
    path.write_bytes((FOLDER / "pulley_stock_options.csv").read_bytes())
    result = read_export(path)
    assert result.as_of == date(2026, 11, 2)
    assert remarks(result, "day of the export") == [
        "The file name dates the export 2026-11-02, which nothing in it confirms: check that date."
    ]
