"""Jobs of the ways in and out: stored mails are processed, queued answers leave."""

from collections.abc import Sequence
from datetime import datetime

import structlog

from headway.events import together
from headway.events.event import Recorded
from headway.events.vocabulary.messages import MessageReceived, ReplyWritten
from headway.events.vocabulary.sidemails import SideWritten
from headway.events.vocabulary.tickets import TicketCleared, TicketSuspected
from headway.foundation.jobs import job, schedule
from headway.foundation.jobs.failures import describe
from headway.intake.email import acknowledging, automatic, claiming, erasing, processing, selftest, sending, spool
from headway.intake.email.letters import Letter
from headway.intake.models import RawMail
from headway.intake.oauth import renewing
from headway.intake.spam import erasing as spam
from headway.intake.spam import learning
from headway.intake.suppression import erasing as suppression
from headway.tickets.models import Message, SideMessage, Ticket

log = structlog.get_logger("headway.intake")


@job("intake.process")
def process() -> None:
    """Processes what is stored, until nothing waits. What follows is done at once, or by its jobs where that fails."""
    while claimed := claiming.claim(processing.BATCH):
        for ticket_ids in processing.process(claimed):
            try:
                together.follow_tickets(ticket_ids)
            except Exception as error:  # noqa: BLE001 - the jobs are still there
                log.warning("followers are left to their jobs", error=describe(error))


@job("intake.send", queue="outward", outward=True)
def send(message_id: int) -> None:
    """Sends what is due of one of our messages."""
    sending.send(message_id)


@job("intake.send_side", queue="outward", outward=True)
def send_side(side_message_id: int) -> None:
    """Sends what is due of one of our messages in a side conversation."""
    sending.send_side(side_message_id)


def defer_sending(letter: Letter, *, at: datetime | None = None) -> None:
    """Asks for the sending of a queued message."""
    if isinstance(letter, SideMessage):
        send_side.defer(lock=f"send-side:{letter.pk}", at=at, side_message_id=letter.pk)
    else:
        send.defer(lock=f"send:{letter.pk}", at=at, message_id=letter.pk)


def queue_side(recorded: Recorded[SideWritten]) -> None:
    """After we wrote in a side conversation: it is queued to its people, as any answer is."""
    message = SideMessage.objects.select_related("side__ticket").get(pk=recorded.event.message_id)
    if sending.queue(message):
        defer_sending(message, at=sending.due_at(message))


def queue_reply(recorded: Recorded[ReplyWritten]) -> None:
    """After we wrote an answer: it is queued, and leaves when it can be taken back no more."""
    message = Message.objects.select_related("ticket__customer").get(pk=recorded.event.message_id)
    if sending.queue(message):
        defer_sending(message, at=sending.due_at(message))


def acknowledge(recorded: Recorded[MessageReceived]) -> None:
    """After a customer began a ticket by mail: it is acknowledged, where its mailbox does so."""
    if recorded.event.first and not recorded.event.held and acknowledging.is_used():
        acknowledging.acknowledge(recorded.event.message_id)


def learn_sender(recorded: Recorded[TicketSuspected]) -> None:
    """After somebody marked a ticket as spam: its sender is suspected from now on, and with several their domain."""
    ticket = Ticket.objects.filter(pk=recorded.event.ticket_id).first()
    if recorded.event.by == "agent" and ticket is not None:
        learning.learn(ticket, actor=recorded.actor)


def unlearn_sender(recorded: Recorded[TicketCleared]) -> None:
    """After somebody took a ticket back from spam: its sender is not suspected any more."""
    ticket = Ticket.objects.filter(pk=recorded.event.ticket_id).first()
    if recorded.actor.kind == "agent" and ticket is not None:
        learning.unlearn(ticket, actor=recorded.actor)


@job("intake.self_test", queue="outward", outward=True)
def self_test(test_id: int) -> None:
    """Sends the mails of a mailbox's test."""
    selftest.run(test_id)


def acknowledge_many(recorded: Sequence[Recorded[MessageReceived]]) -> None:
    """The same for many tickets at once."""
    if acknowledging.is_used():
        for one in recorded:
            if one.event.first and not one.event.held:
                acknowledging.acknowledge(one.event.message_id)


@schedule("intake.look_after", "* * * * *", while_held=True)
def look_after() -> None:
    """Every minute: mails spooled while no server ran, those a dead process had begun, tests that came to nothing."""
    spool.drain()
    selftest.expire()
    if RawMail.objects.filter(state=RawMail.States.STORED, run__isnull=True).exists():
        process.defer(lock="intake.process")


@schedule("intake.send_due", "* * * * *")
def send_due() -> None:
    """Every minute: answers whose time has come and whose own job is gone, and those a dead process had claimed."""
    sending.send_due()


@schedule("intake.sweep", "41 * * * *", while_held=True)
def sweep() -> None:
    """Every hour: raw mails whose message was removed, and what is kept of addresses and need not be any more."""
    while erasing.sweep():
        pass
    suppression.sweep()
    spam.sweep()
    automatic.sweep()


@schedule("intake.renew_grants", "23 3 * * *", queue="outward")
def renew_grants() -> None:
    """Every night: access that nobody used for a week is renewed, so that it does not lapse."""
    renewing.renew_unused()
