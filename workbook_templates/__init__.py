"""The built workbook templates and example exports, and the code that builds the examples."""
