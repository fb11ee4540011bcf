"""One client's work from end to end, for the command line and for a spreadsheet's ribbon alike."""
