"""What other recorders assert in their registers: accounts of theirs, kept apart from our own."""
