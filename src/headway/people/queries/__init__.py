"""Every read of people, a file a noun."""
