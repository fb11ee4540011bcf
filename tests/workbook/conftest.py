"""Workbooks built once for all the tests that look at them."""

import io
from functools import cache

import openpyxl
import pytest

from tests.workbook.clients import CLIENTS
from xl_amt.jobs.workbook_contents import book_of
from xl_amt.workbook import build_workbook, filled_package


@cache
def _package(name):
    return filled_package(build_workbook(book_of(CLIENTS[name])))


@cache
def _read(name, *, values):
    return openpyxl.load_workbook(io.BytesIO(_package(name)), data_only=values)


@pytest.fixture(params=CLIENTS)
def client_name(request):
    """The name of every client in turn."""
    return request.param


@pytest.fixture
def client(client_name):
    """The client's record."""
    return CLIENTS[client_name]


@pytest.fixture
def package(client_name):
    """The client's filled workbook, as the bytes of its file."""
    return _package(client_name)


@pytest.fixture
def formulas(client_name):
    """The workbook as a reader finds it, with its formulas; not to be changed."""
    return _read(client_name, values=False)


@pytest.fixture
def values(client_name):
    """The workbook as a reader finds it, with the values beside the formulas; not to be changed."""
    return _read(client_name, values=True)
