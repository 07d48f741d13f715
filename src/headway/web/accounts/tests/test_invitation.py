"""Joining by invitation, from the mail to the desk."""

from collections.abc import Callable

import pytest
from django.test import Client

from headway.events.actor import Actor
from headway.people.actions import brands, invitations
from headway.people.models import Agent, Brand, Invitation, Team
from headway.settings import actions as workspace
from headway.web.accounts import letters, tasks
from headway.web.accounts.tests.doors import GOOD, Outbox, sign_in


@pytest.fixture
def link(ada: Agent, frontline: Team, outbox: Outbox) -> str:
    """The link in the mail to nina@desk.example, whom Ada invited."""
    invitation = invitations.invite("nina@desk.example", "agent", [frontline], actor=ada.actor)
    tasks.invite(invitation_id=invitation.pk)
    return outbox.link()


def test_the_mail_leads_to_the_desk(client: Client, link: str, outbox: Outbox) -> None:
    sent = outbox.last()
    assert (sent["To"], sent["Subject"]) == ("nina@desk.example", "Join Headway")
    assert "Ada has invited you" in sent.get_content()
    assert sent["Auto-Submitted"]
    page = client.get(link)
    assert page["Referrer-Policy"] == "strict-origin"
    assert "nina@desk.example" in page.content.decode()
    joined = client.post(link, {"name": "Nina Ross", "password": GOOD})
    assert joined["Location"] == "/desk/"
    assert client.get("/desk/account").status_code == 200
    nina = Agent.objects.get(email="nina@desk.example")
    assert (nina.name, nina.role, [team.name for team in nina.teams.all()]) == ("Nina Ross", "agent", ["Frontline"])
    assert sign_in(Client(), nina)["Location"] == "/desk/"


def test_the_secret_is_wiped_once_the_mail_has_left(link: str, outbox: Outbox) -> None:
    row = Invitation.objects.get()
    assert bytes(row.sealed_token) == b""
    tasks.invite(invitation_id=row.pk)
    assert len(outbox.mails) == 1


def test_a_mail_that_is_not_taken_is_tried_again(ada: Agent, outbox: Outbox) -> None:
    invitation = invitations.invite("nina@desk.example", "agent", actor=ada.actor)
    outbox.refuses = True
    with pytest.raises(letters.NotTaken, match="421"):
        tasks.invite(invitation_id=invitation.pk)
    outbox.refuses = False
    tasks.invite(invitation_id=invitation.pk)
    assert outbox.last()["Message-ID"].startswith(f"<invitation-{invitation.pk}@")


def test_a_link_is_good_once(client: Client, link: str) -> None:
    client.post(link, {"name": "Nina", "password": GOOD})
    for attempt in (Client().get(link), Client().post(link, {"name": "Mallory", "password": GOOD})):
        assert attempt.status_code == 410
        assert "used already" in attempt.content.decode()
    assert Agent.objects.filter(email="nina@desk.example").count() == 1


def test_a_revoked_link_says_so(client: Client, ada: Agent, link: str) -> None:
    invitations.revoke(Invitation.objects.get(), actor=ada.actor)
    page = client.post(link, {"name": "Nina", "password": GOOD})
    assert page.status_code == 410
    assert "not valid any more" in page.content.decode()


@pytest.mark.parametrize("password", ["short", "password123", "nina@desk.example", ""])
def test_a_weak_password_is_explained(client: Client, link: str, password: str) -> None:
    page = client.post(link, {"name": "Nina", "password": password})
    assert page.status_code == 422
    assert "field-error" in page.content.decode()
    assert client.post(link, {"name": "Nina", "password": GOOD}).status_code == 302


def test_a_made_up_link_leads_nowhere(client: Client, db: None) -> None:
    assert client.get("/invitation/made-up").status_code == 404
    assert client.post("/invitation/made-up", {"name": "X", "password": GOOD}).status_code == 404


def test_the_invitation_wins_over_a_session(client: Client, sam: Agent, link: str) -> None:
    sign_in(client, sam)
    client.post(link, {"name": "Nina", "password": GOOD})
    assert "nina@desk.example" in client.get("/desk/account").content.decode()


def test_invitations_made_while_held_leave_at_the_release(
    committed_db: str, ada: Agent, run_jobs: Callable[[], None], outbox: Outbox
) -> None:
    workspace.hold("restored", actor=Actor.system())
    invitations.invite("nina@desk.example", "agent", actor=ada.actor)
    invitations.revoke(invitations.invite("omar@desk.example", "agent", actor=ada.actor), actor=ada.actor)
    run_jobs()
    assert outbox.mails == []
    workspace.release(actor=ada.actor)
    run_jobs()
    assert [sent["To"] for sent in outbox.mails] == ["nina@desk.example"]


def test_a_mail_is_the_workspaces_own(ada: Agent, acme: Brand, outbox: Outbox) -> None:
    workspace.change({"name": "Nordwind & Söhne", "language": "de"}, actor=ada.actor)
    brands.add_address(acme, "help@acme.example", actor=ada.actor, name="Acme Support")
    tasks.invite(invitation_id=invitations.invite("nina@desk.example", "agent", actor=ada.actor).pk)
    sent = outbox.last()
    assert "Nordwind & Söhne" in sent["Subject"]
    assert sent["From"] == "Acme Support <help@acme.example>"


def test_joining_takes_over_what_the_browser_says(client: Client, link: str) -> None:
    client.cookies["zone"] = "America/Bogota"
    client.post(link, {"name": "Nina", "password": GOOD}, headers={"Accept-Language": "es-CO"})
    nina = Agent.objects.get(email="nina@desk.example")
    assert (nina.language, nina.timezone) == ("es", "America/Bogota")
