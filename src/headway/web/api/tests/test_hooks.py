"""Hooks over the API: what they ask of their caller goes in and never comes out again."""

import pytest

from headway.events.models import Entry
from headway.intake.hooks.tests import providers as made
from headway.intake.hooks.tests.providers import KEY, TOPIC
from headway.intake.models import Hook
from headway.people.models import Agent
from headway.web.api.tests.program import Program


def test_a_hook_is_added_changed_and_archived(ada: Agent) -> None:
    api = Program(ada)
    made_hook = api.ask("POST", "/hooks", {"kind": "mailgun", "name": "Support", "secret": KEY})
    assert (made_hook.status, made_hook.body["password"]) == (201, None)
    hook = Hook.objects.get()
    assert made_hook.body["hook"]["address"].endswith(f"/in/{hook.path}/mime")
    seen = api.ask("GET", f"/hooks/{hook.pk}")
    changed = api.ask("PATCH", f"/hooks/{hook.pk}", {"name": "Sales", "secret": "new-key"}, match=seen.headers["etag"])
    assert (changed.status, changed.body["name"]) == (200, "Sales")
    assert api.ask("PATCH", f"/hooks/{hook.pk}", {"name": "X"}, match=seen.headers["etag"]).code == "stale"
    assert api.ask("DELETE", f"/hooks/{hook.pk}").status == 204
    assert api.ask("GET", "/hooks").body["items"] == []
    assert api.ask("PATCH", f"/hooks/{hook.pk}", {"name": "X"}).code == "conflict"
    kinds = list(Entry.objects.filter(subject_kind="hook").order_by("id").values_list("kind", flat=True))
    assert kinds == ["hook.added", "hook.changed", "hook.archived"]
    assert Entry.objects.get(kind="hook.changed").data["fields"] == ["name", "secret"]
    for told in (made_hook, seen, changed):
        assert KEY.encode() not in told.content
        assert b"new-key" not in told.content


def test_postmarks_password_comes_once(ada: Agent) -> None:
    api = Program(ada)
    first = api.ask("POST", "/hooks", {"kind": "postmark", "name": "Support"})
    number = first.body["hook"]["id"]
    second = api.ask("POST", f"/hooks/{number}/passwords")
    assert second.status == 201
    assert len({first.body["password"], second.body["password"], None}) == 3
    assert "password" not in api.ask("GET", f"/hooks/{number}").body


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "mailgun", "name": "A"}, "secret"),
        ({"kind": "mailgun", "name": "A", "secret": "kéy"}, "secret"),
        ({"kind": "ses", "name": "A", "topic": "topic"}, "topic"),
        ({"kind": "ses", "name": " ", "topic": TOPIC}, "name"),
        ({"kind": "mail", "name": "A"}, "body.kind"),
    ],
)
def test_what_cannot_be_used_is_named(ada: Agent, body: dict[str, str], field: str) -> None:
    refused = Program(ada).ask("POST", "/hooks", body)
    assert (refused.status, refused.code) == (422, "invalid")
    assert [error["field"] for error in refused.body["errors"]] == [field]


def test_nothing_is_confirmed_that_did_not_ask(ada: Agent) -> None:
    api = Program(ada)
    number = api.ask("POST", "/hooks", {"kind": "ses", "name": "Amazon", "topic": TOPIC}).body["hook"]["id"]
    assert api.ask("PUT", f"/hooks/{number}/confirmation").code == "conflict"
    Hook.objects.update(confirmation=made.subscription()["SubscribeURL"])
    shown = api.ask("GET", f"/hooks/{number}")
    assert shown.body["asks"] is True
    assert b"Token" not in shown.content
    # another topic asks for nothing any more
    other = api.ask("PATCH", f"/hooks/{number}", {"topic": TOPIC + "2"})
    assert other.body["asks"] is False
