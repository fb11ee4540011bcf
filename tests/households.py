"""Households by chance that the forms answer, for the properties of every room: lists of a call's arguments."""

from hypothesis import strategies as st

from xl_amt.law import federal_law
from xl_amt.worksheet import call

STATUSES = ("single", "mfj", "mfs", "hoh", "qss")
YEARS = st.integers(2018, 2026)


def dollars(largest):
    """Amounts to the cent, often whole thousands, so that ties with the round numbers of the law are met."""
    return st.one_of(
        st.just(0.0),
        st.integers(0, largest // 1_000).map(lambda thousands: thousands * 1_000.0),
        st.integers(0, largest * 100).map(lambda cents: cents / 100),
    )


@st.composite
def households(draw):
    """Income, status, year, labels and amounts of a household that the forms answer."""
    year, status = draw(YEARS), draw(st.sampled_from(STATUSES))
    qualified = draw(dollars(600_000))
    facts = {
        "Interest": draw(dollars(50_000)),
        "Qualified dividends": qualified,
        "Ordinary dividends": qualified + draw(dollars(20_000)),
        "Short-term capital gain": draw(dollars(100_000)) - draw(dollars(100_000)),
        "Long-term capital gain": draw(dollars(1_500_000)) - draw(dollars(100_000)),
        "Rental and passive income": draw(dollars(80_000)),
        "Business income": draw(dollars(300_000)) - draw(dollars(50_000)),
        "Age": draw(st.sampled_from((0, 40, 64, 65, 80))),
    }
    if status == "mfj":
        facts["Spouse age"] = draw(st.sampled_from((0, 40, 65)))
    if year <= 2024:
        facts |= {
            "Deduction": draw(st.sampled_from(("larger", "standard", "itemized"))),
            "State income tax": draw(dollars(60_000)),
            "Mortgage interest": draw(dollars(40_000)),
            "Cash gifts": draw(dollars(100_000)),
        }
    stated = {label: amount for label, amount in facts.items() if draw(st.booleans()) or "dividends" in label}
    return draw(dollars(2_500_000)), status, year, tuple(stated), tuple(stated.values())


@st.composite
def gainful_households(draw):
    """Households of little but gains, whose spread brings Form 6251 to the edges of 0, 15 and 20%."""
    year, status = draw(YEARS), draw(st.sampled_from(STATUSES))
    law = federal_law(year, status)
    edge = draw(st.sampled_from((law.zero_rate_top, law.middle_rate_top)))
    gain = edge + draw(st.integers(-20_000, 40_000))
    return float(draw(st.integers(0, 60_000))), status, year, ("Long-term capital gain",), (gain,)


def owed(household, spread):
    """AMT on a household with this spread."""
    return call("AMT_OWED", *household[:3], spread, *household[3:])


def facts_asked(labels, amounts, place):
    """The labels and amounts without California's own, where its tax is not asked for."""
    pairs = zip(labels, amounts, strict=True)
    asked = [(label, amount) for label, amount in pairs if "CA" in place or not label.startswith("CA ")]
    return tuple(label for label, _ in asked), tuple(amount for _, amount in asked)


@st.composite
def californians(draw):
    """Households of California, of 2027 too, with facts of both returns; some of less income than nothing."""
    wages, status, year, labels, amounts = draw(households())
    signed = dollars(100_000), dollars(100_000)
    facts = dict(zip(labels, amounts, strict=True)) | {
        "Other income": draw(dollars(20_000)) - draw(dollars(400_000)),
        "Medical expenses": draw(dollars(60_000)),
        "Real estate tax": draw(dollars(60_000)),
        "Investment interest": draw(dollars(20_000)),
        "Other dependents": draw(st.integers(0, 4)),
        "Wages already taxed by AMT": min(draw(dollars(50_000)), wages),
        "CA deduction": draw(st.sampled_from(("larger", "standard", "itemized"))),
        "CA income adjustments": draw(signed[0]) - draw(signed[1]),
        "CA itemized deduction adjustments": draw(signed[0]) - draw(signed[1]),
        "CA miscellaneous deductions": draw(dollars(60_000)),
        "CA property tax refund": draw(dollars(10_000)),
        "CA short-term loss carryover": draw(dollars(100_000)),
        "CA long-term loss carryover": draw(dollars(100_000)),
        "CA AMT short-term capital gain": draw(signed[0]) - draw(signed[1]),
        "CA AMT long-term capital gain": draw(dollars(500_000)) - draw(dollars(500_000)),
        "CA AMT long-term loss carryover": draw(dollars(500_000)),
        "CA other AMT exclusion items": draw(signed[0]) - draw(signed[1]),
        "CA other AMT deferral items": draw(signed[0]) - draw(signed[1]),
        "CA other credits": draw(dollars(30_000)),
        "CA minimum tax credit": draw(dollars(60_000)) - draw(dollars(5_000)),
    }
    optional = {label for label in facts if label not in labels}
    stated = {label: amount for label, amount in facts.items() if label not in optional or draw(st.booleans())}
    later = year + draw(st.integers(0, 1)) if year == 2026 else year
    return wages, status, later, tuple(stated), tuple(stated.values())
