"""What administrators do through the API: definitions, settings, the hold, failed jobs, the audit log."""

import pytest
from django.db import connection

from headway.foundation import files
from headway.foundation.clock import now
from headway.intake.models import Delivery, RawMail
from headway.people.models import Agent, Customer
from headway.tickets.models import Message
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def _names(program: Program, path: str) -> list[str]:
    return [row["name"] for row in program.get(path).body["items"]]


def test_statuses_are_defined_renamed_and_archived(ada: Agent, sam: Agent, dana: Customer) -> None:
    program = Program(ada)
    made = program.post("/statuses", {"name": "With the bank", "category": "hold"})
    assert (made.status, made.body["is_default"]) == (201, False)
    path = f"/statuses/{made.body['id']}"
    ticket = asks(dana)
    moved = Program(sam).patch(f"/tickets/{ticket.pk}", {"status_id": made.body["id"]})
    assert (moved.body["status"], moved.body["category"]) == ("With the bank", "hold")
    assert program.patch(path, {"name": "open"}).code == "conflict"
    assert program.patch(path, {"name": "At the bank", "is_default": True}).body["is_default"] is True
    assert program.delete(path).code == "conflict"
    old = next(row for row in program.get("/statuses").body["items"] if row["name"] == "On hold")
    assert program.delete(f"/statuses/{old['id']}").status == 204
    assert program.delete(f"/statuses/{old['id']}").status == 404
    assert "On hold" not in _names(program, "/statuses")
    assert Program(sam).post("/statuses", {"name": "Mine", "category": "open"}).status == 403


def test_types_ask_for_fields(ada: Agent, sam: Agent, dana: Customer) -> None:
    program = Program(ada)
    field = program.post("/fields", {"key": "plan", "label": "Plan", "kind": "choice", "options": ["a", "b"]})
    assert field.status == 201
    kind = program.post("/types", {"name": "Billing", "field_ids": [field.body["id"]]})
    assert kind.body["field_ids"] == [field.body["id"]]
    ticket, agent = asks(dana), Program(sam)
    path = f"/tickets/{ticket.pk}"
    assert agent.patch(path, {"type_id": kind.body["id"], "fields": {"plan": "a"}}).body["fields"] == {"plan": "a"}
    wrong = agent.patch(path, {"fields": {"plan": "c"}})
    assert (wrong.status, wrong.body["errors"][0]["field"]) == (422, "fields.plan")
    program.patch(f"/fields/{field.body['id']}", {"required": True})
    agent.patch(path, {"fields": {"plan": None}})
    missing = agent.put(f"{path}/solution")
    assert (missing.status, missing.body["errors"][0]["field"]) == (422, "fields.plan")
    assert program.patch(f"/types/{kind.body['id']}", {"name": "Money", "field_ids": []}).body["field_ids"] == []
    assert agent.put(f"{path}/solution").status == 200
    assert program.delete(f"/types/{kind.body['id']}").status == 204
    assert program.delete(f"/fields/{field.body['id']}").status == 204
    assert program.get("/fields").body["items"] == program.get("/types").body["items"] == []
    assert program.post("/fields", {"key": "plan", "label": "Plan", "kind": "text"}).code == "conflict"
    assert program.post("/fields", {"key": "other", "label": "O", "kind": "choice"}).status == 422


def test_settings_are_read_and_changed(ada: Agent, leo: Agent) -> None:
    program = Program(ada)
    assert program.get("/settings").body["close_days"] == 14
    assert program.patch("/settings", {"close_days": 7}).body["close_days"] == 7
    assert program.patch("/settings", {"close_days": -1}).body["errors"][0]["field"] == "close_days"
    assert program.patch("/settings", {"nope": 1}).status == 422
    assert Program(leo).get("/settings").code == "forbidden"


def test_the_workspace_is_held_and_released(ada: Agent, leo: Agent) -> None:
    program = Program(ada)
    assert program.get("/hold").body["held"] is False
    assert program.put("/hold", {"reason": "moving house"}).body["reason"] == "moving house"
    assert program.get("/hold").body["held"] is True
    assert Program(leo).delete("/hold").code == "forbidden"
    assert program.delete("/hold").status == 204
    assert program.delete("/hold").code == "conflict"


