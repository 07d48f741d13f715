"""One ticket as its screen shows it, gathered from queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from headway.events.vocabulary.mail import ReplyTakenBack
from headway.foundation import clock
from headway.intake.queries import Leaving, leaving_as, recipient_of
from headway.people.models import Agent
from headway.people.rules import Permission
from headway.sla.actions.snoozing import AHEAD
from headway.tickets import queries as tickets
from headway.tickets.models import Link, Origin, Rating, Status, Ticket
from headway.tickets.queries import beside, setup
from headway.tickets.queries.checklist import Item
from headway.tickets.queries.drafts import Writing
from headway.tickets.queries.filters import Filter
from headway.tickets.queries.readings import is_news
from headway.tickets.queries.recipients import Recipients, gathered
from headway.tickets.queries.sides import SideRow
from headway.tickets.queries.stays import elsewhere
from headway.tickets.rules.fields import Definition
from headway.tickets.rules.snoozing import UNTIL_A_REPLY
from headway.web.desk import timeline
from headway.web.desk.around import Around, around
from headway.web.desk.customer import Card, card
from headway.web.desk.delivery import deliveries
from headway.web.desk.door import DeskRequest
from headway.web.desk.due import due_times
from headway.web.desk.folding import Fold, folded
from headway.web.desk.later import Later, laters
from headway.web.desk.passages import latest
from headway.web.desk.story import channel_words, priority_words
from headway.web.desk.timeline import Entry, Said, Seen
from headway.web.desk.times import Choice, choices
from headway.web.desk.told import told, told_since
from headway.web.desk.work import spent
from headway.web.suspicion import Because, because

PAST = 5


@dataclass(frozen=True, slots=True)
class Other:
    """A linked ticket, with how it stands to this one. `link` names the link in an address."""

    words: str
    link: str
    id: int
    subject: str
    category: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What the ticket's templates show."""

    ticket: Ticket
    reader: Agent
    seen: Seen
    entries: list[Entry | Fold]
    redrawn: list[Said]
    withdrawn: list[int]
    drafts: list[Writing]
    around: Around
    news: tuple[str, int] | None
    followed: bool
    everything: bool
    spent: str
    draft: str
    tags: list[str]
    due: datetime | None
    statuses: list[Status]
    priorities: list[tuple[str, str]]
    times: list[Choice]
    waiting: list[Later]
    sides: list[SideRow]
    customer: Card | None
    past: list[beside.Past]
    past_count: int
    links: list[Other]
    incidents: list[Other]
    ratings: list[tuple[str, Rating]]
    checklist: list[Item]
    suspected_because: Because | None
    fields: list[tuple[str, str]]
    channel_words: str
    elsewhere: Origin | None
    may_work: bool
    may_reply: bool
    may_note: bool

    @property
    def own_draft(self) -> Writing | None:
        """What the reader was writing; `draft` is the name it has in their browser, "person:ticket"."""
        writer = int(self.draft.partition(":")[0])
        return next((one for one in self.drafts if one.agent_id == writer), None)

    @property
    def shared_drafts(self) -> list[Writing]:
        """What others are writing and let the reader see."""
        return [one for one in self.drafts if one is not self.own_draft]

    @property
    def progress(self) -> str:
        """How much of its checklist is done."""
        done = sum(item.done_at is not None for item in self.checklist)
        return _("%(done)d of %(all)d") % {"done": done, "all": len(self.checklist)}

    @property
    def snoozed_to_a_time(self) -> bool:
        """Whether a time ends its snooze, not only the customer."""
        return self.ticket.snoozed_until is not None and self.ticket.snoozed_until < UNTIL_A_REPLY

    @property
    def may_snooze_until_due(self) -> bool:
        """Whether its next response is due, and that far enough away."""
        return self.due is not None and self.due - AHEAD > clock.now()

    @property
    def leaving(self) -> Leaving:
        """As whom a reply leaves. Asked for only where a composer is drawn."""
        return leaving_as(self.ticket, self.reader)

    @property
    def recipients(self) -> Recipients:
        """Whom a reply goes to. Asked for only where a composer is drawn."""
        around = self.around
        found = gathered(self.ticket, around.said, around.people, around.own_addresses)
        # of several addresses of one customer it is the one they wrote from last
        return replace(found, to=recipient_of(self.ticket)) if len(found.known) > 1 else found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.ticket, name)

    @property
    def named(self) -> dict[str, str]:
        """What the ticket's related rows are called; "" where there is none."""
        rows = {name: getattr(self.ticket, name) for name in ("status", "assignee", "team", "type", "brand")}
        named = {name: row.name if row else "" for name, row in rows.items()}
        return named | {"status": self.ticket.status.words}

    @property
    def usual(self) -> dict[str, int]:
        """By category, the status that is meant when only the category is said."""
        return {status.category: status.pk for status in self.statuses if status.is_default}

    @property
    def priority_name(self) -> str:
        """The priority as programs call it."""
        return Ticket.Priorities(self.ticket.priority).name.lower()

    @property
    def priority_words(self) -> str:
        """The priority as the reader calls it."""
        return priority_words(self.priority_name)


