"""A report's text, and what makes two reports one origin."""
