"""All writes of privacy, a file a noun."""
