"""Suppressed addresses at the desk."""

from headway.intake.models import Suppression
from headway.intake.suppression import actions
from headway.people.models import Agent, Customer
from headway.web.desk.tests.conftest import Ask, At

PAGE = "/desk/suppressions"


def test_a_suppressed_address_is_found_explained_and_restored(
    at_desk: At, ask: Ask, ada: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    message = ticket.messages.get()
    actions.suppress("dana@example.com", "bounced", actor=ada.actor, message=message)
    actions.suppress("other@example.com", "complained", actor=ada.actor)
    client = at_desk(ada)
    page = client.get(PAGE, {"q": "dana@"}).content.decode()
    assert "Mail came back for good" in page
    assert f"/desk/tickets/{ticket.pk}#message-{message.pk}" in page
    assert "other@example.com" not in page
    row = Suppression.objects.get(address="dana@example.com")
    client.post(f"{PAGE}/{row.pk}/restoration")
    assert "dana@example.com is written to again" in client.get(PAGE).content.decode()
    assert not Suppression.objects.filter(address="dana@example.com").exists()
    assert client.post(f"{PAGE}/{row.pk}/restoration").status_code == 404


def test_an_address_is_added_by_hand(at_desk: At, ada: Agent) -> None:
    client = at_desk(ada)
    client.post(f"{PAGE}/addition", {"address": "Nobody@Example.com"})
    assert Suppression.objects.get().reason == "asked"
    client.post(f"{PAGE}/addition", {"address": "no address"})
    assert "This is not a mail address." in client.get(PAGE).content.decode()


def test_agents_read_and_do_not_decide(at_desk: At, ada: Agent, sam: Agent) -> None:
    actions.suppress("dana@example.com", "bounced", actor=ada.actor)
    page = at_desk(sam).get(PAGE).content.decode()
    assert "dana@example.com" in page
    assert "d-restore" not in page
    assert at_desk(sam).post(f"{PAGE}/addition", {"address": "a@b.example"}).status_code == 403


def test_the_customers_address_leads_there(at_desk: At, ask: Ask, ada: Agent, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    client = at_desk(sam)
    assert f"{PAGE}?q=" not in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    actions.suppress("dana@example.com", "bounced", actor=ada.actor)
    assert f"{PAGE}?q=dana%40example.com" in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
