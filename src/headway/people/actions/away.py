"""Being away for a while: said by oneself, or because nobody touched the desk."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.agents import CameBack, WentAway
from headway.foundation.clock import now
from headway.foundation.errors import Forbidden, Invalid
from headway.people.models import Agent


@transaction.atomic
def go_away(agent: Agent, *, until: datetime | None = None, idle: bool = False, actor: Actor) -> Agent:
    """The person is away, until a time or until they come back. Raises Invalid for a time that is past.

    `idle`: nobody touched their desk; it changes nothing for somebody who said themselves that they are away.
    """
    row = _own(agent, actor)
    at = now()
    if until is not None and until <= at:
        raise Invalid(_("Choose a time that is still to come."), field="until")
    if row.is_away and (idle or (row.away_until, row.away_idle) == (until, False)):
        return row
    row.away_since, row.away_until, row.away_idle = at, until, idle
    row.save(update_fields=["away_since", "away_until", "away_idle"])
    journal.record(WentAway(subject_id=row.pk, idle=idle), actor=actor)
    return row


@transaction.atomic
def come_back(agent: Agent, *, idle: bool = False, actor: Actor) -> Agent:
    """The person is here again. `idle`: they touched the desk, which ends only what began by not touching it."""
    row = _own(agent, actor)
    if row.away_since is None or (idle and not row.away_idle):
        return row
    were = row.is_away
    row.away_since, row.away_until, row.away_idle = None, None, False
    row.save(update_fields=["away_since", "away_until", "away_idle"])
    if were:
        journal.record(CameBack(subject_id=row.pk), actor=actor)
    return row


def _own(agent: Agent, actor: Actor) -> Agent:
    if not (actor.kind == "agent" and actor.id == agent.pk):
        raise Forbidden(_("Everybody says themselves when they are away."))
    return Agent.objects.select_for_update().get(pk=agent.pk)
