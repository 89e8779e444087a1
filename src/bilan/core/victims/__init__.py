"""People named on lists of the dead: matched across spellings, scripts and lists, never summed."""
