"""Sample data for somebody at the desk: asked for, filled in or removed in the background."""

from contextlib import closing

import structlog
from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import SampleDataAsked
from headway.foundation.clock import now
from headway.foundation.errors import Conflict
from headway.people.models import Agent
from headway.people.permissions import require
from headway.people.rules import Permission
from headway.simulator import load, queries
from headway.simulator.models import Run
from headway.simulator.plan import Plan
from headway.simulator.remove import remove_all

log = structlog.get_logger("headway.simulator")

DAYS = 90


@transaction.atomic
def ask_add(*, beside_real: bool = False, actor: Actor) -> Run:
    """Asks for sample data. Raises Conflict while there is some, and beside real tickets unless that is wanted."""
    _begin(actor)
    if queries.present():
        raise Conflict(_("The workspace holds sample data already. Remove it first."))
    if queries.has_real_tickets() and not beside_real:
        raise Conflict(_("The workspace holds real tickets. Confirm that sample data shall stand beside them."))
    return _ask(Run.Kinds.ADD, actor)


@transaction.atomic
def ask_remove(*, actor: Actor) -> Run:
    """Asks for all sample data to go. Raises Conflict when there is none, and for sample people, who would go too."""
    _begin(actor)
    if not queries.present():
        raise Conflict(_("There is no sample data."))
    if actor.kind == "agent" and Agent.objects.filter(pk=actor.id or 0, is_sample=True).exists():
        raise Conflict(_("You are signed in as a sample person, who goes with the data. Sign in as yourself first."))
    return _ask(Run.Kinds.REMOVE, actor)


def perform(run_id: int, *, actor: Actor) -> None:
    """Does what was asked for. Interrupted, it is begun again: adding is all or nothing, removing goes on."""
    run = Run.objects.select_related("asked_by").get(pk=run_id)
    if run.state != Run.States.RUNNING:
        return
    by = run.asked_by.actor if run.asked_by else actor
    try:
        _add(run, by) if run.kind == Run.Kinds.ADD else _remove(run, by)
    except Exception:
        _finish(run, Run.States.FAILED)
        raise


def _begin(actor: Actor) -> None:
    require(actor, Permission.SETTINGS)
    load.alone()
    if Run.objects.filter(state=Run.States.RUNNING).exists():
        raise Conflict(_("Sample data is being filled in or removed already. Wait until that is done."))


def _ask(kind: str, actor: Actor) -> Run:
    from headway.simulator.tasks import run as job

    by = actor.id if actor.kind == "agent" else None
    row = Run.objects.create(kind=kind, asked_by_id=by, asked_at=now())
    journal.record(SampleDataAsked(subject_id=1, run_id=row.pk, removal=kind == Run.Kinds.REMOVE), actor=actor)
    job.defer(lock="simulator.run", run_id=row.pk)
    return row


def _add(run: Run, actor: Actor) -> None:
    # the rows are invisible to everybody until they are all there; how far they are is told beside them
    with closing(connection.copy()) as apart, transaction.atomic():
        table = Run._meta.db_table  # noqa: SLF001 (Django's own name)

        def tell(part: str, done: int, of: int) -> None:
            if part == "tickets":
                with apart.cursor() as cursor:
                    cursor.execute(f"UPDATE {table} SET done = %s, total = %s WHERE id = %s", [done, of, run.pk])

        load.fill(Plan(end=now(), days=DAYS), tell, actor=actor)
        _finish(run, Run.States.DONE)


def _remove(run: Run, actor: Actor) -> None:
    def tell(done: int, of: int) -> None:
        Run.objects.filter(pk=run.pk).update(done=done, total=of)

    removed = remove_all(actor=actor, progress=tell)
    log.info("sample data removed", tickets=removed.tickets, kept=removed.kept)
    _finish(run, Run.States.DONE)


def _finish(run: Run, state: str) -> None:
    Run.objects.filter(pk=run.pk, state=Run.States.RUNNING).update(state=state, finished_at=now())
