"""The queue of answers: claimed and committed before anybody connects, one id for all attempts, a visible end."""

import re
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.intake.channel import Exit, Outcome, Outgoing
from headway.intake.email import composing, keys, letters, lookups, readers, tokens
from headway.intake.email.identities import Identity, identity_of
from headway.intake.email.letters import Letter
from headway.intake.email.submission import way_out
from headway.intake.models import Delivery, MailId
from headway.intake.suppression import queries as suppression
from headway.people.models import Identity as Known
from headway.settings import queries as settings
from headway.tickets.models import Message, SideMessage

WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
_STALE: Final = timedelta(minutes=10)
_BATCH: Final = 200

_ID_GIVEN: Final = re.compile(r"<([^<>\s@]{6,200}@[^<>\s@]{3,200})>")
_AMAZONS_ID: Final = re.compile(r"\b([0-9a-f]{16}-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{6})\b")

_CLAIM: Final = """
UPDATE intake_delivery SET state = 'sending', attempts = attempts + 1, claimed_at = %(at)s
WHERE id IN (
    SELECT id FROM intake_delivery WHERE {column} = %(letter)s AND due_at <= %(at)s
      AND state IN ('queued', 'uncertain') FOR UPDATE SKIP LOCKED
)
RETURNING id
"""


@transaction.atomic
def queue(message: Letter) -> int:
    """Puts one of our messages on its way to its readers; returns to how many addresses.

    It leaves when the time to take it back is over.
    """
    # somebody may be taking it back at this moment
    if isinstance(message, Message) and Message.objects.select_for_update().get(pk=message.pk).withdrawn_at is not None:
        return 0
    addresses = recipients_of(message)
    if not addresses:
        return 0
    due = now() + timedelta(seconds=settings.current().undo_seconds)
    sender = identity_of(message.ticket).address
    mail_id = f"hw.{letters.mark(message)}.{secrets.token_hex(8)}@{sender.rpartition('@')[2] or 'localhost'}"
    stopped = suppression.reasons(addresses)
    rows = [
        Delivery(
            **letters.named(message),
            address=address,
            copied=letters.copied(message, number),
            mail_id=mail_id,
            due_at=due,
        )
        for number, address in enumerate(addresses)
    ]
    for row in rows:
        if row.address in stopped:
            _stop(row, stopped[row.address])
    made = Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    MailId.objects.create(key=keys.of_id(mail_id), value=mail_id, **letters.named(message))
    if stopped:
        _record_failed(message, "suppressed")
    return len(made) - len(stopped)


def recipients_of(message: Letter) -> list[str]:
    """The address the customer wrote from last, then those copied; of a side conversation its people."""
    if isinstance(message, SideMessage):
        return [str(one) for one in message.side.people]
    first = readers.address_of(message.ticket)
    own = [first] if first else []
    return list(dict.fromkeys([*own, *(str(one) for one in message.copied if "@" in str(one))]))


def due_at(message: Letter) -> datetime | None:
    """When the first of a message's deliveries is due."""
    rows = Delivery.objects.filter(**letters.named(message)).order_by("due_at")
    return rows.values_list("due_at", flat=True).first()


def send(message_id: int, exit_: Exit | None = None) -> None:
    """Sends what is due of one message. Claims and commits first: a process that dies here sends nothing twice."""
    claimed = _claim("message_id", message_id)
    if claimed:
        related = Message.objects.select_related("ticket__brand", "ticket__customer")
        _send(related.get(pk=message_id), claimed, exit_)


def send_side(side_message_id: int, exit_: Exit | None = None) -> None:
    """The same for a message of a side conversation."""
    claimed = _claim("side_id", side_message_id)
    if claimed:
        related = SideMessage.objects.select_related("side__ticket__brand", "side__ticket__customer")
        _send(related.get(pk=side_message_id), claimed, exit_)


def _claim(column: str, number: int) -> list[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM.format(column=column), {"at": now(), "letter": number})
        return [row[0] for row in cursor.fetchall()]


