"""What changes in one sheet, and the part that comes of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from xl_amt.package import LAST_COLUMN, LAST_ROW
from xl_amt.workbook.splice.areas import Area, Place, address, area_of
from xl_amt.workbook.splice.offsets import Change, Element, end_of, opened, spliced, with_attributes
from xl_amt.workbook.splice.sheet import Row, Sheet

_TRUE: Final = frozenset({"1", "true"})


class SheetEdits:
    """Edits of a sheet: the bytes of cells by their place, those of rows' tags, and further changes of the part.

    A cell of no bytes is taken out; a row that the sheet does not have is made.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.cells: dict[Place, bytes] = {}
        self.row_tags: dict[int, bytes] = {}
        self.changes: list[Change] = []

    def content(self) -> bytes:
        """The part with every edit made."""
        by_row: dict[int, dict[int, bytes]] = defaultdict(dict)
        for place, content in sorted(self.cells.items()):
            by_row[place[0]][place[1]] = content
        changes = [*dict.fromkeys(self.changes), *self._of_the_dimension()]  # a cell may be named twice
        made: dict[int, bytes] = {}
        for number in sorted({*by_row, *self.row_tags}):
            if row := self.sheet.rows.get(number):
                changes += self._of_a_row(row, by_row[number])
            elif (content := b"".join(by_row[number].values())) or number in self.row_tags:
                tag = opened(self.row_tags.get(number, b'<%srow r="%d">' % (self.sheet.prefix, number)))
                made[number] = tag + content + end_of(tag)
        changes += self._new_rows(made)
        return spliced(self.sheet.xml, changes)

    def _of_a_row(self, row: Row, cells: dict[int, bytes]) -> Iterator[Change]:
        element = row.element
        tag = self.row_tags.get(row.number, self.sheet.xml[element.start : element.inside])
        if element.is_empty:
            content = b"".join(cells.values())
            yield element.start, element.end, opened(tag) + content + end_of(tag) if content else tag
            return
        if row.number in self.row_tags:
            yield element.start, element.inside, opened(tag)
        existing = {cell.column: cell.element for cell in row.cells}
        for column, content in cells.items():
            if own := existing.get(column):
                yield own.start, own.end, content
            else:
                at = next((cell.element.start for cell in row.cells if cell.column > column), element.finish)
                yield at, at, content

    def _new_rows(self, made: dict[int, bytes]) -> Iterator[Change]:
        data = self.sheet.data
        assert data is not None
        if data.is_empty and made:
            tag = self.sheet.xml[data.start : data.end]
            yield data.start, data.end, opened(tag) + b"".join(made.values()) + end_of(tag)
            return
        later = list(self.sheet.rows)
        for number, content in made.items():
            behind = next((self.sheet.rows[other].element.start for other in later if other > number), data.finish)
            yield behind, behind, content

    def _of_the_dimension(self) -> Iterator[Change]:
        """The sheet's extent, where cells are new beyond it."""
        element = self.sheet.dimension
        area = area_of(element.attributes.get("ref", "")) if element else None
        new = [place for place, content in self.cells.items() if content]
        if element is None or area is None or all(map(area.holds, new)):
            return
        rows, columns = zip(*new, strict=True)
        wider = Area(
            min(area.row, *rows), min(area.column, *columns), max(area.last_row, *rows), max(area.last_column, *columns)
        )
        yield with_tag(self.sheet.xml, element, {"ref": str(wider)})


def with_tag(xml: bytes, element: Element, values: dict[str, str | None]) -> Change:
    """The change of an element's attributes."""
    return element.start, element.inside, with_attributes(xml[element.start : element.inside], values)


def show_row(edits: SheetEdits, number: int) -> None:
    """Unfold a row."""
    row = edits.sheet.rows.get(number)
    if row is not None and row.element.attributes.get("hidden") in _TRUE:
        tag = edits.row_tags.get(number, edits.sheet.xml[row.element.start : row.element.inside])
        edits.row_tags[number] = with_attributes(tag, {"hidden": None})


def show_columns(edits: SheetEdits, numbers: set[int]) -> None:
    """Unfold columns; an element that stands for others next to them is parted."""
    for element in edits.sheet.columns:
        own = range(int(element.attributes.get("min", 0)), int(element.attributes.get("max", 0)) + 1)
        if element.attributes.get("hidden") not in _TRUE or not numbers.intersection(own):
            continue
        tag = edits.sheet.xml[element.start : element.inside]
        end = edits.sheet.xml[element.inside : element.end]
        parted = b"".join(
            with_attributes(
                tag,
                {"min": str(number), "max": str(number)} | ({"hidden": None} if number in numbers else {}),
            )
            + end
            for number in own
        )
        edits.changes.append((element.start, element.end, parted))


def is_on_a_sheet(place: Place) -> bool:
    """Whether a sheet has such a row and such a column."""
    return 1 <= place[0] <= LAST_ROW and 1 <= place[1] <= LAST_COLUMN


def new_cell(sheet: Sheet, place: Place, style: str | None, kind: str, content: bytes) -> bytes:
    """The bytes of a cell that is new, with a look by its number."""
    tag = b"<%sc>" % sheet.prefix
    tag = with_attributes(tag, {"r": address(*place), "s": style, "t": kind or None})
    return tag + content + end_of(tag) if content else tag[:-1] + b"/>"
