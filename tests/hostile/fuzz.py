r"""Mutated files and calls without end: whatever comes in, what comes out is an answer or an AmtError.

    python tests/hostile/fuzz.py --imports 10000 --batches 5000 --calls 200000 --calendars 4000 --workbooks 1000 \
        --records 5000

Each attempt has a number, from which it is made again (``--first 812 --imports 1``). test_fuzz.py runs some hundreds.
"""

from __future__ import annotations

import argparse
import csv
import io
import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

from tests.hostile.mutated_records import one_record
from workbook_templates.examples import CARTA_EXAMPLE
from workbook_templates.examples.platforms import FOLDER
from xl_amt.batch import answer_file
from xl_amt.calendar import calendar_of
from xl_amt.calendar.file import calendar_bytes
from xl_amt.client.checks import check_record
from xl_amt.client.toml_file import read_record, write_record
from xl_amt.equity.grants import HeldGrant
from xl_amt.equity.portfolio import Exercise, Portfolio, Termination
from xl_amt.errors import AmtError
from xl_amt.importers import read_carta_export
from xl_amt.jobs.check_client import check_client
from xl_amt.jobs.convert import convert
from xl_amt.jobs.import_record import KnownBesides
from xl_amt.jobs.recalc import recalc
from xl_amt.jobs.records import import_exports, open_client
from xl_amt.workbook import Book, build_workbook
from xl_amt.worksheet import FUNCTIONS, answer

NASTY: Final[tuple[Any, ...]] = (
    None, "", " ", "0", "-1", "1e308", "1e-320", "9" * 400, "1" * 5_000, "nan", "inf", "TRUE", "#N/A", "#REF!", "=1+1",
    "@SUM(1)", "-2+3", "\t=1", '"', '""', "a\nb", "a\r=b", "\x00", "\x1b[2J", "\ufffe", "\uffff", "\u202e", "_x0000_",
    "[bold]", "[/x]", "é" * 300, "9999-12-31", "0001-01-01", "2024-02-30", "2024-13-45", "1/1/1", "45352", "2958465",
    "1/" * 500, "1/48 monthly", "1" * 90 + "/48 monthly", "M-48-12", "M-99999999-1", "single", "mfj", "ISO", "NSO",
    "2026", "1,5", "1.234,5", "$1,000", "(300)", "50%", "US+US", "US: x", "Interest", "Age", "Deduction", "none", "-",
)  # fmt: skip
CELLS: Final[tuple[Any, ...]] = (
    *NASTY, 0, 1, -1, 2026, 2036, 2018, 150_000, 1e12, -1e12, 1e13, 5e-324, 1e308, float("nan"), float("inf"), 10**400,
    0.5, 45_352, True, False, [], [1, 2], [[1, 2], [3, 4]], ["Interest"], date(2024, 3, 1), date.max, date.min,
    datetime(9999, 12, 31, tzinfo=UTC), timedelta(1), b"x", object, {"a": 1}, (1,), 1j,
)  # fmt: skip
HEADINGS: Final = (
    "income",
    "status",
    "year",
    "spread",
    "Interest",
    "Age",
    "client",
    "notes",
    "strike",
    "fmv",
    "shares",
)
FUNCTIONS_OF_A_BOOK: Final = ("AMT_ROOM", "AMT_OWED", "AMT_ROOM_SHARES", "AMT_SHARES_TO_SELL", "AMT_TOTAL_TAX")
GRANTS: Final = tuple(read_carta_export(CARTA_EXAMPLE).grants)
PARTS: Final[dict[str, bytes]] = {
    name: zipfile.ZipFile(CARTA_EXAMPLE).read(name) for name in zipfile.ZipFile(CARTA_EXAMPLE).namelist()
}
CLIENT: Final = FOLDER / "alena.xlsx"
CLIENT_PARTS: Final[dict[str, bytes]] = {
    name: zipfile.ZipFile(CLIENT).read(name) for name in zipfile.ZipFile(CLIENT).namelist()
}
PIECES: Final = (
    b"<", b">", b"/>", b"&", b"&#0;", b"\x00", b"\xff\xfe", b'"', b' r="ZZZZ9"', b' r="A99999999"', b' t="s"',
    b' t="d"', b' t="e"', b' s="9999"', b"<f>1+1</f>", b"<v>99999</v>", b"<v/>", b"<row>", b"<c/>", b"<!-- -->",
    b"<!DOCTYPE x>", b'encoding="utf-7"', b'encoding="idna"', b"-1", b"9" * 5_000, b"1e999", b"../", b"rId1", b"xl/",
)  # fmt: skip

