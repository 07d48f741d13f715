"""A conversation of old mails as the past of a ticket: what was said, what happened, and where it stands at the end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from headway.events.actor import Actor
from headway.events.event import Event
from headway.events.vocabulary.messages import MessageReceived, ReplyWritten
from headway.events.vocabulary.tickets import StatusChanged, TicketClosed, TicketCreated, TicketSolved
from headway.foundation.language import identify
from headway.intake.email import senders, wording
from headway.intake.email.book import Conversation, Entry
from headway.intake.email.mail import ParsedMail
from headway.intake.email.placing import REPORT_TAG
from headway.intake.email.senders import CHANNEL, Customers, Ours
from headway.people.models import Customer
from headway.tickets.actions.history import Happened, Past, Said
from headway.tickets.rules.thanks import only_thanks
from headway.tickets.rules.transitions import Category


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What is the same for all conversations of an import."""

    own: Ours
    customers: Customers
    statuses: Mapping[str, int]  # category -> default status
    now: datetime
    close_after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One mail as a turn of the conversation."""

    entry: Entry
    said: Said
    customer: Customer | None


def past_of(conversation: Conversation, world: World) -> Past:
    """The ticket that a conversation of new mails becomes."""
    turns = [turn_of(entry, world) for entry in sorted(conversation.entries, key=lambda one: one.at)]
    first = turns[0]
    customer = next((turn.customer for turn in turns if turn.customer), None)
    brand_id = next((found for turn in turns if (found := _brand(turn.entry.mail, world))), None)
    end = _End(turns, world)
    return Past(
        subject=wording.subject(first.entry.mail),
        channel=CHANNEL,
        category=end.category,
        created_at=first.said.at,
        said=[turn.said for turn in turns],
        happened=[*_beginning(first, customer, brand_id), *_saying(turns), *end.happened()],
        customer_id=customer.pk if customer else None,
        organisation_id=customer.organisation_id if customer else None,
        brand_id=brand_id,
        tags=(REPORT_TAG,) if first.entry.mail.report else (),
        waiting_since=end.waiting_since,
        first_replied_at=end.first_replied_at,
        solved_at=end.solved_at,
        closed_at=end.closed_at,
    )


def turn_of(entry: Entry, world: World) -> Turn:
    """A mail as what was said: by a customer, or by us."""
    mail, own = entry.mail, world.own
    ours = mail.author is not None and own.holds(mail.author.email)
    customer = world.customers.of(senders.writer_of(mail, own), at=entry.at)
    said = Said(
        direction="out" if ours else "in",
        at=entry.at,
        text=mail.text,
        html=wording.html(mail),
        quoted=wording.folded(mail),
        customer_id=customer.pk if customer and not ours else None,
        agent_id=own.agent(mail.author.email) if ours and mail.author else None,
        language=identify(mail.text),
        automatic=wording.is_automatic(mail),
        copied=senders.copied(mail, own)[1:] if ours else [],
        files=entry.files,
        key=str(entry.raw_id),
    )
    return Turn(entry, said, customer)


class _End:
    """Where a conversation stands: whose turn it is, since when, and what that makes of the ticket."""

    def __init__(self, turns: Sequence[Turn], world: World) -> None:
        self.world = world
        answers = [turn.said.at for turn in turns if turn.said.direction == "out" and not turn.said.automatic]
        self.first_replied_at = min(answers, default=None)
        last_answer = max(answers, default=None)
        open_questions = [
            turn.said.at
            for turn in turns
            if turn.said.direction == "in"
            and not turn.said.automatic
            and (last_answer is None or (turn.said.at > last_answer and not only_thanks(turn.said.text)))
        ]
        self.waiting_since = min(open_questions, default=None)
        self.solved_at = last_answer if self.waiting_since is None else None
        latest = max(turn.said.at for turn in turns)
        old = world.close_after is not None and latest < world.now - world.close_after
        self.closed_at = latest if old else None
        if old:
            self.waiting_since, self.solved_at = None, self.solved_at or latest

    @property
    def category(self) -> str:
        """The category the ticket ends in: what we answered last counts as solved."""
        if self.closed_at:
            return Category.CLOSED
        if self.solved_at:
            return Category.SOLVED
        return Category.OPEN if self.first_replied_at else Category.NEW

    def happened(self) -> list[Happened]:
        """The moves that led there."""
        found: list[Happened] = []
        before = Category.NEW
        if self.first_replied_at and self.category != Category.NEW:
            found.append(self._moved(self.first_replied_at, before, Category.OPEN))
            before = Category.OPEN
        if self.solved_at:
            found.append(self._moved(self.solved_at, before, Category.SOLVED))
            found.append(self._event(self.solved_at, self._solved))
            before = Category.SOLVED
        if self.closed_at:
            found.append(self._moved(self.closed_at, before, Category.CLOSED))
            found.append(self._event(self.closed_at, lambda ticket: TicketClosed(ticket_id=ticket, reason="import")))
        return found

    def _moved(self, at: datetime, before: Category, after: Category) -> Happened:
        return self._event(
            at,
            lambda ticket: StatusChanged(
                ticket_id=ticket,
                from_status=self.world.statuses[before],
                from_category=before,
                to_status=self.world.statuses[after],
                to_category=after,
                reason="import",
            ),
        )

    def _solved(self, ticket: int) -> TicketSolved:
        return TicketSolved(ticket_id=ticket, status_id=self.world.statuses[Category.SOLVED], reason="import")

    @staticmethod
    def _event(at: datetime, make: Callable[[int], Event]) -> Happened:
        return Happened(at=at, actor=Actor.system(), make=lambda ticket, _ids: make(ticket))


def _beginning(first: Turn, customer: Customer | None, brand_id: int | None) -> list[Happened]:
    def make(ticket: int, _ids: Mapping[str, int]) -> Event:
        return TicketCreated(
            ticket_id=ticket, channel=CHANNEL, customer_id=customer.pk if customer else None, brand_id=brand_id
        )

    return [Happened(at=first.said.at, actor=_actor(first), make=make, source_key=f"mail:{first.entry.raw_id}:ticket")]


def _saying(turns: Sequence[Turn]) -> list[Happened]:
    return [_said(turn, first=number == 0) for number, turn in enumerate(turns)]


def _said(turn: Turn, *, first: bool) -> Happened:
    said = turn.said

    def make(ticket: int, ids: Mapping[str, int]) -> Event:
        message = ids[said.key]
        if said.direction == "out":
            return ReplyWritten(ticket_id=ticket, message_id=message, channel=CHANNEL, automatic=said.automatic)
        return MessageReceived(
            ticket_id=ticket,
            message_id=message,
            channel=CHANNEL,
            customer_id=said.customer_id,
            automatic=said.automatic,
            thanks=said.thanks and not first,
            first=first,
        )

    return Happened(at=said.at, actor=_actor(turn), make=make, source_key=f"mail:{turn.entry.raw_id}")


def _actor(turn: Turn) -> Actor:
    if turn.said.direction == "out":
        return Actor.agent(turn.said.agent_id, "agent") if turn.said.agent_id else Actor.system()
    return Actor.customer(turn.customer.pk) if turn.customer else Actor.system()


def _brand(mail: ParsedMail, world: World) -> int | None:
    authors = mail.authors if mail.author and world.own.holds(mail.author.email) else ()
    return world.own.brand((*authors, *mail.to, *mail.cc, *mail.delivered_to))
