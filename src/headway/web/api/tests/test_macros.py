"""Macros and drafts through the API."""

from headway.people.models import Agent, Customer, Team
from headway.tickets.models import Message, Ticket
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def test_a_macro_is_written_used_and_put_away(
    sam: Agent, mia: Agent, leo: Agent, frontline: Team, dana: Customer
) -> None:
    ticket = asks(dana)
    program = Program(sam)
    body = {"name": "Refund", "shortcut": "ref", "text": "Hello {{customer.first_name}}, order [[order number]]"}
    made = program.post("/macros", body | {"changes": {"priority": 4, "tags": ["refund"], "assignee_id": 0}})
    assert (made.status, made.body["owner_id"], made.body["changes"]["priority"]) == (201, sam.pk, 4)
    path = f"/macros/{made.body['id']}"
    assert program.get(path).body == made.body
    assert Program(mia).get(path).status == 404
    used = program.post(f"/tickets/{ticket.pk}/macros/{made.body['id']}", {})
    assert used.body == {
        "ticket_id": ticket.pk,
        "text": "Hello Dana, order [[order number]]",
        "gaps": ["[[order number]]"],
    }
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (4, sam)
    assert Message.objects.count() == 1
    assert program.put(path, body | {"text": "{{secret}}"}).status == 422
    assert program.put(path, body | {"team_id": frontline.pk}).status == 422
    assert program.put(path, body | {"shared": True}).status == 403
    assert program.put(path, {"name": "Refund", "text": "Paid."}).body["changes"]["priority"] is None
    assert Program(leo).post("/macros", body | {"shared": True, "team_id": frontline.pk}).status == 201
    assert [row["team_id"] for row in program.get("/macros").body["items"]] == [None, frontline.pk]
    assert program.delete(path).status == 204
    assert program.get(path).status == 404


def test_drafts_are_kept_and_not_overwritten(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    program = Program(sam)
    path = f"/tickets/{ticket.pk}/draft"
    assert program.put(path, {"text": "Half"}).body == {"version": 1}
    assert program.put(path, {"text": "Half a thought", "version": 1}).body == {"version": 2}
    refused = program.put(path, {"text": "Other", "version": 1})
    assert (refused.status, refused.code) == (412, "stale")
    listed = program.get(f"/tickets/{ticket.pk}/drafts").body["items"]
    assert [(row["text"], row["shared"], row["agent_id"]) for row in listed] == [("Half a thought", False, sam.pk)]
    assert Program(mia).get(f"/tickets/{ticket.pk}/drafts").body["items"] == []
    assert program.delete(path).status == 204
    assert program.get(f"/tickets/{ticket.pk}/drafts").body["items"] == []
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version
