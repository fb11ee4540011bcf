"""JSON, packages of JSON files and PDF files: nothing that is sent in is trusted, and each refusal is one sentence."""

from __future__ import annotations

import json
import tracemalloc
import zipfile
from datetime import date

import pytest

from workbook_templates.examples.platforms import FOLDER
from xl_amt.errors import FileError
from xl_amt.importers import read_export
from xl_amt.importers.sources import limits

SCHWAB = json.loads((FOLDER / "schwab_equity_awards.json").read_text("utf-8"))


def refusal(path, *more):
    """The sentence with which files are refused, having checked that it is one."""
    with pytest.raises(FileError) as error:
        read_export(path, *more)
    sentence = str(error.value)
    assert sentence.startswith(path.name)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


# JSON


@pytest.mark.parametrize(
    ("contents", "words"),
    [
        (b"{", "is not valid JSON (line 1: expecting"),
        (b'{"a": 1, "a": 2}', "the key 'a' appears twice"),
        (b'[{"a": NaN}]', "NaN is not a JSON number"),
        (b'[{"a": Infinity}]', "Infinity is not a JSON number"),
        (b"[" * 100_000, "holds more than an export does"),
        (b'[{"a": ' * 60 + b"1" + b"}]" * 60, "lists within lists deeper"),
        (b'{"a": ' * 60 + b"1" + b"}" * 60, "objects within objects deeper"),
        (b'[{"a": ' + b"9" * 5_000 + b"}]", "holds more than an export does"),
        (b'[{"a": "\xff"}]', "is not UTF-8 text"),
        (b"[1, 2, 3]", "holds no list of objects"),
        (b"{}", "holds no list of objects"),
        (b'[{"Name": "Ana", "Phone": 5}]', "no row of headers"),
    ],
)
def test_json_that_is_no_export(tmp_path, contents, words):
    """What is wrong, and what would do."""
    path = tmp_path / "export.json"
    path.write_bytes(contents)
    assert words in refusal(path)


@pytest.mark.parametrize(
    ("limit", "value", "words"),
    [
        ("MOST_JSON_BYTES", 100, "is larger than"),
        ("MOST_VALUES", 5, "holds more than 5 values"),
        ("MOST_ROWS", 0, "holds more than 0 rows"),
        ("MOST_COLUMNS", 3, "objects of more than 3 keys"),
    ],
)
def test_limits_of_json(tmp_path, monkeypatch, limit, value, words):
    """Each limit on bytes, values, rows and keys is kept."""
    monkeypatch.setattr(limits, limit, value)
    path = tmp_path / "export.json"
    path.write_text(json.dumps(SCHWAB), "utf-8")
    assert words in refusal(path)


def test_many_children_of_a_wide_parent_take_little_memory(tmp_path):
    """Each child repeats what its parent says, so that it counts."""
    parent = {f"key {number}": "x" for number in range(200)} | {"children": [{"a": 1}] * 50_000}
    path = tmp_path / "wide.json"
    path.write_text(json.dumps({"items": [parent]}), "utf-8")
    tracemalloc.start()
    assert "holds more than 2,000,000 values" in refusal(path)
    assert tracemalloc.get_traced_memory()[1] < 400_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("shares", ["=1+1", "@SUM(A1)", "300; DROP"])
def test_formula_like_values_stay_text(tmp_path, shares):
    """They are set aside with their reason, and run nowhere."""
    changed = json.loads(json.dumps(SCHWAB))
    changed["Transactions"][0]["TransactionDetails"][0]["Details"]["Shares"] = shares
    path = tmp_path / "export.json"
    path.write_text(json.dumps(changed), "utf-8")
    (row,) = read_export(path).rejected
    assert f"'{shares}' is not a number of shares" in row.reason


def test_another_currency_is_refused_by_name(tmp_path):
    """Of a grant in euros, the row is set aside."""
    text = (FOLDER / "carta_api.json").read_text("utf-8").replace('{"value": "USD"}', '{"value": "EUR"}')
    path = tmp_path / "export.json"
    path.write_text(text, "utf-8")
    assert any("is in euros (EUR)" in row.reason for row in read_export(path).rejected)


def test_json_by_its_contents(tmp_path):
    """Whatever the ending says, but for .csv, whose first cell may begin with a bracket."""
    path = tmp_path / "export.txt"
    path.write_text(json.dumps(SCHWAB), "utf-8-sig")
    assert len(read_export(path).sales) == 1
    path = tmp_path / "export.csv"
    path.write_text("[Employee],Phone\nAna,5\n", "utf-8")
    assert "no row of headers" in refusal(path)


# Packages of JSON files


