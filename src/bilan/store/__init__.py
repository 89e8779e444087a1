"""The record: a ledger that only grows, objects named by content, tables derived from both."""
