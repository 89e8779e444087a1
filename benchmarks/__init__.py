"""Measures of the product: how right it reads, how fast. One command each, floors pinned."""
