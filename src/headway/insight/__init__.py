"""What a history says: the event lake, the metrics with their one definition each, and the audit's findings."""
