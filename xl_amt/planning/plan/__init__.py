"""The multi-year plan: the schedule that costs least, proved, beside every strategy an advisor would name."""
