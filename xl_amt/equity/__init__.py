"""Equity: grants, vesting, exercises and sales, and the rules that turn them into tax facts.

`portfolio` says what is held and planned, `history` follows it day by day into lots and sales, `years` puts them on
each year's household.
"""
