"""What the fixed categories mean."""

from django.utils.translation import gettext as _


def meaning(category: str) -> str:
    """What a category does, whatever its statuses are called."""
    return {
        "new": _("Nobody has looked at it yet."),
        "open": _("It is our turn: the service level's clock runs."),
        "waiting": _("It is the customer's turn: the clock rests, reminders fall due."),
        "hold": _("It is the turn of somebody else: a supplier, engineering."),
        "solved": _("Done as far as we know; an answer reopens it."),
        "closed": _("Done for good; an answer starts a linked ticket."),
    }.get(category, "")
