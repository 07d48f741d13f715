"""Mails of the accounts: invitations and password resets. They are written when they leave, so no secret waits."""

import secrets
from datetime import timedelta

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone, translation

from headway.events.actor import Actor
from headway.events.event import Recorded
from headway.events.vocabulary.invitations import AgentInvited
from headway.foundation.clock import now
from headway.foundation.jobs import job, schedule
from headway.people.actions import invitations
from headway.people.queries import agents
from headway.settings import queries as settings
from headway.web.accounts import letters, links


def mail_invitation(entry: Recorded[AgentInvited]) -> None:
    """After an invitation: its mail leaves, and the link's secret is wiped."""
    invite.defer(invitation_id=entry.event.subject_id)


@job("accounts.invite", queue="outward", outward=True)
def invite(invitation_id: int) -> None:
    """Sends the mail of an invitation that is still open and has not left. A crash may send it twice, never lose it."""
    invitation = agents.invitations().filter(pk=invitation_id).first()
    secret = invitations.link_secret(invitation) if invitation else None
    if invitation is None or secret is None:
        return
    with translation.override(settings.current().language), timezone.override(settings.current().timezone):
        letters.send(
            invitation.email,
            "invitation",
            {
                "workspace": settings.current().name,
                "by": invitation.invited_by.name if invitation.invited_by else "",
                "link": links.join(secret),
                "until": invitation.expires_at,
            },
            mail_id=f"invitation-{invitation.pk}",
        )
    invitations.sent(invitation, actor=Actor.system())


@job("accounts.reset", queue="outward", outward=True)
def mail_reset(agent_id: int) -> None:
    """Sends somebody a link to set a new password; for nobody (0) it does nothing."""
    person = agents.on_the_team().filter(pk=agent_id).first()
    if person is None:
        return
    with translation.override(settings.spoken(person.language)):
        words = {"workspace": settings.current().name, "name": person.name, "link": links.new_password(person)}
        letters.send(person.email, "reset", words, mail_id=secrets.token_hex(16))


@schedule("accounts.forget", "41 3 * * *", while_held=True)
def forget() -> None:
    """Every night: sessions that have ended, and wrong passwords of days ago."""
    Session.objects.filter(expire_date__lt=now()).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now() - timedelta(days=2)).delete()
