"""What makes Excel offer to repair a workbook on opening it, found without Excel.

Of the faults that Excel is known to reject, those that can occur in a workbook of ours. What a person has added to one
since, such as pictures, tables and comments, is taken as it is: Excel made it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from math import isfinite
from pathlib import PurePosixPath
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange

from xl_amt.workbook.package import FONT_ORDER, Parts, read_parts, sheet_parts

LONGEST_SHEET_NAME: Final = 31
LONGEST_LIST: Final = 255
LONGEST_MESSAGE: Final = 255
LONGEST_MESSAGE_TITLE: Final = 32
LONGEST_HEADER: Final = 255
LONGEST_TEXT: Final = 32_767
LONGEST_FORMULA: Final = 8_192
LAST_COLUMN: Final = 16_384
FIRST_OWN_NUMBER_FORMAT: Final = 164

# The order that the schema asks for (ECMA-376 Part 1, 18.3.1.99).
WORKSHEET_ORDER: Final = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]*)")
_CELL_LIKE = re.compile(r"([A-Z]{1,3})[0-9]+|R[0-9]*(C[0-9]*)?|C[0-9]*")
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\?]*")
_FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
_COLUMN_OF_THIS_ROW = re.compile(
    r"\[\[#This Row\],([^\[\]]+)\]", re.IGNORECASE
)  # the column's own brackets may be left out
_SHEET_IN_REFERENCE = re.compile(r"(?:'((?:[^']|'')+)'|([A-Za-z_][A-Za-z0-9_.]*))!")


def problems_in(package: bytes) -> list[str]:
    """Every fault found, a sentence each that begins with where it is; none for a sound workbook."""
    parts = read_parts(package)
    trees: dict[str, Element] = {}
    broken: list[str] = []
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            trees[name] = fromstring(content)
        except ElementTree.ParseError as error:
            broken.append(f"{name}: not well-formed XML ({error}).")
    if broken:
        return broken
    for tree in trees.values():
        for element in tree.iter():
            element.tag = element.tag.rpartition("}")[2]
    try:
        return _problems(trees, parts)
    except (ValueError, LookupError) as error:  # a number that is none, a part or a place that is not there
        return [f"it is not written as a workbook is: {error}."]


def _problems(trees: dict[str, Element], parts: Parts) -> list[str]:
    problems = [*_content_types(trees, parts), *_relations(trees, parts), *_workbook(trees["xl/workbook.xml"])]
    problems += _styles(trees["xl/styles.xml"])
    problems += _charts(trees)
    for part in sheet_parts(parts).values():
        problems += (f"{part}: {problem}" for problem in _sheet(trees, part))
    return problems


def _content_types(trees: dict[str, Element], parts: Parts) -> Iterator[str]:
    types = trees["[Content_Types].xml"]
    endings = {default.get("Extension") for default in types.iter("Default")}
    named = {override.get("PartName", "").lstrip("/") for override in types.iter("Override")}
    for part in parts:
        if part != "[Content_Types].xml" and part not in named and part.rpartition(".")[2] not in endings:
            yield f"{part}: the file does not say what kind of part it is."
    for part in sorted(named - parts.keys()):
        yield f"[Content_Types].xml: {part} is named but missing."


def _relations(trees: dict[str, Element], parts: Parts) -> Iterator[str]:
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        folder = PurePosixPath(name).parent.parent
        for relation in tree:
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else _resolved(folder, target)
            if relation.get("TargetMode") != "External" and path not in parts:
                yield f"{name}: it points to {target}, which is missing."


def _resolved(folder: PurePosixPath, target: str) -> str:
    steps: list[str] = []
    for step in (folder / target).parts:
        if step == "..":
            del steps[-1:]  # above the package there is nothing
        else:
            steps.append(step)
    return "/".join(steps)


def _workbook(workbook: Element) -> Iterator[str]:
    names = [sheet.get("name", "") for sheet in workbook.iter("sheet")]
    for name in names:
        if not 0 < len(name) <= LONGEST_SHEET_NAME or _FORBIDDEN_IN_SHEET_NAME.search(name):
            yield f"xl/workbook.xml: '{name}' cannot be a sheet's name."
    if len({name.casefold() for name in names}) < len(names):
        yield "xl/workbook.xml: two sheets have the same name."
    seen: set[tuple[str | None, str]] = set()
    for defined in workbook.iter("definedName"):
        name, scope = defined.get("name", ""), defined.get("localSheetId")
        if not name.startswith("_xlnm.") and (not _NAME.fullmatch(name) or _looks_like_a_cell(name)):
            yield f"xl/workbook.xml: '{name}' cannot be a defined name."
        if (scope, name.casefold()) in seen:
            yield f"xl/workbook.xml: the name '{name}' is defined twice."
        seen.add((scope, name.casefold()))
        yield from _unknown_sheets("xl/workbook.xml", f"the name '{name}'", defined.text or "", names)


def _looks_like_a_cell(name: str) -> bool:
    match = _CELL_LIKE.fullmatch(name.upper())
    return match is not None and (match[1] is None or column_index_from_string(match[1]) <= LAST_COLUMN)


def _unknown_sheets(part: str, what: str, reference: str, names: list[str]) -> Iterator[str]:
    for quoted, plain in _SHEET_IN_REFERENCE.findall(reference):
        sheet = quoted.replace("''", "'") or plain
        if sheet not in names:
            yield f"{part}: {what} refers to the sheet '{sheet}', which does not exist."


def _styles(styles: Element) -> Iterator[str]:
    part = "xl/styles.xml"
    order = [name.decode() for name in FONT_ORDER]
    for font in styles.iter("font"):
        if not _ascending([order.index(child.tag) for child in font]):
            yield f"{part}: the properties of a font are out of order."
    counts = {name: len(_child(styles, name)) for name in ("fonts", "fills", "borders")}
    own = {int(numeric.get("numFmtId", "0")) for numeric in styles.iter("numFmt")}
    for look in _child(styles, "cellXfs"):
        for name, attribute in (("fonts", "fontId"), ("fills", "fillId"), ("borders", "borderId")):
            if int(look.get(attribute, "0")) >= counts[name]:
                yield f"{part}: a cell style asks for number {look.get(attribute)} of {counts[name]} {name}."
        number_format = int(look.get("numFmtId", "0"))
        if number_format >= FIRST_OWN_NUMBER_FORMAT and number_format not in own:
            yield f"{part}: a cell style asks for the number format {number_format}, which is not defined."


def _charts(trees: dict[str, Element]) -> Iterator[str]:
    names = [sheet.get("name", "") for sheet in trees["xl/workbook.xml"].iter("sheet")]
    for part, tree in trees.items():
        if part.startswith("xl/charts/"):
            for formula in tree.iter("f"):
                yield from _unknown_sheets(part, "a series", formula.text or "", names)


def _sheet(trees: dict[str, Element], part: str) -> Iterator[str]:
    sheet, styles = trees[part], trees["xl/styles.xml"]
    if not _ascending([WORKSHEET_ORDER.index(child.tag) for child in sheet if child.tag in WORKSHEET_ORDER]):
        yield "its elements are out of order."
    yield from _cells(sheet, looks=len(_child(styles, "cellXfs")))
    yield from _overlaps(sheet)
    yield from _validations(sheet)
    yield from _headers(sheet)
    differential = len(_child(styles, "dxfs"))
    for rule in sheet.iter("cfRule"):
        if int(rule.get("dxfId", "0")) >= differential:
            yield f"a conditional format asks for look {rule.get('dxfId')} of {differential}."
    for formula in (*sheet.iter("formula"), *sheet.iter("formula1"), *sheet.iter("formula2")):
        yield from _syntax("a rule", formula.text or "")
    yield from _links(trees, part)


def _cells(sheet: Element, looks: int) -> Iterator[str]:
    rows = list(sheet.iter("row"))
    if not _ascending([int(row.get("r", "0")) for row in rows], strictly=True):
        yield "its rows are out of order."
    for row in rows:
        columns = []
        for cell in row:
            address = cell.get("r", "")
            match = _CELL.fullmatch(address)
            if not match or match[2] != row.get("r"):
                yield f"{address or 'a cell'} stands in row {row.get('r')}."
                continue
            columns.append(column_index_from_string(match[1]))
            yield from (f"{address}: {problem}" for problem in _cell(cell, looks))
        if not _ascending(columns, strictly=True):
            yield f"the cells of row {row.get('r')} are out of order."


def _cell(cell: Element, looks: int) -> Iterator[str]:
    if int(cell.get("s", "0")) >= looks:
        yield f"it asks for style {cell.get('s')} of {looks}."
    text = "".join(cell.itertext())
    formula, value = cell.find("f"), cell.findtext("v", "")
    if formula is not None:
        if formula.text or "t" not in formula.attrib:  # one that shares another's formula has none of its own
            yield from _syntax("its formula", formula.text or "")
    elif len(text) > LONGEST_TEXT:
        yield f"its text has {len(text)} characters, more than {LONGEST_TEXT}."
    if cell.get("t", "n") == "n" and value and not _is_number(value):
        yield f"its value {value} is not a number."


def _syntax(what: str, formula: str) -> Iterator[str]:
    if len(formula) > LONGEST_FORMULA:
        yield f"{what} has {len(formula)} characters, more than {LONGEST_FORMULA}."
    if "[@" in formula:
        yield f"{what} has [@, which a file must write as [#This Row]."
    from formualizer import ParserError, parse_formula  # it does not run on every system that the rest runs on

    try:
        parse_formula("=" + _COLUMN_OF_THIS_ROW.sub(r"[[#This Row],[\1]]", formula))
    except ParserError as error:
        yield f"{what} cannot be read: {error}"


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False


def _overlaps(sheet: Element) -> Iterator[str]:
    merged = [merge.get("ref", "") for merge in sheet.iter("mergeCell")]
    for one, other in combinations(merged, 2):
        if not CellRange(one).isdisjoint(CellRange(other)):
            yield f"the merged cells {one} and {other} overlap."
    widths = [(int(column.get("min", "0")), int(column.get("max", "0"))) for column in sheet.iter("col")]
    if any(last >= first for (_, last), (first, _) in pairwise(widths)):
        yield "its column widths overlap."


def _validations(sheet: Element) -> Iterator[str]:
    for rule in sheet.iter("dataValidation"):
        where, choices = rule.get("sqref"), rule.findtext("formula1", "")
        if rule.get("type") == "list" and len(choices.strip('"')) > LONGEST_LIST:
            yield f"{where}: the list of choices is longer than {LONGEST_LIST} characters."
        for kind, longest in (
            ("errorTitle", LONGEST_MESSAGE_TITLE),
            ("promptTitle", LONGEST_MESSAGE_TITLE),
            ("error", LONGEST_MESSAGE),
            ("prompt", LONGEST_MESSAGE),
        ):
            if len(rule.get(kind, "")) > longest:
                yield f"{where}: the {kind} of the validation is longer than {longest} characters."


def _headers(sheet: Element) -> Iterator[str]:
    for kind in ("oddHeader", "oddFooter"):
        if any(len(header.text or "") > LONGEST_HEADER for header in sheet.iter(kind)):
            yield f"its {kind} is longer than {LONGEST_HEADER} characters."


def _links(trees: dict[str, Element], part: str) -> Iterator[str]:
    names = [sheet.get("name", "") for sheet in trees["xl/workbook.xml"].iter("sheet")]
    folder, _, file = part.rpartition("/")
    relations = trees.get(f"{folder}/_rels/{file}.rels", Element("none"))
    known = {relation.get("Id") for relation in relations}
    for element in trees[part].iter():
        for attribute, value in element.attrib.items():
            if attribute.endswith("relationships}id") and value not in known:
                yield f"its {element.tag} has no relation {value}."
    for link in trees[part].iter("hyperlink"):
        yield from (
            problem for problem in _unknown_sheets(link.get("ref", ""), "a link", link.get("location", ""), names)
        )


def _child(element: Element, name: str) -> Element:
    child = element.find(name)
    return Element(name) if child is None else child


def _ascending(numbers: list[int], *, strictly: bool = False) -> bool:
    return all(one < other or (one == other and not strictly) for one, other in pairwise(numbers))
