"""Processes killed at any moment of their work, and what the record says afterwards."""
