"""The lake begins anew: everything in it comes from the journal."""

import secrets

from django.db import transaction

from headway.events import journal, reader
from headway.events.actor import Actor
from headway.events.vocabulary.journal import LakeBegun
from headway.foundation.clock import now
from headway.insight.actions.committing import current
from headway.insight.models import LakePart, LakeState
from headway.insight.places import place
from headway.insight.queries.lake import READER


def begin_anew(reason: str, *, actor: Actor) -> None:
    """Drops the list of files and the position; the next run reads the journal from its first entry.

    The files of the old lake go, unless it was restored, or some of them were lost: then the others may belong to the
    database the backup came from.
    """
    current(actor=actor)
    with transaction.atomic():
        state = LakeState.objects.select_for_update().get(id=1)
        old = [] if reason in ("restored", "lost") else list(LakePart.objects.values_list("name", flat=True))
        LakePart.objects.all().delete()
        state.key, state.version = secrets.token_hex(8), state.version + 1
        state.began_at, state.through_at, state.forget = now(), None, False
        state.save()
        reader.place(READER, 0, 0)
        journal.record(LakeBegun(subject_id=0, reason=reason), actor=actor)
    for name in old:
        place().delete(name)
