"""The documents that are made from the registry."""

import importlib.util
from pathlib import Path

import pytest

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def build():
    """The script that makes the documents."""
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_function_reference_is_current(build):
    """docs/functions.md is what the registry says today."""
    assert build.FUNCTIONS_PAGE.read_text("utf-8") == build.functions_page()


def test_peers_page_is_current(build):
    """docs/peers.md is what the list of differences says today."""
    assert build.PEERS_PAGE.read_text("utf-8") == build.peers_page()
