"""An administrator connects a mailbox of real servers, breaks it, and looks after what came by it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from playwright.sync_api import expect

from headway.intake.email import claiming, processing, selftest
from headway.intake.email.imap import fetcher as fetching
from headway.intake.email.imap.fetcher import Fetcher
from headway.intake.models import Mailbox, MailboxHealth, RawMail, SelfTest, Suppression
from headway.intake.suppression.actions import suppress
from headway.intake.tests.letters import arrive, letter, message_of
from headway.ops.tests.ports import free_port
from headway.people.models import Agent, Brand, Customer
from headway.web.desk.channels import mailboxes as screen
from tests.journeys.channels import connect
from tests.journeys.conftest import Enter
from tests.journeys.matters import ask
from tests.mailservers.dovecot import PASSWORD, Dovecot

pytestmark = pytest.mark.browser

ADDRESS = "support@localhost.test"


class _Submission:
    """Takes mails in from who signs in, and delivers them into the mailbox."""

    def __init__(self, server: Dovecot) -> None:
        self.server = server

    def __call__(self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, given: object) -> AuthResult:
        right = isinstance(given, LoginPassword) and given.password == PASSWORD.encode()
        return AuthResult(success=right, handled=right)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        self.server.deliver(ADDRESS, envelope.content or b"")  # type: ignore[arg-type]  # bytes here
        return "250 OK"


@pytest.fixture
def submission(dovecot: Dovecot) -> Iterator[int]:
    """The port of a server that mails are handed in to."""
    taking = _Submission(dovecot)
    port = free_port()
    controller = Controller(taking, hostname="127.0.0.1", port=port, authenticator=taking, auth_require_tls=False)
    controller.start()
    yield port
    controller.stop()


@contextmanager
def worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Callable[[], bool]], None]]:
    """A fetcher at work; waits until something is so, reading what was fetched meanwhile."""
    monkeypatch.setattr(fetching, "_REFRESH_SECONDS", 0.2)
    fetcher = Fetcher(threads=2)
    fetcher.start()

    def until(done: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 120
        while not done():
            assert time.monotonic() < deadline, list(MailboxHealth.objects.values_list("failure", "error", "looked_at"))
            processing.process_waiting()
            time.sleep(0.1)

    try:
        yield until
    finally:
        fetcher.stop()


@pytest.mark.timeout(300)
def test_a_mailbox_from_its_address_to_the_first_ticket(
    enter: Enter, ada: Agent, acme: Brand, dovecot: Dovecot, submission: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is found for the address; the password is wrong, then right; the test comes back; a mail is a ticket."""
    window = enter(ada)
    window.page.set_default_timeout(30_000)
    page = window.open("/desk/mailboxes")
    page.get_by_role("link", name="Connect a mailbox").first.click()
    page.get_by_label("Email address").fill(ADDRESS)
    page.get_by_role("button", name="Find its servers").click()
    expect(page.get_by_text("No servers were found")).to_be_visible(timeout=30_000)
    reading = page.get_by_role("group", name="Reading mail")
    reading.get_by_label("Server").fill("localhost")
    reading.get_by_label("Port").fill(str(dovecot.imaps))
    sending = page.get_by_role("group", name="Sending answers")
    sending.get_by_label("Server").fill("localhost")
    sending.get_by_label("Port").fill(str(submission))
    sending.get_by_label("Encryption").select_option("none")
    page.get_by_label("Password", exact=True).fill("wrong")
    page.get_by_role("button", name="Sign in and connect").click()
    expect(page.get_by_text("localhost refuses the user name or password").first).to_be_visible(timeout=30_000)
    expect(page.get_by_text("Nothing was changed, and no mail was touched.")).to_be_visible()
    assert not Mailbox.objects.exists()
    expect(page.get_by_label("Password", exact=True)).to_have_value("")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in and connect").click()
    expect(page.get_by_text("A mail left")).to_be_visible(timeout=30_000)
    with worker(monkeypatch) as until:
        # what the worker's job does
        selftest.run(SelfTest.objects.get().pk)
        until(lambda: SelfTest.objects.get().plus_arrived_at is not None)
        expect(page.get_by_text("It works both ways")).to_be_visible(timeout=30_000)
        expect(page.get_by_text("answers are matched to their tickets by address")).to_be_visible(timeout=30_000)
        dovecot.deliver(ADDRESS, letter("I cannot sign in.", to=ADDRESS))
        until(lambda: RawMail.objects.filter(message__isnull=False).exists())
    mail = RawMail.objects.get(message__isnull=False)
    assert mail.message is not None
    page = window.open(f"/desk/tickets/{mail.message.ticket_id}")
    page.get_by_role("article").first.hover()
    page.get_by_role("button", name="The path of this message").click()
    expect(page.get_by_text(f"Received: Mailbox {ADDRESS}")).to_be_visible()
    page = window.open("/desk/mailboxes")
    expect(page.get_by_text("Works", exact=True)).to_be_visible()


