"""Which names of statuses are our own: those are said in the reader's language, what somebody chose stays."""

# As a fresh workspace has them, by category.
FIRST = {
    "new": "New",
    "open": "Open",
    "waiting": "Waiting on customer",
    "hold": "On hold",
    "solved": "Solved",
    "closed": "Closed",
}


def is_ours(name: str, category: str) -> bool:
    """Whether a status is still called what it was called when the workspace was made."""
    return FIRST.get(category) == name
