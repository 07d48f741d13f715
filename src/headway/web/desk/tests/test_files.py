"""Attachments: downloaded always, looked at where that is safe."""

from typing import Any

import pytest
from django.test import Client

from headway.events.actor import Actor
from headway.people.models import Agent, Customer
from headway.tickets import actions
from headway.tickets.actions import Words, stored
from headway.tickets.models import MessageFile, NoteFile
from headway.web.desk.tests.conftest import HTMX, Ask, At
from headway.web.desk.tests.test_images import PNG

CSV = b"Name;Amount\nDana;12\n<b>Lee</b>;13\n"


@pytest.fixture
def client(at_desk: At, sam: Agent) -> Client:
    """Sam's."""
    return at_desk(sam)


@pytest.fixture
def files(ask: Ask, dana: Customer) -> dict[str, str]:
    """The addresses of a message's files, by name."""
    kept = [
        stored("card.png", "image/png", PNG), stored("bill.pdf", "application/pdf", b"%PDF-1.4 nothing"),
        stored("sums.csv", "text/csv", CSV), stored("log.txt", "text/plain", "Überlauf\n".encode("latin-1") * 40_000),
        stored("call.mp3", "audio/mpeg", bytes(range(100))), stored("evil.svg", "image/svg+xml", b"<svg onload=x>"),
        stored("evil.png", "image/png", b"<html><script>x</script>"), stored("page.html", "text/html", b"<p>"),
    ]  # fmt: skip
    ticket = ask(dana)
    actions.receive(ticket, Words(text="See", files=kept), customer=dana, actor=Actor.customer(dana.pk))
    rows = MessageFile.objects.all()
    return {row.name: f"/desk/messages/{row.message_id}/files/{row.pk}" for row in rows}


def body(response: Any) -> bytes:
    """All of what was sent."""
    return b"".join(response.streaming_content)


def test_what_browsers_show_is_shown_guarded(client: Client, files: dict[str, str]) -> None:
    for name, kind in (("card.png", "image/png"), ("bill.pdf", "application/pdf"), ("call.mp3", "audio/mpeg")):
        shown = client.get(f"{files[name]}/content")
        assert shown.headers["Content-Type"] == kind
        assert shown.headers["Content-Disposition"].startswith("inline")
        assert shown.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in shown.headers["Content-Security-Policy"]
        assert shown.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert len(body(shown)) == int(shown.headers["Content-Length"])
    for name in ("evil.svg", "evil.png", "page.html", "sums.csv", "log.txt"):
        assert client.get(f"{files[name]}/content").status_code == 422, name
    for address in files.values():
        sent = client.get(address)
        assert sent.headers["Content-Type"] == "application/octet-stream"
        assert sent.headers["Content-Disposition"].startswith("attachment")
        body(sent)


@pytest.mark.parametrize(
    ("asked", "status", "said", "length"),
    [
        ("bytes=0-9", 206, "bytes 0-9/100", 10), ("bytes=90-", 206, "bytes 90-99/100", 10),
        ("bytes=-5", 206, "bytes 95-99/100", 5), ("bytes=95-400", 206, "bytes 95-99/100", 5),
        ("bytes=0-", 200, None, 100), ("bytes=-400", 200, None, 100), ("bytes=5-2", 200, None, 100),
        ("bytes=0-1,4-5", 200, None, 100), ("lines=1-2", 200, None, 100), ("bytes=-", 200, None, 100),
        ("bytes=100-", 416, "bytes */100", 0), ("bytes=-0", 416, "bytes */100", 0),
    ],
)  # fmt: skip
def test_players_ask_for_parts(
    client: Client, files: dict[str, str], asked: str, status: int, said: str | None, length: int
) -> None:
    answer = client.get(f"{files['call.mp3']}/content", headers={"Range": asked})
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, said)
    if length:
        assert body(answer) == bytes(range(100))[-length if asked != "bytes=0-9" else 0 :][:length]


def test_a_look_at_each(client: Client, files: dict[str, str]) -> None:
    def look(name: str) -> str:
        response = client.get(f"{files[name]}/preview", headers=HTMX)
        assert response.status_code == 200, name
        return response.content.decode()

    assert f'<img src="{files["card.png"]}/content"' in look("card.png")
    # arrows go round those that can be looked at
    assert "1 of 6" in look("card.png")
    assert f'hx-get="{files["bill.pdf"]}/preview"' in look("card.png")
    assert f'<iframe data-pdf src="{files["bill.pdf"]}/content"' in look("bill.pdf")
    assert "<audio" in look("call.mp3")
    table = look("sums.csv")
    assert '<th scope="col" dir="auto">Amount</th>' in table
    assert "&lt;b&gt;Lee&lt;/b&gt;" in table
    text = look("log.txt")
    assert "Überlauf" in text
    assert "Only the beginning is shown" in text
    for name in ("evil.svg", "page.html"):
        assert client.get(f"{files[name]}/preview").status_code == 422
    assert client.get(f"{files['card.png']}0/preview").status_code == 404


def test_a_note_has_files_too(client: Client, ask: Ask, sam: Agent, dana: Customer) -> None:
    ticket = ask(dana)
    actions.note(ticket, "Here", actor=sam.actor, files=[stored("a.bin", "application/x-dump", b"\0\1\2")])
    row = NoteFile.objects.get()
    address = f"/desk/notes/{row.note_id}/files/{row.pk}"
    assert f'hx-get="{address}/preview"' not in client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    NoteFile.objects.update(name="a.txt", media_type="text/plain")
    assert "This is no text" in client.get(f"{address}/preview").content.decode()


def test_a_picture_that_no_html_shows_is_an_attachment(client: Client, ask: Ask, dana: Customer) -> None:
    """Some programs give every file a Content-ID."""
    ticket = ask(dana)
    named = [stored(f"{name}.png", "image/png", PNG, content_id=name) for name in ("inside", "beside")]
    words = Words(text="See", html='<p>Hi</p><img src="cid:inside">', files=named)
    message = actions.receive(ticket, words, customer=dana, actor=Actor.customer(dana.pk))
    page = client.get(f"/desk/tickets/{ticket.pk}").content.decode()
    assert ("beside.png" in page, "inside.png" in page) == (True, False)
    inside, beside = message.files.order_by("pk")
    address = f"/desk/messages/{message.pk}/files"
    assert f'src="{address}/{inside.pk}"' in client.get(f"/desk/messages/{message.pk}/page").content.decode()
    shown = client.get(f"{address}/{inside.pk}")
    assert (shown.headers["Content-Type"], body(shown)) == ("image/png", PNG)
    assert " of " not in client.get(f"{address}/{beside.pk}/preview").content.decode().split("</p>")[0]
