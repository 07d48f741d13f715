"""Fills the workspace with a history, silently and with its original times; every row is marked as sample data."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import SampleDataAdded
from headway.foundation.errors import Conflict
from headway.simulator import company, pictures, queries
from headway.simulator.cast import SYSTEM, Cast, engage
from headway.simulator.generate import generate
from headway.simulator.happenings import History
from headway.simulator.models import Made
from headway.simulator.pasts import UNSOLVED, Tools, pasts
from headway.simulator.plan import Plan
from headway.sla import actions as sla
from headway.sla.models import Calendar
from headway.sla.queries import editions
from headway.tickets.actions import history as tickets
from headway.tickets.actions.files import Attachment, stored
from headway.tickets.actions.history import Past
from headway.tickets.models import Status, Tag, Ticket

# what one transaction writes: under a second of it, so that nobody at the desk waits for it
BATCH = 50
_KEY = "hashtext('sample_data')"

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the sample data holds."""

    tickets: int
    messages: int
    customers: int
    agents: int


@contextmanager
def alone() -> Iterator[None]:
    """Inside it nobody else fills sample data in, or asks for it. Raises Conflict while somebody else does."""
    with connection.cursor() as cursor:
        # held by the connection, not by a transaction: filling in is many of them
        cursor.execute(f"SELECT pg_try_advisory_lock({_KEY})")
        if not cursor.fetchone()[0]:
            raise Conflict(_("Sample data is being filled in or removed already. Wait until that is done."))
    try:
        yield
    finally:
        with suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
            # where nothing can be said any more the connection ends, and the lock with it
            cursor.execute(f"SELECT pg_advisory_unlock({_KEY})")


def fill(plan: Plan, progress: Progress = lambda _part, _done, _all: None, *, actor: Actor = SYSTEM) -> Filled:
    """Writes the plan's history in portions. Raises Conflict when there is sample data already.

    What was written when it is cut off is marked like the rest: `remove_all` takes it away.
    `progress` is told a part's name, how much of it is done, and of how much.
    """
    with alone():
        if queries.present():
            raise Conflict(_("The workspace holds sample data already. Remove it first: headway sample remove"))
        progress("history", 0, 1)
        history = generate(plan)
        progress("history", 1, 1)
        _keep_hours(history)
        filled = _write(history, engage(history), progress)
        with transaction.atomic():
            journal.record(SampleDataAdded(subject_id=1, tickets=filled.tickets), actor=actor)
    return filled


def _keep_hours(history: History) -> None:
    """The company's opening hours, in force since the history began if nothing else was by then.

    A workspace with tickets keeps its own.
    """
    fresh = not Ticket.objects.exists() and not Calendar.objects.filter(is_sample=True).exists()
    first = editions()[-1][0] < history.start
    sla.save_calendar(
        name=company.NAME,
        zone=company.ZONE,
        week=company.HOURS,
        is_default=fresh,
        is_sample=True,
        at=history.start if fresh and first else None,
        actor=SYSTEM,
    )


def _write(history: History, cast: Cast, progress: Progress) -> Filled:
    statuses = {row.category: row.pk for row in Status.objects.filter(is_default=True)}
    known = list(pasts(history, cast, Tools(statuses, _tag_ids, _files())))
    done = messages = 0
    progress("tickets", 0, len(known))
    while batch := known[done : done + BATCH]:
        _portion(batch)
        done += len(batch)
        messages += sum(said.direction != "note" for past in batch for said in past.said)
        progress("tickets", done, len(known))
    return Filled(done, messages, len(history.customers), len(cast.agents))


@transaction.atomic
def _portion(batch: Sequence[Past]) -> None:
    """Some tickets, with their clocks, and a note of the tags that came with them."""
    tags = set(Tag.objects.values_list("pk", flat=True))
    written = tickets.write(batch)
    waiting = [row.ticket_id for past, row in zip(batch, written, strict=True) if past.category in UNSOLVED]
    sla.recount(waiting, silent=True)
    made = Tag.objects.exclude(pk__in=tags).values_list("pk", flat=True)
    Made.objects.bulk_create(Made(kind=Made.Kinds.TAG, row_id=pk) for pk in made)


def _tag_ids(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(Tag.objects.filter(name__in=list(names)).order_by("pk").values_list("pk", flat=True))


def _files() -> list[Attachment]:
    drawn = {"receipt.png": pictures.receipt(), "label.png": pictures.label(), "screen.png": pictures.screen()}
    return [stored(name, "image/png", data) for name, data in drawn.items()]
