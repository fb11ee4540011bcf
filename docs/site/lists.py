"""List items as Python-Markdown reads them: four spaces in, blank lines around what is more than one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ITEM: Final = re.compile(r"(?:[-*]|\d+\.) +(?=\S)")
_INNER_ITEM: Final = re.compile(r" +(?:[-*]|1\.) +\S")
_NUMBER: Final = re.compile(r"^(\d+)\.(?= )")  # with which a line of text begins by chance
_FENCE: Final = "```"


def as_the_site_reads_them(markdown: str) -> str:
    r"""The text of a page with its list items as the site needs them, and everything else as it was.

    >>> as_the_site_reads_them("1. One:\n   - a\n2. Two\n\nThree.")
    '1. One:\n\n    - a\n\n2. Two\n\nThree.'
    >>> as_the_site_reads_them("- Of\n  2025. So")
    '- Of\n    2025\\. So'
    """
    return "\n".join(line for block in _blocks(markdown.split("\n")) for line in _item(block))


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """The lines of each list item, and of each stretch between items."""
    block: list[str] = []
    is_code = False
    for line in lines:
        begins = not is_code and (_ITEM.match(line) or (line and not line.startswith(" ") and _is_item(block)))
        is_code ^= line.lstrip().startswith(_FENCE)
        if begins:
            yield block
            block = []
        block.append(line)
    yield block


def _is_item(block: list[str]) -> bool:
    return bool(block and _ITEM.match(block[0]))


def _item(block: list[str]) -> list[str]:
    """One item, its own lines four spaces in; what is no item stays."""
    item = _ITEM.match(block[0]) if block else None
    if item is None:
        return block
    lines = block[:1]
    is_code = False
    for line in block[1:]:
        inner = line[item.end() :] if line.startswith(" " * item.end()) else line.lstrip()
        is_code ^= inner.startswith(_FENCE)
        if not is_code and _INNER_ITEM.match(" " + inner) and not _in_inner_list(lines):
            lines.append("")
        is_text = not is_code and lines[-1] != ""
        lines.append(" " * 4 + (_NUMBER.sub(r"\1\.", inner) if is_text else inner) if inner else "")
    return [*lines, ""] if "" in lines and lines[-1] != "" else lines


def _in_inner_list(lines: list[str]) -> bool:
    return any(_INNER_ITEM.match(line) for line in lines)
