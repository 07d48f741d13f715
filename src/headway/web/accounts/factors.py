"""Whether somebody signs in with a second factor."""

from collections.abc import Iterable

from allauth.mfa.models import Authenticator

from headway.people.models import Agent


def has_second_factor(agent: Agent) -> bool:
    """Whether an authenticator app is set up. One query."""
    return bool(Authenticator.objects.filter(user_id=agent.pk, type=Authenticator.Type.TOTP).exists())


def those_with(agent_ids: Iterable[int]) -> set[int]:
    """Which of these people have one. One query."""
    found = Authenticator.objects.filter(user_id__in=list(agent_ids), type=Authenticator.Type.TOTP)
    return set(found.values_list("user_id", flat=True))
