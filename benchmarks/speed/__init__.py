"""How fast the product is, beside what one would use instead."""
