"""The live queue: who has what, what nobody has, as far as a lead may see it."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from headway.foundation.clock import now
from headway.people.models import Agent, Customer, Team
from headway.sla.models import Clock
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Ticket
from headway.web.api.tests.program import Program
from headway.web.desk.queue import free, load
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_who_has_what(
    at_desk: At, ask: Ask, leo: Agent, sam: Agent, mia: Agent, dana: Customer, frontline: Team
) -> None:
    waits, answered, late = ask(dana, assignee=sam), ask(dana, assignee=sam), ask(dana, assignee=mia)
    actions.reply(answered, Words(text="Done?"), actor=sam.actor)
    snoozed, spam = ask(dana, assignee=sam), ask(dana, assignee=sam)
    actions.snooze(snoozed, now() + timedelta(days=1), actor=sam.actor)
    actions.suspect(spam, actor=sam.actor)
    old = now() - timedelta(hours=5)
    Ticket.objects.filter(pk=waits.pk).update(waiting_since=old)
    for ticket, minutes in ((late, -5), (waits, 30)):
        due = {"kind": "first", "since": old, "due_at": now() + timedelta(minutes=minutes)}
        Clock.objects.update_or_create(ticket=ticket, defaults=due)
    Clock.objects.exclude(ticket__in=[late, waits]).delete()
    by_name = {one.name: one for one in load(leo)}
    assert (by_name["Sam"].load.open, by_name["Sam"].load.waiting, by_name["Sam"].load.oldest) == (2, 1, old)
    assert (by_name["Sam"].late, by_name["Sam"].soon) == (0, 1)
    assert (by_name["Mia"].late, by_name["Mia"].soon) == (1, 0)
    assert [one.name for one in load(leo)][:2] == ["Mia", "Sam"]
    page = at_desk(leo).get(f"/desk/queue?agent={sam.pk}").content.decode()
    assert f'id="queue-{waits.pk}"' in page
    assert f'id="queue-{snoozed.pk}"' not in page
    assert "1 late" in page


def test_what_nobody_has_by_team_the_longest_first(
    at_desk: At, ask: Ask, leo: Agent, dana: Customer, frontline: Team
) -> None:
    tickets = [ask(dana, f"Number {n}", team=frontline if n % 2 else None) for n in range(40)]
    for n, ticket in enumerate(tickets):
        Ticket.objects.filter(pk=ticket.pk).update(waiting_since=now() - timedelta(minutes=n))
    groups = {group.id: group for group in free(leo)}
    assert (groups[0].load.open, groups[frontline.pk].load.open) == (20, 20)
    assert [row.id for row in groups[frontline.pk].rows] == [tickets[n].pk for n in range(39, 9, -2)]
    assert [group.name for group in free(leo)] == ["Frontline", "No team"]


def test_nothing_out_of_sight(at_desk: At, ask: Ask, leo: Agent, sam: Agent, dana: Customer) -> None:
    hidden, theirs = ask(dana), ask(dana, assignee=sam)
    leo.sees = "teams"
    leo.save()
    page = at_desk(leo).get(f"/desk/queue?agent={sam.pk}").content.decode()
    assert f"queue-{hidden.pk}" not in page
    assert f"queue-{theirs.pk}" not in page
    assert all(one.load.open == 0 for one in load(leo))


def test_only_who_may_assign(at_desk: At, ask: Ask, lim: Agent, leo: Agent, dana: Customer) -> None:
    ask(dana)
    assert at_desk(lim).get("/desk/queue").status_code == 403
    part = at_desk(leo).get("/desk/queue", headers=HTMX).content.decode()
    assert "<html" not in part
    assert 'id="queue"' in part


def test_what_it_costs(at_desk: At, ask: Ask, leo: Agent, sam: Agent, dana: Customer, frontline: Team) -> None:
    for n in range(12):
        ask(dana, f"Number {n}", team=frontline, assignee=sam if n % 2 else None)
    client = at_desk(leo)
    client.get("/desk/queue", headers=HTMX)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/desk/queue?agent={sam.pk}", headers=HTMX)
    names = [
        "settings' version", "session", "person", "what everybody has", "what is due", "who is at a ticket",
        "who answers", "what that person has", "what nobody has", "the first of each team", "their rows", "teams",
        "due times",
    ]  # fmt: skip
    assert len(asked) == len(names), "\n".join(query["sql"][:160] for query in asked)


def test_through_the_api(ask: Ask, leo: Agent, sam: Agent, dana: Customer, frontline: Team) -> None:
    ask(dana, assignee=sam)
    ask(dana, team=frontline)
    told = Program(leo).get("/queue").body
    assert next(row for row in told["agents"] if row["agent_id"] == sam.pk)["open"] == 1
    assert [(row["team_id"], row["open"]) for row in told["unassigned"]] == [(frontline.pk, 1)]
