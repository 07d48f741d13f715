"""Who may listen, by the same session that opens the desk. Blocking; runs in the live process's own threads."""

from collections.abc import Sequence
from importlib import import_module

from django.conf import settings as django_settings
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from headway.foundation.clock import now
from headway.people.models import Agent
from headway.settings import queries as settings
from headway.tickets.queries.scopes import scopes_of
from headway.web.accounts import factors
from headway.web.live.listeners import Admission

_MOST_KEY = 64


def admit(session_key: str) -> Admission | None:
    """What the owner of a session may hear; None when it is nobody's, or they may not read tickets."""
    if not session_key or len(session_key) > _MOST_KEY or not session_key.isalnum():
        return None
    request = HttpRequest()
    request.session = import_module(django_settings.SESSION_ENGINE).SessionStore(session_key)
    person = get_user(request)
    if not isinstance(person, Agent) or not request.session.session_key:
        return None
    scope = scopes_of([person])[person.pk]
    if not scope.reads or (settings.current().second_factor_required and not factors.has_second_factor(person)):
        return None
    return Admission(session_key, person.pk, person.get_session_auth_hash(), scope)


def still_good(admissions: Sequence[Admission]) -> set[Admission]:
    """Those of the admissions that would be given again just so. At most six queries, however many there are."""
    keys = {one.session_key for one in admissions}
    alive = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=now()).values_list("session_key", flat=True)
    )
    people = {person.pk: person for person in Agent.objects.filter(pk__in={one.agent_id for one in admissions})}
    scopes = scopes_of(people.values())
    hashes = {number: person.get_session_auth_hash() for number, person in people.items()}
    secured = factors.those_with(people) if settings.current().second_factor_required else set(people)
    return {
        one
        for one in admissions
        if one.session_key in alive
        and one.agent_id in secured
        and hashes.get(one.agent_id) == one.password_hash
        and scopes.get(one.agent_id) == one.scope
        and one.scope.reads
    }
