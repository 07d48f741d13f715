"""A problem and its incidents, at the desk and in the API."""

import json

from headway.events.models import Entry
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.models import Message, Ticket
from headway.tickets.tests.desk import again, status
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At

TEXT = "Hello {{ customer.first_name }}, #{{ ticket.number }} is **mended**."


def _problem(ask: Ask, sam: Agent, *customers: Customer) -> tuple[Ticket, list[Ticket]]:
    problem = ask(customers[0], "Gateway down")
    found = [ask(customer, f"Card declined {number}") for number, customer in enumerate(customers)]
    for each in found:
        actions.link(each, problem, "incident", actor=sam.actor)
    return problem, found


def test_all_are_answered_each_in_its_own_thread(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer
) -> None:
    problem, (first, second, closed) = _problem(ask, sam, dana, chen, dana)
    actions.set_status(closed, status("closed"), actor=sam.actor)
    client, address = at_desk(sam), f"/desk/tickets/{problem.pk}/incidents"
    offered = client.post(f"/desk/tickets/{problem.pk}/closure", {"seen": "0.0.0"}, headers=HTMX)
    assert json.loads(offered.headers["HX-Trigger"])["offer"] == {"address": address}
    page = client.get(address, headers=HTMX).content.decode()
    assert f'value="{first.pk}" checked' in page
    assert f'value="{closed.pk}"' not in page
    assert "closed for good" in page
    form = {"body": TEXT, "then": "solve", "ids": [str(first.pk), str(second.pk)]}
    none: list[str] = []
    for wrong in ({"body": " "}, {"body": "{{ customer.age }}"}, {"ids": none}):
        assert client.post(address, form | wrong, headers=HTMX).status_code == 422
    preview = client.post(address, form, headers=HTMX).content.decode()
    assert f"Hello Dana, #{first.pk} is **mended**." in preview
    assert "2 replies will leave" in preview
    assert not Message.objects.filter(direction="out").exists(), "nothing leaves before it was looked at"
    sent = client.post(address, form | {"sure": "1"}, headers=HTMX).content.decode()
    assert "2 of 2 answered." in sent
    replies = Message.objects.filter(direction="out").order_by("ticket_id")
    assert [(one.ticket_id, one.text) for one in replies] == [
        (first.pk, f"Hello Dana, #{first.pk} is **mended**."),
        (second.pk, f"Hello Chen, #{second.pk} is **mended**."),
    ]
    assert (again(first).category, again(second).category) == ("solved", "solved")
    assert Entry.objects.filter(kind="incident.answered").count() == 2
    ids = ",".join(str(one.pk) for one in replies)
    back = client.post(f"{address}/withdrawal", {"messages": ids}, headers=HTMX).content.decode()
    assert "2 replies were taken back" in back
    assert (again(first).category, again(second).category) == ("new", "new")


def test_many_go_a_few_at_a_time_and_what_cannot_is_said(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer
) -> None:
    problem, found = _problem(ask, sam, *[dana] * 12)
    chen.name = "chen@example.net"
    chen.save()
    nameless, stranger = ask(chen, "No name"), ask(dana, "Nothing to do with it")
    actions.link(nameless, problem, "incident", actor=sam.actor)
    ids = [nameless.pk, stranger.pk, *(one.pk for one in found)]
    address = f"/desk/tickets/{problem.pk}/incidents"
    form = {"body": TEXT, "then": "wait", "sure": "1", "ids": [str(number) for number in ids]}
    page = at_desk(sam).post(address, form, headers=HTMX).content.decode()
    assert "8 of 14 answered." in page
    assert "[[customer first name]] has no value on this ticket." in page
    assert f"#{stranger.pk}: This is no incident of #{problem.pk} any more." in page
    assert 'hx-trigger="load"' in page
    assert Message.objects.filter(direction="out").count() == 8


def test_the_api_answers_and_nobody_answers_what_they_may_not_see(
    ask: Ask, sam: Agent, mia: Agent, dana: Customer, chen: Customer, specialists: Team
) -> None:
    problem, (first, second) = _problem(ask, sam, dana, chen)
    for each in (problem, first):
        actions.set_team(each, specialists, actor=sam.actor)
    mia.sees = "teams"
    mia.save()
    address = f"/tickets/{problem.pk}/incidents"
    assert [one["id"] for one in Program(sam).get(address).body["items"]] == [first.pk, second.pk]
    program = Program(mia)
    assert [one["id"] for one in program.get(address).body["items"]] == [first.pk]
    body = {"text": TEXT, "category": "solved", "ticket_ids": [first.pk, second.pk]}
    results = program.post(f"{address}/replies", body).body["items"]
    assert [bool(one["message_id"]) for one in results] == [True, False]
    assert (again(first).category, again(second).category) == ("solved", "new")
