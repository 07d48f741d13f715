"""Sender rules at the desk and by the API: what taught them, by hand, removed, put back; why a ticket is suspected."""

from headway.events.actor import Actor
from headway.intake.models import SenderRule
from headway.intake.spam import actions, learning
from headway.intake.tests.letters import letter, message_of
from headway.people.models import Agent, Customer
from headway.tickets import actions as tickets
from headway.tickets.actions import Opening, Suspicion, Words
from headway.web.api.tests.program import Program
from headway.web.desk.tests.conftest import HTMX, Ask, At

PAGE = "/desk/settings/senders"


def test_a_rule_learned_is_explained_removed_and_put_back(
    at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    said = at_desk(sam).post(f"/desk/tickets/{ticket.pk}/suspicion", headers=HTMX)
    assert "So is new mail from dana@example.com." in said.headers["HX-Trigger"]
    learning.learn(ticket, actor=sam.actor)
    rule = SenderRule.objects.get()
    message = message_of(letter("Buy."))
    page = at_desk(sam).get(f"/desk/tickets/{message.ticket_id}").content.decode()
    why = f"Mail from dana@example.com is suspected: {sam.name} marked #{ticket.pk} as spam."
    assert why in page
    assert f"{PAGE}?q=dana%40example.com" in page
    assert "It was put apart as suspected spam when it came" in page
    path = at_desk(sam).get(f"/desk/messages/{message.pk}/path", headers=HTMX).content.decode()
    assert "Suspected spam, because of the rule about dana@example.com." in path
    assert Program(sam).get(f"/tickets/{message.ticket_id}/suspicion").body["because"] == why

    client = at_desk(ada)
    page = client.get(PAGE, {"q": "dana"}).content.decode()
    assert f"{sam.name} marked #{ticket.pk} as spam" in page
    removed = client.post(f"{PAGE}/{rule.pk}/removal", follow=True).content.decode()
    assert "The rule about dana@example.com holds no more." in removed
    assert f"{PAGE}/{rule.pk}/restoration" in removed
    assert "dana@example.com" in client.get(PAGE, {"show": "removed"}).content.decode()
    again = client.post(f"{PAGE}/{rule.pk}/removal", follow=True).content.decode()
    assert "This rule was removed already." in again
    assert "holds again." in client.post(f"{PAGE}/{rule.pk}/restoration", follow=True).content.decode()
    assert "There is a rule" in client.post(f"{PAGE}/{rule.pk}/restoration", follow=True).content.decode()


def test_other_reasons_are_told_too(at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer) -> None:
    marked = tickets.suspect(ask(dana), actor=sam.actor)
    whole = actions.add("example.com", "suspect", actor=ada.actor)
    caught = message_of(letter("Buy.")).ticket
    opening = Opening(subject="Invoice", channel="email", suspicion=Suspicion())
    forged, _message = tickets.open_ticket(opening, Words(text="Pay here."), actor=Actor.system())
    words = {
        marked: f"{sam.name} marked it.",
        caught: f"Mail from all of example.com is suspected: {ada.name} added it.",
        forged: "It says that it comes from one of your own addresses.",
    }
    for ticket, why in words.items():
        assert Program(sam).get(f"/tickets/{ticket.pk}/suspicion").body["because"] == why
    actions.remove(whole, actor=ada.actor)
    assert "?q=example.com" not in at_desk(sam).get(f"/desk/tickets/{caught.pk}").content.decode()
    assert Program(sam).get(f"/tickets/{ask(dana).pk}/suspicion").body["suspected"] is False


def test_by_hand_and_who_may(at_desk: At, ada: Agent, sam: Agent) -> None:
    client = at_desk(ada)
    client.post(f"{PAGE}/addition", {"sender": "pills.example", "verdict": "suspect"})
    client.post(f"{PAGE}/addition", {"sender": "li@pills.example", "verdict": "allow"})
    assert "all addresses" in client.get(PAGE).content.decode()
    assert "li@pills.example" in client.get(PAGE, {"show": "allow"}).content.decode()
    refused = client.post(f"{PAGE}/addition", {"sender": "gmail.com", "verdict": "suspect"}, follow=True)
    assert "Anybody can get an address at gmail.com" in refused.content.decode()
    page = at_desk(sam).get(PAGE).content.decode()
    assert "pills.example" in page
    assert "d-add" not in page
    assert "/removal" not in page


def test_by_the_api(ada: Agent) -> None:
    program = Program(ada)
    made = program.post("/sender-rules", {"sender": "Pills.example"})
    assert (made.status, made.body["sender"], made.body["origin"]) == (201, "pills.example", "added")
    assert [row["id"] for row in program.get("/sender-rules?q=pills").body["items"]] == [made.body["id"]]
    way = f"/sender-rules/{made.body['id']}"
    assert program.delete(way).status == 204
    assert program.delete(way).code == "conflict"
    assert [row["id"] for row in program.get("/sender-rules?show=removed").body["items"]] == [made.body["id"]]
    assert program.post(f"{way}/restoration").body["removed_at"] is None
    assert program.post("/sender-rules", {"sender": "no address"}).status == 422
