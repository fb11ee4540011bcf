"""The site: built with warnings as errors, whole, and read the same as in the repository."""

import doctest
import importlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from markdown_it import MarkdownIt

from xl_amt.law import STATUSES, enacted, jurisdictions

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(path.relative_to(DOCS) for path in DOCS.rglob("*.md"))
NEEDED = (
    "mkdocs.yml",
    "docs",
    "CHANGELOG.md",
    "CODE_OF_CONDUCT.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "tests/README.md",
)
PICTURES = Path("tests", "workbook", "pictures", "vasquez")
STRUCTURE = ("li", "ol", "ul", "pre", "tr", "h1", "h2", "h3", "strong", "em", "blockquote")

pytestmark = pytest.mark.xdist_group("site")


class Read(HTMLParser):
    """What a page of the site says: its elements, what it loads, where its links lead, and its text."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.loaded, self.links, self.text = Counter(), [], set(), ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Count an element, and keep what it loads or where it leads."""
        named = dict(attrs)
        self.elements[tag] += 1
        if tag in {"script", "img", "iframe", "source"} and named.get("src"):
            self.loaded.append(named["src"])
        if tag == "link" and named.get("rel") not in {"canonical", "next", "prev"}:
            self.loaded.append(named.get("href"))
        if tag == "a":
            self.links.add(named.get("href"))

    def handle_data(self, data):
        """Keep the text."""
        self.text += data


