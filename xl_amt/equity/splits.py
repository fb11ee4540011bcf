"""Stock splits of options: whole options after the split, and a strike that is divided as they are multiplied.

An adjustment for a split is no modification of an ISO as long as it adds no value (IRC 424(a), (h)(3)(A); Treas. Reg.
1.424-1(a)(5)). So the whole options are rounded down, tranche after tranche, never up, and the strike is divided
exactly: what is paid for all of them does not fall. Shares that are held are not rounded (`Lot.after_split`).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from xl_amt.equity.tranches import Tranche


def split_options(tranches: Sequence[Tranche], ratio: Fraction) -> None:
    """Turn the options of a grant into those after a split of so many new shares for one, in place.

    ISO and NSO parts, exercised or not, are rounded down each for itself, cumulatively over the tranches in the order
    in which they vest: a fraction of one tranche goes on to the next one, and no canceled option helps one that is not.

    >>> from datetime import date
    >>> from xl_amt.equity.grants import Grant
    >>> from xl_amt.equity.tranches import tranches_of
    >>> grant = Grant("ES-1", "NSO", date(2024, 1, 15), 3.0, 10, "1/4 yearly")  # vesting 2, 3, 2 and 3
    >>> tranches = tranches_of(grant)
    >>> split_options(tranches, Fraction(3, 2))
    >>> [tranche.shares for tranche in tranches], tranches[0].strike
    ([3, 4, 3, 5], 2.0)
    """
    for canceled in (True, False):
        before, after = [0] * 4, [0] * 4
        for tranche in tranches:
            if bool(tranche.canceled) is canceled:
                parts = []
                for number, part in enumerate(_parts(tranche)):
                    before[number] += part
                    parts.append(int(before[number] * ratio) - after[number])
                    after[number] += parts[-1]
                _set_parts(tranche, parts, ratio)


def _parts(tranche: Tranche) -> tuple[int, int, int, int]:
    return tranche.iso_exercised, tranche.nso_exercised, tranche.left("ISO"), tranche.left("NSO")


def _set_parts(tranche: Tranche, parts: Sequence[int], ratio: Fraction) -> None:
    iso_exercised, nso_exercised, iso_left, nso_left = parts
    agrees = tranche.iso_shares_by_rule == tranche.iso_shares
    iso_shares = iso_exercised + iso_left
    tranche.shares = iso_shares + nso_exercised + nso_left
    tranche.iso_exercised, tranche.nso_exercised = iso_exercised, nso_exercised
    tranche.iso_shares_by_rule = iso_shares if agrees else int(tranche.iso_shares_by_rule * ratio)
    if tranche.platform_iso_shares is not None:
        tranche.platform_iso_shares = iso_shares
    tranche.split_by *= ratio
