"""What customers think of a ticket."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.tickets import TicketRated
from headway.foundation.clock import now
from headway.foundation.errors import Invalid
from headway.tickets.models import Rating, Ticket
from headway.tickets.rules.texts import clean

# CSAT 1–5, customer effort 1–7, recommendation 0–10: the usual scales
RANGES = {Rating.Scales.CSAT: (1, 5), Rating.Scales.CES: (1, 7), Rating.Scales.NPS: (0, 10)}


@transaction.atomic
def rate(
    ticket: Ticket,
    score: int,
    *,
    actor: Actor,
    scale: str = Rating.Scales.CSAT,
    comment: str = "",
    at: datetime | None = None,
    silent: bool = False,
) -> Rating:
    """Stores the customer's rating; a second one on the same scale replaces the first."""
    if scale not in RANGES:
        raise Invalid(_("There is no such scale."), field="scale")
    least, most = RANGES[Rating.Scales(scale)]
    if not least <= score <= most:
        raise Invalid(_("A rating is between %(least)s and %(most)s.") % {"least": least, "most": most}, field="score")
    rating, _fresh = Rating.objects.update_or_create(
        ticket=ticket,
        scale=scale,
        defaults={"score": score, "comment": clean(comment, 4000), "at": at or now()},
    )
    journal.record(TicketRated(ticket_id=ticket.pk, scale=scale, score=score), actor=actor, at=at, silent=silent)
    return rating
