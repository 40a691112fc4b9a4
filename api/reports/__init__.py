"""What was found, written for a reader: one module for each format."""
