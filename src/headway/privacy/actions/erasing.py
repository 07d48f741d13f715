"""Erasing a customer: asked for, done step by step, stopped and resumed, finished."""

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.privacy import ErasureBegun, ErasureFinished, ErasureResumed, ErasureStopped
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.intake.email import erasing as mails
from headway.intake.spam import erasing as spam
from headway.intake.suppression import erasing as suppression
from headway.people.actions import erasing as people
from headway.people.models import Customer
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.privacy.actions import exporting
from headway.privacy.models import Erasure, Export, Hold
from headway.privacy.queries import erasures, holds
from headway.privacy.queries.erasures import Subject
from headway.privacy.rules.redaction import MARK, mentions, redactor
from headway.tickets.actions import redaction, removal
from headway.tickets.models import Message, Ticket

_TICKETS, _MAILS = 10, 100
REASON = "erasure"


@transaction.atomic
def begin(customer: Customer, *, typed: str, actor: Actor) -> Erasure:
    """Asks for the customer's erasure; `typed` is their name, or their first address, as a person wrote it to confirm.

    Raises Invalid when it is neither, Conflict when a hold keeps them or an erasure is on its way.
    """
    require(actor, Permission.PRIVACY)
    row = Customer.objects.select_for_update().get(pk=customer.pk)
    if row.erased_at is not None:
        raise Conflict(_("This customer was erased already."))
    if row.merged_into_id is not None:
        raise Conflict(_("This customer was merged into another."), into=row.merged_into_id)
    if " ".join(typed.split()).casefold() != erasures.confirmation(row).casefold():
        raise Invalid(_("Type the name exactly as it stands above the field."), field="typed")
    kept = holds.of_customer(erasures.subject(row).ids)
    if kept:
        raise Conflict(holds.refusal(kept[0]))
    if Erasure.objects.filter(customer=row).exclude(state=Erasure.States.DONE).exists():
        raise Conflict(_("This customer is being erased already."))
    by = actor.id if actor.kind == "agent" else None
    erasure = Erasure.objects.create(customer=row, asked_by_id=by, asked_at=now())
    journal.record(ErasureBegun(subject_id=erasure.pk, customer_id=row.pk), actor=actor)
    _ask(erasure)
    return erasure


@transaction.atomic
def stop(erasure: Erasure, *, actor: Actor) -> None:
    """Stops an erasure after the step it is at. What went is gone. Raises Conflict when it does not run."""
    require(actor, Permission.PRIVACY)
    running = Erasure.objects.filter(pk=erasure.pk, state=Erasure.States.RUNNING)
    if not running.update(state=Erasure.States.STOPPED):
        raise Conflict(_("This erasure is not running."))
    journal.record(ErasureStopped(subject_id=erasure.pk), actor=actor)


@transaction.atomic
def resume(erasure: Erasure, *, actor: Actor) -> None:
    """Lets an erasure go on that was stopped, or that waited for a hold. Raises Conflict."""
    require(actor, Permission.PRIVACY)
    row = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if row.state not in (Erasure.States.STOPPED, Erasure.States.HELD):
        raise Conflict(_("This erasure does not wait."))
    row.state, row.pending, row.looked_through, row.held = Erasure.States.RUNNING, None, 0, 0
    row.save(update_fields=["state", "pending", "looked_through", "held"])
    journal.record(ErasureResumed(subject_id=row.pk), actor=actor)
    _ask(row)


@transaction.atomic
def step(erasure_id: int, *, actor: Actor) -> bool:
    """One portion of the work, in a transaction of its own; whether more is to do. May come again after a crash."""
    erasure = Erasure.objects.select_for_update().select_related("customer").get(pk=erasure_id)
    if erasure.state != Erasure.States.RUNNING:
        return False
    person = erasures.subject(erasure.customer)
    if erasure.pending is None:
        erasure.pending = erasures.involved(person)
        erasure.total = erasure.removed + erasure.redacted + len(erasure.pending)
    elif erasure.pending:
        _tickets(erasure, person, actor)
    elif not _mails(erasure, person):
        _finish(erasure, person, actor)
        return erasure.state == Erasure.States.RUNNING
    erasure.save()
    return True


def _tickets(erasure: Erasure, person: Subject, actor: Actor) -> None:
    assert erasure.pending is not None
    portion, erasure.pending = erasure.pending[:_TICKETS], erasure.pending[_TICKETS:]
    kept = holds.held_tickets(portion)
    erasure.held += len(kept)
    whole = [pk for pk in erasures.alone(portion, person) if pk not in kept]
    for pk in whole:
        erasure.mails += mails.forget_ticket(pk, people=person.ids, addresses=person.addresses)
    erasure.removed += removal.remove(whole, actor=actor, reason=REASON)
    for pk in sorted(set(portion) - kept - set(whole)):
        erasure.mails += mails.forget_ticket(pk, people=person.ids, addresses=person.addresses)
        clean = redactor(person.names, person.known, parts=_took_part(pk, person))
        erasure.redacted += redaction.redact(pk, people=person.ids, mark=MARK, clean=clean, actor=actor)


def _took_part(ticket_id: int, person: Subject) -> bool:
    """Whether a first name alone means them there."""
    wrote = Message.objects.filter(ticket_id=ticket_id, customer_id__in=person.ids)
    return Ticket.objects.filter(pk=ticket_id, customer_id__in=person.ids).exists() or wrote.exists()


def _mails(erasure: Erasure, person: Subject) -> bool:
    """Looks through the next mails that never became a message; whether there were any."""
    looked = False
    for row_id, read in mails.unread_mails(erasure.looked_through, _MAILS):
        looked, erasure.looked_through = True, row_id
        if mentions(read(), person.addresses):
            erasure.mails += mails.forget_mail(row_id)
    return looked


def _finish(erasure: Erasure, person: Subject, actor: Actor) -> None:
    """Empties the record, unless a hold keeps tickets or something new has come meanwhile."""
    new = sorted(set(left := erasures.left(person, MARK)) - holds.held_tickets(left))
    if new:
        # somebody wrote while it ran
        erasure.pending = new
        erasure.save()
        return
    if erasure.held:
        erasure.state = Erasure.States.HELD
        erasure.save()
        return
    clean = redactor(person.names, person.known, parts=False)
    redaction.redact_views(clean=clean, like=[*person.addresses, *person.names], actor=actor)
    suppression.forget(list(person.addresses))
    spam.forget(list(person.addresses))
    for export in Export.objects.filter(customer_id__in=person.ids):
        exporting.expire(export, actor=actor)
    Hold.objects.filter(customer_id__in=person.ids).delete()
    people.forget(person.ids, clean=clean, actor=actor, reason=REASON)
    erasure.state, erasure.finished_at, erasure.pending = Erasure.States.DONE, now(), None
    erasure.save()
    journal.record(
        ErasureFinished(
            subject_id=erasure.pk, removed=erasure.removed, redacted=erasure.redacted, held=erasure.held,
            mails=erasure.mails,
        ),
        actor=actor,
    )  # fmt: skip


def _ask(erasure: Erasure) -> None:
    from headway.privacy.tasks import erase

    erase.defer(lock=f"privacy.erase:{erasure.pk}", erasure_id=erasure.pk)
