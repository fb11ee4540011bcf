"""The tables of a client's record, each row a dataclass whose fields are its columns.

Money is dollars, shares are whole, a value is per share. What is absent is not known, and is never 0. Shares are those
of the holding's ``as_of`` day, after every split until then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from xl_amt.client.columns import column
from xl_amt.client.frozen import FrozenPlan
from xl_amt.client.log_entry import LogEntry
from xl_amt.equity.grants import AwardType, OptionType
from xl_amt.equity.portfolio import EndOfWork
from xl_amt.law import Status

FORMAT: Final = "xl-amt client 1"

Standing = Literal["done", "planned"]
Level = Literal["ask", "check", "note"]

_DONE_OR_PLANNED: Final = ("done", "planned")
_FROM: Final = "Where it was read: the source's id, its sheet and row"


@dataclass(frozen=True, slots=True, kw_only=True)
class Residence:
    """Where the client lives from a day on."""

    state: str = column("State", "text", "State by its two letters", required=True)
    since: date | None = column("From", "date", "First day of residence there", key="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who the client is, and whose law is asked."""

    name: str = column("Client", "text", "Name of the client")
    spouse: str = column("Spouse", "text", "Name of the spouse")
    law_book: str = column("Law book", "text", "A registered law book; absent: enacted law")
    jurisdiction: str = column("Jurisdiction", "text", "Whose taxes are figured, such as US or US+CA", default="US")
    residence: tuple[Residence, ...] = column("Residence", "rows", "Where the client lives", of=Residence)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientYear:
    """The facts of one tax year; what is absent follows the year before."""

    year: int = column("Tax year", "year", "Tax year", required=True)
    status: Status | None = column("Filing status", "status", "Filing status: single, mfj, mfs, hoh or qss")
    income: float | None = column("Wages", "dollars", "Wages without options (W-2 box 1)")
    spread_exercised: float | None = column(
        "ISO spread exercised, not listed", "dollars", "ISO spread from the year's exercises that are not listed"
    )
    facts: dict[str, float | str | bool] = column("Facts", "facts", "Further facts by their labels")


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedShares:
    """What an export counts of a grant on the holding's day."""

    exercised: int = column("Exercised", "shares", "Shares exercised by that day", required=True)
    exercisable: int = column("Exercisable", "shares", "Vested shares neither exercised nor lapsed", required=True)
    unvested: int = column("Unvested", "shares", "Shares still to vest", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vesting:
    """Shares that vest on a day, by the platform."""

    day: date = column("Vests", "date", "Day of vesting", required=True)
    shares: int = column("Shares vesting", "shares", "Shares that vest", required=True)
    iso: int | None = column("Of them ISO", "shares", "ISO shares among them, under the platform's own $100,000 split")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One award."""

    label: str = column("Grant", "text", "Label of the grant, unique within the holding", required=True)
    award: AwardType = column(
        "Type", "choice", "Kind of award: ISO, NSO or RSU", key="type", required=True, choices=("ISO", "NSO", "RSU")
    )
    granted: date | None = column("Granted", "date", "Day of the grant")
    strike: float = column("Strike", "price", "Exercise price; 0 for an RSU", default=0.0)
    shares: int = column("Shares granted", "shares", "Shares of the award", required=True)
    vesting: str = column("Vesting schedule", "text", "The schedule as the platform writes it")
    vesting_start: date | None = column("Vesting start", "date", "First day of the schedule")
    expires: date | None = column("Expires", "date", "Last day on which the options may be exercised")
    plan: str = column("Plan", "text", "Name of the plan")
    fmv_at_grant: float | None = column("Value at grant", "price", "Fair market value of the share at grant")
    window: str = column("Window", "text", "How long the plan allows exercise after employment ends, such as 90 days")
    early_exercise: bool = column("Early exercise", "yes or no", "May be exercised before it vests", default=False)
    disqualified: date | None = column("Disqualified", "date", "From this day the options are NSOs")
    ten_percent_owner: bool = column(
        "10 % owner", "yes or no", "The client owned over 10% of the votes at grant", default=False
    )
    small_business_stock: bool = column(
        "Small business stock", "yes or no", "Shares may be qualified small business stock (IRC 1202)", default=False
    )
    held: CountedShares | None = column("By the export", "row", "What the export counts", of=CountedShares)
    exercised_before: int = column(
        "Exercised, day unknown", "shares", "Exercised shares whose exercise dates are not known", default=0
    )
    read_from: str = column("From", "text", _FROM, key="from")
    vests: tuple[Vesting, ...] = column(
        "Vesting", "rows", "The platform's own vesting days, used before the schedule", of=Vesting
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """Shares of a grant exercised on a day."""

    grant: str = column("Grant exercised", "text", "Label of the grant", required=True)
    day: date = column("Exercised on", "date", "Day of the exercise", required=True)
    shares: int = column("Shares exercised", "shares", "Shares exercised", required=True)
    value: float | None = column("Value at exercise", "price", "Value of the share that day")
    paid: float | None = column("Paid", "price", "Price paid, which must be the strike")
    method: str = column(
        "Method",
        "choice",
        "cash; cashless: sold the same day; net: shares withheld",
        choices=("cash", "cashless", "net"),
    )
    election_83b: bool = column("83(b)", "yes or no", "Election under IRC 83(b) for unvested shares", default=False)
    part: OptionType | None = column(
        "Part",
        "choice",
        "Which part of a split grant; absent: ISO first",
        choices=("ISO", "NSO"),
        key="type",
        may_be_none=True,
    )
    lot: str = column("Lot", "text", "The platform's name of the shares")
    status: Standing = column("Done or planned", "choice", "done or planned", choices=_DONE_OR_PLANNED)
    read_from: str = column("From", "text", _FROM, key="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """Shares sold on a day."""

    day: date = column("Sold on", "date", "Day of the sale", required=True)
    shares: int = column("Shares sold", "shares", "Shares sold", required=True)
    price: float = column("Price", "price", "Price of the share", required=True)
    lots: tuple[str, ...] = column("Lots sold", "texts", "Lots in the order of their sale; absent: oldest first")
    loss_allowed: bool = column(
        "Loss allowed", "yes or no", "no for a wash sale, a related party or a gift", default=True
    )
    platform_says: str = column("Platform says", "text", "The platform's own term, compared but never used")
    status: Standing = column("Done or planned", "choice", "done or planned", choices=_DONE_OR_PLANNED)
    read_from: str = column("From", "text", _FROM, key="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLot:
    """Shares held whose grant is not in the record."""

    label: str = column("Lot", "text", "Name of the lot, unique within the holding", required=True)
    award: AwardType = column(
        "Kind", "choice", "ISO, NSO or RSU", key="type", required=True, choices=("ISO", "NSO", "RSU")
    )
    granted: date | None = column("Granted", "date", "Day of the grant")
    acquired: date = column("Acquired", "date", "Day of the exercise, or of vesting for an RSU", required=True)
    shares: int = column("Shares held", "shares", "Shares of the lot", required=True)
    strike: float = column("Strike", "price", "Price paid", required=True)
    value: float | None = column("Value at exercise", "price", "Value of the share on the day acquired")
    vested: date | None = column("Vested", "date", "Day of vesting, where it is later than the exercise")
    value_at_vest: float | None = column("Value at vesting", "price", "Value of the share on that day")
    election_83b: bool = column("83(b)", "yes or no", "Election under IRC 83(b)", default=False)
    small_business_stock: bool = column(
        "Small business stock", "yes or no", "May be qualified small business stock (IRC 1202)", default=False
    )
    read_from: str = column("From", "text", _FROM, key="from")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """The value of a share from a day on."""

    day: date = column("Valued on", "date", "First day of the value", required=True)
    price: float = column("Value per share", "price", "409A or market value", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """New shares for old ones; a split by the holding's day is contained in all of its figures."""

    day: date = column("Split on", "date", "Day of the split", required=True)
    ratio: str = column("Ratio", "text", "New shares for old, such as 2:1", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceleration:
    """All unvested shares of a grant vest on a day."""

    grant: str = column("Grant accelerated", "text", "Label of the grant", required=True)
    day: date = column("Accelerated on", "date", "Day on which its unvested shares vest", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancellation:
    """What is left of a grant is canceled on a day."""

    grant: str = column("Grant canceled", "text", "Label of the grant", required=True)
    day: date = column("Canceled on", "date", "Day on which the rest of it is canceled", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repurchase:
    """Shares exercised early that the company buys back before they vest."""

    grant: str = column("Grant of the shares", "text", "Label of the grant", required=True)
    day: date = column("Bought back on", "date", "Day of the repurchase", required=True)
    shares: int = column("Shares bought back", "shares", "Shares bought back", required=True)
    price: float = column("Price paid by the company", "price", "What the company pays", required=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """What one person holds of one company; ``as_of`` is the day on which an export counted it."""

    company: str = column("Company", "text", "Name of the company")
    holder: Literal["client", "spouse"] = column("Holder", "choice", "client or spouse", choices=("client", "spouse"))
    as_of: date | None = column("As of", "date", "Day on which the shares are counted")
    work_ended: date | None = column("Work ended", "date", "Last day of work for the company")
    work_ended_by: EndOfWork = column(
        "Work ended by", "choice", "ended, disability or death", choices=("ended", "disability", "death")
    )
    grants: tuple[Grant, ...] = column("Grants", "table", "Awards", key="grant", of=Grant)
    exercises: tuple[Exercise, ...] = column("Exercises", "table", "Exercises", key="exercise", of=Exercise)
    sales: tuple[Sale, ...] = column("Sales", "table", "Sales", key="sale", of=Sale)
    lots: tuple[HeldLot, ...] = column("Lots", "table", "Shares whose grant is not known", key="lot", of=HeldLot)
    values: tuple[Value, ...] = column("Values", "table", "Values per share", key="value", of=Value)
    splits: tuple[Split, ...] = column("Splits", "table", "Splits", key="split", of=Split)
    accelerations: tuple[Acceleration, ...] = column(
        "Accelerations", "table", "Accelerations", key="acceleration", of=Acceleration
    )
    cancellations: tuple[Cancellation, ...] = column(
        "Cancellations", "table", "Cancellations", key="cancellation", of=Cancellation
    )
    repurchases: tuple[Repurchase, ...] = column("Repurchases", "table", "Repurchases", key="repurchase", of=Repurchase)

    @property
    def name(self) -> str:
        """The holding as a sentence names it."""
        return f"{self.company or 'the company'}{', spouse' if self.holder == 'spouse' else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exit:
    """A sale of the company, or a listing, in which shares can be sold."""

    year: int = column("Exit year", "year", "Year of the exit", required=True)
    price: float | None = column("Exit price", "price", "Price of the share")
    recovery_years: int = column(
        "Recovery years", "shares", "Later years in which credit comes back", unit="years", default=0
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Most that may be owed or spent, for a number of dollars a year."""

    most_amt: float | None = column("Most AMT", "dollars", "Most AMT a year")
    most_cash: float | None = column("Most cash", "dollars", "Most cash a year")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is planned for: the aim, how things grow, and the limits."""

    aim: str = column("Aim", "choice", "least tax or most after tax", choices=("least tax", "most after tax"))
    discount_rate: float | None = column("Discount rate", "fraction", "Discount rate a year")
    income_growth: float | None = column("Income growth", "fraction", "Growth of income into a year that states none")
    credit_left_at: float | None = column("Credit left at", "fraction", "What a dollar of credit left is worth, 0 to 1")
    values: dict[int, float] = column("Planned value per share", "by year", "Value per share by year")
    cash: dict[int, float] = column("Planned cash", "by year", "Cash by year")
    exit: Exit | None = column("Exit", "row", "The exit", of=Exit)
    limits: Limits | None = column("Limits", "row", "Limits", of=Limits)
    frozen: FrozenPlan | None = column("Frozen plan", "row", "The plan that was kept", of=FrozenPlan)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of a source's rows."""

    read: int = column("Rows read", "shares", "Rows read", default=0)
    kept: int = column("Kept", "shares", "Rows kept", default=0)
    rejected: int = column("Set aside", "shares", "Rows set aside, with a remark each", default=0)
    ignored: int = column("Ignored", "shares", "Rows that hold no facts", default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file that was read."""

    id: str = column("Source", "text", "Name of the source in this record", required=True)
    file: str = column("File", "text", "Name of the file", required=True)
    platform: str = column("Platform", "text", "Whose export it is, such as carta")
    layout: str = column("Layout", "text", "Which of the platform's layouts")
    sha256: str = column("SHA-256", "text", "Hash of the file's bytes")
    read_on: date | None = column("Read on", "date", "Day on which it was read")
    rows: RowCounts | None = column("Rows", "row", "What became of its rows", of=RowCounts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What to ask, to check or to know, and the advisor's word on it."""

    kind: str = column("Class", "text", "What kind of remark it is", key="class", required=True)
    level: Level = column(
        "Level", "choice", "ask: the answer depends on it; check; note", choices=("ask", "check", "note"), required=True
    )
    about: str = column("About", "text", "Grant, lot or year that it concerns")
    place: str = column("Place", "text", "Source, sheet and row")
    text: str = column("Remark", "text", "The remark in one sentence", required=True)
    answered: str = column("Answer", "text", "The advisor's answer, kept when the record is updated")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRecord:
    """Everything that is known and planned of a client."""

    client: Client = column("Client", "row", "Who the client is", required=True, of=Client)
    years: tuple[ClientYear, ...] = column("Years", "table", "Facts by year", key="year", of=ClientYear)
    holdings: tuple[Holding, ...] = column("Holdings", "table", "What is held", key="holding", of=Holding)
    plan: Plan | None = column("Plan", "row", "What is planned", of=Plan)
    sources: tuple[Source, ...] = column("Sources", "table", "Files read", key="source", of=Source)
    remarks: tuple[Remark, ...] = column("Remarks", "table", "Remarks", key="remark", of=Remark)
    log: tuple[LogEntry, ...] = column("Log", "table", "What was done to the record, and when", of=LogEntry)
