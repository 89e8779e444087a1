"""Dates: the words for days in three calendars, resolved against the day of publication."""
