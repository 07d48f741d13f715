"""Everybody is spoken to in their own language, by their own clock."""

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from django.test import Client
from django.utils import translation

from headway.events.actor import Actor
from headway.foundation import clock
from headway.foundation.jobs import declaration
from headway.people.actions import agents
from headway.people.models import Agent
from headway.settings import actions as workspace
from headway.tickets.models import Status
from headway.web import formats

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def _page(client: Client, address: str, **headers: str) -> str:
    return client.get(address, headers=headers).content.decode()


def _signed_in(agent: Agent) -> Client:
    client = Client()
    client.force_login(agent, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def _speaks(agent: Agent, language: str) -> Client:
    agents.edit_profile(agent, actor=agent.actor, language=language)
    return _signed_in(agent)


def test_two_colleagues_read_the_same_page_in_two_languages(sam: Agent, mia: Agent) -> None:
    german, spanish = _page(_speaks(sam, "de"), "/desk/account"), _page(_speaks(mia, "es"), "/desk/account")
    assert ('<html lang="de" dir="ltr"' in german, "Zeitzone" in german) == (True, True)
    assert ('<html lang="es" dir="ltr"' in spanish, "Zona horaria" in spanish) == (True, True)


def test_before_sign_in_the_browser_is_asked_then_the_workspace(client: Client, db: None) -> None:
    french = {"Accept-Language": "fr"}
    assert "Iniciar sesión" in _page(client, "/sign-in", **{"Accept-Language": "fr-CH, es-MX;q=0.8, en;q=0.5"})
    assert "Sign in" in _page(client, "/sign-in", **french)
    workspace.change({"language": "de"}, actor=Actor.system())
    assert "Anmelden" in _page(client, "/sign-in", **french)
    assert "Anmelden" in _page(client, "/sign-in")


def test_the_api_answers_in_the_language_of_the_request(client: Client, sam: Agent) -> None:
    german = client.get("/api/v1/tickets", headers={"Accept-Language": "de-AT"})
    assert (german.json()["detail"].split()[0], german["Content-Language"]) == ("Senden", "de")
    # and neither that nor a page in a third language stays with the thread
    _page(_speaks(sam, "es"), "/desk/account")
    plain = client.get("/api/v1/tickets")
    assert (plain.json()["detail"].split()[0], plain["Content-Language"]) == ("Send", "en")
    assert plain.json()["code"] == german.json()["code"]


def test_the_clock_is_the_persons_else_their_browsers_else_the_workspaces(ada: Agent) -> None:
    client = _signed_in(ada)
    with clock.frozen(NOON):
        workspace.change({"timezone": "Asia/Tokyo"}, actor=ada.actor)
        assert ">21:00<" in _page(client, "/desk/audit-log")
        client.cookies["zone"] = "America/Lima"
        assert ">07:00<" in _page(client, "/desk/audit-log")
        client.cookies["zone"] = "../../etc/passwd"
        assert ">21:00<" in _page(client, "/desk/audit-log")
        client.cookies["zone"] = "America/Lima"
        agents.edit_profile(ada, actor=ada.actor, timezone="Europe/Madrid")
        assert ">13:00<" in _page(client, "/desk/audit-log")


def test_what_a_job_notes_is_in_the_workspaces_language(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(declaration, "close_old_connections", lambda: None)
    workspace.change({"language": "de"}, actor=Actor.system())
    said = []
    context = cast("Any", SimpleNamespace(job=SimpleNamespace(id=1, attempts=0, queueing_lock=None)))
    declaration._run("a.job", context, lambda: said.append(translation.gettext("(no subject)")))
    assert said == ["(kein Betreff)"]


def test_a_status_is_translated_until_somebody_names_it(db: None) -> None:
    waiting = Status.objects.get(category="waiting")
    with translation.override("de"):
        assert (waiting.words, formats.status_words("Open", "open")) == ("Wartet auf Kunden", "Offen")
        waiting.name = "Bei Mia"
        assert (waiting.words, formats.status_words("Open", "waiting")) == ("Bei Mia", "Open")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["14 Nov", "14 Nov, 10:07", "1,000+", "3.2 MB", "3h", "2d"]),
        ("de", ["14. Nov.", "14. Nov., 10:07", "1.000+", "3,2 MB", "3h", "2 T"]),
        ("es", ["14 nov", "14 nov, 10:07", "1\xa0000+", "3,2 MB", "3h", "2d"]),
    ],
)
def test_values_are_written_as_the_language_does(language: str, words: list[str]) -> None:
    then = NOON.replace(day=14, hour=10, minute=7)
    with clock.frozen(NOON), translation.override(language):
        said = [formats.ago(then), formats.moment(then), formats.capped(2000), formats.file_size(3_200_000)]
        assert [*said, formats.short(3 * 3600), formats.short(48 * 3600)] == words
