"""Every change to people, a file a noun."""
