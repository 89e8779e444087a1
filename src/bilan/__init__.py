"""Bilan keeps the count of civilian harm."""

__version__ = "0.1.0"
