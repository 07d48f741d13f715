"""Pictures on other servers: nothing is asked for until its reader wants it, and then by us alone."""

import socket
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from headway.foundation import outward
from headway.foundation.tests.test_outward import _certificate, resolving, says, serving
from headway.people.models import Agent, Customer
from headway.tickets.models import Message
from headway.web.desk import images
from headway.web.desk.tests.conftest import Ask, At

# begins to serve these pieces; gives the addresses that are connected to
Elsewhere = Callable[..., list[str]]
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
MAIL = (
    '<p>Hello</p><img data-remote-src="http://pictures.example/logo.png?a=1&amp;b=2" alt="Logo">'
    '<img width="1" height="1" data-remote-src="https://spy.example/open.gif">'
)


@pytest.fixture
def mail(ask: Ask, dana: Customer) -> Message:
    """A mail with a picture elsewhere and a pixel."""
    return Message.objects.get(ticket=ask(dana, html=MAIL))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """For the host of the pictures."""
    return _certificate(tmp_path_factory.mktemp("keys"), "pictures.example")


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, certificate: Path) -> Iterator[Elsewhere]:
    """Whom every name leads to: a public address, behind which a server of this test answers with a certificate."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    outward.encryption.cache_clear()
    resolving(monkeypatch, *[["93.184.216.34"]] * 9)
    connect = socket.create_connection
    tried: list[str] = []

    def answering(*pieces: bytes) -> list[str]:
        server = serving(says(*pieces), context)
        port = server.__enter__()

        def redirected(address: tuple[str, int], **more: Any) -> socket.socket:
            if address[0] != "93.184.216.34":
                return connect(address, **more)
            tried.append(address[0])
            return connect(("127.0.0.1", port), **more)

        monkeypatch.setattr(socket, "create_connection", redirected)
        opened.append(server)
        return tried

    opened: list[Any] = []
    yield answering
    for server in opened:
        server.__exit__(None, None, None)
    outward.encryption.cache_clear()


def picture(client: Client, message: Message, number: int = 0, asked: str | None = None) -> Any:
    """The picture as the frame asks for it, once its link was pressed."""
    if asked is None:
        page = client.get(f"/desk/messages/{message.pk}/page").content.decode()
        asked = page.split('href="?images=')[1].split('"')[0]
    return client.get(f"/desk/messages/{message.pk}/images/{number}?asked={asked}")


def test_nothing_is_loaded_until_somebody_asks(at_desk: At, sam: Agent, mail: Message) -> None:
    client = at_desk(sam)
    page = client.get(f"/desk/messages/{mail.pk}/page").content.decode()
    assert "1 image is on another server" in page
    assert "1 image too small to see stays blocked" in page
    assert "data-image" not in page
    link = page.split('href="')[1].split('"')[0]
    shown = client.get(f"/desk/messages/{mail.pk}/page{link}")
    page = shown.content.decode()
    assert page.count("data-image=") == 1
    assert f'data-image="/desk/messages/{mail.pk}/images/0?asked=' in page
    assert "Show images" not in page
    assert "stays blocked" in page
    assert "pictures.example" not in shown.headers["Content-Security-Policy"]


def test_a_picture_is_passed_on(at_desk: At, sam: Agent, mail: Message, elsewhere: Elsewhere) -> None:
    tried = elsewhere(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\n\r\n" + PNG[:9], PNG[9:])
    answer = picture(at_desk(sam), mail)
    assert (answer.status_code, b"".join(answer.streaming_content)) == (200, PNG)
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies
    assert tried == ["93.184.216.34"]


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 302 Found\r\nLocation: https://pictures.example/2\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/svg+xml\r\n\r\n<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n<html><script>alert(1)</script></html>           ",
        b"HTTP/1.1 404 Not Found\r\n\r\n" + PNG,
        b"nonsense",
    ],
)
def test_what_is_no_picture_is_not(at_desk: At, sam: Agent, mail: Message, elsewhere: Elsewhere, said: bytes) -> None:
    elsewhere(said)
    client = at_desk(sam)
    # none of them keeps a place
    assert [picture(client, mail).status_code for _time in range(4)] == [404] * 4


def test_a_picture_that_has_no_end_is_cut_off(
    at_desk: At, sam: Agent, mail: Message, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "_LARGEST", 1000)
    elsewhere(b"HTTP/1.1 200 OK\r\n\r\n" + PNG, *[b"x" * 400] * 4)
    assert len(b"".join(picture(at_desk(sam), mail).streaming_content)) <= 1000


def test_a_host_inside_is_not_asked_even_when_it_is_ours(
    at_desk: At, sam: Agent, mail: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "pictures.example 10.0.0.0/8")
    resolving(monkeypatch, ["10.0.0.5"])
    assert picture(at_desk(sam), mail).status_code == 404


def test_whoever_did_not_ask_gets_none(
    at_desk: At, sam: Agent, mia: Agent, mail: Message, ask: Ask, dana: Customer
) -> None:
    client, other = at_desk(sam), Message.objects.get(ticket=ask(dana, "Another", html=MAIL))
    assert picture(client, mail, asked="").status_code == 422
    assert picture(client, mail, asked=images.asked(mia, mail)).status_code == 422
    assert picture(client, mail, asked=images.asked(sam, other)).status_code == 422
    for number in (1, 2, 99):  # the pixel, and what is not there
        assert picture(client, mail, number).status_code == 404


def test_slow_servers_leave_the_desk_its_threads(at_desk: At, sam: Agent, mail: Message, elsewhere: Elsewhere) -> None:
    elsewhere(b"HTTP/1.1 200 OK\r\n\r\n" + PNG)
    client = at_desk(sam)
    coming = [picture(client, mail) for _one in range(4)]
    assert [each.status_code for each in coming] == [200, 200, 200, 429]
    for each in coming[:3]:  # read to its end, each makes room
        assert b"".join(each.streaming_content) == PNG
    assert b"".join(picture(client, mail).streaming_content) == PNG
