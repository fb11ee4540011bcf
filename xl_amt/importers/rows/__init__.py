"""Rows of a table -> what they state: one reader a kind."""
