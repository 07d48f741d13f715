"""Send later at the desk: chosen in the writer's zone, shown as waiting, changed, stopped, told when held back."""

import json
from datetime import timedelta

from django.utils import timezone

from headway.events.actor import Actor
from headway.foundation.clock import frozen, now
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.actions.aging import send_due
from headway.tickets.models import Draft, Message, Scheduled
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_it_waits_in_the_conversation(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    sam.timezone = "America/New_York"
    sam.save()
    answer = {"body": "Good **morning**", "mode": "reply", "seen": "0.0.0", "later_then": "solve", "later": "local"}
    day = (now() + timedelta(days=40)).date()
    answer["later_local"] = f"{day}T09:30"
    response = client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX)
    assert response.status_code == 200
    row = Scheduled.objects.get()
    with timezone.override("America/New_York"):
        assert timezone.localtime(row.due_at).strftime("%H:%M") == "09:30"
    assert (row.status and row.status.category, row.text) == ("solved", "Good **morning**")
    page = response.content.decode()
    assert 'id="scheduled" hx-swap-oob="true"' in page
    assert "then solves the ticket" in page
    ticket.refresh_from_db()
    assert (ticket.category, ticket.messages.count()) == ("new", 1)
    shown = at_desk(mia).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "<strong>morning</strong>" in shown
    assert "Stop it" in shown
    assert "Send now" not in shown, "it leaves in somebody else's name"


def test_its_time_must_make_sense(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    answer = {"body": "Hello", "mode": "reply", "seen": "0.0.0"}
    for later, local in (("local", ""), ("local", "2001-01-01T10:00"), ("yesterday", ""), ("2001-01-01T10:00Z", "")):
        given = answer | {"later": later, "later_local": local}
        assert client.post(f"/desk/tickets/{ticket.pk}/replies", given, headers=HTMX).status_code == 400
    gap = answer | {"body": "Hi [[name]]", "later": (now() + timedelta(days=1)).isoformat()}
    assert client.post(f"/desk/tickets/{ticket.pk}/replies", gap, headers=HTMX).status_code == 400
    stale = answer | {"version": "999", "later": (now() + timedelta(days=1)).isoformat()}
    assert client.post(f"/desk/tickets/{ticket.pk}/replies", stale, headers=HTMX).status_code == 409
    assert not Scheduled.objects.exists()


def test_it_is_changed_and_stopped(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    words = Words(text="Good morning", copied=["li@x.example"])
    row = actions.schedule(ticket, words, now() + timedelta(days=1), actor=sam.actor)
    address = f"/desk/scheduled/{row.pk}"
    assert "Good morning" in client.get(address).content.decode()
    day = (now() + timedelta(days=3)).date()
    wrong = client.post(address, {"body": "Later", "local": "then"}, headers=HTMX)
    assert wrong.status_code == 422
    assert "Later" in wrong.content.decode()
    assert client.post(address, {"body": "Later", "local": f"{day}T08:00", "seen": "0.0.0"}, headers=HTMX).content
    row.refresh_from_db()
    assert (row.text, timezone.localtime(row.due_at).date()) == ("Later", day)
    assert at_desk(mia).post(address, {"body": "x", "local": f"{day}T08:00"}, headers=HTMX).status_code == 422
    told = client.post(f"{address}/withdrawal", {"seen": "0.0.0"}, headers=HTMX).headers["HX-Trigger"]
    assert json.loads(told)["withdrawn"]["text"] == "Later"
    assert (Draft.objects.get().text, Draft.objects.get().copied) == ("Later", "li@x.example")
    assert client.post(f"{address}/withdrawal", headers=HTMX).status_code == 404


def test_its_writer_is_told_why_it_did_not_leave(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    row = actions.schedule(ticket, Words(text="Good morning"), now() + timedelta(hours=1), actor=sam.actor)
    assert "For later" in client.get("/desk/outbox?show=later").content.decode()
    actions.receive(ticket, Words(text="Never mind!"), customer=dana, actor=Actor.customer(dana.pk))
    with frozen(now() + timedelta(hours=2)):
        send_due()
    assert f"/desk/tickets/{ticket.pk}#scheduled-{row.pk}" in client.get("/desk/trouble").content.decode()
    assert "scheduled" not in at_desk(mia).get("/desk/trouble").content.decode()
    assert "The customer wrote since" in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "The customer wrote since" in client.get("/desk/outbox?show=later").content.decode()
    stale = client.post(f"/desk/scheduled/{row.pk}/sending", {"version": "1", "seen": "0.0.0"}, headers=HTMX)
    assert stale.status_code == 409
    sent = client.post(f"/desk/scheduled/{row.pk}/sending", {"seen": "0.0.0"}, headers=HTMX)
    assert "Good morning" in sent.content.decode()
    assert Message.objects.get(direction="out").agent == sam
    assert "scheduled" not in client.get("/desk/trouble").content.decode()


def test_snoozed_until_a_reply_or_shortly_before_it_is_due(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    page = client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "Until the customer replies" in page
    answer = client.post(f"/desk/tickets/{ticket.pk}/snooze", {"until": "reply", "seen": "0.0.0"}, headers=HTMX)
    assert "Snoozed until the customer writes." in answer.content.decode()
    assert "9999" not in answer.content.decode()
    actions.receive(ticket, Words(text="Still there?"), customer=dana, actor=Actor.customer(dana.pk))
    assert "Replied" in client.get("/desk/views/open").content.decode()
