"""The ways in and out as the desk shows them: mailboxes, quarantine, suppressed addresses, the path of a mail."""