def build(folder, site):
    """Build the site of a folder, with small pictures."""
    environment = os.environ | {"SITE_PICTURES": "kept", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]
    return subprocess.run(  # noqa: S603 - our own arguments
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, built once."""
    folder = tmp_path_factory.mktemp("site")
    built = build(ROOT, folder)
    assert built.returncode == 0, built.stderr
    return folder


@pytest.fixture(scope="module")
def made():
    """The modules that make pages of the site, as mkdocs finds them."""
    sys.path.insert(0, str(DOCS / "site"))
    try:
        return {path.stem: importlib.import_module(path.stem) for path in sorted((DOCS / "site").glob("*.py"))}
    finally:
        sys.path.remove(str(DOCS / "site"))


def test_examples_of_what_makes_the_site(made):
    """The doctests of its modules hold."""
    results = [doctest.testmod(module) for module in made.values()]
    assert sum(result.attempted for result in results) >= 6
    assert all(result.failed == 0 for result in results)


def html_of(site, page):
    """The article of a page of docs in the site."""
    place = page.with_name("index.html") if page.name == "README.md" else page.with_suffix(".html")
    html = (site / place).read_text("utf-8")
    return html[html.index("<article") : html.index("</article")]


@pytest.mark.parametrize("page", PAGES, ids=Path.as_posix)
def test_a_page_reads_the_same_in_the_repository(site, page):
    """As many lists, items, code blocks, table rows and headings as GitHub shows."""
    shown = Read(MarkdownIt("commonmark").enable("table").render((DOCS / page).read_text("utf-8"))).elements
    built = Read(html_of(site, page)).elements
    assert shown["h1"] == 1
    if page.parts[0] != "python":  # their lists are made of docstrings
        assert {name: built[name] for name in STRUCTURE} == {name: shown[name] for name in STRUCTURE}


def test_nothing_is_loaded_from_elsewhere(site):
    """No script, style, font or picture of another host: the site works without a network."""
    for path in site.rglob("*.html"):
        page = Read(path.read_text("utf-8"))
        assert page.loaded
        assert [address for address in page.loaded if re.match(r"(https?:)?//", address)] == []
    for path in site.rglob("*.css"):
        assert not re.search(r"(url\(|@import)\s*[\"']?(https?:)?//", path.read_text("utf-8"))


def test_the_search_finds_functions_and_pages(site):
    """The search holds the text of every page."""
    index = (site / "search" / "search_index.json").read_text("utf-8")
    for words in ("AMT_ROOM_SHARES", "Start in five minutes", "Rev. Proc. 2025-32", "read_export"):
        assert words in index


def test_the_law_of_every_jurisdiction_is_shown(site, made):
    """Every number of every block in force, its source linked to where it can be read; later years are marked."""
    law_pages = made["law_pages"]
    for code in jurisdictions():
        book, page = enacted(code), Read((site / "law" / f"{code.lower()}.html").read_text("utf-8"))
        assert set(book.pages.values()) <= page.links
        for group, units in law_pages.units_of(book).items():
            for key in units:
                for year in range(book.first_year, book.verified_through + 1):
                    for status in STATUSES:
                        value = book.value(group, key, year, status)
                        assert value is None or law_pages.as_read(value) in page.text
        if book.basis(book.verified_through + 1):
            assert "estimated" in page.text


def test_numbers_of_the_law_page_are_the_published_ones(site):
    """The AMT exemption of 2026 (Rev. Proc. 2025-32, 4.10), and that of 2027, which is estimated."""
    rows = re.findall(r"<tr>(.*?)</tr>", (site / "law" / "us.html").read_text("utf-8"), re.DOTALL)
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL) for row in rows]
    (enacted_row,) = [row for row in cells if row[:3] == ["2026", "90,100", "140,200"]]
    assert enacted_row[-1] == "enacted"
    assert "https://www.irs.gov/pub/irs-drop/rp-25-32.pdf" in enacted_row[-2]
    place = cells.index(enacted_row)
    assert [row[0] for row in cells[place + 1 : place + 3]] == ["2027", "2028"]
    assert [row[-1] for row in cells[place + 1 : place + 3]] == ["estimated", "projected"]


def test_every_sheet_is_shown_with_its_pictures(site):
    """The pictures are those that the tests of the workbook keep, each once and under its sheet."""
    page = Read((site / "advisors" / "sheets.html").read_text("utf-8"))
    kept = {f"sheets/{path.name}": path for path in (ROOT / PICTURES).glob("*.png")}
    assert sorted(address for address in page.loaded if address.endswith(".png") and "sheets/" in address) == sorted(
        kept
    )
    for address, path in kept.items():
        assert (site / "advisors" / address).read_bytes() == path.read_bytes()


def test_examples_of_docstrings_are_code(site):
    """A doctest is shown as code, and the functions that others may rely on with what they ask and raise."""
    text = html_of(site, Path("python", "worksheet.md"))
    outside = re.sub(r"<pre.*?</pre>", "", text, flags=re.DOTALL)
    assert '>>> round(call("AMT_ROOM", 150_000, "single", 2021), 2)' in Read(text).text
    assert "&gt;&gt;&gt;" not in outside
    assert "Raises" in outside


def copied(folder):
    """What the site is made of, in a folder where it can be broken."""
    for name in NEEDED:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, target)
    shutil.copytree(ROOT / PICTURES, folder / PICTURES)
    return folder


def test_broken_pages_break_the_build(tmp_path):
    """A link or an anchor that is not there, and a page that the navigation does not name: each is named."""
    folder = copied(tmp_path)
    with (folder / "docs" / "speed.md").open("a", encoding="utf-8") as file:
        file.write("\n[a](advisors/gone.md), [b](advisors/the-room.md#gone), [c](/advisors/the-room.md)\n")
    (folder / "docs" / "hosts" / "unnamed.md").write_text("# Unnamed\n", "utf-8")
    built = build(folder, tmp_path / "built")
    assert built.returncode != 0
    for said in ("'advisors/gone.md'", "an anchor '#gone'", "'../../", "- hosts/unnamed.md"):
        assert said in built.stderr
    assert built.stderr.count("WARNING") == 4


def test_a_name_that_is_gone_breaks_the_build(tmp_path):
    """A page of the Python that shows what the package does not have."""
    folder = copied(tmp_path)
    (folder / "docs" / "python" / "errors.md").write_text("# Errors\n\n::: xl_amt.errors.GoneError\n", "utf-8")
    built = build(folder, tmp_path / "built")
    assert built.returncode != 0
    assert "xl_amt.errors.GoneError" in built.stderr


def test_navigation_names_pages_that_are_there(site):
    """Each entry of mkdocs.yml is a page of the site, and a folder has pages."""
    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8").replace("!ENV ", ""))
    named = re.findall(r"[\w/.-]+\.md|[\w/.-]+/\*", str(configuration["nav"]))
    assert len(named) == len(set(named)) > 30
    for name in named:
        place = site / name.removesuffix("*")
        assert any(place.glob("*.html")) if name.endswith("/*") else page_of(site, name).is_file(), name


def page_of(site, name):
    """Where a page named in the navigation stands in the site."""
    path = site / name
    return path.with_name("index.html") if path.name == "README.md" else path.with_suffix(".html")
