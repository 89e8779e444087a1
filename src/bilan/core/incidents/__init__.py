"""From accounts to incidents: what belongs together, with reasons, obeying people."""
