"""The Python process of the add-in: ``python -P -m xl_amt.hosts.excel_addin.serve {class id}``.

xlwings' library inside Excel starts it, and reaches it by the class id. It answers until Excel ends.
"""

from __future__ import annotations

import sys
from importlib import import_module


def main(class_id: str) -> None:
    """Answer the calls of Excel; the functions are imported first, so that the first call is as fast as any."""
    from xlwings.com_server import serve  # which only Windows can import

    import_module("xl_amt.hosts.excel_com")
    serve(class_id)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main(sys.argv[1])
