"""How far our answers have come, in words."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from headway.intake import queries as intake
from headway.intake.email.reports import codes
from headway.intake.queries import Sending
from headway.web.desk.timeline import Delivery

_REASON = 200  # characters of what a server said, beside a message
_MOST_NAMED = 3  # addresses a failed message names


def deliveries(sendings: Mapping[int, list[Sending]]) -> dict[int, Delivery]:
    """The state of our messages, by id; those that leave by no mail are left out."""
    return {message_id: whole(parts) for message_id, parts in sendings.items()}


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


def failure_words(result: str) -> str:
    """What a server's refusal means and what to do, for people; empty where its own words have to do."""
    if not codes.reply(result) and not codes.enhanced(result):
        return ""
    return {
        "unknown-user": _("nobody there has this address. Ask for another one."),
        "unknown-host": _("no server takes mail for this address. Look for a slip of the pen behind the @."),
        "mailbox-full": _("their mailbox is full. Try again later, or reach them another way."),
        "too-large": _("it is too large for their server. Send it again with smaller files, or with links."),
        "blocked": _("their server takes nothing from ours. Tell an administrator; trying again alone will not help."),
        "policy": _("their server refused it by its own rules. Tell an administrator if it happens to others too."),
        "expired": _("their server did not take it for too long. Try again."),
        "busy": _("their server was busy. Try again."),
    }.get(codes.reason(codes.enhanced(result), result), "")


def _failure(part: Sending) -> str:
    told = {"address": part.address, "result": part.result[:_REASON], "why": failure_words(part.result)}
    if not part.result:
        return _("It did not reach %(address)s.") % told
    if not told["why"]:
        return _("It did not reach %(address)s: %(result)s") % told
    return _("It did not reach %(address)s: %(why)s (%(result)s)") % told


def whole(parts: list[Sending]) -> Delivery:
    """A message is as far as the worst of its mails. A sent one needs no words."""
    failed = [part for part in parts if part.state == "failed"]
    if failed:
        said = " ".join(_failure(part) for part in failed[:_MOST_NAMED])
        more = len(failed) - _MOST_NAMED
        if more > 0:
            said += " " + ngettext("%(num)d more address too.", "%(num)d more addresses too.", more) % {"num": more}
        return Delivery(_("Not sent"), said + " " + _("What you wrote is kept here."))
    tried = next((part for part in parts if part.state in ("queued", "uncertain") and part.attempts), None)
    if tried is not None and tried.result:
        told = {"state": state_words(tried.state), "n": tried.attempts, "result": tried.result[:_REASON]}
        return Delivery(_("%(state)s, tried %(n)d times: %(result)s") % told)
    for state in ("cancelled", "uncertain", "queued", "sending"):
        if any(part.state == state for part in parts):
            return Delivery(state_words(state))
    return Delivery("")
