"""Mailboxes: connected, changed, paused, tested. Their secrets go in and never come out."""
