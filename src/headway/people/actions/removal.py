"""People, teams and brands that go for good, with their past. Only for what nothing real speaks of: sample data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction

from headway.events import erasure
from headway.events.actor import Actor
from headway.people.models import Agent, Brand, Customer, Organisation, Team
from headway.people.permissions import require
from headway.people.rules import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Ids of rows, by table."""

    customers: Sequence[int] = ()
    organisations: Sequence[int] = ()
    agents: Sequence[int] = ()
    teams: Sequence[int] = ()
    brands: Sequence[int] = ()


@transaction.atomic
def remove(people: People, *, actor: Actor, reason: str) -> None:
    """Deletes these rows, what hangs on them (identities, domains, memberships, tokens), and their journal.

    Raises ProtectedError when a message, a note or a ticket still speaks of one of them; then all stay.
    """
    require(actor, Permission.PEOPLE)
    tables: list[tuple[type[models.Model], str, Sequence[int]]] = [
        (Customer, "customer", people.customers),
        (Organisation, "organisation", people.organisations),
        (Team, "team", people.teams),
        (Brand, "brand", people.brands),
        (Agent, "agent", people.agents),
    ]
    for model, kind, ids in tables:
        if ids:
            model._default_manager.filter(pk__in=list(ids)).delete()  # noqa: SLF001 (Django's own name)
            erasure.erase_subjects(kind, ids, actor=actor, reason=reason)


@transaction.atomic
def keep_samples(people: People, *, actor: Actor) -> None:
    """Makes sample rows part of the workspace, for something real speaks of them by now."""
    require(actor, Permission.PEOPLE)
    for model, ids in (
        (Customer, people.customers),
        (Organisation, people.organisations),
        (Team, people.teams),
        (Brand, people.brands),
        (Agent, people.agents),
    ):
        model._default_manager.filter(pk__in=list(ids)).update(is_sample=False)  # noqa: SLF001
