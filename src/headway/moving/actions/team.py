"""The team of the old system: groups become teams, agents are matched by address or kept as people who left."""

from itertools import islice

from django.db import transaction

from headway.events.actor import Actor
from headway.foundation.errors import HeadwayError
from headway.moving.actions.book import Book
from headway.moving.records import Person, Trouble
from headway.moving.records import Team as Group
from headway.moving.staging import Staging
from headway.people.actions import teams
from headway.people.actions.history import PastAgent, write_former_agents
from headway.people.models import Agent, Team
from headway.people.rules import identities

_BATCH = 200


def bring_teams(staging: Staging, book: Book) -> None:
    """Teams by their names; those that are not there are formed."""
    known = {team.name.casefold(): team.pk for team in Team.objects.filter(archived_at__isnull=True)}
    for group in staging.all(Group):
        book.count("team", "source")
        if group.key in book.ids("team"):
            book.count("team", "same")
            continue
        name = " ".join(group.name.split())[:80]
        try:
            with transaction.atomic():
                found = known.get(name.casefold()) or teams.create(name, actor=Actor.system()).pk
                book.keep("team", [(group.key, found, "")])
        except HeadwayError as error:
            book.report(Trouble(kind="team", key=group.key, reason=error.message))
            continue
        known[name.casefold()] = found
        book.count("team", "new")


def bring_agents(staging: Staging, book: Book) -> None:
    """People of the team, who are here by their address; the others are written as having left."""
    here = {agent.email.lower(): agent.pk for agent in Agent.objects.only("pk", "email")}
    people = (person for person in staging.all(Person) if person.agent)
    while batch := list(islice(people, _BATCH)):
        book.count("agent", "source", len(batch))
        new = [person for person in batch if person.key not in book.ids("agent")]
        book.count("agent", "same", len(batch) - len(new))
        with transaction.atomic():
            addresses = {person.key: _address(person, book.run.system) for person in new}
            missing = {addresses[person.key]: person for person in reversed(new) if addresses[person.key] not in here}
            made = write_former_agents(
                [
                    PastAgent(name=person.name[:120].strip() or address, address=address, at=person.at)
                    for address, person in missing.items()
                ],
                actor=Actor.system(),
            )
            here |= {agent.email: agent.pk for agent in made}
            book.keep("agent", [(person.key, here[addresses[person.key]], "") for person in new])
        book.count("agent", "new", len(new))


def _address(person: Person, system: str) -> str:
    plain = "".join(letter if letter.isalnum() and letter.isascii() else "-" for letter in person.key)[:60]
    return identities.email(person.address) or f"{plain.strip('-').lower()}@{system}.invalid"
