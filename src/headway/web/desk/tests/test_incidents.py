"""A problem and its incidents, at the desk and in the API."""

import json

from headway.events.models import Entry
from headway.people.models import Agent, Customer, Team
from headway.tickets import actions
from headway.tickets.actions import Recipe
from headway.tickets.models import Link, Message, Ticket
from headway.tickets.rules.macros import Changes
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


def test_every_way_of_solving_offers_it_and_nothing_leaves_unasked(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer
) -> None:
    client, solved = at_desk(sam), status("solved").pk
    problem, _found = _problem(ask, sam, dana, chen)
    way = f"/desk/tickets/{problem.pk}"
    offer = {"address": f"{way}/incidents"}
    chosen = client.post(f"{way}/status", {"status": solved, "seen": "0.0.0"}, headers=HTMX)
    assert json.loads(chosen.headers["HX-Trigger"])["offer"] == offer
    waits = client.post(f"{way}/status", {"status": status("waiting").pk, "seen": "0.0.0"}, headers=HTMX)
    assert "offer" not in waits.headers["HX-Trigger"]
    values = {"body": "It works.", "then": "solve", "seen": "0.0.0"}
    sent = json.loads(client.post(f"{way}/replies", values, headers=HTMX).headers["HX-Trigger"])
    assert (sent["offer"], sent["toast"]["text"]) == (offer, "Sent and solved.")
    alone = client.post(f"/desk/tickets/{ask(dana).pk}/replies", values, headers=HTMX)
    assert "offer" not in alone.headers["HX-Trigger"]
    # a macro that solves, with words or without
    macro = actions.save_macro(recipe=Recipe(name="Fixed", changes=Changes(status=solved)), actor=sam.actor)
    used = client.post(f"/desk/tickets/{problem.pk}/macros/{macro.pk}", {"seen": "0.0.0"}, headers=HTMX)
    assert json.loads(used.headers["HX-Trigger"])["offer"] == offer
    assert Message.objects.filter(direction="out").count() == 2


def test_many_solved_at_once_say_how_many_incidents_wait(
    at_desk: At, ask: Ask, sam: Agent, dana: Customer, chen: Customer
) -> None:
    client, solved = at_desk(sam), status("solved").pk
    first, _found = _problem(ask, sam, dana, chen)
    second, _more = _problem(ask, sam, chen)
    plain = ask(dana)
    values = {"ids": f"{first.pk},{second.pk},{plain.pk}", "status": solved}
    page = client.post("/desk/bulk/preview", values, headers=HTMX).content.decode()
    assert "3 incidents of them are not answered by this" in page
    results = json.loads(client.post("/desk/bulk", values, headers=HTMX).content)
    assert [(one["id"], one["incidents"]) for one in results] == [(first.pk, 2), (second.pk, 1), (plain.pk, 0)]
    assert not Message.objects.filter(direction="out").exists()
    page = client.get(f"/desk/incidents?ids={values['ids']}", headers=HTMX).content.decode()
    assert f'hx-get="/desk/tickets/{first.pk}/incidents"' in page
    assert f"Answer 1 incident of #{second.pk}" in page
    assert f"#{plain.pk}" not in page
    again_solved = json.loads(client.post("/desk/bulk", values, headers=HTMX).content)
    assert {one["incidents"] for one in again_solved} == {0}, "they were solved before"


def test_a_link_is_removed_from_either_end_and_made_again(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    client = at_desk(sam)
    problem, (incident,) = _problem(ask, sam, dana)
    for number, other, inward in ((incident.pk, problem.pk, 0), (problem.pk, incident.pk, 1)):
        page = client.get(f"/desk/tickets/{number}").content.decode()
        address = f"/desk/tickets/{number}/links?other={other}&kind=incident&inward={inward}"
        assert address.replace("&", "&amp;") in page
        removed = json.loads(client.delete(f"{address}&seen=0.0.0", headers=HTMX).headers["HX-Trigger"])
        assert removed["toast"]["text"] == f"The link to #{other} is removed."
        assert not Link.objects.exists()
        client.post(removed["toast"]["undo"], {"seen": "0.0.0"}, headers=HTMX)
        link = Link.objects.get()
        assert (link.ticket_id, link.other_id, link.kind) == (incident.pk, problem.pk, "incident")
