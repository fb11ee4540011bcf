"""The worksheet functions; importing this package registers them all, in the order in which lists show them."""

# ruff: noqa: F401, I001 - listed by use
from xl_amt.worksheet.functions import room, amt, regular_tax, credit, planning, break_even, december, forms
from xl_amt.worksheet.functions import options, sales, losses, equity_dates, state_share, estimated_tax, law, why
