"""What somebody is writing: saved at every pause, shared when they say so, gone when it is sent.

Saving and throwing away say nothing to the journal: nobody but the writer is concerned. Sharing does.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.messages import DraftKept, DraftShared
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden, Invalid, NotFound
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Draft, Message, Note, Scheduled, Ticket
from headway.tickets.rules.texts import BODY, clean

# A save that left the browser before its text was sent may come in after it: a page that is left sends its last one
# without waiting for an answer.
_LATE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The composer as it stands. `copied` None: nobody has changed who gets a copy."""

    text: str
    mode: str = "reply"
    copied: str | None = None


@transaction.atomic
def save_draft(ticket: Ticket, typed: Typed, *, actor: Actor, expected: int) -> int:
    """Keeps what somebody has typed, and returns the draft's version; 0 when nothing is typed and nothing kept.

    `expected` is the version this window saw last, 0 for none. Raises Conflict, with the `version`, when another
    window of theirs has written since (version 0: it was sent or thrown away there).
    """
    writer = _writer(actor)
    if typed.mode not in Draft.Modes.values:
        raise Invalid(_("A draft is a reply or a note."), field="mode")
    row = _locked(ticket, writer)
    standing = row.version if row else 0
    text, copied = clean(typed.text, BODY), None if typed.copied is None else clean(typed.copied, 2000)
    if row is not None and (row.text, row.mode, row.copied) == (text, typed.mode, copied):
        return standing
    if standing != expected:
        raise Conflict(_("This draft was changed in another window."), version=standing)
    if not text.strip():
        if row is not None:
            row.delete()
        return 0
    if row is None and _sent_just_now(ticket, writer, text):
        return 0
    row = row or Draft(ticket=ticket, agent_id=writer, version=0)
    row.text, row.mode, row.copied = text, typed.mode, copied
    row.version, row.saved_at = row.version + 1, now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        # another window of theirs began a draft at the same moment
        raise Conflict(_("This draft was changed in another window."), version=1) from error
    return row.version


@transaction.atomic
def discard_draft(ticket: Ticket, *, actor: Actor) -> None:
    """Throws away what somebody was writing: it was sent, or given up. Nothing there changes nothing."""
    Draft.objects.filter(ticket_id=ticket.pk, agent_id=_writer(actor)).delete()


@transaction.atomic
def return_to_draft(ticket: Ticket, typed: Typed, *, actor: Actor) -> Draft:
    """Puts words that were taken back before what has been typed since."""
    writer = _writer(actor)
    row = _locked(ticket, writer) or Draft(ticket=ticket, agent_id=writer, version=0, text="")
    row.text = f"{typed.text}\n\n{row.text}" if row.text.strip() else typed.text
    row.mode, row.copied = typed.mode, typed.copied
    row.version, row.saved_at = row.version + 1, now()
    row.save()
    return row


@transaction.atomic
def share_draft(ticket: Ticket, *, actor: Actor, shared: bool) -> None:
    """Shows one's draft to everybody who sees the ticket, or to nobody any more. Again changes nothing.

    Raises NotFound when there is no draft.
    """
    row = _locked(ticket, _writer(actor))
    if row is None:
        raise NotFound(_("There is no draft of yours on this ticket."))
    if (row.shared_at is not None) == shared:
        return
    row.shared_at = now() if shared else None
    row.save(update_fields=["shared_at"])
    event = DraftShared(ticket_id=ticket.pk) if shared else DraftKept(ticket_id=ticket.pk)
    journal.record(event, actor=actor)


def _writer(actor: Actor) -> int:
    require(actor, Permission.NOTE)
    if actor.kind != "agent" or actor.id is None:
        raise Forbidden(_("Only people write drafts."))
    return actor.id


def _locked(ticket: Ticket, writer: int) -> Draft | None:
    return Draft.objects.select_for_update().filter(ticket_id=ticket.pk, agent_id=writer).first()


def _sent_just_now(ticket: Ticket, writer: int, text: str) -> bool:
    """Whether the very words have become a message, a note or a reply that waits, of theirs, a moment ago."""
    since = now() - _LATE
    theirs = Q(ticket_id=ticket.pk, agent_id=writer, text=text)
    return (
        Message.objects.filter(theirs, withdrawn_at=None, at__gte=since).exists()
        or Note.objects.filter(theirs, at__gte=since).exists()
        or Scheduled.objects.filter(theirs, written_at__gte=since).exists()
    )
