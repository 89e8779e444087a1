"""What one person, or a script, asks for on the command line."""
