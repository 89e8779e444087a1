"""Counts of people as a text words them: numbers with their nouns, ages, lists of the dead."""
