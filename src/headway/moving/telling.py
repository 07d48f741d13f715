"""A ticket's records as its past: what was said, what happened, and where it stands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.messages import MessageReceived, NoteWritten, ReplyWritten
from headway.events.vocabulary.tickets import (
    PriorityChanged,
    StatusChanged,
    TeamChanged,
    TicketAssigned,
    TicketClosed,
    TicketCreated,
    TicketRated,
    TicketReopened,
    TicketSolved,
)
from headway.moving.records import Comment, Matter, Measured, Step
from headway.moving.rules import UNSOLVED, Move, Turn, first_reply, likely_moves, waiting_since
from headway.tickets.actions.files import Attachment
from headway.tickets.actions.history import Happened, Past, Said

PRIORITIES: Final = {1: "low", 2: "normal", 3: "high", 4: "urgent"}


@dataclass(frozen=True, slots=True)
class Worded:
    """A comment's words made safe, and its files in our store."""

    text: str
    html: str = ""
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a source's keys are here."""

    system: str
    customers: Mapping[str, int]
    agents: Mapping[str, int]
    organisations: Mapping[str, int]
    teams: Mapping[str, int]
    brands: Mapping[str, int]
    statuses: Mapping[str, int]  # category -> default status
    types: Mapping[str, int]
    belongs: dict[int, int | None]  # customer -> organisation, of the tickets at hand


@dataclass(frozen=True, slots=True)
class Told:
    """A ticket with everything that is said of it."""

    matter: Matter
    comments: Sequence[Comment]
    steps: Sequence[Step]
    figure: Measured | None
    fields: Mapping[str, Any]


def past_of(told: Told, words: Mapping[str, Worded], world: World) -> Past:
    """The past of the ticket. Every event has a source key, the same at each run."""
    return _Telling(told, words, world).past()


