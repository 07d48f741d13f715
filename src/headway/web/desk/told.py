"""What was said on a ticket and what happened to it, gathered once, to be put into words and order."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from headway.events import queries as events
from headway.events.event import Event, Recorded
from headway.people.models import Agent
from headway.people.queries import names as people
from headway.people.rules.habits import habits_of
from headway.tickets import queries as tickets
from headway.tickets.models import Status, Ticket
from headway.tickets.queries import beside, checklist, mentions, setup
from headway.tickets.queries.conversation import Turn, formatted_of
from headway.tickets.rules.mentions import Known
from headway.web.desk import everything, timeline
from headway.web.desk.channels.findings import held_because
from headway.web.desk.delivery import deliveries
from headway.web.desk.story import Line, Names
from headway.web.desk.timeline import Delivery, Entry, Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A ticket's messages and notes, its events, and what is needed to show them. `whole`: lines for the events that
    only the full journal shows, by event; None when it is not asked for."""

    turns: list[Turn]
    recorded: list[Recorded[Event]]
    names: Names
    delivered: Mapping[int, Delivery]
    held: Mapping[int, str]
    formatted: Mapping[int, str]
    called: Sequence[Known]
    whole: Mapping[int, Line] | None

    def entries(self, turns: Iterable[Turn], recorded: Iterable[Recorded[Event]]) -> list[Entry]:
        """These, in the order in which they happened."""
        return timeline.entries(
            turns, recorded, self.names, self.delivered, self.held, self.formatted, self.called, self.whole
        )

    def said(self, turn: Turn) -> Said:
        """One message or note."""
        return timeline.said(turn, self.delivered, self.held, self.formatted, self.called)


def told(person: Agent, ticket: Ticket, statuses: Iterable[Status]) -> Told:
    """All of a ticket that its reader was let through to; the full journal for who wants it."""
    turns = tickets.conversation(ticket).turns
    kept = list(events.of_ticket(ticket.pk))
    recorded = [events.recorded(entry) for entry in kept]
    wanted = habits_of(person.habits).journal == "all"
    if not wanted:
        recorded = timeline.standing(recorded)
    with_html = any(turn.kind == "out" and turn.has_html for turn in turns)
    calls = any(turn.kind == "note" and "@" in turn.text for turn in turns)
    return Told(
        turns=turns,
        recorded=recorded,
        names=_names(ticket, statuses, recorded, {turn.agent_id: turn.agent for turn in turns}),
        delivered=deliveries([turn.id for turn in turns if turn.kind == "out"]),
        held=held_because([turn.id for turn in turns if turn.held]),
        formatted=formatted_of(ticket.pk) if with_html else {},
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
