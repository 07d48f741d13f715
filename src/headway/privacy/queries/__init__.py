"""All reads of privacy, a file a noun."""