@dataclass
class _Telling:
    told: Told
    words: Mapping[str, Worded]
    world: World
    happened: list[Happened] = field(default_factory=list)

    def past(self) -> Past:
        matter, world = self.told.matter, self.world
        customer = world.customers.get(matter.customer)
        turns = [Turn(one.at, self._ours(one), self._machine(one)) for one in self.told.comments if one.public]
        if not self.told.comments and matter.replied_at:
            turns.append(Turn(matter.replied_at, ours=True))
        said = [self._said(one) for one in self.told.comments] or self._opening(matter, customer)
        self._happen(matter, customer, said, turns)
        solved = max((one.at for one in self._moves if one.category == "solved"), default=None)
        closed = max((one.at for one in self._moves if one.category == "closed"), default=None)
        done = matter.category in ("solved", "closed")
        organisation = world.organisations.get(matter.organisation)
        return Past(
            subject=matter.subject or " ".join(next((one.text for one in said if one.text), "").split())[:80],
            channel=matter.channel,
            category=matter.category,
            created_at=matter.created_at,
            updated_at=matter.updated_at,
            said=said,
            happened=sorted(self.happened, key=lambda one: one.at),
            status_id=world.statuses[matter.category],
            customer_id=customer,
            organisation_id=organisation or (world.belongs.get(customer) if customer else None),
            team_id=world.teams.get(matter.team),
            brand_id=world.brands.get(matter.brand),
            assignee_id=world.agents.get(matter.assignee),
            type_id=world.types.get(matter.kind),
            priority=matter.priority,
            tags=matter.tags,
            fields=self.told.fields,
            waiting_since=waiting_since(matter.category, turns),
            first_replied_at=first_reply(turns),
            solved_at=(solved or closed) if done else None,
            closed_at=closed if matter.category == "closed" else None,
            rating=matter.rating,
            rating_comment=matter.rating_comment,
            rated_at=matter.updated_at,
        )

    def _opening(self, matter: Matter, customer: int | None) -> list[Said]:
        """Where a source gives no messages, the ticket begins with its description."""
        if not matter.text:
            return []
        key = f"{self.world.system}:t{matter.key}:text"
        return [Said(direction="in", at=matter.created_at, text=matter.text, customer_id=customer, key=key)]

    def _said(self, one: Comment) -> Said:
        worded = self.words.get(one.key) or Worded(one.text)
        ours = self._ours(one)
        return Said(
            direction="note" if not one.public else "out" if ours else "in",
            at=one.at,
            text=worded.text,
            html=worded.html,
            customer_id=None if ours or not one.public else self._writer(one),
            agent_id=self.world.agents.get(one.author) if ours or not one.public else None,
            automatic=self._machine(one),
            files=worded.files,
            key=f"{self.world.system}:c{one.key}",
        )

    def _happen(self, matter: Matter, customer: int | None, said: Sequence[Said], turns: Sequence[Turn]) -> None:
        began = Actor.customer(customer) if customer else Actor.system()
        priority = next((int(one.after) for one in self._of("priority")), matter.priority)
        first = [one for one in self._of("priority") if one.at > matter.created_at]
        if first:
            priority = 2
        self._add(
            "created",
            matter.created_at,
            began,
            lambda ticket, _ids: TicketCreated(
                ticket_id=ticket,
                channel=matter.channel,
                customer_id=customer,
                type_id=self.world.types.get(matter.kind),
                priority=PRIORITIES[priority],
            ),
        )
        for number, one in enumerate(said):
            comment = self.told.comments[number] if self.told.comments else None
            self._say(one, comment, first=number == 0)
        self._moves = self._moved(matter, turns)
        self._move(self._moves)
        self._hand(matter)
        if matter.rating is not None:
            rating = matter.rating
            self._add(
                f"rated:{rating}",
                matter.updated_at,
                began,
                lambda ticket, _ids: TicketRated(ticket_id=ticket, scale="csat", score=rating),
            )

    def _say(self, said: Said, comment: Comment | None, *, first: bool) -> None:
        channel, customer = self.told.matter.channel, said.customer_id

        def make(ticket: int, ids: Mapping[str, int]) -> Event:
            number = ids[said.key]
            if said.direction == "note":
                return NoteWritten(ticket_id=ticket, note_id=number)
            if said.direction == "out":
                return ReplyWritten(ticket_id=ticket, message_id=number, channel=channel, automatic=said.automatic)
            return MessageReceived(
                ticket_id=ticket,
                message_id=number,
                channel=channel,
                customer_id=customer,
                automatic=said.automatic,
                thanks=said.thanks and not first,
                first=first,
            )

        actor = Actor.customer(customer) if customer else self._actor(comment.author if comment else "")
        self.happened.append(Happened(at=said.at, actor=actor, make=make, source_key=said.key))

    def _moved(self, matter: Matter, turns: Sequence[Turn]) -> list[Move]:
        """The moves as the source tells of them, else as they must have been; the last leads to where it stands."""
        steps = self._of("status")
        if not steps:
            figure = self.told.figure
            return likely_moves(
                matter.category,
                turns=turns,
                created_at=matter.created_at,
                updated_at=matter.updated_at,
                solved_at=matter.solved_at or (figure.solved_at if figure else None),
                closed_at=matter.closed_at,
            )
        found = [Move(one.at, one.after, f"s{one.key}", one.author) for one in steps]
        if matter.solved_at is not None and matter.solved_at < found[0].at:  # the steps begin in the middle
            earlier = [turn for turn in turns if turn.at <= matter.solved_at]
            found[:0] = likely_moves(
                "solved",
                turns=earlier,
                created_at=matter.created_at,
                updated_at=matter.solved_at,
                solved_at=matter.solved_at,
                closed_at=None,
            )
        if found[-1].category != matter.category:
            at = max(matter.updated_at, found[-1].at)
            found.append(Move(at, matter.category, f"{matter.category}:{int(at.timestamp())}"))
        return found

    def _move(self, moves: Sequence[Move]) -> None:
        statuses, before = self.world.statuses, "new"
        for one in moves:
            if one.category == before:
                continue
            self._step_to(one, before, statuses)
            before = one.category

    def _step_to(self, one: Move, before: str, statuses: Mapping[str, int]) -> None:
        actor, after = self._actor(one.author), one.category
        self._add(
            one.key,
            one.at,
            actor,
            lambda ticket, _ids: StatusChanged(
                ticket_id=ticket,
                from_status=statuses[before],
                from_category=before,
                to_status=statuses[after],
                to_category=after,
                reason="import",
            ),
        )
        if after == "solved" and before in UNSOLVED:
            solved = lambda ticket, _ids: TicketSolved(  # noqa: E731
                ticket_id=ticket, status_id=statuses[after], reason="import"
            )
            self._add(f"{one.key}:solved", one.at, actor, solved)
        if after in UNSOLVED and before in ("solved", "closed"):
            by = "customer" if one.author in self.world.customers and one.author not in self.world.agents else "agent"
            reopened = lambda ticket, _ids: TicketReopened(ticket_id=ticket, from_category=before, by=by)  # noqa: E731
            self._add(f"{one.key}:reopened", one.at, actor, reopened)
        if after == "closed":
            closed = lambda ticket, _ids: TicketClosed(ticket_id=ticket, reason="import")  # noqa: E731
            self._add(f"{one.key}:closed", one.at, actor, closed)

    def _hand(self, matter: Matter) -> None:
        """Who had it: the steps the source tells of, else who has it in the end since it began."""
        for what, mine, make in (
            ("assignee", self.world.agents, _assigned),
            ("team", self.world.teams, _given),
        ):
            steps = [(one.at, f"s{one.key}", one.author, mine.get(one.after)) for one in self._of(what)]
            end = mine.get(matter.assignee if what == "assignee" else matter.team)
            if not steps and end:
                steps = [(matter.created_at, what, "", end)]
            elif steps and steps[-1][3] != end:
                at = max(matter.updated_at, steps[-1][0])
                steps.append((at, f"{what}:{int(at.timestamp())}", "", end))
            before: int | None = None
            for at, key, author, after in steps:
                if after != before:
                    self._add(key, at, self._actor(author), make(before, after))
                before = after
        earlier = 2
        for one in self._of("priority"):
            now = int(one.after)
            if one.at > matter.created_at and now != earlier:
                self._add(f"s{one.key}", one.at, self._actor(one.author), _ranked(earlier, now))
            earlier = now

    def _of(self, what: str) -> list[Step]:
        return [one for one in self.told.steps if one.what == what]

    def _add(self, key: str, at: datetime, actor: Actor, make: Callable[[int, Mapping[str, int]], Event]) -> None:
        source = f"{self.world.system}:t{self.told.matter.key}:{key}"
        self.happened.append(Happened(at=at, actor=actor, make=make, source_key=source[:200]))

    def _ours(self, one: Comment) -> bool:
        """Whether it was written by us: as the source says, else by who the author is."""
        if one.side:
            return one.side != "customer"
        if one.author and one.author == self.told.matter.customer:
            return False
        return one.author in self.world.agents or one.author not in self.world.customers

    def _machine(self, one: Comment) -> bool:
        return one.side == "automation"

    def _writer(self, one: Comment) -> int | None:
        return self.world.customers.get(one.author) or self.world.customers.get(self.told.matter.customer)

    def _actor(self, author: str) -> Actor:
        if author in self.world.agents:
            return Actor.agent(self.world.agents[author], "agent")
        found = self.world.customers.get(author)
        return Actor.customer(found) if found else Actor.automation()


def _assigned(before: int | None, after: int | None) -> Callable[[int, Mapping[str, int]], Event]:
    return lambda ticket, _ids: TicketAssigned(ticket_id=ticket, from_agent=before, to_agent=after)


def _given(before: int | None, after: int | None) -> Callable[[int, Mapping[str, int]], Event]:
    return lambda ticket, _ids: TeamChanged(ticket_id=ticket, from_team=before, to_team=after)


def _ranked(before: int, after: int) -> Callable[[int, Mapping[str, int]], Event]:
    return lambda ticket, _ids: PriorityChanged(
        ticket_id=ticket, from_priority=PRIORITIES[before], to_priority=PRIORITIES[after]
    )
