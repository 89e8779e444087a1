"""Numbers: digits of every script, number words, ranges, and what kind of thing each counts."""
