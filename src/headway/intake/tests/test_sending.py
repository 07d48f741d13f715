"""Our answers leave: queued with the reply, claimed before connecting, threaded, each with a visible end."""

import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings as django_settings

from headway.events.actor import Actor
from headway.events.models import Entry
from headway.foundation import clock
from headway.intake import tasks
from headway.intake.channel import Outcome, Outgoing
from headway.intake.email import sending
from headway.intake.email.parse.whole import parse
from headway.intake.mailboxes.actions import connect
from headway.intake.models import Delivery
from headway.intake.tests.letters import letter, message_of
from headway.people.actions import identities
from headway.people.models import Agent, Brand, BrandAddress
from headway.settings import actions as settings
from headway.tickets import actions
from headway.tickets.actions import Words
from headway.tickets.models import Message


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A mail server on loopback that remembers what it took, and answers as it is told."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.refuse: dict[str, str] = {}
        self.answer = "250 taken"
        self.port = _free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        if self.answer.startswith("250"):
            self.raw.append(content)
            self.taken.append(email.message_from_bytes(content, policy=email.policy.default))
            self.recipients.append(list(envelope.rcpt_tos))
        return self.answer


@pytest.fixture
def mailer(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = Server()
    made.controller.start()
    monkeypatch.setattr(django_settings.HEADWAY, "mail", f"smtp://127.0.0.1:{made.port}")
    yield made
    made.controller.stop()


@pytest.fixture
def at_once(database: None) -> None:
    """Answers cannot be taken back, so they leave at once."""
    settings.change({"undo_seconds": 0}, actor=Actor.system())


def answer(sam: Agent, text: str = "Please try again.", *, copied: tuple[str, ...] = (), **asked: str) -> Message:
    """A customer asks by mail, Sam answers."""
    ticket = message_of(letter(**asked)).ticket
    return actions.reply(ticket, Words(text=text, copied=copied), actor=sam.actor)


def states(message: Message) -> list[tuple[str, str]]:
    return list(Delivery.objects.filter(message=message).order_by("copied", "pk").values_list("address", "state"))


@pytest.mark.usefixtures("db", "at_once")
class TestOneAnswer:
    """What leaves, and what is noted of it."""

    def test_it_arrives_with_headers_that_thread(self, mailer: Server, sam: Agent) -> None:
        brand = Brand.objects.create(name="Shop", slug="shop", signature="The shop")
        BrandAddress.objects.create(brand=brand, address="help@desk.example", name="Shöp, help", is_primary=True)
        message = answer(sam, message_id="q1@example.com", subject="Login")
        sending.queue(message)
        sending.send(message.pk)
        (mail,) = mailer.taken
        assert (mail["In-Reply-To"], mail["References"]) == ("<q1@example.com>", "<q1@example.com>")
        assert (mail["To"], mail["Subject"]) == ("dana@example.com", f"Re: Login [#{message.ticket_id}]")
        assert mail["From"].addresses[0].display_name == "Shöp, help"
        assert mail["From"].addresses[0].addr_spec == "help@desk.example"
        assert states(message) == [("dana@example.com", "sent")]
        assert Entry.objects.filter(kind="message.sent", ticket_id=message.ticket_id).count() == 1

    def test_text_and_html_say_the_same(self, mailer: Server, sam: Agent) -> None:
        message = answer(sam, "Hello <b>\n\nTry & tell.")
        sending.queue(message)
        sending.send(message.pk)
        (mail,) = mailer.taken
        plain, html = mail.get_body(("plain",)), mail.get_body(("html",))
        assert plain is not None
        assert html is not None
        assert "Hello <b>\n\nTry & tell." in plain.get_content().replace("\r\n", "\n")
        assert "<p>Hello &lt;b&gt;</p><p>Try &amp; tell.</p>" in html.get_content()
        assert "> I cannot sign in." in plain.get_content()

    def test_our_own_cutter_finds_only_the_new_text(self, mailer: Server, sam: Agent) -> None:
        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk)
        found = parse(mailer.raw[0])
        assert found.text == "Please try again."

    def test_ids_of_a_hundred_characters_stand_on_the_wire_as_they_are(self, mailer: Server, sam: Agent) -> None:
        name = "a" * 90 + "@example.com"
        message = answer(sam, message_id=name)
        sending.queue(message)
        sending.send(message.pk)
        lines = mailer.raw[0].split(b"\r\n")
        assert f"In-Reply-To: <{name}>".encode() in lines
        assert f"References: <{name}>".encode() in lines
        assert b"=?utf-8?" not in mailer.raw[0].partition(b"\r\n\r\n")[0]

    def test_copies_are_kept_and_each_recipient_has_a_result(self, mailer: Server, sam: Agent) -> None:
        mailer.refuse = {"gone@example.com": "550 5.1.1 no such user"}
        message = answer(sam, copied=("boss@example.com", "gone@example.com"))
        sending.queue(message)
        sending.send(message.pk)
        assert states(message) == [
            ("dana@example.com", "sent"),
            ("boss@example.com", "sent"),
            ("gone@example.com", "failed"),
        ]
        assert mailer.recipients == [["dana@example.com", "boss@example.com"]]
        assert mailer.taken[0]["Cc"] == "boss@example.com, gone@example.com"
        assert Delivery.objects.get(address="gone@example.com").result == "550 5.1.1 no such user"
        assert Entry.objects.filter(kind="message.failed", ticket_id=message.ticket_id).count() == 1

    def test_a_header_cannot_be_smuggled_in(self, mailer: Server, sam: Agent) -> None:
        message = answer(sam, subject="Login")
        message.ticket.subject = "x\r\nBcc: eve@example.org"
        message.ticket.save(update_fields=["subject"])
        sending.queue(message)
        sending.send(message.pk)
        assert mailer.taken[0]["Bcc"] is None

    def test_files_go_along(self, mailer: Server, sam: Agent) -> None:
        ticket = message_of(letter()).ticket
        words = Words(text="See the file.", files=[actions.stored("guide ä.pdf", "application/pdf", b"PDF")])
        message = actions.reply(ticket, words, actor=sam.actor)
        sending.queue(message)
        sending.send(message.pk)
        (file,) = mailer.taken[0].iter_attachments()
        assert (file.get_filename(), file.get_content()) == ("guide ä.pdf", b"PDF")

    def test_an_automatic_answer_is_stamped(self, mailer: Server, sam: Agent) -> None:
        ticket = message_of(letter()).ticket
        message = actions.reply(ticket, Words(text="We have it.", automatic=True), actor=Actor.automation())
        sending.queue(message)
        sending.send(message.pk)
        assert mailer.taken[0]["Auto-Submitted"] == "auto-replied"

    def test_the_customers_answer_comes_back_to_the_ticket(self, mailer: Server, sam: Agent) -> None:
        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk)
        ours = mailer.taken[0]["Message-ID"]
        assert message_of(letter("Works", f"In-Reply-To: {ours}")).ticket_id == message.ticket_id

    @pytest.mark.parametrize(
        ("answer_of_server", "given"),
        [
            (
                "250 Ok 0100018f3a5c1b2d-1a2b3c4d-1111-2222-3333-444455556666-000000",
                "0100018f3a5c1b2d-1a2b3c4d-1111-2222-3333-444455556666-000000@email.amazonses.com",
            ),
            ("250 2.0.0 OK <AM0PR1@AM0PR1.eurprd.example> [Hostname=AM0]", "AM0PR1@AM0PR1.eurprd.example"),
        ],
    )
    def test_an_answer_to_the_id_a_provider_gave_our_mail_finds_the_ticket(
        self, mailer: Server, sam: Agent, answer_of_server: str, given: str
    ) -> None:
        mailer.answer = answer_of_server
        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk)
        assert message_of(letter("Works", f"In-Reply-To: <{given}>")).ticket_id == message.ticket_id

    def test_it_goes_to_the_address_the_customer_wrote_from_last(self, mailer: Server, sam: Agent) -> None:
        first = message_of(letter(message_id="one@example.com"))
        assert first.customer is not None
        identities.add(first.customer, "email", "dana@home.example", actor=sam.actor)
        message_of(letter("From home", "In-Reply-To: <one@example.com>", sender="Dana <Dana@Home.example>"))
        message = actions.reply(first.ticket, Words(text="Hello"), actor=sam.actor)
        sending.queue(message)
        assert states(message) == [("dana@home.example", "queued")]

    def test_of_several_copies_those_that_left_are_noted_at_once(self, sam: Agent, ada: Agent) -> None:
        brand = Brand.objects.create(name="Shop", slug="shop", is_default=True)
        mailbox = connect(address="help@desk.example", brand=brand, actor=ada.actor, plus_addressing=True)

        class Dies:
            def send(self, message: Outgoing) -> list[Outcome]:
                if message.recipients == ("boss@example.com",):
                    raise KeyboardInterrupt
                return [Outcome(one, sent=True) for one in message.recipients]

        message = answer(sam, copied=("boss@example.com",))
        sending.queue(message)
        with pytest.raises(KeyboardInterrupt):
            sending.send(message.pk, Dies())
        assert (mailbox.plus_addressing, states(message)) == (
            True,
            [("dana@example.com", "sent"), ("boss@example.com", "sending")],
        )


