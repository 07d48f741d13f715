"""Fills the workspace with a history, silently and with its original times; every row is marked as sample data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import SampleDataAdded
from headway.foundation.errors import Conflict
from headway.simulator import company, pictures
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
from headway.tickets.models import Status, Tag, Ticket

BATCH = 250

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Filled:
    """What the sample data holds."""

    tickets: int
    messages: int
    customers: int
    agents: int


def alone() -> None:
    """Until this transaction ends nobody else fills sample data in, or asks for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sample_data'))")


@transaction.atomic
def fill(plan: Plan, progress: Progress = lambda _part, _done, _all: None, *, actor: Actor = SYSTEM) -> Filled:
    """Writes the plan's history, all or nothing. Raises Conflict when there is sample data already.

    `progress` is told a part's name, how much of it is done, and of how much.
    """
    alone()
    if Ticket.objects.filter(is_sample=True).exists():
        raise Conflict(_("The workspace holds sample data already. Remove it first: headway sample remove"))
    progress("history", 0, 1)
    history = generate(plan)
    progress("history", 1, 1)
    tags = set(Tag.objects.values_list("pk", flat=True))
    _keep_hours(history)
    cast = engage(history)
    filled = _write(history, cast, progress)
    made = [(Made.Kinds.TAG, pk) for pk in Tag.objects.exclude(pk__in=tags).values_list("pk", flat=True)]
    made += [(Made.Kinds.FIELD, pk) for pk in cast.made_fields]
    Made.objects.bulk_create(Made(kind=kind, row_id=pk) for kind, pk in made)
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
    waiting: list[int] = []
    done = messages = 0
    while batch := known[done : done + BATCH]:
        written = tickets.write(batch)
        pairs = zip(batch, written, strict=True)
        waiting += [row.ticket_id for past, row in pairs if past.category in UNSOLVED]
        done += len(batch)
        messages += sum(said.direction != "note" for past in batch for said in past.said)
        progress("tickets", done, len(known))
    sla.recount(waiting, silent=True)
    return Filled(done, messages, len(history.customers), len(cast.agents))


def _tag_ids(names: Sequence[str]) -> tuple[int, ...]:
    return tuple(Tag.objects.filter(name__in=list(names)).order_by("pk").values_list("pk", flat=True))


def _files() -> list[Attachment]:
    drawn = {"receipt.png": pictures.receipt(), "label.png": pictures.label(), "screen.png": pictures.screen()}
    return [stored(name, "image/png", data) for name, data in drawn.items()]
