"""Why a ticket is suspected spam, in words; and what a sender rule was learned from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from headway.events import queries as events
from headway.events.event import Recorded
from headway.events.vocabulary.tickets import TicketSuspected
from headway.intake import queries as intake
from headway.intake.models import SenderRule
from headway.intake.spam import queries as spam
from headway.people.queries import names
from headway.tickets.models import Ticket

RULES = "/desk/settings/senders"


@dataclass(frozen=True, slots=True)
class Because:
    """Why: `by` is agent, automation, channel or sender_rule; `rule` where one did it and is still known."""

    at: datetime
    by: str
    words: str
    agent_id: int | None = None
    rule_id: int | None = None
    rule: SenderRule | None = None

    @property
    def href(self) -> str:
        """Where the rule stands; empty without one that is in force."""
        in_force = self.rule is not None and self.rule.removed_at is None
        show = "&show=allow" if in_force and self.rule and self.rule.verdict == "allow" else ""
        return f"{RULES}?q={quote(self.rule.pattern)}{show}" if in_force and self.rule else ""


def because(ticket: Ticket, recorded: Sequence[Recorded[Any]] | None = None) -> Because | None:
    """Why a ticket that the caller was let through to is suspected spam; None for one that is not.

    `recorded` spares the query for its journal.
    """
    if ticket.suspected_at is None:
        return None
    if recorded is None:
        recorded = [events.recorded(entry) for entry in events.of_ticket(ticket.pk)]
    found = [one for one in recorded if isinstance(one.event, TicketSuspected)]
    if not found:
        return Because(ticket.suspected_at, "system", _("It came so from another system."))
    last = found[-1]
    agent_id = last.actor.id if last.actor.kind == "agent" else None
    if last.event.by == "sender_rule":
        rule = spam.named(last.event.rule_id)
        return Because(last.at, last.event.by, _rule_words(rule), agent_id, last.event.rule_id, rule)
    if last.event.by == "channel":
        return Because(last.at, last.event.by, _channel_words(ticket))
    if agent_id is None:
        return Because(last.at, last.event.by, _("An automation marked it."))
    who = names.of_agents({agent_id}).get(agent_id) or _("Somebody")
    return Because(last.at, last.event.by, _("%(who)s marked it.") % {"who": who}, agent_id)


def origin_words(origin: str, who: str | None, ticket_id: int | None, domain: str) -> str:
    """What a rule was learned from, or who added it."""
    given = {"who": who or _("Somebody"), "ticket": f"#{ticket_id}", "domain": domain}
    match origin:
        case "marked" if ticket_id:
            return _("%(who)s marked %(ticket)s as spam") % given
        case "marked":
            return _("%(who)s marked a ticket as spam") % given
        case "restored" if ticket_id:
            return _("%(who)s took %(ticket)s back from spam") % given
        case "restored":
            return _("%(who)s took a ticket back from spam") % given
        case "several":
            return _("Several addresses of %(domain)s were marked as spam") % given
    return _("%(who)s added it") % given


def _rule_words(rule: SenderRule | None) -> str:
    if rule is None:
        return _("A rule about its sender said so; that rule is gone since.")
    given = {
        "sender": rule.pattern,
        "why": origin_words(rule.origin, rule.agent.name if rule.agent else None, rule.ticket_id, rule.domain),
    }
    if rule.is_domain:
        return _("Mail from all of %(sender)s is suspected: %(why)s.") % given
    return _("Mail from %(sender)s is suspected: %(why)s.") % given


def _channel_words(ticket: Ticket) -> str:
    if intake.beginning_of(ticket).get("sender") == "fail":
        return _("Its sender failed the check (DMARC): somebody else may have written it.")
    return _("It says that it comes from one of your own addresses.")
