"""What somebody has read.

Reading says nothing to the journal: it changes nothing for anybody else, and happens a hundred times a day and person.
"""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events.actor import Actor
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Forbidden
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.tickets.models import Message, Note, Reading, Ticket

# Whatever is said is written with its ticket locked: while somebody reads, nothing new is.
_LOCK = "SELECT FROM tickets_ticket WHERE id = %s FOR SHARE"
# Nothing is written when they have been there already.
_READ = """
INSERT INTO tickets_reading (agent_id, ticket_id, message_id, note_id, at, behind)
SELECT r.agent_id, r.ticket_id, r.message_id, r.note_id, r.at,
  EXISTS (SELECT FROM tickets_message m WHERE m.ticket_id = r.ticket_id AND m.id > r.message_id
          AND m.withdrawn_at IS NULL)
  OR EXISTS (SELECT FROM tickets_note n WHERE n.ticket_id = r.ticket_id AND n.id > r.note_id)
FROM (SELECT %s::bigint AS agent_id, %s::bigint AS ticket_id, %s::bigint AS message_id, %s::bigint AS note_id,
             %s::timestamptz AS at) r
ON CONFLICT (agent_id, ticket_id) DO UPDATE SET at = excluded.at,
  message_id = greatest(tickets_reading.message_id, excluded.message_id),
  note_id = greatest(tickets_reading.note_id, excluded.note_id),
  behind = excluded.behind
WHERE tickets_reading.message_id < excluded.message_id OR tickets_reading.note_id < excluded.note_id
"""


@transaction.atomic
def read(ticket: Ticket, *, actor: Actor, message_id: int = 0, note_id: int = 0) -> None:
    """Somebody had the ticket in front of them up to this message and this note; never less than before."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ticket.pk])
        cursor.execute(_READ, [_reader(actor), ticket.pk, message_id, note_id, now()])


@transaction.atomic
def read_all(ticket: Ticket, *, actor: Actor) -> None:
    """Somebody has read everything there is."""
    last = Message.objects.filter(ticket_id=ticket.pk).order_by("-pk").values_list("pk", flat=True).first()
    noted = Note.objects.filter(ticket_id=ticket.pk).order_by("-pk").values_list("pk", flat=True).first()
    read(ticket, actor=actor, message_id=last or 0, note_id=noted or 0)


@transaction.atomic
def mark_unread(ticket: Ticket, *, actor: Actor) -> None:
    """Somebody wants to come back to it: the last that others said counts as unread again.

    Raises Conflict where nobody else has said anything.
    """
    reader = _reader(actor)
    messages = Message.objects.filter(ticket_id=ticket.pk, withdrawn_at__isnull=True).exclude(agent_id=reader)
    notes = Note.objects.filter(ticket_id=ticket.pk).exclude(agent_id=reader)
    message = messages.exclude(automatic=True, direction=Message.Directions.OUT).order_by("-at", "-pk").first()
    note = notes.order_by("-at", "-pk").first()
    if message is None and note is None:
        raise Conflict(_("Nobody else has said anything here yet."))
    row, _new = Reading.objects.select_for_update().get_or_create(
        agent_id=reader, ticket_id=ticket.pk, defaults={"at": now()}
    )
    if message is not None and (note is None or message.at > note.at):
        row.message_id = min(row.message_id, message.pk - 1)
    elif note is not None:
        row.note_id = min(row.note_id, note.pk - 1)
    row.behind = True
    row.save(update_fields=["message_id", "note_id", "behind"])


def _reader(actor: Actor) -> int:
    require(actor, Permission.READ)
    if actor.kind != "agent" or actor.id is None:
        raise Forbidden(_("Only people read tickets."))
    return actor.id
