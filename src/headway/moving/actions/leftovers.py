"""What an import leaves behind: its upload and its credentials go when it is done, or when nobody wants it."""

import shutil
from datetime import timedelta
from typing import Final

from django.db import transaction

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.imports import ImportDiscarded
from headway.foundation import paths
from headway.foundation.clock import now
from headway.foundation.files import holders
from headway.moving.models import Run

KEPT: Final = timedelta(days=14)
_IDLE: Final = (Run.States.RECEIVING, Run.States.READY, Run.States.STOPPED, Run.States.FAILED)


def forget(run: Run) -> None:
    """Deletes the upload, the credentials, what was fetched and the examples of the dry run."""
    hashes = list(run.pieces.values_list("sha256", flat=True))
    run.pieces.all().delete()
    run.sealed, run.told, run.size = b"", {}, 0
    run.save(update_fields=["sealed", "told", "size"])
    folder = paths.home() / "imports" / str(run.pk)

    def tidy() -> None:
        holders.release(hashes)
        shutil.rmtree(folder, ignore_errors=True)

    transaction.on_commit(tidy)


def forget_old(*, actor: Actor) -> int:
    """Deletes what nobody went on with for two weeks; returns of how many imports."""
    old = Run.objects.filter(state__in=_IDLE, started_at__lt=now() - KEPT).exclude(size=0, sealed=b"")
    for run in old:
        with transaction.atomic():
            journal.record(ImportDiscarded(subject_id=run.pk), actor=actor)
            forget(run)
            if run.state in (Run.States.RECEIVING, Run.States.READY):
                run.delete()
    return len(old)
