"""Fifty invented exports, each with a fault that real ones have: what becomes of every one of them.

The files stand in ``exports`` as they are. People, companies and figures in them are invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from xl_amt.errors import FileError
from xl_amt.importers import read_carta_export
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.records import import_export
from xl_amt.jobs.room_report import report_room_of

EXPORTS = Path(__file__).parent / "exports"
COMPANY = "Quillwort Labs, Inc."
NORA, JOSE = "Nora Quill", "Jos\N{LATIN SMALL LETTER E WITH ACUTE} Mu\N{LATIN SMALL LETTER N WITH TILDE}oz"
TODAY = date(2026, 11, 27)

# strike; shares granted, exercised, exercisable, unvested
USUAL = (1.25, 10_000, 1_000, 5_000, 4_000)
UNTOUCHED = (1.25, 10_000, 0, 10_000, 0)
NO_EXPIRY = {"expiration missing": "No expiration date is stated for ES-1"}
NO_BANNER = {**NO_EXPIRY, "day of the export": "does not state its as-of date"}


@dataclass(frozen=True, slots=True)
class Gives:
    """What an export gives: figures by label, reasons by label of a rejected row, and words by kind of remark.

    An exercise is its grant, day, shares and value; a sale its grant, day, shares, price and the platform's word; a
    lot its day, shares and price. ``nonqualified`` are the labels of NSOs.
    """

    grants: dict[str, tuple[float, int, int, int, int]]
    rejected: dict[str, str] = field(default_factory=dict)
    remarks: dict[str, str] = field(default_factory=lambda: NO_EXPIRY)
    company: str = COMPANY
    stakeholder: str = NORA
    asked_for: str | None = None
    exercises: tuple[tuple[str, str, int, float | None], ...] = ()
    sales: tuple[tuple[str, str, int, float, str], ...] = ()
    lots: tuple[tuple[str, int, float], ...] = ()
    nonqualified: tuple[str, ...] = ()


def _usual(*strikes: float) -> dict[str, tuple[float, int, int, int, int]]:
    return {f"ES-{number}": (strike, *USUAL[1:]) for number, strike in enumerate(strikes, start=1)}


ONE = {"ES-1": USUAL}
NOT_A_DATE = "is not a date"
UNDATED = {"day of the export": "does not state its as-of date"}
MONTH_FIRST = {**UNDATED, "date order": "read month first"}
GAINS = Gives(
    {},
    remarks={
        **UNDATED,
        "columns not read": "Ordinary Income Recognized Per Share and 26 more",
        "row not of a grant": "The totals in row 2",
        "to check": "Gains and losses show only the shares that were sold",
    },
    company="QWRT",
    stakeholder="",
    exercises=(("ES-1", "2024-02-14", 1_500, 6.0),),
    sales=(("ES-1", "2026-05-12", 1_000, 9.5, "Qualified"), ("ES-1", "2026-05-12", 500, 9.5, "Disqualified")),
)

READ = {
    "c01_original_quantity.xlsx": Gives(ONE),
    "c02_headers_trimmed_saved_by_excel.csv": Gives(
        ONE, remarks={**NO_BANNER, "date order": "read month first"}, company=""
    ),
    "c03_footer_of_two_cells.xlsx": Gives(ONE, remarks={**NO_EXPIRY, "row not of a grant": "not read as a grant"}),
    "c04_na_words.xlsx": Gives(_usual(1.25, 1.25, 1.25, 1.25)),
    "c05_canceled_na.xlsx": Gives(_usual(1.25, 1.25)),
    "c06_short_years.xlsx": Gives(
        {"ES-3": USUAL, "ES-4": USUAL},
        rejected=dict.fromkeys(("ES-1", "ES-2", "ES-5", "ES-6"), NOT_A_DATE),
        remarks={"expiration missing": "stated for ES-3, ES-4"},
    ),
    "c07_euro_by_number_format.xlsx": Gives(
        {}, rejected={"ES-1": "Exercise Price '1.25 EUR' is not an amount in dollars but in euros (EUR)"}, remarks={}
    ),
    "c08_european_thousands.csv": Gives(
        {},
        rejected={"ES-1": "Quantity Issued '12.000' may be 12,000 or 12"},
        remarks={"day of the export": "does not state its as-of date"},
        company="",
    ),
    "c10_header_row_18.xlsx": Gives(ONE),
    "c11_does_not_foot.xlsx": Gives(
        {"ES-1": (1.25, 10_000, 1_000, 5_000, 3_000)},
        remarks={**NO_EXPIRY, "counts do not foot": "ES-1: 1,000 of 10,000 shares are neither exercised nor"},
    ),
    "c12_expired_grant.xlsx": Gives(
        {"ES-1": UNTOUCHED, "ES-2": (2.0, *USUAL[1:])},
        remarks={"expired": "ES-1: it expired on 2025-02-28, before the day of the export, 2026-11-02"},
    ),
    "c13_award_type_and_option_type.xlsx": Gives(ONE, rejected={"ES-2": "'RSU' is neither ISO nor NSO"}),
    "c14_type_words.xlsx": Gives(
        _usual(*[1.25] * 8),
        remarks={"expiration missing": "stated for ES-1, ES-2, ES-3, ES-4, ES-5 and 3 more"},
        nonqualified=("ES-3", "ES-4", "ES-6", "ES-8"),
    ),
    "c15_nfc_and_nfd.xlsx": Gives(_usual(1.25, 2.0, 3.0), stakeholder=JOSE, asked_for=JOSE),
    "c15b_nfc_and_nfd_nobody_asked.xlsx": Gives(_usual(1.25, 2.0, 3.0), stakeholder=JOSE),
    "c17_sep_line.csv": Gives(ONE, remarks=NO_BANNER, company=""),
    "c18_semicolons_utf8.csv": Gives(ONE, remarks={**NO_BANNER, "delimiter": "separated by semicolons"}, company=""),
    "c19_tabs_utf16.csv": Gives(ONE, remarks={**NO_BANNER, "delimiter": "separated by tabs"}, company=""),
    "c21_no_vesting_text.xlsx": Gives(
        {"ES-1": (1.25, 10_000, 0, 2_500, 7_500)},
        remarks={**NO_EXPIRY, "vesting schedule missing": "No vesting schedule is stated for ES-1"},
    ),
    "c22_forty_grants.xlsx": Gives(
        {f"ES-{number}": (pytest.approx(1 + number / 10), 100, 0, 100, 0) for number in range(1, 41)}
    ),
    "c23_parenthesis_reductions.xlsx": Gives(
        {}, rejected={"ES-1": "Quantity Exercised '(1,000)' is negative"}, remarks={}
    ),
    "c24_title_is_not_company.xlsx": Gives(ONE),
    "c25_fraction_after_split.xlsx": Gives({}, rejected={"ES-1": "is a fraction"}, remarks={}),
    "c26_exercise_in_ledger.xlsx": Gives(
        ONE,
        remarks={
            **NO_EXPIRY,
            "columns not read": "Not read of sheet 'CS Ledger': the column Share Class.",
            "lot is an exercise": "ES-1: CS-9 of 1,000 shares were bought at its strike",
            "value at exercise missing": "not stated for the exercise of ES-1 on 2026-02-01",
        },
        exercises=(("ES-1", "2026-02-01", 1_000, None),),
    ),
    "c30_etrade_gl_2025.xlsx": GAINS,
    "c31_etrade_gl_2024.xlsx": GAINS,
    "c32_etrade_by_benefit_numbers.csv": Gives(
        {"11001": USUAL},
        remarks={
            **UNDATED,
            "columns not read": "the columns Est. Market Value, Exercisable Qty.",
            "row not of a grant": "The totals in row 5",
            "award type missing": "does not say whether 11001 are ISOs",
            "exercised is taken": "11001: 1,000 vested shares can no longer be exercised",
            "vesting schedule missing": "No vesting schedule is stated for 11001",
        },
        company="QWRT",
        stakeholder="",
        nonqualified=("11001",),
    ),
    "c33_schwab_three_lines.csv": Gives(
        {},
        remarks={**MONTH_FIRST, "columns not read": "Description, Quantity, FeesAndCommissions"},
        company="QWRT",
        stakeholder="",
        sales=(("C1", "2026-05-12", 100, 9.5, "Qualifying"), ("C1", "2026-05-12", 50, 9.5, "Disqualifying")),
    ),
    "c34_schwab.json": Gives(
        {}, remarks=MONTH_FIRST, company="QWRT", stakeholder="", sales=(("C1", "2026-05-12", 100, 9.5, ""),)
    ),
    "c36_netbenefits_open_lots.csv": Gives(
        {},
        remarks={
            **UNDATED,
            "columns not read": "the columns Cost basis, Value, Gain/loss, Holding period, Transfer availability",
            "row not of a grant": "The cells in row 3",
            "lot without a grant": "not known which grant lot of 2024-02-14 came from",
        },
        company="",
        stakeholder="",
        lots=(("2024-02-14", 1_000, 1.25),),
    ),
    "c37_equateplus.csv": Gives(
        {},
        remarks={
            **UNDATED,
            "columns not read": "the columns Order reference, Instrument",
            "exercise without a grant": "which grant the exercise on 2024-02-14 belongs to",
            "to check": "The execution price is used as the value per share that day",
        },
        company="",
        stakeholder="",
        exercises=(("", "2024-02-14", 1_000, 6.0),),
    ),
    "c38_carta_api_real_exercise.json": Gives(
        ONE,
        remarks={
            **UNDATED,
            "columns not read": "the column",
            "vesting without a day": "ES-1: 6,000 shares vest on a condition, not on a date",
            "value at exercise missing": "the exercise of ES-1 on 2026-02-01",
            "disqualified": "ES-1: from 2026-06-01 on its options are NSOs",
            "vesting schedule missing": "No vesting schedule is stated for ES-1",
        },
        company="",
        stakeholder="",
        exercises=(("ES-1", "2026-02-01", 1_000, None),),
    ),
    "c39_ocf_old_names.ocf.json": Gives(
        {"CA-1": (1.25, 10_000, 1_000, 9_000, 0)},
        remarks={
            **UNDATED,
            "columns not read": "the column",
            "exercised is taken": "The file does not count the shares of CA-1",
            "value at exercise missing": "the exercise of CA-1 on 2026-02-01",
            "split": "The shares were split 2:1 on 2026-03-01",
        },
        company="",
        stakeholder="",
        exercises=(("CA-1", "2026-02-01", 1_000, None),),
    ),
    "c41_second_plan_lacks_a_column.xlsx": Gives(
        {**ONE, "OLD-7": (0.1, *USUAL[1:])}, remarks={"expiration missing": "stated for ES-1, OLD-7"}
    ),
    "c42_second_table_other_order.xlsx": Gives(
        {"ES-1": USUAL, "ES-2": (2.0, 4_000, 1_000, 1_000, 2_000)},
        remarks={
            "expiration missing": "stated for ES-1, ES-2",
            "row not of a grant": "The headers repeated in row 8",
        },
    ),
    "c43_two_grant_dates.xlsx": Gives(
        ONE,
        remarks={
            **NO_EXPIRY,
            "columns disagree": "ES-1: Issue Date is 2023-05-08 and Grant Date is 2023-02-01; a grant is made on",
        },
    ),
    "c44_units_in_headers.xlsx": Gives(ONE),
    "c46_only_expired.xlsx": Gives({"ES-1": UNTOUCHED}, remarks={"expired": "can no longer be exercised"}),
    "c47_left_long_ago.xlsx": Gives(
        {"ES-1": UNTOUCHED},
        remarks={**NO_EXPIRY, "end of the work": "ISOs remain ISOs for only three months (IRC 422(a)(2))"},
    ),
    "c48_csv_like_sheet_names.xlsx": Gives(ONE, remarks=NO_BANNER, company=""),
    "c49_renamed_as_on_the_web.xlsx": Gives(ONE),
}  # fmt: skip

REFUSED = {
    "c09_amount_is_dollars.xlsx": "no column for the quantity issued (headed Quantity Issued / Options Granted) "
    "('Amount ($)' is an amount of money)",
    "c16_name_in_two_ways.xlsx": "3 stakeholders, Nora Quill; Nora A. Quill; Quill, Nora: choose one with "
    "--stakeholder NAME, or give all of one person's names with ';' between them",
    "c20_two_header_rows.xlsx": "sheet '2021 Equity Incentive Plan', row 4, has no column for the quantity issued",
    "c35_morgan_stanley_releases.csv": "it lists releases of stock units, and no options",
    "c40_strict_ooxml.xlsx": "is a Strict Open XML workbook: open it in Excel, save it as 'Excel Workbook (.xlsx)'",
    "c45_eur_in_header.xlsx": "the prices under 'Exercise Price (EUR)' are in euros (EUR)",
    "c50_bytes_missing.xlsx": "is damaged or not an Excel workbook: download it again",
}


def test_every_file_is_asked_about() -> None:
    """Each file stands in one of the two tables, and in one only."""
    assert sorted([*READ, *REFUSED]) == sorted(path.name for path in EXPORTS.iterdir())


@pytest.mark.parametrize("file", READ)
def test_what_is_read(file: str) -> None:
    """Grants, rejected rows, remarks, company and stakeholder; every row and every grant has its place."""
    gives = READ[file]
    result = read_carta_export(EXPORTS / file, gives.asked_for)
    figures = {
        grant.label: (
            grant.strike,
            grant.shares_granted,
            grant.shares_exercised,
            grant.shares_exercisable,
            grant.shares_unvested,
        )
        for grant in result.grants
    }
    assert figures == gives.grants
    assert {row.label: gives.rejected[row.label] in row.reason for row in result.rejected} == dict.fromkeys(
        gives.rejected, True
    )
    assert {remark.kind: gives.remarks[remark.kind] in remark.text for remark in result.remarks} == dict.fromkeys(
        gives.remarks, True
    )
    assert (result.company, result.stakeholder) == (gives.company, gives.stakeholder)
    exercises = tuple((one.grant, str(one.day), one.shares, one.value) for one in result.exercises)
    sales = tuple((one.grant, str(one.day), one.shares, one.price, one.platform_says) for one in result.sales)
    lots = tuple((str(one.acquired), one.shares, one.paid) for one in result.lots)
    assert (exercises, sales, lots) == (gives.exercises, gives.sales, gives.lots)
    assert result.rows_read == result.rows_kept + len(result.rejected) + len(result.ignored)
    assert len(result.grant_places) == len(result.grants)
    assert tuple(grant.label for grant in result.grants if grant.option_type != "ISO") == gives.nonqualified
    assert result.notes == tuple(remark.text for remark in result.remarks)


@pytest.mark.parametrize("file", REFUSED)
def test_what_is_refused(file: str) -> None:
    """One sentence of at most 330 characters says why."""
    with pytest.raises(FileError) as error:
        read_carta_export(EXPORTS / file)
    sentence = str(error.value)
    assert REFUSED[file] in sentence
    assert sentence.startswith(file)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    assert len(sentence) <= 330


def test_one_person_by_several_names() -> None:
    """All names of one person, with semicolons between them and in any case, give all grants and one remark."""
    result = read_carta_export(EXPORTS / "c16_name_in_two_ways.xlsx", "nora quill; Nora A. Quill;Quill, Nora")
    assert [grant.label for grant in result.grants] == ["ES-1", "ES-2", "ES-3"]
    (remark,) = [remark for remark in result.remarks if remark.kind == "several names"]
    assert remark.text == "The rows belong to Nora Quill; Nora A. Quill; Quill, Nora: check that these are one person."
    assert [place.row for place in remark.places] == [6, 7, 8]


@pytest.mark.parametrize(
    ("file", "shares"),
    [("c12_expired_grant.xlsx", 5_000), ("c46_only_expired.xlsx", 0), ("c47_left_long_ago.xlsx", 0)],
)
def test_what_has_ended_fills_no_room(file: str, shares: int) -> None:
    """Of ES-2 in c12, 5,000 shares can be exercised; nothing of a grant that expired or was left long ago can."""
    known = KnownBesides("single", 2026, 185_000.0, 3.0)
    record = import_export(EXPORTS / file, known, TODAY).record
    report = report_room_of(record, TODAY)
    assert sum(item.grant.shares_exercisable for item in report.filled) == shares