@pytest.mark.usefixtures("db", "at_once")
class TestTrouble:
    """Servers that refuse, break or vanish."""

    def test_a_temporary_refusal_is_tried_again_later_under_the_same_id(self, mailer: Server, sam: Agent) -> None:
        mailer.answer = "451 try again"
        message = answer(sam)
        sending.queue(message)
        before = Delivery.objects.get(message=message)
        sending.send(message.pk)
        delivery = Delivery.objects.get(message=message)
        assert (delivery.state, delivery.attempts, delivery.mail_id) == ("queued", 1, before.mail_id)
        assert delivery.due_at > before.due_at
        mailer.answer = "250 taken"
        sending.send(message.pk)
        assert mailer.taken == []
        with clock.frozen(delivery.due_at):
            sending.send(message.pk)
        assert mailer.taken[0]["Message-ID"] == f"<{before.mail_id}>"

    def test_what_never_works_ends_visibly(self, mailer: Server, sam: Agent) -> None:
        mailer.answer = "451 try again"
        message = answer(sam)
        sending.queue(message)
        for _ in range(20):
            delivery = Delivery.objects.get(message=message)
            if delivery.state == "failed":
                break
            with clock.frozen(delivery.due_at):
                sending.send(message.pk)
        assert states(message) == [("dana@example.com", "failed")]
        mailer.answer = "250 taken"
        assert sending.retry(message) == 1
        sending.send(message.pk)
        assert states(message) == [("dana@example.com", "sent")]

    def test_a_server_that_is_not_there_is_tried_again(self, monkeypatch: pytest.MonkeyPatch, sam: Agent) -> None:
        monkeypatch.setattr(django_settings.HEADWAY, "mail", "smtp://127.0.0.1:1")
        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk)
        assert states(message) == [("dana@example.com", "queued")]

    def test_a_lost_answer_is_told_and_tried_once_more(self, sam: Agent) -> None:
        class Lost:
            def send(self, message: Outgoing) -> list[Outcome]:
                return [Outcome(one, sent=False, reply="gone", certain=False) for one in message.recipients]

        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk, Lost())
        delivery = Delivery.objects.get(message=message)
        assert (delivery.state, "May have been sent" in delivery.result) == ("uncertain", True)
        with clock.frozen(delivery.due_at):
            sending.send(message.pk, Lost())
        assert states(message) == [("dana@example.com", "failed")]

    def test_what_a_dead_process_had_claimed_counts_as_perhaps_sent(self, sam: Agent) -> None:
        message = answer(sam)
        sending.queue(message)

        class Dies:
            def send(self, message: Outgoing) -> list[Outcome]:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            sending.send(message.pk, Dies())
        assert states(message) == [("dana@example.com", "sending")]
        with clock.frozen(clock.now() + timedelta(minutes=11)):
            sending.send_due()
        assert states(message) == [("dana@example.com", "uncertain")]

    def test_a_password_is_never_sent_in_the_clear(
        self, mailer: Server, monkeypatch: pytest.MonkeyPatch, sam: Agent
    ) -> None:
        monkeypatch.setattr(django_settings.HEADWAY, "mail", f"smtp://user:secret@127.0.0.1:{mailer.port}")
        message = answer(sam)
        sending.queue(message)
        sending.send(message.pk)
        assert "no encryption" in Delivery.objects.get(message=message).result

    def test_sample_data_never_leaves(self, mailer: Server, sam: Agent) -> None:
        message = answer(sam)
        message.ticket.is_sample = True
        message.ticket.save(update_fields=["is_sample"])
        sending.queue(message)
        sending.send(message.pk)
        assert (mailer.taken, states(message)) == ([], [("dana@example.com", "sent")])


