"""Drafts at the desk: in another browser too, gone when sent, back when taken back."""

import json
from datetime import timedelta

import pytest

from headway.foundation.clock import now
from headway.people.models import Agent, Customer
from headway.tickets.models import Draft, Message, Note
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_it_is_there_in_another_browser(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    address = f"/desk/tickets/{ticket.pk}/draft"
    typed = {"text": "\nHalf a </textarea><b>", "mode": "reply", "cc": "li@x.example", "expected": "0"}
    assert at_desk(sam).post(address, typed).json() == {"version": 1}
    page = at_desk(sam).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert 'data-version="1"' in page
    assert "required>\n\nHalf a &lt;/textarea&gt;&lt;b&gt;</textarea>" in page
    assert 'name="cc" value="li@x.example"' in page
    assert "Half a" not in at_desk(mia).get(f"/desk/tickets/{ticket.pk}").content.decode()
    refused = at_desk(sam).post(address, typed | {"text": "Other", "expected": "0"})
    assert refused.status_code == 409
    assert refused.json()["text"] == "\nHalf a </textarea><b>"
    assert at_desk(sam).delete(address).json() == {"version": 0}
    assert not Draft.objects.exists()


def test_it_goes_when_it_is_sent_and_stays_when_not(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    answer = {"body": "Hello", "mode": "reply", "then": "wait", "seen": "0.0.0"}
    address = f"/desk/tickets/{ticket.pk}/replies"
    client.post(f"/desk/tickets/{ticket.pk}/draft", {"text": "Hello", "expected": "0"})
    assert client.post(address, answer | {"version": "999"}, headers=HTMX).status_code == 409
    assert client.post(address, answer | {"cc": "nobody"}, headers=HTMX).status_code == 400
    assert Draft.objects.get().text == "Hello"
    page = client.post(address, answer, headers=HTMX).content.decode()
    assert 'data-version="0"' in page
    assert not Draft.objects.exists()
    client.post(f"/desk/tickets/{ticket.pk}/draft", {"text": "A note", "mode": "note", "expected": "0"})
    client.post(address, {"body": "A note", "mode": "note", "seen": "0.0.0"}, headers=HTMX)
    assert Note.objects.count() == 1
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("mode", "days"), [("reply", 0), ("note", 0), ("reply", 1)])
def test_a_save_that_comes_after_its_text_was_sent_brings_nothing_back(
    mode: str, days: int, at_desk: At, ask: Ask, sam: Agent, dana: Customer
) -> None:
    """The last save of a page that was left may be slower than the answer sent from the next one."""
    ticket, client = ask(dana), at_desk(sam)
    address = f"/desk/tickets/{ticket.pk}/draft"
    later = (now() + timedelta(days=days)).isoformat() if days else ""
    answer = {"body": "Done.  ", "mode": mode, "then": "wait", "seen": "0.0.0", "later": later}
    assert client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX).status_code == 200
    late = {"text": "Done.  ", "mode": mode, "expected": "0"}
    assert client.post(address, late).json() == {"version": 0}
    assert not Draft.objects.exists()
    assert client.post(address, late | {"text": "Done. And more"}).json() == {"version": 1}


def test_taken_back_it_is_a_draft_again(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    """Also when the answer never reaches the browser: the words are on the server."""
    ticket, client = ask(dana), at_desk(sam)
    answer = {"body": "Too early", "mode": "reply", "then": "wait", "seen": "0.0.0", "cc": "li@x.example"}
    client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX)
    client.post(f"/desk/tickets/{ticket.pk}/draft", {"text": "Then this", "expected": "0"})
    message = Message.objects.get(direction="out")
    response = client.post(f"/desk/messages/{message.pk}/withdrawal", {"seen": "0.0.0"}, headers=HTMX)
    told = json.loads(response.headers["HX-Trigger"])["withdrawn"]
    assert (told["text"], told["whole"], told["version"]) == ("Too early", "Too early\n\nThen this", 2)
    draft = Draft.objects.get()
    assert (draft.text, draft.copied) == ("Too early\n\nThen this", "li@x.example")


def test_a_shared_one_is_seen(at_desk: At, ask: Ask, sam: Agent, mia: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    client.post(f"/desk/tickets/{ticket.pk}/draft", {"text": "Is <this> right?", "expected": "0"})
    address = f"/desk/tickets/{ticket.pk}/draft/sharing"
    assert client.post(address, {"seen": "0.0.0"}, headers=HTMX).status_code == 200
    page = at_desk(mia).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "Sam is writing a reply and shares it" in page
    assert "Is &lt;this&gt; right?" in page
    assert client.delete(address, headers=HTMX).status_code == 200
    assert "Is &lt;this&gt; right?" not in at_desk(mia).get(f"/desk/tickets/{ticket.pk}").content.decode()
