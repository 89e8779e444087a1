"""The armed parties that a text names, and the part that it gives to each."""