Attempt = Callable[[random.Random, Path], None]


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Bytes with something put in, taken out, doubled or changed in a few places."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(changed) + 1)
        to = min(len(changed), at + chance.choice((1, 2, 8, 60, 600)))
        match chance.randrange(4):
            case 0:
                changed[at:at] = chance.choice(PIECES)
            case 1:
                del changed[at:to]
            case 2:
                changed[at:at] = changed[at:to] * chance.choice((1, 2, 30))
            case _:
                changed[at:to] = chance.choice(PIECES)
    return bytes(changed)


def package(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """A workbook with a mutated part, or one that is mutated as a whole."""
    parts = dict(parts)
    whole = chance.random() < 0.3
    if not whole:
        name = chance.choice([*parts, *(name for name in parts if "sheet" in name)] * 2)
        parts[name] = mutated(parts[name], chance)
    content = packed(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))
    return mutated(content, chance) if whole else content


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def comma_separated(rows: list[list[Any]], chance: random.Random) -> bytes:
    """Rows as CSV, some cells of them nasty; sometimes the bytes are mutated too."""
    for _ in range(chance.randint(1, 6)):
        row = chance.choice(rows)
        if row:
            row[chance.randrange(len(row))] = chance.choice(NASTY)
    text = io.StringIO()
    csv.writer(text, lineterminator=chance.choice(("\n", "\r\n"))).writerows(rows)
    content = text.getvalue().encode(errors="surrogatepass")
    return mutated(content, chance) if chance.random() < 0.3 else content


def rows_of_grants() -> list[list[Any]]:
    """An export as rows of texts."""
    headers = (
        "Stakeholder Name", "Security ID", "Award Type", "Exercise Price", "Quantity Issued", "Quantity Exercised",
        "Outstanding Vested Quantity", "Outstanding Unvested Quantity", "Issue Date", "Vesting Start Date",
        "Vesting Schedule", "Expiration Date", "Termination Date",
    )  # fmt: skip
    rows: list[list[Any]] = [["Juniper Robotics, Inc. 2019 Plan"], ["As of Nov 20, 2026"], list(headers)]
    rows += [
        ["Ana", f"ES-{number}", "ISO", "1.25", "100", "0", "50", "50", "2024-01-01", "01/01/2024", "1/48 monthly",
         "2034-01-01", ""]
        for number in range(5)
    ]  # fmt: skip
    return rows


def other_platform(chance: random.Random, folder: Path) -> Path:
    """An example of another platform, some of its words nasty; sometimes its bytes are mutated too."""
    example = chance.choice(sorted(path for path in FOLDER.iterdir() if path.suffix in {".csv", ".json"}))
    text = example.read_text("utf-8")
    for _ in range(chance.randint(1, 6)):
        word = chance.choice(re.findall(r"[\w.$/-]+", text))
        text = text.replace(word, str(chance.choice(NASTY)).replace('"', "'"), chance.randint(1, 3))
    content = text.encode(errors="surrogatepass")
    path = folder / example.name
    path.write_bytes(mutated(content, chance) if chance.random() < 0.3 else content)
    return path


