"""API tokens: a program acts as its owner, within scopes, until a day."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tokens import TokenIssued, TokenRevoked
from headway.foundation import limits
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.foundation.limits import Window
from headway.foundation.rows import fetch_sql, made
from headway.people.actions import checks
from headway.people.models import Agent, ApiToken
from headway.people.permissions import require
from headway.people.rules import SCOPE_NEEDS, Permission, Scope, may
from headway.people.rules.secrets import hashed
from headway.settings.queries import VERSION, current, seen

PREFIX = "hw_"
_HINT = 8
# `last_used_at` is kept to about this much, so that a busy token does not write with every request
_USE_SEEN_EVERY = timedelta(minutes=5)

_MINUTE = timedelta(minutes=1)

# Every request of a program begins with this: who it is, how often it came in this minute, and the settings' version.
# Habits are a person's, and fetched when something asks for them.
_OWNER = [field.attname for field in Agent._meta.concrete_fields if field.attname != "habits"]  # noqa: SLF001
_PRESENTED = f"""
WITH known AS (
    SELECT token.id AS token_id, token.scopes, token.last_used_at, {", ".join(f"owner.{name}" for name in _OWNER)}
    FROM people_apitoken token JOIN people_agent owner ON owner.id = token.owner_id
    WHERE token.token_hash = %s AND token.revoked_at IS NULL AND token.expires_at > %s AND owner.archived_at IS NULL
), counted AS ({limits.COUNT.format(source="SELECT %s, %s, 1 FROM known")})
SELECT ({VERSION}), hits, known.* FROM known, counted
"""


@dataclass(frozen=True, slots=True)
class Access:
    """Who a token acts as, in their present role, what it may be used for, and how often it was in this minute."""

    agent: Agent
    scopes: frozenset[Scope]
    token_id: int
    minute: Window
    hits: int


@transaction.atomic
def issue(
    owner: Agent, name: str, scopes: Iterable[str], *, actor: Actor, expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token of the actor's own, and its secret: the only time it is seen.

    `expires_at` is at most `token_days` away (then, when None). Raises Forbidden for a scope beyond the owner's role.
    """
    if actor.kind == "agent" and actor.id != owner.pk:
        raise Forbidden(_("A token is made by the person it acts as."))
    wanted = sorted({_known_scope(scope) for scope in scopes})
    if not wanted:
        raise Invalid(_("Choose at least one scope."), field="scopes")
    for scope in wanted:
        if not may(owner.role, SCOPE_NEEDS[Scope(scope)]):
            raise Forbidden(
                _("Your role does not reach as far as the scope %(name)s.") % {"name": scope}, field="scopes"
            )
    latest = now() + timedelta(days=current().token_days)
    expires_at = expires_at or latest
    if not now() < expires_at <= latest:
        raise Invalid(_("A token ends within %(days)d days.") % {"days": current().token_days}, field="expires_at")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        owner=owner,
        name=checks.name(name, 80),
        hint=secret[:_HINT],
        token_hash=hashed(secret),
        scopes=wanted,
        created_at=now(),
        expires_at=expires_at,
    )
    journal.record(TokenIssued(subject_id=token.pk, agent_id=owner.pk, scopes=tuple(wanted)), actor=actor)
    return token, secret


@transaction.atomic
def revoke(token: ApiToken, *, actor: Actor) -> None:
    """Ends a token at once. Its owner may, and who manages people. Raises Conflict when it was revoked before."""
    if actor.kind == "agent" and actor.id != token.owner_id:
        require(actor, Permission.PEOPLE)
    if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now()):
        raise Conflict(_("This token was revoked already."))
    journal.record(TokenRevoked(subject_id=token.pk, agent_id=token.owner_id), actor=actor)


def authenticate(secret: str) -> Access | None:
    """Who the secret stands for, or None: unknown, expired, revoked, or its owner has left. One query, which counts."""
    if not secret.startswith(PREFIX):
        return None
    at, token_hash = now(), hashed(secret)
    minute = limits.window("api", token_hash, per=_MINUTE)
    rows = fetch_sql(_PRESENTED, [token_hash, at, minute.key, minute.ends], again=True)
    if not rows:
        return None
    version, hits, token_id, scopes, last_used_at, *owner = rows[0]
    seen(version)
    if last_used_at is None or at - last_used_at > _USE_SEEN_EVERY:
        ApiToken.objects.filter(pk=token_id).update(last_used_at=at)
    held = frozenset(scope for scope in Scope if scope in scopes)
    return Access(made(Agent, _OWNER, owner), held, token_id, minute, hits)


def _known_scope(scope: str) -> str:
    if scope not in set(Scope):
        raise Invalid(_("There is no scope %(name)s.") % {"name": scope[:40]}, field="scopes")
    return Scope(scope).value
