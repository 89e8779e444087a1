"""Whether a change that is to alter no reading alters none."""
