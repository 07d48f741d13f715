"""Who comes in: tokens, scopes, roles, limits, and the forms of requests."""

from datetime import timedelta

import pytest

from headway.foundation.clock import frozen, now
from headway.people.actions import agents, tokens
from headway.people.models import Agent, ApiToken, Brand, Customer
from headway.settings.actions import change
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Answer, Program


def test_without_a_good_token_nothing_is_told(ada: Agent, sam: Agent) -> None:
    program = Program(sam)
    for headers in ({"Authorization": ""}, {"Authorization": "Bearer hw_wrong"}, {"Authorization": "Basic c2FtOng="}):
        refused = program.get("/tickets/1", headers=headers)
        assert (refused.status, refused.code) == (401, "unauthenticated")
        assert refused.headers["www-authenticate"].startswith("Bearer")
    with frozen(now() + timedelta(days=366)):
        assert program.get("/me").status == 401
    assert program.get("/me").status == 200
    agents.archive(sam, actor=ada.actor)
    assert program.get("/me").status == 401


def test_a_revoked_token_is_refused_at_once(sam: Agent) -> None:
    program = Program(sam)
    assert program.delete(f"/tokens/{program.token.pk}").status == 204
    assert program.get("/me").status == 401


def test_a_signed_in_browser_is_nobody_here(ada: Agent, dana: Customer) -> None:
    program = Program(secret=None)
    program.client.force_login(ada, "allauth.account.auth_backends.AuthenticationBackend")
    assert program.post("/tickets", {"text": "forged", "customer_id": dana.pk}).status == 401
    assert program.get("/tickets").status == 401


def test_a_narrow_token_reaches_as_far_as_its_scope(ada: Agent, dana: Customer) -> None:
    ticket, reader = asks(dana), Program(ada, ["tickets:read"])
    assert reader.get(f"/tickets/{ticket.pk}").status == 200
    for answer in (
        reader.post(f"/tickets/{ticket.pk}/notes", {"text": "no"}),
        reader.get("/customers"),
        reader.get("/audit-log"),
    ):
        assert (answer.status, answer.code) == (403, "insufficient_scope")
        assert "insufficient_scope" in answer.headers["www-authenticate"]


