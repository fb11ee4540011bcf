"""The Python process of the add-in: ``python -I -m xl_amt.hosts.excel_addin.serve {class id}``.

xlwings' library inside Excel starts it, and reaches it by the class id. It answers until Excel ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Final

# xlwings imports each of these where it is installed, to convert what no worksheet function gives or takes. Excel would
# wait half a second longer for its first answer.
_NOT_FOR_XLWINGS: Final = ("PIL", "matplotlib", "numpy", "pandas", "polars")


def main(class_id: str) -> None:
    """Answer the calls of Excel; the functions are imported first, so the first call is as fast as any."""
    with without(*_NOT_FOR_XLWINGS):
        from xlwings.com_server import serve  # which only Windows can import

        import_module("xl_amt.hosts.excel_com")
    serve(class_id)  # type: ignore[no-untyped-call]


@contextmanager
def without(*packages: str) -> Iterator[None]:
    """Packages that are not imported yet are as if not installed, until the block ends."""
    hidden = [name for name in packages if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None marks what is not there
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


if __name__ == "__main__":
    main(sys.argv[1])
