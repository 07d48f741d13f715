"""How far our answers have come, in words."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from headway.intake import queries as intake
from headway.intake.queries import Sending
from headway.web.desk.timeline import Delivery

_REASON = 200  # characters of what a server said, beside a message


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
    tried = next((part for part in parts if part.state in ("queued", "uncertain") and part.attempts), None)
    if tried is not None and tried.result:
        told = {"state": state_words(tried.state), "n": tried.attempts, "result": tried.result[:_REASON]}
        return Delivery(_("%(state)s, tried %(n)d times: %(result)s") % told)
    for state in ("cancelled", "uncertain", "queued", "sending"):
        if any(part.state == state for part in parts):
            return Delivery(state_words(state))
    return Delivery("")
