"""API tokens: shown once, ended by time, by people, and by their owner's leaving."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from headway.events.models import Entry
from headway.foundation.clock import frozen, now
from headway.foundation.errors import Conflict, Forbidden, Invalid
from headway.people.actions import agents, tokens
from headway.people.models import Agent, ApiToken
from headway.people.queries.agents import tokens as seen_by
from headway.people.rules import Role, Scope
from headway.settings import actions as workspace


def test_a_token_acts_as_its_owner(sam: Agent) -> None:
    token, secret = tokens.issue(sam, "Shop", ["tickets:read", "tickets:write"], actor=sam.actor)
    access = tokens.authenticate(secret)
    assert access is not None
    assert (access.agent, access.token_id) == (sam, token.pk)
    assert access.scopes == {Scope.TICKETS_READ, Scope.TICKETS_WRITE}
    row = ApiToken.objects.get()
    assert secret.startswith("hw_")
    assert secret.startswith(row.hint)
    assert secret not in (row.token_hash, row.hint)
    assert "hw_" not in str(list(Entry.objects.values_list("data", flat=True)))


@pytest.mark.parametrize("secret", ["", "hw_", "hw_" + "x" * 43, "Bearer", "hw_\x00"])
def test_a_made_up_secret_is_nobody(db: None, secret: str) -> None:
    assert tokens.authenticate(secret) is None


def test_a_token_ends_on_its_day(ada: Agent) -> None:
    workspace.change({"token_days": 30}, actor=ada.actor)
    _token, secret = tokens.issue(ada, "CI", ["admin"], actor=ada.actor)
    with frozen(now() + timedelta(days=29)):
        assert tokens.authenticate(secret) is not None
    with frozen(now() + timedelta(days=30, seconds=1)):
        assert tokens.authenticate(secret) is None
    for wrong in (now() + timedelta(days=31), now() - timedelta(seconds=1)):
        with pytest.raises(Invalid):
            tokens.issue(ada, "CI", ["admin"], actor=ada.actor, expires_at=wrong)


def test_a_token_is_revoked_by_its_owner_or_an_administrator(ada: Agent, sam: Agent, mia: Agent) -> None:
    first, secret = tokens.issue(sam, "One", ["tickets:read"], actor=sam.actor)
    second, _other = tokens.issue(sam, "Two", ["tickets:read"], actor=sam.actor)
    with pytest.raises(Forbidden):
        tokens.revoke(first, actor=mia.actor)
    tokens.revoke(first, actor=sam.actor)
    assert tokens.authenticate(secret) is None
    with pytest.raises(Conflict):
        tokens.revoke(first, actor=sam.actor)
    tokens.revoke(second, actor=ada.actor)
    assert [list(seen_by(agent)) for agent in (mia, sam)] == [[], [second, first]]
    assert list(seen_by(ada)) == [second, first]


def test_a_token_never_reaches_beyond_its_owners_present_role(ada: Agent, leo: Agent) -> None:
    with pytest.raises(Forbidden):
        tokens.issue(leo, "Own", ["tickets:read"], actor=ada.actor)
    _token, secret = tokens.issue(leo, "Own", ["admin", "tickets:write"], actor=leo.actor)
    agents.set_role(leo, Role.VIEWER, actor=ada.actor)
    access = tokens.authenticate(secret)
    assert access is not None
    assert access.agent.role == Role.VIEWER
    leo.refresh_from_db()
    for scope in ("admin", "tickets:write", "customers:write"):
        with pytest.raises(Forbidden):
            tokens.issue(leo, "More", [scope], actor=leo.actor)


def test_who_leaves_takes_the_tokens_along(ada: Agent, sam: Agent) -> None:
    _token, secret = tokens.issue(sam, "Own", ["tickets:read"], actor=sam.actor)
    agents.archive(sam, actor=ada.actor)
    assert tokens.authenticate(secret) is None


def test_what_is_wrong_is_named(sam: Agent) -> None:
    for scopes in ([], ["everything"]):
        with pytest.raises(Invalid):
            tokens.issue(sam, "Own", scopes, actor=sam.actor)
    with pytest.raises(Invalid):
        tokens.issue(sam, " ", ["tickets:read"], actor=sam.actor)


def test_a_busy_token_writes_rarely(sam: Agent, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    _token, secret = tokens.issue(sam, "Own", ["tickets:read"], actor=sam.actor)
    with django_assert_num_queries(2):  # the token with its owner; when it was used
        tokens.authenticate(secret)
    with django_assert_num_queries(1):  # the token with its owner
        tokens.authenticate(secret)
