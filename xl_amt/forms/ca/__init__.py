"""California's forms: one module a paper form or worksheet, lines in paper order; nothing is rounded."""
