"""What was said on a ticket and what happened to it, as far as it is shown, gathered to be put into words and order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from headway.events import queries as events
from headway.events.event import Event, Recorded
from headway.events.models import Entry as Journalled
from headway.people.models import Agent
from headway.people.queries import names as people
from headway.people.rules.habits import habits_of
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import beside, checklist, mentions, setup
from headway.tickets.queries.conversation import Turn, formatted_of, since
from headway.tickets.rules.mentions import Known
from headway.web.desk import everything, timeline
from headway.web.desk.channels.findings import held_because
from headway.web.desk.folding import Skipped
from headway.web.desk.passages import Passage
from headway.web.desk.story import Line, Names
from headway.web.desk.timeline import Delivery, Entry, Said, Seen

# read wherever they stand: what they undid or say is about all of the ticket
_ALWAYS: Final = ("message.taken_back", "ticket.move_taken_back", "ticket.rated", "ticket.suspected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Passages of a ticket's messages and notes, events, and what is needed to show them. `whole`: lines for the events
    that only the full journal shows, by event; None when it is not asked for."""

    passages: list[Passage]
    turns: list[Turn]
    recorded: list[Recorded[Event]]
    names: Names
    held: Mapping[int, str]
    formatted: Mapping[int, str]
    called: Sequence[Known]
    whole: Mapping[int, Line] | None

    def shown(self, delivered: Mapping[int, Delivery]) -> list[Entry | Skipped]:
        """All of it in the order in which it happened. `delivered`: how far our messages have come."""
        found: list[Entry | Skipped] = []
        for one in self.passages:
            if one.skipped:
                found.append(Skipped(one.skipped))
            found += self.entries(one.turns, [each for each in self.recorded if one.holds(each.at)], delivered)
        return found

    def entries(
        self, turns: Iterable[Turn], recorded: Iterable[Recorded[Event]], delivered: Mapping[int, Delivery]
    ) -> list[Entry]:
        """These, in the order in which they happened."""
        return timeline.entries(
            turns, recorded, self.names, delivered, self.held, self.formatted, self.called, self.whole
        )

    def said(self, turn: Turn, delivered: Mapping[int, Delivery]) -> Said:
        """One message or note."""
        return timeline.said(turn, delivered, self.held, self.formatted, self.called)


def told(person: Agent, ticket: Ticket, statuses: Iterable[Status], passages: list[Passage]) -> Told:
    """These passages of a ticket that its reader was let through to; the full journal for who wants it."""
    within = [one.events for one in passages]
    found = events.of_ticket(ticket.pk)
    if all(within):
        found = found.filter(Q(*within, kind__in=_ALWAYS, _connector=Q.OR))
    turns = [turn for one in passages for turn in one.turns]
    return _told(person, ticket, statuses, passages, turns, list(found))


def told_since(person: Agent, ticket: Ticket, statuses: Iterable[Status], seen: Seen) -> Told:
    """What came after that, with messages of which something happened since."""
    kept = list(events.of_ticket(ticket.pk).filter(Q(id__gt=seen.event) | Q(kind__in=_ALWAYS)))
    moved = [entry.data["message_id"] for entry in kept if entry.id > seen.event and "message_id" in entry.data]
    turns = since(ticket.pk, seen.message, seen.note, moved)
    return _told(person, ticket, statuses, [], turns, kept)


def _told(
    person: Agent, ticket: Ticket, statuses: Iterable[Status], passages: list[Passage], turns: list[Turn],
    kept: list[Journalled],
) -> Told:  # fmt: skip
    recorded = [events.recorded(entry) for entry in kept]
    wanted = habits_of(person.habits).journal == "all"
    if not wanted:
        recorded = timeline.standing(recorded)
    rich = [turn.id for turn in turns if turn.kind == "out" and turn.has_html]
    calls = any(turn.kind == "note" and "@" in turn.text for turn in turns)
    return Told(
        passages=passages,
        turns=turns,
        recorded=recorded,
        names=_names(ticket, statuses, recorded, {turn.agent_id: turn.agent for turn in turns}),
        held=held_because([turn.id for turn in turns if turn.held]),
        formatted=formatted_of(rich) if rich else {},
        called=mentions.written_in(ticket) if calls else [],
        whole=everything.lines(kept) if wanted else None,
    )


def _names(
    ticket: Ticket, statuses: Iterable[Status], recorded: Sequence[Recorded[Event]], known: dict[int | None, str | None]
) -> Names:
    """Names of what the journal speaks of; nothing is asked for that it does not mention."""
    agents: set[int] = set()
    tags: set[int] = set()
    items: set[int] = set()
    kinds = {each.event.kind for each in recorded}
    for each in recorded:
        if each.actor.kind == "agent" and each.actor.id:
            agents.add(each.actor.id)
        agents.update(filter(None, (getattr(each.event, "to_agent", None), getattr(each.event, "from_agent", None))))
        items.update(getattr(each.event, "item_ids", ()), filter(None, (getattr(each.event, "item_id", None),)))
        tags.update(getattr(each.event, "tag_ids", ()))
    return Names(
        agents={pk: name for pk, name in known.items() if pk and name} | people.of_agents(agents - set(known)),
        teams={team.id: team.name for team in people.teams()} if "ticket.team_changed" in kinds else {},
        statuses={status.pk: status.words for status in statuses},
        tags=beside.names_of_tags(tags),
        types={kind.pk: kind.name for kind in setup.types()} if "ticket.type_changed" in kinds else {},
        items=checklist.texts_of(items),
        customer=ticket.customer.name if ticket.customer else "",
    )
