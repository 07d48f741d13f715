"""A mailbox sends itself two mails and sees them come back: to its address, and to that with a plus in it."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from email.utils import format_datetime
from typing import Final

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.mailboxes import MailboxChanged, MailboxTested
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, NotFound
from headway.intake.channel import Exit, Outcome, Outgoing
from headway.intake.email import claiming, keys, submission, tokens
from headway.intake.email.composing import on_the_wire
from headway.intake.email.mail import ParsedMail
from headway.intake.email.settling import Read
from headway.intake.email.smtp import Console
from headway.intake.models import Mailbox, RawMail, SelfTest
from headway.people.permissions import require
from headway.people.rules import Permission

HEADER: Final = "X-Headway-Test"
WITHIN: Final = timedelta(minutes=3)
_KEPT: Final = timedelta(days=90)
_ID: Final = re.compile(r"hwtest\.([0-9a-f]{48})\.(main|plus)@")
_Steps: Final = SelfTest.Steps


@transaction.atomic
def start(mailbox: Mailbox, *, actor: Actor) -> SelfTest:
    """Begins a test; a job sends the mails. Raises NotFound, Conflict for a mailbox that is paused."""
    require(actor, Permission.OPERATE)
    row = Mailbox.objects.filter(pk=mailbox.pk, archived_at__isnull=True).first()
    if row is None:
        raise NotFound(_("This mailbox does not exist any more."))
    if row.paused_at is not None:
        raise Conflict(_("This mailbox is paused, so nothing would come back. Resume it, then test it."))
    test = SelfTest.objects.create(mailbox=row, mark=secrets.token_hex(24), started_at=now())
    from headway.intake.tasks import self_test

    self_test.defer(test_id=test.pk)
    return test


def latest(mailbox: Mailbox) -> SelfTest | None:
    """The newest test of a mailbox. One query."""
    return SelfTest.objects.filter(mailbox=mailbox).order_by("-pk").first()


def run(test_id: int, exit_: Exit | None = None) -> None:
    """Sends the two mails, once."""
    claimed = SelfTest.objects.filter(pk=test_id, step=_Steps.STARTED, sent_at__isnull=True)
    test = claimed.select_related("mailbox__address__brand").first()
    # claimed before anybody connects: a job that is run again sends nothing twice
    if test is None or not claimed.update(sent_at=now()):
        return
    mailbox = test.mailbox
    way = exit_ or submission.way_out(mailbox, is_sample=mailbox.is_sample)
    if isinstance(way, Console):
        _fail(test, _("This mailbox has no server to send by, and HEADWAY_MAIL names none: mail is only printed."))
        return
    address = mailbox.address.address
    told = _send(way, test, address, address, "main")
    if not told.sent:
        _fail(test, _("The mail could not be sent: %(why)s") % {"why": told.reply})
        return
    SelfTest.objects.filter(pk=test.pk, step=_Steps.STARTED).update(step=_Steps.SENT)
    _send(way, test, address, tokens.address(address, "headway-test"), "plus")


def recognise(mail: ParsedMail) -> SelfTest | None:
    """The test a mail belongs to: one of its own mails, a report about one, or an answer to one. Nobody who does not
    know its mark can name it."""
    mark, _which = _named(mail)
    return SelfTest.objects.filter(mark=mark).first() if mark else None


def without_tests(read: Sequence[Read]) -> list[Read]:
    """The mails that are no tests. A test's are noted where they belong, and never become a ticket."""
    rest: list[Read] = []
    for one in read:
        if not _named(one.mail)[0]:
            rest.append(one)
            continue
        try:
            rest += [] if _taken(one) else [one]
        except Exception as error:  # noqa: BLE001 - whatever is wrong with this mail, the next one goes on
            claiming.failed(one.claimed, f"{type(error).__name__}: {error}")
    return rest


def expire() -> None:
    """Ends tests whose mails did not come back in time, and says what that may mean."""
    over = now() - WITHIN
    waiting = SelfTest.objects.filter(step__in=[_Steps.STARTED, _Steps.SENT], started_at__lt=over)
    for test in waiting.select_related("mailbox__health"):
        _fail(test, _why(test))
    lost = SelfTest.objects.filter(
        step=_Steps.ARRIVED,
        plus_arrived_at__isnull=True,
        mailbox__plus_addressing=True,
        started_at__range=(over - WITHIN, over),  # what somebody sets by hand afterwards stays
    )
    for mailbox_id in lost.values_list("mailbox_id", flat=True).distinct():
        _set_plus(mailbox_id, works=False)
    SelfTest.objects.filter(started_at__lt=now() - _KEPT).delete()


