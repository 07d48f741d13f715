"""Writes happen once, and never on top of what the writer has not seen."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from headway.foundation.clock import frozen, now
from headway.people.models import Agent, Customer
from headway.tickets.models import Message, Ticket
from headway.tickets.tests.desk import asks
from headway.web.api import once
from headway.web.api.tests.program import Answer, Program
from headway.web.models import IdempotencyKey, Upload
from headway.web.tasks import forget_answers, forget_old_uploads


def test_the_same_request_again_gets_the_stored_answer(sam: Agent, dana: Customer) -> None:
    program, body = Program(sam), {"text": "Hello", "customer_id": dana.pk}
    first = program.post("/tickets", body, key="one")
    again = program.post("/tickets", body, key="one")
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert "idempotent-replayed" not in first.headers
    for name in ("etag", "location", "content-type"):
        assert again.headers[name] == first.headers[name]
    assert again.headers["idempotent-replayed"] == "true"
    assert Ticket.objects.count() == 1


def test_a_key_belongs_to_its_request_and_token(sam: Agent, dana: Customer) -> None:
    program, body = Program(sam), {"text": "Hello", "customer_id": dana.pk}
    ticket = program.post("/tickets", body, key="one").body["id"]
    other = program.post("/tickets", {**body, "text": "Other"}, key="one")
    assert (other.status, other.code) == (422, "idempotency_key_reused")
    assert program.post(f"/tickets/{ticket}/notes", {"text": "n"}, key="one").status == 422
    assert Program(sam).post("/tickets", body, key="one").status == 201
    assert Ticket.objects.count() == 2
    assert program.post("/tickets", body, key="x" * 201).status == 422


def test_what_was_refused_may_be_tried_again(sam: Agent, dana: Customer) -> None:
    program = Program(sam)
    assert program.post("/tickets", {"text": "Hello", "customer_id": 10**9}, key="one").status == 422
    assert program.post("/tickets", {"text": "Hello", "customer_id": dana.pk}, key="one").status == 201


def test_an_answer_is_kept_for_a_day_and_unreadable(sam: Agent, dana: Customer) -> None:
    program, body = Program(sam), {"name": "n", "scopes": ["tickets:read"]}
    made = program.post("/tokens", body, key="one")
    kept = IdempotencyKey.objects.get()
    assert made.body["secret"].encode() not in bytes(kept.answer)
    assert program.post("/tokens", body, key="one").body == made.body
    forget_answers()
    assert IdempotencyKey.objects.exists()
    with frozen(now() + timedelta(hours=25)):
        fresh = program.post("/tokens", body, key="one")
        assert fresh.status == 201
        assert fresh.body["token"]["id"] != made.body["token"]["id"]
    with frozen(now() + timedelta(hours=50)):
        forget_answers()
    assert not IdempotencyKey.objects.exists()


def test_uploads_are_forgotten_after_a_day(sam: Agent) -> None:
    program = Program(sam)
    sent = program.ask("POST", "/uploads?name=a", raw=b"a")
    with frozen(now() + timedelta(hours=25)):
        body = {"text": "late", "author": "customer", "upload_ids": [sent.body["id"]]}
        assert program.post("/tickets", body).status == 422
        forget_old_uploads()
    assert not Upload.objects.exists()


def _at_once(program: Program, path: str, bodies: list[Any], key: str) -> list[Answer]:
    """Sends the bodies at the same moment, each from a thread with a connection of its own."""
    answers: list[Answer] = []
    start = threading.Barrier(len(bodies))

    def send(body: Any) -> None:
        mine = Program(secret=program.secret)
        start.wait()
        try:
            answers.append(mine.post(path, body, key=key))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[body]) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_two_equal_requests_at_once_make_one_ticket(committed_db: str, sam: Agent, dana: Customer) -> None:
    program, body = Program(sam), {"text": "Hello", "customer_id": dana.pk}
    for turn in range(5):
        answers = _at_once(program, "/tickets", [body] * 4, f"key {turn}")
        made = [answer for answer in answers if answer.status == 201]
        assert made
        assert all(answer.code == "in_progress" for answer in answers if answer.status != 201)
        assert all(answer.headers["retry-after"] == "1" for answer in answers if answer.status == 409)
        assert len({answer.body["id"] for answer in made}) == 1
        assert sum("idempotent-replayed" not in answer.headers for answer in made) == 1
        assert Ticket.objects.count() == Message.objects.count() == turn + 1


def test_the_row_decides_where_the_lock_did_not(
    committed_db: str, sam: Agent, dana: Customer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # as if the look-up's snapshot were older than the other's commit
    monkeypatch.setattr(
        once, "_LOOK", once._LOOK.replace("pg_try_advisory_xact_lock(hashtextextended(%s, 0))", "%s <> ''")
    )
    program, body = Program(sam), {"text": "Hello", "customer_id": dana.pk}
    answers = _at_once(program, "/tickets", [body] * 4, "one")
    assert [answer.status for answer in answers] == [201] * 4
    assert len({answer.body["id"] for answer in answers}) == 1
    assert Ticket.objects.count() == Message.objects.count() == 1


def test_a_stale_write_is_refused(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    read = program.get(f"/tickets/{ticket.pk}")
    assert read.headers["etag"] == f'"{read.body["ticket"]["version"]}"'
    seen = read.headers["etag"]
    assert program.patch(f"/tickets/{ticket.pk}", {"priority": 3, "subject": "New"}, match=seen).status == 200
    path = f"/tickets/{ticket.pk}"
    for answer in (
        program.patch(path, {"priority": 4}, match=seen),
        program.put(f"{path}/assignment", {"assignee_id": sam.pk}, match=seen),
        program.delete(f"{path}/assignment", match=seen),
        program.put(f"{path}/solution", match=seen),
        program.post(f"{path}/replies", {"text": "x"}, match=seen),
        program.post(f"{path}/notes", {"text": "x"}, match=seen),
        program.post(f"{path}/tags", {"names": ["x"]}, match=seen),
        program.put(f"{path}/ratings/csat", {"score": 1}, match=seen),
        program.put(f"{path}/suspicion", match=seen),
        program.patch(path, {"priority": 4}, match="rubbish"),
        program.patch(path, {"priority": 4}, match='W/"3"'),
    ):
        assert (answer.status, answer.code) == (412, "stale"), answer.body
    now_at = Ticket.objects.get(pk=ticket.pk).version
    refused = program.patch(path, {"priority": 4}, match=seen)
    assert refused.body["version"] == now_at
    assert program.patch(path, {"priority": 4}, match="*").status == 200
    assert program.patch(path, {"priority": 1}, match=f'"{now_at + 1}"').status == 200


def test_people_and_teams_are_held_by_what_was_shown(ada: Agent, dana: Customer) -> None:
    program = Program(ada)
    team = program.post("/teams", {"name": "Night"})
    seen = team.headers["etag"]
    path = f"/teams/{team.body['id']}"
    assert program.get(path).headers["etag"] == seen
    assert program.patch(path, {"tier": 2}, match=seen).status == 200
    assert program.patch(path, {"tier": 3}, match=seen).code == "stale"
    customer = program.get(f"/customers/{dana.pk}")
    path = f"/customers/{dana.pk}"
    assert program.patch(path, {"name": "Dana"}, match=customer.headers["etag"]).status == 200
    assert program.patch(path, {"name": "Dan"}, match=customer.headers["etag"]).code == "stale"
    settings = program.get("/settings")
    assert program.patch("/settings", {"close_days": 3}, match=settings.headers["etag"]).status == 200
    assert program.patch("/settings", {"close_days": 4}, match=settings.headers["etag"]).code == "stale"
