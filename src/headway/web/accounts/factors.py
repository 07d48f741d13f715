"""Whether somebody signs in with a second factor."""

from allauth.mfa.models import Authenticator

from headway.people.models import Agent


def has_second_factor(agent: Agent) -> bool:
    """Whether an authenticator app is set up. One query."""
    return bool(Authenticator.objects.filter(user_id=agent.pk, type=Authenticator.Type.TOTP).exists())
