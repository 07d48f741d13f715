"""Tickets: find, read, begin, answer, change; a file a noun."""
