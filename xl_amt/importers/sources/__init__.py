"""Files -> sheets: workbooks, text files of rows, JSON, packages of JSON files, Form 3921 as PDF. None is trusted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xl_amt.errors import FileError
from xl_amt.importers.sources import limits
from xl_amt.importers.sources.sheets import Sheet, Sheets

__all__ = ["Sheet", "Sheets", "read_source"]

_TEXT_FILES = frozenset({".csv", ".tsv", ".txt"})


def read_source(path: Path, file: int = 0) -> Sheets:
    """Return the values in a file, read for what its contents are; ``file`` is which of the files of one import it is.

    Raises FileError where the file cannot be read, is something else, or is larger than any export.
    """
    contents = _contents(path)
    found = _read(contents, path)
    return replace(found, sheets=tuple(replace(sheet, file=file) for sheet in found.sheets))


def _read(contents: bytes, path: Path) -> Sheets:
    from xl_amt.importers.sources.delimited import is_text, read_delimited
    from xl_amt.importers.sources.form_pdf import is_pdf, read_forms
    from xl_amt.importers.sources.json_text import is_json, read_json, read_package
    from xl_amt.importers.sources.workbook import read_workbook
    from xl_amt.package import is_package

    if is_pdf(contents):
        return read_forms(contents, path.name)
    if is_json(contents, path.suffix):
        return read_json(contents, path.name)
    if path.suffix.casefold() in _TEXT_FILES and is_text(contents) and not is_package(contents):
        return read_delimited(contents, path.stem, path.name)
    if (package := read_package(contents, path.name)) is not None:
        return package
    return read_workbook(contents, path.name)


def _contents(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            contents = file.read(limits.MOST_BYTES + 1)
    except FileNotFoundError:
        message = f"There is no file {path}: check the name and folder."
        raise FileError(message) from None
    except (OSError, ValueError) as error:  # ValueError: a name with a zero in it
        reason = (getattr(error, "strerror", None) or "unknown reason").lower()
        message = (
            f"{path} cannot be read ({reason}): use a file that you have permission to open, and close it in "
            "other programs."
        )
        raise FileError(message) from None
    if not contents:
        message = f"{path.name} is empty: export it again."
        raise FileError(message)
    if len(contents) > limits.MOST_BYTES:
        message = f"{path.name} is larger than {limits.MOST_BYTES // 1_000_000} MB: {limits.SMALLER}."
        raise FileError(message)
    return contents