def screen(request: DeskRequest, ticket: Ticket, *, since: Seen | None = None) -> Screen:
    """The ticket for its reader. With `since`, only entries newer than that, and messages whose delivery moved."""
    person = request.user
    statuses = list(setup.statuses())
    if since is None:
        all_of_it = told(person, ticket, statuses, latest(person, ticket))
    else:
        all_of_it = told_since(person, ticket, statuses, since)
    turns, recorded = all_of_it.turns, all_of_it.recorded
    beside_it = around(person, ticket, turns, PAST)
    delivered, read = deliveries(beside_it.sendings), beside_it.read
    entries: list[Entry | Fold] = []
    redrawn: list[Said] = []
    withdrawn: list[int] = []
    first = None
    if since is None:
        shown = all_of_it.shown(delivered)
        news = {(turn.kind == "note", turn.id) for turn in turns if read is not None and is_news(turn, read, person.pk)}
        first = timeline.first_of(shown, news)
        entries = folded(shown, ticket.pk, first)
    else:
        fresh = [turn for turn in turns if turn.id > (since.note if turn.kind == "note" else since.message)]
        happened = [each for each in recorded if each.id > since.event]
        entries += all_of_it.entries(fresh, happened, delivered)
        redrawn = [all_of_it.said(turn, delivered) for turn in turns if turn not in fresh]
        withdrawn = [each.event.message_id for each in happened if isinstance(each.event, ReplyTakenBack)]
    linked = beside.linked(person, ticket, beside_it.links)
    away = elsewhere(ticket)
    lives_here = ticket.merged_into_id is None and away is None
    return Screen(
        ticket=ticket,
        reader=person,
        seen=beside_it.newest,
        entries=entries,
        redrawn=redrawn,
        drafts=beside_it.drafts,
        around=beside_it,
        withdrawn=withdrawn,
        news=first,
        followed=beside_it.followed,
        everything=all_of_it.whole is not None,
        spent=spent(beside_it.active_ms),
        draft=f"{person.pk}:{ticket.pk}",
        tags=beside_it.tags,
        due=due_times([ticket.pk]).get(ticket.pk) if ticket.waiting_since else None,
        statuses=[
            status for status in statuses if status.category not in ("new", "closed") or status.pk == ticket.status_id
        ],
        priorities=[(name, priority_words(name)) for name in ("urgent", "high", "normal", "low")],
        times=choices(clock.now()),
        waiting=laters(person, ticket) if beside_it.replies_wait else [],
        sides=beside_it.sides,
        customer=card(ticket.customer, beside_it.people) if ticket.customer else None,
        past=beside_it.past,
        past_count=_past_count(request, ticket, len(beside_it.past)),
        links=[_other(one) for one in linked if not _is_incident(one)],
        incidents=[_other(one) for one in linked if _is_incident(one)],
        ratings=_ratings(ticket, recorded),
        checklist=beside_it.checklist,
        suspected_because=because(ticket, recorded),
        fields=_fields(ticket, beside_it.definitions),
        channel_words=channel_words(ticket.channel),
        elsewhere=away,
        may_work=person.may(Permission.WORK) and lives_here,
        may_reply=person.may(Permission.REPLY) and ticket.category != "closed" and lives_here,
        may_note=person.may(Permission.NOTE) and lives_here,
    )


def _past_count(request: DeskRequest, ticket: Ticket, shown: int) -> int:
    """How many more tickets the customer has; counted only when not all are shown."""
    if shown < PAST:
        return shown
    return tickets.tally(request.user, {"theirs": Filter(customer_id=ticket.customer_id)})["theirs"] - 1


def _ratings(ticket: Ticket, recorded: list[Any]) -> list[tuple[str, Rating]]:
    """What the customer thought of it; nothing is asked for that the journal does not mention."""
    if not any(each.event.kind == "ticket.rated" for each in recorded):
        return []
    return [(rating.get_scale_display(), rating) for rating in beside.ratings(ticket)]


def _is_incident(linked: beside.Linked) -> bool:
    """Whether the other ticket is an incident of this one."""
    return linked.kind == Link.Kinds.INCIDENT and not linked.outward


def _other(linked: beside.Linked) -> Other:
    inward = {
        Link.Kinds.RELATED: _("Related to"),
        Link.Kinds.FOLLOW_UP: _("Followed up in"),
        Link.Kinds.SPLIT: _("Split off"),
        Link.Kinds.INCIDENT: _("Problem of"),
    }
    kind = Link.Kinds(linked.kind)
    words = str(kind.label) if linked.outward else inward[kind]
    link = f"other={linked.id}&kind={kind.value}&inward={int(not linked.outward)}"
    return Other(words, link, linked.id, linked.subject, linked.category, linked.status)


def _fields(ticket: Ticket, definitions: list[Definition]) -> list[tuple[str, str]]:
    shown = []
    for definition in definitions:
        value = ticket.fields.get(definition.key)
        if isinstance(value, bool):
            value = _("Yes") if value else _("No")
        shown.append((definition.label, "" if value is None else str(value)))
    return shown
