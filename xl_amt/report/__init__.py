"""A letter and a report as a PDF: words and figures that are handed in, laid out by typst; nothing here is figured."""
