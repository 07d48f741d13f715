"""What every request gets: an id, a line in the log, a policy, and an answer also when it is refused."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from headway.foundation import errors
from headway.people.models import Agent
from headway.settings import actions as workspace
from headway.web.desk import people


def test_a_request_has_an_id(client: Client, db: None) -> None:
    ids = {client.get("/sign-in", headers={"X-Request-ID": "from-outside"})["X-Request-ID"] for _number in range(2)}
    assert len(ids) == 2
    assert "from-outside" not in ids


def test_the_id_of_a_trusted_proxy_is_kept(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings.HEADWAY, "trusted_proxies", ["127.0.0.1"])
    assert client.get("/sign-in", headers={"X-Request-ID": "proxy-4711"})["X-Request-ID"] == "proxy-4711"
    assert client.get("/sign-in", headers={"X-Request-ID": "no\tgood id"})["X-Request-ID"] != "no\tgood id"


def test_one_line_says_what_was_asked_and_gives_no_secret_away(
    client: Client, sam: Agent, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(sam)
    caplog.clear()
    client.get("/desk/account?q=secret-words")
    client.get("/invitation/secret-link")
    lines: list[Any] = [record.msg for record in caplog.records if record.name == "headway.web"]
    assert [(line["method"], line["route"], line["status"], line["person"]) for line in lines] == [
        ("GET", "/desk/account", 200, sam.pk),
        ("GET", "/invitation/<str:secret>", 404, sam.pk),
    ]
    assert all(line["ms"] >= 0 and line["request_id"] for line in lines)
    assert "secret-" not in caplog.text


def test_an_error_of_ours_is_logged_without_its_address(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    def breaks(_secret: str) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("headway.web.accounts.views.invitation_by_secret", breaks)
    client.raise_request_exception = False
    page = client.get("/invitation/secret-link")
    assert page.status_code == 500
    assert page["X-Request-ID"] in page.content.decode()
    assert "secret-link" not in caplog.text
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotFound("Not here."), 404),
        (errors.Forbidden("Not yours."), 403),
        (errors.Invalid("Not so."), 422),
        (errors.Conflict("Not now."), 409),
        (errors.TooMany("Not so fast.", retry_after=42), 429),
        (errors.Held("Not yet."), 409),
    ],
)
def test_a_refusal_is_a_page_or_a_message(
    client: Client, sam: Agent, monkeypatch: pytest.MonkeyPatch, error: errors.HeadwayError, status: int
) -> None:
    def refuse(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(people, "navigation", refuse)
    client.force_login(sam)
    page = client.get("/desk/people")
    assert page.status_code == status
    assert error.message in page.content.decode()
    part = client.get("/desk/people", headers={"HX-Request": "true"})
    assert part["X-Message"] == error.message
    assert page.headers.get("Retry-After") == ("42" if status == 429 else None)


def test_a_refusal_in_another_language_travels_in_a_header(
    client: Client, sam: Agent, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object) -> None:
        raise errors.Conflict("Schlüssel")

    monkeypatch.setattr(people, "navigation", refuse)
    client.force_login(sam)
    assert client.get("/desk/people", headers={"HX-Request": "true"})["X-Message"] == "Schl%C3%BCssel"


def test_a_program_gets_a_problem(client: Client, db: None) -> None:
    response = client.get("/api/v1/nothing-of-ours")
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")


def test_a_form_from_elsewhere_is_refused(sam: Agent, caplog: pytest.LogCaptureFixture) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(sam)
    response = client.post("/desk/account", {"name": "Mallory"})
    assert response.status_code == 400
    assert "came from elsewhere" in response.content.decode()
    sam.refresh_from_db()
    assert sam.name == "Sam"
    client.post("/invitation/secret-link")
    assert "secret-link" not in caplog.text


def test_a_host_that_is_not_ours_is_refused(client: Client, db: None) -> None:
    response = client.get("/sign-in", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode() + response["Content-Security-Policy"]


def test_the_policy_allows_nothing_inline(client: Client, sam: Agent) -> None:
    client.force_login(sam)
    for address in ("/sign-in", "/desk/account", "/desk/people", "/desk/"):
        page = client.get(address)
        policy = page["Content-Security-Policy"]
        assert "'unsafe" not in policy
        assert "default-src 'none'" in policy
        assert f"connect-src 'self' http://testserver:{settings.HEADWAY.live_port};" in policy
        assert page["X-Frame-Options"] == "DENY"
        assert page["X-Content-Type-Options"] == "nosniff"
        assert page["Referrer-Policy"] == "same-origin"
        assert "camera=()" in page["Permissions-Policy"]
        body = page.content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", body)


@pytest.mark.parametrize(
    ("live_url", "connect"),
    [("/live", "'self'"), ("https://live.example/live", "'self' https://live.example")],
)
def test_the_live_stream_may_be_read(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch, live_url: str, connect: str
) -> None:
    monkeypatch.setattr(settings.HEADWAY, "live_url", live_url)
    assert f"connect-src {connect};" in client.get("/sign-in")["Content-Security-Policy"]


def test_settings_are_read_once_a_request(client: Client, ada: Agent) -> None:
    client.force_login(ada)
    workspace.change({"name": "Nordwind"}, actor=ada.actor)
    with CaptureQueriesContext(connection) as queries:
        assert "Nordwind" in client.get("/desk/people").content.decode()
    assert len([one for one in queries if "version" in one["sql"] and "settings_workspace" in one["sql"]]) == 1
