"""Jobs of the ways in and out: stored mails are processed, queued answers leave."""

from headway.events.event import Recorded
from headway.events.vocabulary.messages import MessageReceived, ReplyWritten
from headway.foundation.jobs import job, schedule
from headway.intake.email import acknowledging, automatic, erasing, processing, selftest, sending, spool
from headway.intake.models import RawMail
from headway.intake.oauth import renewing
from headway.intake.suppression import erasing as suppression
from headway.tickets.models import Message


@job("intake.process")
def process() -> None:
    """Processes what is stored, until nothing waits."""
    while processing.process_waiting():
        pass


@job("intake.send", queue="outward", outward=True)
def send(message_id: int) -> None:
    """Sends what is due of one of our messages."""
    sending.send(message_id)


def queue_reply(recorded: Recorded[ReplyWritten]) -> None:
    """After we wrote an answer: it is queued, and leaves when it can be taken back no more."""
    message = Message.objects.select_related("ticket__customer").get(pk=recorded.event.message_id)
    if sending.queue(message):
        send.defer(lock=f"send:{message.pk}", at=sending.due_at(message), message_id=message.pk)


def acknowledge(recorded: Recorded[MessageReceived]) -> None:
    """After a customer began a ticket by mail: it is acknowledged, where its mailbox does so."""
    if recorded.event.first and not recorded.event.held and acknowledging.is_used():
        acknowledging.acknowledge(recorded.event.message_id)


@job("intake.self_test", queue="outward", outward=True)
def self_test(test_id: int) -> None:
    """Sends the mails of a mailbox's test."""
    selftest.run(test_id)


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
    """Every hour: raw mails whose message was removed, and what rests on removed messages about addresses."""
    while erasing.sweep():
        pass
    suppression.sweep()
    automatic.sweep()


@schedule("intake.renew_grants", "23 3 * * *", queue="outward")
def renew_grants() -> None:
    """Every night: access that nobody used for a week is renewed, so that it does not lapse."""
    renewing.renew_unused()
