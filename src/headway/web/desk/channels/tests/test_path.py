"""The path of a mail, at the desk and by the API, and why a message is held."""

from typing import get_args

from django.test import Client

from headway.intake.email.threading import Because
from headway.intake.email.trust.rules import Word
from headway.intake.mailboxes import actions as mailboxes
from headway.intake.models import RawMail
from headway.intake.queries import raw_of
from headway.intake.tests.letters import arrive, letter, message_of
from headway.people.models import Agent, Brand, Customer
from headway.web.desk.channels.findings import held_words, placed_words, sender_words
from headway.web.desk.tests.conftest import HTMX, Ask, At


def test_every_decision_has_words() -> None:
    for because in (*get_args(Because), "awaited", "report"):
        assert placed_words(because, 7) != placed_words("unheard of", 7), because
    for verdict in get_args(Word):
        assert sender_words(verdict, "dmarc"), verdict
    assert sender_words("", "") == ""
    assert held_words({"sender": "fail"}) != held_words({})


def test_the_path_is_readable_from_the_server_to_the_ticket(at_desk: At, sam: Agent) -> None:
    message = message_of(letter("Hello"))
    page = at_desk(sam).get(f"/desk/messages/{message.pk}/path", headers=HTMX).content.decode()
    assert "Received: Pipe" in page
    assert "Stored as it came" in page
    assert f"Began #{message.ticket_id}: it answers nothing that is known here." in page
    assert f"/desk/messages/{message.pk}/source" in page


def test_the_path_says_whether_the_ticket_was_acknowledged(at_desk: At, sam: Agent) -> None:
    message = message_of(letter("Hello"))
    path = f"/desk/messages/{message.pk}/path"
    assert "cknowledged" not in at_desk(sam).get(path, headers=HTMX).content.decode()
    for outcome, words in (
        ("sent", "Acknowledged by itself."),
        ("limit: window", "had an automatic mail a short time ago"),
        ("a mailing list", "as no automatic mail may answer it: a mailing list."),
    ):
        RawMail.objects.filter(message=message).update(findings={"because": "no-match", "acknowledgement": outcome})
        assert words in at_desk(sam).get(path, headers=HTMX).content.decode()


def test_the_path_names_the_server_that_verified_the_sender(at_desk: At, ada: Agent, sam: Agent, acme: Brand) -> None:
    mailboxes.connect(
        address="help@desk.example", brand=acme, actor=ada.actor, smtp_host="smtp.desk.example",
        trusted_servers=["mx.desk.example"],
    )  # fmt: skip
    stamp = "Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com"
    border = "Received: from mail.example.com by mx.desk.example; Mon, 16 Nov 2026 09:00:00 +0000"
    message = message_of(letter("Hello", stamp, border))
    page = at_desk(sam).get(f"/desk/messages/{message.pk}/path", headers=HTMX).content.decode()
    assert "The sender is verified by mx.desk.example (DMARC)." in page


def test_the_mail_itself_is_for_those_who_work(at_desk: At, sam: Agent, vic: Agent) -> None:
    row = arrive(letter("Hello"))
    assert row.message is not None
    way = f"/desk/messages/{row.message.pk}"
    assert b"".join(at_desk(sam).get(f"{way}/source")) == raw_of(row.pk)
    assert f"{way}/source" not in at_desk(vic).get(f"{way}/path").content.decode()
    assert at_desk(vic).get(f"{way}/source").status_code == 403


def test_what_came_by_no_mail_says_so(at_desk: At, ask: Ask, sam: Agent, dana: Customer) -> None:
    message = ask(dana).messages.get()
    assert "came by no mail" in at_desk(sam).get(f"/desk/messages/{message.pk}/path").content.decode()
    assert at_desk(sam).get(f"/desk/messages/{message.pk}/source").status_code == 404


def test_a_held_message_says_why_and_can_be_let_in(at_desk: At, sam: Agent) -> None:
    first = message_of(letter("Hello", message_id="first@example.com"))
    stranger = letter("Let me in", "In-Reply-To: <first@example.com>", sender="Eve <eve@elsewhere.example>")
    held = message_of(stranger)
    assert (held.ticket_id, held.held) == (first.ticket_id, True)
    client = at_desk(sam)
    page = client.get(f"/desk/tickets/{held.ticket_id}").content.decode()
    assert "Its sender does not take part in this ticket." in page
    assert f"/desk/messages/{held.pk}/admission" in page
    RawMail.objects.filter(message=held).update(findings={"because": "in-reply-to", "sender": "fail"})
    assert "somebody else may have written it" in client.get(f"/desk/tickets/{held.ticket_id}").content.decode()
    client.post(f"/desk/messages/{held.pk}/admission")
    assert f"/desk/messages/{held.pk}/admission" not in client.get(f"/desk/tickets/{held.ticket_id}").content.decode()


def test_the_api_tells_the_path_and_gives_the_source(sam: Agent) -> None:
    from headway.people.actions import tokens

    row = arrive(letter("Hello"))
    assert row.message is not None
    _token, secret = tokens.issue(sam, "Script", ["tickets:read"], actor=sam.actor)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    way = f"/api/v1/tickets/{row.message.ticket_id}/messages/{row.message.pk}"
    assert client.get(f"{way}/path").json()["because"] == "no-match"
    assert b"".join(client.get(f"{way}/source")) == raw_of(row.pk)
