"""The mailboxes of the workspace: connected, changed, paused, archived, and how each of them fares."""
