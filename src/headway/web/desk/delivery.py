"""How far our answers have come, in words."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from headway.intake import queries as intake
from headway.intake.queries import Sending
from headway.web.desk.timeline import Delivery


def deliveries(message_ids: Collection[int]) -> dict[int, Delivery]:
    """The state of our messages, by id; those that leave by no mail are left out."""
    return {message_id: _whole(parts) for message_id, parts in intake.sendings(message_ids).items()}


def state_words(state: str) -> str:
    """What a state of a mail is called."""
    return {
        "queued": _("Waiting to leave"),
        "sending": _("On its way"),
        "sent": _("Sent"),
        "uncertain": _("May have been sent"),
        "failed": _("Not sent"),
        "cancelled": _("Taken back"),
    }.get(state, state)


def pending() -> list[tuple[str, int]]:
    """What would leave a held workspace once it is released: words and a count."""
    return [(state_words(state), count) for state, count in intake.unsent().items()]


def _whole(parts: list[Sending]) -> Delivery:
    """A message is as far as the worst of its mails. A sent one needs no words."""
    failed = [part for part in parts if part.state == "failed"]
    if failed:
        why = "; ".join(f"{part.address}: {part.result}" if part.result else part.address for part in failed)
        return Delivery(_("Not sent"), _("It did not reach %(why)s") % {"why": why})
    for state in ("cancelled", "uncertain", "queued", "sending"):
        if any(part.state == state for part in parts):
            return Delivery(state_words(state))
    return Delivery("")
