"""The worksheet functions; importing this package registers them all, in the order in which lists show them."""

from xl_amt.worksheet.functions import room, amt, regular_tax, credit, planning, forms, options, law, why  # noqa: F401, I001 - listed by use
