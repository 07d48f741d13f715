"""What the desk marks as unread, and where a ticket opens."""

from headway.events.actor import Actor
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Ticket
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At

LINE = "New since you were here"


def _seen(page: str) -> str:
    return page.split('name="seen" value="')[1].split('"')[0]


def _row(page: str, ticket: Ticket) -> str:
    return page.split(f'id="row-{ticket.pk}"')[1].split("</li>")[0]


def test_a_ticket_that_was_read_says_what_came_since(
    at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer
) -> None:
    ticket, client = ask(dana), at_desk(sam)
    first = client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    assert LINE not in first
    assert "data-unread" in _row(client.get("/desk/views/open").content.decode(), ticket)
    assert client.post(f"/desk/tickets/{ticket.pk}/reading", {"seen": _seen(first)}).status_code == 204
    assert "data-unread" not in _row(client.get("/desk/views/open").content.decode(), ticket)
    assert LINE not in client.get(f"/desk/tickets/{ticket.pk}").content.decode()

    actions.note(ticket, "Looks like 3DS.", actor=mia.actor)
    actions.receive(ticket, Words(text="Never mind!"), customer=dana, actor=Actor.customer(dana.pk))
    page = client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    assert page.index("Twice today.") < page.index(LINE) < page.index("Looks like 3DS.") < page.index("Never mind!")
    assert page.count(LINE) == 1
    changes = client.get(f"/desk/tickets/{ticket.pk}/changes?seen=1.0.1", headers=HTMX).content.decode()
    assert LINE not in changes
    row = _row(client.get(f"/desk/changes?in=open&ids={ticket.pk}&here={ticket.pk}").content.decode(), ticket)
    assert "data-unread" in row
    assert "Unread" in row


def test_a_ticket_is_marked_unread_and_opens_there(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    page = client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    client.post(f"/desk/tickets/{ticket.pk}/reading", {"seen": _seen(page)})
    response = client.delete(f"/desk/tickets/{ticket.pk}/reading", headers=HTMX)
    assert '"unread": {"id": ' in response.headers["HX-Trigger"]
    assert "data-unread" in _row(client.get("/desk/views/open").content.decode(), ticket)
    assert LINE in client.get(f"/desk/tickets/{ticket.pk}", headers=HTMX).content.decode()
    assert "data-unread" in _row(client.get("/desk/views/open?q=is:unread").content.decode(), ticket)


def test_through_the_api(ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, program = ask(dana), Program(sam)
    path = f"/tickets/{ticket.pk}/reading"
    assert program.get(path).body == {"unread": True, "message_id": None, "note_id": None, "read_at": None}
    read = program.put(path).body
    assert (read["unread"], read["message_id"], read["note_id"]) == (False, ticket.messages.get().pk, 0)
    assert program.get("/tickets?q=is:unread").body["items"] == []
    assert program.delete(path).body["unread"] is True
    assert [row["id"] for row in program.get("/tickets?q=is:unread").body["items"]] == [ticket.pk]
