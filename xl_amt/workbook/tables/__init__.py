"""The record's tables in a workbook: each is declared once, and its declaration writes the sheet and reads it."""
