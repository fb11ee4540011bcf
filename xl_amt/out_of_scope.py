"""Names of income, credits and awards that are not figured here, and what to do about each.

Such a name is never taken for, and never said to be near, a label that would tax it wrongly.
"""

from __future__ import annotations

import re
from typing import Final

from xl_amt.law.names import name_key

_NOT_HERE: Final = "use tax return software for this client."
_SELF_EMPLOYMENT: Final = (
    "selfemploy|^schedule(c|se|f)(ez)?($|net|income|profit|business|farm)|1099nec|soleproprietor|freelanc|farmincome"
    "|guaranteedpayment|generalpartner|independentcontract|consultingincome"
)
_ESPP: Final = "espp|employeestockpurchase|423plan"

# What the key of a name says, and what its sentence then says; the first that fits holds.
_SENTENCES: Final = {
    _SELF_EMPLOYMENT: f"self-employment tax is not figured here, so the tax would be too low; {_NOT_HERE}",
    "1250|unrecaptured": f"gain taxed at up to 25% is not figured here, only at the usual gains rates; {_NOT_HERE}",
    "collectible|28(rate|percent)?gain": (
        f"gain taxed at up to 28% is not figured here, only at the usual gains rates; {_NOT_HERE}"
    ),
    "foreign(earned|housing)|feie|form2555": (
        f"income excluded on Form 2555 still raises the rates on the rest, which is not figured here; {_NOT_HERE}"
    ),
    "premiumtaxcredit|form8962": (
        "Form 8962, which reconciles it, is not figured here; leave it out, and account for it separately from the "
        "total tax."
    ),
    "additionalchild|earnedincome(tax)?credit|^ei(t)?c$|(?<!non)refundable": (
        "refundable credits are not figured here and do not change AMT; leave them out, and subtract them from the "
        "total tax yourself."
    ),
    "nonresident|1040nr|dualstatus": f"a nonresident's return (Form 1040-NR) is not figured here; {_NOT_HERE}",
    _ESPP: (
        "ESPP shares have no ISO spread; enter the wages from their sale as income and the gain as a capital gain."
    ),
    "^(schedule)?k1|partnershipincome|scorp(oration)?income|(trust|estate)income": (
        "the tax depends on its kind; use 'Rental and passive income', or 'Business income' where the client is "
        "active in the trade and owes no self-employment tax."
    ),
    "^(net)?capital(gains?|loss(es)?)((and|or)?loss(es)?)?$": (
        "the tax depends on the term; use 'Short-term capital gain' or 'Long-term capital gain', a loss as negative."
    ),
}


def why_out_of_scope(name: str) -> str | None:
    """What to do instead of giving a fact of that name; None for any other name.

    >>> why_out_of_scope("ESPP discount")
    'ESPP shares have no ISO spread; enter the wages from their sale as income and the gain as a capital gain.'
    >>> why_out_of_scope("Interest")
    """
    key = name_key(name)
    return next((sentence for pattern, sentence in _SENTENCES.items() if re.search(pattern, key)), None)


def is_espp(award: str) -> bool:
    """Whether a kind of award is an employee stock purchase plan, whose shares are no ISO shares (IRC 423).

    >>> is_espp("Employee Stock Purchase Plan"), is_espp("ISO")
    (True, False)
    """
    return re.search(_ESPP, name_key(award)) is not None
