"""How fast reports enter a record, beside how fast they are read alone."""
