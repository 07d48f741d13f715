"""How somebody wants to hear of things."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.following import NotificationsChosen
from headway.foundation.errors import Forbidden, Invalid
from headway.notifications.models import Choice
from headway.notifications.rules import KINDS, REASONS, WAYS, fits
from headway.people.models import Agent


@transaction.atomic
def choose(agent: Agent, *, actor: Actor, ways: Mapping[str, Sequence[str]], follows: Sequence[str]) -> None:
    """The ways of each kind of notification, and what makes one follow a ticket. One's own alone. Raises Invalid."""
    if not (actor.kind == "agent" and actor.id == agent.pk):
        raise Forbidden(_("Everybody chooses their own notifications."))
    if not fits(ways, follows):
        raise Invalid(_("There is no such kind of notification, way or reason."), field="ways")
    kept = {
        "ways": {kind: [way for way in WAYS if way in ways[kind]] for kind in KINDS},
        "follows": [reason for reason in REASONS if reason in follows],
    }
    row = Choice.objects.select_for_update().filter(agent_id=agent.pk).first()
    if row is not None and (row.ways, row.follows) == (kept["ways"], kept["follows"]):
        return
    Choice.objects.update_or_create(agent_id=agent.pk, defaults=kept)
    journal.record(NotificationsChosen(subject_id=agent.pk), actor=actor)
