"""Notifications in words, for the desk, the desktop and mails alike."""

from django.utils.translation import gettext as _

from headway.notifications.queries import Told


def sentence(one: Told) -> str:
    """What happened, in a sentence."""
    name = one.by or _("Somebody")
    match one.kind, one.event:
        case "assignment", _other:
            return _("%(name)s gave you a ticket") % {"name": name} if one.by else _("You were given a ticket")
        case "mention", _other:
            return _("%(name)s mentioned you") % {"name": name}
        case "due", _other:
            return _("A response is due soon")
        case _kind, "note.written":
            return _("%(name)s wrote a note") % {"name": name}
        case _kind, "side.answered":
            return _("An answer came in a side conversation")
        case _kind, "reply.held_back":
            return _("Your reply for later was held back")
        case _kind, "message.written":
            return _("%(name)s answered the customer") % {"name": name}
    return _("%(name)s wrote") % {"name": name}


def kind_words(kind: str) -> str:
    """A kind of notification, as a choice."""
    return {
        "assignment": _("A ticket is given to you"),
        "mention": _("Somebody mentions you or your team"),
        "reply": _("Somebody writes on a ticket that is yours or that you follow"),
        "due": _("A response on a ticket of yours is due in 15 minutes"),
    }[kind]


def way_words(way: str) -> str:
    """A way to hear of something."""
    return {"desk": _("In the desk"), "desktop": _("On the desktop"), "mail": _("By mail")}[way]


def reason_words(reason: str) -> str:
    """What makes somebody follow a ticket."""
    return {
        "assigned": _("It is given to me"),
        "mentioned": _("Somebody mentions me or my team"),
        "replied": _("I answer the customer"),
        "noted": _("I write a note"),
    }[reason]
