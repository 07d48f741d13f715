"""Backups: the database and every file it names, at one point in time, in one encrypted file."""
