"""The checklist of a ticket through the API."""

from headway.people.models import Agent, Customer
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def test_items_are_added_changed_and_removed(sam: Agent, vic: Agent, dana: Customer, chen: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    place = f"/tickets/{ticket.pk}/checklist"
    added = program.post(place, {"texts": ["Ask the bank", "Answer"]})
    assert (added.status, [row["position"] for row in added.body["items"]]) == (201, [1, 2])
    one = f"{place}/{added.body['items'][1]['id']}"
    changed = program.ask("PATCH", one, {"text": "Answer Dana", "done": True, "position": 1})
    assert (changed.body["text"], changed.body["position"], changed.body["done_by"]) == ("Answer Dana", 1, sam.pk)
    assert [row["text"] for row in program.get(place).body["items"]] == ["Answer Dana", "Ask the bank"]
    assert program.ask("PATCH", one, {"done": False}).body["done_at"] is None
    assert program.delete(one).status == 204
    assert program.delete(one).status == 204
    assert program.ask("PATCH", one, {"done": True}).status == 404
    assert [row["text"] for row in program.get(place).body["items"]] == ["Ask the bank"]
    assert program.post(f"{one}/restoration").body["text"] == "Answer Dana"
    # nobody reaches an item by another ticket
    assert program.ask("PATCH", one.replace(str(ticket.pk), str(asks(chen).pk), 1), {"done": True}).status == 404
    assert program.post(place, {"texts": []}).status == 422
    assert program.post(place, {"texts": [" "]}).status == 422
    assert Program(vic).post(place, {"texts": ["No"]}).status == 403
