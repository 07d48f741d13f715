"""Service levels: hours and targets, a file a noun."""