def _send(message: Letter, claimed: list[int], exit_: Exit | None) -> None:
    deliveries = _without_stopped(message, list(Delivery.objects.filter(pk__in=claimed).order_by("copied", "pk")))
    if not deliveries:
        return
    everybody = list(Delivery.objects.filter(**letters.named(message)).order_by("copied", "pk"))
    to = [one.address for one in everybody if not one.copied]
    copied = [one.address for one in everybody if one.copied]
    identity = identity_of(message.ticket)
    way = exit_ or way_out(identity.mailbox, is_sample=message.ticket.is_sample)
    for some, token in _copies(message, deliveries, identity):
        composed = composing.compose(
            message, mail_id=deliveries[0].mail_id, to=to, copied=copied, identity=identity, token=token
        )
        outcomes = way.send(Outgoing(composed.sender, some, composed.raw))
        # at once: whoever has it gets no second one when the process dies before the next
        _settle(message, [one for one in deliveries if one.address in some], outcomes)


@transaction.atomic
def _without_stopped(message: Letter, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Those of the claimed deliveries that may go; what goes to a suppressed address ends here, visibly."""
    stopped = suppression.reasons([one.address for one in deliveries])
    if not stopped:
        return list(deliveries)
    for one in deliveries:
        if one.address in stopped:
            _stop(one, stopped[one.address])
            one.save(update_fields=["state", "settled_at", "result"])
    _record_failed(message, "suppressed")
    return [one for one in deliveries if one.address not in stopped]


def _stop(delivery: Delivery, reason: str) -> None:
    delivery.state, delivery.settled_at = Delivery.States.FAILED, now()
    delivery.result = suppression.explained(reason)[:500]


def _record_failed(message: Letter, reason: str) -> None:
    journal.record(letters.failed(message, reason), actor=Actor.system(), at=now())


def send_due() -> None:
    """Asks for the sending of everything that is due; gives back what a dead process had claimed, as uncertain."""
    from headway.intake.tasks import send as send_job
    from headway.intake.tasks import send_side as side_job

    at = now()
    Delivery.objects.filter(state=Delivery.States.SENDING, claimed_at__lt=at - _STALE).update(
        state=Delivery.States.UNCERTAIN, due_at=at, result=_("The server's answer was lost: it may have been sent.")
    )
    due = Delivery.objects.filter(
        Q(state=Delivery.States.QUEUED) | Q(state=Delivery.States.UNCERTAIN), due_at__lte=at - timedelta(seconds=30)
    )
    ours = due.filter(message__isnull=False)
    for message_id in ours.order_by("message_id").values_list("message_id", flat=True).distinct()[:_BATCH]:
        send_job.defer(lock=f"send:{message_id}", message_id=message_id)
    beside = due.filter(side__isnull=False).order_by("side_id").values_list("side_id", flat=True).distinct()
    for side_id in beside[:_BATCH]:
        side_job.defer(lock=f"send-side:{side_id}", side_message_id=side_id)


@transaction.atomic
def take_back(message: Message) -> bool:
    """Cancels a message that has not left to anybody; False when it is too late.

    One that is not queued yet leaves no more once its caller has marked it as withdrawn, in the same transaction.
    """
    Message.objects.select_for_update().get(pk=message.pk)
    deliveries = list(Delivery.objects.select_for_update().filter(message=message))
    # what was stopped at once, to a suppressed address, has not left either
    waiting = (Delivery.States.QUEUED, Delivery.States.FAILED)
    if any(one.state not in waiting or one.attempts for one in deliveries):
        return False
    if not deliveries:
        # imported, or nobody is to get it by mail: then only the time to take it back counts
        until = message.at + timedelta(seconds=settings.current().undo_seconds)
        return message.before is not None and (now() <= until or bool(recipients_of(message)))
    Delivery.objects.filter(message=message).update(
        state=Delivery.States.CANCELLED, settled_at=now(), result=_("Taken back.")
    )
    return True


@transaction.atomic
def cancel_pending() -> int:
    """Cancels everything that has not certainly left; returns to how many addresses. For a restored copy."""
    states = (Delivery.States.QUEUED, Delivery.States.SENDING, Delivery.States.UNCERTAIN)
    return Delivery.objects.filter(state__in=states).update(
        state=Delivery.States.CANCELLED, settled_at=now(), result=_("Cancelled when the workspace was released.")
    )


@transaction.atomic
def retry(message: Letter) -> int:
    """Queues again what failed; returns how many addresses."""
    failed = Delivery.objects.filter(**letters.named(message), state=Delivery.States.FAILED)
    return failed.update(state=Delivery.States.QUEUED, attempts=0, due_at=now(), result="")


def _copies(
    message: Letter, deliveries: Sequence[Delivery], identity: Identity
) -> Iterator[tuple[tuple[str, ...], str]]:
    """Who gets the same bytes, and the reply token in them.

    A token says to whom it was given, and being in CC never grants what the customer's own token does. So where
    replies carry one, each reader gets a copy of his own, under the same Message-ID.
    """
    addresses = [one.address for one in deliveries]
    if identity.mailbox is None or not identity.mailbox.plus_addressing:
        yield tuple(addresses), ""
        return
    if isinstance(message, SideMessage):
        people = [str(one) for one in message.side.people]
        for address in addresses:
            place = people.index(address) + 1 if address in people else 0
            yield (address,), tokens.make(lookups.token_key(), -message.side_id, place)
        return
    rows = Known.objects.filter(kind=Known.Kinds.EMAIL, value__in=[one.casefold() for one in addresses])
    known = dict(rows.values_list("value", "pk"))
    for address in addresses:
        yield (
            (address,),
            tokens.make(lookups.token_key(), message.ticket_id, known.get(address.casefold(), 0)),
        )


@transaction.atomic
def _settle(message: Letter, deliveries: Sequence[Delivery], outcomes: Sequence[Outcome]) -> None:
    at = now()
    told = {outcome.address: outcome for outcome in outcomes}
    for delivery in deliveries:
        _settle_one(delivery, told[delivery.address])
        delivery.save(update_fields=["state", "due_at", "settled_at", "result"])
    _remember(message, [one.reply for one in outcomes if one.sent])
    states = set(Delivery.objects.filter(**letters.named(message)).values_list("state", flat=True))
    if any(one.state == Delivery.States.FAILED for one in deliveries):
        _record_failed(message, "refused")
    elif states == {Delivery.States.SENT}:
        journal.record(letters.sent(message), actor=Actor.system(), at=at)
    later = [one.due_at for one in deliveries if one.state in (Delivery.States.QUEUED, Delivery.States.UNCERTAIN)]
    if later:
        from headway.intake import tasks

        tasks.defer_sending(message, at=min(later))


def _remember(message: Letter, replies: Sequence[str]) -> None:
    """The ids under which a provider passes our mail on, where it says so as it takes it: answers will name them."""
    values = {value for reply in replies for value in ids_given(reply)}
    known = set(MailId.objects.filter(**letters.named(message)).values_list("value", flat=True))
    MailId.objects.bulk_create(
        MailId(key=keys.of_id(value), value=value, **letters.named(message)) for value in sorted(values - known)
    )


def ids_given(reply: str) -> list[str]:
    """The Message-IDs in what a server says when it has taken a mail: Microsoft's in brackets, Amazon's by its rule."""
    found = _ID_GIVEN.findall(reply)
    for name in _AMAZONS_ID.findall(reply):
        found.append(f"{name}@email.amazonses.com")
    return list(found)


def _settle_one(delivery: Delivery, outcome: Outcome) -> None:
    at = now()
    delivery.result = outcome.reply
    if outcome.sent:
        delivery.state, delivery.settled_at = Delivery.States.SENT, at
    elif outcome.permanent or delivery.attempts > len(WAITS):
        delivery.state, delivery.settled_at = Delivery.States.FAILED, at
    elif not outcome.certain:
        # it may have been taken: tried once more, under the same id, and no more
        last = delivery.attempts > 1
        delivery.state = Delivery.States.FAILED if last else Delivery.States.UNCERTAIN
        delivery.result = (_("May have been sent: %(reply)s") % {"reply": outcome.reply})[:500]
        delivery.settled_at = at if last else None
        delivery.due_at = at + WAITS[0]
    else:
        delivery.state = Delivery.States.QUEUED
        delivery.due_at = at + WAITS[min(delivery.attempts, len(WAITS)) - 1]
