"""How fast a client's next year and the copy for the client are written: python tests/benchmarks/roll.py.

Seconds are the processor's; Python's start, and that of the libraries, is not in them.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from figures import Figure, print_figures, processor_time
from workbook import client

from xl_amt.jobs.client_copy import client_copy
from xl_amt.jobs.new_client import write_client
from xl_amt.jobs.roll import roll_client, roll_record

DAY = date(2027, 1, 20)


def measured(grants: int, copied_in: float) -> list[Figure]:
    """The next year as a record and as a workbook, and the copy of a workbook, which is built and written twice."""
    record = client(grants)
    what = f"{grants} grants, 10 years, US+CA"
    with tempfile.TemporaryDirectory() as folder:
        text = write_client(record, Path(folder, "client.client.toml"))
        book = write_client(record, Path(folder, "client.xlsx"))

        def rolled(path: Path) -> float:
            return processor_time(lambda: roll_client(path, DAY, anyway=True, replace_existing=True))

        def copied() -> None:
            client_copy(book, Path(folder, "copy.xlsx"), replace_existing=True)

        opened = processor_time(lambda: roll_record(record, DAY))
        return [
            Figure(f"{what}: what the next year opens with", opened, 1.0, "s"),
            Figure(f"{what}: the next year's record, from a record", rolled(text), 1.0, "s"),
            Figure(f"{what}: the next year's workbook, from a workbook", rolled(book), 1.0, "s"),
            Figure(f"{what}: the copy for the client, from a workbook", processor_time(copied), copied_in, "s"),
        ]


if __name__ == "__main__":
    print_figures([*measured(10, 4.0), *measured(200, 6.0)])
