"""The extension for LibreOffice: an .oxt file, made from the registry and from the engine's own files.

It holds everything that its functions need, so LibreOffice's own Python runs them with nothing installed. The same
package gives the same bytes every time.
"""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import xl_amt
from xl_amt.files import written_whole
from xl_amt.hosts.engine import engine_files, files_under
from xl_amt.hosts.libreoffice.addin import TOML_READER
from xl_amt.worksheet import FUNCTIONS, Argument, WorksheetFunction

IDENTIFIER: Final = "org.xlamt"  # by which LibreOffice replaces an older version of the extension
SERVICE: Final = "org.xlamt.Calc"  # stands in every .ods file that uses the functions: it must not change
OLDEST_LIBREOFFICE: Final = (7, 4)

# With the engine, this host's own module. LibreOffice puts the folder pythonpath on Python's path.
_OF_THIS_HOST: Final = ("hosts/libreoffice/__init__.py", "hosts/libreoffice/addin.py")
_FIRST_MOMENT: Final = (1980, 1, 1, 0, 0, 0)  # of a zip file; a real one would change the bytes

_FORMAT: Final = (
    ": format the cell as one"  # which no function can do: it gives LibreOffice a number or a text, no more
)

_MANIFEST: Final = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
 <manifest:file-entry manifest:full-path="functions.idl"
  manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
 <manifest:file-entry manifest:full-path="functions.components"
  manifest:media-type="application/vnd.sun.star.uno-components"/>
</manifest:manifest>
"""

_COMPONENTS: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<components xmlns="http://openoffice.org/2010/uno-components">
 <component loader="com.sun.star.loader.Python" uri="functions.py">
  <implementation name="{SERVICE}">
   <service name="{SERVICE}"/>
   <service name="com.sun.star.sheet.AddIn"/>
  </implementation>
 </component>
</components>
"""

_DESCRIPTION: Final = f"""<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006"
 xmlns:d="http://openoffice.org/extensions/description/2006"
 xmlns:l="http://libreoffice.org/extensions/description/2011"
 xmlns:xlink="http://www.w3.org/1999/xlink">
 <identifier value="{IDENTIFIER}"/>
 <version value={quoteattr(xl_amt.__version__)}/>
 <display-name><name lang="en">xl-amt</name></display-name>
 <extension-description><src lang="en" xlink:href="description.txt"/></extension-description>
 <registration>
  <simple-license accept-by="admin" default-license-id="MIT" suppress-on-update="true">
   <license-text lang="en" license-id="MIT" xlink:href="LICENSE"/>
  </simple-license>
 </registration>
 <dependencies>
  <l:LibreOffice-minimal-version value="{OLDEST_LIBREOFFICE[0]}.{OLDEST_LIBREOFFICE[1]}"
   d:name="LibreOffice {OLDEST_LIBREOFFICE[0]}.{OLDEST_LIBREOFFICE[1]} or later"/>
 </dependencies>
</description>
"""

_COMPONENT: Final = '''"""The worksheet functions of xl-amt: the types of UNO around xl_amt.hosts.libreoffice.addin."""

import uno
import unohelper
from com.sun.star.lang import Locale, XServiceInfo, XServiceName
from com.sun.star.sheet import LocalizedName, ResultEvent, XAddIn, XCompatibilityNames, XVolatileResult
from org.xlamt import XCalc

from xl_amt.hosts.libreoffice.addin import AddIn

SERVICE = "{service}"
SERVICES = (SERVICE, "com.sun.star.sheet.AddIn")


class Calc(unohelper.Base, AddIn, XCalc, XAddIn, XServiceName, XServiceInfo, XCompatibilityNames):
    described = {described}

    def __init__(self, context):
        pass

    def getServiceName(self):
        return SERVICE

    def getImplementationName(self):
        return SERVICE

    def getSupportedServiceNames(self):
        return SERVICES

    def supportsService(self, name):
        return name in SERVICES

    def getCompatibilityNames(self, method):
        """The plain name, by which a workbook of Excel calls the function."""
        return (LocalizedName(Locale("en", "US", ""), self.getDisplayFunctionName(method)),)


class Range(unohelper.Base, XVolatileResult):
    """Rows of values. Calc takes those of Python only from here, where their type can be named."""

    def __init__(self, rows):
        self.rows = rows

    def addResultListener(self, listener):
        event = ResultEvent()
        event.Source = self
        event.Value = uno.Any("[][]any", self.rows)
        listener.modified(event)

    def removeResultListener(self, listener):
        pass  # the rows never change


def answering(method):
    def answer(self, *arguments):
        shown = self.call(method, arguments)
        return Range(shown) if isinstance(shown, tuple) else shown

    return answer


for method in Calc.described:
    setattr(Calc, method, answering(method))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Calc, SERVICE, SERVICES)
'''


