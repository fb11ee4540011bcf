"""formualizer, as the client workbook is filled: xl_amt.workbook.values calculates a workbook of calls."""

from __future__ import annotations

from itertools import count

import openpyxl

from tests.hosts.calls import Call, Error, Placement, Rows
from tests.hosts.formulas import Given
from xl_amt.workbook.package import parts_of
from xl_amt.workbook.values import evaluate

# ERROR.TYPE gives the place of an error in this row.
_TYPES = ("", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")


def answers(calls: list[tuple[Call, Placement, Rows]]) -> list[Rows]:
    """What each call gives; the answer of a range, cell by cell with INDEX."""
    book = openpyxl.Workbook()
    sheet = book.active
    given, row = Given(book.create_sheet("Given")), count(1)
    places = []
    for call, placement, expected in calls:
        text = given.formula(call, placement)
        single = len(expected) == len(expected[0]) == 1
        here = [[next(row) for _ in cells] for cells in expected]
        for down, rows in enumerate(here, 1):
            for along, place in enumerate(rows, 1):
                one = text if single else f"INDEX({text},{down},{along})"
                sheet[f"A{place}"] = f'=IFERROR({one},"an error")'
                if isinstance(expected[down - 1][along - 1], Error):
                    sheet[f"B{place}"] = f"=IFERROR(ERROR.TYPE({one}),0)"
        places.append(here)
    values = evaluate(parts_of(book))

    def shown(place: int) -> float | str | Error:
        kind = values.get((sheet.title, f"B{place}"), 0)
        return Error(_TYPES[int(kind)]) if kind else values[sheet.title, f"A{place}"]

    return [[[shown(place) for place in cells] for cells in here] for here in places]
