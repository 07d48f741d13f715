"""What administrators do in the name of privacy."""
