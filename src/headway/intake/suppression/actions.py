"""An address is written to no more, or again."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.addresses import AddressRestored, AddressSuppressed
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, Invalid
from headway.intake.models import Suppression
from headway.people.actions import identities
from headway.people.models import Identity
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.people.rules.identities import email as comparable
from headway.tickets.models import Message

_INSERT = """
INSERT INTO intake_suppression (address, reason, since, message_id) VALUES (%s, %s, %s, %s)
ON CONFLICT (lower(address)) DO NOTHING RETURNING id
"""


@transaction.atomic
def suppress(
    address: str, reason: str, *, actor: Actor, message: Message | None = None, at: datetime | None = None
) -> Suppression:
    """Stops everything to an address; what it was suppressed for first stays. `message`: what came back.

    Raises Invalid for what is no address.
    """
    require(actor, Permission.OPERATE)
    known = comparable(address)
    if known is None:
        raise Invalid(_("This is not a mail address."), field="address")
    at = at or now()
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [known, reason, at, message.pk if message else None])
        inserted = cursor.fetchone()
    row = Suppression.objects.get(address__iexact=known)
    if inserted:
        event = AddressSuppressed(subject_id=row.pk, reason=str(reason))
        journal.record(event, actor=actor, at=at)
        identities.mark(Identity.Kinds.EMAIL, known, str(reason), actor=actor, at=at)
    return row


@transaction.atomic
def restore(suppression: Suppression, *, actor: Actor) -> None:
    """Lets mail go to an address again. Raises Conflict when somebody did so already."""
    require(actor, Permission.OPERATE)
    gone, _rows = Suppression.objects.filter(pk=suppression.pk).delete()
    if not gone:
        raise Conflict(_("This address is written to again already."))
    journal.record(AddressRestored(subject_id=suppression.pk), actor=actor)
    identities.mark(Identity.Kinds.EMAIL, suppression.address, "", actor=actor)
