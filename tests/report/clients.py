"""Records whose letters are looked at: the examples, and one that has more of everything than a page has room for."""

from dataclasses import replace
from datetime import date

from workbook_templates.build import RECORDS
from xl_amt.client import Client, ClientRecord, ClientYear, Exercise, Grant, Holding, Plan, Value
from xl_amt.client.toml_file import read_record
from xl_amt.jobs.firm import Firm
from xl_amt.workbook.build import blank_record

TODAY = date(2026, 11, 27)
ALENA, COUPLE = (read_record(next(path for path in RECORDS if name in path.name)) for name in ("alena", "vasquez"))
BLANK = blank_record()
MARKUP = r"#pagebreak() *Ana* $x^2$ \ _Álvarez_ <b> @ref // `code` [#sys.inputs] & 'quotes' \"x\""


def renamed(record, name):
    """The record of a client of another name, who is alone on it."""
    return replace(record, client=replace(record.client, name=name, spouse=""))


def without_steps(record):
    """The record with nothing planned."""
    done = (
        replace(
            holding,
            exercises=tuple(one for one in holding.exercises if one.status == "done"),
            sales=tuple(one for one in holding.sales if one.status == "done"),
        )
        for holding in record.holdings
    )
    return replace(record, holdings=tuple(done))


def _grant(company, number):
    label = f"{company} {number} " + "long label of a grant of stock options that nobody could remember " * 2
    return Grant(
        label=label.strip(),
        award="ISO",
        granted=date(2022, 3, number),
        strike=0.1 * number,
        shares=4_000,
        vesting="1/48 monthly, 1 year cliff",
        vesting_start=date(2022, 3, 1),
        expires=date(2032, 3, number),
    )


def _holding(name, holder, count):
    """Grants of one company, each exercised by plan on two days of years after one another."""
    grants = tuple(_grant(name[:4], number) for number in range(1, count + 1))
    planned = tuple(
        Exercise(grant=one.label, day=date(2026 + at, 12, 1 + place), shares=1_500, value=30.0, status="planned")
        for place, one in enumerate(grants)
        for at in (place % 5, place % 5 + 1)
    )
    return Holding(
        company=f"{name} and Successors of the Very Long Name, Incorporated in the State of Delaware, " * 2,
        holder=holder,
        as_of=date(2026, 10, 15),
        grants=grants,
        exercises=planned,
        values=(Value(day=date(2026, 2, 2), price=30.0),),
    )


HARD = ClientRecord(
    client=Client(name="Maximiliana Wolfeschlegelsteinhausen " * 6, spouse=MARKUP * 3, jurisdiction="US+CA"),
    years=(
        ClientYear(year=2026, status="mfj", income=1_294_000.0, facts={"Minimum tax credit": 2_600.0}),
        *(ClientYear(year=year) for year in range(2027, 2036)),
    ),
    holdings=(_holding("Halyard Robotics", "client", 9), _holding("Tidepool Health", "spouse", 6)),
    plan=Plan(income_growth=0.03),
)
LONG_FIRM = Firm(
    name="Birch & Vale Tax Advisors of the Peninsula " * 3,
    address=("12 Harbor Street, Suite 1200", "San Mateo, CA 94401", "+1 650 555 0100", "dana@example.com"),
    preparer="Prepared by Dana Birch, EA, " * 6,
    closing="Please call us before you exercise, since values and facts may have changed by then. " * 4,
)
EVERY = {"couple": COUPLE, "Alena": ALENA, "blank": BLANK, "no plan": without_steps(COUPLE), "hard": HARD}
