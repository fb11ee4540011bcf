"""The firm of a letter, from the configuration or a file: name, address, logo and words; a mistake is a sentence."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from tests.report.clients import ALENA, TODAY
from xl_amt.errors import FileError
from xl_amt.jobs.firm import Firm, read_firm
from xl_amt.jobs.report import report_record
from xl_amt.law import book_over
from xl_amt.law.books import configuration

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="#123456"/></svg>'
WHOLE = """
[firm]
name = "Birch & Vale"
address = ["12 Harbor Street", "San Mateo, CA 94401"]
logo = "logo.svg"
preparer = "Prepared by Dana Birch, EA"
closing = "Please call us."
"""


@pytest.fixture
def written(tmp_path):
    """A function that writes a configuration, and a logo beside it."""

    def write(text, logo=SVG, name="logo.svg"):
        (tmp_path / name).write_bytes(logo)
        path = tmp_path / "firm.toml"
        path.write_text(text, "utf-8")
        return path

    return write


def letter_of(firm):
    """The text of a letter of the firm."""
    reader = PdfReader(io.BytesIO(report_record(ALENA, TODAY, firm, letter_only=True).pdf))
    return " ".join(reader.pages[0].extract_text().split())


def test_a_firm_stands_at_the_head_and_the_foot(written):
    """Its name, address and logo above, its closing words and who prepared it below."""
    firm = read_firm(written(WHOLE))
    letter = letter_of(firm)
    assert letter.index("Birch & Vale") < letter.index("12 Harbor Street San Mateo, CA 94401") < letter.index("Alena")
    assert "Please call us." in letter
    assert "Prepared by Dana Birch, EA" in letter
    assert firm.logo.format == "svg"


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_logo_may_be_a_photograph(written, kind):
    """PNG and JPEG are drawn too."""
    content = io.BytesIO()
    Image.new("RGB", (30, 10), "navy").save(content, kind)
    name = f"logo.{kind.lower()}"
    assert letter_of(read_firm(written(WHOLE.replace("logo.svg", name), content.getvalue(), name)))


def test_the_configuration_names_the_firm(written, monkeypatch):
    """Beside law books and inflation, which are read from the same file; without it nobody is named."""
    path = written("inflation = 0.03\n" + WHOLE)
    monkeypatch.setenv("XL_AMT_CONFIG", str(path))
    configuration.cache_clear()
    try:
        assert read_firm().name == "Birch & Vale"
        assert book_over("", "US").inflation == 0.03
    finally:
        configuration.cache_clear()
    monkeypatch.setenv("XL_AMT_CONFIG", str(path.with_name("none.toml")))
    assert read_firm() == Firm()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[office]\n", "it has no table [firm]; write [firm] and under it name"),
        ("firm = 1\n", "firm is not a table; write [firm]"),
        ('[firm]\nnmae = "x"\n', "[firm]: 'nmae' is not a key; did you mean 'name'?"),
        ('[firm]\nzzzzzz = "x"\n', "'zzzzzz' is not a key; use name, address, logo, preparer, closing."),
        ("[firm]\nname = 3\n", '[firm], name: it is not a text; write it in quotes, as name = "...".'),
        (f'[firm]\nclosing = "{"x" * 401}"\n', "closing: it has 401 characters; a letter has room for 400."),
        ('[firm]\naddress = ["1", "2", "3", "4", "5"]\n', "address: enter a list of up to 4 lines"),
        ('[firm]\nlogo = "logo.gif"\n', "logo.gif is not a picture by its name; use a PNG, JPEG or SVG file."),
        ('[firm]\nlogo = "none.png"\n', "logo: there is no file"),
    ],
)
def test_a_mistake_is_one_sentence(written, text, sentence):
    """What, where, and what would do."""
    with pytest.raises(FileError) as caught:
        read_firm(written(text))
    assert sentence in str(caught.value)


def test_a_logo_that_is_too_large_or_broken_is_one_sentence(written):
    """The file is named."""
    with pytest.raises(FileError, match="the logo has 500,001 bytes; make it smaller than 500,000"):
        read_firm(written(WHOLE, b"x" * 500_001))
    with pytest.raises(FileError, match=r"logo\.svg: the logo cannot be drawn; use a PNG, JPEG or SVG file"):
        letter_of(read_firm(written(WHOLE, b"no picture")))


@pytest.mark.parametrize(("kind", "name"), [("PNG", "logo.png"), ("JPEG", "logo.jpg")])
def test_a_logo_of_few_bytes_and_many_pixels(written, kind, name):
    """It would take gigabytes to draw."""
    content = io.BytesIO()
    Image.new("L", (9_000, 3_000)).save(content, kind)
    assert len(content.getvalue()) < 500_000
    with pytest.raises(FileError, match=r"the logo has 27,000,000 pixels; make it smaller than 25,000,000\."):
        read_firm(written(f'[firm]\nlogo = "{name}"\n', content.getvalue(), name))


def test_a_logo_that_ends_early_says_nothing_of_its_size(written):
    """Wherever it ends; what cannot be drawn is refused when it is."""
    content = io.BytesIO()
    Image.new("L", (30, 10)).save(content, "JPEG")
    for end in range(200):
        path = written('[firm]\nlogo = "logo.jpg"\n', content.getvalue()[:end], "logo.jpg")
        assert len(read_firm(path).logo.content) == end
