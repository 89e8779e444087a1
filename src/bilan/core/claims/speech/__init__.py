"""Who speaks, who answers, what was shown: the voices and evidence of a report."""