@pytest.mark.timeout(120)
def test_a_channel_that_is_down_is_named_and_hidden_for_this_session(
    enter: Enter, ada: Agent, sam: Agent, acme: Brand
) -> None:
    """The banner names it; hidden it stays away on the next page, and a new window has it."""
    row = connect(ada, acme, "support")
    MailboxHealth.objects.filter(mailbox=row).update(looked_at=row.connected_at)
    window = enter(sam)
    page = window.open("/desk/views/open")
    banner = page.get_by_text("New mail to support@acme.example does not arrive here.")
    expect(banner).to_be_visible()
    page.get_by_role("button", name="Hide until I sign in again").click()
    expect(banner).to_be_hidden()
    with page.expect_response("**/desk/trouble"):
        page.reload()
    expect(banner).to_be_hidden()
    other = enter(ada).open("/desk/views/open")
    other.get_by_role("link", name="Mend it").click()
    other.wait_for_url(f"**{screen.PAGE}#mailbox-{row.pk}")


@pytest.mark.timeout(120)
def test_a_quarantined_mail_becomes_a_ticket_on_a_second_try(enter: Enter, ada: Agent, acme: Brand) -> None:
    """By keyboard: read why, try again, follow until it is a ticket."""
    row = arrive(letter("Hello"), process=False)
    claiming.quarantine(row.pk, "took more processor time than allowed")
    page = enter(ada).open("/desk/quarantine")
    page.get_by_role("link", name=f"Mail {row.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Reading it took longer than any mail may take.")).to_be_visible()
    page.get_by_role("button", name="Process it again").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It waits to be read again")).to_be_visible()
    processing.process_waiting()
    expect(page.get_by_role("link", name="Open ticket")).to_be_visible(timeout=15_000)


@pytest.mark.timeout(120)
def test_an_address_is_written_to_again_after_a_question(enter: Enter, ada: Agent, acme: Brand, dana: Customer) -> None:
    """From the customer's panel to the list, and back to normal."""
    matter = ask(dana, "Invoice", "Where is it?")
    suppress("dana@example.com", "bounced", actor=ada.actor, message=matter.messages.get())
    page = enter(ada).open(f"/desk/tickets/{matter.pk}")
    page.get_by_role("link", name="Mail to this address is stopped").click()
    page.get_by_role("button", name="Write to it again").click()
    page.get_by_role("button", name="Leave it").click()
    assert Suppression.objects.exists()
    page.get_by_role("button", name="Write to it again").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Write to it again").click()
    expect(page.get_by_text("is written to again")).to_be_visible()
    assert not Suppression.objects.exists()


@pytest.mark.timeout(120)
def test_a_held_message_says_why_and_is_let_in(enter: Enter, sam: Agent, acme: Brand) -> None:
    """A stranger's answer waits for somebody."""
    message_of(letter("Hello", message_id="first@example.com"))
    held = message_of(letter("Me too", "In-Reply-To: <first@example.com>", sender="Eve <eve@elsewhere.example>"))
    page = enter(sam).open(f"/desk/tickets/{held.ticket_id}")
    expect(page.get_by_text("Its sender does not take part in this ticket.")).to_be_visible()
    page.get_by_role("button", name="Let it in").click()
    expect(page.get_by_role("button", name="Let it in")).to_be_hidden()
