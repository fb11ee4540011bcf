"""The multi-year plan: the schedule that costs least, proved, alongside every strategy an advisor would name."""
