"""What a customer and an organisation have with us, through the API."""

from headway.events.actor import Actor
from headway.people.actions import customers, organisations
from headway.people.models import Agent, Brand, Customer
from headway.tickets import actions
from headway.tickets.actions import Opening, Words
from headway.web.api.tests.program import Program


def test_history_and_figures(sam: Agent, mia: Agent, dana: Customer, acme: Brand) -> None:
    organisation = organisations.create("Ortiz & Sons", actor=sam.actor)
    dana = customers.edit(dana, actor=sam.actor, organisation=organisation)
    opening = Opening(subject="Card", channel="email", customer=dana, brand=acme, assignee=sam)
    ticket, _message = actions.open_ticket(opening, Words(text="Twice."), actor=Actor.customer(dana.pk))
    actions.reply(ticket, Words(text="Once."), actor=sam.actor)
    actions.rate(ticket, 4, actor=Actor.customer(dana.pk))
    elsewhere = Opening(subject="Hidden", channel="email", customer=dana, brand=acme, assignee=mia)
    actions.open_ticket(elsewhere, Words(text="Not for Sam."), actor=Actor.customer(dana.pk))
    sam.sees = "teams"
    sam.save()
    program = Program(sam)
    said = program.get(f"/customers/{dana.pk}/history").body["items"]
    assert [(row["text"], row["direction"], row["author"]) for row in said] == [
        ("Once.", "out", "Sam"),
        ("Twice.", "in", "Dana Ortiz"),
    ]
    page = program.get(f"/customers/{dana.pk}/history?limit=1").body
    rest = program.get(f"/customers/{dana.pk}/history?limit=1&cursor={page['next']}").body
    assert ([row["text"] for row in rest["items"]], rest["next"]) == (["Twice."], None)
    for path in (f"/customers/{dana.pk}/figures", f"/organisations/{organisation.pk}/figures"):
        figures = program.get(path).body
        assert figures["tickets"] == 1, path
        assert figures["ratings"] == [{"scale": "csat", "mean": 4.0, "count": 1}], path
