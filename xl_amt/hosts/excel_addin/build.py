"""Write ``xl_amt.xlam`` next to this file: ``python -m xl_amt.hosts.excel_addin.build``.

The file is kept in the project, so whoever installs it needs nothing but xl-amt; building it needs pyOpenVBA, and
gives the same bytes from the same registry on any system. A test says when it is no longer current. The folder
``source`` holds the text of every module in it, for whoever has to read what they sign or allow.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr
from zipfile import ZipFile, ZipInfo

from xl_amt.hosts.excel_addin.vba import FILE_NAME, standard_modules, workbook_module

_RIBBON_PART: Final = "customUI/customUI.xml"

# The two belong together: Office 2007 and later read this pair. A 2009/07 ribbon would have a relation of 2007.
_RIBBON_RELATION: Final = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility"
_RIBBON_NAMESPACE: Final = "http://schemas.microsoft.com/office/2006/01/customui"

# [MS-OVBA] 2.3.4.1: what stands in _VBA_PROJECT where there is no compiled code. Office compiles the text then; with
# any other version it may take the bytes after it for code compiled from this text.
_PROJECT_PART: Final = "xl/vbaProject.bin"
NOTHING_COMPILED: Final = bytes.fromhex("cc 61 ff ff 00 00 00")

_PROPERTIES: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>xl-amt</dc:title>'
    "<dc:description>Alternative Minimum Tax planning for incentive stock options</dc:description>"
    "</cp:coreProperties>"
)


class Button(NamedTuple):
    """A button of the ribbon: the Sub of module Ribbon that it calls, and the command it stands for."""

    procedure: str
    label: str
    icon: str
    explanation: str
    command: str | None


BUTTONS: Final = (
    Button("ImportExport", "Import export…", "FileOpen", "A client workbook from an equity export.", "import"),
    Button("NewClientWorkbook", "New client workbook", "FileNew", "A client workbook to fill in by hand.", "new"),
    Button(
        "UpdateClient",
        "Update from export…",
        "RefreshAll",
        "Brings this client workbook up to date with a newer export; the previous version is kept next to it.",
        "update",
    ),
    Button(
        "PlanClient",
        "Plan",
        "GoalSeekMenu",
        "Finds the schedule of exercises and writes it into this client workbook; the previous version is kept next "
        "to it.",
        "plan",
    ),
    Button("CheckClient", "Check", "ErrorChecking", "Reviews this client workbook without changing anything.", "check"),
    Button(
        "RecalculateAndRebind",
        "Recalculate and rebind",
        "CalculateNow",
        "Re-enters every AMT formula in this workbook: for cells that show #NAME?, and after an update.",
        None,
    ),
    Button("ShowHelp", "Help", "Help", "The worksheet functions, with an example of each.", "functions"),
)


def addin() -> bytes:
    """The add-in as it was built and is installed."""
    return files(__package__).joinpath(FILE_NAME).read_bytes()


def source() -> dict[str, str]:
    """The text of every module of the add-in, by the name of its file."""
    return {f"{name}.bas": text for name, text in standard_modules().items()} | {"ThisWorkbook.cls": workbook_module()}


def build() -> bytes:
    """The add-in, made from the modules and the registry."""
    from pyopenvba import ExcelFile

    with TemporaryDirectory() as folder:
        path = Path(folder) / FILE_NAME
        with ExcelFile.create_new(path) as workbook:
            project = workbook.vba_project()
            project.delete_module("Module1")
            for name, text in standard_modules().items():
                project.add_module(name, _as_vba(text))
            attributes = workbook.get_module("ThisWorkbook").rstrip()
            workbook.set_module("ThisWorkbook", _as_vba(f"{attributes}\n{workbook_module()}"))
            workbook.save()
        return _finished(path)


def ribbon() -> str:
    """The tab of the ribbon, as Excel reads it."""
    buttons = "".join(
        f'<button id="{button.procedure}" size="large" label={quoteattr(button.label)} imageMso="{button.icon}" '
        f'onAction="Ribbon.{button.procedure}" screentip={quoteattr(button.label)} '
        f"supertip={quoteattr(button.explanation)}/>"
        for button in BUTTONS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<customUI xmlns="{_RIBBON_NAMESPACE}"><ribbon><tabs>'
        f'<tab id="xlAmt" label="xl-amt"><group id="xlAmtClient" label="Client">{buttons}</group></tab>'
        "</tabs></ribbon></customUI>"
    )


def _finished(path: Path) -> bytes:
    """The package with its ribbon, its title, and no compiled code."""
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = _PROPERTIES.encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdRibbon" Type="{_RIBBON_RELATION}" Target="{_RIBBON_PART}"/></Relationships>'.encode(),
    )
    parts[_RIBBON_PART] = ribbon().encode()
    parts[_PROJECT_PART] = _without_compiled_code(parts[_PROJECT_PART])
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            # Neither the time of the day, nor the system, nor its version of zlib may change a byte.
            part = ZipInfo(name)
            part.create_system = 0
            package.writestr(part, content)
    return path.read_bytes()


def _without_compiled_code(project: bytes) -> bytes:
    from pyopenvba.cfb import CFB

    streams = CFB.from_bytes(project)
    streams.write_stream_in_storage("VBA", "_VBA_PROJECT", NOTHING_COMPILED)
    return streams.to_bytes()  # type: ignore[no-any-return]


def _as_vba(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


if __name__ == "__main__":
    here = Path(__file__).parent
    (here / FILE_NAME).write_bytes(build())
    (here / "source").mkdir(exist_ok=True)
    for file_name, text in source().items():
        (here / "source" / file_name).write_text(text, "utf-8", newline="\n")
