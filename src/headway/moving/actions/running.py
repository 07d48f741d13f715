"""An import from its beginning to its report."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.imports import ImportFinished, ImportStarted
from headway.foundation.clock import now
from headway.foundation.errors import Conflict, HeadwayError, Invalid
from headway.moving.actions import attached, belonging, customers, definitions, mails, prepared, team, tickets
from headway.moving.actions.book import Book
from headway.moving.lying import beside
from headway.moving.models import Run
from headway.moving.queries.reconciling import reconcile
from headway.moving.reading import Wanted, read
from headway.moving.rules import is_system
from headway.moving.sources.documents import ATTACHMENTS, BROKEN
from headway.moving.sources.kinds import MAIL, check
from headway.moving.sources.port import Progress
from headway.moving.staging import Staging
from headway.people.permissions import require
from headway.people.rules import Permission

LOCK: Final = "import %s"  # held while something is brought from this system


class Stopped(Exception):
    """Somebody wants the import to stop. What is written stays; it can be gone on with."""


@transaction.atomic
def begin(wanted: Wanted, *, actor: Actor, state: str = Run.States.RUNNING) -> Run:
    """Writes down that an import begins. Raises Invalid for a system's name that is none."""
    require(actor, Permission.SETTINGS)
    check(wanted.source)
    system = wanted.system or wanted.source
    if not is_system(system):
        raise Invalid("A system's name is up to 40 small letters, digits, dots, hyphens and underscores.")
    run = Run.objects.create(
        source=wanted.source,
        system=system,
        state=state,
        started_by_id=actor.id if actor.kind == "agent" else None,
        started_at=now(),
        options={"zone": wanted.options.zone, "columns": dict(wanted.options.columns), "link": wanted.options.link},
    )
    journal.record(ImportStarted(subject_id=run.pk, source=run.source), actor=actor)
    return run


def bring(run: Run, wanted: Wanted, progress: Progress) -> Run:
    """Reads the source and brings what is new in it. Raises what reading raises; the run says that it failed.

    Each batch commits on its own: killed at any point, the next run goes on.
    """
    with ending(run), _alone(run.system):
        run.counts = (mails.bring if wanted.source == MAIL else _staged)(run, wanted, progress)
        finish(run, Run.States.DONE, "", actor=Actor.system())
    return run


@contextmanager
def ending(run: Run) -> Iterator[None]:
    """Writes down once how a run ended that did not get to its end. What stopped it does not travel on."""
    try:
        yield
    except Stopped:
        finish(run, Run.States.STOPPED, "", actor=Actor.system())
    except Exception as error:
        if run.state != Run.States.FAILED:
            finish(run, Run.States.FAILED, _why(error), actor=Actor.system())
        raise


def _why(error: Exception) -> str:
    """A sentence for whoever looks at the import; the log has the rest."""
    if isinstance(error, HeadwayError):
        return error.message
    if isinstance(error, OSError) and error.strerror:
        return _("The machine said: %(reason)s.") % {"reason": error.strerror}
    return _("Something went wrong that nobody foresaw: %(kind)s. The log says more.") % {"kind": type(error).__name__}


def _staged(run: Run, wanted: Wanted, progress: Progress) -> dict[str, dict[str, int]]:
    with Staging() as staging:
        read(wanted, staging, progress)
        book = Book(run)
        unread = list(staging.troubles())
        for trouble in unread:
            book.count(trouble.kind, "source", int(trouble.lost))
        book.report(*unread)
        _bring(staging, book, wanted, progress)
        told = reconcile(staging, run, book.counts)
        if BROKEN in told:
            told[BROKEN] |= {"reported": 0, "missing": told[BROKEN]["source"]}
        return told


def _bring(staging: Staging, book: Book, wanted: Wanted, progress: Progress) -> None:
    lying = beside(wanted.path, ATTACHMENTS)
    team.bring_teams(staging, book)
    team.bring_agents(staging, book)
    belonging.bring_members(staging, book)
    belonging.bring_brands(staging, book)
    customers.bring_organisations(staging, book)
    customers.bring_customers(staging, book, progress)
    definitions.bring_fields(staging, book)
    definitions.bring_types(staging, book)
    files = attached.count_before(staging, book)
    tickets.bring_tickets(staging, book, lying, progress)
    attached.account(staging, book, lying, files)
    belonging.bring_bonds(staging, book)
    prepared.bring_macros(staging, book)
    prepared.bring_views(staging, book)
    prepared.bring_rules(staging, book)


@transaction.atomic
def finish(run: Run, state: str, error: str, *, actor: Actor) -> None:
    """Writes down how it ended."""
    run.state, run.error, run.finished_at = state, error[:500], now()
    run.part, run.done, run.stop_asked_at = "", 0, None
    run.save(update_fields=["state", "error", "finished_at", "counts", "part", "done", "stop_asked_at"])
    journal.record(ImportFinished(subject_id=run.pk, state=state), actor=actor)


@contextmanager
def _alone(system: str) -> Iterator[None]:
    """One import of a system at a time, in whichever process. Raises Conflict."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [LOCK % system])
        if not cursor.fetchone()[0]:
            raise Conflict(f"An import from {system} is under way. Wait until it has ended, then start this one again.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [LOCK % system])
