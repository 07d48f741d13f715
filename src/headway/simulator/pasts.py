"""From what happened to rows: a ticket's happenings become its messages, its events, and how it stands in the end."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatchmethod
from typing import Any

from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.checklist import ItemDone, ItemsAdded
from headway.events.vocabulary.messages import MessageReceived, NoteWritten, ReplyWritten
from headway.events.vocabulary.tickets import (
    PriorityChanged,
    ReminderDue,
    StatusChanged,
    TeamChanged,
    TicketAssigned,
    TicketClosed,
    TicketCreated,
    TicketRated,
    TicketReopened,
    TicketSnoozed,
    TicketSolved,
    TicketSuspected,
    TicketTagged,
    TicketWoken,
    TypeChanged,
)
from headway.simulator import happenings as sim
from headway.simulator.cast import Cast
from headway.simulator.happenings import Happening, History
from headway.tickets.actions.files import Attachment
from headway.tickets.actions.history import Happened, Past, Said, ToDo

PRIORITIES = {1: "low", 2: "normal", 3: "high", 4: "urgent"}
UNSOLVED = (sim.NEW, sim.OPEN, sim.WAITING, sim.HOLD)
# What a message says when something hangs on it, in the languages of the texts.
ATTACHED = re.compile(
    r"attach|picture|photo|\bfoto|anbei|hängt an|angehängt|adjunt|ci-joint|joint[es]?\b|allegat", re.IGNORECASE
)


def pasts(history: History, cast: Cast, tools: "Tools") -> Iterator[Past]:
    """The tickets of the history in the order they began."""
    by_ticket: dict[int, list[Happening]] = defaultdict(list)
    for happening in history.happenings:
        by_ticket[happening.ticket].append(happening)
    for number in sorted(by_ticket, key=lambda number: by_ticket[number][0].at):
        yield _Telling(cast, tools).tell(by_ticket[number])


@dataclass(frozen=True, slots=True)
class Tools:
    """What rows need besides people: statuses' ids by category, files to attach, and tags' ids, once tags are there."""

    statuses: Mapping[str, int]
    tag_ids: Callable[[Sequence[str]], tuple[int, ...]]
    files: list[Attachment]


@dataclass
class _Telling:
    """One ticket on its way from happening to happening."""

    cast: Cast
    tools: Tools
    said: list[Said] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    todo: list[ToDo] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=dict)
    customer: Actor = field(default_factory=Actor.system)

    def tell(self, story: list[Happening]) -> Past:
        for happening in story:
            self.state["updated_at"] = happening.at
            self.take(happening)
        return Past(said=self.said, happened=self.happened, todo=self.todo, is_sample=True, **self.state)

    def actor(self, happening: Happening) -> Actor:
        return Actor.system() if happening.agent is None else self.cast.agents[happening.agent].actor

    def event(self, happening: Happening, make: Any, actor: Actor | None = None) -> None:
        self.happened.append(Happened(at=happening.at, actor=actor or self.actor(happening), make=make))

    def plain(self, happening: Happening, kind: type[Event], actor: Actor | None = None, **values: Any) -> None:
        self.event(happening, lambda ticket, _ids: kind(ticket_id=ticket, **values), actor)  # type: ignore[call-arg]

    def say(self, happening: Happening, direction: str, text: str, **values: Any) -> str:
        key = str(len(self.said))
        self.said.append(Said(direction=direction, at=happening.at, text=text, key=key, **values))
        return key

    @singledispatchmethod
    def take(self, happening: Happening) -> None:
        raise NotImplementedError(type(happening).__name__)

    @take.register
    def _opened(self, it: sim.Opened) -> None:
        customer = self.cast.customers[it.customer]
        self.customer = Actor.customer(customer.pk)
        kind = self.cast.types[it.category].pk if it.typed else None
        self.state |= {
            "subject": it.subject,
            "channel": it.channel,
            "category": sim.NEW,
            "created_at": it.at,
            "customer_id": customer.pk,
            "organisation_id": customer.organisation_id,
            "brand_id": self.cast.brand.pk,
            "type_id": kind,
            "team_id": self.cast.teams[1].pk,
            "priority": it.priority,
            "fields": it.fields,
        }
        self.plain(
            it,
            TicketCreated,
            self.customer,
            channel=it.channel,
            customer_id=customer.pk,
            brand_id=self.cast.brand.pk,
            type_id=kind,
            priority=PRIORITIES[it.priority],
        )
        if it.suspected:
            self.state["suspected_at"] = it.at
            self.plain(it, TicketSuspected, self.customer, by="channel")
        self.receive(it, it.text, it.language, automatic=it.automatic, first=True)

    @take.register
    def _wrote(self, it: sim.Wrote) -> None:
        self.receive(it, it.text, "", automatic=it.automatic, thanks=it.thanks)

    def receive(
        self,
        it: Happening,
        text: str,
        language: str,
        *,
        automatic: bool = False,
        thanks: bool = False,
        first: bool = False,
    ) -> None:
        """The customer's message; it waits for us unless it only says thanks or comes from a machine."""
        files = self.tools.files if ATTACHED.search(text) and not first else []
        language = language or self.said[0].language
        chosen = files[len(text) % len(files) :][:1] if files else []
        customer = self.customer.id
        key = self.say(it, "in", text, customer_id=customer, language=language, automatic=automatic, files=chosen)
        if not automatic and not thanks:
            self.state.setdefault("waiting_since", it.at)
            self.state.pop("snoozed_until", None)
        channel = self.state["channel"]
        self.event(
            it,
            lambda ticket, ids: MessageReceived(
                ticket_id=ticket,
                message_id=ids[key],
                channel=channel,
                customer_id=customer,
                automatic=automatic,
                thanks=thanks,
                first=first,
            ),
            self.customer,
        )

    @take.register
    def _answered(self, it: sim.Answered) -> None:
        agent = None if it.agent is None else self.cast.agents[it.agent].pk
        key = self.say(it, "out", it.text, agent_id=agent, automatic=it.automatic, language=self.said[0].language)
        if not it.automatic:
            self.state.pop("waiting_since", None)
            self.state.setdefault("first_replied_at", it.at)
        channel, automatic = self.state["channel"], it.automatic
        self.event(
            it,
            lambda ticket, ids: ReplyWritten(
                ticket_id=ticket, message_id=ids[key], channel=channel, automatic=automatic
            ),
        )

    @take.register
    def _noted(self, it: sim.Noted) -> None:
        assert it.agent is not None
        key = self.say(it, "note", it.text, agent_id=self.cast.agents[it.agent].pk)
        self.event(it, lambda ticket, ids: NoteWritten(ticket_id=ticket, note_id=ids[key]))

    @take.register
    def _listed(self, it: sim.Listed) -> None:
        self.todo = [ToDo(text=text, key=f"item {place}") for place, text in enumerate(it.items)]
        keys = [item.key for item in self.todo]
        self.event(it, lambda ticket, ids: ItemsAdded(ticket_id=ticket, item_ids=tuple(ids[key] for key in keys)))

    @take.register
    def _ticked(self, it: sim.Ticked) -> None:
        assert it.agent is not None
        item = replace(self.todo[it.place], done_at=it.at, done_by_id=self.cast.agents[it.agent].pk)
        self.todo[it.place] = item
        self.event(it, lambda ticket, ids: ItemDone(ticket_id=ticket, item_id=ids[item.key]))

    @take.register
    def _moved(self, it: sim.Moved) -> None:
        statuses, reopened = self.tools.statuses, it.before == sim.SOLVED and it.after in UNSOLVED
        actor = self.customer if it.agent is None and it.reason == "reply" else self.actor(it)
        self.state["category"] = it.after
        self.plain(
            it,
            StatusChanged,
            actor,
            from_status=statuses[it.before],
            from_category=it.before,
            to_status=statuses[it.after],
            to_category=it.after,
            reason=it.reason,
        )
        if it.after == sim.SOLVED:
            self.state["solved_at"] = it.at
            self.state.pop("waiting_since", None)
            self.state.pop("snoozed_until", None)
            self.plain(it, TicketSolved, actor, status_id=statuses[it.after], reason=it.reason)
        if reopened:
            del self.state["solved_at"]
            self.plain(it, TicketReopened, actor, from_category=it.before, by=it.reason or actor.kind)
        if it.after == sim.CLOSED:
            self.state["closed_at"] = it.at
            self.plain(it, TicketClosed, actor, reason=it.reason)

    @take.register
    def _given(self, it: sim.Given) -> None:
        rows = self.cast.agents
        after = None if it.after is None else rows[it.after].pk
        self.state["assignee_id"] = after
        self.plain(it, TicketAssigned, from_agent=None if it.before is None else rows[it.before].pk, to_agent=after)

    @take.register
    def _routed(self, it: sim.Routed) -> None:
        teams = self.cast.teams
        self.state["team_id"] = teams[it.after].pk
        self.plain(it, TeamChanged, from_team=teams[it.before].pk, to_team=teams[it.after].pk)

    @take.register
    def _raised(self, it: sim.Raised) -> None:
        self.state["priority"] = it.after
        self.plain(it, PriorityChanged, from_priority=PRIORITIES[it.before], to_priority=PRIORITIES[it.after])

    @take.register
    def _typed(self, it: sim.Typed) -> None:
        kind = self.cast.types[it.category].pk
        before, self.state["type_id"] = self.state["type_id"], kind
        self.plain(it, TypeChanged, from_type=before, to_type=kind)

    @take.register
    def _tagged(self, it: sim.Tagged) -> None:
        self.state["tags"] = (*self.state.get("tags", ()), *it.tags)
        self.event(it, lambda ticket, _ids: TicketTagged(ticket_id=ticket, tag_ids=self.tools.tag_ids(it.tags)))

    @take.register
    def _suspected(self, it: sim.Suspected) -> None:
        self.state["suspected_at"] = it.at
        self.plain(it, TicketSuspected, by="agent")

    @take.register
    def _snoozed(self, it: sim.Snoozed) -> None:
        self.state["snoozed_until"] = it.until
        self.plain(it, TicketSnoozed, until_ms=int(it.until.timestamp() * 1000))

    @take.register
    def _woken(self, it: sim.Woken) -> None:
        self.state.pop("snoozed_until", None)
        self.plain(it, TicketWoken, by="time")

    @take.register
    def _reminded(self, it: sim.Reminded) -> None:
        self.state["reminded"] = it.number
        self.plain(it, ReminderDue, number=it.number)

    @take.register
    def _rated(self, it: sim.Rated) -> None:
        self.state |= {"rating": it.score, "rating_comment": it.comment, "rated_at": it.at}
        self.plain(it, TicketRated, self.customer, scale="csat", score=it.score)