def package(path, parts):
    """A zip file of parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, contents in parts.items():
            archive.writestr(name, contents)
    return path


def test_open_cap_format_in_a_package(tmp_path):
    """Stakeholders in one file, transactions in another, put together."""
    items = json.loads((FOLDER / "open_cap_format.ocf.json").read_text("utf-8"))["items"]
    files = {
        "Stakeholders.ocf.json": json.dumps({"file_type": "OCF_STAKEHOLDERS_FILE", "items": items[:1]}),
        "Transactions.ocf.json": json.dumps({"file_type": "OCF_TRANSACTIONS_FILE", "items": items[1:]}),
        "readme.txt": "not read",
    }
    result = read_export(package(tmp_path / "cap.ocf.zip", files), stakeholder="juno castellan")
    assert (result.stakeholder, [one.label for one in result.grants]) == ("Juno Castellan", ["CA-7"])


def test_packages_that_are_refused(tmp_path):
    """Unsafe paths, two parts with the same name, too much in little."""
    assert "unsafe path" in refusal(package(tmp_path / "a.zip", {"../x.json": "[]"}))
    assert "two parts with the same name" in refusal(package(tmp_path / "b.zip", {"x.json": "[]", "X.json": "[]"}))
    bomb = package(tmp_path / "c.zip", {"x.json": b"[" + b" " * 20_000_000 + b"]"})
    assert bomb.stat().st_size < 100_000
    assert "unpacks to more than such a file should" in refusal(bomb)
    path = package(tmp_path / "d.zip", {"x.json": b"[]" * 500})
    path.write_bytes(path.read_bytes().replace(b"x.json", b"y.json", 1))
    assert "is damaged" in refusal(path)


def test_open_cap_format_with_terms_of_vesting(tmp_path):
    """Vesting terms by a key say nothing here: the grant is set aside, and asked about."""
    text = (FOLDER / "open_cap_format.ocf.json").read_text("utf-8")
    start, end = text.index('"vestings"'), text.index("]}", text.index('"vestings"')) + 1
    path = tmp_path / "cap.ocf.json"
    path.write_text(f'{text[:start]}"vesting_terms_id": "four years"{text[end:]}', "utf-8")
    result = read_export(path)
    assert not result.grants
    assert any("The number of vested shares is not stated" in row.reason for row in result.rejected)


# Form 3921 as PDF


def pdf(path, *pages):
    """A PDF file with a text on each page, written out by hand."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]
    kids = []
    for page in pages:
        lines = b"".join(b"(" + line.encode("latin-1") + b") Tj T* " for line in page.splitlines())
        stream = b"BT /F1 10 Tf 12 TL 40 700 Td " + lines + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        kids.append(len(objects) + 1)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    content, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    content += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(content),
    )  # fmt: skip
    path.write_bytes(content)
    return path


FORM = """Form 3921 Exercise of an Incentive Stock Option Under Section 422
EMPLOYEE'S name
Wren Halloran
1 Date option granted
03/01/2021
2 Date option exercised
02/17/2026
3 Exercise price per share
$ 0.60
4 FMV per share on exercise date
$ 5.40
5 No. of shares transferred
1,000"""


def test_a_form_with_text(tmp_path):
    """Its boxes give the exercise; a second copy of it is the same form, and instructions are none."""
    instructions = "Form 3921: Box 1. Shows the date the option was granted."
    other = FORM.replace("02/17/2026", "04/10/2023").replace("5.40", "2.10").replace("1,000", "2,000")
    result = read_export(pdf(tmp_path / "forms.pdf", FORM, FORM, instructions, other))
    assert [(one.day, one.shares, one.paid, one.value, one.granted) for one in result.exercises] == [
        (date(2026, 2, 17), 1_000, 0.60, 5.40, date(2021, 3, 1)),
        (date(2023, 4, 10), 2_000, 0.60, 2.10, date(2021, 3, 1)),
    ]
    assert result.stakeholder == "Wren Halloran"
    assert all(one.option_type == "ISO" for one in result.exercises)


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ([""], "is a scanned picture without text: enter the exercise by hand"),
        (["Form 1099-B"], "holds no Form 3921"),
        ([FORM.replace("$ 5.40", "")], "'FMV per share on exercise date' cannot be read: enter the exercise by hand"),
        (["x"] * 51, "has more than 50 pages"),
    ],
)
def test_documents_that_are_refused(tmp_path, pages, words):
    """A picture, another form, a box that is blank, a book."""
    assert words in refusal(pdf(tmp_path / "forms.pdf", *pages))


def test_a_damaged_document(tmp_path, caplog):
    """It is called so, and the library says nothing besides."""
    path = tmp_path / "forms.pdf"
    path.write_bytes(b"%PDF-1.4 and nothing else")
    assert "is damaged or not a PDF file" in refusal(path)
    assert not caplog.records
    path.write_bytes(b"%PDF-1.4" + bytes(limits.MOST_PDF_BYTES))
    assert "is larger than 5 MB" in refusal(path)


def test_without_the_library(tmp_path, monkeypatch):
    """The sentence says which extra reads PDF files."""
    monkeypatch.setitem(__import__("sys").modules, "pypdf", None)
    assert 'needs pypdf: pip install "xl-amt[pdf]"' in refusal(pdf(tmp_path / "forms.pdf", FORM))


def test_a_picture_is_named_for_what_it_is(tmp_path):
    """Whatever its ending."""
    path = tmp_path / "grants.json"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    assert "is not UTF-8 text" in refusal(path)
