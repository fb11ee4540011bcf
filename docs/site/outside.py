"""Pages that stand outside of docs, under their names in the site, and the links from one page to another."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
OUTSIDE: Final = {
    "CHANGELOG.md": "changes.md",
    "CODE_OF_CONDUCT.md": "contributing/conduct.md",
    "CONTRIBUTING.md": "contributing/index.md",
    "SECURITY.md": "contributing/security.md",
    "tests/README.md": "contributing/tests.md",
}
_IN_REPOSITORY: Final = {name: place for place, name in OUTSIDE.items()}
_LINK: Final = re.compile(r"(\]\()([^)#\s:]+)(?=[)#])")


def title_of(text: str) -> str:
    r"""The title of a page.

    >>> title_of("# The room\n\nIt is ...")
    'The room'
    """
    return text.partition("\n")[0].removeprefix("# ")


def links_in_the_site(markdown: str, name: str) -> str:
    """The text of a page, its links led to where their targets stand in the site.

    >>> links_in_the_site("[a form](docs/contributing/add-a-form.md#as-it-is-printed)", "contributing/index.md")
    '[a form](add-a-form.md#as-it-is-printed)'
    """
    place = _IN_REPOSITORY.get(name, f"docs/{name}")
    return _LINK.sub(lambda link: link[1] + _in_site(link[2], place, name), markdown)


def _in_site(target: str, place: str, name: str) -> str:
    full = posixpath.normpath(posixpath.join(posixpath.dirname(place), target))
    site_name = OUTSIDE.get(full, full.removeprefix("docs/"))
    return posixpath.relpath(site_name, posixpath.dirname(name) or ".")
