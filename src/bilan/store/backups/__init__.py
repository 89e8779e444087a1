"""A backup: a folder that holds moments of one record, each of them whole.

The ledger lies there in parts that only grow, the objects once each, and a manifest for each
moment, written last. What follows from the ledger is not kept: restoring makes it again. So one
backup serves both databases. Byte by byte in `docs/reference/record-format.md`.
"""