def test_a_new_role_counts_at_the_next_request(ada: Agent, sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    assert program.post(f"/tickets/{ticket.pk}/replies", {"text": "Hello"}).status == 201
    agents.set_role(sam, "light", actor=ada.actor)
    assert program.post(f"/tickets/{ticket.pk}/replies", {"text": "Hello"}).code == "forbidden"
    assert program.post(f"/tickets/{ticket.pk}/notes", {"text": "Hello"}).status == 201
    agents.set_role(sam, "viewer", actor=ada.actor)
    assert program.post(f"/tickets/{ticket.pk}/notes", {"text": "Hello"}).code == "forbidden"
    agents.set_scope(sam, "teams", actor=ada.actor)
    # the one that became his own he still sees
    assert [row["id"] for row in program.get("/tickets").body["items"]] == [ticket.pk]
    assert program.get(f"/tickets/{asks(dana).pk}").status == 404


def test_what_one_may_not_see_does_not_exist(ada: Agent, sam: Agent, dana: Customer, acme: Brand) -> None:
    agents.set_scope(sam, "brands", [acme], actor=ada.actor)
    hidden, program = asks(dana), Program(sam)
    missing = program.get("/tickets/99999999").body["detail"]
    for answer in (
        program.get(f"/tickets/{hidden.pk}"),
        program.patch(f"/tickets/{hidden.pk}", {"priority": 1}),
        program.get(f"/tickets/{hidden.pk}/events"),
        program.post(f"/tickets/{hidden.pk}/replies", {"text": "x"}),
    ):
        assert answer.status == 404
        assert answer.body["detail"] == missing.replace("99999999", str(hidden.pk))
    bulk = program.post("/tickets/bulk", {"ticket_ids": [hidden.pk], "change": {"priority": 1}})
    assert bulk.body["results"][0]["code"] == "not_found"


def test_a_token_gives_no_more_than_it_has(leo: Agent) -> None:
    program = Program(leo, ["tickets:read", "tickets:write"])
    assert program.post("/tokens", {"name": "n", "scopes": ["admin"]}).code == "forbidden"
    until = (now() + timedelta(days=4000)).isoformat()
    made = program.post("/tokens", {"name": "n", "scopes": ["tickets:read"], "expires_at": until})
    assert made.status == 201
    assert ApiToken.objects.get(pk=made.body["token"]["id"]).expires_at == program.token.expires_at
    child = Program(secret=made.body["secret"])
    assert child.get("/me").body["scopes"] == ["tickets:read"]
    assert child.delete(f"/tokens/{program.token.pk}").code == "forbidden"
    assert {row["id"] for row in child.get("/tokens").body["items"]} == {program.token.pk, made.body["token"]["id"]}


def test_administrators_see_and_end_every_token(ada: Agent, sam: Agent) -> None:
    theirs = Program(sam)
    assert Program(sam).delete(f"/tokens/{Program(ada).token.pk}").status == 404
    narrow = Program(ada, ["tickets:read"])
    assert narrow.delete(f"/tokens/{theirs.token.pk}").status == 404
    assert Program(ada).delete(f"/tokens/{theirs.token.pk}").status == 204
    assert theirs.get("/me").status == 401


def test_a_token_may_ask_so_often_in_a_minute(ada: Agent, sam: Agent) -> None:
    change({"api_requests_per_minute": 3}, actor=ada.actor)
    program = Program(sam)
    with frozen(now().replace(second=20)):
        first = program.get("/me")
        assert [first.headers[f"ratelimit-{name}"] for name in ("limit", "remaining", "reset")] == ["3", "2", "40"]
        assert [program.get("/me").status for _ in range(3)] == [200, 200, 429]
        refused = program.get("/me")
        assert (refused.code, refused.headers["retry-after"]) == ("too_many", "40")
        assert Program(sam).get("/me").status == 200
    with frozen(now().replace(second=20) + timedelta(minutes=1)):
        assert program.get("/me").status == 200


def test_an_address_that_keeps_failing_is_told_to_wait(sam: Agent) -> None:
    program = Program(secret="hw_guess")
    with frozen(now()):
        statuses = [program.get("/me").status for _ in range(61)]
    assert statuses == [401] * 60 + [429]


def test_last_use_is_written_seldom(sam: Agent) -> None:
    program, start = Program(sam), now()
    with frozen(start):
        program.get("/me")
    for later, seen in ((30, start), (7200, start + timedelta(hours=2))):
        with frozen(start + timedelta(seconds=later)):
            program.get("/me")
        assert ApiToken.objects.get(pk=program.token.pk).last_used_at == seen


@pytest.mark.parametrize(
    ("method", "path", "sent", "status", "code"),
    [
        ("GET", "/nowhere", {}, 404, "not_found"),
        ("GET", "/tickets/word", {}, 404, "not_found"),
        ("GET", f"/tickets/{10**30}", {}, 404, "not_found"),
        ("GET", "/tickets/0", {}, 404, "not_found"),
        ("PUT", "/tickets", {}, 405, "method_not_allowed"),
        ("TRACE", "/me", {}, 405, "method_not_allowed"),
        ("POST", "/tickets", {"raw": b"{"}, 400, "malformed_json"),
        ("POST", "/tickets", {"raw": b""}, 415, "unsupported_media_type"),
        ("POST", "/tickets", {"raw": b" "}, 400, "malformed_json"),
        ("POST", "/tickets", {"raw": b"[" * 100_000}, 400, "malformed_json"),
        ("POST", "/tickets", {"raw": b"text=1", "content_type": "application/x-www-form-urlencoded"}, 415,
         "unsupported_media_type"),
        ("POST", "/tickets", {"raw": b'{"text": "' + b"x" * 10_000_000 + b'"}'}, 413, "too_large"),
        ("POST", "/tickets", {"raw": b'{"text": "' + b"x" * 2_000_001 + b'"}'}, 422, "invalid"),
        ("POST", "/tickets", {"raw": b'{"surprise": 1}'}, 422, "invalid"),
        ("GET", "/tickets?q=%00", {}, 400, "bad_request"),
        ("DELETE", "/tickets/1/tags/%00", {}, 400, "bad_request"),
    ],
)  # fmt: skip
def test_every_refusal_is_a_problem(
    sam: Agent, method: str, path: str, sent: dict[str, object], status: int, code: str
) -> None:
    answer: Answer = Program(sam).ask(method, path, **sent)  # type: ignore[arg-type]
    assert (answer.status, answer.code) == (status, code), answer.content[:300]
    assert {"type", "title", "status", "detail", "code"} <= set(answer.body)
    if status == 405:
        assert answer.headers["allow"]


def test_a_refused_field_is_named(sam: Agent) -> None:
    refused = Program(sam).post("/tickets", {"customer": {"value": 5}, "priority": "high"})
    assert {error["field"] for error in refused.body["errors"]} == {"body.customer.value", "body.priority"}


def test_an_error_of_ours_tells_nothing(sam: Agent, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise ZeroDivisionError("a secret detail")

    monkeypatch.setattr("headway.tickets.queries.listing", broken)
    answer = Program(sam).get("/tickets")
    assert (answer.status, answer.code) == (500, "error")
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content


def test_tokens_are_made_by_hand_too(sam: Agent) -> None:
    token, secret = tokens.issue(sam, "by hand", ["tickets:read"], actor=sam.actor)
    assert Program(secret=secret).get("/me").body["token_id"] == token.pk
