"""Macros at the desk: offered, previewed, applied; written by those who may."""

import json

from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Recipe, Words
from headway.tickets.models import Macro, Message, Note, Ticket
from headway.tickets.rules.macros import Changes, Conditions
from headway.web.desk.tests.conftest import HTMX, Ask, At


def write(by: Agent, **more: object) -> Macro:
    values: dict[str, object] = {"name": "Refund sent", "shortcut": "ref", "text": "Hello {{customer.first_name}}"}
    return actions.save_macro(recipe=Recipe(**(values | more)), actor=by.actor)  # type: ignore[arg-type]


def test_the_menu_offers_what_fits_with_its_words(
    at_desk: At, ask: Ask, sam: Agent, lim: Agent, dana: Customer
) -> None:
    ticket = ask(dana)
    write(sam)
    write(sam, name="For chats", shortcut="", conditions=Conditions(channels=("chat",)))
    write(sam, name='Urgent "<b>', shortcut="", changes=Changes(priority=4))
    menu = at_desk(sam).get(f"/desk/tickets/{ticket.pk}/macros", headers=HTMX).content.decode()
    assert 'data-text="Hello Dana"' in menu
    assert "For chats" not in menu
    assert "Urgent &#34;&lt;b&gt;" in menu
    assert "Refund sent" not in at_desk(lim).get(f"/desk/tickets/{ticket.pk}/macros").content.decode()


def test_it_is_shown_before_it_is_done(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    macro = write(sam, note="Paid <b>back</b>", changes=Changes(priority=4, tags=("refund",), assignee=0))
    address = f"/desk/tickets/{ticket.pk}/macros/{macro.pk}"
    page = client.get(address, headers=HTMX).content.decode()
    for words in ("Priority: Urgent", "Tags: refund", "whoever uses it", "Hello Dana", "Paid &lt;b&gt;back"):
        assert words in page
    assert Ticket.objects.get(pk=ticket.pk).version == ticket.version, "looking changes nothing"
    sent = {"version": ticket.version, "seen": "0.0.0"}
    response = client.post(address, sent, headers=HTMX)
    assert response.status_code == 200
    assert json.loads(response.headers["HX-Trigger"])["macro"] == {
        "draft": f"{sam.pk}:{ticket.pk}",
        "text": "Hello Dana",
    }
    ticket.refresh_from_db()
    assert (ticket.priority, ticket.assignee) == (4, sam)
    assert Note.objects.get().text == "Paid <b>back</b>"
    assert Message.objects.count() == 1, "its words are not sent"
    assert client.post(address, sent, headers=HTMX).status_code == 409, "somebody else changed it since"


def test_a_gap_stops_the_answer_and_not_the_note(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    answer = {"body": "Order [[order number]] left.", "mode": "reply", "then": "wait", "seen": "0.0.0"}
    response = client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX)
    assert response.status_code == 400
    assert "order number" in response.headers["X-Message"].replace("%20", " ")
    assert Message.objects.count() == 1
    assert client.post(f"/desk/tickets/{ticket.pk}/replies", answer | {"mode": "note"}, headers=HTMX).status_code == 200


FORM = {"name": "Thanks", "shortcut": ";thx", "whose": "me", "text": "Thank you", "tags": "a, b", "priority": "3"}


def test_one_is_written_and_changed(at_desk: At, sam: Agent) -> None:
    client = at_desk(sam)
    assert "No macros yet" in client.get("/desk/macros").content.decode()
    response = client.post("/desk/macros/draft", FORM | {"channels": ["email", "nonsense"]}, headers=HTMX)
    assert response.headers["HX-Redirect"] == "/desk/macros"
    macro = Macro.objects.get()
    assert (macro.shortcut, macro.owner, macro.changes) == ("thx", sam, {"priority": 3, "tags": ["a", "b"]})
    assert macro.conditions == {"channels": ["email"]}
    form = client.get(f"/desk/macros/{macro.pk}", headers=HTMX).content.decode()
    assert "Thank you" in form
    assert 'value="thx"' in form
    client.post(f"/desk/macros/{macro.pk}", FORM | {"name": "Many thanks"}, headers=HTMX)
    assert "Many thanks" in client.get("/desk/macros").content.decode()
    client.post(f"/desk/macros/{macro.pk}/removal")
    assert "Many thanks" not in client.get("/desk/macros").content.decode().replace("Many thanks is not offered", "")


def test_what_was_typed_stays_when_it_is_refused(at_desk: At, sam: Agent) -> None:
    wrong = FORM | {"text": "Hi {{customer.password}}"}
    response = at_desk(sam).post("/desk/macros/draft", wrong, headers=HTMX)
    assert response.status_code == 422
    assert "There is no such variable: customer.password" in response.content.decode()
    assert "Hi {{customer.password}}" in response.content.decode()
    for whose in ("all", "999999", "x"):
        assert at_desk(sam).post("/desk/macros/draft", FORM | {"whose": whose}, headers=HTMX).status_code == 422
    assert not Macro.objects.exists()


def test_one_of_somebody_else_is_out_of_reach(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    macro, ticket = write(sam), ask(dana)
    for address in (f"/desk/macros/{macro.pk}", f"/desk/tickets/{ticket.pk}/macros/{macro.pk}"):
        assert at_desk(mia).get(address).status_code == 404
        assert at_desk(mia).post(address, FORM).status_code == 404


def test_two_people_one_reply_each(at_desk: At, ask: Ask, leo: Agent, sam: Agent, dana: Customer) -> None:
    """A shared macro is used by agents and changed by leads."""
    macro = write(leo, personal=False)
    assert "Refund sent" in at_desk(sam).get("/desk/macros").content.decode()
    assert at_desk(sam).post(f"/desk/macros/{macro.pk}", FORM, headers=HTMX).status_code == 422
    actions.reply(ask(dana), Words(text="x"), actor=sam.actor)
    assert Macro.objects.get().name == "Refund sent"
