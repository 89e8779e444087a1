"""How right the reader is: our own set, and whatever evaluation sets lie beside the checkout."""
