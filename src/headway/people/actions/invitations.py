"""Asking somebody to join. The link's secret is shown to nobody; only its hash is kept."""

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.invitations import AgentInvited, InvitationAccepted, InvitationRevoked, InvitationSent
from headway.events.vocabulary.teams import MembersChanged
from headway.foundation import keys
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid, NotFound
from headway.people.actions import agents, checks
from headway.people.models import Agent, Invitation, Membership, Team
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.secrets import hashed
from headway.settings.queries import current

_PURPOSE = "invitation"


@transaction.atomic
def invite(email: str, role: str, teams: Sequence[Team] = (), *, actor: Actor) -> Invitation:
    """Asks somebody to join; the mail follows by itself. An earlier invitation to the address is taken back.

    Raises Conflict when the address belongs to somebody on the team, present or past.
    """
    require(actor, Permission.PEOPLE)
    address = checks.identity("email", email)
    known = Agent.objects.filter(email__iexact=address).first()
    if known is not None and known.archived_at is not None:
        raise Conflict(_("%(name)s was on the team before. Bring them back instead.") % {"name": known.name})
    if known is not None:
        raise Conflict(_("%(name)s is on the team already.") % {"name": known.name})
    if any(team.archived_at is not None for team in teams):
        raise Invalid(_("One of these teams does not exist any more."), field="teams")
    for earlier in _open().filter(email=address).select_for_update():
        _close(earlier, actor)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=address,
        role=agents.known_role(role),
        invited_by_id=actor.id if actor.kind == "agent" else None,
        token_hash=hashed(secret),
        sealed_token=keys.seal(_PURPOSE, secret.encode()),
        created_at=now(),
        expires_at=now() + timedelta(days=current().invitation_days),
    )
    invitation.teams.set(teams)
    journal.record(AgentInvited(subject_id=invitation.pk, role=invitation.role), actor=actor)
    return invitation


@transaction.atomic
def accept(secret: str, *, name: str, password: str, language: str = "", timezone: str = "") -> Agent:
    """The invited person joins with a name and a password.

    Raises NotFound for a link that was never good, Conflict for one that is not any more, Invalid for the password.
    """
    row = Invitation.objects.select_for_update().filter(token_hash=hashed(secret)).first()
    if row is None:
        raise NotFound(_("This invitation does not exist. Ask for a new one."))
    if row.accepted_at is not None:
        raise Conflict(_("This invitation was used already. Sign in with the password you chose."))
    if row.revoked_at is not None or row.expires_at <= now():
        raise Conflict(_("This invitation is not valid any more. Ask an administrator for a new one."))
    agent = Agent(
        email=row.email,
        name=checks.name(name, 120),
        role=row.role,
        language=checks.language(language),
        timezone=checks.timezone(timezone),
    )
    agent.set_password(checks.password(password, agent))
    agents.join(agent, actor=None)
    for team in row.teams.filter(archived_at__isnull=True):
        Membership.objects.create(team=team, agent=agent)
        journal.record(MembersChanged(subject_id=team.pk, added=(agent.pk,)), actor=agent.actor)
    row.accepted_at, row.sealed_token = now(), b""
    row.save(update_fields=["accepted_at", "sealed_token"])
    journal.record(InvitationAccepted(subject_id=row.pk, agent_id=agent.pk), actor=agent.actor)
    return agent


@transaction.atomic
def revoke(invitation: Invitation, *, actor: Actor) -> None:
    """Takes an invitation back. Raises Conflict when it was accepted or taken back already."""
    require(actor, Permission.PEOPLE)
    row = Invitation.objects.select_for_update().filter(pk=invitation.pk).first()
    if row is None or row.accepted_at is not None or row.revoked_at is not None:
        raise Conflict(_("This invitation is not open any more."))
    _close(row, actor)


def link_secret(invitation: Invitation) -> str | None:
    """The secret of the link while the mail with it is still to be sent; None once it has left."""
    sealed = bytes(invitation.sealed_token)
    return keys.unseal(_PURPOSE, sealed).decode() if sealed else None


@transaction.atomic
def sent(invitation: Invitation, *, actor: Actor) -> None:
    """The mail with the link has left: its secret is wiped, and from now on only the invited person has it."""
    if Invitation.objects.filter(pk=invitation.pk).exclude(sealed_token=b"").update(sealed_token=b""):
        journal.record(InvitationSent(subject_id=invitation.pk), actor=actor)


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True)


def _close(invitation: Invitation, actor: Actor) -> None:
    invitation.revoked_at, invitation.sealed_token = now(), b""
    invitation.save(update_fields=["revoked_at", "sealed_token"])
    journal.record(InvitationRevoked(subject_id=invitation.pk), actor=actor)
