"""Where the elements of a part begin and end, in bytes, and new bytes in their place."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final
from xml.parsers import expat

from xl_amt.errors import FileError

# A tag to its end: a value in quotes may hold the sign that ends it.
_TAG: Final = re.compile(rb"<(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
_ATTRIBUTE: Final = re.compile(rb"\s+([^\s=/>]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
_NAME: Final = re.compile(rb"<([^\s/>]+)")
_ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")

_WHOLE: Final = re.compile("[0-9]{1,9}")

Change = tuple[int, int, bytes]  # from a byte to before another one, and what takes their place


@dataclass(slots=True)
class Element:
    r"""An element: ``inside`` is behind its start tag, ``finish`` before its end tag, and ``end`` behind it.

    Of an empty element, written as one tag, all three are the same. ``text`` is its own, without that of the elements
    within it; attributes are under their names as they are compared, "namespace\nname" for one that has a namespace.
    """

    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    finish: int = 0
    end: int = 0
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it is written as one tag."""
        return self.inside == self.end


def whole_number(text: str) -> int | None:
    """The number that an attribute, or the place of a shared text, is; None for anything else.

    >>> whole_number("12"), whole_number("\N{SUPERSCRIPT TWO}"), whole_number("9" * 5_000)
    (12, None, None)
    """
    return int(text) if _WHOLE.fullmatch(text) else None


class Scan:
    """One pass through a part: ``begin`` and ``finish`` are called for each element of the ``wanted`` names."""

    def __init__(
        self,
        xml: bytes,
        wanted: Collection[str],
        begin: Callable[[Element], None] | None = None,
        finish: Callable[[Element], None] | None = None,
    ) -> None:
        self.xml = xml
        self.wanted = frozenset(wanted)
        self.begin = begin
        self.finish = finish
        self.open: list[Element | None] = []
        self.names: dict[str, str] = {}  # of elements without their namespace; "" for one that is not wanted
        self.parser = expat.ParserCreate(namespace_separator="\n")

    def run(self, where: str) -> None:
        """Look through the part; FileError where it is not XML in UTF-8. ``where`` is how a sentence calls it."""
        parser = self.parser
        parser.buffer_text = True
        parser.XmlDeclHandler = lambda _version, encoding, _alone: _check_encoding(encoding, where)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        if self.xml.startswith(_UTF_16):
            _check_encoding("UTF-16", where)
        try:
            parser.Parse(self.xml, True)
        except expat.ExpatError as error:
            raise FileError(f"{where}: it is not well-formed ({error}); open it in Excel and save it again.") from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names.get(name)
        if local is None:
            local = name.rpartition("\n")[2]
            local = self.names[name] = local if local in self.wanted else ""
        if not local:
            self.open.append(None)
            return
        start = self.parser.CurrentByteIndex
        tag = _TAG.match(self.xml, start)
        assert tag is not None  # the parser has just read it
        element = Element(local, attributes, start, tag.end())
        self.open.append(element)
        if self.begin is not None:
            self.begin(element)

    def _end(self, name: str) -> None:
        del name
        element = self.open.pop()
        if element is None:
            return
        if self.xml[element.inside - 2 : element.inside] == b"/>":
            element.finish = element.end = element.inside  # the parser is behind it already
        else:
            element.finish = self.parser.CurrentByteIndex
            tag = _TAG.match(self.xml, element.finish)
            assert tag is not None
            element.end = tag.end()
        if self.finish is not None:
            self.finish(element)

    def _text(self, characters: str) -> None:
        if self.open and (element := self.open[-1]) is not None:
            element.text += characters  # mostly all of it at once


def elements(xml: bytes, wanted: Collection[str], where: str) -> list[Element]:
    """Every element of the ``wanted`` names in a part, in the order in which they begin.

    >>> [(item.name, item.text, item.start) for item in elements(b'<a><b x="1>"/><b>no</b></a>', {"b"}, "part")]
    [('b', '', 3), ('b', 'no', 14)]
    """
    found: list[Element] = []
    Scan(xml, wanted, found.append).run(where)
    return found


def spliced(xml: bytes, changes: Iterable[Change]) -> bytes:
    """The bytes with each change made; changes never overlap, and those at one place keep their order.

    >>> spliced(b"<a/><b/>", [(4, 8, b"<c/>"), (0, 0, b"<!---->")])
    b'<!----><a/><c/>'
    """
    pieces: list[bytes] = []
    at = 0
    for start, end, new in sorted(changes, key=lambda change: change[:2]):
        assert start >= at
        pieces += (xml[at:start], new)
        at = end
    return b"".join([*pieces, xml[at:]])


def with_attributes(tag: bytes, values: dict[str, str | None]) -> bytes:
    r"""A start tag with attributes set, or taken out where their value is None; the others keep their bytes.

    >>> with_attributes(b'<x:c r="A1" t=\'s\'/>', {"t": None, "r": "B1", "s": "3"})
    b'<x:c r="B1" s="3"/>'
    """
    left = dict(values)

    def changed(found: re.Match[bytes]) -> bytes:
        name = found[1].decode()
        if name not in values:
            return found[0]
        value = left.pop(name, None)
        return b"" if value is None else b' %s="%s"' % (found[1], escaped(value, quotes=True))

    tag = _ATTRIBUTE.sub(changed, tag)
    ending = b"/>" if tag.endswith(b"/>") else b">"
    new = b"".join(b' %s="%s"' % (name.encode(), escaped(value, quotes=True)) for name, value in left.items() if value)
    return tag[: -len(ending)].rstrip() + new + ending


def opened(tag: bytes) -> bytes:
    """A start tag that is not an empty element.

    >>> opened(b'<row r="3"/>'), opened(b'<row r="3">')
    (b'<row r="3">', b'<row r="3">')
    """
    return tag[:-2].rstrip() + b">" if tag.endswith(b"/>") else tag


def end_of(tag: bytes) -> bytes:
    """The end tag that belongs to a start tag.

    >>> end_of(b'<x:row r="3">')
    b'</x:row>'
    """
    name = _NAME.match(tag)
    assert name is not None
    return b"</" + name[1] + b">"


def escaped(text: str, *, quotes: bool = False) -> bytes:
    """A text as XML writes it.

    >>> escaped('a<b & "c"'), escaped('"', quotes=True)
    (b'a&lt;b &amp; "c"', b'&quot;')
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (text.replace('"', "&quot;") if quotes else text).encode()


def _check_encoding(encoding: Any, where: str) -> None:
    if encoding is not None and encoding.lower() not in _ENCODINGS:
        raise FileError(f"{where}: it is written in {encoding}, not in UTF-8; open it in Excel and save it again.")
