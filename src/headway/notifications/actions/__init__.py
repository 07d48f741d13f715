"""All writes on notifications: who follows, who is told, what was read, how somebody wants to hear it."""
