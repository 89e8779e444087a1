"""From names to points with uncertainty: relative places, homonyms, reasons."""
