"""Hours, targets and tags through the API."""

from headway.people.models import Agent, Customer
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def test_hours_and_targets_say_when_an_answer_is_due(ada: Agent, sam: Agent) -> None:
    program = Program(ada)
    week = "mon-fri 09:00-12:00 13:00-18:00"
    made = program.post("/calendars", {"name": "Berlin", "zone": "Europe/Berlin", "week": week})
    assert made.status == 201
    path = f"/calendars/{made.body['id']}"
    assert program.put(f"{path}/holidays/2026-11-30", {"name": "Day off"}).body["holidays"][0]["day"] == "2026-11-30"
    target = {"channel": "email", "priority": 3, "first_minutes": 60, "calendar_id": made.body["id"]}
    promised = program.put("/targets", target)
    assert (promised.status, promised.body["next_minutes"]) == (200, None)
    due = Program(sam).get("/due?channel=email&priority=high&at=2026-11-27T17:50:00%2B01:00").body
    # ten minutes on Friday, the rest on Tuesday: Monday is the holiday
    assert (due["first"], due["next"], due["is_open"]) == ("2026-12-01T08:50:00Z", None, True)
    assert program.delete(path).code == "conflict"
    assert program.delete(f"/targets/{promised.body['id']}").status == 204
    assert program.delete(f"{path}/holidays/2026-11-30").status == 204
    assert program.delete(path).status == 204
    assert program.post(f"{path}/restoration").body["archived"] is False
    assert program.patch(path, {"week": "mon nine"}).status == 422
    assert Program(sam).put("/targets", {"channel": "email"}).status == 403


def test_tags_are_kept_in_order(ada: Agent, sam: Agent, dana: Customer) -> None:
    program, agent = Program(ada), Program(sam)
    path = f"/tickets/{asks(dana).pk}"
    agent.post(f"{path}/tags", {"names": ["bills", "invoices"]})
    ids = {row["name"]: row["id"] for row in agent.get("/tags").body["items"]}
    assert program.patch(f"/tags/{ids['bills']}", {"name": "billing"}).body["name"] == "billing"
    assert program.put(f"/tags/{ids['invoices']}/merger", {"into_id": ids["bills"]}).body["name"] == "billing"
    assert agent.post(f"{path}/tags", {"names": ["invoices"]}).body["tags"] == ["billing"]
    assert program.delete(f"/tags/{ids['bills']}").status == 204
    assert agent.get("/tags").body["items"] == []
    assert program.post(f"/tags/{ids['bills']}/restoration").status == 200
    assert agent.patch(f"/tags/{ids['bills']}", {"name": "mine"}).status == 403
