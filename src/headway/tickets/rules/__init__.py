"""Decisions about tickets, free of any database."""
