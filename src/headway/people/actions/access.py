"""What is written down about people's ways in."""

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.access import (
    RecoveryCodesRenewed,
    SecondFactorAdded,
    SecondFactorRemoved,
    SignInLocked,
)
from headway.events.vocabulary.agents import SignedIn
from headway.people.models import Agent


@transaction.atomic
def signed_in(agent: Agent, *, actor: Actor) -> None:
    """The person came in, second factor and all."""
    journal.record(SignedIn(subject_id=agent.pk), actor=actor)


@transaction.atomic
def locked(email: str, *, actor: Actor) -> None:
    """Too many wrong passwords were tried for an address, whoever it belongs to."""
    agent = Agent.objects.filter(email__iexact=email.strip()).first()
    journal.record(SignInLocked(subject_id=agent.pk if agent else 0), actor=actor)


@transaction.atomic
def second_factor_added(agent: Agent, *, actor: Actor) -> None:
    """The person signs in with an authenticator app from now on."""
    journal.record(SecondFactorAdded(subject_id=agent.pk), actor=actor)


@transaction.atomic
def second_factor_removed(agent: Agent, *, actor: Actor) -> None:
    """The person signs in with the password alone again."""
    journal.record(SecondFactorRemoved(subject_id=agent.pk), actor=actor)


@transaction.atomic
def recovery_codes_renewed(agent: Agent, *, actor: Actor) -> None:
    """The person has new recovery codes."""
    journal.record(RecoveryCodesRenewed(subject_id=agent.pk), actor=actor)
