"""Workers behind the protocols of the core."""
