"""Doctests of docstrings as examples of the Python pages: an extension of griffe, named in mkdocs.yml."""

from __future__ import annotations

import re
from typing import Any, Final

from griffe import Extension, Object

_DOCTEST: Final = re.compile(r"^>>> (?:.+\n?)+", re.MULTILINE)


class Doctests(Extension):
    """Give every doctest the heading that Google's convention has for it, which our docstrings leave out."""

    def on_object(self, *, obj: Object, **_: Any) -> None:
        """Put the doctests of one object's docstring under Examples."""
        if obj.docstring:
            obj.docstring.value = under_examples(obj.docstring.value)


def under_examples(docstring: str) -> str:
    r"""The docstring with its doctests under Examples.

    >>> under_examples("One.\n\n>>> 1\n1")
    'One.\n\nExamples:\n    >>> 1\n    1'
    """
    return _DOCTEST.sub(
        lambda found: "Examples:\n" + re.sub(r"^(?=.)", "    ", found[0], flags=re.MULTILINE), docstring
    )
