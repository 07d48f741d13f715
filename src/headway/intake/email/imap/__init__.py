"""Mail fetched from IMAP servers: every mail once, none lost, none marked as read."""
