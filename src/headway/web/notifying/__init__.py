"""Mails of what concerns people."""
