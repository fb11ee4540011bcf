"""Cells, fields of files and words of the command line, read by one set of rules."""
