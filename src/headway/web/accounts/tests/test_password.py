"""Forgotten and changed passwords."""

from datetime import timedelta
from typing import Any

import pytest
from allauth.account.forms import default_token_generator
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from headway.events.models import Entry
from headway.foundation.clock import frozen, now
from headway.people.actions import agents
from headway.people.models import Agent
from headway.web.accounts import tasks
from headway.web.accounts.tests.doors import GOOD, Outbox, sign_in

NEW = "a staple for the horse"


def asked(client: Client, email: str) -> Any:
    return client.post("/password-reset", {"email": email})


def mailed_link(agent: Agent, outbox: Outbox) -> str:
    tasks.mail_reset(agent_id=agent.pk)
    return outbox.link()


def test_a_forgotten_password_is_set_anew(client: Client, sam: Agent, outbox: Outbox) -> None:
    other = Client()
    sign_in(other, sam)
    assert client.get("/password-reset").status_code == 200
    assert asked(client, "SAM@desk.example")["Location"] == "/password-reset/sent"
    assert client.get("/password-reset/sent").status_code == 200
    form = client.get(mailed_link(sam, outbox))["Location"]
    assert form.endswith("/set-password")
    assert client.get(form).status_code == 200
    assert client.post(form, {"password1": NEW})["Location"] == "/password-reset/done"
    assert client.get("/password-reset/done").status_code == 200
    assert other.get("/desk/account").status_code == 302
    assert client.get("/desk/account").status_code == 302
    response = client.post("/sign-in", {"login": sam.email, "password": NEW})
    assert response["Location"] == "/desk/"
    entry = Entry.objects.filter(kind="agent.password_changed").order_by("-id").first()
    assert entry is not None
    assert (entry.actor_id, entry.data) == (sam.pk, {"by": "reset"})


def test_the_answer_is_the_same_for_a_stranger(client: Client, sam: Agent, outbox: Outbox) -> None:
    known, unknown = asked(client, sam.email), asked(client, "who@desk.example")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    jobs = ProcrastinateJob.objects.filter(task_name="accounts.reset").order_by("id").values_list("args", flat=True)
    assert list(jobs) == [{"agent_id": sam.pk}, {"agent_id": 0}]
    tasks.mail_reset(agent_id=0)
    assert outbox.mails == []


def test_a_link_is_good_once_and_not_for_ever(
    client: Client, sam: Agent, outbox: Outbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = mailed_link(sam, outbox)
    client.post(client.get(link)["Location"], {"password1": NEW})
    again = Client().get(link)
    assert "not good any more" in again.content.decode()
    late = mailed_link(sam, outbox)
    generator = default_token_generator
    now = generator._now()
    monkeypatch.setattr(type(generator), "_now", lambda _self: now + timedelta(hours=4, seconds=5))
    assert "not good any more" in Client().get(late).content.decode()


def test_who_has_left_gets_no_link(client: Client, ada: Agent, sam: Agent, outbox: Outbox) -> None:
    agents.archive(sam, actor=ada.actor)
    asked(client, sam.email)
    assert ProcrastinateJob.objects.get(task_name="accounts.reset").args == {"agent_id": 0}
    tasks.mail_reset(agent_id=sam.pk)
    assert outbox.mails == []


def test_nobody_is_flooded_with_links(client: Client, sam: Agent) -> None:
    statuses = [asked(client, sam.email).status_code for _number in range(6)]
    assert statuses == [302] * 5 + [429]


def test_a_change_ends_the_other_sessions(client: Client, sam: Agent) -> None:
    other = Client()
    sign_in(other, sam)
    client.post("/sign-in", {"login": sam.email, "password": GOOD})
    assert client.get("/desk/account/password").status_code == 200
    wrong = client.post("/desk/account/password", {"oldpassword": "wrong", "password1": NEW})
    assert "not your present password" in wrong.content.decode()
    weak = client.post("/desk/account/password", {"oldpassword": GOOD, "password1": "short"})
    assert "field-error" in weak.content.decode()
    assert client.post("/desk/account/password", {"oldpassword": GOOD, "password1": NEW})["Location"] == "/desk/account"
    assert client.get("/desk/account").status_code == 200
    assert other.get("/desk/account").status_code == 302
    entry = Entry.objects.filter(kind="agent.password_changed").order_by("-id").first()
    assert entry is not None
    assert entry.data == {"by": "change"}


def test_what_is_over_is_forgotten(client: Client, sam: Agent) -> None:
    client.force_login(sam)
    Client().post("/sign-in", {"login": "who@desk.example", "password": "wrong"})
    tasks.forget()
    assert (Session.objects.count(), AccessAttempt.objects.count()) == (1, 1)
    with frozen(now() + timedelta(days=15)):
        tasks.forget()
    assert (Session.objects.count(), AccessAttempt.objects.count()) == (0, 0)
