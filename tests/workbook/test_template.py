"""What ships in workbook_templates is what today's code builds."""

import pytest

from workbook_templates.build import RECORDS, TEMPLATE, build_example, build_template, workbook_of
from xl_amt.client.toml_file import read_record
from xl_amt.workbook.read import read_workbook

RENEW = "run: python -m workbook_templates.build"


def test_the_template_is_current(tmp_path):
    """The blank workbook in the repository is the one that is built now, byte for byte."""
    built = tmp_path / "client_workbook.xlsx"
    build_template(built)
    assert TEMPLATE.read_bytes() == built.read_bytes(), RENEW


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_an_example_is_current(record, tmp_path):
    """The workbook beside each example's record is the one that is built of it now, byte for byte."""
    built = tmp_path / "example.xlsx"
    build_example(record, built)
    assert workbook_of(record).read_bytes() == built.read_bytes(), RENEW


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name)
def test_an_example_is_read_back(record):
    """The workbook that ships is the record beside it, to the last row."""
    assert read_workbook(workbook_of(record)) == read_record(record)


def test_the_examples_are_there():
    """A published case, and a joint couple of two companies and two jurisdictions."""
    assert [record.name for record in RECORDS] == ["alena.client.toml", "vasquez.client.toml"]