def one_import(chance: random.Random, folder: Path) -> None:
    """Import a mutated export; one in forty becomes a workbook, and each of another platform a record."""
    if chance.random() < 0.3:
        known = KnownBesides("single", 2026, 185_000.0, 3.0, as_of=date(2026, 11, 20))
        record, (result,) = import_exports([other_platform(chance, folder)], known, date(2026, 11, 27))
        assert sum(file.read for file in result.files) == result.rows_read
        check_record(record, "record")
        return
    is_csv = chance.random() < 0.4
    path = folder / ("export.csv" if is_csv else "export.xlsx")
    path.write_bytes(comma_separated(rows_of_grants(), chance) if is_csv else package(PARTS, chance))
    result = read_carta_export(path)
    assert result.rows_read == len(result.grants) + len(result.rejected)
    if chance.random() < 0.025:
        record, _ = import_exports([path], KnownBesides(), date(2026, 11, 27))
        build_workbook(Book(record))


def one_batch(chance: random.Random, folder: Path) -> None:
    """Answer a mutated book, and find as many rows as were counted in the answers."""
    names = ["income", "status", "year", *chance.sample(HEADINGS[3:], chance.randint(0, 4))]
    rows: list[list[Any]] = [list(names)]
    rows += [
        [{"income": "150000", "status": "single", "year": "2026"}.get(name, "1") for name in names]
        for _ in range(chance.choice((1, 3, 70)))
    ]
    is_csv = chance.random() < 0.6
    source, target = folder / ("book.csv" if is_csv else "book.xlsx"), folder / chance.choice(("out.csv", "out.xlsx"))
    source.write_bytes(comma_separated(rows, chance) if is_csv else package(book_parts(rows), chance))
    functions = chance.sample(FUNCTIONS_OF_A_BOOK, chance.randint(1, 2))
    report = answer_file(source, target, functions, keep=[], replace_existing=True)
    if target.suffix == ".csv":
        with target.open(encoding="utf-8-sig", newline="") as file:
            read = list(csv.reader(file, strict=True))
        assert len(read) == report.rows + 1
        assert {len(row) for row in read} == {len(read[0])}


def book_parts(rows: list[list[Any]]) -> dict[str, bytes]:
    """The parts of a workbook whose only sheet holds rows of texts and numbers."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(ord("A") + at)}{number}"><v>{cell}</v></c>'
            if cell.isdigit()
            else f'<c r="{chr(ord("A") + at)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for at, cell in enumerate(row)
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    sheet = next(name for name in PARTS if name.startswith("xl/worksheets/sheet"))
    content = f'<worksheet xmlns="{namespace}"><sheetData>{cells}</sheetData></worksheet>'
    return PARTS | {sheet: content.encode()}


def one_call(chance: random.Random, _: Path) -> None:
    """Ask a function for its example with some arguments replaced; each answer of a range is a cell or an AmtError."""
    function = chance.choice(list(FUNCTIONS.values()))
    given = list(function.example)
    for _ in range(chance.randint(1, 3)):
        at = chance.randrange(len(function.arguments))
        given += [None] * (at + 1 - len(given))
        given[at] = chance.choice(CELLS)
    if chance.random() < 0.05:
        given[0:1] = [[given[0] if given else None, *chance.choices(CELLS, k=chance.choice((3, 70)))]]
    answer(function.name, *given)


def one_calendar(chance: random.Random, _: Path) -> None:
    """List what is due for the example's grants with terms, exercises and days replaced, and write it."""
    days = (date.min, date(1970, 1, 1), date(2024, 2, 29), date(2026, 12, 31), date(2099, 12, 31), date.max)
    schedules = [text for text in NASTY if isinstance(text, str)]
    grants = tuple(mutated_grant(grant, chance, days, schedules) for grant in chance.sample(GRANTS, 2))
    exercises = tuple(
        Exercise(
            grant.label,
            chance.choice(days),
            chance.choice((1, 10, 10**9)),
            chance.choice((0.5, 12.0, 1e300)),
            election_83b=chance.random() < 0.3,
        )
        for grant in grants
        if chance.random() < 0.3
    )
    ended = Termination(chance.choice(days)) if chance.random() < 0.3 else None
    first, counted = chance.choice(days), chance.choice((None, *days))
    last = chance.choice((*days, min(first, date(9990, 1, 1)) + timedelta(days=700)))
    found = calendar_of(Portfolio(grants, exercises, termination=ended), first, last, counted_on=counted)
    content = calendar_bytes(found.entries, client=str(chance.choice(NASTY)), written=datetime.now(UTC))
    assert b"\r" not in content.replace(b"\r\n", b"")


