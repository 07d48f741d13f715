"""An import of the desk started, stopped and gone on with."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.imports import ImportFinished, ImportStarted, ImportStopAsked
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.moving.actions.running import LOCK
from headway.moving.models import Run
from headway.people.permissions import require
from headway.people.rules import Permission

States = Run.States


@transaction.atomic
def start(run: Run, *, actor: Actor) -> Run:
    """Starts what was looked at, or goes on with what was stopped or broke off. Raises Conflict.

    Of one system one import runs at a time.
    """
    from headway.moving.tasks import bring

    require(actor, Permission.SETTINGS)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state in (States.WAITING, States.RUNNING):
        raise Conflict(_("This import is under way already."))
    if row.state not in (States.READY, States.STOPPED, States.FAILED):
        raise Conflict(_("This import cannot be started as it is now."))
    if row.state == States.READY and row.told.get("error"):
        raise Conflict(_("This cannot be brought in as it is read now: see what the dry run says."))
    if not (row.size or row.sealed):
        raise Conflict(_("What was uploaded is not here any more. Upload it again."))
    _alone(row)
    row.state, row.error, row.stop_asked_at, row.started_at = States.WAITING, "", None, now()
    row.finished_at, row.part, row.done = None, "", 0
    row.save()
    journal.record(ImportStarted(subject_id=row.pk, source=row.source), actor=actor)
    bring.defer(lock=f"moving.bring:{row.system}", run_id=row.pk)
    return row


@transaction.atomic
def stop(run: Run, *, actor: Actor) -> Run:
    """Stops an import behind the portion it is writing. What was brought stays. Raises Conflict."""
    require(actor, Permission.SETTINGS)
    row = Run.objects.select_for_update().get(pk=run.pk)
    if row.state not in (States.WAITING, States.RUNNING):
        raise Conflict(_("This import is not under way."))
    row.stop_asked_at = now()
    journal.record(ImportStopAsked(subject_id=row.pk), actor=actor)
    if row.state == States.WAITING:
        row.state, row.finished_at = States.STOPPED, now()
        journal.record(ImportFinished(subject_id=row.pk, state=row.state), actor=actor)
    row.save(update_fields=["stop_asked_at", "state", "finished_at"])
    return row


def _alone(row: Run) -> None:
    with connection.cursor() as cursor:
        # held by whichever process brings something in; two who start at once meet here
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext(%s))", [LOCK % row.system])
        free = bool(cursor.fetchone()[0])
    asked = Run.objects.filter(system=row.system, state__in=(States.WAITING, States.RUNNING)).exclude(pk=row.pk)
    # one of the command line that was killed says RUNNING for ever: only the lock tells whether it does
    if not free or asked.exclude(size=0, sealed=b"").exists():
        raise Conflict(
            _("Another import from %(system)s is under way. Wait until it has ended.") % {"system": row.system}
        )
