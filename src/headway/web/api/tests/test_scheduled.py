"""Replies for later by the API."""

from datetime import timedelta

from headway.foundation.clock import now
from headway.people.models import Agent, Customer
from headway.tickets.models import Message, Scheduled
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def test_a_reply_waits_is_changed_sent_and_stopped(sam: Agent, mia: Agent, dana: Customer) -> None:
    program, ticket = Program(sam), asks(dana)
    address = f"/tickets/{ticket.pk}/scheduled-replies"
    due = (now() + timedelta(days=1)).isoformat()
    body = {"text": "Good morning", "due_at": due, "category": "waiting", "copied": ["Li@x.example"]}
    for wrong in (body | {"due_at": "2001-01-01T00:00:00Z"}, body | {"copied": ["nobody"]}, body | {"text": ""}):
        assert program.post(address, wrong).status in (400, 422)
    made = program.post(address, body)
    assert (made.status, made.body["copied"], made.body["held_because"]) == (201, ["li@x.example"], "")
    number = made.body["id"]
    assert [one["id"] for one in program.get(address).body["items"]] == [number]
    assert Program(mia).patch(f"{address}/{number}", {"text": "Mine"}).status == 403
    assert program.patch(f"{address}/{number}", {"text": "Later"}).body["text"] == "Later"
    assert program.get(f"/tickets/{asks(dana).pk}/scheduled-replies").body["items"] == []
    assert program.post(f"{address}/{number}/sending", {}, match='"1"').status == 412
    sent = program.post(f"{address}/{number}/sending", {})
    assert (sent.status, Message.objects.get(pk=sent.body["id"]).text) == (201, "Later")
    assert program.delete(f"{address}/{number}").status == 404
    other = program.post(address, body).body["id"]
    assert Program(mia).delete(f"{address}/{other}").status == 204
    assert not Scheduled.objects.exists()
