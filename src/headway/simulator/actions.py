"""Sample data for somebody at the desk: asked for, filled in or removed in the background."""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from django.db import transaction
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


def ask_add(*, beside_real: bool = False, actor: Actor) -> Run:
    """Asks for sample data. Raises Conflict while there is some, and beside real tickets unless that is wanted."""
    with _asking(actor):
        if queries.present():
            raise Conflict(_("The workspace holds sample data already. Remove it first."))
        if queries.has_real_tickets() and not beside_real:
            raise Conflict(_("The workspace holds real tickets. Confirm that sample data shall stand beside them."))
        return _ask(Run.Kinds.ADD, actor)


def ask_remove(*, actor: Actor) -> Run:
    """Asks for all sample data to go. Raises Conflict when there is none, and for sample people, who would go too."""
    with _asking(actor):
        if not queries.present():
            raise Conflict(_("There is no sample data."))
        if actor.kind == "agent" and Agent.objects.filter(pk=actor.id or 0, is_sample=True).exists():
            raise Conflict(
                _("You are signed in as a sample person, who goes with the data. Sign in as yourself first.")
            )
        return _ask(Run.Kinds.REMOVE, actor)


def perform(run_id: int, *, actor: Actor) -> None:
    """Does what was asked for. Interrupted, it is begun again: what was added goes first, removing goes on."""
    run = Run.objects.select_related("asked_by").get(pk=run_id)
    if run.state != Run.States.RUNNING:
        return
    by = run.asked_by.actor if run.asked_by else actor
    try:
        _add(run, by) if run.kind == Run.Kinds.ADD else _remove(run, by)
    except Exception:
        _finish(run, Run.States.FAILED)
        raise


@contextmanager
def _asking(actor: Actor) -> Iterator[None]:
    """A transaction in which nobody else asks, and nothing that was asked for is under way."""
    require(actor, Permission.SETTINGS)
    with load.alone(), transaction.atomic():
        if Run.objects.filter(state=Run.States.RUNNING).exists():
            raise Conflict(_("Sample data is being filled in or removed already. Wait until that is done."))
        yield


def _ask(kind: str, actor: Actor) -> Run:
    from headway.simulator.tasks import run as job

    by = actor.id if actor.kind == "agent" else None
    row = Run.objects.create(kind=kind, asked_by_id=by, asked_at=now())
    journal.record(SampleDataAsked(subject_id=1, run_id=row.pk, removal=kind == Run.Kinds.REMOVE), actor=actor)
    job.defer(lock="simulator.run", run_id=row.pk)
    return row


def _add(run: Run, actor: Actor) -> None:
    def tell(part: str, done: int, of: int) -> None:
        if part == "tickets":
            Run.objects.filter(pk=run.pk).update(done=done, total=of)

    if queries.present():  # an attempt before this one was cut off
        remove_all(actor=actor)
    try:
        load.fill(Plan(end=now(), days=DAYS), tell, actor=actor)
    except Exception:
        remove_all(actor=actor)
        raise
    _finish(run, Run.States.DONE)


def _remove(run: Run, actor: Actor) -> None:
    def tell(done: int, of: int) -> None:
        Run.objects.filter(pk=run.pk).update(done=done, total=of)

    removed = remove_all(actor=actor, progress=tell)
    log.info("sample data removed", tickets=removed.tickets, kept=removed.kept)
    _finish(run, Run.States.DONE)


def _finish(run: Run, state: str) -> None:
    Run.objects.filter(pk=run.pk, state=Run.States.RUNNING).update(state=state, finished_at=now())