@pytest.fixture
def failed_jobs(database: None) -> list[int]:
    """Two jobs that failed for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "SELECT 'default', 'events.follow', '{\"event_id\": 1}', 'failed', 10 FROM generate_series(1, 2) "
            "RETURNING id"
        )
        return [row[0] for row in cursor.fetchall()]


def test_failed_jobs_are_retried_or_discarded(ada: Agent, leo: Agent, failed_jobs: list[int]) -> None:
    program = Program(ada)
    first = program.get("/dead-letters?limit=1")
    assert [row["id"] for row in first.body["items"]] == [failed_jobs[1]]
    rest = program.get(f"/dead-letters?cursor={first.body['next']}")
    assert [row["arguments"] for row in rest.body["items"]] == [{"event_id": 1}]
    assert program.post(f"/dead-letters/{failed_jobs[0]}/retries").status == 204
    assert program.delete(f"/dead-letters/{failed_jobs[1]}").status == 204
    assert program.delete(f"/dead-letters/{failed_jobs[1]}").status == 404
    assert program.get("/dead-letters").body["items"] == []
    assert Program(leo).get("/dead-letters").status == 403


def test_the_audit_log_is_the_whole_journal(ada: Agent, sam: Agent, dana: Customer) -> None:
    program = Program(ada)
    program.post("/teams", {"name": "Night"})
    newest = program.get("/audit-log?limit=1").body["items"][0]
    assert (newest["kind"], newest["actor_id"], newest["data"]) == ("team.created", ada.pk, {"tier": 1})
    ticket = asks(dana)
    for query in ("kind=ticket.created", f"subject_kind=ticket&subject_id={ticket.pk}"):
        assert program.get(f"/audit-log?{query}").body["items"][-1]["kind"] == "ticket.created"
    assert {row["actor_id"] for row in program.get(f"/audit-log?actor_id={ada.pk}").body["items"]} == {ada.pk}
    assert Program(sam, ["tickets:read"]).get("/audit-log").status == 403


def test_a_failed_mail_is_seen_and_sent_again(sam: Agent, vic: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    written = program.post(f"/tickets/{ticket.pk}/replies", {"text": "Hello"})
    message = Message.objects.get(pk=written.body["id"])
    delivery = Delivery.objects.create(
        message=message,
        address="dana@example.com",
        mail_id="<1@desk>",
        state="failed",
        attempts=1,
        due_at=now(),
        result="550 no",
    )
    rows = Program(vic).get("/outbox?state=failed").body["items"]
    assert [(row["id"], row["ticket_id"], row["result"]) for row in rows] == [(delivery.pk, ticket.pk, "550 no")]
    assert program.get("/outbox?state=sent").body["items"] == []
    path = f"/tickets/{ticket.pk}/messages/{message.pk}"
    assert program.delete(f"{path}/delivery").code == "conflict"
    assert program.post(f"{path}/retries").status == 204
    assert program.post(f"{path}/retries").code == "conflict"
    assert program.delete(f"{path}/delivery").status == 204
    assert Program(vic).post(f"{path}/retries").status == 403


def test_quarantined_mail_is_looked_at_retried_or_given_up(ada: Agent, leo: Agent) -> None:
    program = Program(ada)
    blobs = [files.put(f"mail {number}".encode()) for number in range(2)]
    rows = [
        RawMail.objects.create(
            source="import", delivery_key=blob.sha256, sha256=blob.sha256, size=blob.size, state="quarantined",
            error="unreadable", stored_at=now(),
        )
        for blob in blobs
    ]  # fmt: skip
    first = program.get("/quarantine?limit=1")
    assert [row["id"] for row in first.body["items"]] == [rows[1].pk]
    assert [row["id"] for row in program.get(f"/quarantine?cursor={first.body['next']}").body["items"]] == [rows[0].pk]
    assert program.get(f"/quarantine/{rows[0].pk}").content == b"mail 0"
    assert program.post(f"/quarantine/{rows[0].pk}/retries").status == 204
    assert program.delete(f"/quarantine/{rows[1].pk}").status == 204
    assert program.delete(f"/quarantine/{rows[1].pk}").status == 404
    assert Program(leo).get("/quarantine").code == "forbidden"


def test_a_lead_deletes_a_ticket_for_good(leo: Agent, sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    assert Program(sam).delete(f"/tickets/{ticket.pk}").code == "forbidden"
    program = Program(leo)
    assert program.delete(f"/tickets/{ticket.pk}", match='"999"').code == "stale"
    assert program.delete(f"/tickets/{ticket.pk}").status == 204
    assert program.get(f"/tickets/{ticket.pk}").status == 404
