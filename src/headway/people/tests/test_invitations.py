"""Joining by invitation."""

from datetime import timedelta

import pytest

from headway.events.models import Entry
from headway.foundation.clock import frozen, now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.actions import agents, invitations
from headway.people.models import Agent, Invitation, Team
from headway.people.queries.agents import invitation_by_secret
from headway.people.queries.agents import invitations as open_invitations
from headway.settings import actions as workspace

GOOD = "correct horse battery"


def secret_of(invitation: Invitation) -> str:
    secret = invitations.link_secret(invitation)
    assert secret is not None
    return secret


def test_the_invited_person_joins_with_role_and_teams(ada: Agent, frontline: Team) -> None:
    invitation = invitations.invite("Nina@desk.example", "agent", [frontline], actor=ada.actor)
    nina = invitations.accept(secret_of(invitation), name="Nina Ross", password=GOOD)
    assert (nina.email, nina.role, nina.check_password(GOOD)) == ("nina@desk.example", "agent", True)
    assert list(nina.teams.all()) == [frontline]
    recorded = list(Entry.objects.order_by("id").values_list("kind", flat=True))
    assert recorded == ["invitation.created", "agent.joined", "team.members_changed", "invitation.accepted"]


def test_an_invitation_is_good_once(ada: Agent) -> None:
    secret = secret_of(invitations.invite("nina@desk.example", "agent", actor=ada.actor))
    invitations.accept(secret, name="Nina", password=GOOD)
    with pytest.raises(Conflict, match="used already"):
        invitations.accept(secret, name="Nina", password=GOOD)


def test_an_invitation_ends(ada: Agent) -> None:
    workspace.change({"invitation_days": 3}, actor=ada.actor)
    secret = secret_of(invitations.invite("nina@desk.example", "agent", actor=ada.actor))
    with frozen(now() + timedelta(days=3, seconds=1)), pytest.raises(Conflict, match="not valid any more"):
        invitations.accept(secret, name="Nina", password=GOOD)
    with frozen(now() + timedelta(days=2)):
        invitations.accept(secret, name="Nina", password=GOOD)


def test_a_revoked_invitation_is_worth_nothing(ada: Agent) -> None:
    invitation = invitations.invite("nina@desk.example", "agent", actor=ada.actor)
    secret = secret_of(invitation)
    invitations.revoke(invitation, actor=ada.actor)
    with pytest.raises(Conflict):
        invitations.accept(secret, name="Nina", password=GOOD)
    with pytest.raises(Conflict, match="not open"):
        invitations.revoke(invitation, actor=ada.actor)
    assert not open_invitations().exists()


def test_a_second_invitation_takes_the_first_back(ada: Agent) -> None:
    first = secret_of(invitations.invite("nina@desk.example", "viewer", actor=ada.actor))
    invitations.invite("NINA@desk.example", "agent", actor=ada.actor)
    assert [one.role for one in open_invitations()] == ["agent"]
    with pytest.raises(Conflict):
        invitations.accept(first, name="Nina", password=GOOD)


def test_who_is_or_was_on_the_team_is_not_invited(ada: Agent, sam: Agent) -> None:
    with pytest.raises(Conflict, match="on the team already"):
        invitations.invite("sam@desk.example", "agent", actor=ada.actor)
    agents.archive(sam, actor=ada.actor)
    with pytest.raises(Conflict, match="Bring them back"):
        invitations.invite("sam@desk.example", "agent", actor=ada.actor)


def test_a_weak_password_leaves_the_invitation_open(ada: Agent) -> None:
    secret = secret_of(invitations.invite("nina@desk.example", "agent", actor=ada.actor))
    for weak in ("short", "1234567890", "nina@desk.example"):
        with pytest.raises(Invalid) as refusal:
            invitations.accept(secret, name="Nina", password=weak)
        assert refusal.value.details["field"] == "password"
    invitations.accept(secret, name="Nina", password=GOOD)


def test_the_secret_is_sealed_until_the_mail_has_left(ada: Agent) -> None:
    invitation = invitations.invite("nina@desk.example", "agent", actor=ada.actor)
    secret = secret_of(invitation)
    row = Invitation.objects.get()
    assert secret.encode() not in bytes(row.sealed_token)
    assert secret not in row.token_hash
    invitations.sent(row, actor=ada.actor)
    invitations.sent(row, actor=ada.actor)
    assert Entry.objects.filter(kind="invitation.sent").count() == 1
    row.refresh_from_db()
    assert invitations.link_secret(row) is None
    assert invitation_by_secret(secret) == row


def test_a_made_up_secret_leads_nowhere(db: None) -> None:
    with pytest.raises(NotFound):
        invitation_by_secret("x" * 43)
    with pytest.raises(NotFound):
        invitations.accept("x" * 43, name="Nina", password=GOOD)


def test_leads_do_not_invite(leo: Agent) -> None:
    with pytest.raises(Forbidden):
        invitations.invite("nina@desk.example", "agent", actor=leo.actor)
