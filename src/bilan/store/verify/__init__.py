"""Checks that name what is wrong with a record; nothing is raised, nothing is changed."""