def build_extension(path: Path) -> None:
    """Write the extension, whole or not at all; FileError where it cannot be written."""
    contents = {
        "META-INF/manifest.xml": _MANIFEST.encode(),
        "LICENSE": _licence().encode(),
        "description.txt": f"{xl_amt.__doc__}\n".encode(),
        "description.xml": _DESCRIPTION.encode(),
        "functions.components": _COMPONENTS.encode(),
        "functions.idl": _interface().encode(),
        "functions.py": _COMPONENT.format(service=SERVICE, described=_described()).encode(),
        **_engine(),
    }
    with written_whole(path) as temporary, ZipFile(temporary, "w") as extension:
        for name, data in sorted(contents.items()):
            extension.writestr(_entry(name), data)


def method_of(name: str) -> str:
    """The method of a function; LibreOffice writes it in capitals, so only letters and figures distinguish it."""
    return name.replace("_", "").lower()


def _interface() -> str:
    """The methods in UNO's own language. Every argument may be a value, a range, or left out."""
    methods = "\n".join(f"  any {method_of(name)}({_parameters(item)});" for name, item in FUNCTIONS.items())
    return f"module org {{ module xlamt {{\n interface XCalc {{\n{methods}\n }};\n}}; }};\n"


def _parameters(function: WorksheetFunction) -> str:
    kinds = ["any"] * len(function.arguments)
    if function.takes_any_number_of_arguments:
        kinds[-1] = "sequence<any>"
    return ", ".join(f"[in] {kind} argument{place}" for place, kind in enumerate(kinds, 1))


def _described() -> str:
    """What the add-in has to know of each method, as Python writes it."""
    described: dict[str, dict[str, Any]] = {
        method_of(name): {
            "name": name,
            "description": f"{function.summary} [{function.result}{_FORMAT if function.answer == 'date' else ''}]",
            "repeats": int(function.takes_any_number_of_arguments),
            "arguments": [[item.name, _help(item)] for item in function.arguments],
        }
        for name, function in FUNCTIONS.items()
    }
    return json.dumps(described, indent=1)


def _help(argument: Argument) -> str:
    """What an argument is, and whether it is needed: LibreOffice itself calls each one optional, as its type is any."""
    unit = f" [{argument.unit}]" if argument.unit else ""
    return f"{argument.description}{unit}{' (required)' if argument.required else ' (optional)'}"


def _engine() -> dict[str, bytes]:
    """The engine's files under their names in the extension."""
    contents = {f"pythonpath/xl_amt/{name}": data for name, data in engine_files(*_OF_THIS_HOST).items()}
    reader = f"pythonpath/xl_amt/hosts/libreoffice/{TOML_READER}/tomllib"
    return contents | dict(files_under(files("tomllib"), reader))


def _licence() -> str:
    """The licence as it was installed; at the top of a clone that is not installed."""
    try:
        return distribution("xl-amt").read_text("licenses/LICENSE") or ""
    except PackageNotFoundError:
        return Path(xl_amt.__file__).parents[1].joinpath("LICENSE").read_text("utf-8")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _FIRST_MOMENT)
    entry.compress_type = ZIP_DEFLATED
    entry.create_system = 3  # Unix, on every system
    entry.external_attr = 0o644 << 16
    return entry
