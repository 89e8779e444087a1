"""Whole archives through `bilan scan` and Spark: the same rows, and how the cost grows."""
