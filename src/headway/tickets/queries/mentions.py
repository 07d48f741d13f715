"""Who may be mentioned, who was, and what of it somebody has not read."""

from dataclasses import dataclass

from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from headway.people.models import Agent, Membership, Team
from headway.tickets.models import Mention, Note, Reading, Ticket
from headway.tickets.queries.scopes import facts_of, scopes_of
from headway.tickets.rules.mentions import Known
from headway.tickets.rules.visibility import may_see


@dataclass(frozen=True, slots=True)
class Callee:
    """Somebody who can be mentioned: as it is written after the "@", and whether the ticket is out of their sight."""

    kind: str
    id: int
    name: str
    written: str
    blind: bool = False


def known() -> list[Known]:
    """Everybody who can be mentioned, with what they answer to. Two queries."""
    people = Agent.objects.filter(archived_at__isnull=True).order_by("name", "pk").values_list("pk", "name", "email")
    teams = Team.objects.filter(archived_at__isnull=True).order_by("tier", "name").values_list("pk", "name")
    return [Known("agent", pk, (name, email)) for pk, name, email in people] + [
        Known("team", pk, (name,)) for pk, name in teams
    ]


def callees(ticket: Ticket) -> list[Callee]:
    """Everybody who can be mentioned on a ticket, people first. At most five queries."""
    people = list(Agent.objects.filter(archived_at__isnull=True).order_by("name", "pk"))
    teams = list(Team.objects.filter(archived_at__isnull=True).order_by("tier", "name").values_list("pk", "name"))
    names = [person.name.casefold() for person in people] + [name.casefold() for _pk, name in teams]
    blind = _blind(people, ticket.pk)
    return [
        # whoever shares a name is called by their address
        Callee("agent", one.pk, one.name, one.name if names.count(one.name.casefold()) == 1 else one.email,
               one.pk in blind)
        for one in people
    ] + [Callee("team", pk, name, name) for pk, name in teams if names.count(name.casefold()) == 1]  # fmt: skip


def unable(note: Note) -> list[str]:
    """Names of those whom a note mentions, by themselves or by a team, and who cannot see its ticket."""
    mentioned = Mention.objects.filter(note_id=note.pk)
    teams = mentioned.filter(team__isnull=False).values("team_id")
    members = Membership.objects.filter(team_id__in=teams).values("agent_id")
    agents = mentioned.filter(agent__isnull=False).values("agent_id")
    people = list(Agent.objects.filter(Q(pk__in=agents) | Q(pk__in=members), archived_at__isnull=True).order_by("name"))
    blind = _blind(people, note.ticket_id)
    return [person.name for person in people if person.pk in blind]


def written_in(ticket: Ticket) -> list[Known]:
    """Whom the notes of a ticket mention, with what they answer to now. Two queries at most."""
    ours = Mention.objects.filter(ticket_id=ticket.pk)
    people = ours.filter(agent__isnull=False).values_list("agent_id", "agent__name", "agent__email")
    teams = ours.filter(team__isnull=False).values_list("team_id", "team__name")
    return [Known("agent", pk, (name, email)) for pk, name, email in people.distinct()] + [
        Known("team", pk, (name,)) for pk, name in teams.distinct()
    ]


def mentioned(agent_id: int, *, unread: bool = False) -> Q:
    """Tickets on which others mentioned somebody or a team of theirs; `unread`: since they read them last."""
    teams = Membership.objects.filter(agent_id=agent_id).values("team_id")
    found = Mention.objects.filter(Q(agent_id=agent_id) | Q(team_id__in=teams)).exclude(note__agent_id=agent_id)
    if unread:
        read = Reading.objects.filter(agent_id=agent_id, ticket_id=OuterRef("ticket_id")).values("note_id")
        found = found.annotate(read=Coalesce(Subquery(read), Value(0))).filter(note_id__gt=F("read"))
    return Q(pk__in=found.values("ticket_id"))


def _blind(people: list[Agent], ticket_id: int) -> set[int]:
    """Those of the people who cannot see the ticket."""
    facts = facts_of([ticket_id]).get(ticket_id)
    if facts is None:
        return set()
    return {number for number, scope in scopes_of(people).items() if not may_see(scope, facts)}
