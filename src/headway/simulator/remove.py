"""Takes all sample data away again, and nothing else: what something real speaks of by then stays and becomes real."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from headway.events import journal
from headway.events.actor import Actor
from headway.events.vocabulary.settings import SampleDataRemoved
from headway.foundation.errors import Conflict
from headway.people.actions import agents as people_actions
from headway.people.actions.removal import People, keep_samples, remove
from headway.people.models import Agent, Brand, Customer, Membership, Organisation, Team
from headway.simulator.cast import SYSTEM
from headway.simulator.models import Made
from headway.sla import actions as sla
from headway.tickets.actions import removal, samples
from headway.tickets.models import Message, Note, Ticket

BATCH = 250
REASON = "sample data"


@dataclass(frozen=True, slots=True)
class Removed:
    """How many tickets went, and how many sample rows stayed because real tickets speak of them."""

    tickets: int
    kept: dict[str, int]


def remove_all(*, actor: Actor = SYSTEM, progress: Callable[[int, int], None] = lambda _done, _all: None) -> Removed:
    """Removes the sample data, tickets in batches; interrupted, it goes on where it stopped when called again."""
    samples.keep_entangled(actor=actor)
    ids = list(Ticket.objects.filter(is_sample=True).order_by("pk").values_list("pk", flat=True))
    done = 0
    while batch := ids[done : done + BATCH]:
        removal.remove(batch, actor=actor, reason=REASON)
        done += len(batch)
        progress(done, len(ids))
    with transaction.atomic():
        made = {kind: _made(kind) for kind in Made.Kinds.values}
        samples.remove_setup(fields=made["field"], tags=made["tag"], actor=actor, reason=REASON)
        Made.objects.all().delete()
        sla.remove_samples(actor=actor)
        kept = _people(actor)
        if ids:
            journal.record(SampleDataRemoved(subject_id=1, tickets=len(ids)), actor=actor)
    return Removed(len(ids), kept)


def _people(actor: Actor) -> dict[str, int]:
    """Removes the sample people of whom nothing real speaks; keeps the others, agents among them without a way in."""
    tickets, kept = Ticket.objects.all(), {}

    def keep(name: str, model: type[Model], *speaking: QuerySet[Any, Any]) -> None:
        samples_ = model._default_manager.filter(is_sample=True)  # noqa: SLF001 (Django's own name)
        used = {pk for query in speaking for pk in samples_.filter(pk__in=query).values_list("pk", flat=True)}
        if used:
            keep_samples(People(**{name: sorted(used)}), actor=actor)
            kept[name] = len(used)
        if model is Agent:
            _retire(used, actor)

    keep("customers", Customer, tickets.values("customer_id"), Message.objects.values("customer_id"))
    # after the customers: organisations of those who stay, stay
    real = Customer.objects.filter(is_sample=False)
    keep("organisations", Organisation, tickets.values("organisation_id"), real.values("organisation_id"))
    said = (Message.objects.values("agent_id"), Note.objects.values("agent_id"))
    keep("agents", Agent, tickets.values("assignee_id"), *said)
    members = Membership.objects.filter(agent__is_sample=False, agent__archived_at__isnull=True)
    keep("teams", Team, tickets.values("team_id"), members.values("team_id"))
    keep("brands", Brand, tickets.values("brand_id"))
    remove(
        People(
            customers=_samples(Customer),
            organisations=_samples(Organisation),
            agents=_samples(Agent),
            teams=_samples(Team),
            brands=_samples(Brand),
        ),
        actor=actor,
        reason=REASON,
    )
    return kept


def _retire(ids: set[int], actor: Actor) -> None:
    for row in Agent.objects.filter(pk__in=ids, archived_at__isnull=True):
        # the last administrator stays in: a workspace must not lock everybody out
        with suppress(Conflict):
            people_actions.archive(row, actor=actor)


def _samples(model: type[Model]) -> list[int]:
    return list(model._default_manager.filter(is_sample=True).values_list("pk", flat=True))  # noqa: SLF001


def _made(kind: str) -> list[int]:
    return list(Made.objects.filter(kind=kind).values_list("row_id", flat=True))
