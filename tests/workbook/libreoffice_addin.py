"""A LibreOffice add-in made from the registry, so that the tests can have LibreOffice calculate our workbooks.

LibreOffice reads an unpacked extension: the interface as plain IDL text, a list of components, and a Python file.
"""

import os
import shutil
import subprocess
from pathlib import Path

import xl_amt
from xl_amt.worksheet import FUNCTIONS

SERVICE = "org.xlamt.test.Functions"

MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
<manifest:file-entry manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"
 manifest:full-path="functions.idl"/>
<manifest:file-entry manifest:media-type="application/vnd.sun.star.uno-components"
 manifest:full-path="functions.components"/>
</manifest:manifest>
"""

COMPONENTS = f"""<?xml version="1.0" encoding="UTF-8"?>
<components xmlns="http://openoffice.org/2010/uno-components">
<component loader="com.sun.star.loader.Python" uri="functions.py">
<implementation name="{SERVICE}"><service name="{SERVICE}"/><service name="com.sun.star.sheet.AddIn"/></implementation>
</component>
</components>
"""

PYTHON = '''"""The AMT_ functions in LibreOffice: every method asks the registry."""

import unohelper
from com.sun.star.lang import Locale, XServiceInfo, XServiceName
from com.sun.star.sheet import LocalizedName, XAddIn, XCompatibilityNames
from org.xlamt.test import XFunctions

from xl_amt.worksheet import call

SERVICE = "{service}"
NAMES = {names}


class Functions(unohelper.Base, XFunctions, XAddIn, XServiceName, XServiceInfo, XCompatibilityNames):
    def __init__(self, context):
        self.context = context

    def getServiceName(self):
        return SERVICE

    def getImplementationName(self):
        return SERVICE

    def supportsService(self, name):
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self):
        return (SERVICE, "com.sun.star.sheet.AddIn")

    def setLocale(self, locale):
        self.locale = locale

    def getLocale(self):
        return self.locale

    def getProgrammaticFuntionName(self, name):  # sic: the interface spells it so
        return next((method for method, shown in NAMES.items() if shown == name), "")

    def getDisplayFunctionName(self, method):
        return NAMES.get(method, "")

    def getFunctionDescription(self, method):
        return ""

    def getDisplayArgumentName(self, method, argument):
        return "argument"

    def getArgumentDescription(self, method, argument):
        return ""

    def getProgrammaticCategoryName(self, method):
        return "Add-In"

    def getDisplayCategoryName(self, method):
        return "Add-In"

    def getCompatibilityNames(self, method):
        return (LocalizedName(Locale("en", "US", ""), NAMES.get(method, "")),)


def method(name, varying):
    def answer(self, *arguments):
        if varying:
            *first, rest = arguments
            arguments = (*first, *rest)
        return call(name, *arguments)

    return answer


for programmatic, shown in NAMES.items():
    setattr(Functions, programmatic, method(shown, shown in {varying}))

g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(Functions, SERVICE, (SERVICE, "com.sun.star.sheet.AddIn"))
'''

RECALCULATE_ON_LOAD = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def write_addin(folder: Path) -> None:
    """Write the unpacked extension, with a method for every function of the registry."""
    names = {name.lower().replace("_", ""): name for name in FUNCTIONS}
    varying = tuple(name for name, function in FUNCTIONS.items() if function.takes_any_number_of_arguments)
    files = {
        "META-INF/manifest.xml": MANIFEST,
        "functions.components": COMPONENTS,
        "functions.idl": _interface(names),
        "functions.py": PYTHON.format(service=SERVICE, names=names, varying=varying),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _interface(names: dict[str, str]) -> str:
    """The interface in LibreOffice's own language; every argument may be a value, a range or missing."""
    methods = []
    for method, name in names.items():
        function = FUNCTIONS[name]
        kinds = ["any"] * len(function.arguments)
        if function.takes_any_number_of_arguments:
            kinds[-1] = "sequence<any>"
        arguments = ", ".join(f"[in] {kind} argument{number}" for number, kind in enumerate(kinds))
        methods.append(f"any {method}({arguments});")
    modules = SERVICE.split(".")[:-1]
    opening = " ".join(f"module {module} {{" for module in modules)
    body = " ".join(methods)
    return f"{opening} interface XFunctions {{ {body} }}; {'}; ' * len(modules)}\n"


def recalculate(workbook: Path, folder: Path, *, with_addin: bool = True) -> Path:
    """A copy of the workbook in which LibreOffice has calculated every formula anew."""
    profile, extensions, out = folder / "profile", folder / "extensions", folder / "out"
    settings = profile / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True)
    settings.write_text(RECALCULATE_ON_LOAD, encoding="utf-8")
    extensions.mkdir()
    if with_addin:
        write_addin(extensions / "xl_amt")
    copy = folder / workbook.name  # LibreOffice locks the file that it reads
    shutil.copyfile(workbook, copy)
    finished = subprocess.run(  # noqa: S603 - our own arguments
        [
            shutil.which("soffice") or "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            f"-env:BUNDLED_EXTENSIONS={extensions.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault"),
            *("--convert-to", "xlsx", "--outdir", str(out), str(copy)),
        ],
        env=os.environ | {"PYTHONPATH": str(Path(xl_amt.__file__).parent.parent)},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    result = out / workbook.name
    assert result.exists(), f"LibreOffice wrote nothing: {finished.stdout} {finished.stderr}"
    return result
