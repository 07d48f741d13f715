"""Tickets through the API: what a person does at the desk."""

from datetime import UTC, datetime, timedelta

import pytest

from headway.foundation.clock import now
from headway.people.models import Agent, Brand, Customer, Team
from headway.tickets.models import Ticket
from headway.tickets.tests.desk import asks, status, story, writes
from headway.web.api.tests.program import Program


def test_a_ticket_begins_on_a_customers_behalf(sam: Agent, dana: Customer, acme: Brand) -> None:
    program = Program(sam)
    body = {"subject": "Card declined", "text": "Twice.", "customer_id": dana.pk, "priority": 3, "tags": ["billing"]}
    made = program.post("/tickets", body)
    assert made.status == 201, made.body
    assert made.headers["location"] == f"/api/v1/tickets/{made.body['id']}"
    assert made.headers["etag"] == f'"{made.body["version"]}"'
    assert (made.body["customer"], made.body["priority"], made.body["tags"]) == ("Dana Ortiz", 3, ["billing"])
    read = program.get(f"/tickets/{made.body['id']}")
    assert read.body["ticket"] == made.body
    assert [turn["text"] for turn in read.body["conversation"]] == ["Twice."]


def test_an_unknown_customer_becomes_known(sam: Agent) -> None:
    who = {"kind": "email", "value": "New@Example.org", "name": "Newcomer"}
    made = Program(sam).post("/tickets", {"text": "Hello", "customer": who})
    assert made.status == 201
    assert made.body["customer"] == "Newcomer"
    narrow = Program(sam, ["tickets:read", "tickets:write"])
    assert narrow.post("/tickets", {"text": "Again", "customer": who}).status == 201
    refused = narrow.post("/tickets", {"text": "Hello", "customer": {"value": "other@example.org"}})
    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "body.customer")


def test_we_write_first(sam: Agent, dana: Customer) -> None:
    program = Program(sam)
    body = {"author": "agent", "subject": "Your renewal", "text": "It is due.", "customer_id": dana.pk}
    made = program.post("/tickets", body)
    assert (made.status, made.body["category"]) == (201, "waiting")
    assert program.post("/tickets", {"author": "agent", "text": "To whom?"}).status == 422


