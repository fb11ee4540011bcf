"""What the sheets Lots and Gains put on each year's return."""

from __future__ import annotations

from xl_amt.workbook.sheets import return_rows as at
from xl_amt.workbook.sheets.return_rows import Formula, ReturnRow, Section, YearColumn

_ISO, _NOT_ISO = 'Lot_kind,"ISO"', 'Lot_kind,"<>ISO"'


class Ledger:
    """Sums over the sheets Lots and Gains by year; 0 of a sheet that a client does not have."""

    def __init__(self, *, has_lots: bool, has_sold: bool) -> None:
        self.has = {"Lot": has_lots, "Sold": has_sold}

    def total(self, amount: str, *conditions: str) -> Formula:
        """The sum of a named column over the rows of the year that are on its return."""
        prefix = amount.partition("_")[0]
        if not self.has[prefix]:
            return lambda _: "0"
        more = "".join(f",{condition}" for condition in conditions)
        return lambda column: (
            f"SUMIFS({amount},{prefix}_year,{column.year},{prefix}_holder,{column.cell(at.WHOSE)}{more})"
        )

    def spread(self, standing: str) -> Formula:
        """The ISO spread of lots, and what a same-year sale leaves of it, by standing."""
        lots = self.total("Lot_spread", _ISO, f'Lot_standing,"{standing}"')
        sold = self.total("Sold_spread", f'Sold_standing,"{standing}"')
        return lambda column: f"{lots(column)}+{sold(column)}"


def equity_sections(ledger: Ledger) -> tuple[Section, Section]:
    """The ISO spread of a year, and its wages and gains of shares."""
    spread = (
        ReturnRow(at.LISTED, "dollars", "From the sheet Lots, without shares sold in the year", ledger.spread("done")),
        ReturnRow(at.NOT_LISTED, "dollars", "From the sheet Client: exercises that are not listed",
                  lambda column: column.entered("spread_exercised", "0")),
        ReturnRow(at.DONE, "dollars", "It has used up that much of the room",
                  lambda column: f"{column.cell(at.LISTED)}+{column.cell(at.NOT_LISTED)}"),
        ReturnRow(at.PLANNED, "dollars", "From the sheet Lots, plus what is tried beyond it on the sheet Plan",
                  lambda column: f'{ledger.spread("planned")(column)}+{_tried(column, "spread")}'),
        ReturnRow(at.SPREAD, "line 2i", "From all exercises of the year (Form 6251)",
                  lambda column: f"{column.cell(at.DONE)}+{column.cell(at.PLANNED)}"),
    )  # fmt: skip
    gains = {
        at.SHORT_GAIN: ("Schedule D Part I", "Sold_gain", 'Sold_term,"short"'),
        at.LONG_GAIN: ("Schedule D Part II", "Sold_gain", 'Sold_term,"long"'),
        at.AMT_SHORT_GAIN: ("Refigured for the AMT", "Sold_amt_gain", 'Sold_amt_term,"short"'),
        at.AMT_LONG_GAIN: ("Refigured for the AMT", "Sold_amt_gain", 'Sold_amt_term,"long"'),
        at.ORDINARY_GAIN: ("Shares bought back by the company (Schedule 1)", "Sold_gain", 'Sold_term,"ordinary"'),
    }
    shares = (
        ReturnRow(at.OPTION_WAGES, "dollars", "NSOs exercised and RSUs vested; Medicare wages too",
                  lambda column: f'{ledger.total("Lot_spread", _NOT_ISO)(column)}+{_tried(column, "wages")}',
                  only_with="lots"),
        ReturnRow(at.SALE_WAGES, "dollars", "From disqualifying sales; not Medicare wages",
                  ledger.total("Sold_wages"), only_with="sales"),
        ReturnRow(at.TAXED_BEFORE, "line 2k", "The part that was AMT income at exercise (Form 6251)",
                  ledger.total("Sold_taxed_before"), only_with="sales"),
        *(
            ReturnRow(name, "dollars", remark, ledger.total(amount, condition), only_with="sales")
            for name, (remark, amount, condition) in gains.items()
        ),
    )  # fmt: skip
    return Section("ISO spread of the year", spread), Section("Wages and gains of shares", shares)


def _tried(column: YearColumn, what: str) -> str:
    """What the sheet Plan tries beyond the record."""
    return f"N(INDEX(Tried_{what},MATCH({column.year},Years,0)))"