def mutated_grant(grant: HeldGrant, chance: random.Random, days: tuple[date, ...], schedules: list[str]) -> HeldGrant:
    """A grant with one or two of its terms replaced."""
    changes: dict[str, Any] = {
        "grant_date": chance.choice(days),
        "vesting_start": chance.choice(days),
        "expiration_date": chance.choice(days),
        "vesting_schedule": chance.choice(schedules),
        "exercise_window": chance.choice(("", "90 days", "99999 years", "9" * 5_000 + " days")),
        "strike": chance.choice((0.01, 1e12, 5e-324)),
        "label": f"{grant.label}{chance.choice(schedules)}",
    }
    return replace(grant, **{key: changes[key] for key in chance.sample(list(changes), chance.randint(1, 2))})


def one_workbook(chance: random.Random, folder: Path) -> None:
    """Check, convert and recalculate a mutated client workbook; one that is read gives the same record again."""
    path = folder / "Alena.xlsx"
    content = with_nasty_cells(CLIENT_PARTS, chance) if chance.random() < 0.4 else package(CLIENT_PARTS, chance)
    path.write_bytes(content)
    day = date(2026, 11, 27)
    with suppress(AmtError):
        check_client(path)
    with suppress(AmtError):
        convert(path, day)
    if chance.random() < 0.1:
        with suppress(AmtError):
            recalc(path, day)
    record, _ = open_client(path, day)
    again = folder / "again.client.toml"
    write_record(record, again, replace_existing=True)
    assert read_record(again) == record


def with_nasty_cells(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """A workbook some of whose values are nasty, as texts, numbers or formulas."""
    parts = dict(parts)
    sheets = [name for name in parts if name.startswith("xl/worksheets/sheet")]
    for _ in range(chance.randint(1, 6)):
        name = chance.choice(sheets)
        cell = chance.choice(list(re.finditer(rb"<c r=\"([A-Z]+[0-9]+)\"[^>]*?(?:/>|>.*?</c>)", parts[name])))
        text = escape(re.sub("[\x00-\x08\x0e-\x1f\ufffe\uffff]", "", str(chance.choice(CELLS))))
        made = chance.choice((
            f't="inlineStr"><is><t>{text}</t></is>', f">< v>{text}</v>".replace("< v", "<v"),
            f't="str"><f>{text.lstrip("=")}</f><v>{text}</v>', f't="e"><v>{text}</v>', f't="b"><v>{text}</v>',
            f't="d"><v>{text}</v>', f't="s"><v>{text}</v>', f"><f>{text.lstrip('=')}</f>",
        ))  # fmt: skip
        new = b'<c r="' + cell[1] + b'" ' + made.encode(errors="replace") + b"</c>"
        parts[name] = parts[name][: cell.start()] + new + parts[name][cell.end() :]
    return packed(parts)


KINDS: Final[dict[str, Attempt]] = {
    "imports": one_import,
    "batches": one_batch,
    "calls": one_call,
    "calendars": one_calendar,
    "workbooks": one_workbook,
    "records": one_record,
}


def failures(kind: str, numbers: range) -> Iterator[str]:
    """What was raised other than AmtError, a traceback each, with the number of its attempt."""
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            try:
                with suppress(AmtError):
                    KINDS[kind](random.Random(f"{kind} {number}"), Path(folder))  # noqa: S311 - no secret
            except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
                yield f"{kind}, attempt {number}:\n{traceback.format_exc()}"


def main() -> int:
    """Run as many attempts of each kind as are asked for, and print each failure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first", type=int, default=0, help="number of the first attempt")
    for kind in KINDS:
        parser.add_argument(f"--{kind}", type=int, default=0, help=f"how many {kind} to try")
    asked = parser.parse_args()
    failed = 0
    for kind in KINDS:
        many = getattr(asked, kind)
        before = failed
        for failure in failures(kind, range(asked.first, asked.first + many)):
            print(failure)
            failed += 1
        print(f"{kind}: {many:,} tried, {failed - before:,} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
