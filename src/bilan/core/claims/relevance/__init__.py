"""Whether a report concerns harm to people in an armed conflict, from cheap look to full."""
