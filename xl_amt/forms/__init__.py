"""One module a paper form or worksheet, lines in paper order; nothing is rounded."""

from typing import Final

from xl_amt import household
from xl_amt.forms import schedule_a

REFUSALS: Final = household.REFUSALS + schedule_a.REFUSALS
