"""Write ``xl_amt.xlam`` beside this file: ``python -m xl_amt.hosts.excel_addin.build``.

The file is kept in the project, so that whoever installs it needs nothing but xl-amt; building it needs pyOpenVBA, and
gives the same bytes from the same registry on any system. A test says when it is no longer current.
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
_RIBBON_RELATION: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
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
    Button("NewClientWorkbook", "New client workbook", "FileNew", "A client workbook to key in by hand.", "new"),
    Button(
        "RecalculateAndRebind",
        "Recalculate and rebind",
        "CalculateNow",
        "Enters every AMT formula of this workbook again: for cells that show #NAME?, and after an update.",
        None,
    ),
    Button("ShowHelp", "Help", "Help", "The worksheet functions, with an example of each.", "functions"),
)


def addin() -> bytes:
    """The add-in as it was built and is installed."""
    return files(__package__).joinpath(FILE_NAME).read_bytes()


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
        return _with_ribbon(path)


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
        '<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui"><ribbon><tabs>'
        f'<tab id="xlAmt" label="xl-amt"><group id="xlAmtClient" label="Client">{buttons}</group></tab>'
        "</tabs></ribbon></customUI>"
    )


def _with_ribbon(path: Path) -> bytes:
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["docProps/core.xml"] = _PROPERTIES.encode()
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="rIdRibbon" Type="{_RIBBON_RELATION}" Target="{_RIBBON_PART}"/></Relationships>'.encode(),
    )
    parts[_RIBBON_PART] = ribbon().encode()
    with ZipFile(path, "w") as package:
        for name, content in parts.items():
            # Neither the time of the day, nor the system, nor its version of zlib may change a byte.
            part = ZipInfo(name)
            part.create_system = 0
            package.writestr(part, content)
    return path.read_bytes()


def _as_vba(text: str) -> str:
    return "\r\n".join(text.splitlines()) + "\r\n"


if __name__ == "__main__":
    Path(__file__).with_name(FILE_NAME).write_bytes(build())
