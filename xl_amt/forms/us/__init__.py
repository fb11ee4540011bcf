"""One module a paper form or worksheet, lines in paper order; nothing is rounded."""

from typing import Final

from xl_amt import household
from xl_amt.forms.us import schedule_1_a, schedule_8812

REFUSALS: Final = household.REFUSALS + schedule_1_a.REFUSALS + schedule_8812.REFUSALS
