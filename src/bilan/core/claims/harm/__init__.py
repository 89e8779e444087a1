"""What happened to the people counted, and which total each number belongs to."""
