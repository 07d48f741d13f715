"""Letting somebody in again who has lost their phone and their recovery codes."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from headway.events.actor import Actor
from headway.people.actions import access
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission


def has_second_factor(person: Agent) -> bool:
    """Whether the person signs in with more than the password."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type=Authenticator.Type.TOTP).exists())


@transaction.atomic
def remove_second_factor(person: Agent, *, actor: Actor) -> bool:
    """Takes the person's second factor and recovery codes away; False when there was none."""
    require(actor, Permission.PEOPLE)
    gone, _rows = Authenticator.objects.filter(user_id=person.pk).delete()
    if gone:
        access.second_factor_removed(person, actor=actor)
    return bool(gone)