def test_the_list_takes_every_part_of_a_filter(sam: Agent, dana: Customer, chen: Customer, frontline: Team) -> None:
    program = Program(sam)
    first, second = asks(dana, "Card declined"), asks(chen, "Where is my order", "It has not come. Order 4711.")
    program.patch(f"/tickets/{second.pk}", {"priority": 4, "team_id": frontline.pk, "assignee_id": sam.pk})
    program.post(f"/tickets/{first.pk}/tags", {"names": ["billing"]})

    def found(query: str) -> list[int]:
        answer = program.get(f"/tickets?{query}")
        assert answer.status == 200, answer.body
        return [row["id"] for row in answer.body["items"]]

    assert found("") == [second.pk, first.pk]
    for query in (
        f"status_id={status('new').pk}&assignee_id=0", "category=new&priority=2", "tag=billing", "team_id=0",
        f"customer_id={dana.pk}", "q=declined", "type_id=0&priority=2&priority=1",
    ):  # fmt: skip
        assert found(query) == [first.pk], query
    for query in (
        f"assignee_id={sam.pk}",
        f"team_id={frontline.pk}",
        "priority=4",
        "q=4711",
        "category=new&priority=4",
    ):
        assert found(query) == [second.pk], query
    tomorrow = (now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    for query in (
        "channel=chat", "brand_id=5", "organisation_id=9", f"created_from={tomorrow}", f"updated_from={tomorrow}",
        "suspected=true", "snoozed=true", "merged=true", "category=closed", "q=nothing", "priority=9",
        "created_before=2020-01-01T00:00:00Z",
    ):  # fmt: skip
        assert found(query) == [], query
    assert program.get("/tickets?catgory=new").body["errors"][0]["field"] == "query.catgory"
    assert program.get("/tickets?category=novel").status == 422


def test_pages_follow_each_other(sam: Agent, dana: Customer) -> None:
    made = [asks(dana, f"Question {number}").pk for number in range(5)]
    program, seen = Program(sam), []
    path = "/tickets?limit=2&category=new"
    while path:
        page = program.get(path)
        assert len(page.body["items"]) <= 2
        seen += [row["id"] for row in page.body["items"]]
        link = page.headers.get("link", "")
        assert bool(link) == (page.body["next"] is not None)
        path = link.partition(">")[0].removeprefix("</api/v1")
    assert seen == made[::-1]
    for limit in ("0", "101", "many"):
        assert program.get(f"/tickets?limit={limit}").status == 422
    assert program.get("/tickets?cursor=rubbish").body["errors"][0]["field"] == "cursor"


def test_properties_change_together_or_not_at_all(sam: Agent, mia: Agent, dana: Customer, chen: Customer) -> None:
    ticket = asks(dana)
    program = Program(sam)
    body = {"subject": "Payment", "priority": 4, "assignee_id": mia.pk, "customer_id": chen.pk, "category": "hold"}
    changed = program.patch(f"/tickets/{ticket.pk}", body)
    assert changed.status == 200, changed.body
    assert {name: changed.body[name] for name in ("subject", "priority", "assignee", "customer", "category")} == {
        "subject": "Payment", "priority": 4, "assignee": "Mia", "customer": "Chen Wei", "category": "hold",
    }  # fmt: skip
    refused = program.patch(f"/tickets/{ticket.pk}", {"priority": 1, "category": "new"})
    assert refused.status == 409
    assert Ticket.objects.get(pk=ticket.pk).priority == 4
    assert program.patch(f"/tickets/{ticket.pk}", {"assignee_id": 0}).body["assignee"] is None
    wrong = program.patch(f"/tickets/{ticket.pk}", {"team_id": 12345})
    assert (wrong.status, wrong.body["errors"][0]["field"]) == (422, "body.team_id")
    assert program.patch(f"/tickets/{ticket.pk}", {"fields": {"nope": 1}}).body["errors"][0]["field"] == "fields.nope"


@pytest.mark.parametrize(
    ("method", "noun", "body", "shows"),
    [
        ("PUT", "assignment", {"assignee_id": "sam"}, ("assignee", "Sam")),
        ("DELETE", "assignment", None, ("assignee", None)),
        ("PUT", "solution", None, ("category", "solved")),
        ("PUT", "closure", None, ("category", "closed")),
        ("DELETE", "snooze", None, ("snoozed_until", None)),
        ("DELETE", "suspicion", None, ("suspected_at", None)),
    ],
)
def test_states_are_nouns(
    sam: Agent, dana: Customer, method: str, noun: str, body: dict[str, object] | None, shows: tuple[str, object]
) -> None:
    ticket = asks(dana)
    if body:
        body = dict.fromkeys(body, sam.pk)
    changed = Program(sam).ask(method, f"/tickets/{ticket.pk}/{noun}", body)
    assert (changed.status, changed.body[shows[0]]) == (200, shows[1])


def test_snoozed_and_suspected(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    until = (now() + timedelta(days=2)).isoformat()
    assert program.put(f"/tickets/{ticket.pk}/snooze", {"until": until}).body["snoozed_until"]
    assert program.put(f"/tickets/{ticket.pk}/snooze", {"until": "2020-01-01T00:00:00Z"}).status == 422
    assert program.put(f"/tickets/{ticket.pk}/snooze", {"until": "2030-01-01T00:00:00"}).status == 422
    assert program.put(f"/tickets/{ticket.pk}/suspicion").body["suspected_at"]
    assert [row["id"] for row in program.get("/tickets?suspected=true").body["items"]] == [ticket.pk]


def test_solved_and_reopened(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    assert program.delete(f"/tickets/{ticket.pk}/solution").code == "conflict"
    program.put(f"/tickets/{ticket.pk}/solution")
    assert program.delete(f"/tickets/{ticket.pk}/solution").body["category"] == "open"


def test_answers_notes_and_what_customers_say(sam: Agent, lim: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    replied = program.post(f"/tickets/{ticket.pk}/replies", {"text": "Try again.", "category": "waiting"})
    assert (replied.status, replied.body["category"]) == (201, "waiting")
    noted = Program(lim).post(f"/tickets/{ticket.pk}/notes", {"text": "Bank says no."})
    assert noted.status == 201
    said = program.post(f"/tickets/{ticket.pk}/messages", {"text": "It works not."})
    assert (said.status, said.body["category"]) == (201, "open")
    kinds = [turn["kind"] for turn in program.get(f"/tickets/{ticket.pk}").body["conversation"]]
    assert kinds == ["in", "out", "note", "in"]
    assert program.post(f"/tickets/{ticket.pk}/replies", {"text": " "}).status == 422
    message = program.get(replied.headers["location"].removeprefix("/api/v1"))
    assert (message.body["text"], message.body["agent_id"], message.body["html"]) == ("Try again.", sam.pk, "")
    note = program.get(noted.headers["location"].removeprefix("/api/v1"))
    assert (note.body["text"], note.body["agent_id"]) == ("Bank says no.", lim.pk)


def test_a_held_message_is_admitted(sam: Agent, dana: Customer, chen: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    writes(chen, ticket, "Me too", held=True)
    held = next(turn for turn in program.get(f"/tickets/{ticket.pk}").body["conversation"] if turn["held"])
    path = f"/tickets/{ticket.pk}/messages/{held['id']}/admission"
    assert program.put(path).status == 200
    assert program.put(path).code == "conflict"
    other = asks(chen)
    assert program.get(f"/tickets/{other.pk}/messages/{held['id']}").status == 404


def test_tags_come_and_go(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    assert program.post(f"/tickets/{ticket.pk}/tags", {"names": ["VIP", "a/b c"]}).body["tags"] == ["VIP", "a/b c"]
    assert program.delete(f"/tickets/{ticket.pk}/tags/vip").body["tags"] == ["a/b c"]
    assert [row["name"] for row in program.get("/tags?start=v").body["items"]] == ["VIP"]


def test_links_merge_and_split(sam: Agent, dana: Customer) -> None:
    one, two, program = asks(dana, "One"), asks(dana, "Two"), Program(sam)
    linked = program.post(f"/tickets/{one.pk}/links", {"other_id": two.pk, "kind": "incident"})
    assert (linked.status, linked.body["subject"]) == (201, "Two")
    back = program.get(f"/tickets/{two.pk}/links").body["items"]
    assert [(row["other_id"], row["outward"]) for row in back] == [(one.pk, False)]
    assert program.delete(f"/tickets/{one.pk}/links/incident/{two.pk}").status == 204
    assert program.put(f"/tickets/{one.pk}/merger", {"into_id": two.pk}).body["id"] == two.pk
    assert program.post(f"/tickets/{one.pk}/replies", {"text": "Hello"}).body["into"] == two.pk
    said = program.get(f"/tickets/{two.pk}").body["conversation"]
    parted = program.post(f"/tickets/{two.pk}/splits", {"message_ids": [said[0]["id"]], "subject": "Apart"})
    assert (parted.status, parted.body["subject"]) == (201, "Apart")
    assert program.post(f"/tickets/{two.pk}/splits", {"message_ids": [said[0]["id"]]}).status == 422


def test_ratings_by_scale(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    assert program.put(f"/tickets/{ticket.pk}/ratings/csat", {"score": 5, "comment": "Fine"}).status == 200
    assert program.put(f"/tickets/{ticket.pk}/ratings/csat", {"score": 9}).status == 422
    assert program.put(f"/tickets/{ticket.pk}/ratings/stars", {"score": 1}).status == 404
    assert [row["score"] for row in program.get(f"/tickets/{ticket.pk}/ratings").body["items"]] == [5]


def test_a_tickets_story(sam: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    program.patch(f"/tickets/{ticket.pk}", {"priority": 4})
    page = program.get(f"/tickets/{ticket.pk}/events?limit=1")
    assert [row["kind"] for row in page.body["items"]] == ["ticket.priority_changed"]
    assert page.body["items"][0]["actor_id"] == sam.pk
    rest = program.get(f"/tickets/{ticket.pk}/events?cursor={page.body['next']}")
    assert [row["kind"] for row in rest.body["items"]] == story(ticket)[-2::-1]


def test_one_change_on_many(sam: Agent, dana: Customer) -> None:
    tickets, program = [asks(dana, f"Question {number}") for number in range(3)], Program(sam)
    program.put(f"/tickets/{tickets[1].pk}/closure")
    ids = [ticket.pk for ticket in tickets] + [987654]
    body = {"ticket_ids": ids, "change": {"assignee_id": sam.pk, "add_tags": ["wave"]}}
    refused = program.post("/tickets/bulk", {**body, "mode": "all"})
    assert (refused.status, refused.code) == (409, "bulk_refused")
    assert [row["code"] for row in refused.body["results"]] == ["undone", "conflict", "undone", "not_found"]
    assert not Ticket.objects.filter(assignee=sam).exists()
    done = program.post("/tickets/bulk", body)
    assert (done.status, done.body["done"], done.body["failed"]) == (200, 2, 2)
    assert [row["done"] for row in done.body["results"]] == [True, False, True, False]
    assert set(Ticket.objects.filter(assignee=sam).values_list("pk", flat=True)) == {ids[0], ids[2]}
    # the one that failed half-way has no tag either
    assert program.get("/tickets?tag=wave&category=closed").body["items"] == []
    for wrong in ({"ticket_ids": ids, "change": {}}, {"ticket_ids": list(range(1, 102)), "change": {"priority": 1}}):
        assert program.post("/tickets/bulk", wrong).status == 422


def test_a_file_is_sent_attached_and_fetched(sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, program = asks(dana), Program(sam)
    sent = program.ask(
        "POST", "/uploads?name=r%C3%A9sum%C3%A9.pdf", raw=b"%PDF \x00\xff", content_type="application/pdf"
    )
    assert (sent.status, sent.body["name"], sent.body["size"]) == (201, "résumé.pdf", 7)
    body = {"text": "See the file.", "upload_ids": [sent.body["id"]]}
    assert Program(mia).post(f"/tickets/{ticket.pk}/replies", body).status == 422
    replied = program.post(f"/tickets/{ticket.pk}/replies", body)
    assert replied.status == 201
    assert program.post(f"/tickets/{ticket.pk}/replies", body).status == 422
    turn = program.get(f"/tickets/{ticket.pk}").body["conversation"][-1]
    file = turn["files"][0]
    path = f"/tickets/{ticket.pk}/messages/{turn['id']}/files/{file['id']}"
    fetched = program.get(path)
    assert (fetched.status, fetched.content) == (200, b"%PDF \x00\xff")
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["content-type"] == "application/octet-stream"
    assert program.get(path + "9").status == 404
    note = program.ask("POST", "/uploads?name=n.txt", raw=b"text", content_type="text/plain")
    program.post(f"/tickets/{ticket.pk}/notes", {"upload_ids": [note.body["id"]]})
    turn = program.get(f"/tickets/{ticket.pk}").body["conversation"][-1]
    assert program.get(f"/tickets/{ticket.pk}/notes/{turn['id']}/files/{turn['files'][0]['id']}").content == b"text"


def test_times_are_utc(sam: Agent, dana: Customer) -> None:
    ticket = asks(dana)
    row = Program(sam).get(f"/tickets/{ticket.pk}").body["ticket"]
    assert datetime.fromisoformat(row["created_at"]).tzinfo == UTC
