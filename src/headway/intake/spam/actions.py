"""Sender rules by hand: added, removed, put back. Who changes rules waits for who does so."""

from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.senders import SenderRuleMade, SenderRulePutBack, SenderRuleRemoved
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.intake.email.senders import ours
from headway.intake.models import SenderRule
from headway.intake.spam import queries, rules
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.identities import host_of

_TURNS: Final = "SELECT pg_advisory_xact_lock(hashtext('headway.intake.spam'))"


@transaction.atomic
def add(sender: str, verdict: str, *, actor: Actor) -> SenderRule:
    """What to think of an address or a domain from now on; another rule about it is replaced.

    Raises Invalid for what is neither, for our own, and for domains at which anybody gets an address.
    """
    require(actor, Permission.SETTINGS)
    pattern = rules.pattern(sender)
    if pattern is None:
        raise Invalid(_("Write an address, as dana@example.com, or a domain, as example.com."), field="sender")
    if "@" not in pattern and rules.is_shared(pattern):
        raise Invalid(
            _("Anybody can get an address at %(domain)s. Add the single addresses.") % {"domain": pattern},
            field="sender",
        )
    if ours().holds(pattern) or pattern in queries.own_domains():
        raise Invalid(_("%(sender)s is your own.") % {"sender": pattern}, field="sender")
    return make(pattern, verdict, SenderRule.Origins.ADDED, actor=actor)


@transaction.atomic
def remove(rule: SenderRule, *, actor: Actor) -> None:
    """The rule holds no more. Raises Conflict when it does not already."""
    require(actor, Permission.SETTINGS)
    take_turns()
    if not drop(rule, "removed", actor=actor):
        raise Conflict(_("This rule was removed already."))


@transaction.atomic
def put_back(rule: SenderRule, *, actor: Actor) -> None:
    """A removed rule holds again. Raises Conflict when it does already, or another about the same sender does."""
    require(actor, Permission.SETTINGS)
    take_turns()
    if queries.in_force(rule.pattern) is not None:
        raise Conflict(_("There is a rule about %(sender)s already.") % {"sender": rule.pattern})
    SenderRule.objects.filter(pk=rule.pk).update(removed_at=None, removed_by_hand=False)
    journal.record(SenderRulePutBack(subject_id=rule.pk), actor=actor)


def make(
    pattern: str, verdict: str, origin: SenderRule.Origins, *, actor: Actor, ticket_id: int | None = None
) -> SenderRule:
    """Puts a rule in force, in the caller's transaction; one that says the same stays, another is replaced."""
    take_turns()
    standing = queries.in_force(pattern)
    if standing is not None and standing.verdict == verdict:
        return standing
    if standing is not None:
        drop(standing, "replaced", actor=actor)
    rule = SenderRule.objects.create(
        pattern=pattern,
        domain=host_of(pattern),
        verdict=verdict,
        origin=origin,
        since=now(),
        agent_id=actor.id if actor.kind == "agent" else None,
        ticket_id=ticket_id,
    )
    about = "domain" if rule.is_domain else "address"
    event = SenderRuleMade(subject_id=rule.pk, verdict=verdict, origin=origin, about=about, from_ticket=ticket_id)
    journal.record(event, actor=actor)
    return rule


def drop(rule: SenderRule, reason: str, *, actor: Actor) -> bool:
    """Takes a rule out of force, in the caller's transaction; whether it was in force."""
    changes = {"removed_at": now(), "removed_by_hand": reason == "removed"}
    if not SenderRule.objects.filter(pk=rule.pk, removed_at__isnull=True).update(**changes):
        return False
    journal.record(SenderRuleRemoved(subject_id=rule.pk, reason=reason), actor=actor)
    return True


def take_turns() -> None:
    """Who changes rules does so alone, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_TURNS)
