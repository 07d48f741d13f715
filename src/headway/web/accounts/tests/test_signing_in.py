"""Signing in and out through the front door."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client

from headway.events.models import Entry
from headway.foundation.clock import frozen
from headway.people.actions import agents
from headway.people.models import Agent
from headway.web.accounts import adapter
from headway.web.accounts.tests.doors import GOOD, sign_in


def test_a_person_signs_in_and_out(client: Client, sam: Agent) -> None:
    response = sign_in(client, sam)
    assert (response.status_code, response["Location"]) == (302, "/desk/")
    assert client.get("/desk/account").status_code == 200
    assert Entry.objects.filter(kind="agent.signed_in", subject_id=sam.pk).count() == 1
    assert client.get("/sign-out").status_code == 200
    assert client.post("/sign-out")["Location"] == "/sign-in"
    assert client.get("/desk/account")["Location"] == "/sign-in?next=/desk/account"


def test_the_address_is_known_whatever_its_case(client: Client, sam: Agent) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    response = client.post("/sign-in", {"login": "SAM@desk.example", "password": GOOD})
    assert response.status_code == 302


def test_the_page_asked_for_comes_after(client: Client, sam: Agent) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    response = client.post("/sign-in?next=/desk/people", {"login": sam.email, "password": GOOD, "next": "/desk/people"})
    assert response["Location"] == "/desk/people"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(client: Client, sam: Agent, elsewhere: str) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    response = client.post("/sign-in", {"login": sam.email, "password": GOOD, "next": elsewhere})
    assert response["Location"] == "/desk/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(client: Client, sam: Agent) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    known, unknown = (
        client.post("/sign-in", {"login": email, "password": "wrong"}).content.decode().replace(email, "X")
        for email in (sam.email, "who@desk.example")
    )
    assert "The email address or the password is not right." in known
    form_token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert form_token.sub("", known) == form_token.sub("", unknown)


def test_who_has_left_is_a_stranger(client: Client, ada: Agent, sam: Agent) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    agents.archive(sam, actor=ada.actor)
    response = client.post("/sign-in", {"login": sam.email, "password": GOOD})
    assert "The email address or the password is not right." in response.content.decode()


def test_eight_wrong_passwords_lock_the_account_for_this_address(client: Client, sam: Agent, mia: Agent) -> None:
    agents.set_password(sam, GOOD, actor=sam.actor, by="command")
    statuses = [
        client.post("/sign-in", {"login": sam.email, "password": f"wrong {number}"}).status_code for number in range(9)
    ]
    assert statuses == [200] * 7 + [429] * 2
    locked = client.post("/sign-in", {"login": "SAM@desk.example", "password": GOOD})
    assert locked.status_code == 429
    assert "15 minutes" in locked.content.decode()
    assert locked["Retry-After"] == "900"
    assert [entry.subject_id for entry in Entry.objects.filter(kind="agent.sign_in_locked")] == [sam.pk]
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7"), sam).status_code == 302
    assert sign_in(client, mia).status_code == 302


def test_an_account_that_does_not_exist_is_locked_alike(client: Client, db: None) -> None:
    tries = [client.post("/sign-in", {"login": "who@desk.example", "password": "wrong"}) for _number in range(8)]
    assert tries[-1].status_code == 429
    assert Entry.objects.get(kind="agent.sign_in_locked").subject_id == 0


def test_the_lock_opens_after_a_quarter_of_an_hour(client: Client, sam: Agent) -> None:
    for _number in range(8):
        client.post("/sign-in", {"login": sam.email, "password": "wrong"})
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - timedelta(minutes=16))
    assert sign_in(client, sam).status_code == 302


def test_passwords_are_never_kept_in_the_clear(client: Client, sam: Agent) -> None:
    client.post("/sign-in", {"login": sam.email, "password": "hunter2-hunter2"})
    assert "hunter2" not in str(list(AccessAttempt.objects.values()))


def test_one_address_cannot_try_every_account(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "MOST_TRIES", 5)
    with frozen(datetime(2026, 3, 2, 9, 5, tzinfo=UTC)):
        responses = [
            client.post("/sign-in", {"login": f"a{number}@desk.example", "password": "wrong"}) for number in range(6)
        ]
    assert [response.status_code for response in responses] == [200] * 5 + [429]
    assert responses[-1]["Retry-After"] == "600"


def test_nobody_signs_up(client: Client, db: None) -> None:
    assert client.get("/sign-up")["Location"] == "/sign-in"
    assert client.post("/sign-up", {"email": "x@example.com", "password1": GOOD})["Location"] == "/sign-in"
    assert not Agent.objects.exists()


def test_the_sessions_cookie_is_kept_from_scripts(client: Client, sam: Agent) -> None:
    before = client.get("/sign-in").cookies
    cookie = sign_in(client, sam).cookies["headway_session"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie.value != getattr(before.get("headway_session"), "value", "")


def test_an_empty_workspace_says_how_to_begin(client: Client, db: None) -> None:
    assert "headway admin create" in client.get("/sign-in").content.decode()
    Agent.objects.create(email="ada@desk.example", name="Ada")
    assert "headway admin create" not in client.get("/sign-in").content.decode()