@transaction.atomic
def _taken(one: Read) -> bool:
    """Notes a test's mail; False when it is nobody's test."""
    test = recognise(one.mail)
    if test is None:
        return False
    row = RawMail.objects.select_for_update().get(pk=one.claimed.id)
    if row.state != RawMail.States.STORED:
        return True
    _note(test, one.mail)
    key = keys.of_mail(one.mail.message_id, one.mail.body_hash)
    known = RawMail.objects.filter(mail_key=key).exists()
    row.state = RawMail.States.DUPLICATE if known else RawMail.States.DONE
    row.mail_key = None if known else key
    row.processed_at, row.findings, row.error = now(), {"because": "self-test"}, ""
    row.save(update_fields=["state", "mail_key", "processed_at", "findings", "error"])
    return True


def _note(test: SelfTest, mail: ParsedMail) -> None:
    _mark, which = _named(mail)
    if mail.report is not None:
        said = next((one.diagnostic or one.reason for one in mail.report.recipients), "")
        if which == "main":
            _fail(test, _("The mail came back: %(why)s") % {"why": said or _("its server gave no reason")})
    elif mail.header(HEADER) and which == "plus":
        SelfTest.objects.filter(pk=test.pk, plus_arrived_at__isnull=True).update(plus_arrived_at=now())
        _set_plus(test.mailbox_id, works=True)
    elif mail.header(HEADER):
        changes = {"step": _Steps.ARRIVED, "arrived_at": now(), "error": ""}
        if SelfTest.objects.filter(pk=test.pk, arrived_at__isnull=True).update(**changes):
            journal.record(MailboxTested(subject_id=test.mailbox_id, result="arrived"), actor=Actor.system())


def _named(mail: ParsedMail) -> tuple[str, str]:
    """The mark a mail names, and which of the two it is or speaks of."""
    reported = mail.report.original_message_id if mail.report else ""
    own = mail.message_id if mail.header(HEADER) else ""
    for value in (own, reported, *mail.in_reply_to):
        match = _ID.match(value)
        if match:
            return match[1], match[2]
    header = mail.header(HEADER).split()
    # a provider may have given it another id
    return (header[0][:64], header[1][:4]) if len(header) > 1 else ("", "")


def _send(way: Exit, test: SelfTest, sender: str, to: str, which: str) -> Outcome:
    mail = EmailMessage(
        subject=_("A test of this mailbox"),
        body=_("Headway sent this mail to itself to see that mail leaves and comes back. It may be deleted."),
        from_email=sender,
        to=[to],
        headers={
            "Message-ID": f"<hwtest.{test.mark}.{which}@{sender.rpartition('@')[2]}>",
            "Date": format_datetime(now()),
            HEADER: f"{test.mark} {which}",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "All",
        },
    )
    (outcome,) = way.send(Outgoing(sender, (to,), on_the_wire(mail)))
    return outcome


@transaction.atomic
def _fail(test: SelfTest, why: str) -> None:
    waiting = SelfTest.objects.filter(pk=test.pk, step__in=[_Steps.STARTED, _Steps.SENT])
    if waiting.update(step=_Steps.FAILED, error=why[:500]):
        journal.record(MailboxTested(subject_id=test.mailbox_id, result="failed"), actor=Actor.system())


def _why(test: SelfTest) -> str:
    """The likely reason, as far as we can see it."""
    mailbox = test.mailbox
    if test.step == _Steps.STARTED:
        return _("The mail was not sent: the worker is busy or does not run. Nothing else was changed.")
    begun = _("Sent, but it did not come back within %(n)d minutes: ") % {"n": int(WITHIN.total_seconds() // 60)}
    health = getattr(mailbox, "health", None)
    if mailbox.paused_at is not None:
        return begun + _("the mailbox was paused.")
    if not mailbox.imap_host:
        return begun + _("nothing is fetched for it. Check that its mail is handed in by a listener, a pipe or a hook.")
    if health is not None and health.failing_since is not None:
        return begun + str(health.error)
    if health is None or health.looked_at is None or health.looked_at < test.started_at:
        return begun + _("nobody has looked into the mailbox since. Check that a worker runs.")
    return begun + _(
        "the mailbox is read, and the mail is not in the folder %(folder)s. Look into its spam folder, and for a rule "
        "or a forwarding that moves mail away."
    ) % {"folder": mailbox.imap_folder}


@transaction.atomic
def _set_plus(mailbox_id: int, *, works: bool) -> None:
    if Mailbox.objects.filter(pk=mailbox_id).exclude(plus_addressing=works).update(plus_addressing=works):
        journal.record(MailboxChanged(subject_id=mailbox_id, fields=("plus_addressing",)), actor=Actor.system())
