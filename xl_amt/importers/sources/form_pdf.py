"""Form 3921 as a PDF file with text in it -> one row per form; a scan, which is a picture, is refused.

It needs pypdf, which comes with ``pip install "xl-amt[pdf]"``. The boxes are found by their printed words, and the
first value of their kind after each is the box's. Copies of one form count once.
"""

from __future__ import annotations

import io
import itertools
import logging
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from xl_amt.errors import FileError
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_DAY: Final = r"([0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DOLLARS: Final = r"\$? ?([0-9][0-9,]*\.[0-9]+)"
_SHARES: Final = r"([0-9][0-9,]*(?:\.0+)?)(?![0-9/.-])"
# The header of each column, the box's printed words, and what a value of its kind looks like.
_BOXES: Final = (
    ("Date option granted", r"date option granted", _DAY),
    ("Date option exercised", r"date option exercised", _DAY),
    ("Exercise price per share", r"exercise price per share", _DOLLARS),
    ("FMV per share on exercise date", r"(?:fmv|fair market value) per share on exercise date", _DOLLARS),
    ("No. of shares transferred", r"(?:no\.|number) of shares transferred", _SHARES),
)
_NAME: Final = re.compile(r"EMPLOYEE.S name[ \t]*\n[ \t]*([^\n]*[^\W\d][^\n]*)", re.IGNORECASE)
_FORM: Final = re.compile(r"form\s+3921|exercise of an incentive stock option", re.IGNORECASE)


def is_pdf(contents: bytes) -> bool:
    """Whether a file is a PDF file."""
    return contents.startswith(b"%PDF-")


def read_forms(contents: bytes, file: str) -> Sheets:
    """The forms of a PDF file; FileError where it is a picture, is of another form, or lacks a box."""
    if len(contents) > limits.MOST_PDF_BYTES:
        raise FileError(
            f"{file} is larger than {limits.MOST_PDF_BYTES // 1_000_000} MB: use only the pages with the forms."
        )
    rows: dict[tuple[object, ...], None] = {}
    pages = _texts(contents, file)
    if not any(text.strip() for text in pages):
        raise FileError(
            f"{file} is a scanned picture without text: enter the exercise by hand, or ask for a text "
            "version of the form."
        )
    for number, text in enumerate(pages, 1):
        if _FORM.search(text) and (found := _row(text, f"{file}, page {number}")):
            rows[found] = None
    if not rows:
        raise FileError(f"{file} holds no Form 3921: use the form, or the platform's list of exercises.")
    return Sheets((Sheet("Form 3921", (("Employee's name", *(header for header, _, _ in _BOXES)), *rows)),))


def _texts(contents: bytes, file: str) -> Sequence[str]:
    try:
        import pypdf
    except ImportError:
        raise FileError(
            f'{file} is a PDF file, which needs pypdf: pip install "xl-amt[pdf]", or enter the exercise by hand.'
        ) from None
    try:
        with _quiet():
            document = pypdf.PdfReader(io.BytesIO(contents))
            is_open = not document.is_encrypted
            pages = list(itertools.islice(document.pages, limits.MOST_PAGES + 1)) if is_open else []
            texts = [page.extract_text() for page in pages[: limits.MOST_PAGES]]
    except Exception as error:  # a damaged document makes pypdf raise nearly anything
        raise FileError(f"{file} is damaged or not a PDF file: download it again.") from error
    if not is_open:
        raise FileError(f"{file} is password-protected: save it without a password.")
    if len(pages) > limits.MOST_PAGES:
        raise FileError(f"{file} has more than {limits.MOST_PAGES} pages: use only the pages with the forms.")
    return texts


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from printing what it thinks of a file: what matters of it is said in one sentence."""
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(before)


def _row(text: str, where: str) -> tuple[object, ...] | None:
    """The boxes of a page; None for the instructions, which name the boxes and fill none."""
    values = [_value(text, words, kind) for _, words, kind in _BOXES]
    if not any(values):
        return None
    for (header, _, _), value in zip(_BOXES, values, strict=True):
        if not value:
            raise FileError(f"{where}: '{header}' cannot be read: enter the exercise by hand.")
    name = _NAME.search(text)
    return (name[1].strip() if name else None, *values)


def _value(text: str, words: str, kind: str) -> str:
    """What stands in a box: the first value of its kind after its words, before those of another box."""
    label = re.search(words, text, re.IGNORECASE)
    if not label:
        return ""
    rest = text[label.end() :]
    ends = [found.start() for _, other, _ in _BOXES if (found := re.search(rf"[1-9]?\s*{other}", rest, re.IGNORECASE))]
    value = re.search(kind, rest[: min(ends, default=len(rest))])
    return value[1] if value else ""