@pytest.mark.usefixtures("db")
def test_a_reply_can_be_taken_back_until_it_leaves(mailer: Server, sam: Agent) -> None:
    message = answer(sam)
    sending.queue(message)
    sending.send(message.pk)
    assert (mailer.taken, sending.take_back(message)) == ([], True)
    with clock.frozen(clock.now() + timedelta(hours=1)):
        sending.send(message.pk)
    assert (mailer.taken, states(message)) == ([], [("dana@example.com", "cancelled")])


def test_a_reply_at_the_desk_reaches_the_customer(
    committed_db: str, at_once: None, mailer: Server, sam: Agent, run_jobs: Callable[[], None]
) -> None:
    message = answer(sam)
    run_jobs()
    assert states(message) == [("dana@example.com", "sent")]
    assert len(mailer.taken) == 1
    run_jobs()
    assert len(mailer.taken) == 1


def test_nothing_leaves_while_the_workspace_is_held(
    committed_db: str, at_once: None, mailer: Server, sam: Agent, ada: Agent, run_jobs: Callable[[], None]
) -> None:
    settings.hold("restored", actor=Actor.system())
    message = answer(sam)
    run_jobs()
    assert (mailer.taken, states(message)) == ([], [("dana@example.com", "queued")])
    settings.release(actor=ada.actor)
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        tasks.send_due()
    run_jobs()
    assert states(message) == [("dana@example.com", "sent")]


def test_history_is_never_sent(db: None, mailer: Server, sam: Agent) -> None:
    ticket = message_of(letter()).ticket
    message = actions.reply(ticket, Words(text="Old answer"), actor=sam.actor, silent=True)
    assert states(message) == []
