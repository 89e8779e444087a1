"""Many people in one record at once: writers and readers, on each database."""
