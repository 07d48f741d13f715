"""Sending by a mailbox: encrypted, signed in, as itself; what fails is said where somebody sees it."""

import email
import email.policy
import ssl
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import dkim
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.intake.email import links, sending
from headway.intake.email.parse.whole import parse
from headway.intake.mailboxes import actions as mailboxes
from headway.intake.mailboxes import credentials
from headway.intake.models import Delivery, Mailbox, MailboxHealth
from headway.intake.tests.letters import letter, message_of
from headway.intake.tests.test_sending import _free_port
from headway.people.models import Agent, Brand, BrandAddress
from headway.settings import actions as settings
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message
from tests.mailservers import certificates

pytestmark = pytest.mark.usefixtures("db")


class Server:
    """A submission server on loopback with a user `help` and a password `open sesame`, or a bearer token."""

    def __init__(self, folder: Path, *, tls_first: bool = False, starttls: bool = True) -> None:
        self.certificate, key = certificates.write(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.envelopes: list[tuple[str, list[str]]] = []
        self.users: list[str] = []
        self.token = ""
        extra: dict[str, Any] = {"ssl_context": context} if tls_first else {}
        if starttls and not tls_first:
            extra = {"tls_context": context, "require_starttls": True}
        self.port = _free_port()
        self.controller = Controller(
            self,
            hostname="127.0.0.1",
            port=self.port,
            authenticator=self.check,
            auth_require_tls=starttls and not tls_first,
            **extra,
        )
        self.controller.start()

    def check(self, _server: SMTP, _session: Session, _envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (b"help", b"open sesame")
        self.users.append(data.login.decode())
        return AuthResult(success=right, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802 - aiosmtpd's name
        import base64

        said = base64.b64decode(args[1]).decode()
        self.users.append(said.split("\x01")[0])
        return AuthResult(success=said.endswith(f"auth=Bearer {self.token}\x01\x01"), handled=False)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        self.raw.append(content)
        self.taken.append(email.message_from_bytes(content, policy=email.policy.default))
        self.envelopes.append((envelope.mail_from or "", list(envelope.rcpt_tos)))
        return "250 taken"


Start = Callable[..., Server]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    started: list[Server] = []

    def begin(**kind: bool) -> Server:
        server = Server(tmp_path, **kind)
        started.append(server)
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        return server

    yield begin
    for server in started:
        server.controller.stop()


@pytest.fixture(autouse=True)
def _at_once(db: None) -> None:
    settings.change({"undo_seconds": 0}, actor=Actor.system())


@pytest.fixture
def shop(db: None) -> Brand:
    return Brand.objects.create(name="Shop", slug="shop", signature="The shop")


def connected(ada: Agent, shop: Brand, server: Server, **fields: Any) -> Mailbox:
    BrandAddress.objects.get_or_create(
        brand=shop, address="help@desk.example", defaults={"is_primary": True, "name": "Shop help"}
    )
    secrets = {"smtp_password": "open sesame"} | fields.pop("secrets", {})
    wanted: dict[str, Any] = {"smtp_host": "localhost", "smtp_port": server.port, "user": "help"} | fields
    return mailboxes.connect(address="help@desk.example", brand=shop, actor=ada.actor, secrets=secrets, **wanted)


def answered(sam: Agent, *copied: str, text: str = "Please try again.", **asked: str) -> Message:
    ticket = message_of(letter(**asked)).ticket
    reply = actions.reply(ticket, Words(text=text, copied=copied), actor=sam.actor)
    sending.queue(reply)
    sending.send(reply.pk)
    return reply


def result(reply: Message) -> Delivery:
    return Delivery.objects.filter(message=reply).order_by("pk")[0]


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_it_leaves_encrypted_signed_in_and_as_itself(
    start: Start, ada: Agent, sam: Agent, shop: Brand, security: str
) -> None:
    server = start(tls_first=security == "tls")
    mailbox = connected(ada, shop, server, smtp_security=security, signature="Kind regards\nYour shop")
    reply = answered(sam)
    assert (result(reply).state, server.users) == ("sent", ["help"])
    (mail,) = server.taken
    assert str(mail["From"]) == "Shop help <help@desk.example>"
    assert server.envelopes == [("help@desk.example", ["dana@example.com"])]
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert "-- \nKind regards\nYour shop\n" in plain.get_content().replace("\r\n", "\n")
    health = MailboxHealth.objects.get(mailbox=mailbox)
    assert (health.sent_at is not None, health.sending_failed_since) == (True, None)


def test_a_wrong_password_is_said_on_the_message_and_the_mailbox(
    start: Start, ada: Agent, sam: Agent, shop: Brand
) -> None:
    server = start()
    mailbox = connected(ada, shop, server, secrets={"smtp_password": "wrong"})
    reply = answered(sam)
    delivery = result(reply)
    assert delivery.state == "queued"
    assert "refuses the user name or password" in delivery.result
    health = MailboxHealth.objects.get(mailbox=mailbox)
    assert (health.sending_error, health.sending_failed_since is not None) == (delivery.result, True)
    mailboxes.change(mailbox, actor=ada.actor, secrets={"smtp_password": "open sesame"})
    Delivery.objects.update(due_at=now())
    sending.send(reply.pk)
    assert result(reply).state == "sent"
    assert MailboxHealth.objects.get(mailbox=mailbox).sending_failed_since is None


def test_a_bearer_token_signs_in(
    start: Start, ada: Agent, sam: Agent, shop: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    server.token = "fresh"
    connected(ada, shop, server, login="google", user="help@desk.example")
    monkeypatch.setattr(credentials, "bearer", lambda _mailbox: "fresh")
    assert result(answered(sam)).state == "sent"
    assert server.users == ["user=help@desk.example"]
    monkeypatch.setattr(credentials, "bearer", lambda _mailbox: "stale")
    assert "refuses" in result(answered(sam)).result


def test_nothing_is_said_to_a_server_without_encryption(start: Start, ada: Agent, sam: Agent, shop: Brand) -> None:
    server = start(starttls=False)
    connected(ada, shop, server)
    assert "offers no encryption" in result(answered(sam)).result
    assert server.users == []


def test_nothing_is_said_to_a_server_with_a_certificate_nobody_trusts(
    start: Start, ada: Agent, sam: Agent, shop: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    monkeypatch.delenv("SSL_CERT_FILE")
    connected(ada, shop, server)
    assert "certificate" in result(answered(sam)).result
    assert server.users == []


def test_a_host_in_a_private_network_is_not_connected_to(
    start: Start, ada: Agent, sam: Agent, shop: Brand, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = start()
    connected(ada, shop, server)
    monkeypatch.setenv("HEADWAY_INTERNAL_HOSTS", "")
    assert "private network" in result(answered(sam)).result


def test_the_mailbox_the_customer_wrote_to_answers(start: Start, ada: Agent, sam: Agent, shop: Brand) -> None:
    from headway.intake.channel import Arrival
    from headway.intake.email import processing
    from headway.intake.email.receiving import keep

    server = start()
    connected(ada, shop, server)
    other = mailboxes.connect(
        address="billing@desk.example", brand=shop, actor=ada.actor, secrets={"smtp_password": "open sesame"},
        smtp_host="localhost", smtp_port=server.port, smtp_user="help",
    )  # fmt: skip
    keep([Arrival(f"mailbox:{other.pk}", "1", letter(to="billing@desk.example"))])
    while processing.process_waiting():
        pass
    reply = actions.reply(Message.objects.get().ticket, Words(text="Hello"), actor=sam.actor)
    sending.queue(reply)
    sending.send(reply.pk)
    assert server.envelopes[0][0] == "billing@desk.example"
    assert server.taken[0]["Message-ID"].endswith("@desk.example>")


def test_each_reader_has_a_reply_address_of_his_own(start: Start, ada: Agent, sam: Agent, shop: Brand) -> None:
    server = start()
    connected(ada, shop, server, plus_addressing=True)
    reply = answered(sam, "boss@example.com")
    assert [one[1] for one in server.envelopes] == [["dana@example.com"], ["boss@example.com"]]
    first, second = (mail["Reply-To"].addresses[0].addr_spec for mail in server.taken)
    assert first != second
    assert len({mail["Message-ID"] for mail in server.taken}) == 1
    assert {mail["Cc"] for mail in server.taken} == {"boss@example.com"}
    # without any other trace, the answer to that address finds the ticket
    assert message_of(letter("Works", subject="Other", to=first)).ticket_id == reply.ticket_id
    stranger = message_of(letter("Me too", subject="Other", to=first, sender="eve@example.org"))
    assert (stranger.ticket_id, stranger.held) == (reply.ticket_id, True)


def test_a_layout_puts_everything_in_its_place(start: Start, ada: Agent, sam: Agent, shop: Brand) -> None:
    server = start()
    connected(ada, shop, server, template="Ticket {{ ticket }}\n\n{{ answer }}\n\n{{ agent }} of the <shop>")
    reply = answered(sam, text="Say {{ agent }} <b>")
    plain, html = (server.taken[0].get_body((kind,)) for kind in ("plain", "html"))
    assert plain is not None
    assert html is not None
    expected = f"Ticket {reply.ticket_id}\n\nSay {{{{ agent }}}} <b>\n\nSam of the <shop>"
    assert plain.get_content().replace("\r\n", "\n").strip() == expected
    assert "Say {{ agent }} &lt;b&gt;" in html.get_content()
    assert "Sam of the &lt;shop&gt;" in html.get_content()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"template": "{{ answer }} {{ anwser }}"}, "{{ anwser }}"),
        ({"template": "{{ answer }} {{ agent"}, "not closed"),
        ({"template": "Hello"}, "{{ answer }}"),
        ({"acknowledgement": "We have your mail {{ subject }}"}, "{{ subject }}"),
        ({"dkim_selector": "mail"}, "private key"),
        ({"secrets": {"dkim_key": "nonsense"}, "dkim_selector": "mail"}, "no DKIM key"),
    ],
)
def test_what_cannot_be_sent_so_is_refused_when_it_is_saved(
    ada: Agent, shop: Brand, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        mailboxes.connect(address="help@desk.example", brand=shop, actor=ada.actor, **fields)
    assert said in refusal.value.message


@pytest.fixture(scope="session")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 1024)


def pem(key: rsa.RSAPrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def test_it_is_signed_and_the_signature_holds(
    start: Start, ada: Agent, sam: Agent, shop: Brand, key: rsa.RSAPrivateKey
) -> None:
    import base64

    server = start()
    connected(ada, shop, server, dkim_selector="mail", secrets={"dkim_key": pem(key)})
    answered(sam, text="Grüße\n.a line with a dot", message_id="a" * 90 + "@example.com")
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)
    (raw,) = server.raw
    asked: list[bytes] = []

    def lookup(name: bytes, timeout: int = 5) -> bytes:
        asked.append(name)
        return record

    assert dkim.verify(raw, dnsfunc=lookup)
    assert asked == [b"mail._domainkey.desk.example."]
    assert not dkim.verify(raw.replace(b"Subject: ", b"Subject: x"), dnsfunc=lookup)
    assert b"In-Reply-To: <" + b"a" * 90 + b"@example.com>" in b" ".join(raw.split())


def test_a_file_too_large_for_a_mail_becomes_a_link_that_expires(
    start: Start, ada: Agent, sam: Agent, shop: Brand
) -> None:
    settings.change({"mail_megabytes": 1, "link_days": 3}, actor=Actor.system())
    server = start()
    connected(ada, shop, server)
    ticket = message_of(letter()).ticket
    small, large = (
        actions.stored(name, "application/pdf", b"x" * size) for name, size in (("a.pdf", 9), ("b.pdf", 900_000))
    )
    reply = actions.reply(ticket, Words(text="See the files.", files=[large, small]), actor=sam.actor)
    sending.queue(reply)
    sending.send(reply.pk)
    (mail,) = server.taken
    assert [part.get_filename() for part in mail.iter_attachments()] == ["a.pdf"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    text = plain.get_content()
    address = next(line for line in text.splitlines() if "b.pdf" in line).rpartition(" ")[2]
    found = links.read(address.rpartition("/")[2])
    assert found is not None
    assert (links.file_of(found), (found.expires_at - reply.at).days) == (reply.files.get(name="b.pdf"), 2)
    assert len(server.raw[0]) < 1_000_000
    assert parse(server.raw[0]).text.startswith("See the files.")


def test_a_mailbox_without_a_server_of_its_own_leaves_by_the_installations_way(
    ada: Agent, sam: Agent, shop: Brand, capsys: pytest.CaptureFixture[str]
) -> None:
    mailboxes.connect(address="help@desk.example", brand=shop, actor=ada.actor)
    assert result(answered(sam)).result == "printed to the console"
    assert "From: Shop <help@desk.example>" in capsys.readouterr().err
