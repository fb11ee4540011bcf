"""Leaving: which options to exercise as ISOs in the law's three months, which later as NSOs, and which to let lapse."""
