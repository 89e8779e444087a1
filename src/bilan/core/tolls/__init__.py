"""From what is told of an incident to ranges under a named scheme, each with its trace."""
