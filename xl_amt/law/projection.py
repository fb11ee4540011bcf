"""Law of years that are not enacted yet: each number by its own statutory rule, under one inflation assumption.

Enacted amounts are grown from the last enacted year without rounding in between, then rounded as the statute rounds.
What no rule names holds until its block ends: it is not indexed, or the statute itself dates its end.
"""

from __future__ import annotations

from collections.abc import Callable
from math import floor
from typing import Any, Final, NamedTuple

_Amounts = dict[str, float]


def _down(amount: float, multiple: float) -> float:
    return floor(amount / multiple + 1e-9) * multiple


def _nearest(amount: float, multiple: float) -> float:
    return floor(amount / multiple + 0.5) * multiple


class Rule(NamedTuple):
    """How a number grows: rounding and its multiple, and statuses whose amount is a share of another's."""

    rounding: Callable[[float, float], float]
    multiple: float
    shares: dict[str, tuple[float, str]] = {}  # noqa: RUF012 - a constant, never changed
    smaller_multiple: frozenset[str] = frozenset()  # statuses that round to half the multiple


_HALF_OF_JOINT: Final = {"mfs": (0.5, "mfj"), "qss": (1.0, "mfj")}

RULES: Final[dict[tuple[str, str], Rule]] = {
    # IRC 1(f)(7), 1(j)(3): down to $50, $25 for single and separate filers
    ("ordinary_brackets", "tops"): Rule(_down, 50.0, smaller_multiple=frozenset({"single", "mfs"})),
    # IRC 63(c)(2), (4), (7): down to $50; joint twice the single amount
    ("standard_deduction", "amount"): Rule(
        _down, 50.0, {"mfj": (2.0, "single"), "mfs": (1.0, "single"), "qss": (2.0, "single")}
    ),
    ("standard_deduction", "additional"): Rule(_down, 50.0),  # IRC 63(c)(4), (f)
    # IRC 1(j)(5)(B), (C): down to $50; single and separate half of joint for the 0 % rate
    ("capital_gain_brackets", "zero_rate_top"): Rule(
        _down, 50.0, {"single": (0.5, "mfj"), "mfs": (0.5, "mfj"), "qss": (1.0, "mfj")}
    ),
    ("capital_gain_brackets", "middle_rate_top"): Rule(_down, 50.0, {"qss": (1.0, "mfj")}),
    # IRC 55(d)(1)(C), (4)(B): to the nearest $100; separate half of joint
    ("amt", "exemption"): Rule(_nearest, 100.0, _HALF_OF_JOINT),
    # IRC 55(d)(2), (4)(A)(ii), (B): the $1,000,000 from 2027, to the nearest $100; all others half of it
    ("amt", "phase_out_start"): Rule(
        _nearest, 100.0, {"qss": (1.0, "mfj"), "single": (0.5, "mfj"), "mfs": (0.5, "mfj"), "hoh": (0.5, "mfj")}
    ),
    # IRC 55(b)(1)(C), (d)(3): to the nearest $100; separate half
    ("amt", "high_rate_start"): Rule(_nearest, 100.0, {"mfs": (0.5, "mfj")}),
    ("child_tax_credit", "each_child"): Rule(_down, 100.0),  # IRC 24(h)(2), (i)
}
# IRC 164(b)(7)(A)(iii), (B)(ii): 101 % of the year before, whatever prices do, until 2029
_ONE_PER_CENT_A_YEAR: Final = {("state_and_local_taxes", "limit"), ("state_and_local_taxes", "phase_down_start")}


def project(group: str, block: dict[str, Any], years: int, inflation: float) -> dict[str, Any]:
    """A block of the last enacted year, that many years later; its ``source`` still names the enacted one."""
    if group == "ordinary_brackets":
        rule = RULES["ordinary_brackets", "tops"]
        growth = (1.0 + inflation) ** years
        return {
            status: [_rounded(top * growth, rule, status) for top in tops] if isinstance(tops, list) else tops
            for status, tops in block.items()
        }
    return {key: _projected(group, key, value, years, inflation) for key, value in block.items()}


def is_projected(group: str, key: str) -> bool:
    """Whether a number of a later year rests on inflation that is assumed; what a statute dates does not."""
    return (group, key) in RULES or group == "ordinary_brackets"


def _projected(group: str, key: str, value: Any, years: int, inflation: float) -> Any:
    if (group, key) in _ONE_PER_CENT_A_YEAR:
        growth = 1.01**years
        return {status: amount * growth for status, amount in value.items()} if isinstance(value, dict) else value
    rule = RULES.get((group, key))
    if rule is None:
        return value
    growth = (1.0 + inflation) ** years
    if not isinstance(value, dict):
        return rule.rounding(value * growth, rule.multiple)
    own: _Amounts = {status: _rounded(amount * growth, rule, status) for status, amount in value.items()}
    return own | {status: share * own[other] for status, (share, other) in rule.shares.items()}


def _rounded(amount: float, rule: Rule, status: str) -> float:
    return rule.rounding(amount, rule.multiple / 2.0 if status in rule.smaller_multiple else rule.multiple)
