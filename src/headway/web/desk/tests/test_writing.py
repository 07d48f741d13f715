"""What is written at the desk: Markdown, and to whom it goes."""

import pytest

from headway.events.actor import Actor
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message, Note
from headway.tickets.queries.recipients import recipients
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_text_and_html_from_one_source(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    body = "Please **restart** it:\n\n- <script>x</script>\n- [manual](https://x.example/m)"
    answer = {"body": body, "mode": "reply", "then": "keep", "seen": "0.0.0"}
    page = client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX).content.decode()
    message = Message.objects.get(direction="out")
    assert message.text == body
    assert "<strong>restart</strong>" in message.html
    assert "<script>" not in message.html + page
    assert "<strong>restart</strong>" in page
    client.post(f"/desk/tickets/{ticket.pk}/replies", answer | {"mode": "note"}, headers=HTMX)
    assert Note.objects.get().text == body
    assert client.get(f"/desk/tickets/{ticket.pk}").content.decode().count("<strong>restart</strong>") == 2


def test_stored_html_is_made_safe_again_before_it_is_shown(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    bad = "<p onclick='x'><b style='position:fixed'>Hi</b><img src=x onerror=x><a href='javascript:x'>y</a></p>"
    actions.reply(ticket, Words(text="Hi", html=bad), actor=sam.actor)
    page = at_desk(sam).get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert "onclick" not in page
    assert "onerror" not in page
    assert "javascript:x" not in page
    assert "position:fixed" not in page


def test_a_plain_text_stays_plain(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    answer = {"body": "Hello Dana,\r\nit works.", "mode": "reply", "then": "keep", "seen": "0.0.0"}
    at_desk(sam).post(f"/desk/tickets/{ask(dana).pk}/replies", answer, headers=HTMX)
    assert Message.objects.get(direction="out").html == ""


def test_who_was_copied_stays_copied(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket, client = ask(dana), at_desk(sam)
    words = Words(text="And Li.", copied=["li@example.com", "DANA@example.com", "help@acme.example"])
    actions.receive(ticket, words, customer=dana, actor=Actor.customer(dana.pk))
    assert recipients(ticket).copied[0] == "li@example.com"
    assert "dana@example.com" not in recipients(ticket).copied
    assert 'name="cc" value="li@example.com' in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    answer = {"body": "Hello", "mode": "reply", "then": "keep", "seen": "0.0.0"}
    client.post(f"/desk/tickets/{ticket.pk}/replies", answer, headers=HTMX)
    assert "li@example.com" in Message.objects.get(direction="out").copied


@pytest.mark.parametrize(
    ("written", "copied"),
    [
        ("", []),
        ("Eve <EVE@x.example>; bob@x.example, eve@x.example", ["eve@x.example", "bob@x.example"]),
        ("nonsense", None),
        ("eve@x.example, eve", None),
        (", ".join(f"a{n}@x.example" for n in range(51)), None),
    ],
)
def test_copies_go_to_who_is_named(
    written: str, copied: list[str] | None, at_desk: At, ask: Ask, sam: Agent, dana: Customer
) -> None:
    answer = {"body": "Hello", "mode": "reply", "then": "keep", "seen": "0.0.0", "cc": written}
    response = at_desk(sam).post(f"/desk/tickets/{ask(dana).pk}/replies", answer, headers=HTMX)
    if copied is None:
        assert response.status_code == 400
        assert not Message.objects.filter(direction="out").exists()
    else:
        assert Message.objects.get(direction="out").copied == copied


def test_another_writer_gets_the_answer_too(ask: Ask, sam: Agent, dana: Customer, chen: Customer) -> None:
    ticket = ask(dana)
    actions.receive(ticket, Words(text="Me too."), customer=chen, actor=Actor.customer(chen.pk))
    found = recipients(ticket)
    assert (found.to, found.copied) == ("dana@example.com", ["chen@example.net"])
    assert set(found.known) == {"dana@example.com", "chen@example.net"}
