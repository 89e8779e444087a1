"""What is handed to a court: the record as plain files, signed, with the means to check them."""
