"""Sender rules learn: from what people mark as spam, and from what they take back."""

from django.db import transaction

from headway.events.actor import Actor
from headway.intake.email.readers import address_of
from headway.intake.email.senders import ours
from headway.intake.models import SenderRule
from headway.intake.spam import queries, rules
from headway.intake.spam.actions import drop, make, take_turns
from headway.people.rules.identities import host_of
from headway.tickets.models import Ticket

_SUSPECT, _ALLOW = SenderRule.Verdicts.SUSPECT, SenderRule.Verdicts.ALLOW


def sender_of(ticket: Ticket) -> str:
    """The address that is learned from a ticket; empty for ours, and where its sender is nobody or cannot be believed.

    A mail whose sender failed the check has no customer: whoever was forged there is not the one to suspect.
    """
    address = address_of(ticket)
    return "" if not address or ours().holds(address) else address


@transaction.atomic
def learn(ticket: Ticket, *, actor: Actor) -> None:
    """After a person marked a ticket: its sender is suspected, and with several of a domain all of that."""
    address = sender_of(ticket)
    # it may have been taken back since
    if not address or not Ticket.objects.filter(pk=ticket.pk, suspected_at__isnull=False).exists():
        return
    make(address, _SUSPECT, SenderRule.Origins.MARKED, actor=actor, ticket_id=ticket.pk)
    host = host_of(address)
    if queries.in_force(host) is None and rules.learns(queries.domain(host)):
        make(host, _SUSPECT, SenderRule.Origins.SEVERAL, actor=actor, ticket_id=ticket.pk)


@transaction.atomic
def unlearn(ticket: Ticket, *, actor: Actor) -> None:
    """After a person took a ticket back: nothing suspects its sender any more."""
    address = sender_of(ticket)
    if not address or not Ticket.objects.filter(pk=ticket.pk, suspected_at__isnull=True).exists():
        return
    take_turns()
    own, whole = queries.in_force(address), queries.in_force(host_of(address))
    if own is not None and own.verdict == _SUSPECT:
        drop(own, "restored", actor=actor)
    if whole is None or whole.verdict != _SUSPECT:
        return
    learned = whole.origin == SenderRule.Origins.SEVERAL
    if learned and queries.domain(whole.pattern).marked < rules.ENOUGH:
        drop(whole, "fewer", actor=actor)
    else:
        make(address, _ALLOW, SenderRule.Origins.RESTORED, actor=actor, ticket_id=ticket.pk)
