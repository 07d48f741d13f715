"""Saved views through the API."""

from headway.people.models import Agent, Customer, Team
from headway.tickets.tests.desk import asks
from headway.web.api.tests.program import Program


def test_views_are_saved_counted_changed_and_come_back(sam: Agent, mia: Agent, dana: Customer, frontline: Team) -> None:
    first, second = asks(dana, "One"), asks(dana, "Two")
    program, other = Program(sam), Program(mia)
    made = program.post("/views", {"name": "Dana", "q": "from:dana", "base": "open", "order": "created"})
    assert (made.status, made.body["count"], made.body["may_edit"]) == (201, 2, True)
    path = f"/views/{made.body['id']}"
    assert program.get(path).body == made.body
    assert other.get(path).status == 404
    rows = program.get(f"/tickets?view_id={made.body['id']}&limit=1")
    assert [row["id"] for row in rows.body["items"]] == [second.pk]
    rest = program.get(f"/tickets?view_id={made.body['id']}&limit=1&cursor={rows.body['next']}")
    assert [row["id"] for row in rest.body["items"]] == [first.pk]
    assert program.get(f"/tickets?view_id={made.body['id']}&priority=4").body["items"] == []

    shared = program.patch(path, {"audience": "team", "team_id": frontline.pk, "name": "Dana’s"})
    assert (shared.body["audience"], shared.body["team_id"], shared.body["q"]) == ("team", frontline.pk, "from:dana")
    assert program.patch(path, {"q": "refund"}).body["errors"][0]["field"] == "q"
    assert program.patch(path, {"audience": "all"}).status == 403
    again = program.post("/views", {"name": "Mine", "base": "mine", "audience": "team", "team_id": frontline.pk})
    moved = program.post(f"/views/{again.body['id']}/position", {"step": -1})
    assert moved.body["position"] == 1
    assert [view["name"] for view in program.get("/views").body["items"]] == ["Mine", "Dana’s"]
    assert program.delete(path).status == 204
    assert program.get(path).status == 404
    assert program.post(f"{path}/restoration", {}).body["name"] == "Dana’s"


def test_typed_filters_and_what_is_said_of_them(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    program = Program(sam)
    found = program.get("/tickets?q=declined+from:dana+colour:red")
    assert found.body["items"] == []
    assert found.headers["headway-notes"] == "colour: is not a filter and was searched as words."
    assert [row["id"] for row in program.get("/tickets?q=is:unread").body["items"]] == [ticket.pk]
