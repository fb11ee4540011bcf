"""December's decision on this year's ISO shares: hold them, sell by the 31st, or sell later in a disqualifying sale."""
